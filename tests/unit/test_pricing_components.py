"""Discounts, surcharges and replacement prices of the six levels, cascading and additive: rule 3."""

import datetime
from typing import Any

import pytest

from salesapp.domain.catalogue import PRICE_LEVELS
from tests.unit.pricing_cases import BOX, DAY, EURO, GROSS, NET, SHOP, STALL, WATER, WINE, D, Shop, line, prices_of

FOOD, OILS, GIFTS = 1, 2, 3
OF_ALL_LEVELS: dict[str, dict[str, Any]] = {
    "item": {},
    "item_group": {"item_group": OILS},
    "customer_item": {"customer": SHOP},
    "customer_item_group": {"customer": SHOP, "item_group": OILS},
    "customer_class_item": {"customer_class": "A"},
    "customer_class_item_group": {"customer_class": "A", "item_group": OILS},
}


def on_all_levels() -> Shop:
    """10, 1, 2, 3, 4 and 5 % on the six levels, in the order of the catalogue."""
    shop = Shop()
    for level, percent in zip(PRICE_LEVELS, ("10", "1", "2", "3", "4", "5"), strict=True):
        shop.component("off", percent, level, **OF_ALL_LEVELS[level])
    return shop


def test_that_levels_apply_in_the_order_of_their_priorities() -> None:
    shop = on_all_levels()
    assert [step.value for step in shop.line(customer=SHOP).steps[1:-1]] == [
        "-10 %",
        "-1 %",
        "-2 %",
        "-3 %",
        "-4 %",
        "-5 %",
    ]
    shop.configure(level__item="6", level__customer_class_item_group="1")
    found = [step.value for step in shop.line(customer=SHOP).steps[1:-1]]
    assert found == ["-5 %", "-1 %", "-2 %", "-3 %", "-4 %", "-10 %"], "of the same priority in the catalogue's order"


def test_that_a_priority_that_is_not_a_number_counts_as_missing() -> None:
    shop = on_all_levels().configure(level__item="first", combination="sideways", round_each_step="maybe")
    assert shop.line(customer=SHOP).steps[1].value == "-10 %"


def test_that_within_a_level_the_key_decides() -> None:
    shop = Shop().component("less", "10", id=300).component("off", "50", id=200)
    assert prices_of(shop.line()) == ["100", "50", "40"]


def test_that_a_level_requires_its_customer_or_class() -> None:
    shop = on_all_levels()
    assert len(shop.line(customer=STALL).steps) == len(shop.line().steps) == 3, "list, item, group"
    assert [step.value for step in shop.line(customer_class="A").steps[1:-1]] == ["-10 %", "-1 %", "-4 %", "-5 %"]


def test_that_a_row_for_a_customer_never_applies_to_others_at_any_level() -> None:
    shop = Shop().component("off", "10", customer=SHOP).component("off", "20", customer_class="A")
    assert shop.unit_price(customer=STALL) == D(100)
    assert shop.unit_price(customer=SHOP) == D(72)
    assert Shop().component("off", "10", "customer_item").unit_price(customer=SHOP) == D(100), "it names no customer"


def test_that_a_row_without_a_level_gets_the_implied_one() -> None:
    shop = Shop()
    shop.component("off", "10", "", customer=SHOP, item=1).component("off", "20", "", item_group=FOOD)
    assert [step.value for step in shop.line(customer=SHOP).steps[1:]] == ["-20 %", "-10 %"]


def test_that_a_group_row_matches_subgroups_and_counts_once_for_each_line() -> None:
    shop = Shop().component("off", "10", "item_group", item_group=FOOD)  # oil is in two of its subgroups
    assert shop.unit_price() == D(90)
    assert shop.unit_price(item=WINE) == D(50)
    assert Shop().component("off", "10", "item_group", item_group=GIFTS).unit_price() == D(90)


def test_that_circular_groups_do_not_loop() -> None:
    shop = Shop().component("off", "10", "item_group", item_group=FOOD)
    shop.rows["items.groups"][0]["parent"] = OILS
    assert shop.unit_price() == D(90)


def test_that_validity_quantity_and_list_of_a_component_count() -> None:
    day = datetime.timedelta(days=1)
    shop = Shop().component("off", "10", valid_from=DAY, valid_to=DAY.isoformat())
    assert [shop.unit_price(date=DAY + shift) for shift in (-day, 0 * day, day)] == [D(100), D(90), D(100)]
    shop = Shop().component("off", "10", minimum_quantity=D(24), item=WATER)
    assert [shop.unit_price(n, item=WATER, unit=BOX) for n in ("1", "2")] == [D("13.20"), D("11.88")], "in base units"
    shop = Shop().component("off", "10", price_type=NET)
    assert (shop.unit_price(), shop.unit_price(price_type=GROSS)) == (D(90), D(100))


def test_that_amounts_are_per_base_unit_in_the_lists_currency() -> None:
    shop = Shop().component("less", "0.10", item=WATER)
    assert shop.unit_price(item=WATER, unit=BOX) == D("12.00")
    shop = Shop().component("less", "2")
    assert shop.unit_price(price_type=EURO) == D("76.50"), "(20 - 2) x 4.25"
    assert shop.line(price_type=GROSS).unit_price_gross == D(121), "gross as the list"


def test_that_the_general_discount_comes_last() -> None:
    shop = on_all_levels().customer(general_discount_percent=D(50))
    steps = shop.line(customer=SHOP).steps
    assert [step.code for step in steps][-2:] == ["general_discount", "rounding"]
    assert (steps[-2].value, steps[-2].source) == ("-50 %", "customers.customers/1")
    assert shop.line().steps[-2].code == "component"


def test_that_on_base_is_a_percent_of_the_base_price() -> None:
    assert Shop().component("off", "10").component("off_base", "10").unit_price() == D(80)
    assert Shop().component("off", "10").component("more_base", "10").unit_price() == D(100)
    assert Shop().component("off", "10").component("more", "10").unit_price() == D(99)


def test_that_of_a_type_that_applies_once_the_best_for_the_customer_applies() -> None:
    shop = Shop().component("off_once", "5").component("off_once", "10", "item_group", item_group=OILS)
    shop.component("off_once", "7", "customer_item", customer=SHOP).component("off", "50")
    assert prices_of(shop.line(customer=SHOP)) == ["100", "50", "45"], "the best stands at its own level"
    assert Shop().component("plus_once", "5").component("plus_once", "3").unit_price() == D(103)
    assert Shop().component("price_once", "70").component("price_once", "60").unit_price() == D(60)
    assert Shop().component("less_once", "1").component("less_once", "1").unit_price() == D(99)


def test_that_a_replacement_price_resets_the_base_and_applies_only_if_lower() -> None:
    assert Shop().component("price", "80").component("off_base", "10").unit_price() == D(72)
    assert Shop().component("off", "30").component("price", "80").unit_price() == D(70)
    assert len(Shop().component("price", "100").line().steps) == 1, "not lower: no step"
    assert Shop().component("price_percent", "80").unit_price() == D(80)
    assert Shop().component("price", "1", item=WATER).unit_price(item=WATER, unit=BOX) == D("12.00")


def test_that_later_discounts_leave_a_protected_replacement_price_alone() -> None:
    shop = Shop().component("price_kept", "80").component("off", "10").component("less", "5").component("off_base", "5")
    shop.promotion("percent", ("0", "10")).promotion("fixed_price", ("0", "60"))
    assert shop.unit_price(own="10") == D(80)
    assert Shop().component("price_kept", "80").component("price", "70").unit_price() == D(70), (
        "another price, no discount"
    )
    assert Shop().component("price_kept", "80").component("plus", "5").component("off", "10").unit_price() == D("84.50")


def test_that_later_discounts_leave_a_protected_surcharge_alone() -> None:
    assert Shop().component("plus_kept", "20").component("off", "10").unit_price() == D(110)
    assert Shop().component("plus", "20").component("off", "10").unit_price() == D(108)
    assert Shop().component("more_kept", "20").component("off", "50").unit_price() == D(70)
    assert Shop().component("plus_kept", "20").component("less", "500").unit_price() == D(20)
    assert Shop().component("plus_kept", "20").promotion("fixed_price", ("0", "60")).unit_price() == D(60)
    assert Shop().component("plus_kept", "20").promotion("fixed_price", ("0", "60")).unit_price(own="10") == D(56)


@pytest.mark.parametrize("combination", ["cascading", "additive"])
def test_that_a_price_never_falls_below_zero(combination: str) -> None:
    shop = Shop().configure(combination=combination)
    shop.component("less", "150").component("off", "90").component("off", "90").promotion("amount", ("0", "5"))
    found = shop.document(line("1", own="50"), discount_percent=D(50))
    assert (found.lines[0].error, found.net, found.gross) == (None, D(0), D(0))


def test_that_additive_sums_all_percents_of_the_base_then_takes_amounts() -> None:
    shop = Shop().configure(combination="additive").customer(general_discount_percent=D(1))
    shop.component("less", "5").component("off", "10").component("off", "2").promotion("percent", ("0", "3"))
    shop.component("more", "4").promotion("amount", ("0", "1"))
    priced = shop.line(customer=SHOP, own="5")
    assert prices_of(priced) == ["100", "95", "85", "83", "87", "86", "83", "82", "77"]
    assert priced.unit_price_net == D(77), "100 x (1 - 17 %) - 6"


def test_that_additive_rounds_once_after_the_percents_where_each_step_is_rounded() -> None:
    shop = Shop().configure(combination="additive", round_each_step="1").without_prices().price(1, "0.99")
    shop.component("off", "10").component("off", "10").component("less", "0.004")
    assert shop.unit_price() == D("0.79"), "0.792, rounded; less 0.004 is 0.786, rounded"


def test_that_a_lower_replacement_price_is_the_new_base_in_additive_too() -> None:
    shop = (
        Shop().configure(combination="additive").component("off", "10").component("price", "80").component("off", "10")
    )
    assert prices_of(shop.line()) == ["100", "90", "80", "72"]
    protected = Shop().configure(combination="additive").component("price_kept", "80").component("off", "10")
    assert protected.unit_price(own="10") == D(80)
    kept = Shop().configure(combination="additive").component("more_kept", "20").component("off", "10")
    assert kept.unit_price() == D(110)


def test_that_each_step_is_rounded_if_configured() -> None:
    shop = Shop().configure(round_each_step="true").without_prices().price(1, "34.9949")
    shop.component("off", "15").component("off", "5")
    assert prices_of(shop.line()) == ["34.99", "29.74", "28.25"]
    assert Shop().configure(round_each_step="1").component("off", "33.335").component("off", "50").unit_price() == D(
        "33.34"
    )
    kept = Shop().configure(round_each_step="1").component("plus_kept", "0.005").component("off", "0.001")
    assert prices_of(kept.line()) == ["100", "100.01", "100.01"]


def test_that_a_component_of_an_unknown_type_is_ignored() -> None:
    assert Shop().component("off", "10", discount_type=999).unit_price() == D(100)


def test_that_the_steps_of_components_name_their_rows() -> None:
    step = Shop().component("off", "12.5000").line().steps[1]
    assert (step.code, step.label, step.value, step.source) == ("component", "off", "-12.5 %", "items.prices/105")
    assert (step.before, step.after) == (D(100), D("87.5"))
    assert Shop().component("plus", "0.5").line().steps[1].value == "+0.50"
    assert Shop().component("price", "80").line().steps[1].value == "= 80.00"
