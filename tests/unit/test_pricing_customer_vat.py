"""VAT by the customer's tax class: rates, sentences, net prices of gross lists: rule 6."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesapp.domain.pricing import LineInput, PricedDocument
from tests.unit.pricing_cases import GROSS, MUG, OIL, SHOP, WATER, WINE, D, Shop, codes_of, line
from tests.unit.test_pricing_laws import line_lists, shops

CLASSES = [
    {"tax_class": "intra_eu", "vat_rate": "WDT", "sentence": "Intra-Community supply."},
    {"tax_class": "export", "vat_rate": "EXP", "sentence": "Export."},
    {"tax_class": "reverse_charge", "vat_rate": "8", "sentence": "Reverse charge."},
]


def mapped(tax_class: str | None, shop: Shop | None = None, classes: Any = CLASSES) -> Shop:
    """A shop whose first customer has a tax class, with rates for it."""
    shop = shop or Shop()
    rates = shop.rows["directories.vat_rates"]
    for row, code in zip(rates, ("23", "8", "0"), strict=True):
        row |= {"code": code, "by_tax_class": classes}
    rates += [{"id": 11, "code": "WDT", "percent": D(0)}, {"id": 12, "code": "EXP", "percent": D(0)}]
    return shop.customer(tax_class=tax_class)


def sold(shop: Shop, *lines: LineInput, **more: Any) -> PricedDocument:
    return shop.document(*(lines or (line("1"),)), customer=SHOP, **more)


@pytest.mark.parametrize(
    ("tax_class", "rate", "vat", "sentences"),
    [
        (None, 1, "23", ()),
        ("domestic", 1, "23", ()),
        ("intra_eu", 11, "0", ("Intra-Community supply.",)),
        ("export", 12, "0", ("Export.",)),
        ("reverse_charge", 2, "8", ("Reverse charge.",)),
    ],
)
def test_that_the_tax_class_of_the_customer_chooses_the_rate_and_the_sentence(
    tax_class: str | None, rate: int, vat: str, sentences: tuple[str, ...]
) -> None:
    found = sold(mapped(tax_class))
    (entry,) = found.lines
    assert (entry.vat_rate, entry.net, entry.vat) == (rate, D(100), D(vat))
    assert found.vat_sentences == sentences
    assert found.warnings == ()
    assert [total.vat_rate for total in found.totals] == [rate]


def test_that_a_class_without_a_usable_rate_leaves_the_items_own_with_a_warning() -> None:
    for shop in (
        mapped("exempt"),
        mapped("export", classes=[{"tax_class": "export", "vat_rate": "NOWHERE"}]),
        mapped("export", classes=[{"tax_class": "moon", "vat_rate": "EXP"}]),
    ):
        found = sold(shop)
        assert (found.vat, found.vat_sentences) == (D(23), ())
        assert codes_of(found) == [("price.no_class_rate", "1")]
    shop = mapped("export")
    shop.rows["directories.vat_rates"][-1]["valid_to"] = "2020-12-31"
    assert codes_of(sold(shop)) == [("price.no_class_rate", "1")]


def test_that_the_net_price_of_a_gross_list_stays() -> None:
    at_home = sold(mapped("domestic"), line("1", "2"), price_type=GROSS)
    abroad = sold(mapped("export"), line("1", "2"), price_type=GROSS)
    assert (at_home.gross, at_home.net, at_home.is_gross) == (D(246), D(200), True)
    assert (abroad.gross, abroad.net, abroad.vat, abroad.is_gross) == (D(200), D(200), D(0), False)
    (entry,) = abroad.lines
    assert (entry.list_price, entry.unit_price_net, entry.unit_price_gross) == (D(100), D(100), D(100))
    assert [(step.code, step.label, step.value, step.after) for step in entry.steps] == [
        ("list_price", "Retail", "123.00", D(123)),
        ("tax_class", "export", "x 100 / 123", D(100)),
    ]
    some = sold(mapped("reverse_charge"), line("1", "2"), price_type=GROSS)
    assert (some.net, some.vat, some.gross) == (D(200), D(16), D(216))


def test_that_amounts_and_thresholds_of_a_gross_list_are_gross_whatever_the_class() -> None:
    for tax_class, net in (("domestic", "180"), ("export", "180")):
        shop = mapped(tax_class).promotion("amount", ("246", "12.30"), threshold="value")
        assert sold(shop, line("1", "2"), price_type=GROSS).net == D(net)
        fixed = mapped(tax_class).component("price", "110.70")
        assert sold(fixed, line("1", "2"), price_type=GROSS).net == D(net)
        third = mapped(tax_class).group("fixed_price", "98.40", "2")
        assert sold(third, line("1", "2"), price_type=GROSS).net == D(net)
        bundle = mapped(tax_class).price(WATER, "1.23", GROSS).bundle("112.0530", (OIL, "1"), (WATER, "1"))
        found = sold(bundle, line("1"), line("2", item=WATER), price_type=GROSS)
        assert found.net == D("91.10"), "112.05 gross"


def test_that_free_goods_have_the_customers_rate() -> None:
    found = sold(mapped("intra_eu").free("1", "1", "MUG"), line("1"))
    assert [(entry.item, entry.vat_rate) for entry in found.lines] == [(OIL, 11), (MUG, 11)]


def test_that_each_sentence_is_told_once_by_rate() -> None:
    shop = mapped("intra_eu")
    shop.rows["directories.vat_rates"][1]["by_tax_class"] = [
        {"tax_class": "intra_eu", "vat_rate": "EXP", "sentence": "Another."}
    ]
    found = sold(shop, line("1"), line("2", item=WINE), line("3", "2"))
    assert found.vat_sentences == ("Intra-Community supply.", "Another.")


@settings(max_examples=120, deadline=None)
@given(shops(), line_lists(), st.sampled_from([D(0), D(5)]))
def test_that_sums_add_up_and_net_lists_cost_the_same_net_for_every_class(
    shop: Shop, lines: list[LineInput], percent: Decimal
) -> None:
    at_home = sold(mapped("domestic", shop), *lines, discount_percent=percent)
    shop.customer(tax_class="intra_eu")
    abroad = sold(shop, *lines, discount_percent=percent)
    for entry in abroad.lines:
        assert entry.net + entry.vat == entry.gross
        assert min(entry.net, entry.vat) >= 0
    assert abroad.net == sum((entry.net for entry in abroad.lines), D(0))
    assert abroad.vat == 0
    assert not abroad.is_gross
    if not at_home.is_gross:
        assert [entry.net for entry in abroad.lines] == [entry.net for entry in at_home.lines]
