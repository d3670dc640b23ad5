"""The account's data as screens reach them: small reads at once, everything else beside the window's thread."""

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from salesapp.models.background import Background
from salesapp.models.sync_runner import Tablet

if TYPE_CHECKING:
    from salesapp.store.account_stores import AccountStores
    from salesapp.store.folders import AccountFolder
    from salesapp.store.work import WorkStore

P = ParamSpec("P")
T = TypeVar("T")


class Workplace:
    """The files of the account that is logged on. Opened when first needed; `let_go` closes them."""

    def __init__(self, tablet: Tablet, background: Background) -> None:
        self._tablet = tablet
        self._background = background
        self._stores: AccountStores | None = None
        self._work: WorkStore | None = None
        self._lock = Lock()

    @property
    def stores(self) -> "AccountStores":
        """For what takes a millisecond, in the window's thread: a page of rows, one record.

        Raises DeviceError for files that cannot be read.
        """
        if self._stores is None:
            self._stores = self._open()
        return self._stores

    async def run(self, work: "Callable[Concatenate[AccountStores, P], T]", *args: P.args, **kwargs: P.kwargs) -> T:
        """Calls a service with files of its own, beside the window's thread, in the order of asking."""

        def whole() -> T:
            stores = self._open()
            try:
                return work(stores, *args, **kwargs)
            finally:
                stores.catalog.close()

        return await self._background.run(whole)

    def close(self) -> None:
        """Closes the files, for example before the catalogue is replaced; the next read opens them again."""
        if self._stores is not None:
            self._stores.catalog.close()
            self._stores = None
        with self._lock:
            if self._work is not None:
                self._work.close()
                self._work = None

    def _open(self) -> "AccountStores":
        from salesapp.store.account_stores import AccountStores  # noqa: PLC0415  # the first frame does not wait for the files
        from salesapp.store.catalog_reader import CatalogReader  # noqa: PLC0415  # what takes time to import waits until it is used
        from salesapp.store.folders import DataFolder  # noqa: PLC0415  # the first frame does not wait for the files
        from salesapp.store.keys import load_key  # noqa: PLC0415  # the first frame does not wait for the files

        key = load_key(self._tablet.root, self._tablet.key_file)
        account = DataFolder(self._tablet.root).last()
        if account is None:
            raise LookupError("nobody is logged on")
        return AccountStores(account, CatalogReader(account.catalog_path, key), self._open_work(account, key))

    def _open_work(self, account: "AccountFolder", key: bytes) -> "WorkStore":
        from salesapp.store.work import WorkStore  # noqa: PLC0415  # the first frame does not wait for the files

        with self._lock:
            if self._work is None or self._work.account.path != account.path:
                self._work = WorkStore.open(account, key)
            return self._work

    def picture(self, sha256: str) -> bytes | None:
        """The content of a picture of the catalogue or an own file; None when it is not on the device (yet)."""
        from salesapp.store.pictures import read_picture  # noqa: PLC0415  # the first frame does not wait for the files

        return read_picture(self.stores, sha256)
