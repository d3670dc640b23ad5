"""Keyboard scanners: scans are distinguished from typing, wherever the focus is."""

import asyncio

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from salesapp.services.attachments import Owner
from salesapp.views.attachments.sheets import AddSheet
from salesapp.views.items.form import ItemPage
from salesapp.views.parts.scanner_keys import FEWEST_KEYS, LONGEST_PAUSE_MS
from salesapp.views.requests import OpenAttachments
from tests.gui.among_items import calm, with_items
from tests.gui.conftest import WindowDriver


def test_that_the_icon_in_the_search_explains_how_to_scan(driver: WindowDriver) -> None:
    async def day() -> None:
        page = await with_items(driver)
        assert page.tools.scan is not None
        driver.tap(page.tools.scan)
        assert driver.app.window.message.accessibleName().startswith(
            "Scan a barcode now The scanner works on every screen"
        )
        driver.scan("5901234123457")
        await calm(driver)
        assert driver.app.window.current == "item"

    driver.run(day())


def test_that_the_scanner_opens_the_item_wherever_the_focus_is(driver: WindowDriver) -> None:
    async def day() -> None:
        page = await with_items(driver)
        assert page.rows.hasFocus()
        driver.scan("5901234123457")
        await calm(driver)
        form = driver.app.window.page("item")
        assert isinstance(form, ItemPage)
        assert form.header.title.text() == "Oliwa z oliwek 1 l"
        assert page.model.typed == "", "a scan is no typing"
        driver.scan("5907777000012")
        await calm(driver)
        assert form.header.title.text() == "Żółty ser łagodny 500 g", "the EAN of its box"
        driver.app.window.go_back()
        page.search.edit.setFocus()
        page.search.edit.setText("oliwa")
        driver.scan("5907777000012")
        assert page.search.edit.text() == "oliwa", "what was typed before is there again"
        await calm(driver)
        assert driver.app.window.current == "item"
        driver.app.window.go_back()
        page.search.edit.clear()
        page.rows.setFocus()
        driver.scan("0000000000000")
        await calm(driver)
        assert driver.app.window.current == "items"
        assert driver.app.window.message.accessibleName().startswith("No item has the code 0000000000000")
        assert page.search.edit.text() == "", "the list stays as it was"
        driver.scan("5901234123457")
        await calm(driver)
        assert not driver.app.window.message.isVisible(), "the next code is known"

    driver.run(day())


def test_that_a_scan_over_a_sheet_presses_no_button(driver: WindowDriver) -> None:
    async def day() -> None:
        page = await with_items(driver)
        driver.tap(page.customer_button)
        await calm(driver)
        driver.scan("5901234123457")
        await calm(driver)
        assert driver.app.window.open_sheet() is None
        form = driver.app.window.page("item")
        assert isinstance(form, ItemPage)
        assert (driver.app.window.current, form.header.title.text()) == ("item", "Oliwa z oliwek 1 l")
        driver.tap(
            next(button for button in form.findChildren(QPushButton) if button.text().strip() == "Why this price")
        )
        await calm(driver)
        driver.scan("5907777000012")
        await calm(driver)
        assert driver.app.window.open_sheet() is None
        assert form.header.title.text() == "Żółty ser łagodny 500 g", "the next item, while the last price is explained"
        given = [("note.txt", b"a note")]
        driver.app.screens.open(OpenAttachments(Owner("item", form.key), "Ser", given))
        await calm(driver)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, AddSheet)
        sheet.add.setFocus()
        driver.scan("5901234123457")
        await calm(driver)
        assert driver.app.window.open_sheet() is sheet, "nothing was added"
        sheet.description.edit.setFocus()
        sheet.description.edit.setText("EAN ")
        driver.scan("5901234123457")
        await calm(driver)
        assert driver.app.window.open_sheet() is sheet
        assert sheet.description.edit.text() == "EAN ", "a scan is never typed into a field"
        assert sheet.message.startswith("Scanned: 5901234123457 It changed nothing here.")
        assert form.header.title.text() == "Żółty ser łagodny 500 g"

    driver.run(day())


@pytest.mark.parametrize(
    ("code", "gap_ms", "before_enter_ms", "is_scan"),
    [
        ("590123", LONGEST_PAUSE_MS, LONGEST_PAUSE_MS, True),
        ("AB-1/2x", 1, 1, True),
        ("590123", LONGEST_PAUSE_MS + 1, 1, False),
        ("59012", 1, 1, True),
        ("5901", 1, 1, False),
        ("oliwka", 1, LONGEST_PAUSE_MS + 1, False),
    ],
)
def test_that_a_scan_is_six_keys_each_within_its_time(
    driver: WindowDriver, code: str, gap_ms: int, before_enter_ms: int, is_scan: bool
) -> None:
    async def day() -> None:
        page = await with_items(driver)
        scanned: list[str] = []
        assert driver.app.scanning is not None
        driver.app.scanning.scanner.scanned.connect(scanned.append)
        page.search.edit.setFocus()
        moment = 1_000
        for letter in f"{code}\r":
            moment += before_enter_ms if letter == "\r" else gap_ms
            key = Qt.Key.Key_Return if letter == "\r" else Qt.Key(ord(letter.upper()))
            event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, letter)
            event.setTimestamp(moment)
            QApplication.sendEvent(page.search.edit, event)
        assert scanned == ([code] if is_scan else [])
        await calm(driver)
        assert page.search.edit.text() == ("" if is_scan else code)

    driver.run(day())


def test_that_short_or_slow_keys_are_typing(driver: WindowDriver) -> None:
    async def day() -> None:
        page = await with_items(driver)
        for letter in "ser":
            QTest.keyClicks(page.rows, letter)
        assert page.model.typed == "", "it may be a scan"
        await driver.until(lambda: page.model.typed == "ser")
        page.search.edit.clear()
        page.rows.setFocus()
        for letter in "5901234"[: FEWEST_KEYS + 1]:
            QTest.keyClicks(driver.app.window.focusWidget() or page.rows, letter)
            await asyncio.sleep(2 * LONGEST_PAUSE_MS / 1000)
        driver.press(Qt.Key.Key_Return)
        await calm(driver)
        assert driver.app.window.current == "items"
        assert page.search.edit.text() == "5901234"
        assert isinstance(driver.app.window.focusWidget(), QLineEdit)

    driver.run(day())
