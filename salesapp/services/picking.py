"""Items and prices for the list that fills an order."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from salesapp import clock
from salesapp.domain.documents import Cart
from salesapp.domain.objects.directories import Unit
from salesapp.domain.objects.items import Item
from salesapp.domain.pricing import LineInput, PriceBook, PricedLine, price_document
from salesapp.services.ordering import head_of
from salesapp.services.price_rows import rows_for
from salesapp.services.price_tags import promotions_of
from salesapp.services.stock import checked_totals, warehouses_of
from salesapp.services.units import unit_codes
from salesapp.store import items
from salesapp.store.account_stores import AccountStores
from salesapp.store.items import ListedItem


@dataclass(frozen=True, slots=True)
class PickPrice:
    """The price of one `unit` of an item, or the code of why it has none; `units`: key -> decimals."""

    price: Decimal | None
    unit: int
    unit_codes: Mapping[int, str]
    error: str = ""


def ids_of(stores: AccountStores, cart: Cart, choice: str, codes: Iterable[str]) -> "array[int]":
    """Returns the item keys of a choice: "last" (these codes), "promotion", "all", or a group's key as text.

    Only promotions for the cart's customer count.
    """
    if choice == "last":
        place = {code: number for number, code in enumerate(codes)}
        sold = [item for item in stores.catalog.having(Item, "code", place) if item.is_active]
        return array("q", (item.id for item in sorted(sold, key=lambda item: place[item.code])))
    day, promotions = clock.today(), None
    if choice == "promotion":
        promotions = promotions_of(stores, cart.customer, day, cart.customer_class or None)
    chosen = items.ItemFilter(
        promotion=choice == "promotion",
        group=int(choice) if choice.isdigit() else None,
        day=day.isoformat(),
        promotions=promotions,
    )
    return items.ids(stores.catalog, chosen, warehouses_of(stores.catalog))


def found(stores: AccountStores, typed: str) -> "array[int]":
    """Returns the keys of items that match the typed text, ordered by name."""
    return items.find(stores.catalog, typed, None, "name").ids


def page(stores: AccountStores, keys: Sequence[int]) -> dict[int, ListedItem]:
    """Returns the list rows by key."""
    warehouses = warehouses_of(stores.catalog)
    return items.page(stores.catalog, keys, warehouses, checked_totals(stores, keys, warehouses))


def units_of(stores: AccountStores, item: int) -> list[tuple[int, str, int]]:
    """Returns (key, code, decimals) of the units for ordering an item, the sales unit first."""
    found = stores.catalog.one(Item, item)
    if found is None:
        return []
    allowed = {row.unit for row in items.units(stores.catalog, item) if row.is_allowed} | {found.sales_unit}
    units = stores.catalog.having(Unit, "id", allowed)
    units.sort(key=lambda unit: (unit.id != found.sales_unit, unit.id))
    return [(unit.id, unit.code, unit.decimals) for unit in units]


def alone(stores: AccountStores, cart: Cart, item: int) -> PricedLine:
    """Prices one sales unit of an item on its own for the cart's customer."""
    found = stores.catalog.one(Item, item)
    book = PriceBook(rows_for(stores, (item,), cart.customer))
    return _alone(stores, book, cart, item, found.sales_unit if found else 0)


def prices(stores: AccountStores, cart: Cart, keys: Sequence[int]) -> dict[int, PickPrice]:
    """Returns the price of one sales unit of each item, as if it were the first line of the cart's document."""
    book = PriceBook(rows_for(stores, keys, cart.customer))
    codes = unit_codes(stores.catalog)
    units = {item.id: item.sales_unit for item in stores.catalog.having(Item, "id", keys)}
    prices_by_item: dict[int, PickPrice] = {}
    for item, unit in units.items():
        priced = _alone(stores, book, cart, item, unit)
        error = priced.error or ""
        prices_by_item[item] = PickPrice(None if error else priced.unit_price_net, unit, codes, error)
    return prices_by_item


def _alone(stores: AccountStores, book: PriceBook, cart: Cart, item: int, unit: int) -> PricedLine:
    line = LineInput(id="1", item=item, unit=unit, quantity=Decimal(1))
    return price_document(book, replace(head_of(stores, cart), lines=(line,))).lines[0]
