"""Hints: how much is missing to a promotion's next scale or next free unit (docs/pricing.md, rule 4).

Each is tried out on a copy of the line before it is told, so that doing what it says changes the price as it says.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from operator import attrgetter
from typing import Literal

from salesapp.domain.objects.promotions import Scale
from salesapp.domain.price_rules.base import LineCalculation, base_of, counted
from salesapp.domain.price_rules.book import PriceBook
from salesapp.domain.price_rules.discounts import discounted
from salesapp.domain.price_rules.numbers import CONTEXT, plain, rounded, rounded_down
from salesapp.domain.price_rules.promotions import Offer
from salesapp.domain.price_rules.terms import SAME, Terms
from salesapp.domain.price_rules.values import NextScale

_DECIMALS = 10
"""Of a quantity that is missing; it is rounded up."""
_PRICE_DECIMALS = 4
"""Of an amount or price in another currency, the most that a price has."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What may be reached: `missing` in base units or (`by_value`) in the document's currency; `part` of the whole.

    `decimals` are those that `missing` is rounded up to when it is told.
    """

    offer: Offer
    missing: Decimal
    part: Decimal
    decimals: int
    by_value: bool

    @property
    def told(self) -> Decimal:
        """What is missing, rounded up."""
        return Decimal(plain(-rounded_down(-self.missing, self.decimals), 2 if self.by_value else 0))


def next_scale(
    book: PriceBook, terms: Terms, work: LineCalculation, offers: Sequence[Offer], price: Decimal
) -> NextScale | None:
    """Returns the nearest goal that comes true.

    `offers` are those of the line's item, `price` is its price after them.
    """
    with localcontext(CONTEXT):
        goals = [goal for offer in offers for goal in _goals(terms, work, offer)]
        for goal in sorted(goals, key=attrgetter("part")):
            missing = goal.told
            value = _tried(book, terms, work, offers, goal, missing, price)
            if value is not None:
                return hint_for(work, goal, value)
        return None


def hint_for(work: LineCalculation, goal: Goal, value: str) -> NextScale:
    """Returns the hint for a goal that comes true; `value` is what it brings."""
    promotion = goal.offer.promotion
    unit = None if goal.by_value or work.item is None else work.item.base_unit
    threshold: Literal["quantity", "value"] = "value" if goal.by_value else "quantity"
    return NextScale(promotion.id, promotion.name, promotion.kind, threshold, goal.told, unit, value)


def goal_of(terms: Terms, offer: Offer, scale: Scale) -> Goal:
    """Returns the goal of reaching a scale."""
    by_value = offer.promotion.threshold == "value"
    start = offer.start(scale)
    return _goal(offer, start - offer.measure, start, terms.decimals if by_value else _DECIMALS, by_value=by_value)


def _goals(terms: Terms, work: LineCalculation, offer: Offer) -> Iterator[Goal]:
    """Yields the next scale and, for free goods, the next free unit."""
    is_gift, by_value = offer.promotion.kind == "free_goods", offer.promotion.threshold == "value"
    if offer.next is not None and work.line.item in offer.counts:
        start = offer.start(offer.next)
        missing = start - offer.measure
        if is_gift and not by_value:
            missing = max(missing, offer.next.every - offer.pool(work.line.item, offer.next))
        yield _goal(offer, missing, start, terms.decimals if by_value else _DECIMALS, by_value=by_value)
    if is_gift and offer.scale is not None and (work.line.item in offer.counts or not offer.scale.item):
        pool, per = counted(offer.pool(work.line.item, offer.scale)), offer.scale.every
        missing = per - pool % per
        yield _goal(offer, missing, pool + missing, _DECIMALS, by_value=False)


def _goal(offer: Offer, missing: Decimal, whole: Decimal, decimals: int, *, by_value: bool) -> Goal:
    return Goal(offer, missing, missing / whole, decimals, by_value)


def _tried(
    book: PriceBook,
    terms: Terms,
    work: LineCalculation,
    offers: Sequence[Offer],
    goal: Goal,
    missing: Decimal,
    price: Decimal,
) -> str | None:
    """Returns what the promotion gives if `missing` is added to the line; None if price or gift are no better."""
    if goal.by_value and not work.threshold_price:
        return None
    more = missing / (work.threshold_price if goal.by_value else work.per_line_unit(Decimal(1)))
    after, _ = base_of(book, terms, replace(work.line, quantity=work.line.quantity + more), is_trial=True)
    moved = {offer.promotion.id: offer.with_line(work, after) for offer in offers}
    running = discounted(book, terms, after, moved.values(), like=work)
    promotion = goal.offer.promotion
    applied = next((found for found in after.promotions if found.promotion == promotion.id), None)
    if applied is None:
        return None
    if promotion.kind == "free_goods":
        item = work.line.item
        is_better = moved[promotion.id].free_units(item) > goal.offer.free_units(item)
    else:
        is_better = rounded(running.value, terms.price_decimals) < rounded(price, terms.price_decimals)
    return told_benefit(goal.offer, applied.value) if is_better else None


def told_benefit(offer: Offer, benefit: str) -> str:
    """Returns what a promotion gives; amounts and prices in the document's currency."""
    if offer.promotion.kind not in {"amount", "fixed_price", "bundle"} or offer.exchange == SAME:
        return benefit
    return plain(rounded(offer.exchange.of(Decimal(benefit)), _PRICE_DECIMALS))
