"""Submissions are stored once despite repeats, kills and concurrency, and delivered in a valid order."""

import json
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from salesapp.gateway.connectors.base import DeliveredSubmission, Delivery
from salesapp.gateway.database import Database
from salesapp.gateway.folder import open_gateway
from salesapp.gateway.payloads import decode
from salesapp.gateway.tables import submission as submissions
from salesapp.gateway.uploads import Uploads
from salesapp.protocol.messages import Submission
from salesapp.protocol.records import Payload
from tests.company import ListConnector
from tests.conftest import GatewayUnderTest
from tests.faulty_line import FaultyLine
from tests.gateway.client import Answer, Device, device_of, key_of, new_customer, order, submission
from tests.processes import PASSWORD, GatewayProcess, run

AT_ONCE = 10


@dataclass
class Erp(ListConnector):
    """An ERP that a test can stop and make fail."""

    is_open: threading.Event = field(default_factory=threading.Event)
    failing: set[str] = field(default_factory=set)

    def deliver(self, submission: DeliveredSubmission) -> Delivery:
        assert self.is_open.wait(20)
        if submission.kind in self.failing:
            raise ConnectionError("the ERP is away")
        return super().deliver(submission)


@pytest.fixture
def erp(gateway: GatewayUnderTest) -> Iterator[Erp]:
    """Installs a stopped ERP as the gateway's connector."""
    made = gateway.connector = Erp()
    gateway.restart()
    yield made
    made.is_open.set()


@pytest.fixture
def device(gateway: GatewayUnderTest) -> Device:
    return device_of(gateway)


def new_id() -> str:
    return str(uuid.uuid4())


def put(device: Device, id_: str, body: Any) -> Answer:
    return device.send("PUT", f"/v1/submissions/{id_}", body)


def rows(database: Database) -> list[Any]:
    with database.read() as connection:
        return list(connection.execute(select(submissions).order_by(submissions.c.seq)))


def state_of(database: Database, id_: str) -> str:
    return next(str(row.state) for row in rows(database) if row.id == id_)


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


def all_at_once(tasks: list[Callable[[], Answer]]) -> list[Answer]:
    gate = threading.Barrier(len(tasks))

    def go(task: Callable[[], Answer]) -> Answer:
        gate.wait()
        return task()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(go, tasks))


def test_that_the_same_record_sent_ten_times_at_once_is_stored_and_delivered_once(
    gateway: GatewayUnderTest, device: Device
) -> None:
    id_, body = new_id(), submission("document", order(gateway.database))
    answers = all_at_once([lambda: put(device, id_, body)] * AT_ONCE)
    assert {answer.status for answer in answers} == {200}
    assert len({answer.body for answer in answers}) == 1
    assert answers[0].json()["state"] == "received"
    device.manifest()  # waits for the delivery
    assert [handed.id for handed in gateway.connector.delivered] == [id_]
    assert [(row.id, row.state) for row in rows(gateway.database)] == [(id_, "in_erp")]
    assert put(device, id_, body).body == answers[0].body
    device.manifest()
    assert len(gateway.connector.delivered) == 1


def test_that_of_ten_records_under_one_id_one_is_stored_and_nine_are_refused(
    gateway: GatewayUnderTest, device: Device
) -> None:
    id_ = new_id()
    names = [f"Sklep {number}" for number in range(AT_ONCE)]
    answers = all_at_once([lambda name=name: put(device, id_, new_customer(name)) for name in names])  # type: ignore[misc]
    winners = [name for name, answer in zip(names, answers, strict=True) if answer.status == 200]
    assert [answer.code for answer in answers if answer.status == 409] == ["submission.same_id"] * (AT_ONCE - 1)
    (row,) = rows(gateway.database)
    assert [json.loads(row.payload)["name"]] == winners
    device.manifest()
    assert [handed.payload["name"] for handed in gateway.connector.delivered] == winners


def test_that_other_content_under_a_known_id_is_refused_and_changes_nothing(
    gateway: GatewayUnderTest, device: Device
) -> None:
    id_, body = new_id(), submission("document", order(gateway.database))
    first = put(device, id_, body)
    device.manifest()
    before = rows(gateway.database)
    for other in (
        submission("document", order(gateway.database, description="another")),
        submission("appointment", body["payload"]),
        submission("document", {}),
        new_customer(),
    ):
        answer = put(device, id_, other)
        assert (answer.status, answer.code) == (409, "submission.same_id")
    assert rows(gateway.database) == before
    respelt = json.dumps(dict(reversed(body.items())), indent=2).encode()
    assert put(device, id_, respelt).body == first.body  # the same content, written differently


def test_that_an_id_belongs_to_its_user(gateway: GatewayUnderTest, device: Device) -> None:
    id_ = new_id()
    other = device_of(gateway, "rep1")
    assert put(device, id_, new_customer("One")).status == put(other, id_, new_customer("Two")).status == 200
    assert {(row.user_name, json.loads(row.payload)["name"]) for row in rows(gateway.database)} == {
        ("office", "One"),
        ("rep1", "Two"),
    }
    third = device_of(gateway, "rep2")
    assert third.send("POST", "/v1/submissions/known", {"ids": [id_]}).json() == {"missing": [id_]}
    assert device.send("POST", "/v1/submissions/known", {"ids": [id_, "x"]}).json() == {"missing": ["x"]}
    stranger = submission("document", order(gateway.database, customer=None, new_customer=id_))
    assert put(third, new_id(), stranger).json()["code"] == "submission.unknown_record"


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=8))
def test_that_any_repetition_keeps_the_first_content_of_each_id(
    gateway: GatewayUnderTest, device: Device, sent: list[tuple[int, int]]
) -> None:
    ids = [new_id() for _ in range(3)]
    before = len(rows(gateway.database))
    first: dict[int, tuple[int, bytes]] = {}
    for number, content in sent:
        answer = put(device, ids[number], new_customer(f"Sklep {content}"))
        known, body = first.setdefault(number, (content, answer.body))
        assert (answer.status, answer.body == body) == ((200, True) if known == content else (409, False))
    found = {row.id: json.loads(row.payload)["name"] for row in rows(gateway.database)[before:]}
    assert found == {ids[number]: f"Sklep {content}" for number, (content, _) in first.items()}


def test_that_a_gateway_killed_before_its_answer_repeats_it_after_the_restart(tmp_path: Path) -> None:
    erp = tmp_path / "erp"
    erp.mkdir()
    (erp / "directories_units.csv").write_text("key,code,name,decimals,kind\nPCS,pcs,Sztuka,0,quantity\n")
    data = tmp_path / "gateway"
    assert run("gateway", "init", "--data", str(data), "--csv", str(erp)).returncode == 0
    added = run("gateway", "users", "add", "demo", "--data", str(data), "--password-file", "-", stdin=PASSWORD)
    assert added.returncode == 0
    process, database = GatewayProcess(data), open_gateway(data)
    process.start()
    try:
        device = Device(process.port)
        device.log_on("demo")
        id_, body = new_id(), new_customer()
        with FaultyLine(process.port, budget=0) as line, ThreadPoolExecutor(1) as pool:
            cut = Device(int(line.url.rsplit(":", 1)[1]), device.token)
            lost = pool.submit(put, cut, id_, body)
            until(lambda: bool(rows(database)))
            process.end(kill=True)
            with suppress(HTTPException, OSError):
                pytest.fail(f"an answer came: {lost.result(20)}")
        process.start()
        (row,) = rows(database)
        answers = {put(device, id_, body).body for _ in range(2)}
        assert answers == {row.receipt.encode()}
        assert rows(database) == [row]
        assert put(device, id_, new_customer("Another")).code == "submission.same_id"
    finally:
        database.close()
        process.end()


def test_that_a_record_that_the_erp_rejects_has_its_reason_and_is_not_delivered_again(
    gateway: GatewayUnderTest, device: Device
) -> None:
    gateway.connector.rejected_kinds.add("document")
    refused, taken = new_id(), new_id()
    first = put(device, refused, submission("document", order(gateway.database)))
    put(device, taken, new_customer())
    device.manifest()
    assert first.json()["state"] == "received"
    found = {row.id: row for row in rows(gateway.database)}
    assert (found[refused].state, found[refused].code) == ("rejected", "submission.refused_by_erp")
    assert json.loads(found[refused].params) == {"reason": "a test"}
    assert found[taken].state == "in_erp"
    handed = len(gateway.connector.delivered)
    assert put(device, refused, submission("document", order(gateway.database))).body == first.body
    gateway.restart()
    device.manifest()
    assert len(gateway.connector.delivered) == handed


WRONG_ORDERS: list[tuple[str, dict[str, Any], str, str]] = [
    ("no number", {"number": ""}, "submission.invalid", "number"),
    ("no such day", {"issued_on": "2026-02-30"}, "submission.invalid", "issued_on"),
    ("a week", {"issued_on": "2026-W10-1"}, "submission.invalid", "issued_on"),
    ("no day", {"delivery_on": "tomorrow"}, "submission.invalid", "delivery_on"),
    ("no customer", {"customer": None}, "submission.invalid", "customer"),
    ("two customers", {"new_customer": "x"}, "submission.invalid", "customer"),
    ("an unknown customer", {"customer": 2**62}, "submission.unknown_record", "customer"),
    ("a customer never sent", {"customer": None, "new_customer": "x"}, "submission.unknown_record", "new_customer"),
    ("no lines", {"lines": []}, "submission.invalid", "lines"),
    ("an unknown price list", {"price_type": -1}, "submission.unknown_record", "price_type"),
    ("an unknown form of payment", {"payment_form": 0}, "submission.unknown_record", "payment_form"),
    ("another sum", {"net": "30.00"}, "submission.wrong_sum", "net"),
    ("another total", {"gross": "1E9"}, "submission.wrong_sum", "gross"),
    ("a type that is none", {"type": "invoice"}, "submission.invalid", "type"),
    ("an unknown field", {"surcharge": "1"}, "submission.invalid", ""),
]
QUANTITIES = ("0", "-1", "NaN", "1E99", "1e2", "x", "", " 1", "1_0", "\u0661")
WRONG_LINES: list[tuple[dict[str, Any], str, str]] = [
    *(({"quantity": value}, "submission.invalid", "lines.quantity") for value in QUANTITIES),
    *(({"unit_price": value}, "submission.invalid", "lines.unit_price") for value in ("-0.01", "Infinity", "1,5")),
    ({"item": 2**62}, "submission.unknown_record", "lines.item"),
    ({"unit": -1}, "submission.unknown_record", "lines.unit"),
    ({"warehouse": 2**62}, "submission.unknown_record", "lines.warehouse"),
    ({"item": "I1"}, "submission.invalid", "lines[0].item"),
]


def test_that_an_invalid_record_is_stored_with_its_reason_and_not_delivered(
    gateway: GatewayUnderTest, device: Device
) -> None:
    line = order(gateway.database)["lines"][0]
    cases = [(changes, code, name) for _, changes, code, name in WRONG_ORDERS]
    cases += [({"lines": [line | changes]}, code, name) for changes, code, name in WRONG_LINES]
    cases.append(({"lines": [line, line]}, "submission.invalid", "lines.line"))
    for changes, code, name in cases:
        id_, body = new_id(), submission("document", order(gateway.database, **changes))
        receipt = put(device, id_, body)
        found = receipt.json()
        assert (found["state"], found["code"], found.get("field", "")) == ("rejected", code, name), changes
        assert put(device, id_, body).body == receipt.body
    device.manifest()
    assert gateway.connector.delivered == []
    assert {row.state for row in rows(gateway.database)} == {"rejected"}
    assert len(rows(gateway.database)) == len(cases)


def test_that_contacts_of_a_customer_are_single_lines_of_limited_length(
    gateway: GatewayUnderTest, device: Device
) -> None:
    named = {"name": "Nowy sklep", "addresses": [{"kind": "main"}]}
    wrong: list[tuple[str, Any]] = [
        (name, text)
        for name in ("phone", "email")
        for text in ("a\nb", "a\r\nb", "a\x00", "a\x1b[2J", "a\u2028b", "x" * 501)
    ]
    wrong += [("contacts", [{"kind": "url", "value": text}]) for text in ("ok.pl\n", "\x1b]0;x", "x" * 501)]
    wrong.append(("contacts", [{"kind": "fax", "value": "1"}] * 101))
    for name, value in wrong:
        found = put(device, new_id(), submission("customer", named | {name: value})).json()
        assert (found["state"], found["code"]) == ("rejected", "submission.invalid"), value
        assert found["field"].partition("[")[0] == name, value
    right = {
        "phone": "\u202a58\u00a0111 22 33\u202c",
        "contacts": [{"kind": "url", "value": "www.\u017c\u00f3\u0142w.pl"}],
    }
    assert put(device, new_id(), submission("customer", named | right)).json()["state"] == "received"
    carried = {"customer": key_of(gateway.database, "customers.customers", "C1"), "email": "a@b.pl\nc@d.pl"}
    only_a_name = named | carried | {"changed": ["name"]}
    assert put(device, new_id(), submission("customer", only_a_name)).json()["state"] == "received", "from the ERP"
    changed = named | carried | {"changed": ["name", "email"]}
    assert put(device, new_id(), submission("customer", changed)).json()["field"] == "email"


def test_that_a_record_refers_only_to_what_its_representative_may_see(gateway: GatewayUnderTest) -> None:
    rep2 = device_of(gateway, "rep2")
    database = gateway.database
    theirs = order(database, customer=key_of(database, "customers.customers", "C2"))
    assert put(rep2, new_id(), submission("document", theirs)).json()["state"] == "received"
    for name, key, erp_key in (
        ("customer", "customers.customers", "C1"),
        ("price_type", "directories.price_types", "RETAIL"),
    ):
        foreign = theirs | {name: key_of(database, key, erp_key)}
        found = put(rep2, new_id(), submission("document", foreign)).json()
        assert (found["code"], found["field"]) == ("submission.unknown_record", name)


def test_that_customers_reach_the_erp_before_earlier_records(
    gateway: GatewayUnderTest, erp: Erp, device: Device
) -> None:
    first, second, customer, third, visit = (new_id() for _ in range(5))
    put(device, first, submission("document", order(gateway.database)))
    put(device, second, submission("document", order(gateway.database)))
    put(device, customer, new_customer())
    put(device, third, submission("document", order(gateway.database, customer=None, new_customer=customer)))
    put(device, visit, _visit(gateway.database, customer))
    erp.is_open.set()
    until(lambda: len(erp.delivered) == 5)
    order_of = [handed.id for handed in erp.delivered]
    assert order_of[0] in {first, customer}  # the first may have been delivered before the others arrived
    assert [id_ for id_ in order_of if id_ != first] == [customer, second, third, visit]


def _visit(database: Database, customer: str) -> dict[str, Any]:
    return submission(
        "appointment",
        {
            "name": "Visit",
            "appointment_type": key_of(database, "appointments.types", "VISIT"),
            "planned_start": "2026-03-02T08:00:00Z",
            "state": "completed",
            "new_customer": customer,
        },
    )


def test_that_an_order_waits_for_its_customer_and_nothing_else_does(
    gateway: GatewayUnderTest, erp: Erp, device: Device, caplog: pytest.LogCaptureFixture
) -> None:
    customer, dependent, visit, free = (new_id() for _ in range(4))
    erp.failing.add("customer")
    erp.is_open.set()
    put(device, customer, new_customer())
    put(device, dependent, submission("document", order(gateway.database, customer=None, new_customer=customer)))
    put(device, visit, _visit(gateway.database, customer))
    put(device, free, submission("document", order(gateway.database)))
    until(lambda: state_of(gateway.database, free) == "in_erp")
    gateway.restart()  # another round
    until(lambda: next(row.tries for row in rows(gateway.database) if row.id == customer) >= 2)
    assert [handed.id for handed in erp.delivered] == [free]
    erp.failing.clear()
    gateway.restart()
    until(lambda: {row.state for row in rows(gateway.database)} == {"in_erp"})
    assert [handed.id for handed in erp.delivered] == [free, customer, dependent, visit]
    assert "the ERP is away" in caplog.text


def test_that_an_order_of_a_customer_whom_the_erp_rejects_is_rejected_with_it(
    gateway: GatewayUnderTest, erp: Erp, device: Device
) -> None:
    erp.rejected_kinds.add("customer")
    customer, dependent, free = new_id(), new_id(), new_id()
    put(device, customer, new_customer())
    put(device, dependent, submission("document", order(gateway.database, customer=None, new_customer=customer)))
    put(device, free, submission("document", order(gateway.database)))
    erp.is_open.set()
    until(lambda: all(row.state != "received" for row in rows(gateway.database)))
    found = {row.id: (row.state, row.code) for row in rows(gateway.database)}
    assert found == {
        customer: ("rejected", "submission.refused_by_erp"),
        dependent: ("rejected", "submission.unknown_record"),
        free: ("in_erp", ""),
    }
    assert {handed.id for handed in erp.delivered} == {customer, free}


def test_that_a_record_is_decoded_and_checked_once_before_the_write_lock_is_taken(
    gateway: GatewayUnderTest, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoded: list[str] = []

    def noted(message: Submission, uploads: Uploads) -> Payload:
        with gateway.database.write(patience_s=1.0):
            decoded.append(message.kind)
        return decode(message, uploads)

    monkeypatch.setattr("salesapp.gateway.submissions.decode", noted)
    for body in (submission("document", order(gateway.database)), submission("customer", new_customer()["payload"])):
        receipt = put(device, new_id(), body).json()
        assert receipt["state"] == "received", receipt
    assert decoded == ["document", "customer"]
