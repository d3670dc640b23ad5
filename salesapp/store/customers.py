"""Queries about customers: the tabs of the list, pages of rows, and possible duplicates."""

import json
from array import array
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import delete, insert, select

from salesapp.domain.catalogue import CATALOGUE
from salesapp.domain.rows import scaled
from salesapp.protocol.messages import Receipt
from salesapp.store import search
from salesapp.store.alphabet import BY_NAME
from salesapp.store.catalog_reader import CatalogReader
from salesapp.store.tables import favourite, outbox, record
from salesapp.store.work import WorkStore

CUSTOMERS = CATALOGUE.by_key["customers.customers"]
KIND = "customer"
_SHOWN = ("id", "code", "name", "city", "status", "overdue", "currency")
_OVERDUE_SCALE = 4
_MOST_CANDIDATES = 400


def favourites(work: WorkStore) -> frozenset[int]:
    """Returns the keys of favourite customers, which only this device knows."""
    with work.read() as connection:
        return frozenset(connection.execute(select(favourite.c.key).where(favourite.c.kind == KIND)).scalars())


def set_favourite(work: WorkStore, key: int, *, is_favourite: bool) -> None:
    with work.write() as connection:
        connection.execute(delete(favourite).where(favourite.c.kind == KIND, favourite.c.key == key))
        if is_favourite:
            connection.execute(insert(favourite).values(kind=KIND, key=key))


def by_name(catalog: CatalogReader, among: Iterable[int] | None = None) -> "array[int]":
    """Returns all keys, or those among some customers, ordered by name."""
    if among is None:
        return catalog.ids(CUSTOMERS, "name")
    keys = list(among)
    rows = catalog.query(f"SELECT id FROM customers_customers WHERE id IN ({_marks(keys)}) ORDER BY {BY_NAME}", keys)
    return array("q", (row[0] for row in rows))


def matching(catalog: CatalogReader, typed: str, among: Iterable[int]) -> "array[int]":
    """Returns those among some customers that match what was typed, in the given order."""
    expression, keys = search.match_expression(typed), list(among)
    if not expression:
        return array("q")
    table = search.table(CUSTOMERS)
    query = f'SELECT rowid FROM "{table}" WHERE "{table}" MATCH ? AND +rowid IN (SELECT value FROM json_each(?))'
    found = {row[0] for row in catalog.query(query, (expression, json.dumps(keys)))}
    return array("q", (key for key in keys if key in found))


def documents_of(catalog: CatalogReader) -> dict[int, tuple[int, str]]:
    """Maps each customer to the number of their documents in the catalogue and the date of the last one."""
    rows = catalog.query(
        "SELECT customer, count(*), max(issued_on) FROM auxiliary_documents"
        " WHERE customer IS NOT NULL GROUP BY customer"
    )
    return {int(customer): (int(count), str(last)) for customer, count, last in rows}


def existing(catalog: CatalogReader, keys: Sequence[int]) -> "array[int]":
    """Returns those of the keys that exist, in the given order."""
    found: set[int] = set()
    for start in range(0, len(keys), 500):
        part = keys[start : start + 500]
        rows = catalog.query(f"SELECT id FROM customers_customers WHERE id IN ({_marks(part)})", part)
        found |= {row[0] for row in rows}
    return array("q", (key for key in keys if key in found))


def page(catalog: CatalogReader, keys: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Returns what rows of a list show, by key; `last` is the date of the last document, if any."""
    rows = catalog.query(f"SELECT {', '.join(_SHOWN)} FROM customers_customers WHERE id IN ({_marks(keys)})", keys)
    found = {row[0]: dict(zip(_SHOWN, row, strict=True)) for row in rows}
    for values in found.values():
        values["overdue"] = scaled(values["overdue"] or 0, _OVERDUE_SCALE)
    for customer, last in catalog.query(
        f"SELECT customer, max(issued_on) FROM auxiliary_documents WHERE customer IN ({_marks(keys)})"
        " GROUP BY customer",
        keys,
    ):
        if customer in found:
            found[customer]["last"] = last
    return found


def row_hash(catalog: CatalogReader, key: int) -> int | None:
    """Returns the hash of a customer's row on this device: the version that an edit begins with."""
    rows = catalog.query("SELECT row_hash FROM customers_customers WHERE id=?", (key,))
    return int(rows[0][0]) if rows else None


def with_tax_id(catalog: CatalogReader, numbers: Sequence[str]) -> list[int]:
    """Returns the customers with one of these spellings of a tax number."""
    rows = catalog.query(f"SELECT id FROM customers_customers WHERE tax_id IN ({_marks(numbers)}) LIMIT 20", numbers)
    return [int(row[0]) for row in rows]


def with_phone_ending(catalog: CatalogReader, digits: str) -> list[int]:
    """Returns the customers whose phone ends with these digits, in any notation. Reads every customer."""
    plain = "replace(replace(replace(replace(replace(phone, ' ', ''), '-', ''), '(', ''), ')', ''), '.', '')"
    rows = catalog.query(f"SELECT id FROM customers_customers WHERE {plain} LIKE ? LIMIT 20", (f"%{digits}",))
    return [int(row[0]) for row in rows]


def with_words(catalog: CatalogReader, words: Iterable[str]) -> list[tuple[int, str]]:
    """Returns customers (key, name) whose names match these words; most and rarest matches first."""
    expressions = [expression for word in words if (expression := search.match_expression(word))]
    if not expressions:
        return []
    table = search.table(CUSTOMERS)
    rows = catalog.query(
        f"SELECT id, name FROM customers_customers WHERE id IN"
        f' (SELECT rowid FROM "{table}" WHERE "{table}" MATCH ? ORDER BY rank LIMIT {_MOST_CANDIDATES})',
        (f"name : ({' OR '.join(expressions[: search.MOST_WORDS])})",),
    )
    return [(int(key), str(name)) for key, name in rows]


def classes(catalog: CatalogReader) -> list[str]:
    """Returns the classes of the customers in the catalogue."""
    rows = catalog.query(
        "SELECT DISTINCT customer_class FROM customers_customers WHERE customer_class IS NOT NULL ORDER BY 1 LIMIT 40"
    )
    return [str(row[0]) for row in rows]


def made_here(catalog: CatalogReader, work: WorkStore, key: int | None) -> frozenset[str]:
    """Returns the submissions of this device that created a customer; records made before the sync name those."""
    code = catalog.query("SELECT code FROM customers_customers WHERE id=?", (key,))
    with work.read() as connection:
        where = (outbox.c.kind == KIND, outbox.c.state == "in_erp", outbox.c.receipt.is_not(None))
        rows = connection.execute(select(outbox.c.id, outbox.c.receipt).where(*where)).all() if code else []
    return frozenset(row.id for row in rows if msgspec.json.decode(row.receipt, type=Receipt).erp_number == code[0][0])


def own_records(work: WorkStore, kind: str) -> list[Any]:
    """Returns own records, newest first: id, state, number, payload, story (JSON), submission and its state."""
    with work.read() as connection:
        return list(
            connection.execute(
                select(
                    record.c.id,
                    record.c.state,
                    record.c.number,
                    record.c.payload,
                    record.c.submission,
                    record.c.created_at,
                    record.c.changed_at,
                    record.c.story,
                    outbox.c.error_code,
                    outbox.c.error_params,
                    outbox.c.state.label("submission_state"),
                    outbox.c.receipt,
                )
                .outerjoin(outbox, outbox.c.id == record.c.submission)
                .where(record.c.kind == kind)
                .order_by(record.c.created_at.desc(), record.c.id.desc())
            )
        )


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
