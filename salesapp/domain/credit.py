"""The currency of a customer's credit limit, and amounts in it. Shared by tablet and gateway."""

from datetime import date
from decimal import Decimal

from salesapp.domain.objects.customers import Customer
from salesapp.domain.objects.directories import Currency, PriceSetting
from salesapp.domain.price_rules.configuration import base_currency_of
from salesapp.domain.price_rules.price_inputs import Rows
from salesapp.domain.pricing import PriceBook, converted


def currency_of(customer: Customer | None, rows: Rows) -> str:
    """Returns the code of the customer's currency, else the base currency; `rows` has currencies and price settings."""
    known = rows.all(Currency)
    own = next((currency for currency in known if customer is not None and currency.id == customer.currency), None)
    found = own or base_currency_of(known, rows.all(PriceSetting))
    return found.code if found else ""


def in_currency(book: PriceBook, amount: Decimal, source: str, target: str, day: date) -> Decimal | None:
    """Converts an amount at the day's rate; returns None if there is no rate, never the amount as it is."""
    return amount if source == target else converted(book, amount, source, target, day)
