"""`salesapp stock`: asks the gateway for the stock of one item, even while a sync runs."""

import asyncio
from decimal import Decimal
from pathlib import Path

import click
import msgspec

from salesapp.cli.boundary import guarded
from salesapp.cli.tablet import ca_file, data_dir_option, key_file_option, root_of
from salesapp.cli.terminal import say, say_json
from salesapp.domain.barcodes import read_barcode
from salesapp.domain.objects.directories import Warehouse
from salesapp.errors import UsageError
from salesapp.services.stock import SCALE, warehouses_of
from salesapp.store import items
from salesapp.store.catalog_reader import CatalogReader
from salesapp.store.folders import DataFolder
from salesapp.store.keys import load_key
from salesapp.store.stock_checks import StockCheck
from salesapp.sync.session import Place
from salesapp.sync.stock import check_stock


@click.command()
@click.argument("code")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output and nothing else.")
@data_dir_option
@key_file_option
@guarded
def command(code: str, as_json: bool, data_dir: Path | None, key_file: Path | None) -> None:
    """Ask the gateway for the stock of one item: its CODE or EAN. The answer is kept until the next sync."""
    root = root_of(data_dir)
    account = DataFolder(root).last() if root.exists() else None
    if account is None:
        raise UsageError(f"{root} holds no account yet: synchronize first")
    catalog = CatalogReader(account.catalog_path, load_key(root, key_file))
    try:
        found = items.by_barcode(catalog, read_barcode(code).numbers) if account.catalog_path.exists() else []
        if not found:
            raise UsageError(f"there is no item {code} on this device")
        check = asyncio.run(check_stock(Place(root, key_file, ca_file=ca_file()), found[0][0]))
        answer = _answer(catalog, code, check)
    finally:
        catalog.close()
    if as_json:
        say_json(answer)
        return
    for entry in answer.stock:
        say(f"{entry.warehouse}: {entry.quantity}")
    say(f"Checked: {check.checked_at}")


class WarehouseStock(msgspec.Struct, frozen=True):
    """What a warehouse (by code) has, in base units."""

    warehouse: str
    quantity: str


class ItemStock(msgspec.Struct, frozen=True):
    """What `stock --json` prints; the item by its code, the time UTC."""

    item: str
    checked_at: str
    stock: tuple[WarehouseStock, ...]


def _answer(catalog: CatalogReader, code: str, check: StockCheck) -> ItemStock:
    """Returns the check for printing, in base units for each visible warehouse."""
    stock = (
        WarehouseStock(row.code, f"{Decimal(check.of(row.id).quantity).scaleb(-SCALE).normalize():f}")
        for row in catalog.having(Warehouse, "id", warehouses_of(catalog))
    )
    return ItemStock(code, check.checked_at, tuple(stock))
