"""Tablets drop rows that an accepted import removes, and keep them otherwise."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from salesapp.domain.catalogue import CATALOGUE
from salesapp.gateway import accounts
from salesapp.gateway.folder import open_gateway, remembered_source
from salesapp.gateway.intake import import_all
from salesapp.gateway.publisher import publish
from salesapp.store.catalog import CatalogStore
from tests.company import ListConnector
from tests.conftest import PASSWORD, GatewayUnderTest, Tablet
from tests.gateway.office import ITEMS, Office, item, small_office

MANY = 120


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = small_office(tmp_path / "office", MANY)
    office.init()
    return office


@pytest.fixture
def tablet(tmp_path: Path, office: Office) -> Iterator[Tablet]:
    """A synchronized tablet of the office's gateway."""
    with closing(open_gateway(office.data)) as database:
        accounts.add_user(database, "office", PASSWORD, None)
        gateway = GatewayUnderTest(database, ListConnector())
        gateway.start()
        tablet = Tablet(tmp_path / "tablet", gateway)
        assert tablet.sync().outcome == "ok"
        yield tablet
        gateway.stop()


def items_on(tablet: Tablet) -> int:
    store = CatalogStore.open(tablet.account.catalog_path, tablet.key, CATALOGUE)
    try:
        return store.count(ITEMS)
    finally:
        store.close()


def test_that_a_tablet_keeps_its_rows_until_the_office_accepts_the_import(office: Office, tablet: Tablet) -> None:
    office.write(ITEMS, [], *item(0))
    assert office.take().exit_code == 8
    assert (tablet.sync().outcome, items_on(tablet)) == ("ok", MANY)
    kept = office.json("imports")[0]["id"]
    assert office.run("imports", "accept", str(kept)).exit_code == 0
    assert (tablet.sync().outcome, items_on(tablet)) == ("ok", 0)


def test_that_a_tablet_keeps_rows_that_a_gateway_lost_without_confirmation(office: Office, tablet: Tablet) -> None:
    office.write(ITEMS, [], *item(0))
    database = tablet.gateway.database
    import_all(database, CATALOGUE, remembered_source(database).connector(CATALOGUE))
    publish(database, CATALOGUE)
    assert (tablet.sync().outcome, items_on(tablet)) == ("failed", MANY)
