"""What the back office does with users and devices. Each action can be undone and has an audit entry.

Each function uses one write transaction, so that commands and the serving gateway do not interfere.

All raise UsageError for an unknown user or device.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, and_, delete, func, insert, literal, select, update

from salesapp.clock import timestamp
from salesapp.disk import replace
from salesapp.errors import DeviceError, UsageError
from salesapp.gateway.accounts import (
    blocked_device,
    check_name,
    device,
    former_name,
    given_series,
    names_of,
    release_name,
    require_profile,
    require_user,
    session,
    user,
)
from salesapp.gateway.audit import Event, add_entry
from salesapp.gateway.database import Database
from salesapp.gateway.submissions import DOCUMENT_STATES
from salesapp.gateway.tables import document_check, identity, record, submission, withdrawn
from salesapp.gateway.uploads import Uploads

_UUID_LENGTH = 36


@dataclass(frozen=True, slots=True)
class ListedUser:
    """A user as the back office sees it. `undelivered` counts records that the ERP has not decided."""

    name: str
    profile: str | None
    is_disabled: bool
    devices: int
    sessions: int
    undelivered: int
    seen_at: str


@dataclass(frozen=True, slots=True)
class ListedDevice:
    """A device of a user."""

    id: str
    user_name: str
    series: str
    name: str
    app_version: str
    created_at: str
    seen_at: str
    is_blocked: bool


def listed_users(connection: Connection) -> list[ListedUser]:
    of_user = device.c.user_name == user.c.name
    waits = and_(submission.c.user_name == user.c.name, submission.c.state == "received")
    asked = {
        "devices": select(func.count()).select_from(device).where(of_user),
        "sessions": select(func.count()).select_from(session).where(session.c.user_name == user.c.name),
        "undelivered": select(func.count()).select_from(submission).where(waits),
        "seen_at": select(func.coalesce(func.max(device.c.seen_at), "")).where(of_user),
    }
    columns = (query.scalar_subquery().label(name) for name, query in asked.items())
    rows = connection.execute(select(user.c.name, user.c.profile, user.c.is_disabled, *columns).order_by(user.c.name))
    return [ListedUser(**dict(row) | {"is_disabled": bool(row["is_disabled"])}) for row in rows.mappings()]


def listed_devices(connection: Connection) -> list[ListedDevice]:
    """Returns the devices of all users, and blocked devices whose user was removed."""
    blocked = set(connection.execute(select(blocked_device.c.id).order_by(blocked_device.c.at)).scalars())
    rows = connection.execute(select(device).order_by(device.c.user_name, device.c.created_at)).mappings().all()
    found = [ListedDevice(**row, is_blocked=row["id"] in blocked) for row in rows]
    nobodys = sorted(blocked - {entry.id for entry in found})
    return found + [ListedDevice(id_, "", "", "", "", "", "", is_blocked=True) for id_ in nobodys]


def enable_user(database: Database, name: str, *, actor: str = "") -> None:
    """Undoes `disable_user`: the user can log on with the same password again."""
    with database.write() as connection:
        require_user(connection, name)
        connection.execute(update(user).where(user.c.name == name).values(is_disabled=0))
        add_entry(connection, Event("user", "enabled", who=name, actor=actor))


def set_profile(database: Database, name: str, profile: str | None, *, actor: str = "") -> None:
    """Sets a user's profile; None means everything. Sessions go on; the next sync brings the new rows."""
    with database.write() as connection:
        before = require_user(connection, name).profile
        require_profile(connection, profile)
        connection.execute(update(user).where(user.c.name == name).values(profile=profile))
        what = f"profile {before or 'none'} -> {profile or 'none'}"
        add_entry(connection, Event("user", what, who=name, actor=actor))


def rename_user(database: Database, name: str, new: str, *, actor: str = "") -> None:
    """Renames a user. Devices, number series, records and receipts move to the new name; sessions end.

    Raises UsageError for a name that another user has or had: records and tablets may use it.
    """
    check_name(new)
    with _moved_uploads(database, name, new), database.write() as connection:
        require_user(connection, name)
        _check_free(connection, name, new)
        for table in (device, submission, withdrawn, document_check):
            connection.execute(update(table).where(table.c.user_name == name).values(user_name=new))
        connection.execute(update(user).where(user.c.name == name).values(name=new))
        connection.execute(delete(session).where(session.c.user_name == name))
        connection.execute(delete(former_name).where(former_name.c.former == new))
        connection.execute(update(former_name).where(former_name.c.name == name).values(name=new))
        connection.execute(insert(former_name).values(former=name, name=new, at=timestamp()))
        _rename_states(connection, name, new)
        for who in (name, new):  # so that it is found under both
            add_entry(connection, Event("user", f"renamed: {name} -> {new}", who=who, actor=actor))


def _check_free(connection: Connection, name: str, new: str) -> None:
    if connection.execute(select(user.c.name).where(user.c.name == new)).first():
        raise UsageError(f"there is a user {new} already")
    if new in names_of(connection, name):
        return  # the same user gets a former name back
    release_name(connection, new)
    for column in (submission.c.user_name, given_series.c.user_name):
        if connection.execute(select(column).where(column == new).limit(1)).first():
            raise UsageError(f"{new} is a removed user whose records are kept: choose another name")


def _rename_states(connection: Connection, name: str, new: str) -> None:
    """Renames the keys of document states, which are a user's name, a blank and a UUID."""
    for table in (record, identity):
        key = table.c.erp_key
        is_its = and_(
            func.substr(key, 1, len(name) + 1) == f"{name} ", func.length(key) == len(name) + 1 + _UUID_LENGTH
        )
        where = and_(table.c.object == DOCUMENT_STATES, is_its)
        connection.execute(update(table).where(where).values(erp_key=literal(new) + func.substr(key, len(name) + 1)))


@contextmanager
def _moved_uploads(database: Database, name: str, new: str) -> Iterator[None]:
    """Moves the user's folder of files, whose name depends on the user's; moves it back if the block raises."""
    old_folder, new_folder = (Uploads.of(database.folder, who).folder for who in (name, new))
    with database.read() as connection:
        require_user(connection, name)
        _check_free(connection, name, new)
    if not old_folder.exists():
        yield
        return
    try:
        replace(old_folder, new_folder)
    except DeviceError as error:
        raise UsageError(f"the files of {name} are in use ({error.text.what}): try again in a moment") from error
    try:
        yield
    except BaseException:
        replace(new_folder, old_folder)
        raise


def undelivered(connection: Connection, name: str) -> int:
    """Counts a user's records that the ERP has not decided."""
    waiting = select(func.count()).where(submission.c.user_name == name, submission.c.state == "received")
    return int(connection.execute(waiting).scalar_one())


def remove_user(database: Database, name: str, *, actor: str = "") -> None:
    """Removes a user with sessions and devices. Sent records and the audit log keep the name."""
    with database.write() as connection:
        require_user(connection, name)
        devices = connection.execute(select(device).where(device.c.user_name == name)).all()
        for row in devices:
            values = {"series": row.series, "user_name": name, "device_id": row.id}
            connection.execute(insert(given_series).values(values))
        for table, column in ((session, session.c.user_name), (device, device.c.user_name), (user, user.c.name)):
            connection.execute(delete(table).where(column == name))
        add_entry(connection, Event("user", f"removed with {len(devices)} devices", who=name, actor=actor))


def block_device(database: Database, device_id: str, *, actor: str = "") -> list[str]:
    """Refuses all logons and sessions of a device until it is unblocked. Returns the names of its users."""
    with database.write() as connection:
        owners = _users_of(connection, device_id)
        if not _is_blocked(connection, device_id):
            connection.execute(insert(blocked_device).values(id=device_id, at=timestamp(), actor=actor))
            add_entry(connection, Event("device", "blocked", device_id=device_id, actor=actor))
    return owners


def unblock_device(database: Database, device_id: str, *, actor: str = "") -> None:
    """Undoes `block_device`; unexpired sessions go on. Raises UsageError for a device that is not blocked."""
    with database.write() as connection:
        if not _is_blocked(connection, device_id):
            raise UsageError(f"the device {device_id} is not blocked")
        connection.execute(delete(blocked_device).where(blocked_device.c.id == device_id))
        add_entry(connection, Event("device", "unblocked", device_id=device_id, actor=actor))


def _is_blocked(connection: Connection, device_id: str) -> bool:
    return connection.execute(select(blocked_device.c.id).where(blocked_device.c.id == device_id)).first() is not None


def _users_of(connection: Connection, device_id: str) -> list[str]:
    found = connection.execute(select(device.c.user_name).where(device.c.id == device_id).order_by(device.c.user_name))
    owners = list(found.scalars())
    if not owners:
        raise UsageError(f"there is no device {device_id}: see `salesapp gateway devices list`")
    return owners
