"""Histories distinguish a gateway restored from a backup from the lost one, which had the same id and later records.

With each record and manifest request a device proves what it saw last. A gateway that does not know it is older:
it begins a new history, and the device offers its records again. Revisions prove nothing, as they are counted anew.

The other way round, a device that does not know what the gateway received from it last works with an older copy of its
own work: it asks what became of its records before it sends any.
"""

import secrets
from datetime import timedelta

import msgspec
from sqlalchemy import ColumnElement, Connection, func, select, true

from salesapp import clock
from salesapp.clock import timestamp
from salesapp.errors import GatewayError
from salesapp.gateway.accounts import SignedIn
from salesapp.gateway.database import Database, cell
from salesapp.gateway.publisher import is_of_another_history
from salesapp.gateway.rows import get_meta, set_meta
from salesapp.gateway.tables import identity, submission, withdrawn
from salesapp.protocol.codes import OLDER_DEVICE, OTHER_HISTORY
from salesapp.protocol.messages import Seen

AWAITED_DAYS = 14
"""Days after the start of a history in which tablets or imports may still bring what the last one had."""


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


def require_current(connection: Connection, who: SignedIn, seen: Seen | None, submission_id: str = "") -> None:
    """Raises GatewayError 412 for a device whose own work is older than what the gateway has from it.

    `submission_id`: what it sends now, perhaps again because the answer was lost. An older tablet, one before its first
    catalogue and one that has seen what was lost here are not judged.
    """
    if seen is None or seen.last is None or not seen.history:
        return
    taken_back = select(withdrawn.c.submission).where(
        withdrawn.c.user_name == who.user, withdrawn.c.submission == submission_id
    )
    known = select(submission.c.seq).where(submission.c.user_name == who.user, submission.c.id == seen.last)
    place: int | None = connection.execute(known).scalar() if seen.last else 0
    later = (submission.c.seq > (place or 0)) & (submission.c.id != submission_id)
    is_behind = place is not None and _newest(connection, who, later) is not None
    if is_behind or connection.execute(taken_back).first():
        raise GatewayError(OLDER_DEVICE)


def newest_of(connection: Connection, who: SignedIn) -> str:
    """The submission that the device sent last, without those refused at once; empty where there is none."""
    return _newest(connection, who, true()) or ""


def _newest(connection: Connection, who: SignedIn, where: ColumnElement[bool]) -> str | None:
    mine = (submission.c.user_name == who.user, submission.c.device_id == who.device)
    was_taken = cell(submission.c.receipt, "state") != "rejected"
    query = select(submission.c.id).where(*mine, was_taken, where).order_by(submission.c.seq.desc()).limit(1)
    found: str | None = connection.execute(query).scalar()
    return found


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
    """Whether an unknown row may still come, because it was lost with the last history.

    The tablet that made it offers it again, or the next import brings it. A record that names it may be in the ERP
    already: refused, it would be sent once more as another one.
    """
    if get_meta(connection, "history_began") < timestamp(clock.now() - timedelta(days=AWAITED_DAYS)):
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
