"""What time it is. Only this module asks the computer's clock, so that tests can live on days of their own.

Moments are UTC; dates of documents, visits and promotions are local. How long something takes is measured by
`time.monotonic`, and the ages of files by the time that the file system gives them.
"""

from datetime import UTC, date, datetime, timedelta

_ahead = timedelta()  # of the computer's clock; only tests set it


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC) + _ahead  # noqa: TID251  # here and nowhere else


def here() -> datetime:
    """This moment, in the time zone of this device."""
    return now().astimezone()


def today() -> date:
    """Today, in the time zone of this device."""
    return here().date()
