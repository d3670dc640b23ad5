r"""The outbox: submissions to send exactly once each. Rows change their state; none is ever deleted.

    waiting -> received -> in_erp
            \-> rejected (corrected and sent again under a new id, or withdrawn)

A submission's body is frozen at the first attempt; an edit after the receipt is a new submission.
Only a submission that was never tried, or was rejected, can be withdrawn; a rejected one that is sent again under a
new id is replaced. Unsent records that name a replaced submission are changed to name the new one. A record that was
rejected only because of the record it depends on waits for it, and is sent again with it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, case, func, select, update

from salesapp import clock
from salesapp.domain.ids import new_id
from salesapp.errors import DeviceError
from salesapp.protocol.codes import NUMBER_TAKEN
from salesapp.protocol.forms import cleaned
from salesapp.protocol.limits import MAX_SUBMISSION_BYTES
from salesapp.protocol.messages import Receipt, Submission, SubmissionKind
from salesapp.protocol.records import PARENT_FIELDS, SENDING_ORDER, Payload
from salesapp.store import records
from salesapp.store.proofs import keep_receipt
from salesapp.store.tables import ACCEPTED, GONE, outbox, undo_step
from salesapp.store.tables import record as record_table
from salesapp.store.work import WorkStore

HEAD_BYTES = 1_024
"""An upper bound for a submission's fields beside its payload, including a number not given yet."""
_FINAL = ("in_erp", "rejected", *GONE)


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    """The content of a file, which must be at the gateway before its record."""

    path: Path
    sha256: str
    size: int


class _Content(msgspec.Struct, frozen=True):
    """What of a file's record is needed to send its content."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """One submission. `depends_on` names one that must be accepted first; `file` is uploaded first."""

    id: str
    record: str
    kind: SubmissionKind
    state: str
    depends_on: str | None
    attempts: int
    error_code: str | None
    error_params: dict[str, str]
    receipt: Receipt | None
    file: OutgoingFile | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many submissions are in which state."""

    waiting: int
    accepted: int
    rejected: int


class NotWaitingError(Exception):
    """The submission no longer waits to be sent."""


class Outbox:
    """The outbox of one work.db."""

    def __init__(self, work: WorkStore) -> None:
        self._work = work

    def file_name(self, sha256: str) -> str:
        """Returns the name of a file that was added on this device."""
        with self._work.read() as connection:
            return records.file_name(connection, sha256)

    def due(self) -> list[OutboxItem]:
        """Returns what can be sent now, in sending order."""
        with self._work.read() as connection:
            rows = list(connection.execute(select(outbox).where(outbox.c.state == "waiting").order_by(outbox.c.seq)))
            parents = {row.depends_on for row in rows if row.depends_on}
            found = select(outbox.c.id, outbox.c.state).where(outbox.c.id.in_(parents))
            state_of: dict[str, str] = dict(connection.execute(found).all())
        items = [self._item(row) for row in rows if _may_go(row, state_of)]
        return sorted(items, key=lambda item: SENDING_ORDER.index(item.kind))

    def items(self) -> list[OutboxItem]:
        """Returns all submissions, oldest first."""
        with self._work.read() as connection:
            return [self._item(row) for row in connection.execute(select(outbox).order_by(outbox.c.seq))]

    def item(self, submission: str) -> OutboxItem:
        with self._work.read() as connection:
            return self._item(connection.execute(select(outbox).where(outbox.c.id == submission)).one())

    def freeze(self, submission: str) -> bytes:
        """Returns the bytes to send, made at the first attempt and the same from then on. Counts the attempt.

        Raises NotWaitingError if the submission was withdrawn meanwhile.
        """
        with self._work.write() as connection:
            row = connection.execute(select(outbox).where(outbox.c.id == submission)).one()
            if row.state != "waiting":
                raise NotWaitingError(submission)
            body = (
                row.body
                or msgspec.json.encode(
                    Submission(
                        kind=row.kind,
                        payload=msgspec.json.decode(row.payload),
                        created_at=row.created_at,
                        checkpoint=row.checkpoint,
                    )
                ).decode()
            )
            connection.execute(
                update(outbox).where(outbox.c.id == submission).values(body=body, attempts=row.attempts + 1)
            )
        return str(body).encode()

    def record_receipt(self, submission: str, receipt: Receipt) -> bool:
        """Stores the gateway's receipt; returns False for a rejection, unless the ERP has the submission already."""
        with self._work.write() as connection:
            if receipt.state == "rejected" and _stays_in_erp(connection, submission):
                return True
            take_receipt(connection, submission, receipt)
            if receipt.state != "rejected":
                keep_receipt(connection, submission)
        return receipt.state != "rejected"

    def record_failure(self, submission: str, code: str, params: Mapping[str, str]) -> None:
        """Notes why a submission could not be sent; it stays waiting."""
        with self._work.write() as connection:
            _note(connection, submission, code, params)

    def reject(self, submission: str, code: str, params: Mapping[str, str]) -> bool:
        """Notes that the gateway refuses a submission; the others go on. Returns False for one in the ERP already."""
        with self._work.write() as connection:
            if _stays_in_erp(connection, submission):
                return False
            _note(connection, submission, code, params, state="rejected", sent_at=clock.timestamp())
            _follow_owner(connection, submission)
        return True

    def counts(self) -> Counts:
        with self._work.read() as connection:
            states = select(outbox.c.state, func.count()).group_by(outbox.c.state)
            found: dict[str, int] = dict(connection.execute(states).all())
        return Counts(
            waiting=found.get("waiting", 0),
            accepted=sum(found.get(state, 0) for state in ACCEPTED),
            rejected=found.get("rejected", 0),
        )

    def sent_ids(self) -> list[str]:
        """Returns the accepted submissions, oldest first."""
        with self._work.read() as connection:
            found = connection.execute(select(outbox.c.id).where(outbox.c.state.in_(ACCEPTED)).order_by(outbox.c.seq))
            return list(found.scalars())

    def offer_again(self, submissions: Iterable[str]) -> None:
        """Makes submissions that a restored gateway lacks due again, unchanged.

        Keeps the receipts of those in the ERP, which stay there whatever the gateway says.
        """
        receipt = case((outbox.c.state == "in_erp", outbox.c.receipt))
        with self._work.write() as connection:
            for submission in submissions:
                connection.execute(
                    update(outbox)
                    .where(outbox.c.id == submission, outbox.c.state.in_(ACCEPTED))
                    .values(state="waiting", receipt=receipt, revision=0)
                )

    def lower_revisions(self, newest: int) -> None:
        """Lowers the revisions of receipts to the gateway's newest; the device would wait for later ones for ever."""
        if self.newest_revision() <= newest:
            return
        with self._work.write() as connection:
            connection.execute(update(outbox).where(outbox.c.revision > newest).values(revision=newest))

    def newest_revision(self) -> int:
        """Returns the newest revision that a receipt names; 0 without one."""
        with self._work.read() as connection:
            return int(connection.execute(select(func.max(outbox.c.revision))).scalar() or 0)

    def undecided(self) -> list[str]:
        """Returns submissions that the gateway received and the ERP has not decided."""
        with self._work.read() as connection:
            return list(connection.execute(select(outbox.c.id).where(outbox.c.state == "received")).scalars())

    def settle(self, receipts: Iterable[Receipt]) -> None:
        """Stores the ERP's decisions that the catalogue brought."""
        with self._work.write() as connection:
            for receipt in receipts:
                take_receipt(connection, receipt.id, receipt)

    def withdraw(self, submission: str) -> bool:
        """Withdraws a submission that was never tried or was rejected; returns False if it may be on its way."""
        with self._work.write() as connection:
            return withdraw(connection, submission)

    def _item(self, row: Row[Any]) -> OutboxItem:
        file = None
        if row.kind == "file":
            content = msgspec.json.decode(row.payload, type=_Content)
            file = OutgoingFile(self._work.account.own_file(content.sha256), content.sha256, content.size)
        return OutboxItem(
            id=row.id,
            record=row.record,
            kind=row.kind,
            state=row.state,
            depends_on=row.depends_on,
            attempts=row.attempts,
            error_code=row.error_code,
            error_params=msgspec.json.decode(row.error_params, type=dict[str, str]) if row.error_params else {},
            receipt=msgspec.json.decode(row.receipt, type=Receipt) if row.receipt else None,
            file=file,
        )


def add(
    connection: Connection,
    kind: SubmissionKind,
    record: str,
    payload: Any,
    *,
    depends_on: str | None = None,
    checkpoint: str = "",
) -> str:
    """Adds a submission in the caller's transaction, together with its record; returns its id.

    It replaces the record's earlier submissions: unsent records that name them are changed to name the new one.
    Raises DeviceError for a payload that is too large for any gateway.
    """
    content = msgspec.json.encode(cleaned(payload))
    if (size := len(content) + HEAD_BYTES) > MAX_SUBMISSION_BYTES:
        raise DeviceError("device.record_too_large", size=size, limit=MAX_SUBMISSION_BYTES)
    submission = new_id()
    earlier = select(outbox.c.id).where(outbox.c.record == record, outbox.c.state.in_(GONE))
    for old in connection.execute(earlier).scalars().all():
        take_over(connection, old, submission)
    connection.execute(
        outbox.insert().values(
            id=submission,
            record=record,
            kind=kind,
            payload=content.decode(),
            depends_on=depends_on,
            checkpoint=checkpoint,
            state="waiting",
            attempts=0,
            revision=0,
            created_at=clock.timestamp(),
        )
    )
    for row in _refused_with(connection, submission):
        _send_again(connection, row, submission)
    return submission


def sent_bytes(payload: Any) -> int:
    """Returns an upper bound for the bytes that a payload takes as a submission, with its number."""
    return len(msgspec.json.encode(payload)) + HEAD_BYTES


def _note(connection: Connection, submission: str, code: str, params: Mapping[str, str], **values: str) -> None:
    error = {"error_code": code, "error_params": msgspec.json.encode(dict(params)).decode()}
    connection.execute(update(outbox).where(outbox.c.id == submission).values(error | values))


def take_over(connection: Connection, old: str, new: str) -> None:
    """Makes whatever depends on one submission depend on another; also drafts and rejected records that name it.

    Submissions that are, or may be, at the gateway stay as they were frozen.
    """
    is_sent = outbox.c.body.is_not(None) & outbox.c.state.in_(("waiting", *ACCEPTED))
    connection.execute(
        update(outbox)
        .where(outbox.c.depends_on == old, ~is_sent)
        .values(depends_on=new, payload=func.replace(outbox.c.payload, old, new))
    )
    moved = select(outbox.c.id).where(outbox.c.depends_on == new)
    connection.execute(
        update(record_table)
        .where(record_table.c.submission.is_(None) | record_table.c.submission.in_(moved))
        .where(func.instr(record_table.c.payload, old) > 0)
        .values(payload=func.replace(record_table.c.payload, old, new))
    )
    connection.execute(
        update(undo_step)
        .where(func.instr(undo_step.c.cart, old) > 0)
        .values(cart=func.replace(undo_step.c.cart, old, new))
    )


def _refused_with(connection: Connection, owner: str) -> list[Row[Any]]:
    """Returns the submissions that were rejected only because the one they depend on was."""
    rows = connection.execute(
        select(outbox).where(outbox.c.depends_on == owner, outbox.c.state == "rejected").order_by(outbox.c.seq)
    )
    return [row for row in rows if _is_row_for_its_owner(row)]


def is_for_its_owner(code: str | None, params: Mapping[str, str]) -> bool:
    """Whether a submission was refused because the one it depends on is not at the gateway."""
    return code == "submission.unknown_record" and params.get("field") in PARENT_FIELDS


def _is_row_for_its_owner(row: Row[Any]) -> bool:
    params = msgspec.json.decode(row.error_params, type=dict[str, str]) if row.error_params else {}
    return is_for_its_owner(row.error_code, params)


def _send_again(connection: Connection, row: Row[Any], owner: str) -> None:
    """Sends a record again under a new id, naming another submission, unless it was changed since."""
    carried = (record_table.c.id == row.record) & (record_table.c.submission == row.id)
    if connection.execute(select(record_table.c.id).where(carried)).first() is None:
        return
    payload = row.payload.replace(row.depends_on, owner)
    connection.execute(update(outbox).where(outbox.c.id == row.id).values(state="replaced"))
    new = add(
        connection, row.kind, row.record, msgspec.json.decode(payload), depends_on=owner, checkpoint=row.checkpoint
    )
    connection.execute(
        update(record_table).where(carried).values(submission=new, payload=payload, changed_at=clock.timestamp())
    )


def _follow_owner(connection: Connection, submission: str) -> None:
    """Makes a submission just rejected depend on its owner's replacement; sends it again if nothing else was wrong."""
    row = connection.execute(select(outbox).where(outbox.c.id == submission)).one()
    for refused in _refused_with(connection, submission):
        _send_again(connection, refused, submission)
    owner = _in_its_place(connection, row.depends_on) if row.depends_on is not None else None
    if owner is not None:
        take_over(connection, row.depends_on, owner)
    elif row.depends_on is not None and _is_yet_to_go(connection, row.depends_on):
        owner = row.depends_on
    else:
        return
    if _is_row_for_its_owner(row):
        _send_again(connection, row, owner)


def _is_yet_to_go(connection: Connection, submission: str) -> bool:
    """Whether the gateway has not accepted a submission, which may be mended first."""
    is_it = (outbox.c.id == submission, outbox.c.state.in_(("waiting", "rejected")))
    return connection.execute(select(outbox.c.id).where(*is_it)).first() is not None


def _in_its_place(connection: Connection, submission: str) -> str | None:
    """Returns the submission that replaced one that was withdrawn or replaced; None if there is none yet."""
    gone = select(outbox.c.record).where(outbox.c.id == submission, outbox.c.state.in_(GONE))
    live = select(outbox.c.id).where(outbox.c.record.in_(gone), outbox.c.state.in_(("waiting", *ACCEPTED)))
    found: str | None = connection.execute(live.order_by(outbox.c.seq.desc()).limit(1)).scalar()
    return found


def carried(connection: Connection, record: str) -> dict[str, Payload]:
    """Returns all submissions that carry or carried a record, with their payloads."""
    columns = (outbox.c.id, outbox.c.kind, outbox.c.payload)
    rows = connection.execute(select(*columns).where(outbox.c.record == record)).all()
    return {row.id: records.payload_of(row.kind, row.payload) for row in rows}


def withdraw_files(connection: Connection, record: str) -> list[str]:
    """Withdraws waiting files of a record that will not be sent; returns the files' records."""
    owners = select(outbox.c.id).where(outbox.c.record == record)
    rows = connection.execute(
        select(outbox.c.id, outbox.c.record).where(outbox.c.kind == "file", outbox.c.depends_on.in_(owners))
    ).all()
    return [row.record for row in rows if withdraw(connection, row.id)]


def _may_go(row: Row[Any], state_of: Mapping[str, str]) -> bool:
    """Whether a waiting submission can be sent: the one that it depends on has been accepted.

    A frozen body may name one that is gone; it may be at the gateway already, which decides.
    """
    if row.depends_on is None:
        return True
    state = state_of.get(row.depends_on)
    return state in ACCEPTED or (row.body is not None and state in GONE)


def held_up(connection: Connection) -> list[str]:
    """Returns the kind of each waiting submission that depends on a rejected or held up one."""
    waiting = connection.execute(
        select(outbox.c.id, outbox.c.kind, outbox.c.depends_on).where(outbox.c.state == "waiting")
    ).all()
    stuck = set(connection.execute(select(outbox.c.id).where(outbox.c.state == "rejected")).scalars())
    found: list[str] = []
    while new := [row for row in waiting if row.depends_on in stuck and row.id not in stuck]:
        stuck |= {row.id for row in new}
        found += [row.kind for row in new]
    return found


def withdraw(connection: Connection, submission: str) -> bool:
    """Withdraws in the caller's transaction; returns False if the submission may be at the gateway."""
    untried = (outbox.c.state == "waiting") & (outbox.c.attempts == 0)
    done = connection.execute(
        update(outbox)
        .where(outbox.c.id == submission, untried | (outbox.c.state == "rejected"))
        .values(state="withdrawn")
    )
    return bool(done.rowcount)


def is_number_taken(connection: Connection, submission: str) -> bool:
    """Whether a submission was rejected because another document has its number."""
    refused = outbox.c.error_code == NUMBER_TAKEN
    return connection.execute(select(outbox.c.id).where(outbox.c.id == submission, refused)).first() is not None


def reinstate(connection: Connection, submission: str) -> tuple[str, bytes] | None:
    """Undoes a withdrawal, in the caller's transaction.

    Returns the id under which it goes, a new one if it waits, and the payload; None if the submission is not withdrawn,
    because another one replaced it.
    """
    withdrawn = (outbox.c.id == submission, outbox.c.state == "withdrawn")
    row = connection.execute(select(outbox.c.attempts, outbox.c.payload).where(*withdrawn)).first()
    if row is None:
        return None
    if row.attempts == 0:
        return send_anew(connection, submission), str(row.payload).encode()
    connection.execute(update(outbox).where(*withdrawn).values(state="rejected"))  # nothing else can be withdrawn
    return submission, str(row.payload).encode()


def send_anew(connection: Connection, submission: str) -> str:
    """What was withdrawn goes after all, under a new id: the gateway may have been told that the former never will."""
    row = connection.execute(select(outbox).where(outbox.c.id == submission)).one()
    content = msgspec.json.decode(row.payload)
    return add(connection, row.kind, row.record, content, depends_on=row.depends_on, checkpoint=row.checkpoint)


def _stays_in_erp(connection: Connection, submission: str) -> bool:
    """Puts a submission offered again back to what the ERP said of it; False if it was not in the ERP."""
    was_there = (
        outbox.c.id == submission,
        outbox.c.state == "waiting",
        func.json_extract(outbox.c.receipt, "$.state") == "in_erp",
    )
    back = {"state": "in_erp", "error_code": None, "error_params": None}
    return bool(connection.execute(update(outbox).where(*was_there).values(back)).rowcount)


def take_receipt(connection: Connection, submission: str, receipt: Receipt) -> None:
    """Writes a receipt in the caller's transaction; an older answer does not undo a decision."""
    row = connection.execute(select(outbox.c.state, outbox.c.revision).where(outbox.c.id == submission)).first()
    if row is None or (row.state in _FINAL and receipt.state == "received"):
        return
    connection.execute(
        update(outbox)
        .where(outbox.c.id == submission)
        .values(
            state=receipt.state,
            receipt=msgspec.json.encode(receipt).decode(),
            revision=max(row.revision, receipt.revision),
            error_code=receipt.code or None,
            error_params=msgspec.json.encode(receipt.params).decode() if receipt.code else None,
            sent_at=clock.timestamp(),
        )
    )
    if receipt.state == "rejected":
        _follow_owner(connection, submission)
