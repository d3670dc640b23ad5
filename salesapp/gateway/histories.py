"""Histories: a gateway that came back from a backup goes on otherwise than the one that was lost, under the same name.

A device proves with each record and each manifest what it has seen last. A gateway that does not know it is older than
that: it begins a new history, and the device offers its records again. A revision proves nothing: it is counted anew.
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
"""How long rows that tablets made may still be offered again after a new history began."""
MADE_BY_TABLETS = frozenset({"customers.customers", "appointments.appointments"})


class OtherHistoryError(Exception):
    """The device has seen what this gateway does not know."""


def history(connection: Connection) -> str:
    """The history that the gateway is in; empty for one that an older version made and nobody has asked."""
    return get_meta(connection, "history")


def begin_history(connection: Connection) -> str:
    """A new history, in the caller's write transaction."""
    new = secrets.token_hex(8)
    set_meta(connection, "history", new)
    set_meta(connection, "history_began", timestamp())
    return new


def require_seen(connection: Connection, user: str, seen: Seen | None) -> None:
    """Raises OtherHistoryError for a device that has seen what is not here; None: an older one, which tells nothing."""
    if seen is not None and not _is_known(connection, user, seen):
        raise OtherHistoryError


def refuse_other_history(database: Database, seen: Seen | None) -> GatewayError:
    """The answer to such a device. A new history begins, unless it has begun since the device was here."""
    with database.write() as connection:
        if seen is not None and seen.history in {"", history(connection)}:
            begin_history(connection)
    return GatewayError(OTHER_HISTORY)


def parse_seen(header: str) -> Seen | None:
    """What a device says of itself; None where it says nothing that can be read."""
    try:
        return msgspec.json.decode(header, type=Seen) if header else None
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def is_awaited(connection: Connection, key: str, id_: int) -> bool:
    """Whether a row that was never here may come yet: made by a tablet, and lost with the history before this one."""
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
