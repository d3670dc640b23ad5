"""Reads the synchronized records: ids in display order, pages of rows by key, search as you type.

Works beside a running sync; what it publishes while a list is open appears when the list is read again.
"""

from array import array
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from salesapp.domain.catalogue import CATALOGUE
from salesapp.domain.rows import R, value_of
from salesapp.domain.schema import Field, Kind, SyncObject
from salesapp.domain.texts import folded
from salesapp.errors import DeviceError
from salesapp.store import search
from salesapp.store.alphabet import ordering
from salesapp.store.catalog import fingerprint
from salesapp.store.encrypted import DamagedFileError, create_encrypted_engine, translate_errors

MOST_HITS = 500
_AT_ONCE = 500
_LABEL_FIELDS = ("name", "code", "registration", "number", "title", "subject")


class CatalogUnreadableError(DeviceError):
    """The catalogue is missing, damaged or of another version; the next sync fetches it again."""

    def __init__(self) -> None:
        super().__init__("device.catalog_missing")


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One field of a record. `value`: str, int, bool, Decimal, a list or mapping, or None; `label` of a reference."""

    field: Field
    value: Any
    label: str = ""


class CatalogReader:
    """Reads one catalog.db, one thread at a time. Opens the file at the first query.

    Every query raises CatalogUnreadableError for a file that cannot be read.
    """

    def __init__(self, catalog_path: Path, key: bytes) -> None:
        self._path = catalog_path
        self._engine = create_encrypted_engine(catalog_path, key, read_only=True, cache_kib=16_384)
        self._connection: Any = None

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._engine.dispose()

    def count(self, entry: SyncObject) -> int:
        return int(self._rows(f'SELECT count(*) FROM "{entry.table}"')[0][0])

    def ids(self, entry: SyncObject, order: str, limit: int = -1) -> "array[int]":
        """Returns all keys in the order of a field, which a large object has an index of."""
        rows = self._rows(f'SELECT id FROM "{entry.table}" ORDER BY {ordering(order)} LIMIT {int(limit)}')
        return array("q", (row[0] for row in rows))

    def find(self, entry: SyncObject, typed: str, order: str) -> "array[int]":
        """Returns the keys of at most 500 records that match what a person typed, in the order of a field."""
        expression = search.match_expression(typed)
        if not expression:
            return array("q")
        if entry.search:
            name = search.table(entry)
            inner = f'SELECT rowid FROM "{name}" WHERE "{name}" MATCH ? LIMIT {MOST_HITS}'
            rows = self._rows(
                f'SELECT id FROM "{entry.table}" WHERE id IN ({inner}) ORDER BY {ordering(order)}', (expression,)
            )
        else:  # small objects have no full-text index
            rows = self._holding(entry, folded(typed.strip()), order)
        return array("q", (row[0] for row in rows))

    def _holding(self, entry: SyncObject, part: str, order: str) -> list[Any]:
        """Returns rows in which a text contains this; done in Python, because SQLite lowers only English letters."""
        names = ", ".join(f'"{field.name}"' for field in entry.fields if field.kind is Kind.TEXT) or "NULL"
        rows = self._rows(f'SELECT id, {names} FROM "{entry.table}" ORDER BY {ordering(order)}')
        found = (row for row in rows if any(text and part in folded(text) for text in row[1:]))
        return list(islice(found, MOST_HITS))

    def page(self, entry: SyncObject, fields: Sequence[str], keys: Sequence[int]) -> list[tuple[Any, ...]]:
        """Returns these fields of these records, in the order of the keys; a missing record is a row of None."""
        names = ", ".join(f'"{name}"' for name in fields)
        marks = ", ".join("?" * len(keys))
        found = {
            row[0]: tuple(row[1:])
            for row in self._rows(f'SELECT id, {names} FROM "{entry.table}" WHERE id IN ({marks})', tuple(keys))
        }
        return [found.get(key, (None,) * len(fields)) for key in keys]

    def record(self, entry: SyncObject, key: int) -> list[FieldValue] | None:
        """Returns all fields of one record, references with their labels; None if it is gone."""
        names = ", ".join(f'"{field.name}"' for field in entry.fields)
        rows = self._rows(f'SELECT {names} FROM "{entry.table}" WHERE id=?', (key,))
        if not rows:
            return None
        values = dict(zip(entry.field_names, rows[0], strict=True))
        return [
            self._field(field, value, values.get(field.selector))
            for field, value in zip(entry.fields, rows[0], strict=True)
        ]

    def all(
        self, kind: type[R], where: str = "1", parameters: Sequence[Any] = (), *, order: str = "id", limit: int = -1
    ) -> list[R]:
        """The rows of an object. `where` and `order` are SQL over its table (columns bare), with `parameters`."""
        entry = kind.OBJECT
        columns = ", ".join(f'"{name}"' for name in entry.field_names)
        query = f'SELECT id, {columns} FROM "{entry.table}" WHERE {where} ORDER BY {order} LIMIT {int(limit)}'
        return [kind.read(row[0], row[1:]) for row in self._rows(query, tuple(parameters))]

    def having(self, kind: type[R], field: str, values: Iterable[Any]) -> list[R]:
        """The rows whose field (or "id") has one of these values, in the order of their keys."""
        wanted, found = sorted(set(values)), list[R]()
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            found += self.all(kind, f'"{field}" IN ({", ".join("?" * len(part))})', part)
        return sorted(found, key=lambda row: row.id)

    def one(self, kind: type[R], id_: int | None) -> R | None:
        """One row by its key; None when it is not (or no longer) there."""
        found = self.all(kind, "id=?", (id_,)) if id_ is not None else []
        return found[0] if found else None

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
        """Returns the rows of a query over the catalogue's tables, as stored."""
        return self._rows(sql, tuple(parameters))

    def verified_at(self, key: str) -> str | None:
        """Returns when an object was last proven correct (UTC); None if it never was."""
        rows = self._rows("SELECT verified_at FROM object_state WHERE key=?", (key,))
        return str(rows[0][0]) if rows and rows[0][0] else None

    def checkpoint_of(self, keys: Collection[str]) -> str:
        """Returns the checkpoint of these objects; empty if they differ (one is red), or before the first sync."""
        marks = ", ".join("?" * len(keys))
        rows = self._rows(f"SELECT DISTINCT checkpoint FROM object_state WHERE key IN ({marks})", tuple(keys))
        return str(rows[0][0]) if len(rows) == 1 else ""

    def _field(self, field: Field, stored: Any, selected: Any) -> FieldValue:
        """`selected`: what the row has in the field's selector."""
        if stored is None:
            return FieldValue(field, None)
        if field.kind is Kind.REFERENCE:
            target = field.target or dict(field.targets).get(str(selected), "")
            return FieldValue(field, stored, self.label(target, stored) if target else "")
        return FieldValue(field, value_of(field, stored))

    def label(self, object_key: str, key: int) -> str:
        """Returns the label of a record: its name, else its code."""
        entry = CATALOGUE.by_key[object_key]
        names = [name for name in _LABEL_FIELDS if name in entry.field_names]
        if not names:
            return ""
        rows = self._rows(f'SELECT "{names[0]}" FROM "{entry.table}" WHERE id=?', (key,))
        return str(rows[0][0]) if rows and rows[0][0] is not None else ""

    def _rows(self, query: str, parameters: tuple[Any, ...] = ()) -> list[Any]:
        try:
            return self._read(query, parameters)
        except DamagedFileError as error:
            raise CatalogUnreadableError from error
        except sqlcipher.OperationalError as error:
            if self._is_of_this_version():
                raise
            raise CatalogUnreadableError from error

    def _read(self, query: str, parameters: tuple[Any, ...] = ()) -> list[Any]:
        with translate_errors(self._path):
            if self._connection is None:
                self._connection = self._engine.raw_connection()
            return list(self._connection.driver_connection.execute(query, parameters).fetchall())

    def _is_of_this_version(self) -> bool:
        """Whether the tables belong to this version of the app; if so, a query that fails is a bug."""
        try:
            found = self._read("SELECT value FROM catalog_meta WHERE name='layout'")
        except (DamagedFileError, sqlcipher.OperationalError):
            return False
        return bool(found) and found[0][0] == fingerprint(CATALOGUE)
