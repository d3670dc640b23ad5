"""What rows say beyond their fields: rates, levels and scales in the form that prices read."""

from datetime import date
from decimal import Decimal

import pytest

from salesapp.domain.entries import read_entries
from salesapp.domain.objects.directories import Currency, PriceList, Rate, VatRate
from salesapp.domain.objects.items import Price
from salesapp.domain.objects.promotions import Promotion, Scale

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


def rate(day: date, value: str | None) -> Rate:
    return Rate(date=day, rate=None if value is None else Decimal(value))


def test_that_the_latest_rate_counts_whatever_their_order() -> None:
    currency = Currency.of(rates=(rate(APRIL, "4.30"), rate(MARCH, "4.25")))

    assert currency.rate_on(date(2026, 3, 31)) == rate(MARCH, "4.25")
    assert currency.rate_on(APRIL) == rate(APRIL, "4.30")
    assert currency.rate_on(date(2026, 2, 28)) is None


def test_that_of_one_day_a_rate_that_is_not_usable_counts_first_then_the_highest() -> None:
    assert Currency.of(rates=(rate(MARCH, "4.3"), rate(MARCH, "4.2"))).rate_on(APRIL) == rate(MARCH, "4.3")
    assert Currency.of(rates=(rate(MARCH, "4.3"), rate(MARCH, "0"))).rate_on(APRIL) == rate(MARCH, "0")


@pytest.mark.parametrize("value", ["0", "-1", "1e-10", "1e10", "x", None])
def test_that_a_rate_that_nothing_can_be_counted_with_is_not_usable(value: str | None) -> None:
    (found,) = read_entries(Rate, [{"date": "2026-03-01", "rate": value}]) or ()
    assert found.usable is None
    assert rate(MARCH, "4.25").usable == Decimal("4.25")


@pytest.mark.parametrize("given", [[{"date": "2026-03-01"}, {"rate": "4.30"}], [{"date": "2026-03-01"}, None], "4.25"])
def test_that_of_rates_of_which_one_says_no_day_nobody_knows_the_latest(given: object) -> None:
    found = Currency.of(rates=read_entries(Rate, given)).rate_on(APRIL)
    assert found == Rate.unreadable()
    assert found.usable is None


def test_that_a_rate_that_says_its_day_is_kept_beside_one_that_does_not() -> None:
    found = read_entries(Rate, [{"date": "2026-03-01", "rate": "4.25"}, {"rate": "4.30"}])
    assert found == (rate(MARCH, "4.25"), Rate.unreadable())


@pytest.mark.parametrize(("decimals", "of_prices", "of_amounts"), [(-1, 0, 0), (3, 3, 3), (5, 4, 5), (9, 4, 6)])
def test_that_decimals_are_held_within_what_can_be_counted_with(decimals: int, of_prices: int, of_amounts: int) -> None:
    assert PriceList.of(decimals=decimals).places == of_prices
    assert Currency.of(decimals=decimals).places == of_amounts


def test_that_an_exempt_rate_charges_nothing() -> None:
    assert VatRate.of(percent=Decimal(8)).charged_percent == 8
    assert VatRate.of(percent=Decimal(8), is_exempt=True).charged_percent == 0


@pytest.mark.parametrize(
    ("price", "level"),
    [
        (Price.of(item=1, level="customer_item"), "customer_item"),
        (Price.of(item=1), "item"),
        (Price.of(item_group=1), "item_group"),
        (Price.of(item=1, customer=1, customer_class="A"), "customer_item"),
        (Price.of(item_group=1, customer=1), "customer_item_group"),
        (Price.of(item=1, customer_class="A"), "customer_class_item"),
        (Price.of(item_group=1, customer_class="A"), "customer_class_item_group"),
    ],
)
def test_that_a_component_without_a_level_has_that_of_what_it_is_for(price: Price, level: str) -> None:
    assert price.component_level == level


def test_that_scales_come_by_where_they_start_without_those_that_give_nothing() -> None:
    first, second = Scale(value=Decimal(5)), Scale(start=Decimal(10), value=Decimal(7))
    assert Promotion.of(kind="percent", scales=(second, first)).usable_scales() == (first, second)
    gift = Scale(start=Decimal(5), free=Decimal(1))
    nothing = (Scale(free=Decimal(1)), Scale(start=Decimal(5), free=Decimal()))
    assert Promotion.of(kind="free_goods", scales=(*nothing, gift)).usable_scales() == (gift,)
    assert gift.every == 5


@pytest.mark.parametrize(
    ("kind", "scales"),
    [("percent", None), ("percent", (Scale(free=Decimal(1)),)), ("free_goods", (Scale(value=Decimal(1)),))],
)
def test_that_a_scale_that_does_not_say_what_it_gives_makes_all_unreadable(
    kind: str, scales: tuple[Scale, ...] | None
) -> None:
    assert Promotion.of(kind=kind, scales=scales).usable_scales() is None
