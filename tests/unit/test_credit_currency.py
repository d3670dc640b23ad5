"""Whose currency a customer's money is in: the customer's own, else the base one."""

import pytest

from salesapp.domain.credit import currency_of
from salesapp.domain.price_rules.price_inputs import Rows

CURRENCIES = [{"id": 1, "code": "PLN", "is_base": True}, {"id": 2, "code": "EUR", "is_base": False}]


def rows(configured: str = "") -> Rows:
    configuration = [{"name": "base_currency", "value": configured}] if configured else []
    return {"directories.currencies": CURRENCIES, "directories.global_price_configuration": configuration}


@pytest.mark.parametrize(
    ("customer", "configured", "wanted"),
    [
        ({"currency": 2}, "", "EUR"),
        ({"currency": 1}, "EUR", "PLN"),
        ({"currency": None}, "", "PLN"),
        ({"currency": None}, "EUR", "EUR"),
        ({"currency": 9}, "EUR", "EUR"),
        (None, "EUR", "EUR"),
        (None, "USD", ""),
    ],
)
def test_that_money_is_in_the_customers_currency_else_in_the_one_that_prices_are_exchanged_by(
    customer: dict[str, int | None] | None, configured: str, wanted: str
) -> None:
    assert currency_of(customer, rows(configured)) == wanted
