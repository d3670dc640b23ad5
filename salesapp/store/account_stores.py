"""The two files of an account, open: what services read and write."""

from dataclasses import dataclass

from salesapp.store.catalog_reader import CatalogReader
from salesapp.store.folders import AccountFolder
from salesapp.store.work import WorkStore


@dataclass(frozen=True, slots=True)
class AccountStores:
    """`catalog` only reads, one thread at a time; threads may share `work`."""

    account: AccountFolder
    catalog: CatalogReader
    work: WorkStore

    @property
    def key(self) -> bytes:
        """The key of the account's files."""
        return self.work.key
