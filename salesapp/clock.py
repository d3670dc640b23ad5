"""What time it is. Only this module asks the computer's clock, so that tests can live on days of their own.

Moments are UTC; dates of documents, visits and promotions are local. How long something takes is measured by
`time.monotonic`, and the ages of files by the time that the file system gives them.
"""

from datetime import UTC, date, datetime, timedelta

TIMESTAMP_FORM = "%Y-%m-%dT%H:%M:%SZ"
"""How moments are stored and sent: UTC, to the second (2026-03-02T08:00:00Z)."""
_ahead = timedelta()  # of the computer's clock; only tests set it


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC) + _ahead  # here and nowhere else


def timestamp(moment: datetime | None = None) -> str:
    """An aware moment, or this one, as text in TIMESTAMP_FORM."""
    return (moment or now()).astimezone(UTC).strftime(TIMESTAMP_FORM)


def here() -> datetime:
    """This moment, in the time zone of this device."""
    return now().astimezone()


def today() -> date:
    """Today, in the time zone of this device."""
    return here().date()
