"""Travel entries: which ones the gateway accepts, and their effect on a vehicle's odometer."""

import uuid
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from salesapp.domain.catalogue import CATALOGUE
from salesapp.gateway.connectors.base import DeliveredSubmission
from salesapp.gateway.connectors.demo.connector import DemoCompany
from salesapp.protocol.messages import Submission
from salesapp.protocol.records import PAYLOADS, SENDING_ORDER
from tests.conftest import GatewayUnderTest
from tests.gateway.client import device_of, key_of, submission

START = date(2026, 3, 10)
VEHICLES = CATALOGUE.by_key["directories.vehicles"]


def travel(gateway: GatewayUnderTest, **changes: Any) -> dict[str, Any]:
    return {
        "vehicle": key_of(gateway.database, "directories.vehicles", "V1"),
        "travel_type": key_of(gateway.database, "directories.travel_types", "T"),
        "travelled_on": "2026-03-10",
        "started_km": 100,
        "ended_km": 140,
    } | changes


def test_that_a_travel_entry_is_accepted_and_delivered(gateway: GatewayUnderTest) -> None:
    device = device_of(gateway, "rep1")
    payload = travel(gateway, purpose="Visits", departure="Gdynia", destination="Sopot", appointment="a record")
    answer = device.send("PUT", f"/v1/submissions/{uuid.uuid4()}", submission("travel", payload))
    assert answer.json()["state"] == "received"
    device.manifest()
    (handed,) = gateway.connector.delivered
    assert (handed.kind, handed.record_key, handed.payload) == ("travel", "V1", payload)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"vehicle": 999_999}, "submission.unknown_record", "vehicle"),
        ({"travel_type": 999_999}, "submission.unknown_record", "travel_type"),
        ({"ended_km": 99}, "submission.invalid", "ended_km"),
        ({"ended_km": None}, "submission.invalid", "ended_km"),
        ({"started_km": -1}, "submission.invalid", "started_km"),
        ({"ended_km": 10**9}, "submission.invalid", "ended_km"),
        ({"travelled_on": "10.03.2026"}, "submission.invalid", "travelled_on"),
    ],
)
def test_that_an_impossible_travel_entry_is_refused_with_its_field(
    gateway: GatewayUnderTest, changes: dict[str, Any], code: str, field: str
) -> None:
    answer = device_of(gateway, "rep1").send(
        "PUT", f"/v1/submissions/{uuid.uuid4()}", submission("travel", travel(gateway, **changes))
    )
    receipt = answer.json()
    assert (receipt["state"], receipt["code"], receipt["field"]) == ("rejected", code, field)


@pytest.mark.parametrize(
    ("changes", "state", "field"),
    [
        ({"state": "rejected"}, "rejected", "reason"),
        ({"state": "rejected", "reason": "Closed"}, "received", ""),
        ({"state": "completed", "elements": [{"required": True, "state": "open"}]}, "rejected", "reason"),
        ({"state": "completed", "elements": [{"required": True, "state": "completed"}]}, "received", ""),
        ({"state": "completed", "elements": [{"state": "open"}]}, "received", ""),
    ],
)
def test_that_a_rejected_or_incomplete_visit_needs_a_reason(
    gateway: GatewayUnderTest, changes: dict[str, Any], state: str, field: str
) -> None:
    type_ = key_of(gateway.database, "appointments.types", "VISIT")
    visit = {"name": "Visit", "appointment_type": type_, "planned_start": "2026-03-02T08:00:00Z"} | changes
    visit["elements"] = [{"kind": "note", "name": "Agreed"} | one for one in changes.get("elements", [])]
    body = submission("appointment", visit)
    receipt = device_of(gateway, "rep1").send("PUT", f"/v1/submissions/{uuid.uuid4()}", body).json()
    assert (receipt["state"], receipt.get("field", "")) == (state, field), receipt


def test_that_another_representatives_vehicle_is_unknown(gateway: GatewayUnderTest) -> None:
    body = submission("travel", travel(gateway))
    receipt = device_of(gateway, "rep2").send("PUT", f"/v1/submissions/{uuid.uuid4()}", body).json()
    assert (receipt["state"], receipt["field"]) == ("rejected", "vehicle")


def test_that_the_demo_company_numbers_travel_and_never_turns_an_odometer_back() -> None:
    company = DemoCompany(start=START)
    known = next(company.rows(VEHICLES))
    odometer = known.values[VEHICLES.field_names.index("last_odometer_km")]
    assert isinstance(odometer, int)
    given = DeliveredSubmission("s", "travel", "rep1", "2026-03-10T08:00:00Z", {"ended_km": odometer + 40}, known.key)
    delivery = company.deliver(given)
    assert delivery.erp_number.startswith("TR/")
    ((key, row),) = delivery.changes
    assert (key, row.key) == ("directories.vehicles", known.key)
    assert row.values[VEHICLES.field_names.index("last_odometer_km")] == odometer + 40
    assert row.values[: VEHICLES.field_names.index("last_odometer_km")] == known.values[:3]
    assert company.deliver(replace(given, payload={"ended_km": odometer - 1})).changes == ()


def test_that_each_kind_of_submission_has_a_payload_and_a_sending_order() -> None:
    kinds = set(Submission.__annotations__["kind"].__args__)
    assert set(PAYLOADS) == kinds
    assert SENDING_ORDER.index("appointment") < SENDING_ORDER.index("travel") < SENDING_ORDER.index("file")


def test_that_a_visit_planned_on_a_device_keeps_its_row_when_it_is_carried_out_before_the_device_knows_its_key() -> (
    None
):
    company = DemoCompany(start=START)
    payload = {"name": "Visit", "appointment_type": 1, "planned_start": "2026-03-24T08:00:00Z", "record": "own"}
    plan = DeliveredSubmission("first", "appointment", "rep1", "2026-03-10T08:00:00Z", payload | {"state": "confirmed"})
    done = replace(plan, id="second", payload=payload | {"state": "completed"})
    rows = [company.deliver(one).changes[0][1] for one in (plan, done)]
    assert [row.key for row in rows] == ["own", "own"]
    names = CATALOGUE.by_key["appointments.appointments"].field_names
    assert [row.values[names.index("submission")] for row in rows] == ["first", "second"]
