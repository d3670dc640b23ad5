"""A customer's credit limit: its currency, and what an amount takes of it. The same on tablet and gateway."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from salesapp.domain.pricing import PriceBook, converted


def currency_of(customer: Mapping[str, Any], currencies: Iterable[Mapping[str, Any]]) -> str:
    """Code of the customer's currency, else of the base currency; rows as the catalogue has them."""
    known = list(currencies)
    own = next((entry for entry in known if entry["id"] == customer["currency"]), None)
    base = next((entry for entry in known if entry["is_base"]), None)
    return str((own or base or {"code": ""})["code"])


def in_currency(book: PriceBook, amount: Decimal, source: str, target: str, day: date) -> Decimal:
    """An amount in another currency at the rate of the day; as it is where there is no rate."""
    found = amount if source == target else converted(book, amount, source, target, day)
    return amount if found is None else found
