"""Queries about appointments and travel: rows of the catalogue, and own records with their states."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec
from sqlalchemy import Connection, select

from salesapp.protocol.messages import Receipt, SubmissionKind
from salesapp.protocol.records import KINDS, Payload
from salesapp.store.catalog_reader import CatalogReader
from salesapp.store.records import payload_of
from salesapp.store.tables import ACCEPTED, GONE, outbox, record
from salesapp.store.work import WorkStore

_PARENT = outbox.alias("parent")
P = TypeVar("P", bound=Payload)


class Brief(NamedTuple):
    """The key facts of an appointment in the catalogue; times in UTC."""

    id: int
    submission: str | None
    customer: int | None
    planned_start: str
    planned_end: str | None
    is_full_day: bool
    state: str


@dataclass(frozen=True, slots=True)
class Own(Generic[P]):
    """A record of this device. `receipt` is one of `services.own_work.STATES`; a withdrawn record counts as a draft."""

    id: str
    receipt: str
    payload: P
    submission: str
    created_at: str
    error_code: str = ""
    error_params: tuple[tuple[str, str], ...] = ()
    erp_number: str = ""


def briefs(catalog: CatalogReader) -> list[Brief]:
    """Returns all appointments of the catalogue."""
    names = ", ".join(Brief._fields)
    return [Brief(*row) for row in catalog.query(f"SELECT {names} FROM appointments_appointments")]


def own(work: WorkStore, kind: type[P]) -> list[Own[P]]:
    """Returns the own records with payloads of a class but for voided ones, newest first."""
    with work.read() as connection:
        rows = connection.execute(
            select(
                record,
                outbox.c.state.label("sent"),
                outbox.c.attempts,
                outbox.c.depends_on,
                outbox.c.error_code,
                outbox.c.error_params,
                outbox.c.receipt,
                _PARENT.c.state.label("parent_state"),
            )
            .outerjoin(outbox, outbox.c.id == record.c.submission)
            .outerjoin(_PARENT, _PARENT.c.id == outbox.c.depends_on)
            .where(record.c.kind == KINDS[kind], record.c.state != "voided")
            .order_by(record.c.created_at.desc(), record.c.id.desc())
        ).all()
    found = [(row, payload_of(KINDS[kind], row.payload)) for row in rows]
    return [_own(row, payload) for row, payload in found if isinstance(payload, kind)]


def _own(row: Any, payload: P) -> Own[P]:
    params = msgspec.json.decode(row.error_params, type=dict[str, str]) if row.error_params else {}
    return Own(
        id=row.id,
        receipt=_receipt(row),
        payload=payload,
        submission=row.submission or "",
        created_at=row.created_at,
        error_code=row.error_code or "",
        error_params=tuple(params.items()),
        erp_number=msgspec.json.decode(row.receipt, type=Receipt).erp_number if row.receipt else "",
    )


def _receipt(row: Any) -> str:
    if row.state == "draft" or row.sent in GONE:
        return "draft"
    if row.sent is None:
        return "kept"
    if row.sent != "waiting":
        return str(row.sent)
    if row.depends_on and row.parent_state not in ACCEPTED:
        return "held_back"
    return "sending" if row.attempts else "on_device"


def records_by_submission(work: WorkStore, kind: SubmissionKind) -> dict[str, str]:
    """Maps each submission of a kind to the record that it carries or carried."""
    with work.read() as connection:
        found: Sequence[Any] = connection.execute(
            select(outbox.c.id, outbox.c.record).where(outbox.c.kind == kind)
        ).all()
    return {row.id: row.record for row in found}


def waiting_submission(connection: Connection, record_id: str) -> str | None:
    """Returns the last submission of a record that still waits, or is being sent."""
    found: str | None = connection.execute(
        select(outbox.c.id)
        .where(outbox.c.record == record_id, outbox.c.state == "waiting")
        .order_by(outbox.c.seq.desc())
        .limit(1)
    ).scalar()
    return found


def was_tried(connection: Connection, record_id: str) -> bool:
    """Whether any version of a record has left this device, or may have."""
    return bool(
        connection.execute(select(outbox.c.id).where(outbox.c.record == record_id, outbox.c.attempts > 0)).first()
    )
