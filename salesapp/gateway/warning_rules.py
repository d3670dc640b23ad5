"""The warnings of an import, one declaration each. Add a new one to `RULES`.

Values are in stored form: decimals are scaled integers, booleans 0 or 1, nested fields JSON texts.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from salesapp.domain.catalogue import CATALOGUE
from salesapp.domain.entries import Entry, stored_entries
from salesapp.domain.nested import codes, decoded
from salesapp.domain.nested_checks import unknown_keys
from salesapp.domain.objects.directories import ClassRate, Rate
from salesapp.domain.objects.documents import DOCUMENT_TYPES
from salesapp.domain.objects.promotions import Scale
from salesapp.domain.schema import Kind
from salesapp.gateway.import_warnings import Doubt, Look, OfAll, OfOneRow, Rows, Rule, Twice, Values

ITEMS, UNITS_OF_ITEMS, PRICES, GROUPS = "items.forms", "items.units", "items.prices", "items.groups"
UNITS, CURRENCIES, PRICE_TYPES = "directories.units", "directories.currencies", "directories.price_types"
WAREHOUSES, PAYMENT_FORMS = "directories.warehouses", "directories.payment_forms"
VAT_RATES = "directories.vat_rates"
PROFILES, NUMERATORS = "auxiliary.profiles", "documents.numerators"
CUSTOMERS, PROMOTIONS, PROMOTION_ITEMS = "customers.customers", "promotions.headers", "promotions.items"
MOST_DECIMALS = 4
_EXPONENT = re.compile(r"\d+([.,]\d*)?[eE][+-]?\d+")
_GTIN_LENGTHS = {8, 12, 13, 14}


def _amount(value: int, scale: int = 4) -> str:
    return f"{Decimal(value).scaleb(-scale).normalize():f}"


def _below_zero(value: int | None) -> str | None:
    return _amount(value) if value is not None and value < 0 else None


def _is_no_price(value: int | None, component: object) -> str | None:
    return "0" if value == 0 and component is None else None


def _is_no_percent(value: int | None) -> str | None:
    return f"{_amount(value)} %" if value is not None and not 0 <= value <= 100 * 10_000 else None


def _is_no_factor(numerator: int, denominator: int) -> str | None:
    return None if numerator > 0 < denominator else f"{_amount(numerator, 6)}/{_amount(denominator, 6)}"


def _odd_decimals(decimals: int) -> str | None:
    return None if 0 <= decimals <= MOST_DECIMALS else f"{decimals} decimals"


def _turned_round(valid_from: str | None, valid_to: str | None) -> str | None:
    return f"from {valid_from} to {valid_to}" if valid_from and valid_to and valid_to < valid_from else None


def _odd_ean(ean: str | None) -> str | None:
    """Finds an EAN that a spreadsheet shortened, or with a wrong check digit."""
    if not ean:
        return None
    if _EXPONENT.fullmatch(ean):
        return f"{ean}: a number that a spreadsheet has shortened"
    if len(ean) in _GTIN_LENGTHS and ean.isascii() and ean.isdigit() and not _checks(ean):
        return f"{ean}: the check digit does not fit"
    return None


def _checks(ean: str) -> bool:
    weights = (1, 3)
    return sum(int(digit) * weights[place % 2] for place, digit in enumerate(reversed(ean))) % 10 == 0


def _codes(nested: object) -> list[str]:
    return codes(decoded(nested))


def _odd_rates(rates: str | None) -> str | None:
    odd = (one for one in stored_entries(Rate, rates) or () if one.rate is None or one.rate <= 0)
    return next((f"rate {one.rate or 0:f} of {one.date}" for one in odd), None)


def _odd_promotion(kind: str, scales: str | None) -> str | None:
    for scale in stored_entries(Scale, scales) or ():
        value = scale.value
        if value is not None and (
            value < 0 or (kind == "percent" and value > 100) or (kind in {"fixed_price", "bundle"} and not value)
        ):
            return f"{value:f} ({kind})"
    return None


def _shares_code(key: str, erp_key: str, code: str | None) -> tuple[Hashable, Hashable, str] | None:
    return ((key, code.strip().casefold()), erp_key, code) if code else None


def _shares_ean(
    key: str, erp_key: str, ean: str | None, item: str | None = None
) -> tuple[Hashable, Hashable, str] | None:
    return (ean, item if key == UNITS_OF_ITEMS else erp_key, ean) if ean else None


def _numbers_alike(_key: str, erp_key: str, symbol: str, pattern: str) -> tuple[Hashable, Hashable, str] | None:
    written = pattern.replace("{symbol}", symbol)
    return written, erp_key, written


def _unknown_names(field: str, of: str, known: str) -> Callable[[Rows, dict[str, str]], Iterator[tuple[str, Doubt]]]:
    """Finds codes in a profile's field or list that no row of another object has."""

    def find(rows: Rows, _profiles: dict[str, str]) -> Iterator[tuple[str, Doubt]]:
        codes = {str(row["code"]) for row in rows[known].values()}
        for key, row in rows[of].items():
            named = _codes(row[field]) if str(row[field] or "").startswith("[") else [str(row[field] or "")]
            for code in named:
                if code and code not in codes:
                    yield of, Doubt(key, f"{field} {code}")

    return find


def _bundles_without_parts(rows: Rows, _profiles: dict[str, str]) -> Iterator[tuple[str, Doubt]]:
    named = {str(row["promotion"]) for row in rows[PROMOTION_ITEMS].values()}
    for key, row in rows[PROMOTIONS].items():
        if row["kind"] == "bundle" and key not in named:
            yield PROMOTIONS, Doubt(key, str(row["code"]))


def _unknown_rates(rows: Rows, _profiles: dict[str, str]) -> Iterator[tuple[str, Doubt]]:
    codes = {str(row["code"]) for row in rows[VAT_RATES].values()}
    for key, row in rows[VAT_RATES].items():
        for entry in stored_entries(ClassRate, row["by_tax_class"]) or ():
            if entry.vat_rate not in codes:
                yield VAT_RATES, Doubt(key, f"{entry.tax_class}: {entry.vat_rate}")


def _unknown_types(rows: Rows, _profiles: dict[str, str]) -> Iterator[tuple[str, Doubt]]:
    numbered = {str(row["document_type"]) for row in rows[NUMERATORS].values()}
    for key, row in rows[PROFILES].items():
        for name in _codes(row["document_types"]):
            if name not in DOCUMENT_TYPES:
                yield PROFILES, Doubt(key, f"{name} is no type of document")
            elif name not in numbered:
                yield PROFILES, Doubt(key, f"{name} has no numerator")


def _lost_users(rows: Rows, profiles: dict[str, str]) -> Iterator[tuple[str, Doubt]]:
    codes = {str(row["code"]) for row in rows[PROFILES].values()}
    for user, profile in sorted(profiles.items()):
        if profile not in codes:
            yield PROFILES, Doubt(user, f"profile {profile}")


def _circles(rows: Rows, _profiles: dict[str, str]) -> Iterator[tuple[str, Doubt]]:
    parents = {key: str(row["parent"]) for key, row in rows[GROUPS].items() if row["parent"] is not None}
    return ((GROUPS, Doubt(circle[0], " in ".join(circle))) for circle in _circles_of(parents))


def _circles_of(parents: dict[str, str]) -> Iterator[list[str]]:
    """Yields each circle as keys, the first one again at the end."""
    cleared: set[str] = set()
    for start in parents:
        way: list[str] = []
        key = start
        while key in parents and key not in cleared and key not in way:
            way.append(key)
            key = parents[key]
        if key in way:
            yield [*way[way.index(key) :], key]
        cleared.update(way)


def _missing_for_an_order(rows: Rows, _profiles: dict[str, str]) -> Iterator[tuple[str, Doubt]]:
    types = {str(row["document_type"]) for row in rows[NUMERATORS].values()}
    bases = sum(bool(row["is_base"]) for row in rows[CURRENCIES].values())
    for key, is_missing, text in (
        (UNITS, not rows[UNITS], "no unit"),
        (CURRENCIES, bases == 0, "no base currency"),
        (CURRENCIES, bases > 1, f"{bases} base currencies"),
        (PRICE_TYPES, not rows[PRICE_TYPES], "no price list"),
        (NUMERATORS, "sales_order" not in types, "no numerator of orders"),
    ):
        if is_missing:
            yield key, Doubt("", text)


class _OverlapLook:
    """Finds list prices for the same item or group, list, customer, unit and quantity with overlapping periods."""

    def __init__(self) -> None:
        self._periods: dict[int, tuple[tuple[str, str], ...]] = {}
        self._known: dict[tuple[str, str], tuple[str, str]] = {}

    def see(self, _key: str, _erp_key: str, values: Values) -> str | None:
        *group, component, valid_from, valid_to = values
        if component is not None:
            return None
        period = (valid_from or "", valid_to or "9999-12-31")
        period = self._known.setdefault(period, period)  # there are few, and very many prices
        others = self._periods.get(hash(tuple(group)), ())
        self._periods[hash(tuple(group))] = (*others, period)
        met = next((other for other in others if other[0] <= period[1] and period[0] <= other[1]), None)
        return f"item {group[0] or group[1]}, list {group[2]}, quantity {_amount(group[-1])}" if met else None

    def end(self, _profiles: dict[str, str]) -> Iterable[tuple[str, Doubt]]:
        return ()


@dataclass(frozen=True)
class _Overlap:
    """A warning about two list prices for the same thing at the same time."""

    code: str
    words: str
    fields: dict[str, tuple[str, ...]]

    def begin(self) -> Look:
        return _OverlapLook()


class _MergeLook:
    """Finds customers that were merged in a circle; keeps only those that were merged."""

    def __init__(self) -> None:
        self._merged: dict[str, str] = {}

    def see(self, _key: str, erp_key: str, values: Values) -> str | None:
        if values[0] is not None:
            self._merged[erp_key] = str(values[0])
        return None

    def end(self, _profiles: dict[str, str]) -> Iterable[tuple[str, Doubt]]:
        return ((CUSTOMERS, Doubt(circle[0], " into ".join(circle))) for circle in _circles_of(self._merged))


@dataclass(frozen=True)
class _MergeCircles:
    """A warning about merges that lead back to the same customer."""

    code: str
    words: str
    fields: dict[str, tuple[str, ...]]

    def begin(self) -> Look:
        return _MergeLook()


def _of_all_objects() -> Iterator[Rule]:
    """Yields the rules for every object: codes are unique, and periods begin before they end."""
    for entry in CATALOGUE.all:
        fields = {field.name: field for field in entry.fields}
        if {"valid_from", "valid_to"} <= fields.keys():  # a code may have a row for each period
            words = "are never valid: the end lies before the beginning"
            yield OfOneRow("validity.turned_round", words, entry.key, ("valid_from", "valid_to"), _turned_round)
            continue
        (name,) = entry.natural_key if len(entry.natural_key) == 1 else ("",)
        if name in fields and fields[name].kind is Kind.TEXT:
            yield Twice("code.twice", f"have the {name} of another row", {entry.key: (name,)}, _shares_code)


def _of_nested_fields() -> Iterator[Rule]:
    """Yields the rules about keys of nested lists that are unknown; strict lists with one are refused."""
    words = "have a part in a nested field that is not read"
    for entry in CATALOGUE.all:
        for field in entry.fields:
            if field.entry is not None:
                unread = partial(_unread, field.name, field.entry)
                yield OfOneRow("nested.unread", words, entry.key, (field.name,), unread)


def _unread(name: str, kind: type[Entry], nested: str | None) -> str | None:
    if nested in {None, "[]"}:
        return None
    return next((f"{name}: {key}" for key in unknown_keys(kind, decoded(nested))), None)


def _profile_rule(field: str, known: str, what: str) -> Rule:
    needed: dict[str, tuple[str, ...]] = {PROFILES: (field,), known: ("code",)}
    words = f"name a {what} that is not there: representatives do without it"
    return OfAll(f"profile.{field}", words, needed, _unknown_names(field, PROFILES, known))


_NEVER_RIGHT = "orders are priced with it"
RULES: tuple[Rule, ...] = (
    OfOneRow("price.negative", f"are below zero: {_NEVER_RIGHT}", PRICES, ("value",), _below_zero),
    OfOneRow(
        "price.zero", "are zero: representatives can sell for nothing", PRICES, ("value", "discount_type"), _is_no_price
    ),
    _Overlap(
        "price.twice",
        "are second list prices for the same at the same time: the one with the lower key counts",
        {
            PRICES: (
                "item",
                "item_group",
                "price_type",
                "customer",
                "customer_class",
                "level",
                "unit",
                "minimum_quantity",
                "discount_type",
                "valid_from",
                "valid_to",
            )
        },
    ),
    OfOneRow("promotion.value", "have a value that cannot be right", PROMOTIONS, ("kind", "scales"), _odd_promotion),
    OfAll(
        "promotion.parts",
        "are bundles without parts: nothing gets their price",
        {PROMOTIONS: ("code", "kind"), PROMOTION_ITEMS: ("promotion",)},
        _bundles_without_parts,
    ),
    OfOneRow("ean.odd", "have an EAN that cannot be right", ITEMS, ("ean",), _odd_ean),
    OfOneRow("ean.odd", "have an EAN that cannot be right", UNITS_OF_ITEMS, ("ean",), _odd_ean),
    Twice(
        "ean.twice",
        "have the EAN of another item: a scan asks which one is meant",
        {ITEMS: ("ean",), UNITS_OF_ITEMS: ("ean", "item")},
        _shares_ean,
    ),
    OfOneRow(
        "unit.factor",
        "have a factor that is not above zero",
        UNITS_OF_ITEMS,
        ("numerator", "denominator"),
        _is_no_factor,
    ),
    OfOneRow("vat.percent", "are not between 0 and 100 %", VAT_RATES, ("percent",), _is_no_percent),
    OfAll(
        "vat.class_rate",
        "name a rate for a tax class that is not there: such customers get the rate of the item",
        {VAT_RATES: ("code", "by_tax_class")},
        _unknown_rates,
    ),
    OfOneRow(
        "customer.discount",
        "have a discount that is not between 0 and 100 %",
        CUSTOMERS,
        ("general_discount_percent",),
        _is_no_percent,
    ),
    OfOneRow("item.minimum_price", "have a minimum price below zero", ITEMS, ("minimum_price",), _below_zero),
    OfOneRow("customer.credit_limit", "have a credit limit below zero", CUSTOMERS, ("credit_limit",), _below_zero),
    OfOneRow(
        "profile.discount",
        "have a maximum discount that is not between 0 and 100 %",
        PROFILES,
        ("maximum_discount_percent",),
        _is_no_percent,
    ),
    OfOneRow("currency.decimals", "are not between 0 and 4 decimals", CURRENCIES, ("decimals",), _odd_decimals),
    OfOneRow("currency.rate", "have a rate that is no number above zero", CURRENCIES, ("rates",), _odd_rates),
    OfOneRow("price_list.decimals", "are not between 0 and 4 decimals", PRICE_TYPES, ("decimals",), _odd_decimals),
    OfOneRow("unit.decimals", "are not between 0 and 4 decimals", UNITS, ("decimals",), _odd_decimals),
    _profile_rule("price_types", PRICE_TYPES, "price list"),
    _profile_rule("warehouses", WAREHOUSES, "warehouse"),
    _profile_rule("payment_forms", PAYMENT_FORMS, "payment form"),
    _profile_rule("default_payment_form", PAYMENT_FORMS, "payment form"),
    OfAll(
        "profile.document_types",
        "name a type of document that cannot be written",
        {PROFILES: ("document_types",), NUMERATORS: ("document_type",)},
        _unknown_types,
    ),
    OfAll("user.profile", "are users whose profile is not there: they get nothing", {PROFILES: ("code",)}, _lost_users),
    Twice(
        "numerator.alike",
        "give the numbers of another type of document",
        {NUMERATORS: ("symbol", "pattern")},
        _numbers_alike,
    ),
    OfAll(
        "group.circle",
        "are parents of their own parents: they are in no branch of the tree",
        {GROUPS: ("parent",)},
        _circles,
    ),
    _MergeCircles(
        "customer.merge_circle",
        "are merged into customers that are merged into them: they count as not merged",
        {CUSTOMERS: ("merged_into",)},
    ),
    OfAll(
        "order.impossible",
        "is not enough to write an order",
        {UNITS: ("code",), CURRENCIES: ("is_base",), PRICE_TYPES: ("code",), NUMERATORS: ("document_type",)},
        _missing_for_an_order,
    ),
    *_of_all_objects(),
    *_of_nested_fields(),
)
