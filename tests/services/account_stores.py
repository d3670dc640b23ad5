"""The files of a synchronized tablet, as services read and write them."""

from collections.abc import Iterator
from contextlib import contextmanager

from salesapp.domain.catalogue import CATALOGUE
from salesapp.store.account_stores import AccountStores
from salesapp.store.catalog_reader import CatalogReader
from tests.conftest import Tablet


@contextmanager
def stores_of(tablet: Tablet) -> Iterator[AccountStores]:
    """Opens the files of a synchronized tablet."""
    work, catalog = tablet.work(), CatalogReader(tablet.account.catalog_path, tablet.key)
    try:
        yield AccountStores(tablet.account, catalog, work)
    finally:
        catalog.close()
        work.close()


def key_of(stores: AccountStores, object_key: str, code: str) -> int:
    """The device's key of the row with this code."""
    table = CATALOGUE.by_key[object_key].table
    return int(stores.catalog.query(f'SELECT id FROM "{table}" WHERE code=?', (code,))[0][0])
