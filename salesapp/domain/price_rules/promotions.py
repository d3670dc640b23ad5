"""Promotions: those valid for a document, the scales its lines reach together, and their order (rule 4).

Free goods are counted here too; `free_goods` makes their lines.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from salesapp.domain.objects.promotions import Promotion, Scale
from salesapp.domain.price_rules.base import LineCalculation, counted
from salesapp.domain.price_rules.book import PriceBook
from salesapp.domain.price_rules.numbers import ZERO, plain, rounded, rounded_down
from salesapp.domain.price_rules.running import RunningPrice
from salesapp.domain.price_rules.terms import (
    BAD_ROW,
    Exchange,
    Terms,
    exchange_between,
    has_bad_rate,
    is_for,
    may_be_for,
)
from salesapp.domain.price_rules.values import AppliedPromotion, NextScale, PriceWarning, Step

_APPLIED = {"percent": "-{} %", "amount": "-{}", "fixed_price": "= {}"}
_DECIMALS = {"percent": 0, "amount": 2, "fixed_price": 2}


@dataclass(slots=True)
class Offer:
    """A promotion valid for a document, measured over its matching lines.

    `measure` is in base units or in the document's currency, depending on the promotion's threshold; quantities are in
    base units. `givers` collects the lines that earn free goods.
    """

    promotion: Promotion
    exchange: Exchange
    measure: Decimal
    quantity: Decimal
    by_item: dict[int, Decimal]
    scale: Scale | None
    next: Scale | None
    givers: list[LineCalculation] = field(default_factory=list)

    def start(self, scale: Scale) -> Decimal:
        """Returns the start of a scale, in the units of `measure`."""
        return self.exchange.of(scale.start) if self.promotion.threshold == "value" else scale.start

    def pool(self, work: LineCalculation, scale: Scale) -> Decimal:
        """Returns the quantity that earns free goods: of the line's item, or of all if the gift is another item."""
        return self.quantity if scale.item else self.by_item[work.line.item]


def offers_of(
    book: PriceBook, terms: Terms, works: Sequence[LineCalculation]
) -> tuple[list[Offer], list[PriceWarning]]:
    """Returns the valid promotions, those of priority 1 first, and warnings for unusable ones."""
    offers: list[Offer] = []
    warnings: list[PriceWarning] = []
    items = {work.line.item for work in works}
    for promotion in book.promotions:
        holds = is_for(book, promotion, terms.customer, terms.customer_class, terms.date)
        scales = book.scales(promotion)
        if not (holds or may_be_for(book, promotion, terms.date)) or scales == ():
            continue
        matching = book.matching(promotion, items)
        lines = [work for work in works if work.line.item in matching]
        exchange, problem = _exchange(book, terms, promotion) if holds else (None, BAD_ROW)
        if not lines:
            continue
        if exchange is None or scales is None:
            warnings += _left_out(promotion, lines, problem or BAD_ROW)
        else:
            offers.append(_measured(promotion, exchange, scales, lines))
    return offers, warnings


def _exchange(book: PriceBook, terms: Terms, promotion: Promotion) -> tuple[Exchange | None, str]:
    """Returns the exchange from the promotion's to the document's currency, or the code of the problem."""
    if promotion.currency is None:
        return terms.exchange, ""
    found = exchange_between(book, promotion.currency, terms.currency, terms.date)
    if found is not None:
        return found, ""
    return None, BAD_ROW if has_bad_rate(book, promotion.currency, terms.currency, terms.date) else "price.no_rate"


def _left_out(promotion: Promotion, works: Iterable[LineCalculation], code: str) -> Iterable[PriceWarning]:
    """Warns of an unusable promotion: a bad row at each line that it affects, a missing rate once."""
    lines = (work.line.id for work in works) if code == BAD_ROW else ("",)
    return [PriceWarning(code, line, {"promotion": promotion.name}) for line in lines]


def _measured(
    promotion: Promotion, exchange: Exchange, scales: Iterable[Scale], works: Sequence[LineCalculation]
) -> Offer:
    by_item: dict[int, Decimal] = {}
    for work in works:
        by_item[work.line.item] = by_item.get(work.line.item, ZERO) + work.base_quantity
    quantity = sum(by_item.values(), ZERO)
    by_value = promotion.threshold == "value"
    measure = sum((work.list_value for work in works), ZERO) if by_value else counted(quantity)
    offer = Offer(promotion, exchange, measure, quantity, by_item, None, None)
    for scale in scales:
        if offer.start(scale) > measure:
            offer.next = scale
            break
        offer.scale = scale
    return offer


def take_promotions(terms: Terms, work: LineCalculation, running: RunningPrice, offers: Iterable[Offer]) -> None:
    """Applies the promotions of a line, and records the nearest scale not reached yet."""
    nearest: tuple[Decimal, NextScale] | None = None
    for offer in _in_order(terms, work, running, offers):
        hint = _hint(terms, work, running, offer)
        if hint is not None and (nearest is None or hint[0] < nearest[0]):
            nearest = hint
        if _apply(work, running, offer) and not offer.promotion.combines:
            break
    work.next_scale = nearest[1] if nearest else None


def _in_order(terms: Terms, work: LineCalculation, running: RunningPrice, offers: Iterable[Offer]) -> Iterator[Offer]:
    """Yields offers by priority; of equal priority the better for the customer first, then the lower key."""
    matching = (offer for offer in offers if work.line.item in offer.by_item)
    for _, same in groupby(matching, key=lambda offer: offer.promotion.priority):
        group = list(same)
        if len(group) > 1:
            ranks = {offer.promotion.id: _value_alone(terms, work, running, offer) for offer in group}
            group.sort(key=lambda offer: (ranks[offer.promotion.id], offer.promotion.id))
        yield from group


def _value_alone(terms: Terms, work: LineCalculation, running: RunningPrice, offer: Offer) -> Decimal:
    """Returns the line's value with this promotion alone; free units count at the running price."""
    decimals = terms.price_list.places if terms.price_list else 2
    scale = offer.scale
    if scale is not None and offer.promotion.kind == "free_goods":
        pool = offer.pool(work, scale)
        part = free_units(scale, pool) * work.base_quantity / pool
        paid = work.line.quantity - part * work.conversion.down / work.conversion.up
        return rounded(rounded(running.value, decimals) * paid, terms.decimals)
    trial = running.copy()
    if scale is not None:
        _change(work, trial, offer, scale)
    return rounded(rounded(trial.value, decimals) * work.line.quantity, terms.decimals)


def free_units(scale: Scale, quantity: Decimal) -> Decimal:
    """Returns the free base units for a bought quantity: floor(quantity / per) x free."""
    return rounded_down(counted(quantity / scale.every), 0) * (scale.free or ZERO)


def _change(work: LineCalculation, running: RunningPrice, offer: Offer, scale: Scale) -> Decimal:
    """Applies a reached scale to the price; returns the percent, or the amount or price per line unit."""
    value = scale.value or ZERO
    if offer.promotion.kind == "percent":
        running.discount_percent(value)
        return value
    amount = work.per_line_unit(offer.exchange.of(value))
    if offer.promotion.kind == "amount":
        running.discount_amount(amount)
    else:
        running.fix(amount)
    return amount


def _apply(work: LineCalculation, running: RunningPrice, offer: Offer) -> bool:
    """Applies the reached scale of an offer; returns whether it had any effect."""
    promotion, scale = offer.promotion, offer.scale
    if scale is None:
        return False
    before, text = running.value, described(promotion, scale)
    if promotion.kind == "free_goods":
        if not free_units(scale, offer.pool(work, scale)):
            return False
        offer.givers.append(work)
        value = text
    else:
        value = _APPLIED[promotion.kind].format(plain(_change(work, running, offer, scale), _DECIMALS[promotion.kind]))
        if running.value == before:
            return False
    source = f"promotions.headers/{promotion.id}"
    work.steps.append(Step.of("promotion", promotion.name, value, before, running.value, source))
    work.promotions.append(AppliedPromotion(promotion.id, promotion.name, promotion.kind, scale.start, text))
    return True


def described(promotion: Promotion, scale: Scale) -> str:
    """Formats the benefit of a scale: a percent, an amount or price per base unit, or "5+1"."""
    if promotion.kind == "free_goods":
        return f"{plain(scale.every)}+{plain(scale.free or ZERO)}"
    return plain(scale.value or ZERO)


def _would_not_lower(work: LineCalculation, running: RunningPrice, offer: Offer) -> bool:
    """Returns whether the next scale is a fixed price that is not below the line's price."""
    if offer.promotion.kind != "fixed_price" or offer.next is None:
        return False
    return work.per_line_unit(offer.exchange.of(offer.next.value or ZERO)) >= running.value


def _hint(terms: Terms, work: LineCalculation, running: RunningPrice, offer: Offer) -> tuple[Decimal, NextScale] | None:
    """Returns the next scale or free unit and how much is missing, with that as a share; None without one."""
    promotion = offer.promotion
    found: list[tuple[Decimal, Decimal, Scale, str]] = []
    if offer.next is not None:
        start = offer.start(offer.next)
        found.append((start - offer.measure, start, offer.next, promotion.threshold))
    if promotion.kind == "free_goods" and offer.scale is not None:
        pool, per = counted(offer.pool(work, offer.scale)), offer.scale.every
        missing = per - pool % per
        found.append((missing, pool + missing, offer.scale, "quantity"))
    if not found or _would_not_lower(work, running, offer):
        return None
    missing, whole, scale, threshold = min(found, key=lambda entry: entry[0] / entry[1])
    by_value = threshold == "value"
    hint = NextScale(
        promotion.id,
        promotion.name,
        promotion.kind,
        "value" if by_value else "quantity",
        -rounded_down(-missing, terms.decimals) if by_value else Decimal(plain(missing)),
        None if by_value or work.item is None else work.item.base_unit,
        described(promotion, scale),
    )
    return missing / whole, hint
