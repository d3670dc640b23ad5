"""Numbers of documents: by numerator, period and series, without gaps or repeats."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from salesapp.domain.objects.documents import Numerator
from salesapp.store.folders import AccountFolder
from salesapp.store.records import take_number
from salesapp.store.work import WorkStore
from tests import numerators

pytestmark = pytest.mark.clock

MONTHLY = numerators.numerator()
YEARLY = numerators.numerator(
    "{number}/{year}/{series}", "year", document_type="sales_quote", symbol="SQ", first_number=100
)
ENDLESS = numerators.numerator("{symbol}{number:06}", "none", document_type="other", symbol="X", first_number=7)
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


def test_that_a_number_follows_its_pattern() -> None:
    assert MONTHLY.format(1, MARCH, "JSS") == "SO-1/03/26/JSS"
    assert YEARLY.format(12, APRIL, "B-2") == "12/26/B-2"
    assert ENDLESS.format(7, MARCH, "") == "X000007"


def test_that_each_period_has_its_own_counter(work: WorkStore) -> None:
    found = [take(work, MONTHLY, day) for day in (MARCH, MARCH, APRIL, MARCH, NEXT_YEAR)]
    assert found == ["SO-1/03/26/JSS", "SO-2/03/26/JSS", "SO-1/04/26/JSS", "SO-3/03/26/JSS", "SO-1/03/27/JSS"]
    assert [take(work, YEARLY, day) for day in (MARCH, APRIL, NEXT_YEAR)] == ["100/26/JSS", "101/26/JSS", "100/27/JSS"]
    assert [take(work, ENDLESS, day) for day in (MARCH, NEXT_YEAR)] == ["X000007", "X000008"]


def test_that_series_and_document_types_count_separately(work: WorkStore) -> None:
    other = numerators.numerator(MONTHLY.pattern, document_type="sales_invoice")
    assert take(work, MONTHLY, MARCH, "A") == "SO-1/03/26/A"
    assert take(work, MONTHLY, MARCH, "B") == "SO-1/03/26/B"
    assert take(work, MONTHLY, MARCH, "A") == "SO-2/03/26/A"
    assert take(work, other, MARCH, "C") == "SO-1/03/26/C"


def test_that_the_number_of_a_failed_transaction_is_used_next(work: WorkStore) -> None:
    assert take(work, MONTHLY, MARCH) == "SO-1/03/26/JSS"
    with suppress(ZeroDivisionError), work.write() as connection:
        assert take_number(connection, MONTHLY, "JSS", MARCH) == "SO-2/03/26/JSS"
        raise ZeroDivisionError
    assert take(work, MONTHLY, MARCH) == "SO-2/03/26/JSS"


def test_that_concurrent_documents_never_get_the_same_number(work: WorkStore) -> None:
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


FIXED = st.sampled_from(["", "-", "/", "7", "A", "0", "SO", "{symbol}"])
PLACES = st.sampled_from(["{number}", "{number:06}", "{month}", "{year}", "{series}"])
WHOLE = st.permutations(["{number}", "{month}", "{year}", "{series}"]).flatmap(
    lambda all_: st.sampled_from([all_, all_[1:]])
)
PATTERNS = st.tuples(st.lists(FIXED, min_size=7, max_size=7), WHOLE, st.lists(PLACES, max_size=2)).map(
    lambda drawn: "".join(text + place for text, place in zip(drawn[0], [*drawn[1], *drawn[2]], strict=False))
)
DAYS = st.sampled_from([date(2026, 1, 1), date(2026, 1, 31), date(2026, 11, 1), date(2011, 1, 1), date(2011, 11, 11)])


@st.composite
def two_documents(draw: st.DrawFn) -> list[tuple[int, date, str]]:
    """Draws number, day and series of two documents: the same digits, split at different places."""
    digits, word = "1" * draw(st.integers(2, 6)), draw(st.sampled_from(["", "A", "A-", "1-"]))
    cuts, is_first = draw(st.lists(st.integers(1, len(digits)), min_size=2, max_size=2)), draw(st.booleans())
    return [(int(digits[:cut]), draw(DAYS), digits[cut:] + word if is_first else word + digits[cut:]) for cut in cuts]


@settings(max_examples=500, deadline=None)
@given(PATTERNS, st.sampled_from(["SO", "1", ""]), st.sampled_from(["month", "year", "none"]), two_documents())
@example("{series}{number}", "", "none", [(11, MARCH, "A"), (1, MARCH, "A1")])
def test_that_an_accepted_pattern_never_repeats_over_numbers_days_and_series(
    pattern: str, symbol: str, period: str, documents: list[tuple[int, date, str]]
) -> None:
    numerator = numerators.numerator(pattern, period, symbol=symbol)
    assume(numerator.gives_numbers)
    told = {(number, numerator.period_of(day), series) for number, day, series in documents}
    assert len({numerator.format(*document) for document in documents}) >= len(told)


@given(st.lists(PLACES, min_size=1, max_size=5, unique=True), st.sampled_from(["month", "year", "none"]))
def test_that_separated_placeholders_are_accepted_exactly_if_all_are_named(places: list[str], period: str) -> None:
    needed = {"month": ("{year}", "{month}"), "year": ("{year}",), "none": ()}[period]
    complete = any("number" in place for place in places) and {"{series}", *needed} <= {*places}
    assert numerators.numerator("/".join(places), period).gives_numbers == complete


@pytest.mark.parametrize(
    ("pattern", "period", "words"),
    [
        ("{symbol}/{number}/{year}/{series}", "month", "add {month}"),
        ("{symbol}{number}", "year", "add {year} and {series}"),
        ("{symbol}-{number}/{month}/{series}", "month", "add {year}"),
        ("{symbol}-{number}/{month}/{year}", "month", "add {series}"),
        ("{symbol}-{number}", "none", "add {series}"),
        ("{month}/{year}/{series}", "month", "add {number}"),
        ("", "none", "add {number} and {series}"),
        ("{series}{number}", "none", "no digit between"),
        ("{number}0{series}", "none", "no digit between"),
        ("{number}{year}{series}", "year", "no digit between"),
        ("{number}-{series:.1}", "none", "{series} without a form"),
        ("{number}-{series!r:.2}", "none", "{series} without a form"),
        ("{number:.1}-{series}", "none", "{number:06}"),
        ("{number:c}-{series}", "none", "{number:06}"),
        ("{number:e}-{series}", "none", "{number:06}"),
        ("{number:099}-{series}", "none", "at most 20"),
        ("{number}-{series}-{day}", "none", "{day} is no placeholder"),
        ("{number.real}-{series}", "none", "{number.real} is no placeholder"),
        ("{number}-{series[0]}", "none", "{series[0]} is no placeholder"),
        ("{0}-{series}", "none", "{0} is no placeholder"),
        ("{}-{series}", "none", "{} is no placeholder"),
        ("{nonsense}/{", "none", "not a pattern"),
        ("{number}-{series}}", "none", "not a pattern"),
        ("{number:{month}}-{series}", "none", "{number:06}"),
    ],
)
def test_that_a_pattern_that_could_repeat_is_refused_with_a_remedy(pattern: str, period: str, words: str) -> None:
    numerator = numerators.numerator(pattern, period)
    assert (numerator.gives_numbers, words in numerator.fault) == (False, True), numerator.fault


def test_that_digits_of_a_symbol_do_not_part_a_number_from_a_series_and_no_number_is_below_zero() -> None:
    assert not numerators.numerator("{number}{symbol}{series}", "none", symbol="7").gives_numbers
    assert numerators.numerator("{number}{symbol}{series}", "none").gives_numbers
    assert "below 0" in numerators.numerator("{number}/{series}", "none", first_number=-1).fault
    assert numerators.numerator("{{{number:4d}}}-{series}", "none", first_number=0).gives_numbers
