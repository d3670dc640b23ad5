"""Submissions: stored exactly once, with effect and receipt in one transaction; a repeat gets the first receipt."""

import hashlib
from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, update

from salesapp import clock
from salesapp.clock import timestamp
from salesapp.domain.canonical import Value, canonical_json
from salesapp.domain.catalogue import Catalogue
from salesapp.errors import GatewayError
from salesapp.gateway.accounts import SignedIn, check_session_user
from salesapp.gateway.connectors.base import Delivery, SourceRow
from salesapp.gateway.database import Database, cell
from salesapp.gateway.histories import OtherHistoryError, history, refuse_other_history, require_seen
from salesapp.gateway.intake import apply_changes
from salesapp.gateway.quotas import Quotas
from salesapp.gateway.review import keep, review
from salesapp.gateway.rows import Removal, next_revision, write_changes
from salesapp.gateway.scopes import entitlement
from salesapp.gateway.sent_records import forget_withdrawal
from salesapp.gateway.tables import document_number, document_type, is_document, record, submission
from salesapp.gateway.uploads import Uploads
from salesapp.gateway.validation import Refused, Validator, check_file
from salesapp.protocol.codes import NOT_YET, NUMBER_TAKEN
from salesapp.protocol.forms import LONGEST_NAME, one_line
from salesapp.protocol.messages import SHA256, KnownAnswer, Receipt, Seen, Submission

DOCUMENT_STATES = "auxiliary.document_states"
MOST_OF_A_REFUSED = 16 * 1024
MOST_REFUSED = 200
NO_MORE_THAN = Quotas()


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
) -> bytes:
    """The receipt as it is answered. `record_id`: the device's record; `seen`: what the device has seen last.

    Raises GatewayError: 409 for another content under a known id, 412 for a device that has seen what is not here,
    424 for what names a row that is still to come, 507 for what the user's quotas have no room for.
    """
    try:
        return _store(database, catalogue, who, submission_id, message, quotas, record_id, seen)
    except OtherHistoryError:
        raise refuse_other_history(database, seen) from None


def _store(
    database: Database,
    catalogue: Catalogue,
    who: SignedIn,
    submission_id: str,
    message: Submission,
    quotas: Quotas,
    record_id: str,
    seen: Seen | None,
) -> bytes:
    payload = canonical_json(message.payload)
    digest = hashlib.sha256(canonical_json([message.kind, message.payload]).encode()).hexdigest()
    found = review(database, catalogue, who, submission_id, message)
    content = check_file(message, Uploads.of(database.folder, who.user))
    with database.write() as connection:
        check_session_user(connection, who)
        require_seen(connection, who.user, seen)
        known = connection.execute(
            select(submission.c.digest, submission.c.receipt).where(
                submission.c.user_name == who.user, submission.c.id == submission_id
            )
        ).first()
        if known is not None:
            if known.digest != digest:
                raise GatewayError("submission.same_id")
            return str(known.receipt).encode()
        quotas.check(connection, who.user, len(payload), _file_size(database, who, message))
        refused = _validate(connection, catalogue, database, who, message) or content or (found and found.refused)
        refused = refused or _number_taken(connection, message, record_id)
        receipt = Receipt(
            id=submission_id,
            state="rejected" if refused else "received",
            revision=next_revision(connection),
            code=refused.code if refused else "",
            field=refused.field if refused else "",
            params=refused.params if refused else {},
        )
        if not refused and message.kind == "file":  # before the commit: a file that is kept in vain harms nobody
            Uploads.of(database.folder, who.user).keep(message.payload["sha256"])
        forget_withdrawal(connection, who.user, submission_id)
        answer = msgspec.json.encode(receipt)
        sequence = int(connection.execute(select(func.coalesce(func.max(submission.c.seq), 0))).scalar_one()) + 1
        connection.execute(
            insert(submission).values(
                user_name=who.user,
                id=submission_id,
                seq=sequence,
                device_id=who.device,
                kind=message.kind,
                payload=payload if not refused or len(payload) <= MOST_OF_A_REFUSED else _left_out(payload),
                digest=digest,
                created_at=one_line(message.created_at, len(timestamp())),
                checkpoint=one_line(message.checkpoint, LONGEST_NAME),
                received_at=timestamp(),
                receipt=answer.decode(),
                state=receipt.state,
                erp_number="",
                code=receipt.code,
                params=canonical_json(receipt.params),
                tries=0,
                record=record_id,
            )
        )
        if found is not None and refused is None:
            keep(connection, who.user, submission_id, found)
        change = (DOCUMENT_STATES, state_row(catalogue, who.user, submission_id, message.kind, receipt))
        apply_changes(connection, catalogue, receipt.revision, [change])
        if refused:
            _remove_old_refused(connection, catalogue, who.user, receipt.revision)
    return answer


def _left_out(payload: str) -> str:
    """In place of a large payload that was refused: nobody needs it here, and the tablet has it."""
    return canonical_json({"left_out": len(payload)})


def _file_size(database: Database, who: SignedIn, message: Submission) -> int:
    """Bytes of the file that a record names, which is kept from then on; 0 for another record."""
    sha256 = message.payload.get("sha256")
    if message.kind != "file" or not isinstance(sha256, str) or not SHA256.fullmatch(sha256):
        return 0
    path = Uploads.of(database.folder, who.user).path(sha256)
    return path.stat().st_size if path.exists() else 0


def _remove_old_refused(connection: Connection, catalogue: Catalogue, user: str, revision: int) -> None:
    """What was refused at once is kept for a day, and the newest of it for longer; its rows leave the tablets too."""
    at_once = cell(submission.c.receipt, "state") == "rejected"
    before = timestamp(clock.now() - timedelta(days=1))
    query = select(submission.c.id, submission.c.received_at).where(submission.c.user_name == user, at_once)
    newest_first = query.where(submission.c.state == "rejected").order_by(submission.c.seq.desc())
    old = [row.id for row in connection.execute(newest_first.offset(MOST_REFUSED)) if row.received_at < before]
    if old:
        connection.execute(delete(submission).where(submission.c.user_name == user, submission.c.id.in_(old)))
        keys = [f"{user} {id_}" for id_ in old]
        told = select(record.c.id, record.c.scope).where(record.c.object == DOCUMENT_STATES, record.c.erp_key.in_(keys))
        removals = [Removal(row.id, row.scope) for row in connection.execute(told)]
        write_changes(connection, catalogue, DOCUMENT_STATES, [], removals, revision)


def _validate(
    connection: Connection, catalogue: Catalogue, database: Database, who: SignedIn, message: Submission
) -> Refused | None:
    validator = Validator(
        connection=connection,
        user=who.user,
        entitlement=entitlement(connection, catalogue, who.user, who.profile),
        uploads=Uploads.of(database.folder, who.user),
    )
    try:
        validator.check(message)
    except Refused as refused:
        return refused
    return None


def _number_taken(connection: Connection, message: Submission, record_id: str) -> Refused | None:
    """For a document whose number another one has that was not rejected; an older tablet names no record.

    Raises GatewayError 424 where that one is an earlier version that the ERP has not decided: the backup of a gateway
    may hold as received what was rejected since.
    """
    if message.kind != "document" or not record_id:
        return None
    same = (document_number == message.payload["number"], document_type == message.payload["type"])
    holders = select(submission.c.record, submission.c.state).where(
        is_document, *same, submission.c.state != "rejected"
    )
    found = connection.execute(holders).all()
    if not found:
        return None
    if all((row.record, row.state) == (record_id, "received") for row in found):
        raise GatewayError(NOT_YET, field="number")
    return Refused(NUMBER_TAKEN, "number", number=message.payload["number"])


def state_row(catalogue: Catalogue, user: str, submission_id: str, kind: str, receipt: Receipt) -> SourceRow:
    """The row that tells the device what became of its record."""
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
    """What the ERP made of a submission, with the rows that it changed, in one transaction."""
    with database.write() as connection:
        this = submission.c.seq == row.seq
        user = connection.execute(select(submission.c.user_name).where(this)).scalar_one()  # perhaps renamed meanwhile
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
    """Those of the ids that this gateway does not hold, and the history that it is in."""
    with database.read() as connection:
        known = set(
            connection.execute(
                select(submission.c.id).where(submission.c.user_name == user, submission.c.id.in_(ids))
            ).scalars()
        )
        now = history(connection)
    return KnownAnswer(history=now, missing=[id_ for id_ in ids if id_ not in known])
