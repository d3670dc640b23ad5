"""Nested values of any shape: they stop one row or one price, never a screen or all prices."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from salesapp import clock
from salesapp.domain.catalogue import CATALOGUE
from salesapp.domain.nested import UNREADABLE
from salesapp.domain.objects.appointments import Appointment
from salesapp.domain.objects.auxiliary import ErpDocument, Profile
from salesapp.domain.periods import Period
from salesapp.domain.schema import Kind
from salesapp.gateway import intake
from salesapp.gateway.documents import sent_documents
from salesapp.models.order_choices import read_choices
from salesapp.services import (
    customer_card,
    customers,
    document_view,
    items,
    ordering,
    planning,
    price_tags,
    reports,
    visits,
)
from salesapp.services.repeating import last_quantities
from salesapp.services.sales import read_ledger
from salesapp.store.account_stores import AccountStores
from tests.conftest import GatewayUnderTest, Tablet, states
from tests.services.account_stores import key_of, stores_of

WRONG: dict[str, Any] = {
    "a text": "01.03.2026",
    "a mapping": {"from": "0", "value": "7", "kind": "main", "item": "I1", "name": "x"},
    "texts": ["2026-03-01", "C1"],
    "numbers": [1, 2, None, True],
    "wrong values": [
        {
            name: {"deep": [["er"]]}
            for name in (
                "date",
                "rate",
                "from",
                "value",
                "item",
                "quantity",
                "kind",
                "name",
                "answers",
                "questions",
                "is_default",
            )
        }
    ],
    "deep": [[[[[[]]]]]],
}


@pytest.fixture(autouse=True)
def taken_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows were taken by a gateway that did not check nested values yet."""
    monkeypatch.setattr(intake, "_faulty", lambda _checks, _row: None)


@contextmanager
def broken(gateway: GatewayUnderTest, tablet: Tablet, value: Any) -> Iterator[AccountStores]:
    """A tablet with this value in every nested field."""
    company = gateway.connector.company
    company["directories.currencies"]["USD"] = {"code": "USD", "name": "Dollar", "decimals": 2, "is_base": 0}
    for entry in CATALOGUE.all:
        nested = {field.name: value for field in entry.fields if field.kind is Kind.JSON}
        for row in company.get(entry.key, {}).values():
            row.update(nested)
    gateway.take()
    outcome = tablet.sync()
    assert outcome.outcome == "ok", outcome.error
    assert set(states(outcome).values()) <= {"ok", "unchanged"}
    with stores_of(tablet) as stores:
        yield stores


@pytest.mark.parametrize("value", WRONG.values(), ids=WRONG.keys())
def test_that_the_rest_of_every_row_is_shown_and_pricing_works(
    value: Any, gateway: GatewayUnderTest, tablet: Tablet
) -> None:
    with broken(gateway, tablet, value) as stores:
        customer, item = key_of(stores, "customers.customers", "C1"), key_of(stores, "items.forms", "I1")
        today = clock.today()
        card = customer_card.card(stores, customer, today)
        assert card is not None
        assert card.name == "First"
        editing = customers.to_edit(stores, customer)
        assert editing is not None
        assert editing.customer.name == "First"
        assert items.card(stores, item, customer, today) is not None
        items.former_documents(stores, None)
        items.ordered_in(stores, item)
        erp = stores.catalog.all(ErpDocument)[0].id
        view = document_view.view_of_erp(stores, erp)
        assert view is not None
        assert view.gross
        (seen,) = (visits.find_appointment(stores, row.id) for row in stores.catalog.all(Appointment, limit=1))
        assert seen is not None
        visit = visits.open_visit(stores, seen.key)
        assert visit is not None
        assert planning.read_choices(stores).templates is not None
        assert reports.read_orders(stores, Period("year", date(2020, 1, 1), date(2030, 1, 1))) is not None
        for entry in CATALOGUE.all:
            for key in stores.catalog.ids(entry, "id"):
                assert stores.catalog.record(entry, key)
        _sell(stores)


def _sell(stores: AccountStores) -> None:
    """Checks all prices and an order; only unreadable lists of the profile stop them."""
    customer, unit = key_of(stores, "customers.customers", "C1"), key_of(stores, "directories.units", "pcs")
    keys = [key_of(stores, "items.forms", code) for code in ("I1", "I2", "I3")]
    tags = price_tags.price_tags(stores, keys, customer, clock.today())
    cart = ordering.begin(stores, "sales_order", customer=customer)
    order = ordering.look_at(
        stores, cart.with_quantity(keys[1], unit, Decimal(2)).with_quantity(keys[0], unit, Decimal(1))
    )
    lists = set(stores.catalog.all(Profile)[0].price_types)
    read_choices(stores, cart)
    last_quantities(stores, cart)
    errors = {line.error for line in order.priced.lines}
    assert errors == {"price.bad_row" if UNREADABLE in lists else "price.no_price_list" if lists else None}
    assert {tag.value is None for tag in tags.values()} == {bool(lists)}


def test_that_one_wrong_rate_or_promotion_stops_nothing_else(gateway: GatewayUnderTest, tablet: Tablet) -> None:
    company = gateway.connector.company
    rates = [{"date": "01.03.2026", "rate": "4.25"}]
    company["directories.currencies"]["USD"] = {
        "code": "USD",
        "name": "Dollar",
        "decimals": 2,
        "is_base": 0,
        "rates": rates,
    }
    company["promotions.headers"]["P"]["scales"] = {"from": "0", "value": "7"}  # applies to I1 only
    gateway.take()
    assert tablet.sync().outcome == "ok"
    with stores_of(tablet) as stores:
        customer, unit = key_of(stores, "customers.customers", "C1"), key_of(stores, "directories.units", "pcs")
        cart = ordering.begin(stores, "sales_order", customer=customer)
        for code in ("I1", "I2"):
            cart = cart.with_quantity(key_of(stores, "items.forms", code), unit, Decimal(1))
        order = ordering.look_at(stores, cart)
        assert [line.error for line in order.priced.lines] == [None, None]
        problems = [
            (problem.code, problem.line, problem.blocks) for problem in order.problems if "bad_row" in problem.code
        ]
        assert problems == [("price.bad_row", order.priced.lines[0].id, False)]
        in_dollars = ordering.look_at(stores, replace(cart, currency="USD"))
        assert {line.error for line in in_dollars.priced.lines} == {"price.bad_row"}
        record = ordering.confirm(stores, order)
    assert tablet.sync().sent.accepted == 1
    with gateway.database.read() as connection:
        (sent,) = sent_documents(connection)
        assert (sent.check, sent.flags) == ("equal", ())
    assert record


def test_that_reports_convert_with_the_rates_that_can_be_read(gateway: GatewayUnderTest, tablet: Tablet) -> None:
    company = gateway.connector.company
    rates = [{"date": "2026-02-01", "rate": "3.90"}, {"date": "01.03.2026", "rate": "4.25"}]
    dollar = {"code": "USD", "name": "Dollar", "decimals": 2, "is_base": 0, "rates": rates}
    company["directories.currencies"]["USD"] = dollar
    gateway.take()
    assert tablet.sync().outcome == "ok"
    with stores_of(tablet) as stores:
        assert read_ledger(stores).money.rate("USD", "2026-03-05") == Decimal("3.90")
