"""The display of a running sync and the ways out: the choice's lines, percentage, time left, bars, details, Back."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QProgressBar

from salesapp.models.sync_runner import SyncRequest
from salesapp.models.sync_tree import Role
from salesapp.store.history import History
from salesapp.store.keys import load_key
from salesapp.store.work import WorkStore
from salesapp.views.settings.rows import HistoryRow
from salesapp.views.synchro.rows import red_lines
from salesapp.views.synchro.tree import SectionRow
from tests.gui.conftest import WindowDriver
from tests.gui.test_states import account_of, add_customer, falsify_groups, synchronized
from tests.stopwatch import Stopwatch


@contextmanager
def halted(driver: WindowDriver) -> Iterator[None]:
    """Pauses the engine, so that a test can inspect a running sync."""
    process = driver.app.runner._process
    assert process is not None
    os.kill(process.processId(), signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process.processId(), signal.SIGCONT)


def sections(model: QAbstractItemModel) -> list[QModelIndex]:
    return [model.index(row, 0) for row in range(model.rowCount())]


async def running(driver: WindowDriver, beyond: int = 5) -> None:
    driver.gateway.restart("items.prices=slow")
    await driver.open()
    await driver.log_on()
    await driver.choose()
    await driver.until(lambda: driver.app.synchro.view.percent > beyond)


def test_that_the_choice_explains_each_option_waiting_records_and_the_last_success(driver: WindowDriver) -> None:
    async def day() -> None:
        await driver.open()
        await driver.log_on()
        driver.tap(driver.tile("synchro"))
        await driver.until(lambda: driver.choice._reachable is True)
        sheet = driver.choice
        assert sheet.last.answer.text() == "Never yet"
        assert sheet.waits.answer.text() == "Nothing"
        driver.tap(sheet.all)
        assert await driver.verdict() == "ok"
        add_customer(driver)
        await driver.app.device.refresh()
        driver.app.window.go_back()
        driver.press(Qt.Key.Key_F9)
        await driver.until(lambda: driver.choice._reachable is True)
        assert sheet.last.answer.text().startswith("Today ")
        assert (sheet.waits.answer.text(), sheet.waits.below.text()) == ("1 record", "To send: 1 customer")
        for button, words in (
            (sheet.all, "Sends your work, then gets current data and pictures"),
            (sheet.without, "Sends the same, gets current data; pictures stay as they are"),
            (sheet.cancel, "Back to the main screen, nothing is sent"),
        ):
            assert words in button.accessibleName()
        driver.tap(sheet.cancel)
        await driver.settle()
        assert not driver.app.runner.is_running
        overview = driver.app.device.overview
        assert overview is not None
        assert overview.waiting_total == 1, "Cancel sends nothing"

    driver.run(day())


def test_that_all_sends_new_records_and_fetches_changes(driver: WindowDriver) -> None:
    async def day() -> None:
        await synchronized(driver)
        driver.gateway.connector.company["items.groups"]["G1"]["name"] = "Renamed"
        driver.gateway.take()
        add_customer(driver)
        assert await driver.synchronize(attachments=False) == "ok"
        figures = driver.sync_page.finished
        assert figures.sent.figure.text() == "1 of 1"
        assert figures.erp.caption.text() == "In the ERP"
        decided = figures.erp.figure.text(), figures.erp.below.text()
        assert decided in {("1", "nothing is left"), ("0", "1 still being checked")}, (
            "counted apart from what was received"
        )
        driver.tap(figures.receipts)
        await driver.until(lambda: driver.app.window.current == "work" and not driver.app._tasks)
        driver.app.window.go_back()
        overview = driver.app.device.overview
        assert overview is not None
        assert overview.waiting_total == 0
        name = driver.app.workplace.stores.catalog.query("SELECT name FROM items_groups WHERE code = 'G1'")
        assert [tuple(row) for row in name] == [("Renamed",)]

    driver.run(day())


def test_that_percentage_and_time_left_are_on_card_and_tile_and_the_percentage_never_falls(
    driver: WindowDriver,
) -> None:
    async def day() -> None:
        driver.gateway.restart("items.prices=slow")
        await driver.open()
        await driver.log_on()
        card: list[int] = []
        tiles: list[int] = []
        left: list[str] = []

        def note() -> None:
            view = driver.app.synchro.view
            if view.is_running:
                card.append(driver.sync_page.card.percent)
                left.append(driver.sync_page.card._left)
                driver.app.dashboard.show_device(driver.app.device.overview, view)
                tiles.append(int(driver.tile("synchro").face.figure))

        driver.app.synchro.changed.connect(note)
        assert await driver.synchronize() == "ok"
        assert card == sorted(card)
        assert tiles == sorted(tiles)
        assert len(set(tiles)) > 3, "it moved"
        assert left[0] == "measuring the time left", "nothing is promised before it is known"
        assert any(words.startswith("about ") for words in left)
        known = next(place for place, words in enumerate(left) if words.startswith("about "))
        assert all(words.startswith("about ") for words in left[known:]), "once known it stays"

    driver.run(day())


def test_that_each_section_has_a_progress_bar_that_keeps_its_value_for_screen_readers(driver: WindowDriver) -> None:
    async def day() -> None:
        await running(driver, beyond=20)
        with halted(driver):
            driver.tap(driver.sync_page.card)
            await driver.settle()
            tree = driver.sync_page.tree
            model = tree.model()
            assert len(sections(model)) == 9
            for index in sections(model):
                bar = tree.bar(index.data(Role.KEY))
                assert isinstance(bar, QProgressBar)
                assert isinstance(tree.indexWidget(index), SectionRow)
                assert bar.parentWidget() is tree.indexWidget(index)
                assert bar.value() == round(index.data(Role.PART) * 100)
                interface = QAccessible.queryAccessibleInterface(bar)
                assert interface.role() == QAccessible.Role.ProgressBar
                assert interface.valueInterface().currentValue() == bar.value()
                assert interface.text(QAccessible.Text.Name) == index.data(Qt.ItemDataRole.AccessibleTextRole)
            assert any(tree.bar(index.data(Role.KEY)).value() > 0 for index in sections(model))
        assert await driver.verdict() == "ok"
        assert {tree.bar(index.data(Role.KEY)).value() for index in sections(model)} <= {100}

    driver.run(day())


def test_that_the_details_of_a_red_object_for_support_name_nobody(driver: WindowDriver) -> None:
    async def day() -> None:
        await synchronized(driver)
        falsify_groups(driver)
        assert await driver.synchronize() == "failed"
        page = driver.sync_page.finished
        row = page.attention._red["items.groups"].buttons
        await driver.settle()
        driver.tap(row.copy)
        copied = QGuiApplication.clipboard().text()
        assert "items.groups: failed" in copied
        assert "object.digest" in copied
        for personal in ("office", "Renamed", "127.0.0.1"):
            assert personal not in copied
        why, kept, helps = (sentence for _icon, _label, sentence in red_lines(page.attention_model.index(0, 0)))
        assert all((why, kept, helps))
        assert "kept" in kept
        tree = page.tree.model()
        states = {index.data(Role.KEY): index.data(Role.STATE) for index in sections(tree)}
        assert states["items"] == "failed", "a section shows the worst of its objects"

    driver.run(day())


BACK = (
    (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier),
    (Qt.Key.Key_Back, Qt.KeyboardModifier.NoModifier),
)


def test_that_back_leads_home_by_button_and_three_keys_and_never_by_backspace(driver: WindowDriver) -> None:
    async def day() -> None:
        await running(driver)
        with halted(driver):
            for is_open in (False, True):
                driver.app.window.show_page("synchro")
                await driver.settle()
                if driver.sync_page.is_open != is_open:
                    driver.tap(driver.sync_page.card)
                for key, modifiers in BACK:
                    driver.app.window.show_page("synchro")
                    await driver.settle()
                    driver.press(Qt.Key.Key_Backspace)
                    assert driver.app.window.current == "synchro"
                    driver.press(key, modifiers)
                    assert driver.app.window.current == "main"
                    await driver.settle()
                    assert driver.tile("synchro").face.is_percent, "the tile shows the sync that goes on"
                driver.app.window.show_page("synchro")
                await driver.settle()
                driver.tap(driver.sync_page.header.back)
                assert driver.app.window.current == "main"
        assert await driver.verdict() == "ok"

    driver.run(day())


def test_that_stop_works_within_a_second_without_a_question(driver: WindowDriver) -> None:
    async def day() -> None:
        await running(driver)
        watch = Stopwatch()
        driver.tap(driver.sync_page.stop)
        assert driver.app.window.open_sheet() is None
        assert not driver.sync_page.stop.isEnabled(), "once is enough"
        await driver.until(lambda: not driver.app.runner.is_running)
        assert watch.seconds < 1
        assert await driver.verdict() == "stopped"
        driver.app.window.go_back()
        assert driver.tile("synchro").face.mood != "problem"

    driver.run(day())


def test_that_a_stop_at_the_moment_of_the_start_is_not_lost(driver: WindowDriver) -> None:
    async def day() -> None:
        driver.gateway.restart("items.prices=slow")
        await driver.open()
        await driver.log_on()
        driver.app.synchro.start(SyncRequest())
        driver.tap(driver.sync_page.stop)
        assert await driver.verdict() == "stopped"

    driver.run(day())


def test_that_a_red_object_can_be_retried_by_keyboard(driver: WindowDriver) -> None:
    async def day() -> None:
        await synchronized(driver)
        falsify_groups(driver)
        assert await driver.synchronize() == "failed"
        await driver.settle()
        again = driver.sync_page.finished.attention._red["items.groups"].buttons.again
        for _ in range(30):
            if (focused := driver.app.window.focusWidget()) is again:
                break
            driver.press(Qt.Key.Key_Tab)
        assert focused is again, "Tab does not reach it"
        assert again.accessibleDescription() == "Groups"
        driver.gateway.restart()
        driver.press(Qt.Key.Key_Space)
        assert await driver.verdict() == "ok"

    driver.run(day())


def test_that_the_history_shows_the_last_twenty(driver: WindowDriver) -> None:
    async def day() -> None:
        await synchronized(driver)
        work = WorkStore.open(account_of(driver), load_key(driver.tablet.root, driver.tablet.key_file))
        history = History(work)
        first = history.last_runs(1)[0]
        for number in range(22):
            moment = f"2026-01-{number + 1:02}T07:00:00Z"
            history.record_run(first.document.encode(), started_at=moment, ended_at=moment, outcome="ok")
        work.close()
        driver.tap(driver.tile("settings"))
        page = driver.settings_page
        driver.tap(page.nav["history"])
        await driver.until(lambda: page.history.findChildren(HistoryRow))
        await driver.settle()
        assert len(page.history.findChildren(HistoryRow)) == 20

    driver.run(day())
