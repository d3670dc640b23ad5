"""Work restored from a backup: brings each record up to date with what the gateway says became of it.

Nothing is sent before the gateway has been asked: a waiting record may have been sent, edited or voided since.
"""

from datetime import timedelta

import msgspec
from sqlalchemy import Connection, case, insert, select, true, update

from salesapp import clock
from salesapp.disk import remove
from salesapp.protocol.messages import LEFT_OUT, SentRecord, Submission, Withdrawal
from salesapp.protocol.records import PARENT_FIELDS
from salesapp.store import records
from salesapp.store.backup import RETURNED
from salesapp.store.outbox import send_anew, take_over, take_receipt, withdraw_files
from salesapp.store.proofs import keep_receipt
from salesapp.store.tables import outbox
from salesapp.store.tables import record as record_table
from salesapp.store.work import WorkStore

_NOTE = "returned_records"
"""The flag that notes when how many records were brought back."""
TOLD_DAYS = 14


class Returned:
    """The restored part of one work.db."""

    def __init__(self, work: WorkStore) -> None:
        self._work = work
        self._mark = work.account.path / RETURNED

    def count(self) -> int:
        """Returns how many records that the backup lacked were brought back within TOLD_DAYS."""
        at, _, count = (self._work.flag(_NOTE) or "").partition(" ")
        since = clock.timestamp(clock.now() - timedelta(days=TOLD_DAYS))
        return int(count) if count and at >= since else 0

    @property
    def is_unasked(self) -> bool:
        return self._mark.exists()

    def mark(self) -> None:
        """Notes that the gateway is to be asked."""
        self._mark.touch()

    def states(self) -> dict[str, str]:
        """Returns the state of each submission in this file; "given_up" is one withdrawn after it was refused."""
        given_up = (outbox.c.state == "withdrawn") & (outbox.c.attempts > 0)
        state = case((given_up, "given_up"), else_=outbox.c.state)
        with self._work.read() as connection:
            return dict(connection.execute(select(outbox.c.id, state)).all())

    def settle(self, sent: list[SentRecord], withdrawn: list[Withdrawal], newest: str) -> int:
        """Takes over the gateway's entries, in sending order; returns how many records were missing here.

        `newest` is what the gateway received last.
        """
        with self._work.write() as connection:
            new = sum(_take(connection, entry) for entry in sent if not _is_left_out(entry))
            for entry in withdrawn:
                _take_back(connection, entry)
            if newest:
                keep_receipt(connection, newest)
            if new:
                note_returned(connection, new)
        remove(self._mark)
        return new

    def untold(self) -> list[Withdrawal]:
        """Returns withdrawals that the gateway does not know of yet."""
        with self._work.read() as connection:
            rows = connection.execute(
                select(outbox.c.id, record_table.c.state)
                .outerjoin(record_table, record_table.c.id == outbox.c.record)
                .where(outbox.c.state == "withdrawn", outbox.c.sent_at.is_(None))
            ).all()
        return [Withdrawal(submission=row.id, voided=row.state in {"voided", None}) for row in rows]

    def mark_told(self, withdrawals: list[Withdrawal]) -> None:
        with self._work.write() as connection:
            ids = [entry.submission for entry in withdrawals]
            still = (outbox.c.id.in_(ids), outbox.c.state == "withdrawn")
            connection.execute(update(outbox).where(*still).values(sent_at=clock.timestamp()))


def note_returned(connection: Connection, count: int) -> None:
    """What My work says for some days: how many records came back."""
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO flag (name, value) VALUES (?, ?)", (_NOTE, f"{clock.timestamp()} {count}")
    )


def _is_left_out(sent: SentRecord) -> bool:
    """The gateway does not keep a large payload that it refused."""
    return set(sent.content.payload) == {LEFT_OUT}


def _take(connection: Connection, sent: SentRecord) -> bool:
    """Replaces a record by its sent version; returns True if it was missing here, or changed here since.

    A record that was taken is not sent again, whatever was made of it here. A newer version of an appointment follows
    it.
    """
    id_, content = sent.receipt.id, sent.content
    known = connection.execute(select(outbox).where(outbox.c.id == id_)).first()
    record_id = known.record if known is not None else _record_of(connection, sent)
    is_new = records.find_in(connection, record_id) is None
    is_last = content.kind != "appointment" and sent.receipt.state != "rejected"
    others = (outbox.c.record == record_id, outbox.c.id != id_, outbox.c.state.in_(("waiting", "rejected")))
    found = connection.execute(select(outbox.c.id).where(*others, true() if is_last else outbox.c.id < id_)).scalars()
    replaced = list(found)
    connection.execute(update(outbox).where(outbox.c.id.in_(replaced)).values(state="replaced"))
    if known is None:
        _insert(connection, sent, record_id)
    else:
        connection.execute(update(outbox).where(outbox.c.id == id_).values(state="waiting", attempts=1))
    for other in replaced:
        take_over(connection, other, id_)
    take_receipt(connection, id_, sent.receipt)
    newer = (outbox.c.record == record_id, outbox.c.id > id_, outbox.c.state.not_in(("withdrawn", "replaced")))
    if connection.execute(select(outbox.c.id).where(*newer)).first() is None:
        number = _number_of(content)
        records.save(connection, record_id, content.kind, "confirmed", content.payload, number=number, submission=id_)
    return is_new or any(other > id_ for other in replaced)


def _record_of(connection: Connection, sent: SentRecord) -> str:
    """Returns the record that a submission carries. Older tablets did not say; a document is found by its number."""
    number = _number_of(sent.content)
    same: str | None = None
    if not sent.record and number:
        same = connection.execute(select(record_table.c.id).where(record_table.c.number == number)).scalar()
    return sent.record or same or sent.receipt.id


def _number_of(content: Submission) -> str | None:
    """Returns the number of a document."""
    return content.payload.get("number") if content.kind == "document" else None


def _insert(connection: Connection, sent: SentRecord, record_id: str) -> None:
    content = sent.content
    parents = (content.payload.get(name) for name in PARENT_FIELDS)
    connection.execute(
        insert(outbox).values(
            id=sent.receipt.id,
            record=record_id,
            kind=content.kind,
            payload=msgspec.json.encode(content.payload).decode(),
            body=msgspec.json.encode(content).decode(),
            depends_on=next(filter(None, parents), None),
            checkpoint=content.checkpoint,
            state="waiting",
            attempts=1,
            revision=0,
            created_at=content.created_at,
        )
    )


def _take_back(connection: Connection, withdrawal: Withdrawal) -> None:
    """Withdraws a record that was withdrawn after the backup: it becomes a draft, or voided."""
    waiting = connection.execute(
        select(outbox.c.record, outbox.c.kind).where(outbox.c.id == withdrawal.submission, outbox.c.state == "waiting")
    ).first()
    if waiting is None:
        return
    connection.execute(
        update(outbox).where(outbox.c.id == withdrawal.submission).values(state="withdrawn", sent_at=clock.timestamp())
    )
    carried = (record_table.c.id == waiting.record, record_table.c.submission == withdrawal.submission)
    if waiting.kind == "customer" and not withdrawal.voided:  # is no draft: the version that was to follow is lost
        anew = send_anew(connection, withdrawal.submission)
        connection.execute(update(record_table).where(*carried).values(submission=anew, changed_at=clock.timestamp()))
        return
    if withdrawal.voided:
        withdraw_files(connection, waiting.record)
    state = "voided" if withdrawal.voided else "draft"
    connection.execute(
        update(record_table).where(*carried).values(state=state, submission=None, changed_at=clock.timestamp())
    )
