"""A customer's tax class in an order: the tax number that it needs, and its rate after a sync."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from salesapp.services import ordering
from salesapp.store.account_stores import AccountStores
from tests.conftest import Tablet
from tests.services.account_stores import key_of, stores_of


@pytest.fixture
def stores(tablet: Tablet) -> Iterator[AccountStores]:
    """The first customer is in another country of the EU, without a tax number."""
    company = tablet.gateway.connector.company
    company["customers.customers"]["C1"] |= {"tax_class": "intra_eu", "tax_id": None}
    tablet.gateway.take()
    assert tablet.begin().outcome == "ok"
    with stores_of(tablet) as found:
        yield found


def test_that_an_order_of_a_customer_abroad_asks_for_the_tax_number_and_the_rate(stores: AccountStores) -> None:
    cart = ordering.begin(stores, "sales_order", customer=key_of(stores, "customers.customers", "C1"))
    cart = cart.with_quantity(
        key_of(stores, "items.forms", "I1"), key_of(stores, "directories.units", "pcs"), Decimal(2)
    )
    found = {
        problem.code: (problem.blocks, dict(problem.params)) for problem in ordering.look_at(stores, cart).problems
    }
    assert found["customer.no_tax_id"] == (False, {"tax_class": "intra_eu"})
    assert found["price.no_class_rate"] == (False, {"tax_class": "intra_eu", "rate": "A"})
