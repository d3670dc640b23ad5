"""The rule for automatic syncs, for all situations."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesapp.models.automatic import PAUSE, SETTLING, AutoSyncSettings, SyncFacts, due, retry_time

pytestmark = pytest.mark.clock

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
EVERYTHING = AutoSyncSettings(timedelta(minutes=30), on_network=True, after_confirming=True)

wanted = st.builds(
    AutoSyncSettings,
    every=st.none() | st.sampled_from([15, 30, 60]).map(lambda minutes: timedelta(minutes=minutes)),
    work_from=st.times(),
    work_to=st.times(),
    on_network=st.booleans(),
    after_confirming=st.booleans(),
)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
situations = st.builds(
    SyncFacts,
    now=moments,
    ended=st.none() | moments,
    went_well=st.booleans(),
    confirmed=st.none() | moments,
    is_back=st.booleans(),
)


@pytest.mark.parametrize(
    ("minutes", "expected"), [(29, ""), (30, "interval"), (600, "interval")], ids=["too early", "now", "long ago"]
)
def test_that_an_interval_is_kept(minutes: int, expected: str) -> None:
    wish = AutoSyncSettings(timedelta(minutes=30))
    assert due(wish, SyncFacts(NOON, NOON - minutes * MINUTE)) == expected


def test_that_nothing_begins_outside_the_working_hours() -> None:
    night = NOON.replace(hour=22)
    assert due(EVERYTHING, SyncFacts(night, night - timedelta(hours=9), is_back=True)) == ""


def test_that_confirmed_records_are_sent_at_any_hour_after_a_pause() -> None:
    night = NOON.replace(hour=22)
    facts = SyncFacts(night, night - MINUTE, confirmed=night - SETTLING)
    assert due(EVERYTHING, facts) == "confirmed"
    assert due(EVERYTHING, SyncFacts(night, night - MINUTE, confirmed=night)) == ""


def test_that_a_returning_network_starts_a_sync_before_the_interval_ends() -> None:
    assert due(EVERYTHING, SyncFacts(NOON, NOON - MINUTE, is_back=True)) == "network"
    assert due(EVERYTHING, SyncFacts(NOON, NOON - MINUTE, went_well=False, is_back=True)) == "network"


def test_that_a_failure_is_followed_by_a_pause() -> None:
    failed = SyncFacts(NOON, NOON - MINUTE, went_well=False, confirmed=NOON - MINUTE)
    assert due(EVERYTHING, failed) == ""
    assert due(EVERYTHING, SyncFacts(NOON, NOON - PAUSE, went_well=False, confirmed=NOON - MINUTE)) == "confirmed"


def test_that_nothing_begins_before_the_gateways_retry_time() -> None:
    until = retry_time("gateway.busy", {"until": f"{NOON + MINUTE:%Y-%m-%dT%H:%M:%SZ}"})
    assert until == NOON + MINUTE
    waits = SyncFacts(NOON, NOON - timedelta(days=1), confirmed=NOON - MINUTE, is_back=True, not_before=until)
    assert due(EVERYTHING, waits) == ""
    assert due(EVERYTHING, replace(waits, now=until)) != ""
    assert retry_time("gateway.failed", {"until": "2026-03-02T12:00:00Z"}) is None
    assert retry_time("gateway.busy", {}) is None


@pytest.mark.parametrize(
    ("start", "end", "clock", "is_working"),
    [
        (time(7), time(17), time(7), True),
        (time(7), time(17), time(17), False),
        (time(22), time(6), time(23), True),
        (time(22), time(6), time(5, 59), True),
        (time(22), time(6), time(12), False),
        (time(8), time(8), time(3), True),
    ],
)
def test_that_working_hours_may_span_midnight_or_the_whole_day(
    start: time, end: time, clock: time, is_working: bool
) -> None:
    assert AutoSyncSettings(work_from=start, work_to=end).is_working(datetime.combine(NOON, clock, UTC)) is is_working


@given(wanted, situations)
def test_that_a_sync_begins_only_for_an_enabled_reason(wish: AutoSyncSettings, facts: SyncFacts) -> None:
    reason = due(wish, facts)
    if facts.ended is None:
        assert reason == ""
    if reason == "interval":
        assert wish.every is not None
    if reason == "network":
        assert wish.on_network
        assert facts.is_back
    if reason == "confirmed":
        assert wish.after_confirming
        assert facts.confirmed is not None
    if reason in {"interval", "network"}:
        assert wish.is_working(facts.now)
    if not wish.is_any:
        assert reason == ""
