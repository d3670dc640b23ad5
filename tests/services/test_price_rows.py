"""Rows for prices: all that a visible item needs, and none of other items or customers."""

from collections.abc import Iterator

import pytest

from salesapp.domain.objects.auxiliary import Profile
from salesapp.domain.objects.directories import Unit
from salesapp.domain.objects.items import Item, ItemGroup, ItemUnit, Price
from salesapp.domain.objects.promotions import Promotion, PromotionItem
from salesapp.domain.price_rules.price_inputs import with_parents
from salesapp.domain.rows import Row
from salesapp.services.price_rows import directory, profile_of, rows_for
from salesapp.store.account_stores import AccountStores
from tests.conftest import Tablet
from tests.services.account_stores import key_of, stores_of


@pytest.fixture
def stores(tablet: Tablet) -> Iterator[AccountStores]:
    """The files for the tests below, of a company with prices on every level."""
    company = tablet.gateway.connector.company
    price = {"discount_type": "D", "value": 50_000, "minimum_quantity": 0}
    company["items.prices"] |= {
        "top group": price | {"level": "item_group", "item_group": "G1"},
        "of C2": price | {"level": "customer_item", "customer": "C2", "item": "I1"},
    }
    company["promotions.headers"] |= {
        "ALL": company["promotions.headers"]["P"] | {"code": "ALL"},
        "GROUP": company["promotions.headers"]["P"]
        | {
            "code": "GROUP",
            "kind": "free_goods",
            "scales": [{"from": "1", "per": "1", "free": "1", "item": "I3"}],
        },
        "OTHER": company["promotions.headers"]["P"] | {"code": "OTHER"},
    }
    company["promotions.items"] |= {
        "G": {"promotion": "GROUP", "item_group": "G1"},
        "O": {"promotion": "OTHER", "item": "I2"},
    }
    tablet.gateway.take()
    assert tablet.begin().outcome == "ok"
    with stores_of(tablet) as found:
        yield found


def test_that_only_prices_of_the_item_its_groups_and_the_customer_are_read(stores: AccountStores) -> None:
    item, first = key_of(stores, "items.forms", "I1"), key_of(stores, "customers.customers", "C1")
    second, top = key_of(stores, "customers.customers", "C2"), key_of(stores, "items.groups", "G1")
    prices = rows_for(stores, [item], first).all(Price)
    assert {price.item for price in prices} == {item, None}
    assert [price.item_group for price in prices if price.item is None] == [top]
    assert {price.customer for price in prices} == {None, first}
    assert {price.customer for price in rows_for(stores, [item], second).all(Price)} == {None, second}
    assert {price.customer for price in rows_for(stores, [item], None).all(Price)} == {None}


def test_that_promotions_for_the_item_its_groups_and_everything_are_read_with_their_gifts(
    stores: AccountStores,
) -> None:
    rows = rows_for(stores, [key_of(stores, "items.forms", "I1")], None)
    assert {promotion.code for promotion in rows.all(Promotion)} == {"P", "ALL", "GROUP"}
    assert {item.code for item in rows.all(Item)} == {"I1", "I3"}, "and the item that is given free"
    codes = {match.promotion for match in rows.all(PromotionItem)}
    assert codes == {row.id for row in rows.all(Promotion) if row.code in {"P", "GROUP"}}


def test_that_no_items_need_no_prices(stores: AccountStores) -> None:
    rows = rows_for(stores, [], None)
    kinds: tuple[type[Row], ...] = (Price, Item, ItemUnit)
    assert [rows.all(kind) for kind in kinds] == [[], [], []]
    assert rows.all(Profile), "directories are there all the same"


def test_that_directories_are_reread_when_the_catalogue_has_changed(stores: AccountStores, tablet: Tablet) -> None:
    before = directory(stores.catalog, Unit)
    assert directory(stores.catalog, Unit) is before
    tablet.gateway.connector.company["directories.units"]["PCS"]["name"] = "Each"
    tablet.gateway.take()
    assert tablet.sync().outcome == "ok"
    assert "Each" in {unit.name for unit in directory(stores.catalog, Unit)}


def test_that_the_profile_is_that_of_the_representative(tablet: Tablet) -> None:
    tablet.user = "rep1"
    assert tablet.sync().outcome == "ok"
    with stores_of(tablet) as found:
        profile = profile_of(found.catalog)
        assert profile is not None
        assert profile.code == "field"


def test_that_groups_are_read_with_all_parents_even_in_a_circle() -> None:
    parents = {1: None, 2: 1, 3: 2, 4: 5, 5: 4}
    groups = [ItemGroup.of(key, parent=parent) for key, parent in parents.items()]
    assert with_parents({3}, groups) == {1, 2, 3}
    assert with_parents({4}, groups) == {4, 5}
    assert with_parents({9}, groups) == {9}
