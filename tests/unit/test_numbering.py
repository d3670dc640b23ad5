"""Numbers of documents: by numerator, period and series, without a gap and never twice."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesapp.domain.numbering import Numerator
from salesapp.store.folders import AccountFolder
from salesapp.store.records import take_number
from salesapp.store.work import WorkStore

MONTHLY = Numerator("sales_order", "SO", "{symbol}-{number}/{month}/{year}/{series}", "month", 1)
YEARLY = Numerator("sales_quote", "SQ", "{number}/{year}/{series}", "year", 100)
ENDLESS = Numerator("other", "X", "{symbol}{number:06}", "none", 7)
MARCH, APRIL, NEXT_YEAR = date(2026, 3, 31), date(2026, 4, 1), date(2027, 3, 31)


@pytest.fixture
def work(tmp_path: Path) -> Iterator[WorkStore]:
    account = AccountFolder(tmp_path / "account", "gateway", "rep", "http://127.0.0.1")
    account.make()
    made = WorkStore.open(account, bytes(32))
    yield made
    made.close()


def take(work: WorkStore, numerator: Numerator, day: date, series: str = "JSS") -> str:
    with work.write() as connection:
        return take_number(connection, numerator, series, day)


def test_that_a_number_is_spelled_as_its_pattern_says() -> None:
    assert MONTHLY.format(1, MARCH, "JSS") == "SO-1/03/26/JSS"
    assert YEARLY.format(12, APRIL, "B-2") == "12/26/B-2"
    assert ENDLESS.format(7, MARCH, "") == "X000007"


def test_that_each_period_begins_anew_and_goes_on_when_one_returns_to_it(work: WorkStore) -> None:
    found = [take(work, MONTHLY, day) for day in (MARCH, MARCH, APRIL, MARCH, NEXT_YEAR)]
    assert found == ["SO-1/03/26/JSS", "SO-2/03/26/JSS", "SO-1/04/26/JSS", "SO-3/03/26/JSS", "SO-1/03/27/JSS"]
    assert [take(work, YEARLY, day) for day in (MARCH, APRIL, NEXT_YEAR)] == ["100/26/JSS", "101/26/JSS", "100/27/JSS"]
    assert [take(work, ENDLESS, day) for day in (MARCH, NEXT_YEAR)] == ["X000007", "X000008"]


def test_that_series_and_types_of_documents_count_apart(work: WorkStore) -> None:
    other = Numerator("sales_invoice", "SO", MONTHLY.pattern, "month", 1)
    assert take(work, MONTHLY, MARCH, "A") == "SO-1/03/26/A"
    assert take(work, MONTHLY, MARCH, "B") == "SO-1/03/26/B"
    assert take(work, MONTHLY, MARCH, "A") == "SO-2/03/26/A"
    assert take(work, other, MARCH, "C") == "SO-1/03/26/C"


def test_that_a_number_of_a_transaction_that_failed_is_given_to_the_next(work: WorkStore) -> None:
    assert take(work, MONTHLY, MARCH) == "SO-1/03/26/JSS"
    with suppress(ZeroDivisionError), work.write() as connection:
        assert take_number(connection, MONTHLY, "JSS", MARCH) == "SO-2/03/26/JSS"
        raise ZeroDivisionError
    assert take(work, MONTHLY, MARCH) == "SO-2/03/26/JSS"


def test_that_two_at_the_same_time_never_get_the_same_number(work: WorkStore) -> None:
    found: list[str] = []

    def many() -> None:
        for _ in range(15):
            found.append(take(work, MONTHLY, MARCH))  # noqa: PERF401  # one by one is the point

    threads = [threading.Thread(target=many) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == sorted(f"SO-{number}/03/26/JSS" for number in range(1, 61))


@given(st.dates(), st.dates(), st.sampled_from([MONTHLY, YEARLY, ENDLESS]))
def test_that_two_days_share_a_period_exactly_when_its_name_says_so(
    one: date, other: date, numerator: Numerator
) -> None:
    same = {"month": (one.year, one.month) == (other.year, other.month), "year": one.year == other.year, "none": True}
    assert (numerator.period_of(one) == numerator.period_of(other)) == same[numerator.period]
