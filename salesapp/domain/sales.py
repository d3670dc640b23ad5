"""Sales figures: change to the previous period, targets, exchange rates. Pure; amounts are net in base currency.

Nothing is rounded here, so parts add up exactly; only displayed figures are rounded.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from salesapp.domain.periods import Period, period_of, working_days

ZERO = Decimal()
NOT_SALES = frozenset({"invalid", "canceled", "cancelled", "rejected"})
"""General states in the ERP that do not count as sales."""

Targets = Mapping[date, Decimal]
"""First day of a month -> target of the month."""


@dataclass(frozen=True, slots=True)
class Total:
    """Net amount and number of orders."""

    net: Decimal = ZERO
    orders: int = 0

    @property
    def average(self) -> Decimal:
        return self.net / self.orders if self.orders else ZERO

    def __add__(self, other: "Total") -> "Total":
        return Total(self.net + other.net, self.orders + other.orders)


def total_of(days: Mapping[date, Total], period: Period) -> Total:
    """Returns the total of the days in a period."""
    if len(days) < period.days:
        return sum((found for day, found in days.items() if day in period), Total())
    offsets = range(period.days)
    return sum((days.get(period.first + timedelta(days=offset), Total()) for offset in offsets), Total())


def change_percent(now: Decimal, before: Decimal) -> Decimal | None:
    """Returns the change in percent, to a tenth (negative: less); None if there is nothing to compare with."""
    if before <= 0:
        return None
    return ((now - before) * 100 / before).quantize(Decimal("0.1"), ROUND_HALF_UP)


def target_of(period: Period, targets: Targets) -> Decimal | None:
    """Returns the target of a period; None if one of its months has no target.

    A year's target is the sum of its months. Weeks and days get their share by working days, so a weekend has
    none; every month has working days.
    """
    if period.span == "month":
        return targets.get(period.first)
    if period.span == "year":
        months = [targets.get(part.first) for part in period.parts()]
        known = [target for target in months if target is not None]
        return sum(known, ZERO) if len(known) == len(months) else None
    return _share(period, targets)


def _share(period: Period, targets: Targets) -> Decimal | None:
    """Sums each month's target in proportion to the period's working days in it."""
    found, first = ZERO, period.first
    while first <= period.last:
        month = period_of("month", first)
        days = working_days(first, min(period.last, month.last))
        target = targets.get(month.first)
        if days and target is None:
            return None
        found += (target or ZERO) * days / working_days(month.first, month.last)
        first = month.last + timedelta(days=1)
    return found


@dataclass(frozen=True, slots=True)
class TargetProgress:
    """Progress toward a target, and the working days left after today."""

    period: Period
    target: Decimal
    net: Decimal
    days_left: int

    @property
    def percent(self) -> int:
        """Whole percent, rounded down: 100 only if the target is reached."""
        return int(self.net * 100 // self.target) if self.target > 0 and self.net > 0 else 0

    @property
    def is_reached(self) -> bool:
        return self.net >= self.target

    @property
    def to_go(self) -> Decimal:
        return max(self.target - self.net, ZERO)


def target_progress(period: Period, targets: Targets, net: Decimal, today: date) -> TargetProgress | None:
    """Returns the progress toward a period's target; None without a target or if it is 0."""
    target = target_of(period, targets)
    if target is None or target <= 0:
        return None
    return TargetProgress(period, target, net, working_days(max(today + timedelta(days=1), period.first), period.last))


class Rates:
    """Exchange rates by day, in base currency for one unit."""

    def __init__(self, base: str, rates: Mapping[str, Sequence[tuple[date, Decimal]]]) -> None:
        self.base = base
        self._rates = {code: sorted(found) for code, found in rates.items() if found}

    def on(self, currency: str, day: date) -> tuple[Decimal, bool] | None:
        """Returns the latest rate on or before a day, and whether it was known then.

        Before the oldest rate, returns that one and False: an amount marked as an estimate is better than none.
        Returns None for a currency without rates.
        """
        if currency == self.base:
            return Decimal(1), True
        rates = self._rates.get(currency)
        if not rates:
            return None
        place = bisect_right(rates, day, key=lambda entry: entry[0])
        return rates[max(place - 1, 0)][1], place > 0


def weeks_since(day: date, today: date) -> int:
    """Returns the whole weeks between two days."""
    return max((today - day).days // 7, 0)
