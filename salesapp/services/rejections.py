"""Why a record was rejected, also after it became a draft again to be corrected."""

from dataclasses import dataclass

import msgspec
from sqlalchemy import select

from salesapp.protocol.messages import Receipt
from salesapp.store.tables import outbox
from salesapp.store.work import WorkStore

_REJECTED = ("rejected", "withdrawn")
"""A rejected submission is withdrawn when its record is opened to be corrected."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """A code of `ERRORS`, the field concerned ("" without one), and the code's parameters."""

    code: str
    field: str
    params: tuple[tuple[str, str], ...]


def rejection_of(work: WorkStore, record: str) -> Rejection | None:
    """Returns why the record's last submission was rejected; None if it was not."""
    columns = (outbox.c.state, outbox.c.error_code, outbox.c.error_params, outbox.c.receipt)
    with work.read() as connection:
        last = select(*columns).where(outbox.c.record == record).order_by(outbox.c.seq.desc()).limit(1)
        row = connection.execute(last).first()
    if row is None or row.state not in _REJECTED or not row.error_code:
        return None
    params = msgspec.json.decode(row.error_params, type=dict[str, str]) if row.error_params else {}
    receipt = msgspec.json.decode(row.receipt, type=Receipt) if row.receipt else None
    field = receipt.field if receipt is not None else params.get("field", "")
    return Rejection(row.error_code, field, tuple(params.items()))
