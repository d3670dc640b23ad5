"""The records that a representative makes, in work.db; a change and its outbox row share a transaction."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, delete, insert, select, true, update
from sqlalchemy.exc import NoResultFound

from salesapp import clock
from salesapp.domain.numbering import Numerator
from salesapp.protocol.forms import cleaned
from salesapp.protocol.messages import SubmissionKind
from salesapp.store.tables import numbering, outbox, record
from salesapp.store.work import WorkStore


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A record; `submission_state` is the state of the outbox row that carries it."""

    id: str
    kind: SubmissionKind
    state: str
    number: str | None
    payload: dict[str, Any]
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


def load(work: WorkStore, record_id: str) -> StoredRecord:
    """Returns one record; raises NoResultFound."""
    with work.read() as connection:
        return load_in(connection, record_id)


def load_in(connection: Connection, record_id: str) -> StoredRecord:
    found = find_in(connection, record_id)
    if found is None:
        raise NoResultFound(record_id)
    return found


def find_in(connection: Connection, record_id: str) -> StoredRecord | None:
    return next(iter(_found(connection, record.c.id == record_id)), None)


def find_by_submission(connection: Connection, submission: str) -> StoredRecord | None:
    """Returns the record that a submission carries or carried, even one replaced since."""
    owner = select(outbox.c.record).where(outbox.c.id == submission).scalar_subquery()
    return next(iter(_found(connection, record.c.id == owner)), None)


def find_all(connection: Connection, kind: SubmissionKind | None = None) -> list[StoredRecord]:
    """Returns all records, or those of one kind, last changed first."""
    where = record.c.kind == kind if kind is not None else true()
    return _found(connection, where)


def file_name(connection: Connection, sha256: str) -> str:
    """Returns the name of an added file; the beginning of its digest if no record names it."""
    named = (stored.payload for stored in find_all(connection, "file"))
    return next((str(file["file_name"]) for file in named if file.get("sha256") == sha256), sha256[:12])


def remove(connection: Connection, record_id: str) -> None:
    """Deletes a record in the caller's transaction."""
    connection.execute(delete(record).where(record.c.id == record_id))


def _found(connection: Connection, where: ColumnElement[bool]) -> list[StoredRecord]:
    rows = connection.execute(
        select(record, outbox.c.state.label("submission_state"))
        .outerjoin(outbox, outbox.c.id == record.c.submission)
        .where(where)
        .order_by(record.c.changed_at.desc(), record.c.id.desc())
    )
    return [
        StoredRecord(
            id=row.id,
            kind=row.kind,
            state=row.state,
            number=row.number,
            payload=msgspec.json.decode(row.payload),
            submission=row.submission,
            submission_state=row.submission_state,
            changed_at=row.changed_at,
        )
        for row in rows
    ]


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
