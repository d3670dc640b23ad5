"""Losses of rows, and what the office says to large ones: a tablet gives up most of an object only when both are known.

Each import notes the objects of which it takes much away. A loss that is not large passes by itself; a large one is
confirmed by the office. From the two follows the revision after which every loss is accounted for (`accounted_from`),
which the manifest tells with each object.
"""

from collections.abc import Iterable

from sqlalchemy import BigInteger, Column, Connection, PrimaryKeyConstraint, Table, Text, func, insert, select

from salesapp.clock import timestamp
from salesapp.gateway.database import metadata
from salesapp.gateway.rows import get_meta, set_meta

LARGE_ROWS = 20
LARGE_PERCENT = 5
"""A loss of more than both, or of all rows that an object had, is large."""

_NOTED_SINCE = "losses_noted_since"

large_loss = Table(  # imports that deleted or set aside much of an object
    "large_loss",
    metadata,
    Column("object", Text, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("rows_before", BigInteger, nullable=False),
    Column("rows_gone", BigInteger, nullable=False),
    PrimaryKeyConstraint("object", "revision"),
)

confirmed_change = Table(  # the office says that an object's rows are right as they are at a revision
    "confirmed_change",
    metadata,
    Column("object", Text, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("confirmed_at", Text, nullable=False),  # UTC
    Column("confirmed_by", Text, nullable=False),
    PrimaryKeyConstraint("object", "revision"),
)


def is_large(rows_before: int, rows_gone: int) -> bool:
    """Whether the office must confirm that so many of an object's rows go."""
    return rows_gone > 0 and (is_much(rows_before, rows_gone) or rows_gone >= rows_before)


def is_much(total: int, part: int) -> bool:
    """More than 20, and more than 5 % of all."""
    return part > LARGE_ROWS and part * 100 > total * LARGE_PERCENT


def note(connection: Connection, at_revision: int, losses: Iterable[tuple[str, int, int]]) -> None:
    """Notes what an import takes away: object, rows before it, rows that go. In the import's own transaction."""
    if not get_meta(connection, _NOTED_SINCE):
        set_meta(connection, _NOTED_SINCE, str(at_revision - 1))
    rows = [
        {"object": key, "revision": at_revision, "rows_before": before, "rows_gone": gone}
        for key, before, gone in losses
        if is_large(before, gone)
    ]
    if rows:
        connection.execute(insert(large_loss), rows)


def confirm(connection: Connection, keys: Iterable[str], revision: int, by: str = "") -> None:
    """The office confirms these objects as they are at a revision; once more changes nothing."""
    known = set(
        connection.execute(select(confirmed_change.c.object).where(confirmed_change.c.revision == revision)).scalars()
    )
    rows = [
        {"object": key, "revision": revision, "confirmed_at": timestamp(), "confirmed_by": by}
        for key in sorted(set(keys) - known)
    ]
    if rows:
        connection.execute(insert(confirmed_change), rows)


def accounted_from(connection: Connection, keys: Iterable[str]) -> dict[str, int | None]:
    """For each object the revision after which every loss passed or was confirmed; None: nothing is known.

    A confirmation speaks of the object as a whole: it covers whatever came before it.
    """
    noted_since = get_meta(connection, _NOTED_SINCE)
    before = int(noted_since) if noted_since else None
    large, confirmed = _newest(connection, large_loss), confirmed_objects(connection)
    return {key: 0 if key in confirmed else large.get(key, before) for key in keys}


def confirmed_objects(connection: Connection) -> frozenset[str]:
    """The objects that the office has confirmed since the last large loss, if there was one."""
    large, confirmed = _newest(connection, large_loss), _newest(connection, confirmed_change)
    return frozenset(key for key, revision in confirmed.items() if revision >= large.get(key, 0))


def _newest(connection: Connection, table: Table) -> dict[str, int]:
    """The newest revision of each object in one of the two tables."""
    query = select(table.c.object, func.max(table.c.revision)).group_by(table.c.object)
    return dict(connection.execute(query).all())
