"""Laws for every document under any rules: sums, limits, order, explanations."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from salesapp.domain.catalogue import PRICE_LEVELS
from salesapp.domain.price_rules.allocation import Part, spread
from salesapp.domain.price_rules.numbers import HUNDRED
from salesapp.domain.pricing import LineInput, PricedDocument
from tests.unit.pricing_cases import BOX, GROSS, MUG, OIL, PIECE, SHOP, THIRD, WATER, WINE, D, Shop

LIMIT = D(15)
_UNITS = {OIL: (PIECE, BOX, THIRD), WATER: (PIECE, BOX), WINE: (PIECE,), MUG: (PIECE,)}
_TYPES = ("off", "off_base", "off_once", "less", "more", "more_kept", "plus", "plus_kept", "price", "price_kept")
_ROLES: tuple[dict[str, tuple[int, ...]], ...] = (
    {},
    {"counts": (OIL,), "cheaper": (WATER, WINE)},
    {"items": (OIL,), "cheaper": (WINE,)},
    {"cheaper": (OIL,)},
)

percents = st.decimals(0, 60, places=2)
amounts = st.decimals(0, 130, places=4)
own = st.sampled_from(["0", "0", "3", "7.5", "15", "40"]).map(D)


@st.composite
def shops(draw: st.DrawFn) -> Shop:
    """Two to four priced items, some components and promotions on them, any configuration."""
    shop = Shop().profile("NET", "GROSS", maximum=str(LIMIT))
    shop.configure(
        combination=draw(st.sampled_from(["cascading", "additive"])),
        vat_on=draw(st.sampled_from(["total", "line"])),
        round_each_step=draw(st.sampled_from(["0", "1"])),
    )
    if draw(st.booleans()):
        shop.customer(price_type=GROSS, general_discount_percent=draw(percents))
        shop.price(WATER, "1.45", GROSS).price(WINE, "61.50", GROSS)
    shop.price(OIL, str(draw(amounts)), minimum_quantity=D(3))
    for _ in range(draw(st.integers(0, 4))):
        level = draw(st.sampled_from(PRICE_LEVELS))
        type_ = draw(st.sampled_from(_TYPES))
        value = draw(percents if type_.startswith(("off", "more")) else amounts)
        item = {"item": draw(st.sampled_from([OIL, WATER]))} if level.endswith("item") else {"item_group": 1}
        shop.component(type_, str(value), level, customer=SHOP, **item)
    for priority in draw(st.lists(st.integers(1, 2), max_size=3)):
        combines, threshold = draw(st.booleans()), draw(st.sampled_from(["quantity", "value"]))
        kind = draw(st.sampled_from(["percent", "amount", "fixed_price", "free_goods"]))
        start = str(draw(st.integers(0, 8)))
        scale = {"from": start, "value": str(draw(percents)), "per": "3", "free": "1"}
        roles = draw(st.sampled_from(_ROLES))
        shop.promotion(kind, scales=[scale], priority=priority, combines=combines, threshold=threshold, **roles)
    return shop


@st.composite
def line_lists(draw: st.DrawFn) -> list[LineInput]:
    found = []
    for number in range(draw(st.integers(1, 6))):
        item = draw(st.sampled_from([OIL, OIL, WATER, WINE, MUG]))
        quantity = draw(st.sampled_from(["1", "2", "3", "0.5", "7", "12", "24.25"]))
        found.append(LineInput(str(number), item, draw(st.sampled_from(_UNITS[item])), D(quantity), draw(own)))
    return found


def priced(shop: Shop, lines: Sequence[LineInput], percent: Decimal) -> PricedDocument:
    return shop.document(*lines, customer=SHOP, profile="field", discount_percent=percent)


@settings(max_examples=150, deadline=None)
@given(shops(), line_lists(), own)
def test_that_sums_add_up_and_nothing_falls_below_zero(shop: Shop, lines: list[LineInput], percent: Decimal) -> None:
    found = priced(shop, lines, percent)
    good = [entry for entry in found.lines if entry.error is None]
    for entry in good:
        assert entry.net + entry.vat == entry.gross
        assert min(entry.unit_price_net, entry.net, entry.vat, entry.gross, entry.document_discount) >= 0
    for total in found.totals:
        of_rate = [entry for entry in good if entry.vat_rate == total.vat_rate]
        assert total.net == sum(entry.net for entry in of_rate)
        assert total.vat == sum(entry.vat for entry in of_rate)
        assert total.gross == total.net + total.vat
    assert found.net == sum(total.net for total in found.totals)
    assert (found.vat, found.gross) == (sum(total.vat for total in found.totals), found.net + found.vat)


@settings(max_examples=150, deadline=None)
@given(shops(), line_lists(), own, st.randoms(use_true_random=False))
def test_that_the_order_of_lines_changes_no_amount(
    shop: Shop, lines: list[LineInput], percent: Decimal, dice: Random
) -> None:
    before = priced(shop, lines, percent)
    after = priced(shop, dice.sample(lines, len(lines)), percent)
    assert (after.totals, after.discount, after.gross) == (before.totals, before.discount, before.gross)
    assert {entry.id: entry for entry in after.lines} == {entry.id: entry for entry in before.lines}


@settings(max_examples=150, deadline=None)
@given(shops(), line_lists(), own)
def test_that_the_explanation_has_no_gap_and_ends_at_the_unit_price(
    shop: Shop, lines: list[LineInput], percent: Decimal
) -> None:
    found = priced(shop, lines, percent)
    for entry in (entry for entry in found.lines if entry.error is None):
        price = entry.unit_price_gross if found.is_gross else entry.unit_price_net
        value = entry.gross if found.is_gross else entry.net
        assert entry.steps[-1].after == price
        assert all(one.after == other.before for one, other in pairwise(entry.steps))
        assert entry.value_steps[-1].after == value
        assert (entry.value_steps[0].before, entry.value_steps[0].code) == (price, "line_value")


@settings(max_examples=150, deadline=None)
@given(shops(), line_lists(), own)
def test_that_the_saving_of_a_line_is_the_difference_to_the_list_price(
    shop: Shop, lines: list[LineInput], percent: Decimal
) -> None:
    found = priced(shop, lines, percent)
    for entry in (entry for entry in found.lines if entry.error is None):
        price = entry.unit_price_gross if found.is_gross else entry.unit_price_net
        assert 0 <= entry.saved_percent <= HUNDRED
        if entry.is_free or price >= entry.list_price:
            assert entry.saved_percent == 0
        else:
            left = entry.list_price * (HUNDRED - entry.saved_percent) / HUNDRED
            assert abs(left - price) <= entry.list_price * D("0.0005")


@settings(max_examples=150, deadline=None)
@given(shops(), line_lists(), own)
def test_that_own_discounts_never_exceed_the_limit(shop: Shop, lines: list[LineInput], percent: Decimal) -> None:
    found = priced(shop, lines, percent)
    warned = {warning.line for warning in found.warnings if warning.code == "price.discount_over_limit"}
    asked = {entry.id: entry.discount_percent for entry in lines}
    for entry in found.lines:
        assert entry.discount_percent + found.discount_percent <= LIMIT
        if entry.error is None and not entry.is_free:
            assert (entry.id in warned) == (asked[entry.id] + found.discount_percent > LIMIT)
    assert ("" in warned) == (percent > LIMIT)


@settings(max_examples=150, deadline=None)
@given(shops(), line_lists(), own)
def test_that_the_parts_of_the_documents_discount_add_up_to_the_rounded_whole(
    shop: Shop, lines: list[LineInput], percent: Decimal
) -> None:
    found = priced(shop, lines, percent)
    without = priced(shop, lines, D(0))
    assert sum((entry.document_discount for entry in found.lines), D(0)) == found.discount
    most = (without.gross if found.is_gross else without.net) * LIMIT / HUNDRED
    free_of_own = all(line.discount_percent == 0 for line in lines)
    assert found.discount <= most + D("0.005") or not free_of_own


@settings(max_examples=80, deadline=None)
@given(shops(), line_lists())
def test_that_a_line_costs_the_same_when_it_is_priced_again(shop: Shop, lines: list[LineInput]) -> None:
    found = priced(shop, lines, D(0))
    assert priced(shop, [replace(entry) for entry in lines], D(0)) == found


@given(
    st.lists(st.integers(0, 100_000), min_size=1, max_size=12),
    st.integers(0, 10_000),
    st.sampled_from([0, 2, 4]),
)
def test_that_allocation_loses_nothing_and_favours_nobody(cents: list[int], share: int, decimals: int) -> None:
    parts = [
        Part(str(number), value, value) for number, cent in enumerate(cents) for value in [D(cent).scaleb(-decimals)]
    ]
    total = sum(cents)
    whole = D(total * share // 10_000).scaleb(-decimals)
    found = spread(whole, parts, decimals)
    assert sum(found) == whole
    for part, each in zip(parts, found, strict=True):
        assert 0 <= each <= part.weight
        exact = D(0) if not total else whole * part.weight / D(total).scaleb(-decimals)
        assert abs(each - exact) < D(1).scaleb(-decimals)
    backwards = spread(whole, parts[::-1], decimals)
    assert backwards[::-1] == found
