"""A restored gateway: nothing is lost, duplicated, or mixed up."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import msgspec

from salesapp import clock
from salesapp.clock import timestamp
from salesapp.gateway.histories import AWAITED_DAYS
from salesapp.gateway.rows import set_meta
from salesapp.protocol.records import Document
from salesapp.services import documents
from salesapp.store.outbox import Outbox
from salesapp.store.tokens import device_series
from salesapp.sync.values import Stage
from tests.conftest import GatewayUnderTest, Tablet
from tests.sync.restoring import copy_stopped, erp_key, in_gateway, new_customer, put_back, sync_cut_at, with_work
from tests.sync.test_devices import column
from tests.sync.test_sending import NUMERATOR, keys, order, place

MakeTablet = Callable[[str], Tablet]


def place_one(tablet: Tablet) -> str:
    return str(with_work(tablet, lambda work: place(tablet, work)))


def confirm(tablet: Tablet, document: Document) -> str:
    return str(with_work(tablet, lambda work: documents.confirm(work, document, NUMERATOR, checkpoint="1-a")))


def numbers(gateway: GatewayUnderTest) -> list[str]:
    return [msgspec.json.decode(row.payload)["number"] for row in in_gateway(gateway) if row.kind == "document"]


def states(tablet: Tablet) -> set[str]:
    return set(with_work(tablet, lambda work: {item.state for item in Outbox(work).items()}))


def test_that_a_record_is_resent_if_its_run_ended_before_publishing(
    tablet: Tablet, make_tablet: MakeTablet, gateway: GatewayUnderTest, tmp_path: Path
) -> None:
    other = make_tablet("rep1")
    tablet.begin()
    other.begin()
    backup = copy_stopped(gateway, tmp_path / "backup")
    place_one(tablet)
    assert sync_cut_at(tablet, Stage.NEGOTIATING).outcome == "stopped"
    assert len(in_gateway(gateway)) == 1
    put_back(gateway, backup)
    for _ in range(3):
        place_one(other)
    assert other.sync().outcome == "ok"
    place_one(tablet)
    assert tablet.sync().outcome == "ok"
    assert len(in_gateway(gateway)) == 5
    assert states(tablet) == {"in_erp"}
    assert tablet.sync().requests == 1


def test_that_a_record_is_resent_if_the_catalogue_was_lost_too(
    tablet: Tablet, gateway: GatewayUnderTest, tmp_path: Path
) -> None:
    tablet.begin()
    backup = copy_stopped(gateway, tmp_path / "backup")
    place_one(tablet)
    assert tablet.sync().outcome == "ok"
    put_back(gateway, backup)
    tablet.account.catalog_path.unlink()
    assert tablet.sync().outcome == "ok"
    assert len(in_gateway(gateway)) == 1
    assert states(tablet) == {"in_erp"}


def test_that_goods_added_since_the_backup_keep_their_keys_in_any_order_of_import(
    tablet: Tablet, gateway: GatewayUnderTest, tmp_path: Path
) -> None:
    backup = copy_stopped(gateway, tmp_path / "backup")
    forms = gateway.connector.company["items.forms"]
    forms["X9-HAMMER"] = forms["I1"] | {"code": "X9-HAMMER"}
    gateway.take()
    tablet.sync()
    first = order(tablet)
    confirm(tablet, replaced_item(first, keys(tablet, "items_forms")["X9-HAMMER"]))
    put_back(gateway, backup)
    added = forms.pop("X9-HAMMER")
    forms["X1-SAW"] = forms["I1"] | {"code": "X1-SAW"}
    forms["X9-HAMMER"] = added
    gateway.take()
    assert tablet.sync().outcome == "ok"
    (delivered,) = gateway.connector.delivered
    assert erp_key(gateway, "items.forms", delivered.payload["lines"][0]["item"]) == "X9-HAMMER"


def test_that_an_order_waits_for_an_item_that_the_next_import_brings(
    tablet: Tablet, gateway: GatewayUnderTest, tmp_path: Path
) -> None:
    """Refused, it would be mended and sent as another order, though the ERP has it."""
    submission = order_of_a_new_item(tablet, gateway, tmp_path)
    outcome = tablet.sync()
    assert (outcome.sent.accepted, outcome.sent.rejected, outcome.sent.waiting) == (0, 0, 1)
    assert [entry.code for entry in outcome.warnings] == ["submission.not_yet"]
    gateway.take()
    assert tablet.sync().outcome == "ok"
    assert states(tablet) == {"in_erp"}
    assert {entry.id for entry in gateway.connector.delivered} == {submission}


def test_that_what_the_erp_has_is_not_shown_as_refused_by_a_restored_gateway(
    tablet: Tablet, gateway: GatewayUnderTest, tmp_path: Path
) -> None:
    order_of_a_new_item(tablet, gateway, tmp_path)
    assert states(tablet) == {"in_erp"}
    tablet.sync()
    with gateway.database.write() as connection:
        set_meta(connection, "history_began", timestamp(clock.now() - timedelta(days=AWAITED_DAYS + 1)))
    outcome = tablet.sync()
    assert (outcome.sent.accepted, outcome.sent.rejected, outcome.sent.waiting) == (1, 0, 0)
    assert states(tablet) == {"in_erp"}
    assert tablet.sync().outcome == "ok"


def order_of_a_new_item(tablet: Tablet, gateway: GatewayUnderTest, folder: Path) -> str:
    """The ERP has an order of an item that the gateway, put back, does not know; returns its submission."""
    backup = copy_stopped(gateway, folder / "backup")
    forms = gateway.connector.company["items.forms"]
    forms["X9"] = forms["I1"] | {"code": "X9"}
    gateway.take()
    tablet.sync()
    confirm(tablet, replaced_item(order(tablet), keys(tablet, "items_forms")["X9"]))
    assert tablet.sync().sent.in_erp == 1
    put_back(gateway, backup)
    (delivered,) = gateway.connector.delivered
    return str(delivered.id)


def replaced_item(document: Document, item: int) -> Document:
    line = msgspec.structs.replace(document.lines[0], item=item)
    return msgspec.structs.replace(document, lines=[line])


def test_that_an_order_goes_to_its_own_customer_though_another_came_first(
    tablet: Tablet, make_tablet: MakeTablet, gateway: GatewayUnderTest, tmp_path: Path
) -> None:
    other = make_tablet("office")
    tablet.begin()
    other.begin()
    backup = copy_stopped(gateway, tmp_path / "backup")
    new_customer(tablet, "ALPHA")
    beta = new_customer(tablet, "BETA")
    with_work(tablet, lambda work: place(tablet, work, new_customer=beta))
    assert tablet.sync().outcome == "ok"
    key = keys_by_name(tablet)["BETA"]
    put_back(gateway, backup)
    new_customer(other, "GAMMA")
    assert other.sync().outcome == "ok"
    confirm(tablet, msgspec.structs.replace(order(tablet), customer=key))
    gateway.connector.delivered.clear()
    assert tablet.sync().outcome == "ok"
    assert states(tablet) == {"in_erp"}
    orders = [entry for entry in gateway.connector.delivered if entry.kind == "document"]
    assert {entry.payload.get("new_customer") for entry in orders} == {beta, None}
    (known,) = [entry for entry in orders if entry.payload.get("customer")]
    assert erp_key(gateway, "customers.customers", known.payload["customer"]) == beta


def keys_by_name(tablet: Tablet) -> dict[str, int]:
    names = column(tablet, "SELECT name FROM customers_customers ORDER BY id")
    ids = column(tablet, "SELECT id FROM customers_customers ORDER BY id")
    return {str(name): int(str(id_)) for name, id_ in zip(names, ids, strict=True)}


def test_that_an_order_waits_for_a_customer_that_another_tablet_must_resend(
    tablet: Tablet, make_tablet: MakeTablet, gateway: GatewayUnderTest, tmp_path: Path
) -> None:
    other = make_tablet("office")
    tablet.begin()
    backup = copy_stopped(gateway, tmp_path / "backup")
    new_customer(tablet, "ALPHA")
    assert tablet.sync().outcome == "ok"
    other.begin()
    confirm(other, msgspec.structs.replace(order(other), customer=keys_by_name(other)["ALPHA"]))
    put_back(gateway, backup)
    waits = other.sync()
    assert (waits.sent.waiting, waits.sent.rejected) == (1, 0)
    assert tablet.sync().outcome == "ok"
    assert other.sync().outcome == "ok"
    assert states(other) == {"in_erp"}


def test_that_two_tablets_never_have_one_series_whichever_comes_first_after_a_restore(
    make_tablet: MakeTablet, gateway: GatewayUnderTest, tmp_path: Path
) -> None:
    backup = copy_stopped(gateway, tmp_path / "backup")
    first, second = make_tablet("office"), make_tablet("office")
    first.sync()
    place_one(first)
    assert first.sync().outcome == "ok"
    put_back(gateway, backup)
    second.sync()
    place_one(second)
    assert second.sync().outcome == "ok"
    assert first.sync().outcome == "ok"
    assert len(set(numbers(gateway))) == len(numbers(gateway)) == 2
    assert with_work(first, device_series) != with_work(second, device_series)
    place_one(first)
    assert first.sync().outcome == "ok"
    assert {number.split("/", 3)[3] for number in numbers(gateway)} == {
        with_work(first, device_series),
        with_work(second, device_series),
    }


def test_that_a_second_document_with_a_number_is_refused_and_gets_another(
    tablet: Tablet, gateway: GatewayUnderTest
) -> None:
    tablet.begin()
    place_one(tablet)
    assert tablet.sync().outcome == "ok"
    (number,) = numbers(gateway)
    with_work(tablet, forget_numbers)
    record = place_one(tablet)
    assert tablet.sync().sent.rejected == 1
    again = with_work(tablet, documents.reopen, record)
    with_work(tablet, lambda work: documents.confirm(work, again, NUMERATOR, checkpoint="1-a", record_id=record))
    assert tablet.sync().outcome == "ok"
    in_erp = [entry.payload["number"] for entry in gateway.connector.delivered]
    assert len(in_erp) == len(set(in_erp)) == 2
    assert number in in_erp


def forget_numbers(work: object) -> None:
    with work.write() as connection:  # type: ignore[attr-defined]
        connection.exec_driver_sql("DELETE FROM numbering")
