"""Appointments with their types and templates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from salesapp.domain import nested as form
from salesapp.domain.entries import Entry, read_entries
from salesapp.domain.nested import codes
from salesapp.domain.rows import Row, boolean, integer, nested, objects_of, reference, synchronized, text, timestamp
from salesapp.domain.schema import ScopeRule

AppointmentState = Literal[
    "unconfirmed",
    "confirmed",
    "pending",
    "suspended",
    "completed",
    "rejected",
    "canceled",
]
APPOINTMENT_STATES: tuple[AppointmentState, ...] = get_args(AppointmentState)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRow(Entry):
    """A question of a questionnaire: `kind` is text, number, yes_no or choice; `options` of a choice."""

    name: str = ""
    kind: str = ""
    required: bool = False
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoRow(Entry):
    """A photo of a visit; `size` in bytes."""

    sha256: str
    file_name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered: texts by question (a note under "note"), records made on the way (ids), and photos."""

    texts: Mapping[str, str] = field(default_factory=dict)
    records: tuple[str, ...] = ()
    files: tuple[PhotoRow, ...] = ()

    @classmethod
    def read(cls, value: Any) -> "Answers":
        """The answers of any JSON value."""
        given = value if isinstance(value, dict) else {}
        said = {name: found for name, one in given.items() if name not in _LISTS and (found := form.text(one))}
        return cls(said, tuple(form.texts(given.get("records"))), read_entries(PhotoRow, given.get("files")) or ())


_LISTS = frozenset({"records", "files"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementRow(Entry):
    """An element of a template, or what became of it at a visit (`state`, `reason`, `answers`).

    `kind` is questionnaire, document, travel, photo or note.
    """

    kind: str = ""
    name: str = ""
    required: bool = False
    state: str = ""
    reason: str = ""
    answers: Answers = Answers()
    questions: tuple[QuestionRow, ...] = ()
    document_type: str = ""


@synchronized("appointments.types", "Appointment Types", natural_key=("code",))
class AppointmentType(Row):
    """A kind of appointment; `color` like #6a1b9a."""

    code: str = text()
    name: str = text()
    color: str | None = text()


@synchronized("appointments.templates", "Appointment Templates", natural_key=("code",))
class AppointmentTemplate(Row):
    """What is done at an appointment; for some representatives (codes) or, without any, for everyone."""

    code: str = text()
    name: str = text()
    appointment_type: int = reference("appointments.types")
    duration_minutes: int | None = integer()
    is_full_day: bool = boolean()
    is_active: bool = boolean()
    elements: tuple[ElementRow, ...] = nested()
    representatives: tuple[str, ...] = nested(codes)


@synchronized(
    "appointments.appointments",
    "Appointments",
    natural_key=("name", "planned_start", "representative"),
    scope=(ScopeRule("representative", "rep"),),
    indexes=(("planned_start",), ("customer",)),
)
class Appointment(Row):
    """An appointment. `submission` is the id that the device gave it; None: planned in the office.

    The customer may be outside the representative's scope: a substitute visits another's.
    """

    submission: str | None = text()
    name: str = text()
    appointment_type: int = reference("appointments.types")
    template: int | None = reference("appointments.templates", strong=False)
    customer: int | None = reference("customers.customers", strong=False)
    representative: str = text()
    supervisor: str | None = text()
    planned_start: str = timestamp()
    planned_end: str | None = timestamp()
    actual_start: str | None = timestamp()
    actual_end: str | None = timestamp()
    is_full_day: bool = boolean()
    state: AppointmentState = text()
    reason: str | None = text()
    description: str | None = text()
    elements: tuple[ElementRow, ...] = nested()


OBJECTS = objects_of(AppointmentType, AppointmentTemplate, Appointment)
