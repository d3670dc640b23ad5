"""Rules of travel: odometer readings only increase, and gaps need an explanation. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

MOST_KM = 9_999_999
FAR_KM = 1_500
"""More than this in one entry is asked about: a digit too many is likelier than such a day."""
LONG_AGO = timedelta(days=60)

Code = Literal["missing", "not_a_reading", "goes_back", "below_start", "past_next"]


@dataclass(frozen=True, slots=True)
class Reading:
    """The result of checking two readings. `gap`: unexplained km between the last entry and this one."""

    started: Code | None = None
    ended: Code | None = None
    gap: int = 0

    @property
    def is_possible(self) -> bool:
        return self.started is None and self.ended is None


def is_far(started_km: int, ended_km: int | None) -> bool:
    """Returns whether a way is longer than one drives in a day."""
    return ended_km is not None and ended_km - started_km > FAR_KM


def is_odd_day(travelled_on: date, today: date) -> bool:
    """Returns whether an entry is of a day to come, or of one long ago."""
    return not today - LONG_AGO <= travelled_on <= today


def check(
    started_km: int | None,
    ended_km: int | None,
    last_km: int | None,
    next_km: int | None = None,
    *,
    is_finished: bool = True,
) -> Reading:
    """Checks readings (km) against the vehicle's previous and next ones. A trip in progress needs no end reading."""
    started = _code(started_km)
    ended = _code(ended_km) if is_finished or ended_km is not None else None
    if started_km is None or started is not None:
        return Reading(started, ended)
    if last_km is not None and started_km < last_km:
        started = "goes_back"
    if ended is None and ended_km is not None and ended_km < started_km:
        ended = "below_start"
    reached = started_km if ended_km is None else ended_km
    if ended is None and next_km is not None and reached > next_km:
        ended = "past_next"
    gap = started_km - last_km if last_km is not None and started is None else 0
    return Reading(started, ended, gap)


def _code(reading: int | None) -> Code | None:
    if reading is None:
        return "missing"
    return None if 0 <= reading <= MOST_KM else "not_a_reading"
