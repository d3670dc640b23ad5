"""What a scanned code stands for: items, the unit in which each is meant, and how much of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from salesapp.domain.barcodes import Barcode, aim_prefix, read_barcode
from salesapp.domain.documents import Cart
from salesapp.domain.in_store_codes import Measured, read_measure
from salesapp.domain.objects.directories import Currency
from salesapp.domain.objects.items import Item
from salesapp.domain.price_rules.numbers import rounded
from salesapp.services import explaining
from salesapp.services.picking import units_of
from salesapp.services.price_rows import directory, profile_of
from salesapp.services.units import unit_codes
from salesapp.store import items
from salesapp.store.account_stores import AccountStores

WEIGHTS = {"kg": Decimal(1), "dag": Decimal(100), "g": Decimal(1000)}
"""Code of a unit of weight -> how many of it are a kilogram."""
_CENT = 2


@dataclass(frozen=True, slots=True)
class Scanned:
    """An item that a code names; `quantity` in `unit`."""

    item: int
    name: str
    code: str
    unit: int
    unit_code: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class _Amount:
    """How much a code says: a count in its unit, a weight in kg, or a price in the currency's smallest unit."""

    count: Decimal | None = None
    weight: Decimal | None = None
    price: int | None = None


Hits = list[tuple[int, int | None]]


def scanned(stores: AccountStores, text: str, cart: Cart | None = None) -> list[Scanned]:
    """All that a code can mean: one item as a rule, more where the ERP gave a code twice, none for an unknown one.

    A code that is an item's own counts before one that a pattern of the profile reads. `cart` has the customer, day
    and currency for a code with a price, which without it is one sales unit.
    """
    hits, amount = _found(stores, text.strip())
    rows = {item.id: item for item in stores.catalog.having(Item, "id", (item for item, _unit in hits))}
    codes = unit_codes(stores.catalog)
    found = []
    for item, unit in hits:
        row = rows[item]
        meant, quantity = _quantity(stores, amount, row, unit or row.sales_unit, cart)
        found.append(Scanned(item, row.name, row.code, meant, codes.get(meant, ""), quantity))
    return found


def _found(stores: AccountStores, text: str) -> tuple[Hits, _Amount]:
    barcode: Barcode = read_barcode(text)
    hits = items.by_barcode(stores.catalog, barcode.numbers)
    if hits:
        return hits, _Amount(barcode.count, barcode.weight)
    for measured in _measured(stores, text[len(aim_prefix(text)) :]):
        if hits := items.by_barcode(stores.catalog, measured.numbers, measured.codes):
            return hits, _Amount(None, measured.weight, measured.price)
    return [], _Amount()


def _measured(stores: AccountStores, code: str) -> Iterator[Measured]:
    """Yields what the profile's patterns read in a code, in their order."""
    profile = profile_of(stores.catalog)
    for pattern in profile.barcode_patterns if profile else ():
        if (measured := read_measure(pattern, code)) is not None:
            yield measured


def _quantity(stores: AccountStores, amount: _Amount, item: Item, unit: int, cart: Cart | None) -> tuple[int, Decimal]:
    """Returns unit and quantity. A weight counts where the item is sold by weight."""
    if amount.weight:
        for key, code, _decimals in units_of(stores, item.id):
            if code.lower() in WEIGHTS:
                return key, amount.weight * WEIGHTS[code.lower()]
    if amount.price and cart is not None:
        return item.sales_unit, _bought_for(stores, amount.price, item, cart)
    return unit, amount.count or Decimal(1)


def _bought_for(stores: AccountStores, price: int, item: Item, cart: Cart) -> Decimal:
    """Returns how many sales units cost a price, in the unit's decimals and at least one of the last of them."""
    each = explaining.explain_item(stores, cart, item.id).price
    if each <= 0:
        return Decimal(1)
    places = next((row.places for row in directory(stores.catalog, Currency) if row.code == cart.currency), _CENT)
    decimals = next((decimals for key, _code, decimals in units_of(stores, item.id) if key == item.sales_unit), 0)
    return max(rounded(Decimal(price).scaleb(-places) / each, decimals), Decimal(1).scaleb(-decimals))
