"""Settings: each takes effect at once, and the history of syncs tells what happened."""

import json
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QPalette

from salesapp.store.sealed import SealedWriter
from salesapp.views.parts.text import Text
from salesapp.views.settings.rows import HistoryRow
from tests.conftest import PASSWORD
from tests.conftest import Tablet as SyncedTablet
from tests.gui.conftest import Desk


async def in_settings(desk: Desk) -> None:
    await desk.open()
    await desk.log_on()
    assert await desk.synchronize() == "ok"
    desk.app.window.go_back()
    desk.tap(desk.tile("settings"))
    await desk.settle()


def test_that_the_language_changes_the_whole_interface_at_once(desk: Desk) -> None:
    async def day() -> None:
        await in_settings(desk)
        for area in ("items", "customers"):
            desk.app.open_area(area)
            desk.app.window.back()
        desk.tap(desk.settings_page.nav["look"])
        desk.tap(desk.settings_page.language.buttons["pl"])
        await desk.until(lambda: desk.sync_page.finished.title.text() == "Wszystko jest poprawne")
        assert desk.settings_page.header.title.text() == "Ustawienia"
        desk.app.window.go_back()
        assert desk.tile("items").face.name == "Towary"
        english = {"Settings", "Items", "Customers", "Synchro history", "Back to main screen", "Account", "All"}
        shown = {label.text() for label in desk.app.window.findChildren(Text)}
        assert not english & shown
        await desk.close()
        await desk.open()
        assert desk.tile("settings").face.name == "Ustawienia"
        desk.app._on_setting_changed("language", "en")
        await desk.until(lambda: desk.tile("items").face.name == "Items")

    desk.run(day())


def test_that_the_theme_changes_while_the_window_is_open(desk: Desk) -> None:
    async def day() -> None:
        await in_settings(desk)
        desk.tap(desk.settings_page.nav["look"])
        desk.tap(desk.settings_page.theme.buttons["dark"])
        assert desk.application.palette().color(QPalette.ColorRole.Window).name() == "#0e1514"
        desk.tap(desk.settings_page.theme.buttons["light"])
        assert desk.application.palette().color(QPalette.ColorRole.Window).name() == "#f2f5f4"

    desk.run(day())


def test_that_without_automatic_pictures_the_other_choice_is_offered_first(desk: Desk) -> None:
    async def day() -> None:
        await in_settings(desk)
        page = desk.settings_page
        desk.tap(page.nav["attachments"])
        assert page.attachments.isChecked()
        desk.tap(page.attachments)
        desk.app.synchro.open_choice()
        assert desk.choice.without._primary
        assert not desk.choice.all._primary
        desk.app.window.go_back()
        before = desk.app.device.overview
        assert before is not None
        assert before.media_files > 0
        desk.tap(page.clear)
        await desk.until(lambda: desk.app.device.overview and desk.app.device.overview.media_files == 0)
        assert not page.clear.isEnabled()

    desk.run(day())


def test_that_the_history_shows_each_sync_with_its_objects(desk: Desk) -> None:
    async def day() -> None:
        await in_settings(desk)
        desk.app.window.go_back()
        desk.gateway.connector.company["items.groups"]["G1"]["name"] = "Renamed"
        desk.gateway.take()
        desk.gateway.restart("items.groups=digest")
        assert await desk.synchronize() == "failed"
        desk.app.window.go_back()
        desk.app.open_area("settings")
        page = desk.settings_page
        desk.tap(page.nav["history"])
        await desk.until(lambda: len(page.history.findChildren(HistoryRow)) == 2)
        await desk.settle()
        newest, oldest = page.history.findChildren(HistoryRow)
        assert newest.run.summary.outcome == "failed"
        assert newest.run.summary.failed == 1
        assert oldest.run.summary.correct == 26
        assert newest.objects.isHidden()
        desk.tap(newest)
        assert not newest.objects.isHidden()
        told = [label.text() for label in newest.objects.findChildren(Text)]
        assert any("Groups" in text for text in told)
        assert any("digest" in text for text in told)

    desk.run(day())


def test_that_the_history_says_why_with_the_figures_and_what_an_object_waited_for(desk: Desk) -> None:
    async def day() -> None:
        desk.gateway.restart("items.groups=count")
        await desk.open()
        await desk.log_on()
        assert await desk.synchronize() == "failed"
        desk.app.window.go_back()
        desk.tap(desk.tile("settings"))
        page = desk.settings_page
        desk.tap(page.nav["history"])
        await desk.until(lambda: page.history.findChildren(HistoryRow))
        await desk.settle()
        row = page.history.findChildren(HistoryRow)[0]
        desk.tap(row)
        told = [label.text() for label in row.objects.findChildren(Text)]
        why = [text for text in told if text.startswith("Failed. ")]
        assert len(why) == 1
        assert re.fullmatch(r"Failed. \d+ rows arrived, \d+ were expected.", why[0])
        assert "Held back. It waits for Groups." in told
        assert not [text for text in told if "?" in text]

    desk.run(day())


def test_that_a_report_for_support_names_nobody_and_nothing(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QStandardPaths, "writableLocation", staticmethod(lambda _where: str(tmp_path / "documents")))

    async def day() -> None:
        await in_settings(desk)
        desk.tap(desk.settings_page.nav["about"])
        desk.tap(desk.settings_page.report)
        await desk.until(lambda: not desk.app._tasks)
        found = list((tmp_path / "documents").glob("salesapp-report-*.json"))
        assert len(found) == 1
        assert str(found[0]) in desk.app.window.message.accessibleName()
        content = found[0].read_text(encoding="utf-8")
        report = json.loads(content)
        assert report["sizes"]["work.db"] > 0
        assert len(report["syncs"]) == 1
        names = {row["name"] for row in desk.gateway.connector.company["customers.customers"].values()}
        for secret in {"office", PASSWORD, "127.0.0.1", str(Path.home()), str(tmp_path), *names}:
            assert secret not in content, secret

    desk.run(day())


def test_that_clearing_pictures_leaves_one_alone_that_is_on_its_way(desk: Desk) -> None:
    """An automatic sync may begin between the tap and the clearing: the engine writes in a process of its own."""

    async def day() -> None:
        await desk.begin()
        media = SyncedTablet(desk.tablet.root, desk.gateway).account.media
        there = list(media.glob("*/*.sealed"))
        target = there[0].with_name(f"{there[0].name[:2]}{'0' * 62}.sealed")
        writer = SealedWriter(target, bytes(32))
        writer.resume(lambda _chunk: None)
        writer.append(b"picture")
        await desk.app.device.clear_attachments()
        writer.finish()
        assert target.exists()
        assert not any(path.exists() for path in there)

    desk.run(day())


def test_that_settings_that_cannot_be_read_are_told_when_the_window_opens(desk: Desk) -> None:
    async def day() -> None:
        path = desk.tablet.root / "settings.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes('{"gateway": "żółw"}'.encode("cp1250"))
        await desk.open()

        assert desk.app.window.message.isVisible()
        assert str(path) in desk.app.window.message._title.text()
        assert "line 1 is not UTF-8" in (path.parent / "logs" / "salesapp-window.log").read_text()

    desk.run(day())
