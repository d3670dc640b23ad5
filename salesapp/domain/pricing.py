"""Prices of items and documents: pure functions over rows of the catalogue, Decimal only; the rules: docs/pricing.md.

The same on the tablet, in the gateway and on the command line. It reads no clock and no file: what it needs is given,
and what it finds explains itself step by step. The rules themselves are in `salesapp.domain.price_rules`.
"""

from collections.abc import Iterable
from decimal import Decimal, localcontext

from salesapp.domain.price_rules.base import Work, base_of
from salesapp.domain.price_rules.book import PriceBook
from salesapp.domain.price_rules.numbers import CONTEXT, ZERO, rounded
from salesapp.domain.price_rules.rows import Row
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
    "Row",
    "Step",
    "VatTotal",
    "discount_limit",
    "price_document",
]


def price_document(book: PriceBook, document: DocumentInput) -> PricedDocument:
    """All lines of a document with prices, explanations and totals. Line ids must differ; else `ValueError`."""
    if len({line.id for line in document.lines}) != len(document.lines):
        raise ValueError("two lines of the document have the same id")
    with localcontext(CONTEXT):
        return _priced(book, document)


def _priced(book: PriceBook, document: DocumentInput) -> PricedDocument:
    terms = terms_of(book, document)
    warnings = list(terms.warnings)
    works = []
    for line in document.lines:
        work, found = base_of(book, terms, line)
        works.append(work)
        warnings += found
    for work in works:
        if work.error is None:
            _set_unit_price(terms, work)
    discount = take_document_discount(terms, [work for work in works if work.error is None])
    good = [work for work in works if work.error is None]
    lines, totals = with_vat(terms, good, on_line=book.settings.vat_on_line)
    by_id = {line.id: line for line in lines}
    return PricedDocument(
        currency=document.currency,
        lines=tuple(by_id.get(work.line.id) or failed(work) for work in works),
        totals=tuple(totals),
        net=_sum(total.net for total in totals),
        vat=_sum(total.vat for total in totals),
        gross=_sum(total.gross for total in totals),
        price_type=terms.price_list.key if terms.price_list else None,
        is_gross=terms.price_list is not None and terms.price_list.is_gross,
        discount_percent=terms.discount_percent,
        discount=discount,
        warnings=tuple(warnings),
    )


def _set_unit_price(terms: Terms, work: Work) -> None:
    if terms.price_list is not None:
        work.unit_price = rounded(work.base, terms.price_list.decimals)
        work.value = rounded(work.unit_price * work.line.quantity, terms.decimals)


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, ZERO)
