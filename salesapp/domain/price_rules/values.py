"""Input and output of pricing: frozen values, no rules.

Quantities of lines are in the line's unit, amounts in the document's currency. Values of a list with gross prices are
gross, those of others net; a line always has `net`, `vat` and `gross`.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from salesapp.domain.price_rules.numbers import ZERO, percent_below


@dataclass(frozen=True, slots=True)
class LineInput:
    """A line as entered: keys of item and unit, and at most one of the representative's own terms.

    Amount and price are per line unit, in the document's currency, net or gross as in the list.
    """

    id: str
    item: int
    unit: int
    quantity: Decimal
    discount_percent: Decimal = ZERO
    discount_amount: Decimal = ZERO
    own_price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DocumentInput:
    """A document as entered.

    `currency` is an ISO code, `profile` the code of the representative's profile (None: no limits on lists and
    discounts). `customer_class` is for a customer that is not in the catalogue yet. `price_type` is the price list
    chosen for this document. `discount_amount` (net or gross as in the list) takes the place of `discount_percent`.
    """

    date: datetime.date
    currency: str
    lines: tuple[LineInput, ...]
    customer: int | None = None
    customer_class: str | None = None
    profile: str | None = None
    discount_percent: Decimal = ZERO
    price_type: int | None = None
    discount_amount: Decimal = ZERO
    payment_form: int | None = None
    is_return: bool = False
    """Whether its lines come back: their quantities are below zero, and `own_price` is the price that was paid."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the explanation. `code` is stable; `label` is the name in the source row.

    `before` and `after` are the price per line unit (for `line_value` and `document_discount`: the line's value), net
    or gross as in the list, to 10 decimals. `value` is the change: "-15 %", "+0.50", "x 12", "5+1". `source` is
    "<object>/<key>" or "".
    """

    code: str
    label: str
    value: str
    before: Decimal
    after: Decimal
    source: str = ""


@dataclass(frozen=True, slots=True)
class PriceWarning:
    """A warning for the user; `line` is the id of a line, or empty for the document."""

    code: str
    line: str = ""
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AppliedPromotion:
    """A promotion that changed a line, with the scale reached.

    `kind` is the promotion's; `value` a percent, an amount or price per base unit, or "5+1" as text.
    """

    promotion: int
    name: str
    kind: str
    scale_from: Decimal
    value: str


@dataclass(frozen=True, slots=True)
class NextScale:
    """The next scale of a promotion, and how much is missing to reach it.

    `missing` is in base units (`unit`) if the promotion counts quantities, else in the document's currency.
    `value` is the next scale's benefit: a percent, an amount or price per base unit in the document's currency, or
    "5+1".
    """

    promotion: int
    name: str
    kind: str
    threshold: Literal["quantity", "value"]
    missing: Decimal
    unit: int | None
    value: str
    group: str = ""


def no_hint() -> NextScale | None:
    """Returns nothing: the line has no promotion to reach."""
    return None


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line with its prices. With an `error` all amounts are meaningless zeros and not part of any total.

    `unit_price_net` and `unit_price_gross` have the list's decimals; the one that the list uses is exact, the other
    is for display. `list_price` is the price before any discount. `discount_percent` is the own discount after the
    limit, also of an amount or a price; `document_discount` is the line's share of the document's. Both prices are net
    or gross as in the list.
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
    promotion_discount: Decimal = ZERO
    """What groups and bundles take off the line's value, net or gross as in the list."""
    payment_discount: Decimal = ZERO
    """The line's share of the discount of the payment form; below zero for a surcharge."""
    is_free: bool = False
    given_by: str = ""
    """For a free line: the id of the line that earned it."""
    steps: tuple[Step, ...] = ()
    """The steps to the unit price; the last one ends with it, net or gross as in the list."""
    value_steps: tuple[Step, ...] = ()
    """The steps from the unit price to the line's value, net or gross as in the list."""
    promotions: tuple[AppliedPromotion, ...] = ()
    error: str | None = None
    minimum_price: Decimal | None = None
    """The item's minimum per line unit, net or gross as in the list, rounded up; None without one."""
    find_hint: Callable[[], NextScale | None] = field(default=no_hint, compare=False, repr=False)
    """Tries out the next scales of the line's promotions. A hint costs as much as pricing the line again."""

    @property
    def next_scale(self) -> NextScale | None:
        """The nearest scale that would change the line for the better, found out anew each time."""
        return self.find_hint()

    @property
    def saved_percent(self) -> Decimal:
        """All discounts of the line in percent of the list price, without the document's discount."""
        return percent_below(self.list_price, self.steps[-1].after) if self.steps and not self.is_free else ZERO


@dataclass(frozen=True, slots=True)
class VatTotal:
    """The totals of one VAT rate (per row, even if percents are equal)."""

    vat_rate: int | None
    percent: Decimal
    net: Decimal
    vat: Decimal
    gross: Decimal


@dataclass(frozen=True, slots=True)
class PricedDocument:
    """A document with its prices; free lines follow the line that earned them."""

    currency: str
    lines: tuple[PricedLine, ...]
    totals: tuple[VatTotal, ...]
    net: Decimal
    vat: Decimal
    gross: Decimal
    price_type: int | None = None
    is_gross: bool = False
    discount_percent: Decimal = ZERO
    """The document's own discount in percent, after the limit; also of an amount."""
    discount: Decimal = ZERO
    """The amount of that discount, net or gross as in the list."""
    payment_percent: Decimal = ZERO
    """The discount of the payment form in percent; below zero for a surcharge."""
    payment_discount: Decimal = ZERO
    """The amount of that discount, net or gross as in the list."""
    vat_sentences: tuple[str, ...] = ()
    """The sentences that the customer's tax class requires on the document."""
    warnings: tuple[PriceWarning, ...] = ()

    @property
    def can_be_confirmed(self) -> bool:
        """Whether there are lines, and all have prices."""
        return bool(self.lines) and all(line.error is None for line in self.lines)

    def line(self, id_: str) -> PricedLine | None:
        return next((line for line in self.lines if line.id == id_), None)


@dataclass(frozen=True, slots=True)
class ListPrice:
    """A price of an item in a list, per unit, in the list's currency.

    `is_valid`: it applies on the day for its list, unit and minimum quantity (in `unit`).
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
    """A promotion scale reached by a change; `kind` and `value` as in `AppliedPromotion`."""

    promotion: int
    name: str
    kind: str
    scale_from: Decimal
    value: str
    lines: tuple[str, ...]
    """Ids of the lines it changed."""
