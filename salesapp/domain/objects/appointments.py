"""Appointments with their types and templates."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal, get_args

from salesapp.domain import nested as form
from salesapp.domain.entries import Entry, read_entries
from salesapp.domain.nested import codes
from salesapp.domain.objects.documents import DocumentType
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


ElementKind = Literal["questionnaire", "document", "travel", "photo", "note"]
ElementState = Literal["open", "completed", "rejected"]
QuestionKind = Literal["text", "number", "yes_no", "choice"]


@dataclass(frozen=True, slots=True)
class Question(Entry):
    """A question of a questionnaire; `options` of a choice."""

    name: str = ""
    kind: QuestionKind = "text"
    required: bool = False
    options: tuple[str, ...] = ()

    @property
    def unread(self) -> str:
        """The key of a part that its kind does not read, with the kind; "" if there is none."""
        is_unread = self.options and self.kind != "choice"
        return f"options: are not read in a question of the kind {self.kind}" if is_unread else ""


@dataclass(frozen=True, slots=True)
class Photo(Entry):
    """A photo of a visit; `size` in bytes. Its content is stored separately, by `sha256`."""

    sha256: str
    file_name: str
    media_type: str
    size: int
    upload_to_erp: bool = True


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers to an element: texts by question (a note under "note"), ids of records made for it, and photos."""

    texts: Mapping[str, str] = field(default_factory=dict)
    records: tuple[str, ...] = ()
    photos: tuple[Photo, ...] = ()

    @classmethod
    def read(cls, value: Any) -> "Answers":
        """Reads answers from any JSON value: a mapping of texts, with lists of "records" and "files"."""
        given = value if isinstance(value, dict) else {}
        texts = {name: found for name, one in given.items() if (found := form.text(one))}
        return cls(texts, tuple(form.texts(given.get("records"))), read_entries(Photo, given.get("files")) or ())

    def as_json(self) -> dict[str, object]:
        """Returns the mapping that `read` reads."""
        lists = {"records": list(self.records), "files": [asdict(photo) for photo in self.photos]}
        return dict(self.texts) | {name: found for name, found in lists.items() if found}

    @property
    def note(self) -> str:
        return self.text("note")

    def text(self, question: str) -> str:
        """Returns the answer to a question; empty without one."""
        return self.texts.get(question, "")

    def with_texts(self, texts: Mapping[str, str]) -> "Answers":
        """Returns these answers with other texts; an empty text removes an answer."""
        return replace(self, texts={name: text for name, text in {**self.texts, **texts}.items() if text})

    def with_photo(self, photo: Photo) -> "Answers":
        """Returns these answers with one more photo; adding the same photo twice changes nothing."""
        is_there = photo.sha256 in {one.sha256 for one in self.photos}
        return self if is_there else replace(self, photos=(*self.photos, photo))


@dataclass(frozen=True, slots=True)
class Element(Entry):
    """An element of a visit: as its template declares it, with its result (`state`, `reason`, `answers`)."""

    kind: ElementKind = "note"
    name: str = ""
    required: bool = False
    state: ElementState = "open"
    reason: str = ""
    answers: Answers = Answers()
    questions: tuple[Question, ...] = ()
    document_type: DocumentType = "sales_order"

    @property
    def is_done(self) -> bool:
        """Whether it is completed or rejected."""
        return self.state != "open"

    @property
    def unread(self) -> str:
        """The key of a part that a template's element of this kind does not read, and why; "" if there is none."""
        of_kind = f"not read in an element of the kind {self.kind}"
        if self.questions and self.kind != "questionnaire":
            return f"questions: are {of_kind}"
        if self.document_type != "sales_order" and self.kind != "document":
            return f"document_type: is {of_kind}"
        if self.is_done or self.reason or self.answers != Answers():
            return "state, reason and answers: are results, which a template does not have"
        places = enumerate((question.unread for question in self.questions), 1)
        return next((f"questions: entry {number}, {what}" for number, what in places if what), "")


@synchronized("appointments.types", "Appointment Types", natural_key=("code",))
class AppointmentType(Row):
    """A kind of appointment; `color` like #6a1b9a."""

    code: str = text()
    name: str = text()
    color: str | None = text()


@synchronized("appointments.templates", "Appointment Templates", natural_key=("code",))
class AppointmentTemplate(Row):
    """The elements of an appointment; for some representatives (codes) or, without any, for everyone."""

    code: str = text()
    name: str = text()
    appointment_type: int = reference("appointments.types")
    duration_minutes: int | None = integer()
    is_full_day: bool = boolean()
    is_active: bool = boolean()
    elements: tuple[Element, ...] = nested()
    representatives: tuple[str, ...] = nested(codes)


@synchronized(
    "appointments.appointments",
    "Appointments",
    natural_key=("name", "planned_start", "representative"),
    scope=(ScopeRule("representative", "rep"),),
    indexes=(("planned_start",), ("customer",)),
)
class Appointment(Row):
    """An appointment. `submission` is the id from the device; None if the office planned it.

    The customer may be outside the representative's scope: a substitute visits a colleague's customers.
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
    elements: tuple[Element, ...] = nested()


OBJECTS = objects_of(AppointmentType, AppointmentTemplate, Appointment)
