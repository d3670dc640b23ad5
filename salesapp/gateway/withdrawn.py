"""Flags what the office has changed since a document was made: it is taken as it was right at its checkpoint."""

from collections.abc import Iterator
from typing import TypeVar

from sqlalchemy import Connection

from salesapp.domain.objects.customers import Customer
from salesapp.domain.objects.directories import PaymentForm, PriceList, Warehouse
from salesapp.domain.objects.items import Item, ItemUnit
from salesapp.gateway.flags import Flag
from salesapp.gateway.history import RowsAt
from salesapp.gateway.merges import last_known, surviving
from salesapp.protocol.records import Document


def withdrawn(connection: Connection, document: Document, now: RowsAt, then: RowsAt) -> Iterator[Flag]:
    """Yields a flag for each choice of a document that could not be made any more."""
    yield from _customer(connection, document, now)
    yield from _lines(document, now)
    yield from _choice(PaymentForm, "payment_form", document.payment_form, now, then)
    yield from _choice(PriceList, "price_type", document.price_type, now, then)
    yield from _choice(Warehouse, "warehouse", document.warehouse, now, then)


Chosen = TypeVar("Chosen", PaymentForm, PriceList, Warehouse)


def _choice(kind: type[Chosen], field: str, key: int | None, now: RowsAt, then: RowsAt) -> Iterator[Flag]:
    was = then.one(kind, key)
    if was is not None and now.one(kind, key) is None:
        yield Flag("choice.withdrawn", {"field": field, "value": was.name})


def _customer(connection: Connection, document: Document, now: RowsAt) -> Iterator[Flag]:
    left = surviving(connection, document.customer)
    if left is None or document.customer is None:
        return
    if left.id != document.customer:
        old = last_known(connection, document.customer)
        yield Flag("customer.merged", {"customer": old.code if old else document.customer_name, "into": left.code})
    elif now.one(Customer, left.id) is None:
        yield Flag("customer.moved", {"customer": left.code, "representative": left.representative or ""})


def _lines(document: Document, now: RowsAt) -> Iterator[Flag]:
    keys = {line.item for line in document.lines}
    items = {item.id: item for item in now.having(Item, "id", keys)}
    units = {(row.item, row.unit): row.is_allowed for row in now.having(ItemUnit, "item", keys)}
    for line in document.lines:
        params = {"line": line.line, "item": line.item_code or str(line.item)}
        item = items.get(line.item)
        if item is None or not item.is_active:
            yield Flag("item.withdrawn", params)
        elif line.unit not in {item.sales_unit, item.base_unit} and not units.get((line.item, line.unit)):
            yield Flag("unit.withdrawn", params | {"unit": line.unit_code})
