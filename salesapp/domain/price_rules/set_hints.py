"""Hints of groups and bundles: how much more completes the next set (docs/pricing.md, rule 4)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from functools import cache
from operator import attrgetter

from salesapp.domain.objects.promotions import Scale
from salesapp.domain.price_rules.base import LineCalculation, counted
from salesapp.domain.price_rules.book import PriceBook
from salesapp.domain.price_rules.hints import told_benefit
from salesapp.domain.price_rules.numbers import CONTEXT, ZERO, plain, rounded_down
from salesapp.domain.price_rules.promotions import Offer, described
from salesapp.domain.price_rules.sets import Plan
from salesapp.domain.price_rules.values import LineInput, NextScale, no_hint

_DECIMALS = 10
"""Of a quantity that is missing."""

Priced = Callable[[Sequence[LineInput]], Sequence[LineCalculation]]
"""Calculates the lines of the document after a change."""


@dataclass(frozen=True, slots=True)
class _Goal:
    """A set that is not complete: `missing` base units, which are `part` of those that it needs."""

    offer: Offer
    scale: Scale
    missing: Decimal
    part: Decimal


@dataclass(frozen=True, slots=True)
class _Finder:
    """Finds the hint of one line when it is looked at."""

    book: PriceBook
    work: LineCalculation
    works: Sequence[LineCalculation]
    sets: Sequence[Offer]
    plan: Plan
    priced: Priced
    known: Callable[[], NextScale | None]

    def __call__(self) -> NextScale | None:
        """Returns what promotions of the unit price promise, else the nearest set that would take more off."""
        found = self.known()
        if found is not None:
            return found
        with localcontext(CONTEXT):
            goals = sorted((goal for offer in self.sets for goal in self._goals(offer)), key=attrgetter("part"))
            return next((self._told(goal) for goal in goals if self._comes_true(goal)), None)

    def _goals(self, offer: Offer) -> Iterator[_Goal]:
        if offer.promotion.kind == "bundle":
            yield from self._of_bundle(offer)
        elif offer.scale is not None and offer.scale.per:
            missing = offer.scale.per - counted(sum(offer.by_item.values(), ZERO)) % offer.scale.per
            yield _goal(offer, offer.scale, missing, offer.scale.per)

    def _of_bundle(self, offer: Offer) -> Iterator[_Goal]:
        count = next((taken.count for taken in self.plan.taken if taken.offer is offer), ZERO) + 1
        scale = next((scale for scale in reversed(offer.scales) if scale.start <= count), None)
        for part in self.book.parts(offer.promotion) if scale is not None else ():
            if self.book.is_of_part(part, self.work.line.item):
                need = count * (part.quantity if part.quantity is not None else Decimal(1))
                fitting = (work for work in self.works if self.book.is_of_part(part, work.line.item))
                missing = need - counted(sum((work.base_quantity for work in fitting), ZERO))
                if scale is not None and missing > 0:
                    yield _goal(offer, scale, missing, need)

    def _comes_true(self, goal: _Goal) -> bool:
        """Returns whether the promotion takes more off the document if so much is added to the line."""
        more = goal.missing / self.work.per_line_unit(Decimal(1))
        changed = replace(self.work.line, quantity=self.work.line.quantity + more)
        lines = [changed if work is self.work else work.line for work in self.works]
        return _off(self.priced(lines), goal.offer) > _off(self.works, goal.offer)

    def _told(self, goal: _Goal) -> NextScale:
        promotion, item, scale = goal.offer.promotion, self.work.item, goal.scale
        group = "" if scale.units is None else f"{plain(scale.units)}/{plain(scale.every)}"
        unit, value = item.base_unit if item else None, told_benefit(goal.offer, described(promotion, scale))
        return NextScale(promotion.id, promotion.name, promotion.kind, "quantity", goal.missing, unit, value, group)


def _goal(offer: Offer, scale: Scale, missing: Decimal, whole: Decimal) -> _Goal:
    """Returns the goal with what is missing rounded up, as it is told."""
    return _Goal(offer, scale, Decimal(plain(-rounded_down(-missing, _DECIMALS))), missing / whole)


def add_set_hints(
    book: PriceBook, works: Sequence[LineCalculation], offers: Sequence[Offer], plan: Plan, priced: Priced
) -> None:
    """Lets lines that could complete a set find out what is missing, if nothing nearer is promised to them.

    Each finds it out once, because it prices the document again.
    """
    sets = [offer for offer in offers if offer.promotion.is_of_sets]
    for work in works if sets else ():
        of_line = [offer for offer in sets if work.line.item in offer.by_item]
        if of_line:
            work.find_hint = cache(_Finder(book, work, works, of_line, plan, priced, work.find_hint or no_hint))


def _off(works: Sequence[LineCalculation], offer: Offer) -> Decimal:
    source = f"promotions.headers/{offer.promotion.id}"
    steps = (step for work in works for step in work.value_steps if step.source == source)
    return sum((step.before - step.after for step in steps), ZERO)
