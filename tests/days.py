"""The clock of the tests. Each test begins at the same moment, whatever the real date.

`scripts/test --moment "2026-12-31 23:57" --zone Asia/Tokyo` uses another moment.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from salesapp import clock

MOMENT, ZONE = "2026-12-03 10:51", "Europe/Warsaw"
AHEAD = "SALESAPP_TESTS_AHEAD"
_HOOK = str(Path(__file__).with_name("other_day"))

_begin = datetime.min.replace(tzinfo=UTC)


def settle(moment: str, zone: str) -> None:
    """Sets the moment and zone of all following tests. Raises ValueError for an invalid moment or an unknown zone."""
    global _begin  # noqa: PLW0603  # one for the process, as its zone is
    try:
        _begin = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone))
    except ZoneInfoNotFoundError:
        raise ValueError(f"there is no zone {zone}") from None
    _move(zone)
    path = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    os.environ["PYTHONPATH"] = os.pathsep.join([_HOOK, *(part for part in path if part not in {_HOOK, ""})])
    _set(_begin)
    if clock.here().utcoffset() != _begin.utcoffset():
        raise ValueError(f"the system does not know {zone}: install tzdata")


@contextmanager
def begun(before: timedelta = timedelta()) -> Iterator[None]:
    """Within, the clock (also of new processes) starts at the tests' moment, or `before` it."""
    ahead = clock._ahead
    _set(_begin.astimezone(UTC) - before)
    try:
        yield
    finally:
        _put(ahead)


@contextmanager
def at(moment: str, zone: str = ZONE) -> Iterator[None]:
    """Within, the clock (also of new processes) starts at a moment in a zone."""
    ahead, home = clock._ahead, os.environ["TZ"]
    _move(zone)
    _set(datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone)))
    try:
        yield
    finally:
        _move(home)
        _put(ahead)


def _move(zone: str) -> None:
    os.environ["TZ"] = zone
    time.tzset()


def _set(moment: datetime) -> None:
    _put(moment.astimezone(UTC) - datetime.now(UTC))  # noqa: TID251  # what is ahead of it


def _put(ahead: timedelta) -> None:
    clock._ahead = ahead
    os.environ[AHEAD] = str(ahead.total_seconds())
