"""What the window says when a day goes wrong, and that the next start still knows it."""

from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from salesapp.gateway import accounts
from salesapp.protocol.records import Address, CustomerRecord
from salesapp.services import customers
from salesapp.store.folders import AccountFolder, DataFolder
from salesapp.store.keys import load_key
from salesapp.store.lock import sync_lock
from salesapp.store.work import WorkStore
from salesapp.views.dashboard.page import ORDER
from salesapp.views.parts.text import Text
from salesapp.views.settings.rows import HistoryRow
from salesapp.views.synchro.rows import red_lines
from tests.conftest import PASSWORD
from tests.faulty_line import FaultyLine, http_answer
from tests.gui.conftest import Desk
from tests.sync.test_network import MARK, only


def account_of(desk: Desk) -> AccountFolder:
    account = DataFolder(desk.tablet.root).last()
    assert account is not None
    return account


def add_customer(desk: Desk) -> None:
    work = WorkStore.open(account_of(desk), load_key(desk.tablet.root, desk.tablet.key_file))
    try:
        customers.save_customer(work, CustomerRecord(name="Sklep Żabka", addresses=[Address(kind="main")]))
    finally:
        work.close()


def spoil_groups(desk: Desk) -> None:
    """The next sync has one red object."""
    desk.gateway.connector.company["items.groups"]["G1"]["name"] = "Renamed"
    desk.gateway.take()
    desk.gateway.restart("items.groups=digest")


def verdict(desk: Desk) -> tuple[str, str, str]:
    """(Title, sentences, what the primary button says)."""
    page = desk.sync_page
    return page.finished.title.text(), page.finished.text.text(), page.primary.accessibleName()


async def synchronized(desk: Desk) -> None:
    await desk.open()
    await desk.log_on()
    assert await desk.synchronize() == "ok"
    desk.app.window.go_back()
    await desk.settle()


async def start_anew(desk: Desk) -> None:
    await desk.close()
    await desk.open()
    await desk.settle()


def test_that_a_revoked_device_is_asked_to_log_on_again_and_goes_on(desk: Desk) -> None:
    async def day() -> None:
        await synchronized(desk)
        accounts.revoke_device(desk.gateway.database, DataFolder(desk.tablet.root).device_id)
        assert await desk.synchronize() == "unauthorized"
        title, text, primary = verdict(desk)
        assert title == "The gateway asks for a new logon"
        assert "nothing unsent is lost" in text
        assert primary == "Log on again"
        desk.tap(desk.sync_page.primary)
        await desk.settle()
        assert desk.app.window.current == "logon"
        assert desk.logon.gateway.edit.text() == desk.gateway.url
        assert desk.logon.user.edit.text() == "office"
        QTest.keyClicks(desk.logon.password.edit, PASSWORD)
        desk.tap(desk.logon.button)
        await desk.until(lambda: desk.app.window.current == "main")
        assert desk.tiles == list(ORDER)
        assert await desk.synchronize() == "ok"

    desk.run(day())


def test_that_another_sync_in_the_same_folder_is_told_and_waits_for_nobody(desk: Desk) -> None:
    async def day() -> None:
        await synchronized(desk)
        with sync_lock(account_of(desk)):
            assert await desk.synchronize() == "busy"
        title, text, primary = verdict(desk)
        assert title == "Another synchronization is running"
        assert "Wait until it has finished." in text
        assert primary == "Synchronize again"
        desk.tap(desk.sync_page.primary)
        assert await desk.verdict() == "ok"

    desk.run(day())


def test_that_offline_the_choice_says_why_and_cancel_stays(desk: Desk) -> None:
    async def day() -> None:
        await synchronized(desk)
        desk.gateway.stop()
        desk.press(Qt.Key.Key_F9)
        await desk.until(lambda: desk.choice._reachable is False)
        for button in (desk.choice.all, desk.choice.without):
            assert not button.isEnabled()
            assert "does not answer" in button.accessibleName()
        assert desk.choice.reach.accessibleName() == "Offline"
        desk.tap(desk.choice.cancel)
        await desk.settle()
        assert desk.app.window.open_sheet() is None
        desk.tap(desk.tile("items"))
        assert desk.app.window.current == "items", "what is on the device needs no network"

    desk.run(day())


def test_that_the_gateway_lost_in_the_middle_is_told_and_the_next_sync_goes_on(desk: Desk) -> None:
    async def day() -> None:
        await synchronized(desk)
        desk.tap(desk.tile("synchro"))
        await desk.until(lambda: desk.choice._reachable is True)
        desk.gateway.stop()
        desk.tap(desk.choice.all)
        assert await desk.verdict() == "unreachable"
        title, text, primary = verdict(desk)
        assert title == "The gateway was not reached"
        assert "stay as they were" in text
        assert primary == "Synchronize again"
        desk.app.window.go_back()
        await desk.settle()
        assert desk.tiles == list(ORDER)
        assert desk.app.dashboard.chip.text().strip() == "Offline"
        assert desk.tile("synchro").face.mood == "calm", "no network is no failure"
        await start_anew(desk)
        assert desk.app.dashboard.chip.text().strip() == "Offline"
        desk.gateway.start()
        assert await desk.synchronize() == "ok"

    desk.run(day())


def test_that_a_record_that_the_erp_rejects_is_told_and_nothing_else_suffers(desk: Desk) -> None:
    async def day() -> None:
        desk.gateway.connector.rejected_kinds = {"customer"}
        await synchronized(desk)
        add_customer(desk)
        await desk.app.device.refresh()
        desk.tap(desk.tile("synchro"))
        await desk.until(lambda: desk.choice._reachable is True)
        assert desk.choice.waits.answer.text() == "1 record"
        assert "1 customer" in desk.choice.waits.below.text()
        desk.tap(desk.choice.all)
        await desk.verdict()
        overview = desk.app.device.overview
        assert overview is not None
        assert overview.rejected == 1
        desk.tap(desk.sync_page.primary)
        await desk.until(lambda: desk.app.window.current == "work")
        desk.app.window.show_page("main", root=True)
        await desk.settle()
        assert desk.tile("work").face.mood == desk.tile("synchro").face.mood == "problem"
        assert "1 record" in desk.tile("work").face.line
        assert desk.tile("synchro").face.lines[0].text == "1 record rejected", "not that all objects are correct"
        await start_anew(desk)
        assert desk.tile("work").face.mood == "problem"

    desk.run(day())


def test_that_a_later_red_object_is_still_told_after_a_restart(desk: Desk) -> None:
    async def day() -> None:
        await synchronized(desk)
        spoil_groups(desk)
        assert await desk.synchronize() == "failed"
        await start_anew(desk)
        assert desk.app.window.current == "main"
        assert desk.tiles == list(ORDER)
        assert desk.tile("synchro").face.mood == "problem"
        assert "25 of 26 objects correct" in desk.tile("synchro").accessibleName()
        assert "failed" in desk.app.dashboard.chip.accessibleName()
        desk.tap(desk.app.dashboard.chip)
        await desk.until(lambda: desk.app.window.current == "synchro" and not desk.app._tasks)
        await desk.settle()
        finished = desk.sync_page.finished
        assert finished.title.text() == "25 of 26 objects are correct"
        assert "rows of today" in red_lines(finished.attention_model.index(0, 0))[1][2], "what is on the device"
        red = finished.attention._red["items.groups"].buttons
        desk.tap(red.copy)
        assert "items.groups: failed" in QGuiApplication.clipboard().text()
        desk.gateway.restart()
        desk.tap(red.again)
        assert await desk.verdict() == "ok"
        desk.app.window.go_back()
        await desk.settle()
        assert desk.tile("synchro").face.mood == "calm"
        await start_anew(desk)
        assert desk.tile("synchro").face.mood == "calm"

    desk.run(day())


def test_that_a_gateway_of_another_version_is_told_until_it_is_mended(desk: Desk) -> None:
    """What ends a whole sync is not lost by going back, nor by a restart, and the history tells it."""
    refusal = http_answer("400 Bad", b'{"code":"gateway.protocol","params":{"app":"1","gateway":"2"}}', MARK)
    sentence = "This app and the gateway speak different versions (app 1, gateway 2)."

    async def look() -> None:
        assert desk.tile("synchro").face.mood == "problem"
        assert "Failed" in desk.app.dashboard.chip.accessibleName()
        desk.tap(desk.app.dashboard.chip)
        await desk.until(lambda: desk.app.window.current == "synchro" and not desk.app._tasks)
        assert sentence in desk.sync_page.finished.text.text()
        assert "Update the app" in desk.sync_page.finished.text.text()
        desk.app.window.go_back()
        await desk.settle()

    async def day() -> None:
        with FaultyLine(desk.gateway.port, answer=only(b"/v1/manifest", refusal)) as line:
            await desk.open()
            await desk.log_on(url=line.url)
            assert await desk.synchronize() == "failed"
            desk.app.window.go_back()
            await desk.settle()
            await look()
            await start_anew(desk)
            await look()
            desk.tap(desk.tile("settings"))
            desk.tap(desk.settings_page.nav["history"])
            await desk.until(lambda: desk.settings_page.history.findChildren(HistoryRow))
            told = [text.text() for text in desk.settings_page.history.findChildren(HistoryRow)[0].findChildren(Text)]
            assert any(text.startswith(sentence) for text in told)
            desk.app.window.go_back()
            line.answer = lambda _head: None
            assert await desk.synchronize() == "ok"
            desk.app.window.go_back()
            await desk.settle()
            assert desk.tile("synchro").face.mood == "calm"

    desk.run(day())


def test_that_the_next_person_does_not_see_how_the_last_ones_sync_ended(desk: Desk) -> None:
    async def day() -> None:
        await synchronized(desk)
        spoil_groups(desk)
        assert await desk.synchronize() == "failed"
        await desk.app.device.log_out()
        desk.app.logon.show()
        await desk.log_on(user="rep2")
        assert desk.tiles == ["synchro", "settings"]
        assert desk.tile("synchro").face.mood == "accent"
        assert not desk.app.dashboard.chip.isVisible()

    desk.run(day())


def test_that_a_stopped_first_sync_goes_on_after_a_restart(desk: Desk) -> None:
    async def day() -> None:
        desk.gateway.restart("items.prices=slow")
        await desk.open()
        await desk.log_on()
        await desk.choose()
        await desk.until(lambda: desk.app.synchro.view.percent > 5)
        desk.tap(desk.sync_page.stop)
        assert await desk.verdict() == "stopped"
        await start_anew(desk)
        assert desk.tiles == ["synchro", "settings"]
        assert desk.tile("synchro").face.mood != "problem", "to stop is no failure"
        desk.tap(desk.tile("synchro"))
        await desk.until(lambda: desk.choice._reachable is True)
        assert "Stopped; nothing is lost" in desk.choice.last.below.text()
        desk.gateway.restart()
        desk.tap(desk.choice.all)
        assert await desk.verdict() == "ok"
        desk.app.window.go_back()
        assert desk.tiles == list(ORDER)

    desk.run(day())


def test_that_the_main_screen_of_a_start_is_one_row_and_opens_nothing_else(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    connect = sqlcipher.connect

    def watched(*args: Any, **kwargs: Any) -> Any:
        connection = connect(*args, **kwargs)
        connection.set_trace_callback(read.append)
        return connection

    async def story() -> None:
        await desk.begin()
        await desk.close()
        monkeypatch.setattr(sqlcipher, "connect", watched)
        desk.start()
        assert not desk.app.window.grab().isNull()
        assert "items" in desk.tiles
        assert [query for query in read if not query.startswith("PRAGMA")] == [
            "SELECT value FROM flag WHERE name='overview'"
        ]
        await desk.until(lambda: not desk.app._tasks)

    desk.run(story())
