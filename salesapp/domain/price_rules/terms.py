"""Terms of a whole document: customer, price list, currencies, limit of own discounts (rule 1)."""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal

from salesapp.domain.nested import UNREADABLE
from salesapp.domain.objects.auxiliary import Profile
from salesapp.domain.objects.customers import Customer
from salesapp.domain.objects.directories import Currency, PaymentForm, PriceList
from salesapp.domain.objects.promotions import Promotion
from salesapp.domain.price_rules.book import Component, PriceBook
from salesapp.domain.price_rules.numbers import HUNDRED, ZERO, plain
from salesapp.domain.price_rules.validity import is_valid
from salesapp.domain.price_rules.values import DocumentInput, PriceWarning

BAD_ROW = "price.bad_row"
"""A row needed for the price exists but is unreadable."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """Amount in the document's currency = amount x up / down; `source` is the row of the foreign rate."""

    up: Decimal
    down: Decimal
    label: str = ""
    source: str = ""

    def of(self, amount: Decimal) -> Decimal:
        return amount if self.up == self.down else amount * self.up / self.down


SAME = Exchange(Decimal(1), Decimal(1))


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of all lines. Without a list or an exchange, `error` says why no line has a price."""

    date: datetime.date
    customer: Customer | None
    customer_class: str | None
    price_list: PriceList | None
    exchange: Exchange
    currency: Currency | None
    decimals: int
    limit: Decimal
    discount_percent: Decimal
    discount_amount: Decimal
    is_return: bool
    error: str | None
    line_warnings: tuple[PriceWarning, ...]
    warnings: tuple[PriceWarning, ...]
    payment_form: PaymentForm | None
    components: dict[int, list[Component]] = field(default_factory=dict)
    """By item: the components for this customer, list and day in any quantity, in order. Filled when first needed."""

    @property
    def price_decimals(self) -> int:
        """The decimals of unit prices."""
        return self.price_list.places if self.price_list else 2

    @property
    def tax_class(self) -> str:
        """The tax class of the customer."""
        return (self.customer.tax_class if self.customer else None) or "domestic"

    @property
    def is_domestic(self) -> bool:
        """Whether items have their own VAT rates."""
        return self.tax_class == "domestic"

    @property
    def is_gross(self) -> bool:
        """Whether prices are counted gross, as in the list; customers of other tax classes keep its net prices."""
        return self.is_domestic and self.price_list is not None and self.price_list.is_gross

    @property
    def payment_percent(self) -> Decimal:
        """The discount of the payment form, in percent; below zero for a surcharge."""
        percent = self.payment_form.discount_percent if self.payment_form else None
        return ZERO if percent is None else max(-HUNDRED, min(percent, HUNDRED))

    @property
    def customer_key(self) -> int | None:
        """The key of the customer; None for one that the catalogue does not know."""
        return None if self.customer is None else self.customer.id


def terms_of(book: PriceBook, document: DocumentInput) -> Terms:
    customer = None if document.customer is None else book.customers.get(document.customer)
    price_list, line_warnings = price_list_for(book, document, customer)
    currency = book.currency_by_code.get(document.currency)
    exchange = None if price_list is None else exchange_between(book, price_list.currency, currency, document.date)
    error = None if exchange else _error(book, document, price_list, currency)
    limit = discount_limit(book, document.profile)
    wanted = ZERO if document.discount_amount else document.discount_percent
    percent, warnings = within_limit(wanted, limit, limit)
    if document.customer is not None and customer is None:
        warnings += (PriceWarning("price.unknown_customer", "", {"customer": str(document.customer)}),)
    return Terms(
        date=document.date,
        customer=customer,
        customer_class=customer.customer_class if customer else document.customer_class,
        price_list=price_list,
        exchange=exchange or SAME,
        currency=currency,
        decimals=currency.places if currency else 2,
        limit=limit,
        discount_percent=percent,
        discount_amount=document.discount_amount,
        is_return=document.is_return,
        error=error,
        line_warnings=line_warnings,
        warnings=warnings,
        payment_form=None if document.payment_form is None else book.payment_forms.get(document.payment_form),
    )


def _error(book: PriceBook, document: DocumentInput, price_list: PriceList | None, currency: Currency | None) -> str:
    """Returns the code of why no line has a price: a row is missing or unreadable; empty if there is none."""
    if price_list is None:
        profile = None if document.profile is None else book.profiles.get(document.profile)
        return BAD_ROW if profile is not None and not profile.knows_price_lists else "price.no_price_list"
    return BAD_ROW if has_bad_rate(book, price_list.currency, currency, document.date) else "price.no_rate"


def price_list_for(
    book: PriceBook, document: DocumentInput, customer: Customer | None
) -> tuple[PriceList | None, tuple[PriceWarning, ...]]:
    """Returns the price list of a document, and warnings about unusable lists (docs/pricing.md, rule 1)."""
    profile = None if document.profile is None else book.profiles.get(document.profile)
    usable = {
        key: found
        for key, found in book.price_lists.items()
        if is_valid(found, document.date)
        and (document.profile is None or (profile is not None and found.code in profile.price_types))
    }
    warnings: list[PriceWarning] = []
    for wanted in (document.price_type, customer.price_type if customer else None):
        if wanted in usable:
            return usable[wanted], tuple(warnings)
        if wanted is not None:
            warnings.append(_unusable(book, wanted, profile))
    best = min(usable.values(), key=lambda found: (not found.is_default, found.priority, found.id), default=None)
    return best, tuple(warnings)


def _unusable(book: PriceBook, wanted: int, profile: Profile | None) -> PriceWarning:
    known = book.price_lists.get(wanted)
    name = known.name if known else str(wanted)
    in_profile = known is not None and (profile is None or known.code in profile.price_types)
    code = "price.list_not_valid" if in_profile else "price.list_not_in_profile"
    return PriceWarning(code, "", {"price_type": str(wanted), "name": name})


def exchange_between(
    book: PriceBook, source: int | None, target: Currency | None, date: datetime.date
) -> Exchange | None:
    """Returns the exchange between two currencies at the day's rates; None without rates (docs/pricing.md, rule 2)."""
    known = book.currency(source)
    if known is None or target is None:
        return None
    if known.id == target.id:
        return SAME
    up, down = rate_on(book, known, date), rate_on(book, target, date)
    if up is None or down is None:
        return None
    foreign = target if book.configuration.is_base(known) else known
    label = f"{known.code} -> {target.code}"
    return Exchange(up, down, label, f"directories.currencies/{foreign.id}")


def rate_on(book: PriceBook, currency: Currency, date: datetime.date) -> Decimal | None:
    """Returns the latest rate on or before the date, in base currency for one unit."""
    if book.configuration.is_base(currency):
        return Decimal(1)
    found = book.rate(currency, date)
    return found.usable if found else None


def has_bad_rate(book: PriceBook, source: int | None, target: Currency | None, date: datetime.date) -> bool:
    """Returns whether there is no exchange because an applicable rate is unreadable."""
    known = book.currency(source)
    foreign = [entry for entry in (known, target) if entry is not None and not book.configuration.is_base(entry)]
    return any(_is_unknown(book, entry, date) for entry in foreign)


def _is_unknown(book: PriceBook, currency: Currency, date: datetime.date) -> bool:
    """Returns whether the applicable rate is unreadable."""
    found = book.rate(currency, date)
    return found is not None and found.usable is None


def discount_limit(book: PriceBook, profile: str | None) -> Decimal:
    """Returns the limit of a line's own discount plus the document's, in percent (rule 5)."""
    known = None if profile is None else book.profiles.get(profile)
    own = known.maximum_discount_percent if known else None
    limits = [limit for limit in (own, book.configuration.maximum_discount_percent) if limit is not None]
    return max(ZERO, min([*limits, HUNDRED]))


def within_limit(
    percent: Decimal, room: Decimal, limit: Decimal, line: str = ""
) -> tuple[Decimal, tuple[PriceWarning, ...]]:
    """Returns the allowed part of an own discount, with a warning if it was cut (rule 5)."""
    if percent < 0:
        return ZERO, (PriceWarning("price.discount_below_zero", line, {}),)
    if percent > room:
        return room, (PriceWarning("price.discount_over_limit", line, {"limit": plain(limit)}),)
    return percent, ()


def may_be_for(book: PriceBook, promotion: Promotion, date: datetime.date) -> bool:
    """Returns whether a promotion valid on the day names a customer or class that is unreadable."""
    audience = book.audience(promotion)
    return UNREADABLE in audience.customers | audience.classes and is_valid(promotion, date)


def is_for(
    book: PriceBook,
    promotion: Promotion,
    customer: Customer | None,
    customer_class: str | None,
    date: datetime.date,
) -> bool:
    """Returns whether a promotion is valid on the day for the customer or class (docs/pricing.md, rule 4)."""
    audience = book.audience(promotion)
    if not is_valid(promotion, date):
        return False
    if not audience.customers and not audience.classes:
        return True
    return (customer is not None and customer.code in audience.customers) or customer_class in audience.classes
