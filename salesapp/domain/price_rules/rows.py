"""The rows that prices follow from, in the form that the rules read: dates, Decimals, sorted lists."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from salesapp.domain import nested
from salesapp.domain.catalogue import PRICE_LEVELS
from salesapp.domain.price_rules.numbers import ZERO, day, number

Row = Mapping[str, Any]
"""A record of the catalogue: its key as "id", its fields by name; references are keys, nested values any JSON."""
SMALLEST_RATE = Decimal("1e-9")


@dataclass(frozen=True, slots=True)
class Form:
    """An item."""

    key: int
    code: str
    name: str
    base_unit: int
    sales_unit: int
    vat_rate: int | None

    @classmethod
    def of(cls, row: Row) -> "Form":
        base = row["base_unit"]
        sales = row.get("sales_unit") or base
        return cls(row["id"], row.get("code") or "", row.get("name") or "", base, sales, row.get("vat_rate"))


@dataclass(frozen=True, slots=True)
class Conversion:
    """Base units = quantity x up / down; `key` is that of the row of items.units, None for the base unit itself."""

    up: Decimal
    down: Decimal
    key: int | None = None


BASE_UNIT = Conversion(Decimal(1), Decimal(1))


@dataclass(frozen=True, slots=True)
class PriceList:
    """A row of directories.price_types; `decimals` is that of unit prices, 0 to 4."""

    key: int
    code: str
    name: str
    is_gross: bool
    currency: int | None
    priority: int
    decimals: int
    is_default: bool
    valid_from: datetime.date | None
    valid_to: datetime.date | None

    @classmethod
    def of(cls, row: Row) -> "PriceList":
        decimals, priority = row.get("decimals"), row.get("priority")
        return cls(
            row["id"],
            row.get("code") or "",
            row.get("name") or row.get("code") or "",
            bool(row.get("is_gross")),
            row.get("currency"),
            2**31 if priority is None else priority,
            2 if decimals is None else min(max(decimals, 0), 4),
            bool(row.get("is_default")),
            day(row, "valid_from"),
            day(row, "valid_to"),
        )


@dataclass(frozen=True, slots=True)
class Currency:
    """Rates by day, the oldest first: units of the base currency for one unit of this one; None: cannot be read.

    `is_readable`: every rate says at least its day. Otherwise nobody knows which one is the latest.
    """

    key: int
    code: str
    decimals: int
    is_base: bool
    rates: tuple[tuple[datetime.date, Decimal | None], ...]
    is_readable: bool = True

    @classmethod
    def of(cls, row: Row) -> "Currency":
        entries, is_readable = nested.mappings(row.get("rates"))
        found = [(nested.day(entry.get("date")), _rate(entry)) for entry in entries]
        rates = [(since, rate) for since, rate in found if since is not None]
        rates.sort(key=lambda rate: (rate[0], rate[1] is None, rate[1] or ZERO))
        decimals = row.get("decimals")
        places = 2 if decimals is None else min(max(decimals, 0), 6)
        return cls(
            row["id"],
            row.get("code") or "",
            places,
            bool(row.get("is_base")),
            tuple(rates),
            is_readable and len(rates) == len(found),
        )


def _rate(entry: Row) -> Decimal | None:
    """A rate that can be counted with."""
    found = nested.decimal(entry.get("rate"))
    return found if found is not None and SMALLEST_RATE <= found <= 1 / SMALLEST_RATE else None


@dataclass(frozen=True, slots=True)
class VatRate:
    """A row of directories.vat_rates; an exempt one has 0 percent."""

    key: int | None
    percent: Decimal

    @classmethod
    def of(cls, row: Row) -> "VatRate":
        return cls(row["id"], ZERO if row.get("is_exempt") else number(row, "percent"))


@dataclass(frozen=True, slots=True)
class Price:
    """A list price: per `unit` (None: the item's base unit) from `minimum_quantity` on, in the list's currency."""

    key: int
    price_type: int
    value: Decimal
    unit: int | None
    minimum_quantity: Decimal
    valid_from: datetime.date | None
    valid_to: datetime.date | None

    @classmethod
    def of(cls, row: Row) -> "Price":
        return cls(
            row["id"],
            row["price_type"],
            number(row, "value"),
            row.get("unit"),
            number(row, "minimum_quantity"),
            day(row, "valid_from"),
            day(row, "valid_to"),
        )


@dataclass(frozen=True, slots=True)
class ComponentType:
    """A row of directories.price_discount_types."""

    key: int
    name: str
    kind: str
    value_kind: str
    discountable: bool
    on_base: bool
    only_once: bool

    @classmethod
    def of(cls, row: Row) -> "ComponentType":
        flags = (bool(row.get(name)) for name in ("discountable", "on_base", "only_once"))
        return cls(row["id"], row.get("name") or row.get("code") or "", row["kind"], row["value_kind"], *flags)


@dataclass(frozen=True, slots=True)
class Component:
    """A component row of items.prices; amounts are per base unit, `minimum_quantity` counts in base units."""

    key: int
    type: int
    level: str
    price_type: int | None
    customer: int | None
    customer_class: str | None
    value: Decimal
    minimum_quantity: Decimal
    valid_from: datetime.date | None
    valid_to: datetime.date | None

    @classmethod
    def of(cls, row: Row) -> "Component":
        return cls(
            row["id"],
            row["discount_type"],
            row.get("level") or _level_of(row),
            row.get("price_type"),
            row.get("customer"),
            row.get("customer_class"),
            number(row, "value"),
            number(row, "minimum_quantity"),
            day(row, "valid_from"),
            day(row, "valid_to"),
        )


def _level_of(row: Row) -> str:
    """The level of a row that names none, from what it is for."""
    whose = "customer_" if row.get("customer") is not None else "customer_class_" if row.get("customer_class") else ""
    return f"{whose}{'item' if row.get('item') is not None else 'item_group'}"


@dataclass(frozen=True, slots=True)
class Customer:
    """What prices know of a customer."""

    key: int
    code: str
    customer_class: str | None
    price_type: int | None
    general_discount_percent: Decimal

    @classmethod
    def of(cls, row: Row) -> "Customer":
        return cls(
            row["id"],
            row.get("code") or "",
            row.get("customer_class") or None,
            row.get("price_type"),
            number(row, "general_discount_percent"),
        )


@dataclass(frozen=True, slots=True)
class Scale:
    """One scale of a promotion. Of free goods: `free` units for every `per`, of `item` (a code) or of the same item."""

    start: Decimal
    value: Decimal = ZERO
    per: Decimal = ZERO
    free: Decimal = ZERO
    item: str | None = None

    @classmethod
    def of(cls, entry: Row, kind: str) -> "Scale | None":
        """None for an entry that cannot be read."""
        start = nested.decimal(entry.get("from", 0))
        if start is None:
            return None
        if kind != "free_goods":
            value = nested.decimal(entry.get("value"))
            return None if value is None else cls(start, value)
        per, free = nested.decimal(entry.get("per", start)), nested.decimal(entry.get("free"))
        item = nested.text(entry.get("item") or "")
        if per is None or free is None or item is None:
            return None
        return cls(start, per=per, free=free, item=item or None)

    def says_something(self, kind: str) -> bool:
        """Whether anything follows from it: of free goods, whether something is given."""
        return kind != "free_goods" or (self.per > 0 and self.free > 0)


@dataclass(frozen=True, slots=True)
class Promotion:
    """A row of promotions.headers; scales by where they start; empty `customers` and `customer_classes`: for all.

    `is_readable`: all scales are; otherwise nobody knows what it gives from where, and it has none.
    """

    key: int
    code: str
    name: str
    kind: str
    priority: int
    valid_from: datetime.date | None
    valid_to: datetime.date | None
    combines: bool
    threshold: str
    scales: tuple[Scale, ...]
    customers: frozenset[str]
    customer_classes: frozenset[str]
    currency: int | None
    is_readable: bool = True

    @classmethod
    def of(cls, row: Row) -> "Promotion":
        kind = row["kind"]
        entries, is_readable = nested.mappings(row.get("scales"))
        found = [Scale.of(entry, kind) for entry in entries]
        is_readable = is_readable and None not in found
        scales = [scale for scale in found if is_readable and scale and scale.says_something(kind)]
        priority = row.get("priority")
        return cls(
            row["id"],
            row.get("code") or "",
            row.get("name") or row.get("code") or "",
            kind,
            2**31 if priority is None else priority,
            day(row, "valid_from"),
            day(row, "valid_to"),
            bool(row.get("combines")),
            row.get("threshold") or "quantity",
            tuple(sorted(scales, key=lambda scale: scale.start)),
            frozenset(nested.codes(row.get("customers"))),
            frozenset(nested.codes(row.get("customer_classes"))),
            row.get("currency"),
            is_readable,
        )


@dataclass(frozen=True, slots=True)
class Profile:
    """What prices know of a representative's profile."""

    code: str
    price_types: frozenset[str]
    maximum_discount_percent: Decimal | None
    maximum_price_age_hours: int | None
    price_age_rule: str

    @property
    def is_readable(self) -> bool:
        """Whether all of its price lists are known."""
        return nested.UNREADABLE not in self.price_types

    @classmethod
    def of(cls, row: Row) -> "Profile":
        return cls(
            row["code"],
            frozenset(nested.codes(row.get("price_types"))),
            nested.decimal(row.get("maximum_discount_percent")),
            row.get("maximum_price_age_hours"),
            row.get("price_age_rule") or "ignore",
        )


@dataclass(frozen=True, slots=True)
class Settings:
    """Global Price Configuration; a value that is no valid one counts as missing."""

    level_priority: Mapping[str, tuple[int, int]]
    additive: bool = False
    vat_on_line: bool = False
    round_each_step: bool = False
    base_currency: str = ""
    maximum_discount_percent: Decimal | None = None

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "Settings":
        values = {row["name"]: str(row.get("value") or "").strip() for row in rows}
        priorities = {
            level: (int(text) if (text := values.get(f"level.{level}", "")).isdecimal() else place, place)
            for place, level in enumerate(PRICE_LEVELS, start=1)
        }
        return cls(
            priorities,
            values.get("combination", "").lower() == "additive",
            values.get("vat_on", "").lower() == "line",
            values.get("round_each_step", "").lower() in {"1", "true", "yes"},
            values.get("base_currency", ""),
            nested.decimal(values.get("maximum_discount_percent")),
        )


def base_currency_of(currencies: Iterable[Row], configuration: Iterable[Row]) -> Row | None:
    """The currency that rates are in: the one that the configuration names, else the one marked as base."""
    named = Settings.of(configuration).base_currency
    return next((row for row in currencies if (row.get("code") == named if named else row.get("is_base"))), None)
