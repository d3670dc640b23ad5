"""Complete groups and bundles: what they take off, which units they take, in which order: rule 4."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesapp.domain.pricing import LineInput, PricedDocument
from tests.unit.pricing_cases import BOX, EURO, GROSS, MUG, OIL, PIECE, THIRD, WATER, WINE, D, Shop, line
from tests.unit.test_pricing_laws import line_lists, percents, shops


def offs(found: PricedDocument) -> list[Decimal]:
    return [entry.promotion_discount for entry in found.lines]


@pytest.mark.parametrize(("quantity", "expected"), [("2", "200"), ("3", "250"), ("5", "450"), ("6", "500")])
def test_that_one_unit_of_each_complete_group_is_cheaper(quantity: str, expected: str) -> None:
    found = Shop().group("percent", "50", "3").document(line("1", quantity))
    assert found.net == D(expected)
    assert found.lines[0].unit_price_net == D(100), "the unit price stays"


@pytest.mark.parametrize(
    ("kind", "value", "net"), [("percent", "100", "200"), ("amount", "15", "285"), ("fixed_price", "60", "260")]
)
def test_that_groups_give_percents_amounts_and_fixed_prices(kind: str, value: str, net: str) -> None:
    found = Shop().group(kind, value, "3").document(line("1", "3"))
    assert found.net == D(net)
    (step,) = found.lines[0].value_steps[1:]
    assert (step.code, step.before, step.after, step.source) == ("promotion", D(300), D(net), "promotions.headers/1")


def test_that_several_units_of_a_group_are_cheaper() -> None:
    assert offs(Shop().group("percent", "50", "5", "2").document(line("1", "11"))) == [D(200)]


def test_that_the_cheapest_units_of_all_lines_are_cheaper_whatever_the_order_of_lines() -> None:
    shop = Shop().group("percent", "100", "2", items=(OIL, WINE))
    lines = (line("1", "3"), line("2", "3", item=WINE))
    assert offs(shop.document(*lines)) == [D(0), D(150)], "three groups, and the three wines are the cheapest"
    assert offs(shop.document(*lines[::-1])) == [D(150), D(0)]
    assert offs(shop.document(line("1", "5"), line("2", "1", item=WINE))) == [D(200), D(50)]
    same = Shop().group("percent", "100", "3").document(line("2", "2"), line("1", "1"))
    assert offs(same) == [D(0), D(100)], "of equal prices the lower line"


def test_that_groups_count_base_units() -> None:
    found = Shop().group("percent", "50", "6", items=(WATER,)).document(line("1", "1", item=WATER, unit=BOX))
    assert found.lines[0].promotion_discount == D("1.10"), "two of twelve at half of 1.10"
    thirds = Shop().group("percent", "100", "1").document(*(line(id_, unit=THIRD) for id_ in "abc"))
    assert thirds.net == 0


def test_that_a_threshold_may_count_other_lines() -> None:
    scales = [{"from": "2", "value": "50", "per": "2", "units": "1"}]
    shop = Shop().promotion("percent", scales=scales, counts=(OIL,), cheaper=(WINE,))
    assert offs(shop.document(line("1", "1"), line("2", "4", item=WINE))) == [D(0), D(0)]
    assert offs(shop.document(line("1", "2"), line("2", "4", item=WINE))) == [D(0), D(50)]


def test_that_a_group_takes_its_benefit_off_the_price_after_all_discounts() -> None:
    shop = Shop().component("off", "10").group("percent", "50", "2")
    assert shop.document(line("1", "2", own="10")).net == D("121.50"), "81.00 and 40.50"
    kept = Shop().component("price_kept", "80").group("percent", "50", "2")
    assert kept.document(line("1", "2")).net == D(160), "no discount may reduce it"
    half = Shop().component("plus_kept", "20").group("percent", "100", "2")
    assert half.document(line("1", "2")).net == D(140)


def test_that_amounts_are_in_the_currency_of_promotion_and_list() -> None:
    shop = Shop().group("fixed_price", "10", "2")
    assert shop.document(line("1", "2"), price_type=EURO).net == D("127.50"), "85.00 and 10 x 4.25"
    assert Shop().group("amount", "20", "2").document(line("1", "2"), price_type=GROSS).gross == D(226)


def test_that_a_bundle_costs_its_price_as_often_as_it_is_complete() -> None:
    shop = Shop().bundle("120", (OIL, "1"), (WINE, "1"))
    found = shop.document(line("1", "3"), line("2", "2", item=WINE), line("3", item=WATER))
    assert found.net == D("341.10"), "2 x 120, one oil and the water at their own prices"
    assert offs(found) == [D(40), D(20), D(0)], "60 off 200 and 100"
    assert shop.document(line("1", "3")).net == D(300)
    assert [step.value for step in found.lines[0].value_steps] == ["x 3", "= 120.00 x 2"]


def test_that_a_bundle_is_spread_by_largest_remainder() -> None:
    shop = Shop().bundle("100", (OIL, "1"), (WINE, "1"), (WATER, "1"))
    found = shop.document(line("1"), line("2", item=WINE), line("3", item=WATER))
    # 51.10 off 151.10: 33.8187, 16.9093, 0.3720: the cents left go to the third and the second
    assert offs(found) == [D("33.82"), D("16.91"), D("0.37")]
    assert found.net == D(100)


def test_that_a_bundle_takes_the_dearest_items_of_a_group_and_quantities_in_base_units() -> None:
    shop = Shop().promotion("bundle", ("0", "60"))
    shop.rows["promotions.items"] += [{"id": 1, "promotion": 1, "item_group": 4, "quantity": D(2)}]
    found = shop.document(line("1", "1", item=WATER, unit=BOX), line("2", "1", item=WINE))
    assert offs(found) == [D(0), D(0)], "six waters with one wine cost less than six bundles"
    shop.rows["promotions.headers"][0]["scales"] = [{"from": "0", "value": "2"}]
    found = shop.document(line("1", "1", item=WATER, unit=BOX), line("2", "1", item=WINE))
    assert found.net == D("13.10"), "six bundles at 2.00, and a water"


def test_that_an_item_may_fill_several_parts() -> None:
    shop = Shop().bundle("90", (WINE, "1"))
    shop.rows["promotions.items"] += [{"id": 2, "promotion": 1, "item_group": 4, "quantity": D(1)}]
    assert shop.document(line("1", "5", item=WINE)).net == D(230), "two bundles of two wines and one wine"


def test_that_a_bundle_that_is_not_cheaper_does_not_count() -> None:
    shop = Shop().bundle("160", (OIL, "1"), (WINE, "1"), combines=False).promotion("percent", ("0", "10"), priority=2)
    assert shop.document(line("1"), line("2", item=WINE)).net == D(135)


def test_that_more_bundles_may_cost_less_each() -> None:
    shop = Shop().bundle("120", (OIL, "1"), (WINE, "1"))
    shop.rows["promotions.headers"][0]["scales"].append({"from": "3", "value": "110"})
    assert shop.document(line("1", "2"), line("2", "2", item=WINE)).net == D(240)
    assert shop.document(line("1", "3"), line("2", "3", item=WINE)).net == D(330)


def test_that_a_unit_is_in_one_set_only() -> None:
    shop = Shop().bundle("120", (OIL, "1"), (WINE, "1")).group("percent", "50", "2", items=(OIL,), priority=2)
    assert offs(shop.document(line("1", "2"), line("2", item=WINE))) == [D(20), D(10)], "one oil is left: no group"
    assert offs(shop.document(line("1", "3"), line("2", item=WINE))) == [D(70), D(10)]


def test_that_of_equal_priority_the_set_that_takes_more_off_comes_first() -> None:
    shop = Shop().group("percent", "10", "2", items=(OIL,)).group("percent", "50", "2", items=(OIL,))
    assert [applied.promotion for applied in shop.document(line("1", "2")).lines[0].promotions] == [2]


def test_that_a_set_that_does_not_combine_leaves_no_later_promotions_to_its_lines() -> None:
    shop = Shop().group("percent", "50", "2", combines=False).promotion("percent", ("0", "10"), priority=2)
    found = shop.document(line("1", "2"), line("2", "1", item=WINE))
    assert [entry.net for entry in found.lines] == [D(180), D(25)], "the oil only completes the group"
    assert [entry.unit_price_net for entry in found.lines] == [D(90), D(50)]
    shop = Shop().bundle("140", (OIL, "1"), (WINE, "1"), combines=False).promotion("percent", ("0", "10"), priority=2)
    found = shop.document(line("1", "2"), line("2", "1", item=WINE), line("3", item=WATER))
    assert [entry.unit_price_net for entry in found.lines] == [D(100), D(50), D("0.99")]


def test_that_a_line_whose_promotions_have_ended_takes_no_part_in_sets() -> None:
    shop = Shop().promotion("percent", ("0", "1"), items=(OIL,), combines=False)
    shop.group("percent", "50", "2", priority=2)
    assert offs(shop.document(line("1", "2"), line("2", "2", item=WINE))) == [D(0), D(25)]


def test_that_hints_say_what_completes_a_set() -> None:
    shop = Shop().group("percent", "50", "3", items=(OIL,)).bundle("40", (WINE, "1"), (WATER, "2"))
    hint = shop.document(line("1", "4")).lines[0].next_scale
    assert hint is not None
    assert (hint.missing, hint.unit, hint.value, hint.group) == (D(2), PIECE, "50", "1/3")
    found = shop.document(line("1", "1", item=WINE), line("2", "1", item=WATER))
    hint = found.lines[1].next_scale
    assert hint is not None
    assert (hint.missing, hint.kind, hint.value, hint.promotion) == (D(1), "bundle", "40", 2)
    assert found.lines[0].next_scale is None, "more wine completes nothing"


@st.composite
def with_sets(draw: st.DrawFn) -> Shop:
    shop = draw(shops())
    for _ in range(draw(st.integers(1, 3))):
        more: dict[str, Any] = {"priority": draw(st.integers(1, 3)), "combines": draw(st.booleans())}
        if draw(st.booleans()):
            kind = draw(st.sampled_from(["percent", "amount", "fixed_price"]))
            per = draw(st.sampled_from(["1", "2", "3", "2.5"]))
            more["items"] = draw(st.sampled_from([(), (OIL,), (OIL, WINE), (WATER, MUG)]))
            shop.group(kind, str(draw(percents)), per, draw(st.sampled_from(["1", "0.5"])), **more)
        else:
            parts = draw(st.lists(st.sampled_from([(OIL, "1"), (WATER, "2"), (WINE, "1.5")]), min_size=1, unique=True))
            shop.bundle(str(draw(percents)), *parts, **more)
    return shop


@settings(max_examples=150, deadline=None)
@given(with_sets(), line_lists(), st.sampled_from([D(0), D(10)]))
def test_that_sets_add_up_leave_nothing_below_zero_and_do_not_depend_on_the_order_of_lines(
    shop: Shop, lines: list[LineInput], percent: Decimal
) -> None:
    found = shop.document(*lines, customer=1, profile="field", discount_percent=percent)
    for entry in (entry for entry in found.lines if entry.error is None):
        value = entry.gross if found.is_gross else entry.net
        assert min(entry.net, entry.vat, entry.gross, entry.promotion_discount) >= 0
        assert entry.value_steps[-1].after == value
        assert value == entry.value_steps[0].after - entry.promotion_discount - entry.document_discount
    assert found.net == sum((entry.net for entry in found.lines), D(0))
    assert found.gross == sum((entry.gross for entry in found.lines), D(0))
    other = shop.document(*lines[::-1], customer=1, profile="field", discount_percent=percent)
    assert {entry.id: entry for entry in other.lines} == {entry.id: entry for entry in found.lines}


@settings(max_examples=100, deadline=None)
@given(with_sets(), line_lists())
def test_that_a_hint_of_a_set_takes_more_off(shop: Shop, lines: list[LineInput]) -> None:
    lines = [replace(entry, discount_percent=D(0)) for entry in lines]
    before = shop.document(*lines, customer=1)
    kinds = {row["id"]: row for row in shop.rows["promotions.headers"]}
    for entry in lines:
        priced = before.line(entry.id)
        hint = priced.next_scale if priced else None
        if hint is None or not (kinds[hint.promotion]["kind"] == "bundle" or hint.group):
            continue
        per_unit = {(OIL, BOX): D(10), (WATER, BOX): D(12), (OIL, THIRD): D(1) / D(3)}.get(
            (entry.item, entry.unit), D(1)
        )
        more = hint.missing * 3 if entry.unit == THIRD else hint.missing / per_unit
        changed = [replace(one, quantity=one.quantity + more) if one.id == entry.id else one for one in lines]
        after = shop.document(*changed, customer=1)
        assert sum(offs(after), D(0)) != sum(offs(before), D(0))


def test_that_a_hint_of_a_set_is_found_out_once() -> None:
    found = Shop().group("percent", "50", "3").document(*(line(str(number), "4") for number in range(60)))
    first = found.lines[7].next_scale
    assert first is not None
    assert found.lines[7].next_scale is first
