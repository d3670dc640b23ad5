"""Appointments planned, carried out and moved on the device, against a real gateway and real files."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import msgspec
import pytest
from sqlalchemy import update

from salesapp.domain import appointments as rules
from salesapp.domain.appointments import Element, NotPossibleError
from salesapp.domain.travel import Reading
from salesapp.gateway.connectors.base import DeliveredSubmission, Delivery
from salesapp.protocol.records import Address, CustomerRecord, Document, TravelRecord
from salesapp.services import appointments as service
from salesapp.services import customers, documents, files, planning, travel, visits
from salesapp.services.documents import TooLateError
from salesapp.services.planning import Plan
from salesapp.services.visits import OpenVisit
from salesapp.store import records
from salesapp.store.outbox import Outbox
from salesapp.store.shelf import Shelf
from salesapp.store.tables import outbox
from tests.company import ListConnector, source_row
from tests.conftest import Tablet
from tests.sync.test_sending import NUMERATOR, order
from tests.unit.test_price_rows import key_of, shelf_of

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


@pytest.fixture
def tablet(make_tablet: Callable[[str], Tablet]) -> Tablet:
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
def opened(tablet: Tablet) -> Iterator[Shelf]:
    """Its files after a sync."""
    assert tablet.sync().outcome == "ok"
    with shelf_of(tablet) as shelf:
        yield shelf


@pytest.fixture
def shelf(tablet: Tablet) -> Iterator[Shelf]:
    with opened(tablet) as found:
        yield found


def visit_key(shelf: Shelf, at: str) -> int:
    found = shelf.catalog.rows("appointments.appointments", "name=?", (f"Visit {at}",))[0]["id"]
    assert isinstance(found, int)
    return found


@pytest.fixture
def key(shelf: Shelf) -> int:
    """The visit that is due next."""
    return visit_key(shelf, "2026-03-12T09:30")


def look(shelf: Shelf, key: int | None = None, record: str = "") -> OpenVisit:
    found = visits.open_visit(shelf, key, record, NOW)
    assert found is not None
    return found


def waiting(shelf: Shelf) -> list[dict[str, Any]]:
    """Payloads that would be sent."""
    with shelf.work.read() as connection:
        stored = {entry.submission: entry.payload for entry in records.find_all(connection)}
    return [stored[item.id] for item in Outbox(shelf.work).due()]


def do(shelf: Shelf, key: int, record: str, name: str, **changes: Any) -> str:
    """One element completed."""
    found = look(shelf, key)
    position = next(number for number, element in enumerate(found.elements) if element.name == name)
    element = rules.completed(found.elements[position], changes.get("answers"))
    return service.set_element(shelf, key, record, position, element)


def tried(shelf: Shelf) -> None:
    """Sending has begun."""
    with shelf.work.write() as connection:
        connection.execute(update(outbox).values(attempts=1))


def test_that_lists_tell_what_is_scheduled_overdue_and_completed(shelf: Shelf) -> None:
    names = {}
    for name in ("scheduled", "overdue", "completed"):
        found, counts = visits.read_list(shelf, name, NOW)
        names[name] = [visit.name for visit in found]
    assert names == {
        "scheduled": ["Visit 2026-03-12T09:30", "Visit 2026-03-13T10:00"],
        "overdue": ["Visit 2026-03-11T08:00"],
        "completed": ["Visit 2026-03-10T08:00"],
    }
    assert (counts.scheduled, counts.overdue, counts.completed) == (2, 1, 1)
    week, _ = visits.read_calendar(shelf, date(2026, 3, 9), date(2026, 3, 15), NOW)
    assert [visit.state for visit in week] == ["completed", "confirmed", "confirmed", "unconfirmed"], "without canceled"
    assert [visit.is_overdue for visit in week] == [False, True, False, False]
    assert (week[0].progress.done, week[0].progress.total) == (1, 5)
    assert week[1].customer_name == "First"
    assert visits.read_calendar(shelf, DAY, DAY, NOW)[0] == (week[2],)


def test_that_looking_at_a_visit_writes_nothing_and_the_first_step_begins_it(shelf: Shelf, key: int) -> None:
    assert [element.name for element in look(shelf, key).elements] == ["Way", "Shelf", "Order", "Photo", "Note"]
    assert look(shelf, key).open_required == 2
    with shelf.work.read() as connection:
        assert records.find_all(connection) == []
    record = do(shelf, key, "", "Note", answers={"note": "ask again"})
    found = look(shelf, key)
    assert (found.visit.record, found.visit.state, found.visit.receipt) == (record, "pending", "draft")
    assert found.actual_start
    assert (found.progress.percent, found.progress.colour) == (20, "red")
    assert waiting(shelf) == []


def test_that_a_visit_that_has_begun_survives_a_kill_and_goes_on_as_one_record(tablet: Tablet) -> None:
    with opened(tablet) as shelf:
        key = visit_key(shelf, "2026-03-12T09:30")
        record = do(shelf, key, "", "Shelf", answers={"How many": "12"})
    with shelf_of(tablet) as shelf:
        assert look(shelf, record=record).elements[1].answers == {"How many": "12"}
        assert do(shelf, key, "", "Note") == record
        assert tablet.sync().outcome == "ok"
        assert tablet.gateway.connector.delivered == [], "a draft is never sent"


def test_that_ending_with_open_required_elements_asks_for_a_reason(shelf: Shelf, key: int) -> None:
    do(shelf, key, "", "Note")
    with pytest.raises(NotPossibleError, match="reason_is_missing"):
        service.complete(shelf, key, "")
    record = service.complete(shelf, key, "", reason=" closed earlier ", now=NOW + timedelta(days=9000))
    (sent,) = waiting(shelf)
    assert (sent["state"], sent["reason"], sent["appointment"], sent["record"]) == (
        "completed",
        "closed earlier",
        key,
        record,
    )
    assert [element["state"] for element in sent["elements"]] == ["open"] * 4 + ["completed"]
    assert sent["actual_end"] > sent["actual_start"]


def test_that_a_completed_visit_takes_its_place_in_every_list_until_the_catalogue_has_it(tablet: Tablet) -> None:
    with opened(tablet) as shelf:
        key = visit_key(shelf, "2026-03-12T09:30")
        service.complete(shelf, key, "", reason="quick")
        done, counts = visits.read_list(shelf, "completed", NOW)
        assert [(visit.key, visit.receipt) for visit in done] == [(key, "on_device"), (done[1].key, "")]
        assert (counts.scheduled, counts.completed) == (1, 2)
    with opened(tablet) as shelf:
        assert look(shelf, key).visit.receipt == "in_erp", "the ERP of this test tells nothing of it: it stays"
        assert look(shelf, key).visit.state == "completed"
        submission = look(shelf, key).visit.record and Outbox(shelf.work).items()[0].id
    company = tablet.gateway.connector.company["appointments.appointments"]
    company["NOW"] |= {"state": "completed", "submission": submission, "description": "seen by the office"}
    tablet.gateway.take()
    with opened(tablet) as shelf:
        found = look(shelf, key)
        assert (found.description, found.visit.state) == ("seen by the office", "completed")
        assert "edit" not in found.can
        assert "describe" not in found.can
        with pytest.raises(TooLateError):
            service.edit_again(shelf, found.visit.record)
        assert len(visits.all_seen(shelf)) == 5


def test_that_a_rejected_visit_needs_a_reason_and_is_sent_with_it(shelf: Shelf, key: int) -> None:
    with pytest.raises(NotPossibleError, match="reason_is_missing"):
        service.reject(shelf, key, "", " ")
    service.reject(shelf, key, "", "closed for stock-taking")
    (sent,) = waiting(shelf)
    assert (sent["state"], sent["reason"]) == ("rejected", "closed for stock-taking")
    with pytest.raises(NotPossibleError, match="not_in_this_state"):
        service.complete(shelf, key, "")


def test_that_an_end_is_taken_back_before_sending_starts_and_not_after(shelf: Shelf, key: int) -> None:
    record = do(shelf, key, "", "Note")
    service.complete(shelf, key, record, reason="quick")
    assert "edit" in look(shelf, key).can
    assert service.edit_again(shelf, record) == record
    found = look(shelf, key)
    assert (found.visit.state, found.visit.receipt, found.progress.done) == ("pending", "draft", 1)
    assert waiting(shelf) == []
    service.complete(shelf, key, record, reason="for good")
    assert [sent["reason"] for sent in waiting(shelf)] == ["for good"]
    tried(shelf)
    assert "edit" not in look(shelf, key).can
    with pytest.raises(TooLateError):
        service.edit_again(shelf, record)
    with pytest.raises(TooLateError):
        service.describe(shelf, key, record, "too late")


def test_that_the_description_stays_editable_until_it_is_sent(shelf: Shelf, key: int) -> None:
    record = service.describe(shelf, key, "", "ask for the shelf")
    found = look(shelf, key)
    assert (found.description, found.visit.state, found.actual_start) == ("ask for the shelf", "confirmed", "")
    service.complete(shelf, key, record, reason="quick")
    service.describe(shelf, key, record, "the shelf comes in April")
    assert [sent["description"] for sent in waiting(shelf)] == ["the shelf comes in April"]
    assert len([item for item in Outbox(shelf.work).items() if item.state == "withdrawn"]) == 1


def test_that_what_waits_for_the_office_is_not_carried_out(shelf: Shelf) -> None:
    key = visit_key(shelf, "2026-03-13T10:00")
    assert "execute" not in look(shelf, key).can
    with pytest.raises(NotPossibleError, match="waits_for_approval"):
        service.begin(shelf, key, "")
    service.describe(shelf, key, "", "say yes")
    assert [(sent["state"], sent["description"]) for sent in waiting(shelf)] == [("unconfirmed", "say yes")]


def test_that_a_moved_visit_stands_at_its_new_time_and_can_still_be_carried_out(shelf: Shelf, key: int) -> None:
    slot = rules.slot(date(2026, 3, 16), time(11), 30)
    record = service.reschedule(shelf, key, "", slot)
    assert visits.read_calendar(shelf, DAY, DAY, NOW)[0] == ()
    (moved,), _ = visits.read_calendar(shelf, slot.start.date(), slot.start.date(), NOW)
    assert (moved.record, moved.start, moved.end) == (record, slot.start, slot.end)
    do(shelf, key, "", "Note")
    service.complete(shelf, key, "", reason="quick")
    assert [sent["state"] for sent in waiting(shelf)] == ["completed"], "the plan was withdrawn, nothing is sent twice"


def test_that_a_plan_on_its_way_is_carried_out_and_its_end_follows_it(shelf: Shelf, key: int) -> None:
    record = service.reschedule(shelf, key, "", rules.slot(DAY, time(11), 30))
    first = Outbox(shelf.work).items()[0].id
    Outbox(shelf.work).freeze(first)
    do(shelf, key, record, "Note")
    service.complete(shelf, key, record, reason="quick")
    assert [(item.id == first, item.depends_on) for item in Outbox(shelf.work).items()] == [
        (True, None),
        (False, first),
    ]


def test_that_a_copy_is_a_visit_of_its_own_with_everything_to_do(shelf: Shelf, key: int) -> None:
    do(shelf, key, "", "Note")
    copied = service.copy(shelf, key, "", rules.slot(date(2026, 3, 20), time(9), 45))
    found = look(shelf, record=copied)
    assert (found.visit.key, found.visit.state, found.progress.done, found.progress.total) == (None, "confirmed", 0, 5)
    assert found.visit.customer_name == "First"
    assert look(shelf, key).progress.done == 1


def test_that_a_suspended_visit_goes_on_with_its_next_step(shelf: Shelf, key: int) -> None:
    record = do(shelf, key, "", "Note")
    service.suspend(shelf, key, record)
    assert look(shelf, key).visit.state == "suspended"
    do(shelf, key, record, "Way")
    assert look(shelf, key).visit.state == "pending"


def plan_of(shelf: Shelf, **changes: Any) -> Plan:
    made = Plan(
        name="Shop visit",
        appointment_type=key_of(shelf, "appointments.types", "VISIT"),
        slot=rules.slot(date(2026, 3, 17), time(9), 45),
        template=key_of(shelf, "appointments.templates", "TPL"),
    )
    return replace(made, **changes)


def test_that_several_customers_are_planned_at_once_after_a_look(shelf: Shelf) -> None:
    _, new = customers.add_customer(
        shelf.work, CustomerRecord(name="Nowy sklep", addresses=[Address("main")], city="Hel")
    )
    first = key_of(shelf, "customers.customers", "C1")
    seen = planning.preview(shelf, plan_of(shelf, customers=(first, new)))
    assert [(one.title, one.slot.start.astimezone().time()) for one in seen] == [
        ("First", time(9)),
        ("Nowy sklep", time(9, 45)),
    ]
    with shelf.work.read() as connection:
        assert records.find_all(connection, "appointment") == []
    saved = planning.save(shelf, seen)
    found = [look(shelf, record=record) for record in saved]
    assert [one.visit.title for one in found] == ["First", "Nowy sklep"]
    assert [one.visit.town for one in found] == ["", "Hel"]
    assert all(len(one.elements) == 5 for one in found)
    (clash,) = planning.preview(shelf, plan_of(shelf, slot=rules.slot(date(2026, 3, 17), time(9, 30), 30)))
    assert clash.clashes == ("First", "Nowy sklep")
    items = {item.id: item for item in Outbox(shelf.work).items() if item.kind == "appointment"}
    assert [item.depends_on for item in items.values()] == [None, new], "it waits for its customer"


def test_that_all_visits_of_a_plan_are_saved_or_none(shelf: Shelf) -> None:
    first, *_ = planning.preview(shelf, plan_of(shelf))
    broken = replace(first, record=object())  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        planning.save(shelf, (first, broken))
    with shelf.work.read() as connection:
        assert records.find_all(connection, "appointment") == []
    assert Outbox(shelf.work).items() == []


def test_that_a_free_plan_for_the_whole_day_needs_no_template_and_no_customer(shelf: Shelf) -> None:
    plan = plan_of(shelf, template=None, slot=rules.slot(DAY, None, 0), needs_approval=True)
    (record,) = planning.save(shelf, planning.preview(shelf, plan))
    found = look(shelf, record=record)
    assert (found.visit.title, found.visit.is_full_day, found.visit.state) == ("Shop visit", True, "unconfirmed")
    assert found.elements == ()
    assert found.visit in visits.read_calendar(shelf, DAY, DAY, NOW)[0]


def test_that_a_plan_that_never_left_the_device_is_dropped_without_a_word(shelf: Shelf) -> None:
    (record,) = planning.save(shelf, planning.preview(shelf, plan_of(shelf)))
    service.cancel(shelf, None, record)
    assert visits.find_seen(shelf, record=record) is None
    assert waiting(shelf) == []
    (record,) = planning.save(shelf, planning.preview(shelf, plan_of(shelf)))
    tried(shelf)
    service.cancel(shelf, None, record, "not needed")
    assert [item.state for item in Outbox(shelf.work).items()] == ["withdrawn", "waiting", "waiting"]


def test_that_an_order_confirmed_in_a_visit_completes_its_element(tablet: Tablet, shelf: Shelf, key: int) -> None:
    record = service.begin(shelf, key, "")
    document = of_visit(tablet, record)
    draft = documents.save_draft(shelf.work, document)
    assert not service.follow_up(shelf, record)
    documents.confirm(shelf.work, document, NUMERATOR, checkpoint="1-a", record_id=draft)
    assert service.follow_up(shelf, record)
    assert [element.state for element in look(shelf, key).elements] == ["open", "open", "completed", "open", "open"]
    position = 2
    service.set_element(shelf, key, record, position, rules.reopened(look(shelf, key).elements[position]))
    assert not service.follow_up(shelf, record), "what a person opened again stays open"


def of_visit(tablet: Tablet, record: str) -> Document:
    return msgspec.structs.replace(order(tablet), appointment=record)


def test_that_photos_of_a_visit_are_sent_after_it_once(shelf: Shelf, key: int) -> None:
    sha256 = files.keep_content(shelf, b"\xff\xd8\xffa photo")
    photo = service.Photo(sha256, "shelf.jpg", "image/jpeg", 10)
    element: Element = look(shelf, key).elements[3]
    record = service.set_element(shelf, key, "", 3, rules.completed(element, service.with_photo(element, photo)))
    assert service.photos_of(look(shelf, key).elements[3]) == (photo,)
    service.complete(shelf, key, record, reason="quick")
    service.edit_again(shelf, record)
    service.complete(shelf, key, record, reason="quick")
    items = [item for item in Outbox(shelf.work).items() if item.state == "waiting"]
    assert sorted(item.kind for item in items) == ["appointment", "file"]
    visit = next(item for item in items if item.kind == "appointment")
    assert [item.depends_on for item in items if item.kind == "file"] == [visit.id]


def test_that_an_own_visit_with_photos_reaches_the_gateway_in_order(tablet: Tablet, shelf: Shelf) -> None:
    (record,) = planning.save(shelf, planning.preview(shelf, plan_of(shelf)))
    sha256 = files.keep_content(shelf, b"\xff\xd8\xffa photo")
    photo = service.Photo(sha256, "shelf.jpg", "image/jpeg", 10)
    element = look(shelf, record=record).elements[3]
    service.set_element(shelf, None, record, 3, rules.completed(element, service.with_photo(element, photo)))
    service.complete(shelf, None, record, reason="quick")
    travel.save(shelf, way(shelf, appointment=record))
    assert tablet.sync().outcome == "ok"
    handed = [(entry.kind, entry.payload.get("state", "")) for entry in tablet.gateway.connector.delivered]
    assert handed == [("appointment", "completed"), ("travel", ""), ("file", "")]
    assert {item.state for item in Outbox(shelf.work).items()} == {"withdrawn", "in_erp"}


def way(shelf: Shelf, **changes: Any) -> TravelRecord:
    rows = {"vehicle": "directories.vehicles", "travel_type": "directories.travel_types"}
    keys = {name: shelf.catalog.rows(key)[0]["id"] for name, key in rows.items()}
    return TravelRecord(**(keys | {"travelled_on": "2026-03-12", "started_km": 100, "ended_km": 140} | changes))


def test_that_travel_goes_on_where_the_last_entry_ended(shelf: Shelf) -> None:
    first = travel.save(shelf, way(shelf))
    assert travel.last_km(shelf, way(shelf).vehicle) == 140
    with pytest.raises(travel.NotPossibleError):
        travel.save(shelf, way(shelf, started_km=139, ended_km=150))
    assert travel.check(shelf, way(shelf, started_km=152, ended_km=160)) == Reading(gap=12)
    travel.save(shelf, way(shelf, started_km=152, ended_km=160))
    log = travel.read_log(shelf, DAY)
    assert (log.today_km, log.month_km, log.odometer_km) == (48, 48, 160)
    assert travel.check(shelf, way(shelf, ended_km=145), first).started == "goes_back"
    tried(shelf)
    with pytest.raises(TooLateError):
        travel.drop(shelf, first)


def test_that_a_way_under_way_is_a_draft_and_goes_out_once_it_has_ended(shelf: Shelf) -> None:
    record = travel.save(shelf, way(shelf, ended_km=None))
    entry = travel.read_entry(shelf, record)
    assert entry is not None
    assert (entry.receipt, entry.km, entry.can_change) == ("draft", None, True)
    assert waiting(shelf) == []
    assert travel.save(shelf, way(shelf, ended_km=131), record) == record
    travel.save(shelf, way(shelf, ended_km=132), record)
    assert [sent["ended_km"] for sent in waiting(shelf)] == [132]
    travel.drop(shelf, record)
    assert travel.read_log(shelf, DAY).entries == ()
    assert waiting(shelf) == []


def test_that_the_synchronized_odometer_counts_too(tablet: Tablet) -> None:
    tablet.gateway.connector.company["directories.vehicles"]["V1"]["last_odometer_km"] = 48_203
    tablet.gateway.take()
    with opened(tablet) as shelf:
        assert travel.check(shelf, way(shelf)).started == "goes_back"
        assert travel.read_vehicles(shelf)[0].last_km == 48_203
        travel.save(shelf, way(shelf, started_km=48_203, ended_km=48_215))
        assert travel.read_log(shelf, DAY).odometer_km == 48_215


class Office(ListConnector):
    """An ERP that gives back the rows of appointments that it takes in."""

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


def test_that_an_own_visit_stays_one_visit_from_its_plan_to_its_end_in_the_catalogue(tablet: Tablet) -> None:
    gateway = tablet.gateway
    gateway.connector = Office(company=gateway.connector.company)
    gateway.restart()
    with opened(tablet) as shelf:
        (record,) = planning.save(shelf, planning.preview(shelf, plan_of(shelf)))
        before = len(visits.all_seen(shelf))
    for name, step in (
        ("confirmed", lambda shelf, key: None),
        ("confirmed", lambda shelf, key: service.reschedule(shelf, key, "", rules.slot(DAY, time(18), 30))),
        ("completed", lambda shelf, key: service.complete(shelf, key, "", reason="quick")),
    ):
        with shelf_of(tablet) as shelf:
            step(shelf, look(shelf, record=record).visit.key)
        with opened(tablet) as shelf:
            found = look(shelf, record=record)
            assert (found.visit.state, found.visit.receipt) == (name, "in_erp")
            assert found.visit.key is not None
            seen = visits.all_seen(shelf)
            assert len(seen) == before, "it is never there twice"
            assert next(one for one in seen if one.key == found.visit.key).is_of_catalogue
    assert len({entry.payload["record"] for entry in gateway.connector.delivered}) == 1


def test_that_the_office_may_move_a_visit_that_was_made_here(tablet: Tablet) -> None:
    gateway = tablet.gateway
    gateway.connector = Office(company=gateway.connector.company)
    gateway.restart()
    with opened(tablet) as shelf:
        (record,) = planning.save(shelf, planning.preview(shelf, plan_of(shelf, needs_approval=True)))
    with opened(tablet) as shelf:
        assert "execute" not in look(shelf, record=record).can
    gateway.connector.company["appointments.appointments"][record] |= {
        "state": "confirmed",
        "planned_start": "2026-03-19T08:00:00Z",
    }
    gateway.take()
    with opened(tablet) as shelf:
        found = look(shelf, record=record)
        assert (found.visit.state, found.visit.start) == ("confirmed", datetime(2026, 3, 19, 8, tzinfo=UTC))
        assert "execute" in found.can, "the approval has come"


def test_that_a_customers_appointments_tell_what_was_done_here_once(shelf: Shelf, key: int) -> None:
    first = key_of(shelf, "customers.customers", "C1")
    service.reject(shelf, key, "", "closed")
    found = visits.of_customer(shelf, first, 60, NOW)
    assert [(visit.state, bool(visit.record)) for visit in found] == [
        ("unconfirmed", False),
        ("rejected", True),
        ("canceled", False),
        ("confirmed", False),
        ("completed", False),
    ]
