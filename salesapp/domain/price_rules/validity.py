"""Validity of rows by date (docs/pricing.md, rule 0)."""

import datetime
from typing import Protocol


class Dated(Protocol):
    """A row with a validity, in ISO dates; both ends are inclusive, None is open."""

    @property
    def valid_from(self) -> str | None: ...

    @property
    def valid_to(self) -> str | None: ...


def is_valid(row: Dated, date: datetime.date) -> bool:
    """Returns whether a row is valid on a day."""
    day = date.isoformat()
    return (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or day <= row.valid_to)
