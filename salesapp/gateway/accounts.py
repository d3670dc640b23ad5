"""Users, their devices and sessions. Passwords are argon2id, tokens are stored as hashes only."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Column, Connection, Index, Integer, PrimaryKeyConstraint, Table, Text, insert, select, update

from salesapp.errors import UsageError
from salesapp.gateway.database import Database, metadata
from salesapp.gateway.times import timestamp

INACTIVE_DAYS = 30
ABSOLUTE_DAYS = 180
SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 200
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
Index("ix_session_user", session.c.user_name, session.c.device_id)

_hasher = PasswordHasher(time_cost=2, memory_cost=47_104, parallelism=1)


@cache
def _hash_of_nobody() -> str:
    return _hasher.hash(secrets.token_hex())


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who a request comes from."""

    user: str
    profile: str | None
    device: str


def add_user(database: Database, name: str, password: str, profile: str | None) -> None:
    """Adds a user; raises UsageError for a name that exists or a password that is too short."""
    _check_password(password)
    if not name or len(name) > 100 or not name.isprintable():
        raise UsageError("a user's name has 1 to 100 printable characters")
    with database.write() as connection:
        if connection.execute(select(user.c.name).where(user.c.name == name)).first():
            raise UsageError(f"there is a user {name} already")
        connection.execute(
            insert(user).values(name=name, password_hash=_hasher.hash(password), profile=profile, is_disabled=0)
        )


def change_password(database: Database, name: str, password: str) -> None:
    """A new password; all sessions of the user end."""
    _check_password(password)
    with database.write() as connection:
        _require(connection, name)
        connection.execute(update(user).where(user.c.name == name).values(password_hash=_hasher.hash(password)))
        connection.execute(session.delete().where(session.c.user_name == name))


def disable_user(database: Database, name: str) -> None:
    """Ends all sessions and lets nobody log on under this name."""
    with database.write() as connection:
        _require(connection, name)
        connection.execute(update(user).where(user.c.name == name).values(is_disabled=1))
        connection.execute(session.delete().where(session.c.user_name == name))


def revoke_device(database: Database, device_id: str) -> int:
    """Ends all sessions of a device; returns how many accounts used it."""
    with database.write() as connection:
        owners = connection.execute(select(device.c.user_name).where(device.c.id == device_id)).scalars().all()
        connection.execute(session.delete().where(session.c.device_id == device_id))
    return len(owners)


def _check_password(password: str) -> None:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise UsageError(f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters")


def _require(connection: Connection, name: str) -> None:
    if not connection.execute(select(user.c.name).where(user.c.name == name)).first():
        raise UsageError(f"there is no user {name}")


def password_is_right(database: Database, name: str, password: str) -> bool:
    """Whether the user may log on with this password; takes the same time for a name that does not exist."""
    with database.read() as connection:
        row = connection.execute(select(user.c.password_hash, user.c.is_disabled).where(user.c.name == name)).first()
    try:
        _hasher.verify(row.password_hash if row else _hash_of_nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
    return row is not None and not row.is_disabled


@dataclass(frozen=True, slots=True)
class NewSession:
    """What a logon gives: the token is nowhere else."""

    token: str
    series: str


def open_session(database: Database, name: str, device_id: str, device_name: str, app_version: str) -> NewSession:
    """A session on a device, which gets its number series at its first logon."""
    token = secrets.token_urlsafe(32)
    at = timestamp()
    with database.write() as connection:
        series: str | None = connection.execute(
            select(device.c.series).where(device.c.user_name == name, device.c.id == device_id)
        ).scalar()
        if series is None:
            series = _new_series(connection, name)
            connection.execute(
                insert(device).values(
                    user_name=name,
                    id=device_id,
                    name=device_name,
                    series=series,
                    app_version=app_version,
                    created_at=at,
                    seen_at=at,
                )
            )
        else:
            connection.execute(
                update(device)
                .where(device.c.user_name == name, device.c.id == device_id)
                .values(name=device_name, app_version=app_version, seen_at=at)
            )
        connection.execute(
            insert(session).values(
                token_hash=_token_hash(token), user_name=name, device_id=device_id, created_at=at, used_at=at
            )
        )
    return NewSession(token, series)


def _new_series(connection: Connection, name: str) -> str:
    """Letters and digits of the name, with a number when another device has it; never given twice."""
    stem = re.sub(r"[^A-Z0-9]", "", name.upper())[:8] or "D"
    taken = set(connection.execute(select(device.c.series).where(device.c.series.startswith(stem))).scalars())
    number = 1
    while (series := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return series


def signed_in(database: Database, token: str) -> SignedIn | None:
    """Who a token belongs to; None when it is unknown, revoked or too old."""
    hashed = _token_hash(token)
    with database.read() as connection:
        row = connection.execute(
            select(session, user.c.profile, user.c.is_disabled)
            .join(user, user.c.name == session.c.user_name)
            .where(session.c.token_hash == hashed)
        ).first()
    if row is None or row.is_disabled:
        return None
    now = datetime.now(UTC)
    used = datetime.fromisoformat(row.used_at)
    if now - used > timedelta(days=INACTIVE_DAYS):
        return None
    if now - datetime.fromisoformat(row.created_at) > timedelta(days=ABSOLUTE_DAYS):
        return None
    if now - used > _SEEN_EVERY:
        _touch(database, hashed, row.user_name, row.device_id)
    return SignedIn(row.user_name, row.profile, row.device_id)


def _touch(database: Database, hashed: str, name: str, device_id: str) -> None:
    with database.write() as connection:
        connection.execute(update(session).where(session.c.token_hash == hashed).values(used_at=timestamp()))
        connection.execute(
            update(device).where(device.c.user_name == name, device.c.id == device_id).values(seen_at=timestamp())
        )


def close_session(database: Database, token: str) -> None:
    """Logs out."""
    with database.write() as connection:
        connection.execute(session.delete().where(session.c.token_hash == _token_hash(token)))


def _token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
