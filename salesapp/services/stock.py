"""Available stock: the catalogue's, or a later check at the gateway, less own unsent orders."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from salesapp.domain.objects.directories import Unit, Warehouse
from salesapp.domain.objects.items import Item
from salesapp.domain.rows import scaled
from salesapp.services.price_rows import profile_of
from salesapp.services.unsent import unsent_quantities
from salesapp.store import items as store
from salesapp.store.account_stores import AccountStores
from salesapp.store.catalog_reader import CatalogReader
from salesapp.store.stock_checks import StockCheck, StockChecks

SCALE = 4


def warehouses_of(catalog: CatalogReader) -> list[int]:
    """Returns the warehouses visible to the representative; all if the profile names none."""
    profile, found = profile_of(catalog), catalog.all(Warehouse)
    named = profile.warehouses if profile else ()
    return [warehouse.id for warehouse in found if warehouse.code in named] or [warehouse.id for warehouse in found]


def checks(stores: AccountStores, items: Iterable[int]) -> dict[int, StockCheck]:
    """Returns the stock checks of these items since the last sync of stock."""
    return StockChecks(stores.work).find(items)


def checked_totals(stores: AccountStores, items: Iterable[int], warehouses: Sequence[int]) -> dict[int, int]:
    """Returns the quantity (scale 4) of each checked item over these warehouses."""
    return {item: check.total(warehouses) for item, check in checks(stores, items).items()}


def all_checked(stores: AccountStores, warehouses: Sequence[int]) -> dict[int, int]:
    """Returns the same for all checked items, which are always few."""
    return checked_totals(stores, StockChecks(stores.work).items(), warehouses)


def available(stores: AccountStores, items: set[int], *, without: str = "") -> dict[int, Decimal]:
    """Returns base units of each item in the profile's warehouses, less own orders not in the ERP yet.

    `without` excludes an own record.
    """
    warehouses = warehouses_of(stores.catalog)
    stored = store.stock(stores.catalog, list(items), warehouses) | checked_totals(stores, items, warehouses)
    found = {item: scaled(stored.get(item, 0), SCALE) for item in items}
    for item, quantity in unsent_quantities(stores, items, without=without).items():
        found[item] -= quantity
    return found


@dataclass(frozen=True, slots=True)
class Sellable:
    """The available quantity of an item, in base units; `checked_at`: time of the stock check (UTC), or ""."""

    quantity: Decimal
    unit: str
    checked_at: str


def sellable(stores: AccountStores, item: int, record: str = "") -> Sellable:
    """Returns the available quantity for a line of an order; `record` is the order's."""
    found = stores.catalog.one(Item, item)
    unit = stores.catalog.one(Unit, found.base_unit) if found else None
    check = checks(stores, [item]).get(item)
    return Sellable(
        available(stores, {item}, without=record)[item], unit.code if unit else "", check.checked_at if check else ""
    )
