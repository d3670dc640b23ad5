"""What an appointment may become: its states, its elements and how far they have come, when it is overdue. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Literal

from salesapp.domain.objects.appointments import Answers, AppointmentState, Element, Question

Action = Literal["execute", "complete", "reject", "reschedule", "suspend", "cancel", "copy", "describe"]
Colour = Literal["none", "red", "yellow", "green"]

OPEN_STATES: tuple[AppointmentState, ...] = ("unconfirmed", "confirmed", "pending", "suspended")
RED_UP_TO, YELLOW_UP_TO = 33, 66
"""Percent."""

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
"""What can be done with an appointment in each state. `execute`: its elements can be completed or rejected."""


class NotPossibleError(Exception):
    """The action is not possible in this state, or something that it needs is missing; `code` says what."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many elements are done; percent is rounded down, so that a third is still red and two thirds yellow."""

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
    """Required elements that nothing was done about."""
    return tuple(element for element in elements if element.required and not element.is_done)


def check(state: AppointmentState, action: Action) -> None:
    """Raises NotPossibleError."""
    if action not in ACTIONS[state]:
        raise NotPossibleError("waits_for_approval" if state == "unconfirmed" else "not_in_this_state")


def finished(elements: Sequence[Element], *, reason: str) -> None:
    """Whether a visit may end like this: required elements that are open need a reason. Raises NotPossibleError."""
    if open_required(elements) and not reason.strip():
        raise NotPossibleError("reason_is_missing")


def completed(element: Element, answers: Answers | None = None) -> Element:
    """The element done; a questionnaire's required questions must be answered. Raises NotPossibleError."""
    done = replace(element, state="completed", reason="", answers=element.answers if answers is None else answers)
    if wrong_answers(done):
        raise NotPossibleError("answers_are_wrong")
    return done


def rejected(element: Element, reason: str) -> Element:
    """The element not done, and why. Raises NotPossibleError without a reason."""
    if not reason.strip():
        raise NotPossibleError("reason_is_missing")
    return replace(element, state="rejected", reason=reason.strip())


def reopened(element: Element) -> Element:
    """The element to do again; its answers stay."""
    return replace(element, state="open", reason="")


def wrong_answers(element: Element) -> dict[str, str]:
    """Question -> "missing" or "not_a_number" or "not_an_option"."""
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
    """What a choice or a question of yes and no can be answered with; for the other kinds, anything that is typed.

    A choice without options is typed, too.
    """
    if question.kind == "choice" and question.options:
        return question.options
    return ("yes", "no") if question.kind == "yes_no" else (typed,)


def number_of(text: str) -> Decimal | None:
    """A number as it is typed, with a comma or a point; None for anything else."""
    try:
        value = Decimal(text.strip().replace("\N{NARROW NO-BREAK SPACE}", "").replace(" ", "").replace(",", "."))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def elements_of(template: Iterable[Element], results: Iterable[Element] = ()) -> tuple[Element, ...]:
    """A template's elements in their order, with what became of each; results of elements that are gone come last."""
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
    """Whether an open appointment's time has passed.

    One of the whole day, and a visit that has begun, have until the (local) day is over.
    """
    if state not in OPEN_STATES:
        return False
    if is_full_day or state == "pending":
        last = max(end - timedelta(seconds=1), start) if end is not None else start
        return last.astimezone().date() < now.astimezone().date()
    return (end if end is not None else start) < now


@dataclass(frozen=True, slots=True)
class Slot:
    """When something is planned: aware times; of a whole day from its local midnight to the next one."""

    start: datetime
    end: datetime
    is_full_day: bool = False

    def meets(self, other: "Slot") -> bool:
        """Whether both claim the same time; a whole day claims none."""
        if self.is_full_day or other.is_full_day:
            return False
        return self.start < other.end and other.start < self.end


def slot(day: date, at: time | None, minutes: int) -> Slot:
    """A local date and time, or None for the whole day; at least five minutes."""
    start = datetime.combine(day, at or time()).astimezone()
    if at is None:
        return Slot(start, datetime.combine(day + timedelta(days=1), time()).astimezone(), is_full_day=True)
    return lasting(start, minutes)


def lasting(start: datetime, minutes: int) -> Slot:
    """From a local moment on, at least five minutes. Both ends show the zone's time, also when clocks change."""
    return Slot(start.astimezone(), (start + timedelta(minutes=max(minutes, 5))).astimezone())


def in_a_row(first: Slot, count: int) -> tuple[Slot, ...]:
    """One slot for each of several customers: one after the other; whole days lie beside each other."""
    if first.is_full_day:
        return (first,) * count
    minutes = (first.end - first.start) // timedelta(minutes=1)
    return tuple(lasting(first.start + timedelta(minutes=minutes * turn), minutes) for turn in range(count))
