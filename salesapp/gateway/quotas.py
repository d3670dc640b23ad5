"""Limits how much one user may send: records and files in a day, and while the ERP decides nothing.

What exceeds a quota is neither stored nor rejected: it waits on the tablet and is sent again.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from sqlalchemy import ColumnElement, Connection, Integer, and_, cast, func, select

from salesapp import clock
from salesapp.clock import timestamp
from salesapp.errors import GatewayError
from salesapp.gateway.database import cell
from salesapp.gateway.tables import submission

MEGABYTE: Final = 1_000_000
_DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Quotas:
    """The quotas of one user; a day is the last 24 hours. The defaults are many times a representative's work."""

    records_a_day: int = 2_000
    bytes_a_day: int = 64 * MEGABYTE
    undelivered: int | None = 5_000
    undelivered_bytes: int = 128 * MEGABYTE
    file_bytes_a_day: int = 500 * MEGABYTE
    file_bytes: int = 20_000 * MEGABYTE

    def without_decisions(self) -> "Quotas":
        """Returns quotas for a source that takes no records, where all of them wait for the back office."""
        return replace(self, undelivered=None)

    def check(self, connection: Connection, user: str, size: int, file_size: int = 0) -> None:
        """Raises GatewayError if a record of this size, and its file, would exceed a quota (sizes in bytes)."""
        of_user = submission.c.user_name == user
        of_day = and_(of_user, submission.c.received_at > timestamp(clock.now() - _DAY))
        count, used = _records(connection, of_day)
        if count >= self.records_a_day or used + size > self.bytes_a_day:
            raise GatewayError("gateway.record_quota", records=count, bytes=used)
        if self.undelivered is not None:
            count, used = _records(connection, and_(of_user, submission.c.state == "received"))
            if count >= self.undelivered or used + size > self.undelivered_bytes:
                raise GatewayError("gateway.undelivered_quota", records=count, bytes=used)
        if file_size:
            for where, most in ((of_day, self.file_bytes_a_day), (of_user, self.file_bytes)):
                if (used := _file_bytes(connection, where)) + file_size > most:
                    raise GatewayError("gateway.file_quota", bytes=used)


def _records(connection: Connection, where: ColumnElement[bool]) -> tuple[int, int]:
    """Returns the number of records and their bytes."""
    size = func.coalesce(func.sum(func.length(submission.c.payload)), 0)
    count, used = connection.execute(select(func.count(), size).where(where)).one()
    return int(count), int(used)


def _file_bytes(connection: Connection, where: ColumnElement[bool]) -> int:
    size = func.sum(cast(cell(submission.c.payload, "size"), Integer))
    taken = (submission.c.kind == "file", submission.c.state != "rejected")
    return int(connection.execute(select(func.coalesce(size, 0)).where(where, *taken)).scalar_one())
