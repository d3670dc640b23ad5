"""How much of an item there is: the catalogue's stock, or what was asked for since, less own unsent orders."""

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
    """The warehouses whose stock the representative sees; all of them when the profile names none."""
    profile, found = profile_of(catalog), catalog.all(Warehouse)
    named = profile.warehouses if profile else ()
    return [warehouse.id for warehouse in found if warehouse.code in named] or [warehouse.id for warehouse in found]


def checks(stores: AccountStores, items: Iterable[int]) -> dict[int, StockCheck]:
    """What was asked for of these items since the last sync that brought stock."""
    return StockChecks(stores.work).find(items)


def checked_totals(stores: AccountStores, items: Iterable[int], warehouses: Sequence[int]) -> dict[int, int]:
    """The quantity (scale 4) of those of the items that were asked for, over these warehouses."""
    return {item: check.total(warehouses) for item, check in checks(stores, items).items()}


def all_checked(stores: AccountStores, warehouses: Sequence[int]) -> dict[int, int]:
    """The same of all items that were asked for: a handful, whatever the catalogue holds."""
    return checked_totals(stores, StockChecks(stores.work).items(), warehouses)


def available(stores: AccountStores, items: set[int], *, without: str = "") -> dict[int, Decimal]:
    """Base units of each item in the profile's warehouses, less own orders that are not in the ERP yet.

    `without`: an own record that is left out.
    """
    warehouses = warehouses_of(stores.catalog)
    stored = store.stock(stores.catalog, list(items), warehouses) | checked_totals(stores, items, warehouses)
    found = {item: scaled(stored.get(item, 0), SCALE) for item in items}
    for item, quantity in unsent_quantities(stores, items, without=without).items():
        found[item] -= quantity
    return found


@dataclass(frozen=True, slots=True)
class Sellable:
    """What can be sold of an item, in base units; `checked_at`: its stock was asked for then (UTC), else ""."""

    quantity: Decimal
    unit: str
    checked_at: str


def sellable(stores: AccountStores, item: int, record: str = "") -> Sellable:
    """For a line of an order; `record` is the order's own."""
    found = stores.catalog.one(Item, item)
    unit = stores.catalog.one(Unit, found.base_unit) if found else None
    check = checks(stores, [item]).get(item)
    return Sellable(
        available(stores, {item}, without=record)[item], unit.code if unit else "", check.checked_at if check else ""
    )
