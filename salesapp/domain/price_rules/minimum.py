"""The minimum price of an item: what the representative's own terms must not go below (docs/pricing.md, rule 5).

The tablet knows a minimum, never a cost. The profile says whether a line below it blocks or warns.
"""

from collections.abc import Iterable, Iterator
from decimal import ROUND_CEILING, Decimal

from salesapp.domain.objects.items import Item
from salesapp.domain.price_rules.base import LineCalculation
from salesapp.domain.price_rules.book import PriceBook
from salesapp.domain.price_rules.numbers import CONTEXT, HUNDRED, plain, rounded
from salesapp.domain.price_rules.terms import Exchange, Terms, exchange_between
from salesapp.domain.price_rules.values import PriceWarning


def check_minimum_prices(
    book: PriceBook, terms: Terms, works: Iterable[LineCalculation], profile: str | None
) -> Iterator[PriceWarning]:
    """Yields a warning for each line whose value, after all discounts, is below its minimum price.

    `own` says whether the representative's own terms lower the line: only then is it theirs to raise the price.
    """
    exchange: Exchange | None = None
    if terms.is_return:
        return
    for work in works:
        least = None if work.item is None or work.given_by else minimum_of(work.item, profile)
        if least is None:
            continue
        exchange = exchange or _exchange(book, terms)
        if exchange is None:
            yield PriceWarning("price.minimum_unknown", work.line.id, {})
            continue
        each = work.per_line_unit(exchange.of(least))
        if terms.is_gross:
            each = each * (HUNDRED + work.vat_percent) / HUNDRED
        work.minimum_price = rounded(each, 20).quantize(
            Decimal(1).scaleb(-terms.price_decimals), ROUND_CEILING, CONTEXT
        )
        if work.value_after < rounded(each * work.line.quantity, terms.decimals):
            is_own = bool(work.discount_percent or work.document_discount)
            params = {"lowest": plain(work.minimum_price, 2), "own": "1" if is_own else "0"}
            yield PriceWarning("price.below_minimum", work.line.id, params)


def minimum_of(item: Item, profile: str | None) -> Decimal | None:
    """Returns the minimum price of an item for a profile, net per base unit in the base currency; None without one."""
    if not item.minimum_prices:
        return item.minimum_price
    own = next((entry.value for entry in item.minimum_prices if entry.profile == profile), None)
    return item.minimum_price if own is None else own


def _exchange(book: PriceBook, terms: Terms) -> Exchange | None:
    base = next((entry for entry in book.currencies.values() if book.configuration.is_base(entry)), None)
    return None if base is None else exchange_between(book, base.id, terms.currency, terms.date)
