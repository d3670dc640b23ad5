"""The base price of a line: chooses a list price and converts it to the line's unit and currency (rule 2)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from salesapp.domain.objects.items import Item, Price
from salesapp.domain.price_rules.book import BASE_UNIT, Component, Conversion, PriceBook
from salesapp.domain.price_rules.customer_vat import NO_VAT, LineVat, line_vat
from salesapp.domain.price_rules.numbers import ZERO, plain, rounded, shown
from salesapp.domain.price_rules.running import RunningPrice
from salesapp.domain.price_rules.terms import Terms
from salesapp.domain.price_rules.validity import is_valid
from salesapp.domain.price_rules.values import AppliedPromotion, LineInput, NextScale, PriceWarning, Step

_COUNTED = 12


@dataclass(slots=True)
class LineCalculation:
    """A line being priced. Prices are net or gross as in the list, per line unit, in the document's currency."""

    line: LineInput
    item: Item | None = None
    vat: LineVat = NO_VAT
    conversion: Conversion = BASE_UNIT
    base_quantity: Decimal = ZERO
    """The quantity in base units."""
    base: Decimal = ZERO
    """The base price; rounded only with `round_each_step`."""
    list_price: Decimal = ZERO
    threshold_price: Decimal = ZERO
    """The list price as promotions count it: on the list's side whatever the customer's tax class."""
    list_value: Decimal = ZERO
    """The line's value before any discount for thresholds, not rounded."""
    components: list[Component] = field(default_factory=list)
    """The rows of rule 3 that apply to the line."""
    before_promotions: RunningPrice | None = None
    """The price after rule 3."""
    unit_price: Decimal = ZERO
    kept_price: Decimal = ZERO
    """The part of the unit price that no discount may reduce."""
    discount_percent: Decimal = ZERO
    value: Decimal = ZERO
    """Quantity x unit price; `promotion_discount` and `document_discount` are taken off it."""
    promotion_discount: Decimal = ZERO
    """What promotions of sets take off the value."""
    document_discount: Decimal = ZERO
    payment_discount: Decimal = ZERO
    value_steps: list[Step] = field(default_factory=list)
    """The steps of promotions of sets."""
    minimum_price: Decimal | None = None
    """Rounded up to a price; None if there is none, or none that can be exchanged."""
    steps: list[Step] = field(default_factory=list)
    promotions: list[AppliedPromotion] = field(default_factory=list)
    find_hint: Callable[[], NextScale | None] | None = None
    error: str | None = None
    given_by: str = ""
    is_trial: bool = False
    """Whether it is only tried out what a change would give; a trial keeps no steps."""

    @property
    def vat_key(self) -> int | None:
        """The key of the VAT rate; None without one."""
        return None if self.vat.rate is None else self.vat.rate.id

    @property
    def vat_percent(self) -> Decimal:
        """The VAT charged, in percent."""
        return ZERO if self.vat.rate is None else self.vat.rate.charged_percent

    def per_line_unit(self, amount: Decimal) -> Decimal:
        """Converts an amount per base unit to one per line unit."""
        return amount if self.conversion is BASE_UNIT else amount * self.conversion.up / self.conversion.down

    def of_list(self, amount: Decimal) -> Decimal:
        """Converts an amount of the list, per base unit, to one on the document's side, per line unit."""
        return (
            self.per_line_unit(amount)
            if self.vat.up == self.vat.down
            else self.per_line_unit(amount) * self.vat.up / self.vat.down
        )

    @property
    def reducible(self) -> Decimal:
        """What is left of the value that discounts may reduce."""
        if not self.kept_price or not self.unit_price:
            return self.value - self.promotion_discount
        free = self.value * max(self.unit_price - self.kept_price, ZERO) / self.unit_price
        return max(ZERO, free - self.promotion_discount)

    @property
    def value_after(self) -> Decimal:
        """The value after all discounts."""
        return self.value - self.promotion_discount - self.document_discount - self.payment_discount

    def explain(
        self, code: str, label: str, text: Callable[[], str], before: Decimal, after: Decimal, source: str = ""
    ) -> None:
        """Adds a step to the explanation; `text` formats the change."""
        if self.is_trial:
            return
        last = self.steps[-1].after if self.steps else None
        start = last if last is not None and last == before else shown(before)
        self.steps.append(Step(code, label, text(), start, shown(after), source))


def counted(quantity: Decimal) -> Decimal:
    """Rounds a quantity to 12 decimals before comparing it with a threshold: three thirds reach one."""
    return rounded(quantity, _COUNTED)


def base_of(
    book: PriceBook, terms: Terms, line: LineInput, *, is_trial: bool = False
) -> tuple[LineCalculation, list[PriceWarning]]:
    """Returns the line with its base price or with an error, and its warnings."""
    work = LineCalculation(line, item=book.items.get(line.item), error=terms.error, is_trial=is_trial)
    warnings = [PriceWarning(warning.code, line.id, warning.params) for warning in terms.line_warnings]
    if work.item is None:
        work.error = "price.unknown_item"
        return work, warnings
    conversion = book.conversion(work.item, line.unit)
    if conversion is None:
        work.error = "price.unknown_unit"
        return work, warnings
    if line.quantity <= 0:
        work.error = "price.bad_quantity"
        return work, warnings
    work.conversion = conversion
    work.base_quantity = line.quantity * conversion.up / conversion.down
    work.vat = line_vat(book, terms, work.item, line.id)
    if work.vat.warning is not None:
        warnings.append(work.vat.warning)
    if work.error is None:
        _set_base(book, terms, work, work.item)
    return work, warnings


def _set_base(book: PriceBook, terms: Terms, work: LineCalculation, item: Item) -> None:
    if terms.price_list is None:
        return
    found = _choose(book, item, book.prices(item.id, terms.price_list.id), work, terms)
    if found is None:
        is_paid = terms.is_return and work.line.own_price is not None  # what was sold may have no price today
        work.error = None if is_paid else "price.no_price"
        return
    price, of_price = found
    each = terms.price_list.places if book.configuration.round_each_step else None
    label, source = terms.price_list.name, f"items.prices/{price.id}"
    places = terms.price_list.places
    value = _step(work, "list_price", label, lambda: plain(price.value, places), price.value, price.value, source, each)
    own = work.conversion
    if (own.up, own.down) != (of_price.up, of_price.down):
        up, down = own.up * of_price.down, own.down * of_price.up
        label, source = book.unit_codes.get(work.line.unit, ""), f"items.units/{own.key or of_price.key}"
        value = _step(work, "unit_conversion", label, lambda: _times(up, down), value, value * up / down, source, each)
    exchange = terms.exchange
    if exchange.source:
        value = _step(
            work,
            "currency",
            exchange.label,
            lambda: _times(exchange.up, exchange.down),
            value,
            exchange.of(value),
            exchange.source,
            each,
        )
    _settle(terms, work, value, each)


def _settle(terms: Terms, work: LineCalculation, value: Decimal, each: int | None) -> None:
    """Sets the base price and the list price, on the document's side for the customer's tax class."""
    vat, places = work.vat, terms.price_decimals
    work.threshold_price = rounded(value, places)
    work.list_value = work.threshold_price * work.line.quantity
    if vat.up != vat.down:
        after = value * vat.up / vat.down
        value = _step(work, "tax_class", terms.tax_class, lambda: _times(vat.up, vat.down), value, after, "", each)
    work.base = value
    work.list_price = rounded(value, places)


def _choose(
    book: PriceBook, item: Item, prices: list[Price], work: LineCalculation, terms: Terms
) -> tuple[Price, Conversion] | None:
    """Returns the price that applies, with the conversion of its unit (docs/pricing.md, rule 2)."""
    best: tuple[tuple[int, bool, Decimal, str, int], Price, Conversion] | None = None
    quantity = counted(work.base_quantity)
    for price in prices:
        if (
            price.value < 0
            or not is_valid(price, terms.date)
            or not price.is_for(terms.customer_key, terms.customer_class)
        ):
            continue
        unit = item.base_unit if price.unit is None else price.unit
        conversion = book.conversion(item, unit)
        if conversion is None:
            continue
        least = counted(price.minimum_quantity * conversion.up / conversion.down)
        if least > quantity:
            continue
        rank = (price.nearness, unit == work.line.unit, least, price.valid_from or "", -price.id)
        if best is None or rank > best[0]:
            best = (rank, price, conversion)
    return None if best is None else (best[1], best[2])


def _times(up: Decimal, down: Decimal) -> str:
    """Formats a factor, reduced: "x 12", "x 1 / 12"."""
    quotient = up / down
    short = rounded(quotient, 6)
    return f"x {plain(short)}" if short == quotient else f"x {plain(up)} / {plain(down)}"


def _step(
    work: LineCalculation,
    code: str,
    label: str,
    text: Callable[[], str],
    before: Decimal,
    after: Decimal,
    source: str,
    decimals: int | None,
) -> Decimal:
    """Records a step; returns the price after it, rounded if each step is rounded."""
    if decimals is not None:
        after = rounded(after, decimals)
    work.explain(code, label, text, before, after, source)
    return after
