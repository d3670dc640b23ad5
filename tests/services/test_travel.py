"""Travel on the device: the odometer goes on, drafts wait, entries go out once, against real gateway and files."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesapp.domain.travel import Reading, check
from salesapp.services import appointments as service
from salesapp.services import travel
from salesapp.services.documents import TooLateError
from salesapp.store.shelf import Shelf
from tests.conftest import Tablet
from tests.services.visiting import (
    DAY,
    opened,
    tried,
    waiting,
    way,
)

pytestmark = pytest.mark.clock


def test_that_travel_goes_on_where_the_last_entry_ended(shelf: Shelf) -> None:
    first = travel.save(shelf, way(shelf))
    assert travel.around(shelf, way(shelf).vehicle) == (140, None)
    with pytest.raises(travel.NotPossibleError):
        travel.save(shelf, way(shelf, started_km=139, ended_km=150))
    assert travel.check(shelf, way(shelf, started_km=152, ended_km=160)) == Reading(gap=12)
    travel.save(shelf, way(shelf, started_km=152, ended_km=160))
    log = travel.read_log(shelf, DAY)
    assert (log.today_km, log.month_km, log.odometer_km) == (48, 48, 160)
    assert travel.check(shelf, way(shelf, ended_km=145), first) == Reading()
    assert travel.check(shelf, way(shelf, ended_km=153), first) == Reading(ended="past_next")
    assert travel.check(shelf, way(shelf, started_km=155, ended_km=156), first).ended == "past_next"
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


def test_that_the_synchronized_odometer_counts_too(rep: Tablet) -> None:
    rep.gateway.connector.company["directories.vehicles"]["V1"]["last_odometer_km"] = 48_203
    rep.gateway.take()
    with opened(rep) as shelf:
        assert travel.check(shelf, way(shelf)).started == "goes_back"
        assert travel.read_vehicles(shelf)[0].last_km == 48_203
        travel.save(shelf, way(shelf, started_km=48_203, ended_km=48_215))
        assert travel.read_log(shelf, DAY).odometer_km == 48_215


@given(cuts=st.lists(st.integers(0, 500), min_size=2, max_size=8, unique=True), data=st.data())
@settings(max_examples=60, deadline=None)
def test_that_readings_stay_in_order_whatever_is_changed(cuts: list[int], data: st.DataObject) -> None:
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


def test_that_an_earlier_entry_is_mended_while_later_ones_are_there_also_after_the_erp_took_those(
    rep: Tablet,
) -> None:
    with opened(rep) as shelf:
        first = travel.save(shelf, way(shelf))
        travel.save(shelf, way(shelf, started_km=140, ended_km=180))
        travel.save(shelf, way(shelf, purpose="visits"), first)
        assert [sent.get("purpose", "") for sent in waiting(shelf)] == ["", "visits"]
        with pytest.raises(travel.NotPossibleError):
            travel.save(shelf, way(shelf, ended_km=141), first)
        rep.gateway.connector.refuses = lambda one: one.payload.get("purpose") == "visits"
    rep.gateway.connector.company["directories.vehicles"]["V1"]["last_odometer_km"] = 180
    rep.sync()
    rep.gateway.connector.refuses = lambda _one: False
    rep.gateway.take()
    with opened(rep) as shelf:
        entry = travel.read_entry(shelf, first)
        assert entry is not None
        assert entry.receipt == "rejected"
        assert travel.around(shelf, entry.travel.vehicle)[0] == 180
        travel.save(shelf, way(shelf, purpose="two visits"), first)
    assert rep.sync().outcome == "ok"
    assert rep.gateway.connector.delivered[-1].payload["purpose"] == "two visits"


def test_that_an_entry_belongs_to_a_visit_of_the_catalogue_or_an_own_one(shelf: Shelf) -> None:
    offered = travel.read_visits(shelf, DAY)
    assert [(one.title, one.at != "") for one in offered] == [("First", True)] * len(offered)
    chosen = next(one for one in offered if one.day == DAY)
    record = travel.save(shelf, way(shelf, visit=chosen.key))
    entry = travel.read_entry(shelf, record)
    assert entry is not None
    assert chosen.is_of(entry.travel)
    assert [made["record"] for made in service.made_in(shelf, "", chosen.key)] == [record]
    assert service.made_in(shelf, "", None) == []
