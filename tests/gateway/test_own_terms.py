"""Own prices and discounts as amounts at the gateway: priced as on the tablet, and within the same limits."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesapp.domain.documents import Cart, CartLine
from salesapp.errors import describe
from tests.conftest import Tablet
from tests.gateway.pricing_desk import PricingDesk, desk_of
from tests.gateway.test_repricing import priced_company

MakeTablet = Callable[[str], Tablet]
D = Decimal


@pytest.fixture
def driver(make_tablet: MakeTablet) -> Iterator[PricingDesk]:
    with desk_of(make_tablet("rep1"), priced_company()) as found:
        yield found


def cart(driver: PricingDesk, customer: str, change: Callable[[CartLine], CartLine], whole: str = "0") -> Cart:
    """Two lines, the first one changed, and an amount off the document."""
    made = driver.cart(("D01", "PCS", "20", "0"), ("D02", "PCS", "10", "0"), customer=customer)
    return replace(made, lines=(change(made.lines[0]), *made.lines[1:]), discount_amount=D(whole))


def off(amount: str) -> Callable[[CartLine], CartLine]:
    return lambda line: replace(line, discount_amount=D(amount))


def price(value: Decimal) -> Callable[[CartLine], CartLine]:
    return lambda line: replace(line, own_price=value)


def unit_price(driver: PricingDesk, customer: str) -> Decimal:
    """The first line's price, net or gross as in the list, without own terms."""
    line = driver.payload(cart(driver, customer, lambda line: line))["lines"][0]
    return D(line["steps"][-1]["after"])


@pytest.mark.parametrize("customer", ["C1", "C3", "CG"])
def test_that_the_gateway_prices_own_amounts_as_the_tablet_did(driver: PricingDesk, customer: str) -> None:
    usual = unit_price(driver, customer)
    for change in (off("0.11"), price(usual - D("0.11"))):
        payload = driver.payload(cart(driver, customer, change, "1.01"))
        assert D(payload["lines"][0]["steps"][-1]["after"]) == usual - D("0.11")
        receipt, seen = driver.send(payload)
        assert (receipt["state"], seen.check, seen.flags) == ("received", "equal", ())


def test_that_amounts_above_the_limit_are_refused_with_their_percent(driver: PricingDesk) -> None:
    usual = unit_price(driver, "C1")
    percent = D(20)
    cases: tuple[tuple[Callable[[CartLine], CartLine], str, str, dict[str, str]], ...] = (
        (off(f"{usual / 5}"), "0", "lines.discount_amount", {"line": "1"}),
        (price(usual * 4 / 5), "0", "lines.own_price", {"line": "1"}),
        (lambda line: line, f"{driver_net(driver) / 5}", "discount_amount", {}),
    )
    for change, whole, field, params in cases:
        receipt, seen = driver.send(driver.payload(cart(driver, "C1", change, whole)))
        assert (receipt["code"], receipt["field"]) == ("submission.discount_over_limit", field)
        told = dict(receipt["params"])
        assert abs(D(told.pop("percent")) - percent) < D("0.5")
        assert told == params | {"field": field, "limit": "15"}
        assert seen.state == "rejected"
        assert "?" not in describe(receipt["code"], receipt["params"]).what


def driver_net(driver: PricingDesk) -> Decimal:
    return D(driver.payload(cart(driver, "C1", lambda line: line))["net"])


def test_that_the_limit_is_that_of_the_prices_of_the_documents_checkpoint(driver: PricingDesk) -> None:
    usual = unit_price(driver, "C1")
    payload = driver.payload(cart(driver, "C1", price(usual * 9 / 10)))
    before = driver.checkpoint()
    prices = driver.gateway.connector.company["items.prices"]
    for row in (row for row in prices.values() if row.get("item") == "D01" and "discount_type" not in row):
        row["value"] *= 2
    driver.gateway.take()
    now = str(driver.device.manifest().json()["checkpoint"])
    assert driver.send(payload, before)[1].check == "equal"
    assert driver.send(payload, now)[0]["code"] == "submission.discount_over_limit", "it is more than half of today's"
    receipt, seen = driver.send(payload, "1-feed")
    assert (receipt["state"], [flag.code for flag in seen.flags]) == ("received", ["price.checkpoint_gone"])


@pytest.mark.parametrize(
    ("changes", "of_line", "field"),
    [
        ({"discount_amount": "-1"}, False, "discount_amount"),
        ({"discount_amount": "1", "discount_percent": "1"}, False, "discount_amount"),
        ({"discount_amount": "-1"}, True, "lines.discount_amount"),
        ({"own_price": "-1"}, True, "lines.own_price"),
        ({"own_price": "x"}, True, "lines.own_price"),
        ({"own_price": "1", "discount_percent": "1"}, True, "lines.own_price"),
        ({"own_price": "1", "discount_amount": "1"}, True, "lines.own_price"),
        ({"discount_amount": "1", "discount_percent": "1"}, True, "lines.discount_amount"),
    ],
)
def test_that_wrong_terms_are_refused(driver: PricingDesk, changes: dict[str, Any], of_line: bool, field: str) -> None:
    payload = driver.payload(cart(driver, "C1", lambda line: line))
    (payload["lines"][0] if of_line else payload).update(changes)
    receipt, _seen = driver.send(payload)
    assert (receipt["code"], receipt["field"]) == ("submission.invalid", field)


def test_that_documents_without_own_amounts_are_written_as_before(driver: PricingDesk) -> None:
    payload = driver.payload(cart(driver, "C1", lambda line: line))
    assert "discount_amount" not in payload
    assert not {"discount_amount", "own_price"} & set(payload["lines"][0])


def with_minimum(driver: PricingDesk, rule: str | None, **columns: object) -> str:
    """Gives D01 a minimum price and the profile a rule; returns the new checkpoint."""
    company = driver.gateway.connector.company
    company["items.forms"]["D01"] |= columns
    company["auxiliary.profiles"]["field"]["minimum_price_rule"] = rule
    driver.gateway.take()
    return str(driver.device.manifest().json()["checkpoint"])


def stored(value: Decimal) -> int:
    return int(value.scaleb(4))


@pytest.mark.parametrize(
    ("rule", "flags", "state"),
    [
        (None, ["price.below_minimum"], "received"),
        ("warn", ["price.below_minimum"], "received"),
        ("ignore", [], "received"),
        ("block", [], "rejected"),
    ],
)
def test_that_a_line_below_its_minimum_price_is_judged_by_the_profiles_rule(
    driver: PricingDesk, rule: str | None, flags: list[str], state: str
) -> None:
    usual = unit_price(driver, "C1")
    point = with_minimum(driver, rule, minimum_price=stored(usual - D("0.05")))
    payload = driver.payload(cart(driver, "C1", off("0.05")))
    assert driver.send(payload, point)[1].flags == ()
    receipt, seen = driver.send(driver.payload(cart(driver, "C1", off("0.06"))), point)
    assert (receipt["state"], [flag.code for flag in seen.flags]) == (state, flags)
    if state == "rejected":
        assert (receipt["code"], receipt["field"]) == ("submission.below_minimum", "lines.unit_price")
        assert receipt["params"]["lowest"] == f"{usual - D('0.05')}"
        assert "?" not in describe(receipt["code"], receipt["params"]).what
    for flag in seen.flags:
        assert flag.sentence == f"line 1 (D01) is below its minimum price of {usual - D('0.05')} PLN"


def test_that_the_gateway_refuses_by_the_minimum_of_the_profile(driver: PricingDesk) -> None:
    usual = unit_price(driver, "C1")
    own = [{"profile": "field", "value": f"{usual}"}, {"profile": "other", "value": "999"}]
    point = with_minimum(driver, "block", minimum_price=0, minimum_prices=own)
    assert driver.send(driver.payload(cart(driver, "C1", lambda line: line)), point)[0]["state"] == "received"
    assert driver.send(driver.payload(cart(driver, "C1", off("0.01"))), point)[0]["code"] == "submission.below_minimum"


def test_that_prices_of_the_erp_below_the_minimum_are_flagged_and_never_refused(driver: PricingDesk) -> None:
    point = with_minimum(driver, "block", minimum_price=stored(unit_price(driver, "C1") + 1))
    receipt, seen = driver.send(driver.payload(cart(driver, "C1", lambda line: line)), point)
    assert (receipt["state"], [flag.code for flag in seen.flags]) == ("received", ["price.below_minimum"])


def test_that_the_gateway_prices_every_document_with_own_terms_to_the_same_amounts(driver: PricingDesk) -> None:
    """By hypothesis: own prices, amounts and percents within the limit, in documents of three kinds of terms."""
    usual = {customer: unit_price(driver, customer) for customer in ("C1", "C3", "CG")}
    customers = st.sampled_from(sorted(usual))
    parts = st.integers(90, 100)

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(customers, parts, st.sampled_from(["price", "amount", "percent"]), st.decimals(0, 2, places=2))
    def law(customer: str, part: int, kind: str, whole: Decimal) -> None:
        each = usual[customer]
        lowered = (each * part / 100).quantize(D("0.01"))
        changes = {
            "price": price(lowered),
            "amount": off(f"{each - lowered}"),
            "percent": lambda line: replace(line, discount_percent=D(100 - part)),
        }
        receipt, seen = driver.send(driver.payload(cart(driver, customer, changes[kind], f"{whole}")))
        assert receipt["state"] == "received", receipt
        assert (seen.check, seen.flags, seen.sent) == ("equal", (), seen.recomputed)

    law()
