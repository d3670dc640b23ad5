"""Orders and quotes: drafts that stay here, confirmed documents that go, withdrawn ones that stay visible."""

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
    """The document is confirmed, on its way or voided: it cannot be changed like this any more."""


def save_draft(
    work: WorkStore, document: Document, record_id: str | None = None, steps: undo.Steps | None = None
) -> str:
    """Saves a draft: it is never sent, and keeps a number only if it was confirmed before. Returns the record's id.

    `steps` are what can be undone from now on (see `store.undo`); None leaves them as they are. Raises TooLateError
    for a document that is no draft (any more).
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
    """Numbers the document and puts it into the outbox, in one transaction; once this returns it is not lost.

    What was drawn on it goes with it. The number is the record's own: one that was withdrawn and is confirmed again
    keeps it and needs no `numerator`, a copy gets another. `checkpoint` is the one it was priced at, `depends_on` the
    submission of a new customer. Raises TooLateError for a document that is no draft (any more): nothing is confirmed
    twice; DeviceError for one that no gateway would take, which stays as it was.
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
    """Withdraws the confirmation of a document that has not been sent, or was rejected.

    It keeps its number, unless it was rejected because another document has that one.
    """
    return _withdraw(work, record_id, "draft")


def put_back_confirmed(work: WorkStore, record_id: str, submission: str) -> None:
    """An edit was given up: the document is again what `reopen` withdrew, and goes as it would have gone.

    Raises TooLateError when it was confirmed anew or voided meanwhile.
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
    """Withdraws a document for good; its number stays used and it stays visible."""
    return _withdraw(work, record_id, "voided")


def delete_draft(work: WorkStore, record_id: str) -> None:
    """Removes a draft for good; one that has a number is voided instead and stays visible.

    Raises TooLateError for what is no draft (any more).
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
    """The document of a record; raises NoResultFound."""
    return records.load(work, record_id, Document).payload


def new_customer(work: WorkStore, submission: str) -> CustomerRecord | None:
    """A customer that was made on this device, by its submission; None when there is none."""
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
            number = None  # another document has it: this one gets its own
        document = _numbered(found.payload, number)
        if state == "voided":
            void_files_of(connection, record_id)
        records.save(connection, record_id, "document", state, document, number=number)
    return document


def _number_of_draft(connection: Connection, record_id: str) -> str | None:
    """The number that a record has already; raises TooLateError unless it is new or a draft."""
    found = records.find_in(connection, record_id)
    if found is not None and found.state != "draft":
        raise TooLateError(record_id)
    return found.number if found else None


def _next_number(connection: Connection, document: Document, numerator: Numerator | None, series: str) -> str:
    if numerator is None:
        raise LookupError(document.type)  # looked for before: see `order_checks`
    return records.take_number(connection, numerator, series, date.fromisoformat(document.issued_on))


def _numbered(document: Document, number: str | None) -> Document:
    return msgspec.structs.replace(document, number=number or "")
