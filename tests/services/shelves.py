"""The files of a synchronized tablet, as services read and write them."""

from collections.abc import Iterator
from contextlib import contextmanager

from salesapp.store.browse import Browser
from salesapp.store.shelf import Shelf
from tests.conftest import Tablet


@contextmanager
def shelf_of(tablet: Tablet) -> Iterator[Shelf]:
    """The files of a tablet that has been synchronized."""
    work, catalog = tablet.work(), Browser(tablet.account.catalog_path, tablet.key)
    try:
        yield Shelf(tablet.account, catalog, work)
    finally:
        catalog.close()
        work.close()


def key_of(shelf: Shelf, object_key: str, code: str) -> int:
    """The device's key of the row with this code."""
    found = shelf.catalog.rows(object_key, "code=?", (code,))[0]["id"]
    assert isinstance(found, int)
    return found
