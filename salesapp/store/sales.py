"""Sums over the documents of the ERP, and own orders as the outbox has them: what reports are made of.

An order is what its general state does not call off. Sums are of the stored integers (10,000 for 1), grouped so that
what is in the base currency is one row, and what is in another one is a row for each day and its rate. A plus before a
column keeps a condition from choosing an index: the wide one has all that sums need.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import select

from salesapp.domain.sales import NOT_SALES
from salesapp.protocol.messages import Receipt
from salesapp.protocol.records import Document
from salesapp.store.catalog_reader import CatalogReader
from salesapp.store.tables import outbox, record
from salesapp.store.work import WorkStore

Bounds = tuple[str, str]
"""First and last day, YYYY-MM-DD, both within."""

Names = Sequence[str]
"""A representative's name, and former ones."""
_MARKS_AT_ONCE = 500
_ACCEPTABLE = ("waiting", "received", "in_erp")
_CALLED_OFF = ", ".join(f"'{state}'" for state in sorted(NOT_SALES))
_IS_ORDER = f"d.type='sales_order' AND (d.general_state IS NULL OR lower(d.general_state) NOT IN ({_CALLED_OFF}))"
_DAY = "CASE WHEN d.currency=? THEN '' ELSE d.issued_on END"
"""Nothing for the base currency, which needs no rate of the day."""


def _own(names: Names) -> str:
    """A condition on documents: the representative's orders, under any of the names."""
    return f"d.representative IN ({', '.join('?' for _ in names)}) AND {_IS_ORDER}"


def days(catalog: CatalogReader, users: Names) -> list[tuple[str, str, int, int]]:
    """(Day, currency, net, orders) of the orders that a representative issued."""
    return catalog.query(
        "SELECT d.issued_on, d.currency, sum(d.net), count(*) FROM auxiliary_documents d"
        f" WHERE {_own(users)} GROUP BY d.issued_on, d.currency",
        tuple(users),
    )


def first_day(catalog: CatalogReader) -> str | None:
    """The day of the oldest document on this device, whoever issued it; None without any."""
    found: str | None = catalog.query("SELECT min(issued_on) FROM auxiliary_documents")[0][0]
    return found


def by_customer(
    catalog: CatalogReader, users: Names, bounds: Bounds, base: str
) -> list[tuple[int | None, str, str, int, int]]:
    """(Customer, currency, day or "", net, orders) of a representative's orders."""
    return catalog.query(
        f"SELECT d.customer, d.currency, {_DAY} AS day, sum(d.net), count(*) FROM auxiliary_documents d"
        f" WHERE {_own(users)} AND d.issued_on BETWEEN ? AND ? GROUP BY d.customer, d.currency, day",
        (base, *users, *bounds),
    )


class SoldLine(msgspec.Struct, frozen=True):
    """What counts of a line of the ERP's documents: the item's code, and the net amount in the document's currency."""

    item: str
    net: str = "0"


def lines(catalog: CatalogReader, users: Names, bounds: Bounds) -> Iterator[tuple[str, str, list[SoldLine]]]:
    """(Day, currency, lines) of a representative's orders, one after the other: the rows of all may not fit."""
    rows = catalog.query(
        "SELECT d.issued_on, d.currency, d.lines FROM auxiliary_documents d"
        f" WHERE {_own(users)} AND d.issued_on BETWEEN ? AND ?",
        (*users, *bounds),
    )
    for day, currency, text in rows:
        yield day, currency, _LINES.decode(text)


_LINES = msgspec.json.Decoder(list[SoldLine])


def last_orders(catalog: CatalogReader, since: str, base: str) -> list[tuple[int, str, str, str, int]]:
    """(Customer, currency, day or "", last order, net since a day) of the orders that anybody issued."""
    return catalog.query(
        f"SELECT +d.customer AS who, d.currency, {_DAY} AS day, max(d.issued_on),"
        " sum(CASE WHEN d.issued_on >= ? THEN d.net ELSE 0 END) FROM auxiliary_documents d"
        f" WHERE +d.customer IS NOT NULL AND {_IS_ORDER} GROUP BY who, d.currency, day",
        (base, since),
    )


class ErpOrder(NamedTuple):
    """What a list shows of an order of the ERP; `net` in ten-thousandths of `currency`."""

    id: int
    erp_number: str
    customer: int | None
    issued_on: str
    currency: str
    net: int


def of_period(catalog: CatalogReader, users: Names, bounds: Bounds, limit: int) -> list[ErpOrder]:
    """A representative's orders of some days, the latest first."""
    rows = catalog.query(
        f"SELECT {', '.join(f'd.{name}' for name in ErpOrder._fields)} FROM auxiliary_documents d"
        f" WHERE {_own(users)} AND d.issued_on BETWEEN ? AND ? ORDER BY d.issued_on DESC, d.id DESC LIMIT ?",
        (*users, *bounds, limit),
    )
    return [ErpOrder(*row) for row in rows]


def customer_keys(catalog: CatalogReader, *, blocked: bool) -> set[int]:
    """All customers, or those that are blocked."""
    where = "WHERE status='blocked'" if blocked else ""
    return {int(row[0]) for row in catalog.query(f"SELECT id FROM customers_customers {where}")}


@dataclass(frozen=True, slots=True)
class SentOrder:
    """A confirmed record that the ERP did not refuse; `erp_number` once it is known."""

    record: str
    submission: str
    number: str
    erp_number: str


def confirmed(work: WorkStore) -> list[SentOrder]:
    """Own confirmed documents, waiting, received or in the ERP. Drafts, voided and rejected ones are not among them."""
    with work.read() as connection:
        rows = connection.execute(
            select(record.c.id, record.c.submission, record.c.number, outbox.c.receipt)
            .join(outbox, outbox.c.id == record.c.submission)
            .where(record.c.kind == "document", record.c.state == "confirmed", outbox.c.state.in_(_ACCEPTABLE))
        ).all()
    return [SentOrder(row.id, row.submission, row.number or "", _erp_number(row.receipt)) for row in rows]


def _erp_number(receipt: str | None) -> str:
    return msgspec.json.decode(receipt, type=Receipt).erp_number if receipt else ""


def customer_codes(work: WorkStore, submissions: Iterable[str]) -> dict[str, str]:
    """Submission of a new customer -> the code that the ERP gave it."""
    found: dict[str, str] = {}
    with work.read() as connection:
        for part in _parts(list(submissions)):
            rows = connection.execute(select(outbox.c.id, outbox.c.receipt).where(outbox.c.id.in_(part))).all()
            found |= {row.id: code for row in rows if (code := _erp_number(row.receipt))}
    return found


def count_documents(catalog: CatalogReader, without: frozenset[str]) -> int:
    """The documents of the ERP, without those that came from these submissions."""
    total = int(catalog.query("SELECT count(*) FROM auxiliary_documents")[0][0])
    known = catalog.query("SELECT submission FROM auxiliary_documents WHERE submission<>''") if without else []
    return total - sum(row[0] in without for row in known)


def documents(work: WorkStore, records: Iterable[str]) -> list[tuple[str, Document]]:
    """The documents of records."""
    found: list[tuple[str, Document]] = []
    with work.read() as connection:
        for part in _parts(list(records)):
            rows = connection.execute(select(record.c.id, record.c.payload).where(record.c.id.in_(part))).all()
            found += [(row.id, msgspec.json.decode(row.payload, type=Document)) for row in rows]
    return found


def counted_by_erp(catalog: CatalogReader, orders: Sequence[SentOrder]) -> set[str]:
    """Records of the orders that the ERP's own document stands for: it counts, or was called off there.

    It is found by the submission, else by the ERP's number, else by the device's own number on a document without a
    submission. One that names nobody as its representative and was not called off says nothing: the own record counts.
    """
    found: set[str] = set()
    for name in ("submission", "erp_number", "number"):
        wanted = {key: order.record for order in orders if order.record not in found and (key := getattr(order, name))}
        for part in _parts(list(wanted)):
            where = f"d.{name} IN ({_marks(part)})" + (" AND +d.submission IS NULL" if name == "number" else "")
            rows = catalog.query(
                f"SELECT d.{name} FROM auxiliary_documents d WHERE {where}"
                f" AND (+d.representative IS NOT NULL OR NOT ({_IS_ORDER}))",
                part,
            )
            found |= {wanted[str(row[0])] for row in rows}
    return found


@dataclass(frozen=True, slots=True)
class Named:
    """What a person calls a customer or an item; `city` of customers."""

    key: int
    code: str
    name: str
    city: str = ""


def named_customers(catalog: CatalogReader, field: str, keys: Iterable[Any]) -> dict[Any, Named]:
    """Customers by one of their fields, "id" or "code"."""
    return _named(catalog, "customers_customers", field, keys, "city")


def named_items(catalog: CatalogReader, codes: Iterable[str]) -> dict[Any, Named]:
    return _named(catalog, "items_forms", "code", codes, "''")


def _named(catalog: CatalogReader, table: str, field: str, keys: Iterable[Any], city: str) -> dict[Any, Named]:
    rows = catalog.query(
        f"SELECT {field}, id, code, name, {city} FROM {table} WHERE {field} IN (SELECT value FROM json_each(?))",
        (json.dumps(list(keys)),),
    )
    return {row[0]: Named(int(row[1]), row[2], row[3], row[4] or "") for row in rows}


def _parts(values: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(values), _MARKS_AT_ONCE):
        yield values[start : start + _MARKS_AT_ONCE]


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
