"""Appointments with their types and templates."""

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
            nested("elements"),  # [{kind: questionnaire|document|travel|photo|note, name, required, ...}]
            nested("representatives"),  # codes; empty: everyone
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
            nested("elements"),  # results: [{kind, name, state, reason, answers}]
        ),
        natural_key=("name", "planned_start", "representative"),
        scope=(ScopeRule("representative", "rep"),),
        indexes=(("planned_start",), ("customer",)),
    ),
)
