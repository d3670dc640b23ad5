"""Price queries of screens: an item's list prices, promotions, newly reached scales, the age of prices."""

import datetime
from collections.abc import Iterable
from decimal import Decimal, localcontext
from typing import Literal

from salesapp.domain.objects.directories import PriceList
from salesapp.domain.objects.items import Item, Price
from salesapp.domain.objects.promotions import Promotion
from salesapp.domain.price_rules.book import PriceBook
from salesapp.domain.price_rules.numbers import CONTEXT, rounded
from salesapp.domain.price_rules.terms import exchange_between, is_for
from salesapp.domain.price_rules.validity import is_valid
from salesapp.domain.price_rules.values import ListPrice, PricedDocument, ReachedScale


def list_prices(book: PriceBook, item: int, date: datetime.date, customer: int | None = None) -> tuple[ListPrice, ...]:
    """Returns all list prices of an item by the lists' priority; marks those that apply on the day.

    Those of other customers and classes are left out; the customer's own come before the class's and everybody's. Of
    several for the same list, unit and minimum quantity the one with the latest valid-from applies, then the lowest
    key (docs/pricing.md, rule 2). A list or a price outside its validity never applies.
    """
    known = book.items.get(item)
    if known is None:
        return ()
    lists = sorted(book.price_lists.values(), key=lambda entry: (entry.priority, entry.id))
    whose = None if customer is None else book.customers.get(customer)
    class_ = None if whose is None else whose.customer_class
    return tuple(
        found
        for entry in lists
        for found in _of_list(
            book, known, entry, [one for one in book.prices(item, entry.id) if one.is_for(customer, class_)], date
        )
    )


def _of_list(
    book: PriceBook, item: Item, entry: PriceList, found: Iterable[Price], date: datetime.date
) -> Iterable[ListPrice]:
    prices = sorted(found, key=lambda price: (price.minimum_quantity, price.id))
    best = _best(book, item, [price for price in prices if price.value >= 0 and is_valid(price, date)])
    valid = is_valid(entry, date)
    currency = book.currency(entry.currency)
    for price in prices:
        yield ListPrice(
            key=price.id,
            price_type=entry.id,
            code=entry.code,
            name=entry.name,
            currency=currency.code if currency else "",
            is_gross=entry.is_gross,
            value=price.value,
            decimals=entry.places,
            unit=_place(item, price)[0],
            minimum_quantity=price.minimum_quantity,
            valid_from=price.valid_from,
            valid_to=price.valid_to,
            is_valid=valid and best.get(_place(item, price)) is price,
        )


def _best(book: PriceBook, item: Item, prices: Iterable[Price]) -> dict[tuple[int, Decimal], Price]:
    """Returns the price that applies per unit and minimum quantity; none if a nearer one applies from less on."""
    best: dict[tuple[int, Decimal], Price] = {}
    reached_from: dict[int, Decimal] = {}
    for price in sorted(prices, key=lambda price: (-price.nearness, price.valid_from or "", -price.id)):
        least = _least(book, item, price)
        nearer = [start for nearness, start in reached_from.items() if nearness > price.nearness]
        if least is None or any(start <= least for start in nearer):
            continue
        reached_from[price.nearness] = min(least, reached_from.get(price.nearness, least))
        best[_place(item, price)] = price
    return best


def _least(book: PriceBook, item: Item, price: Price) -> Decimal | None:
    """Returns the minimum quantity of a price in base units; None in a unit that the item does not have."""
    conversion = book.conversion(item, _place(item, price)[0])
    return None if conversion is None else price.minimum_quantity * conversion.up / conversion.down


def _place(item: Item, price: Price) -> tuple[int, Decimal]:
    return (item.base_unit if price.unit is None else price.unit, price.minimum_quantity)


def promotions_for(
    book: PriceBook,
    item: int | None,
    customer: int | None,
    date: datetime.date,
    customer_class: str | None = None,
) -> tuple[Promotion, ...]:
    """Returns the promotions valid on the day, those of priority 1 first.

    For an item (None: any), and for a customer or a new customer's class (neither: those for everyone).
    """
    known = None if customer is None else book.customers.get(customer)
    class_ = known.customer_class if known else customer_class
    return tuple(
        promotion
        for promotion in book.promotions
        if is_for(book, promotion, known, class_, date) and (item is None or book.concerns(promotion, item))
    )


def reached(before: PricedDocument, after: PricedDocument) -> tuple[ReachedScale, ...]:
    """Returns the promotion scales newly reached by a change; never scale 0, which always applies."""
    old = {found.promotion: found.scale_from for found in _scales(before)}
    return tuple(
        found
        for found in _scales(after)
        if found.scale_from > 0 and (found.promotion not in old or found.scale_from > old[found.promotion])
    )


def _scales(document: PricedDocument) -> Iterable[ReachedScale]:
    found: dict[int, ReachedScale] = {}
    for line in document.lines:
        for applied in () if line.is_free else line.promotions:
            known = found.get(applied.promotion)
            lines = (*(known.lines if known else ()), line.id)
            found[applied.promotion] = ReachedScale(
                applied.promotion, applied.name, applied.kind, applied.scale_from, applied.value, lines
            )
    return found.values()


def price_age(
    book: PriceBook, profile: str | None, verified_at: datetime.datetime | None, now: datetime.datetime
) -> Literal["ok", "warn", "block"]:
    """Returns whether prices are too old to confirm a document (docs/pricing.md, rule 7).

    `verified_at` is the last successful verification of the prices, not their last change; None (never) counts as too
    old. Both times are aware.
    """
    known = None if profile is None else book.profiles.get(profile)
    if known is None:
        return "ok"
    return age_verdict(known.price_age_rule, known.maximum_price_age_hours, verified_at, now)


def age_verdict(
    rule: str, most_hours: int | None, verified_at: datetime.datetime | None, now: datetime.datetime
) -> Literal["ok", "warn", "block"]:
    """Returns the same for a given rule and limit."""
    if rule == "ignore" or most_hours is None:
        return "ok"
    if verified_at is not None and now - verified_at <= datetime.timedelta(hours=most_hours):
        return "ok"
    return "block" if rule == "block" else "warn"


def converted(book: PriceBook, amount: Decimal, source: str, target: str, date: datetime.date) -> Decimal | None:
    """Converts an amount at the day's rates, rounded to the target's decimals; returns None without a rate."""
    known, wanted = book.currency_by_code.get(source), book.currency_by_code.get(target)
    exchange = exchange_between(book, known.id if known else None, wanted, date)
    if exchange is None or wanted is None:
        return None
    with localcontext(CONTEXT):
        return rounded(exchange.of(amount), wanted.places)
