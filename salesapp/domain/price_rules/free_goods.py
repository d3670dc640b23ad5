"""The lines of price 0 that promotions give, each after the line that gave it (docs/pricing.md, rule 4)."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from salesapp.domain.price_rules.allocation import line_order
from salesapp.domain.price_rules.base import NO_VAT, LineCalculation
from salesapp.domain.price_rules.book import PriceBook
from salesapp.domain.price_rules.numbers import ZERO, plain
from salesapp.domain.price_rules.promotions import Offer, described, free_units
from salesapp.domain.price_rules.rows import Scale
from salesapp.domain.price_rules.values import AppliedPromotion, LineInput, PriceWarning, Step


def with_free_lines(
    book: PriceBook, works: Sequence[LineCalculation], offers: Iterable[Offer]
) -> tuple[list[LineCalculation], list[PriceWarning]]:
    """The lines with those that are given free, and a warning for a gift that the catalogue does not know."""
    after: dict[str, list[LineCalculation]] = {}
    warnings = []
    taken = {work.line.id for work in works}
    for offer in offers:
        scale = offer.scale
        if scale is None or not offer.givers:
            continue
        if scale.item and scale.item not in book.form_by_code:
            params = {"item": scale.item, "promotion": offer.promotion.name}
            warnings.append(PriceWarning("price.unknown_free_item", "", params))
            continue
        for givers in _pools(offer.givers, scale):
            if free := _free_line(book, offer, scale, givers, taken):
                after.setdefault(free.given_by, []).append(free)
    return [entry for work in works for entry in (work, *after.get(work.line.id, ()))], warnings


def _pools(givers: Sequence[LineCalculation], scale: Scale) -> list[list[LineCalculation]]:
    """The lines that count together, lowest id first: those of one item, or all where another item is given."""
    pools: dict[int, list[LineCalculation]] = {}
    for work in sorted(givers, key=lambda entry: line_order(entry.line.id)):
        pools.setdefault(0 if scale.item else work.line.item, []).append(work)
    return list(pools.values())


def _free_line(
    book: PriceBook, offer: Offer, scale: Scale, givers: Sequence[LineCalculation], taken: set[str]
) -> LineCalculation | None:
    giver = givers[0]
    quantity = free_units(scale, sum((work.base_quantity for work in givers), ZERO))
    form = book.form_by_code[scale.item] if scale.item else giver.form
    if not quantity or form is None:
        return None
    promotion = offer.promotion
    line = LineInput(_free_id(giver.line.id, promotion.key, taken), form.key, form.base_unit, Decimal(plain(quantity)))
    work = LineCalculation(line, form=form, given_by=giver.line.id)
    rate = None if form.vat_rate is None else book.vat_rates.get(form.vat_rate)
    work.vat_rate = rate or NO_VAT
    text = described(promotion, scale)
    work.steps = [Step("promotion", promotion.name, text, ZERO, ZERO, f"promotions.headers/{promotion.key}")]
    work.promotions = [AppliedPromotion(promotion.key, promotion.name, promotion.kind, scale.start, text)]
    return work


def _free_id(giver: str, promotion: int, taken: set[str]) -> str:
    """The same for the same document, whatever the order of its lines; never the id of another line."""
    found = f"{giver}-free-{promotion}"
    while found in taken:
        found += "+"
    taken.add(found)
    return found
