"""Documents that were confirmed before the office changed something are judged by the rows of their checkpoint."""

import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update

from salesapp.clock import timestamp
from salesapp.domain.canonical import decode_values, encode_values
from salesapp.gateway.database import Database
from salesapp.gateway.documents import SentDocument
from salesapp.gateway.tables import record
from salesapp.protocol.paths import SEEN_HEADER
from tests.company import Rows
from tests.conftest import Tablet
from tests.gateway.client import key_of
from tests.gateway.pricing_desk import PricingDesk, desk_of

MakeTablet = Callable[[str], Tablet]


@pytest.fixture
def desk(make_tablet: MakeTablet) -> Iterator[PricingDesk]:
    """A representative who knows the customers C1, C3 and C4, with two payment forms and two warehouses."""
    tablet = make_tablet("rep1")
    company = tablet.gateway.connector.company
    customer = company["customers.customers"]["C1"]
    for code in ("C3", "C4"):
        company["customers.customers"][code] = customer | {"code": code, "name": f"Customer {code}"}
    company["items.units"]["I1B"]["is_allowed"] = 1
    company["directories.payment_forms"]["T7"] = {"code": "T7", "name": "7 days", "kind": "transfer", "due_days": 7}
    company["directories.warehouses"]["W3"] = {"code": "W3", "name": "Third", "kind": "local"}
    company["auxiliary.profiles"]["field"]["warehouses"] = ["W1", "W3"]
    with desk_of(tablet, company) as found:
        yield found


def flags(found: SentDocument) -> list[tuple[str, dict[str, str]]]:
    return [(flag.code, flag.params) for flag in found.flags]


def company_of(desk: PricingDesk) -> Rows:
    return desk.gateway.connector.company


def confirmed(desk: PricingDesk, **choices: Any) -> tuple[dict[str, Any], str]:
    """Returns an order of today, priced on the tablet, and its checkpoint."""
    cart = desk.cart(("I1", "BOX", "1", "0"), ("I2", "PCS", "2", "0"))
    return desk.payload(replace(cart, **choices)), desk.checkpoint()


def delivered(desk: PricingDesk) -> list[Any]:
    """Returns everything that reached the ERP; the manifest waits until all was handed over."""
    assert desk.device.manifest().status == 200
    return desk.gateway.connector.delivered


def remove_item(company: Rows) -> None:
    del company["items.forms"]["I2"]
    for name in ("items.prices", "items.resources"):
        company[name] = {key: row for key, row in company[name].items() if row["item"] != "I2"}


CHANGES: dict[str, tuple[Callable[[Rows], object], list[tuple[str, dict[str, str]]]]] = {
    "customer moved": (
        lambda company: company["customers.customers"]["C1"].update(representative="rep2"),
        [("customer.moved", {"customer": "C1", "representative": "rep2"})],
    ),
    "item no longer sold": (
        lambda company: company["items.forms"]["I2"].update(is_active=0),
        [("item.withdrawn", {"line": "2", "item": "I2"})],
    ),
    "item deleted": (remove_item, [("item.withdrawn", {"line": "2", "item": "I2"})]),
    "unit no longer sold": (
        lambda company: company["items.units"]["I1B"].update(is_allowed=0),
        [("unit.withdrawn", {"line": "1", "item": "I1", "unit": "box"})],
    ),
    "payment form deleted": (
        lambda company: company["directories.payment_forms"].pop("T7"),
        [("choice.withdrawn", {"field": "payment_form", "value": "7 days"})],
    ),
    "warehouse deleted": (
        lambda company: company["directories.warehouses"].pop("W3"),
        [("choice.withdrawn", {"field": "warehouse", "value": "Third"})],
    ),
    "warehouse no longer allowed": (
        lambda company: company["auxiliary.profiles"]["field"].update(warehouses=["W1"]),
        [("choice.withdrawn", {"field": "warehouse", "value": "Third"})],
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_that_what_was_right_when_it_was_confirmed_is_taken_and_flagged(desk: PricingDesk, name: str) -> None:
    change, expected = CHANGES[name]
    home = desk.key("directories.warehouses", "W3")
    payload, point = confirmed(desk, payment_form=desk.key("directories.payment_forms", "T7"), warehouse=home)
    change(company_of(desk))
    desk.gateway.take()
    receipt, seen = desk.send(payload, point)
    assert (receipt["state"], receipt.get("code")) == ("received", None)
    assert flags(seen) == expected
    assert seen.check == "equal"
    (sent,) = delivered(desk)
    assert sent.payload["customer"] == payload["customer"]
    assert [line["item_code"] for line in sent.payload["lines"]] == ["I1", "I2"]


@pytest.mark.parametrize("name", ["customer moved", "item deleted", "payment form deleted", "warehouse deleted"])
def test_that_a_document_of_todays_checkpoint_is_judged_by_today(desk: PricingDesk, name: str) -> None:
    home = desk.key("directories.warehouses", "W3")
    payload, _point = confirmed(desk, payment_form=desk.key("directories.payment_forms", "T7"), warehouse=home)
    CHANGES[name][0](company_of(desk))
    desk.gateway.take()
    now = desk.device.manifest().json()["checkpoint"]
    receipt, _seen = desk.send(payload, now)
    assert (receipt["state"], receipt["code"]) == ("rejected", "submission.unknown_record")


def test_that_a_checkpoint_gives_no_customer_that_the_user_never_had(desk: PricingDesk) -> None:
    payload, point = confirmed(desk)
    stranger = desk.key("customers.customers", "C2")
    company_of(desk)["customers.customers"]["C1"]["representative"] = "rep2"
    desk.gateway.take()
    receipt, _seen = desk.send(payload | {"customer": stranger}, point)
    assert (receipt["state"], receipt["code"]) == ("rejected", "submission.unknown_record")
    receipt, _seen = desk.send(payload, "1-unknown")
    assert (receipt["state"], receipt["code"]) == ("rejected", "submission.unknown_record")


@pytest.mark.parametrize("is_deleted", [False, True])
def test_that_an_order_for_a_merged_customer_goes_to_the_one_who_is_left(desk: PricingDesk, is_deleted: bool) -> None:
    customers = company_of(desk)["customers.customers"]
    payload, point = confirmed(desk)
    left = desk.key("customers.customers", "C4")
    customers["C1"]["merged_into"] = "C3"
    desk.gateway.take()
    customers["C3"]["merged_into"] = "C4"
    desk.gateway.take()
    if is_deleted:
        customers["C2"].pop("payer")
        company_of(desk)["items.prices"].pop("C1-D")
        company_of(desk)["appointments.appointments"].pop("A1")
        del customers["C1"], customers["C3"]
        desk.gateway.take()
    receipt, seen = desk.send(payload, point)
    assert receipt["state"] == "received"
    assert receipt["params"] == {"merged_into": "Customer C4"}
    assert flags(seen) == [("customer.merged", {"customer": "C1", "into": "C4"})]
    assert "it is delivered for C4" in seen.flags[0].sentence
    (sent,) = delivered(desk)
    assert (sent.payload["customer"], sent.merged_into) == (left, "Customer C4")


def test_that_a_merge_after_the_arrival_is_followed_at_the_delivery(desk: PricingDesk) -> None:
    desk.gateway.connector.holds = True
    payload, point = confirmed(desk)
    receipt, _seen = desk.send(payload, point)
    assert "params" not in receipt
    company_of(desk)["customers.customers"]["C1"]["merged_into"] = "C3"
    desk.gateway.take()
    desk.gateway.connector.holds = False
    desk.send(*confirmed(desk, customer=desk.key("customers.customers", "C4")))  # makes the gateway deliver at once
    first, _second = delivered(desk)
    assert first.payload["customer"] == desk.key("customers.customers", "C3")


def test_that_customers_merged_in_a_circle_are_not_merged(desk: PricingDesk) -> None:
    customers = company_of(desk)["customers.customers"]
    payload, point = confirmed(desk)
    customers["C1"]["merged_into"], customers["C3"]["merged_into"] = "C3", "C1"
    desk.gateway.take()
    receipt, seen = desk.send(payload, point)
    assert (receipt["state"], flags(seen)) == ("received", [])
    (sent,) = delivered(desk)
    assert (sent.payload["customer"], sent.merged_into) == (payload["customer"], "")


def test_that_a_customer_deleted_without_a_merge_is_refused(desk: PricingDesk) -> None:
    company = company_of(desk)
    payload, point = confirmed(desk, customer=desk.key("customers.customers", "C3"))
    del company["customers.customers"]["C3"]
    desk.gateway.take()
    receipt, _seen = desk.send(payload, point)
    assert (receipt["state"], receipt["code"], receipt["field"]) == (
        "rejected",
        "submission.unknown_record",
        "customer",
    )


def test_that_a_repeat_gets_the_first_receipt_after_the_office_has_merged_the_customer(desk: PricingDesk) -> None:
    payload, point = confirmed(desk)
    body = {"kind": "document", "payload": payload, "created_at": timestamp(), "checkpoint": point}
    path = f"/v1/submissions/{uuid.uuid4()}"
    first = desk.device.send("PUT", path, body)
    company_of(desk)["customers.customers"]["C1"]["merged_into"] = "C3"
    desk.gateway.take()
    again = desk.device.send("PUT", path, body)
    assert (again.status, again.body) == (200, first.body)
    assert len(delivered(desk)) == 1


def test_that_the_credit_of_the_customer_who_is_left_counts(desk: PricingDesk) -> None:
    company = company_of(desk)
    payload, point = confirmed(desk)
    company["customers.customers"]["C1"]["merged_into"] = "C3"
    company["customers.customers"]["C3"] |= {"credit_limit": 10_000, "credit_used": 10_000}
    desk.gateway.take()
    _receipt, seen = desk.send(payload, point)
    assert [code for code, _params in flags(seen)] == ["credit.limit_exceeded", "customer.merged"]


def test_that_a_visit_of_a_merged_customer_goes_to_the_one_who_is_left(desk: PricingDesk) -> None:
    visit = {
        "appointment_type": desk.key("appointments.types", "VISIT"),
        "name": "Visit",
        "planned_start": "2026-12-04T08:00:00Z",
        "state": "confirmed",
        "customer": desk.key("customers.customers", "C1"),
    }
    company_of(desk)["customers.customers"]["C1"]["merged_into"] = "C3"
    desk.gateway.take()
    body = {"kind": "appointment", "payload": visit, "created_at": timestamp()}
    answer = desk.device.send("PUT", f"/v1/submissions/{uuid.uuid4()}", body)
    assert answer.json()["state"] == "received", answer
    (sent,) = delivered(desk)
    assert sent.payload["customer"] == desk.key("customers.customers", "C3")


def test_that_a_visit_is_judged_by_what_the_device_saw_last(desk: PricingDesk) -> None:
    point = desk.checkpoint()
    visit = {
        "appointment_type": desk.key("appointments.types", "VISIT"),
        "name": "Visit",
        "planned_start": "2026-12-04T08:00:00Z",
        "state": "confirmed",
        "customer": desk.key("customers.customers", "C3"),
    }
    body = {"kind": "appointment", "payload": visit, "created_at": timestamp()}
    company_of(desk)["customers.customers"]["C3"]["representative"] = "rep2"
    desk.gateway.take()
    seen = {SEEN_HEADER: json.dumps({"checkpoint": point})}
    states = [
        desk.device.send("PUT", f"/v1/submissions/{uuid.uuid4()}", body, headers).json()["state"]
        for headers in (seen, {})
    ]
    assert states == ["received", "rejected"]


def test_that_a_row_from_before_a_field_was_added_is_read_without_it(desk: PricingDesk) -> None:
    """A gateway that was upgraded judges documents by such rows until its next import."""
    _cut(desk.gateway.database)
    payload, point = confirmed(desk)
    receipt, seen = desk.send(payload, point)
    assert (receipt["state"], flags(seen), seen.check) == ("received", [], "equal")


def _cut(database: Database) -> None:
    """Stores the customer C1 as a gateway did that did not know its last field."""
    key = key_of(database, "customers.customers", "C1")
    this = (record.c.object == "customers.customers", record.c.id == key)
    with database.write() as connection:
        text = connection.execute(record.select().where(*this)).one().canonical
        short = encode_values(decode_values(text)[:-1]).decode()
        connection.execute(update(record).where(*this).values(canonical=short))
