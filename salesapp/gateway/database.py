"""The gateway's database: one engine, one writer at a time. SQLite here; the code above it speaks SQLAlchemy only."""

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


class Database:
    """The data folder's database file. Threads may share it; `read` and `write` each take a connection of the pool."""

    def __init__(self, folder: Path, name: str = "gateway.db") -> None:
        self.folder = folder
        self.is_new = False
        """Made by this process: no copy of it can have been put back."""
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
        """Makes what is not there: for a gateway that an older version made. Takes no lock when nothing is missing."""
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
        with self.write() as connection:  # asked again: another process may have added them meanwhile
            for column in _absent_columns(connection):
                form = CreateColumn(column).compile(self.engine)
                connection.exec_driver_sql(f"ALTER TABLE {column.table.name} ADD COLUMN {form}")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one moment of the database."""
        with self.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            try:
                yield connection
            finally:
                connection.rollback()

    @contextmanager
    def write(self, patience_s: float = BUSY_SECONDS) -> Iterator[Connection]:
        """A transaction that holds the write lock from its start: revisions are given in commit order.

        Raises OperationalError where another writer holds it for longer than `patience_s`.
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
    """Takes the write lock; the connection goes back to the pool with the usual patience."""
    if patience_s == BUSY_SECONDS:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        return
    connection.exec_driver_sql(f"PRAGMA busy_timeout={int(patience_s * 1000)}")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")


def cell(canonical: ColumnElement[str], place: int | str) -> ColumnElement[Any]:
    """A value inside a JSON text: an item of an array by its position, a field of an object by its name."""
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
    """Write-ahead log, durable commits, and no transaction begun behind our back."""
    connection.isolation_level = None  # type: ignore[attr-defined]  # the DBAPI connection of sqlite3
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-65536"):
        connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]
