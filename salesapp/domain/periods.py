"""Days, weeks, months and years of reports: their bounds, what came before, and what is compared with what. Pure."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Span = Literal["day", "week", "month", "year"]
SPANS: tuple[Span, ...] = ("day", "week", "month", "year")
WORKING_DAYS = 5
"""Monday to Friday; public holidays are not known here."""
_DAY = timedelta(days=1)
_SMALLER: dict[Span, Span] = {"year": "month", "month": "week", "week": "day"}


@dataclass(frozen=True, slots=True)
class Period:
    """Local dates from `first` to `last`, both within. Weeks begin on Monday; a week may be cut at a month's edge."""

    span: Span
    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def before(self) -> "Period":
        """The whole period that the day before this one's first lies in."""
        return period_of(self.span, self.first - _DAY)

    def until(self, day: date) -> "Period":
        """The part that has passed at the end of a day; of a period to come, nothing but its first day."""
        return Period(self.span, self.first, max(min(self.last, day), self.first))

    def parts(self) -> tuple["Period", ...]:
        """What a look into it shows: months of a year, weeks of a month (cut at its edges), days of a week."""
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
    """The period that a day lies in."""
    if span == "week":
        monday = day - timedelta(days=day.weekday())
        return Period(span, monday, monday + timedelta(days=6))
    if span == "month":
        return Period(span, day.replace(day=1), day.replace(day=month_length(day)))
    if span == "year":
        return Period(span, date(day.year, 1, 1), date(day.year, 12, 31))
    return Period(span, day, day)


def last_periods(span: Span, day: date, count: int) -> tuple[Period, ...]:
    """So many periods, the one of the day last."""
    found = [period_of(span, day)]
    while len(found) < count:
        found.append(found[-1].before())
    return tuple(reversed(found))


def same_part_before(period: Period, today: date) -> Period:
    """What a period is compared with: the period before, as far as this one has come.

    A period that is over is compared with the whole one before. A month that has more days than the one before is
    compared with all of that; a year at 29 February with the other one to its 28th.
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
    """Mondays to Fridays from one day to another, both within; 0 when the last lies before the first."""
    weeks, more = divmod(max((last - first).days + 1, 0), 7)
    rest = sum((first + timedelta(days=offset)).weekday() < WORKING_DAYS for offset in range(more))
    return weeks * WORKING_DAYS + rest


def month_length(day: date, year: int | None = None) -> int:
    """Days of the month of a day, if need be in another year."""
    return calendar.monthrange(year or day.year, day.month)[1]
