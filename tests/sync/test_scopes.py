"""Two representatives with different scopes, over all objects."""

import hashlib
from collections.abc import Callable

import httpx
from sqlalchemy import select, update

from salesapp.domain.catalogue import CATALOGUE
from salesapp.gateway import accounts
from salesapp.gateway.tables import scope, segment
from salesapp.protocol.messages import PROTOCOL
from salesapp.store.catalog import CatalogStore
from tests.company import PICTURE
from tests.conftest import PASSWORD, GatewayUnderTest, Tablet, states


def rows(tablet: Tablet, table: str, columns: str) -> set[tuple[object, ...]]:
    store = CatalogStore.open(tablet.account.catalog_path, tablet.key, tablet.catalogue)
    try:
        return set(store.rows(f'SELECT {columns} FROM "{table}"'))
    finally:
        store.close()


def logon(gateway: GatewayUnderTest, user: str) -> dict[str, str]:
    answer = httpx.post(f"{gateway.url}/v1/logon", json={"user": user, "password": PASSWORD, "device": "d" + user})
    return {"Authorization": f"Bearer {answer.json()['token']}"}


def test_that_each_representative_gets_own_rows_and_those_of_the_profile(make_tablet: Callable[[str], Tablet]) -> None:
    first, second = make_tablet("rep1"), make_tablet("rep2")
    assert first.sync().outcome == "ok"
    assert second.sync().outcome == "ok"
    assert rows(first, "customers_customers", "code") == {("C1",)}
    assert rows(second, "customers_customers", "code") == {("C2",)}
    assert rows(first, "directories_price_types", "code") == {("RETAIL",)}
    assert rows(second, "directories_warehouses", "code") == {("W2",)}
    assert rows(first, "auxiliary_profiles", "code") == {("field",)}
    assert len(rows(first, "items_prices", "id")) == 4  # three of the list, one of the representative's customer
    assert len(rows(second, "items_prices", "id")) == 3
    assert rows(first, "additional_information_attribute_values", "value") == {("red",)}
    assert len(rows(second, "attachments_images", "id")) == 2
    assert rows(second, "auxiliary_document_states", "erp_number") == set()


def test_that_segments_and_images_of_another_representative_are_not_found(gateway: GatewayUnderTest) -> None:
    with gateway.database.read() as connection:
        names = dict(connection.execute(select(scope.c.id, scope.c.name)).all())
        found = connection.execute(select(segment.c.sha256, segment.c.scope, segment.c.object)).all()
    assert {row.object for row in found} == {entry.key for entry in CATALOGUE.all}
    theirs = {"rep2": ["rep:rep2", "profile:office", "price_list:WHOLESALE", "warehouse:W2"]}
    headers = logon(gateway, "rep1")
    for row in found:
        answer = httpx.get(f"{gateway.url}/v1/segments/{row.sha256}", headers=headers)
        expected = 404 if names[row.scope] in theirs["rep2"] else 200
        assert answer.status_code == expected, (row.object, names[row.scope])
    secret = hashlib.sha256(PICTURE + b"of C2").hexdigest()
    assert httpx.get(f"{gateway.url}/v1/media/{secret}", headers=headers).status_code == 404
    assert httpx.get(f"{gateway.url}/v1/media/{secret}", headers=logon(gateway, "rep2")).status_code == 200
    assert httpx.get(f"{gateway.url}/v1/media/{secret}").status_code == 401


def test_that_ranges_show_only_the_own_scopes(gateway: GatewayUnderTest) -> None:
    headers = logon(gateway, "rep1")
    manifest = httpx.post(f"{gateway.url}/v1/manifest", json={"protocol": PROTOCOL}, headers=headers)
    checkpoint = manifest.json()["checkpoint"]
    with gateway.database.read() as connection:
        names = dict(connection.execute(select(scope.c.id, scope.c.name)).all())
    own = {"everyone", "rep:rep1", "profile:field", "price_list:RETAIL", "warehouse:W1"}
    for entry in CATALOGUE.all:
        request = {"protocol": PROTOCOL, "key": entry.key, "checkpoint": checkpoint}
        answer = httpx.post(f"{gateway.url}/v1/ranges", json=request, headers=headers)
        assert {names[part["scope"]] for part in answer.json()["ranges"]} <= own


def test_that_a_reassigned_customer_moves_with_all_its_rows(
    make_tablet: Callable[[str], Tablet], gateway: GatewayUnderTest
) -> None:
    first, second = make_tablet("rep1"), make_tablet("rep2")
    first.sync(), second.sync()
    gateway.connector.company["customers.customers"]["C2"]["representative"] = "rep1"
    gateway.take()
    assert first.sync().outcome == "ok"
    assert second.sync().outcome == "ok"
    assert rows(first, "customers_customers", "code") == {("C1",), ("C2",)}
    assert rows(second, "customers_customers", "code") == set()
    assert ("secret of rep2",) in rows(first, "additional_information_attribute_values", "value")
    assert rows(second, "additional_information_attribute_values", "value") == {("red",)}


def test_that_a_change_of_the_profile_removes_and_brings_lists(
    make_tablet: Callable[[str], Tablet], gateway: GatewayUnderTest
) -> None:
    tablet = make_tablet("rep1")
    tablet.sync()
    gateway.connector.company["auxiliary.profiles"]["field"]["price_types"] = ["WHOLESALE"]
    gateway.take()
    outcome = tablet.sync()
    assert outcome.outcome == "ok", states(outcome)
    assert rows(tablet, "directories_price_types", "code") == {("WHOLESALE",)}
    assert len(rows(tablet, "items_prices", "id")) == 4


def test_that_a_user_without_the_profile_sees_everything(
    make_tablet: Callable[[str], Tablet], gateway: GatewayUnderTest
) -> None:
    tablet = make_tablet("rep1")
    tablet.sync()
    for profile, count in ((None, 2), ("field", 1)):
        with gateway.database.write() as connection:
            connection.execute(update(accounts.user).where(accounts.user.c.name == "rep1").values(profile=profile))
        assert tablet.sync().outcome == "ok"
        assert len(rows(tablet, "customers_customers", "code")) == count
