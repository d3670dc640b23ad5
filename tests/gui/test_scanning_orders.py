"""A scanner in an order: one scan is one of the scanned item, and none of its keys is a digit of a quantity."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, Qt, QThread, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from salesapp.views.order.ending import WarningSheet
from salesapp.views.order.grid import GridSheet
from salesapp.views.order.line_sheet import LineSheet
from salesapp.views.order.page import OrderPage
from salesapp.views.parts.picking_list import ChoiceSheet
from salesapp.views.parts.scanner_keys import LONGEST_PAUSE_MS
from salesapp.views.parts.text import Text
from tests.gui.conftest import WindowDriver
from tests.gui.test_order import new_order, tap_part, tap_row, with_order
from tests.gui.test_order_undo import calm
from tests.gui.test_order_ways import lines_of

EAN_OF_I2 = "5900000000001"
_KEYS = {
    "\r": (Qt.Key.Key_Return, "\r", Qt.KeyboardModifier.NoModifier),
    "\n": (Qt.Key.Key_J, "\n", Qt.KeyboardModifier.ControlModifier),
    "\t": (Qt.Key.Key_Tab, "\t", Qt.KeyboardModifier.NoModifier),
    "\x02": (Qt.Key.Key_B, "\x02", Qt.KeyboardModifier.ControlModifier),
    "\x1d": (Qt.Key.Key_BracketRight, "\x1d", Qt.KeyboardModifier.ControlModifier),
    "<F8>": (Qt.Key.Key_F8, "", Qt.KeyboardModifier.NoModifier),
    "<Shift>": (Qt.Key.Key_Shift, "", Qt.KeyboardModifier.ShiftModifier),
}
Pressed = tuple[Qt.Key, str, Qt.KeyboardModifier]


def pressed(text: str) -> Iterator[Pressed]:
    """The keys of a text; names in angle brackets are keys without a character."""
    while text:
        name = next((name for name in _KEYS if text.startswith(name)), text[0])
        yield _KEYS.get(name) or (Qt.Key(ord(name.upper())), name, Qt.KeyboardModifier.NoModifier)
        text = text.removeprefix(name)


def send(driver: WindowDriver, text: str, gap_ms: int = 1, *, begin_ms: int = 1_000) -> None:
    """Keys where the focus is, each so long after the last by the keyboard's clock."""
    for number, (key, letters, modifiers) in enumerate(pressed(text)):
        event = QKeyEvent(QEvent.Type.KeyPress, key, modifiers, letters)
        event.setTimestamp(begin_ms + number * gap_ms)
        QApplication.sendEvent(QApplication.focusWidget() or driver.app.window, event)


def ordered(page: OrderPage) -> dict[str, Decimal]:
    names = page.order.order.codes if page.order.order else {}
    return {names.get(line.item, ""): line.quantity for line in page.order.cart.lines}


async def with_cursor_in_the_list(driver: WindowDriver) -> OrderPage:
    page = await with_order(driver)
    page.list.setFocus()
    page.list.setCurrentIndex(page.items.index(0, 0))
    return page


async def type_quantity(driver: WindowDriver, page: OrderPage, digits: str) -> None:
    QTest.keyClicks(driver.app.window.focusWidget() or page.list, digits)
    await driver.until(lambda: page.list.delegate.typing is not None)
    await calm(driver)


@pytest.mark.parametrize(
    ("keys", "gap_ms"),
    [
        (f"{EAN_OF_I2}\r", 1),
        (f"{EAN_OF_I2}\r\n", 1),
        (f"{EAN_OF_I2}\t", 1),
        (EAN_OF_I2, 1),
        (EAN_OF_I2, LONGEST_PAUSE_MS),
        (f"{EAN_OF_I2}\r", 40),
        (f"{EAN_OF_I2}\t", 40),
        (f"\x02{EAN_OF_I2}\r", 1),
        (f"<F8>{EAN_OF_I2}\r", 1),
        ("<Shift>I2-EAN\r", 1),
    ],
)
@pytest.mark.parametrize("place", ["list", "search"])
def test_that_a_scan_adds_one_of_the_item_whatever_the_scanner_sends_with_it(
    driver: WindowDriver, keys: str, gap_ms: int, place: str
) -> None:
    forms = driver.gateway.connector.company["items.forms"]
    if "I2-EAN" in keys:
        forms["I2"] |= {"ean": "I2-EAN"}
        driver.gateway.take()

    async def story() -> None:
        page = await with_cursor_in_the_list(driver)
        if place == "search":
            page.focus_search()
        send(driver, keys, gap_ms)
        await driver.until(lambda: page.order.cart.lines)
        await calm(driver)
        assert ordered(page) == {"I2": 1}
        assert page.search.edit.text() == ""
        assert page.list.currentIndex().row() == 1
        await type_quantity(driver, page, "5")
        assert ordered(page) == {"I2": 5}, "what is typed next is of the scanned item"

    driver.run(story())


@pytest.mark.parametrize("keys", ["12345\r", "5901234123457", "12345678\t", "]C1" + "10ABC\x1d17270131", "59" * 14])
@pytest.mark.parametrize("place", ["list", "search", "line"])
def test_that_a_code_of_no_item_is_told_and_never_a_quantity(driver: WindowDriver, keys: str, place: str) -> None:
    async def story() -> None:
        page = await with_cursor_in_the_list(driver)
        if place == "search":
            page.focus_search()
        elif place == "line":
            await tap_row(driver, page, 0)
            sheet = driver.app.window.open_sheet()
            assert isinstance(sheet, LineSheet)
            assert sheet.quantity.edit.hasFocus()
        send(driver, keys)
        await driver.until(page.message.isVisible)
        await calm(driver)
        assert page.message.accessibleName().startswith("No item has the code")
        assert ordered(page) == {}
        assert page.search.edit.text() == ""
        assert driver.app.window.current == "order"

    driver.run(story())


def test_that_two_quick_scans_are_two_items_and_the_second_has_the_next_digits(driver: WindowDriver) -> None:
    driver.gateway.connector.company["items.forms"]["I3"] |= {"ean": "5900000000003"}
    driver.gateway.take()

    async def story() -> None:
        page = await with_cursor_in_the_list(driver)
        send(driver, f"{EAN_OF_I2}\r5900000000003\r", 40)
        await calm(driver)
        assert ordered(page) == {"I2": 1, "I3": 1}
        await type_quantity(driver, page, "7")
        assert ordered(page) == {"I2": 1, "I3": 7}

    driver.run(story())


def test_that_keys_that_wait_while_the_window_is_busy_still_belong_to_their_scan(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await with_cursor_in_the_list(driver)
        send(driver, EAN_OF_I2[:5])
        QThread.msleep(4 * LONGEST_PAUSE_MS)
        QTimer.singleShot(0, lambda: send(driver, f"{EAN_OF_I2[5:]}\r", begin_ms=1_005))
        await driver.until(lambda: page.order.cart.lines)
        await calm(driver)
        assert ordered(page) == {"I2": 1}

    driver.run(story())


def test_that_a_held_key_and_slow_keys_are_typing(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await with_cursor_in_the_list(driver)
        send(driver, "12", LONGEST_PAUSE_MS + 1)
        for number in range(4):
            event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_3, Qt.KeyboardModifier.NoModifier, "3", autorep=True)
            event.setTimestamp(2_000 + number)
            QApplication.sendEvent(page.list, event)
        await calm(driver)
        assert ordered(page) == {"I1": 123333}

    driver.run(story())


def test_that_letters_typed_quickly_into_a_field_stay_there_at_once(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await with_order(driver)
        page.focus_search()
        for number, letter in enumerate("oliwki", 1):
            send(driver, letter, begin_ms=1_000 + number)
            assert page.search.edit.text() == "oliwki"[:number], "no field waits for what a key may turn out to be"
        await driver.until(lambda: page.items.typed == "oliwki")
        assert not page.message.isVisible()

    driver.run(story())


def test_that_the_row_of_what_came_in_is_the_current_one_wherever_it_came_from(driver: WindowDriver) -> None:
    company = driver.gateway.connector.company
    company["items.units"]["I1B"] |= {"ean": "5900000000123", "is_allowed": 1}
    driver.gateway.take()

    async def story() -> None:
        page = await with_cursor_in_the_list(driver)
        await tap_part(driver, page, 0, "plus")
        send(driver, "5900000000123\r")
        await type_quantity(driver, page, "4")
        assert lines_of(page) == [("pcs", 1), ("box", 4)], "the box that was scanned, not the pieces"
        page.search.edit.setText("I3")
        send(driver, f"{EAN_OF_I2}\r")
        assert page.search.edit.text() == "", "the list shows the scanned item again"
        await type_quantity(driver, page, "6")
        assert ordered(page)["I2"] == 6
        driver.tap(page.chips.chips["grid"])
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, GridSheet)
        sheet.quantity.edit.setFocus()
        sheet.code.edit.setText("I3")
        sheet.quantity.edit.setText("2")
        QTest.keyClick(sheet.quantity.edit, Qt.Key.Key_Return)
        await calm(driver)
        sheet.close_sheet()
        page.list.setFocus()
        await type_quantity(driver, page, "9")
        assert ordered(page)["I3"] == 9
        await page.order.confirm()
        driver.app.window.show_page("main", root=True)
        page = await new_order(driver)
        page.list.setCurrentIndex(page.items.index(2, 0))
        driver.tap(page.cart.same)
        await calm(driver)
        assert page.list.currentIndex().row() == page.items.row_of(page.order.cart.lines[0].item)

    driver.run(story())


def test_that_an_implausible_quantity_is_asked_about_before_it_is_confirmed(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await with_cursor_in_the_list(driver)
        page.order.set_quantity(page.items.row(0).item, page.items.row(0).unit, Decimal(12_345))
        await calm(driver)
        driver.tap(page.cart.primary)
        await calm(driver)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, WarningSheet)
        assert any("is an unusual quantity" in text.text() for text in sheet.findChildren(Text))
        driver.tap(sheet.no)
        assert driver.app.window.current == "order", "nothing is confirmed"

    driver.run(story())


def test_that_two_items_with_one_code_open_a_choice(driver: WindowDriver) -> None:
    driver.gateway.connector.company["items.forms"]["I3"] |= {"ean": EAN_OF_I2}
    driver.gateway.take()

    async def story() -> None:
        page = await with_cursor_in_the_list(driver)
        send(driver, f"{EAN_OF_I2}\r")
        await calm(driver)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, ChoiceSheet)
        assert ordered(page) == {}, "nothing is guessed"
        assert [sheet.model.choice(row).below for row in range(2)] == ["I2", "I3"]
        QTest.mouseClick(
            sheet.list.viewport(), Qt.MouseButton.LeftButton, pos=sheet.list.visualRect(sheet.model.index(1)).center()
        )
        await calm(driver)
        assert ordered(page) == {"I3": 1}
        await type_quantity(driver, page, "5")
        assert ordered(page) == {"I3": 5}

    driver.run(story())


def test_that_an_in_store_code_orders_its_weight(driver: WindowDriver) -> None:
    company = driver.gateway.connector.company
    for profile in company["auxiliary.profiles"].values():
        profile["barcode_patterns"] = ["27PPPPPWWWWWC"]
    company["directories.units"]["KG"] = company["directories.units"]["PCS"] | {"code": "kg", "decimals": 3}
    company["items.units"]["I2K"] = company["items.units"]["I1B"] | {"item": "I2", "unit": "KG", "is_allowed": 1}
    company["items.forms"]["I2"] |= {"ean": "2700123000007"}
    driver.gateway.take()

    async def story() -> None:
        page = await with_cursor_in_the_list(driver)
        send(driver, "2700123012505\r")
        await calm(driver)
        assert [line.quantity for line in page.order.cart.lines] == [Decimal("1.250")]
        assert lines_of(page)[0][0] == "kg"
        send(driver, "2700123012505\r")
        await calm(driver)
        assert [line.quantity for line in page.order.cart.lines] == [Decimal("2.500")], "a second package"

    driver.run(story())


def test_that_a_code_in_the_grid_has_its_own_quantity_unless_one_is_typed(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await with_cursor_in_the_list(driver)
        driver.tap(page.chips.chips["grid"])
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, GridSheet)
        for typed, expected in (("", 12), ("5", 5), ("x", 5)):
            send(driver, f"]C101{EAN_OF_I2.zfill(14)}3012\r")
            sheet.quantity.edit.setText(typed)
            QTest.keyClick(sheet.quantity.edit, Qt.Key.Key_Return)
            await calm(driver)
            assert ordered(page) == {"I2": expected}
        assert sheet.quantity.has_error

    driver.run(story())


def test_that_an_unknown_code_is_told_on_the_open_cart_until_the_next_scan(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await with_order(driver, width=800, height=1280)
        send(driver, f"{EAN_OF_I2}\r")
        await calm(driver)
        page.show_cart()
        cart = driver.app.window.open_sheet()
        assert cart is not None
        send(driver, "5900000007779\r")
        await calm(driver)
        assert cart.message.startswith("No item has the code 5900000007779"), "where it is not dimmed"
        send(driver, f"{EAN_OF_I2}\r")
        await calm(driver)
        assert driver.app.window.open_sheet() is cart
        assert cart.message == ""
        assert ordered(page) == {"I2": 2}

    driver.run(story())
