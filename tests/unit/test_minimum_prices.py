"""Minimum prices: per item and profile, in any unit, currency and kind of list, after all discounts."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesapp.domain.pricing import LineInput, PricedDocument
from tests.unit.pricing_cases import BOX, EURO, GROSS, OIL, PIECE, WATER, D, Shop, codes_of, line
from tests.unit.test_pricing_laws import line_lists, own, shops

BELOW = "price.below_minimum"


def shop(minimum: str | None = "80", item: int = OIL, **entries: str) -> Shop:
    made = Shop().profile("NET", "GROSS", "EURO", maximum="50")
    return with_minimum(made, minimum, item, **entries)


def with_minimum(made: Shop, minimum: str | None, item: int = OIL, **entries: str) -> Shop:
    row = next(row for row in made.rows["items.forms"] if row["id"] == item)
    row["minimum_price"] = None if minimum is None else D(minimum)
    row["minimum_prices"] = [{"profile": profile, "value": value} for profile, value in entries.items()]
    return made


def priced(made: Shop, *lines: LineInput, **more: object) -> PricedDocument:
    return made.document(*lines, profile="field", **more)


def at(price: str, quantity: str = "1", *, item: int = OIL, unit: int = PIECE) -> LineInput:
    return replace(line("1", quantity, item=item, unit=unit), own_price=D(price))


@pytest.mark.parametrize(("price", "is_below"), [("80", False), ("79.99", True)])
def test_that_a_line_below_its_minimum_is_named_with_the_lowest_price(price: str, is_below: bool) -> None:
    found = priced(shop(), at(price, "3"))
    assert found.lines[0].minimum_price == D("80.00")
    assert found.lines[0].unit_price_net == D(price), "the minimum changes no price"
    told = [dict(warning.params) for warning in found.warnings if warning.code == BELOW]
    assert told == ([{"lowest": "80.00", "own": "1"}] if is_below else [])


def test_that_an_item_without_a_minimum_has_none() -> None:
    found = priced(shop(None), at("50"))
    assert (found.lines[0].minimum_price, codes_of(found)) == (None, [])


@pytest.mark.parametrize(("general", "lowest"), [("80", "70.00"), (None, "70.00")])
def test_that_the_minimum_of_the_profile_takes_the_place_of_the_items(general: str | None, lowest: str) -> None:
    found = priced(shop(general, field="70", van="90"), at("69"))
    assert dict(found.warnings[0].params)["lowest"] == lowest


def test_that_the_minimum_of_another_profile_does_not_count() -> None:
    assert codes_of(priced(shop(None, van="90"), at("50"))) == []


def test_that_the_documents_discount_counts_too() -> None:
    made = shop()
    assert codes_of(priced(made, line("1", own="10"), discount_percent=D("11"))) == []  # 90.00 - 9.90
    assert codes_of(priced(made, line("1", own="10"), discount_percent=D("12"))) == [(BELOW, "1")]


def test_that_prices_of_the_company_below_the_minimum_are_told_as_such() -> None:
    found = priced(shop().component("off", "30"), line("1"))
    assert dict(found.warnings[0].params) == {"lowest": "80.00", "own": "0"}


def test_that_the_minimum_is_per_base_unit() -> None:
    made = shop("1", WATER)
    assert codes_of(priced(made, at("12", item=WATER, unit=BOX))) == []
    assert codes_of(priced(made, at("11.99", item=WATER, unit=BOX))) == [(BELOW, "1")]


def test_that_the_minimum_of_a_gross_list_has_the_lines_vat() -> None:
    made = shop()
    assert codes_of(priced(made, at("98.40"), price_type=GROSS)) == []
    found = priced(made, at("98.39"), price_type=GROSS)
    assert dict(found.warnings[0].params)["lowest"] == "98.40"


def test_that_the_minimum_is_exchanged_and_rounded_up() -> None:
    made = shop()  # 80 / 4.25 = 18.8235
    found = priced(made, at("18.82", "10"), price_type=EURO, currency="EUR")
    assert (dict(found.warnings[0].params)["lowest"], found.lines[0].minimum_price) == ("18.83", D("18.83"))
    assert codes_of(priced(made, at("18.83", "10"), price_type=EURO, currency="EUR")) == []


def test_that_a_minimum_without_a_rate_is_said_to_be_unknown() -> None:
    made = shop()
    for currency in made.rows["directories.currencies"]:
        currency["rates"] = []
    found = priced(made, at("15"), price_type=EURO, currency="EUR")
    assert (codes_of(found), found.lines[0].minimum_price) == ([("price.minimum_unknown", "1")], None)


def test_that_free_goods_have_no_minimum() -> None:
    assert codes_of(priced(shop().free("2", "1"), line("1", "2"))) == []


@settings(max_examples=80, deadline=None)
@given(shops(), line_lists(), own, st.decimals(0, 150, places=4))
def test_that_a_minimum_changes_no_amount_and_is_told_exactly_where_it_is_not_reached(
    made: Shop, lines: list[LineInput], percent: Decimal, minimum: Decimal
) -> None:
    before = priced(made, *lines, discount_percent=percent)
    after = priced(with_minimum(made, str(minimum)), *lines, discount_percent=percent)
    assert (after.totals, after.discount) == (before.totals, before.discount)
    told = {warning.line for warning in after.warnings if warning.code == BELOW}
    for entry in after.lines:
        if entry.minimum_price is None:
            assert entry.id not in told
            continue
        unit = entry.unit_price_gross if after.is_gross else entry.unit_price_net
        if unit >= entry.minimum_price and not entry.document_discount:
            assert entry.id not in told
        if unit < entry.minimum_price - D("0.02"):
            assert entry.id in told
