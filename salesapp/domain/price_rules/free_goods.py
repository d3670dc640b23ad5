"""Free goods: lines at price 0 from promotions, each after the line that earned it (docs/pricing.md, rule 4)."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from salesapp.domain.objects.promotions import Scale
from salesapp.domain.price_rules.allocation import line_order
from salesapp.domain.price_rules.base import LineCalculation
from salesapp.domain.price_rules.book import PriceBook
from salesapp.domain.price_rules.customer_vat import line_vat
from salesapp.domain.price_rules.numbers import ZERO, plain
from salesapp.domain.price_rules.promotions import Offer, described
from salesapp.domain.price_rules.terms import Terms
from salesapp.domain.price_rules.values import AppliedPromotion, LineInput, PriceWarning, Step


def with_free_lines(
    book: PriceBook, terms: Terms, works: Sequence[LineCalculation], offers: Iterable[Offer]
) -> tuple[list[LineCalculation], list[PriceWarning]]:
    """Returns the lines with the free ones added, and warnings for gifts missing from the catalogue."""
    after: dict[str, list[LineCalculation]] = {}
    warnings = []
    taken = {work.line.id for work in works}
    for offer in offers:
        scale = offer.scale
        if scale is None:
            continue
        if offer.lacks_gift:
            params = {"item": scale.item, "promotion": offer.promotion.name}
            warnings.append(PriceWarning("price.unknown_free_item", "", params))
        for givers in _pools(offer.givers, scale):
            if free := _free_line(book, terms, offer, scale, givers[0], taken):
                after.setdefault(free.given_by, []).append(free)
    return [entry for work in works for entry in (work, *after.get(work.line.id, ()))], warnings


def _pools(givers: Sequence[LineCalculation], scale: Scale) -> list[list[LineCalculation]]:
    """Returns the groups of lines counted together, lowest id first: per item, or all if the gift is another item."""
    pools: dict[int, list[LineCalculation]] = {}
    for work in sorted(givers, key=lambda entry: line_order(entry.line.id)):
        pools.setdefault(0 if scale.item else work.line.item, []).append(work)
    return list(pools.values())


def _free_line(
    book: PriceBook, terms: Terms, offer: Offer, scale: Scale, giver: LineCalculation, taken: set[str]
) -> LineCalculation | None:
    """All matching lines count (rule 4), also those that another promotion has closed for this one."""
    quantity = offer.free_units(giver.line.item)
    item = book.item_by_code[scale.item] if scale.item else giver.item
    if not quantity or item is None:
        return None
    promotion = offer.promotion
    line = LineInput(_free_id(giver.line.id, promotion.id, taken), item.id, item.base_unit, Decimal(plain(quantity)))
    work = LineCalculation(line, item=item, vat=line_vat(book, terms, item, line.id), given_by=giver.line.id)
    text = described(promotion, scale)
    work.steps = [Step("promotion", promotion.name, text, ZERO, ZERO, f"promotions.headers/{promotion.id}")]
    work.promotions = [AppliedPromotion(promotion.id, promotion.name, promotion.kind, scale.start, text)]
    return work


def _free_id(giver: str, promotion: int, taken: set[str]) -> str:
    """Returns an unused id, independent of the order of the document's lines."""
    found = f"{giver}-free-{promotion}"
    while found in taken:
        found += "+"
    taken.add(found)
    return found
