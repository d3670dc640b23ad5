"""Backups of work.db: encrypted like the file itself, one a day for a week, and one before each migration."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine

from salesapp import clock
from salesapp.disk import replace, sweep
from salesapp.errors import DeviceError
from salesapp.store.encrypted import DamagedFileError, create_encrypted_engine, translate_errors
from salesapp.store.folders import AccountFolder
from salesapp.store.lock import backup_lock

KEPT_DAILY = 7
RETURNED = "work.returned"
"""A file beside work.db: it was restored from a backup, and the gateway has not been asked about its records yet."""
_REACH = "SELECT (SELECT coalesce(max(seq), 0) FROM outbox), (SELECT coalesce(max(id), 0) FROM sync_run)"


def make_daily(account: AccountFolder, engine: Engine, key: bytes) -> None:
    """Makes today's backup unless it exists. Drops backups of future days (a wrong clock's) first, then the oldest."""
    target = account.backups / f"work-{clock.now():%Y-%m-%d}.db"
    if target.exists():
        return
    with backup_lock(account):
        if target.exists():  # made by another process meanwhile
            return
        copy(engine, target, key)
        kept = sorted(account.backups.glob("work-*.db"), key=lambda path: (path.name <= target.name, path.name))
        sweep(kept[:-KEPT_DAILY])


def copy(engine: Engine, target: Path, key: bytes) -> None:
    """Makes an encrypted copy of an open database; the file appears whole or not at all.

    Raises DamagedFileError if any page of the database is damaged.
    """
    part = target.with_suffix(f".{secrets.token_hex(4)}.part")  # another process may hold an old one
    with translate_errors(target):
        copied = create_encrypted_engine(part, key, synchronous="FULL")
        try:
            with engine.connect() as source, copied.connect() as destination:
                check(source)  # the backup interface copies damaged pages unseen
                _driver(source).backup(_driver(destination))
                destination.exec_driver_sql("PRAGMA journal_mode=DELETE")
        except BaseException:
            copied.dispose()
            sweep([part])
            raise
        copied.dispose()
        replace(part, target)


def check(connection: Connection) -> None:
    """Checks every page of a database; raises DamagedFileError, or an error that `translate_errors` turns into it."""
    if connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
        raise DamagedFileError


def restore(account: AccountFolder, key: bytes) -> Path:
    """Replaces work.db by the newest good backup, keeps the old file beside it, and returns the backup used.

    Nothing moves before a backup has been read to its end. If a file cannot be moved, all stay where they were.
    Raises DeviceError without a good backup.
    """
    restored = account.path / "work-restored.db"
    for backup in _newest_first(account, key):
        engine = create_encrypted_engine(backup, key, read_only=True)
        try:
            copy(engine, restored, key)
        except DamagedFileError:
            continue
        finally:
            engine.dispose()
        try:
            (account.path / RETURNED).touch()
            with _moved_away(account.work_path):
                replace(restored, account.work_path)
        except BaseException:
            sweep([restored])
            raise
        return backup
    raise DeviceError("device.work_damaged", path=account.work_path, backups=account.backups)


def is_wanted(account: AccountFolder, key: bytes) -> bool:
    """Whether a backup is better than work.db, which is missing, damaged, or holds less."""
    if not account.work_path.exists():
        return True
    reach = _reach(account.work_path, key, is_whole=True)
    return reach is None or any(found > reach for found, *_ in _readable(account, key))


def _newest_first(account: AccountFolder, key: bytes) -> list[Path]:
    """Sorts backups by what they hold, which only grows; times of files depend on a clock that may be wrong."""
    return [path for *_, path in sorted(_readable(account, key), reverse=True)]


def _readable(account: AccountFolder, key: bytes) -> list[tuple[tuple[int, ...], float, Path]]:
    found = [(_reach(path, key), path.stat().st_mtime, path) for path in account.backups.glob("*.db")]
    return [(reach, at, path) for reach, at, path in found if reach is not None]


def _reach(path: Path, key: bytes, *, is_whole: bool = False) -> tuple[int, ...] | None:
    """Measures how far a file's records and syncs go. None for a file with another key, or damaged.

    `is_whole` checks every page for damage.
    """
    engine = create_encrypted_engine(path, key, read_only=True)
    try:
        with translate_errors(path), engine.connect() as connection:
            if is_whole:
                check(connection)
            return tuple(connection.exec_driver_sql(_REACH).one())
    except DamagedFileError:
        return None
    finally:
        engine.dispose()


@contextmanager
def _moved_away(path: Path) -> Iterator[None]:
    """Gives the database and its side files other names; takes that back when the block raises."""
    stamp = f"{clock.now():%Y%m%dT%H%M%S}"
    moved: list[tuple[Path, Path]] = []
    try:
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
            file, aside = path.with_name(name), path.with_name(name.replace("work.db", f"work-damaged-{stamp}.db", 1))
            if file.exists():
                replace(file, aside)
                moved.append((file, aside))
        yield
    except BaseException:
        for file, aside in reversed(moved):
            replace(aside, file)
        raise


def _driver(connection: Any) -> Any:
    return connection.connection.driver_connection
