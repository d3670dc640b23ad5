"""What a device has sent and withdrawn, for a tablet whose work was restored from a backup."""

import msgspec
from sqlalchemy import Connection, delete, insert, select

from salesapp.errors import GatewayError
from salesapp.gateway.accounts import SignedIn
from salesapp.gateway.database import Database
from salesapp.gateway.histories import newest_of
from salesapp.gateway.tables import submission, withdrawn
from salesapp.protocol.limits import MAX_KNOWN_IDS
from salesapp.protocol.messages import (
    Receipt,
    SentEntry,
    SentList,
    SentRecord,
    Submission,
    Withdrawal,
    WithdrawalList,
)

"""Entries in one answer."""


def note_withdrawals(database: Database, who: SignedIn, withdrawals: WithdrawalList) -> None:
    """Notes submissions that the device withdrew before they were sent. A repeat changes nothing.

    Skips those that are here: they were sent, and an older copy of the device's own work does not know it.
    """
    ids = [entry.submission for entry in withdrawals.withdrawn]
    with database.write() as connection:
        held = select(submission.c.id).where(submission.c.user_name == who.user, submission.c.id.in_(ids))
        were_sent = set(connection.execute(held).scalars())
        for entry in withdrawals.withdrawn:
            if entry.submission in were_sent:
                continue
            forget_withdrawal(connection, who.user, entry.submission)
            values = {"user_name": who.user, "device_id": who.device, "is_voided": int(entry.voided)}
            connection.execute(insert(withdrawn).values(submission=entry.submission, **values))


def forget_withdrawal(connection: Connection, user: str, submission_id: str) -> None:
    """Removes the note of a withdrawal: the submission is sent after all."""
    mine = (withdrawn.c.user_name == user, withdrawn.c.submission == submission_id)
    connection.execute(delete(withdrawn).where(*mine))


def sent_by(database: Database, who: SignedIn, after: int) -> SentList:
    """Returns what the device has sent, in the order of arrival, after a place in that order."""
    mine = (submission.c.user_name == who.user, submission.c.device_id == who.device, submission.c.seq > after)
    columns = (submission.c.seq, submission.c.id, submission.c.record, submission.c.state)
    with database.read() as connection:
        rows = connection.execute(select(*columns).where(*mine).order_by(submission.c.seq).limit(MAX_KNOWN_IDS)).all()
        taken_back = connection.execute(
            select(withdrawn.c.submission, withdrawn.c.is_voided)
            .where(withdrawn.c.user_name == who.user, withdrawn.c.device_id == who.device)
            .order_by(withdrawn.c.submission.desc())  # newest first, as ids begin with the time
            .limit(MAX_KNOWN_IDS)
        ).all()
        newest = newest_of(connection, who)
    return SentList(
        newest=newest,
        sent=[SentEntry(place=row.seq, submission=row.id, record=row.record, state=row.state) for row in rows],
        withdrawn=[Withdrawal(submission=row.submission, voided=bool(row.is_voided)) for row in taken_back],
    )


def sent_record(database: Database, who: SignedIn, submission_id: str) -> SentRecord:
    """Returns a record as it was sent, and its receipt. Raises GatewayError `gateway.not_found`."""
    mine = (submission.c.user_name == who.user, submission.c.id == submission_id)
    with database.read() as connection:
        row = connection.execute(select(submission).where(*mine)).first()
    if row is None:
        raise GatewayError("gateway.not_found")
    first = msgspec.json.decode(row.receipt, type=Receipt)
    receipt = msgspec.structs.replace(
        first, state=row.state, erp_number=row.erp_number, code=row.code, params=msgspec.json.decode(row.params)
    )
    content = Submission(
        kind=row.kind,
        payload=msgspec.json.decode(row.payload),
        created_at=row.created_at,
        checkpoint=row.checkpoint,
    )
    return SentRecord(record=row.record, content=content, receipt=receipt)
