"""Planning appointments on the device, one or several at once, and their changes by the office."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from salesapp.domain import appointments as rules
from salesapp.domain.objects.appointments import Photo
from salesapp.protocol.records import Address, AppointmentRecord, CustomerRecord
from salesapp.services import appointments as service
from salesapp.services import customers, files, planning, travel, visits
from salesapp.store import records
from salesapp.store.account_stores import AccountStores
from salesapp.store.outbox import Outbox
from tests import days
from tests.conftest import Tablet
from tests.pictures import photo
from tests.services.account_stores import key_of, stores_of
from tests.services.visiting import (
    DAY,
    NOW,
    Office,
    look,
    opened,
    plan_of,
    tried,
    waiting,
    way,
)

pytestmark = pytest.mark.clock


def test_that_several_customers_are_planned_at_once_after_a_preview(stores: AccountStores) -> None:
    _, new = customers.save_customer(
        stores.work, CustomerRecord(name="Nowy sklep", addresses=[Address("main")], city="Hel")
    )
    first = key_of(stores, "customers.customers", "C1")
    seen = planning.preview(stores, plan_of(stores, customers=(first, new)))
    assert [(one.title, one.slot.start.astimezone().time()) for one in seen] == [
        ("First", time(9)),
        ("Nowy sklep", time(9, 45)),
    ]
    with stores.work.read() as connection:
        assert records.find_all(connection, AppointmentRecord) == []
    saved = planning.save(stores, seen)
    found = [look(stores, record=record) for record in saved]
    assert [one.visit.title for one in found] == ["First", "Nowy sklep"]
    assert [one.visit.town for one in found] == ["", "Hel"]
    assert all(len(one.elements) == 5 for one in found)
    (clash,) = planning.preview(stores, plan_of(stores, slot=rules.slot(date(2026, 3, 17), time(9, 30), 30)))
    assert clash.clashes == ("First", "Nowy sklep")
    items = {item.id: item for item in Outbox(stores.work).items() if item.kind == "appointment"}
    assert [item.depends_on for item in items.values()] == [None, new], "it waits for its customer"


@pytest.mark.parametrize(
    ("zone", "now", "first", "last"),
    [
        ("Europe/Warsaw", "2026-03-29 01:50", "29 03:00", "29 03:30"),
        ("Europe/Warsaw", "2026-10-25 01:50", "25 02:00", "25 02:30"),
        ("America/New_York", "2026-03-08 01:50", "08 03:00", "08 03:30"),
        ("America/New_York", "2026-12-31 23:50", "01 00:00", "01 00:30"),
        ("Asia/Tokyo", "2028-02-29 23:20", "29 23:30", "01 00:00"),
    ],
)
def test_that_the_next_free_time_exists_on_the_local_clock(
    stores: AccountStores, zone: str, now: str, first: str, last: str
) -> None:
    with days.at(now, zone):
        slot = planning.next_slot(stores, 30)
        assert (f"{slot.start:%d %H:%M}", f"{slot.end:%d %H:%M}") == (first, last)


def test_that_all_visits_of_a_plan_are_saved_or_none(stores: AccountStores) -> None:
    first, *_ = planning.preview(stores, plan_of(stores))
    broken = replace(first, record=object())  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        planning.save(stores, (first, broken))
    with stores.work.read() as connection:
        assert records.find_all(connection, AppointmentRecord) == []
    assert Outbox(stores.work).items() == []


def test_that_a_free_plan_for_the_whole_day_needs_no_template_and_no_customer(stores: AccountStores) -> None:
    plan = plan_of(stores, template=None, slot=rules.slot(DAY, None, 0), needs_approval=True)
    (record,) = planning.save(stores, planning.preview(stores, plan))
    found = look(stores, record=record)
    assert (found.visit.title, found.visit.is_full_day, found.visit.state) == ("Shop visit", True, "unconfirmed")
    assert found.elements == ()
    assert found.visit in visits.read_calendar(stores, DAY, DAY, NOW)[0]


def test_that_an_unsent_plan_is_dropped_without_a_submission(stores: AccountStores) -> None:
    (record,) = planning.save(stores, planning.preview(stores, plan_of(stores)))
    service.cancel(stores, None, record)
    assert visits.find_appointment(stores, record=record) is None
    assert waiting(stores) == []
    (record,) = planning.save(stores, planning.preview(stores, plan_of(stores)))
    tried(stores)
    service.cancel(stores, None, record, "not needed")
    assert [item.state for item in Outbox(stores.work).items()] == ["withdrawn", "waiting", "waiting"]


def test_that_an_own_visit_with_photos_reaches_the_gateway_in_order(rep: Tablet, stores: AccountStores) -> None:
    (record,) = planning.save(stores, planning.preview(stores, plan_of(stores)))
    content = photo(20)
    taken = Photo(files.keep_content(stores, content), "shelf.jpg", "image/jpeg", len(content))
    element = look(stores, record=record).elements[3]
    service.set_element(stores, None, record, 3, rules.completed(element, element.answers.with_photo(taken)))
    service.complete(stores, None, record, reason="quick")
    travel.save(stores, way(stores, appointment=record))
    assert rep.sync().outcome == "ok"
    handed = [(entry.kind, entry.payload.get("state", "")) for entry in rep.gateway.connector.delivered]
    assert handed == [("appointment", "completed"), ("travel", ""), ("file", "")]
    assert {item.state for item in Outbox(stores.work).items()} == {"withdrawn", "in_erp"}


def test_that_an_own_visit_stays_one_visit_from_plan_to_catalogue(rep: Tablet) -> None:
    gateway = rep.gateway
    gateway.connector = Office(company=gateway.connector.company)
    gateway.restart()
    with opened(rep) as stores:
        (record,) = planning.save(stores, planning.preview(stores, plan_of(stores)))
        before = len(visits.all_appointments(stores))
    for name, step in (
        ("confirmed", lambda stores, key: None),
        ("confirmed", lambda stores, key: service.reschedule(stores, key, "", rules.slot(DAY, time(18), 30))),
        ("completed", lambda stores, key: service.complete(stores, key, "", reason="quick")),
    ):
        with stores_of(rep) as stores:
            step(stores, look(stores, record=record).visit.key)
        with opened(rep) as stores:
            found = look(stores, record=record)
            assert (found.visit.state, found.visit.receipt) == (name, "in_erp")
            assert found.visit.key is not None
            seen = visits.all_appointments(stores)
            assert len(seen) == before, "it is never there twice"
            assert next(one for one in seen if one.key == found.visit.key).is_of_catalogue
    assert len({entry.payload["record"] for entry in gateway.connector.delivered}) == 1


def test_that_the_office_may_move_a_visit_planned_on_the_device(rep: Tablet) -> None:
    gateway = rep.gateway
    gateway.connector = Office(company=gateway.connector.company)
    gateway.restart()
    with opened(rep) as stores:
        (record,) = planning.save(stores, planning.preview(stores, plan_of(stores, needs_approval=True)))
    with opened(rep) as stores:
        assert "execute" not in look(stores, record=record).can
    gateway.connector.company["appointments.appointments"][record] |= {
        "state": "confirmed",
        "planned_start": "2026-03-19T08:00:00Z",
    }
    gateway.take()
    with opened(rep) as stores:
        found = look(stores, record=record)
        assert (found.visit.state, found.visit.start) == ("confirmed", datetime(2026, 3, 19, 8, tzinfo=UTC))
        assert "execute" in found.can, "the approval has come"
