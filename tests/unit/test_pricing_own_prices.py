"""List prices of one customer or class, the validity of VAT, and what a row of prices must say: rules 2 and 3."""

import datetime

import pytest

from salesapp.domain.catalogue import CATALOGUE
from salesapp.domain.objects.items import Price
from salesapp.domain.objects.promotions import Promotion, PromotionItem
from salesapp.domain.pricing import PriceWarning, list_prices
from salesapp.domain.row_rules import broken_rule
from salesapp.domain.rows import Row
from tests.unit.pricing_cases import BOX, DAY, GROSS, NET, OIL, SHOP, STALL, WATER, D, Shop, line


def test_that_a_customers_or_classes_list_price_is_for_them_alone_and_comes_first() -> None:
    shop = (
        Shop()
        .price(OIL, "80", customer=SHOP)
        .price(OIL, "70", customer_class="A")
        .price(OIL, "120", customer_class="B")
    )
    assert [shop.unit_price(customer=key) for key in (None, SHOP, STALL)] == [D(100), D(80), D(120)]
    assert [shop.unit_price(customer_class=name) for name in ("A", "B", "C")] == [D(70), D(120), D(100)]
    assert shop.line(customer=SHOP).steps[0].source == "items.prices/6"


def test_that_an_own_price_comes_before_quantities_units_and_later_days_of_everybodys() -> None:
    shop = Shop().price(WATER, "1.00", customer=SHOP, valid_from="2026-01-01")
    shop.price(WATER, "0.90", minimum_quantity=D(10), valid_from="2026-02-01").price(WATER, "9.00", unit=BOX)
    assert shop.unit_price("12", item=WATER, customer=SHOP) == D("1.00")
    assert shop.unit_price(item=WATER, unit=BOX, customer=SHOP) == D("12.00")
    assert shop.unit_price(item=WATER, unit=BOX, customer=STALL) == D("9.00")


def test_that_an_own_price_holds_in_its_list_on_its_days_and_from_its_quantity_on() -> None:
    shop = Shop().price(OIL, "80", customer=SHOP, valid_to=DAY.isoformat(), minimum_quantity=D(5))
    assert [shop.unit_price(n, customer=SHOP) for n in ("4", "5")] == [D(100), D(80)]
    assert shop.unit_price("5", customer=SHOP, date=DAY + datetime.timedelta(days=1)) == D(100)
    gross = shop.line("5", customer=SHOP, price_type=GROSS)
    assert gross.unit_price_gross == D(123)


def test_that_the_prices_of_a_list_are_shown_to_those_who_get_them() -> None:
    shop = Shop().price(OIL, "80", customer=SHOP, minimum_quantity=D(3)).price(OIL, "90", minimum_quantity=D(5))
    shop.price(OIL, "70", customer=STALL).price(OIL, "95", customer_class="B", minimum_quantity=D(2))

    def shown(customer: int | None) -> list[tuple[str, bool]]:
        found = list_prices(shop.book, OIL, DAY, customer)
        return [(f"{price.value:.0f}", price.is_valid) for price in found if price.price_type == NET]

    assert shown(None) == [("100", True), ("90", True)]
    assert shown(SHOP) == [("100", True), ("80", True), ("90", False)], "the own price holds from 3 on"
    assert shown(STALL) == [("100", False), ("70", True), ("95", False), ("90", False)]


def test_that_a_vat_rate_counts_on_the_days_of_its_validity() -> None:
    shop = Shop()
    shop.rows["directories.vat_rates"][0] |= {"valid_from": "2026-01-01", "valid_to": "2026-03-02"}
    inside = shop.document(line("1"), date=DAY)
    assert (inside.vat, inside.warnings) == (D(23), ())
    for day in (DAY + datetime.timedelta(days=1), datetime.date(2025, 12, 31)):
        outside = shop.document(line("1"), date=day)
        assert (outside.vat, outside.lines[0].vat_rate) == (D(0), None)
        assert outside.warnings == (PriceWarning("price.no_vat_rate", "1", {}),)


def broken(kind: type[Row], /, **values: int | str) -> str:
    """The field that is wrong in a row as the ERP has it; references are ERP keys."""
    stored = tuple(values.get(field.name) for field in kind.OBJECT.fields)
    fault = broken_rule(CATALOGUE.by_key[kind.OBJECT.key], stored)
    return fault[0] if fault else ""


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"item": "I", "price_type": "L"}, ""),
        ({"item": "I", "price_type": "L", "customer": "C", "level": "customer_item"}, ""),
        ({"item": "I", "price_type": "L", "customer_class": "A", "level": "customer_class_item"}, ""),
        ({"item": "I", "price_type": "L", "level": "customer_item"}, "level"),
        ({"price_type": "L"}, "item"),
        ({"item": "I", "customer": "C"}, "price_type"),
        ({"item": "I", "price_type": "L", "item_group": "G"}, "item_group"),
        ({"discount_type": "D", "item": "I"}, ""),
        ({"discount_type": "D", "item_group": "G", "customer": "C", "price_type": "L"}, ""),
        ({"discount_type": "D", "item": "I", "customer": "C", "level": "item"}, ""),
        ({"discount_type": "D", "item": "I", "item_group": "G"}, "item_group"),
        ({"discount_type": "D", "item": "I", "unit": "BOX"}, "unit"),
        ({"discount_type": "D"}, "item_group"),
        ({"discount_type": "D", "item": "I", "level": "item_group"}, "item_group"),
        ({"discount_type": "D", "item_group": "G", "level": "customer_item", "customer": "C"}, "item"),
        ({"discount_type": "D", "item": "I", "level": "customer_item"}, "customer"),
        ({"discount_type": "D", "item": "I", "level": "customer_class_item"}, "customer_class"),
    ],
)
def test_that_a_row_of_prices_says_what_the_rules_need_and_nothing_that_they_do_not_read(
    values: dict[str, str], field: str
) -> None:
    assert broken(Price, value=100_000, minimum_quantity=0, **values) == field


def test_that_a_row_of_a_promotions_items_names_an_item_or_a_group() -> None:
    assert [broken(PromotionItem, promotion="P", **row) for row in ({"item": "I"}, {"item_group": "G"}, {})] == [
        "",
        "",
        "item",
    ]
    bundle: dict[str, int | str] = {"promotion": "P", "item": "I", "quantity": 20_000}
    assert broken(PromotionItem, **bundle) == ""
    assert broken(PromotionItem, **bundle | {"quantity": 0}) == "quantity"
    assert broken(PromotionItem, **bundle, role="benefit") == "role"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"scales": '[{"value":"50","per":"3","units":"1"}]'}, ""),
        ({"scales": '[{"value":"50","per":"3"}]'}, "scales"),
        ({"scales": '[{"value":"50","units":"1"}]'}, "scales"),
        ({"scales": '[{"value":"50","per":"3","units":"4"}]'}, "scales"),
        ({"scales": '[{"value":"50","per":"3","units":"0"}]'}, "scales"),
        ({"scales": '[{"value":"50","per":"3","units":"1"},{"from":"9","value":"20"}]'}, "scales"),
        ({"kind": "free_goods", "scales": '[{"free":"1","per":"3","units":"1"}]'}, "scales"),
        ({"kind": "bundle", "scales": '[{"value":"50"},{"from":"3","value":"45"}]'}, ""),
        ({"kind": "bundle", "scales": '[{"value":"50","per":"3","units":"1"}]'}, "scales"),
        ({"kind": "bundle", "scales": '[{"value":"50"}]', "threshold": "value"}, "threshold"),
    ],
)
def test_that_a_promotion_of_sets_says_what_the_rules_need(values: dict[str, str], field: str) -> None:
    empty = {"customers": "[]", "customer_classes": "[]"}
    assert broken(Promotion, **{"kind": "percent", "threshold": "quantity"} | empty | values) == field


def test_that_at_most_one_reference_of_a_row_binds_it_to_a_scope() -> None:
    scoped = {entry.key for entry in CATALOGUE.objects if entry.scope}
    for entry in CATALOGUE.objects:
        bound = [
            field.name
            for field in entry.references()
            if field.strong and not field.elsewhere and scoped.intersection(field.target_keys())
        ]
        assert bound == [] or bound == [entry.scope[0].field], f"{entry.key} would set rows of two scopes aside"


def test_that_a_base_currency_that_is_none_counts_as_missing() -> None:
    for code in ("ZZZ", "pln", "EUR"):
        found = Shop().configure(base_currency=code).document(line("1"), currency="EUR")
        assert found.can_be_confirmed == (code != "EUR"), "no rate of the zloty in euros is known"


def test_that_a_negative_discount_is_told_as_a_surcharge() -> None:
    shop = Shop().component("off", "-10").component("less", "-1").customer(general_discount_percent=D(-5))
    shop.promotion("percent", ("0", "-2")).promotion("amount", ("0", "-3"), priority=2)
    told = [step.value for step in shop.line(customer=SHOP).steps[1:]]
    assert told[:5] == ["+10 %", "+1.00", "+5 %", "+2 %", "+3.00"]


def test_that_a_replacement_price_that_rounds_to_the_price_protects_nothing() -> None:
    shop = Shop().configure(round_each_step="1").component("price_kept", "99.6").component("off", "10")
    shop.rows["directories.price_types"][0]["decimals"] = 0
    assert shop.unit_price() == D(90)
    fixed = Shop().configure(round_each_step="1").promotion("fixed_price", ("0", "99.996"), combines=False)
    assert fixed.promotion("percent", ("0", "10"), priority=2).unit_price() == D(90)


@pytest.mark.parametrize(
    ("own", "price", "is_told"), [("0", "0.05", False), ("10", "0.05", True), ("11", "0.04", False)]
)
def test_that_an_own_discount_that_is_lost_in_rounding_is_told(own: str, price: str, *, is_told: bool) -> None:
    found = Shop().without_prices().price(OIL, "0.05").document(line("1", "10000", own=own))
    assert found.lines[0].unit_price_net == D(price)
    told = [PriceWarning("price.discount_without_effect", "1", {})] if is_told else []
    assert list(found.warnings) == told
