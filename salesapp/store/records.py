"""The records that a representative makes, in work.db; a change and its outbox row share a transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar, overload

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, true, update
from sqlalchemy.exc import NoResultFound

from salesapp import clock
from salesapp.domain.objects.documents import Numerator
from salesapp.protocol.forms import cleaned
from salesapp.protocol.messages import SubmissionKind
from salesapp.protocol.records import PAYLOADS, FileRecord, Payload
from salesapp.store.tables import numbering, outbox, record
from salesapp.store.work import WorkStore

P = TypeVar("P", bound=Payload, covariant=True)
Given = TypeVar("Given", bound=Payload)


class Unreadable(Payload, frozen=True):
    """Stands for a payload that is not in the form of its kind; `text` is the JSON as it is stored."""

    text: str


class Outline(Payload, frozen=True, forbid_unknown_fields=False):
    """What lists show of a payload of any kind: these of its fields; it has the defaults of those that it lacks.

    Lines and elements are counted and not read, which takes most of the time that a long document takes.
    """

    type: str = ""
    customer: int | None = None
    new_customer: str = ""
    customer_name: str = ""
    name: str = ""
    gross: str = ""
    currency: str = ""
    lines: tuple[msgspec.Raw, ...] = ()
    elements: tuple[msgspec.Raw, ...] = ()
    started_km: int = 0
    ended_km: int | None = None
    departure: str = ""
    destination: str = ""
    purpose: str = ""
    owner_kind: str = ""
    owner: int | None = None
    owner_submission: str = ""
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class StoredRecord(Generic[P]):
    """A record; `submission_state` is the state of the outbox row that carries it."""

    id: str
    kind: SubmissionKind
    state: str
    number: str | None
    payload: P
    submission: str | None
    submission_state: str | None
    changed_at: str


def save(
    connection: Connection,
    record_id: str,
    kind: SubmissionKind,
    state: str,
    payload: Any,
    *,
    number: str | None = None,
    submission: str | None = None,
    story: Any = None,
) -> None:
    """Writes a new or changed record in the caller's transaction. `story` is kept beside a change."""
    values = {
        "state": state,
        "number": number,
        "payload": msgspec.json.encode(cleaned(payload)).decode(),
        "submission": submission,
        "changed_at": clock.timestamp(),
        "story": msgspec.json.encode(story).decode() if story is not None else None,
    }
    changed = connection.execute(update(record).where(record.c.id == record_id).values(values))
    if not changed.rowcount:
        connection.execute(insert(record).values(id=record_id, kind=kind, created_at=clock.timestamp(), **values))


def void(connection: Connection, record_id: str) -> None:
    """Marks a record as one that is not sent, in the caller's transaction; its payload stays."""
    values = {"state": "voided", "submission": None, "changed_at": clock.timestamp()}
    connection.execute(update(record).where(record.c.id == record_id).values(values))


@overload
def load(work: WorkStore, record_id: str) -> StoredRecord[Payload]: ...


@overload
def load(work: WorkStore, record_id: str, kind: type[P]) -> StoredRecord[P]: ...


def load(work: WorkStore, record_id: str, kind: type[Payload] = Payload) -> StoredRecord[Payload]:
    """Returns one record with a payload of this class; raises NoResultFound."""
    with work.read() as connection:
        return load_in(connection, record_id, kind)


def load_in(connection: Connection, record_id: str, kind: type[P]) -> StoredRecord[P]:
    """Returns one record with a payload of this class; raises NoResultFound."""
    found = _found(connection, record.c.id == record_id, kind)
    if not found:
        raise NoResultFound(record_id)
    return found[0]


def find_in(connection: Connection, record_id: str) -> StoredRecord[Payload] | None:
    return next(iter(_found(connection, record.c.id == record_id, Payload)), None)


def find_by_submission(connection: Connection, submission: str, kind: type[P]) -> StoredRecord[P] | None:
    """Returns the record that a submission carries or carried, even one replaced since."""
    owner = select(outbox.c.record).where(outbox.c.id == submission).scalar_subquery()
    return next(iter(_found(connection, record.c.id == owner, kind)), None)


def find_confirmed(connection: Connection, number: str, kind: type[P]) -> StoredRecord[P] | None:
    """Returns the confirmed document with this number, or None."""
    where = (record.c.number == number) & (record.c.state == "confirmed")
    return next(iter(_found(connection, where, kind)), None)


def find_returns(connection: Connection, kind: type[P]) -> list[StoredRecord[P]]:
    """Returns the confirmed returns, without reading other documents."""
    where = record.c.payload.contains('"type":"sales_return"') & (record.c.state == "confirmed")
    return _found(connection, where, kind)


def find_all(connection: Connection, kind: type[P], state: str = "") -> list[StoredRecord[P]]:
    """Returns the records with payloads of this class, in this state or in any, last changed first.

    A long document takes a tenth of a millisecond to read: name the state where only that one is wanted.
    """
    kinds = [name for name, payload in PAYLOADS.items() if issubclass(payload, kind)]
    is_wanted = record.c.state == state if state else true()
    return _found(connection, record.c.kind.in_(kinds) & is_wanted, kind)


def find_outlines(connection: Connection, record_id: str = "") -> list[StoredRecord[Outline]]:
    """Returns the outlines of all records or of one, last changed first; an empty one for what cannot be read."""
    where = record.c.id == record_id if record_id else true()
    return [_stored(row, _outline(row.payload)) for row in _rows(connection, where)]


def _outline(text: str) -> Outline:
    try:
        return msgspec.json.decode(text, type=Outline)
    except msgspec.DecodeError:
        return Outline()


def payload_of(kind: SubmissionKind, text: str) -> Payload:
    """Returns the payload that a JSON text holds; `Unreadable` if it is not in the form of its kind."""
    try:
        return msgspec.json.decode(text, type=PAYLOADS[kind])
    except msgspec.DecodeError:
        return Unreadable(text)


def file_name(connection: Connection, sha256: str) -> str:
    """Returns the name of an added file; the beginning of its digest if no record names it."""
    files = (stored.payload for stored in find_all(connection, FileRecord))
    return next((file.file_name for file in files if file.sha256 == sha256), sha256[:12])


def remove(connection: Connection, record_id: str) -> None:
    """Deletes a record in the caller's transaction."""
    connection.execute(delete(record).where(record.c.id == record_id))


def _found(connection: Connection, where: ColumnElement[bool], kind: type[P]) -> list[StoredRecord[P]]:
    return [
        _stored(row, payload)
        for row in _rows(connection, where)
        if isinstance(payload := payload_of(row.kind, row.payload), kind)
    ]


def _rows(connection: Connection, where: ColumnElement[bool]) -> Iterable[Row[Any]]:
    return connection.execute(
        select(record, outbox.c.state.label("submission_state"))
        .outerjoin(outbox, outbox.c.id == record.c.submission)
        .where(where)
        .order_by(record.c.changed_at.desc(), record.c.id.desc())
    )


def _stored(row: Row[Any], payload: Given) -> StoredRecord[Given]:
    return StoredRecord(
        id=row.id,
        kind=row.kind,
        state=row.state,
        number=row.number,
        payload=payload,
        submission=row.submission,
        submission_state=row.submission_state,
        changed_at=row.changed_at,
    )


def take_number(connection: Connection, numerator: Numerator, series: str, issued_on: date) -> str:
    """Returns the next number of a series, in the caller's transaction: a rollback gives it back."""
    key = (
        numbering.c.document_type == numerator.document_type,
        numbering.c.period == numerator.period_of(issued_on),
        numbering.c.series == series,
    )
    last: int | None = connection.execute(select(numbering.c.last_number).where(*key)).scalar()
    number = numerator.first_number if last is None else last + 1
    if last is None:
        connection.execute(
            insert(numbering).values(
                document_type=numerator.document_type,
                period=numerator.period_of(issued_on),
                series=series,
                last_number=number,
            )
        )
    else:
        connection.execute(update(numbering).where(*key).values(last_number=number))
    return numerator.format(number, issued_on, series)
