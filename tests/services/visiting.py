"""Shared by the tests of appointments and travel: a company with visits around a fixed time, and steps of a visit."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import msgspec
from sqlalchemy import update

from salesapp.domain import appointments as rules
from salesapp.domain.objects.appointments import Answers, Appointment
from salesapp.domain.objects.directories import TravelType, Vehicle
from salesapp.gateway.connectors.base import DeliveredSubmission, Delivery
from salesapp.protocol.records import Payload, TravelRecord
from salesapp.services import appointments as service
from salesapp.services import visits
from salesapp.services.planning import Plan
from salesapp.services.visits import OpenVisit
from salesapp.store import records
from salesapp.store.account_stores import AccountStores
from salesapp.store.outbox import Outbox
from salesapp.store.tables import outbox
from tests.company import ListConnector, source_row
from tests.conftest import Tablet
from tests.services.account_stores import key_of, stores_of

NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
DAY = date(2026, 3, 12)
ELEMENTS = [
    {"kind": "travel", "name": "Way"},
    {
        "kind": "questionnaire",
        "name": "Shelf",
        "required": True,
        "questions": [{"name": "How many", "kind": "number", "required": True}],
    },
    {"kind": "document", "name": "Order", "required": True, "document_type": "sales_order"},
    {"kind": "photo", "name": "Photo"},
    {"kind": "note", "name": "Note"},
]
VISIT = {"appointment_type": "VISIT", "template": "TPL", "customer": "C1", "representative": "rep1"}


def planned(at: str, state: str = "confirmed", **more: Any) -> dict[str, Any]:
    start = datetime.fromisoformat(at).replace(tzinfo=UTC)
    end = start + timedelta(minutes=45)
    times = {name: f"{value:%Y-%m-%dT%H:%M:%SZ}" for name, value in (("planned_start", start), ("planned_end", end))}
    return VISIT | {"name": f"Visit {at}", "state": state} | times | more


def equipped(make_tablet: Callable[[str], Tablet]) -> Tablet:
    """A tablet whose catalogue has visits around NOW."""
    made = make_tablet("rep1")
    company = made.gateway.connector.company
    company["appointments.templates"]["TPL"] |= {"elements": ELEMENTS, "is_active": 1, "duration_minutes": 45}
    company["appointments.appointments"] = {
        "OVER": planned("2026-03-11T08:00"),
        "NOW": planned("2026-03-12T09:30"),
        "NEXT": planned("2026-03-13T10:00", "unconfirmed"),
        "DONE": planned(
            "2026-03-10T08:00", "completed", elements=[{"kind": "note", "name": "Note", "state": "completed"}]
        ),
        "GONE": planned("2026-03-12T08:00", "canceled", reason="moved"),
    }
    made.gateway.take()
    return made


@contextmanager
def opened(tablet: Tablet) -> Iterator[AccountStores]:
    """Opens its files after a sync."""
    assert tablet.begin().outcome == "ok"
    with stores_of(tablet) as stores:
        yield stores


def visit_key(stores: AccountStores, at: str) -> int:
    found = stores.catalog.all(Appointment, "name=?", (f"Visit {at}",))[0].id
    assert isinstance(found, int)
    return found


def look(stores: AccountStores, key: int | None = None, record: str = "") -> OpenVisit:
    found = visits.open_visit(stores, key, record, NOW)
    assert found is not None
    return found


def waiting(stores: AccountStores) -> list[dict[str, Any]]:
    """Returns the payloads that would be sent."""
    with stores.work.read() as connection:
        stored = {entry.submission: entry.payload for entry in records.find_all(connection, Payload)}
    return [msgspec.to_builtins(stored[item.id]) for item in Outbox(stores.work).due()]


def do(stores: AccountStores, key: int, record: str, name: str, answers: Answers | None = None) -> str:
    """Completes an element."""
    found = look(stores, key)
    position = next(number for number, element in enumerate(found.elements) if element.name == name)
    element = rules.completed(found.elements[position], answers)
    return service.set_element(stores, key, record, position, element)


def tried(stores: AccountStores) -> None:
    """Starts sending."""
    with stores.work.write() as connection:
        connection.execute(update(outbox).values(attempts=1))


def plan_of(stores: AccountStores, **changes: Any) -> Plan:
    made = Plan(
        name="Shop visit",
        appointment_type=key_of(stores, "appointments.types", "VISIT"),
        slot=rules.slot(date(2026, 3, 17), time(9), 45),
        template=key_of(stores, "appointments.templates", "TPL"),
    )
    return replace(made, **changes)


def way(stores: AccountStores, **changes: Any) -> TravelRecord:
    vehicle, kind = stores.catalog.all(Vehicle)[0].id, stores.catalog.all(TravelType)[0].id
    made = TravelRecord(vehicle, kind, travelled_on="2026-03-12", started_km=100, ended_km=140)
    return msgspec.structs.replace(made, **changes)


class Office(ListConnector):
    """An ERP that returns the rows of accepted appointments."""

    def deliver(self, submission: DeliveredSubmission) -> Delivery:
        delivery = super().deliver(submission)
        if submission.kind != "appointment":
            return delivery
        payload = submission.payload
        key = submission.record_key or payload["record"]
        kept = ("name", "appointment_type", "template", "customer", "planned_start", "planned_end", "actual_start",
                "state", "reason", "description")  # fmt: skip
        values = {name: payload[name] for name in kept if payload.get(name)}
        values |= {"submission": submission.id, "representative": submission.user, "elements": payload["elements"]}
        entry = self.catalogue.by_key["appointments.appointments"]
        self.company[entry.key][key] = values
        return replace(delivery, changes=((entry.key, source_row(entry, key, values)),))
