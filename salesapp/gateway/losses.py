"""Losses of rows, and the office's consent to large ones, without which a tablet does not give up most of an object.

Each import notes large losses, which the office must confirm; small ones need no consent.
From both follows the revision after which every loss is accounted for (`accounted_from`),
which the manifest has for each object.
"""

from collections.abc import Iterable

from sqlalchemy import BigInteger, Column, Connection, PrimaryKeyConstraint, Table, Text, func, insert, select

from salesapp.clock import timestamp
from salesapp.gateway.database import metadata
from salesapp.gateway.rows import get_meta, set_meta

LARGE_ROWS = 20
LARGE_PERCENT = 5
"""A loss is large above both LARGE_ROWS and LARGE_PERCENT, or if an object loses all its rows."""

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
    """Whether the office must confirm that an object loses so many rows."""
    return rows_gone > 0 and (is_much(rows_before, rows_gone) or rows_gone >= rows_before)


def is_much(total: int, part: int) -> bool:
    """Whether a part is more than LARGE_ROWS and more than LARGE_PERCENT of the total."""
    return part > LARGE_ROWS and part * 100 > total * LARGE_PERCENT


def note(connection: Connection, at_revision: int, losses: Iterable[tuple[str, int, int]]) -> None:
    """Notes an import's losses (object, rows before, rows lost), in the import's transaction."""
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
    """Confirms these objects as they are at a revision. A repeat changes nothing."""
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
    """Returns for each object the revision after which all losses are accounted for; None if nothing is known.

    A confirmation concerns the whole object and covers everything before it.
    """
    noted_since = get_meta(connection, _NOTED_SINCE)
    before = int(noted_since) if noted_since else None
    large, confirmed = _newest(connection, large_loss), confirmed_objects(connection)
    return {key: 0 if key in confirmed else large.get(key, before) for key in keys}


def confirmed_objects(connection: Connection) -> frozenset[str]:
    """Returns the objects confirmed since their last large loss."""
    large, confirmed = _newest(connection, large_loss), _newest(connection, confirmed_change)
    return frozenset(key for key, revision in confirmed.items() if revision >= large.get(key, 0))


def _newest(connection: Connection, table: Table) -> dict[str, int]:
    """Returns the newest revision of each object in one of the two tables."""
    query = select(table.c.object, func.max(table.c.revision)).group_by(table.c.object)
    return dict(connection.execute(query).all())
