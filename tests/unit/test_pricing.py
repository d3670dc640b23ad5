"""Base prices, price lists, units, currencies, VAT, own discounts, rounding: rules 1, 2, 5, 6 and 7."""

import datetime
from decimal import Decimal

import pytest

from salesapp.domain.price_rules.price_inputs import Rows
from salesapp.domain.pricing import (
    DocumentInput,
    LineInput,
    PriceBook,
    discount_limit,
    list_prices,
    price_age,
    price_document,
    price_item,
)
from tests.unit.pricing_cases import (
    BOX,
    DAY,
    EURO,
    GROSS,
    MUG,
    NET,
    OIL,
    PIECE,
    SHOP,
    THIRD,
    WATER,
    WINE,
    D,
    Shop,
    codes_of,
    line,
    prices_of,
)

BEFORE, AFTER = DAY - datetime.timedelta(days=1), DAY + datetime.timedelta(days=1)


def test_that_the_customers_own_list_comes_first_when_the_profile_has_it() -> None:
    shop = Shop().profile("NET", "GROSS", "EURO").customer(price_type=GROSS)
    assert shop.document(line("1"), customer=SHOP, profile="field").price_type == GROSS
    assert shop.document(line("1"), profile="field").price_type == NET
    assert shop.document(line("1"), customer=SHOP, profile="field", price_type=EURO).price_type == EURO


def test_that_a_customers_list_that_the_profile_lacks_is_a_warning_on_each_line() -> None:
    shop = Shop().profile("NET", "EURO").customer(price_type=GROSS)
    found = shop.document(line("1"), line("2"), customer=SHOP, profile="field")
    assert found.price_type == NET
    assert codes_of(found) == [("price.list_not_in_profile", "1"), ("price.list_not_in_profile", "2")]
    shop.rows["directories.price_types"] = [row for row in shop.rows["directories.price_types"] if row["id"] != GROSS]
    assert shop.document(line("1"), customer=SHOP, profile="field").warnings[0].code == "price.list_not_in_profile"


def test_that_without_a_default_the_list_with_the_lowest_priority_number_applies() -> None:
    assert Shop().profile("GROSS", "EURO").document(line("1"), profile="field").price_type == GROSS
    assert Shop().profile("EURO").document(line("1"), profile="field").price_type == EURO
    assert Shop().document(line("1")).price_type == NET, "without a profile every list may be used"


def test_that_a_list_outside_its_validity_is_not_used() -> None:
    shop = Shop().customer(price_type=NET)
    shop.rows["directories.price_types"][0] |= {"valid_to": BEFORE.isoformat()}
    found = shop.document(line("1"), customer=SHOP)
    assert (found.price_type, codes_of(found)) == (GROSS, [("price.list_not_valid", "1")])
    shop.rows["directories.price_types"][0] |= {"valid_to": DAY, "valid_from": DAY}
    assert shop.document(line("1"), customer=SHOP).price_type == NET, "the last day belongs to it"


def test_that_a_profile_without_lists_leaves_every_line_without_a_price() -> None:
    for profile in ("field", "another"):
        found = Shop().profile().document(line("1"), profile=profile)
        assert [entry.error for entry in found.lines] == ["price.no_price_list"]
        assert not found.can_be_confirmed


def test_that_a_line_without_a_price_has_an_error_and_is_not_counted() -> None:
    found = Shop().document(line("1"), line("2", item=MUG))
    assert [entry.error for entry in found.lines] == [None, "price.no_price"]
    assert (found.net, found.can_be_confirmed) == (D("100.00"), False)
    assert Shop().price(MUG, "0").line(item=MUG).error is None, "a price of zero that a list says is a price"
    assert Shop().price(MUG, "-1").line(item=MUG).error == "price.no_price"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (LineInput("1", 99, PIECE, D(1)), "price.unknown_item"),
        (LineInput("1", WINE, BOX, D(1)), "price.unknown_unit"),
        (LineInput("1", OIL, PIECE, D(0)), "price.bad_quantity"),
        (LineInput("1", OIL, PIECE, D(-1)), "price.bad_quantity"),
    ],
)
def test_that_an_impossible_line_has_an_error(given: LineInput, code: str) -> None:
    assert Shop().document(given).lines[0].error == code


def test_that_the_highest_reached_minimum_quantity_applies_to_the_whole_quantity() -> None:
    shop = Shop().price(OIL, "95", minimum_quantity=D(10)).price(OIL, "90", minimum_quantity=D(50))
    found = [shop.unit_price(quantity) for quantity in ("9.9999", "10", "49", "50", "1000")]
    assert found == [D(100), D(95), D(95), D(90), D(90)]


def test_that_of_several_prices_the_latest_start_applies_then_the_lowest_key() -> None:
    shop = Shop().price(OIL, "80", valid_from=BEFORE).price(OIL, "70", valid_from=DAY.isoformat())
    shop.price(OIL, "60", valid_from=DAY).price(OIL, "50", valid_from=AFTER).price(OIL, "40", valid_to=BEFORE)
    assert shop.unit_price() == D(70)


def test_that_both_ends_of_a_validity_belong_to_it() -> None:
    shop = Shop().price(OIL, "80", valid_from=DAY, valid_to=DAY)
    assert [shop.unit_price(date=day) for day in (BEFORE, DAY, AFTER)] == [D(100), D(80), D(100)]


def test_that_a_price_in_the_lines_own_unit_beats_a_converted_one() -> None:
    shop = Shop().price(WATER, "12", unit=BOX).price(WATER, "0.90", minimum_quantity=D(24))
    assert shop.unit_price("2", item=WATER, unit=BOX) == D("12.00")
    assert shop.unit_price("24", item=WATER) == D("0.90")
    shop = Shop().price(WATER, "12", unit=BOX, minimum_quantity=D(5))
    assert shop.unit_price("4", item=WATER, unit=BOX) == D("13.20"), "not reached: the converted one"
    assert shop.unit_price("60", item=WATER) == D("1.10")


def test_that_a_minimum_quantity_counts_in_the_prices_unit() -> None:
    shop = Shop().without_prices().price(WATER, "12", unit=BOX, minimum_quantity=D(2))
    assert shop.unit_price("24", item=WATER) == D("1.00")
    assert shop.line("23", item=WATER).error == "price.no_price"


def test_that_a_factor_of_a_third_is_exact_in_both_directions() -> None:
    assert Shop().unit_price(unit=THIRD) == D("33.33")
    shop = Shop().without_prices().price(OIL, "10.15", unit=THIRD).component("off", "10")
    assert shop.unit_price() == D("27.41"), "30.45 less 10 % is 27.405"
    shop = Shop().price(OIL, "1", minimum_quantity=D(1))
    assert shop.unit_price("3", unit=THIRD) == D("0.33"), "three thirds reach one"
    shop = Shop().without_prices().price(OIL, "10.15").component("off", "10")
    assert shop.unit_price(unit=THIRD) == D("3.05"), "10.15 / 3 less 10 % is 3.045"


def test_that_another_currency_uses_the_rates_of_the_latest_day() -> None:
    shop = Shop().customer(price_type=EURO)
    assert shop.unit_price(customer=SHOP) == D("85.00")
    assert shop.unit_price(customer=SHOP, date=datetime.date(2026, 2, 15)) == D("80.00")
    assert shop.line(customer=SHOP, date=datetime.date(2026, 1, 31)).error == "price.no_rate"
    assert shop.unit_price(customer=SHOP, currency="EUR", date=datetime.date(2026, 1, 31)) == D("20.00"), "none needed"
    assert shop.unit_price(customer=SHOP, currency="USD") == D("25.00"), "20 x 4.25 / 3.40"
    assert shop.line(customer=SHOP, currency="JPY").error == "price.no_rate", "its first rate is of tomorrow"
    assert shop.line(customer=SHOP, currency="XXX").error == "price.no_rate"


def test_that_an_exchange_through_two_rates_is_rounded_once() -> None:
    shop = Shop().customer(price_type=EURO).without_prices().price(OIL, "0.33", EURO)
    priced = shop.line(customer=SHOP, currency="USD")
    assert priced.unit_price_net == D("0.41"), "0.33 x 4.25 / 3.40 = 0.4125; by way of 1.40 it were 0.41176"
    assert prices_of(priced) == ["0.33", "0.4125", "0.41"]


def test_that_amounts_have_the_currencys_decimals_and_prices_the_lists() -> None:
    shop = Shop().without_prices().price(OIL, "0.0333")
    shop.rows["directories.price_types"][0]["decimals"] = 4
    found = shop.document(line("1", "1000"))
    assert (found.lines[0].unit_price_net, found.net) == (D("0.0333"), D("33.30"))
    yen = Shop().document(line("1", "1"), currency="JPY", date=AFTER)
    assert (yen.lines[0].unit_price_net, yen.net, yen.vat) == (D("4000.00"), D(4000), D(920))
    assert yen.net.as_tuple().exponent == 0


@pytest.mark.parametrize(("decimals", "expected"), [(0, "33"), (2, "33.33"), (4, "33.3333"), (9, "33.3333")])
def test_that_a_unit_price_has_0_to_4_decimals(decimals: int, expected: str) -> None:
    shop = Shop()
    shop.rows["directories.price_types"][0]["decimals"] = decimals
    assert str(shop.line(unit=THIRD).unit_price_net) == expected


@pytest.mark.parametrize(
    ("price", "expected"), [("0.0050", "0.01"), ("0.0049", "0.00"), ("2.6750", "2.68"), ("2.665", "2.67")]
)
def test_that_halves_are_rounded_up(price: str, expected: str) -> None:
    assert Shop().without_prices().price(OIL, price).unit_price() == D(expected)


def test_that_a_gross_list_gives_net_by_taking_vat_off() -> None:
    shop = Shop().customer(price_type=GROSS)
    found = shop.document(line("1", "3"), customer=SHOP)
    priced = found.lines[0]
    assert found.is_gross
    assert (priced.unit_price_gross, priced.unit_price_net, priced.list_price) == (D(123), D(100), D(123))
    assert (priced.net, priced.vat, priced.gross) == (D(300), D(69), D(369))


def test_that_vat_is_counted_on_the_sum_of_a_rate_or_on_each_line() -> None:
    lines = [line(str(number), item=WATER) for number in range(1, 8)]  # 1.10 x 23 % = 0.253
    total = Shop().document(*lines)
    assert (total.vat, sum(entry.vat for entry in total.lines)) == (D("1.77"), D("1.77"))
    each = Shop().configure(vat_on="line").document(*lines)
    assert (each.vat, {entry.vat for entry in each.lines}) == (D("1.75"), {D("0.25")})


def test_that_vat_totals_are_by_record_and_an_exempt_one_has_none() -> None:
    shop = Shop().price(MUG, "10")
    shop.rows["directories.vat_rates"] += [{"id": 9, "percent": D(23)}, {"id": 8, "percent": D(5), "is_exempt": True}]
    shop.rows["items.forms"][1]["vat_rate"] = 9
    shop.rows["items.forms"][3]["vat_rate"] = 8
    found = shop.document(line("1"), line("2", item=WATER), line("3", item=WINE), line("4", item=MUG))
    assert [(total.vat_rate, total.percent, total.net, total.vat) for total in found.totals] == [
        (1, D(23), D(100), D(23)),
        (2, D(8), D(50), D(4)),
        (8, D(0), D(10), D(0)),
        (9, D(23), D("1.10"), D("0.25")),
    ]


def test_that_an_item_without_a_vat_rate_is_a_warning() -> None:
    shop = Shop()
    shop.rows["items.forms"][0]["vat_rate"] = None
    found = shop.document(line("1"))
    assert (found.gross, codes_of(found)) == (D(100), [("price.no_vat_rate", "1")])
    assert found.totals[0].vat_rate is None


def test_that_the_own_discount_is_the_last_step_of_the_unit_price() -> None:
    priced = Shop().component("off", "10").promotion("percent", ("0", "10")).line(own="10")
    assert [step.code for step in priced.steps] == ["list_price", "component", "promotion", "own_discount"]
    assert prices_of(priced) == ["100", "90", "81", "72.9"]


def test_that_own_discounts_never_go_over_the_limit() -> None:
    shop = Shop().profile("NET", maximum="15")
    assert shop.document(line("1", own="15"), profile="field").warnings == ()
    found = shop.document(line("1", own="15.0001"), profile="field")
    assert codes_of(found) == [("price.discount_over_limit", "1")]
    assert dict(found.warnings[0].params) == {"limit": "15"}
    assert (found.net, found.lines[0].discount_percent) == (D(85), D(15))


def test_that_the_lines_and_the_documents_discount_share_one_limit() -> None:
    shop = Shop().profile("NET", maximum="15")
    found = shop.document(line("1", own="10"), line("2", own="5"), profile="field", discount_percent=D(10))
    assert codes_of(found) == [("price.discount_over_limit", "1")]
    assert [entry.discount_percent for entry in found.lines] == [D(5), D(5)]
    over = shop.document(line("1", own="1"), profile="field", discount_percent=D(20))
    assert (over.discount_percent, over.lines[0].discount_percent) == (D(15), D(0))
    assert codes_of(over) == [("price.discount_over_limit", ""), ("price.discount_over_limit", "1")]


def test_that_the_smaller_of_profiles_and_global_maximum_is_the_limit() -> None:
    shop = Shop().profile("NET", maximum="15")
    assert discount_limit(shop.book, "field") == 15
    assert discount_limit(shop.configure(maximum_discount_percent="12.5").book, "field") == D("12.5")
    assert discount_limit(shop.book, None) == D("12.5")
    assert discount_limit(Shop().profile("NET").book, "field") == 100
    assert discount_limit(Shop().configure(maximum_discount_percent="-5").book, None) == 0


def test_that_a_negative_own_discount_is_ignored() -> None:
    found = Shop().document(line("1", own="-5"), discount_percent=D(-5))
    assert found.net == D(100)
    assert codes_of(found) == [("price.discount_below_zero", ""), ("price.discount_below_zero", "1")]


def test_that_the_remaining_cent_goes_by_remainder_then_value_then_id() -> None:
    shop = Shop().price(MUG, "10.00")
    three = shop.document(*(line(id_, item=MUG) for id_ in ("10", "9", "b")), discount_percent=D("3.4"))
    assert [entry.document_discount for entry in three.lines] == [D("0.34")] * 3
    odd = shop.document(*(line(id_, item=MUG) for id_ in ("10", "9", "b")), discount_percent=D("0.1"))
    assert odd.discount == D("0.03")
    cents = [shop.document(*(line(id_, item=MUG) for id_ in ids), discount_percent=D("0.05")) for ids in ("ab9", "9ba")]
    for found in cents:
        assert found.discount == D("0.02"), "0.015 of 30.00, rounded first"
        assert {entry.id: entry.document_discount for entry in found.lines} == {
            "9": D("0.01"),
            "a": D("0.01"),
            "b": D(0),
        }


def test_that_a_whole_document_can_be_given_away_and_no_line_falls_below_zero() -> None:
    found = Shop().document(line("1"), line("2", item=WATER), discount_percent=D(100))
    assert (found.net, found.vat, found.gross, found.discount) == (D(0), D(0), D(0), D("101.10"))


def test_that_protected_parts_stay_out_of_the_documents_discount() -> None:
    shop = Shop().component("price_kept", "80")
    found = shop.document(line("1"), line("2", item=WINE), discount_percent=D(10))
    assert [entry.document_discount for entry in found.lines] == [D(0), D(5)]
    found = Shop().component("plus_kept", "25").document(line("1"), discount_percent=D(10))
    assert (found.lines[0].unit_price_net, found.net) == (D(125), D(115))


def test_that_the_steps_lead_from_the_list_to_the_lines_value() -> None:
    priced = Shop().line("2", item=WATER, unit=BOX, discount_percent=D(10))
    assert [(step.code, step.value, step.source) for step in priced.steps] == [
        ("list_price", "1.10", "items.prices/2"),
        ("unit_conversion", "x 12", "items.units/11"),
    ]
    assert [(step.code, step.before, step.after) for step in priced.value_steps] == [
        ("line_value", D("13.20"), D("26.40")),
        ("document_discount", D("26.40"), D("23.76")),
    ]
    assert priced.steps[0].label == "Wholesale"


def test_that_two_lines_of_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="same id"):
        Shop().document(line("1"), line("1"))


def test_that_an_empty_document_costs_nothing_and_cannot_be_confirmed() -> None:
    found = price_document(PriceBook(Rows()), DocumentInput(DAY, "PLN", ()))
    assert (found.lines, found.totals, found.gross, found.can_be_confirmed) == ((), (), D(0), False)


def test_that_an_unknown_customer_is_a_warning() -> None:
    assert codes_of(Shop().document(line("1"), customer=77)) == [("price.unknown_customer", "")]


def test_that_an_item_costs_the_same_alone_and_in_a_document() -> None:
    shop = Shop().component("off", "10", "customer_item", customer=SHOP)
    alone = price_item(shop.book, OIL, PIECE, D(2), date=DAY, currency="PLN", customer=SHOP)
    assert alone == shop.line("2", customer=SHOP)
    assert alone.unit_price_net == D(90)


def test_that_an_items_list_prices_are_shown_with_the_valid_one_marked() -> None:
    shop = (
        Shop()
        .price(OIL, "95", minimum_quantity=D(10))
        .price(OIL, "90", valid_from=DAY)
        .price(OIL, "85", valid_from=AFTER)
    )
    shop.rows["directories.price_types"][2] |= {"valid_to": BEFORE}
    found = list_prices(shop.book, OIL, DAY)
    assert [(entry.code, entry.value, entry.is_valid) for entry in found] == [
        ("GROSS", D(123), True),
        ("NET", D(100), False),
        ("NET", D(90), True),
        ("NET", D(85), False),
        ("NET", D(95), True),
        ("EURO", D(20), False),
    ]
    assert {(entry.currency, entry.unit, entry.is_gross) for entry in found} == {
        ("PLN", PIECE, True),
        ("PLN", PIECE, False),
        ("EUR", PIECE, False),
    }
    assert list_prices(shop.book, 99, DAY) == ()


@pytest.mark.parametrize(
    ("rule", "hours", "expected"),
    [("warn", 24, "ok"), ("warn", 25, "warn"), ("block", 25, "block"), ("ignore", 999, "ok"), ("block", None, "block")],
)
def test_that_old_prices_warn_or_block_by_the_profiles_rule(rule: str, hours: int | None, expected: str) -> None:
    shop = Shop().profile("NET", price_age_rule=rule, maximum_price_age_hours=24)
    now = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)
    verified = None if hours is None else now - datetime.timedelta(hours=hours)
    assert price_age(shop.book, "field", verified, now) == expected
    assert price_age(shop.book, None, verified, now) == "ok"


def test_that_the_environment_does_not_change_prices() -> None:
    """The thread's decimal context and the order of rows have no effect."""
    import decimal

    shop = Shop().component("off", "33.3333").promotion("percent", ("0", "7"))
    expected = shop.document(line("1", "7"), line("2", "3", item=WINE))
    for rows in shop.rows.values():
        rows.reverse()
    with decimal.localcontext(decimal.Context(prec=5, rounding=decimal.ROUND_DOWN)):
        assert shop.document(line("1", "7"), line("2", "3", item=WINE)) == expected
    assert isinstance(expected.net, Decimal)


def test_that_steps_have_at_most_ten_decimals() -> None:
    steps = Shop().component("off", "10").line(unit=THIRD).steps
    assert [str(step.after) for step in steps] == ["100.00", "33.3333333333", "30.00"], "no rounding of what is exact"
    assert str(Shop().component("off", "50.0100").line().steps[1].after) == "49.99"
