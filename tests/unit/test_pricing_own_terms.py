"""The representative's own price and discounts as amounts: their limits, their steps, and their laws."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from salesapp.domain.pricing import LineInput, PricedDocument, PricedLine
from tests.unit.pricing_cases import BOX, DAY, GROSS, OIL, SHOP, WATER, WINE, D, Shop, codes_of, line, prices_of
from tests.unit.test_pricing_laws import line_lists, shops

LIMIT = D(15)
cents = st.decimals(0, 150, places=2)


def with_price(quantity: str, price: str, *, item: int = OIL) -> LineInput:
    return replace(line("1", quantity, item=item), own_price=D(price))


def with_amount(quantity: str, amount: str, *, item: int = OIL) -> LineInput:
    return replace(line("1", quantity, item=item), discount_amount=D(amount))


def limited() -> Shop:
    return Shop().profile("NET", "GROSS", maximum="15")


def test_that_an_own_price_is_the_price_and_says_so() -> None:
    shop = Shop().promotion("percent", ("10", "10"))
    found = shop.document(with_price("10", "80")).lines[0]
    assert prices_of(found) == ["100", "90", "80"]
    assert [(step.code, step.value) for step in found.steps][-1] == ("own_price", "= 80.00")
    assert found.net == D("800.00")
    assert found.discount_percent == D("11.1111111111")


@pytest.mark.parametrize(("price", "net", "warned"), [("85", "85.00", False), ("84.99", "85.00", True)])
def test_that_an_own_price_is_limited_as_the_percent_that_it_is(price: str, net: str, warned: bool) -> None:
    found = limited().document(with_price("1", price), profile="field")
    assert found.net == D(net)
    assert codes_of(found) == ([("price.discount_over_limit", "1")] if warned else [])


def test_that_a_warning_names_the_percent_asked_for_and_the_lowest_price() -> None:
    found = limited().document(with_price("1", "79.999"), profile="field")
    assert dict(found.warnings[0].params) == {"limit": "15", "percent": "20.01", "lowest": "85.00"}


@pytest.mark.parametrize("price", ["100", "100.004"])
def test_that_an_own_price_like_the_price_before_it_changes_nothing(price: str) -> None:
    found = Shop().document(with_price("1", price))
    assert (prices_of(found.lines[0]), found.warnings) == (["100"], ())


def test_that_an_own_price_above_the_price_before_it_does_not_count() -> None:
    found = Shop().document(with_price("1", "100.01"))
    assert found.net == 100
    assert codes_of(found) == [("price.own_price_above", "1")]


@pytest.mark.parametrize("line_", [with_price("1", "-1"), with_amount("1", "-1")])
def test_that_terms_below_zero_do_not_count(line_: LineInput) -> None:
    found = Shop().document(line_)
    assert (found.net, codes_of(found)) == (D(100), [("price.discount_below_zero", "1")])


def test_that_amounts_are_gross_where_the_list_is() -> None:
    found = Shop().document(with_amount("2", "3"), price_type=GROSS)
    assert (found.gross, found.vat, found.net) == (D("240.00"), D("44.88"), D("195.12"))


def test_that_amounts_are_per_unit_of_the_line() -> None:
    boxes = replace(line("1", "3", item=WATER, unit=BOX), discount_amount=D("0.20"))
    assert Shop().document(boxes).net == 3 * D("13.00")


def test_that_what_no_discount_may_reduce_stays_and_limits_the_amount() -> None:
    shop = limited().component("plus_kept", "20")  # 120, of which 100 may be reduced
    assert shop.document(with_price("1", "105"), profile="field").warnings == ()
    found = shop.document(with_price("1", "104"), profile="field")
    assert (found.net, codes_of(found)) == (D(105), [("price.discount_over_limit", "1")])


def test_that_an_amount_off_a_protected_price_is_said_to_have_no_effect() -> None:
    found = Shop().component("price_kept", "80").document(with_amount("1", "5"))
    assert (found.net, codes_of(found)) == (D(80), [("price.discount_over_limit", "1")])


def test_that_the_percent_of_the_document_leaves_less_to_the_amount_of_a_line() -> None:
    found = limited().document(with_amount("1", "10"), profile="field", discount_percent=D(10))
    assert found.lines[0].unit_price_net == D(95)
    assert codes_of(found) == [("price.discount_over_limit", "1")]


def test_that_an_own_price_stays_where_a_scale_is_reached_so_no_hint_is_given() -> None:
    shop = Shop().promotion("percent", ("10", "5"))
    assert shop.document(line("1", "9")).lines[0].next_scale is not None
    assert shop.document(with_price("9", "90")).lines[0].next_scale is None
    gifts = Shop().free("10", "1")
    assert gifts.document(with_price("9", "90")).lines[0].next_scale is not None


def test_that_the_amount_of_a_document_is_spread_by_largest_remainder() -> None:
    shop = Shop().price(OIL, "10.05", valid_from=DAY).price(WATER, "20.10", valid_from=DAY)
    found = shop.document(line("1"), line("2", item=WATER), discount_amount=D(5))
    assert [entry.document_discount for entry in found.lines] == [D("1.67"), D("3.33")]
    assert [entry.value_steps[-1].value for entry in found.lines] == ["-1.67", "-3.33"]
    assert (found.discount, found.net) == (D(5), D("25.15"))


def test_that_the_amount_of_a_document_gets_what_the_largest_percent_of_a_line_leaves() -> None:
    lines = (line("1", own="10"), line("2", item=WINE))  # 90 and 50: 5 % of 140 are 7
    assert limited().document(*lines, profile="field", discount_amount=D(7)).warnings == ()
    found = limited().document(*lines, profile="field", discount_amount=D("7.01"))
    assert (found.discount, found.discount_percent) == (D(7), D(5))
    assert dict(found.warnings[0].params) == {"limit": "15", "percent": "5.01", "most": "7.00"}


def test_that_an_amount_of_a_document_above_its_value_leaves_zero() -> None:
    found = Shop().document(line("1"), line("2", item=WINE), discount_amount=D(1000))
    assert (found.discount, found.net, found.gross) == (D(150), D(0), D(0))
    assert codes_of(found) == [("price.discount_over_limit", "")]


def test_that_an_amount_of_a_document_below_zero_does_not_count() -> None:
    found = Shop().document(line("1"), discount_amount=D(-1))
    assert (found.net, codes_of(found)) == (D(100), [("price.discount_below_zero", "")])


def priced(shop: Shop, lines: list[LineInput], **more: Decimal) -> PricedDocument:
    return shop.document(*lines, customer=SHOP, profile="field", **more)


def side(found: PricedDocument, entry: PricedLine) -> Decimal:
    return entry.unit_price_gross if found.is_gross else entry.unit_price_net


def before_own(entry: PricedLine) -> tuple[Decimal, Decimal]:
    """The price before and after the own discount."""
    step = next(step for step in entry.steps if step.code == "own_discount")
    return step.before, step.after


@settings(max_examples=100, deadline=None)
@given(shops(), line_lists())
def test_that_an_amount_that_equals_a_percent_gives_the_same(shop: Shop, lines: list[LineInput]) -> None:
    shop.configure(combination="cascading")
    percents = priced(shop, lines)
    assume(any(step.code == "own_discount" for entry in percents.lines for step in entry.steps))
    amounts = []
    for entry, known in zip(lines, [percents.line(entry.id) for entry in lines], strict=True):
        if known is None or not any(step.code == "own_discount" for step in known.steps):
            amounts.append(replace(entry, discount_percent=D(0)))
            continue
        before, after = before_own(known)
        amounts.append(replace(entry, discount_percent=D(0), discount_amount=before - after))
    found = priced(shop, amounts)
    assert [side(found, entry) for entry in found.lines] == [side(percents, entry) for entry in percents.lines]
    assert (found.net, found.gross) == (percents.net, percents.gross)


@settings(max_examples=100, deadline=None)
@given(shops(), line_lists(), st.lists(cents, min_size=6, max_size=6), st.booleans(), cents)
def test_that_amounts_never_exceed_the_limit_and_nothing_falls_below_zero(
    shop: Shop, lines: list[LineInput], values: list[Decimal], of_price: bool, whole: Decimal
) -> None:
    own = [
        replace(
            entry,
            discount_percent=D(0),
            own_price=value if of_price else None,
            discount_amount=D(0) if of_price else value,
        )
        for entry, value in zip(lines, values, strict=False)
    ]
    found = priced(shop, own, discount_amount=whole)
    plain = priced(shop, [replace(entry, discount_percent=D(0)) for entry in lines])
    assert sum((entry.document_discount for entry in found.lines), D(0)) == found.discount <= whole
    for entry in found.lines:
        usual = plain.line(entry.id)
        if entry.error is None and usual is not None:
            assert entry.discount_percent + found.discount_percent <= LIMIT
            assert min(entry.net, entry.vat, entry.gross) >= 0
            assert side(found, entry) <= side(plain, usual)
            assert side(found, entry) >= side(plain, usual) * D("0.85") - D("0.01") or shop_is_additive(shop)
    order = priced(shop, own[::-1], discount_amount=whole)
    assert (order.totals, order.discount) == (found.totals, found.discount)


def shop_is_additive(shop: Shop) -> bool:
    return shop.book.configuration.additive


@settings(max_examples=100, deadline=None)
@given(shops(), line_lists(), cents)
def test_that_an_own_price_within_the_limit_is_the_unit_price(
    shop: Shop, lines: list[LineInput], price: Decimal
) -> None:
    found = priced(shop, [replace(entry, discount_percent=D(0), own_price=price) for entry in lines])
    warned = {warning.line for warning in found.warnings}
    for entry in found.lines:
        if entry.error is None and not entry.is_free and entry.id not in warned:
            assert side(found, entry) == price
