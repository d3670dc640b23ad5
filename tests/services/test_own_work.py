"""My work on a tablet with years of records: one record is read alone, and sent bodies are not read."""

import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import event, update

from salesapp.models.own_work import WorkModel
from salesapp.protocol.messages import Receipt
from salesapp.protocol.records import Address, CustomerRecord
from salesapp.services.customers import save_customer
from salesapp.services.own_work import export, find_customers, read_item, read_work
from salesapp.store.account_stores import AccountStores
from salesapp.store.outbox import Outbox
from salesapp.store.tables import record
from tests.conftest import Tablet
from tests.services.account_stores import stores_of

MANY = 300


@pytest.fixture
def used(tablet: Tablet) -> Iterator[AccountStores]:
    tablet.sync()
    with stores_of(tablet) as stores:
        for number in range(MANY):
            made = CustomerRecord(name=f"Shop {number}", addresses=[Address("main")], notes="x" * 4_000)
            save_customer(stores.work, made)
        yield stores


def test_that_one_record_is_read_without_the_others(used: AccountStores) -> None:
    (known,) = [item for item in read_work(used) if item.title == "Shop 7"]
    tracemalloc.start()
    assert read_item(used, known.record) == known
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 300_000
    assert read_item(used, "gone") is None


def test_that_a_record_shows_the_state_of_the_one_it_waits_for(used: AccountStores) -> None:
    outbox = Outbox(used.work)
    owner = next(item for item in outbox.items() if item.record)
    receipt = Receipt(id=owner.id, state="rejected", code="submission.invalid", field="name", params={"field": "name"})
    outbox.record_receipt(owner.id, receipt)
    found = read_item(used, owner.record)
    assert found is not None
    assert (found.state, found.code, found.field) == ("rejected", "submission.invalid", "name")
    assert found == next(item for item in read_work(used) if item.record == owner.record)
    assert msgspec.to_builtins(found.params) == (("field", "name"),)


@pytest.mark.parametrize("typed", ["zolw", "ŻÓŁW lodz", "Łódź", "delic"])
def test_that_own_records_are_found_by_what_is_typed_plainly(tablet: Tablet, typed: str) -> None:
    tablet.begin()
    with stores_of(tablet) as stores:
        save_customer(stores.work, CustomerRecord(name="Żółw Łódź Delicje", addresses=[Address("main")]))
        assert [name for _key, name, _below, _class in find_customers(stores, typed, 5)] == ["Żółw Łódź Delicje"]
        shown = WorkModel(lambda item: item.title)
        shown.show(read_work(stores))
        shown.search(typed)
        assert shown.rowCount() == 1


def test_that_lists_do_not_read_sent_bodies(used: AccountStores) -> None:
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    event.listen(used.work.engine, "before_cursor_execute", note)
    assert len(read_work(used)) == MANY
    assert asked
    assert not any("outbox.body" in statement or "outbox.payload" in statement for statement in asked)


@pytest.mark.parametrize(
    ("payload", "title"),
    [('{"name":7}', ""), ('{"name":"Shop","addresses":[],"of_a_later_version":1}', "Shop"), ("{", "")],
)
def test_that_a_record_that_cannot_be_read_is_listed_and_exported(
    payload: str, title: str, used: AccountStores, tmp_path: Path
) -> None:
    known = read_work(used)
    wrong = known[0].record
    with used.work.write() as connection:
        connection.execute(update(record).where(record.c.id == wrong).values(payload=payload))
    (found,) = [item for item in read_work(used) if item.record == wrong]
    assert (found.kind, found.state, found.title) == ("customer", known[0].state, title)
    assert [item for item in read_work(used) if item.record != wrong] == known[1:]
    assert payload in msgspec.json.decode(export(used, wrong, tmp_path).read_bytes())["payload"]
