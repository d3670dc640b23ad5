"""Undo and typing in the real window: saved in the draft at once, and kept after a restart."""

import asyncio
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from salesapp.views.order.details import DetailsSheet
from salesapp.views.order.line_sheet import LineSheet
from salesapp.views.order.page import OrderPage
from salesapp.views.parts.scanner_keys import LONGEST_PAUSE_MS
from salesapp.views.requests import OpenOrder
from tests.gui.conftest import WindowDriver
from tests.gui.test_order import drafts, new_order, open_order, tap_part, tap_row, with_order

CTRL = Qt.KeyboardModifier.ControlModifier


def quantities(page: OrderPage) -> list[Decimal]:
    return [line.quantity for line in page.order.cart.lines]


def saved(driver: WindowDriver) -> list[str]:
    (draft,) = drafts(driver)
    return [line.quantity for line in draft.payload.lines]


async def calm(driver: WindowDriver) -> None:
    await driver.until(lambda: not driver.app._tasks)


def test_that_a_removed_line_is_restored_by_a_tap_or_ctrl_z_also_after_a_restart(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await with_order(driver)
        assert not page.undo.isEnabled()
        await tap_part(driver, page, 0, "plus")
        await tap_part(driver, page, 1, "plus")
        await tap_part(driver, page, 1, "minus")
        assert quantities(page) == [1]
        notice = page.cart.notice
        assert notice.accessibleName() == "Line removed Item I2 Żółć"
        driver.tap(notice.action)
        await calm(driver)
        assert quantities(page) == [1, 1]
        assert saved(driver) == ["1", "1"]
        assert notice.accessibleName() == "Taken back"
        driver.tap(notice.action)
        await calm(driver)
        assert quantities(page) == [1], "done again"
        QTest.keyClick(page.list, Qt.Key.Key_Z, CTRL)
        QTest.keyClick(page.list, Qt.Key.Key_Z, CTRL)
        await calm(driver)
        assert quantities(page) == [1]
        QTest.keyClick(page.list, Qt.Key.Key_Y, CTRL)
        await calm(driver)
        assert quantities(page) == [1, 1]
        page.order.change("discount_percent", lambda cart: replace(cart, discount_percent=Decimal(2)))
        await calm(driver)
        (draft,) = drafts(driver)
        await driver.close()
        await driver.open()
        page = await open_order(driver, OpenOrder(draft.id))
        page.focus_search()
        QTest.keyClick(page.search.edit, Qt.Key.Key_Z, CTRL)
        await calm(driver)
        assert page.order.cart.discount_percent == 0, "an empty search takes nothing from the order"
        driver.tap(page.undo)
        driver.tap(page.undo)
        await calm(driver)
        assert quantities(page) == []
        assert not page.undo.isEnabled()

    driver.run(story())


def test_that_typed_values_are_in_the_draft_at_once(driver: WindowDriver) -> None:
    driver.gateway.connector.company["auxiliary.profiles"]["field"]["maximum_discount_percent"] = 50_000
    driver.gateway.take()

    async def story() -> None:
        page = await with_order(driver)
        page.list.setFocus()
        page.list.setCurrentIndex(page.items.index(0, 0))
        for key in (Qt.Key.Key_4, Qt.Key.Key_2):
            QTest.keyClick(page.list, key)
            await asyncio.sleep(2 * LONGEST_PAUSE_MS / 1000)
        await calm(driver)
        assert saved(driver) == ["42"], "without Enter"
        QTest.keyClick(page.list, Qt.Key.Key_Escape)
        await calm(driver)
        assert quantities(page) == [], "Esc: as it was before"
        await tap_row(driver, page, 1)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, LineSheet)
        assert quantities(page) == [], "looking at an item orders nothing"
        QTest.keyClicks(sheet.quantity.edit, "12")
        QTest.keyClicks(sheet.description.edit, "zimne")
        QTest.keyClicks(sheet.discount.edit, "9")
        await driver.until(lambda: quantities(page))
        await calm(driver)
        assert sheet.discount.error.text() == "At most 5 %"
        (draft,) = drafts(driver)
        (line,) = draft.payload.lines
        assert (line.quantity, line.description, line.discount_percent) == ("12", "zimne", "0")
        assert sheet.price.text().startswith("12\N{NO-BREAK SPACE}pcs \N{MULTIPLICATION SIGN} 10.00 = 120.00")
        driver.tap(sheet.quantity.more)
        sheet.discount.edit.setText("3")
        driver.tap(sheet.done)
        page.details.click()
        await calm(driver)
        details = driver.app.window.open_sheet()
        assert isinstance(details, DetailsSheet)
        QTest.keyClicks(details.description, "Rampa 3")
        details.discount.edit.setText("4")
        assert details.discount.error.text() == "At most 2 %", "3 of 5 are given on a line"
        details.discount.edit.setText("1,5")
        await calm(driver)
        (draft,) = drafts(driver)
        assert draft.payload.description == "Rampa 3"
        assert draft.payload.discount_percent == "1.5"
        assert draft.payload.lines[0].quantity == "13"
        driver.tap(details.done)

    driver.run(story())


def test_that_lines_of_one_item_are_edited_separately_and_the_last_order_can_be_repeated(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await with_order(driver)
        await tap_part(driver, page, 0, "plus")
        page.order.copy_line("1")
        await calm(driver)
        page.cart.list.opened.emit(1)
        await calm(driver)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, LineSheet)
        sheet.quantity.edit.setText("5")
        driver.tap(sheet.done)
        await calm(driver)
        assert quantities(page) == [1, 5]
        await page.order.confirm()
        driver.app.window.show_page("main", root=True)
        page = await new_order(driver)
        assert page.items.row(0).last == 1
        assert page.cart.same.isVisible()
        driver.tap(page.cart.same)
        await calm(driver)
        assert quantities(page) == [6]
        assert not page.cart.same.isVisible()

    driver.run(story())
