"""The clock of the program, and that of the tests."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest

from salesapp import clock
from salesapp.domain import ids
from tests import days
from tests.processes import environment

pytestmark = pytest.mark.clock


@pytest.mark.parametrize(
    ("moment", "zone", "utc"),
    [
        ("2026-12-31 23:58", "Europe/Warsaw", "2026-12-31T22:58"),
        ("2026-12-31 23:58", "America/New_York", "2027-01-01T04:58"),
        ("2027-01-01 00:02", "Asia/Tokyo", "2026-12-31T15:02"),
        ("2028-02-29 12:00", "Asia/Tokyo", "2028-02-29T03:00"),
        ("2026-07-01 00:30", "Europe/Warsaw", "2026-06-30T22:30"),
    ],
)
def test_that_today_is_the_local_day_and_now_is_utc(moment: str, zone: str, utc: str) -> None:
    with days.at(moment, zone):
        assert (clock.now().tzinfo, f"{clock.now():%Y-%m-%dT%H:%M}") == (UTC, utc)
        assert f"{clock.here():%Y-%m-%d %H:%M}" == moment
        assert clock.today() == date.fromisoformat(moment[:10])


def test_that_every_test_begins_at_the_same_moment(pytestconfig: pytest.Config) -> None:
    begin = datetime.fromisoformat(pytestconfig.getoption("--moment"))
    assert timedelta() <= clock.here().replace(tzinfo=None) - begin < timedelta(seconds=50)


def test_that_processes_that_a_test_starts_have_its_clock() -> None:
    told = "from salesapp import clock; print(clock.here().isoformat())"
    with days.at("2028-02-29 23:58", "Asia/Tokyo"):
        done = subprocess.run(
            [sys.executable, "-c", told], capture_output=True, text=True, check=True, env=environment()
        )
        assert abs(datetime.fromisoformat(done.stdout.strip()) - clock.now()) < timedelta(seconds=50)
        assert done.stdout.startswith("2028-02-29T23:5"), "in the zone of the test"


def test_that_identifiers_sort_by_the_clock() -> None:
    with days.at("2026-12-31 23:59"):
        before = ids.new_id()
    with days.at("2027-01-01 00:01"):
        assert before < ids.new_id()


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("1899-12-30T00:00:00Z", "1970-01-02"),
        ("0001-01-01T00:00:00Z", "1970-01-02"),
        ("9999-12-31T23:59:59Z", "2999-12-30"),
        ("2026-03-02T12:00:00Z", "2026-03-02"),
    ],
)
def test_that_a_moment_of_another_age_is_shown_as_the_nearest_that_every_system_knows(stored: str, shown: str) -> None:
    assert clock.local(stored).astimezone(UTC).date().isoformat() == shown
