"""What goes into the price of a document and what comes out: frozen values, no rules.

Quantities of lines are in the line's unit; amounts in the document's currency. A value of a list with gross prices is
gross, of any other net; `net`, `vat` and `gross` of a line always hold all three.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from salesapp.domain.price_rules.numbers import ZERO, percent_below, shown


@dataclass(frozen=True, slots=True)
class LineInput:
    """A line as it was entered: keys of the item and the unit, and the representative's own discount in percent."""

    id: str
    item: int
    unit: int
    quantity: Decimal
    discount_percent: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class DocumentInput:
    """A document as it was entered.

    `currency` is an ISO code, `profile` the code of the representative's profile (None: no profile limits lists and
    discounts). `customer_class` is for a customer that the catalogue does not know yet. `price_type` is a price list
    that was chosen for this document.
    """

    date: datetime.date
    currency: str
    lines: tuple[LineInput, ...]
    customer: int | None = None
    customer_class: str | None = None
    profile: str | None = None
    discount_percent: Decimal = ZERO
    price_type: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the explanation. `code` is stable; `label` is the name in the row that the step comes from.

    `before` and `after` are what one line unit costs (with `line_value` and `document_discount`: the line's value), on
    the list's side, told to 10 decimals. `value` is what was applied: "-15 %", "+0.50", "x 12", "5+1". `source` is
    "<object>/<key>" or "".
    """

    code: str
    label: str
    value: str
    before: Decimal
    after: Decimal
    source: str = ""

    @classmethod
    def of(cls, code: str, label: str, value: str, before: Decimal, after: Decimal, source: str = "") -> "Step":
        """A step between two prices that may have any number of digits."""
        return cls(code, label, value, shown(before), shown(after), source)


@dataclass(frozen=True, slots=True)
class PriceWarning:
    """Something that a person should know; `line` is the id of a line, or empty for the document."""

    code: str
    line: str = ""
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AppliedPromotion:
    """A promotion that changed a line, and the scale that it reached.

    `kind` is the promotion's; `value` a percent, an amount or price per base unit, or "5+1" as text.
    """

    promotion: int
    name: str
    kind: str
    scale_from: Decimal
    value: str


@dataclass(frozen=True, slots=True)
class NextScale:
    """How much is missing to a promotion's next scale.

    `missing` is in base units (`unit`) where the promotion counts quantities, else in the document's currency.
    `value` is that of the next scale as text: a percent, an amount or price per base unit, or "5+1".
    """

    promotion: int
    name: str
    kind: str
    threshold: Literal["quantity", "value"]
    missing: Decimal
    unit: int | None
    value: str


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line with its prices. With an `error` all amounts are zero, mean nothing and count nowhere.

    `unit_price_net` and `unit_price_gross` have the list's decimals; the one on the list's side is exact, the other one
    is for display. `list_price` is the price before any discount, on the list's side. `discount_percent` is the own
    discount after the limit; `document_discount` the line's part of the document's discount, on the list's side.
    """

    id: str
    item: int
    unit: int
    quantity: Decimal
    unit_price_net: Decimal = ZERO
    unit_price_gross: Decimal = ZERO
    list_price: Decimal = ZERO
    net: Decimal = ZERO
    vat: Decimal = ZERO
    gross: Decimal = ZERO
    vat_rate: int | None = None
    vat_percent: Decimal = ZERO
    discount_percent: Decimal = ZERO
    document_discount: Decimal = ZERO
    is_free: bool = False
    given_by: str = ""
    """Of a free line: the id of the line that gave it."""
    steps: tuple[Step, ...] = ()
    """How the unit price came about; the last step ends with the unit price on the list's side."""
    value_steps: tuple[Step, ...] = ()
    """From the unit price to the line's value on the list's side."""
    promotions: tuple[AppliedPromotion, ...] = ()
    next_scale: NextScale | None = None
    error: str | None = None

    @property
    def saved_percent(self) -> Decimal:
        """All discounts of the line together, as a part of the list price; not the document's discount."""
        return percent_below(self.list_price, self.steps[-1].after) if self.steps and not self.is_free else ZERO


@dataclass(frozen=True, slots=True)
class VatTotal:
    """The sums of the lines of one VAT rate (by record, not by percent)."""

    vat_rate: int | None
    percent: Decimal
    net: Decimal
    vat: Decimal
    gross: Decimal


@dataclass(frozen=True, slots=True)
class PricedDocument:
    """A document with its prices; free lines come after the line that gave them."""

    currency: str
    lines: tuple[PricedLine, ...]
    totals: tuple[VatTotal, ...]
    net: Decimal
    vat: Decimal
    gross: Decimal
    price_type: int | None = None
    is_gross: bool = False
    discount_percent: Decimal = ZERO
    """The document's own discount after the limit."""
    discount: Decimal = ZERO
    """What it takes off in all, on the list's side."""
    warnings: tuple[PriceWarning, ...] = ()

    @property
    def can_be_confirmed(self) -> bool:
        """Whether every line has a price, and there is a line."""
        return bool(self.lines) and all(line.error is None for line in self.lines)

    def line(self, id_: str) -> PricedLine | None:
        return next((line for line in self.lines if line.id == id_), None)


@dataclass(frozen=True, slots=True)
class ListPrice:
    """A price of an item in a list, per unit, in the list's currency.

    `is_valid`: it is the one that counts on the day for its list, unit and minimum quantity (in `unit`).
    """

    key: int
    price_type: int
    code: str
    name: str
    currency: str
    is_gross: bool
    value: Decimal
    decimals: int
    unit: int
    minimum_quantity: Decimal
    valid_from: str | None
    valid_to: str | None
    is_valid: bool


@dataclass(frozen=True, slots=True)
class ReachedScale:
    """A promotion's scale that a change has reached; `kind` and `value` as in `AppliedPromotion`."""

    promotion: int
    name: str
    kind: str
    scale_from: Decimal
    value: str
    lines: tuple[str, ...]
    """Ids of the lines that it changed."""
