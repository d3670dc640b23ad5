"""Two devices of one user, and two processes on one data folder, work concurrently without conflicts."""

import json
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from salesapp.domain.catalogue import CATALOGUE
from salesapp.gateway.tables import submission
from salesapp.protocol.records import Address, CustomerRecord, Document, DocumentLine
from salesapp.services import customers, documents
from salesapp.store.catalog import CatalogStore
from salesapp.store.folders import DataFolder
from salesapp.store.lock import sync_lock
from salesapp.store.outbox import Outbox
from salesapp.store.tokens import device_series
from salesapp.sync.values import Outcome
from tests.conftest import GatewayUnderTest, Tablet
from tests.numerators import numerator
from tests.processes import TabletProcess

NUMERATOR = numerator()
ORDERS = 4


def column(tablet: Tablet, query: str) -> list[object]:
    store = CatalogStore.open(tablet.account.catalog_path, tablet.key, tablet.catalogue)
    try:
        return [row[0] for row in store.rows(query)]
    finally:
        store.close()


def make_order(tablet: Tablet, new_customer: str) -> Document:
    line = DocumentLine(
        line="1",
        item=int(str(column(tablet, "SELECT min(id) FROM items_forms")[0])),
        unit=int(str(column(tablet, "SELECT min(id) FROM directories_units")[0])),
        quantity="2",
        unit_price="10.00",
        net="20.00",
        vat="4.60",
        gross="24.60",
    )
    return Document(
        type="sales_order",
        number="",
        issued_on="2026-03-02",
        currency="PLN",
        lines=[line],
        net="20.00",
        vat="4.60",
        gross="24.60",
        new_customer=new_customer,
    )


def a_days_work(tablet: Tablet, customer: str) -> set[str]:
    """Makes a new customer and orders for it; returns the ids of the submissions."""
    work = tablet.work()
    try:
        _, owner = customers.save_customer(work, CustomerRecord(name=customer, addresses=[Address(kind="main")]))
        for _ in range(ORDERS):
            documents.confirm(work, make_order(tablet, owner), NUMERATOR, checkpoint="1-a", depends_on=owner)
        return {item.id for item in Outbox(work).items()}
    finally:
        work.close()


def held(gateway: GatewayUnderTest) -> list[str]:
    with gateway.database.read() as connection:
        return list(connection.execute(select(submission.c.id)).scalars())


def together(*tablets: Tablet) -> list[Outcome]:
    """Runs syncs concurrently, each in a thread."""
    found: list[Outcome] = []
    threads = [threading.Thread(target=lambda tablet=tablet: found.append(tablet.sync())) for tablet in tablets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(tablets)
    return found


def test_that_two_devices_of_one_user_send_concurrently_and_see_each_others_work(
    make_tablet: Callable[[str], Tablet], gateway: GatewayUnderTest
) -> None:
    first, second = make_tablet("office"), make_tablet("office")
    assert {outcome.outcome for outcome in together(first, second)} == {"ok"}
    made = a_days_work(first, "Shop of the first") | a_days_work(second, "Shop of the second")
    outcomes = together(first, second)
    assert {outcome.outcome for outcome in outcomes} == {"ok"}
    assert sum(outcome.sent.accepted for outcome in outcomes) == len(made) == 2 * (ORDERS + 1)
    assert sorted(held(gateway)) == sorted(made)
    for tablet in (first, second):
        assert tablet.sync().outcome == "ok"
        names = column(tablet, "SELECT name FROM customers_customers")
        assert {"Shop of the first", "Shop of the second"} <= set(names)
        assert len(names) == len(set(names)) == 4
        decided = "SELECT submission FROM auxiliary_document_states WHERE state = 'in_erp' AND submission IS NOT NULL"
        assert set(column(tablet, decided)) == made
        assert tablet.sync().requests == 1


def test_that_numbers_of_two_devices_do_not_collide(
    make_tablet: Callable[[str], Tablet], gateway: GatewayUnderTest
) -> None:
    tablets = [make_tablet("office") for _ in range(3)]
    together(*tablets)
    for tablet in tablets:
        a_days_work(tablet, "Shop")
        assert tablet.sync().outcome == "ok"
    numbers = [entry.payload["number"] for entry in gateway.connector.delivered if entry.kind == "document"]
    assert len(numbers) == len(set(numbers)) == 3 * ORDERS
    series = set()
    for tablet in tablets:
        work = tablet.work()
        series.add(device_series(work))
        work.close()
    assert len(series) == 3
    assert all(re.fullmatch("OFFICE-[A-Z]{6}", name) for name in series)


def test_that_a_device_keeps_its_series_when_it_logs_on_again(tablet: Tablet, gateway: GatewayUnderTest) -> None:
    tablet.sync()
    a_days_work(tablet, "Before")
    tablet.sync()
    work = tablet.work()
    series = device_series(work)
    with work.write() as connection:
        connection.exec_driver_sql("DELETE FROM token")
    work.close()
    tablet.sync()
    a_days_work(tablet, "After")
    tablet.sync()
    numbers = [entry.payload["number"] for entry in gateway.connector.delivered if entry.kind == "document"]
    assert numbers == [f"SO-{number}/03/26/{series}" for number in range(1, 2 * ORDERS + 1)]


def test_that_a_second_process_on_one_data_folder_is_refused_as_busy(tmp_path: Path, gateway: GatewayUnderTest) -> None:
    process = TabletProcess(tmp_path / "tablet", gateway.url, user="office")
    assert process.sync()[0] == 0
    account = DataFolder(process.data_dir).last()
    assert account is not None
    before = account.catalog_path.read_bytes()
    with sync_lock(account):
        code, outcome = process.sync("--full")
        assert (code, outcome["outcome"]) == (7, "busy")
        assert outcome["error"]["code"] == "device.busy"
        assert outcome["requests"] == 0
        assert len(outcome["objects"]) == len(CATALOGUE.objects)
        assert {entry["state"] for entry in outcome["objects"]} == {"not_reached"}
        assert account.catalog_path.read_bytes() == before
    assert process.sync("--full")[0] == 0


def test_that_a_killed_process_leaves_no_lock(tablet: Tablet) -> None:
    tablet.sync()
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from salesapp.store.folders import DataFolder\n"
        "from salesapp.store.lock import sync_lock\n"
        "with sync_lock(DataFolder(Path(sys.argv[1])).last()):\n"
        "    print('held', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tablet.root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        outcome = tablet.sync()
        assert outcome.outcome == "busy"
        assert outcome.error is not None
        assert outcome.error.code == "device.busy"
        holder.kill()
    assert tablet.sync().outcome == "ok"


def test_that_orders_saved_during_a_sync_are_sent_once(gateway: GatewayUnderTest, tablet: Tablet) -> None:
    tablet.sync()
    gateway.restart("items.forms=slow")
    running = subprocess.Popen(
        [
            *(sys.executable, "-m", "salesapp", "sync", "--events", "--full"),
            *("--data-dir", str(tablet.root), "--key-file", str(tablet.key_file)),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert running.stdout is not None
    assert json.loads(running.stdout.readline())["event"] == "progress"
    made = a_days_work(tablet, "Meanwhile")
    assert running.poll() is None, "it was still running"
    assert tablet.sync().outcome == "busy"
    running.communicate(timeout=60)
    assert running.returncode == 0
    gateway.restart()
    assert tablet.sync().outcome == "ok"
    assert sorted(held(gateway)) == sorted(made)
