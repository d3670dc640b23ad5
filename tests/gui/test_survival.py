"""Events that must not end the window: a killed engine, a second start, a bug, closing during a sync."""

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
from tests.gui.conftest import WindowDriver


def test_that_a_killed_engine_is_reported_and_the_next_sync_repairs(driver: WindowDriver) -> None:
    async def day() -> None:
        driver.gateway.restart("items.prices=slow")
        await driver.open()
        await driver.log_on()
        await driver.choose()
        await driver.until(lambda: driver.app.synchro.view.percent > 5)
        process = driver.app.runner._process
        assert process is not None
        os.kill(process.processId(), signal.SIGKILL)
        assert await driver.verdict() == "error"
        assert driver.sync_page.finished.title.text() == "The synchronization did not succeed"
        assert driver.sync_page.primary.text().strip() == "Synchronize again"
        driver.gateway.restart()
        driver.tap(driver.sync_page.primary)
        assert await driver.verdict() == "ok"

    driver.run(day())


def test_that_a_second_start_finds_the_first_window(driver: WindowDriver) -> None:
    async def day() -> None:
        await driver.open()
        first = SingleWindow(driver.tablet.root, driver.app)
        assert first.is_first()
        asked: list[bool] = []
        first.asked_to_front.connect(lambda: asked.append(True))
        second = SingleWindow(driver.tablet.root, driver.app)
        assert not second.is_first()
        await driver.until(lambda: asked)
        other = SingleWindow(driver.tablet.root.parent / "another", driver.app)
        assert other.is_first(), "another data folder has a window of its own"
        driver.app.window.showMinimized()
        driver.app.window.bring_to_front()
        assert not driver.app.window.isMinimized()

    driver.run(day())


def test_that_the_window_fits_on_a_small_screen(driver: WindowDriver) -> None:
    window = MainWindow()
    window.resize(5_000, 5_000)
    window.show_on_screen()
    QTest.qWait(20)
    assert window.screen().availableGeometry().contains(window.geometry())
    window.close()
    window.deleteLater()


def test_that_a_bug_is_reported_and_does_not_end_the_window(
    driver: WindowDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = str(tmp_path / "documents")
    monkeypatch.setattr(QStandardPaths, "writableLocation", staticmethod(lambda _where: documents))

    async def day() -> None:
        await driver.open()
        await driver.log_on()
        monkeypatch.setattr(sys, "excepthook", driver.app.report_bug)

        async def mistake() -> None:
            raise ZeroDivisionError(" ".join(("a", "mistake", "in", "a", "slot")))

        driver.app.spawn(mistake())
        await driver.until(lambda: isinstance(driver.app.window.open_sheet(), BugSheet))
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, BugSheet)
        log = (driver.tablet.root / "logs" / "salesapp-window.log").read_text(encoding="utf-8")
        assert "ZeroDivisionError" in log
        said = " ".join([label.text() for label in sheet.findChildren(QLabel)])
        said += " ".join([button.text() for button in sheet.findChildren(QPushButton)])
        assert "The app made a mistake" in said
        assert not any(word in said for word in ("Traceback", "ZeroDivisionError", ".py")), "words, and no traceback"
        assert sheet.findChildren(QPlainTextEdit) == []
        driver.tap(sheet.copy)
        assert sheet.copy.words == "Copied"
        assert "ZeroDivisionError" in QGuiApplication.clipboard().text()
        assert "a mistake in a slot" not in QGuiApplication.clipboard().text()
        driver.tap(sheet.save)
        await driver.until(lambda: not driver.app._tasks)
        report = next((tmp_path / "documents").glob("salesapp-report-*.json")).read_text(encoding="utf-8")
        assert "ZeroDivisionError" in report
        assert "a mistake in a slot" not in report, "what an error says may be personal"
        assert "test_survival.py:" in report
        assert str(Path(__file__).parent) not in report, "a folder bears its owner's name"
        driver.tap(sheet.go_on)
        await driver.settle()
        assert driver.app.window.open_sheet() is None
        assert await driver.synchronize() == "ok", "the window goes on"

    driver.run(day())


def test_that_a_bug_in_every_frame_is_reported_once(driver: WindowDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    async def day() -> None:
        await driver.open()
        await driver.log_on()
        monkeypatch.setattr(sys, "excepthook", driver.app.report_bug)

        async def mistake() -> None:
            raise ZeroDivisionError

        for _ in range(30):
            driver.app.spawn(mistake())
        await driver.until(lambda: not driver.app._tasks)
        await driver.settle()
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, BugSheet)
        assert len([one for one in driver.app.window.findChildren(BugSheet) if one.isVisible()]) == 1
        log = (driver.tablet.root / "logs" / "salesapp-window.log").read_text(encoding="utf-8")
        assert log.count("unexpected error") == 30, "each is in the log"
        driver.tap(sheet.go_on)
        await driver.settle()
        assert driver.app.window.open_sheet() is None
        driver.app.spawn(mistake())
        await driver.until(lambda: isinstance(driver.app.window.open_sheet(), BugSheet))

    driver.run(day())


def test_that_closing_during_a_sync_keeps_what_it_has(driver: WindowDriver) -> None:
    async def day() -> None:
        driver.gateway.restart("items.prices=slow")
        await driver.open()
        await driver.log_on()
        await driver.choose()
        await driver.until(lambda: driver.app.synchro.view.percent > 5)
        await driver.close()
        driver.gateway.restart()
        await driver.open()
        assert driver.app.window.current == "main", "closing does not log out"
        assert driver.tiles == ["synchro", "settings"]
        assert await driver.synchronize() == "ok"
        await driver.close()
        await driver.open()
        assert "items" in driver.tiles

    driver.run(day())


def test_that_damaged_files_are_reported_in_an_open_window(driver: WindowDriver) -> None:
    async def day() -> None:
        await driver.open()
        await driver.log_on()
        assert await driver.synchronize() == "ok"
        await driver.close()
        work = next((driver.tablet.root / "accounts").glob("*/work.db"))
        good = work.read_bytes()
        work.write_bytes(good[:20_000] + b"x" * 4000 + good[24_000:])
        for rest in work.parent.glob("work.db-*"):
            rest.unlink()
        await driver.open()
        message = driver.app.window.message
        assert message.isVisible()
        assert "damaged" in message.accessibleName()
        work.write_bytes(good)

    driver.run(day())


@pytest.mark.parametrize("content", [None, b"x" * 50_000], ids=["gone", "damaged"])
def test_that_a_catalogue_that_must_be_refetched_is_reported_and_the_tiles_stay(
    driver: WindowDriver, content: bytes | None
) -> None:
    async def day() -> None:
        await driver.begin()
        await driver.close()
        catalog = next((driver.tablet.root / "accounts").glob("*/catalog.db"))
        catalog.unlink()
        for rest in catalog.parent.glob("catalog.db-*"):
            rest.unlink()
        if content is not None:
            catalog.write_bytes(content)
        await driver.open()
        assert driver.tiles == list(ORDER)
        assert driver.tile("synchro").face.lines[-1].text == "The catalogue has to be fetched again"
        assert driver.tile("items").face.line == "Not fetched yet"
        for area in ("items", "customers", "documents", "appointments", "promotions", "travel", "reports"):
            driver.app.window.message.hide()
            driver.tap(driver.tile(area))
            await driver.until(driver.app.window.message.isVisible)
            await driver.until(lambda: not driver.app._tasks)
            assert "Synchronize: the catalogue is fetched again." in driver.app.window.message.accessibleName(), area
            driver.app.window.show_page("main", root=True)
        assert await driver.synchronize() == "ok"
        driver.app.window.go_back()
        await driver.settle()
        assert driver.tile("synchro").face.lines[-1].text == "Everything works from this device"
        driver.tap(driver.tile("items"))
        await driver.until(lambda: driver.app.window.current == "items" and not driver.app._tasks)

    driver.run(day())


def test_that_rotation_keeps_the_page_its_search_and_its_place(driver: WindowDriver) -> None:
    async def day() -> None:
        forms = driver.gateway.connector.company["items.forms"]
        for number in range(200):
            forms[f"N{number}"] = dict(forms["I1"], code=f"N{number:03}", name=f"Item {number:03}", ean=None)
        driver.gateway.take()
        await driver.open()
        await driver.log_on()
        assert await driver.synchronize() == "ok"
        driver.app.open_area("items")
        page = driver.app.window.page("items")
        assert isinstance(page, QWidget)
        page.search.edit.setText("item")  # type: ignore[attr-defined]
        bar = page.list.verticalScrollBar()  # type: ignore[attr-defined]
        bar.setValue(3000)
        for size in ((800, 1280), (1280, 800)):
            driver.app.window.resize(*size)
            await driver.settle()
            assert page.search.edit.text() == "item"  # type: ignore[attr-defined]
            assert bar.value() == 3000
            assert driver.app.window.current == "items"

    driver.run(day())
