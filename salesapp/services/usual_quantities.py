"""Finds quantities far above the usual ones for an item, which may be a slip of a finger or a scanner."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from weakref import WeakKeyDictionary

from salesapp.domain.documents import Cart, CartLine
from salesapp.domain.objects.auxiliary import ErpDocument
from salesapp.domain.objects.directories import Unit
from salesapp.domain.objects.items import Item
from salesapp.services.price_rows import directory
from salesapp.services.unsent import base_units, unsent_documents
from salesapp.store.account_stores import AccountStores
from salesapp.store.catalog_reader import CatalogReader
from salesapp.store.items import ordered_in

MANY_TIMES = 10
"""A quantity above so many times the largest earlier one needs a question."""
WITHOUT_HISTORY = Decimal(9_999)
"""The largest quantity of an item without history that needs no question, in base units."""
_NEWEST = 50
"""The number of other customers' documents with the item to read, newest first."""

Largest = dict[str, Decimal]
"""Item code -> largest quantity of a line, in base units."""


@dataclass(slots=True)
class _Kept:
    """Largest quantities, cached for one state of the catalogue."""

    version: int
    by_customer: dict[int, Largest] = field(default_factory=dict)
    by_item: Largest = field(default_factory=dict)


_kept: "WeakKeyDictionary[CatalogReader, _Kept]" = WeakKeyDictionary()


def unusual_lines(stores: AccountStores, cart: Cart, record: str = "") -> Iterator[tuple[CartLine, Item, Decimal]]:
    """Yields (line, item, largest quantity so far in base units) of lines that need a question.

    The largest quantity is this customer's, else anybody's; zero without any. `record` is the order
    itself, which does not count as history.
    """
    items = {item.id: item for item in stores.catalog.having(Item, "id", (line.item for line in cart.lines))}
    own = list(_own_lines(stores, record))
    for line in cart.lines:
        item = items.get(line.item)
        quantity = line.quantity * base_units(stores, line.item, line.unit)
        if item is None or quantity <= 0:
            continue
        largest = _largest(stores, cart, item, quantity, own)
        if quantity > (MANY_TIMES * largest or WITHOUT_HISTORY):
            yield line, item, largest


def _largest(
    stores: AccountStores, cart: Cart, item: Item, quantity: Decimal, own: list[tuple[int | str, int, Decimal]]
) -> Decimal:
    """Returns the largest earlier quantity; skips others' documents if the quantity is small anyway."""
    customer = cart.new_customer or cart.customer
    of_customer = [amount for who, which, amount in own if (who, which) == (customer, item.id)]
    if cart.customer is not None:
        of_customer.append(_of_customer(stores, cart.customer).get(item.code, Decimal()))
    found = max(of_customer, default=Decimal())
    if found or quantity <= MANY_TIMES:
        return found or quantity
    return max([amount for _who, which, amount in own if which == item.id] + [_of_anybody(stores, item)])


def _own_lines(stores: AccountStores, record: str) -> Iterator[tuple[int | str, int, Decimal]]:
    """Yields (customer, item, base units) of the lines of own orders not in the ERP yet."""
    for id_, document in unsent_documents(stores):
        if id_ == record or document.type != "sales_order":
            continue
        for line in document.lines:
            if not line.is_free:
                amount = Decimal(line.quantity) * base_units(stores, line.item, line.unit)
                yield document.new_customer or document.customer or 0, line.item, amount


def _of_customer(stores: AccountStores, customer: int) -> Largest:
    known = _of_this_catalog(stores.catalog).by_customer
    if customer not in known:
        former = stores.catalog.all(ErpDocument, "customer=? AND type='sales_order'", (customer,))
        known[customer] = _largest_in(stores, former)
    return known[customer]


def _of_anybody(stores: AccountStores, item: Item) -> Decimal:
    known = _of_this_catalog(stores.catalog).by_item
    if item.code not in known:
        former = [found for found in ordered_in(stores.catalog, item.code, _NEWEST) if found.type == "sales_order"]
        known[item.code] = _largest_in(stores, former).get(item.code, Decimal())
    return known[item.code]


def _largest_in(stores: AccountStores, documents: Iterable[ErpDocument]) -> Largest:
    lines = [line for document in documents for line in document.lines if not line.is_given and line.quantity > 0]
    units = {unit.code: unit.id for unit in directory(stores.catalog, Unit)}
    items = {item.code: item.id for item in stores.catalog.having(Item, "code", {line.item for line in lines})}
    found: Largest = {}
    factors: dict[tuple[str, str], Decimal] = {}
    for line in lines:
        key = (line.item, line.unit)
        if key not in factors:
            factors[key] = base_units(stores, items.get(line.item, 0), units.get(line.unit, 0))
        found[line.item] = max(found.get(line.item, Decimal()), line.quantity * factors[key])
    return found


def _of_this_catalog(catalog: CatalogReader) -> _Kept:
    version = int(catalog.query("PRAGMA data_version")[0][0])
    kept = _kept.get(catalog)
    if kept is None or kept.version != version:
        _kept[catalog] = kept = _Kept(version)
    return kept
