"""Appointments with their types and templates."""

from salesapp.domain import nested as form
from salesapp.domain.schema import ScopeRule, SyncObject, boolean, integer, nested, reference, text, timestamp

APPOINTMENT_STATES = (
    "unconfirmed",
    "confirmed",
    "pending",
    "suspended",
    "completed",
    "rejected",
    "canceled",
)

QUESTIONS = form.entries(name=form.text, kind=form.text, required=form.flag, options=form.texts)
ELEMENTS = form.entries(
    kind=form.text,
    name=form.text,
    required=form.flag,
    state=form.text,
    reason=form.text,
    answers=form.answers,
    questions=QUESTIONS,
    document_type=form.text,
)

OBJECTS = (
    SyncObject(
        "appointments.types",
        "Appointment Types",
        (text("code", required=True), text("name", required=True), text("color")),
        natural_key=("code",),
    ),
    SyncObject(
        "appointments.templates",
        "Appointment Templates",
        (
            text("code", required=True),
            text("name", required=True),
            reference("appointment_type", "appointments.types", required=True),
            integer("duration_minutes"),
            boolean("is_full_day"),
            boolean("is_active"),
            nested("elements", ELEMENTS),  # [{kind: questionnaire|document|travel|photo|note, name, required, ...}]
            nested("representatives", form.codes),  # codes; empty: everyone
        ),
        natural_key=("code",),
    ),
    SyncObject(
        "appointments.appointments",
        "Appointments",
        (
            text("submission"),  # the id that the device gave it; NULL: planned in the office
            text("name", required=True),
            reference("appointment_type", "appointments.types", required=True),
            reference("template", "appointments.templates", strong=False),
            reference("customer", "customers.customers", strong=False),  # a substitute visits another's customer
            text("representative", required=True),
            text("supervisor"),
            timestamp("planned_start", required=True),
            timestamp("planned_end"),
            timestamp("actual_start"),
            timestamp("actual_end"),
            boolean("is_full_day"),
            text("state", required=True, choices=APPOINTMENT_STATES),
            text("reason"),
            text("description"),
            nested("elements", ELEMENTS),  # results: [{kind, name, state, reason, answers}]
        ),
        natural_key=("name", "planned_start", "representative"),
        scope=(ScopeRule("representative", "rep"),),
        indexes=(("planned_start",), ("customer",)),
    ),
)
