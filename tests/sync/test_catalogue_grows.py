"""A 27th object needs only its class, and goes through a complete sync."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from salesapp.domain.catalogue import CATALOGUE, Catalogue
from salesapp.domain.rows import Row, reference, synchronized, text
from salesapp.domain.schema import ScopeRule
from salesapp.gateway import accounts
from salesapp.gateway.folder import create
from salesapp.store.catalog import CatalogStore
from salesapp.store.search import find
from tests.company import ListConnector, small_company
from tests.conftest import PASSWORD, GatewayUnderTest, Tablet, states


@synchronized(
    "customers.types", "Customer Types", natural_key=("code",), scope=(ScopeRule("customer"),), search=("name",)
)
class CustomerType(Row):
    code: str = text()
    name: str = text()
    customer: int | None = reference("customers.customers")


CUSTOMER_TYPES = CustomerType.OBJECT
GROWN = CATALOGUE.extended(CUSTOMER_TYPES)


@pytest.fixture
def grown(tmp_path: Path) -> Iterator[GatewayUnderTest]:
    company = small_company()
    company["customers.types"] = {"K": {"code": "K", "name": "Kiosk", "customer": "C1"}}
    database = create(tmp_path / "grown")
    under_test = GatewayUnderTest(database, ListConnector(company, GROWN), GROWN)
    under_test.take()
    accounts.add_user(database, "office", PASSWORD, None)
    under_test.start()
    yield under_test
    under_test.stop()
    database.close()


def test_that_a_27th_object_needs_only_its_class(tmp_path: Path, grown: GatewayUnderTest) -> None:
    tablet = Tablet(tmp_path / "tablet", grown, catalogue=GROWN)
    outcome = tablet.sync()
    assert outcome.outcome == "ok"
    assert len(outcome.objects) == len(CATALOGUE.objects) + 1
    assert outcome.objects[-1].key == "customers.types"
    assert states(outcome)["customers.types"] == "ok"
    assert outcome.objects[-1].rows == 1
    grown.connector.company["customers.types"]["K"]["name"] = "Kiosk with bread"
    grown.take()
    assert states(tablet.sync())["customers.types"] == "ok"
    store = CatalogStore.open(tablet.account.catalog_path, tablet.key, GROWN)
    assert find(store.connection, CUSTOMER_TYPES, "bre kio") != []
    store.close()


def test_that_an_older_app_synchronizes_the_objects_it_knows(tmp_path: Path, grown: GatewayUnderTest) -> None:
    tablet = Tablet(tmp_path / "tablet", grown)
    assert tablet.sync().outcome == "ok"
    assert tablet.sync().outcome == "ok"


def test_that_only_declared_objects_are_needed(tmp_path: Path, gateway: GatewayUnderTest) -> None:
    without_stock = tuple(entry for entry in CATALOGUE.objects if entry.key != "items.resources")
    tablet = Tablet(tmp_path / "tablet", gateway, catalogue=Catalogue(without_stock, CATALOGUE.auxiliary))
    assert tablet.sync().outcome == "ok"


def test_that_an_object_that_the_gateway_does_not_know_is_red(tmp_path: Path, gateway: GatewayUnderTest) -> None:
    tablet = Tablet(tmp_path / "tablet", gateway, catalogue=GROWN)
    outcome = tablet.sync()
    assert outcome.outcome == "failed"
    found = states(outcome)
    assert found.pop("customers.types") == "failed"
    assert set(found.values()) == {"ok"}
