"""Appointments: planned, moved, carried out step by step, completed or rejected on the device.

One appointment is one own record for its whole life here. A visit that has begun is a draft, saved at every step and
never sent; completing, rejecting, moving or cancelling it puts it into the outbox. An edit withdraws what was not sent
yet, and it goes again as a new submission.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Connection

from salesapp import clock
from salesapp.domain import appointments as rules
from salesapp.domain.appointments import Element, NotPossibleError, Slot
from salesapp.domain.ids import new_id
from salesapp.protocol.records import AppointmentRecord, ElementResult, FileRecord
from salesapp.services.documents import TooLateError
from salesapp.services.files import release_files, void_files_of
from salesapp.services.visits import AppointmentRef, elements_for, entry_of, find_seen, open_visit
from salesapp.store import appointments as store
from salesapp.store import outbox, records
from salesapp.store.account_stores import AccountStores

KIND: Final = "appointment"
Change = Callable[[AppointmentRecord], AppointmentRecord]


class GoneError(Exception):
    """The appointment is no longer there."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture taken in a visit: its content is kept on the device (`services.files.keep_content`)."""

    sha256: str
    file_name: str
    media_type: str
    size: int
    upload_to_erp: bool = True


def add_planned(
    connection: Connection, appointment: AppointmentRecord, *, depends_on: str | None = None
) -> tuple[str, str]:
    """A new own appointment into the outbox, in the caller's transaction; returns the ids of record and submission."""
    record_id = new_id()
    named = msgspec.structs.replace(appointment, record=record_id)
    submission = outbox.add(connection, KIND, record_id, named, depends_on=depends_on)
    records.save(connection, record_id, KIND, "confirmed", named, submission=submission)
    return record_id, submission


# Steps of a visit: a draft


def begin(stores: AccountStores, key: int | None, record: str) -> str:
    """The visit has begun: a draft from here on. Returns its record. Raises NotPossibleError."""
    return _save(stores, key, record, _begun)


def set_element(stores: AccountStores, key: int | None, record: str, position: int, element: Element) -> str:
    """One element as it is now. Raises NotPossibleError before the office's approval, and after the end."""

    def change(payload: AppointmentRecord) -> AppointmentRecord:
        elements = list(payload.elements)
        elements[position] = result_of(element)
        return msgspec.structs.replace(_begun(payload), elements=elements)

    return _save(stores, key, record, change)


def suspend(stores: AccountStores, key: int | None, record: str) -> str:
    """Goes on later: the draft stays."""

    def change(payload: AppointmentRecord) -> AppointmentRecord:
        rules.check(payload.state, "suspend")
        return msgspec.structs.replace(payload, state="suspended")

    return _save(stores, key, record, change)


def edit_again(stores: AccountStores, record: str) -> str:
    """Withdraws the end of a visit that was not sent yet, or was rejected. Raises TooLateError."""

    def change(payload: AppointmentRecord) -> AppointmentRecord:
        state = "pending" if payload.actual_start else "confirmed"
        return msgspec.structs.replace(payload, state=state, actual_end="", reason="")

    seen = find_seen(stores, record=record)
    if seen is None or seen.is_of_catalogue:
        raise TooLateError(record)
    return _save(stores, None, record, change)


def describe(stores: AccountStores, key: int | None, record: str, text: str) -> str:
    """The description, until it is sent; what waits in the outbox goes with the new one. Raises TooLateError."""
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


# The end, and changes of the plan: into the outbox


def complete(
    stores: AccountStores, key: int | None, record: str, *, reason: str = "", now: datetime | None = None
) -> str:
    """The visit is done. Raises NotPossibleError: open required elements need a reason."""
    _, id_, payload = _found(stores, key, record)
    rules.check(payload.state, "complete")
    rules.finished(rules.elements_of([], [msgspec.to_builtins(one) for one in payload.elements]), reason=reason)
    at = clock.timestamp(now)
    begun = payload.actual_start or at
    done = msgspec.structs.replace(
        payload, state="completed", actual_start=begun, actual_end=max(at, begun), reason=reason.strip()
    )
    return _confirm(stores, id_, done)


def reject(stores: AccountStores, key: int | None, record: str, reason: str) -> str:
    """The visit does not take place, or not to its end. Raises NotPossibleError without a reason."""
    _, id_, payload = _found(stores, key, record)
    rules.check(payload.state, "reject")
    if not reason.strip():
        raise NotPossibleError("reason_is_missing")
    return _confirm(stores, id_, msgspec.structs.replace(payload, state="rejected", reason=reason.strip()))


def cancel(stores: AccountStores, key: int | None, record: str, reason: str = "") -> str:
    """The plan is dropped; one that has never left this device is only voided."""
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
    """Moves it; what was done of it stays."""
    _, id_, payload = _found(stores, key, record)
    rules.check(payload.state, "reschedule")
    state = "unconfirmed" if payload.state == "unconfirmed" else "confirmed"
    return _confirm(stores, id_, msgspec.structs.replace(_at(payload, slot), state=state, actual_start=""))


def copy(stores: AccountStores, key: int | None, record: str, slot: Slot) -> str:
    """The same once more, at another time, with everything to do; returns the new record."""
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
    """Completes elements whose order, quote or travel entry was confirmed since; whether anything changed."""
    found = open_visit(stores, record=record)
    if found is None or "execute" not in found.can or found.visit.receipt != "draft":
        return False
    made = made_in(stores, record, found.visit.key)
    changed = False
    for position, element in enumerate(found.elements):
        kind = element.document_type if element.kind == "document" else "travel" if element.kind == "travel" else ""
        known = list(element.answers.get("records", ()))
        fresh = [one for one in made if one["kind"] == kind and one["is_confirmed"] and one["record"] not in known]
        if fresh and not element.is_done:
            answers = dict(element.answers) | {"records": [*known, *(one["record"] for one in fresh)]}
            set_element(stores, None, record, position, rules.completed(element, answers))
            made = [one for one in made if one not in fresh]
            changed = True
    return changed


def made_in(stores: AccountStores, record: str, key: int | None = None) -> list[dict[str, Any]]:
    """Own documents and travel entries of a visit: record, kind, number, is_confirmed, and the payload."""
    found = []
    for own in (*store.own(stores.work, "travel"), *store.own(stores.work, "document")):
        named = own.payload.get("appointment")
        if (record and named == record) or (not named and key is not None and own.payload.get("visit") == key):
            kind = own.payload.get("type") or "travel"
            made = {"record": own.id, "kind": kind, "is_confirmed": own.receipt != "draft", "payload": own.payload}
            found.append(made)
    return list(reversed(found))


def result_of(element: Element) -> ElementResult:
    return ElementResult(
        kind=element.kind,
        name=element.name,
        state=element.state,
        required=element.required,
        reason=element.reason,
        answers=dict(element.answers),
    )


def photos_of(element: Element | ElementResult) -> tuple[Photo, ...]:
    """Pictures that were added to an element."""
    return tuple(photo for entry in element.answers.get("files", ()) if (photo := _photo(entry)))


def _photo(entry: Any) -> Photo | None:
    """None for what an ERP wrote where a photo belongs."""
    try:
        return msgspec.convert(entry, Photo)
    except msgspec.ValidationError:
        return None


def with_photo(element: Element, photo: Photo) -> dict[str, Any]:
    """The element's answers with one more picture; one that is there already does not come twice."""
    there = photos_of(element)
    return with_photos(element, there if photo.sha256 in {one.sha256 for one in there} else (*there, photo))


def with_photos(element: Element, photos: Sequence[Photo]) -> dict[str, Any]:
    """The element's answers with these pictures and no others."""
    rest = {name: value for name, value in element.answers.items() if name != "files"}
    return rest | ({"files": [msgspec.to_builtins(photo) for photo in photos]} if photos else {})


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
    """The appointment, the id of its own record (a new one if need be), and its payload. Raises GoneError."""
    seen = find_seen(stores, key, record)
    if seen is None:
        raise GoneError(record or str(key))
    id_ = seen.own.id if seen.own is not None else new_id()
    entry = entry_of(stores, seen)
    payload = _of_row(stores, entry, seen) if seen.is_of_catalogue else msgspec.convert(entry, AppointmentRecord)
    elements = [result_of(element) for element in elements_for(stores, entry)]
    key_ = seen.key or payload.appointment
    return seen, id_, msgspec.structs.replace(payload, record=id_, appointment=key_, elements=elements)


def _of_row(stores: AccountStores, row: Mapping[str, Any], seen: AppointmentRef) -> AppointmentRecord:
    names = ("name", "appointment_type", "template", "planned_start", "planned_end", "actual_start", "actual_end",
             "is_full_day", "state", "reason", "description")  # fmt: skip
    given = {name: row[name] for name in names if row[name] is not None}
    is_known = stores.catalog.row("customers.customers", row["customer"]) is not None
    customer = row["customer"] if is_known else None  # another's customer stays what the office says
    return msgspec.convert(given | {"customer": customer, "state": seen.state}, AppointmentRecord)


def _save(stores: AccountStores, key: int | None, record: str, change: Change) -> str:
    _, id_, payload = _found(stores, key, record)
    return _keep(stores, id_, change(payload), before=payload)


def _keep(
    stores: AccountStores, id_: str, payload: AppointmentRecord, *, before: AppointmentRecord | None = None
) -> str:
    """As a draft, in one transaction with the withdrawal of what it was."""
    with stores.work.write() as connection:
        _take_back(connection, id_, before or payload)
        if before is not None:
            _void_photos(connection, id_, payload.appointment, _photos_in(before) - _photos_in(payload))
        records.save(connection, id_, KIND, "draft", payload)
    return id_


def _confirm(stores: AccountStores, id_: str, payload: AppointmentRecord) -> str:
    """Into the outbox with its pictures, in one transaction: once this returns it is not lost."""
    with stores.work.write() as connection:
        before = records.find_in(connection, id_)
        _take_back(connection, id_, _payload_of(before) if before else payload)
        depends_on = store.waiting_submission(connection, id_) or payload.new_customer or None
        submission = outbox.add(connection, KIND, id_, payload, depends_on=depends_on)
        records.save(connection, id_, KIND, "confirmed", payload, submission=submission)
        release_files(connection, id_, submission)
        _send_photos(connection, payload, submission)
    return id_


def _payload_of(stored: records.StoredRecord) -> AppointmentRecord:
    return msgspec.convert(stored.payload, AppointmentRecord)


def _take_back(connection: Connection, id_: str, before: AppointmentRecord) -> None:
    """Withdraws what was not sent yet. A plan that is on its way may go on: what follows is sent after it."""
    found = records.find_in(connection, id_)
    if found is None or found.state != "confirmed" or found.submission is None:
        return
    if not outbox.withdraw(connection, found.submission) and before.state not in rules.OPEN_STATES:
        raise TooLateError(id_)


def _send_photos(connection: Connection, payload: AppointmentRecord, submission: str) -> None:
    owner: dict[str, Any] = {"owner": payload.appointment}
    if payload.appointment is None:
        owner = {"owner_submission": submission}
    files = [entry for entry in records.find_all(connection, "file") if entry.state != "voided"]
    there = [entry.payload for entry in files if entry.payload["owner_kind"] == KIND]
    for element in payload.elements:
        for photo in _new_photos(photos_of(element), there, owner):
            file = FileRecord(
                owner_kind=KIND,
                file_name=photo.file_name,
                media_type=photo.media_type,
                size=photo.size,
                sha256=photo.sha256,
                description=element.name,
                upload_to_erp=photo.upload_to_erp,
                **owner,
            )
            file_id = new_id()
            sent = outbox.add(connection, "file", file_id, file, depends_on=submission) if photo.upload_to_erp else None
            records.save(connection, file_id, "file", "confirmed", file, submission=sent)


def _photos_in(payload: AppointmentRecord) -> set[tuple[str, bool]]:
    return {(photo.sha256, photo.upload_to_erp) for element in payload.elements for photo in photos_of(element)}


def _void_photos(connection: Connection, id_: str, key: int | None, dropped: set[tuple[str, bool]]) -> None:
    """Pictures that were taken out again after an earlier end of the visit: those that were not sent yet do not go."""
    if not dropped:
        return
    owners = outbox.carried(connection, id_)
    for file in records.find_all(connection, "file"):
        payload = file.payload
        is_of_visit = payload.get("owner_submission") in owners or (key is not None and payload.get("owner") == key)
        if file.state != "confirmed" or payload["owner_kind"] != KIND or not is_of_visit:
            continue
        if (payload["sha256"], payload.get("upload_to_erp", True)) in dropped and (
            file.submission is None or outbox.withdraw(connection, file.submission)
        ):
            records.save(connection, file.id, "file", "voided", payload)


def _new_photos(photos: Sequence[Photo], there: Sequence[dict[str, Any]], owner: Mapping[str, Any]) -> list[Photo]:
    """Those that were not sent with an earlier end of the same visit."""
    (name, value) = next(iter(owner.items()))
    known = {entry["sha256"] for entry in there if entry.get(name) == value}
    return [photo for photo in photos if photo.sha256 not in known]
