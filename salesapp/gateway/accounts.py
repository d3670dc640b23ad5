"""Users, their devices and sessions. Passwords are argon2id, tokens are stored as hashes only."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import count
from typing import Any, NamedTuple

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    insert,
    or_,
    select,
    update,
)

from salesapp import clock
from salesapp.clock import timestamp
from salesapp.domain.objects.auxiliary import Company, Profile
from salesapp.errors import AuthorizationError, UsageError
from salesapp.gateway.audit import Event, add_entry
from salesapp.gateway.current_rows import current_rows
from salesapp.gateway.database import Database, metadata
from salesapp.gateway.passwords import LONGEST_PASSWORD, PasswordError, check_password
from salesapp.protocol.forms import is_name

INACTIVE_DAYS = 30
ABSOLUTE_DAYS = 180
MOST_SESSIONS_OF_A_DEVICE = 20
LONGEST_NAME = 100
_SEEN_EVERY = timedelta(minutes=1)

user = Table(
    "user_account",
    metadata,
    Column("name", Text, primary_key=True),  # case-sensitive; the representative's code in the ERP
    Column("password_hash", Text, nullable=False),
    Column("profile", Text),
    Column("is_disabled", Integer, nullable=False),
)
device = Table(
    "device",
    metadata,
    Column("user_name", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("series", Text, nullable=False, unique=True),
    Column("app_version", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("seen_at", Text, nullable=False),
    PrimaryKeyConstraint("user_name", "id"),
)
session = Table(
    "session",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("user_name", Text, nullable=False),
    Column("device_id", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("used_at", Text, nullable=False),
)
blocked_device = Table(  # of all users: whoever logs on from it is refused
    "blocked_device",
    metadata,
    Column("id", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
)
given_series = Table(  # number series of devices whose user was removed: never given again
    "given_series",
    metadata,
    Column("series", Text, primary_key=True),
    Column("user_name", Text, nullable=False),
    Column("device_id", Text, nullable=False),
)
former_name = Table(  # a name that a user had; nobody else gets it while the user is there
    "former_name",
    metadata,
    Column("former", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("at", Text, nullable=False),
)
Index("ix_former_name", former_name.c.name)
Index("ix_session_user", session.c.user_name, session.c.device_id)

SERIES = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,31}")
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""Without vowels, which would make words, and without digits, which could be taken for the number."""
_TAIL = 6
"""Of 64 million tails."""

_hasher = PasswordHasher(time_cost=3, memory_cost=19_456, parallelism=1)  # OWASP's minimum memory, one round more


@cache
def _hash_of_nobody() -> str:
    return _hasher.hash(secrets.token_hex())


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The user and the device that a request comes from."""

    user: str
    profile: str | None
    device: str
    is_blocked: bool = False
    """Whether the device is blocked; its requests are refused."""


def add_user(database: Database, name: str, password: str, profile: str | None, *, actor: str = "") -> None:
    """Adds a user. Raises UsageError for a used name or unknown profile, PasswordError for a weak password."""
    check_name(name)
    hashed = hash_of_new(database, name, password)
    with database.write() as connection:
        if connection.execute(select(user.c.name).where(user.c.name == name)).first():
            raise UsageError(f"there is a user {name} already")
        release_name(connection, name)
        require_profile(connection, profile)
        connection.execute(insert(user).values(name=name, password_hash=hashed, profile=profile, is_disabled=0))
        seen = f"profile {profile}" if profile else "sees everything"
        add_entry(connection, Event("user", f"added, {seen}", who=name, actor=actor))


def change_password(database: Database, name: str, password: str, *, actor: str = "") -> bool:
    """Sets a user's password and ends all sessions. Returns whether the user is disabled. Raises as `add_user`."""
    hashed = hash_of_new(database, name, password)
    with database.write() as connection:
        is_disabled = bool(require_user(connection, name).is_disabled)
        connection.execute(update(user).where(user.c.name == name).values(password_hash=hashed))
        connection.execute(session.delete().where(session.c.user_name == name))
        add_entry(connection, Event("password", "changed by the back office", who=name, actor=actor))
    return is_disabled


def change_own_password(database: Database, token: str, old: str, new: str, event: Event) -> None:
    """Changes the user's own password and ends all sessions but that of the token. A repeat changes nothing.

    Raises AuthorizationError if the old password is wrong, PasswordError if the new one is refused.
    """
    with database.read() as connection:
        hashed = str(require_user(connection, event.who).password_hash)
    if not is_password(hashed, old):
        if is_password(hashed, new):  # a repeat, because the first answer got lost
            return
        raise AuthorizationError("auth.wrong_old_password")
    if old == new:
        raise PasswordError("password.same")
    hashed_new = hash_of_new(database, event.who, new)
    with database.write() as connection:
        is_it = (user.c.name == event.who, user.c.password_hash == hashed)
        if not connection.execute(update(user).where(*is_it).values(password_hash=hashed_new)).rowcount:
            raise AuthorizationError("auth.wrong_old_password")  # another change came first
        others = (session.c.user_name == event.who, session.c.token_hash != _token_hash(token))
        connection.execute(session.delete().where(*others))
        add_entry(connection, event)


def disable_user(database: Database, name: str, *, actor: str = "") -> None:
    """Ends all sessions of a user and refuses logons. Raises UsageError for an unknown user."""
    with database.write() as connection:
        require_user(connection, name)
        connection.execute(update(user).where(user.c.name == name).values(is_disabled=1))
        connection.execute(session.delete().where(session.c.user_name == name))
        add_entry(connection, Event("user", "disabled", who=name, actor=actor))


def revoke_device(database: Database, device_id: str, *, actor: str = "") -> int:
    """Ends all sessions of a device, until it logs on again; returns how many accounts used it."""
    with database.write() as connection:
        owners = connection.execute(select(device.c.user_name).where(device.c.id == device_id)).scalars().all()
        connection.execute(session.delete().where(session.c.device_id == device_id))
        if owners:
            add_entry(connection, Event("device", "revoked", device_id=device_id, actor=actor))
    return len(owners)


def check_name(name: str) -> None:
    """Raises UsageError for an invalid user name."""
    if not name or len(name) > LONGEST_NAME or not name.isprintable() or not is_name(name) or name != name.strip():
        raise UsageError(
            f"a user name has 1 to {LONGEST_NAME} printable characters and does not begin or end with a blank"
        )


def hash_of_new(database: Database, name: str, password: str) -> str:
    """Checks and hashes a new password; raises PasswordError. Slow, so call it outside a transaction."""
    with database.read() as connection:
        company = company_names(connection)
    check_password(password, name, company)
    return _hasher.hash(password)


def company_names(connection: Connection) -> list[str]:
    """Returns the company's names, which are easy to guess in a password."""
    return [name for company in current_rows(connection, Company) for name in (company.code, company.name)]


def require_profile(connection: Connection, profile: str | None) -> None:
    """Raises UsageError for an unknown profile, unless the company has none at all."""
    codes = sorted(known.code for known in current_rows(connection, Profile))
    if profile is not None and codes and profile not in codes:
        raise UsageError(f"there is no profile {profile}; the company has: {', '.join(codes)}")


def release_name(connection: Connection, name: str) -> None:
    """Raises UsageError if another user once had the name: tablets may hold that user's work under it."""
    now: str | None = connection.execute(select(former_name.c.name).where(former_name.c.former == name)).scalar()
    if now is None:
        return
    if connection.execute(select(user.c.name).where(user.c.name == now)).first():
        raise UsageError(f"{name} is a former name of {now}, whose tablets may still use it: choose another name")
    connection.execute(former_name.delete().where(former_name.c.former == name))


def names_of(connection: Connection, name: str) -> tuple[str, ...]:
    """Returns the user's name and former names, which the ERP may still use."""
    query = select(former_name.c.former).where(former_name.c.name == name).order_by(former_name.c.at.desc())
    return (name, *connection.execute(query).scalars())


def require_user(connection: Connection, name: str) -> Any:
    """Returns the user's row; raises UsageError for an unknown user."""
    row = connection.execute(select(user).where(user.c.name == name)).first()
    if row is None:
        raise UsageError(f"there is no user {name}")
    return row


class Account(NamedTuple):
    """A user whose password has just been checked."""

    name: str
    password_hash: str


def account_of(database: Database, name: str, password: str) -> Account | None:
    """Returns the account with this name or former name; None if the password is wrong or the user is disabled.

    Takes the same time for an unknown name.
    """
    with database.read() as connection:
        now = select(former_name.c.name).where(former_name.c.former == name).scalar_subquery()
        row = connection.execute(
            select(user.c.name, user.c.password_hash, user.c.is_disabled)
            .where(or_(user.c.name == name, user.c.name == now))
            .order_by(user.c.name != name)
        ).first()
    is_right = is_password(row.password_hash if row else _hash_of_nobody(), password)
    return Account(row.name, row.password_hash) if row and is_right and not row.is_disabled else None


def password_is_right(database: Database, name: str, password: str) -> bool:
    """Whether the user may log on with this password."""
    account = account_of(database, name, password)
    return account is not None and account.name == name


def is_password(hashed: str, password: str) -> bool:
    if len(password) > LONGEST_PASSWORD:
        return False
    try:
        return _hasher.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


@dataclass(frozen=True, slots=True)
class NewSession:
    """The result of a logon. The token is stored nowhere else."""

    token: str
    series: str
    formerly: tuple[str, ...] = ()
    resembles_blocked: bool = False
    """Whether a new device has the name of a blocked device of the user: perhaps it is the same one with a new id."""


def open_session(
    database: Database, account: Account, device_id: str, device_name: str, app_version: str, wanted_series: str = ""
) -> NewSession:
    """Opens a session on a device, which gets a number series at its first logon, or keeps the one it has.

    Raises AuthorizationError for a blocked device, and if the account has changed since its password was checked.
    """
    token, name = secrets.token_urlsafe(32), account.name
    with database.write() as connection:
        now = connection.execute(select(user.c.password_hash, user.c.is_disabled).where(user.c.name == name)).first()
        if now is None or now.is_disabled or now.password_hash != account.password_hash:
            raise AuthorizationError("auth.wrong_password")
        if connection.execute(select(blocked_device.c.id).where(blocked_device.c.id == device_id)).first():
            raise AuthorizationError("auth.device_blocked")
        this = (device.c.user_name == name, device.c.id == device_id)
        series: str | None = connection.execute(select(device.c.series).where(*this)).scalar()
        resembles_blocked = series is None and _resembles_blocked(connection, name, device_name)
        at = timestamp()
        seen = {"name": device_name, "app_version": app_version, "seen_at": at}
        if series is None:
            series = _series_for(connection, name, device_id, wanted_series)
            new = insert(device).values(user_name=name, id=device_id, series=series, created_at=at, **seen)
            connection.execute(new)
        else:
            connection.execute(update(device).where(*this).values(**seen))
        _remove_ended(connection)
        _remove_oldest(connection, name, device_id)
        connection.execute(
            insert(session).values(
                token_hash=_token_hash(token), user_name=name, device_id=device_id, created_at=at, used_at=at
            )
        )
        _, *formerly = names_of(connection, name)
    return NewSession(token, series, tuple(formerly), resembles_blocked)


def remove_ended_sessions(database: Database) -> None:
    """Removes the expired sessions of all users."""
    with database.write() as connection:
        _remove_ended(connection)


def _remove_ended(connection: Connection) -> None:
    now = clock.now()
    unused, old = timestamp(now - timedelta(days=INACTIVE_DAYS)), timestamp(now - timedelta(days=ABSOLUTE_DAYS))
    connection.execute(session.delete().where(or_(session.c.used_at < unused, session.c.created_at < old)))


def _remove_oldest(connection: Connection, name: str, device_id: str) -> None:
    """Limits the sessions of a device that logs on again and again."""
    of_device = select(session.c.token_hash).where(session.c.user_name == name, session.c.device_id == device_id)
    oldest = of_device.order_by(session.c.created_at.desc()).offset(MOST_SESSIONS_OF_A_DEVICE - 1)
    connection.execute(session.delete().where(session.c.token_hash.in_(oldest)))


def _resembles_blocked(connection: Connection, name: str, device_name: str) -> bool:
    like = (device.c.user_name == name, device.c.name == device_name, device.c.name != "")
    query = select(device.c.id).join(blocked_device, blocked_device.c.id == device.c.id).where(*like)
    return connection.execute(query).first() is not None


def _series_for(connection: Connection, name: str, device_id: str, wanted: str) -> str:
    """Returns the number series of a new device: the one it has unless another device has it, else a new one.

    A new one is derived from user and device, so that a counter that starts over cannot give it to another device.
    """
    taken = {
        series
        for column in (device.c.series, given_series.c.series)
        for series in connection.execute(select(column)).scalars()
    }
    if SERIES.fullmatch(wanted) and wanted not in taken:
        return wanted
    stem = re.sub(r"[^A-Z0-9]", "", name.upper())[:8] or "D"
    tails = (hashlib.sha256(f"{name} {device_id} {number}".encode()).digest() for number in count())
    drawn = (f"{stem}-{''.join(_LETTERS[byte % len(_LETTERS)] for byte in tail[:_TAIL])}" for tail in tails)
    return next(series for series in drawn if series not in taken)


def signed_in(database: Database, token: str) -> SignedIn | None:
    """Returns whom a token belongs to; None if it is unknown, revoked or expired."""
    hashed = _token_hash(token)
    with database.read() as connection:
        row = connection.execute(
            select(session, user.c.profile, user.c.is_disabled, blocked_device.c.id.label("blocked"))
            .join(user, user.c.name == session.c.user_name)
            .join(blocked_device, blocked_device.c.id == session.c.device_id, isouter=True)
            .where(session.c.token_hash == hashed)
        ).first()
    if row is None or row.is_disabled:
        return None
    now = clock.now()
    used = datetime.fromisoformat(row.used_at)
    is_old = now - datetime.fromisoformat(row.created_at) > timedelta(days=ABSOLUTE_DAYS)
    if is_old or now - used > timedelta(days=INACTIVE_DAYS):
        remove_ended_sessions(database)
        return None
    who = SignedIn(row.user_name, row.profile, row.device_id, is_blocked=row.blocked is not None)
    if now - used > _SEEN_EVERY and not who.is_blocked:
        _touch(database, hashed, row.user_name, row.device_id)
    return who


def _touch(database: Database, hashed: str, name: str, device_id: str) -> None:
    with database.write() as connection:
        connection.execute(update(session).where(session.c.token_hash == hashed).values(used_at=timestamp()))
        connection.execute(
            update(device).where(device.c.user_name == name, device.c.id == device_id).values(seen_at=timestamp())
        )


def check_session_user(connection: Connection, who: SignedIn) -> None:
    """Raises AuthorizationError if the user was removed or renamed since the request began."""
    if not connection.execute(select(user.c.name).where(user.c.name == who.user)).first():
        raise AuthorizationError("auth.required")


def close_session(database: Database, token: str) -> None:
    """Ends the session of a token."""
    with database.write() as connection:
        connection.execute(session.delete().where(session.c.token_hash == _token_hash(token)))


def _token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
