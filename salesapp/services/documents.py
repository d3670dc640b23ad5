"""Orders and quotes: saves drafts, confirms documents for sending, withdraws and voids them."""

from datetime import date

import msgspec
from sqlalchemy import Connection

from salesapp.domain.ids import new_id
from salesapp.domain.objects.documents import Numerator
from salesapp.errors import DeviceError
from salesapp.protocol.limits import MAX_LINES
from salesapp.protocol.records import CustomerRecord, Document
from salesapp.services.files import kept_size, release_files, send_signature, void_files_of
from salesapp.store import outbox, records, undo
from salesapp.store.tokens import device_series
from salesapp.store.work import WorkStore


class TooLateError(Exception):
    """The document is confirmed, sent or voided, which rules out this change."""


def save_draft(
    work: WorkStore, document: Document, record_id: str | None = None, steps: undo.Steps | None = None
) -> str:
    """Saves a draft, which is never sent; returns the record's id. It has a number only if it was confirmed before.

    `steps` replaces the undo steps (see `store.undo`); None keeps them. Raises TooLateError
    if the document is not a draft (any more).
    """
    id_ = record_id or new_id()
    with work.write() as connection:
        number = _number_of_draft(connection, id_)
        records.save(connection, id_, "document", "draft", _numbered(document, number), number=number)
        if steps is not None:
            undo.keep(connection, id_, steps)
    return id_


def confirm(
    work: WorkStore,
    document: Document,
    numerator: Numerator | None,
    *,
    checkpoint: str,
    record_id: str | None = None,
    depends_on: str | None = None,
) -> str:
    """Numbers the document and puts it into the outbox, durably and in one transaction; returns the record's id.

    Sends its signature with it. The number belongs to the record: a withdrawn document keeps it when confirmed again
    and needs no `numerator`; a copy gets its own. `checkpoint` is the one it was priced at, `depends_on` the
    submission of a new customer. Raises TooLateError if the document is not a draft (any more), and DeviceError if
    it exceeds the gateway's limits; the document then stays as it was.
    """
    if len(document.lines) > MAX_LINES:
        raise DeviceError("device.too_many_lines", lines=len(document.lines), limit=MAX_LINES)
    id_ = record_id or new_id()
    series = device_series(work)
    signature = document.signature_sha256
    size = kept_size(work, signature) if signature else 0
    with work.write() as connection:
        number = _number_of_draft(connection, id_) or _next_number(connection, document, numerator, series)
        numbered = _numbered(document, number)
        submission = outbox.add(connection, "document", id_, numbered, depends_on=depends_on, checkpoint=checkpoint)
        records.save(connection, id_, "document", "confirmed", numbered, number=number, submission=submission)
        undo.forget(connection, id_)
        release_files(connection, id_, submission)
        send_signature(connection, id_, submission, signature, size)
    return id_


def reopen(work: WorkStore, record_id: str) -> Document:
    """Makes an unsent or rejected document a draft again. Raises TooLateError.

    It keeps its number, unless it was rejected because another document has the same one.
    """
    return _withdraw(work, record_id, "draft")


def put_back_confirmed(work: WorkStore, record_id: str, submission: str) -> None:
    """Restores the document and submission that `reopen` withdrew, after a cancelled edit.

    Raises TooLateError if it was confirmed again or voided meanwhile.
    """
    with work.write() as connection:
        _number_of_draft(connection, record_id)
        reinstated = outbox.reinstate(connection, submission)
        if reinstated is None:
            raise TooLateError(record_id)
        sent, payload = reinstated
        document = msgspec.json.decode(payload, type=Document)
        number = document.number
        records.save(connection, record_id, "document", "confirmed", document, number=number, submission=sent)
        undo.forget(connection, record_id)
        release_files(connection, record_id, sent)


def void(work: WorkStore, record_id: str) -> Document:
    """Cancels a document for good; it stays visible, and its number stays used. Raises TooLateError."""
    return _withdraw(work, record_id, "voided")


def delete_draft(work: WorkStore, record_id: str) -> None:
    """Deletes a draft; one with a number is voided instead and stays visible.

    Raises TooLateError if it is not a draft (any more).
    """
    with work.write() as connection:
        number = _number_of_draft(connection, record_id)
        undo.forget(connection, record_id)
        void_files_of(connection, record_id)
        if number is None:
            records.remove(connection, record_id)
            return
        records.void(connection, record_id)


def load(work: WorkStore, record_id: str) -> Document:
    """Returns the document of a record. Raises NoResultFound."""
    return records.load(work, record_id, Document).payload


def new_customer(work: WorkStore, submission: str) -> CustomerRecord | None:
    """Returns a customer added on this device by its submission; None if there is none."""
    with work.read() as connection:
        found = records.find_by_submission(connection, submission, CustomerRecord)
    return found.payload if found else None


def _withdraw(work: WorkStore, record_id: str, state: str) -> Document:
    with work.write() as connection:
        found = records.load_in(connection, record_id, Document)
        if found.state == "voided":
            raise TooLateError(record_id)
        if found.submission is not None and not outbox.withdraw(connection, found.submission):
            raise TooLateError(record_id)
        number = found.number
        if state == "draft" and found.submission and outbox.is_number_taken(connection, found.submission):
            number = None  # another document has it: this one gets a new one
        document = _numbered(found.payload, number)
        if state == "voided":
            void_files_of(connection, record_id)
        records.save(connection, record_id, "document", state, document, number=number)
    return document


def _number_of_draft(connection: Connection, record_id: str) -> str | None:
    """Returns the number that a record already has. Raises TooLateError unless it is new or a draft."""
    found = records.find_in(connection, record_id)
    if found is not None and found.state != "draft":
        raise TooLateError(record_id)
    return found.number if found else None


def _next_number(connection: Connection, document: Document, numerator: Numerator | None, series: str) -> str:
    if numerator is None:
        raise LookupError(document.type)  # `order_checks` makes sure that there is one
    return records.take_number(connection, numerator, series, date.fromisoformat(document.issued_on))


def _numbered(document: Document, number: str | None) -> Document:
    return msgspec.structs.replace(document, number=number or "")
