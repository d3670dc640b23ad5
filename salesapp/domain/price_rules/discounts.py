"""The price of a line after everything but the representative's own discount: rules 3 and 4, in this order."""

from collections.abc import Iterable

from salesapp.domain.price_rules.base import LineCalculation
from salesapp.domain.price_rules.book import PriceBook
from salesapp.domain.price_rules.components import components_of, take_components, take_general_discount
from salesapp.domain.price_rules.promotions import Offer, take_promotions
from salesapp.domain.price_rules.running import RunningPrice
from salesapp.domain.price_rules.terms import Terms


def discounted(
    book: PriceBook, terms: Terms, work: LineCalculation, offers: Iterable[Offer], like: LineCalculation | None = None
) -> RunningPrice:
    """Returns the price; adds its steps to the line, and the line to the offers that give it free goods.

    `like` is the same line in another quantity: what is the same before promotions is not computed again.
    """
    work.components = components_of(book, terms, work)
    known = None if like is None else like.before_promotions
    if known is not None and like is not None and (like.base, like.components) == (work.base, work.components):
        running = known.copy()
    else:
        each = terms.price_decimals if book.configuration.round_each_step else None
        running = RunningPrice(work.base, additive=book.configuration.additive, decimals=each)
        take_components(terms, work, running)
        take_general_discount(terms, work, running)
        work.before_promotions = running.copy()
    take_promotions(terms, work, running, offers)
    return running
