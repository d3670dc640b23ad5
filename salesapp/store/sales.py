"""Sums over the ERP's documents and own orders in the outbox, for reports.

An order or return counts unless its general state calls it off. Sums are of stored integers (scale 4), grouped so
that the base currency is one row, and another currency a row for each day and its rate. A plus before a
column keeps a condition from choosing an index: the wide index has all that sums need.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import msgspec
from sqlalchemy import select

from salesapp.domain.sales import NOT_SALES
from salesapp.protocol.messages import Receipt
from salesapp.protocol.records import Document
from salesapp.store.catalog_reader import CatalogReader
from salesapp.store.tables import outbox, record
from salesapp.store.work import WorkStore

Bounds = tuple[str, str]
"""First and last day, YYYY-MM-DD, both included."""

Names = Sequence[str]
"""A representative's name and former names."""
_MARKS_AT_ONCE = 500
_ACCEPTABLE = ("waiting", "received", "in_erp")
_CALLED_OFF = ", ".join(f"'{state}'" for state in sorted(NOT_SALES))
_IS_VALID = f"(d.general_state IS NULL OR lower(d.general_state) NOT IN ({_CALLED_OFF}))"
_IS_ORDER = f"d.type='sales_order' AND {_IS_VALID}"
_IS_SALE = f"d.type IN ('sales_order', 'sales_return') AND {_IS_VALID}"
"""A return counts with its amounts, which are below zero, but it is no order."""
_ORDERS = "sum(d.type='sales_order')"
_DAY = "CASE WHEN d.currency=? THEN '' ELSE d.issued_on END"
"""SQL of the day; empty for the base currency, which needs no rate."""


def _own(names: Names) -> str:
    """Returns the SQL condition for the representative's orders and returns, under any of the names."""
    return f"d.representative IN ({', '.join('?' for _ in names)}) AND {_IS_SALE}"


def days(catalog: CatalogReader, users: Names) -> list[tuple[str, str, int, int]]:
    """Returns (day, currency, net, orders) of the orders that a representative issued."""
    return catalog.query(
        f"SELECT d.issued_on, d.currency, sum(d.net), {_ORDERS} FROM auxiliary_documents d"
        f" WHERE {_own(users)} GROUP BY d.issued_on, d.currency",
        tuple(users),
    )


def first_day(catalog: CatalogReader) -> str | None:
    """Returns the day of the oldest document on this device, of any issuer; None without any."""
    found: str | None = catalog.query("SELECT min(issued_on) FROM auxiliary_documents")[0][0]
    return found


def by_customer(
    catalog: CatalogReader, users: Names, bounds: Bounds, base: str
) -> list[tuple[int | None, str, str, int, int]]:
    """Returns (customer, currency, day or "", net, orders) of a representative's orders."""
    return catalog.query(
        f"SELECT d.customer, d.currency, {_DAY} AS day, sum(d.net), {_ORDERS} FROM auxiliary_documents d"
        f" WHERE {_own(users)} AND d.issued_on BETWEEN ? AND ? GROUP BY d.customer, d.currency, day",
        (base, *users, *bounds),
    )


class SoldLine(msgspec.Struct, frozen=True):
    """A line of an ERP document: the item's code, and the net amount in the document's currency."""

    item: str
    net: str = "0"


def lines(catalog: CatalogReader, users: Names, bounds: Bounds) -> Iterator[tuple[str, str, list[SoldLine]]]:
    """Yields (day, currency, lines) of a representative's orders one by one; all may not fit into memory."""
    rows = catalog.query(
        "SELECT d.issued_on, d.currency, d.lines FROM auxiliary_documents d"
        f" WHERE {_own(users)} AND d.issued_on BETWEEN ? AND ?",
        (*users, *bounds),
    )
    for day, currency, text in rows:
        yield day, currency, _LINES.decode(text)


_LINES = msgspec.json.Decoder(list[SoldLine])


def last_orders(catalog: CatalogReader, since: str, base: str) -> list[tuple[int, str, str, str, int]]:
    """Returns (customer, currency, day or "", last order, net since a day) of all orders, of any issuer."""
    return catalog.query(
        f"SELECT +d.customer AS who, d.currency, {_DAY} AS day,"
        " max(CASE WHEN d.type='sales_order' THEN d.issued_on ELSE '' END),"
        " sum(CASE WHEN d.issued_on >= ? THEN d.net ELSE 0 END) FROM auxiliary_documents d"
        f" WHERE +d.customer IS NOT NULL AND {_IS_SALE} GROUP BY who, d.currency, day",
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
    """Returns a representative's orders of a period, latest first."""
    rows = catalog.query(
        f"SELECT {', '.join(f'd.{name}' for name in ErpOrder._fields)} FROM auxiliary_documents d"
        f" WHERE {_own(users)} AND d.issued_on BETWEEN ? AND ? ORDER BY d.issued_on DESC, d.id DESC LIMIT ?",
        (*users, *bounds, limit),
    )
    return [ErpOrder(*row) for row in rows]


def customer_keys(catalog: CatalogReader, *, blocked: bool) -> set[int]:
    """Returns all customers, or the blocked ones."""
    where = "WHERE status='blocked'" if blocked else ""
    return {int(row[0]) for row in catalog.query(f"SELECT id FROM customers_customers {where}")}


@dataclass(frozen=True, slots=True)
class SentOrder:
    """A confirmed document that was not rejected; `erp_number` is empty until it is known."""

    record: str
    submission: str
    number: str
    erp_number: str


def confirmed(work: WorkStore) -> list[SentOrder]:
    """Returns own confirmed documents that wait, were received or are in the ERP."""
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
    """Maps submissions of new customers to the codes that the ERP gave them."""
    found: dict[str, str] = {}
    with work.read() as connection:
        for part in _parts(list(submissions)):
            rows = connection.execute(select(outbox.c.id, outbox.c.receipt).where(outbox.c.id.in_(part))).all()
            found |= {row.id: code for row in rows if (code := _erp_number(row.receipt))}
    return found


def count_documents(catalog: CatalogReader, without: frozenset[str]) -> int:
    """Counts the ERP's documents, without those that came from these submissions."""
    total = int(catalog.query("SELECT count(*) FROM auxiliary_documents")[0][0])
    known = catalog.query("SELECT submission FROM auxiliary_documents WHERE submission<>''") if without else []
    return total - sum(row[0] in without for row in known)


def documents(work: WorkStore, records: Iterable[str]) -> list[tuple[str, Document]]:
    """Returns the documents of records."""
    found: list[tuple[str, Document]] = []
    with work.read() as connection:
        for part in _parts(list(records)):
            rows = connection.execute(select(record.c.id, record.c.payload).where(record.c.id.in_(part))).all()
            found += [(row.id, msgspec.json.decode(row.payload, type=Document)) for row in rows]
    return found


def counted_by_erp(catalog: CatalogReader, orders: Sequence[SentOrder]) -> set[str]:
    """Returns the records of orders that the ERP has as documents of its own, which count instead.

    A document is found by the submission, else by the ERP's number, else by the device's number if it has no
    submission. If it names no representative and was not called off, the own record counts.
    """
    found: set[str] = set()
    for name in ("submission", "erp_number", "number"):
        wanted = {key: order.record for order in orders if order.record not in found and (key := getattr(order, name))}
        for part in _parts(list(wanted)):
            where = f"d.{name} IN ({_marks(part)})" + (" AND +d.submission IS NULL" if name == "number" else "")
            rows = catalog.query(
                f"SELECT d.{name} FROM auxiliary_documents d WHERE {where}"
                f" AND (+d.representative IS NOT NULL OR NOT ({_IS_SALE}))",
                part,
            )
            found |= {wanted[str(row[0])] for row in rows}
    return found


@dataclass(frozen=True, slots=True)
class Named:
    """Code and name of a customer or an item; customers also have a `city`."""

    key: int
    code: str
    name: str
    city: str = ""


_CUSTOMERS = "id, code, name, city FROM customers_customers"


def named_customers(catalog: CatalogReader, keys: Iterable[int]) -> dict[int, Named]:
    """Returns customers by their keys."""
    return {found.key: found for found in _named(catalog, f"{_CUSTOMERS} WHERE id", keys)}


def customers_by_code(catalog: CatalogReader, codes: Iterable[str]) -> dict[str, Named]:
    """Returns customers by their codes."""
    return {found.code: found for found in _named(catalog, f"{_CUSTOMERS} WHERE code", codes)}


def named_items(catalog: CatalogReader, codes: Iterable[str]) -> dict[str, Named]:
    """Returns items by their codes."""
    return {found.code: found for found in _named(catalog, "id, code, name, '' FROM items_forms WHERE code", codes)}


def _named(catalog: CatalogReader, chosen: str, values: Iterable[int | str]) -> list[Named]:
    """Returns those of which the field that `chosen` ends with has one of these values."""
    rows = catalog.query(f"SELECT {chosen} IN (SELECT value FROM json_each(?))", (json.dumps(list(values)),))
    return [Named(int(key), code, name, city or "") for key, code, name, city in rows]


def _parts(values: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(values), _MARKS_AT_ONCE):
        yield values[start : start + _MARKS_AT_ONCE]


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
