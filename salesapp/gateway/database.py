"""The gateway's database: one engine, one writer at a time. Only this module knows that it is SQLite."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Column,
    ColumnElement,
    Connection,
    Engine,
    MetaData,
    create_engine,
    event,
    func,
    inspect,
    literal_column,
)
from sqlalchemy.pool import QueuePool
from sqlalchemy.schema import CreateColumn, CreateIndex

metadata = MetaData()
"""All tables of the gateway; `salesapp.gateway.tables` and `salesapp.gateway.accounts` declare them."""

BUSY_SECONDS = 60
SqlRow = dict[str, object]
"""A row to be inserted: values by column."""


class Database:
    """The data folder's database file. Threads may share it; `read` and `write` each take a connection of the pool."""

    def __init__(self, folder: Path, name: str = "gateway.db") -> None:
        self.folder = folder
        self.is_new = False
        """Whether this process made the file, so that it cannot be a restored copy."""
        self.path = folder / name
        self.engine: Engine = create_engine(
            URL.create("sqlite", database=str(self.path)),
            poolclass=QueuePool,
            pool_size=8,
            max_overflow=32,
            connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
        )
        event.listen(self.engine, "connect", _prepare)

    def create_tables(self) -> None:
        """Makes missing tables and columns, for a gateway of an older version. Takes no lock if nothing is missing."""
        metadata.create_all(self.engine)
        self._add_columns()
        with self.engine.connect() as connection:
            for table in metadata.tables.values():
                for index in table.indexes:
                    connection.execute(CreateIndex(index, if_not_exists=True))
            connection.commit()

    def _add_columns(self) -> None:
        """Adds the columns that an older version did not have; each is nullable or has a server default."""
        with self.read() as connection:
            if not _absent_columns(connection):
                return
        with self.write() as connection:  # check again: another process may have added them
            for column in _absent_columns(connection):
                form = CreateColumn(column).compile(self.engine)
                connection.exec_driver_sql(f"ALTER TABLE {column.table.name} ADD COLUMN {form}")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Yields a connection that sees one moment of the database."""
        with self.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            try:
                yield connection
            finally:
                connection.rollback()

    @contextmanager
    def write(self, patience_s: float = BUSY_SECONDS) -> Iterator[Connection]:
        """Yields a transaction that holds the write lock from its start, so that revisions follow the order of commits.

        Raises OperationalError if another writer holds the lock for longer than `patience_s` seconds.
        """
        with self.engine.connect() as connection:
            _begin(connection, patience_s)
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    def close(self) -> None:
        self.engine.dispose()


def _begin(connection: Connection, patience_s: float) -> None:
    """Takes the write lock; restores the usual patience for the pool."""
    if patience_s == BUSY_SECONDS:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        return
    connection.exec_driver_sql(f"PRAGMA busy_timeout={int(patience_s * 1000)}")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")


def cell(canonical: ColumnElement[str], place: int | str) -> ColumnElement[Any]:
    """Returns the SQL for a value in a JSON text: an array's item by position, or an object's field by name."""
    path = f"[{place}]" if isinstance(place, int) else f".{place}"
    return func.json_extract(canonical, literal_column(f"'${path}'"))


def _absent_columns(connection: Connection) -> list[Column[Any]]:
    found = inspect(connection)
    return [
        column
        for table in metadata.tables.values()
        for there in [{entry["name"] for entry in found.get_columns(table.name)}]
        for column in table.columns
        if column.name not in there
    ]


def _prepare(connection: object, _record: object) -> None:
    """Sets the write-ahead log and durable commits; turns off implicit transactions."""
    connection.isolation_level = None  # type: ignore[attr-defined]  # the DBAPI connection of sqlite3
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-65536"):
        connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]
