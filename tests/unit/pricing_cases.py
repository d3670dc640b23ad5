"""A small shop for tests of prices: rows to change, and short ways to price with them."""

import copy
import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from salesapp.domain.entries import read_entries
from salesapp.domain.objects.auxiliary import Profile
from salesapp.domain.objects.customers import Customer
from salesapp.domain.objects.items import Item, Price
from salesapp.domain.objects.promotions import Promotion
from salesapp.domain.price_rules.price_inputs import DIRECTORIES, LOOKED_UP, Rows
from salesapp.domain.pricing import (
    DocumentInput,
    LineInput,
    PriceBook,
    PricedDocument,
    PricedLine,
    price_document,
)
from salesapp.domain.rows import R, Row
from salesapp.domain.schema import Field, Kind

D = Decimal
DAY = datetime.date(2026, 3, 2)
PIECE, BOX, THIRD = 1, 2, 3
OIL, WATER, WINE, MUG = 1, 2, 3, 4
NET, GROSS, EURO = 1, 2, 3
SHOP, STALL = 1, 2
Mappings = dict[str, list[dict[str, Any]]]
"""Rows by object in written form; a nested value may be any JSON."""
_CLASSES: tuple[type[Row], ...] = (*DIRECTORIES, *LOOKED_UP, Item, Customer, Promotion, Profile)
_CLASS_OF = {kind.OBJECT.key: kind for kind in _CLASSES}

_SHOP: Mappings = {
    "directories.units": [{"id": PIECE, "code": "PCS"}, {"id": BOX, "code": "BOX"}, {"id": THIRD, "code": "THIRD"}],
    "directories.currencies": [
        {"id": 1, "code": "PLN", "decimals": 2, "is_base": True, "rates": []},
        {
            "id": 2,
            "code": "EUR",
            "decimals": 2,
            "is_base": False,
            "rates": [{"date": "2026-03-01", "rate": "4.25"}, {"date": "2026-02-01", "rate": "4.00"}],
        },
        {"id": 3, "code": "USD", "decimals": 2, "rates": [{"date": "2026-03-02", "rate": "3.40"}]},
        {"id": 4, "code": "JPY", "decimals": 0, "rates": [{"date": "2026-03-03", "rate": "0.025"}]},
    ],
    "directories.vat_rates": [
        {"id": 1, "percent": D("23.0000")},
        {"id": 2, "percent": D(8)},
        {"id": 3, "percent": D(0), "is_exempt": True},
    ],
    "directories.price_types": [
        {
            "id": NET,
            "code": "NET",
            "name": "Wholesale",
            "currency": 1,
            "priority": 2,
            "decimals": 2,
            "is_default": True,
        },
        {"id": GROSS, "code": "GROSS", "name": "Retail", "currency": 1, "priority": 1, "decimals": 2, "is_gross": True},
        {"id": EURO, "code": "EURO", "name": "Export", "currency": 2, "priority": 3, "decimals": 2},
    ],
    "directories.price_discount_types": [],
    "directories.global_price_configuration": [],
    "items.forms": [
        {"id": OIL, "code": "OIL", "name": "Oil", "base_unit": PIECE, "sales_unit": PIECE, "vat_rate": 1},
        {"id": WATER, "code": "WATER", "name": "Water", "base_unit": PIECE, "sales_unit": BOX, "vat_rate": 1},
        {"id": WINE, "code": "WINE", "name": "Wine", "base_unit": PIECE, "sales_unit": PIECE, "vat_rate": 2},
        {"id": MUG, "code": "MUG", "name": "Mug", "base_unit": PIECE, "sales_unit": PIECE, "vat_rate": 2},
    ],
    "items.units": [
        {"id": 11, "item": WATER, "unit": BOX, "numerator": D(12), "denominator": D(1)},
        {"id": 12, "item": OIL, "unit": THIRD, "numerator": D(1), "denominator": D(3)},
        {"id": 13, "item": OIL, "unit": BOX, "numerator": D(10), "denominator": D(1)},
    ],
    "items.prices": [
        {"id": 1, "item": OIL, "price_type": NET, "unit": PIECE, "value": D("100.0000"), "minimum_quantity": D(0)},
        {"id": 2, "item": WATER, "price_type": NET, "unit": PIECE, "value": D("1.1000"), "minimum_quantity": D(0)},
        {"id": 3, "item": WINE, "price_type": NET, "unit": PIECE, "value": D("50.0000"), "minimum_quantity": D(0)},
        {"id": 4, "item": OIL, "price_type": GROSS, "unit": PIECE, "value": D("123.0000"), "minimum_quantity": D(0)},
        {"id": 5, "item": OIL, "price_type": EURO, "unit": PIECE, "value": D("20.0000"), "minimum_quantity": D(0)},
    ],
    "items.groups": [
        {"id": 1, "code": "FOOD", "parent": None},
        {"id": 2, "code": "OILS", "parent": 1},
        {"id": 3, "code": "GIFTS", "parent": 1},
        {"id": 4, "code": "DRINKS", "parent": None},
    ],
    "items.group_links": [
        {"id": 1, "item": OIL, "item_group": 2},
        {"id": 2, "item": OIL, "item_group": 3},
        {"id": 3, "item": WATER, "item_group": 4},
        {"id": 4, "item": WINE, "item_group": 4},
    ],
    "customers.customers": [
        {"id": SHOP, "code": "SHOP", "customer_class": "A"},
        {"id": STALL, "code": "STALL", "customer_class": "B"},
    ],
    "promotions.headers": [],
    "promotions.items": [],
    "auxiliary.profiles": [],
}
_TYPES = {
    "off": ("discount", "percent", ""),
    "off_base": ("discount", "percent", "on_base"),
    "off_once": ("discount", "percent", "only_once"),
    "less": ("discount", "amount", ""),
    "less_once": ("discount", "amount", "only_once"),
    "more": ("surcharge", "percent", "discountable"),
    "more_kept": ("surcharge", "percent", ""),
    "more_base": ("surcharge", "percent", "discountable on_base"),
    "plus": ("surcharge", "amount", "discountable"),
    "plus_kept": ("surcharge", "amount", ""),
    "plus_once": ("surcharge", "amount", "discountable only_once"),
    "price": ("replacement_price", "amount", "discountable"),
    "price_kept": ("replacement_price", "amount", ""),
    "price_once": ("replacement_price", "amount", "discountable only_once"),
    "price_percent": ("replacement_price", "percent", "discountable"),
}


def rows_of(mappings: Mappings) -> Rows:
    """Converts the rows for pricing."""
    return Rows(row_of(_CLASS_OF[key], values) for key, found in mappings.items() for values in found)


def row_of(kind: type[R], values: Mapping[str, Any]) -> R:
    """A row from values by name."""
    given: dict[str, Any] = {"minimum_quantity": D(0)} if kind == Price else {}
    given |= {name: value for name, value in values.items() if name != "id"}
    for field in kind.OBJECT.fields:
        value = given.get(field.name)
        if field.name in given and field.kind is Kind.JSON:
            given[field.name] = nested_value(field, value)
        elif isinstance(value, datetime.date):
            given[field.name] = value.isoformat()
    return kind.of(values["id"], **given)


def nested_value(field: Field, value: Any) -> Any:
    """Returns any JSON value in the form of rows."""
    if field.entry is not None:
        return read_entries(field.entry, value)
    return field.read(value) if field.read else value


class Shop:
    """Rows, with short ways to add those that matter in a test."""

    def __init__(self) -> None:
        self.rows: Mappings = copy.deepcopy(_SHOP)
        flags = ("discountable", "on_base", "only_once")
        for number, (code, (kind, value_kind, chosen)) in enumerate(_TYPES.items(), 1):
            row = {"id": number, "code": code, "name": code, "kind": kind, "value_kind": value_kind}
            row |= {flag: flag in chosen for flag in flags}
            self.rows["directories.price_discount_types"].append(row)

    def configure(self, **values: str) -> "Shop":
        """A double underscore stands for the point in a name."""
        rows = self.rows["directories.global_price_configuration"]
        for name, value in values.items():
            rows.append({"id": len(rows) + 1, "name": name.replace("__", "."), "value": value})
        return self

    def price(self, item: int, value: str, price_type: int = NET, **more: Any) -> "Shop":
        rows = self.rows["items.prices"]
        row = {"id": len(rows) + 1, "item": item, "price_type": price_type, "value": D(value), "minimum_quantity": D(0)}
        rows.append(row | {"unit": PIECE} | more)
        return self

    def without_prices(self) -> "Shop":
        self.rows["items.prices"].clear()
        return self

    def component(self, type_: str, value: str, level: str = "item", **more: Any) -> "Shop":
        rows = self.rows["items.prices"]
        row = {"id": 100 + len(rows), "discount_type": list(_TYPES).index(type_) + 1, "level": level, "value": D(value)}
        if level.endswith("item") and "item" not in more:
            row["item"] = OIL
        rows.append(row | more)
        return self

    def promotion(
        self,
        kind: str,
        *scales: tuple[str, str],
        items: tuple[int, ...] = (),
        groups: tuple[int, ...] = (),
        counts: tuple[int, ...] = (),
        cheaper: tuple[int, ...] = (),
        **more: Any,
    ) -> "Shop":
        """A promotion that combines, by quantity, for all, of priority 1, unless `more` says otherwise.

        `counts` and `cheaper` are items of one role only.
        """
        rows, matches = self.rows["promotions.headers"], self.rows["promotions.items"]
        key = len(rows) + 1
        row = {"id": key, "code": f"P{key}", "name": f"Promotion {key}", "kind": kind, "priority": 1, "combines": True}
        row |= {"threshold": "quantity", "scales": [{"from": start, "value": value} for start, value in scales]}
        rows.append(row | more)
        of_roles = (("item", counts, "condition"), ("item", cheaper, "benefit"))
        named = (("item", items, None), ("item_group", groups, None), *of_roles)
        for field, keys, role in named:
            for found in keys:
                matches.append({"id": len(matches) + 1, "promotion": key, field: found, "role": role})
        return self

    def free(self, per: str, free: str, item: str | None = None, start: str | None = None, **more: Any) -> "Shop":
        scale = {"from": start or per, "per": per, "free": free} | ({"item": item} if item else {})
        return self.promotion("free_goods", scales=[scale], **more)

    def group(self, kind: str, value: str, per: str, units: str = "1", **more: Any) -> "Shop":
        """A benefit for `units` of each complete group of `per` base units."""
        return self.promotion(kind, scales=[{"from": "0", "value": value, "per": per, "units": units}], **more)

    def bundle(self, price: str, *parts: tuple[int, str], **more: Any) -> "Shop":
        """A price for a set of items with quantities."""
        self.promotion("bundle", ("0", price), **more)
        matches, key = self.rows["promotions.items"], len(self.rows["promotions.headers"])
        for item, quantity in parts:
            matches.append({"id": len(matches) + 1, "promotion": key, "item": item, "quantity": D(quantity)})
        return self

    def profile(self, *lists: str, maximum: str | None = None, **more: Any) -> "Shop":
        limit = None if maximum is None else D(maximum)
        row = {"id": 1, "code": "field", "price_types": list(lists), "maximum_discount_percent": limit}
        self.rows["auxiliary.profiles"].append(row | more)
        return self

    def customer(self, key: int = SHOP, **values: Any) -> "Shop":
        next(row for row in self.rows["customers.customers"] if row["id"] == key).update(values)
        return self

    @property
    def book(self) -> PriceBook:
        return PriceBook(rows_of(self.rows))

    def document(self, *lines: LineInput, **more: Any) -> PricedDocument:
        values: dict[str, Any] = {"date": DAY, "currency": "PLN", "lines": lines} | more
        return price_document(self.book, DocumentInput(**values))

    def line(
        self, quantity: str = "1", *, item: int = OIL, unit: int = PIECE, own: str = "0", **more: Any
    ) -> PricedLine:
        """Prices a line in its own document."""
        return self.document(line("1", quantity, item=item, unit=unit, own=own), **more).lines[0]

    def unit_price(self, quantity: str = "1", **more: Any) -> Decimal:
        priced = self.line(quantity, **more)
        assert priced.error is None
        return priced.unit_price_net


def line(id_: str, quantity: str = "1", *, item: int = OIL, unit: int = PIECE, own: str = "0") -> LineInput:
    return LineInput(id_, item, unit, D(quantity), D(own))


def prices_of(priced: PricedLine) -> list[str]:
    """Returns the unit price at the beginning and after each step."""
    return [f"{step.after.normalize():f}" for step in priced.steps]


def codes_of(document: PricedDocument) -> list[tuple[str, str]]:
    return [(warning.code, warning.line) for warning in document.warnings]
