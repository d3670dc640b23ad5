"""Periods of reports (days, weeks, months, years): bounds, parts, and the periods to compare with. Pure."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Span = Literal["day", "week", "month", "year"]
SPANS: tuple[Span, ...] = ("day", "week", "month", "year")
WORKING_DAYS = 5
"""Monday to Friday; public holidays are not considered."""
_DAY = timedelta(days=1)
_SMALLER: dict[Span, Span] = {"year": "month", "month": "week", "week": "day"}


@dataclass(frozen=True, slots=True)
class Period:
    """Local dates from `first` to `last`, inclusive. Weeks begin on Monday; a month's edge may cut one."""

    span: Span
    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def before(self) -> "Period":
        """Returns the whole previous period."""
        return period_of(self.span, self.first - _DAY)

    def until(self, day: date) -> "Period":
        """Returns the part up to a day, inclusive; at least the first day, also of a future period."""
        return Period(self.span, self.first, max(min(self.last, day), self.first))

    def parts(self) -> tuple["Period", ...]:
        """Returns the parts: months of a year, weeks of a month (cut at its edges), days of a week."""
        if self.span == "day":
            return ()
        smaller = _SMALLER[self.span]
        found, day = [], self.first
        while day <= self.last:
            whole = period_of(smaller, day)
            found.append(Period(smaller, day, min(whole.last, self.last)))
            day = whole.last + _DAY
        return tuple(found)


def period_of(span: Span, day: date) -> Period:
    """Returns the period that contains a day."""
    if span == "week":
        monday = day - timedelta(days=day.weekday())
        return Period(span, monday, monday + timedelta(days=6))
    if span == "month":
        return Period(span, day.replace(day=1), day.replace(day=month_length(day)))
    if span == "year":
        return Period(span, date(day.year, 1, 1), date(day.year, 12, 31))
    return Period(span, day, day)


def last_periods(span: Span, day: date, count: int) -> tuple[Period, ...]:
    """Returns `count` periods, ending with the one that contains the day."""
    found = [period_of(span, day)]
    while len(found) < count:
        found.append(found[-1].before())
    return tuple(reversed(found))


def same_part_before(period: Period, today: date) -> Period:
    """Returns the period to compare with: the previous one, up to the same point.

    A finished period is compared with the whole previous one. A month that is further on than the previous one is long
    is compared with all of it; a year at 29 February with the other year up to the 28th.
    """
    before = period.before()
    if today >= period.last:
        return before
    passed = max(today, period.first)
    if period.span == "year":
        last = passed.replace(year=before.first.year, day=min(passed.day, month_length(passed, before.first.year)))
    else:
        last = min(before.first + (passed - period.first), before.last)
    return Period(period.span, before.first, last)


def working_days(first: date, last: date) -> int:
    """Returns the number of Mondays to Fridays between two days, inclusive; 0 if `last` is before `first`."""
    weeks, more = divmod(max((last - first).days + 1, 0), 7)
    rest = sum((first + timedelta(days=offset)).weekday() < WORKING_DAYS for offset in range(more))
    return weeks * WORKING_DAYS + rest


def month_length(day: date, year: int | None = None) -> int:
    """Returns the number of days in a day's month, optionally in another year."""
    return calendar.monthrange(year or day.year, day.month)[1]
