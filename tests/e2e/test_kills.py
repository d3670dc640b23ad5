"""Random kills of tablet and gateway while orders are made and the catalogue changes."""

import json
import random
import time
from pathlib import Path

import pytest

from salesapp.domain.catalogue import CATALOGUE
from salesapp.protocol.records import Document, DocumentLine
from salesapp.services import documents
from salesapp.store.catalog import CatalogStore
from salesapp.store.folders import DataFolder
from salesapp.store.outbox import Outbox
from salesapp.store.work import WorkStore
from tests.numerators import numerator
from tests.processes import START, TabletProcess, make_demo_gateway, run

NUMERATOR = numerator()


def order(store: CatalogStore) -> Document:
    item, unit = store.rows("SELECT id, sales_unit FROM items_forms ORDER BY random() LIMIT 1")[0]
    customer = store.rows("SELECT id FROM customers_customers ORDER BY random() LIMIT 1")[0][0]
    line = DocumentLine(
        line="1",
        item=int(str(item)),
        unit=int(str(unit)),
        quantity="1",
        unit_price="5.00",
        net="5.00",
        vat="1.15",
        gross="6.15",
    )
    return Document(
        type="sales_order",
        number="",
        issued_on=START,
        currency="PLN",
        lines=[line],
        net="5.00",
        vat="1.15",
        gross="6.15",
        customer=int(str(customer)),
    )


@pytest.mark.timeout(3600)
def test_that_kills_at_any_moment_lose_and_duplicate_nothing(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    kills: int = request.config.getoption("--kills")
    chooser = random.Random(kills)
    gateway = make_demo_gateway(tmp_path / "gateway")
    gateway.start()
    tablet = TabletProcess(tmp_path / "tablet", gateway.url)
    try:
        for number in range(kills // 5):  # first syncs first: nothing is there yet
            _kill_one(tablet, chooser)
            assert number >= 0
        code, outcome = tablet.sync("--without-attachments")
        assert (code, outcome["outcome"]) == (0, "ok"), outcome["error"]
        key = bytes.fromhex("5e" * 32)
        account = DataFolder(tablet.data_dir).last()
        assert account is not None
        store = CatalogStore.open(account.catalog_path, key, CATALOGUE)
        orders = [order(store) for _ in range(kills)]
        store.close()
        day = 3
        for number in range(kills - kills // 5):
            work = WorkStore.open(account, key)
            documents.confirm(work, orders[number], NUMERATOR, checkpoint=outcome["checkpoint"])
            work.close()
            if number % 10 == 5:
                changed = run(
                    "gateway", "import", "--data", str(gateway.data), "--demo", "--start-date", f"2026-03-{day:02}"
                )
                assert changed.returncode == 0, changed.stderr
                day += 1
            if number % 4 == 3:
                process = tablet.start("--without-attachments")
                time.sleep(chooser.uniform(0.4, 1.2))
                gateway.end(kill=True)
                gateway.start()
                process.communicate(timeout=120)
            else:
                _kill_one(tablet, chooser)
        code, outcome = tablet.sync()
        assert (code, outcome["outcome"]) == (0, "ok"), outcome["error"]
        assert all(entry["digest_ok"] for entry in outcome["objects"])
        sent = json.loads(run("gateway", "submissions", "list", "--data", str(gateway.data), "--json").stdout)
        work = WorkStore.open(account, key)
        items = Outbox(work).items()
        work.close()
        assert len(items) == kills - kills // 5
        assert {item.id for item in items} == {entry["id"] for entry in sent}
        assert len(sent) == len(items)
        assert len({entry["payload"]["number"] for entry in sent}) == len(items)
        assert {item.state for item in items} <= {"received", "in_erp"}
    finally:
        gateway.end()


def _kill_one(tablet: TabletProcess, chooser: random.Random) -> None:
    process = tablet.start("--without-attachments")
    time.sleep(chooser.uniform(0.3, 1.6))
    process.kill()
    process.communicate()
