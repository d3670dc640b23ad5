"""Finds an order confirmed today for the same customer, items and quantities."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

import msgspec
from sqlalchemy import select

from salesapp import clock
from salesapp.domain.documents import Cart, CartLine
from salesapp.protocol.records import Document, DocumentLine
from salesapp.store.account_stores import AccountStores
from salesapp.store.tables import ACCEPTED, outbox, record

_LOOKS_BACK = timedelta(days=2)
"""Covers everything confirmed today, in any time zone."""


def same_order(stores: AccountStores, cart: Cart, record_id: str) -> Document | None:
    """Returns another own order of the cart's day with the same content; None if there is none."""
    if cart.type != "sales_order" or not cart.lines:
        return None
    wanted = _quantities(cart.lines)
    for found in _confirmed_lately(stores, record_id):
        is_same_day = (found.type, found.issued_on) == (cart.type, cart.issued_on)
        is_same_customer = (found.customer, found.new_customer) == (cart.customer, cart.new_customer)
        if is_same_day and is_same_customer and _quantities(line for line in found.lines if not line.is_free) == wanted:
            return found
    return None


def _quantities(lines: Iterable[CartLine | DocumentLine]) -> dict[tuple[int, int], Decimal]:
    """Returns the quantity of each item and unit."""
    found = defaultdict[tuple[int, int], Decimal](Decimal)
    for line in lines:
        found[line.item, line.unit] += Decimal(line.quantity)
    return found


def _confirmed_lately(stores: AccountStores, without: str) -> Iterable[Document]:
    """Yields the documents confirmed in the last days that are not rejected."""
    goes = (record.c.state == "confirmed", outbox.c.state.in_(("waiting", *ACCEPTED)))
    is_late = record.c.changed_at >= clock.timestamp(clock.now() - _LOOKS_BACK)
    query = select(record.c.payload).join(outbox, outbox.c.id == record.c.submission)
    with stores.work.read() as connection:
        rows = connection.execute(query.where(record.c.kind == "document", is_late, record.c.id != without, *goes))
        texts = [row.payload for row in rows]
    for text in texts:
        yield msgspec.json.decode(text, type=Document)
