"""Backups of work.db: encrypted like the file itself, one a day for a week, and one before each migration."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from salesapp.errors import DeviceError
from salesapp.store.encrypted import DamagedFileError, create_encrypted_engine, translate_errors
from salesapp.store.folders import AccountFolder

KEPT_DAILY = 7


def make_daily(account: AccountFolder, engine: Engine, key: bytes) -> None:
    """Makes today's backup unless it is there, and drops the oldest."""
    target = account.backups / f"work-{datetime.now(UTC):%Y-%m-%d}.db"
    if not target.exists():
        copy(engine, target, key)
        for old in sorted(account.backups.glob("work-*.db"))[:-KEPT_DAILY]:
            old.unlink(missing_ok=True)


def copy(engine: Engine, target: Path, key: bytes) -> None:
    """An encrypted copy of an open database; the file appears whole or not at all."""
    part = target.with_suffix(".part")
    part.unlink(missing_ok=True)
    copied = create_encrypted_engine(part, key, synchronous="FULL")
    try:
        with translate_errors(target), engine.connect() as source, copied.connect() as destination:
            _driver(source).backup(_driver(destination))
            destination.exec_driver_sql("PRAGMA journal_mode=DELETE")
    finally:
        copied.dispose()
    part.replace(target)


def restore(account: AccountFolder, key: bytes) -> Path:
    """Puts the newest backup that opens in the place of work.db, which is kept beside it; returns the backup used."""
    for backup in sorted(account.backups.glob("*.db"), key=lambda path: path.stat().st_mtime, reverse=True):
        engine = create_encrypted_engine(backup, key, read_only=True)
        try:
            with translate_errors(backup), engine.connect() as connection:
                connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
            _set_aside(account.work_path)
            copy(engine, account.work_path, key)
        except DamagedFileError:
            continue
        finally:
            engine.dispose()
        return backup
    raise DeviceError("device.work_damaged", path=account.work_path, backups=account.backups)


def _set_aside(path: Path) -> None:
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%S}"
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        file = path.with_name(name)
        if file.exists():
            file.rename(path.with_name(name.replace("work.db", f"work-damaged-{stamp}.db", 1)))


def _driver(connection: Any) -> Any:
    return connection.connection.driver_connection
