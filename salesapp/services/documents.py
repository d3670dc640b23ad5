"""Orders and quotes: drafts that stay here, confirmed documents that go, withdrawn ones that stay visible."""

from datetime import date

import msgspec

from salesapp.domain.ids import new_id
from salesapp.domain.numbering import Numerator
from salesapp.protocol.records import Document
from salesapp.store import outbox, records
from salesapp.store.tokens import device_series
from salesapp.store.work import WorkStore


class TooLateError(Exception):
    """Sending has begun: the document cannot be changed or withdrawn any more."""


def save_draft(work: WorkStore, document: Document, record_id: str | None = None) -> str:
    """Saves a draft: it has no number and is never sent. Returns the record's id."""
    id_ = record_id or new_id()
    with work.write() as connection:
        records.save(connection, id_, "document", "draft", msgspec.structs.replace(document, number=""))
    return id_


def confirm(
    work: WorkStore,
    document: Document,
    numerator: Numerator,
    *,
    checkpoint: str,
    record_id: str | None = None,
    depends_on: str | None = None,
) -> str:
    """Numbers the document and puts it into the outbox, in one transaction; once this returns it is not lost.

    A document that was withdrawn and is confirmed again keeps its number. `checkpoint` is the one it was priced at,
    `depends_on` the submission of a new customer.
    """
    id_ = record_id or new_id()
    series = device_series(work)
    with work.write() as connection:
        number = document.number or records.take_number(
            connection, numerator, series, date.fromisoformat(document.issued_on)
        )
        numbered = msgspec.structs.replace(document, number=number)
        submission = outbox.add(connection, "document", id_, numbered, depends_on=depends_on, checkpoint=checkpoint)
        records.save(connection, id_, "document", "confirmed", numbered, number=number, submission=submission)
    return id_


def reopen(work: WorkStore, record_id: str) -> Document:
    """Withdraws the confirmation of a document that has not been sent, for editing; it keeps its number."""
    return _withdraw(work, record_id, "draft")


def void(work: WorkStore, record_id: str) -> Document:
    """Withdraws a document for good; its number stays used and it stays visible."""
    return _withdraw(work, record_id, "voided")


def _withdraw(work: WorkStore, record_id: str, state: str) -> Document:
    with work.write() as connection:
        found = records.load_in(connection, record_id)
        if found.submission is not None and not outbox.withdraw(connection, found.submission):
            raise TooLateError(record_id)
        document = msgspec.convert(found.payload, Document)
        records.save(connection, record_id, "document", state, document, number=found.number)
    return document
