"""Odd but allowed rows of the ERP: screens show what they can, and orders work."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from salesapp import clock
from salesapp.domain.catalogue import CATALOGUE
from salesapp.services import documents, items, ordering
from salesapp.store import items as store
from salesapp.store.account_stores import AccountStores
from tests.conftest import GatewayUnderTest, Tablet
from tests.services.account_stores import key_of, stores_of


@pytest.fixture
def odd(tablet: Tablet, gateway: GatewayUnderTest) -> Iterator[AccountStores]:
    company = gateway.connector.company
    company["items.units"]["I1B"] |= {"denominator": 0, "is_allowed": 1}
    company["items.units"]["I2B"] = company["items.units"]["I1B"] | {
        "item": "I2",
        "numerator": 0,
        "denominator": 1_000_000,
    }
    company["items.forms"]["I3"]["code"] = 'I3 "large" \\ 3'
    company["directories.travel_types"]["Z"] = {"code": "Z", "name": "Żółte Łodzie"}
    company["auxiliary.documents"]["D1"]["lines"] = [
        {"item": 'I3 "large" \\ 3', "unit": "pcs", "quantity": "1", "unit_price": "10.00", "net": "10.00"}
    ]
    gateway.take()
    tablet.sync()
    with stores_of(tablet) as stores:
        yield stores


@pytest.mark.parametrize("code", ["I1", "I2"])
def test_that_a_unit_with_an_invalid_factor_is_left_out(odd: AccountStores, code: str) -> None:
    item, box = key_of(odd, "items.forms", code), key_of(odd, "directories.units", "box")
    card = items.card(odd, item, None, clock.today())
    assert card is not None
    assert "box" not in {unit.code for unit in card.units}
    cart = ordering.begin(odd, "sales_order", customer=key_of(odd, "customers.customers", "C1"))
    order, _ = ordering.keep(odd, cart.with_lines([]).with_quantity(item, box, cart.discount_percent + 2), "")
    assert "price.unknown_unit" in {problem.code for problem in order.problems}


def test_that_documents_are_found_by_a_code_with_quotes_and_backslashes(odd: AccountStores) -> None:
    (found,) = store.ordered_in(odd.catalog, 'I3 "large" \\ 3')
    assert found.erp_number == "ZS/9/26"


@pytest.mark.parametrize("typed", ["żółte łodzie", "ŻÓŁTE", "zolte", "lodzie", "  Łodzie "])
def test_that_small_objects_are_searched_ignoring_case_and_accents(odd: AccountStores, typed: str) -> None:
    found = odd.catalog.find(CATALOGUE.by_key["directories.travel_types"], typed, "name")
    assert len(found) == 1


SOUND = "{symbol}-{number}/{month}/{year}/{series}"


@pytest.mark.parametrize(
    "pattern",
    [
        *("{symbol}/{number}/{day}", "{symbol}/{number", "SO/{year}", "{0}", "{number!x}"),
        *(SOUND.replace(f"{{{name}}}", "") for name in ("number", "month", "year", "series")),
        "{month}/{year}/{series}{number}",
    ],
)
def test_that_a_numerator_with_an_invalid_pattern_counts_as_missing(
    tablet: Tablet, gateway: GatewayUnderTest, pattern: str
) -> None:
    numerators = gateway.connector.company["documents.numerators"]
    numerators["SO"]["pattern"] = pattern
    gateway.take()
    tablet.sync()
    with stores_of(tablet) as stores:
        cart = ordering.begin(stores, "sales_order", customer=key_of(stores, "customers.customers", "C1"))
        item, unit = key_of(stores, "items.forms", "I2"), key_of(stores, "directories.units", "pcs")
        order, _ = ordering.keep(stores, cart.with_quantity(item, unit, Decimal(1)), "")
        assert [problem.code for problem in order.problems if problem.blocks] == ["document.no_numerator"]


def test_that_a_document_with_a_number_needs_no_numerator(tablet: Tablet, gateway: GatewayUnderTest) -> None:
    tablet.sync()
    with stores_of(tablet) as stores:
        cart = ordering.begin(stores, "sales_order", customer=key_of(stores, "customers.customers", "C1"))
        item, unit = key_of(stores, "items.forms", "I2"), key_of(stores, "directories.units", "pcs")
        order, _ = ordering.keep(stores, cart.with_quantity(item, unit, Decimal(1)), "")
        record = ordering.confirm(stores, order)
        documents.reopen(stores.work, record)
    gateway.connector.company["documents.numerators"].clear()
    gateway.take()
    tablet.sync()
    with stores_of(tablet) as stores:
        order = ordering.look_at(stores, ordering.resume(stores, record), record)
        assert ordering.confirm(stores, order) == record
