"""A quantity far above what is usual is asked about: it may be a slip of a finger or of a scanner."""

from decimal import Decimal
from typing import Any

import pytest

from salesapp.services import ordering
from salesapp.store.account_stores import AccountStores
from tests.conftest import Tablet
from tests.services.account_stores import key_of, stores_of

pytestmark = pytest.mark.clock
LINE = {"item": "I2", "unit": "pcs", "quantity": "3", "unit_price": "9.00", "net": "27.00"}


def with_history(tablet: Tablet, *documents: dict[str, Any]) -> None:
    """Documents of the ERP beside those of the company, each of I2."""
    company = tablet.gateway.connector.company
    first = company["auxiliary.documents"]["D1"] | {"representative": "rep1", "lines": [LINE]}
    for number, document in enumerate(documents):
        company["auxiliary.documents"][f"H{number}"] = first | {"erp_number": f"H/{number}"} | document
    company["items.units"]["I2B"] = company["items.units"]["I1B"] | {"item": "I2", "is_allowed": 1}
    tablet.gateway.take()


def asked(stores: AccountStores, quantity: str, unit: str = "pcs", item: str = "I2") -> dict[str, dict[str, str]]:
    """What is asked about an order of so much: code -> parameters."""
    cart = ordering.begin(stores, "sales_order", customer=key_of(stores, "customers.customers", "C1"))
    keys = key_of(stores, "items.forms", item), key_of(stores, "directories.units", unit)
    order = ordering.look_at(stores, cart.with_quantity(*keys, Decimal(quantity)))
    return {found.code: dict(found.params) for found in order.problems if found.code.startswith("quantity.")}


def test_that_more_than_ten_times_the_customers_largest_quantity_is_asked_about(make_tablet: Any) -> None:
    tablet: Tablet = make_tablet("rep1")
    with_history(
        tablet,
        {"customer": "C1"},
        {"customer": "C1", "lines": [LINE | {"quantity": "2"}]},
        {"customer": "C1", "type": "sales_quote", "lines": [LINE | {"quantity": "500"}]},
        {"customer": "C2", "lines": [LINE | {"quantity": "900"}]},
    )
    assert tablet.begin().outcome == "ok"
    with stores_of(tablet) as stores:
        assert asked(stores, "30") == {}
        assert asked(stores, "31") == {"quantity.unusual": {"largest": "3", "base_unit": "pcs"}}
        assert asked(stores, "2", "box") == {}, "24 pieces"
        assert "quantity.unusual" in asked(stores, "3", "box"), "36 pieces"


def test_that_an_item_that_only_others_ordered_is_measured_by_theirs(make_tablet: Any) -> None:
    tablet: Tablet = make_tablet("office")
    with_history(tablet, {"customer": "C2", "lines": [LINE | {"unit": "box", "quantity": "1"}]})
    assert tablet.begin().outcome == "ok"
    with stores_of(tablet) as stores:
        assert asked(stores, "120") == {}
        assert asked(stores, "121") == {"quantity.unusual": {"largest": "12", "base_unit": "pcs"}}


def test_that_an_item_without_a_history_is_asked_about_over_9999_base_units(make_tablet: Any) -> None:
    tablet: Tablet = make_tablet("rep1")
    with_history(tablet)
    assert tablet.begin().outcome == "ok"
    with stores_of(tablet) as stores:
        assert asked(stores, "9999") == {}
        assert asked(stores, "10000") == {"quantity.large": {"quantity": "10000", "of_unit": "pcs"}}
        assert "quantity.large" in asked(stores, "834", "box"), "10,008 pieces"


def test_that_own_orders_on_the_device_count_as_history_and_the_order_itself_does_not(make_tablet: Any) -> None:
    tablet: Tablet = make_tablet("rep1")
    with_history(tablet)
    assert tablet.begin().outcome == "ok"
    with stores_of(tablet) as stores:
        cart = ordering.begin(stores, "sales_order", customer=key_of(stores, "customers.customers", "C1"))
        keys = key_of(stores, "items.forms", "I2"), key_of(stores, "directories.units", "pcs")
        order, record = ordering.keep(stores, cart.with_quantity(*keys, Decimal(4)), "")
        ordering.confirm(stores, order)
        assert "quantity.unusual" in asked(stores, "41")
        again = ordering.look_at(stores, cart.with_quantity(*keys, Decimal(41)), record)
        assert not [found for found in again.problems if found.code.startswith("quantity.")]


def test_that_the_profiles_limit_asks_before_the_history_does(make_tablet: Any) -> None:
    tablet: Tablet = make_tablet("rep1")
    with_history(tablet, {"customer": "C1"})
    for profile in tablet.gateway.connector.company["auxiliary.profiles"].values():
        profile["maximum_quantity"] = 20 * 10_000
    tablet.gateway.take()
    assert tablet.begin().outcome == "ok"
    with stores_of(tablet) as stores:
        assert asked(stores, "20") == {}
        over = {"quantity": "21", "limit": "20", "base_unit": "pcs"}
        assert asked(stores, "21") == {"quantity.over_limit": over}
        assert asked(stores, "40").keys() == {"quantity.over_limit"}, "one question a line"
        assert asked(stores, "2", "box").keys() == {"quantity.over_limit"}, "24 pieces"
