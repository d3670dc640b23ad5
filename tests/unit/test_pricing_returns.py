"""Returns: negative lines at the price that was paid, without promotions, limits and minimum prices."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesapp.domain.pricing import LineInput, PricedDocument
from tests.unit.pricing_cases import GROSS, MUG, OIL, SHOP, WINE, D, Shop, codes_of, line, prices_of
from tests.unit.test_pricing_laws import line_lists, shops


def back(quantity: str, paid: str | None = None, *, item: int = OIL, id_: str = "1") -> LineInput:
    return replace(line(id_, f"-{quantity}", item=item), own_price=None if paid is None else D(paid))


def returned(shop: Shop, *lines: LineInput, **more: object) -> PricedDocument:
    return shop.document(*lines, is_return=True, **more)


@pytest.mark.parametrize("paid", ["89.99", "120.01", "0"])
def test_that_the_price_paid_is_credited_whatever_today_costs(paid: str) -> None:
    shop = Shop().profile("NET", maximum="15")
    found = returned(shop, back("3", paid), profile="field")
    (entry,) = found.lines
    assert (entry.quantity, entry.unit_price_net, entry.net) == (D(-3), D(paid), -3 * D(paid))
    assert (found.net, found.warnings, found.can_be_confirmed) == (-3 * D(paid), (), True)
    assert [(step.code, step.value) for step in entry.steps][-1][0] == "paid_price"
    assert (entry.value_steps[0].value, entry.value_steps[0].after) == ("x -3", -3 * D(paid))


def test_that_zero_is_written_without_a_sign() -> None:
    found = returned(Shop(), back("3", "0"))
    assert not any(f"{amount}".startswith("-") for amount in (found.net, found.vat, found.gross))


def test_that_without_a_price_paid_it_is_todays_without_promotions() -> None:
    shop = Shop().customer(general_discount_percent=D(5)).promotion("percent", ("1", "10")).free("1", "1")
    found = returned(shop, back("2"), customer=SHOP)
    assert [prices_of(entry) for entry in found.lines] == [["100", "95"]]
    assert found.lines[0].promotions == ()
    assert found.lines[0].next_scale is None


def test_that_a_gross_list_turns_round_too() -> None:
    found = returned(Shop(), back("3", "13"), price_type=GROSS)
    assert (found.net, found.vat, found.gross) == (D("-31.71"), D("-7.29"), D("-39.00"))


def test_that_a_quantity_above_zero_is_no_return() -> None:
    found = returned(Shop(), line("1", "2"))
    assert (found.lines[0].error, found.can_be_confirmed) == ("price.bad_quantity", False)
    assert found.gross == 0


def test_that_an_item_without_a_price_today_cannot_be_returned_by_itself() -> None:
    assert returned(Shop(), back("1", item=MUG)).lines[0].error == "price.no_price"
    assert returned(Shop(), back("1", "7.50", item=MUG)).net == D("-7.50"), "what was paid is known"


def test_that_a_price_paid_below_zero_does_not_count() -> None:
    found = returned(Shop(), back("1", "-5"))
    assert (found.net, codes_of(found)) == (D(-100), [("price.discount_below_zero", "1")])


def test_that_discounts_and_minimum_prices_do_not_count_in_a_return() -> None:
    shop = Shop()
    next(row for row in shop.rows["items.forms"] if row["id"] == OIL)["minimum_price"] = D(99)
    own = replace(back("1", "50"), discount_percent=D(3))
    found = returned(shop, own, discount_percent=D(10), discount_amount=D(5))
    assert (found.net, found.discount, found.warnings) == (D(-50), D(0), ())


@settings(max_examples=100, deadline=None)
@given(shops(), line_lists(), st.lists(st.decimals(0, 150, places=2), min_size=6, max_size=6))
def test_that_a_return_is_the_sale_turned_round(shop: Shop, lines: list[LineInput], paid: list[Decimal]) -> None:
    shop.rows["promotions.headers"].clear()
    shop.rows["promotions.items"].clear()
    shop.rows["auxiliary.profiles"][0]["maximum_discount_percent"] = None
    plain = [replace(entry, discount_percent=D(0)) for entry in lines]
    sold = shop.document(*plain, customer=SHOP, profile="field")
    back_ = [replace(entry, quantity=-entry.quantity) for entry in plain]
    found = returned(shop, *back_, customer=SHOP, profile="field")
    assert (found.net, found.vat, found.gross) == (-sold.net, -sold.vat, -sold.gross)
    at_paid = [replace(entry, own_price=price) for entry, price in zip(back_, paid, strict=False)]
    credited = returned(shop, *at_paid, customer=SHOP, profile="field")
    for entry in credited.lines:
        if entry.error is None:
            assert entry.net + entry.vat == entry.gross
            assert max(entry.net, entry.vat, entry.gross, entry.quantity) <= 0
            price = entry.unit_price_gross if credited.is_gross else entry.unit_price_net
            assert price == next(line.own_price for line in at_paid if line.id == entry.id)
    assert credited.net == sum(entry.net for entry in credited.lines)


def test_that_returned_lines_add_up_per_rate() -> None:
    found = returned(Shop(), back("3", "33.33"), back("1", "10", item=WINE, id_="2"))
    assert [(total.percent, total.net, total.vat) for total in found.totals] == [
        (D("23.0000"), D("-99.99"), D("-23.00")),
        (D(8), D("-10.00"), D("-0.80")),
    ]
