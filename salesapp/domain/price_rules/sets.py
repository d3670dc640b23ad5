"""Promotions of complete sets: which units belong to groups and bundles (docs/pricing.md, rule 4).

Decided before unit prices are known, by list prices, so that the sets of a document do not depend on each other's
discounts; what they take off is calculated in `set_discounts`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from salesapp.domain.objects.promotions import PromotionItem, Scale
from salesapp.domain.price_rules.allocation import line_order
from salesapp.domain.price_rules.base import LineCalculation, base_of, counted
from salesapp.domain.price_rules.book import PriceBook
from salesapp.domain.price_rules.discounts import discounted
from salesapp.domain.price_rules.numbers import ZERO, rounded_down
from salesapp.domain.price_rules.promotions import Offer
from salesapp.domain.price_rules.running import RunningPrice
from salesapp.domain.price_rules.terms import Terms

Units = dict[str, Decimal]
"""Base units by the id of their line."""


@dataclass(slots=True)
class TakenSet:
    """A promotion's complete sets: how many, the units that become cheaper, and all units that are used."""

    offer: Offer
    scale: Scale
    count: Decimal
    cheaper: Units
    used: Units


@dataclass(slots=True)
class Plan:
    """The sets of a document in order. `closed_after`: no promotion of a later priority for these lines."""

    taken: list[TakenSet] = field(default_factory=list)
    closed_after: dict[str, int] = field(default_factory=dict)

    def open_to(self, line: str, offers: Iterable[Offer]) -> list[Offer]:
        """Returns the promotions of unit prices that a line still gets."""
        last = self.closed_after.get(line)
        return [offer for offer in offers if last is None or offer.promotion.priority <= last]


@dataclass(slots=True)
class _Planner:
    book: PriceBook
    terms: Terms
    works: Sequence[LineCalculation]
    by_item: dict[int, list[Offer]]
    left: Units
    plan: Plan = field(default_factory=Plan)
    ended: dict[tuple[str, int], bool] = field(default_factory=dict)

    def take(self, offers: Iterable[Offer]) -> None:
        """Takes sets of one priority: the largest saving first, then the lower key."""
        waiting = list(offers)
        while waiting:
            found = [(taken, offer) for offer in waiting if (taken := self._sets(offer)) is not None]
            savings = [(-self._saving(taken), offer.promotion.id, taken, offer) for taken, offer in found]
            best = min(savings, key=lambda entry: entry[:2], default=None)
            if best is None or best[0] >= 0:
                return
            self._keep(best[2])
            waiting.remove(best[3])

    def _keep(self, taken: TakenSet) -> None:
        self.plan.taken.append(taken)
        for line, units in taken.used.items():
            self.left[line] -= units
        if not taken.offer.promotion.combines:
            priority = taken.offer.promotion.priority
            self.plan.closed_after |= dict.fromkeys(taken.cheaper, priority)

    def _sets(self, offer: Offer) -> TakenSet | None:
        items = [work for work in self.works if work.line.item in offer.by_item and self.left[work.line.id] > 0]
        works = [work for work in items if self._is_open(work, offer.promotion.priority)]
        works.sort(key=lambda work: (_list_price(work), line_order(work.line.id)))
        if offer.promotion.kind == "bundle":
            return self._bundles(offer, works)
        return _groups(offer, works, self.left)

    def _is_open(self, work: LineCalculation, priority: int) -> bool:
        """Returns whether the line gets another promotion after those of unit prices up to a priority."""
        place = (work.line.id, priority)
        if place not in self.ended:
            self.ended[place] = self._has_ended(work, priority)
        return work.line.id not in self.plan.closed_after and not self.ended[place]

    def _has_ended(self, work: LineCalculation, priority: int) -> bool:
        """Returns whether a promotion of the unit price up to a priority leaves no others to the line."""
        offers = [one for one in self.by_item.get(work.line.item, ()) if one.promotion.priority <= priority]
        ending = {offer.promotion.id for offer in offers if not offer.promotion.combines}
        if not ending:
            return False
        trial, _ = base_of(self.book, self.terms, work.line, is_trial=True)
        discounted(self.book, self.terms, trial, [offer.with_line(work, work) for offer in offers])
        return not ending.isdisjoint(applied.promotion for applied in trial.promotions)

    def _bundles(self, offer: Offer, works: Sequence[LineCalculation]) -> TakenSet | None:
        parts = self.book.parts(offer.promotion)
        dearest_first = sorted(works, key=lambda work: (-_list_price(work), line_order(work.line.id)))
        count = self._count(parts, dearest_first)
        scale = next((scale for scale in reversed(offer.scales) if scale.start <= count), None)
        units = self._filled(parts, dearest_first, count) if scale is not None and count > 0 else None
        return None if scale is None or units is None else TakenSet(offer, scale, count, units, units)

    def _count(self, parts: Sequence[PromotionItem], works: Sequence[LineCalculation]) -> Decimal:
        """Returns how many bundles are complete, where an item may fill several parts."""
        most = min((self._most(part, works) for part in parts), default=ZERO)
        least, above = ZERO, most + 1
        if self._filled(parts, works, most) is not None:
            return most
        while above - least > 1:
            middle = rounded_down((least + above) / 2, 0)
            if self._filled(parts, works, middle) is None:
                above = middle
            else:
                least = middle
        return least

    def _most(self, part: PromotionItem, works: Iterable[LineCalculation]) -> Decimal:
        units = sum((self.left[work.line.id] for work in works if self.book.is_of_part(part, work.line.item)), ZERO)
        each = part.quantity if part.quantity is not None else Decimal(1)
        return rounded_down(counted(units / each), 0) if each > 0 else ZERO

    def _filled(self, parts: Iterable[PromotionItem], works: Sequence[LineCalculation], count: Decimal) -> Units | None:
        """Returns the units of so many bundles; None if there are not enough."""
        units: Units = {}
        for part in parts:
            fitting = [work for work in works if self.book.is_of_part(part, work.line.item)]
            left = {work.line.id: self.left[work.line.id] - units.get(work.line.id, ZERO) for work in fitting}
            need = count * (part.quantity if part.quantity is not None else Decimal(1))
            found = _first(need, fitting, left)
            if counted(sum(found.values(), ZERO)) < counted(need):
                return None
            for line, amount in found.items():
                units[line] = units.get(line, ZERO) + amount
        return units

    def _saving(self, taken: TakenSet) -> Decimal:
        """Returns what the sets take off at list prices."""
        by_id = {work.line.id: work for work in self.works}
        value = taken.offer.exchange.of(taken.scale.value or ZERO)
        each = [(_list_price(by_id[line]), units) for line, units in taken.cheaper.items()]
        if taken.offer.promotion.kind == "bundle":
            return sum((price * units for price, units in each), ZERO) - value * taken.count
        value = (taken.scale.value or ZERO) if taken.offer.promotion.kind == "percent" else value
        kind = taken.offer.promotion.kind
        return sum((taken_off_unit(kind, value, price, ZERO) * units for price, units in each), ZERO)


def planned(
    book: PriceBook,
    terms: Terms,
    works: Sequence[LineCalculation],
    sets: Sequence[Offer],
    by_item: dict[int, list[Offer]],
) -> Plan:
    """Returns the complete sets of a document. `sets` are sorted by priority, `by_item` has the other promotions."""
    if not sets:
        return Plan()
    planner = _Planner(book, terms, works, by_item, {work.line.id: work.base_quantity for work in works})
    for _, same in groupby(sets, key=lambda offer: offer.promotion.priority):
        planner.take(same)
    return planner.plan


def taken_off_unit(kind: str, value: Decimal, price: Decimal, kept: Decimal) -> Decimal:
    """Returns what a percent, amount or fixed price takes off a price, of which `kept` may not be reduced."""
    running = RunningPrice(max(price - kept, ZERO), kept)
    if kind == "percent":
        running.discount_percent(value)
    elif kind == "amount":
        running.discount_amount(value)
    else:
        running.fix(value)
    return max(price - running.value, ZERO)


def _groups(offer: Offer, works: Sequence[LineCalculation], left: Units) -> TakenSet | None:
    """Returns the complete groups of these lines, the cheapest first; their cheapest units become cheaper."""
    scale = offer.scale
    if scale is None or scale.units is None or not scale.per:
        return None
    units = sum((left[work.line.id] for work in works), ZERO)
    count = rounded_down(counted(units / scale.per), 0)
    if not count:
        return None
    cheaper = _first(count * scale.units, works, left)
    rest = {line: units - cheaper.get(line, ZERO) for line, units in left.items()}
    others = _first(count * (scale.per - scale.units), works[::-1], rest)
    used = {line: cheaper.get(line, ZERO) + others.get(line, ZERO) for line in cheaper | others}
    return TakenSet(offer, scale, count, cheaper, used)


def _first(need: Decimal, works: Iterable[LineCalculation], left: Units) -> Units:
    """Returns the first units of these lines, as many as are needed or there are."""
    found: Units = {}
    for work in works:
        taken = min(need, left[work.line.id])
        if taken > 0:
            found[work.line.id] = taken
            need -= taken
    return found


def _list_price(work: LineCalculation) -> Decimal:
    """The list price of a base unit."""
    return work.threshold_price * work.conversion.down / work.conversion.up
