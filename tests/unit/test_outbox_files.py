"""Files and orders of a record that is rejected, corrected or voided: they wait, follow it, and never get stuck."""

import msgspec
import pytest

from salesapp.protocol.messages import Receipt, Submission
from salesapp.protocol.records import CustomerRecord, Document, FileRecord
from salesapp.services import customers, documents, files
from salesapp.store import records
from salesapp.store.outbox import Outbox, OutboxItem
from salesapp.store.work import WorkStore
from tests.unit.test_outbox import NUMERATOR, ORDER, PHOTO, confirmed, received, rejected, work

__all__ = ["work"]


def photo_of(work: WorkStore, owner: str) -> str:
    """Adds a file to a submission; returns its record."""
    return files.add_file(work, msgspec.structs.replace(PHOTO, owner_submission=owner), b"photo")


def refused(work: WorkStore, submission: str, field: str = "owner_submission") -> None:
    """Refuses it because its owner does not exist."""
    params = {"field": field}
    receipt = Receipt(id=submission, state="rejected", code="submission.unknown_record", field=field, params=params)
    if Outbox(work).item(submission).state == "waiting":
        Outbox(work).freeze(submission)
    Outbox(work).record_receipt(submission, receipt)


def item_of(work: WorkStore, record: str) -> OutboxItem:
    submission = records.load(work, record).submission
    assert submission is not None
    return Outbox(work).item(submission)


def test_that_a_file_that_was_rejected_with_its_document_is_resent_with_it(work: WorkStore) -> None:
    record, submission = confirmed(work)
    file = photo_of(work, submission)
    received(work, submission)
    refused(work, item_of(work, file).id)  # the ERP rejected the document, and so its file
    Outbox(work).settle([Receipt(id=submission, state="rejected", code="submission.refused_by_erp")])
    assert (item_of(work, file).state, Outbox(work).due()) == ("waiting", []), "it waits for its document"
    document = documents.reopen(work, record)
    documents.confirm(work, document, NUMERATOR, checkpoint="1-a", record_id=record)
    again = item_of(work, file)
    fresh = item_of(work, record)
    assert (again.state, again.depends_on) == ("waiting", fresh.id)
    assert [item.kind for item in Outbox(work).due()] == ["document"], "it waits for its document"
    received(work, fresh.id)
    assert [item.id for item in Outbox(work).due()] == [again.id]
    sent = msgspec.json.decode(Outbox(work).freeze(again.id), type=Submission)
    assert sent.payload["owner_submission"] == fresh.id
    assert records.load(work, file, FileRecord).payload.owner_submission == fresh.id


def test_that_a_file_with_a_late_answer_follows_the_corrected_document_too(work: WorkStore) -> None:
    record, submission = confirmed(work)
    file = photo_of(work, submission)
    received(work, submission)
    tried = item_of(work, file).id
    Outbox(work).freeze(tried)  # and its answer was lost
    Outbox(work).settle([Receipt(id=submission, state="rejected", code="submission.refused_by_erp")])
    document = documents.reopen(work, record)
    documents.confirm(work, document, NUMERATOR, checkpoint="1-a", record_id=record)
    assert item_of(work, file).id == tried, "what may be at the gateway is asked about first"
    refused(work, tried)
    assert (item_of(work, file).state, item_of(work, file).depends_on) == ("waiting", item_of(work, record).id)


def test_that_an_order_and_its_photo_follow_their_corrected_customer(work: WorkStore) -> None:
    owner, customer = customers.save_customer(work, CustomerRecord(name="New", addresses=[]))
    order = msgspec.structs.replace(ORDER, customer=None, new_customer=customer)
    record, submission = confirmed(work, order, depends_on=customer)
    file = photo_of(work, submission)
    received(work, customer)
    received(work, submission)
    Outbox(work).settle([Receipt(id=customer, state="rejected", code="submission.refused_by_erp")])
    refused(work, submission, "new_customer")
    refused(work, item_of(work, file).id)
    _, mended = customers.save_customer(work, CustomerRecord(name="Mended", addresses=[]), owner)
    assert item_of(work, record).depends_on == mended
    assert item_of(work, file).depends_on == item_of(work, record).id
    assert records.load(work, record, Document).payload.new_customer == mended
    assert records.load(work, record).number == "1/03/X", "under its number"
    for name in (mended, item_of(work, record).id, item_of(work, file).id):
        assert [item.id for item in Outbox(work).due()] == [name]
        received(work, name)


def test_that_a_file_rejected_for_its_own_reason_stays_rejected(work: WorkStore) -> None:
    record, submission = confirmed(work)
    file = photo_of(work, submission)
    received(work, submission)
    refused(work, item_of(work, file).id, "sha256")
    Outbox(work).settle([Receipt(id=submission, state="rejected", code="submission.refused_by_erp")])
    documents.confirm(work, documents.reopen(work, record), NUMERATOR, checkpoint="1-a", record_id=record)
    assert item_of(work, file).state == "rejected"


@pytest.mark.parametrize("way", ["void", "delete"])
def test_that_voiding_a_document_voids_its_waiting_files(work: WorkStore, way: str) -> None:
    record, submission = confirmed(work)
    file, other = photo_of(work, submission), confirmed(work)
    kept = photo_of(work, other[1])
    if way == "void":
        documents.void(work, record)
    else:
        documents.reopen(work, record)
        documents.delete_draft(work, record)
    assert records.load(work, file).state == "voided"
    assert records.load(work, kept).state == "confirmed"
    assert [item.state for item in Outbox(work).items() if item.kind == "file"] == ["withdrawn", "waiting"]


def test_that_voiding_a_rejected_document_leaves_no_file(work: WorkStore) -> None:
    record, submission = confirmed(work)
    file = photo_of(work, submission)
    rejected(work, submission)
    assert Outbox(work).due() == []
    documents.void(work, record)
    assert records.load(work, file).state == "voided"


@pytest.mark.parametrize("is_tried_before", [True, False])
def test_that_an_order_corrected_after_its_customer_names_the_sent_customer(
    work: WorkStore, is_tried_before: bool
) -> None:
    owner, customer = customers.save_customer(work, CustomerRecord(name="New", addresses=[]))
    order = msgspec.structs.replace(ORDER, customer=None, new_customer=customer)
    record, submission = confirmed(work, order, depends_on=customer)
    received(work, customer)
    if is_tried_before:
        rejected(work, submission)  # for its own reason
    else:
        Outbox(work).freeze(submission)  # and its answer was lost
    Outbox(work).settle([Receipt(id=customer, state="rejected", code="submission.refused_by_erp")])
    _, mended = customers.save_customer(work, CustomerRecord(name="Mended", addresses=[]), owner)
    if not is_tried_before:
        rejected(work, submission)
    document = documents.reopen(work, record)
    assert document.new_customer == mended
    documents.confirm(work, document, NUMERATOR, checkpoint="1-a", record_id=record, depends_on=document.new_customer)
    received(work, mended)
    assert [item.id for item in Outbox(work).due()] == [item_of(work, record).id]
