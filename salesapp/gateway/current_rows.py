"""The current rows of an object, of all scopes, as instances of its class."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, select

from salesapp.domain.canonical import decode_values
from salesapp.domain.rows import R
from salesapp.gateway.tables import record


def current_rows(connection: Connection, kind: type[R], *conditions: ColumnElement[bool]) -> Iterator[R]:
    """The rows of an object that meet these conditions on `record`."""
    query = select(record.c.id, record.c.canonical).where(record.c.object == kind.OBJECT.key, *conditions)
    return (kind.read(row.id, decode_values(row.canonical)) for row in connection.execute(query))


def current_row(connection: Connection, kind: type[R], id_: int | None) -> R | None:
    """One row by its key; None when it is not (or no longer) there."""
    return None if id_ is None else next(current_rows(connection, kind, record.c.id == id_), None)
