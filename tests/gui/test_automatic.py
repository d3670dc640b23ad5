"""Automatic syncs in the real window: they begin when due, and never disturb."""

import asyncio
from datetime import time, timedelta
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from salesapp import clock
from salesapp.domain.objects.customers import Customer
from salesapp.gateway import accounts, administration
from salesapp.models import automatic
from salesapp.settings import Settings
from salesapp.store.folders import DataFolder
from salesapp.sync.values import ErrorValue
from salesapp.views.order.ending import WarningSheet
from salesapp.views.parts.search_page import SearchPage
from salesapp.views.requests import NewOrder
from tests.gui.conftest import WindowDriver
from tests.gui.test_order import drafts, tap_part, with_order

pytestmark = pytest.mark.clock


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(automatic, "SETTLING", timedelta(0))
    monkeypatch.setattr(automatic, "PROBE_EVERY", timedelta(0))


def work_around_the_clock(driver: WindowDriver, **settings: str) -> None:
    declared = Settings.declared()
    for key, text in ({"work_from": "08:00", "work_to": "08:00"} | settings).items():
        driver.app.settings.put(declared[key], text)


async def look(driver: WindowDriver) -> None:
    """Runs the timer's check at once."""
    driver.app.automatic.look()
    await driver.until(lambda: not driver.app._tasks and not driver.app.runner.is_running)


def runs(driver: WindowDriver) -> int:
    overview = driver.app.device.overview
    assert overview is not None
    return 0 if overview.last_run is None else hash(overview.last_run.ended_at + overview.last_run.started_at)


async def confirm(driver: WindowDriver) -> None:
    page = await with_order(driver)
    work_around_the_clock(driver, sync_after_confirming="on")
    await tap_part(driver, page, 0, "plus")
    driver.tap(page.cart.primary)
    await driver.until(lambda: not driver.app._tasks)
    sheet = driver.app.window.open_sheet()
    if isinstance(sheet, WarningSheet):
        driver.tap(sheet.yes)
        await driver.until(lambda: not driver.app._tasks)


def test_that_a_confirmed_order_is_sent_automatically_and_the_page_stays(driver: WindowDriver) -> None:
    async def story() -> None:
        await confirm(driver)
        driver.app.window.show_page("main", root=True)
        await look(driver)
        assert driver.app.window.current == "main"
        (record,) = drafts(driver)
        sent = [entry for entry in driver.gateway.connector.delivered if entry.kind == "document"]
        assert [entry.payload["number"] for entry in sent] == [record.number]
        before = runs(driver)
        await look(driver)
        assert runs(driver) == before, "it has gone; nothing more is due"

    driver.run(story())


def test_that_nothing_begins_while_an_order_is_being_entered(driver: WindowDriver) -> None:
    async def story() -> None:
        await confirm(driver)
        customer = driver.app.workplace.stores.catalog.all(Customer)[0].id
        driver.app.screens.open(NewOrder(customer))
        await driver.until(lambda: not driver.app._tasks)
        await look(driver)
        assert not driver.gateway.connector.delivered
        driver.app.window.show_page("main", root=True)
        await look(driver)
        assert [entry.kind for entry in driver.gateway.connector.delivered] == ["document"]

    driver.run(story())


def test_that_automatic_syncs_pause_offline_and_resume_with_the_network(driver: WindowDriver) -> None:
    async def story() -> None:
        await driver.open()
        await driver.log_on("rep1")
        assert await driver.synchronize() == "ok"
        work_around_the_clock(driver, sync_on_network="on")
        driver.app.window.show_page("main", root=True)
        before = runs(driver)
        driver.gateway.stop()
        await look(driver)
        assert runs(driver) == before
        assert not driver.app.window.message.isVisible()
        driver.gateway.start()
        await asyncio.sleep(1.1)  # times of runs have a resolution of seconds
        await look(driver)
        assert runs(driver) != before
        assert driver.app.window.current == "main"

    driver.run(story())


def test_that_the_interval_counts_from_the_last_sync_and_can_be_turned_off(driver: WindowDriver) -> None:
    async def story() -> None:
        await driver.open()
        await driver.log_on("rep1")
        assert await driver.synchronize() == "ok"
        before = runs(driver)
        ended = driver.app.automatic._ended
        assert ended is not None
        driver.app.automatic._ended = ended - timedelta(minutes=16)
        await look(driver)
        assert runs(driver) == before, "off"
        work_around_the_clock(driver, auto_sync="30")
        await look(driver)
        assert runs(driver) == before, "too early"
        work_around_the_clock(driver, auto_sync="15")
        await asyncio.sleep(1.1)
        await look(driver)
        assert runs(driver) != before
        assert driver.app.runner.outcome is not None
        assert driver.app.runner.outcome.outcome == "ok"

    driver.run(story())


def test_that_a_gateway_that_asks_to_wait_is_left_alone_until_then(driver: WindowDriver) -> None:
    async def story() -> None:
        await confirm(driver)
        for minutes, is_left_alone in ((10, True), (-1, False)):
            until = f"{clock.now() + timedelta(minutes=minutes):%Y-%m-%dT%H:%M:%SZ}"
            busy = ErrorValue("gateway.busy", {"until": until})
            driver.app.automatic._on_finished(SimpleNamespace(outcome="failed", error=busy))
            driver.app.automatic._ended = clock.now() - timedelta(hours=1)
            await look(driver)
            assert (not driver.gateway.connector.delivered) is is_left_alone

    driver.run(story())


@pytest.mark.parametrize("deed", ["blocked device", "disabled user"])
def test_that_a_blocked_device_is_retried_automatically_and_a_lost_session_is_not(
    driver: WindowDriver, deed: str
) -> None:
    async def story() -> None:
        await driver.begin("rep1")
        database, device = driver.gateway.database, DataFolder(driver.tablet.root).device_id
        if deed == "blocked device":
            administration.block_device(database, device)
        else:
            accounts.disable_user(database, "rep1")
        assert await driver.synchronize() == "unauthorized"
        before = driver.app.runner.outcome
        if deed == "blocked device":
            administration.unblock_device(database, device)
        else:
            administration.enable_user(database, "rep1")
        work_around_the_clock(driver, auto_sync="15")
        driver.app.window.show_page("main", root=True)
        ended = driver.app.automatic._ended
        assert ended is not None
        driver.app.automatic._ended = ended - timedelta(minutes=16)
        await look(driver)
        outcome = driver.app.runner.outcome
        assert outcome is not None
        if deed == "blocked device":
            assert outcome.outcome == "ok"
        else:
            assert outcome is before  # it needs the password

    driver.run(story())


def test_that_the_settings_show_and_keep_the_choice(driver: WindowDriver) -> None:
    async def story() -> None:
        await driver.open()
        await driver.log_on()
        assert await driver.synchronize() == "ok"
        driver.app.open_area("settings")
        page = driver.settings_page
        driver.tap(page.nav["attachments"])
        await driver.settle()
        hours = page.declared.controls[Settings.work_to]
        assert not hours.isEnabled()
        driver.tap(driver.segment(Settings.auto_sync, "30"))
        await driver.settle()
        assert hours.isEnabled()
        assert "every 30" in page.nav["attachments"].accessibleName()
        hours.setFocus()
        driver.press(Qt.Key.Key_Down)
        driver.tap(driver.switch(Settings.sync_after_confirming))
        kept = driver.app.settings
        assert (kept.auto_sync, kept.work_to, kept.sync_after_confirming) == (30, time(17, 30), True)

    driver.run(story())


@pytest.mark.parametrize("area", ["items", "customers"])
def test_that_a_search_keeps_its_text_and_focus_when_a_silent_sync_ends(driver: WindowDriver, area: str) -> None:
    async def story() -> None:
        await driver.open()
        await driver.log_on("rep1")
        assert await driver.synchronize() == "ok"
        driver.app.open_area(area)
        await driver.until(lambda: not driver.app._tasks)
        page = driver.app.window.page(area)
        assert isinstance(page, SearchPage)
        page.search.edit.setFocus()
        QTest.keyClicks(page.search.edit, "f")
        driver.gateway.connector.company["customers.customers"]["C1"]["city"] = "Elsewhere"
        driver.gateway.take()
        ended = driver.app.automatic._ended
        assert ended is not None
        driver.app.automatic._ended = ended - timedelta(minutes=16)
        work_around_the_clock(driver, auto_sync="15")
        before = driver.app.automatic._ended
        driver.app.automatic.look()
        await driver.until(lambda: driver.app.runner.is_running)
        QTest.keyClicks(page.search.edit, "ir")
        await driver.until(lambda: not driver.app._tasks and not driver.app.runner.is_running)
        assert driver.app.automatic._ended != before, "it has run"
        QTest.keyClicks(page.search.edit, "s")
        await driver.settle()
        assert page.search.edit.text() == "firs"
        assert page.search.edit.hasFocus()
        assert (driver.app.window.current, driver.app.window.open_sheet()) == (area, None)

    driver.run(story())


def test_that_nothing_begins_while_a_sheet_is_open(driver: WindowDriver) -> None:
    async def story() -> None:
        await confirm(driver)
        driver.app.window.show_page("main", root=True)
        driver.app.open_area("synchro")
        await driver.until(lambda: driver.app.window.open_sheet() is not None and not driver.app._tasks)
        await look(driver)
        assert not driver.gateway.connector.delivered
        sheet = driver.app.window.open_sheet()
        assert sheet is not None
        sheet.close_sheet()
        await look(driver)
        assert [entry.kind for entry in driver.gateway.connector.delivered] == ["document"]

    driver.run(story())
