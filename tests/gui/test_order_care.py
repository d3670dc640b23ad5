"""Careless use of an order: a discarded edit, a number that is too big, a tap on a value, no stock."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from salesapp.models.order import OrderModel
from salesapp.services.own_work import WorkItem, read_work
from salesapp.store.outbox import Outbox
from salesapp.views import formats
from salesapp.views.order.cart import net_area
from salesapp.views.order.details import DetailsSheet
from salesapp.views.order.ending import EndSheet
from salesapp.views.order.line_sheet import LineSheet
from salesapp.views.order.page import OrderPage
from salesapp.views.prices.price_sheet import PriceSheet
from salesapp.views.receipts.labels import item_title
from salesapp.views.requests import NewOrder, OpenDocument
from salesapp.views.work.document_page import DocumentPage
from tests.gui.conftest import WindowDriver
from tests.gui.test_order import drafts, tap_part, with_order
from tests.gui.test_order_undo import calm
from tests.gui.test_work import opened, with_confirmed


async def edited(driver: WindowDriver, record: str) -> OrderPage:
    """A document, opened and then edited."""
    page = await opened(driver, OpenDocument(record))
    assert isinstance(page, DocumentPage)
    driver.tap(page.buttons["edit"])
    await calm(driver)
    order = driver.app.window.page("order")
    assert isinstance(order, OrderPage)
    return order


async def line_sheet(driver: WindowDriver, page: OrderPage) -> LineSheet:
    page.line_requested.emit(page.order.cart.lines[0].id)
    await calm(driver)
    sheet = driver.app.window.open_sheet()
    assert isinstance(sheet, LineSheet)
    return sheet


def states(driver: WindowDriver) -> list[tuple[str, str]]:
    return [(item.state, item.number) for item in read_work(driver.app.workplace.stores)]


def discount_of(order: OrderModel) -> Decimal:
    return order.cart.lines[0].discount_percent


def test_that_a_confirmed_order_whose_edit_is_discarded_is_sent_unchanged(driver: WindowDriver) -> None:
    async def story() -> None:
        record = await with_confirmed(driver)
        before = drafts(driver)[0]
        page = await edited(driver, record)
        assert states(driver) == [("draft", before.number)], "the edit withdraws it"
        await tap_part(driver, page, 0, "plus")
        driver.press(Qt.Key.Key_Escape)
        await calm(driver)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, EndSheet)
        driver.tap(sheet.leave)
        await calm(driver)
        (after,) = drafts(driver)
        assert (after.id, after.state, after.number) == (before.id, "confirmed", before.number)
        assert after.submission != before.submission, "the gateway may know that the former one never comes"
        assert after.payload == before.payload
        assert states(driver) == [("on_device", before.number)]
        driver.app.window.show_page("main", root=True)
        assert await driver.synchronize() == "ok"
        assert states(driver) == [("in_erp", before.number)]

    driver.run(story())


def test_that_a_confirmed_order_that_was_only_viewed_closes_without_a_question(driver: WindowDriver) -> None:
    async def story() -> None:
        record = await with_confirmed(driver)
        page = await edited(driver, record)
        driver.tap(page.header.back)
        await calm(driver)
        assert driver.app.window.open_sheet() is None
        assert driver.app.window.current == "document"
        assert [state for state, _number in states(driver)] == ["on_device"]

    driver.run(story())


def test_that_a_rejected_order_whose_correction_is_discarded_stays_rejected(driver: WindowDriver) -> None:
    async def story() -> None:
        record = await with_confirmed(driver)
        driver.gateway.connector.rejected_kinds.add("document")
        await driver.synchronize()
        (refused,) = Outbox(driver.app.workplace.stores.work).items()
        page = await edited(driver, record)
        assert [state for state, _number in states(driver)] == ["draft"]
        driver.tap(page.header.back)
        await calm(driver)
        assert [state for state, _number in states(driver)] == ["rejected"]
        assert Outbox(driver.app.workplace.stores.work).items() == [refused], "with its reason, and not sent again"

    driver.run(story())


@pytest.mark.parametrize("typed", ["101", "9.9x"])
def test_that_a_refused_discount_does_not_change_the_order(driver: WindowDriver, typed: str) -> None:
    async def story() -> None:
        page = await with_order(driver)
        await tap_part(driver, page, 0, "plus")
        sheet = await line_sheet(driver, page)
        sheet.discount.edit.setFocus()
        QTest.keyClicks(sheet.discount.edit, typed)
        await calm(driver)
        assert sheet.discount.has_error
        assert discount_of(page.order) == 0
        driver.tap(sheet.done)
        assert driver.app.window.open_sheet() is sheet, "it says what is wrong until it is right"
        QTest.keyClick(sheet, Qt.Key.Key_Escape)
        await calm(driver)
        assert discount_of(page.order) == 0
        assert drafts(driver)[0].payload.lines[0].discount_percent == "0"

    driver.run(story())


def test_that_a_refused_discount_does_not_change_the_document(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await with_order(driver)
        await tap_part(driver, page, 0, "plus")
        page.details_requested.emit()
        await calm(driver)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, DetailsSheet)
        QTest.keyClicks(sheet.discount.edit, "101")
        await calm(driver)
        assert sheet.discount.has_error
        assert page.order.cart.discount_percent == 0

    driver.run(story())


def test_that_a_tap_on_the_value_of_a_line_explains_it_and_one_elsewhere_edits_it(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await with_order(driver)
        await tap_part(driver, page, 0, "plus")
        rows = page.cart.list
        row = rows.visualRect(page.cart.model.index(0, 0))
        value = net_area(row, formats.amount(page.cart.model.line(0).net, "PLN")).center()
        for spot, kind in ((value, PriceSheet), (QPoint(row.left() + 60, row.center().y()), LineSheet)):
            QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=spot)
            await calm(driver)
            sheet = driver.app.window.open_sheet()
            assert isinstance(sheet, kind)
            sheet.close_sheet()
            await calm(driver)

    driver.run(story())


def test_that_the_missing_stock_has_a_unit_and_is_never_negative(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await with_order(driver)
        page.quantity_chosen.emit(0, Decimal(3))
        await calm(driver)
        assert page.cart.sentences()[0].endswith("Only 1\N{NO-BREAK SPACE}pcs can be sold.")
        await page.order.confirm()
        driver.app.window.show_page("main", root=True)
        again = await opened(driver, NewOrder(page.order.cart.customer))
        assert isinstance(again, OrderPage)
        again.quantity_chosen.emit(0, Decimal(1))
        await calm(driver)
        assert again.cart.sentences()[0].endswith("Nothing of it is left to sell, own unsent orders counted.")

    driver.run(story())


def test_that_my_work_lists_waiting_records_and_names_unnamed_ones(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await with_order(driver)
        await tap_part(driver, page, 0, "plus")
        await page.order.save()
        driver.app.window.show_page("main", root=True)
        driver.app.screens.saved()
        await calm(driver)
        face = driver.app.dashboard.tiles["work"].face
        assert (face.figure, face.line) == ("1", "1 draft"), "not everything is sent"
        assert item_title(WorkItem(record="r", kind="travel", state="draft", number="", title="", at="")) == "Travel"

    driver.run(story())
