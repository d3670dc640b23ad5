"""Changing one's own password in Settings, by finger and by keyboard; each mistake has its message."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from salesapp.gateway import accounts, administration
from salesapp.gateway.throttle import MOST_WRONG
from salesapp.settings import Settings
from salesapp.store.folders import DataFolder
from salesapp.views.logon.password import PasswordSheet
from tests.conftest import PASSWORD
from tests.gui.conftest import WindowDriver

NEW = "mokry-zegar-siedem"


async def sheet_of(driver: WindowDriver) -> PasswordSheet:
    await driver.begin()
    driver.app.open_area("settings")
    driver.tap(driver.settings_page.password)
    await driver.until(lambda: driver.app.window.open_sheet() is not None)
    sheet = driver.app.window.open_sheet()
    assert isinstance(sheet, PasswordSheet)
    return sheet


def write(sheet: PasswordSheet, old: str, new: str, again: str | None = None) -> None:
    for field, text in zip(sheet.fields, (old, new, new if again is None else again), strict=True):
        field.edit.setText(text)


async def answered(driver: WindowDriver, sheet: PasswordSheet) -> str:
    """Returns the sheet's message once the gateway has answered."""
    await driver.until(lambda: not sheet._is_busy and sheet.error.isVisible())
    return f"{sheet.error.title.text()} {sheet.error.text.text()}"


def test_that_a_finger_changes_the_password_and_the_next_sync_needs_none(driver: WindowDriver) -> None:
    async def day() -> None:
        sheet = await sheet_of(driver)
        write(sheet, PASSWORD, NEW)
        driver.tap(sheet.save)
        await driver.until(lambda: driver.app.window.open_sheet() is None)
        assert driver.app.window.message.isVisible()
        assert accounts.password_is_right(driver.gateway.database, "office", NEW)
        driver.app.window.go_back()
        assert await driver.synchronize() == "ok"

    driver.run(day())


def test_that_the_keyboard_alone_is_enough(driver: WindowDriver) -> None:
    async def day() -> None:
        sheet = await sheet_of(driver)
        assert driver.app.window.focusWidget() is sheet.old.edit
        for field, text in zip(sheet.fields, (PASSWORD, NEW, NEW), strict=True):
            while driver.app.window.focusWidget() is not field.edit:
                sheet.focusNextPrevChild(forward=True)
            QTest.keyClicks(field.edit, text)
        QTest.keyClick(sheet.again.edit, Qt.Key.Key_Return)
        await driver.until(lambda: driver.app.window.open_sheet() is None)
        assert accounts.password_is_right(driver.gateway.database, "office", NEW)

    driver.run(day())


def test_that_missing_or_different_passwords_are_reported_before_the_gateway_is_asked(driver: WindowDriver) -> None:
    async def day() -> None:
        sheet = await sheet_of(driver)
        driver.gateway.stop()  # the gateway is not asked
        driver.tap(sheet.save)
        assert [field.error.text() for field in sheet.fields] == ["This is needed."] * 3
        write(sheet, PASSWORD, NEW, NEW.upper())
        driver.tap(sheet.save)
        assert [field.error.text() for field in sheet.fields] == ["", "", "It differs from the new password above."]
        assert driver.app.window.focusWidget() is sheet.again.edit
        assert not sheet.error.isVisible()
        driver.app._on_setting_changed(Settings.language, "pl")
        await driver.until(lambda: sheet.again.error.text() == "Różni się od nowego hasła powyżej.")
        QTest.keyClick(sheet, Qt.Key.Key_Escape)
        assert driver.app.window.open_sheet() is None
        driver.gateway.start()

    driver.run(day())


def test_that_each_mistake_has_its_message_and_the_sheet_stays(driver: WindowDriver) -> None:
    async def day() -> None:
        sheet = await sheet_of(driver)
        write(sheet, "wrong", NEW)
        driver.tap(sheet.save)
        assert (await answered(driver, sheet)).startswith("The current password is wrong. The password was not set.")
        assert driver.app.window.focusWidget() is sheet.old.edit
        write(sheet, PASSWORD, "12345678")
        driver.tap(sheet.save)
        assert "tried first" in await answered(driver, sheet)
        assert driver.app.window.focusWidget() is sheet.new.edit
        driver.app._on_setting_changed(Settings.language, "pl")
        await driver.until(lambda: sheet.error.title.text().startswith("To jedno z haseł sprawdzanych najpierw"))
        driver.app._on_setting_changed(Settings.language, "en")
        driver.gateway.stop()
        write(sheet, PASSWORD, NEW)
        driver.tap(sheet.save)
        assert "The password is as before." in await answered(driver, sheet)
        driver.gateway.start()
        for _ in range(MOST_WRONG + 1):
            write(sheet, "wrong", NEW)
            driver.tap(sheet.save)
            await answered(driver, sheet)
        assert "too many attempts" in await answered(driver, sheet)
        assert accounts.password_is_right(driver.gateway.database, "office", PASSWORD)

    driver.run(day())


def test_that_a_sheet_closed_during_the_request_still_reports_the_result(driver: WindowDriver) -> None:
    async def day() -> None:
        sheet = await sheet_of(driver)
        write(sheet, PASSWORD, NEW)
        driver.tap(sheet.save)
        QTest.keyClick(sheet, Qt.Key.Key_Escape)
        await driver.until(driver.app.window.message.isVisible)
        assert accounts.password_is_right(driver.gateway.database, "office", NEW)

    driver.run(day())


def test_that_a_blocked_device_is_reported_without_asking_for_a_password(driver: WindowDriver) -> None:
    async def day() -> None:
        await driver.begin()
        administration.block_device(driver.gateway.database, DataFolder(driver.tablet.root).device_id)
        assert await driver.synchronize() == "unauthorized"
        page = driver.sync_page
        assert page.finished.title.text() == "This device is blocked"
        assert "Ask the back office to unblock it" in page.finished.text.text()
        assert page.primary.text() == "Synchronize again"
        administration.unblock_device(driver.gateway.database, DataFolder(driver.tablet.root).device_id)
        driver.tap(page.primary)
        await driver.until(lambda: driver.app.runner.outcome is not None and driver.app.runner.outcome.outcome == "ok")

    driver.run(day())
