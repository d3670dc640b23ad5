"""What groups and bundles take off the values of lines, once the unit prices are known (docs/pricing.md, rule 4)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from salesapp.domain.price_rules.allocation import Part, spread
from salesapp.domain.price_rules.base import LineCalculation
from salesapp.domain.price_rules.numbers import ZERO, plain, rounded, rounded_down, taken_off
from salesapp.domain.price_rules.promotions import described
from salesapp.domain.price_rules.sets import Plan, TakenSet, taken_off_unit
from salesapp.domain.price_rules.terms import Terms
from salesapp.domain.price_rules.values import AppliedPromotion, Step


def take_sets(terms: Terms, works: Sequence[LineCalculation], plan: Plan) -> None:
    """Takes the discounts of all sets off the lines' values, in whole cents; none falls below zero."""
    by_id = {work.line.id: work for work in works}
    for taken in plan.taken:
        if taken.offer.promotion.kind == "bundle":
            _take_bundles(terms, by_id, taken)
        else:
            _take_groups(terms, by_id, taken)


def _take_groups(terms: Terms, works: Mapping[str, LineCalculation], taken: TakenSet) -> None:
    kind, value = taken.offer.promotion.kind, taken.scale.value or ZERO
    for line, units in taken.cheaper.items():
        work = works[line]
        each = value if kind == "percent" else work.of_list(taken.offer.exchange.of(value))
        off = taken_off_unit(kind, each, work.unit_price, work.kept_price) * _line_units(work, units)
        most = rounded_down(work.reducible, terms.decimals)
        text = f"{taken_off(value)} %" if kind == "percent" else taken_off(each, 2)
        text = f"= {plain(each, 2)}" if kind == "fixed_price" else text
        text = f"{text} x {plain(_line_units(work, units))}"
        _take(work, min(rounded(off, terms.decimals), most), taken, text)


def _take_bundles(terms: Terms, works: Mapping[str, LineCalculation], taken: TakenSet) -> None:
    """Spreads what the bundles are cheaper by largest remainder over the values of their units."""
    values = {line: _value_of(terms, works[line], units) for line, units in taken.cheaper.items()}
    price = _bundle_price(works, taken, values)
    parts = [Part(line, _reducible(works[line], value), value) for line, value in values.items()]
    most = rounded_down(sum((part.weight for part in parts), ZERO), terms.decimals)
    whole = min(sum(values.values(), ZERO) - rounded(price * taken.count, terms.decimals), most)
    if whole <= 0:
        return
    text = f"= {plain(price, 2)} x {plain(taken.count)}"
    for part, share in zip(parts, spread(whole, parts, terms.decimals), strict=True):
        _take(works[part.line], share, taken, text)


def _bundle_price(works: Mapping[str, LineCalculation], taken: TakenSet, values: Mapping[str, Decimal]) -> Decimal:
    """Returns the price of a bundle in the document's currency and, by the rates of its items, on its side."""
    price, here = taken.offer.exchange.of(taken.scale.value or ZERO), sum(values.values(), ZERO)
    there = sum((value * works[line].vat.down / works[line].vat.up for line, value in values.items()), ZERO)
    return price if here == there else price * here / there


def _value_of(terms: Terms, work: LineCalculation, units: Decimal) -> Decimal:
    """Returns the value of some units of a line: the line's own if they are all of it."""
    if units == work.base_quantity:
        return work.value
    return rounded(work.unit_price * _line_units(work, units), terms.decimals)


def _reducible(work: LineCalculation, value: Decimal) -> Decimal:
    """Returns what discounts may still take off a part of a line's value."""
    free = value
    if work.kept_price and work.unit_price:
        free = value * max(work.unit_price - work.kept_price, ZERO) / work.unit_price
    return min(free, work.reducible)


def _line_units(work: LineCalculation, units: Decimal) -> Decimal:
    return units * work.conversion.down / work.conversion.up


def _take(work: LineCalculation, off: Decimal, taken: TakenSet, text: str) -> None:
    if off <= 0:
        return
    promotion, before = taken.offer.promotion, work.value - work.promotion_discount
    work.promotion_discount += off
    source = f"promotions.headers/{promotion.id}"
    work.value_steps.append(Step("promotion", promotion.name, text, before, before - off, source))
    gives = described(promotion, taken.scale)
    work.promotions.append(AppliedPromotion(promotion.id, promotion.name, promotion.kind, taken.scale.start, gives))
