"""Rows for prices: all that an item in sight needs, and nothing of other items or customers."""

from collections.abc import Iterator

import pytest

from salesapp.domain.price_rules.price_inputs import with_parents
from salesapp.services.price_rows import Row, directory, profile_of, rows_for
from salesapp.store.account_stores import AccountStores
from tests.conftest import Tablet
from tests.services.account_stores import key_of, shelf_of


@pytest.fixture
def stores(tablet: Tablet) -> Iterator[AccountStores]:
    """What the tests below read, of a company with prices on every level."""
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
    with shelf_of(tablet) as found:
        yield found


def test_that_prices_of_the_item_its_groups_and_the_customer_are_there_and_no_others(stores: AccountStores) -> None:
    item, first = key_of(stores, "items.forms", "I1"), key_of(stores, "customers.customers", "C1")
    second, top = key_of(stores, "customers.customers", "C2"), key_of(stores, "items.groups", "G1")
    prices = rows_for(stores, [item], first)["items.prices"]
    assert {price["item"] for price in prices} == {item, None}
    assert [price["item_group"] for price in prices if price["item"] is None] == [top]
    assert {price["customer"] for price in prices} == {None, first}
    assert {price["customer"] for price in rows_for(stores, [item], second)["items.prices"]} == {None, second}
    assert {price["customer"] for price in rows_for(stores, [item], None)["items.prices"]} == {None}


def test_that_promotions_for_the_item_its_groups_and_everything_are_there_with_what_they_give(
    stores: AccountStores,
) -> None:
    rows = rows_for(stores, [key_of(stores, "items.forms", "I1")], None)
    assert {header["code"] for header in rows["promotions.headers"]} == {"P", "ALL", "GROUP"}
    assert {form["code"] for form in rows["items.forms"]} == {"I1", "I3"}, "and the item that is given free"
    codes = {row["promotion"] for row in rows["promotions.items"]}
    assert codes == {row["id"] for row in rows["promotions.headers"] if row["code"] in {"P", "GROUP"}}


def test_that_no_items_need_no_prices(stores: AccountStores) -> None:
    rows = rows_for(stores, [], None)
    assert rows["items.prices"] == rows["items.forms"] == rows["items.units"] == []
    assert rows["auxiliary.profiles"], "directories are there all the same"


def test_that_directories_are_read_anew_when_the_catalogue_has_changed(stores: AccountStores, tablet: Tablet) -> None:
    before = directory(stores.catalog, "directories.units")
    assert directory(stores.catalog, "directories.units") is before
    tablet.gateway.connector.company["directories.units"]["PCS"]["name"] = "Each"
    tablet.gateway.take()
    assert tablet.sync().outcome == "ok"
    assert "Each" in {unit["name"] for unit in directory(stores.catalog, "directories.units")}


def test_that_the_profile_is_the_one_of_the_representative(tablet: Tablet) -> None:
    tablet.user = "rep1"
    assert tablet.sync().outcome == "ok"
    with shelf_of(tablet) as found:
        profile = profile_of(found.catalog)
        assert profile is not None
        assert profile["code"] == "field"


def test_that_groups_come_with_all_groups_above_them_even_in_a_circle() -> None:
    groups: list[Row] = [
        {"id": 1, "parent": None},
        {"id": 2, "parent": 1},
        {"id": 3, "parent": 2},
        {"id": 4, "parent": 5},
    ]
    groups += [{"id": 5, "parent": 4}]
    assert with_parents({3}, groups) == {1, 2, 3}
    assert with_parents({4}, groups) == {4, 5}
    assert with_parents({9}, groups) == {9}
