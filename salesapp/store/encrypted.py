"""Encrypted SQLite: makes engines on SQLCipher with a raw key, and translates its errors."""

import logging
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Literal

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from salesapp.disk import write_failed
from salesapp.errors import DeviceError
from salesapp.store.cipher import PAGE_SIZE

log = logging.getLogger(__name__)

BUSY_SECONDS = 30
FULL_BELOW_BYTES = 2**20
_DAMAGED = ("file is not a database", "malformed", "file is encrypted", "disk image", "hmac check failed")
_FULL = "database or disk is full"
_WRITE_FAILED = ("disk i/o error", "readonly database", "unable to open")


class DamagedFileError(Exception):
    """The file does not open with this key, or is damaged."""


def create_encrypted_engine(
    path: Path,
    key: bytes,
    *,
    synchronous: Literal["NORMAL", "FULL"] = "NORMAL",
    cache_kib: int = 65_536,
    read_only: bool = False,
) -> Engine:
    """Makes an engine whose connections set the key first, use WAL mode, and begin no transaction by themselves."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        module=sqlcipher,
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=8,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
    )

    pragmas = _opening(key)
    pragmas += ["query_only=ON"] if read_only else ["journal_mode=WAL", f"synchronous={synchronous}"]
    pragmas += [f"cache_size=-{cache_kib}", "temp_store=MEMORY", "foreign_keys=OFF"]

    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        try:
            for pragma in pragmas:
                connection.execute(f"PRAGMA {pragma}").close()
        except BaseException:
            connection.close()
            raise

    event.listen(engine, "connect", prepare, insert=True)
    return engine


def copy_over(source: Path, target: Path, key: bytes) -> None:
    """Copies a database over another one with the same key, reading only its first page. Raises sqlcipher.Error."""
    with closing(_bare(source, key)) as copied, closing(_bare(target, key)) as replaced:
        copied.backup(replaced)


def _bare(path: Path, key: bytes) -> Any:
    """Opens a connection without reading the schema, which may be damaged."""
    connection = sqlcipher.connect(str(path), timeout=BUSY_SECONDS)
    for pragma in _opening(key):
        connection.execute(f"PRAGMA {pragma}").close()
    return connection


def _opening(key: bytes) -> list[str]:
    """Returns the pragmas that must come first."""
    return [f"key = \"x'{key.hex()}'\"", f"cipher_page_size={PAGE_SIZE}", "cipher_log_level=NONE"]


@contextmanager
def translate_errors(path: Path) -> Iterator[None]:
    """Translates errors of SQLite and the disk: DamagedFileError, or DeviceError for a full or failing disk."""
    try:
        yield
    except (DBAPIError, sqlcipher.Error) as error:
        text = str(error).lower()
        if any(sign in text for sign in _DAMAGED):
            raise DamagedFileError(path.name) from error
        if _FULL in text:
            raise DeviceError("device.disk_full", needed="more", free="too few") from error
        if any(sign in text for sign in _WRITE_FAILED):
            if _is_full(path):
                raise DeviceError("device.disk_full", needed="more", free="too few") from error
            raise DeviceError("device.write_failed", reason=str(error).splitlines()[0]) from error
        raise
    except OSError as error:
        raise write_failed(error) from error


@contextmanager
def translate_os_errors() -> Iterator[None]:
    """Translates errors of the disk to DeviceError."""
    try:
        yield
    except OSError as error:
        raise write_failed(error) from error


def _is_full(path: Path) -> bool:
    """Whether the disk is full. SQLite reports an I/O error if it cannot make the files beside the database."""
    try:
        return shutil.disk_usage(path.parent).free < FULL_BELOW_BYTES
    except OSError:
        return False
