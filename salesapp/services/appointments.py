"""Plans, moves and carries out appointments, and completes or rejects them on the device.

An appointment stays one own record for its whole life. A visit in progress is a draft, saved at every step and
never sent; completing, rejecting, moving or cancelling it puts it into the outbox. An edit withdraws an unsent
submission and sends a new one.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import Connection

from salesapp import clock
from salesapp.domain import appointments as rules
from salesapp.domain.appointments import NotPossibleError, Slot
from salesapp.domain.ids import new_id
from salesapp.domain.objects.appointments import Answers, Appointment, Element
from salesapp.domain.objects.customers import Customer
from salesapp.protocol.records import AppointmentRecord, Document, ElementResult, FileRecord, TravelRecord
from salesapp.services.documents import TooLateError
from salesapp.services.elements import element_of, result_of
from salesapp.services.files import release_files, void_files_of
from salesapp.services.visits import AppointmentRef, elements_for, entry_of, find_appointment, open_visit
from salesapp.store import appointments as store
from salesapp.store import outbox, records
from salesapp.store.account_stores import AccountStores

KIND: Final = "appointment"
Change = Callable[[AppointmentRecord], AppointmentRecord]


class GoneError(Exception):
    """The appointment no longer exists."""


@dataclass(frozen=True, slots=True)
class Made:
    """An own document or travel entry that belongs to a visit."""

    record: str
    payload: Document | TravelRecord
    is_confirmed: bool

    @property
    def kind(self) -> str:
        """The document type, or "travel"."""
        return self.payload.type if isinstance(self.payload, Document) else "travel"


def add_planned(
    connection: Connection, appointment: AppointmentRecord, *, depends_on: str | None = None
) -> tuple[str, str]:
    """Puts a new appointment into the outbox in the caller's transaction; returns the ids of record and submission."""
    record_id = new_id()
    named = msgspec.structs.replace(appointment, record=record_id)
    submission = outbox.add(connection, KIND, record_id, named, depends_on=depends_on)
    records.save(connection, record_id, KIND, "confirmed", named, submission=submission)
    return record_id, submission


# Steps of a visit: a draft


def begin(stores: AccountStores, key: int | None, record: str) -> str:
    """Begins the visit, which becomes a draft; returns its record. Raises NotPossibleError."""
    return _save(stores, key, record, _begun)


def set_element(stores: AccountStores, key: int | None, record: str, position: int, element: Element) -> str:
    """Saves an element. Raises NotPossibleError before the office's approval and after the visit has ended."""

    def change(payload: AppointmentRecord) -> AppointmentRecord:
        elements = list(payload.elements)
        elements[position] = result_of(element)
        return msgspec.structs.replace(_begun(payload), elements=elements)

    return _save(stores, key, record, change)


def suspend(stores: AccountStores, key: int | None, record: str) -> str:
    """Suspends the visit; the draft stays."""

    def change(payload: AppointmentRecord) -> AppointmentRecord:
        rules.check(payload.state, "suspend")
        return msgspec.structs.replace(payload, state="suspended")

    return _save(stores, key, record, change)


def edit_again(stores: AccountStores, record: str) -> str:
    """Reopens a finished visit that is unsent or was rejected. Raises TooLateError."""

    def change(payload: AppointmentRecord) -> AppointmentRecord:
        state = "pending" if payload.actual_start else "confirmed"
        return msgspec.structs.replace(payload, state=state, actual_end="", reason="")

    seen = find_appointment(stores, record=record)
    if seen is None or seen.is_of_catalogue:
        raise TooLateError(record)
    return _save(stores, None, record, change)


def describe(stores: AccountStores, key: int | None, record: str, text: str) -> str:
    """Changes the description, also of an appointment waiting in the outbox. Raises TooLateError once it is sent."""
    seen, id_, payload = _found(stores, key, record)
    changed = msgspec.structs.replace(payload, description=text.strip())
    if changed == payload:
        return id_
    waits = seen.own is not None and not seen.is_of_catalogue and seen.own.receipt != "draft"
    if waits or payload.state == "unconfirmed":
        return _confirm(stores, id_, changed)
    if payload.state not in rules.OPEN_STATES and (seen.own is None or seen.is_of_catalogue):
        raise TooLateError(id_)
    return _keep(stores, id_, changed)


# The end of a visit, and changes of the plan: these go to the outbox


def complete(
    stores: AccountStores, key: int | None, record: str, *, reason: str = "", now: datetime | None = None
) -> str:
    """Completes the visit. Raises NotPossibleError if required elements are open and no reason is given."""
    _, id_, payload = _found(stores, key, record)
    rules.check(payload.state, "complete")
    rules.check_finish([element_of(one) for one in payload.elements], reason=reason)
    at = clock.timestamp(now)
    begun = payload.actual_start or at
    done = msgspec.structs.replace(
        payload, state="completed", actual_start=begun, actual_end=max(at, begun), reason=reason.strip()
    )
    return _confirm(stores, id_, done)


def reject(stores: AccountStores, key: int | None, record: str, reason: str) -> str:
    """Rejects the visit, before or after its beginning. Raises NotPossibleError without a reason."""
    _, id_, payload = _found(stores, key, record)
    rules.check(payload.state, "reject")
    if not reason.strip():
        raise NotPossibleError("reason_is_missing")
    return _confirm(stores, id_, msgspec.structs.replace(payload, state="rejected", reason=reason.strip()))


def cancel(stores: AccountStores, key: int | None, record: str, reason: str = "") -> str:
    """Cancels the appointment; one that was never sent is only voided."""
    _, id_, payload = _found(stores, key, record)
    rules.check(payload.state, "cancel")
    dropped = msgspec.structs.replace(payload, state="canceled", reason=reason.strip())
    if payload.appointment is None:
        with stores.work.write() as connection:
            if not store.was_tried(connection, id_):
                _take_back(connection, id_, dropped)
                void_files_of(connection, id_)
                records.save(connection, id_, KIND, "voided", dropped)
                return id_
    return _confirm(stores, id_, dropped)


def reschedule(stores: AccountStores, key: int | None, record: str, slot: Slot) -> str:
    """Moves the appointment; finished elements stay."""
    _, id_, payload = _found(stores, key, record)
    rules.check(payload.state, "reschedule")
    state = "unconfirmed" if payload.state == "unconfirmed" else "confirmed"
    return _confirm(stores, id_, msgspec.structs.replace(_at(payload, slot), state=state, actual_start=""))


def copy(stores: AccountStores, key: int | None, record: str, slot: Slot) -> str:
    """Copies the appointment to another time with all elements open; returns the new record."""
    _, _, payload = _found(stores, key, record)
    fresh = msgspec.structs.replace(
        _at(payload, slot),
        state="confirmed",
        appointment=None,
        actual_start="",
        actual_end="",
        reason="",
        elements=[
            ElementResult(kind=one.kind, name=one.name, state="open", required=one.required) for one in payload.elements
        ],
    )
    with stores.work.write() as connection:
        return add_planned(connection, fresh, depends_on=fresh.new_customer or None)[0]


def follow_up(stores: AccountStores, record: str) -> bool:
    """Completes elements whose order, quote or travel entry is confirmed; returns whether anything changed."""
    found = open_visit(stores, record=record)
    if found is None or "execute" not in found.can or found.visit.receipt != "draft":
        return False
    made = made_in(stores, record, found.visit.key)
    changed = False
    for position, element in enumerate(found.elements):
        kind = element.document_type if element.kind == "document" else "travel" if element.kind == "travel" else ""
        known = element.answers.records
        fresh = [one for one in made if one.kind == kind and one.is_confirmed and one.record not in known]
        if fresh and not element.is_done:
            answers = replace(element.answers, records=(*known, *(one.record for one in fresh)))
            set_element(stores, None, record, position, rules.completed(element, answers))
            made = [one for one in made if one not in fresh]
            changed = True
    return changed


def made_in(stores: AccountStores, record: str, key: int | None = None) -> list[Made]:
    """Returns the own documents and travel entries of a visit, each kind in the order of creation."""
    own: list[store.Own[TravelRecord] | store.Own[Document]] = [
        *reversed(store.own(stores.work, Document)),
        *reversed(store.own(stores.work, TravelRecord)),
    ]
    made = [Made(one.id, one.payload, is_confirmed=one.receipt != "draft") for one in own]
    return [one for one in made if _is_made_in(one.payload, record, key)]


def _is_made_in(payload: Document | TravelRecord, record: str, key: int | None) -> bool:
    if payload.appointment:
        return payload.appointment == record
    return isinstance(payload, TravelRecord) and key is not None and payload.visit == key


# The record


def _begun(payload: AppointmentRecord) -> AppointmentRecord:
    rules.check(payload.state, "execute")
    begun = payload.actual_start or clock.timestamp()
    return msgspec.structs.replace(payload, state="pending", actual_start=begun)


def _at(payload: AppointmentRecord, slot: Slot) -> AppointmentRecord:
    return msgspec.structs.replace(
        payload,
        planned_start=clock.timestamp(slot.start),
        planned_end=clock.timestamp(slot.end),
        is_full_day=slot.is_full_day,
    )


def _found(stores: AccountStores, key: int | None, record: str) -> tuple[AppointmentRef, str, AppointmentRecord]:
    """Returns the appointment, the id of its own record (new if it has none), and its payload. Raises GoneError."""
    seen = find_appointment(stores, key, record)
    entry = entry_of(stores, seen) if seen is not None else None
    if seen is None or entry is None:
        raise GoneError(record or str(key))
    id_ = seen.own.id if seen.own is not None else new_id()
    payload = _of_row(stores, entry, seen) if isinstance(entry, Appointment) else entry
    elements = [result_of(element) for element in elements_for(stores, entry)]
    key_ = seen.key or payload.appointment
    return seen, id_, msgspec.structs.replace(payload, record=id_, appointment=key_, elements=elements)


def _of_row(stores: AccountStores, row: Appointment, seen: AppointmentRef) -> AppointmentRecord:
    """Returns the row as a payload; keeps the office's customer if it belongs to a colleague."""
    is_known = stores.catalog.one(Customer, row.customer) is not None
    return AppointmentRecord(
        name=row.name,
        appointment_type=row.appointment_type,
        planned_start=row.planned_start,
        state=seen.state,
        planned_end=row.planned_end or "",
        actual_start=row.actual_start or "",
        actual_end=row.actual_end or "",
        is_full_day=row.is_full_day,
        customer=row.customer if is_known else None,
        template=row.template,
        reason=row.reason or "",
        description=row.description or "",
    )


def _save(stores: AccountStores, key: int | None, record: str, change: Change) -> str:
    _, id_, payload = _found(stores, key, record)
    return _keep(stores, id_, change(payload), before=payload)


def _keep(
    stores: AccountStores, id_: str, payload: AppointmentRecord, *, before: AppointmentRecord | None = None
) -> str:
    """Saves a draft, and withdraws its earlier submission in the same transaction."""
    with stores.work.write() as connection:
        _take_back(connection, id_, before or payload)
        if before is not None:
            _void_photos(connection, id_, payload.appointment, _photos_in(before) - _photos_in(payload))
        records.save(connection, id_, KIND, "draft", payload)
    return id_


def _confirm(stores: AccountStores, id_: str, payload: AppointmentRecord) -> str:
    """Puts the appointment and its photos into the outbox, durably and in one transaction."""
    with stores.work.write() as connection:
        before = records.find_in(connection, id_)
        was = before.payload if before else None
        _take_back(connection, id_, was if isinstance(was, AppointmentRecord) else payload)
        depends_on = store.waiting_submission(connection, id_) or payload.new_customer or None
        submission = outbox.add(connection, KIND, id_, payload, depends_on=depends_on)
        records.save(connection, id_, KIND, "confirmed", payload, submission=submission)
        release_files(connection, id_, submission)
        _send_photos(connection, payload, submission)
    return id_


def _take_back(connection: Connection, id_: str, before: AppointmentRecord) -> None:
    """Withdraws an unsent submission. A plan already being sent may go on; its successor is sent after it."""
    found = records.find_in(connection, id_)
    if found is None or found.state != "confirmed" or found.submission is None:
        return
    if not outbox.withdraw(connection, found.submission) and before.state not in rules.OPEN_STATES:
        raise TooLateError(id_)


def _send_photos(connection: Connection, payload: AppointmentRecord, submission: str) -> None:
    """Queues the photos that no earlier submission of the visit has sent."""
    owner, parent = payload.appointment, "" if payload.appointment is not None else submission
    there = {
        stored.payload.sha256
        for stored in _files(connection)
        if stored.state != "voided" and (stored.payload.owner, stored.payload.owner_submission) == (owner, parent)
    }
    for element in payload.elements:
        for photo in Answers.read(element.answers).photos:
            if photo.sha256 in there:
                continue
            file = FileRecord(
                owner_kind=KIND,
                file_name=photo.file_name,
                media_type=photo.media_type,
                size=photo.size,
                sha256=photo.sha256,
                owner=owner,
                owner_submission=parent,
                description=element.name,
                upload_to_erp=photo.upload_to_erp,
            )
            file_id = new_id()
            sent = outbox.add(connection, "file", file_id, file, depends_on=submission) if photo.upload_to_erp else None
            records.save(connection, file_id, "file", "confirmed", file, submission=sent)


def _files(connection: Connection) -> list[records.StoredRecord[FileRecord]]:
    """Returns the files of appointments."""
    return [stored for stored in records.find_all(connection, FileRecord) if stored.payload.owner_kind == KIND]


def _photos_in(payload: AppointmentRecord) -> set[tuple[str, bool]]:
    photos = (photo for element in payload.elements for photo in Answers.read(element.answers).photos)
    return {(photo.sha256, photo.upload_to_erp) for photo in photos}


def _void_photos(connection: Connection, id_: str, key: int | None, dropped: set[tuple[str, bool]]) -> None:
    """Voids unsent photos that were removed since an earlier submission of the visit."""
    if not dropped:
        return
    owners = outbox.carried(connection, id_)
    for stored in _files(connection):
        file = stored.payload
        is_of_visit = file.owner_submission in owners or (key is not None and file.owner == key)
        if stored.state != "confirmed" or not is_of_visit or (file.sha256, file.upload_to_erp) not in dropped:
            continue
        if stored.submission is None or outbox.withdraw(connection, stored.submission):
            records.void(connection, stored.id)
