"""Nested values of any shape: the effect of an unreadable one is reported, and no other price changes."""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesapp.domain import nested
from salesapp.domain.catalogue import CATALOGUE
from salesapp.domain.entries import stored_entries
from salesapp.domain.nested_checks import faults
from salesapp.domain.objects.auxiliary import ErpLine
from salesapp.domain.objects.customers import Address
from salesapp.domain.objects.directories import Currency, Rate
from salesapp.domain.objects.items import Item, Price
from salesapp.domain.objects.promotions import Promotion, PromotionItem
from salesapp.domain.price_rules.price_inputs import Rows, gather
from salesapp.domain.pricing import PricedDocument, converted, list_prices, promotions_for
from salesapp.domain.rows import R, Row, value_of
from salesapp.domain.schema import Field, Kind
from tests.unit.pricing_cases import DAY, NET, OIL, SHOP, STALL, WATER, WINE, D, Shop, line, nested_value, rows_of

NESTED = [(entry, field) for entry in CATALOGUE.all for field in entry.fields if field.kind is Kind.JSON]
NAMES = [f"{entry.key}.{field.name}" for entry, field in NESTED]
KINDS = [kind for kind in Row.__subclasses__() if kind.OBJECT in CATALOGUE.all]


def nested_of(kind: type[Row]) -> list[Field]:
    return [field for field in kind.OBJECT.fields if field.kind is Kind.JSON]


def read(kind: type[Row], stored: Any) -> Row:
    """A row whose nested fields are stored so, and that has nothing else."""
    return kind.read(1, [stored if field.kind is Kind.JSON else None for field in kind.OBJECT.fields])


_words = st.sampled_from(
    ["", "5", "4,25", "10 %", "01.03.2026", "2026-03-01", "2026-03-01T00:00:00Z", "NaN", "1e999", "C1"]
)
_leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | _words
_names = st.sampled_from(
    ["date", "rate", "from", "value", "per", "free", "item", "kind", "name", "questions", "min_qty"]
)
ANY = st.recursive(
    _leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_names | st.text(), inner, max_size=4),
    max_leaves=12,
)
WRONG = [
    [{"date": "01.03.2026", "rate": "4.25"}],
    [{"date": "2026-03-01T00:00:00Z", "rate": "4.25"}],
    [{"date": "2026-03-01", "rate": "4,25"}],
    [{"date": "2026-03-01", "rate": 4.25}],
    [{"date": "2026-03-01", "rate": "1e50"}],
    [{"date": "2026-03-01", "rate": "NaN"}],
    [{"date": "2026-03-01", "rate": "0"}],
    [{"date": "2026-03-01", "rate": "-4"}],
    [{"date": 20260301, "rate": "4.25"}],
    [{"rate": "4.25"}],
    [{}],
    ["2026-03-01", "4.25"],
    [[["2026-03-01", "4.25"]]],
    {"date": "2026-03-01", "rate": "4.25"},
    {"2026-03-01": "4.25"},
    "4.25",
    4,
    True,
    [None],
]
WRONG_SCALES = [
    [{"from": "0", "value": "10 %"}],
    [{"from": "0", "value": 2.5}],
    [{"from": "ten", "value": "5"}],
    [{"min_qty": "0", "percent": "5"}],
    [{"from": "0", "value": "5"}, {"from": "10"}],
    [{"from": "0", "value": "1e13"}],
    [{"from": ["0"], "value": {"percent": "5"}}],
    [{"from": "0", "value": True}],
    {"from": "0", "value": "7"},
    ["10", "5"],
    [["10", "5"]],
    "10:5",
    7,
    [None],
]
WRONG_GIFTS = [
    [{"from": "5", "per": "5", "free": "one"}],
    [{"from": "5", "per": "x", "free": "1"}],
    [{"from": "5"}],
    [{"from": "5", "per": "5", "free": "1", "item": ["MUG"]}],
    [{"from": "5", "per": "5", "free": "1", "item": {"code": "MUG"}}],
]
WRONG_CODES = ["C1", {"C1": True}, [{"code": "C1"}], [None], [["C1"]], [True], [1.5], 7, [""]]


Priced = list[tuple[Any, ...]]


def without_warnings(found: PricedDocument) -> Priced:
    """Returns the priced document without warnings."""
    return [(one.item, one.error, one.net, one.vat, one.gross, one.steps, one.promotions) for one in found.lines]


def codes_of(found: PricedDocument) -> set[tuple[str, str]]:
    return {(warning.code, warning.line) for warning in found.warnings}


ORDER = (line("1", "6", item=OIL), line("2", "3", item=WATER), line("3", "2", item=WINE))
PLAIN = without_warnings(Shop().document(*ORDER))
"""The codes of a document in the base currency, without promotions."""


def with_rates(rates: Any) -> Shop:
    shop = Shop()
    shop.rows["directories.currencies"][1]["rates"] = rates
    return shop


def in_euro(shop: Shop) -> PricedDocument:
    return shop.document(*ORDER, currency="EUR", price_type=NET)


@pytest.mark.parametrize("rates", WRONG, ids=repr)
def test_that_an_unreadable_rate_stops_only_the_prices_that_need_it(rates: Any) -> None:
    shop = with_rates(rates)

    assert {found.error for found in in_euro(shop).lines} == {"price.bad_row"}
    assert without_warnings(shop.document(*ORDER)) == PLAIN
    assert shop.document(*ORDER).warnings == ()
    assert list_prices(shop.book, OIL, DAY) == list_prices(Shop().book, OIL, DAY)
    assert converted(shop.book, D(1), "EUR", "PLN", DAY) is None


def test_that_a_wrong_rate_of_another_day_changes_nothing() -> None:
    good = {"date": "2026-03-01", "rate": "4.25"}
    for bad in ({"date": "2025-01-01", "rate": "?"}, {"date": "2026-12-01", "rate": None}):
        for rates in ([good, bad], [bad, good]):
            assert in_euro(with_rates(rates)) == in_euro(with_rates([good]))
    unknown = in_euro(with_rates([good, {"date": "1.3.2026", "rate": "4.30"}]))
    assert {found.error for found in unknown.lines} == {"price.bad_row"}, "nobody knows which one is the latest"
    assert {found.error for found in in_euro(with_rates([])).lines} == {"price.no_rate"}
    assert {found.error for found in in_euro(with_rates(None)).lines} == {"price.no_rate"}


@pytest.mark.parametrize("scales", WRONG_SCALES, ids=repr)
def test_that_an_unreadable_promotion_is_reported_at_its_lines_and_changes_nothing(scales: Any) -> None:
    shop = Shop().promotion("percent", items=(OIL,), scales=scales)

    found = shop.document(*ORDER)

    assert without_warnings(found) == PLAIN
    assert codes_of(found) == {("price.bad_row", "1")}
    assert found.warnings[0].params == {"promotion": "Promotion 1"}
    assert found.can_be_confirmed


@pytest.mark.parametrize("scales", WRONG_GIFTS, ids=repr)
def test_that_an_unreadable_gift_is_reported(scales: Any) -> None:
    found = Shop().promotion("free_goods", items=(OIL,), scales=scales).document(*ORDER)

    assert without_warnings(found) == PLAIN
    assert codes_of(found) == {("price.bad_row", "1")}


@pytest.mark.parametrize("field", ["customers", "customer_classes"])
@pytest.mark.parametrize("given_codes", WRONG_CODES, ids=repr)
def test_that_a_promotion_for_unreadable_customers_is_for_nobody(field: str, given_codes: Any) -> None:
    shop = Shop().promotion("percent", ("0", "50"), items=(OIL,), **{field: given_codes})

    found = shop.document(*ORDER, customer=SHOP)

    assert without_warnings(found) == without_warnings(Shop().document(*ORDER, customer=SHOP))
    assert codes_of(found) == {("price.bad_row", "1")}
    over = Shop().promotion("percent", ("0", "50"), items=(OIL,), valid_to=date(2020, 1, 1), **{field: given_codes})
    assert over.document(*ORDER, customer=SHOP).warnings == (), "it holds on no day like this"


def test_that_an_unreadable_code_beside_a_customer_does_not_matter() -> None:
    shop = Shop().promotion("percent", ("0", "50"), items=(OIL,), customers=["SHOP", {"code": "STALL"}])

    assert shop.document(*ORDER, customer=SHOP).warnings == ()
    assert shop.document(*ORDER, customer=SHOP).lines[0].promotions
    assert codes_of(shop.document(*ORDER, customer=STALL)) == {("price.bad_row", "1")}


def test_that_numbers_are_accepted_as_codes() -> None:
    shop = Shop().customer(SHOP, code="17").promotion("percent", ("0", "50"), items=(OIL,), customers=[17])

    assert shop.document(*ORDER, customer=SHOP).lines[0].promotions
    assert nested.codes([5901234123457, "0017"]) == ["5901234123457", "0017"], "an EAN is longer than amounts are"


@pytest.mark.parametrize("lists", WRONG_CODES, ids=repr)
def test_that_a_profile_with_unreadable_lists_stops_only_its_prices(lists: Any) -> None:
    shop = Shop().profile(price_types=lists)
    shop.rows["auxiliary.profiles"].append({"id": 2, "code": "office", "price_types": ["NET"]})

    assert {found.error for found in shop.document(*ORDER, profile="field").lines} == {"price.bad_row"}
    assert without_warnings(shop.document(*ORDER, profile="office")) == PLAIN
    readable = [*lists, "NET"] if isinstance(lists, list) else ["NET"]
    assert without_warnings(Shop().profile(price_types=readable).document(*ORDER, profile="field")) == PLAIN


def test_that_an_unreadable_rate_of_a_promotion_is_reported() -> None:
    shop = with_rates("?").promotion("amount", ("0", "1"), items=(OIL,), currency=2)

    found = shop.document(*ORDER)

    assert without_warnings(found) == PLAIN
    assert codes_of(found) == {("price.bad_row", "1")}


@settings(max_examples=150, deadline=None)
@given(ANY, ANY, ANY, ANY, st.sampled_from(["percent", "amount", "fixed_price", "free_goods"]))
def test_that_no_nested_value_ends_pricing_or_changes_another_price(
    rates: Any, scales: Any, customers: Any, lists: Any, kind: str
) -> None:
    shop = with_rates(rates).promotion(kind, items=(OIL,), scales=scales, customers=customers, currency=2)
    shop.profile(price_types=lists)
    shop.rows["auxiliary.profiles"].append({"id": 2, "code": "office", "price_types": ["NET"]})

    for currency in ("PLN", "EUR", "USD"):
        for profile in (None, "field"):
            shop.document(*ORDER, currency=currency, profile=profile, customer=SHOP)
    found = shop.document(*ORDER, profile="office", customer=STALL)
    others = [one for one in without_warnings(found) if one[0] in {WATER, WINE}]
    assert others == PLAIN[1:]
    promotions_for(shop.book, OIL, SHOP, DAY)
    assert gather(Source(rows_of(shop.rows)), [OIL, WATER], SHOP).all(Item)


@dataclass(frozen=True)
class Source:
    """The rows of a shop as prices gather them."""

    rows: Rows

    def whole(self, kind: type[R]) -> list[R]:
        return self.rows.all(kind)

    def having(self, kind: type[R], field: str, values: Collection[int | str]) -> list[R]:
        return [row for row in self.whole(kind) if getattr(row, field) in values]

    def prices(self, field: str, values: Collection[int], customer: int | None) -> list[Price]:
        del customer
        return self.having(Price, field, values)

    def promotions_for_everything(self) -> list[Promotion]:
        named = {row.promotion for row in self.whole(PromotionItem)}
        return [row for row in self.whole(Promotion) if row.id not in named]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.OBJECT.key))
@settings(max_examples=60, deadline=None)
@given(value=ANY)
def test_that_every_nested_field_is_read_in_its_form(kind: type[Row], value: Any) -> None:
    row = read(kind, msgspec.json.encode(value).decode())

    for field in nested_of(kind):
        found = getattr(row, field.name)
        if field.read is nested.mapping:
            assert all(isinstance(text, str) for text in found.values())
        elif found is None:
            assert field.entry is not None
            assert field.entry.strict
        else:
            form = str if field.entry is None else field.entry
            assert all(isinstance(one, form) for one in found)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.OBJECT.key))
@pytest.mark.parametrize("stored", ["[" * 100_000, "[" * 900 + "]" * 900, "{", "", None, 5, "null", "\udcff"])
def test_that_invalid_json_is_read_as_empty(kind: type[Row], stored: Any) -> None:
    row = read(kind, stored)

    found = [getattr(row, field.name) for field in nested_of(kind)]
    assert all(not one or list(one) in ([nested.UNREADABLE], [Rate.unreadable()]) for one in found)
    assert all(value_of(field, stored) is None for field in nested_of(kind))


def test_that_values_that_are_nested_too_deeply_are_not_read() -> None:
    assert nested.decoded("[" * 300 + "]" * 300) == nested.UNREADABLE
    many = [{"from": str(number), "value": "5"} for number in range(100)]
    assert nested.decoded(json.dumps(many)) == many


def test_that_the_shapes_in_the_guide_are_read() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "csv.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| (`\w+`(?:, `\w+`)*).*?\| .*?`(\[.*?\])`(?:[;,:]| \|)", guide, re.MULTILINE)
    fields = {field.name: field for _entry, field in NESTED}
    shapes = {name: shape for names, shape in told for name in re.findall(r"\w+", names) if name in fields}
    assert len(shapes) > 8
    for name, shape in shapes.items():
        assert value_of(fields[name], shape) == json.loads(shape), name
        assert faults(fields[name], json.loads(shape)) == [], name
    assert nested_value(Currency.OBJECT.field("rates"), json.loads(shapes["rates"]))
    scales = nested_value(Promotion.OBJECT.field("scales"), json.loads(shapes["scales"]))
    assert Promotion.of(1, kind="percent", scales=scales).usable_scales()


def test_that_the_parts_of_an_entry_are_read_independently() -> None:
    given_lines = [
        {"item": 17, "unit": "pcs", "quantity": 2, "unit_price": "1.50", "net": {"gross": 3}},
        {"item": "B", "quantity": "two"},
        "C",
    ]
    (read_line,) = stored_entries(ErpLine, json.dumps(given_lines)) or ()
    assert read_line == ErpLine(item="17", unit="pcs", quantity=D(2), unit_price=D("1.50"))
    stored = json.dumps([{"kind": "main", "postal_code": 12345, "city": ["Łódź"], "is_default": 1, "note": {"a": 1}}])
    assert stored_entries(Address, stored) == (Address(kind="main", postal_code="12345", is_default=True),)
