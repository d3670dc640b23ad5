"""The items of the choice "promotion" are those in a promotion for the order's customer."""

from dataclasses import replace
from typing import Any

import pytest

from salesapp.domain.documents import Cart
from salesapp.services import ordering, picking
from salesapp.store.account_stores import AccountStores
from tests.conftest import Tablet
from tests.services.account_stores import key_of, stores_of

pytestmark = pytest.mark.clock


def promoted(stores: AccountStores, cart: Cart) -> list[int]:
    return list(picking.ids_of(stores, cart, "promotion", ()))


def test_that_promotions_for_others_promote_nothing(make_tablet: Any) -> None:
    tablet: Tablet = make_tablet("office")
    company = tablet.gateway.connector.company
    company["promotions.headers"]["P"] |= {"customers": ["C2"], "customer_classes": ["Chain"]}
    tablet.gateway.take()
    assert tablet.begin().outcome == "ok"
    with stores_of(tablet) as stores:
        item = key_of(stores, "items.forms", "I1")
        first, second = (
            ordering.begin(stores, "sales_order", customer=key_of(stores, "customers.customers", code))
            for code in ("C1", "C2")
        )
        assert promoted(stores, first) == []
        assert promoted(stores, second) == [item]
        new = replace(first, customer=None, customer_class="Chain")
        assert promoted(stores, new) == [item], "a new customer of the class"
