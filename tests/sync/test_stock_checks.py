"""Stock checks between syncs: kept beside the proven rows until a sync brings newer stock."""

import asyncio
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import msgspec
import pytest
from filelock import FileLock

from salesapp import clock
from salesapp.errors import AuthorizationError, GatewayError, NetworkError, UserFacingError
from salesapp.gateway.database import Database
from salesapp.gateway.routes import catalogue
from salesapp.gateway.scopes import Entitlement
from salesapp.gateway.segments import ServedSegment, served_segment
from salesapp.protocol.messages import StockAnswer
from salesapp.services import items, picking
from salesapp.services.stock import available
from salesapp.store.catalog import read_states
from salesapp.store.stock_checks import Counted, StockCheck, StockChecks
from salesapp.sync.session import end_session
from salesapp.sync.stock import check_stock
from tests.conftest import GatewayUnderTest, Tablet
from tests.services.account_stores import key_of, stores_of

pytestmark = pytest.mark.clock


def stock_on(tablet: Tablet, item: str = "I1") -> tuple[Decimal | int, bool]:
    """Returns the available stock and whether it is from a check; asserts that all screens agree."""
    with stores_of(tablet) as stores:
        key = key_of(stores, "items.forms", item)
        card = items.card(stores, key, None, date(2026, 3, 2))
        assert card is not None
        assert card.row.stock == card.available == available(stores, {key})[key]
        page = picking.page(stores, [key])
        assert page[key].stock == int(card.available * 10_000)
        return card.available, bool(card.checked_at)


def item_of(tablet: Tablet, code: str = "I1") -> int:
    with stores_of(tablet) as stores:
        return key_of(stores, "items.forms", code)


def ask(tablet: Tablet, item: int, within_s: float = 10.0) -> StockCheck:
    return asyncio.run(check_stock(tablet.place, item, within_s))


def change(gateway: GatewayUnderTest, quantity: int, row: str = "I1-W1") -> None:
    gateway.connector.company["items.resources"][row] |= {"quantity": quantity}
    gateway.take()


@pytest.fixture
def rep(make_tablet: Callable[[str], Tablet]) -> Tablet:
    made = make_tablet("rep1")
    assert made.begin().outcome == "ok"
    return made


def test_that_a_stock_check_is_used_everywhere_and_leaves_the_proven_rows(
    rep: Tablet, gateway: GatewayUnderTest
) -> None:
    before = read_states(rep.account.catalog_path, rep.key, rep.catalogue)
    change(gateway, 50_000)
    assert stock_on(rep) == (1, False)
    ask(rep, item_of(rep))
    assert stock_on(rep) == (5, True)
    assert read_states(rep.account.catalog_path, rep.key, rep.catalogue) == before
    assert stock_on(rep, "I2") == (1, False)


def test_that_a_sync_replaces_older_checks(rep: Tablet, gateway: GatewayUnderTest) -> None:
    change(gateway, 50_000)
    ask(rep, item_of(rep))
    change(gateway, 80_000)
    assert rep.sync().outcome == "ok"
    assert stock_on(rep) == (8, False)
    ask(rep, item_of(rep))
    assert stock_on(rep) == (8, True)
    outcome = rep.sync()
    assert (outcome.outcome, outcome.requests) == ("ok", 1), "nothing changed"
    assert stock_on(rep) == (8, False), "the sync has proven it later than it was asked for"


def test_that_a_sync_with_an_older_manifest_keeps_a_newer_check(
    rep: Tablet, gateway: GatewayUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, serve, asked = item_of(rep), served_segment, list[StockCheck]()

    def ask_first(database: Database, sha256: str, entitled: Entitlement) -> ServedSegment | None:
        """During the fetch of a sync, the stock changes and a person checks it."""
        if not asked:
            change(gateway, 30_000)
            asked.append(ask(rep, key))
        return serve(database, sha256, entitled)

    monkeypatch.setattr(catalogue, "served_segment", ask_first)
    change(gateway, 20_000, "I2-W1")
    assert rep.sync().outcome == "ok"
    assert asked
    assert stock_on(rep) == (3, True)
    assert rep.sync().outcome == "ok"
    assert stock_on(rep) == (3, False)


def test_that_stock_that_is_red_keeps_the_check(rep: Tablet, gateway: GatewayUnderTest) -> None:
    change(gateway, 50_000)
    ask(rep, item_of(rep))
    gateway.restart("items.resources=digest")
    assert rep.sync().outcome == "failed"
    assert stock_on(rep) == (5, True)


def test_that_it_needs_no_lock_of_a_running_sync(rep: Tablet, gateway: GatewayUnderTest) -> None:
    change(gateway, 50_000)
    with FileLock(rep.account.lock_path):
        ask(rep, item_of(rep))
    assert stock_on(rep) == (5, True)


def test_that_an_empty_warehouse_counts_as_zero(rep: Tablet, gateway: GatewayUnderTest) -> None:
    del gateway.connector.company["items.resources"]["I1-W1"]
    gateway.take()
    ask(rep, item_of(rep))
    assert stock_on(rep) == (0, True)


def test_that_a_failed_check_is_reported_and_keeps_the_former_stock(rep: Tablet, gateway: GatewayUnderTest) -> None:
    def trouble(item: int, within_s: float = 10.0) -> UserFacingError:
        with pytest.raises(UserFacingError) as told:
            ask(rep, item, within_s)
        return told.value

    key = item_of(rep)
    ask(rep, key)
    assert trouble(999_999).code == "stock.unknown_item"
    gateway.restart("items.resources=slow")
    slow = trouble(key, 0.2)
    assert isinstance(slow, NetworkError)
    assert slow.code == "network.timeout"
    gateway.stop()
    assert trouble(key).code == "network.unreachable"
    gateway.start()
    end_session(rep.place)
    ended = trouble(key)
    assert isinstance(ended, AuthorizationError)
    assert ended.code == "auth.no_password"
    assert stock_on(rep) == (1, True)


@pytest.mark.parametrize(
    "stock",
    [
        [{"warehouse": 1, "quantity": "many"}],
        [{"warehouse": 1, "quantity": "NaN"}],
        [{"warehouse": 1, "quantity": "Infinity"}],
        [{"warehouse": 1, "quantity": "0.00001"}],
        [{"warehouse": 1, "quantity": "1e30"}],
        [{"warehouse": 1, "quantity": "1", "as_of": "yesterday"}],
        [{"warehouse": 1, "quantity": "1", "as_of": "2026-03-02T08:00:00"}],
        [{"warehouse": 1, "quantity": "1"}, {"warehouse": 1, "quantity": "2"}],
    ],
)
def test_that_an_invalid_answer_is_not_stored(
    rep: Tablet, stock: list[dict[str, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    key = item_of(rep)
    wrong = msgspec.convert({"item": key, "stock": stock}, StockAnswer)
    monkeypatch.setattr(catalogue, "stock_of", lambda *_: wrong)
    with pytest.raises(GatewayError) as told:
        ask(rep, key)
    assert told.value.code == "gateway.malformed"
    assert stock_on(rep) == (1, False)


def test_that_one_check_per_item_is_kept_until_it_expires(tablet: Tablet) -> None:
    assert tablet.begin().outcome == "ok"
    times = [(clock.now() + timedelta(hours=hours)).isoformat() for hours in (-3, -1, 5)]
    with stores_of(tablet) as stores:
        checks = StockChecks(stores.work)
        for item, at in enumerate(times):
            checks.keep(StockCheck(item, "2026-01-01", ()))
            checks.keep(StockCheck(item, at, (Counted(1, 2, "2026-03-02T08:00:00Z"),)))
        assert {item: check.checked_at for item, check in checks.find(range(9)).items()} == dict(enumerate(times))
        checks.forget((clock.now() - timedelta(hours=2)).isoformat())
        assert set(checks.find(range(9))) == {1}, "one is older, one of a clock that went back since"
