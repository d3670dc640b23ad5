"""Promotions: those valid for a document, the scales its lines reach together, and their order (rule 4).

Free goods are counted here too; the lines that they become are made in `free_goods`. What is missing to more is said by
`hints`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from salesapp.domain.objects.promotions import Promotion, Scale
from salesapp.domain.price_rules.base import LineCalculation, counted
from salesapp.domain.price_rules.book import PriceBook
from salesapp.domain.price_rules.numbers import ZERO, plain, rounded, rounded_down, taken_off
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
from salesapp.domain.price_rules.values import AppliedPromotion, PriceWarning


@dataclass(slots=True)
class Offer:
    """A promotion valid for a document, measured over the lines that it counts.

    `value` is in the document's currency, quantities are in base units. `by_item` has the quantities of the items that
    it makes cheaper, `counts` the items that it counts. `unknown_gifts` are codes that the catalogue does not have.
    `givers` collects the lines that earn free goods.
    """

    promotion: Promotion
    exchange: Exchange
    scales: tuple[Scale, ...]
    unknown_gifts: frozenset[str]
    value: Decimal
    quantity: Decimal
    by_item: dict[int, Decimal]
    counts: frozenset[int]
    measure: Decimal = field(init=False)
    """What the threshold counts: the value or the quantity."""
    scale: Scale | None = field(init=False)
    """The highest that is reached."""
    next: Scale | None = field(init=False)
    givers: list[LineCalculation] = field(default_factory=list)
    lacks_gift: bool = False
    """Whether it would give an item that the catalogue does not have."""

    def __post_init__(self) -> None:
        self.measure = counted(self.value if self.promotion.threshold == "value" else self.quantity)
        self.scale = self.next = None
        for scale in self.scales:
            if self.start(scale) > self.measure:
                self.next = scale
                break
            self.scale = scale

    def start(self, scale: Scale) -> Decimal:
        """Returns the start of a scale, in the units of `measure`."""
        return self.exchange.of(scale.start) if self.promotion.threshold == "value" else scale.start

    def pool(self, item: int, scale: Scale) -> Decimal:
        """Returns the quantity that earns free goods: of the item, or all that counts if the gift is another item."""
        return self.quantity if scale.item else self.by_item[item]

    def free_units(self, item: int) -> Decimal:
        """Returns how many base units the reached scale gives for the item, or for all if the gift is another item."""
        return ZERO if self.scale is None else free_units(self.scale, self.pool(item, self.scale))

    def with_line(self, before: LineCalculation, after: LineCalculation) -> "Offer":
        """Returns the offer after a line has changed, to try the change out."""
        item, more = before.line.item, after.base_quantity - before.base_quantity
        is_counted = item in self.counts
        return Offer(
            self.promotion,
            self.exchange,
            self.scales,
            self.unknown_gifts,
            self.value - before.list_value + after.list_value if is_counted else self.value,
            self.quantity + more if is_counted else self.quantity,
            self.by_item | {item: self.by_item[item] + more} if item in self.by_item else self.by_item,
            self.counts,
        )


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
            counted_items = frozenset(book.counted(promotion, items))
            offers.append(_measured(book, promotion, exchange, scales, lines, works, counted_items))
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
    book: PriceBook,
    promotion: Promotion,
    exchange: Exchange,
    scales: tuple[Scale, ...],
    lines: Iterable[LineCalculation],
    works: Sequence[LineCalculation],
    counts: frozenset[int],
) -> Offer:
    """Measures the lines that count among all of the document; `lines` are those that it makes cheaper."""
    by_item: dict[int, Decimal] = {}
    for work in lines:
        by_item[work.line.item] = by_item.get(work.line.item, ZERO) + work.base_quantity
    unknown = frozenset(scale.item for scale in scales if scale.item and scale.item not in book.item_by_code)
    counting = [work for work in works if work.line.item in counts]
    value = sum((work.list_value for work in counting), ZERO)
    quantity = sum((work.base_quantity for work in counting), ZERO)
    return Offer(promotion, exchange, scales, unknown, value, quantity, by_item, counts)


def take_promotions(terms: Terms, work: LineCalculation, running: RunningPrice, offers: Iterable[Offer]) -> None:
    """Applies the promotions of a line's item, until one that does not combine."""
    for offer in _in_order(terms, work, running, offers):
        if _apply(work, running, offer) and not offer.promotion.combines:
            break


def _in_order(terms: Terms, work: LineCalculation, running: RunningPrice, offers: Iterable[Offer]) -> Iterator[Offer]:
    """Yields offers by priority; of equal priority the better for the customer first, then the lower key."""
    reached = (offer for offer in offers if offer.scale is not None)
    for _, same in groupby(reached, key=lambda offer: offer.promotion.priority):
        group = list(same)
        if len(group) > 1:
            ranks = {offer.promotion.id: _value_alone(terms, work, running, offer) for offer in group}
            group.sort(key=lambda offer: (ranks[offer.promotion.id], offer.promotion.id))
        yield from group


def _value_alone(terms: Terms, work: LineCalculation, running: RunningPrice, offer: Offer) -> Decimal:
    """Returns the line's value with this promotion alone; free units count at the running price."""
    decimals = terms.price_decimals
    scale = offer.scale
    if scale is not None and offer.promotion.kind == "free_goods":
        pool = offer.pool(work.line.item, scale) or work.base_quantity
        part = offer.free_units(work.line.item) * work.base_quantity / pool
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
    amount = work.of_list(offer.exchange.of(value))
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
        if not offer.free_units(work.line.item):
            return False
        if scale.item in offer.unknown_gifts:
            offer.lacks_gift = True
            return False
        offer.givers.append(work)
        change = ZERO
    else:
        change = _change(work, running, offer, scale)
        if running.value == before:
            return False
    source = f"promotions.headers/{promotion.id}"
    work.explain(
        "promotion", promotion.name, lambda: _told(promotion.kind, change) or text, before, running.value, source
    )
    work.promotions.append(AppliedPromotion(promotion.id, promotion.name, promotion.kind, scale.start, text))
    return True


def _told(kind: str, value: Decimal) -> str:
    """Formats the change of a price for its step; empty for free goods."""
    if kind == "free_goods":
        return ""
    if kind == "percent":
        return f"{taken_off(value)} %"
    return taken_off(value, 2) if kind == "amount" else f"= {plain(value, 2)}"


def described(promotion: Promotion, scale: Scale) -> str:
    """Formats the benefit of a scale: a percent, an amount or price per base unit, or "5+1"."""
    if promotion.kind == "free_goods":
        return f"{plain(scale.every)}+{plain(scale.free or ZERO)}"
    return plain(scale.value or ZERO)
