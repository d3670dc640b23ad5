"""catalog.db: the synchronized objects on this device. It is a cache: if damaged or outdated, it is fetched again.

Only the sync writes to it. Rows and the proven checkpoint of each object change in the same transaction, so that they
never disagree.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine

from salesapp.disk import remove, sweep
from salesapp.domain.canonical import DIGEST_SQL, Digest, Value, canonical_json, encode_values, row_hash
from salesapp.domain.catalogue import Catalogue
from salesapp.domain.schema import SyncObject
from salesapp.protocol.segments import columns, create_table, schema_id
from salesapp.store import search
from salesapp.store.encrypted import DamagedFileError, copy_over, create_encrypted_engine, translate_errors

LAYOUT = 3
"""Raise it when the tables beside the objects' own change, or the way indexes are made."""

_LAYOUT_TABLES = (
    "CREATE TABLE catalog_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    (
        "CREATE TABLE object_state (key TEXT PRIMARY KEY, checkpoint TEXT NOT NULL, count INTEGER NOT NULL,"
        " digest TEXT NOT NULL, verified_at TEXT NOT NULL)"
    ),
    (
        "CREATE TABLE staged_object (key TEXT PRIMARY KEY, fresh INTEGER NOT NULL, origin TEXT NOT NULL,"
        " is_finished INTEGER NOT NULL)"
    ),
    (
        "CREATE TABLE staged_step (key TEXT NOT NULL, position INTEGER NOT NULL, sha256 TEXT NOT NULL,"
        " part TEXT NOT NULL, PRIMARY KEY (key, position))"
    ),
)


@dataclass(frozen=True, slots=True)
class StoredState:
    """The proven state of one object's rows in place, and when it was proven (UTC)."""

    key: str
    checkpoint: str
    digest: Digest
    verified_at: str


class CatalogStore:
    """An open catalog.db, with the only connection that writes to it."""

    def __init__(self, path: Path, key: bytes, engine: Engine, catalogue: Catalogue, *, was_damaged: bool) -> None:
        self._path, self._key = path, key
        self._engine = engine
        self.catalogue = catalogue
        self.connection: Connection = engine.connect()
        self._driver: Any = _driver(self.connection)
        self.was_damaged = was_damaged
        """Whether the file was damaged and has been replaced by an empty one."""

    @classmethod
    def open(cls, path: Path, key: bytes, catalogue: Catalogue) -> "CatalogStore":
        """Opens the file; makes a new one if it is missing, damaged or of another layout. Raises DeviceError."""
        was_damaged = False
        try:
            return cls._open(path, key, catalogue, was_damaged=was_damaged)
        except DamagedFileError:
            was_damaged = True
        except _OtherLayout:
            pass
        clear(path, key)
        return cls._open(path, key, catalogue, was_damaged=was_damaged)

    @classmethod
    def _open(cls, path: Path, key: bytes, catalogue: Catalogue, *, was_damaged: bool) -> "CatalogStore":
        engine = create_encrypted_engine(path, key, synchronous="NORMAL")
        try:
            with translate_errors(path):
                store = cls(path, key, engine, catalogue, was_damaged=was_damaged)
                try:
                    store._prepare()
                except BaseException:
                    store.connection.close()
                    raise
        except BaseException:
            engine.dispose()
            raise
        return store

    def _prepare(self) -> None:
        """Makes the tables of a new file; raises _OtherLayout for a file of another layout."""
        wanted = fingerprint(self.catalogue)
        self.run("PRAGMA wal_autocheckpoint=2000")
        self.run("PRAGMA threads=2")  # helps to sort new indexes
        if not self.rows("SELECT 1 FROM sqlite_master WHERE name='catalog_meta'"):
            with self.transaction():
                for statement in _LAYOUT_TABLES:
                    self.run(statement)
                for entry in self.catalogue.all:
                    self.run(create_table(entry, entry.table))
                    search.create(self.connection, entry, search.table(entry))
                self.set_meta("layout", wanted)
        elif self.meta("layout") != wanted:
            raise _OtherLayout

    def close(self) -> None:
        self.connection.close()
        self._engine.dispose()

    def discard(self) -> None:
        """Closes and clears a damaged file; the next sync fetches everything again."""
        self.close()
        clear(self._path, self._key)

    def run(self, statement: str, parameters: Sequence[object] = ()) -> None:
        self.connection.exec_driver_sql(statement, tuple(parameters))

    def changed(self, statement: str) -> int:
        """Runs a statement that writes; returns the number of rows written."""
        return int(self.connection.exec_driver_sql(statement).rowcount)

    def rows(self, statement: str, parameters: Sequence[object] = ()) -> list[tuple[Value, ...]]:
        return [tuple(row) for row in self.connection.exec_driver_sql(statement, tuple(parameters))]

    def read(self, entry: SyncObject, fields: Sequence[str], where: str = "1") -> list[tuple[Value, ...]]:
        """Returns the distinct values of these fields over the rows that meet a condition (SQL)."""
        names = ", ".join(f'"{name}"' for name in fields)
        return self.rows(f'SELECT DISTINCT {names} FROM "{entry.table}" WHERE {where}')

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Runs the block in a transaction, which holds the write lock from the start; rolls back if it raises."""
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            self._undo("ROLLBACK")
            raise

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Rolls back the block alone if it raises; the transaction around it goes on."""
        self.run("SAVEPOINT object")
        try:
            yield
        except BaseException:
            self._undo("ROLLBACK TO object")
            self._undo("RELEASE object")
            raise
        self.run("RELEASE object")

    def _undo(self, statement: str) -> None:
        """Rolls back, unless SQLite has already done so: on a full or failing disk, or when interrupted."""
        if self._driver.in_transaction:
            self.run(statement)

    def interrupt(self) -> None:
        """Interrupts a running statement; any thread may call it."""
        if not self.connection.closed:
            self._driver.interrupt()

    def meta(self, name: str) -> str:
        found = self.rows("SELECT value FROM catalog_meta WHERE name=?", (name,))
        return str(found[0][0]) if found else ""

    def set_meta(self, name: str, value: str) -> None:
        self.run("INSERT OR REPLACE INTO catalog_meta VALUES (?, ?)", (name, value))

    def states(self) -> dict[str, StoredState]:
        """Returns the proven state of each object that has ever been correct on this device."""
        return {
            str(key): StoredState(str(key), str(checkpoint), Digest.parse(int(str(count)), str(digest)), str(at))
            for key, checkpoint, count, digest, at in self.rows(
                "SELECT key, checkpoint, count, digest, verified_at FROM object_state"
            )
        }

    def set_state(self, state: StoredState) -> None:
        self.run(
            "INSERT OR REPLACE INTO object_state VALUES (?, ?, ?, ?, ?)",
            (state.key, state.checkpoint, state.digest.count, state.digest.text, state.verified_at),
        )

    def digest(self, table: str, where: str = "1", parameters: Sequence[object] = ()) -> Digest:
        """Returns count and digest of the rows of a table that has an object's columns."""
        row = self.rows(f'SELECT {DIGEST_SQL} FROM "{table}" WHERE {where}', parameters)[0]
        return Digest(*(int(str(value)) for value in row))

    def count(self, table: str, where: str = "1") -> int:
        return int(str(self.rows(f'SELECT count(*) FROM "{table}" WHERE {where}')[0][0]))

    def sample_is_intact(self, entry: SyncObject, size: int = 32) -> bool:
        """Whether the hashes of a sample of rows, spread over the keys, match their values."""
        low, high = self.rows(f'SELECT min(id), max(id) FROM "{entry.table}"')[0]
        if not isinstance(low, int) or not isinstance(high, int):
            return True
        step = max(1, (high - low) // size)
        found: list[tuple[Value, ...]] = []
        for start in range(low, high + 1, step):
            found += self.rows(
                f'SELECT {column_list(entry)} FROM "{entry.table}" WHERE id >= ? LIMIT 1',
                (start,),
            )
        return hashes_follow(entry, found)


@dataclass(frozen=True, slots=True)
class CatalogStates:
    """What a catalog.db records about its objects."""

    checkpoint: str
    states: dict[str, StoredState]


def read_states(path: Path, key: bytes, catalogue: Catalogue) -> CatalogStates:
    """Reads the states, even beside a running sync; empty if the file is missing or damaged."""
    if not path.exists():
        return CatalogStates("", {})
    engine = create_encrypted_engine(path, key, read_only=True)
    try:
        with translate_errors(path):
            store = CatalogStore(path, key, engine, catalogue, was_damaged=False)
            try:
                if store.meta("layout") != fingerprint(catalogue):
                    return CatalogStates("", {})
                return CatalogStates(store.meta("checkpoint"), store.states())
            finally:
                store.connection.close()
    except DamagedFileError:
        return CatalogStates("", {})
    finally:
        engine.dispose()


class _OtherLayout(Exception):  # noqa: N818
    """The file's tables belong to another version of the catalogue."""


def fingerprint(catalogue: Catalogue) -> str:
    """Returns an id of catalog.db's layout for a catalogue: 64 hexadecimal characters."""
    shape = [LAYOUT, [[schema_id(entry), entry.search, entry.indexes] for entry in catalogue.all]]
    return hashlib.sha256(canonical_json(shape).encode()).hexdigest()


def column_list(entry: SyncObject, count: int | None = None) -> str:
    return ", ".join(f'"{name}"' for name in columns(entry, count))


def hashes_follow(entry: SyncObject, rows: Iterable[Sequence[Any]]) -> bool:
    """Whether the hash of each row (all columns of its table) matches its key and values."""
    return all(row[-1] == row_hash(entry.key, row[0], encode_values(entry.shortest(row[2:-1]))) for row in rows)


def clear(path: Path, key: bytes) -> None:
    """Empties a catalog.db of another layout, or a damaged one. Raises DeviceError.

    The file is emptied in place, because the window may have it open, and Windows removes no open file. A file whose
    head is damaged is removed, with its side files.
    """
    empty = path.with_suffix(".empty")
    sweep([empty])
    try:
        with translate_errors(path):
            _make_empty(empty, key)
            copy_over(empty, path, key)
    except (DamagedFileError, sqlcipher.Error):
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm", f"{path.name}-journal"):
            remove(path.parent / name)
    finally:
        sweep([empty])


def _make_empty(path: Path, key: bytes) -> None:
    engine = create_encrypted_engine(path, key)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA user_version=1")  # makes the first page
    finally:
        engine.dispose()


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection
