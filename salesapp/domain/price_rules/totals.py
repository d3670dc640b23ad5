"""Totals of a document from its unit prices: line values, document discount, VAT (rules 5 and 6)."""

from collections.abc import Sequence
from decimal import Decimal

from salesapp.domain.price_rules.allocation import Part, spread
from salesapp.domain.price_rules.base import LineCalculation
from salesapp.domain.price_rules.numbers import HUNDRED, ZERO, plain, rounded, rounded_down, taken_off
from salesapp.domain.price_rules.own import document_amount
from salesapp.domain.price_rules.terms import Terms
from salesapp.domain.price_rules.values import PricedLine, PriceWarning, Step, VatTotal, no_hint


def take_document_discount(
    terms: Terms, works: Sequence[LineCalculation]
) -> tuple[Decimal, Decimal, tuple[PriceWarning, ...]]:
    """Allocates the document's discount to the lines; returns its amount, its percent, and warnings (rule 5).

    Excludes the parts that no discount may reduce.
    """
    percent = terms.discount_percent
    warnings: tuple[PriceWarning, ...] = ()
    if not percent and not terms.discount_amount:
        return ZERO, percent, warnings
    parts = [Part(work.line.id, work.reducible, work.value) for work in works]
    most = sum((part.weight for part in parts), ZERO)
    if terms.discount_amount:
        given = max((work.discount_percent for work in works), default=ZERO)
        whole, percent, warnings = document_amount(terms, most, given)
    else:
        whole = min(rounded(most * percent / HUNDRED, terms.decimals), rounded_down(most, terms.decimals))
    shares = spread(whole, parts, terms.decimals)
    for work, share in zip(works, shares, strict=True):
        work.document_discount = share
    return sum(shares, ZERO), percent, warnings


def with_vat(
    terms: Terms, works: Sequence[LineCalculation], *, on_line: bool
) -> tuple[list[PricedLine], list[VatTotal]]:
    """Returns the lines and the totals per VAT rate; lines add up to totals (docs/pricing.md, rule 6)."""
    by_rate: dict[int | None, list[LineCalculation]] = {}
    for work in works:
        by_rate.setdefault(work.vat_key, []).append(work)
    vats: dict[str, Decimal] = {}
    totals = []
    for key, group in sorted(by_rate.items(), key=lambda entry: (entry[0] is None, entry[0] or 0)):
        shares = _vat_of(terms, group, on_line=on_line)
        vats |= {work.line.id: share for work, share in zip(group, shares, strict=True)}
        value = sum((work.value_after for work in group), ZERO)
        vat = sum(shares, ZERO)
        net = value - vat if terms.is_gross else value
        totals.append(VatTotal(key, group[0].vat_percent, net, vat, net + vat))
    return [priced(terms, work, vats[work.line.id]) for work in works], totals


def _vat_of(terms: Terms, group: Sequence[LineCalculation], *, on_line: bool) -> list[Decimal]:
    """Returns the VAT of each line of one rate: computed per line, or its share of the VAT on the sum."""
    percent = group[0].vat_percent
    values = [work.value_after for work in group]
    if on_line:
        return [_vat(terms, value, percent) for value in values]
    whole = _vat(terms, sum(values, ZERO), percent)
    return spread(whole, [Part(work.line.id, work.value_after, work.value_after) for work in group], terms.decimals)


def _vat(terms: Terms, value: Decimal, percent: Decimal) -> Decimal:
    part = value * percent
    return rounded(part / (HUNDRED + percent) if terms.is_gross else part / HUNDRED, terms.decimals)


def priced(terms: Terms, work: LineCalculation, vat: Decimal) -> PricedLine:
    """Returns a line with a price."""
    percent = work.vat_percent
    decimals = terms.price_decimals
    value = work.value_after
    if terms.is_gross:
        unit_gross, net, gross = work.unit_price, value - vat, value
        unit_net = rounded(unit_gross * HUNDRED / (HUNDRED + percent), decimals)
    else:
        unit_net, net, gross = work.unit_price, value, value + vat
        unit_gross = rounded(unit_net * (HUNDRED + percent) / HUNDRED, decimals)
    line = work.line
    return PricedLine(
        line.id,
        line.item,
        line.unit,
        line.quantity,
        unit_net,
        unit_gross,
        work.list_price,
        net,
        vat,
        gross,
        work.vat_key,
        percent,
        work.discount_percent,
        work.document_discount,
        work.promotion_discount,
        work.payment_discount,
        bool(work.given_by),
        work.given_by,
        tuple(work.steps),
        _value_steps(terms, work),
        tuple(work.promotions),
        find_hint=work.find_hint or no_hint,
        minimum_price=work.minimum_price,
    )


def failed(work: LineCalculation) -> PricedLine:
    """Returns a line without a price."""
    line = work.line
    return PricedLine(line.id, line.item, line.unit, line.quantity, error=work.error)


def _value_steps(terms: Terms, work: LineCalculation) -> tuple[Step, ...]:
    first = Step("line_value", "", f"x {plain(work.line.quantity)}", work.unit_price, work.value)
    steps = [first, *work.value_steps]
    if share := work.document_discount:
        value = taken_off(share, 2) if terms.discount_amount else f"-{plain(terms.discount_percent)} %"
        steps.append(Step("document_discount", "", value, steps[-1].after, steps[-1].after - share))
    if (share := work.payment_discount) and (form := terms.payment_form):
        value, source = f"{taken_off(terms.payment_percent)} %", f"directories.payment_forms/{form.id}"
        steps.append(Step("payment_form", form.name, value, steps[-1].after, steps[-1].after - share, source))
    return tuple(steps)
