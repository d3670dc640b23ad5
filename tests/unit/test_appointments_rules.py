"""States, elements and progress of appointments; times of plans; readings of odometers."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from salesapp import clock
from salesapp.domain import appointments as rules
from salesapp.domain import travel
from salesapp.domain.appointments import NotPossibleError, Progress, Slot
from salesapp.domain.catalogue import APPOINTMENT_STATES
from salesapp.domain.entries import read_entries
from salesapp.domain.objects.appointments import Answers, Element, Photo, Question
from salesapp.services import visits
from salesapp.services.visits import AppointmentRef
from tests import days

pytestmark = pytest.mark.clock

NOW = datetime(2026, 3, 12, 10, 51).astimezone()
SHELF = Element(
    "questionnaire",
    "Shelf check",
    required=True,
    questions=(
        Question("On the shelf?", "yes_no", required=True),
        Question("How many", "number", required=True),
        Question("Condition", "choice", options=("full", "gaps")),
        Question("Remarks"),
    ),
)
NOTE = Element("note", "Note")


def test_that_every_state_of_the_catalogue_has_its_actions() -> None:
    assert set(rules.ACTIONS) == set(APPOINTMENT_STATES)
    assert all("copy" in actions for actions in rules.ACTIONS.values())
    ended = [state for state in APPOINTMENT_STATES if state not in rules.OPEN_STATES]
    assert all(not rules.ACTIONS[state] & {"execute", "complete", "reject", "reschedule"} for state in ended)


def test_that_an_appointment_that_waits_for_approval_cannot_be_carried_out() -> None:
    with pytest.raises(NotPossibleError, match="waits_for_approval"):
        rules.check("unconfirmed", "execute")
    with pytest.raises(NotPossibleError, match="waits_for_approval"):
        rules.check("unconfirmed", "complete")
    rules.check("unconfirmed", "reschedule")
    with pytest.raises(NotPossibleError, match="not_in_this_state"):
        rules.check("completed", "execute")


@pytest.mark.parametrize(
    ("done", "total", "percent", "colour"),
    [(0, 5, 0, "none"), (0, 0, 0, "none"), (1, 5, 20, "red"), (1, 3, 33, "red"), (2, 5, 40, "yellow"),
     (2, 3, 66, "yellow"), (3, 4, 75, "green"), (5, 5, 100, "green")],
)  # fmt: skip
def test_that_progress_is_coloured_red_yellow_and_green(done: int, total: int, percent: int, colour: str) -> None:
    progress = Progress(done, total)
    assert (progress.percent, progress.colour) == (percent, colour)


@given(st.lists(st.sampled_from(["open", "completed", "rejected"]), max_size=12))
def test_that_all_elements_have_the_same_weight_and_both_final_states_count(states: list[str]) -> None:
    progress = rules.progress_of([replace(NOTE, state=state) for state in states])  # type: ignore[arg-type]
    assert progress.done == len(states) - states.count("open")
    assert 0 <= progress.percent <= 100
    assert (progress.percent == 100) == (bool(states) and "open" not in states)


def test_that_an_open_required_element_needs_a_reason_before_the_end() -> None:
    with pytest.raises(NotPossibleError, match="reason_is_missing"):
        rules.check_finish([SHELF, NOTE], reason=" ")
    rules.check_finish([SHELF, NOTE], reason="the owner was away")
    rules.check_finish([rules.rejected(SHELF, "no time"), NOTE], reason="")
    with pytest.raises(NotPossibleError, match="reason_is_missing"):
        rules.rejected(SHELF, "")


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        ({}, {"On the shelf?": "missing", "How many": "missing"}),
        (
            {"On the shelf?": "maybe", "How many": "many"},
            {"On the shelf?": "not_an_option", "How many": "not_a_number"},
        ),
        ({"On the shelf?": "yes", "How many": "1 204,5", "Condition": "torn"}, {"Condition": "not_an_option"}),
        ({"On the shelf?": "no", "How many": "-2"}, {}),
        ({"On the shelf?": "no", "How many": "NaN"}, {"How many": "not_a_number"}),
    ],
)
def test_that_answers_are_checked_by_their_kind(answers: dict[str, str], wrong: dict[str, str]) -> None:
    assert rules.wrong_answers(replace(SHELF, answers=Answers(answers))) == wrong
    if wrong:
        with pytest.raises(NotPossibleError, match="answers_are_wrong"):
            rules.completed(SHELF, Answers(answers))
    else:
        assert rules.completed(SHELF, Answers(answers)).is_done


def test_that_results_find_their_elements_and_those_without_one_come_last() -> None:
    template = [
        {"kind": "note", "name": "Note", "required": True},
        {"kind": "note", "name": "Note"},
        {"kind": "document", "name": "Offer", "document_type": "sales_quote"},
        {"kind": "hologram", "name": "Show"},
        {"kind": "questionnaire", "name": "Q", "questions": [{"name": "x", "kind": "choice"}], "state": "completed"},
    ]
    results = [
        {"kind": "note", "name": "Note", "state": "completed"},
        {"kind": "photo", "name": "Gone", "state": "rejected", "reason": "dark"},
    ]
    found = rules.elements_of(read_entries(Element, template) or (), read_entries(Element, results) or ())
    assert [(element.kind, element.name, element.state) for element in found] == [
        ("note", "Note", "completed"),
        ("note", "Note", "open"),
        ("document", "Offer", "open"),
        ("note", "Show", "open"),
        ("questionnaire", "Q", "open"),
        ("photo", "Gone", "rejected"),
    ]
    assert found[0].required
    assert found[2].document_type == "sales_quote"
    assert rules.allowed_answers(found[4].questions[0], "any") == ("any",), "a choice without options is typed"


def test_that_answers_survive_writing_and_reading() -> None:
    photo = Photo("ab" * 32, "shelf.jpg", "image/jpeg", 10, upload_to_erp=False)
    answers = Answers({"On the shelf?": "yes", "files": "in the drawer"}, ("r1", "r2"), ())
    assert Answers.read(answers.as_json()) == answers
    assert Answers.read(Answers({"note": "dusty"}, (), (photo,)).as_json()) == Answers({"note": "dusty"}, (), (photo,))
    assert Answers().as_json() == {}


def test_that_answers_keep_their_readable_parts() -> None:
    written = {"note": 7, "Condition": ["full"], "records": ["r1", None], "files": [{"sha256": "ab"}, "shelf.jpg"]}
    assert Answers.read(written) == Answers({"note": "7"}, ("r1",))
    assert Answers.read("yes") == Answers()


def test_that_an_emptied_text_is_not_an_answer() -> None:
    answers = Answers({"note": "dusty", "Remarks": "none"}, ("r1",)).with_texts({"note": "", "How many": "3"})
    assert answers == Answers({"Remarks": "none", "How many": "3"}, ("r1",))


def test_that_an_open_appointment_is_overdue_once_its_time_has_passed() -> None:
    hour = timedelta(hours=1)
    assert rules.is_overdue("confirmed", NOW - 2 * hour, NOW - hour, NOW)
    assert not rules.is_overdue("confirmed", NOW - hour, NOW + hour, NOW)
    assert rules.is_overdue("suspended", NOW - hour, None, NOW)
    assert not rules.is_overdue("pending", NOW - 2 * hour, NOW - hour, NOW), "it has begun"
    assert rules.is_overdue("pending", NOW - 2 * hour, NOW - hour, NOW + 24 * hour)
    assert not rules.is_overdue("completed", NOW - 2 * hour, NOW - hour, NOW)
    today = rules.slot(NOW.date(), None, 0)
    assert not rules.is_overdue("confirmed", today.start, today.end, NOW, is_full_day=True)
    assert rules.is_overdue("confirmed", today.start, today.end, NOW + timedelta(days=1), is_full_day=True)


@given(st.integers(1, 20), st.integers(5, 600), st.times())
def test_that_visits_planned_together_do_not_overlap(count: int, minutes: int, at: time) -> None:
    slots = rules.consecutive_slots(rules.slot(date(2026, 6, 10), at.replace(tzinfo=None), minutes), count)
    assert len(slots) == count
    for one, next_one in pairwise(slots):
        assert one.end == next_one.start
        assert not one.overlaps(next_one)


@pytest.mark.parametrize(
    ("zone", "day", "at", "ends"),
    [
        ("Europe/Warsaw", "2026-03-29", time(1, 30), ["03:15", "04:00", "04:45"]),
        ("Europe/Warsaw", "2026-10-25", time(1, 30), ["02:15", "02:00", "02:45"]),
        ("America/New_York", "2026-03-08", time(1, 30), ["03:15", "04:00", "04:45"]),
        ("America/New_York", "2026-11-01", time(0, 45), ["01:30", "01:15", "02:00"]),
        ("Asia/Tokyo", "2026-03-29", time(1, 30), ["02:15", "03:00", "03:45"]),
        ("Europe/Warsaw", "2026-12-31", time(23, 30), ["00:15", "01:00", "01:45"]),
    ],
)
def test_that_visits_across_a_clock_change_end_at_their_local_time(
    zone: str, day: str, at: time, ends: list[str]
) -> None:
    with days.at(f"{day} 00:00", zone):
        slots = rules.consecutive_slots(rules.slot(date.fromisoformat(day), at, 45), 3)
        assert [f"{one.end:%H:%M}" for one in slots] == ends
        assert all(one.end - one.start == timedelta(minutes=45) for one in slots)


def test_that_slots_overlap_if_they_share_time_and_whole_days_never_do() -> None:
    morning = rules.slot(NOW.date(), time(8), 60)
    assert morning.overlaps(rules.slot(NOW.date(), time(8, 30), 10))
    assert not morning.overlaps(rules.slot(NOW.date(), time(9), 10))
    whole = rules.slot(NOW.date(), None, 0)
    assert whole.is_full_day
    assert whole.start.time() == time()
    assert not morning.overlaps(whole)
    assert Slot(whole.start, whole.end, is_full_day=True) == whole


@pytest.mark.parametrize(
    ("started", "ended", "last", "expected"),
    [
        (100, 140, 100, travel.Reading()),
        (112, 140, 100, travel.Reading(gap=12)),
        (99, 140, 100, travel.Reading(started="goes_back")),
        (100, 99, 100, travel.Reading(ended="below_start")),
        (100, 100, None, travel.Reading()),
        (None, 5, None, travel.Reading(started="missing")),
        (100, None, None, travel.Reading(ended="missing")),
        (-1, 10**8, None, travel.Reading("not_a_reading", "not_a_reading")),
    ],
)
def test_that_an_odometer_never_goes_back(
    started: int | None, ended: int | None, last: int | None, expected: travel.Reading
) -> None:
    assert travel.check(started, ended, last) == expected


def test_that_an_unfinished_trip_needs_no_end() -> None:
    assert travel.check(100, None, 100, is_finished=False).is_possible
    assert travel.check(100, 90, 100, is_finished=False).ended == "below_start"


@pytest.mark.parametrize(
    "here", ["Europe/Warsaw", "Europe/London", "America/New_York", "Europe/Helsinki", "Asia/Tokyo"]
)
@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-12-09T23:00:00+00:00", "2026-12-10T23:00:00+00:00"),  # midnights of Warsaw
        ("2026-12-10T00:00:00+00:00", "2026-12-11T00:00:00+00:00"),  # of an ERP that gives UTC
        ("2026-12-10T05:00:00+00:00", "2026-12-11T05:00:00+00:00"),  # of New York
        ("2026-12-09T22:00:00+00:00", None),  # of Helsinki
        ("2026-12-10T00:00:00+00:00", "2026-12-10T00:00:00+00:00"),  # without a length
    ],
)
def test_that_a_whole_day_is_the_same_one_day_in_every_time_zone(here: str, start: str, end: str | None) -> None:
    with days.at("2026-12-01 12:00", here):
        begun, ended = rules.whole_days(datetime.fromisoformat(start), datetime.fromisoformat(end) if end else None)
        assert (begun, ended) == tuple(datetime(2026, 12, day).astimezone() for day in (10, 11))


ZONES = (
    "Europe/Warsaw",
    "Europe/London",
    "America/New_York",
    "America/St_Johns",
    "America/Santiago",
    "America/Havana",
    "Africa/Cairo",
    "Asia/Beirut",
    "Asia/Tokyo",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Pago_Pago",
)
"""Zones without and with changes of clocks: by half an hour, and at midnight, which then does not exist."""


def changes(zone: ZoneInfo) -> list[date]:
    """Returns the days of a few years that are not 24 hours long."""
    begin = datetime(2024, 1, 1, tzinfo=zone)
    every = [begin + timedelta(days=turn) for turn in range(5 * 365)]
    offsets = [at.utcoffset() for at in every]
    return [at.date() for at, (one, following) in zip(every, pairwise(offsets), strict=False) if one != following]


_NIGHTS = {name: changes(ZoneInfo(name)) for name in ZONES}
_NIGHT_TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0, tzinfo=None, fold=0))


@st.composite
def planned(draw: st.DrawFn) -> tuple[str, date, time]:
    """A zone, a day, half of them with a change of clocks, and a time of it, half of them in its first hours."""
    zone = draw(st.sampled_from(ZONES))
    nights = _NIGHTS[zone] or [date(2026, 3, 29)]
    on_change = st.sampled_from(nights) | st.sampled_from(nights).map(lambda night: night - timedelta(days=1))
    day = draw(on_change | st.dates(date(2024, 1, 1), date(2030, 12, 31)))
    at = draw(_NIGHT_TIMES | st.integers(0, 23).map(lambda quarter: time(quarter // 4, quarter % 4 * 15)))
    return zone, day, at


@given(planned(), st.integers(5, 600))
@example(("Europe/Warsaw", date(2026, 3, 29), time(2, 30)), 60)
@example(("Africa/Cairo", date(2026, 4, 24), time()), 60)
def test_that_a_visit_is_at_the_planned_time_of_its_day_in_every_zone(at: tuple[str, date, time], minutes: int) -> None:
    zone, day, typed = at
    with days.at("2026-12-01 12:00", zone):
        found = rules.slot(day, typed, minutes)
        expected = datetime.combine(day, typed, ZoneInfo(zone)).astimezone(UTC)
        assert found.start.astimezone(UTC) == expected, "of a skipped time, as much later as is skipped"
        assert found.start.date() == day
        assert rules.is_skipped(day, typed) == (found.start.time() != typed) == (found.start.time() > typed)
        assert found.end - found.start == timedelta(minutes=minutes)
        for moment in (found.start, found.end):
            read = clock.local(clock.timestamp(moment))
            assert (read, read.time()) == (moment, moment.time()), "what is stored is read as it was planned"


@given(planned(), st.sampled_from(ZONES))
@example(("Africa/Cairo", date(2026, 4, 24), time()), "Europe/Warsaw")
@example(("Africa/Cairo", date(2026, 4, 23), time()), "Europe/Warsaw")
@example(("Asia/Beirut", date(2026, 3, 29), time()), "Africa/Cairo")
def test_that_a_whole_day_is_one_day_from_its_first_moment_to_the_next_days(
    at: tuple[str, date, time], there: str
) -> None:
    zone, day, _ = at
    with days.at("2026-12-01 12:00", zone):
        found = rules.slot(day, None, 0)
        assert (found.start.date(), found.end.date()) == (day, day + timedelta(days=1))
        assert (found.start - timedelta(seconds=1)).astimezone().date() == day - timedelta(days=1)
        assert (found.end - timedelta(seconds=1)).astimezone().date() == day
        stored = clock.timestamp(found.start), clock.timestamp(found.end)
        assert rules.whole_days(*map(clock.local, stored)) == (found.start, found.end)
        ref = AppointmentRef(
            1, None, found.start, found.end, is_full_day=True, state="confirmed", customer=None, is_of_catalogue=True
        )
        assert visits._last_day(ref) == day
        offset = found.start.utcoffset() or timedelta()
    if timedelta(hours=-11) <= offset <= timedelta(hours=12):
        with days.at("2026-12-01 12:00", there):
            begun, ended = rules.whole_days(*map(clock.local, stored))
            apart = (found.start.astimezone().utcoffset() or timedelta()) - offset
            assume(abs(apart) < timedelta(hours=24))  # the midnight of one zone is that of another day in the other
            assert (begun.date(), ended.date()) == (day, day + timedelta(days=1)), "also read elsewhere"


@pytest.mark.parametrize("here", ["Pacific/Auckland", "Europe/Warsaw", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_that_a_whole_day_planned_here_is_read_here_as_it_was_planned(here: str) -> None:
    with days.at("2026-10-01 12:00", here):
        for day in (date(2026, 1, 10), date(2026, 3, 29), date(2026, 10, 25)):
            planned = rules.slot(day, None, 0)
            assert rules.whole_days(planned.start.astimezone(UTC), planned.end.astimezone(UTC)) == (
                planned.start,
                planned.end,
            )
