"""Own documents not in the catalogue yet, and the stock and credit that they use."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import msgspec
from sqlalchemy import select

from salesapp.protocol.records import Document
from salesapp.store.account_stores import AccountStores
from salesapp.store.items import units as units_of
from salesapp.store.tables import outbox, record

_UNDECIDED = ("waiting", "received")


def unsent_documents(stores: AccountStores) -> Iterator[tuple[str, Document]]:
    """Yields (record id, document) of confirmed documents not in the ERP yet, as far as this device knows."""
    with stores.work.read() as connection:
        rows: list[Any] = list(
            connection.execute(
                select(record.c.id, record.c.payload)
                .join(outbox, outbox.c.id == record.c.submission)
                .where(record.c.kind == "document", record.c.state == "confirmed", outbox.c.state.in_(_UNDECIDED))
            )
        )
    for row in rows:
        yield row.id, msgspec.json.decode(row.payload, type=Document)


def unsent_quantities(stores: AccountStores, items: Iterable[int], *, without: str = "") -> dict[int, Decimal]:
    """Returns base units of each item in own sales orders not in the ERP yet; `without` excludes a record."""
    wanted, found = set(items), defaultdict[int, Decimal](Decimal)
    factors: dict[tuple[int, int], Decimal] = {}
    for id_, document in unsent_documents(stores):
        if id_ == without or document.type != "sales_order":
            continue
        for line in document.lines:
            if line.item in wanted:
                key = (line.item, line.unit)
                if key not in factors:
                    factors[key] = base_units(stores, *key)
                found[line.item] += Decimal(line.quantity) * factors[key]
    return dict(found)


def base_units(stores: AccountStores, item: int, unit: int) -> Decimal:
    """Returns the base units in one unit of the item; 1 if the catalogue has no usable factor."""
    return next((row.factor for row in units_of(stores.catalog, item) if row.unit == unit), Decimal(1))
