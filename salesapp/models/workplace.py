"""The screens' access to the account's data: small reads at once, everything else outside the window's thread."""

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from salesapp.models.background import Background
from salesapp.models.sync_runner import Tablet

if TYPE_CHECKING:
    from salesapp.models.account_files import AccountFiles
    from salesapp.store.account_stores import AccountStores

P = ParamSpec("P")
T = TypeVar("T")


class Workplace:
    """The files of the logged-on account, opened on first use; `close` closes them."""

    def __init__(self, tablet: Tablet, background: Background) -> None:
        self._tablet = tablet
        self._background = background
        self._stores: AccountStores | None = None
        self._files: AccountFiles | None = None
        self._lock = Lock()

    @property
    def stores(self) -> "AccountStores":
        """Returns the stores for reads of about a millisecond in the window's thread: a page of rows, one record.

        Raises DeviceError for unreadable files.
        """
        if self._stores is None:
            self._stores = self._open()
        return self._stores

    async def run(self, work: "Callable[Concatenate[AccountStores, P], T]", *args: P.args, **kwargs: P.kwargs) -> T:
        """Calls a service with its own files, outside the window's thread, in the order of the calls."""

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
        if self._files is not None:
            self._files.close()

    def _open(self) -> "AccountStores":
        return self._account_files().open()

    def picture(self, sha256: str) -> bytes | None:
        """Returns the content of a catalogue picture or an own file; None if it is not on the device (yet)."""
        return self._account_files().picture(self.stores, sha256)

    def _account_files(self) -> "AccountFiles":
        from salesapp.models.account_files import AccountFiles  # noqa: PLC0415  # the first frame does not wait for it

        with self._lock:
            if self._files is None:
                self._files = AccountFiles(self._tablet)
            return self._files
