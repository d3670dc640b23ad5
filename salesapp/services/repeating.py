"""Repeats earlier orders: copies a document and shows what differs today, and finds a customer's last quantities."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from salesapp.domain.documents import Cart, CartLine
from salesapp.domain.objects.auxiliary import ErpDocument
from salesapp.domain.objects.directories import Unit
from salesapp.domain.objects.documents import DocumentType
from salesapp.domain.objects.items import Item
from salesapp.protocol.records import Document
from salesapp.services.ordering import OpenOrder, begin, cart_of, keys_by_code
from salesapp.services.unsent import unsent_documents
from salesapp.store.account_stores import AccountStores

DOCUMENTS_READ = 12
"""The number of the newest ERP documents that provide last quantities."""
Last = dict[str, tuple[Decimal, str]]
"""Item code -> last quantity and its unit's code."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A line whose price differs today; `after` is None if the item cannot be ordered any more."""

    name: str
    unit: str
    before: Decimal
    after: Decimal | None


def copy(
    stores: AccountStores, document: Document, *, type_: DocumentType | None = None, today: date | None = None
) -> Cart:
    """Returns a new cart with the same lines, to be priced as of today; omits items that are gone or inactive."""
    old = cart_of(stores, document)
    fresh = begin(stores, type_ or old.type, customer=old.customer, new_customer=old.new_customer, today=today)
    items = stores.catalog.having(Item, "id", (line.item for line in old.lines))
    known = {item.id for item in items if item.is_active}
    made = replace(
        fresh,
        lines=tuple(line for line in old.lines if line.item in known),
        discount_percent=old.discount_percent,
        discount_amount=old.discount_amount,
        description=old.description,
    )
    return made if made.currency == old.currency else made.without_amounts()


def differences(document: Document, order: OpenOrder) -> list[Difference]:
    """Returns the differences of a copy: changed prices for the same unit, and missing lines."""
    today = {line.id: line for line in order.priced.lines if not line.is_free}
    found = []
    for line in document.lines:
        if line.is_free:
            continue
        now, before = today.get(line.line), Decimal(line.unit_price)
        after = now.unit_price_net if now is not None and not now.error else None
        if after is None or (after != before and document.currency == order.priced.currency):
            name = line.item_name or order.names.get(line.item, "") or line.item_code
            found.append(Difference(name, line.unit_code or order.units.get(line.unit, ""), before, after))
    return found


def last_quantities(stores: AccountStores, cart: Cart) -> Last:
    """Returns the customer's last quantities, from own orders not in the ERP yet first, then from the ERP's."""
    found: Last = {}
    for lines in _documents_before(stores, cart):
        for code, quantity, unit in lines:
            found.setdefault(code, (quantity, unit))
    return found


def last_lines(stores: AccountStores, cart: Cart) -> list[CartLine]:
    """Returns the lines of the customer's last order whose items can be ordered today."""
    newest = next((lines for lines in _documents_before(stores, cart) if lines), [])
    items = _items_by_code(stores, [code for code, _quantity, _unit in newest])
    units = keys_by_code(stores.catalog, Unit)
    return [
        CartLine("", items[code], units[unit], quantity)
        for code, quantity, unit in newest
        if code in items and unit in units and quantity > 0
    ]


def _documents_before(stores: AccountStores, cart: Cart) -> Iterator[list[tuple[str, Decimal, str]]]:
    """Yields the lines of each of the customer's documents as (code, quantity, unit code), newest first."""
    own = [
        (document.issued_on, record, document)
        for record, document in unsent_documents(stores)
        if document.type == "sales_order"
        if (cart.customer is not None and document.customer == cart.customer)
        or (cart.new_customer and document.new_customer == cart.new_customer)
    ]
    for _day, _record, document in sorted(own, key=lambda entry: entry[:2], reverse=True):
        yield [(line.item_code, Decimal(line.quantity), line.unit_code) for line in document.lines if not line.is_free]
    if cart.customer is None:
        return
    where = "customer=? AND type='sales_order'"
    order = "issued_on DESC, id DESC"
    for former in stores.catalog.all(ErpDocument, where, (cart.customer,), order=order, limit=DOCUMENTS_READ):
        yield [(line.item, line.quantity, line.unit) for line in former.lines if not line.is_given]


def _items_by_code(stores: AccountStores, codes: list[str]) -> dict[str, int]:
    return {item.code: item.id for item in stores.catalog.having(Item, "code", codes) if item.is_active}
