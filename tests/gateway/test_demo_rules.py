"""The demo company's ERP decides by rules that can be switched while the gateway serves."""

import json
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from salesapp import clock
from salesapp.errors import ERRORS, UsageError, describe
from salesapp.gateway.connectors.base import DeliveredSubmission, Delivery
from salesapp.gateway.connectors.demo import DemoCompany
from salesapp.gateway.connectors.demo.office import DemoOffice, switch_rules, switched_on
from salesapp.gateway.connectors.demo.rules import RULES, parse_rules
from salesapp.gateway.tables import submission as submissions
from tests import days
from tests.company import ListConnector
from tests.conftest import GatewayUnderTest
from tests.gateway.client import Device, device_of, key_of, order, submission

pytestmark = pytest.mark.clock


class DemoErp(ListConnector):
    """The rows of the small company, and the demo company's ERP behind them."""

    erp: DemoCompany

    def deliver(self, submission: DeliveredSubmission) -> Delivery:
        return self.erp.deliver(submission)


@pytest.fixture
def device(gateway: GatewayUnderTest) -> Device:
    made = DemoErp()
    made.erp = DemoCompany(office=DemoOffice(gateway.database))
    company = made.company
    company["customers.customers"] |= {
        "CB": company["customers.customers"]["C1"] | {"code": "CB", "name": "Blocked one", "status": "blocked"},
        "CT": company["customers.customers"]["C1"] | {"code": "CT", "name": "Taxed one", "tax_id": "526-000-12-46"},
    }
    company["items.forms"]["I3"]["is_active"] = 0
    gateway.connector = made
    gateway.take()
    gateway.restart()
    return device_of(gateway)


def put(device: Device, kind: str, payload: dict[str, Any]) -> str:
    """Sends a record; returns its id once it has been handed to the ERP."""
    id_ = str(uuid.uuid4())
    answer = device.send("PUT", f"/v1/submissions/{id_}", submission(kind, payload))
    assert answer.json()["state"] == "received", answer
    device.manifest()  # waits for the delivery
    return id_


def row_of(gateway: GatewayUnderTest, id_: str) -> Any:
    with gateway.database.read() as connection:
        return connection.execute(select(submissions).where(submissions.c.id == id_)).one()


def document(gateway: GatewayUnderTest, **changes: Any) -> dict[str, Any]:
    return order(gateway.database, **changes)


def _with_item(gateway: GatewayUnderTest, erp_key: str) -> dict[str, Any]:
    made = document(gateway)
    made["lines"][0]["item"] = key_of(gateway.database, "items.forms", erp_key)
    return made


def _of_customer(gateway: GatewayUnderTest, erp_key: str) -> dict[str, Any]:
    return document(gateway, customer=key_of(gateway.database, "customers.customers", erp_key))


def _visit(gateway: GatewayUnderTest, day: str) -> dict[str, Any]:
    type_ = key_of(gateway.database, "appointments.types", "VISIT")
    customer = key_of(gateway.database, "customers.customers", "C1")
    made = {"name": "Visit", "appointment_type": type_, "planned_start": f"{day}T08:00:00Z", "state": "confirmed"}
    return made | {"customer": customer}


def _quote(gateway: GatewayUnderTest, description: str) -> dict[str, Any]:
    return document(gateway, type="sales_quote", description=description)


def _new_customer(tax_id: str) -> dict[str, Any]:
    return {"name": "Nowy", "tax_id": tax_id, "addresses": [{"kind": "main", "city": "Łódź"}]}


TODAY = clock.today()
TOMORROW, YESTERDAY = (TODAY + timedelta(days=1)).isoformat(), (TODAY - timedelta(days=1)).isoformat()
LAST_MONTH = (TODAY.replace(day=1) - timedelta(days=1)).isoformat()
Make = Callable[[GatewayUnderTest], dict[str, Any]]
CASES: list[tuple[str, str, Make, Make, str, str]] = [
    (
        "delivery-date",
        "document",
        lambda gateway: document(gateway, delivery_on=YESTERDAY),
        lambda gateway: document(gateway, delivery_on=TOMORROW),
        "erp.delivery_date",
        "delivery_on",
    ),
    (
        "blocked-customer",
        "document",
        lambda gateway: _of_customer(gateway, "CB"),
        lambda gateway: _of_customer(gateway, "CT"),
        "erp.customer_blocked",
        "customer",
    ),
    (
        "blocked-customer=CT",
        "document",
        lambda gateway: _of_customer(gateway, "CT"),
        lambda gateway: _of_customer(gateway, "C1"),
        "erp.customer_blocked",
        "customer",
    ),
    (
        "amount=24.59",
        "document",
        document,
        lambda gateway: document(gateway, type="sales_quote"),
        "erp.amount_too_high",
        "gross",
    ),
    (
        "discontinued-item",
        "document",
        lambda gateway: _with_item(gateway, "I3"),
        lambda gateway: _with_item(gateway, "I2"),
        "erp.item_discontinued",
        "lines.item",
    ),
    (
        "discontinued-item=I2",
        "document",
        lambda gateway: _with_item(gateway, "I2"),
        lambda gateway: _with_item(gateway, "I1"),
        "erp.item_discontinued",
        "lines.item",
    ),
    (
        "price",
        "document",
        document,  # the customer has 5 % off this item
        lambda gateway: _of_customer(gateway, "C2"),
        "erp.price_changed",
        "gross",
    ),
    (
        "quote-description",
        "document",
        lambda gateway: _quote(gateway, " "),
        lambda gateway: _quote(gateway, "For the spring"),
        "erp.description_missing",
        "description",
    ),
    (
        "tax-number",
        "customer",
        lambda _gateway: _new_customer("PL 5260001246"),
        lambda _gateway: _new_customer("5260001252"),
        "erp.tax_number_exists",
        "tax_id",
    ),
    (
        "closed-period",
        "appointment",
        lambda gateway: _visit(gateway, LAST_MONTH),
        lambda gateway: _visit(gateway, TODAY.isoformat()),
        "erp.period_closed",
        "planned_start",
    ),
    (
        "closed-period=2026-03-02",
        "appointment",
        lambda gateway: _visit(gateway, "2026-03-01"),
        lambda gateway: _visit(gateway, "2026-03-02"),
        "erp.period_closed",
        "planned_start",
    ),
]


def test_that_each_rule_rejects_its_cases_while_it_is_on(gateway: GatewayUnderTest, device: Device) -> None:
    for rule, kind, bad, good, code, field in CASES:
        switch_rules(gateway.database, [rule])
        refused = row_of(gateway, put(device, kind, bad(gateway)))
        assert (refused.state, refused.code) == ("rejected", code), rule
        params = parameters(refused)
        assert params["field"] == field
        assert "?" not in describe(code, params).what, rule
        assert "{" not in ERRORS[code].remedy or "?" not in describe(code, params).remedy
        assert row_of(gateway, put(device, kind, good(gateway))).state == "in_erp", rule
        switch_rules(gateway.database, off=[rule.partition("=")[0]])
        assert switched_on(gateway.database) == {}
        assert row_of(gateway, put(device, kind, bad(gateway))).state == "in_erp", rule
    assert {rule.partition("=")[0] for rule, *_ in CASES} | {"hold"} == set(RULES), "every rule has its case"


def test_that_a_visit_is_judged_by_its_local_day(gateway: GatewayUnderTest, device: Device) -> None:
    switch_rules(gateway.database, ["closed-period=2026-03-02"])
    for midnight, state in (("2026-03-01T23:00:00Z", "in_erp"), ("2026-03-01T22:59:00Z", "rejected")):
        with days.at("2026-03-03 12:00", "Europe/Warsaw"):
            visit = _visit(gateway, "2026-03-02") | {"planned_start": midnight}
            assert row_of(gateway, put(device, "appointment", visit)).state == state, midnight


def parameters(row: Any) -> dict[str, str]:
    found: dict[str, str] = json.loads(row.params)
    return found


def test_that_a_rejected_amount_comes_with_the_limit(gateway: GatewayUnderTest, device: Device) -> None:
    switch_rules(gateway.database, ["amount=20"])
    refused = row_of(gateway, put(device, "document", document(gateway)))
    told = describe(refused.code, parameters(refused)).what
    assert told == "The ERP system takes orders up to 20; this one comes to 24.60 PLN."


def test_that_a_held_record_stays_received_until_a_later_run(gateway: GatewayUnderTest, device: Device) -> None:
    switch_rules(gateway.database, ["hold=3600"])
    held = put(device, "document", document(gateway))
    assert row_of(gateway, held).state == "received"
    an_hour_ago = (clock.now() - timedelta(seconds=3_601)).strftime("%Y-%m-%dT%H:%M:%SZ")
    with gateway.database.write() as connection:
        connection.execute(update(submissions).where(submissions.c.id == held).values(received_at=an_hour_ago))
    other = put(device, "document", document(gateway))  # whose arrival causes another run
    assert (row_of(gateway, held).state, row_of(gateway, other).state) == ("in_erp", "received")
    switch_rules(gateway.database, off=["hold"])
    put(device, "customer", _new_customer(""))
    assert row_of(gateway, other).state == "in_erp"


def test_that_the_device_gets_the_reason(gateway: GatewayUnderTest, device: Device) -> None:
    switch_rules(gateway.database, ["quote-description"])
    id_ = put(device, "document", _quote(gateway, ""))
    with gateway.database.read() as connection:
        row = connection.exec_driver_sql(
            "SELECT canonical FROM record WHERE object = 'auxiliary.document_states' AND canonical LIKE ?",
            (f"%{id_}%",),
        ).scalar_one()
    for part in ("rejected", "erp.description_missing", "description"):
        assert part in row


def test_that_rules_have_names_and_values() -> None:
    assert parse_rules(["amount,hold=5", "price"]) == {"amount": "10000", "hold": "5", "price": ""}
    for wrong in ("nothing", "price=3", "amount=much", "hold=-1", "closed-period=yesterday", "hold=NaN"):
        with pytest.raises(UsageError):
            parse_rules([wrong])


def test_that_the_rules_of_a_new_demo_gateway_are_off_and_codes_are_declared(gateway: GatewayUnderTest) -> None:
    assert switched_on(gateway.database) == {}
    assert all(code in ERRORS for _rule, _kind, _bad, _good, code, _field in CASES)
    assert isinstance(DemoOffice(gateway.database).today(), date)
