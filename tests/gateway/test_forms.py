"""Forms at the gateway: malformed records are refused with their field, and little of them is stored."""

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from salesapp import clock
from salesapp.clock import timestamp
from salesapp.gateway.documents import sent_documents
from salesapp.gateway.tables import record, submission
from tests.conftest import GatewayUnderTest
from tests.gateway.client import Answer, Device, device_of, new_customer, order
from tests.gateway.client import submission as message

pytestmark = pytest.mark.clock

NASTY = ["two\nlines", "\x1b[2J", "back\u202ewards", "nul\x00", "\u2028", "x" * 20_000]


@pytest.fixture
def device(gateway: GatewayUnderTest) -> Device:
    return device_of(gateway)


def put(device: Device, content: dict[str, Any]) -> Answer:
    return device.send("PUT", f"/v1/submissions/{uuid.uuid4()}", content)


@pytest.mark.parametrize("text", NASTY, ids=["lines", "escape", "turned", "NUL", "separator", "long"])
def test_that_a_text_that_is_not_in_its_form_is_refused(gateway: GatewayUnderTest, device: Device, text: str) -> None:
    good = order(gateway.database)
    line = good["lines"][0]
    address = {"kind": "main", "city": text}
    for payload, field in (
        (good | {"number": text}, "number"),
        (good | {"currency": text}, "currency"),
        (good | {"customer_name": text}, "customer_name"),
        (good | {"lines": [line | {"item_name": text}]}, "lines[0].item_name"),
        (good | {"lines": [line | {"line": text}]}, "lines[0].line"),
        (good | {"lines": [line | {"quantity": text}]}, "lines[0].quantity"),
    ):
        receipt = put(device, message("document", payload)).json()
        assert (receipt["state"], receipt["code"], receipt["field"]) == ("rejected", "submission.invalid", field)
        assert all(len(value) <= 200 and value.isprintable() for value in receipt["params"].values())
    for payload, field in (({"name": text, "addresses": []}, "name"), ({"name": "x", "addresses": [address]}, "addr")):
        receipt = put(device, message("customer", payload)).json()
        assert (receipt["state"], receipt["code"]) == ("rejected", "submission.invalid")
        assert receipt["field"].startswith(field)


@pytest.mark.parametrize(
    "number", ["1E-300", "1E-999", "1E+13", "NaN", "0x10", "1,5", " 1", "1e3", "٣", "1_000", "--1"]
)
def test_that_a_malformed_number_is_refused(gateway: GatewayUnderTest, device: Device, number: str) -> None:
    good = order(gateway.database)
    for payload, field in (
        (good | {"lines": [good["lines"][0] | {"quantity": number}]}, "lines.quantity"),
        (good | {"discount_percent": number}, "discount_percent"),
    ):
        receipt = put(device, message("document", payload)).json()
        assert (receipt["state"], receipt["code"], receipt["field"]) == ("rejected", "submission.invalid", field)


def test_that_an_answer_of_a_questionnaire_is_plain_text(gateway: GatewayUnderTest, device: Device) -> None:
    with gateway.database.read() as connection:
        kind = connection.execute(select(record.c.id).where(record.c.object == "appointments.types")).scalars().first()
    for answers, state in (({"q": "fine\nlines"}, "received"), ({"q": ["\x1b[2J"]}, "rejected")):
        element = {"kind": "questionnaire", "name": "Q", "state": "completed", "answers": answers}
        visit = {"name": "Visit", "appointment_type": kind, "planned_start": "2026-03-02T08:00:00Z"}
        visit |= {"state": "completed", "elements": [element]}
        assert put(device, message("appointment", visit)).json()["state"] == state


@pytest.mark.parametrize("field", ["device", "device_name", "app_version"])
def test_that_the_name_of_a_device_is_one_short_line(gateway: GatewayUnderTest, field: str) -> None:
    for text in NASTY:
        logon = {"user": "office", "password": "correct horse", "device": "d"} | {field: text}
        answer = Device(gateway.port).send("POST", "/v1/logon", logon)
        assert (answer.status, answer.code) in {(400, "gateway.bad_request"), (503, "gateway.busy")}


@pytest.mark.parametrize(
    "created_at",
    [
        "tomorrow", "", "x" * 900_000, "2026-03-02", "2026-03-02T08:00:00", "2026-03-02T08:00:00+01:00",
        "2026-03-02 08:00:00Z", "2026-03-02T08:00:00Z\n", "20260302T080000Z", "٢٠٢٦-03-02T08:00:00Z",
    ],
)  # fmt: skip
def test_that_an_invalid_time_is_not_stored(gateway: GatewayUnderTest, device: Device, created_at: str) -> None:
    answer = put(device, new_customer() | {"created_at": created_at})
    assert answer.code == ("gateway.too_large" if len(created_at) > 2**20 else "gateway.bad_request")
    with gateway.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(submission)).scalar_one() == 0


@pytest.mark.parametrize("created_at", ["2026-02-30T08:00:00Z", "2026-03-02T24:00:01Z", "9999-12-31T23:59:59Z",
                                        "0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z"])  # fmt: skip
def test_that_an_impossible_time_is_refused(device: Device, created_at: str) -> None:
    receipt = put(device, new_customer() | {"created_at": created_at}).json()
    assert (receipt["state"], receipt["field"]) == ("rejected", "created_at")


@pytest.mark.parametrize(("hours", "flags"), [(0.1, 0), (3, 1), (9_600, 1), (-30, 0), (-90_000, 0)])
def test_that_a_wrong_clock_is_flagged_and_refuses_nothing(
    gateway: GatewayUnderTest, device: Device, hours: float, flags: int
) -> None:
    created_at = timestamp(clock.now() + timedelta(hours=hours))
    answer = put(device, message("document", order(gateway.database)) | {"created_at": created_at})
    assert answer.json()["state"] == "received"
    with gateway.database.read() as connection:
        (seen,) = sent_documents(connection)
    found = [flag for flag in seen.flags if flag.code == "clock.ahead"]
    assert len(found) == flags
    assert all(created_at in flag.sentence for flag in found)


def test_that_a_receipt_repeats_little_of_the_record(gateway: GatewayUnderTest, device: Device) -> None:
    sent = message("document", order(gateway.database, delivery_address="x" * 4_000))
    receipt = put(device, sent).json()
    assert receipt["code"] == "submission.unknown_address"
    assert len(json.dumps(receipt)) < 1_000
