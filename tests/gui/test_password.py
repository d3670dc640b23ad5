"""Changing the own password in Settings: by finger and by keyboard; each mistake has its sentence."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from salesapp.gateway import accounts, administration
from salesapp.gateway.throttle import MOST_WRONG
from salesapp.store.folders import DataFolder
from salesapp.views.settings.password import PasswordSheet
from tests.conftest import PASSWORD
from tests.gui.conftest import Desk

NEW = "mokry-zegar-siedem"


async def sheet_of(desk: Desk) -> PasswordSheet:
    await desk.begin()
    desk.app.open_area("settings")
    desk.tap(desk.settings_page.password)
    await desk.until(lambda: desk.app.window.open_sheet() is not None)
    sheet = desk.app.window.open_sheet()
    assert isinstance(sheet, PasswordSheet)
    return sheet


def write(sheet: PasswordSheet, old: str, new: str, again: str | None = None) -> None:
    for field, text in zip(sheet.fields, (old, new, new if again is None else again), strict=True):
        field.edit.setText(text)


async def answered(desk: Desk, sheet: PasswordSheet) -> str:
    """What the sheet says once the gateway has answered."""
    await desk.until(lambda: not sheet._is_busy and sheet.error.isVisible())
    return f"{sheet.error.title.text()} {sheet.error.text.text()}"


def test_that_a_finger_changes_the_password_and_the_next_sync_needs_none(desk: Desk) -> None:
    async def day() -> None:
        sheet = await sheet_of(desk)
        write(sheet, PASSWORD, NEW)
        desk.tap(sheet.save)
        await desk.until(lambda: desk.app.window.open_sheet() is None)
        assert desk.app.window.message.isVisible()
        assert accounts.password_is_right(desk.gateway.database, "office", NEW)
        desk.app.window.go_back()
        assert await desk.synchronize() == "ok"

    desk.run(day())


def test_that_the_keyboard_alone_is_enough(desk: Desk) -> None:
    async def day() -> None:
        sheet = await sheet_of(desk)
        assert desk.app.window.focusWidget() is sheet.old.edit
        for field, text in zip(sheet.fields, (PASSWORD, NEW, NEW), strict=True):
            while desk.app.window.focusWidget() is not field.edit:
                sheet.focusNextPrevChild(forward=True)
            QTest.keyClicks(field.edit, text)
        QTest.keyClick(sheet.again.edit, Qt.Key.Key_Return)
        await desk.until(lambda: desk.app.window.open_sheet() is None)
        assert accounts.password_is_right(desk.gateway.database, "office", NEW)

    desk.run(day())


def test_that_what_is_missing_or_differs_is_said_before_the_gateway_is_asked(desk: Desk) -> None:
    async def day() -> None:
        sheet = await sheet_of(desk)
        desk.gateway.stop()  # it is not asked
        desk.tap(sheet.save)
        assert [field.error.text() for field in sheet.fields] == ["This is needed."] * 3
        write(sheet, PASSWORD, NEW, NEW.upper())
        desk.tap(sheet.save)
        assert [field.error.text() for field in sheet.fields] == ["", "", "It differs from the new password above."]
        assert desk.app.window.focusWidget() is sheet.again.edit
        assert not sheet.error.isVisible()
        desk.app._on_setting_changed("language", "pl")
        await desk.until(lambda: sheet.again.error.text() == "Różni się od nowego hasła powyżej.")
        QTest.keyClick(sheet, Qt.Key.Key_Escape)
        assert desk.app.window.open_sheet() is None
        desk.gateway.start()

    desk.run(day())


def test_that_each_mistake_has_its_sentence_and_the_sheet_stays(desk: Desk) -> None:
    async def day() -> None:
        sheet = await sheet_of(desk)
        write(sheet, "wrong", NEW)
        desk.tap(sheet.save)
        assert (await answered(desk, sheet)).startswith("The current password is wrong. The password was not set.")
        assert desk.app.window.focusWidget() is sheet.old.edit
        write(sheet, PASSWORD, "12345678")
        desk.tap(sheet.save)
        assert "tried first" in await answered(desk, sheet)
        assert desk.app.window.focusWidget() is sheet.new.edit
        desk.app._on_setting_changed("language", "pl")
        await desk.until(lambda: sheet.error.title.text().startswith("To jedno z haseł sprawdzanych najpierw"))
        desk.app._on_setting_changed("language", "en")
        desk.gateway.stop()
        write(sheet, PASSWORD, NEW)
        desk.tap(sheet.save)
        assert "The password is as before." in await answered(desk, sheet)
        desk.gateway.start()
        for _ in range(MOST_WRONG + 1):
            write(sheet, "wrong", NEW)
            desk.tap(sheet.save)
            await answered(desk, sheet)
        assert "too many attempts" in await answered(desk, sheet)
        assert accounts.password_is_right(desk.gateway.database, "office", PASSWORD)

    desk.run(day())


def test_that_a_sheet_that_was_closed_meanwhile_does_no_harm_and_the_end_is_told(desk: Desk) -> None:
    async def day() -> None:
        sheet = await sheet_of(desk)
        write(sheet, PASSWORD, NEW)
        desk.tap(sheet.save)
        QTest.keyClick(sheet, Qt.Key.Key_Escape)
        await desk.until(desk.app.window.message.isVisible)
        assert accounts.password_is_right(desk.gateway.database, "office", NEW)

    desk.run(day())


def test_that_a_blocked_device_is_told_and_nobody_is_asked_for_a_password(desk: Desk) -> None:
    async def day() -> None:
        await desk.begin()
        administration.block_device(desk.gateway.database, DataFolder(desk.tablet.root).device_id)
        assert await desk.synchronize() == "unauthorized"
        page = desk.sync_page
        assert page.finished.title.text() == "This device is blocked"
        assert "Ask the back office to unblock it" in page.finished.text.text()
        assert page.primary.text() == "Synchronize again"
        administration.unblock_device(desk.gateway.database, DataFolder(desk.tablet.root).device_id)
        desk.tap(page.primary)
        await desk.until(lambda: desk.app.runner.outcome is not None and desk.app.runner.outcome.outcome == "ok")

    desk.run(day())
