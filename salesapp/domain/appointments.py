"""Rules of appointments: states and actions, elements and their progress, overdue times. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Literal

from salesapp.clock import moment_at
from salesapp.domain.objects.appointments import Answers, AppointmentState, Element, Question

Action = Literal["execute", "complete", "reject", "reschedule", "suspend", "cancel", "copy", "describe"]
Colour = Literal["none", "red", "yellow", "green"]

OPEN_STATES: tuple[AppointmentState, ...] = ("unconfirmed", "confirmed", "pending", "suspended")
FAR_AHEAD = timedelta(days=366)
RED_UP_TO, YELLOW_UP_TO = 33, 66
"""Upper bounds of the red and the yellow range, in percent."""

_ALWAYS: frozenset[Action] = frozenset({"copy", "describe"})
_TO_DO: frozenset[Action] = _ALWAYS | {"execute", "complete", "reject", "reschedule", "cancel"}
ACTIONS: dict[AppointmentState, frozenset[Action]] = {
    "unconfirmed": _ALWAYS | {"reschedule", "cancel"},  # until the office has approved it
    "confirmed": _TO_DO,
    "pending": _TO_DO | {"suspend"},
    "suspended": _TO_DO,
    "completed": _ALWAYS,
    "rejected": _ALWAYS,
    "canceled": _ALWAYS,
}
"""The actions allowed in each state. `execute` completes or rejects elements."""


class NotPossibleError(Exception):
    """The action is not possible in this state, or something it needs is missing; `code` is the reason."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many elements are done. Percent is rounded down: one third is still red, two thirds yellow."""

    done: int
    total: int

    @property
    def percent(self) -> int:
        return self.done * 100 // self.total if self.total else 0

    @property
    def colour(self) -> Colour:
        if not self.done:
            return "none"
        if self.percent <= RED_UP_TO:
            return "red"
        return "yellow" if self.percent <= YELLOW_UP_TO else "green"


def progress_of(elements: Sequence[Element]) -> Progress:
    return Progress(sum(element.is_done for element in elements), len(elements))


def open_required(elements: Iterable[Element]) -> tuple[Element, ...]:
    """Returns the required elements that are neither completed nor rejected."""
    return tuple(element for element in elements if element.required and not element.is_done)


def check(state: AppointmentState, action: Action) -> None:
    """Raises NotPossibleError unless the state allows the action."""
    if action not in ACTIONS[state]:
        raise NotPossibleError("waits_for_approval" if state == "unconfirmed" else "not_in_this_state")


def check_finish(elements: Sequence[Element], *, reason: str) -> None:
    """Raises NotPossibleError if required elements are open and no reason is given."""
    if open_required(elements) and not reason.strip():
        raise NotPossibleError("reason_is_missing")


def completed(element: Element, answers: Answers | None = None) -> Element:
    """Returns the element as completed. Raises NotPossibleError if its answers are missing or wrong."""
    done = replace(element, state="completed", reason="", answers=element.answers if answers is None else answers)
    if wrong_answers(done):
        raise NotPossibleError("answers_are_wrong")
    return done


def rejected(element: Element, reason: str) -> Element:
    """Returns the element as rejected. Raises NotPossibleError without a reason."""
    if not reason.strip():
        raise NotPossibleError("reason_is_missing")
    return replace(element, state="rejected", reason=reason.strip())


def reopened(element: Element) -> Element:
    """Returns the element as open again, with its answers."""
    return replace(element, state="open", reason="")


def wrong_answers(element: Element) -> dict[str, str]:
    """Returns the faults of the answers: question -> "missing", "not_a_number" or "not_an_option"."""
    found: dict[str, str] = {}
    for question in element.questions:
        answer = element.answers.text(question.name).strip()
        if not answer:
            if question.required:
                found[question.name] = "missing"
        elif question.kind == "number" and number_of(answer) is None:
            found[question.name] = "not_a_number"
        elif answer not in allowed_answers(question, answer):
            found[question.name] = "not_an_option"
    return found


def allowed_answers(question: Question, typed: str) -> tuple[str, ...]:
    """Returns the possible answers to a choice or a yes/no question; for other kinds, the typed text.

    A choice without options accepts typed text, too.
    """
    if question.kind == "choice" and question.options:
        return question.options
    return ("yes", "no") if question.kind == "yes_no" else (typed,)


def number_of(text: str) -> Decimal | None:
    """Parses a typed number, with a decimal comma or point; returns None for anything else."""
    try:
        value = Decimal(text.strip().replace("\N{NARROW NO-BREAK SPACE}", "").replace(" ", "").replace(",", "."))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def elements_of(template: Iterable[Element], results: Iterable[Element] = ()) -> tuple[Element, ...]:
    """Returns a template's elements in order, each with its result; results of removed elements come last."""
    left = list(results)
    found = []
    for element in template:
        result = next((one for one in left if (one.kind, one.name) == (element.kind, element.name)), None)
        if result is not None:
            left.remove(result)
        known = result or Element()
        found.append(replace(element, state=known.state, reason=known.reason, answers=known.answers))
    return (*found, *left)


def is_overdue(
    state: AppointmentState, start: datetime, end: datetime | None, now: datetime, *, is_full_day: bool = False
) -> bool:
    """Returns whether an open appointment's time has passed.

    Full-day appointments and visits in progress become overdue only after their (local) day.
    """
    if state not in OPEN_STATES:
        return False
    if is_full_day or state == "pending":
        last = max(end - timedelta(seconds=1), start) if end is not None else start
        return last.astimezone().date() < now.astimezone().date()
    return (end if end is not None else start) < now


@dataclass(frozen=True, slots=True)
class Slot:
    """A planned time span, in aware times; a full day runs from local midnight to the next one."""

    start: datetime
    end: datetime
    is_full_day: bool = False

    def overlaps(self, other: "Slot") -> bool:
        """Returns whether the two overlap; full days never do."""
        if self.is_full_day or other.is_full_day:
            return False
        return self.start < other.end and other.start < self.end


def whole_days(start: datetime, end: datetime | None) -> tuple[datetime, datetime]:
    """Returns the same whole days from midnight to midnight of this time zone.

    They were planned as moments, often in another zone: the day is the one of its noon, which is the same date in UTC
    from -11:00 to +12:00. Midnights of this zone are taken as they are, so that they are right also beyond.
    """
    begun, ended = start.astimezone(), (end or start + timedelta(days=1)).astimezone()
    if begun == moment_at(begun.date()) and ended == moment_at(ended.date()):
        return begun, max(ended, moment_at(begun.date() + timedelta(days=1)))
    half = timedelta(hours=12)
    first = (start.astimezone(UTC) + half).date()
    last = max((ended.astimezone(UTC) - half).date(), first)
    return moment_at(first), moment_at(last + timedelta(days=1))


def slot(day: date, at: time | None, minutes: int) -> Slot:
    """Returns the slot at a local date and time (None: the full day) of at least five minutes.

    A time that clocks skip on this day is later by what they skip (`is_skipped`).
    """
    if at is None:
        return Slot(moment_at(day), moment_at(day + timedelta(days=1)), is_full_day=True)
    return slot_from(moment_at(day, at), minutes)


def is_odd_day(day: date, today: date) -> bool:
    """Returns whether a visit is hardly meant to be planned on this day: it is over, or far away."""
    return not today <= day <= today + FAR_AHEAD


def is_skipped(day: date, at: time) -> bool:
    """Returns whether clocks go forward over a local time on this day, so that it does not exist."""
    return moment_at(day, at).time() != at


def slot_from(start: datetime, minutes: int) -> Slot:
    """Returns the slot of at least five minutes from an aware time; correct across clock changes."""
    return Slot(start.astimezone(), (start + timedelta(minutes=max(minutes, 5))).astimezone())


def consecutive_slots(first: Slot, count: int) -> tuple[Slot, ...]:
    """Returns `count` slots, each after the one before; full days all fall on the same day."""
    if first.is_full_day:
        return (first,) * count
    minutes = (first.end - first.start) // timedelta(minutes=1)
    return tuple(slot_from(first.start + timedelta(minutes=minutes * turn), minutes) for turn in range(count))
