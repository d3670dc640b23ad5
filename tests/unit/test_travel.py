"""Travel on the device: the odometer goes on, drafts wait, entries go out once, against real gateway and files."""

from collections.abc import Callable, Iterator

import pytest

from salesapp.domain.travel import Reading
from salesapp.services import travel
from salesapp.services.documents import TooLateError
from salesapp.store.shelf import Shelf
from tests.conftest import Tablet
from tests.unit.visiting import (
    DAY,
    equipped,
    opened,
    tried,
    waiting,
    way,
)


@pytest.fixture
def tablet(make_tablet: Callable[[str], Tablet]) -> Tablet:
    return equipped(make_tablet)


@pytest.fixture
def shelf(tablet: Tablet) -> Iterator[Shelf]:
    with opened(tablet) as found:
        yield found


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
