"""The examples for integrators: a tablet synchronized from each takes a first order, which reaches the gateway."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import select

from salesapp.domain.catalogue import CATALOGUE
from salesapp.domain.objects.promotions import Promotion
from salesapp.gateway import accounts
from salesapp.gateway.connectors.csv_folder import CsvFolder
from salesapp.gateway.folder import create
from salesapp.gateway.tables import submission
from salesapp.services import ordering
from salesapp.store.account_stores import AccountStores
from tests.conftest import PASSWORD, GatewayUnderTest, Tablet
from tests.gateway.exports import Exports
from tests.processes import run
from tests.services.account_stores import key_of, stores_of

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
MINIMAL, WHOLESALER = EXAMPLES / "minimal", EXAMPLES / "wholesaler"


@contextmanager
def synchronized(tmp_path: Path, folder: Path, mapping: Path | None) -> Iterator[Tablet]:
    """A tablet that has synchronized with a gateway of the folder."""
    database = create(tmp_path / "gateway")
    connector = CsvFolder(folder, mapping, CATALOGUE)
    gateway = GatewayUnderTest(database, cast(Any, connector))
    try:
        gateway.take()
        accounts.add_user(database, "rep1", PASSWORD, None)
        gateway.start()
        tablet = Tablet(tmp_path / "tablet", gateway, "rep1")
        assert tablet.sync().outcome == "ok"
        yield tablet
    finally:
        gateway.stop()
        connector.close()
        database.close()


def problems_of_an_order(stores: AccountStores, customer: str, item: str, unit: str) -> list[str]:
    """Confirms an order of 2; returns problems and warnings."""
    try:
        cart = ordering.begin(stores, "sales_order", customer=key_of(stores, "customers.customers", customer))
        cart = cart.with_quantity(
            key_of(stores, "items.forms", item), key_of(stores, "directories.units", unit), Decimal(2)
        )
        order = ordering.look_at(stores, cart)
        blocking = [problem.code for problem in order.problems if problem.blocks]
        if not blocking:
            ordering.confirm(stores, order)
    except (IndexError, LookupError) as missing:
        return [type(missing).__name__]
    return blocking


@pytest.mark.parametrize(
    ("folder", "mapping", "customer", "item", "unit", "total"),
    [
        (MINIMAL, None, "C1", "PENNE500", "pcs", "9.00"),
        (WHOLESALER, WHOLESALER / "mapping.toml", "K001", "00105", "szt.", "3037.02"),
    ],
    ids=["minimal", "wholesaler"],
)
def test_that_a_first_order_from_an_example_has_the_same_prices_at_the_gateway(
    tmp_path: Path, folder: Path, mapping: Path | None, customer: str, item: str, unit: str, total: str
) -> None:
    with synchronized(tmp_path, folder, mapping) as tablet:
        with stores_of(tablet) as stores:
            assert problems_of_an_order(stores, customer, item, unit) == []
        assert tablet.sync().outcome == "ok"
        with tablet.gateway.database.read() as connection:
            (sent,) = connection.execute(select(submission)).mappings().all()
    payload = json.loads(sent["payload"])
    assert (sent["state"], sent["kind"], payload["gross"]) == ("received", "document", total)


@pytest.mark.parametrize("missing", sorted(path.name for path in MINIMAL.glob("*.csv")))
def test_that_every_file_of_the_smallest_folder_is_needed(tmp_path: Path, missing: str) -> None:
    folder = tmp_path / "export"
    shutil.copytree(MINIMAL, folder)
    (folder / missing).unlink()
    with synchronized(tmp_path, folder, None) as tablet, stores_of(tablet) as stores:
        assert problems_of_an_order(stores, "C1", "PENNE500", "pcs") != []


def rows_by_one_command(*arguments: str) -> dict[str, int]:
    done = run("demo", *arguments, "--headless", "--json")
    assert done.returncode == 0, done.stderr
    outcome = json.loads(done.stdout)
    assert outcome["outcome"] == "ok"
    return {entry["key"]: entry["rows"] for entry in outcome["objects"]}


def test_that_one_command_synchronizes_exports_with_their_mapping() -> None:
    rows = rows_by_one_command("--csv", str(WHOLESALER), "--mapping", str(WHOLESALER / "mapping.toml"))
    assert (rows["items.forms"], rows["items.prices"], rows["customers.customers"]) == (6, 6, 3)


def test_that_one_command_synchronizes_the_smallest_folder_and_its_changes(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    shutil.copytree(MINIMAL, folder)
    arguments = ("--csv", str(folder), "--data-dir", str(tmp_path / "demo"))
    rows = rows_by_one_command(*arguments)
    assert (rows["items.forms"], rows["items.prices"], rows["customers.customers"]) == (3, 3, 2)
    with (folder / "items_forms.csv").open("a") as file:
        file.write("4,TEA,Tea,,goods,pcs,pcs,yes\n")
    assert rows_by_one_command(*arguments)["items.forms"] == 4


def test_that_the_demo_command_reports_every_problem_of_the_files(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    shutil.copytree(WHOLESALER, folder)
    arguments = ("demo", "--csv", str(folder), "--headless", "--data-dir", str(tmp_path / "demo"))
    done = run(*arguments)
    assert (done.returncode, "(kontrahenci, towary) need a mapping" in done.stderr) == (2, True)
    path = folder / "towary.csv"
    path.write_bytes(path.read_bytes().replace(b";3,9900;", b";3.9900;").replace(b";0;szt", b";zero;szt"))
    done = run(*arguments, "--mapping", str(folder / "mapping.toml"))
    assert done.returncode == 3
    assert 'towary.csv:1: Cena netto: "3.9900" is not a number like 1 234,56' in done.stderr
    assert 'towary.csv:6: Stan: "zero" is not a number like 1 234,56' in done.stderr
    assert "Nothing was taken: 2 problems." in done.stderr
    assert not (tmp_path / "demo" / "gateway" / "gateway.db").exists()


def test_that_an_exports_promotion_for_many_customers_reaches_the_tablet(tmp_path: Path, exports: Exports) -> None:
    for path in MINIMAL.glob("*.csv"):
        shutil.copy(path, exports.folder)
    codes = [f"CUST{number:07}" for number in range(70_000)]
    cell = json.dumps(codes).replace('"', '""')
    exports.put(
        "promotions_headers.csv",
        "code,name,kind,priority,valid_from,valid_to,combines,threshold,scales,customers,currency\n"
        f'P,Many,percent,1,2026-01-01,2030-12-31,no,quantity,"[{{""from"":""1"",""value"":""5""}}]","{cell}",PLN\n',
    )
    assert len(cell) > 1_000_000
    with synchronized(tmp_path, exports.folder, None) as tablet, stores_of(tablet) as stores:
        (row,) = stores.catalog.all(Promotion, "code=?", ("P",))
    assert list(row.customers) == codes
