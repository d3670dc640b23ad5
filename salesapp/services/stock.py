"""How much of an item there is: the catalogue's stock, or what was asked for since, less own unsent orders."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from salesapp.domain.rows import scaled
from salesapp.services.price_rows import profile_of
from salesapp.services.unsent import unsent_quantities
from salesapp.store import items as store
from salesapp.store.browse import Browser
from salesapp.store.shelf import Shelf
from salesapp.store.stock_checks import StockCheck, StockChecks

SCALE = 4


def warehouses_of(catalog: Browser) -> list[int]:
    """The warehouses whose stock the representative sees; all of them when the profile names none."""
    codes = set((profile_of(catalog) or {}).get("warehouses", ()))
    rows = catalog.rows("directories.warehouses")
    return [row["id"] for row in rows if row["code"] in codes] or [row["id"] for row in rows]


def checks(shelf: Shelf, items: Iterable[int]) -> dict[int, StockCheck]:
    """What was asked for of these items since the last sync that brought stock."""
    return StockChecks(shelf.work).find(items)


def checked_totals(shelf: Shelf, items: Iterable[int], warehouses: Sequence[int]) -> dict[int, int]:
    """The quantity (scale 4) of those of the items that were asked for, over these warehouses."""
    return {item: check.total(warehouses) for item, check in checks(shelf, items).items()}


def all_checked(shelf: Shelf, warehouses: Sequence[int]) -> dict[int, int]:
    """The same of all items that were asked for: a handful, whatever the catalogue holds."""
    return checked_totals(shelf, StockChecks(shelf.work).items(), warehouses)


def available(shelf: Shelf, items: set[int], *, without: str = "") -> dict[int, Decimal]:
    """Base units of each item in the profile's warehouses, less own orders that are not in the ERP yet.

    `without`: an own record that is left out.
    """
    warehouses = warehouses_of(shelf.catalog)
    stored = store.stock(shelf.catalog, list(items), warehouses) | checked_totals(shelf, items, warehouses)
    found = {item: scaled(stored.get(item, 0), SCALE) for item in items}
    for item, quantity in unsent_quantities(shelf, items, without=without).items():
        found[item] -= quantity
    return found


@dataclass(frozen=True, slots=True)
class Sellable:
    """What can be sold of an item, in base units; `checked_at`: its stock was asked for then (UTC), else ""."""

    quantity: Decimal
    unit: str
    checked_at: str


def sellable(shelf: Shelf, item: int, record: str = "") -> Sellable:
    """For a line of an order; `record` is the order's own."""
    form = shelf.catalog.row("items.forms", item) or {}
    unit = shelf.catalog.row("directories.units", form.get("base_unit"))
    check = checks(shelf, [item]).get(item)
    return Sellable(
        available(shelf, {item}, without=record)[item], unit["code"] if unit else "", check.checked_at if check else ""
    )
