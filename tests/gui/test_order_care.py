"""An order in careless hands: an edit that is given up, a number that is too big, a tap on a value, no stock."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from salesapp.models.order import OrderModel
from salesapp.services.own_work import WorkItem, read_work
from salesapp.store.outbox import Outbox
from salesapp.views.documents.page import DocumentPage
from salesapp.views.order.cart import net_area
from salesapp.views.order.details import DetailsSheet
from salesapp.views.order.ending import EndSheet
from salesapp.views.order.line_sheet import LineSheet
from salesapp.views.order.page import OrderPage
from salesapp.views.order.price_sheet import PriceSheet
from salesapp.views.work.words import item_title
from tests.gui.conftest import Desk
from tests.gui.test_order import drafts, tap_part, with_order
from tests.gui.test_order_undo import calm
from tests.gui.test_work import opened, with_confirmed


async def edited(desk: Desk, record: str) -> OrderPage:
    """A document, opened and then edited."""
    page = await opened(desk, "document", record=record)
    assert isinstance(page, DocumentPage)
    desk.tap(page.buttons["edit"])
    await calm(desk)
    order = desk.app.window.page("order")
    assert isinstance(order, OrderPage)
    return order


async def line_sheet(desk: Desk, page: OrderPage) -> LineSheet:
    page.line_requested.emit(page.order.cart.lines[0].id)
    await calm(desk)
    sheet = desk.app.window.open_sheet()
    assert isinstance(sheet, LineSheet)
    return sheet


def states(desk: Desk) -> list[tuple[str, str]]:
    return [(item.state, item.number) for item in read_work(desk.app.workplace.shelf)]


def discount_of(order: OrderModel) -> Decimal:
    return order.cart.lines[0].discount_percent


def test_that_a_confirmed_order_whose_edit_is_given_up_goes_as_it_was(desk: Desk) -> None:
    async def story() -> None:
        record = await with_confirmed(desk)
        before = drafts(desk)[0]
        page = await edited(desk, record)
        assert states(desk) == [("draft", before.number)], "the edit withdraws it"
        await tap_part(desk, page, 0, "plus")
        desk.press(Qt.Key.Key_Escape)
        await calm(desk)
        sheet = desk.app.window.open_sheet()
        assert isinstance(sheet, EndSheet)
        desk.tap(sheet.leave)
        await calm(desk)
        (after,) = drafts(desk)
        assert (after.state, after.number, after.submission) == ("confirmed", before.number, before.submission)
        assert after.payload == before.payload
        assert states(desk) == [("on_device", before.number)]
        desk.app.window.show_page("main", root=True)
        assert await desk.synchronize() == "ok"
        assert states(desk) == [("in_erp", before.number)]

    desk.run(story())


def test_that_a_confirmed_order_that_was_only_looked_at_is_left_without_a_question(desk: Desk) -> None:
    async def story() -> None:
        record = await with_confirmed(desk)
        page = await edited(desk, record)
        desk.tap(page.header.back)
        await calm(desk)
        assert desk.app.window.open_sheet() is None
        assert desk.app.window.current == "document"
        assert [state for state, _number in states(desk)] == ["on_device"]

    desk.run(story())


def test_that_a_rejected_order_whose_mending_is_given_up_is_still_rejected(desk: Desk) -> None:
    async def story() -> None:
        record = await with_confirmed(desk)
        desk.gateway.connector.rejected_kinds.add("document")
        await desk.synchronize()
        (refused,) = Outbox(desk.app.workplace.shelf.work).items()
        page = await edited(desk, record)
        assert [state for state, _number in states(desk)] == ["draft"]
        desk.tap(page.header.back)
        await calm(desk)
        assert [state for state, _number in states(desk)] == ["rejected"]
        assert Outbox(desk.app.workplace.shelf.work).items() == [refused], "with its reason, and not sent again"

    desk.run(story())


@pytest.mark.parametrize("typed", ["101", "9.9x"])
def test_that_a_discount_that_is_refused_leaves_nothing_of_itself_in_the_order(desk: Desk, typed: str) -> None:
    async def story() -> None:
        page = await with_order(desk)
        await tap_part(desk, page, 0, "plus")
        sheet = await line_sheet(desk, page)
        sheet.discount.edit.setFocus()
        QTest.keyClicks(sheet.discount.edit, typed)
        await calm(desk)
        assert sheet.discount.has_error
        assert discount_of(page.order) == 0
        desk.tap(sheet.take)
        assert desk.app.window.open_sheet() is sheet, "it says what is wrong until it is right"
        QTest.keyClick(sheet, Qt.Key.Key_Escape)
        await calm(desk)
        assert discount_of(page.order) == 0
        assert drafts(desk)[0].payload["lines"][0].get("discount_percent", "0") == "0"

    desk.run(story())


def test_that_a_discount_of_the_document_that_is_refused_leaves_nothing_of_itself(desk: Desk) -> None:
    async def story() -> None:
        page = await with_order(desk)
        await tap_part(desk, page, 0, "plus")
        page.details_requested.emit()
        await calm(desk)
        sheet = desk.app.window.open_sheet()
        assert isinstance(sheet, DetailsSheet)
        QTest.keyClicks(sheet.discount.edit, "101")
        await calm(desk)
        assert sheet.discount.has_error
        assert page.order.cart.discount_percent == 0

    desk.run(story())


def test_that_a_tap_on_the_value_of_a_line_explains_it_and_one_elsewhere_edits_it(desk: Desk) -> None:
    async def story() -> None:
        page = await with_order(desk)
        await tap_part(desk, page, 0, "plus")
        rows = page.cart.list
        row = rows.visualRect(page.cart.model.index(0, 0))
        value = net_area(row, page.cart.model.line(0)).center()
        for spot, kind in ((value, PriceSheet), (QPoint(row.left() + 60, row.center().y()), LineSheet)):
            QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=spot)
            await calm(desk)
            sheet = desk.app.window.open_sheet()
            assert isinstance(sheet, kind)
            sheet.close_sheet()
            await calm(desk)

    desk.run(story())


def test_that_what_cannot_be_sold_is_said_with_its_unit_and_never_as_less_than_nothing(desk: Desk) -> None:
    async def story() -> None:
        page = await with_order(desk)
        page.quantity_chosen.emit(0, Decimal(3))
        await calm(desk)
        assert page.cart.sentences()[0].endswith("Only 1\N{NO-BREAK SPACE}pcs can be sold.")
        await page.order.confirm()
        desk.app.window.show_page("main", root=True)
        again = await opened(desk, "order", customer=page.order.cart.customer)
        assert isinstance(again, OrderPage)
        again.quantity_chosen.emit(0, Decimal(1))
        await calm(desk)
        assert again.cart.sentences()[0].endswith("Nothing of it is left to sell, own unsent orders counted.")

    desk.run(story())


def test_that_my_work_says_what_waits_here_and_names_what_has_no_name(desk: Desk) -> None:
    async def story() -> None:
        page = await with_order(desk)
        await tap_part(desk, page, 0, "plus")
        await page.order.save()
        desk.app.window.show_page("main", root=True)
        desk.app.screens.saved()
        await calm(desk)
        face = desk.app.dashboard.tiles["work"].face
        assert (face.figure, face.line) == ("1", "1 draft"), "not everything is sent"
        assert item_title(WorkItem(record="r", kind="travel", state="draft", number="", title="", at="")) == "Travel"

    desk.run(story())
