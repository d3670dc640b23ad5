"""One sync per account folder, across processes; a crash releases the lock."""

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
