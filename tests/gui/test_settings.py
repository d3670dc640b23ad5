"""Settings: each takes effect at once, and the history of syncs tells what happened."""

import json
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QPalette

from salesapp.settings import Settings
from salesapp.store.sealed import SealedWriter
from salesapp.views import formats
from salesapp.views.parts.text import Text
from salesapp.views.settings.rows import HistoryRow
from tests.conftest import PASSWORD
from tests.conftest import Tablet as SyncedTablet
from tests.gui.conftest import ALL_KEYS, WindowDriver


async def in_settings(driver: WindowDriver) -> None:
    await driver.open()
    await driver.log_on()
    assert await driver.synchronize() == "ok"
    driver.app.window.go_back()
    driver.tap(driver.tile("settings"))
    await driver.settle()


def test_that_the_language_changes_the_whole_interface_at_once(driver: WindowDriver) -> None:
    async def day() -> None:
        await in_settings(driver)
        for area in ("items", "customers"):
            driver.app.open_area(area)
            driver.app.window.back()
        driver.tap(driver.settings_page.nav["look"])
        driver.tap(driver.segment(Settings.language, "pl"))
        await driver.until(lambda: driver.sync_page.finished.title.text() == "Wszystko jest poprawne")
        assert driver.settings_page.header.title.text() == "Ustawienia"
        driver.app.window.go_back()
        assert driver.tile("items").face.name == "Towary"
        english = {"Settings", "Items", "Customers", "Synchro history", "Back to main screen", "Account", "All"}
        shown = {label.text() for label in driver.app.window.findChildren(Text)}
        assert not english & shown
        await driver.close()
        await driver.open()
        assert driver.tile("settings").face.name == "Ustawienia"
        driver.app._on_setting_changed(Settings.language, "en")
        await driver.until(lambda: driver.tile("items").face.name == "Items")

    driver.run(day())


def test_that_the_theme_changes_while_the_window_is_open(driver: WindowDriver) -> None:
    async def day() -> None:
        await in_settings(driver)
        driver.tap(driver.settings_page.nav["look"])
        driver.tap(driver.segment(Settings.theme, "dark"))
        assert driver.application.palette().color(QPalette.ColorRole.Window).name() == "#0e1514"
        driver.tap(driver.segment(Settings.theme, "light"))
        assert driver.application.palette().color(QPalette.ColorRole.Window).name() == "#f2f5f4"

    driver.run(day())


def test_that_without_automatic_pictures_the_choice_without_attachments_is_first(driver: WindowDriver) -> None:
    async def day() -> None:
        await in_settings(driver)
        page = driver.settings_page
        driver.tap(page.nav["attachments"])
        assert driver.switch(Settings.attachments).isChecked()
        driver.tap(driver.switch(Settings.attachments))
        driver.app.synchro.open_choice()
        assert driver.choice.without._primary
        assert not driver.choice.all._primary
        driver.app.window.go_back()
        before = driver.app.device.overview
        assert before is not None
        assert before.media_files > 0
        driver.tap(page.clear)
        await driver.until(lambda: driver.app.device.overview and driver.app.device.overview.media_files == 0)
        assert not page.clear.isEnabled()

    driver.run(day())


def test_that_what_is_not_known_of_the_device_is_neither_zero_nor_never(driver: WindowDriver) -> None:
    async def day() -> None:
        await in_settings(driver)
        page = driver.settings_page
        page.show_device(None, page._sync)
        page.retranslate()
        rows = (page.clear_row, page.sizes_row, page.session_row)
        for text in (page._history_text(), *(" ".join(part.text() for part in row.findChildren(Text)) for row in rows)):
            assert formats.UNKNOWN in text
            assert not re.search(r"\b0\b|Not yet|No synchronization", text), text

    driver.run(day())


def test_that_the_history_shows_each_sync_with_its_objects(driver: WindowDriver) -> None:
    async def day() -> None:
        await in_settings(driver)
        driver.app.window.go_back()
        driver.gateway.connector.company["items.groups"]["G1"]["name"] = "Renamed"
        driver.gateway.take()
        driver.gateway.restart("items.groups=digest")
        assert await driver.synchronize() == "failed"
        driver.app.window.go_back()
        driver.app.open_area("settings")
        page = driver.settings_page
        driver.tap(page.nav["history"])
        await driver.until(lambda: len(page.history.findChildren(HistoryRow)) == 2)
        await driver.settle()
        newest, oldest = page.history.findChildren(HistoryRow)
        assert newest.run.summary.outcome == "failed"
        assert newest.run.summary.failed == 1
        assert oldest.run.summary.correct == len(ALL_KEYS)
        assert newest.objects.isHidden()
        driver.tap(newest)
        assert not newest.objects.isHidden()
        told = [label.text() for label in newest.objects.findChildren(Text)]
        assert any("Groups" in text for text in told)
        assert any("digest" in text for text in told)

    driver.run(day())


def test_that_the_history_shows_reasons_figures_and_dependencies(driver: WindowDriver) -> None:
    async def day() -> None:
        driver.gateway.restart("items.groups=count")
        await driver.open()
        await driver.log_on()
        assert await driver.synchronize() == "failed"
        driver.app.window.go_back()
        driver.tap(driver.tile("settings"))
        page = driver.settings_page
        driver.tap(page.nav["history"])
        await driver.until(lambda: page.history.findChildren(HistoryRow))
        await driver.settle()
        row = page.history.findChildren(HistoryRow)[0]
        driver.tap(row)
        told = [label.text() for label in row.objects.findChildren(Text)]
        why = [text for text in told if text.startswith("Failed. ")]
        assert len(why) == 1
        assert re.fullmatch(r"Failed. \d+ rows arrived, \d+ were expected.", why[0])
        assert "Held back. It waits for Groups." in told
        assert not [text for text in told if "?" in text]

    driver.run(day())


def test_that_a_report_for_support_has_no_names(
    driver: WindowDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QStandardPaths, "writableLocation", staticmethod(lambda _where: str(tmp_path / "documents")))

    async def day() -> None:
        await in_settings(driver)
        driver.tap(driver.settings_page.nav["about"])
        driver.tap(driver.settings_page.report)
        await driver.until(lambda: not driver.app._tasks)
        found = list((tmp_path / "documents").glob("salesapp-report-*.json"))
        assert len(found) == 1
        assert str(found[0]) in driver.app.window.message.accessibleName()
        content = found[0].read_text(encoding="utf-8")
        report = json.loads(content)
        assert report["sizes"]["work.db"] > 0
        assert len(report["syncs"]) == 1
        names = {row["name"] for row in driver.gateway.connector.company["customers.customers"].values()}
        for secret in {"office", PASSWORD, "127.0.0.1", str(Path.home()), str(tmp_path), *names}:
            assert secret not in content, secret

    driver.run(day())


def test_that_clearing_pictures_keeps_one_that_is_being_fetched(driver: WindowDriver) -> None:
    """An automatic sync may begin between the tap and the clearing, as the engine is a process of its own."""

    async def day() -> None:
        await driver.begin()
        media = SyncedTablet(driver.tablet.root, driver.gateway).account.media
        there = list(media.glob("*/*.sealed"))
        target = there[0].with_name(f"{there[0].name[:2]}{'0' * 62}.sealed")
        writer = SealedWriter(target, bytes(32))
        writer.resume(lambda _chunk: None)
        writer.append(b"picture")
        await driver.app.device.clear_attachments()
        writer.finish()
        assert target.exists()
        assert not any(path.exists() for path in there)

    driver.run(day())


def test_that_unreadable_settings_are_reported_when_the_window_opens(driver: WindowDriver) -> None:
    async def day() -> None:
        path = driver.tablet.root / "settings.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes('{"gateway": "żółw"}'.encode("cp1250"))
        await driver.open()

        assert driver.app.window.message.isVisible()
        assert str(path) in driver.app.window.message._title.text()
        assert "line 1 is not UTF-8" in (path.parent / "logs" / "salesapp-window.log").read_text()

    driver.run(day())
