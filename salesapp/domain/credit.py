"""A customer's credit limit: its currency, and what an amount takes of it. The same on tablet and gateway."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from salesapp.domain.price_rules.price_inputs import Rows
from salesapp.domain.price_rules.rows import base_currency_of
from salesapp.domain.pricing import PriceBook, converted


def currency_of(customer: Mapping[str, Any] | None, rows: Rows) -> str:
    """Code of the customer's currency, else of the base currency; rows as the catalogue has them, by object."""
    known = rows["directories.currencies"]
    own = next((entry for entry in known if customer is not None and entry["id"] == customer["currency"]), None)
    found = own or base_currency_of(known, rows["directories.global_price_configuration"])
    return str(found["code"]) if found else ""


def in_currency(book: PriceBook, amount: Decimal, source: str, target: str, day: date) -> Decimal:
    """An amount in another currency at the rate of the day; as it is where there is no rate."""
    found = amount if source == target else converted(book, amount, source, target, day)
    return amount if found is None else found
