"""The gateway's data folder, which remembers the source of its rows for deliveries and later imports."""

import secrets
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from salesapp.errors import UsageError
from salesapp.gateway import accounts, audit, tables
from salesapp.gateway.connectors import kinds
from salesapp.gateway.connectors.demo.source import DemoSource
from salesapp.gateway.connectors.sources import Source
from salesapp.gateway.database import Database, metadata
from salesapp.gateway.rows import get_meta, set_meta
from salesapp.private import NotPrivateError, make_private

SCHEMA = "1"
"""Version of the gateway's tables."""
TABLES = (tables.record, accounts.user, audit.audit)  # importing the modules declares all tables on `metadata`


def serve_lock(folder: Path) -> Path:
    """The file that the serving gateway locks."""
    return folder / "serve.lock"


def create(folder: Path) -> Database:
    """Makes a gateway's folder and tables. Raises UsageError if there is a gateway already."""
    if (folder / "gateway.db").exists():
        raise UsageError(f"{folder} already holds a gateway: use `gateway import`")
    _take(folder)
    database = Database(folder)
    database.is_new = True
    metadata.create_all(database.engine, checkfirst=False)
    with database.write() as connection:
        set_meta(connection, "gateway_id", str(uuid.uuid4()))
        set_meta(connection, "history", secrets.token_hex(8))
        set_meta(connection, "schema", SCHEMA)
    return database


def _take(folder: Path) -> None:
    """Makes the folder private. A web server that sends segments must therefore run as the same user."""
    try:
        make_private(folder)
    except NotPrivateError as error:
        raise UsageError(str(error)) from error


def open_gateway(folder: Path) -> Database:
    """Opens an existing gateway. Raises UsageError without one, or for one of another version."""
    if not (folder / "gateway.db").exists():
        raise UsageError(f"{folder} holds no gateway: create one with `gateway init`")
    _take(folder)
    database = Database(folder)
    with database.read() as connection:
        schema = get_meta(connection, "schema")
    if schema != SCHEMA:
        database.close()
        raise UsageError(f"{folder} was made by another version (tables {schema}, this program has {SCHEMA})")
    database.create_tables()
    return database


@contextmanager
def opened(folder: Path) -> Iterator[Database]:
    """Opens an existing gateway and closes it at the end of the block."""
    database = open_gateway(folder)
    try:
        yield database
    finally:
        database.close()


def remember_source(database: Database, source: Source) -> None:
    with database.write() as connection:
        set_source(connection, source)


def set_source(connection: Connection, source: Source) -> None:
    """Notes the source of the rows."""
    set_meta(connection, "source", kinds.encoded(source))


def taken_source(connection: Connection) -> Source | None:
    """Returns the source of the rows; None before the first import."""
    text = get_meta(connection, "source")
    return kinds.decoded(text) if text else None


def remembered_source(database: Database) -> Source:
    """Returns the source of the last import."""
    with database.read() as connection:
        return taken_source(connection) or DemoSource()
