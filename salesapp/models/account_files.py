"""Opens the files of the logged-on account. Slow to import: only `workplace.py` imports it, when first needed."""

from threading import Lock

from salesapp.models.sync_runner import Tablet
from salesapp.store.account_stores import AccountStores
from salesapp.store.catalog_reader import CatalogReader
from salesapp.store.folders import AccountFolder, DataFolder
from salesapp.store.keys import load_key
from salesapp.store.pictures import read_picture
from salesapp.store.work import WorkStore


class AccountFiles:
    """Opens new stores on each call; all threads share one work file."""

    def __init__(self, tablet: Tablet) -> None:
        self._tablet = tablet
        self._work: WorkStore | None = None
        self._lock = Lock()

    def open(self) -> AccountStores:
        """Opens the stores. Raises LookupError if nobody is logged on, DeviceError for unreadable files."""
        key = load_key(self._tablet.root, self._tablet.key_file)
        account = DataFolder(self._tablet.root).last()
        if account is None:
            raise LookupError("nobody is logged on")
        return AccountStores(account, CatalogReader(account.catalog_path, key), self._open_work(account, key))

    def _open_work(self, account: AccountFolder, key: bytes) -> WorkStore:
        with self._lock:
            if self._work is None or self._work.account.path != account.path:
                self._work = WorkStore.open(account, key)
            return self._work

    def close(self) -> None:
        with self._lock:
            if self._work is not None:
                self._work.close()
                self._work = None

    def picture(self, stores: AccountStores, sha256: str) -> bytes | None:
        """Returns the content of a picture or an own file; None if it is not on the device (yet)."""
        return read_picture(stores, sha256)
