"""Promotions that count some items and make others cheaper: rule 4."""

from dataclasses import replace

from tests.unit.pricing_cases import MUG, OIL, STALL, WATER, WINE, D, Shop, codes_of, line


def test_that_items_of_the_condition_count_and_those_of_the_benefit_are_cheaper() -> None:
    shop = Shop().promotion("percent", ("3", "10"), counts=(OIL,), cheaper=(WINE,))
    found = shop.document(line("1", "3"), line("2", "4", item=WINE), line("3", item=WATER))
    assert [entry.unit_price_net for entry in found.lines] == [D(100), D(45), D("1.10")]
    assert [len(entry.promotions) for entry in found.lines] == [0, 1, 0]
    too_few = shop.document(line("1", "2"), line("2", "40", item=WINE))
    assert [entry.unit_price_net for entry in too_few.lines] == [D(100), D(50)], "wine does not count"


def test_that_an_item_without_a_role_counts_and_is_cheaper() -> None:
    shop = Shop().promotion("amount", ("5", "1"), items=(OIL,), cheaper=(WINE,))
    found = shop.document(line("1", "5"), line("2", "9", item=WINE))
    assert [entry.unit_price_net for entry in found.lines] == [D(99), D(49)]


def test_that_without_a_condition_all_lines_count_and_without_a_benefit_all_are_cheaper() -> None:
    whole = Shop().promotion("percent", ("1000", "10"), threshold="value", cheaper=(WINE,))
    found = whole.document(line("1", "9.5"), line("2", item=WINE))
    assert [entry.unit_price_net for entry in found.lines] == [D(100), D(45)], "950 and 50 are 1000"
    everything = Shop().promotion("percent", ("2", "10"), counts=(WINE,))
    found = everything.document(line("1"), line("2", "2", item=WINE))
    assert [entry.unit_price_net for entry in found.lines] == [D(90), D(45)]


def test_that_values_of_the_condition_count_before_any_discount() -> None:
    shop = (
        Shop()
        .component("off", "50")
        .promotion("fixed_price", ("200", "40"), threshold="value", counts=(OIL,), cheaper=(WINE,))
    )
    found = shop.document(line("1", "2"), line("2", item=WINE))
    assert [entry.unit_price_net for entry in found.lines] == [D(50), D(40)]


def test_that_free_goods_are_given_by_the_items_that_count() -> None:
    shop = Shop().free("3", "1", "MUG", counts=(OIL,))
    found = shop.document(line("1", "7"), line("2", "50", item=WINE))
    assert [(entry.item, entry.quantity, entry.given_by) for entry in found.lines if entry.is_free] == [
        (MUG, D(2), "1")
    ]
    of_benefit = Shop().free("2", "1", start="10", counts=(OIL,), cheaper=(WINE,))
    found = of_benefit.document(line("1", "10"), line("2", "5", item=WINE))
    assert [(entry.item, entry.quantity, entry.given_by) for entry in found.lines if entry.is_free] == [
        (WINE, D(2), "2")
    ]


def test_that_unreadable_scales_are_reported_at_the_lines_of_the_benefit() -> None:
    shop = Shop().promotion("percent", scales=[{"value": "ten"}], counts=(OIL,), cheaper=(WINE,))
    found = shop.document(line("1"), line("2", item=WINE), customer=STALL)
    assert codes_of(found) == [("price.bad_row", "2")]


def test_that_a_line_that_counts_says_what_it_would_bring_to_others() -> None:
    shop = Shop().promotion("percent", ("3", "10"), counts=(OIL,), cheaper=(WINE,))
    found = shop.document(line("1", "1"), line("2", "4", item=WINE))
    hint = found.lines[0].next_scale
    assert hint is not None
    assert (hint.missing, hint.value, hint.promotion) == (D(2), "10", 1)
    assert found.lines[1].next_scale is None, "more wine brings nothing"
    assert shop.document(line("1", "3"), line("2", item=WINE)).lines[1].unit_price_net == D(45)
    assert shop.document(line("1"), line("2", item=WATER)).lines[0].next_scale is None, "there is no wine"


def test_that_nothing_is_promised_to_lines_that_get_no_more_promotions_or_have_an_own_price() -> None:
    shop = Shop().group("percent", "50", "2", items=(WINE,), combines=False)
    shop.promotion("percent", ("3", "10"), counts=(OIL,), cheaper=(WINE,), priority=2)
    assert shop.document(line("1"), line("2", "1", item=WINE)).lines[0].next_scale is not None
    assert shop.document(line("1"), line("2", "2", item=WINE)).lines[0].next_scale is None
    own = replace(line("2", "1", item=WINE), own_price=D(45))
    assert shop.document(line("1"), own).lines[0].next_scale is None


def test_that_nothing_is_promised_to_lines_that_would_not_be_cheaper() -> None:
    shop = Shop().promotion("percent", ("3", "10"), counts=(OIL,), cheaper=(WINE,))
    shop.component("price_kept", "40", item=WINE)
    assert shop.document(line("1"), line("2", item=WINE)).lines[0].next_scale is None
