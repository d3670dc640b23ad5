"""Appointments carried out and moved on the device, against a real gateway and real files."""

from dataclasses import replace
from datetime import date, time, timedelta

import msgspec
import pytest
from sqlalchemy import update

from salesapp.domain import appointments as rules
from salesapp.domain.appointments import NotPossibleError
from salesapp.domain.objects.appointments import Answers, Element, Photo
from salesapp.protocol.records import Document, FileRecord, Payload
from salesapp.services import appointments as service
from salesapp.services import documents, files, visits
from salesapp.services.documents import TooLateError
from salesapp.store import records
from salesapp.store.account_stores import AccountStores
from salesapp.store.outbox import Outbox
from salesapp.store.tables import record
from tests.conftest import Tablet
from tests.services.account_stores import key_of, stores_of
from tests.services.visiting import (
    DAY,
    NOW,
    do,
    look,
    opened,
    tried,
    visit_key,
    waiting,
)
from tests.sync.test_sending import NUMERATOR, order

pytestmark = pytest.mark.clock


@pytest.fixture
def key(stores: AccountStores) -> int:
    """The visit that is due next."""
    return visit_key(stores, "2026-03-12T09:30")


def test_that_lists_show_scheduled_overdue_and_completed_appointments(stores: AccountStores) -> None:
    names = {}
    for name in ("scheduled", "overdue", "completed"):
        found, counts = visits.read_list(stores, name, NOW)
        names[name] = [visit.name for visit in found]
    assert names == {
        "scheduled": ["Visit 2026-03-12T09:30", "Visit 2026-03-13T10:00"],
        "overdue": ["Visit 2026-03-11T08:00"],
        "completed": ["Visit 2026-03-10T08:00"],
    }
    assert (counts.scheduled, counts.overdue, counts.completed) == (2, 1, 1)
    week, _ = visits.read_calendar(stores, date(2026, 3, 9), date(2026, 3, 15), NOW)
    assert [visit.state for visit in week] == ["completed", "confirmed", "confirmed", "unconfirmed"], "without canceled"
    assert [visit.is_overdue for visit in week] == [False, True, False, False]
    assert (week[0].progress.done, week[0].progress.total) == (1, 5)
    assert week[1].customer_name == "First"
    assert visits.read_calendar(stores, DAY, DAY, NOW)[0] == (week[2],)


def test_that_viewing_a_visit_writes_nothing_and_the_first_step_begins_it(stores: AccountStores, key: int) -> None:
    assert [element.name for element in look(stores, key).elements] == ["Way", "Shelf", "Order", "Photo", "Note"]
    assert look(stores, key).open_required == 2
    with stores.work.read() as connection:
        assert records.find_all(connection, Payload) == []
    record = do(stores, key, "", "Note", Answers({"note": "ask again"}))
    found = look(stores, key)
    assert (found.visit.record, found.visit.state, found.visit.receipt) == (record, "pending", "draft")
    assert found.actual_start
    assert (found.progress.percent, found.progress.colour) == (20, "red")
    assert waiting(stores) == []


def test_that_a_visit_in_progress_survives_a_kill_as_one_record(rep: Tablet) -> None:
    with opened(rep) as stores:
        key = visit_key(stores, "2026-03-12T09:30")
        record = do(stores, key, "", "Shelf", Answers({"How many": "12"}))
    with stores_of(rep) as stores:
        assert look(stores, record=record).elements[1].answers == Answers({"How many": "12"})
        assert do(stores, key, "", "Note") == record
        assert rep.sync().outcome == "ok"
        assert rep.gateway.connector.delivered == [], "a draft is never sent"


def test_that_ending_with_open_required_elements_asks_for_a_reason(stores: AccountStores, key: int) -> None:
    do(stores, key, "", "Note")
    with pytest.raises(NotPossibleError, match="reason_is_missing"):
        service.complete(stores, key, "")
    record = service.complete(stores, key, "", reason=" closed earlier ", now=NOW + timedelta(days=9000))
    (sent,) = waiting(stores)
    assert (sent["state"], sent["reason"], sent["appointment"], sent["record"]) == (
        "completed",
        "closed earlier",
        key,
        record,
    )
    assert [element["state"] for element in sent["elements"]] == ["open"] * 4 + ["completed"]
    assert sent["actual_end"] > sent["actual_start"]


def test_that_a_completed_visit_takes_its_place_in_every_list_until_the_catalogue_has_it(rep: Tablet) -> None:
    with opened(rep) as stores:
        key = visit_key(stores, "2026-03-12T09:30")
        service.complete(stores, key, "", reason="quick")
        done, counts = visits.read_list(stores, "completed", NOW)
        assert [(visit.key, visit.receipt) for visit in done] == [(key, "on_device"), (done[1].key, "")]
        assert (counts.scheduled, counts.completed) == (1, 2)
    with opened(rep) as stores:
        assert look(stores, key).visit.receipt == "in_erp", "the ERP of this test tells nothing of it: it stays"
        assert look(stores, key).visit.state == "completed"
        submission = look(stores, key).visit.record and Outbox(stores.work).items()[0].id
    company = rep.gateway.connector.company["appointments.appointments"]
    company["NOW"] |= {"state": "completed", "submission": submission, "description": "seen by the office"}
    rep.gateway.take()
    with opened(rep) as stores:
        found = look(stores, key)
        assert (found.description, found.visit.state) == ("seen by the office", "completed")
        assert "edit" not in found.can
        assert "describe" not in found.can
        with pytest.raises(TooLateError):
            service.edit_again(stores, found.visit.record)
        assert len(visits.all_appointments(stores)) == 5


def test_that_a_rejected_visit_needs_a_reason_and_is_sent_with_it(stores: AccountStores, key: int) -> None:
    with pytest.raises(NotPossibleError, match="reason_is_missing"):
        service.reject(stores, key, "", " ")
    service.reject(stores, key, "", "closed for stock-taking")
    (sent,) = waiting(stores)
    assert (sent["state"], sent["reason"]) == ("rejected", "closed for stock-taking")
    with pytest.raises(NotPossibleError, match="not_in_this_state"):
        service.complete(stores, key, "")


def test_that_a_completed_visit_can_be_reopened_until_sending_starts(stores: AccountStores, key: int) -> None:
    record = do(stores, key, "", "Note")
    service.complete(stores, key, record, reason="quick")
    assert "edit" in look(stores, key).can
    assert service.edit_again(stores, record) == record
    found = look(stores, key)
    assert (found.visit.state, found.visit.receipt, found.progress.done) == ("pending", "draft", 1)
    assert waiting(stores) == []
    service.complete(stores, key, record, reason="for good")
    assert [sent["reason"] for sent in waiting(stores)] == ["for good"]
    tried(stores)
    assert "edit" not in look(stores, key).can
    with pytest.raises(TooLateError):
        service.edit_again(stores, record)
    with pytest.raises(TooLateError):
        service.describe(stores, key, record, "too late")


def test_that_the_description_stays_editable_until_it_is_sent(stores: AccountStores, key: int) -> None:
    record = service.describe(stores, key, "", "ask for the shelf")
    found = look(stores, key)
    assert (found.description, found.visit.state, found.actual_start) == ("ask for the shelf", "confirmed", "")
    service.complete(stores, key, record, reason="quick")
    service.describe(stores, key, record, "the shelf comes in April")
    assert [sent["description"] for sent in waiting(stores)] == ["the shelf comes in April"]
    assert len([item for item in Outbox(stores.work).items() if item.state == "withdrawn"]) == 1


def test_that_a_visit_that_waits_for_the_office_cannot_be_carried_out(stores: AccountStores) -> None:
    key = visit_key(stores, "2026-03-13T10:00")
    assert "execute" not in look(stores, key).can
    with pytest.raises(NotPossibleError, match="waits_for_approval"):
        service.begin(stores, key, "")
    service.describe(stores, key, "", "say yes")
    assert [(sent["state"], sent["description"]) for sent in waiting(stores)] == [("unconfirmed", "say yes")]


def test_that_a_moved_visit_is_at_its_new_time_and_can_still_be_carried_out(stores: AccountStores, key: int) -> None:
    slot = rules.slot(date(2026, 3, 16), time(11), 30)
    record = service.reschedule(stores, key, "", slot)
    assert visits.read_calendar(stores, DAY, DAY, NOW)[0] == ()
    (moved,), _ = visits.read_calendar(stores, slot.start.date(), slot.start.date(), NOW)
    assert (moved.record, moved.start, moved.end) == (record, slot.start, slot.end)
    do(stores, key, "", "Note")
    service.complete(stores, key, "", reason="quick")
    assert [sent["state"] for sent in waiting(stores)] == ["completed"], "the plan was withdrawn, nothing is sent twice"


def test_that_a_plan_that_is_being_sent_can_be_carried_out_and_its_end_is_sent_after_it(
    stores: AccountStores, key: int
) -> None:
    record = service.reschedule(stores, key, "", rules.slot(DAY, time(11), 30))
    first = Outbox(stores.work).items()[0].id
    Outbox(stores.work).freeze(first)
    do(stores, key, record, "Note")
    service.complete(stores, key, record, reason="quick")
    assert [(item.id == first, item.depends_on) for item in Outbox(stores.work).items()] == [
        (True, None),
        (False, first),
    ]


def test_that_a_copy_is_a_separate_visit_with_all_elements_open(stores: AccountStores, key: int) -> None:
    do(stores, key, "", "Note")
    copied = service.copy(stores, key, "", rules.slot(date(2026, 3, 20), time(9), 45))
    found = look(stores, record=copied)
    assert (found.visit.key, found.visit.state, found.progress.done, found.progress.total) == (None, "confirmed", 0, 5)
    assert found.visit.customer_name == "First"
    assert look(stores, key).progress.done == 1


def test_that_a_suspended_visit_continues_with_its_next_step(stores: AccountStores, key: int) -> None:
    record = do(stores, key, "", "Note")
    service.suspend(stores, key, record)
    assert look(stores, key).visit.state == "suspended"
    do(stores, key, record, "Way")
    assert look(stores, key).visit.state == "pending"


def test_that_an_order_confirmed_in_a_visit_completes_its_element(rep: Tablet, stores: AccountStores, key: int) -> None:
    record = service.begin(stores, key, "")
    document = of_visit(rep, record)
    draft = documents.save_draft(stores.work, document)
    assert not service.follow_up(stores, record)
    documents.confirm(stores.work, document, NUMERATOR, checkpoint="1-a", record_id=draft)
    assert service.follow_up(stores, record)
    assert [element.state for element in look(stores, key).elements] == ["open", "open", "completed", "open", "open"]
    position = 2
    service.set_element(stores, key, record, position, rules.reopened(look(stores, key).elements[position]))
    assert not service.follow_up(stores, record), "what a person opened again stays open"


def of_visit(rep: Tablet, record: str) -> Document:
    return msgspec.structs.replace(order(rep), appointment=record)


def test_that_photos_of_a_visit_are_sent_after_it_once(stores: AccountStores, key: int) -> None:
    sha256 = files.keep_content(stores, b"\xff\xd8\xffa photo")
    photo = Photo(sha256, "shelf.jpg", "image/jpeg", 10)
    element: Element = look(stores, key).elements[3]
    record = service.set_element(stores, key, "", 3, rules.completed(element, element.answers.with_photo(photo)))
    assert look(stores, key).elements[3].answers.photos == (photo,)
    service.complete(stores, key, record, reason="quick")
    service.edit_again(stores, record)
    service.complete(stores, key, record, reason="quick")
    items = [item for item in Outbox(stores.work).items() if item.state == "waiting"]
    assert sorted(item.kind for item in items) == ["appointment", "file"]
    visit = next(item for item in items if item.kind == "appointment")
    assert [item.depends_on for item in items if item.kind == "file"] == [visit.id]


def test_that_a_customers_appointments_list_own_visits_once(stores: AccountStores, key: int) -> None:
    first = key_of(stores, "customers.customers", "C1")
    service.reject(stores, key, "", "closed")
    found = visits.of_customer(stores, first, 60, NOW)
    assert [(visit.state, bool(visit.record)) for visit in found] == [
        ("unconfirmed", False),
        ("rejected", True),
        ("canceled", False),
        ("confirmed", False),
        ("completed", False),
    ]


def test_that_a_removed_photo_is_not_sent(stores: AccountStores, key: int) -> None:
    photos = []
    for number in range(2):
        sha256 = files.keep_content(stores, b"\xff\xd8\xffphoto" + bytes([number]))
        photos.append(Photo(sha256, f"shelf-{number}.jpg", "image/jpeg", 9))
    element: Element = look(stores, key).elements[3]
    done = rules.completed(element, Answers(photos=tuple(photos)))
    record = service.set_element(stores, key, "", 3, done)
    service.complete(stores, key, record, reason="quick")
    service.edit_again(stores, record)
    kept_here = replace(photos[1], upload_to_erp=False)
    service.set_element(stores, key, record, 3, rules.completed(element, Answers(photos=(kept_here,))))
    service.complete(stores, key, record, reason="quick")
    with stores.work.read() as connection:
        found = [(one.payload.file_name, one.state) for one in records.find_all(connection, FileRecord)]
    assert sorted(found) == [("shelf-0.jpg", "voided"), ("shelf-1.jpg", "confirmed"), ("shelf-1.jpg", "voided")]
    assert [item.kind for item in Outbox(stores.work).items() if item.state == "waiting"] == ["appointment"]
    element = look(stores, key).elements[3]
    assert element.answers.with_photo(photos[1]) == element.answers, "not there twice"


def test_that_an_own_record_that_cannot_be_read_leaves_the_others_in_sight(stores: AccountStores, key: int) -> None:
    before = visits.all_appointments(stores)
    id_ = service.begin(stores, key, "")
    with stores.work.write() as connection:
        connection.execute(update(record).where(record.c.id == id_).values(payload='{"name": 7}'))
    assert visits.all_appointments(stores) == before
    assert service.made_in(stores, id_, key) == []
