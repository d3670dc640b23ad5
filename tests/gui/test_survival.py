"""What must not end the window: a killed engine, a second start, a mistake of ours, closing in the middle of a sync."""

import os
import signal
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QWidget

from salesapp.models.single import SingleWindow
from salesapp.views.confirm import BugSheet
from salesapp.views.dashboard.page import ORDER
from salesapp.views.main_window import MainWindow
from tests.gui.conftest import Desk


def test_that_a_killed_engine_is_told_and_the_next_sync_repairs(desk: Desk) -> None:
    async def day() -> None:
        desk.gateway.restart("items.prices=slow")
        await desk.open()
        await desk.log_on()
        await desk.choose()
        await desk.until(lambda: desk.app.synchro.view.percent > 5)
        process = desk.app.runner._process
        assert process is not None
        os.kill(process.processId(), signal.SIGKILL)
        assert await desk.verdict() == "error"
        assert desk.sync_page.finished.title.text() == "The synchronization did not succeed"
        assert desk.sync_page.primary.text().strip() == "Synchronize again"
        desk.gateway.restart()
        desk.tap(desk.sync_page.primary)
        assert await desk.verdict() == "ok"

    desk.run(day())


def test_that_a_second_start_finds_the_first_window(desk: Desk) -> None:
    async def day() -> None:
        await desk.open()
        first = SingleWindow(desk.tablet.root, desk.app)
        assert first.is_first()
        asked: list[bool] = []
        first.asked_to_front.connect(lambda: asked.append(True))
        second = SingleWindow(desk.tablet.root, desk.app)
        assert not second.is_first()
        await desk.until(lambda: asked)
        other = SingleWindow(desk.tablet.root.parent / "another", desk.app)
        assert other.is_first(), "another data folder has a window of its own"
        desk.app.window.showMinimized()
        desk.app.window.bring_to_front()
        assert not desk.app.window.isMinimized()

    desk.run(day())


def test_that_the_window_lies_within_a_small_screen(desk: Desk) -> None:
    window = MainWindow()
    window.resize(5_000, 5_000)
    window.show_on_screen()
    QTest.qWait(20)
    assert window.screen().availableGeometry().contains(window.geometry())
    window.close()
    window.deleteLater()


def test_that_a_mistake_of_ours_is_reported_and_does_not_end_the_window(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = str(tmp_path / "documents")
    monkeypatch.setattr(QStandardPaths, "writableLocation", staticmethod(lambda _where: documents))

    async def day() -> None:
        await desk.open()
        await desk.log_on()
        monkeypatch.setattr(sys, "excepthook", desk.app.report_bug)

        async def mistake() -> None:
            raise ZeroDivisionError(" ".join(("a", "mistake", "in", "a", "slot")))

        desk.app.spawn(mistake())
        await desk.until(lambda: isinstance(desk.app.window.open_sheet(), BugSheet))
        sheet = desk.app.window.open_sheet()
        assert isinstance(sheet, BugSheet)
        log = (desk.tablet.root / "logs" / "salesapp-window.log").read_text(encoding="utf-8")
        assert "ZeroDivisionError" in log
        said = " ".join([label.text() for label in sheet.findChildren(QLabel)])
        said += " ".join([button.text() for button in sheet.findChildren(QPushButton)])
        assert "The app made a mistake" in said
        assert not any(word in said for word in ("Traceback", "ZeroDivisionError", ".py")), "words, and no traceback"
        assert sheet.findChildren(QPlainTextEdit) == []
        desk.tap(sheet.copy)
        assert sheet.copy.words == "Copied"
        assert "ZeroDivisionError" in QGuiApplication.clipboard().text()
        assert "a mistake in a slot" not in QGuiApplication.clipboard().text()
        desk.tap(sheet.save)
        await desk.until(lambda: not desk.app._tasks)
        report = next((tmp_path / "documents").glob("salesapp-report-*.json")).read_text(encoding="utf-8")
        assert "ZeroDivisionError" in report
        assert "a mistake in a slot" not in report, "what an error says may be personal"
        assert "test_survival.py:" in report
        assert str(Path(__file__).parent) not in report, "a folder bears its owner's name"
        desk.tap(sheet.go_on)
        await desk.settle()
        assert desk.app.window.open_sheet() is None
        assert await desk.synchronize() == "ok", "the window goes on"

    desk.run(day())


def test_that_a_mistake_in_each_frame_is_told_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def day() -> None:
        await desk.open()
        await desk.log_on()
        monkeypatch.setattr(sys, "excepthook", desk.app.report_bug)

        async def mistake() -> None:
            raise ZeroDivisionError

        for _ in range(30):
            desk.app.spawn(mistake())
        await desk.until(lambda: not desk.app._tasks)
        await desk.settle()
        sheet = desk.app.window.open_sheet()
        assert isinstance(sheet, BugSheet)
        assert len([one for one in desk.app.window.findChildren(BugSheet) if one.isVisible()]) == 1
        log = (desk.tablet.root / "logs" / "salesapp-window.log").read_text(encoding="utf-8")
        assert log.count("unexpected error") == 30, "each is in the log"
        desk.tap(sheet.go_on)
        await desk.settle()
        assert desk.app.window.open_sheet() is None
        desk.app.spawn(mistake())
        await desk.until(lambda: isinstance(desk.app.window.open_sheet(), BugSheet))

    desk.run(day())


def test_that_closing_in_the_middle_of_a_sync_keeps_what_it_has(desk: Desk) -> None:
    async def day() -> None:
        desk.gateway.restart("items.prices=slow")
        await desk.open()
        await desk.log_on()
        await desk.choose()
        await desk.until(lambda: desk.app.synchro.view.percent > 5)
        await desk.close()
        desk.gateway.restart()
        await desk.open()
        assert desk.app.window.current == "main", "closing does not log out"
        assert desk.tiles == ["synchro", "settings"]
        assert await desk.synchronize() == "ok"
        await desk.close()
        await desk.open()
        assert "items" in desk.tiles

    desk.run(day())


def test_that_damaged_files_are_told_instead_of_a_window_that_does_not_open(desk: Desk) -> None:
    async def day() -> None:
        await desk.open()
        await desk.log_on()
        assert await desk.synchronize() == "ok"
        await desk.close()
        work = next((desk.tablet.root / "accounts").glob("*/work.db"))
        good = work.read_bytes()
        work.write_bytes(good[:20_000] + b"x" * 4000 + good[24_000:])
        for rest in work.parent.glob("work.db-*"):
            rest.unlink()
        await desk.open()
        message = desk.app.window.message
        assert message.isVisible()
        assert "damaged" in message.accessibleName()
        work.write_bytes(good)

    desk.run(day())


@pytest.mark.parametrize("content", [None, b"x" * 50_000], ids=["gone", "damaged"])
def test_that_a_catalogue_that_has_to_be_fetched_again_is_told_and_the_tiles_stay(
    desk: Desk, content: bytes | None
) -> None:
    async def day() -> None:
        await desk.begin()
        await desk.close()
        catalog = next((desk.tablet.root / "accounts").glob("*/catalog.db"))
        catalog.unlink()
        for rest in catalog.parent.glob("catalog.db-*"):
            rest.unlink()
        if content is not None:
            catalog.write_bytes(content)
        await desk.open()
        assert desk.tiles == list(ORDER)
        assert desk.tile("synchro").face.lines[-1].text == "The catalogue has to be fetched again"
        assert desk.tile("items").face.line == "Not fetched yet"
        for area in ("items", "customers", "documents", "appointments", "promotions", "travel", "reports"):
            desk.app.window.message.hide()
            desk.tap(desk.tile(area))
            await desk.until(desk.app.window.message.isVisible)
            await desk.until(lambda: not desk.app._tasks)
            assert "Synchronize: the catalogue is fetched again." in desk.app.window.message.accessibleName(), area
            desk.app.window.show_page("main", root=True)
        assert await desk.synchronize() == "ok"
        desk.app.window.go_back()
        await desk.settle()
        assert desk.tile("synchro").face.lines[-1].text == "Everything works from this device"
        desk.tap(desk.tile("items"))
        await desk.until(lambda: desk.app.window.current == "items" and not desk.app._tasks)

    desk.run(day())


def test_that_rotation_keeps_the_page_its_search_and_its_place(desk: Desk) -> None:
    async def day() -> None:
        forms = desk.gateway.connector.company["items.forms"]
        for number in range(200):
            forms[f"N{number}"] = dict(forms["I1"], code=f"N{number:03}", name=f"Item {number:03}", ean=None)
        desk.gateway.take()
        await desk.open()
        await desk.log_on()
        assert await desk.synchronize() == "ok"
        desk.app.open_area("items")
        page = desk.app.window.page("items")
        assert isinstance(page, QWidget)
        page.search.edit.setText("item")  # type: ignore[attr-defined]
        bar = page.list.verticalScrollBar()  # type: ignore[attr-defined]
        bar.setValue(3000)
        for size in ((800, 1280), (1280, 800)):
            desk.app.window.resize(*size)
            await desk.settle()
            assert page.search.edit.text() == "item"  # type: ignore[attr-defined]
            assert bar.value() == 3000
            assert desk.app.window.current == "items"

    desk.run(day())
