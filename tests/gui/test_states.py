"""The window's messages when something goes wrong, also after the next start."""

import socket
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from salesapp.gateway import accounts
from salesapp.models.sync_runner import SyncRequest
from salesapp.protocol.records import Address, CustomerRecord
from salesapp.services import customers
from salesapp.store.folders import AccountFolder, DataFolder
from salesapp.store.keys import load_key
from salesapp.store.lock import sync_lock
from salesapp.store.work import WorkStore
from salesapp.views import formats
from salesapp.views.dashboard.page import ORDER
from salesapp.views.parts.text import Text
from salesapp.views.settings.rows import HistoryRow
from salesapp.views.sync_labels import outcome_word
from salesapp.views.synchro.rows import red_lines
from tests.conftest import PASSWORD
from tests.faulty_line import FaultyLine, http_answer
from tests.gui.conftest import ALL_KEYS, WindowDriver
from tests.sync.test_network import MARK, only


def account_of(driver: WindowDriver) -> AccountFolder:
    account = DataFolder(driver.tablet.root).last()
    assert account is not None
    return account


def add_customer(driver: WindowDriver) -> None:
    work = WorkStore.open(account_of(driver), load_key(driver.tablet.root, driver.tablet.key_file))
    try:
        customers.save_customer(work, CustomerRecord(name="Sklep Żabka", addresses=[Address(kind="main")]))
    finally:
        work.close()


def falsify_groups(driver: WindowDriver) -> None:
    """The next sync has one red object."""
    driver.gateway.connector.company["items.groups"]["G1"]["name"] = "Renamed"
    driver.gateway.take()
    driver.gateway.restart("items.groups=digest")


def verdict(driver: WindowDriver) -> tuple[str, str, str]:
    """Returns title, sentences and the text of the primary button."""
    page = driver.sync_page
    return page.finished.title.text(), page.finished.text.text(), page.primary.accessibleName()


async def synchronized(driver: WindowDriver) -> None:
    await driver.open()
    await driver.log_on()
    assert await driver.synchronize() == "ok"
    driver.app.window.go_back()
    await driver.settle()


async def start_anew(driver: WindowDriver) -> None:
    await driver.close()
    await driver.open()
    await driver.settle()


def test_that_a_revoked_device_continues_after_a_new_logon(driver: WindowDriver) -> None:
    async def day() -> None:
        await synchronized(driver)
        accounts.revoke_device(driver.gateway.database, DataFolder(driver.tablet.root).device_id)
        assert await driver.synchronize() == "unauthorized"
        title, text, primary = verdict(driver)
        assert title == "The gateway asks for a new logon"
        assert "nothing unsent is lost" in text
        assert primary == "Log on again"
        driver.tap(driver.sync_page.primary)
        await driver.settle()
        assert driver.app.window.current == "logon"
        assert driver.logon.gateway.edit.text() == driver.gateway.url
        assert driver.logon.user.edit.text() == "office"
        QTest.keyClicks(driver.logon.password.edit, PASSWORD)
        driver.tap(driver.logon.button)
        await driver.until(lambda: driver.app.window.current == "main")
        assert driver.tiles == list(ORDER)
        assert await driver.synchronize() == "ok"

    driver.run(day())


def test_that_another_sync_in_the_same_folder_is_reported_at_once(driver: WindowDriver) -> None:
    async def day() -> None:
        await synchronized(driver)
        with sync_lock(account_of(driver)):
            assert await driver.synchronize() == "busy"
        title, text, primary = verdict(driver)
        assert title == "Another synchronization is running"
        assert "Wait until it has finished." in text
        assert primary == "Synchronize again"
        driver.tap(driver.sync_page.primary)
        assert await driver.verdict() == "ok"

    driver.run(day())


def test_that_offline_the_choice_shows_the_reason_and_cancel_stays(driver: WindowDriver) -> None:
    async def day() -> None:
        await synchronized(driver)
        driver.gateway.stop()
        driver.press(Qt.Key.Key_F9)
        await driver.until(lambda: driver.choice._reachable is False)
        for button in (driver.choice.all, driver.choice.without):
            assert not button.isEnabled()
            assert "does not answer" in button.accessibleName()
        assert driver.choice.reach.accessibleName() == "Offline"
        driver.tap(driver.choice.cancel)
        await driver.settle()
        assert driver.app.window.open_sheet() is None
        driver.tap(driver.tile("items"))
        assert driver.app.window.current == "items", "what is on the device needs no network"

    driver.run(day())


def test_that_a_lost_gateway_is_reported_and_the_next_sync_resumes(driver: WindowDriver) -> None:
    async def day() -> None:
        await synchronized(driver)
        driver.tap(driver.tile("synchro"))
        await driver.until(lambda: driver.choice._reachable is True)
        driver.gateway.stop()
        add_customer(driver)
        driver.tap(driver.choice.all)
        assert await driver.verdict() == "unreachable"
        title, text, primary = verdict(driver)
        figures = driver.sync_page.finished
        assert (figures.sent.figure.text(), figures.erp.figure.text()) == ("0 of 1", formats.UNKNOWN)
        assert figures.erp.below.text() == "1 still waits on this device"
        assert driver.app.synchro.tree.sections[0].state == "not_reached", "nothing was sent: no green"
        assert title == "The gateway was not reached"
        assert "stay as they were" in text
        assert primary == "Synchronize again"
        driver.app.window.go_back()
        await driver.settle()
        assert driver.tiles == list(ORDER)
        assert driver.app.dashboard.chip.text().strip() == "Offline"
        assert driver.tile("synchro").face.mood == "calm", "no network is no failure"
        await start_anew(driver)
        assert driver.app.dashboard.chip.text().strip() == "Offline"
        (run,) = (await driver.app.device.history())[:1]
        assert run.summary.sections["sending"] == "not_reached"
        driver.gateway.start()
        assert await driver.synchronize() == "ok"

    driver.run(day())


def test_that_a_gateway_that_does_not_answer_is_named(driver: WindowDriver) -> None:
    async def day() -> None:
        await synchronized(driver)
        add_customer(driver)
        port = int(driver.gateway.url.rpartition(":")[2])
        driver.gateway.stop()
        with socket.create_server(("127.0.0.1", port)):
            driver.app.synchro.start(SyncRequest())
            await driver.until(lambda: driver.app.synchro.view.silent_s >= 3)
            assert driver.sync_page.card._doing.startswith("Waiting for the gateway: no answer for")
            assert driver.sync_page.figures[0].figure.text() == "0 of 1"
            driver.app.runner.stop()
            assert await driver.verdict() == "stopped"
        assert driver.sync_page.finished.erp.below.text() == "1 still waits on this device"
        assert driver.app.synchro.tree.sections[0].state == "not_reached"

    driver.run(day())


def test_that_a_rejected_record_is_named_after_each_sync_until_it_is_dealt_with(driver: WindowDriver) -> None:
    async def day() -> None:
        driver.gateway.connector.rejected_kinds = {"customer"}
        await synchronized(driver)
        add_customer(driver)
        await driver.synchronize()
        driver.gateway.connector.rejected_kinds = set()
        driver.app.window.show_page("main", root=True)
        await driver.settle()
        assert await driver.synchronize() == "ok"
        title, _text, primary = verdict(driver)
        assert (title, primary) == ("1 record is still rejected", "See what was not accepted")
        assert driver.sync_page.finished.erp.below.text() == "1 not accepted"
        driver.app.window.go_back()
        await driver.settle()
        assert driver.app.dashboard.chip.text().strip() == "1 rejected"
        driver.tap(driver.tile("synchro"))
        await driver.until(lambda: driver.app.window.open_sheet() is not None)
        assert driver.choice.waits.below.text() == "1 record rejected: see My work"
        (run,) = (await driver.app.device.history())[:1]
        assert outcome_word(run.summary) == ("failed", "1 rejected"), "the history says what the verdict says"

    driver.run(day())


def test_that_a_record_that_the_erp_rejects_is_reported_and_affects_nothing_else(driver: WindowDriver) -> None:
    async def day() -> None:
        driver.gateway.connector.rejected_kinds = {"customer"}
        await synchronized(driver)
        add_customer(driver)
        await driver.app.device.refresh()
        driver.tap(driver.tile("synchro"))
        await driver.until(lambda: driver.choice._reachable is True)
        assert driver.choice.waits.answer.text() == "1 record"
        assert "1 customer" in driver.choice.waits.below.text()
        driver.tap(driver.choice.all)
        await driver.verdict()
        overview = driver.app.device.overview
        assert overview is not None
        assert overview.rejected == 1
        driver.tap(driver.sync_page.primary)
        await driver.until(lambda: driver.app.window.current == "work")
        driver.app.window.show_page("main", root=True)
        await driver.settle()
        assert driver.tile("work").face.mood == driver.tile("synchro").face.mood == "problem"
        assert "1 record" in driver.tile("work").face.line
        assert driver.tile("synchro").face.lines[0].text == "1 record rejected", "not that all objects are correct"
        await start_anew(driver)
        assert driver.tile("work").face.mood == "problem"

    driver.run(day())


def test_that_a_later_red_object_is_still_reported_after_a_restart(driver: WindowDriver) -> None:
    async def day() -> None:
        await synchronized(driver)
        falsify_groups(driver)
        assert await driver.synchronize() == "failed"
        await start_anew(driver)
        assert driver.app.window.current == "main"
        assert driver.tiles == list(ORDER)
        assert driver.tile("synchro").face.mood == "problem"
        assert f"{len(ALL_KEYS) - 1} of {len(ALL_KEYS)} objects correct" in driver.tile("synchro").accessibleName()
        assert "failed" in driver.app.dashboard.chip.accessibleName()
        driver.tap(driver.app.dashboard.chip)
        await driver.until(lambda: driver.app.window.current == "synchro" and not driver.app._tasks)
        await driver.settle()
        finished = driver.sync_page.finished
        assert finished.title.text() == f"{len(ALL_KEYS) - 1} of {len(ALL_KEYS)} objects are correct"
        assert "rows of today" in red_lines(finished.attention_model.index(0, 0))[1][2], "what is on the device"
        red = finished.attention._red["items.groups"].buttons
        driver.tap(red.copy)
        assert "items.groups: failed" in QGuiApplication.clipboard().text()
        driver.gateway.restart()
        driver.tap(red.again)
        assert await driver.verdict() == "ok"
        driver.app.window.go_back()
        await driver.settle()
        assert driver.tile("synchro").face.mood == "calm"
        await start_anew(driver)
        assert driver.tile("synchro").face.mood == "calm"

    driver.run(day())


def test_that_a_gateway_of_another_version_is_reported_until_it_is_updated(driver: WindowDriver) -> None:
    """A failure of a whole sync stays after Back and after a restart, and is in the history."""
    refusal = http_answer("400 Bad", b'{"code":"gateway.protocol","params":{"app":"1","gateway":"2"}}', MARK)
    sentence = "This app and the gateway speak different versions (app 1, gateway 2)."

    async def look() -> None:
        assert driver.tile("synchro").face.mood == "problem"
        assert "Failed" in driver.app.dashboard.chip.accessibleName()
        driver.tap(driver.app.dashboard.chip)
        await driver.until(lambda: driver.app.window.current == "synchro" and not driver.app._tasks)
        assert sentence in driver.sync_page.finished.text.text()
        assert "Update the app" in driver.sync_page.finished.text.text()
        driver.app.window.go_back()
        await driver.settle()

    async def day() -> None:
        with FaultyLine(driver.gateway.port, answer=only(b"/v1/manifest", refusal)) as line:
            await driver.open()
            await driver.log_on(url=line.url)
            assert await driver.synchronize() == "failed"
            driver.app.window.go_back()
            await driver.settle()
            await look()
            await start_anew(driver)
            await look()
            driver.tap(driver.tile("settings"))
            driver.tap(driver.settings_page.nav["history"])
            await driver.until(lambda: driver.settings_page.history.findChildren(HistoryRow))
            told = [text.text() for text in driver.settings_page.history.findChildren(HistoryRow)[0].findChildren(Text)]
            assert any(text.startswith(sentence) for text in told)
            driver.app.window.go_back()
            line.answer = lambda _head: None
            assert await driver.synchronize() == "ok"
            driver.app.window.go_back()
            await driver.settle()
            assert driver.tile("synchro").face.mood == "calm"

    driver.run(day())


def test_that_the_next_user_does_not_see_the_outcome_of_the_last_ones_sync(driver: WindowDriver) -> None:
    async def day() -> None:
        await synchronized(driver)
        falsify_groups(driver)
        assert await driver.synchronize() == "failed"
        await driver.app.device.log_out()
        driver.app.logon.show()
        await driver.log_on(user="rep2")
        assert driver.tiles == ["synchro", "settings"]
        assert driver.tile("synchro").face.mood == "accent"
        assert not driver.app.dashboard.chip.isVisible()

    driver.run(day())


def test_that_a_stopped_first_sync_resumes_after_a_restart(driver: WindowDriver) -> None:
    async def day() -> None:
        driver.gateway.restart("items.prices=slow")
        await driver.open()
        await driver.log_on()
        await driver.choose()
        await driver.until(lambda: driver.app.synchro.view.percent > 5)
        driver.tap(driver.sync_page.stop)
        assert await driver.verdict() == "stopped"
        await start_anew(driver)
        assert driver.tiles == ["synchro", "settings"]
        assert driver.tile("synchro").face.mood != "problem", "to stop is no failure"
        driver.tap(driver.tile("synchro"))
        await driver.until(lambda: driver.choice._reachable is True)
        assert "Stopped; nothing is lost" in driver.choice.last.below.text()
        driver.gateway.restart()
        driver.tap(driver.choice.all)
        assert await driver.verdict() == "ok"
        driver.app.window.go_back()
        assert driver.tiles == list(ORDER)

    driver.run(day())


def test_that_the_start_reads_one_row_for_the_main_screen_and_opens_nothing_else(
    driver: WindowDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    connect = sqlcipher.connect

    def watched(*args: Any, **kwargs: Any) -> Any:
        connection = connect(*args, **kwargs)
        connection.set_trace_callback(read.append)
        return connection

    async def story() -> None:
        await driver.begin()
        await driver.close()
        monkeypatch.setattr(sqlcipher, "connect", watched)
        driver.start()
        assert not driver.app.window.grab().isNull()
        assert "items" in driver.tiles
        assert [query for query in read if not query.startswith("PRAGMA")] == [
            "SELECT value FROM flag WHERE name='overview'"
        ]
        await driver.until(lambda: not driver.app._tasks)

    driver.run(story())
