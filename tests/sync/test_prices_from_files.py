"""Prices of a customer or a class in one list, from a cell of an export to the tablet and to the gateway's check."""

from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from salesapp import clock
from salesapp.gateway import accounts
from salesapp.gateway.folder import open_gateway
from salesapp.services import ordering
from salesapp.services.price_tags import price_tags
from tests.company import ListConnector
from tests.conftest import PASSWORD, GatewayUnderTest, Tablet
from tests.gateway.office import LISTS, PRICES, Office, price, small_office
from tests.gateway.pricing_desk import PricingDesk, desk_of

EMPTY = {"customer": "", "customer_class": ""}
OF_C1, OF_B = EMPTY | {"customer": "C1"}, EMPTY | {"customer_class": "B"}
OFF = {"discount_type": "OFF", "unit": ""}
PERCENT = {"value_kind": "percent"}
PAID = {
    "C1": ("8.00", "10.00", "7.00"),
    "C2": ("10.00", "9.50", "6.00"),
    "C3": ("10.00", "10.00", "10.00"),
}
"""What each customer pays for each item of the list NET."""
LINES = [(f"I{number}", "PCS", "1", "0") for number in range(3)]


def shop(root: Path) -> Office:
    """A shop with two lists; C2 is of the class B. Each item has a row for a customer or a class, in the list NET."""
    office = small_office(root)
    lists = {"is_gross": "no", "currency": "PLN", "decimals": 2}
    rows = [{"key": key, "code": key, "name": key, "priority": number} for number, key in enumerate(("NET", "SALE"))]
    office.write(LISTS, [lists | row for row in rows])
    office.write("directories_price_discount_types", [{"code": "OFF", "name": "Off", "kind": "discount"} | PERCENT])
    customer = {"kind": "company", "status": "active", "representative": "rep1"}
    codes = {"C1": "A", "C2": "B", "C3": "A"}
    office.write(
        "customers_customers",
        [customer | {"key": key, "code": key, "name": key, "customer_class": of} for key, of in codes.items()],
    )
    profile = {"code": "field", "name": "Field", "stock_rule": "ignore", "credit_rule": "ignore"}
    office.write("auxiliary_profiles", [profile | {"price_age_rule": "ignore", "price_types": '["NET", "SALE"]'}])
    office.write(PRICES, [one | {"key": str(number)} for number, one in enumerate(priced(), 1)])
    return office


def priced() -> Iterator[dict[str, object]]:
    for name in ("NET", "SALE"):
        yield from (price(number, price_type=name) | EMPTY for number in range(3))
    yield price(0, "20", level="customer_item") | OF_C1 | OFF
    yield price(1, "5", level="customer_class_item") | OF_B | OFF
    yield price(2, "7.00") | OF_C1
    yield price(2, "6.00") | OF_B


@pytest.fixture
def driver(tmp_path: Path) -> Iterator[PricingDesk]:
    office = shop(tmp_path / "office")
    assert "set aside" not in office.init().output
    with closing(open_gateway(office.data)) as database:
        accounts.add_user(database, "rep1", PASSWORD, "field")
        gateway = GatewayUnderTest(database, ListConnector())
        gateway.start()
        with desk_of(Tablet(tmp_path / "tablet", gateway, user="rep1")) as found:
            yield found
        gateway.stop()


def test_that_prices_of_a_customer_or_class_in_a_list_are_theirs_on_the_tablet(driver: PricingDesk) -> None:
    items = [driver.key("items.forms", f"I{number}") for number in range(3)]
    for customer, paid in PAID.items():
        tags = price_tags(driver.stores, items, driver.key("customers.customers", customer), clock.today())
        assert tuple(str(tags[item].value) for item in items) == paid, customer


def test_that_the_gateway_checks_them_with_the_same_prices(driver: PricingDesk) -> None:
    for customer, paid in PAID.items():
        payload = driver.payload(driver.cart(*LINES, customer=customer))
        assert tuple(line["unit_price"] for line in payload["lines"]) == paid, customer
        receipt, seen = driver.send(payload)
        assert (receipt["state"], seen.check, seen.flags) == ("received", "equal", ()), customer


def test_that_in_another_list_everybody_pays_its_price(driver: PricingDesk) -> None:
    for customer in PAID:
        cart = driver.cart(*LINES, customer=customer, price_type=driver.key("directories.price_types", "SALE"))
        look = ordering.look_at(driver.stores, cart)
        assert [line.unit_price_net for line in look.priced.lines] == [Decimal("10.00")] * 3
