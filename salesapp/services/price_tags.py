"""Prices for lists and cards: an item's price for a customer, its list prices, its promotions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from salesapp.domain import credit
from salesapp.domain.objects.customers import Customer
from salesapp.domain.objects.promotions import Promotion, PromotionItem, Scale
from salesapp.domain.pricing import (
    DocumentInput,
    LineInput,
    PriceBook,
    PricedDocument,
    list_prices,
    price_document,
    promotions_for,
)
from salesapp.services.offer_items import NO_ITEMS, OfferItems, offer_items
from salesapp.services.price_rows import profile_of, rows_for
from salesapp.store.account_stores import AccountStores


@dataclass(frozen=True, slots=True)
class PriceTag:
    """The price of one sales unit. `value` None: the item cannot be ordered; `before`: a higher list price."""

    value: Decimal | None
    before: Decimal | None
    currency: str
    unit: str
    is_gross: bool
    has_promotion: bool


@dataclass(frozen=True, slots=True)
class ListPrice:
    """One price of a price list; `is_valid` if it applies today."""

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
    """A scale from a quantity (base units) or value on; `value`: a percent, amount or price as text, or "5+1".

    `units`, `per`: the benefit is for so many units of each complete group.
    """

    start: Decimal
    value: str
    units: Decimal | None = None
    per: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A promotion valid on the day. `gives`: name of another item given for free."""

    key: int
    name: str
    kind: str
    threshold: str
    valid_to: str | None
    currency: str
    scales: tuple[OfferScale, ...]
    gives: str = ""
    items: OfferItems = NO_ITEMS


def promotions_of(
    stores: AccountStores, customer: int | None, day: date, customer_class: str | None = None
) -> frozenset[int]:
    """Returns the keys of the promotions valid on a day for a customer, a new one's class, or (neither) everyone."""
    book = PriceBook(rows_for(stores, (), customer, all_promotions=True))
    return frozenset(found.id for found in promotions_for(book, None, customer, day, customer_class))


class PriceQuery:
    """Prices of some items for a customer (None: by the default list) on a day; reads the rows once."""

    def __init__(
        self,
        stores: AccountStores,
        items: Sequence[int],
        customer: int | None,
        day: date,
        *,
        all_promotions: bool = False,
    ) -> None:
        rows = rows_for(stores, items, customer, all_promotions=all_promotions)
        self.book = PriceBook(rows)
        self._naming = frozenset(row.promotion for row in rows.all(PromotionItem))
        self._items, self._customer, self._day = items, customer, day
        self._catalog = stores.catalog
        profile = profile_of(stores.catalog)
        self._profile = profile.code if profile else None
        self.currency = credit.currency_of(stores.catalog.one(Customer, customer), rows)

    def tags(self) -> dict[int, PriceTag]:
        """Returns the price of one sales unit of each item, in the customer's currency, net or gross as in the list.

        Omits items that are gone.
        """
        return {item: self._tag(item) for item in self._items if item in self.book.items}

    def _tag(self, item: int) -> PriceTag:
        unit = self.book.items[item].sales_unit
        priced = self._priced(item)
        line = priced.lines[0]
        value = line.unit_price_gross if priced.is_gross else line.unit_price_net
        return PriceTag(
            value=None if line.error else value,
            before=line.list_price if not line.error and line.list_price > value else None,
            currency=priced.currency,
            unit=self.book.unit_codes.get(unit, ""),
            is_gross=priced.is_gross,
            has_promotion=self._is_promoted(item),
        )

    def _is_promoted(self, item: int) -> bool:
        """Returns whether a promotion names the item or its groups; promotions for everything do not count."""
        found = promotions_for(self.book, item, self._customer, self._day)
        return any(promotion.id in self._naming for promotion in found)

    def _priced(self, item: int) -> PricedDocument:
        line = LineInput("1", item, self.book.items[item].sales_unit, Decimal(1))
        profile, customer = self._profile, self._customer
        return price_document(
            self.book, DocumentInput(self._day, self.currency, (line,), customer=customer, profile=profile)
        )

    def list_prices(self, item: int) -> tuple[ListPrice, ...]:
        """Returns all list prices on this device, those of the applicable list first."""
        used = self._priced(item).price_type
        found = list_prices(self.book, item, self._day, self._customer)
        return tuple(
            ListPrice(
                name=price.name,
                value=price.value,
                currency=price.currency,
                unit=self.book.unit_codes.get(price.unit, ""),
                is_gross=price.is_gross,
                minimum_quantity=price.minimum_quantity,
                valid_from=price.valid_from,
                valid_to=price.valid_to,
                is_valid=price.is_valid and price.price_type == used,
            )
            for price in sorted(found, key=lambda price: (price.price_type != used, not price.is_valid))
        )

    def offers(self, item: int | None) -> tuple[Offer, ...]:
        """Returns the promotions for an item or, with None, all for the customer among the read rows."""
        return tuple(self._offer(promotion) for promotion in promotions_for(self.book, item, self._customer, self._day))

    @cached_property
    def _list_currency(self) -> str:
        """The currency of the customer's price list: that of a promotion which names none."""
        empty = DocumentInput(self._day, self.currency, (), customer=self._customer, profile=self._profile)
        used = self.book.price_lists.get(price_document(self.book, empty).price_type or 0)
        currency = self.book.currency(used.currency) if used else None
        return currency.code if currency else self.currency

    def _offer(self, promotion: Promotion) -> Offer:
        currency = self.book.currency(promotion.currency)
        scales = self.book.scales(promotion) or ()
        given = next((scale.item for scale in scales if scale.item), "")
        item = self.book.item_by_code.get(given)
        return Offer(
            key=promotion.id,
            name=promotion.name,
            kind=promotion.kind,
            threshold=promotion.threshold,
            valid_to=promotion.valid_to,
            currency=currency.code if currency else self._list_currency,
            scales=tuple(_offer_scale(promotion.kind, scale) for scale in scales),
            gives=item.name if item else given,
            items=offer_items(self._catalog, promotion.id, promotion.kind),
        )


def _offer_scale(kind: str, scale: Scale) -> OfferScale:
    per = None if scale.units is None else scale.per
    return OfferScale(scale.start, _benefit(kind, scale), scale.units, per)


def _benefit(kind: str, scale: Scale) -> str:
    if kind == "free_goods":
        return f"{scale.every.normalize():f} + {(scale.free or Decimal()).normalize():f}"
    return f"{scale.value or Decimal():f}"


def price_tags(stores: AccountStores, items: Sequence[int], customer: int | None, day: date) -> dict[int, PriceTag]:
    """Returns the price of one sales unit of each item for a customer (None: by the default list) on a day."""
    return PriceQuery(stores, items, customer, day).tags()
