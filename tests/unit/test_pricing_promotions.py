"""Promotions: customers, dates, thresholds, order, free goods, and reports: rule 4."""

import datetime
from itertools import pairwise

import pytest

from salesapp.domain.pricing import NextScale, PricedDocument, promotions_for, reached
from tests.unit.pricing_cases import (
    BOX,
    DAY,
    EURO,
    MUG,
    OIL,
    PIECE,
    SHOP,
    STALL,
    THIRD,
    WATER,
    WINE,
    D,
    Shop,
    codes_of,
    line,
    prices_of,
)

FOOD, DRINKS = 1, 4
PER_CENT = (("10", "5"), ("20", "8"))


def free_lines(found: PricedDocument) -> list[tuple[str, int, str, str]]:
    """Returns id, item, quantity and origin of each free line."""
    return [(entry.id, entry.item, f"{entry.quantity:f}", entry.given_by) for entry in found.lines if entry.is_free]


def test_that_the_highest_reached_scale_applies_to_the_whole_quantity() -> None:
    shop = Shop().promotion("percent", *reversed(PER_CENT))
    assert [shop.unit_price(n) for n in ("9", "10", "19.9", "20", "500")] == [D(100), D(95), D(95), D(92), D(92)]


def test_that_scale_0_applies_always() -> None:
    assert Shop().promotion("percent", ("0", "2")).unit_price("0.0001") == D(98)


@pytest.mark.parametrize(
    ("kind", "value", "expected"), [("percent", "10", "90"), ("amount", "10", "90"), ("fixed_price", "10", "10")]
)
def test_that_percents_amounts_and_fixed_prices_apply(kind: str, value: str, expected: str) -> None:
    assert Shop().promotion(kind, ("0", value)).unit_price() == D(expected)


def test_that_amounts_and_fixed_prices_are_per_base_unit_in_the_lists_currency() -> None:
    assert Shop().promotion("amount", ("0", "0.10")).unit_price(item=WATER, unit=BOX) == D("12.00")
    assert Shop().promotion("fixed_price", ("0", "1")).unit_price(item=WATER, unit=BOX) == D("12.00")
    shop = Shop().promotion("fixed_price", ("0", "10"))
    assert shop.unit_price(price_type=EURO) == D("42.50")
    assert shop.unit_price(price_type=EURO, currency="EUR") == D("10.00")


def test_that_a_promotion_with_a_currency_of_its_own_is_exchanged() -> None:
    shop = Shop().promotion("amount", ("0", "8.50"), currency=1)
    assert shop.unit_price(price_type=EURO, currency="EUR") == D("18.00")
    shop = Shop().promotion("percent", ("400", "10"), threshold="value", currency=2)  # 400 EUR are 1,700 PLN
    assert [shop.unit_price(n) for n in ("16", "17")] == [D(100), D(90)]
    found = Shop().promotion("amount", ("0", "1"), currency=4).document(line("1"))
    assert (found.net, codes_of(found)) == (D(100), [("price.no_rate", "")])


def test_that_a_fixed_price_applies_only_if_lower() -> None:
    shop = Shop().component("off", "50").promotion("fixed_price", ("0", "60"), combines=False)
    shop.promotion("percent", ("0", "10"), priority=2)
    assert shop.unit_price() == D(45), "what does not count does not end the promotions either"


def test_that_a_fixed_price_is_the_new_base_in_additive_too() -> None:
    shop = Shop().configure(combination="additive").component("off", "10").promotion("fixed_price", ("0", "50"))
    assert prices_of(shop.line(own="10")) == ["100", "90", "50", "45"]
    assert Shop().configure(combination="additive").component("off", "60").promotion(
        "fixed_price", ("0", "50")
    ).unit_price() == D(40)


def test_that_quantities_count_in_base_units_over_all_matching_lines() -> None:
    shop = Shop().promotion("percent", ("25", "10"), groups=(DRINKS,))
    found = shop.document(line("1", "2", item=WATER, unit=BOX), line("2", "1", item=WINE), line("3", "100"))
    assert [entry.unit_price_net for entry in found.lines] == [D("11.88"), D("45.00"), D(100)]
    assert shop.document(line("1", "2", item=WATER, unit=BOX), line("3", "100")).lines[0].unit_price_net == D("13.20")
    thirds = Shop().promotion("percent", ("1", "10")).document(*(line(id_, unit=THIRD) for id_ in "abc"))
    assert thirds.lines[0].unit_price_net == D(30), "three thirds reach one"


def test_that_values_count_before_any_discount_over_all_matching_lines() -> None:
    shop = Shop().component("off", "50").promotion("percent", ("150", "10"), threshold="value")
    assert shop.document(line("1", own="50"), line("2", item=WINE)).lines[0].unit_price_net == D("22.50")
    assert shop.document(line("1"), line("2", "0.9", item=WINE)).lines[0].unit_price_net == D(50)


def test_that_lines_without_a_price_and_free_ones_do_not_count() -> None:
    shop = Shop().promotion("percent", ("2", "10")).free("1", "1")
    found = shop.document(line("1"), line("2", item=MUG))
    assert [entry.unit_price_net for entry in found.lines if entry.id == "1"] == [D(100)]


def test_that_items_groups_or_all_are_matched() -> None:
    assert Shop().promotion("percent", ("0", "10"), items=(OIL,)).unit_price() == D(90)
    assert Shop().promotion("percent", ("0", "10"), items=(WINE,)).unit_price() == D(100)
    assert Shop().promotion("percent", ("0", "10"), items=(WINE,), groups=(FOOD,)).unit_price() == D(90)
    assert Shop().promotion("percent", ("0", "10"), groups=(DRINKS,)).unit_price() == D(100)


def test_that_days_customers_and_classes_count() -> None:
    day = datetime.timedelta(days=1)
    shop = Shop().promotion("percent", ("0", "10"), valid_from=DAY.isoformat(), valid_to=DAY)
    assert [shop.unit_price(date=DAY + shift) for shift in (-day, 0 * day, day)] == [D(100), D(90), D(100)]
    shop = Shop().promotion("percent", ("0", "10"), customers=["SHOP"])
    assert [shop.unit_price(customer=customer) for customer in (None, SHOP, STALL)] == [D(100), D(90), D(100)]
    shop = Shop().promotion("percent", ("0", "10"), customers=["SHOP"], customer_classes=["B"])
    assert [shop.unit_price(customer=customer) for customer in (None, SHOP, STALL)] == [D(100), D(90), D(90)]
    assert shop.unit_price(customer_class="B") == D(90), "a new customer has a class, but no code"


def test_that_promotions_apply_by_priority_until_one_that_does_not_combine() -> None:
    shop = Shop().promotion("amount", ("0", "10"), priority=2).promotion("percent", ("0", "50"), priority=1)
    assert prices_of(shop.line()) == ["100", "50", "40"]
    shop.promotion("percent", ("0", "10"), priority=2, combines=False).promotion("percent", ("0", "10"), priority=3)
    assert prices_of(shop.line()) == ["100", "50", "40", "36"], "the better first: 10 off 50, then 10 %, then no more"
    other = shop.document(line("1"), line("2", item=WINE))
    assert len(other.lines[1].promotions) == 3, "it ends them for its own lines"


def test_that_of_equal_priority_the_better_applies_first_then_the_lower_key() -> None:
    shop = Shop().promotion("percent", ("0", "5"), combines=False).promotion("percent", ("0", "7"), combines=False)
    shop.promotion("amount", ("0", "7"), combines=False)
    assert [entry.name for entry in shop.line().promotions] == ["Promotion 2"]
    assert shop.unit_price() == D(93)


def test_that_free_units_count_at_the_running_price_when_the_better_is_chosen() -> None:
    shop = Shop().free("4", "1", combines=False).promotion("percent", ("0", "30"), combines=False)
    assert [entry.kind for entry in shop.line("4").promotions] == ["percent"], "30 % of 400 is more than one of 100"
    shop = Shop().free("2", "1", combines=False).promotion("percent", ("0", "30"), combines=False)
    assert [entry.kind for entry in shop.line("2").promotions] == ["free_goods"]
    shop = Shop().free("12", "6", combines=False, items=(WATER,)).promotion("percent", ("0", "49"), combines=False)
    assert [entry.kind for entry in shop.line("1", item=WATER, unit=BOX).promotions] == ["free_goods"]


def test_that_free_goods_are_a_line_of_price_0_after_the_line_that_gave_them() -> None:
    shop = Shop().free("5", "1", items=(OIL,))
    found = shop.document(line("1", "11"), line("2", item=WINE))
    assert [entry.id for entry in found.lines] == ["1", "1-free-1", "2"]
    assert free_lines(found) == [("1-free-1", OIL, "2", "1")]
    free = found.lines[1]
    assert {free.unit_price_net, free.net, free.vat, free.gross} == {D(0)}
    assert (free.vat_rate, free.error) == (1, None)
    assert free.steps[-1].source == "promotions.headers/1"
    assert [step.value for step in found.lines[0].steps] == ["100.00", "5+1"]
    assert found.net == D(1150)
    assert free_lines(shop.document(line("1", "4"))) == []


def test_that_free_goods_are_given_in_base_units() -> None:
    found = Shop().free("5", "1").document(line("1", "2", item=WATER, unit=BOX))
    assert free_lines(found) == [("1-free-1", WATER, "4", "1")]
    assert found.lines[1].unit == PIECE


def test_that_free_goods_are_counted_by_item_or_over_all_where_another_item_is_given() -> None:
    lines = (line("1", "3"), line("2", "3"), line("3", "4", item=WINE))
    assert free_lines(Shop().free("5", "1").document(*lines)) == [("1-free-1", OIL, "1", "1")]
    assert free_lines(Shop().free("5", "1", "MUG").document(*lines)) == [("1-free-1", MUG, "2", "1")]


def test_that_each_scale_of_free_goods_has_its_own_rate() -> None:
    scales = [{"from": "5", "per": "5", "free": "1"}, {"from": "20", "per": "5", "free": "2", "item": "MUG"}]
    shop = Shop().promotion("free_goods", scales=scales)
    assert free_lines(shop.document(line("1", "19"))) == [("1-free-1", OIL, "3", "1")]
    assert free_lines(shop.document(line("1", "20"))) == [("1-free-1", MUG, "8", "1")]


def test_that_free_goods_by_value_are_counted_by_quantity() -> None:
    shop = Shop().free("2", "1", start="500", threshold="value")
    assert free_lines(shop.document(line("1", "4"))) == []
    assert free_lines(shop.document(line("1", "5"))) == [("1-free-1", OIL, "2", "1")]


def test_that_an_unknown_gift_is_a_warning() -> None:
    found = Shop().free("1", "1", "NOTHING").document(line("1"))
    assert (len(found.lines), codes_of(found)) == (1, [("price.unknown_free_item", "")])


def test_that_ids_of_free_lines_are_deterministic() -> None:
    shop = Shop().free("5", "1")
    one = shop.document(line("2", "3"), line("10", "3"))
    other = shop.document(line("10", "3"), line("2", "3"))
    assert [free_lines(found) for found in (one, other)] == [[("2-free-1", OIL, "1", "2")]] * 2
    taken = shop.document(line("2", "6"), line("2-free-1", item=WINE))
    assert [entry.id for entry in taken.lines] == ["2", "2-free-1+", "2-free-1"]


def test_that_meaningless_scales_are_left_out() -> None:
    scales = [{"from": "x", "value": "5"}, {"from": "0"}, {"from": "0", "value": "NaN"}]
    assert Shop().promotion("percent", scales=scales).unit_price() == D(100)
    assert len(Shop().promotion("free_goods", scales=[{"from": "0", "free": "1"}]).document(line("1")).lines) == 1
    assert Shop().promotion("percent").unit_price() == D(100)


def test_that_the_line_shows_how_much_is_missing_to_the_next_scale() -> None:
    shop = Shop().promotion("percent", *PER_CENT)
    assert shop.line("8").next_scale == NextScale(1, "Promotion 1", "percent", "quantity", D(2), PIECE, "5")
    assert shop.line("10").next_scale == NextScale(1, "Promotion 1", "percent", "quantity", D(10), PIECE, "8")
    assert shop.line("20").next_scale is None
    by_value = Shop().promotion("percent", ("1000", "5"), threshold="value").line("9.5")
    assert by_value.next_scale == NextScale(1, "Promotion 1", "percent", "value", D("50.00"), None, "5")


def test_that_free_goods_show_how_much_is_missing_to_the_next_free_unit() -> None:
    shop = Shop().free("5", "1")
    missing = [hint.missing for n in ("3", "5", "8") if (hint := shop.line(n).next_scale)]
    assert missing == [D(2), D(5), D(2)]


def test_that_the_nearest_applicable_scale_is_shown() -> None:
    shop = Shop().promotion("percent", ("100", "20")).promotion("percent", ("10", "5"))
    hint = shop.line("9").next_scale
    assert hint is not None
    assert (hint.promotion, hint.missing) == (2, D(1))
    ended = Shop().promotion("percent", ("0", "5"), combines=False).promotion("percent", ("10", "5"), priority=2)
    assert ended.line("9").next_scale is None
    assert Shop().promotion("fixed_price", ("10", "100")).line("9").next_scale is None, "it would not be lower"


def test_that_a_change_that_reaches_a_scale_is_reported_once() -> None:
    shop = Shop().promotion("percent", *PER_CENT).promotion("percent", ("0", "1"))
    documents = [shop.document(line("1", n), line("2", "1", item=WINE)) for n in ("1", "9", "15", "19", "19")]
    told = [reached(before, after) for before, after in pairwise(documents)]
    assert [[(entry.promotion, entry.value, entry.lines) for entry in found] for found in told] == [
        [(1, "5", ("1", "2"))],
        [],
        [(1, "8", ("1", "2"))],
        [],
    ]
    assert reached(documents[-1], documents[0]) == ()
    assert [entry.value for entry in reached(shop.document(), documents[-1])] == ["8"], "scale 0 is no news"


def test_that_promotions_of_an_item_and_of_a_customer_are_listed() -> None:
    shop = (
        Shop()
        .promotion("percent", ("0", "1"), items=(OIL,), priority=2)
        .promotion("percent", ("0", "1"), items=(WINE,))
    )
    shop.promotion("percent", ("0", "1"), customers=["SHOP"]).promotion("percent", ("0", "1"), customer_classes=["B"])
    shop.promotion("percent", ("0", "1"), valid_to=DAY - datetime.timedelta(days=1))

    def found(item: int | None, customer: int | None, class_: str | None = None) -> list[int]:
        return [promotion.id for promotion in promotions_for(shop.book, item, customer, DAY, class_)]

    assert found(OIL, None) == [1]
    assert found(OIL, SHOP) == [3, 1]
    assert found(None, STALL) == [2, 4, 1]
    assert found(None, None, "B") == [2, 4, 1]


def test_that_priced_lines_name_the_promotions_that_changed_them() -> None:
    priced = Shop().promotion("percent", *PER_CENT).line("12")
    assert [(entry.promotion, entry.kind, entry.scale_from, entry.value) for entry in priced.promotions] == [
        (1, "percent", D(10), "5")
    ]
    assert Shop().component("price_kept", "80").promotion("percent", ("0", "5")).line().promotions == ()
