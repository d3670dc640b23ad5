"""A clock far from the gateway's is told to the representative, and flagged at the gateway; it costs no order."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from salesapp import clock
from salesapp.gateway import review
from salesapp.gateway.documents import sent_documents
from salesapp.services import ordering
from salesapp.store.account_stores import AccountStores
from salesapp.store.clock_gap import Clocks
from tests.conftest import GatewayUnderTest, Tablet
from tests.services.account_stores import key_of, stores_of

MakeTablet = Callable[[str], Tablet]
SetClock = Callable[[timedelta], None]
HOUR = timedelta(hours=1)
YEAR = timedelta(days=365)


def order_of(stores: AccountStores) -> ordering.OpenOrder:
    cart = ordering.begin(stores, "sales_order", customer=key_of(stores, "customers.customers", "C1"))
    keys = key_of(stores, "items.forms", "I2"), key_of(stores, "directories.units", "pcs")
    return ordering.keep(stores, cart.with_quantity(*keys, Decimal(1)), "")[0]


def told(order: ordering.OpenOrder) -> dict[str, str] | None:
    """Returns what the warning of a wrong clock says; None without one."""
    return next((dict(problem.params) for problem in order.problems if problem.code == "clock.off"), None)


def flags_of(gateway: GatewayUnderTest) -> list[str]:
    with gateway.database.read() as connection:
        (sent,) = sent_documents(connection)
    return [flag.code for flag in sent.flags]


@pytest.mark.parametrize(
    ("off", "flagged"),
    [
        (2 * HOUR, ["clock.ahead"]),
        (-2 * HOUR, ["clock.off"]),
        (9 * YEAR, ["clock.ahead", "date.far"]),
        (-9 * YEAR, ["clock.off", "date.far"]),
    ],
    ids=["2 h ahead", "2 h behind", "years ahead", "years behind"],
)
def test_that_a_wrong_clock_is_told_at_the_sync_and_in_the_order_and_is_flagged(
    make_tablet: MakeTablet, set_clock: SetClock, off: timedelta, flagged: list[str]
) -> None:
    tablet = make_tablet("rep1")
    set_clock(off)
    outcome = tablet.sync()
    assert outcome.outcome == "ok"
    (warning,) = outcome.warnings
    assert warning.code == "device.clock_off"
    here, there = (clock.local(warning.params[name]) for name in ("here", "there"))
    assert abs(here - there - off) < timedelta(minutes=2)
    with stores_of(tablet) as stores:
        order = order_of(stores)
        assert told(order) is not None
        ordering.confirm(stores, order)
    assert tablet.sync().outcome == "ok"
    assert [code for code in flags_of(tablet.gateway) if not code.startswith("price.")] == flagged


@pytest.mark.parametrize("off", [timedelta(minutes=50), timedelta(minutes=-50), timedelta()])
def test_that_a_difference_of_less_than_an_hour_is_not_told(
    make_tablet: MakeTablet, set_clock: SetClock, off: timedelta
) -> None:
    tablet = make_tablet("rep1")
    set_clock(off)
    assert tablet.sync().warnings == ()
    with stores_of(tablet) as stores:
        order = order_of(stores)
        assert told(order) is None
        ordering.confirm(stores, order)
    tablet.sync()
    assert "clock.off" not in flags_of(tablet.gateway)


def test_that_a_clock_set_right_is_told_no_more_and_one_set_back_is_told_without_a_sync(
    make_tablet: MakeTablet, set_clock: SetClock
) -> None:
    tablet = make_tablet("rep1")
    set_clock(5 * HOUR)
    tablet.sync()
    with stores_of(tablet) as stores:
        assert told(order_of(stores)) is not None
        set_clock(timedelta())
        assert told(order_of(stores)) is None
        set_clock(-3 * HOUR)
        assert told(order_of(stores)) is not None
    set_clock(timedelta())
    assert tablet.sync().warnings == ()


NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("here", "now", "gap"),
    [
        (0, 0, None),
        (0, 48, None),
        (0, -0.9, None),
        (0, -1.1, -1.1),
        (0.9, 5, None),
        (1.1, 1.1, 1.1),
        (1.1, 9, 1.1),
        (5, 1, None),
        (5, -2, -2),
        (-5, -5, -5),
        (-5, 0.5, None),
    ],
)
def test_that_clocks_are_compared_with_what_is_known_since_the_last_sync(
    here: float, now: float, gap: float | None
) -> None:
    """Hours from the gateway's time at the last sync: of the device then, of the device now, and what is told."""
    known = Clocks(NOON + here * HOUR, NOON)
    found = known.at(NOON + now * HOUR)
    assert (found and (found.here - found.there) / HOUR) == (gap and pytest.approx(gap))


@pytest.mark.parametrize(
    ("days", "is_flagged"), [(0, False), (1, False), (2, True), (-31, False), (-32, True), (400, True)]
)
def test_that_a_date_far_from_the_gateways_is_flagged(days: int, is_flagged: bool) -> None:
    issued_on = (clock.today() + timedelta(days=days)).isoformat()
    assert bool(review._of_date(issued_on)) == is_flagged
