"""Filling and ending an order: scanner, grid entry, groups, suggested promotions, and the end menu."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from salesapp.settings import Settings
from salesapp.views.order.ending import EndSheet, WarningSheet
from salesapp.views.order.grid import GridSheet
from salesapp.views.order.page import OrderPage
from salesapp.views.prices.price_sheet import PriceSheet
from salesapp.views.requests import OpenDocuments, OpenOrder
from salesapp.views.work.page import WorkPage
from tests.gui.conftest import WindowDriver
from tests.gui.test_order import drafts, open_order, tap_part, with_order
from tests.gui.test_order_undo import calm, quantities

EAN_OF_I2 = "5900000000001"


def test_that_a_scan_adds_one_wherever_the_focus_is_and_an_unknown_code_is_reported(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await with_order(driver)
        page.list.setFocus()
        driver.scan(EAN_OF_I2)
        await calm(driver)
        page.focus_search()
        driver.scan(EAN_OF_I2)
        await calm(driver)
        assert quantities(page) == [2]
        assert page.search.edit.text() == "", "a scan leaves no keys behind"
        driver.scan("4000000000000")
        await calm(driver)
        assert page.message.accessibleName().startswith("No item has the code 4000000000000")
        assert quantities(page) == [2]
        driver.tap(page.chips.chips["grid"])
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, GridSheet)
        driver.scan(EAN_OF_I2)
        assert sheet.quantity.edit.hasFocus(), "in the grid the quantity comes next"
        QTest.keyClicks(sheet.quantity.edit, "12")
        QTest.keyClick(sheet.quantity.edit, Qt.Key.Key_Return)
        await calm(driver)
        assert quantities(page) == [12]
        assert sheet.code.edit.hasFocus()
        QTest.keyClicks(sheet.code.edit, "I3")
        QTest.keyClick(sheet.code.edit, Qt.Key.Key_Return)
        QTest.keyClick(sheet.quantity.edit, Qt.Key.Key_Return)
        await calm(driver)
        assert quantities(page) == [12, 1], "no quantity is one"
        QTest.keyClicks(sheet.code.edit, "none")
        QTest.keyClick(sheet.code.edit, Qt.Key.Key_Return)
        QTest.keyClick(sheet.quantity.edit, Qt.Key.Key_Return)
        await calm(driver)
        assert sheet.code.error.text() == "No item has this code or EAN"
        driver.app._on_setting_changed(Settings.language, "pl")
        await driver.settle()
        assert sheet.title.text() == "Wpis kodami"
        assert sheet.quantity.label.text() == "Ilość", "an open sheet follows the language"

    driver.run(story())


def test_that_a_scanned_box_is_added_as_a_box_beside_ordered_pieces(driver: WindowDriver) -> None:
    company = driver.gateway.connector.company
    company["items.units"]["I1B"] |= {"ean": "5900000000123", "is_allowed": 1}
    company["items.forms"]["OLD"] = company["items.forms"]["I2"] | {
        "code": "OLD",
        "ean": "5900000000999",
        "is_active": 0,
    }
    driver.gateway.take()

    async def story() -> None:
        page = await with_order(driver)
        await tap_part(driver, page, 0, "plus")
        for code in ("5900000000123", "5900000000123", "5900000000000"):
            driver.scan(code)
            await calm(driver)
        assert lines_of(page) == [("pcs", 2), ("box", 2)]
        driver.scan("5900000000999")
        await calm(driver)
        assert page.message.accessibleName().startswith("No item has the code"), "it is not sold any more"
        driver.tap(page.chips.chips["grid"])
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, GridSheet)
        for code, quantity in (("5900000000123", "5"), ("i1", "7"), ("i3", "4")):
            QTest.keyClicks(sheet.code.edit, code)
            QTest.keyClick(sheet.code.edit, Qt.Key.Key_Return)
            QTest.keyClicks(sheet.quantity.edit, quantity)
            QTest.keyClick(sheet.quantity.edit, Qt.Key.Key_Return)
            await calm(driver)
        assert lines_of(page) == [("pcs", 7), ("box", 5), ("pcs", 4)], "small letters do for a code"
        assert sheet.done.text() == "4\N{NO-BREAK SPACE}pcs Item I3 Żółć"
        QTest.keyClicks(sheet.code.edit, "i3")
        QTest.keyClick(sheet.code.edit, Qt.Key.Key_Return)
        QTest.keyClicks(sheet.quantity.edit, "0")
        QTest.keyClick(sheet.quantity.edit, Qt.Key.Key_Return)
        await calm(driver)
        assert lines_of(page) == [("pcs", 7), ("box", 5)]

    driver.run(story())


def lines_of(page: OrderPage) -> list[tuple[str, int]]:
    known = page.order.order
    assert known is not None
    return [(known.units[line.unit], int(line.quantity)) for line in page.order.cart.lines]


def test_that_a_near_scale_is_suggested_added_by_one_tap_and_announced_when_reached(driver: WindowDriver) -> None:
    header = driver.gateway.connector.company["promotions.headers"]["P"]
    header |= {"scales": [{"from": "10", "value": "5"}, {"from": "24", "value": "8"}]}
    driver.gateway.take()

    async def story() -> None:
        page = await with_order(driver)
        page.order.set_quantity(page.items.row(0).item, page.items.row(0).unit, Decimal(8))
        await calm(driver)
        hint = page.items.row(0).hint
        assert hint is not None
        assert (hint.missing, hint.value) == (Decimal(2), "5")
        page.cart.list.price_requested.emit(0)
        await calm(driver)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, PriceSheet)
        assert sheet.title.text() == "Why 9.50\N{NO-BREAK SPACE}PLN"
        assert sheet.more.text().strip() == "Add 2\N{NO-BREAK SPACE}pcs"
        assert "2 more to reach 5" in "".join(label.text() for label in sheet.findChildren(type(sheet.title)))
        driver.tap(sheet.more)
        await calm(driver)
        assert quantities(page) == [10]
        assert page.cart.notice.accessibleName() == "Promotion reached Spring"
        page.cart.list.price_requested.emit(0)
        await calm(driver)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, PriceSheet)
        text = sheet.as_text()
        assert "Promotion: Spring: 9.025" in text
        assert "the scale from 10 pcs is reached" in text
        assert text.splitlines()[-1].startswith("Line gross:")
        assert sheet.more.text().strip() == "Add 14\N{NO-BREAK SPACE}pcs"
        driver.app.window.resize(800, 1280)
        await driver.settle()
        high = sheet.panel.height()
        driver.app._on_setting_changed(Settings.language, "pl")
        await driver.settle()
        assert sheet.title.text().startswith("Skąd ")
        assert abs(sheet.panel.height() - high) < 60, "an open sheet keeps its height in the other language"

    driver.run(story())


async def asked_at_the_end(driver: WindowDriver, page: OrderPage) -> EndSheet:
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Escape)
    await calm(driver)
    sheet = driver.app.window.open_sheet()
    assert isinstance(sheet, EndSheet)
    return sheet


def test_that_the_end_menu_saves_confirms_leaves_or_continues(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await with_order(driver)
        assert page.order.cart.payment_form is None, "the profile of the small company names none"
        await tap_part(driver, page, 0, "plus")
        sheet = await asked_at_the_end(driver, page)
        driver.tap(sheet.cancel)
        assert driver.app.window.current == "order"
        sheet = await asked_at_the_end(driver, page)
        QTest.keyClick(sheet, Qt.Key.Key_Escape)
        assert driver.app.window.open_sheet() is None
        assert driver.app.window.current == "order", "Esc goes on with it"
        sheet = await asked_at_the_end(driver, page)
        driver.tap(sheet.save)
        await calm(driver)
        assert driver.app.window.current != "order"
        (draft,) = drafts(driver)
        assert (draft.state, draft.number) == ("draft", None)
        page = await open_order(driver, OpenOrder(draft.id))
        await tap_part(driver, page, 0, "plus")
        sheet = await asked_at_the_end(driver, page)
        assert sheet.leave.text() == "Leave it as it was before"
        driver.tap(sheet.leave)
        await calm(driver)
        assert [line.quantity for line in drafts(driver)[0].payload.lines] == ["1"]
        page = await open_order(driver, OpenOrder(draft.id))
        page.cart.more_requested.emit()
        menu = driver.app.window.open_sheet()
        assert isinstance(menu, EndSheet)
        driver.tap(menu.confirm)
        await calm(driver)
        known = driver.app.window.open_sheet()
        if isinstance(known, WarningSheet):
            driver.tap(known.yes)
            await calm(driver)
        (confirmed,) = drafts(driver)
        assert confirmed.state == "confirmed"
        assert confirmed.number is not None
        driver.app.screens.open(OpenDocuments())
        await calm(driver)
        listed = driver.app.window.page("documents")
        assert isinstance(listed, WorkPage)
        assert listed.model.work(0).number == confirmed.number

    driver.run(story())
