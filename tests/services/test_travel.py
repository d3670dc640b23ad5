"""Travel on the device: the odometer rises, drafts wait, entries are sent once; with real gateway and files."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesapp.domain.travel import Reading, check
from salesapp.services import appointments as service
from salesapp.services import travel
from salesapp.services.documents import TooLateError
from salesapp.store.account_stores import AccountStores
from tests.conftest import Tablet
from tests.services.visiting import (
    DAY,
    opened,
    tried,
    waiting,
    way,
)

pytestmark = pytest.mark.clock


def test_that_travel_continues_where_the_last_entry_ended(stores: AccountStores) -> None:
    first = travel.save(stores, way(stores))
    assert travel.around(stores, way(stores).vehicle) == (140, None)
    with pytest.raises(travel.NotPossibleError):
        travel.save(stores, way(stores, started_km=139, ended_km=150))
    assert travel.check(stores, way(stores, started_km=152, ended_km=160)) == Reading(gap=12)
    travel.save(stores, way(stores, started_km=152, ended_km=160))
    log = travel.read_log(stores, DAY)
    assert (log.today_km, log.month_km, log.odometer_km) == (48, 48, 160)
    assert travel.check(stores, way(stores, ended_km=145), first) == Reading()
    assert travel.check(stores, way(stores, ended_km=153), first) == Reading(ended="past_next")
    assert travel.check(stores, way(stores, started_km=155, ended_km=156), first).ended == "past_next"
    tried(stores)
    with pytest.raises(TooLateError):
        travel.drop(stores, first)


def test_that_an_unfinished_trip_is_a_draft_and_is_sent_once_it_has_ended(stores: AccountStores) -> None:
    record = travel.save(stores, way(stores, ended_km=None))
    entry = travel.read_entry(stores, record)
    assert entry is not None
    assert (entry.receipt, entry.km, entry.can_change) == ("draft", None, True)
    assert waiting(stores) == []
    assert travel.save(stores, way(stores, ended_km=131), record) == record
    travel.save(stores, way(stores, ended_km=132), record)
    assert [sent["ended_km"] for sent in waiting(stores)] == [132]
    travel.drop(stores, record)
    assert travel.read_log(stores, DAY).entries == ()
    assert waiting(stores) == []


def test_that_the_synchronized_odometer_counts_too(rep: Tablet) -> None:
    rep.gateway.connector.company["directories.vehicles"]["V1"]["last_odometer_km"] = 48_203
    rep.gateway.take()
    with opened(rep) as stores:
        assert travel.check(stores, way(stores)).started == "goes_back"
        assert travel.read_vehicles(stores)[0].last_km == 48_203
        travel.save(stores, way(stores, started_km=48_203, ended_km=48_215))
        assert travel.read_log(stores, DAY).odometer_km == 48_215


@given(cuts=st.lists(st.integers(0, 500), min_size=2, max_size=8, unique=True), data=st.data())
@settings(max_examples=60, deadline=None)
def test_that_readings_stay_in_order_after_every_change(cuts: list[int], data: st.DataObject) -> None:
    marks = sorted(cuts)
    ways = [[start, end] for start, end in pairwise(marks)]
    place = data.draw(st.integers(0, len(ways) - 1))
    start, end = data.draw(st.integers(0, 500)), data.draw(st.integers(0, 500))
    before = ways[place - 1][1] if place else None
    after = ways[place + 1][0] if place + 1 < len(ways) else None
    reading = check(start, end, before, after)
    ways[place] = [start, end]
    flat = [mark for way in ways for mark in way]
    assert reading.is_possible == (flat == sorted(flat))
    assert reading.gap == (start - before if reading.started is None and before is not None else 0)


def test_that_an_earlier_entry_can_be_corrected_before_later_ones_even_in_the_erp(
    rep: Tablet,
) -> None:
    with opened(rep) as stores:
        first = travel.save(stores, way(stores))
        travel.save(stores, way(stores, started_km=140, ended_km=180))
        travel.save(stores, way(stores, purpose="visits"), first)
        assert [sent.get("purpose", "") for sent in waiting(stores)] == ["", "visits"]
        with pytest.raises(travel.NotPossibleError):
            travel.save(stores, way(stores, ended_km=141), first)
        rep.gateway.connector.refuses = lambda one: one.payload.get("purpose") == "visits"
    rep.gateway.connector.company["directories.vehicles"]["V1"]["last_odometer_km"] = 180
    rep.sync()
    rep.gateway.connector.refuses = lambda _one: False
    rep.gateway.take()
    with opened(rep) as stores:
        entry = travel.read_entry(stores, first)
        assert entry is not None
        assert entry.receipt == "rejected"
        assert travel.around(stores, entry.travel.vehicle)[0] == 180
        travel.save(stores, way(stores, purpose="two visits"), first)
    assert rep.sync().outcome == "ok"
    assert rep.gateway.connector.delivered[-1].payload["purpose"] == "two visits"


def test_that_an_entry_belongs_to_a_visit_of_the_catalogue_or_an_own_one(stores: AccountStores) -> None:
    offered = travel.read_visits(stores, DAY)
    assert [(one.title, one.at != "") for one in offered] == [("First", True)] * len(offered)
    chosen = next(one for one in offered if one.day == DAY)
    record = travel.save(stores, way(stores, visit=chosen.key))
    entry = travel.read_entry(stores, record)
    assert entry is not None
    assert chosen.is_of(entry.travel)
    assert [made.record for made in service.made_in(stores, "", chosen.key)] == [record]
    assert service.made_in(stores, "", None) == []
