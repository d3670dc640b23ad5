"""Returns at the gateway: priced as on the tablet, compared with what was sold, delivered as a kind of their own."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from salesapp.domain.documents import Cart, CartLine
from salesapp.services import ordering, returning
from tests.conftest import Tablet
from tests.gateway.pricing_desk import PricingDesk, desk_of
from tests.gateway.test_repricing import priced_company

MakeTablet = Callable[[str], Tablet]
D = Decimal
REASON = "Damaged"


@pytest.fixture
def driver(make_tablet: MakeTablet) -> Iterator[PricingDesk]:
    company = priced_company()
    company["auxiliary.profiles"]["field"]["document_types"] = ["sales_order", "sales_quote", "sales_return"]
    company["auxiliary.documents"] = {
        "old": {
            "type": "sales_order",
            "erp_number": "ZS/1",
            "number": "SO-9/01/26/X",
            "customer": "C1",
            "issued_on": "2026-02-01",
            "currency": "PLN",
            "net": 200_000,
            "vat": 46_000,
            "gross": 246_000,
            "lines": [{"item": "D01", "unit": "pcs", "quantity": "10", "unit_price": "2.00", "net": "20.00"}],
        }
    }
    with desk_of(make_tablet("rep1"), company) as found:
        yield found


def returned(driver: PricingDesk, quantity: str, paid: str | None, number: str = "", **more: Any) -> Cart:
    made = driver.cart(("D01", "PCS", quantity, "0"), **more)
    line = replace(made.lines[0], own_price=None if paid is None else D(paid), reason=REASON, returned_from=number)
    return replace(made, type="sales_return", lines=(line,))


def codes(seen: Any) -> list[str]:
    return [flag.code for flag in seen.flags]


@pytest.mark.parametrize("customer", ["C1", "C3", "CG"])
def test_that_a_return_is_priced_at_the_gateway_as_on_the_tablet(driver: PricingDesk, customer: str) -> None:
    payload = driver.payload(returned(driver, "3", "1.99", customer=customer))
    assert D(payload["lines"][0]["quantity"]) == -3
    assert max(D(payload[name]) for name in ("net", "vat", "gross")) < 0
    receipt, seen = driver.send(payload)
    assert (receipt["state"], seen.check, seen.flags) == ("received", "equal", ())
    without = driver.payload(returned(driver, "3", None, customer=customer))
    assert driver.send(without)[1].check == "equal", "at today's price"


@pytest.mark.parametrize(
    ("quantity", "paid", "number", "flags"),
    [
        ("10", "2.00", "ZS/1", []),
        ("10", "2.00", "SO-9/01/26/X", []),
        ("11", "2.00", "ZS/1", ["return.more_than_sold"]),
        ("1", "2.02", "ZS/1", ["return.price_above"]),
        ("1", "2.00", "ZS/2", ["return.unknown_document"]),
        ("1", "99.00", "", ["return.price_of_its_own"]),
    ],
)
def test_that_a_return_that_differs_from_what_was_sold_is_flagged(
    driver: PricingDesk, quantity: str, paid: str, number: str, flags: list[str]
) -> None:
    receipt, seen = driver.send(driver.payload(returned(driver, quantity, paid, number)))
    assert (receipt["state"], codes(seen)) == ("received", flags)
    assert not any("?" in flag.sentence for flag in seen.flags)


def test_that_a_document_of_another_customer_is_not_what_was_sold(driver: PricingDesk) -> None:
    _receipt, seen = driver.send(driver.payload(returned(driver, "1", "2.00", "ZS/1", customer="C3")))
    assert codes(seen) == ["return.unknown_document"]


def test_that_an_order_that_the_user_sent_is_returned_at_what_it_cost(driver: PricingDesk) -> None:
    order = driver.payload(driver.cart(("D01", "PCS", "7", "0"), discount_percent=D(10)))
    driver.send(order)
    document = ordering.to_document(
        ordering.look_at(driver.stores, driver.cart(("D01", "PCS", "7", "0"), discount_percent=D(10)))
    )
    cart = returning.begin_return(driver.stores, document, order["number"])
    cart = replace(cart.with_reason(REASON), number="RT-1")
    assert cart.lines[0].own_price == round(D(order["net"]) / 7, 2), "with the discount of the document"
    receipt, seen = driver.send(driver.payload(cart))
    assert (receipt["state"], seen.check, seen.flags) == ("received", "equal", ())


def change_line(**values: Any) -> Callable[[dict[str, Any]], None]:
    return lambda payload: payload["lines"][0].update(values)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (change_line(reason=""), "lines.reason"),
        (change_line(reason="  "), "lines.reason"),
        (change_line(quantity="3"), "lines.quantity"),
        (change_line(quantity="0"), "lines.quantity"),
        (change_line(net="1.00"), "lines.net"),
        (change_line(unit_price="-1"), "lines.unit_price"),
        (change_line(discount_percent="1", own_price=""), "lines.discount_percent"),
        (change_line(is_free=True), "lines.is_free"),
        (lambda payload: payload.update(gross="1"), "gross"),
        (lambda payload: payload.update(discount_amount="1"), "discount_amount"),
    ],
)
def test_that_a_wrong_return_is_refused(
    driver: PricingDesk, change: Callable[[dict[str, Any]], None], field: str
) -> None:
    payload = driver.payload(returned(driver, "3", "1.99"))
    change(payload)
    receipt, _seen = driver.send(payload)
    assert (receipt["code"], receipt["field"]) == ("submission.invalid", field)


@pytest.mark.parametrize("values", [{"reason": REASON}, {"returned_from": "ZS/1"}])
def test_that_only_a_return_has_reasons(driver: PricingDesk, values: dict[str, str]) -> None:
    payload = driver.payload(driver.cart(("D01", "PCS", "2", "0")))
    payload["lines"][0] |= values
    assert driver.send(payload)[0]["field"] == "lines.reason"


@pytest.mark.parametrize(("allowed", "state"), [([], "rejected"), (["sales_order"], "rejected")])
def test_that_a_return_needs_a_profile_that_names_it(driver: PricingDesk, allowed: list[str], state: str) -> None:
    payload = driver.payload(returned(driver, "3", "1.99"))
    driver.gateway.connector.company["auxiliary.profiles"]["field"]["document_types"] = allowed
    driver.gateway.take()
    point = str(driver.device.manifest().json()["checkpoint"])
    receipt, _seen = driver.send(payload, point)
    assert (receipt["state"], receipt["code"]) == (state, "submission.type_not_allowed")


def test_that_the_connector_gets_negative_quantities_and_the_reason(driver: PricingDesk) -> None:
    driver.send(driver.payload(returned(driver, "3", "1.99", "ZS/1")))
    driver.device.manifest()  # waits for the delivery
    (delivered,) = driver.gateway.connector.delivered
    (line,) = delivered.payload["lines"]
    assert (delivered.payload["type"], line["quantity"], line["reason"], line["returned_from"]) == (
        "sales_return",
        "-3",
        REASON,
        "ZS/1",
    )


def test_that_a_blocked_customer_may_return_goods(driver: PricingDesk) -> None:
    company = driver.gateway.connector.company
    company["customers.customers"]["C1"]["status"] = "blocked"
    company["auxiliary.profiles"]["field"]["credit_rule"] = "block"
    driver.gateway.take()
    point = str(driver.device.manifest().json()["checkpoint"])
    receipt, seen = driver.send(driver.payload(returned(driver, "3", "1.99")), point)
    assert (receipt["state"], codes(seen)) == ("received", ["customer.blocked"])


def test_that_a_line_of_a_cart_keeps_its_reason(driver: PricingDesk) -> None:
    cart = returned(driver, "3", "1.99", "ZS/1")
    document = ordering.to_document(ordering.look_at(driver.stores, cart))
    (line,) = ordering.cart_of(driver.stores, document).lines
    kept = CartLine("1", line.item, line.unit, D(3), own_price=D("1.99"), reason=REASON, returned_from="ZS/1")
    assert line == kept
