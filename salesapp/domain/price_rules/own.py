"""The representative's own price or discount on a line, as percent or as amount, within its limit (rule 5)."""

from collections.abc import Iterable
from decimal import Decimal

from salesapp.domain.price_rules.base import LineCalculation
from salesapp.domain.price_rules.numbers import HUNDRED, ZERO, plain, rounded, rounded_down, shown, taken_off
from salesapp.domain.price_rules.returns import take_paid_price
from salesapp.domain.price_rules.running import RunningPrice
from salesapp.domain.price_rules.terms import Terms, within_limit
from salesapp.domain.price_rules.values import PriceWarning

_TOLD = 2
"""Decimals of a percent in a warning."""


def take_own_discount(terms: Terms, work: LineCalculation, running: RunningPrice) -> Iterable[PriceWarning]:
    """Applies the own price, else the own amount, else the own percent, within what the document's percent leaves."""
    line = work.line
    if line.own_price is None and not line.discount_percent and not line.discount_amount:
        return ()
    if terms.is_return:
        return take_paid_price(work, running)
    before = running.value
    if line.own_price is None and not line.discount_amount:
        warnings, value = _take_percent(terms, work, running)
    else:
        warnings, value = _take_amount(terms, work, running)
    if not value:
        return warnings
    if rounded(before, terms.price_decimals) == rounded(running.value, terms.price_decimals):
        warnings = (*warnings, PriceWarning("price.discount_without_effect", line.id, {}))
    code = "own_discount" if line.own_price is None else "own_price"
    work.explain(code, "", lambda: value, before, running.value)
    return warnings


def _take_percent(terms: Terms, work: LineCalculation, running: RunningPrice) -> tuple[tuple[PriceWarning, ...], str]:
    """Applies a percent; returns warnings and the change as text, empty if there is none."""
    percent, warnings = within_limit(work.line.discount_percent, _room(terms), terms.limit, work.line.id)
    work.discount_percent = percent
    if percent:
        running.discount_percent(percent)
    return warnings, f"-{plain(percent)} %" if percent else ""


def _take_amount(terms: Terms, work: LineCalculation, running: RunningPrice) -> tuple[tuple[PriceWarning, ...], str]:
    """Applies an amount or a price per line unit, which is limited by the percent that it is; returns as above."""
    line, decimals = work.line, terms.price_decimals
    before = running.value
    if line.discount_amount < 0 or (line.own_price is not None and line.own_price < 0):
        return (PriceWarning("price.discount_below_zero", line.id, {}),), ""
    wanted = line.discount_amount if line.own_price is None else before - line.own_price
    if wanted <= 0:
        is_above = rounded(before - wanted, decimals) > rounded(before, decimals)
        params = {"price": plain(rounded(before, decimals), 2)}
        return ((PriceWarning("price.own_price_above", line.id, params),) if is_above else ()), ""
    whole, room = running.reducible, _room(terms)
    most = min(whole * room / HUNDRED, running.free)
    warnings: tuple[PriceWarning, ...] = ()
    lowest = rounded(before - most, decimals)
    if rounded(before - wanted, decimals) < lowest:
        warnings = (_over_limit(terms, line.id, wanted, whole, ("lowest", lowest)),)
    taken = min(wanted, most) if warnings else min(wanted, running.free)
    if not taken:
        return (*warnings, *(() if warnings else (PriceWarning("price.discount_without_effect", line.id, {}),))), ""
    running.discount_amount(taken)
    work.discount_percent = min(shown(taken * HUNDRED / whole), room)
    return warnings, taken_off(taken, 2) if line.own_price is None else f"= {plain(running.value, 2)}"


def _room(terms: Terms) -> Decimal:
    """Returns the part of the limit that the document's percent leaves."""
    return max(ZERO, terms.limit - terms.discount_percent)


def document_amount(terms: Terms, most: Decimal, given: Decimal) -> tuple[Decimal, Decimal, tuple[PriceWarning, ...]]:
    """Returns the allowed part of the document's amount, its percent, and warnings.

    `most` is the reducible value of all lines, `given` the largest own percent of a line: the lines come first.
    """
    wanted = rounded(terms.discount_amount, terms.decimals)
    if wanted <= 0:
        return ZERO, ZERO, (PriceWarning("price.discount_below_zero", "", {}),) if wanted < 0 else ()
    room = max(ZERO, terms.limit - given)
    allowed = min(rounded(most * room / HUNDRED, terms.decimals), rounded_down(most, terms.decimals))
    warnings = () if wanted <= allowed else (_over_limit(terms, "", wanted, most, ("most", allowed)),)
    taken = min(wanted, allowed)
    return taken, min(shown(taken * HUNDRED / most), room) if taken else ZERO, warnings


def _over_limit(terms: Terms, line: str, wanted: Decimal, whole: Decimal, allowed: tuple[str, Decimal]) -> PriceWarning:
    """Warns of an amount above the limit: its percent, rounded up, and what is allowed."""
    percent = -rounded_down(-wanted * HUNDRED / whole, _TOLD) if whole else HUNDRED
    name, value = allowed
    return PriceWarning(
        "price.discount_over_limit",
        line,
        {"limit": plain(terms.limit), "percent": plain(percent), name: plain(value, 2)},
    )
