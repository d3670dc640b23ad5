"""Uploads over a failing line: resumed at their offset, complete and stored once."""

import os
from collections.abc import Callable

import pytest

from salesapp.gateway.uploads import Uploads
from salesapp.protocol import limits
from salesapp.protocol.limits import MAX_UPLOAD_CHUNK_BYTES
from salesapp.protocol.paths import MARK_HEADER
from salesapp.protocol.records import FileRecord
from salesapp.services import documents, files
from salesapp.store.outbox import Outbox
from salesapp.store.work import WorkStore
from tests.conftest import GatewayUnderTest, Tablet
from tests.faulty_line import FaultyLine, http_answer
from tests.pictures import photo
from tests.sync.test_sending import NUMERATOR, order

CONTENT = photo(40) + os.urandom(4 * MAX_UPLOAD_CHUNK_BYTES)


@pytest.fixture
def work(tablet: Tablet) -> WorkStore:
    """Makes an order with a photo of five pieces, waiting to be sent."""
    assert tablet.begin().outcome == "ok"
    made = tablet.work()
    documents.confirm(made, order(tablet), NUMERATOR, checkpoint="1-a")
    owner = Outbox(made).items()[0].id
    stores = FileRecord(
        owner_kind="document",
        owner_submission=owner,
        file_name="photo.jpg",
        media_type="image/jpeg",
        size=0,
        sha256="",
    )
    files.add_file(made, stores, CONTENT)
    return made


def arrived(gateway: GatewayUnderTest, work: WorkStore) -> None:
    assert [(item.kind, item.state) for item in Outbox(work).items()] == [("document", "in_erp"), ("file", "in_erp")]
    assert [entry.kind for entry in gateway.connector.delivered] == ["document", "file"]
    sha256 = gateway.connector.delivered[1].payload["sha256"]
    assert Uploads.of(gateway.database.folder, "office").path(sha256).read_bytes() == CONTENT
    work.close()


def pieces(chosen: Callable[[int], bool]) -> Callable[[bytes], bool]:
    """Selects requests with pieces of files by their number."""
    count = 0

    def choose(head: bytes) -> bool:
        nonlocal count
        if not head.startswith(b"PATCH "):
            return False
        count += 1
        return chosen(count)

    return choose


@pytest.mark.parametrize("lost", [{1}, {3}, {5}, {1, 3, 5, 7}])
def test_that_a_piece_whose_answer_is_lost_counts_once(
    tablet: Tablet, gateway: GatewayUnderTest, work: WorkStore, lost: set[int]
) -> None:
    with FaultyLine(gateway.port, loses=pieces(lambda number: number in lost)) as line:
        tablet.url = line.url
        outcome = tablet.sync()
    assert (outcome.outcome, outcome.sent.rejected) == ("ok", 0)
    arrived(gateway, work)


@pytest.mark.parametrize("cut_after", [2, 4])
def test_that_an_interrupted_upload_resumes_at_its_offset_in_the_next_sync(
    tablet: Tablet, gateway: GatewayUnderTest, work: WorkStore, cut_after: int
) -> None:
    with FaultyLine(gateway.port, loses=pieces(lambda number: number > cut_after)) as line:
        tablet.url = line.url
        assert tablet.sync().outcome != "ok"
    assert [item.state for item in Outbox(work).items()] == ["received", "waiting"]
    sha256 = next(item.file.sha256 for item in Outbox(work).items() if item.file)
    there = Uploads.of(gateway.database.folder, "office").state(sha256).offset
    assert there > cut_after * MAX_UPLOAD_CHUNK_BYTES - 1
    tablet.url = None
    before = tablet.sync()
    assert before.outcome == "ok"
    assert before.bytes_up < len(CONTENT) - there + 20_000, "only what was missing went"
    arrived(gateway, work)


def test_that_a_file_damaged_on_the_way_is_resent_in_the_same_sync(
    tablet: Tablet, gateway: GatewayUnderTest, work: WorkStore
) -> None:
    sha256 = next(item.file.sha256 for item in Outbox(work).items() if item.file)
    uploads = Uploads.of(gateway.database.folder, "office")
    uploads.append(sha256, 0, len(CONTENT), b"damaged" * 100)
    assert tablet.sync().outcome == "ok"
    arrived(gateway, work)


def test_that_endless_conflicts_end_the_upload_but_not_the_sync(
    tablet: Tablet, gateway: GatewayUnderTest, work: WorkStore
) -> None:
    conflict = http_answer("409 No", b'{"code":"gateway.conflict"}', f"{MARK_HEADER}: x")

    def answer(head: bytes) -> bytes | None:
        return conflict if head.startswith(b"PATCH ") else None

    with FaultyLine(gateway.port, answer=answer) as line:
        tablet.url = line.url
        outcome = tablet.sync()
    assert (outcome.sent.accepted, outcome.sent.rejected) == (1, 1)
    work.close()


def test_that_a_file_over_the_quota_waits_and_the_rest_is_sent(
    tablet: Tablet, gateway: GatewayUnderTest, work: WorkStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    Uploads.of(gateway.database.folder, "office").append("0" * 64, 0, 10, b"x")
    monkeypatch.setattr(limits, "MAX_WAITING_FILES", 1)
    documents.confirm(work, order(tablet), NUMERATOR, checkpoint="1-a")
    outcome = tablet.sync()
    assert (outcome.sent.accepted, outcome.sent.rejected, outcome.sent.waiting) == (2, 0, 1)
    (file,) = [item for item in Outbox(work).items() if item.kind == "file"]
    assert (file.state, file.error_code) == ("waiting", "gateway.upload_quota")
    monkeypatch.undo()
    assert tablet.sync().outcome == "ok"
    assert {item.state for item in Outbox(work).items()} == {"in_erp"}
    work.close()
