"""Hints of lines that only count for a promotion: how much more of them makes other lines cheaper (rule 4)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal, localcontext
from functools import partial

from salesapp.domain.price_rules.base import LineCalculation, base_of
from salesapp.domain.price_rules.book import PriceBook
from salesapp.domain.price_rules.discounts import discounted
from salesapp.domain.price_rules.hints import Goal, goal_of, hint_for, told_benefit
from salesapp.domain.price_rules.numbers import CONTEXT, rounded
from salesapp.domain.price_rules.promotions import Offer
from salesapp.domain.price_rules.sets import Plan
from salesapp.domain.price_rules.terms import Terms
from salesapp.domain.price_rules.values import NextScale, no_hint


def add_condition_hints(
    book: PriceBook, terms: Terms, works: Sequence[LineCalculation], offers: Sequence[Offer], plan: Plan
) -> None:
    """Lets lines without a goal of their own find what more of them would bring to others.

    Lines whose promotions a set has ended, and those with an own price, get nothing from it.
    """
    for offer in offers:
        if offer.next is None or offer.promotion.is_of_sets or offer.counts <= offer.by_item.keys():
            continue
        others = [
            work
            for work in works
            if work.line.item in offer.by_item and plan.open_to(work.line.id, (offer,)) and work.line.own_price is None
        ]
        for work in works:
            if work.line.item in offer.counts and work.line.item not in offer.by_item:
                known = work.find_hint or no_hint
                work.find_hint = partial(_found, book, terms, work, others, offers, offer, known)


def _found(
    book: PriceBook,
    terms: Terms,
    work: LineCalculation,
    others: Sequence[LineCalculation],
    offers: Sequence[Offer],
    offer: Offer,
    known: Callable[[], NextScale | None],
) -> NextScale | None:
    """Returns what `known` finds, else the next scale of the offer if it comes true for another line."""
    found = known()
    if found is not None or offer.next is None:
        return found
    with localcontext(CONTEXT):
        goal = goal_of(terms, offer, offer.next)
        value = _tried(book, terms, work, others, offers, goal)
        return None if value is None else hint_for(work, goal, value)


def _tried(
    book: PriceBook,
    terms: Terms,
    work: LineCalculation,
    others: Iterable[LineCalculation],
    offers: Sequence[Offer],
    goal: Goal,
) -> str | None:
    """Returns what the promotion gives to another line if so much is added to this one; None if to no line."""
    if goal.by_value and not work.threshold_price:
        return None
    more = goal.told / (work.threshold_price if goal.by_value else work.per_line_unit(Decimal(1)))
    after, _ = base_of(book, terms, replace(work.line, quantity=work.line.quantity + more), is_trial=True)
    as_it_is = [offer.with_line(work, work) for offer in offers]
    moved = [offer.with_line(work, after) for offer in offers]
    for other in others:
        price, _ = _priced(book, terms, other, as_it_is)
        lower, trial = _priced(book, terms, other, moved)
        applied = next((one for one in trial.promotions if one.promotion == goal.offer.promotion.id), None)
        if applied is not None and (lower < price or _gives_more(other, goal.offer, moved)):
            return told_benefit(goal.offer, applied.value)
    return None


def _priced(
    book: PriceBook, terms: Terms, other: LineCalculation, offers: Iterable[Offer]
) -> tuple[Decimal, LineCalculation]:
    trial, _ = base_of(book, terms, other.line, is_trial=True)
    matching = [one for one in offers if other.line.item in one.by_item and not one.promotion.is_of_sets]
    price = discounted(book, terms, trial, matching, like=other).value
    return rounded(price, terms.price_decimals), trial


def _gives_more(other: LineCalculation, offer: Offer, moved: Iterable[Offer]) -> bool:
    item = other.line.item
    after = next(one for one in moved if one.promotion.id == offer.promotion.id)
    return offer.promotion.kind == "free_goods" and after.free_units(item) > offer.free_units(item)
