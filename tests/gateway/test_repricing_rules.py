"""Promotions over several lines are priced by the gateway as on the tablet."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesapp.services import ordering
from tests.company import Rows
from tests.conftest import GatewayUnderTest, Tablet
from tests.e2e.day_company import day_company
from tests.gateway.pricing_desk import Line, PricingDesk, desk_of

MakeTablet = Callable[[str], Tablet]
SENTENCE = "Intra-Community supply of goods."
OFFER = {"priority": 1, "threshold": "quantity", "combines": 1, "kind": "percent"}


def company() -> Rows:
    """D02 makes D04 cheaper, every third D01 costs half its price, D05 and D06 are a bundle.

    Cash has a discount of 2 %. CV and CW are abroad; CW has a gross list.
    """
    made = day_company()
    made["promotions.headers"]["COUNTS"] = OFFER | {
        "code": "COUNTS",
        "name": "Three of D02: D04 10 % off",
        "scales": [{"from": "3", "value": "10"}],
    }
    made["promotions.items"] |= {
        "C2": {"promotion": "COUNTS", "item": "D02", "role": "condition"},
        "C4": {"promotion": "COUNTS", "item": "D04", "role": "benefit"},
    }
    made["promotions.headers"]["THIRD"] = OFFER | {
        "code": "THIRD",
        "name": "Every third at half price",
        "scales": [{"value": "50", "per": "3", "units": "1"}],
    }
    made["promotions.headers"]["SET"] = OFFER | {
        "code": "SET",
        "name": "D05 and two D06",
        "kind": "bundle",
        "scales": [{"value": "20"}],
    }
    made["promotions.items"] |= {
        "T1": {"promotion": "THIRD", "item": "D01"},
        "S5": {"promotion": "SET", "item": "D05"},
        "S6": {"promotion": "SET", "item": "D06", "quantity": 20_000},
    }
    made["directories.payment_forms"]["CASH"]["discount_percent"] = 20_000
    rates = made["directories.vat_rates"]
    rates["WDT"] = {"code": "WDT", "name": "Intra-EU", "percent": 0}
    for rate in ("A", "B"):
        rates[rate]["by_tax_class"] = [{"tax_class": "intra_eu", "vat_rate": "WDT", "sentence": SENTENCE}]
    made["customers.customers"]["C3"]["payment_form"] = None
    made["customers.customers"]["CV"] = made["customers.customers"]["C3"] | {
        "code": "CV",
        "name": "Abroad",
        "tax_class": "intra_eu",
    }
    made["directories.price_types"]["GROSS"] = made["directories.price_types"]["RETAIL"] | {
        "code": "GROSS",
        "name": "Gross",
        "is_gross": 1,
    }
    made["items.prices"] |= {
        f"{item}-GROSS": made["items.prices"][f"{item}-RETAIL"] | {"price_type": "GROSS", "value": value}
        for item, value in (("D01", 39_900), ("D02", 153_700), ("D04", 553_500), ("D05", 99_900), ("D06", 123_400))
    }
    made["customers.customers"]["CW"] = made["customers.customers"]["CV"] | {"code": "CW", "price_type": "GROSS"}
    made["auxiliary.profiles"]["field"]["price_types"] = ["RETAIL", "GROSS"]
    return made


@pytest.fixture
def desk(gateway: GatewayUnderTest, make_tablet: MakeTablet) -> Iterator[PricingDesk]:
    with desk_of(make_tablet("rep1"), company()) as found:
        yield found


def test_that_what_counts_and_what_is_cheaper_are_told_apart_on_both_sides(desk: PricingDesk) -> None:
    alone = desk.payload(desk.cart(("D04", "PCS", "5", "0"), customer="C3"))
    both = desk.payload(desk.cart(("D02", "PCS", "3", "0"), ("D04", "PCS", "5", "0"), customer="C3"))
    assert not any("Three" in step["label"] for step in alone["lines"][0].get("steps", []))
    assert [step["value"] for step in both["lines"][1]["steps"] if "Three" in step["label"]] == ["-10 %"]
    for payload in (alone, both):
        _receipt, seen = desk.send(payload)
        assert (seen.check, seen.flags, seen.difference) == ("equal", (), "0.00")


def test_that_groups_and_bundles_cost_the_same_on_both_sides(desk: PricingDesk) -> None:
    lines: tuple[Line, ...] = (("D01", "PCS", "7", "5"), ("D05", "PCS", "3", "0"), ("D06", "PCS", "5", "0"))
    for currency in ("PLN", "EUR"):
        changes: dict[str, Any] = {"customer": "C3", "currency": currency, "discount_percent": Decimal(2)}
        look = ordering.look_at(desk.stores, desk.cart(*lines, **changes))
        assert [line.promotion_discount > 0 for line in look.priced.lines] == [True] * 3
        _receipt, seen = desk.sent(*lines, **changes)
        assert (seen.check, seen.flags, seen.difference) == ("equal", (), "0.00")


def test_that_a_part_of_a_bundle_alone_is_no_bundle_on_either_side(desk: PricingDesk) -> None:
    look = ordering.look_at(desk.stores, desk.cart(("D05", "PCS", "9", "0"), customer="C3"))
    assert look.priced.lines[0].promotion_discount == 0
    _receipt, seen = desk.sent(("D05", "PCS", "9", "0"), customer="C3")
    assert (seen.check, seen.flags) == ("equal", ())


def test_that_the_payment_form_counts_on_both_sides_and_another_one_prices_anew(desk: PricingDesk) -> None:
    line: Line = ("D02", "PCS", "3", "0")
    cash = desk.key("directories.payment_forms", "CASH")
    without = desk.payload(desk.cart(line, customer="C3", payment_form=None))
    paid = desk.payload(desk.cart(line, customer="C3", payment_form=cash))
    assert "payment_discount" not in without or Decimal(without["payment_discount"]) == 0
    assert Decimal(without["net"]) - Decimal(paid["net"]) == Decimal(paid["payment_discount"]) > 0
    for payload in (without, paid):
        _receipt, seen = desk.send(payload)
        assert (seen.check, seen.flags) == ("equal", ())
    _receipt, seen = desk.send(paid | {"payment_form": None})
    assert seen.check == "differs"


def test_that_a_customer_abroad_has_its_rate_and_sentence_on_both_sides(desk: PricingDesk) -> None:
    for customer, net in (("CV", "6.40"), ("CW", "6.48")):
        payload = desk.payload(desk.cart(("D01", "PCS", "2", "0"), customer=customer, payment_form=None))
        assert payload["vat_sentences"] == [SENTENCE]
        assert (payload["vat"], payload["net"]) == ("0", net)
        receipt, seen = desk.send(payload)
        assert (receipt["state"], seen.check, seen.flags) == ("received", "equal", ())


def test_that_a_discount_that_is_no_number_is_refused(desk: PricingDesk) -> None:
    payload = desk.payload(desk.cart(("D02", "PCS", "1", "0"), customer="C3"))
    receipt, _seen = desk.send(payload | {"payment_discount": "much"})
    assert (receipt["state"], receipt["field"]) == ("rejected", "payment_discount")


quantities = st.sampled_from(["1", "2", "3", "5", "7", "12"])
entered_lines = st.lists(
    st.tuples(st.sampled_from(["D01", "D02", "D04", "D05", "D06"]), st.just("PCS"), quantities, st.just("0")),
    min_size=1,
    max_size=6,
)


def test_that_every_document_costs_the_same_on_both_sides(desk: PricingDesk) -> None:
    cash = desk.key("directories.payment_forms", "CASH")

    @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        entered_lines,
        st.sampled_from(["C3", "CV", "CW"]),
        st.sampled_from(["PLN", "EUR"]),
        st.sampled_from([None, cash]),
        st.sampled_from(["0", "1.5"]),
    )
    def law(entered: list[Line], customer: str, currency: str, form: int | None, percent: str) -> None:
        changes: dict[str, Any] = {"customer": customer, "currency": currency, "payment_form": form}
        cart = desk.cart(*entered, discount_percent=Decimal(percent), **changes)
        receipt, seen = desk.send(desk.payload(cart))
        assert receipt["state"] == "received", receipt
        assert (seen.check, seen.flags, seen.sent) == ("equal", (), seen.recomputed)

    law()
