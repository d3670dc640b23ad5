"""What the list shows from which an order is filled: which items, and their prices for the order's customer."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from salesapp import clock
from salesapp.domain.documents import Cart
from salesapp.domain.pricing import LineInput, PriceBook, PricedLine, price_document
from salesapp.services.ordering import head_of, rows_of
from salesapp.services.price_rows import directory, rows_for
from salesapp.services.stock import checked_totals, warehouses_of
from salesapp.store import items
from salesapp.store.account_stores import AccountStores


@dataclass(frozen=True, slots=True)
class PickPrice:
    """The price of one `unit` of an item, or the code of what stands against one; `units`: key -> decimals."""

    price: Decimal | None
    unit: int
    unit_codes: Mapping[int, str]
    error: str = ""


def ids_of(stores: AccountStores, choice: str, codes: Iterable[str]) -> "array[int]":
    """Keys of the items of a choice: "last" (these codes), "promotion", "all", or a group's key as text."""
    if choice == "last":
        wanted = list(codes)
        found = stores.catalog.rows("items.forms", f"code IN ({', '.join('?' * len(wanted))}) AND is_active=1", wanted)
        place = {code: number for number, code in enumerate(wanted)}
        return array("q", (row["id"] for row in sorted(found, key=lambda row: place[row["code"]])))
    chosen = items.ItemFilter(
        promotion=choice == "promotion",
        group=int(choice) if choice.isdigit() else None,
        day=clock.today().isoformat(),
    )
    return items.ids(stores.catalog, chosen, warehouses_of(stores.catalog))


def found(stores: AccountStores, typed: str) -> "array[int]":
    """Keys of items that match what was typed, in the order of their names."""
    return items.find(stores.catalog, typed, None, "name").ids


def page(stores: AccountStores, keys: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What rows show, by key."""
    warehouses = warehouses_of(stores.catalog)
    found = items.page(stores.catalog, keys, warehouses)
    for key, quantity in checked_totals(stores, found, warehouses).items():
        found[key]["stock"] = quantity
    return found


def scanned(stores: AccountStores, code: str) -> tuple[int, int] | None:
    """Item and unit of a barcode or code; None when nobody knows it."""
    hit = items.by_barcode(stores.catalog, code)
    if hit is None:
        return None
    form = stores.catalog.row("items.forms", hit[0])
    return (hit[0], hit[1] or form["sales_unit"]) if form else None


def units_of(stores: AccountStores, item: int) -> list[tuple[int, str, int]]:
    """(key, code, decimals) of the units that an item may be ordered in, the sales unit first."""
    form = stores.catalog.row("items.forms", item)
    if form is None:
        return []
    where = f"item=? AND is_allowed=1 AND {items.HAS_FACTOR}"
    allowed = {row["unit"] for row in stores.catalog.rows("items.units", where, (item,))}
    allowed |= {form["sales_unit"]}
    rows = [row for row in directory(stores.catalog, "directories.units") if row["id"] in allowed]
    rows.sort(key=lambda row: (row["id"] != form["sales_unit"], row["id"]))
    return [(row["id"], row["code"], row["decimals"]) for row in rows]


def alone(stores: AccountStores, cart: Cart, item: int) -> PricedLine:
    """One sales unit of an item, priced alone for the cart's customer."""
    form = stores.catalog.row("items.forms", item) or {}
    book = PriceBook(rows_for(stores, (item,), cart.customer))
    return _alone(stores, book, cart, item, int(form.get("sales_unit") or 0))


def prices(stores: AccountStores, cart: Cart, keys: Sequence[int]) -> dict[int, PickPrice]:
    """The price of one sales unit of each item, as if it were the first line of the cart's document."""
    rows = rows_for(stores, keys, cart.customer)
    book = PriceBook(rows)
    codes = {row["id"]: row["code"] for row in directory(stores.catalog, "directories.units")}
    units = {row["id"]: row["sales_unit"] for row in rows_of(stores, "items.forms", keys)}
    prices_by_item: dict[int, PickPrice] = {}
    for item, unit in units.items():
        priced = _alone(stores, book, cart, item, unit)
        error = priced.error or ""
        prices_by_item[item] = PickPrice(None if error else priced.unit_price_net, unit, codes, error)
    return prices_by_item


def _alone(stores: AccountStores, book: PriceBook, cart: Cart, item: int, unit: int) -> PricedLine:
    line = LineInput(id="1", item=item, unit=unit, quantity=Decimal(1))
    return price_document(book, replace(head_of(stores, cart), lines=(line,))).lines[0]
