"""What a running sync shows, and the ways out of it: the choice's lines, percentage, time left, bars, details, Back."""

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
from tests.gui.conftest import Desk
from tests.gui.test_states import account_of, add_customer, spoil_groups, synchronized
from tests.stopwatch import Stopwatch


@contextmanager
def halted(desk: Desk) -> Iterator[None]:
    """The engine stands still: a running sync can be looked at for as long as it takes."""
    process = desk.app.runner._process
    assert process is not None
    os.kill(process.processId(), signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process.processId(), signal.SIGCONT)


def sections(model: QAbstractItemModel) -> list[QModelIndex]:
    return [model.index(row, 0) for row in range(model.rowCount())]


async def running(desk: Desk, beyond: int = 5) -> None:
    desk.gateway.restart("items.prices=slow")
    await desk.open()
    await desk.log_on()
    await desk.choose()
    await desk.until(lambda: desk.app.synchro.view.percent > beyond)


def test_that_the_choice_says_what_each_does_how_much_waits_and_when_it_last_went_well(desk: Desk) -> None:
    async def day() -> None:
        await desk.open()
        await desk.log_on()
        desk.tap(desk.tile("synchro"))
        await desk.until(lambda: desk.choice._reachable is True)
        sheet = desk.choice
        assert sheet.last.answer.text() == "Never yet"
        assert sheet.waits.answer.text() == "Nothing"
        desk.tap(sheet.all)
        assert await desk.verdict() == "ok"
        add_customer(desk)
        await desk.app.device.refresh()
        desk.app.window.go_back()
        desk.press(Qt.Key.Key_F9)
        await desk.until(lambda: desk.choice._reachable is True)
        assert sheet.last.answer.text().startswith("Today ")
        assert (sheet.waits.answer.text(), sheet.waits.below.text()) == ("1 record", "To send: 1 customer")
        for button, words in (
            (sheet.all, "Sends your work, then gets current data and pictures"),
            (sheet.without, "Sends the same, gets current data; pictures stay as they are"),
            (sheet.cancel, "Back to the main screen, nothing is sent"),
        ):
            assert words in button.accessibleName()
        desk.tap(sheet.cancel)
        await desk.settle()
        assert not desk.app.runner.is_running
        overview = desk.app.device.overview
        assert overview is not None
        assert overview.waiting_total == 1, "Cancel sends nothing"

    desk.run(day())


def test_that_all_sends_what_was_added_and_brings_what_has_changed(desk: Desk) -> None:
    async def day() -> None:
        await synchronized(desk)
        desk.gateway.connector.company["items.groups"]["G1"]["name"] = "Renamed"
        desk.gateway.take()
        add_customer(desk)
        assert await desk.synchronize(attachments=False) == "ok"
        figures = desk.sync_page.finished
        assert figures.sent.figure.text() == "1 of 1"
        assert figures.erp.caption.text() == "In the ERP"
        decided = figures.erp.figure.text(), figures.erp.below.text()
        assert decided in {("1", "nothing is left"), ("0", "1 still being checked")}, (
            "counted apart from what was received"
        )
        desk.tap(figures.receipts)
        await desk.until(lambda: desk.app.window.current == "work" and not desk.app._tasks)
        desk.app.window.go_back()
        overview = desk.app.device.overview
        assert overview is not None
        assert overview.waiting_total == 0
        name = desk.app.workplace.shelf.catalog.query("SELECT name FROM items_groups WHERE code = 'G1'")
        assert [tuple(row) for row in name] == [("Renamed",)]

    desk.run(day())


def test_that_percentage_and_time_left_are_on_card_and_tile_and_never_fall(desk: Desk) -> None:
    async def day() -> None:
        desk.gateway.restart("items.prices=slow")
        await desk.open()
        await desk.log_on()
        card: list[int] = []
        tiles: list[int] = []
        left: list[str] = []

        def note() -> None:
            view = desk.app.synchro.view
            if view.is_running:
                card.append(desk.sync_page.card.percent)
                left.append(desk.sync_page.card._left)
                desk.app.dashboard.show_device(desk.app.device.overview, view)
                tiles.append(int(desk.tile("synchro").face.figure))

        desk.app.synchro.changed.connect(note)
        assert await desk.synchronize() == "ok"
        assert card == sorted(card)
        assert tiles == sorted(tiles)
        assert len(set(tiles)) > 3, "it moved"
        assert left[0] == "measuring the time left", "nothing is promised before it is known"
        assert any(words.startswith("about ") for words in left)
        known = next(place for place, words in enumerate(left) if words.startswith("about "))
        assert all(words.startswith("about ") for words in left[known:]), "once known it stays"

    desk.run(day())


def test_that_each_section_has_a_progress_bar_that_keeps_its_value_for_screen_readers(desk: Desk) -> None:
    async def day() -> None:
        await running(desk, beyond=20)
        with halted(desk):
            desk.tap(desk.sync_page.card)
            await desk.settle()
            tree = desk.sync_page.tree
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
        assert await desk.verdict() == "ok"
        assert {tree.bar(index.data(Role.KEY)).value() for index in sections(model)} <= {100}

    desk.run(day())


def test_that_a_red_object_is_copied_for_support_without_a_name_of_anybody(desk: Desk) -> None:
    async def day() -> None:
        await synchronized(desk)
        spoil_groups(desk)
        assert await desk.synchronize() == "failed"
        page = desk.sync_page.finished
        row = page.attention._red["items.groups"].buttons
        await desk.settle()
        desk.tap(row.copy)
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

    desk.run(day())


BACK = (
    (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier),
    (Qt.Key.Key_Back, Qt.KeyboardModifier.NoModifier),
)


def test_that_back_leads_home_by_button_and_three_keys_and_never_by_backspace(desk: Desk) -> None:
    async def day() -> None:
        await running(desk)
        with halted(desk):
            for is_open in (False, True):
                desk.app.window.show_page("synchro")
                await desk.settle()
                if desk.sync_page.is_open != is_open:
                    desk.tap(desk.sync_page.card)
                for key, modifiers in BACK:
                    desk.app.window.show_page("synchro")
                    await desk.settle()
                    desk.press(Qt.Key.Key_Backspace)
                    assert desk.app.window.current == "synchro"
                    desk.press(key, modifiers)
                    assert desk.app.window.current == "main"
                    await desk.settle()
                    assert desk.tile("synchro").face.is_percent, "the tile shows the sync that goes on"
                desk.app.window.show_page("synchro")
                await desk.settle()
                desk.tap(desk.sync_page.header.back)
                assert desk.app.window.current == "main"
        assert await desk.verdict() == "ok"

    desk.run(day())


def test_that_stop_asks_nothing_and_takes_less_than_a_second(desk: Desk) -> None:
    async def day() -> None:
        await running(desk)
        watch = Stopwatch()
        desk.tap(desk.sync_page.stop)
        assert desk.app.window.open_sheet() is None
        assert not desk.sync_page.stop.isEnabled(), "once is enough"
        await desk.until(lambda: not desk.app.runner.is_running)
        assert watch.seconds < 1
        assert await desk.verdict() == "stopped"
        desk.app.window.go_back()
        assert desk.tile("synchro").face.mood != "problem"

    desk.run(day())


def test_that_a_stop_at_the_moment_of_the_start_is_not_lost(desk: Desk) -> None:
    async def day() -> None:
        desk.gateway.restart("items.prices=slow")
        await desk.open()
        await desk.log_on()
        desk.app.synchro.start(SyncRequest())
        desk.tap(desk.sync_page.stop)
        assert await desk.verdict() == "stopped"

    desk.run(day())


def test_that_a_red_object_is_tried_again_without_a_finger(desk: Desk) -> None:
    async def day() -> None:
        await synchronized(desk)
        spoil_groups(desk)
        assert await desk.synchronize() == "failed"
        await desk.settle()
        again = desk.sync_page.finished.attention._red["items.groups"].buttons.again
        for _ in range(30):
            if (focused := desk.app.window.focusWidget()) is again:
                break
            desk.press(Qt.Key.Key_Tab)
        assert focused is again, "Tab does not reach it"
        assert again.accessibleDescription() == "Groups"
        desk.gateway.restart()
        desk.press(Qt.Key.Key_Space)
        assert await desk.verdict() == "ok"

    desk.run(day())


def test_that_the_history_shows_the_last_twenty(desk: Desk) -> None:
    async def day() -> None:
        await synchronized(desk)
        work = WorkStore.open(account_of(desk), load_key(desk.tablet.root, desk.tablet.key_file))
        history = History(work)
        first = history.last_runs(1)[0]
        for number in range(22):
            moment = f"2026-01-{number + 1:02}T07:00:00Z"
            history.record_run(first.document.encode(), started_at=moment, ended_at=moment, outcome="ok")
        work.close()
        desk.tap(desk.tile("settings"))
        page = desk.settings_page
        desk.tap(page.nav["history"])
        await desk.until(lambda: page.history.findChildren(HistoryRow))
        await desk.settle()
        assert len(page.history.findChildren(HistoryRow)) == 20

    desk.run(day())
