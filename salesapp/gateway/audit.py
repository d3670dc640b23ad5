"""The audit log: who did what, from where, with which result. Rows are only ever added."""

from sqlalchemy import Column, Integer, Table, Text, insert

from salesapp.gateway.accounts import timestamp
from salesapp.gateway.database import Database, metadata

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("device_id", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("result", Text, nullable=False),
)
_LONGEST = 200


def write_audit(
    database: Database, what: str, result: str, *, who: str = "", device_id: str = "", address: str = ""
) -> None:
    """Adds an entry; control characters in what a client sent are written as escapes."""
    with database.write() as connection:
        connection.execute(
            insert(audit).values(
                at=timestamp(),
                who=_plain(who),
                device_id=_plain(device_id),
                address=_plain(address),
                what=_plain(what),
                result=result,
            )
        )


def _plain(text: str) -> str:
    cut = text[:_LONGEST]
    return cut if cut.isprintable() else cut.encode("unicode_escape").decode("ascii")
