"""The current time. Only this module reads the computer's clock, which lets tests choose their own days.

Times are UTC; dates of documents, visits and promotions are local. Durations are measured with
`time.monotonic`, ages of files with the file system's times.
"""

from datetime import UTC, date, datetime, time, timedelta

TIMESTAMP_FORM = "%Y-%m-%dT%H:%M:%SZ"
"""The form of times in storage and messages: UTC, to the second (2026-03-02T08:00:00Z)."""
YEARS = range(1970, 3000)
"""The years of times. Windows converts no others; ERPs write others where they have no time."""
_FIRST, _LAST = datetime(1970, 1, 2, tzinfo=UTC), datetime(2999, 12, 30, tzinfo=UTC)
_ahead = timedelta()  # offset to the computer's clock; only tests set it


def now() -> datetime:
    """Returns the current time in UTC."""
    return datetime.now(UTC) + _ahead  # the only place that may


def timestamp(moment: datetime | None = None) -> str:
    """Returns an aware time (by default now) as text in TIMESTAMP_FORM."""
    return (moment or now()).astimezone(UTC).strftime(TIMESTAMP_FORM)


def local(text: str) -> datetime:
    """Converts a stored time, or a local one, to local time; one outside YEARS becomes their first or last."""
    stored = datetime.fromisoformat(text)
    first, last = (edge.replace(tzinfo=stored.tzinfo) for edge in (_FIRST, _LAST))
    return min(max(stored, first), last).astimezone()


def moment_at(day: date, at: time = time()) -> datetime:
    """Returns a local day and time, by default its midnight, as a moment.

    Of a time that comes twice when clocks go back, the first. A time that they skip is as much later as they skip:
    02:30 is 03:30, and a day whose midnight is skipped begins at 01:00.
    """
    return datetime.fromtimestamp(datetime.combine(day, at).timestamp(), UTC).astimezone()


def here() -> datetime:
    """Returns the current time in the device's time zone."""
    return now().astimezone()


def today() -> date:
    """Returns today's date in the device's time zone."""
    return here().date()
