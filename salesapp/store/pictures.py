"""Reads pictures and files by digest: of the catalogue, and those that the representative added."""

import hashlib
import logging
from pathlib import Path

from salesapp.disk import sweep
from salesapp.errors import DeviceError
from salesapp.store import records
from salesapp.store.account_stores import AccountStores
from salesapp.store.sealed import SealedDamagedError, read_sealed

log = logging.getLogger(__name__)


def read_picture(stores: AccountStores, sha256: str) -> bytes | None:
    """Returns the content of a picture; None if it is not on the device (yet).

    Removes a damaged file of the catalogue, which the next sync fetches again. A damaged file that the representative
    added stays, because nothing can replace it. Raises DeviceError for that one, and for a file that cannot be read.
    """
    media, own = stores.account.media / sha256[:2] / f"{sha256}.sealed", stores.account.own_file(sha256)
    if media.exists():
        before = _version(media)
        if (content := content_of(media, stores.key, sha256)) is not None:
            return content
        if _version(media) == before:  # else the sync has just replaced it
            log.warning("a picture is damaged and is fetched again by the next sync: %s", sha256)
            sweep([media])
    if not own.exists():
        return None
    content = content_of(own, stores.key, sha256)
    if content is None:
        with stores.work.read() as connection:
            raise DeviceError("device.own_file_damaged", name=records.file_name(connection, sha256))
    return content


def content_of(path: Path, key: bytes, sha256: str) -> bytes | None:
    """Returns the content of a sealed file; None for another digest. Raises DeviceError if the file is locked."""
    try:
        content = b"".join(read_sealed(path, key))
    except SealedDamagedError:
        return None
    except DeviceError as error:
        if error.code == "device.file_held":
            raise
        return None  # the disk cannot read it
    return content if hashlib.sha256(content).hexdigest() == sha256 else None


def is_damaged(path: Path, key: bytes, sha256: str) -> bool:
    """Whether a sealed file certainly does not have this digest; False for a file that is locked."""
    try:
        return content_of(path, key, sha256) is None
    except DeviceError:
        return False


def _version(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
