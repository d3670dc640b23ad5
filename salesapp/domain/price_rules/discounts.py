"""The price of a line after everything but the representative's own discount: rules 3 and 4, in this order."""

from collections.abc import Iterable

from salesapp.domain.price_rules.base import LineCalculation
from salesapp.domain.price_rules.book import PriceBook
from salesapp.domain.price_rules.components import take_components, take_general_discount
from salesapp.domain.price_rules.promotions import Offer, take_promotions
from salesapp.domain.price_rules.running import RunningPrice
from salesapp.domain.price_rules.terms import Terms


def discounted(book: PriceBook, terms: Terms, work: LineCalculation, offers: Iterable[Offer]) -> RunningPrice:
    """Returns the price; adds its steps to the line, and the line to the offers that give it free goods."""
    each = terms.price_decimals if book.configuration.round_each_step else None
    running = RunningPrice(work.base, additive=book.configuration.additive, decimals=each)
    take_components(book, terms, work, running)
    take_general_discount(terms, work, running)
    take_promotions(terms, work, running, offers)
    return running
