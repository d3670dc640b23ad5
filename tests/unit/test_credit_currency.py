"""The currency of a customer's money: the customer's own, else the base currency."""

import pytest

from salesapp.domain.credit import currency_of
from salesapp.domain.objects.customers import Customer
from salesapp.domain.objects.directories import Currency, PriceSetting
from salesapp.domain.price_rules.price_inputs import Rows

CURRENCIES = [Currency.of(1, code="PLN", is_base=True), Currency.of(2, code="EUR")]


def rows(configured: str = "") -> Rows:
    settings = [PriceSetting.of(1, name="base_currency", value=configured)] if configured else []
    return Rows([*CURRENCIES, *settings])


@pytest.mark.parametrize(
    ("customer", "configured", "wanted"),
    [
        (Customer.of(currency=2), "", "EUR"),
        (Customer.of(currency=1), "EUR", "PLN"),
        (Customer.of(), "", "PLN"),
        (Customer.of(), "EUR", "EUR"),
        (Customer.of(currency=9), "EUR", "EUR"),
        (None, "EUR", "EUR"),
        (None, "USD", "PLN"),
        (None, "pln", "PLN"),
    ],
)
def test_that_money_is_in_the_customers_currency_else_in_the_base_currency(
    customer: Customer | None, configured: str, wanted: str
) -> None:
    assert currency_of(customer, rows(configured)) == wanted
