"""Histories tell a gateway restored from a backup from the lost one, which had the same id and later records.

With each record and manifest request a device proves what it saw last. A gateway that does not know it is older:
it begins a new history, and the device offers its records again. Revisions prove nothing, as they are counted anew.
"""

import secrets
from datetime import timedelta

import msgspec
from sqlalchemy import Connection, func, select

from salesapp import clock
from salesapp.clock import timestamp
from salesapp.errors import GatewayError
from salesapp.gateway.database import Database
from salesapp.gateway.publisher import is_of_another_history
from salesapp.gateway.rows import get_meta, set_meta
from salesapp.gateway.tables import identity, submission
from salesapp.protocol.codes import OTHER_HISTORY
from salesapp.protocol.messages import Seen

AWAITED_DAYS = 14
"""Days after the start of a history in which tablets may still offer the records of the last one."""
MADE_BY_TABLETS = frozenset({"customers.customers", "appointments.appointments"})


class OtherHistoryError(Exception):
    """The device has seen what this gateway does not know."""


def history(connection: Connection) -> str:
    """Returns the gateway's history; empty if an older version made the gateway."""
    return get_meta(connection, "history")


def begin_history(connection: Connection) -> str:
    """Begins a new history in the caller's write transaction; returns its id."""
    new = secrets.token_hex(8)
    set_meta(connection, "history", new)
    set_meta(connection, "history_began", timestamp())
    return new


def require_seen(connection: Connection, user: str, seen: Seen | None) -> None:
    """Raises OtherHistoryError for a device that saw what this gateway does not know. None is from an older tablet."""
    if seen is not None and not _is_known(connection, user, seen):
        raise OtherHistoryError


def refuse_other_history(database: Database, seen: Seen | None) -> GatewayError:
    """Returns the answer to such a device. Begins a new history, unless one has begun since the device was here."""
    with database.write() as connection:
        if seen is not None and seen.history in {"", history(connection)}:
            begin_history(connection)
    return GatewayError(OTHER_HISTORY)


def parse_seen(header: str) -> Seen | None:
    """Reads the proof in a header; None without one that is readable."""
    try:
        return msgspec.json.decode(header, type=Seen) if header else None
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def is_awaited(connection: Connection, key: str, id_: int) -> bool:
    """Whether an unknown row may still come: made from a tablet's record, and lost with the last history."""
    began = get_meta(connection, "history_began")
    if key not in MADE_BY_TABLETS or began < timestamp(clock.now() - timedelta(days=AWAITED_DAYS)):
        return False
    here = select(identity.c.id).where(identity.c.object == key, identity.c.id == id_)
    return connection.execute(here).first() is None


def _is_known(connection: Connection, user: str, seen: Seen) -> bool:
    if seen.history not in {"", history(connection)}:
        return False
    if seen.checkpoint and is_of_another_history(connection, seen.checkpoint):
        return False
    held = select(func.count()).where(submission.c.user_name == user, submission.c.id == seen.submission)
    return not seen.submission or bool(connection.execute(held).scalar())
