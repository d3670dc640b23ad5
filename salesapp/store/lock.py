"""One sync and one backup at a time per account folder, across processes; a crash releases the locks."""

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from salesapp.errors import DeviceError
from salesapp.store.folders import AccountFolder


@contextmanager
def sync_lock(account: AccountFolder) -> Iterator[None]:
    """Holds the folder's lock, or raises DeviceError("device.busy") at once."""
    lock = FileLock(account.lock_path, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise DeviceError("device.busy") from error
    try:
        yield
    finally:
        lock.release()


def backup_lock(account: AccountFolder) -> FileLock:
    """Returns the lock for copying or migrating work.db; on a new day the window and the engine may both do so."""
    return FileLock(account.path / "backup.lock")
