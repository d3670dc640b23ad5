"""Syncs that nobody asks for, in the real window: they begin when they are due, and are never in the way."""

import asyncio
from datetime import timedelta
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from salesapp import clock
from salesapp.gateway import accounts, administration
from salesapp.models import automatic
from salesapp.store.folders import DataFolder
from salesapp.sync.values import ErrorValue
from salesapp.views.order.ending import KnowSheet
from salesapp.views.parts.search_page import SearchPage
from tests.gui.conftest import Desk
from tests.gui.test_order import drafts, tap_part, with_order

pytestmark = pytest.mark.clock


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(automatic, "SETTLING", timedelta(0))
    monkeypatch.setattr(automatic, "PROBE_EVERY", timedelta(0))


def work_around_the_clock(desk: Desk, **settings: str) -> None:
    for key, value in ({"work_from": "08:00", "work_to": "08:00"} | settings).items():
        desk.app.settings.set(key, value)


async def look(desk: Desk) -> None:
    """What the timer does every few seconds, at once."""
    desk.app.automatic.look()
    await desk.until(lambda: not desk.app._tasks and not desk.app.runner.is_running)


def runs(desk: Desk) -> int:
    overview = desk.app.device.overview
    assert overview is not None
    return 0 if overview.last_run is None else hash(overview.last_run.ended_at + overview.last_run.started_at)


async def confirm(desk: Desk) -> None:
    page = await with_order(desk)
    work_around_the_clock(desk, sync_after_confirming="on")
    await tap_part(desk, page, 0, "plus")
    desk.tap(page.cart.primary)
    await desk.until(lambda: not desk.app._tasks)
    sheet = desk.app.window.open_sheet()
    if isinstance(sheet, KnowSheet):
        desk.tap(sheet.yes)
        await desk.until(lambda: not desk.app._tasks)


def test_that_a_confirmed_order_goes_by_itself_and_the_page_in_sight_stays(desk: Desk) -> None:
    async def story() -> None:
        await confirm(desk)
        desk.app.window.show_page("main", root=True)
        await look(desk)
        assert desk.app.window.current == "main"
        (record,) = drafts(desk)
        sent = [entry for entry in desk.gateway.connector.delivered if entry.kind == "document"]
        assert [entry.payload["number"] for entry in sent] == [record.number]
        before = runs(desk)
        await look(desk)
        assert runs(desk) == before, "it has gone; nothing more is due"

    desk.run(story())


def test_that_nothing_begins_while_an_order_is_being_entered(desk: Desk) -> None:
    async def story() -> None:
        await confirm(desk)
        desk.app.screens.open("order", customer=desk.app.workplace.shelf.catalog.rows("customers.customers")[0]["id"])
        await desk.until(lambda: not desk.app._tasks)
        await look(desk)
        assert not desk.gateway.connector.delivered
        desk.app.window.show_page("main", root=True)
        await look(desk)
        assert [entry.kind for entry in desk.gateway.connector.delivered] == ["document"]

    desk.run(story())


def test_that_without_a_network_nothing_is_tried_or_told_and_its_return_is_used(desk: Desk) -> None:
    async def story() -> None:
        await desk.open()
        await desk.log_on("rep1")
        assert await desk.synchronize() == "ok"
        work_around_the_clock(desk, sync_on_network="on")
        desk.app.window.show_page("main", root=True)
        before = runs(desk)
        desk.gateway.stop()
        await look(desk)
        assert runs(desk) == before
        assert not desk.app.window.message.isVisible()
        desk.gateway.start()
        await asyncio.sleep(1.1)  # times of runs are kept to the second
        await look(desk)
        assert runs(desk) != before
        assert desk.app.window.current == "main"

    desk.run(story())


def test_that_the_interval_counts_from_the_last_sync_and_off_means_off(desk: Desk) -> None:
    async def story() -> None:
        await desk.open()
        await desk.log_on("rep1")
        assert await desk.synchronize() == "ok"
        before = runs(desk)
        ended = desk.app.automatic._ended
        assert ended is not None
        desk.app.automatic._ended = ended - timedelta(minutes=16)
        await look(desk)
        assert runs(desk) == before, "off"
        work_around_the_clock(desk, auto_sync="30")
        await look(desk)
        assert runs(desk) == before, "too early"
        work_around_the_clock(desk, auto_sync="15")
        await asyncio.sleep(1.1)
        await look(desk)
        assert runs(desk) != before
        assert desk.app.runner.outcome is not None
        assert desk.app.runner.outcome.outcome == "ok"

    desk.run(story())


def test_that_a_gateway_that_asks_to_wait_is_left_alone_until_then(desk: Desk) -> None:
    async def story() -> None:
        await confirm(desk)
        for minutes, is_left_alone in ((10, True), (-1, False)):
            until = f"{clock.now() + timedelta(minutes=minutes):%Y-%m-%dT%H:%M:%SZ}"
            busy = ErrorValue("gateway.busy", {"until": until})
            desk.app.automatic._on_finished(SimpleNamespace(outcome="failed", error=busy))
            desk.app.automatic._ended = clock.now() - timedelta(hours=1)
            await look(desk)
            assert (not desk.gateway.connector.delivered) is is_left_alone

    desk.run(story())


@pytest.mark.parametrize("deed", ["blocked device", "disabled user"])
def test_that_a_blocked_device_is_tried_again_by_itself_and_a_lost_session_is_not(desk: Desk, deed: str) -> None:
    async def story() -> None:
        await desk.begin("rep1")
        database, device = desk.gateway.database, DataFolder(desk.tablet.root).device_id
        if deed == "blocked device":
            administration.block_device(database, device)
        else:
            accounts.disable_user(database, "rep1")
        assert await desk.synchronize() == "unauthorized"
        before = desk.app.runner.outcome
        if deed == "blocked device":
            administration.unblock_device(database, device)
        else:
            administration.enable_user(database, "rep1")
        work_around_the_clock(desk, auto_sync="15")
        desk.app.window.show_page("main", root=True)
        ended = desk.app.automatic._ended
        assert ended is not None
        desk.app.automatic._ended = ended - timedelta(minutes=16)
        await look(desk)
        outcome = desk.app.runner.outcome
        assert outcome is not None
        if deed == "blocked device":
            assert outcome.outcome == "ok"
        else:
            assert outcome is before  # it needs the password

    desk.run(story())


def test_that_the_settings_say_and_keep_what_is_chosen(desk: Desk) -> None:
    async def story() -> None:
        await desk.open()
        await desk.log_on()
        assert await desk.synchronize() == "ok"
        desk.app.open_area("settings")
        page = desk.settings_page
        desk.tap(page.nav["attachments"])
        await desk.settle()
        rows = page.automatic
        assert not rows.hours.isEnabled()
        desk.tap(rows.every.buttons["30"])
        await desk.settle()
        assert rows.hours.isEnabled()
        assert "every 30" in page.nav["attachments"].accessibleName()
        hours = rows.hours.fields["work_to"]
        hours.setFocus()
        desk.press(Qt.Key.Key_Down)
        desk.tap(rows.switches["sync_after_confirming"])
        kept = {key: desk.app.settings[key] for key in ("auto_sync", "work_to", "sync_after_confirming")}
        assert kept == {"auto_sync": "30", "work_to": "17:30", "sync_after_confirming": "on"}

    desk.run(story())


@pytest.mark.parametrize("area", ["items", "customers"])
def test_that_what_is_typed_into_a_search_stays_with_its_focus_while_a_silent_sync_ends(desk: Desk, area: str) -> None:
    async def story() -> None:
        await desk.open()
        await desk.log_on("rep1")
        assert await desk.synchronize() == "ok"
        desk.app.open_area(area)
        await desk.until(lambda: not desk.app._tasks)
        page = desk.app.window.page(area)
        assert isinstance(page, SearchPage)
        page.search.edit.setFocus()
        QTest.keyClicks(page.search.edit, "f")
        desk.gateway.connector.company["customers.customers"]["C1"]["city"] = "Elsewhere"
        desk.gateway.take()
        ended = desk.app.automatic._ended
        assert ended is not None
        desk.app.automatic._ended = ended - timedelta(minutes=16)
        work_around_the_clock(desk, auto_sync="15")
        before = desk.app.automatic._ended
        desk.app.automatic.look()
        await desk.until(lambda: desk.app.runner.is_running)
        QTest.keyClicks(page.search.edit, "ir")
        await desk.until(lambda: not desk.app._tasks and not desk.app.runner.is_running)
        assert desk.app.automatic._ended != before, "it has run"
        QTest.keyClicks(page.search.edit, "s")
        await desk.settle()
        assert page.search.edit.text() == "firs"
        assert page.search.edit.hasFocus()
        assert (desk.app.window.current, desk.app.window.open_sheet()) == (area, None)

    desk.run(story())


def test_that_nothing_begins_while_a_sheet_is_open(desk: Desk) -> None:
    async def story() -> None:
        await confirm(desk)
        desk.app.window.show_page("main", root=True)
        desk.app.open_area("synchro")
        await desk.until(lambda: desk.app.window.open_sheet() is not None and not desk.app._tasks)
        await look(desk)
        assert not desk.gateway.connector.delivered
        sheet = desk.app.window.open_sheet()
        assert sheet is not None
        sheet.close_sheet()
        await look(desk)
        assert [entry.kind for entry in desk.gateway.connector.delivered] == ["document"]

    desk.run(story())
