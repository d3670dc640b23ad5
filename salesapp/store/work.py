"""work.db: the representative's work. Every commit is durable; migrations make a backup first."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, Engine, select

from salesapp.errors import DeviceError
from salesapp.store import backup
from salesapp.store.encrypted import DamagedFileError, create_encrypted_engine, translate_errors
from salesapp.store.folders import AccountFolder
from salesapp.store.lock import backup_lock
from salesapp.store.migrations import HEAD
from salesapp.store.tables import flag

MIGRATING = Lock()
"""Alembic keeps the running migration in a module variable, so that a process can run only one."""

SCRIPTS = Path(__file__).parent / "migrations"

CHECKED_UP_TO_BYTES = 64 * 2**20
"""Larger files are only checked when the daily backup reads them anyway."""


class WorkStore:
    """An open work.db. Threads and processes may use one file at the same time."""

    def __init__(self, engine: Engine, account: AccountFolder, key: bytes) -> None:
        self.engine = engine
        self.account = account
        self.key = key

    @classmethod
    def open(cls, account: AccountFolder, key: bytes) -> "WorkStore":
        """Opens the file; makes or migrates it if necessary.

        Raises DeviceError: `device.work_damaged` (the file stays untouched) or `device.work_newer`.
        """
        engine = create_encrypted_engine(account.work_path, key, synchronous="FULL", cache_kib=16_384)
        try:
            with translate_errors(account.work_path):
                _check(engine, account.work_path)
                _migrate(engine, account, key)
                backup.make_daily(account, engine, key)
        except DamagedFileError as error:
            engine.dispose()
            raise DeviceError("device.work_damaged", path=account.work_path, backups=account.backups) from error
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, account, key)

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Yields a connection that sees one moment of the file."""
        with translate_errors(self.account.work_path), self.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            try:
                yield connection
            finally:
                connection.rollback()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Yields a transaction, which is on the disk once the block has ended without an error."""
        with translate_errors(self.account.work_path), self.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    def flag(self, name: str) -> str | None:
        with self.read() as connection:
            value: str | None = connection.execute(select(flag.c.value).where(flag.c.name == name)).scalar()
        return value

    def set_flag(self, name: str, value: str) -> None:
        with self.write() as connection:
            connection.exec_driver_sql("INSERT OR REPLACE INTO flag (name, value) VALUES (?, ?)", (name, value))


def _check(engine: Engine, path: Path) -> None:
    """Checks every page of the file; raises DamagedFileError."""
    if not path.exists() or path.stat().st_size > CHECKED_UP_TO_BYTES:
        return
    with engine.connect() as connection:
        backup.check(connection)


def _migrate(engine: Engine, account: AccountFolder, key: bytes) -> None:
    if schema_version(engine) == HEAD:
        return
    with backup_lock(account):
        version = schema_version(engine)  # another process may have migrated it meanwhile
        if version == HEAD:
            return
        if version is not None:
            if version > HEAD:
                raise DeviceError("device.work_newer")
            backup.copy(engine, account.backups / f"before-{HEAD}-from-{version}.db", key)
        upgrade(engine, HEAD)


def schema_version(engine: Engine) -> str | None:
    """Returns the revision of the file; None if it is empty."""
    with engine.connect() as connection:
        if not connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name='alembic_version'").first():
            return None
        version: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return version


def upgrade(engine: Engine, revision: str) -> None:
    """Runs the migrations up to a revision, all or none, in one transaction."""
    from alembic import command  # noqa: PLC0415  # half a second that only a migration needs
    from alembic.config import Config  # noqa: PLC0415  # costs a fifth of a second, and is needed for a migration only

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with MIGRATING, engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
        except BaseException:
            connection.rollback()
            raise
        connection.commit()
