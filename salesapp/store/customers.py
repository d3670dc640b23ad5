"""Queries about customers: the tabs of the list, pages of rows, and possible duplicates."""

import json
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec
from sqlalchemy import delete, insert, select

from salesapp.domain.catalogue import CATALOGUE
from salesapp.domain.rows import scaled
from salesapp.protocol.messages import Receipt
from salesapp.protocol.records import KINDS, Payload
from salesapp.store import search
from salesapp.store.alphabet import BY_NAME
from salesapp.store.catalog_reader import CatalogReader
from salesapp.store.records import payload_of
from salesapp.store.tables import favourite, outbox, record
from salesapp.store.work import WorkStore

CUSTOMERS = CATALOGUE.by_key["customers.customers"]
KIND = "customer"
_OVERDUE_SCALE = 4
_MOST_CANDIDATES = 400
P = TypeVar("P", bound=Payload)


class Listed(NamedTuple):
    """What a list shows of a customer; `last_document` is the day of the last one, empty without any."""

    code: str
    name: str
    city: str
    status: str
    overdue: Decimal
    last_document: str


@dataclass(frozen=True, slots=True)
class OwnRecord(Generic[P]):
    """A record of this device with what became of its submission; `story` is the JSON kept beside a change."""

    id: str
    state: str
    payload: P
    submission: str
    submission_state: str
    changed_at: str
    story: str | None
    error_code: str
    error_params: Mapping[str, str]
    receipt: Receipt | None


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


def page(catalog: CatalogReader, keys: Sequence[int]) -> dict[int, Listed]:
    """Returns what rows of a list show, by key."""
    marks = _marks(keys)
    rows = catalog.query(
        f"SELECT id, code, name, city, status, overdue FROM customers_customers WHERE id IN ({marks})", keys
    )
    last: dict[int, str] = dict(
        catalog.query(
            f"SELECT customer, max(issued_on) FROM auxiliary_documents WHERE customer IN ({marks}) GROUP BY customer",
            keys,
        )
    )
    return {
        key: Listed(code, name, city or "", status, scaled(overdue or 0, _OVERDUE_SCALE), last.get(key, ""))
        for key, code, name, city, status, overdue in rows
    }


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


def own_records(work: WorkStore, kind: type[P]) -> list[OwnRecord[P]]:
    """Returns the own records with payloads of a class, newest first."""
    with work.read() as connection:
        rows = connection.execute(
            select(
                record,
                outbox.c.error_code,
                outbox.c.error_params,
                outbox.c.state.label("submission_state"),
                outbox.c.receipt,
            )
            .outerjoin(outbox, outbox.c.id == record.c.submission)
            .where(record.c.kind == KINDS[kind])
            .order_by(record.c.created_at.desc(), record.c.id.desc())
        ).all()
    found = [(row, payload_of(KINDS[kind], row.payload)) for row in rows]
    return [_own_record(row, payload) for row, payload in found if isinstance(payload, kind)]


def _own_record(row: Any, payload: P) -> OwnRecord[P]:
    return OwnRecord(
        id=row.id,
        state=row.state,
        payload=payload,
        submission=row.submission or "",
        submission_state=row.submission_state or "",
        changed_at=row.changed_at,
        story=row.story,
        error_code=row.error_code or "",
        error_params=msgspec.json.decode(row.error_params, type=dict[str, str]) if row.error_params else {},
        receipt=msgspec.json.decode(row.receipt, type=Receipt) if row.receipt else None,
    )


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
