"""Quotas of a user at the gateway: records beyond them are not stored, and may be sent later."""

import json
import threading
import uuid
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from salesapp import clock
from salesapp.clock import timestamp
from salesapp.gateway import accounts, submissions
from salesapp.gateway.connectors.base import DeliveredSubmission, Delivery
from salesapp.gateway.quotas import Quotas
from salesapp.gateway.tables import record, submission, tombstone
from tests.company import ListConnector
from tests.conftest import GatewayUnderTest
from tests.gateway.client import Answer, Device, device_of, new_customer, order
from tests.gateway.client import submission as message
from tests.gateway.test_uploads import send_whole
from tests.pictures import photo


class Deaf(ListConnector):
    """An ERP that makes no decisions."""

    def deliver(self, delivered: DeliveredSubmission) -> Delivery:
        return Delivery("received")


def limited(gateway: GatewayUnderTest, quotas: Quotas) -> Device:
    """Returns a device of a gateway with these quotas and an undecided ERP."""
    gateway.stop()
    gateway.quotas, gateway.connector = quotas, Deaf(gateway.connector.company)
    gateway.start()
    return device_of(gateway)


def put(device: Device, content: dict[str, Any], id_: str = "") -> Answer:
    return device.send("PUT", f"/v1/submissions/{id_ or uuid.uuid4()}", content)


def held(gateway: GatewayUnderTest) -> int:
    with gateway.database.read() as connection:
        return int(connection.execute(select(func.count()).select_from(submission)).scalar_one())


def a_day_later(gateway: GatewayUnderTest) -> None:
    """Makes everything look a day older."""
    with gateway.database.write() as connection:
        earlier = timestamp(clock.now() - timedelta(hours=25))
        connection.execute(update(submission).values(received_at=earlier))


def large(characters: int = 9_000) -> dict[str, Any]:
    return message("customer", {"name": "Shop", "addresses": [{"kind": "main"}], "notes": "x" * characters})


@pytest.mark.parametrize("quotas", [Quotas(records_a_day=3), Quotas(bytes_a_day=30_000)], ids=["number", "bytes"])
def test_that_a_users_records_per_day_are_limited(gateway: GatewayUnderTest, quotas: Quotas) -> None:
    device = limited(gateway, quotas)
    ids = [str(uuid.uuid4()) for _ in range(3)]
    receipts = [put(device, large(), id_) for id_ in ids]
    assert [receipt.status for receipt in receipts] == [200] * 3
    later = str(uuid.uuid4())
    for _ in range(3):
        answer = put(device, large(), later)
        assert (answer.status, answer.code) == (507, "gateway.record_quota")
        assert answer.json()["params"]["records"] == "3"
    assert held(gateway) == 3
    assert put(device, large(), ids[0]).body == receipts[0].body, "what is known is answered all the same"
    assert put(device_of(gateway, "rep1"), new_customer()).status == 200, "others have theirs"
    a_day_later(gateway)
    assert put(device, large(), later).json()["state"] == "received"


@pytest.mark.parametrize("quotas", [Quotas(undelivered=3), Quotas(undelivered_bytes=30_000)], ids=["number", "bytes"])
def test_that_records_that_wait_for_the_erp_are_limited(gateway: GatewayUnderTest, quotas: Quotas) -> None:
    device = limited(gateway, quotas)
    for _ in range(3):
        assert put(device, large()).status == 200
        a_day_later(gateway)
    answer = put(device, large())
    assert (answer.status, answer.code) == (507, "gateway.undelivered_quota")
    with gateway.database.write() as connection:
        connection.execute(update(submission).values(state="in_erp"))
    assert put(device, large()).status == 200


class RowsOnly:
    """A source of rows that accepts no records, like a folder of files."""

    def __init__(self, connector: ListConnector) -> None:
        self.objects, self.rows, self.media = connector.objects, connector.rows, connector.media


def test_that_records_for_the_back_office_have_no_limit_and_no_delivery(gateway: GatewayUnderTest) -> None:
    gateway.stop()
    source: Any = RowsOnly(gateway.connector)
    gateway.quotas, gateway.connector = Quotas(undelivered=3), source
    gateway.start()
    assert "delivery" not in {thread.name for thread in threading.enumerate()}
    device = device_of(gateway)
    assert [put(device, large()).json()["state"] for _ in range(5)] == ["received"] * 5


def send_photo(device: Device, content: bytes, owner: str) -> Answer:
    file = {"owner_kind": "customer", "file_name": "photo.jpg", "media_type": "image/jpeg", "size": len(content)}
    return put(device, message("file", file | {"sha256": send_whole(device, content), "owner_submission": owner}))


@pytest.mark.parametrize("is_a_day", [True, False], ids=["of a day", "of all"])
def test_that_files_have_a_quota_of_bytes(gateway: GatewayUnderTest, is_a_day: bool) -> None:
    photos = [photo(side) for side in (200, 220, 240)]
    most = sum(map(len, photos)) - 1
    device = limited(gateway, Quotas(file_bytes_a_day=most) if is_a_day else Quotas(file_bytes=most))
    owner = str(uuid.uuid4())
    assert put(device, new_customer(), owner).status == 200
    assert [send_photo(device, content, owner).status for content in photos[:2]] == [200, 200]
    answer = send_photo(device, photos[2], owner)
    assert (answer.status, answer.code) == (507, "gateway.file_quota")
    a_day_later(gateway)
    assert send_photo(device, photos[2], owner).status == (200 if is_a_day else 507)


def states_of_records(gateway: GatewayUnderTest) -> int:
    """Counts the rows with states of records."""
    with gateway.database.read() as connection:
        query = select(func.count()).where(record.c.object == submissions.DOCUMENT_STATES)
        return int(connection.execute(query).scalar_one())


def test_that_few_refused_records_are_kept_and_little_of_each(
    gateway: GatewayUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(submissions, "MOST_REFUSED", 3)
    device = device_of(gateway)
    wrong = message("document", order(gateway.database, number="", description="x" * 9_000) | {"more": "x" * 900_000})
    before, rows = gateway.database.path.stat().st_size, states_of_records(gateway)
    ids = [str(uuid.uuid4()) for _ in range(6)]
    receipts = {id_: put(device, wrong, id_).json() for id_ in ids}
    assert {receipt["state"] for receipt in receipts.values()} == {"rejected"}
    assert held(gateway) == 6, "for a day all of them are kept"
    assert put(device, wrong, ids[0]).json() == receipts[ids[0]]
    a_day_later(gateway)
    assert put(device, wrong).json()["state"] == "rejected"
    assert held(gateway) == 3, "the newest"
    assert states_of_records(gateway) == rows + 3, "tablets are told of no others"
    with gateway.database.read() as connection:
        payloads = connection.execute(select(submission.c.payload)).scalars().all()
        buried = select(func.count()).select_from(tombstone).where(tombstone.c.object == submissions.DOCUMENT_STATES)
        assert connection.execute(buried).scalar_one() == 4
    assert [list(json.loads(payload)) for payload in payloads] == [["left_out"]] * 3
    assert gateway.database.path.stat().st_size - before < 1_000_000


def test_that_sessions_that_ended_are_removed(gateway: GatewayUnderTest) -> None:
    def sessions() -> int:
        with gateway.database.read() as connection:
            return int(connection.execute(select(func.count()).select_from(accounts.session)).scalar_one())

    def age(**values: int) -> None:
        with gateway.database.write() as connection:
            changes = {name: timestamp(clock.now() - timedelta(days=days)) for name, days in values.items()}
            connection.execute(update(accounts.session).values(changes))

    for column, days in (("used_at", accounts.INACTIVE_DAYS + 1), ("created_at", accounts.ABSOLUTE_DAYS + 1)):
        device_of(gateway, "rep1")
        age(**{column: days})
        kept = device_of(gateway, "rep2")
        assert sessions() == 1, "by the next logon"
        age(**{column: days})
        assert kept.manifest().code == "auth.required"
        assert sessions() == 0, "by its own request"
        kept = device_of(gateway, "rep2")
        assert sessions() == 1
        assert kept.manifest().status == 200
        assert kept.send("POST", "/v1/logout").status == 200
    for _ in range(accounts.MOST_SESSIONS_OF_A_DEVICE + 5):
        newest = device_of(gateway, "rep1")
    other = device_of(gateway, "rep1", "another")
    assert sessions() == accounts.MOST_SESSIONS_OF_A_DEVICE + 1
    assert newest.manifest().status == other.manifest().status == 200
