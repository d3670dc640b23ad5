"""Orders, written in the real window, priced, confirmed offline, and sent to the real gateway."""

import asyncio
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from salesapp.domain.objects.documents import DocumentType
from salesapp.protocol.records import Document
from salesapp.services import documents
from salesapp.store import records
from salesapp.views.order.ending import EndSheet, WarningSheet
from salesapp.views.order.line_sheet import LineSheet
from salesapp.views.order.page import OrderPage
from salesapp.views.parts.scanner_keys import LONGEST_PAUSE_MS
from salesapp.views.parts.text import Text
from salesapp.views.prices.price_sheet import PriceSheet
from salesapp.views.requests import CopyDocument, NewOrder, OpenOrder
from tests.gui.conftest import WindowDriver
from tests.services.account_stores import key_of

pytestmark = pytest.mark.clock


async def with_order(driver: WindowDriver, *, width: int = 1280, height: int = 800) -> OrderPage:
    """Logged on, synchronized, and a new order of the first customer open."""
    await driver.begin("rep1", width, height)
    return await new_order(driver)


async def new_order(driver: WindowDriver, document_type: DocumentType = "sales_order") -> OrderPage:
    """Starts an order of the first customer."""
    customer = key_of(driver.app.workplace.stores, "customers.customers", "C1")
    return await open_order(driver, NewOrder(customer, document_type=document_type))


async def open_order(driver: WindowDriver, request: NewOrder | OpenOrder) -> OrderPage:
    driver.app.screens.open(request)
    await driver.until(lambda: not driver.app._tasks)
    page = driver.app.window.page("order")
    assert isinstance(page, OrderPage)
    return page


def hit(page: OrderPage, row: int, part: str) -> QPoint:
    return page.list.delegate.parts(page.list.visualRect(page.items.index(row, 0)))[part].center()


async def tap_row(driver: WindowDriver, page: OrderPage, row: int) -> None:
    """Taps the picture of a row, which is not a part of its own, so the line opens."""
    place = page.list.visualRect(page.items.index(row, 0))
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=place.topLeft() + QPoint(30, 30))
    await driver.until(lambda: not driver.app._tasks)


async def tap_part(driver: WindowDriver, page: OrderPage, row: int, part: str) -> None:
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=hit(page, row, part))
    await driver.until(lambda: not driver.app._tasks)


def drafts(driver: WindowDriver) -> list[records.StoredRecord[Document]]:
    with driver.app.workplace.stores.work.read() as connection:
        return records.find_all(connection, Document)


def test_that_a_tap_on_plus_adds_at_the_customers_price_and_saves_a_draft(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await with_order(driver)
        assert page.header.title.text() == "New order"
        await tap_part(driver, page, 0, "plus")
        await tap_part(driver, page, 0, "plus")
        assert page.order.order is not None
        (line,) = page.order.order.priced.lines
        assert (line.quantity, line.unit_price_net, line.net) == (Decimal(2), Decimal("9.50"), Decimal("19.00"))
        assert page.order.order.priced.gross == Decimal("23.37")
        (draft,) = drafts(driver)
        assert (draft.state, draft.number, draft.payload.gross) == ("draft", None, "23.37")

    driver.run(story())


def test_that_quantities_are_typed_row_by_row(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await with_order(driver)
        page.list.setFocus()
        page.list.setCurrentIndex(page.items.index(0, 0))
        for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_Return, Qt.Key.Key_5, Qt.Key.Key_Return, Qt.Key.Key_Plus):
            QTest.keyClick(page.list, key)
        await asyncio.sleep(2 * LONGEST_PAUSE_MS / 1000)  # keys that could be a scan are delayed this long
        await driver.until(lambda: not driver.app._tasks)
        assert [line.quantity for line in page.order.cart.lines] == [12, 5, 1]

    driver.run(story())


def test_that_a_confirmed_order_gets_its_number_offline_and_reaches_the_gateway_once(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await with_order(driver)
        driver.gateway.stop()
        await tap_part(driver, page, 0, "plus")
        driver.tap(page.cart.primary)
        await driver.until(lambda: not driver.app._tasks)
        sheet = driver.app.window.open_sheet()
        if isinstance(sheet, WarningSheet):
            driver.tap(sheet.yes)
            await driver.until(lambda: not driver.app._tasks)
        (record,) = drafts(driver)
        assert record.state == "confirmed"
        assert record.number is not None
        assert record.number.startswith("SO-1/")
        assert driver.app.window.current != "order"
        driver.gateway.start()
        driver.app.window.show_page("main", root=True)
        assert await driver.synchronize() == "ok"
        sent = [entry for entry in driver.gateway.connector.delivered if entry.kind == "document"]
        assert [entry.payload["number"] for entry in sent] == [record.number]
        assert sent[0].payload["lines"][0]["unit_price"] == "9.50"

    driver.run(story())


def test_that_leaving_asks_and_leaving_without_saving_keeps_nothing(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await with_order(driver)
        await tap_part(driver, page, 1, "plus")
        driver.press(Qt.Key.Key_Escape)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, EndSheet)
        driver.tap(sheet.leave)
        await driver.until(lambda: not driver.app._tasks)
        assert drafts(driver) == []

    driver.run(story())


def test_that_a_draft_continues_unchanged_after_a_restart(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await with_order(driver)
        await tap_part(driver, page, 0, "plus")
        await tap_part(driver, page, 1, "plus")
        (draft,) = drafts(driver)
        await driver.close()
        await driver.open()
        page = await open_order(driver, OpenOrder(draft.id))
        assert [line.quantity for line in page.order.cart.lines] == [1, 1]
        driver.press(Qt.Key.Key_Escape)
        await driver.until(lambda: not driver.app._tasks)
        assert driver.app.window.open_sheet() is None, "what was not changed does not ask"
        assert driver.app.window.current != "order"
        assert drafts(driver) == [draft]

    driver.run(story())


def test_that_a_line_is_edited_with_unit_and_discount_up_to_the_limit(driver: WindowDriver) -> None:
    driver.gateway.connector.company["auxiliary.profiles"]["field"]["maximum_discount_percent"] = 100_000
    driver.gateway.connector.company["items.units"]["I1B"]["is_allowed"] = 1
    driver.gateway.take()

    async def story() -> None:
        page = await with_order(driver)
        await tap_row(driver, page, 0)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, LineSheet)
        assert not sheet.keypad.isVisible()
        driver.tap(sheet.quantity.keys)
        await driver.settle()
        driver.tap(sheet.keypad.keys["7"])
        assert sheet.quantity.edit.text() == "7", "keys for fingers in any line"
        box = next(button for button in sheet.unit.buttons.values() if button.text() == "box")
        driver.tap(box)
        sheet.quantity.edit.setText("3")
        sheet.discount.edit.setText("10")
        driver.tap(sheet.done)
        await driver.until(lambda: not driver.app._tasks)
        assert page.order.order is not None
        (line,) = page.order.order.priced.lines
        assert line.unit_price_net == Decimal("102.60"), "12 x 10.00 less 5 % less 10 %"
        page.order.set_line(
            page.order.cart.lines[0].__class__(*(line.id, line.item, line.unit, Decimal(3), Decimal(11)))
        )
        await driver.until(lambda: not driver.app._tasks)
        assert not page.cart.primary.isEnabled()
        assert "above your limit of 10 %" in page.cart.problem.accessibleName()

    driver.run(story())


def test_that_a_tap_on_the_quantity_opens_large_keys_with_the_unit(driver: WindowDriver) -> None:
    units = driver.gateway.connector.company["directories.units"]
    units["BOX"] = units["BOX"] | {"decimals": 2}
    driver.gateway.connector.company["items.units"]["I1B"]["is_allowed"] = 1
    driver.gateway.take()

    async def story() -> None:
        page = await with_order(driver, width=800, height=1280)
        await tap_part(driver, page, 0, "number")
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, LineSheet)
        keys = sheet.keypad.keys
        assert all(key.height() >= 56 and key.width() >= 56 and key.accessibleName() for key in keys.values())
        assert not sheet.discount.isVisible()
        assert not keys["point"].isEnabled(), "pieces have no decimals"
        for name in ("1", "2", "0"):
            driver.tap(keys[name])
            await driver.until(lambda: not driver.app._tasks)
        await driver.until(lambda: [line.quantity for line in page.order.cart.lines] == [120])
        driver.tap(keys["back"])
        driver.tap(next(button for button in sheet.unit.buttons.values() if button.text() == "box"))
        QTest.keyClicks(sheet.quantity.edit, ".")
        driver.tap(keys["point"])
        driver.tap(keys["5"])
        assert sheet.quantity.edit.text() == "12.5", "one decimal sign, typed or tapped"
        QTest.keyClick(sheet.quantity.edit, Qt.Key.Key_Return)
        await driver.until(lambda: not driver.app._tasks)
        assert driver.app.window.open_sheet() is None
        (line,) = page.order.cart.lines
        assert line.quantity == Decimal("12.5")
        assert page.order.order is not None
        assert page.order.order.units[line.unit] == "box"
        await tap_part(driver, page, 0, "number")
        again = driver.app.window.open_sheet()
        assert isinstance(again, LineSheet)
        driver.tap(again.keypad.keys["3"])
        assert again.quantity.edit.text() == "3", "the number is selected: the first key replaces it"
        driver.tap(again.done)
        await driver.until(lambda: not driver.app._tasks)
        assert [line.quantity for line in page.order.cart.lines] == [3]

    driver.run(story())


def test_that_a_price_explains_itself(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await with_order(driver)
        await tap_part(driver, page, 0, "price")
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, PriceSheet)
        words = [child.text() for child in sheet.findChildren(Text)]
        assert any("RETAIL" in text for text in words)
        assert any(text.startswith("9.50") for text in words)

    driver.run(story())


def test_that_in_portrait_the_cart_opens_over_the_list(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await with_order(driver, width=800, height=1280)
        await tap_part(driver, page, 0, "plus")
        driver.tap(page.open_cart)
        await driver.settle()
        assert page.cart.primary.isVisible()
        assert page.cart.model.rowCount() == 1
        driver.press(Qt.Key.Key_Escape)
        await driver.settle()
        assert not page.cart.isVisible()
        assert driver.app.window.current == "order"

    driver.run(story())


def test_that_a_copy_is_repriced_and_says_so(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await with_order(driver)
        await tap_part(driver, page, 0, "plus")
        (draft,) = drafts(driver)
        document = documents.load(driver.app.workplace.stores.work, draft.id)
        prices = driver.gateway.connector.company["items.prices"]
        prices["I1-RETAIL"] = prices["I1-RETAIL"] | {"value": 200_000}
        driver.gateway.take()
        await page.order.save()
        driver.app.window.show_page("main", root=True)
        assert await driver.synchronize() == "ok"
        driver.app.screens.open(CopyDocument(document))
        await driver.until(lambda: not driver.app._tasks)
        copy = driver.app.window.page("order")
        assert isinstance(copy, OrderPage)
        assert copy.order.order is not None
        assert copy.order.order.priced.net == Decimal("19.00")
        assert copy.message.isVisible()
        assert len(drafts(driver)) == 2

    driver.run(story())


def test_that_an_item_is_found_and_its_quantity_typed_without_leaving_the_keyboard(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await with_order(driver)
        page.focus_search()
        QTest.keyClicks(page.search.edit, "I2")
        assert page.items.rowCount() == 1
        QTest.keyClick(page.search.edit, Qt.Key.Key_Down)
        assert page.list.hasFocus()
        QTest.keyClick(page.list, Qt.Key.Key_7)
        await asyncio.sleep(2 * LONGEST_PAUSE_MS / 1000)
        QTest.keyClick(page.list, Qt.Key.Key_Return)
        await driver.until(lambda: not driver.app._tasks)
        assert [line.quantity for line in page.order.cart.lines] == [7]

    driver.run(story())
