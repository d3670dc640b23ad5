"""Reads and writes rows for the intake: identities, current rows, and changes under one revision."""

import marshal
import tempfile
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, literal, select, update

from salesapp.domain.canonical import Value, decode_values
from salesapp.domain.catalogue import IMAGES, Catalogue
from salesapp.domain.objects.directories import PaymentForm, Warehouse
from salesapp.domain.price_rules.price_inputs import PRICED_BY
from salesapp.gateway.database import Database, SqlRow
from salesapp.gateway.keys import derived_keys, first_keys
from salesapp.gateway.resolving import Found
from salesapp.gateway.scopes import scope_number
from salesapp.gateway.tables import identity, media, meta, record, superseded, tombstone
from salesapp.gateway.tables import scope as scope_table

BATCH = 20_000
_KEPT = PRICED_BY | {kind.OBJECT.key for kind in (PaymentForm, Warehouse)}
"""The objects whose former versions are kept, because documents are judged by those of their checkpoints."""


class Current(NamedTuple):
    """A row in the gateway."""

    id: int
    scope: int
    row_hash: int
    is_own: bool


class Upsert(NamedTuple):
    """A row to write. `old_scope` is its present scope, 0 for a new row; `is_own` if a submission made it."""

    id: int
    erp_key: str
    scope: int
    old_scope: int
    row_hash: int
    canonical: bytes
    is_own: bool = False


class Removal(NamedTuple):
    """A row to remove."""

    id: int
    scope: int


class Spool:
    """A long list of changes, kept on disk between preparing and writing."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  # closed by `close`
        self._batch: list[tuple[Any, ...]] = []
        self.count = 0

    def add(self, upsert: Upsert) -> None:
        self._batch.append(tuple(upsert))
        self.count += 1
        if len(self._batch) == BATCH:
            self._flush()

    def _flush(self) -> None:
        marshal.dump(self._batch, self._file)
        self._batch = []

    def batches(self) -> Iterator[list[Upsert]]:
        """Yields everything that was added, in order, as often as needed."""
        if self._batch:
            self._flush()
        self._file.seek(0)
        while True:
            try:
                yield [Upsert(*row) for row in marshal.load(self._file)]  # noqa: S302  # written by this process
            except EOFError:
                return

    def close(self) -> None:
        self._file.close()


class Numbers:
    """Assigns numbers to scopes, permanently."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def scope(self, name: str) -> int:
        with self._database.write() as connection:
            return scope_number(connection, name)


class ImaginedNumbers(Numbers):
    """Assigns the numbers that an import would get, without storing them, for a rehearsal."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._scopes: dict[str, int] = {}

    def scope(self, name: str) -> int:
        if not self._scopes:
            with self._database.read() as connection:
                self._scopes = dict(connection.execute(select(scope_table.c.name, scope_table.c.id)).all())
        return self._scopes.setdefault(name, max(self._scopes.values(), default=0) + 1)


class LiveRows:
    """The live rows that references of an import resolve to, loaded by object and kept in memory."""

    def __init__(self, database: Database, numbers: Numbers) -> None:
        self._database = database
        self._numbers = numbers
        self._by_key: dict[str, dict[str, Found]] = {}
        self._by_id: dict[str, dict[int, Found]] = {}
        self._scopes: dict[str, int] = {}

    def find(self, key: str, reference: Value) -> Found | None:
        if key not in self._by_key:
            self.replace(key, {row.erp_key: Found(row.id, row.scope) for row in self._load(key)})
        if isinstance(reference, int):
            if key not in self._by_id:
                self._by_id[key] = {found.id: found for found in self._by_key[key].values()}
            return self._by_id[key].get(reference)
        return self._by_key[key].get(str(reference))

    def replace(self, key: str, rows: dict[str, Found]) -> None:
        """Replaces the rows of an object."""
        self._by_key[key] = rows
        self._by_id.pop(key, None)

    def scope(self, name: str) -> int:
        if name not in self._scopes:
            self._scopes[name] = self._numbers.scope(name)
        return self._scopes[name]

    def _load(self, key: str) -> list[Any]:
        with self._database.read() as connection:
            columns = (record.c.erp_key, record.c.id, record.c.scope)
            return list(connection.execute(select(*columns).where(record.c.object == key)))


class StoredRows:
    """The live rows, one query each, in a write transaction, for the few rows of a submission."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, key: str, reference: Value) -> Found | None:
        column = record.c.id if isinstance(reference, int) else record.c.erp_key
        row = self._connection.execute(
            select(record.c.id, record.c.scope).where(record.c.object == key, column == reference)
        ).first()
        return Found(row.id, row.scope) if row else None

    def scope(self, name: str) -> int:
        return scope_number(self._connection, name)


class Identities:
    """The primary keys of ERP keys: known ones, and derived ones for new ERP keys.

    The first rows of an object get consecutive keys, which compress better.
    """

    def __init__(self, database: Database, key: str) -> None:
        self._key = key
        with database.read() as connection:
            rows = connection.execute(select(identity.c.erp_key, identity.c.id).where(identity.c.object == key))
            self._known: dict[str, int] = dict(rows.all())
        self.new: list[SqlRow] = []
        self._first: Iterator[int] | None = None if self._known else first_keys(is_new=database.is_new)

    @cached_property
    def _taken(self) -> set[int]:
        return set(self._known.values())

    def of(self, erp_key: str) -> int:
        found = self._known.get(erp_key)
        if found is None:
            candidates = self._first or derived_keys(self._key, erp_key)
            found = next(id_ for id_ in candidates if id_ not in self._taken)
            self._known[erp_key] = found
            self._taken.add(found)
            self.new.append({"object": self._key, "erp_key": erp_key, "id": found})
        return found


def identity_of(connection: Connection, key: str, erp_key: str) -> int:
    """Returns the primary key of a row, assigned if it is new, in the caller's write transaction."""
    known: int | None = connection.execute(
        select(identity.c.id).where(identity.c.object == key, identity.c.erp_key == erp_key)
    ).scalar()
    if known is not None:
        return known
    for id_ in derived_keys(key, erp_key):
        taken = select(identity.c.id).where(identity.c.object == key, identity.c.id == id_)
        if connection.execute(taken).first() is None:
            connection.execute(insert(identity).values(object=key, erp_key=erp_key, id=id_))
            return id_
    raise AssertionError("there is always another key")


def next_revision(connection: Connection) -> int:
    """Returns a new revision. Commits follow its order, because the transaction holds the write lock."""
    return add_to_counter(connection, "revision", 1)


def revision(connection: Connection) -> int:
    """Returns the newest revision."""
    return int(connection.execute(select(meta.c.value).where(meta.c.name == "revision")).scalar() or 0)


def add_to_counter(connection: Connection, name: str, count: int) -> int:
    value = int(connection.execute(select(meta.c.value).where(meta.c.name == name)).scalar() or 0) + count
    set_meta(connection, name, str(value))
    return value


def set_meta(connection: Connection, name: str, value: str) -> None:
    if connection.execute(update(meta).where(meta.c.name == name).values(value=value)).rowcount == 0:
        connection.execute(insert(meta).values(name=name, value=value))


def get_meta(connection: Connection, name: str) -> str:
    return str(connection.execute(select(meta.c.value).where(meta.c.name == name)).scalar() or "")


def write_changes(
    connection: Connection,
    catalogue: Catalogue,
    key: str,
    upserts: Iterable[list[Upsert]],
    removals: list[Removal],
    at_revision: int,
) -> None:
    """Writes an object's changes: new and changed rows, and a tombstone for each row that left its scope."""
    has_tombstones = connection.execute(select(tombstone.c.id).where(tombstone.c.object == key).limit(1)).first()
    for batch in upserts:
        left = [(row.id, row.old_scope) for row in batch if row.old_scope not in (0, row.scope)]
        _bury(connection, key, left, at_revision)
        _unbury(connection, key, [(row.id, row.scope) for row in batch] if has_tombstones or left else [])
        _delete_records(connection, key, [row.id for row in batch if row.old_scope], at_revision)
        connection.execute(
            insert(record),
            [
                {
                    "object": key,
                    "id": row.id,
                    "erp_key": row.erp_key,
                    "scope": row.scope,
                    "revision": at_revision,
                    "row_hash": row.row_hash,
                    "canonical": row.canonical.decode(),
                    "is_own": int(row.is_own),
                }
                for row in batch
            ],
        )
        if key == IMAGES:
            _link_media(connection, catalogue, batch)
    _bury(connection, key, [(row.id, row.scope) for row in removals], at_revision)
    _delete_records(connection, key, [row.id for row in removals], at_revision)
    if key == IMAGES:
        _unlink_media(connection, [row.id for row in removals])


def adopt(connection: Connection, key: str, ids: list[int]) -> None:
    """Marks rows as the source's: from now on they are deleted if it no longer has them."""
    if ids:
        own = update(record).where(record.c.object == key, record.c.id == bindparam("own_id")).values(is_own=0)
        connection.execute(own, [{"own_id": id_} for id_ in ids])


def _bury(connection: Connection, key: str, rows: list[tuple[int, int]], at_revision: int) -> None:
    _unbury(connection, key, rows)
    if rows:
        connection.execute(
            insert(tombstone),
            [{"object": key, "id": id_, "scope": scope, "revision": at_revision} for id_, scope in rows],
        )


def _unbury(connection: Connection, key: str, rows: list[tuple[int, int]]) -> None:
    if rows:
        connection.execute(
            delete(tombstone).where(
                tombstone.c.object == key,
                tombstone.c.id == bindparam("dead_id"),
                tombstone.c.scope == bindparam("dead_scope"),
            ),
            [{"dead_id": id_, "dead_scope": scope} for id_, scope in rows],
        )


def _delete_records(connection: Connection, key: str, ids: list[int], at_revision: int) -> None:
    if ids and key in _KEPT:
        _supersede(connection, key, ids, at_revision)
    if ids:
        connection.execute(
            delete(record).where(record.c.object == key, record.c.id == bindparam("old_id")),
            [{"old_id": id_} for id_ in ids],
        )


def _supersede(connection: Connection, key: str, ids: list[int], at_revision: int) -> None:
    """Keeps versions that end with this revision, to judge documents by those of their checkpoints."""
    kept = ("object", "id", "scope", "revision", "until", "canonical")
    version = select(
        record.c.object, record.c.id, record.c.scope, record.c.revision, literal(at_revision), record.c.canonical
    ).where(record.c.object == key, record.c.id == bindparam("old_id"), record.c.revision < at_revision)
    connection.execute(insert(superseded).from_select(kept, version), [{"old_id": id_} for id_ in ids])


def _unlink_media(connection: Connection, ids: list[int]) -> None:
    if ids:
        connection.execute(delete(media).where(media.c.id == bindparam("old_id")), [{"old_id": id_} for id_ in ids])


def _link_media(connection: Connection, catalogue: Catalogue, batch: list[Upsert]) -> None:
    names = catalogue.by_key[IMAGES].field_names
    sha256, size = names.index("sha256"), names.index("size")
    _unlink_media(connection, [row.id for row in batch])
    rows = [(row, decode_values(row.canonical)) for row in batch]
    connection.execute(
        insert(media),
        [{"id": row.id, "sha256": values[sha256], "size": values[size], "scope": row.scope} for row, values in rows],
    )
