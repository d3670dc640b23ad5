"""Periods, changes, targets and rates of reports: examples and laws."""

import itertools
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesapp.domain.periods import (
    SPANS,
    Period,
    Span,
    last_periods,
    month_length,
    period_of,
    same_part_before,
    working_days,
)
from salesapp.domain.sales import Rates, Total, change_percent, target_of, target_progress, total_of, weeks_since

pytestmark = pytest.mark.clock

DAYS = st.dates(date(1999, 1, 1), date(2101, 12, 31))
THURSDAY = date(2026, 3, 12)
DAY = timedelta(days=1)


def a_year(net: str) -> dict[date, Decimal]:
    return {date(2026, month, 1): Decimal(net) for month in range(1, 13)}


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        ("day", date(2026, 3, 12), date(2026, 3, 12)),
        ("week", date(2026, 3, 9), date(2026, 3, 15)),
        ("month", date(2026, 3, 1), date(2026, 3, 31)),
        ("year", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_that_periods_have_the_bounds_of_the_calendar(span: Span, first: date, last: date) -> None:
    assert period_of(span, THURSDAY) == Period(span, first, last)


@pytest.mark.parametrize(
    ("span", "today", "first", "last"),
    [
        ("day", date(2026, 3, 9), date(2026, 3, 8), date(2026, 3, 8)),
        ("week", THURSDAY, date(2026, 3, 2), date(2026, 3, 5)),
        ("month", THURSDAY, date(2026, 2, 1), date(2026, 2, 12)),
        ("month", date(2026, 3, 30), date(2026, 2, 1), date(2026, 2, 28)),
        ("month", date(2026, 2, 28), date(2026, 1, 1), date(2026, 1, 31)),
        ("year", THURSDAY, date(2025, 1, 1), date(2025, 3, 12)),
        ("year", date(2028, 2, 29), date(2027, 1, 1), date(2027, 2, 28)),
    ],
)
def test_that_a_current_period_is_compared_with_the_same_part_of_the_previous_one(
    span: Span, today: date, first: date, last: date
) -> None:
    assert same_part_before(period_of(span, today), today) == Period(span, first, last)


@given(DAYS, st.sampled_from(SPANS))
def test_that_every_day_lies_in_one_period_and_periods_follow_each_other_without_a_gap(day: date, span: Span) -> None:
    period = period_of(span, day)
    assert day in period
    assert all(period_of(span, other) == period for other in (period.first, period.last))
    assert period.before().last + DAY == period.first
    assert period_of(span, period.last + DAY).before() == period


@given(DAYS, st.sampled_from(SPANS))
def test_that_the_parts_of_a_period_add_up_to_it(day: date, span: Span) -> None:
    period = period_of(span, day)
    parts = period.parts()
    if span == "day":
        assert parts == ()
        return
    assert sum(part.days for part in parts) == period.days
    assert (parts[0].first, parts[-1].last) == (period.first, period.last)
    assert all(one.last + DAY == other.first for one, other in itertools.pairwise(parts))


@given(DAYS, st.sampled_from(SPANS))
def test_that_a_comparison_lies_in_the_previous_period_and_covers_it_in_the_end(day: date, span: Span) -> None:
    period = period_of(span, day)
    compared, before = same_part_before(period, day), period.before()
    assert compared.first == before.first
    assert compared.last <= before.last
    assert same_part_before(period, period.last) == before
    if span in {"day", "week"}:
        assert compared.days == period.until(day).days


@given(DAYS, st.sampled_from(SPANS), st.integers(1, 20))
def test_that_the_last_periods_end_with_the_day_of_today(day: date, span: Span, count: int) -> None:
    found = last_periods(span, day, count)
    assert len(found) == count
    assert day in found[-1]
    assert all(one.last + DAY == other.first for one, other in itertools.pairwise(found))


@given(DAYS, st.integers(-3, 800))
def test_that_working_days_are_mondays_to_fridays(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    every = [first + timedelta(days=offset) for offset in range(length + 1)]
    assert working_days(first, last) == sum(day.isoweekday() <= 5 for day in every)


AMOUNTS = st.decimals(0, 10**7, places=4)


@given(st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 12, 31)), AMOUNTS, max_size=60), st.sampled_from(SPANS))
def test_that_sums_of_the_parts_are_the_sum_of_the_period(amounts: dict[date, Decimal], span: Span) -> None:
    days = {day: Total(net, 1) for day, net in amounts.items()}
    year = period_of("year", date(2026, 1, 1))
    whole = total_of(days, year)
    assert whole == Total(sum(amounts.values(), Decimal()), len(amounts))
    periods = {period_of(span, year.first + timedelta(days=offset)) for offset in range(year.days)}
    assert sum((total_of(days, period) for period in periods), Total()) == whole


@given(AMOUNTS, AMOUNTS)
def test_that_a_change_leads_from_one_amount_to_the_other(now: Decimal, before: Decimal) -> None:
    change = change_percent(now, before)
    if before <= 0:
        assert change is None
    else:
        assert change is not None
        assert abs(before * (100 + change) / 100 - now) <= before * Decimal("0.0005") + Decimal("1e-9")


def test_that_a_change_has_one_decimal_and_none_without_a_base() -> None:
    assert change_percent(Decimal("106.24"), Decimal(100)) == Decimal("6.2")
    assert change_percent(Decimal(0), Decimal(100)) == Decimal("-100.0")
    assert change_percent(Decimal(10), Decimal(0)) is None


@given(st.lists(AMOUNTS, min_size=12, max_size=12))
def test_that_shares_of_a_target_add_up_to_it(amounts: list[Decimal]) -> None:
    targets = {date(2026, month, 1): net for month, net in enumerate(amounts, 1)}
    year = period_of("year", date(2026, 1, 1))
    assert target_of(year, targets) == sum(amounts, Decimal())
    for month in year.parts():
        weeks = [target_of(part, targets) or Decimal() for part in month.parts()]
        days = [target_of(period_of("day", month.first + timedelta(days=offset)), targets) for offset in range(28)]
        assert abs(sum(weeks, Decimal()) - targets[month.first]) < Decimal("1e-12")
        assert all(day is not None and day >= 0 for day in days)


def test_that_a_week_across_two_months_gets_its_share_of_both_targets() -> None:
    targets = {date(2026, 3, 1): Decimal(22_000), date(2026, 4, 1): Decimal(44_000)}  # 22 working days each
    assert target_of(period_of("week", date(2026, 3, 31)), targets) == 2 * 1000 + 3 * 2000
    assert target_of(period_of("day", date(2026, 3, 14)), targets) == 0
    assert target_of(period_of("week", date(2026, 5, 1)), targets) is None
    assert target_of(period_of("week", date(2026, 2, 28)), targets) is None
    assert target_of(period_of("day", date(2026, 5, 2)), targets) == 0, "a Saturday needs no target"
    assert target_of(period_of("year", date(2026, 3, 1)), targets) is None


def test_that_a_target_is_reached_at_a_hundred_percent_and_not_before() -> None:
    month = period_of("month", THURSDAY)
    half = target_progress(month, a_year("60000"), Decimal(42_600), THURSDAY)
    assert half is not None
    assert (half.percent, half.to_go, half.days_left, half.is_reached) == (71, Decimal(17_400), 13, False)
    nearly = target_progress(month, a_year("60000"), Decimal("59999.99"), THURSDAY)
    assert nearly is not None
    assert (nearly.percent, nearly.is_reached) == (99, False)
    over = target_progress(month, a_year("60000"), Decimal(66_000), date(2026, 4, 20))
    assert over is not None
    assert (over.percent, over.to_go, over.days_left, over.is_reached) == (110, Decimal(0), 0, True)
    assert target_progress(month, {}, Decimal(1), THURSDAY) is None
    assert target_progress(month, a_year("0"), Decimal(1), THURSDAY) is None


def test_that_a_rate_is_the_latest_that_is_not_after_the_day() -> None:
    rates = Rates("PLN", {"EUR": [(date(2026, 3, 10), Decimal("4.30")), (date(2026, 3, 2), Decimal("4.20"))]})
    assert rates.on("PLN", THURSDAY) == (Decimal(1), True)
    assert rates.on("EUR", THURSDAY) == (Decimal("4.30"), True)
    assert rates.on("EUR", date(2026, 3, 9)) == (Decimal("4.20"), True)
    assert rates.on("EUR", date(2026, 3, 1)) == (Decimal("4.20"), False), "older than every rate: about right, and said"
    assert rates.on("USD", THURSDAY) is None


def test_that_only_complete_weeks_count() -> None:
    assert weeks_since(THURSDAY - timedelta(days=27), THURSDAY) == 3
    assert weeks_since(THURSDAY - timedelta(days=28), THURSDAY) == 4
    assert weeks_since(THURSDAY + DAY, THURSDAY) == 0


@given(DAYS)
def test_that_a_month_has_its_length(day: date) -> None:
    assert day.replace(day=month_length(day)) + DAY == (day.replace(day=1) + timedelta(days=32)).replace(day=1)
