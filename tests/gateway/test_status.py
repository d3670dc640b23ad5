"""The status of a gateway for the back office: published rows, rows set aside and why, and submissions."""

import uuid

from sqlalchemy import select

from salesapp.domain.catalogue import CATALOGUE
from salesapp.gateway.folder import create
from salesapp.gateway.segments import SegmentFiles
from salesapp.gateway.status import GatewayStatus, SetAsideRow, gateway_status
from salesapp.gateway.tables import segment
from tests.conftest import GatewayUnderTest
from tests.gateway.client import device_of, new_customer, order, submission


def status(gateway: GatewayUnderTest) -> GatewayStatus:
    with gateway.database.read() as connection:
        return gateway_status(connection, CATALOGUE)


def test_that_an_empty_gateway_has_a_status(gateway: GatewayUnderTest) -> None:
    database = create(gateway.database.folder.parent / "empty")
    with database.read() as connection:
        found = gateway_status(connection, CATALOGUE)
    database.close()
    assert (found.checkpoint, found.published_at, found.revision, found.users, found.devices) == (None, None, 0, 0, 0)
    assert [entry.key for entry in found.objects] == [entry.key for entry in CATALOGUE.all]
    assert {(entry.rows, entry.segments, entry.bytes, entry.set_aside) for entry in found.objects} == {(0, 0, 0, 0)}
    assert found.gateway != status(gateway).gateway


def test_that_rows_segments_and_bytes_are_those_of_the_newest_checkpoint(gateway: GatewayUnderTest) -> None:
    gateway.connector.company["items.forms"]["I1"]["name"] = "Renamed"
    gateway.take()
    manifest = device_of(gateway).manifest().json()
    found = status(gateway)
    assert found.checkpoint == manifest["checkpoint"]
    assert manifest["checkpoint"].startswith(f"{found.revision}-")
    counts = {plan["key"]: plan["count"] for plan in manifest["objects"]}
    assert {entry.key: entry.rows for entry in found.objects} == counts
    files = SegmentFiles(gateway.database.folder)
    with gateway.database.read() as connection:
        used = connection.execute(select(segment).where(segment.c.superseded_at.is_(None))).all()
    for entry in found.objects:
        sizes = [files.path(row.sha256).stat().st_size for row in used if row.object == entry.key]
        assert (entry.segments, entry.bytes) == (len(sizes), sum(sizes)), entry.key
    assert (found.users, found.devices) == (3, 1)


def test_that_rows_set_aside_have_a_reason_until_they_fit(gateway: GatewayUnderTest) -> None:
    company = gateway.connector.company
    first = company["items.prices"]["I1-RETAIL"]
    company["items.prices"]["lost"] = first | {"item": "I9"}
    company["items.prices"]["without a list"] = first | {"price_type": None}
    company["attachments.images"]["M3"] = company["attachments.images"]["M1"] | {"sha256": "0" * 64}
    company["items.units"]["chain"] = {"item": "I9", "unit": "BOX", "numerator": 1_000_000, "denominator": 1_000_000}
    gateway.take()
    found = status(gateway)
    aside = {(row.object, row.erp_key): row for row in found.set_aside}
    assert aside["items.prices", "lost"] == SetAsideRow("items.prices", "lost", "item", "items.forms", "I9", "missing")
    assert aside["items.prices", "without a list"].field == "price_type"
    assert aside["attachments.images", "M3"].reason == "content"
    assert aside["items.units", "chain"].parent_key == "I9"
    counted = {entry.key: entry.set_aside for entry in found.objects if entry.set_aside}
    assert counted == {key: sum(row.object == key for row in found.set_aside) for key in counted}
    assert sum(counted.values()) == len(found.set_aside)
    company["items.forms"]["I9"] = company["items.forms"]["I1"] | {"code": "I9"}
    gateway.take()
    left = {(row.object, row.erp_key) for row in status(gateway).set_aside}
    assert left == set(aside) - {("items.prices", "lost"), ("items.units", "chain")}


def test_that_submissions_are_counted_by_their_state(gateway: GatewayUnderTest) -> None:
    device = device_of(gateway)
    gateway.connector.rejected_kinds.add("document")
    assert status(gateway).submissions == {}
    bodies = [new_customer("One"), new_customer("Two"), new_customer(" ")]
    bodies.append(submission("document", order(gateway.database)))
    for body in bodies:
        device.send("PUT", f"/v1/submissions/{uuid.uuid4()}", body)
    device.manifest()  # waits for the delivery
    assert status(gateway).submissions == {"in_erp": 2, "rejected": 2}
