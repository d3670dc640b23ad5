"""Promotions over several lines are priced by the gateway as on the tablet."""

from collections.abc import Callable, Iterator

import pytest

from tests.company import Rows
from tests.conftest import GatewayUnderTest, Tablet
from tests.e2e.day_company import day_company
from tests.gateway.pricing_desk import PricingDesk, desk_of

MakeTablet = Callable[[str], Tablet]
OFFER = {"priority": 1, "threshold": "quantity", "combines": 1, "kind": "percent"}


def company() -> Rows:
    """D02 makes D04 cheaper."""
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
