"""The records that a representative makes, in work.db; each change with its outbox row, in one transaction."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import NoResultFound

from salesapp.domain.numbering import Numerator
from salesapp.protocol.messages import SubmissionKind
from salesapp.store.tables import numbering, outbox, record
from salesapp.store.work import WorkStore, now


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A record as it is; `submission_state` is that of the outbox row that carries it."""

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
) -> None:
    """Writes a record, new or changed, in the caller's transaction."""
    values = {
        "state": state,
        "number": number,
        "payload": msgspec.json.encode(payload).decode(),
        "submission": submission,
        "changed_at": now(),
    }
    changed = connection.execute(update(record).where(record.c.id == record_id).values(values))
    if not changed.rowcount:
        connection.execute(insert(record).values(id=record_id, kind=kind, created_at=now(), **values))


def load(work: WorkStore, record_id: str) -> StoredRecord:
    """One record; raises NoResultFound."""
    with work.read() as connection:
        return load_in(connection, record_id)


def load_in(connection: Connection, record_id: str) -> StoredRecord:
    found = find_in(connection, record_id)
    if found is None:
        raise NoResultFound(record_id)
    return found


def find_in(connection: Connection, record_id: str) -> StoredRecord | None:
    row = connection.execute(
        select(record, outbox.c.state.label("submission_state"))
        .outerjoin(outbox, outbox.c.id == record.c.submission)
        .where(record.c.id == record_id)
    ).first()
    if row is None:
        return None
    return StoredRecord(
        id=row.id,
        kind=row.kind,
        state=row.state,
        number=row.number,
        payload=msgspec.json.decode(row.payload),
        submission=row.submission,
        submission_state=row.submission_state,
        changed_at=row.changed_at,
    )


def take_number(connection: Connection, numerator: Numerator, series: str, issued_on: date) -> str:
    """The next number of a series, in the caller's transaction: a rolled back one was never given."""
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
