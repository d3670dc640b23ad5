"""Taking back and typing: in the real window, in the draft at once, and still there after a restart."""

import asyncio
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from salesapp.views.order.details import DetailsSheet
from salesapp.views.order.line_sheet import LineSheet
from salesapp.views.order.page import OrderPage
from salesapp.views.parts.wedge import WITHIN_MS
from tests.gui.conftest import Desk
from tests.gui.test_order import drafts, new_order, tap_part, tap_row, with_order

CTRL = Qt.KeyboardModifier.ControlModifier


def quantities(page: OrderPage) -> list[Decimal]:
    return [line.quantity for line in page.order.cart.lines]


def saved(desk: Desk) -> list[str]:
    (draft,) = drafts(desk)
    return [line["quantity"] for line in draft.payload["lines"]]


async def calm(desk: Desk) -> None:
    await desk.until(lambda: not desk.app._tasks)


def test_that_a_removed_line_comes_back_by_one_tap_or_by_ctrl_z_also_after_a_restart(desk: Desk) -> None:
    async def story() -> None:
        page = await with_order(desk)
        assert not page.undo.isEnabled()
        await tap_part(desk, page, 0, "plus")
        await tap_part(desk, page, 1, "plus")
        await tap_part(desk, page, 1, "minus")
        assert quantities(page) == [1]
        notice = page.cart.notice
        assert notice.accessibleName() == "Line removed Item I2 Żółć"
        desk.tap(notice.action)
        await calm(desk)
        assert quantities(page) == [1, 1]
        assert saved(desk) == ["1", "1"]
        assert notice.accessibleName() == "Taken back"
        desk.tap(notice.action)
        await calm(desk)
        assert quantities(page) == [1], "done again"
        QTest.keyClick(page.list, Qt.Key.Key_Z, CTRL)
        QTest.keyClick(page.list, Qt.Key.Key_Z, CTRL)
        await calm(desk)
        assert quantities(page) == [1]
        QTest.keyClick(page.list, Qt.Key.Key_Y, CTRL)
        await calm(desk)
        assert quantities(page) == [1, 1]
        page.order.change(discount_percent=Decimal(2))
        await calm(desk)
        (draft,) = drafts(desk)
        await desk.close()
        await desk.open()
        page = await new_order(desk, customer=None, record=draft.id)
        page.focus_search()
        QTest.keyClick(page.search.edit, Qt.Key.Key_Z, CTRL)
        await calm(desk)
        assert page.order.cart.discount_percent == 0, "an empty search takes nothing from the order"
        desk.tap(page.undo)
        desk.tap(page.undo)
        await calm(desk)
        assert quantities(page) == []
        assert not page.undo.isEnabled()

    desk.run(story())


def test_that_what_is_typed_is_in_the_draft_at_once(desk: Desk) -> None:
    desk.gateway.connector.company["auxiliary.profiles"]["field"]["maximum_discount_percent"] = 50_000
    desk.gateway.take()

    async def story() -> None:
        page = await with_order(desk)
        page.list.setFocus()
        page.list.setCurrentIndex(page.items.index(0, 0))
        for key in (Qt.Key.Key_4, Qt.Key.Key_2):
            QTest.keyClick(page.list, key)
            await asyncio.sleep(2 * WITHIN_MS / 1000)
        await calm(desk)
        assert saved(desk) == ["42"], "without Enter"
        QTest.keyClick(page.list, Qt.Key.Key_Escape)
        await calm(desk)
        assert quantities(page) == [], "Esc: as it was before"
        await tap_row(desk, page, 1)
        sheet = desk.app.window.open_sheet()
        assert isinstance(sheet, LineSheet)
        assert quantities(page) == [], "looking at an item orders nothing"
        QTest.keyClicks(sheet.quantity.edit, "12")
        QTest.keyClicks(sheet.description.edit, "zimne")
        QTest.keyClicks(sheet.discount.edit, "9")
        await calm(desk)
        assert sheet.discount.error.text() == "At most 5 %"
        (draft,) = drafts(desk)
        (line,) = draft.payload["lines"]
        assert (line["quantity"], line["description"]) == ("12", "zimne")
        assert "discount_percent" not in line
        assert sheet.price.text().startswith("12\N{NO-BREAK SPACE}pcs \N{MULTIPLICATION SIGN} 10.00 = 120.00")
        desk.tap(sheet.quantity.more)
        sheet.discount.edit.setText("3")
        desk.tap(sheet.take)
        page.details.click()
        await calm(desk)
        details = desk.app.window.open_sheet()
        assert isinstance(details, DetailsSheet)
        QTest.keyClicks(details.description, "Rampa 3")
        details.discount.edit.setText("4")
        assert details.discount.error.text() == "At most 2 %", "3 of 5 are given on a line"
        details.discount.edit.setText("1,5")
        await calm(desk)
        (draft,) = drafts(desk)
        assert draft.payload["description"] == "Rampa 3"
        assert draft.payload["discount_percent"] == "1.5"
        assert draft.payload["lines"][0]["quantity"] == "13"
        desk.tap(details.take)

    desk.run(story())


def test_that_each_line_of_an_item_is_edited_for_itself_and_the_last_order_comes_back(desk: Desk) -> None:
    async def story() -> None:
        page = await with_order(desk)
        await tap_part(desk, page, 0, "plus")
        page.order.copy_line("1")
        await calm(desk)
        page.cart.list.opened.emit(1)
        await calm(desk)
        sheet = desk.app.window.open_sheet()
        assert isinstance(sheet, LineSheet)
        sheet.quantity.edit.setText("5")
        desk.tap(sheet.take)
        await calm(desk)
        assert quantities(page) == [1, 5]
        await page.order.confirm()
        desk.app.window.show_page("main", root=True)
        page = await new_order(desk)
        assert page.items.row(0).last == 1
        assert page.cart.same.isVisible()
        desk.tap(page.cart.same)
        await calm(desk)
        assert quantities(page) == [6]
        assert not page.cart.same.isVisible()

    desk.run(story())
