"""Backups of a gateway: makes one file, even while it serves, and restores it to a folder with a new history.

A copy of the stopped gateway's folder works as well: the tablets' requests show the gateway that it is older.
"""

import os
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import func, select
from sqlalchemy.exc import DatabaseError

from salesapp import clock
from salesapp.disk import remove, remove_folder, replace
from salesapp.errors import UsageError
from salesapp.gateway.database import Database
from salesapp.gateway.folder import opened, serve_lock
from salesapp.gateway.histories import begin_history
from salesapp.gateway.intake import intake_lock
from salesapp.gateway.tables import submission

DATABASE = "gateway.db"
_LEFT_OUT = frozenset({"logs"})
"""Folders that a restored gateway does not need."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup holds. `newest` is when its last record was received (UTC); empty without one."""

    records: int
    newest: str


def make_backup(database: Database, target: Path) -> None:
    """Writes a consistent backup, even while the gateway serves; the file appears whole or not at all.

    Imports and publications wait for it, so that no file that the database names is removed meanwhile.
    """
    part, copy = target.with_name(f"{target.name}.part"), target.with_name(f"{target.name}.db.part")
    try:
        with intake_lock(database):
            _copy_database(database, copy)
            with tarfile.open(part, "w") as archive:
                archive.add(copy, DATABASE)
                for path in _files(database.folder):
                    archive.add(path, path.relative_to(database.folder).as_posix())
        part.chmod(0o600)
        replace(part, target)
    finally:
        remove(part)
        remove(copy)


def unpack(source: Path, folder: Path) -> Path:
    """Unpacks and checks a backup beside the gateway's folder; raises UsageError for no backup, or a damaged one."""
    staged = folder.with_name(f"{folder.name}.restoring")
    remove_folder(staged)
    staged.mkdir(mode=0o700, parents=True)
    try:
        with tarfile.open(source) as archive:
            archive.extractall(staged, filter="data")
        _check(staged)
    except (tarfile.TarError, EOFError, DatabaseError) as error:
        remove_folder(staged)
        raise UsageError(f"{source} is not a gateway backup, or is damaged: {error}") from error
    except BaseException:
        remove_folder(staged)
        raise
    return staged


def contents(staged: Path) -> Contents:
    """Returns what an unpacked backup holds."""
    with opened(staged) as database, database.read() as connection:
        count, newest = connection.execute(select(func.count(), func.max(submission.c.received_at))).one()
    return Contents(count, newest or "")


def put_in_place(staged: Path, folder: Path) -> Path | None:
    """Begins a new history in the unpacked backup and puts it in place of the gateway's folder.

    Returns where the former folder is kept. Raises UsageError while the gateway serves.
    """
    with opened(staged) as database, database.write() as connection:
        begin_history(connection)
    kept = None
    if folder.exists():
        check_stopped(folder)
        kept = folder.with_name(f"{folder.name}-before-{clock.now():%Y%m%dT%H%M%S}")
        replace(folder, kept)
    replace(staged, folder)
    return kept


def check_stopped(folder: Path) -> None:
    """Raises UsageError if the gateway in the folder is serving."""
    try:
        with FileLock(serve_lock(folder), timeout=0):
            return
    except Timeout:
        raise UsageError(f"the gateway in {folder} is serving: stop it first") from None


def _copy_database(database: Database, target: Path) -> None:
    remove(target)
    copied = Database(target.parent, target.name)
    try:
        with database.engine.connect() as source, copied.engine.connect() as destination:
            driver = source.connection.driver_connection
            driver.backup(destination.connection.driver_connection)  # type: ignore[union-attr]  # of sqlite3
            destination.exec_driver_sql("PRAGMA journal_mode=DELETE")
    finally:
        copied.close()


def _files(folder: Path) -> Iterator[Path]:
    """Yields the files that a gateway needs beside the database: segments, pictures, uploads, kept imports."""
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in _LEFT_OUT)
        for name in sorted(names):
            if not name.startswith(DATABASE) and not name.endswith((".lock", ".part")):
                yield Path(root) / name


def _check(staged: Path) -> None:
    if not (staged / DATABASE).exists():
        raise UsageError("this is not a gateway backup: it holds no database")
    with opened(staged) as database, database.read() as connection:
        if connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
            raise UsageError("the backup is damaged: its database cannot be read")
