"""Prices items and documents: pure functions over rows of the catalogue, Decimal only; rules in docs/pricing.md.

Used by the tablet, the gateway and the command line. Reads no clock and no file: callers pass everything in,
and results explain themselves step by step. The rules are in `salesapp.domain.price_rules`.
"""

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal, localcontext
from functools import partial

from salesapp.domain.price_rules.base import LineCalculation, base_of
from salesapp.domain.price_rules.book import PriceBook
from salesapp.domain.price_rules.condition_hints import add_condition_hints
from salesapp.domain.price_rules.discounts import discounted
from salesapp.domain.price_rules.free_goods import with_free_lines
from salesapp.domain.price_rules.hints import next_scale
from salesapp.domain.price_rules.minimum import check_minimum_prices
from salesapp.domain.price_rules.numbers import CONTEXT, ZERO, plain, rounded, shown
from salesapp.domain.price_rules.own import take_own_discount
from salesapp.domain.price_rules.payment_discount import take_payment_discount
from salesapp.domain.price_rules.price_queries import (
    age_verdict,
    converted,
    list_prices,
    price_age,
    promotions_for,
    reached,
)
from salesapp.domain.price_rules.promotions import Offer, offers_of
from salesapp.domain.price_rules.returns import as_sold, returned
from salesapp.domain.price_rules.set_discounts import take_sets
from salesapp.domain.price_rules.set_hints import add_set_hints
from salesapp.domain.price_rules.sets import Plan, planned
from salesapp.domain.price_rules.terms import Terms, discount_limit, terms_of
from salesapp.domain.price_rules.totals import failed, take_document_discount, with_vat
from salesapp.domain.price_rules.values import (
    AppliedPromotion,
    DocumentInput,
    LineInput,
    ListPrice,
    NextScale,
    PricedDocument,
    PricedLine,
    PriceWarning,
    ReachedScale,
    Step,
    VatTotal,
)

__all__ = [
    "AppliedPromotion",
    "DocumentInput",
    "LineInput",
    "ListPrice",
    "NextScale",
    "PriceBook",
    "PriceWarning",
    "PricedDocument",
    "PricedLine",
    "ReachedScale",
    "Step",
    "VatTotal",
    "age_verdict",
    "converted",
    "discount_limit",
    "list_prices",
    "price_age",
    "price_document",
    "price_item",
    "promotions_for",
    "reached",
]


def price_document(book: PriceBook, document: DocumentInput) -> PricedDocument:
    """Returns all lines of a document with prices, explanations and totals.

    A sent document is never priced again, a copied one always is (docs/pricing.md, rule 7): do not pass the free
    lines of an earlier pricing. Raises `ValueError` if two lines have the same id.
    """
    if len({line.id for line in document.lines}) != len(document.lines):
        raise ValueError("two lines of the document have the same id")
    with localcontext(CONTEXT):
        return returned(_price(book, as_sold(document))) if document.is_return else _price(book, document)


def price_item(
    book: PriceBook,
    item: int,
    unit: int,
    quantity: Decimal,
    *,
    date: datetime.date,
    currency: str,
    customer: int | None = None,
    customer_class: str | None = None,
    profile: str | None = None,
    price_type: int | None = None,
    discount_percent: Decimal = ZERO,
) -> PricedLine:
    """Prices one line as a document of its own, for lists and cards."""
    line = LineInput("1", item, unit, quantity, discount_percent)
    document = DocumentInput(date, currency, (line,), customer, customer_class, profile, ZERO, price_type)
    return price_document(book, document).lines[0]


def _price(book: PriceBook, document: DocumentInput) -> PricedDocument:
    terms = terms_of(book, document)
    works, offers, plan, warnings = _calculated(book, terms, document.lines)
    good = [work for work in works if work.error is None]
    add_condition_hints(book, terms, good, offers, plan)
    add_set_hints(book, good, offers, plan, lambda lines: _calculated(book, terms, lines)[0])
    works, found = with_free_lines(book, terms, works, offers)
    return _totalled(book, document, terms, works, [*terms.warnings, *warnings, *found])


def _calculated(
    book: PriceBook, terms: Terms, lines: Iterable[LineInput]
) -> tuple[list[LineCalculation], list[Offer], Plan, list[PriceWarning]]:
    """Returns the lines by rules 2 to 4 and with their own discounts, all promotions, the sets, and warnings."""
    works: list[LineCalculation] = []
    warnings: list[PriceWarning] = []
    for line in lines:
        work, found = base_of(book, terms, line)
        works.append(work)
        warnings += found
    good = [work for work in works if work.error is None]
    offers, found = ([], []) if terms.is_return else offers_of(book, terms, good)
    warnings += found
    sets = [offer for offer in offers if offer.promotion.is_of_sets]
    by_item = _by_item(offer for offer in offers if not offer.promotion.is_of_sets)
    plan = planned(book, terms, good, sets, by_item)
    for work in good:
        of_line = by_item.get(work.line.item, [])
        warnings += _take_discounts(book, terms, work, plan.open_to(work.line.id, of_line) if sets else of_line)
    take_sets(terms, good, plan)
    return works, offers, plan, warnings


def _by_item(offers: Iterable[Offer]) -> dict[int, list[Offer]]:
    """Returns the promotions that make each item cheaper."""
    found: dict[int, list[Offer]] = {}
    for offer in offers:
        for item in offer.by_item:
            found.setdefault(item, []).append(offer)
    return found


def _take_discounts(
    book: PriceBook, terms: Terms, work: LineCalculation, offers: Sequence[Offer]
) -> Iterable[PriceWarning]:
    """Applies rules 3 to 6 in order, from the base price to the unit price and the line's value.

    `offers` are the promotions of the line's item.
    """
    decimals = terms.price_decimals
    running = discounted(book, terms, work, offers)
    work.find_hint = partial(_hint, book, terms, work, offers, running.value)
    warnings = take_own_discount(terms, work, running)
    work.unit_price = rounded(running.value, decimals)
    if work.unit_price != shown(running.value):
        work.explain("rounding", "", lambda: plain(work.unit_price, decimals), running.value, work.unit_price)
    work.kept_price = running.kept
    work.value = rounded(work.unit_price * work.line.quantity, terms.decimals)
    return warnings


def _hint(
    book: PriceBook, terms: Terms, work: LineCalculation, offers: Sequence[Offer], price: Decimal
) -> NextScale | None:
    """Returns the next scale; of a line with an own price, which stays whatever is reached, only of free goods."""
    found = next_scale(book, terms, work, offers, price)
    is_kept = work.line.own_price is not None and found is not None and found.kind != "free_goods"
    return None if is_kept else found


def _totalled(
    book: PriceBook, document: DocumentInput, terms: Terms, works: list[LineCalculation], warnings: list[PriceWarning]
) -> PricedDocument:
    good = [work for work in works if work.error is None]
    discount, percent, found = take_document_discount(terms, good)
    payment_discount = take_payment_discount(terms, good)
    below = check_minimum_prices(book, terms, good, document.profile)
    warnings = [*warnings, *found, *below]
    lines, totals = with_vat(terms, good, on_line=book.configuration.vat_on_line)
    by_id = {line.id: line for line in lines}
    return PricedDocument(
        currency=document.currency,
        lines=tuple(by_id.get(work.line.id) or failed(work) for work in works),
        totals=tuple(totals),
        net=_sum(total.net for total in totals),
        vat=_sum(total.vat for total in totals),
        gross=_sum(total.gross for total in totals),
        price_type=terms.price_list.id if terms.price_list else None,
        is_gross=terms.is_gross,
        discount_percent=percent,
        discount=discount,
        payment_percent=terms.payment_percent,
        payment_discount=payment_discount,
        vat_sentences=_sentences(good),
        warnings=tuple(warnings),
    )


def _sentences(works: Iterable[LineCalculation]) -> tuple[str, ...]:
    """Returns each sentence once, in the order of the VAT rates."""
    found = {(work.vat_key or 0, work.vat.sentence) for work in works if work.vat.sentence}
    return tuple(dict.fromkeys(sentence for _, sentence in sorted(found)))


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, ZERO)
