"""Submissions: stored exactly once, with effect and receipt in one transaction; a repeat gets the first receipt."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import msgspec
from msgspec import structs
from sqlalchemy import Connection, delete, func, insert, select, update

from salesapp import clock
from salesapp.clock import timestamp
from salesapp.domain.canonical import Value, canonical_json
from salesapp.domain.catalogue import Catalogue
from salesapp.errors import GatewayError
from salesapp.gateway.accounts import SignedIn, check_session_user
from salesapp.gateway.connectors.base import Delivery, SourceRow
from salesapp.gateway.database import Database, cell
from salesapp.gateway.histories import OtherHistoryError, history, refuse_other_history, require_current, require_seen
from salesapp.gateway.history import RowsAt
from salesapp.gateway.intake import apply_changes
from salesapp.gateway.merges import followed
from salesapp.gateway.payloads import Refused, decode
from salesapp.gateway.publisher import known_checkpoint
from salesapp.gateway.quotas import Quotas
from salesapp.gateway.review import Review, keep, review
from salesapp.gateway.rows import Removal, next_revision, write_changes
from salesapp.gateway.scopes import entitlement
from salesapp.gateway.sent_records import forget_withdrawal
from salesapp.gateway.tables import document_number, document_type, is_document, record, submission
from salesapp.gateway.uploads import Uploads
from salesapp.gateway.validation import Validator
from salesapp.protocol.codes import NOT_YET, NUMBER_TAKEN
from salesapp.protocol.forms import LONGEST_NAME, one_line
from salesapp.protocol.messages import LEFT_OUT, KnownAnswer, Receipt, Seen, Submission
from salesapp.protocol.records import Document, FileRecord, Payload

DOCUMENT_STATES = "auxiliary.document_states"
MOST_OF_A_REFUSED = 16 * 1024
MOST_REFUSED = 200
NO_MORE_THAN = Quotas()


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A submission, with everything found out before the transaction that stores it."""

    who: SignedIn
    id: str
    message: Submission
    record: str
    seen: Seen | None
    content: str
    """The payload in its canonical form."""
    digest: str
    payload: Payload | Refused
    review: Review | None


def store(
    database: Database,
    catalogue: Catalogue,
    who: SignedIn,
    submission_id: str,
    message: Submission,
    quotas: Quotas = NO_MORE_THAN,
    *,
    record_id: str = "",
    seen: Seen | None = None,
    sent_at: str = "",
) -> bytes:
    """Stores a submission and returns its receipt as it is answered; a repeat gets the first receipt.

    `record_id` is the record's id on the device, `seen` what the device saw last, `sent_at` what its clock shows.

    Raises GatewayError: `submission.same_id` for other content under a known id, `gateway.other_history` for a device
    that saw what this gateway does not know, `gateway.older_device` for one whose own work is older than what it
    sent, `submission.not_yet` for a record that names a row still to come, and
    `gateway.*_quota` if it exceeds the user's quotas.
    """
    payload = _decoded(message, Uploads.of(database.folder, who.user))
    found = None
    if isinstance(payload, Document):
        found = review(database, who, submission_id, message, payload, sent_at)
    arrival = _Arrival(
        who=who,
        id=submission_id,
        message=message,
        record=record_id,
        seen=seen,
        content=canonical_json(message.payload),
        digest=hashlib.sha256(canonical_json([message.kind, message.payload]).encode()).hexdigest(),
        payload=payload,
        review=found,
    )
    try:
        return _store(database, catalogue, arrival, quotas)
    except OtherHistoryError:
        raise refuse_other_history(database, seen) from None


def _decoded(message: Submission, uploads: Uploads) -> Payload | Refused:
    try:
        return decode(message, uploads)
    except Refused as refused:
        return refused


def _store(database: Database, catalogue: Catalogue, arrival: _Arrival, quotas: Quotas) -> bytes:
    user, uploads = arrival.who.user, Uploads.of(database.folder, arrival.who.user)
    with database.write() as connection:
        check_session_user(connection, arrival.who)
        require_seen(connection, user, arrival.seen)
        require_current(connection, arrival.who, arrival.seen, arrival.id)
        known = _known_receipt(connection, arrival)
        if known is not None:
            return known
        file = arrival.payload if isinstance(arrival.payload, FileRecord) else None
        quotas.check(connection, user, len(arrival.content), file.size if file else 0)
        refused = _refusal(connection, catalogue, uploads, arrival)
        receipt = Receipt(id=arrival.id, state="received", revision=next_revision(connection))
        if refused:
            receipt = structs.replace(
                receipt, state="rejected", code=refused.code, field=refused.field, params=refused.params
            )
        elif merged_into := _merged_into(connection, arrival):
            receipt = structs.replace(receipt, params={"merged_into": merged_into})
        if file and not refused:  # before the commit, because a file kept in vain does no harm
            uploads.keep(file.sha256)
        forget_withdrawal(connection, user, arrival.id)
        _insert(connection, arrival, receipt)
        if arrival.review is not None and refused is None:
            keep(connection, user, arrival.id, arrival.review)
        change = (DOCUMENT_STATES, state_row(catalogue, user, arrival.id, arrival.message.kind, receipt))
        apply_changes(connection, catalogue, receipt.revision, [change])
        if refused:
            _remove_old_refused(connection, catalogue, user, receipt.revision)
    return msgspec.json.encode(receipt)


def _known_receipt(connection: Connection, arrival: _Arrival) -> bytes | None:
    """Returns the receipt of a known submission. Raises GatewayError if it had other content."""
    known = connection.execute(
        select(submission.c.digest, submission.c.receipt).where(
            submission.c.user_name == arrival.who.user, submission.c.id == arrival.id
        )
    ).first()
    if known is None:
        return None
    if known.digest != arrival.digest:
        raise GatewayError("submission.same_id")
    return str(known.receipt).encode()


def _refusal(connection: Connection, catalogue: Catalogue, uploads: Uploads, arrival: _Arrival) -> Refused | None:
    """Returns why the submission is refused, or None. Raises GatewayError if that cannot be decided yet."""
    who, payload = arrival.who, arrival.payload
    if isinstance(payload, Refused):
        return payload
    entitled = entitlement(connection, who.user, who.profile)
    try:
        Validator(connection, who.user, entitled, uploads, partial(_rows_then, connection, arrival)).check(payload)
        if isinstance(payload, Document):
            if arrival.review is not None and arrival.review.refused is not None:
                return arrival.review.refused
            _check_number(connection, payload, arrival.record)
    except Refused as refused:
        return refused
    return None


def _merged_into(connection: Connection, arrival: _Arrival) -> str:
    """Returns the name of the customer for whom a record is delivered instead of a merged one; "" if it is the same."""
    return "" if arrival.message.kind == "customer" else followed(connection, arrival.message.payload)[1]


def _rows_then(connection: Connection, arrival: _Arrival) -> RowsAt | None:
    """Returns the rows that the device had when it priced the document, or else before this sync."""
    seen = arrival.seen.checkpoint if arrival.seen else ""
    point = known_checkpoint(connection, arrival.message.checkpoint or seen)
    return RowsAt(connection, point.revision, arrival.who.user, arrival.who.profile) if point else None


def _insert(connection: Connection, arrival: _Arrival, receipt: Receipt) -> None:
    is_left_out = receipt.state == "rejected" and len(arrival.content) > MOST_OF_A_REFUSED
    last = connection.execute(select(func.coalesce(func.max(submission.c.seq), 0))).scalar_one()
    message = arrival.message
    connection.execute(
        insert(submission).values(
            user_name=arrival.who.user,
            id=arrival.id,
            seq=int(last) + 1,
            device_id=arrival.who.device,
            kind=message.kind,
            payload=_left_out(arrival.content) if is_left_out else arrival.content,
            digest=arrival.digest,
            created_at=one_line(message.created_at, len(timestamp())),
            checkpoint=one_line(message.checkpoint, LONGEST_NAME),
            received_at=timestamp(),
            receipt=msgspec.json.encode(receipt).decode(),
            state=receipt.state,
            erp_number="",
            code=receipt.code,
            params=canonical_json(receipt.params),
            tries=0,
            record=arrival.record,
        )
    )


def _left_out(content: str) -> str:
    """Returns a placeholder for a large refused payload, which only the tablet needs."""
    return canonical_json({LEFT_OUT: len(content)})


def _remove_old_refused(connection: Connection, catalogue: Catalogue, user: str, revision: int) -> None:
    """Removes refused submissions after a day, except the newest, together with their rows on tablets."""
    at_once = cell(submission.c.receipt, "state") == "rejected"
    before = timestamp(clock.now() - timedelta(days=1))
    query = select(submission.c.id, submission.c.received_at).where(submission.c.user_name == user, at_once)
    newest_first = query.where(submission.c.state == "rejected").order_by(submission.c.seq.desc())
    old = [row.id for row in connection.execute(newest_first.offset(MOST_REFUSED)) if row.received_at < before]
    if old:
        connection.execute(delete(submission).where(submission.c.user_name == user, submission.c.id.in_(old)))
        keys = [f"{user} {id_}" for id_ in old]
        rows = select(record.c.id, record.c.scope).where(record.c.object == DOCUMENT_STATES, record.c.erp_key.in_(keys))
        removals = [Removal(row.id, row.scope) for row in connection.execute(rows)]
        write_changes(connection, catalogue, DOCUMENT_STATES, [], removals, revision)


def _check_number(connection: Connection, document: Document, record_id: str) -> None:
    """Raises Refused if another document that was not rejected has the number. Older tablets name no record.

    Raises GatewayError `submission.not_yet` if that one is an earlier, undecided version of the same record: a
    restored gateway may hold as received what was rejected since.
    """
    if not record_id:
        return
    same = (document_number == document.number, document_type == document.type)
    holders = select(submission.c.record, submission.c.state).where(
        is_document, *same, submission.c.state != "rejected"
    )
    found = connection.execute(holders).all()
    if not found:
        return
    if all((row.record, row.state) == (record_id, "received") for row in found):
        raise GatewayError(NOT_YET, field="number")
    raise Refused(NUMBER_TAKEN, "number", number=document.number)


def state_row(catalogue: Catalogue, user: str, submission_id: str, kind: str, receipt: Receipt) -> SourceRow:
    """Returns the row by which the device learns the state of its record."""
    values: dict[str, Value] = {
        "submission": submission_id,
        "kind": kind,
        "state": receipt.state,
        "representative": user,
        "erp_number": receipt.erp_number or None,
        "code": receipt.code or None,
        "field": receipt.field or None,
        "params": canonical_json(receipt.params),
        "changed_at": timestamp(),
    }
    fields = catalogue.by_key[DOCUMENT_STATES].field_names
    return SourceRow(f"{user} {submission_id}", tuple(values.get(name) for name in fields))


def record_delivery(database: Database, catalogue: Catalogue, row: Any, delivery: Delivery) -> None:
    """Stores the ERP's decision on a submission with the rows that it changed, in one transaction."""
    with database.write() as connection:
        this = submission.c.seq == row.seq
        user = connection.execute(select(submission.c.user_name).where(this)).scalar_one()  # may be renamed
        receipt = Receipt(
            id=row.id,
            state=delivery.state,
            revision=next_revision(connection),
            erp_number=delivery.erp_number,
            code=delivery.code,
            field=delivery.field,
            params=delivery.params,
        )
        connection.execute(
            update(submission)
            .where(this)
            .values(
                state=delivery.state,
                erp_number=delivery.erp_number,
                code=delivery.code,
                params=canonical_json(delivery.params),
            )
        )
        state = (DOCUMENT_STATES, state_row(catalogue, user, row.id, row.kind, receipt))
        apply_changes(connection, catalogue, receipt.revision, [*delivery.changes, state])


def missing(database: Database, user: str, ids: list[str]) -> KnownAnswer:
    """Returns the ids that this gateway does not have, and its history."""
    with database.read() as connection:
        known = set(
            connection.execute(
                select(submission.c.id).where(submission.c.user_name == user, submission.c.id.in_(ids))
            ).scalars()
        )
        now = history(connection)
    return KnownAnswer(history=now, missing=[id_ for id_ in ids if id_ not in known])
