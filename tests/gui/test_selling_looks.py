"""The layout of the selling screens: bars that fit, facts side by side, rows and boxes as designed."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from salesapp.models.own_work import WorkModel
from salesapp.services.own_work import WorkItem
from salesapp.settings import Settings
from salesapp.views.customers.form import CustomerForm
from salesapp.views.items.delegates import CardDelegate
from salesapp.views.look.theme import theme
from salesapp.views.parts.fields import Segmented
from salesapp.views.parts.touch_list import TouchList
from salesapp.views.receipts.labels import item_title
from salesapp.views.receipts.rows import HEIGHT, WorkDelegate
from salesapp.views.work.document_page import ACTIONS, Fact
from tests.gui.among_items import calm, with_items
from tests.gui.conftest import WindowDriver
from tests.gui.test_widgets import Tour
from tests.gui.test_work import with_rejected

ADDRESS = "ul. Rynek 61, 65-048 Zielona Góra"


@pytest.fixture
def room(qapp: QApplication) -> Iterator[QWidget]:
    """A window with the light theme, without the rest of the app."""
    theme().set_mode("light")
    window = QWidget()
    window.resize(600, 300)
    window.show()
    QTest.qWaitForWindowActive(window)
    yield window
    window.deleteLater()
    qapp.processEvents()


def inked(view: TouchList, area: QRect) -> QRect:
    """Returns where a part of a list has text."""
    picture = view.viewport().grab(area).toImage()
    ground = picture.pixelColor(0, 0)
    found = QRect()
    for x in range(picture.width()):
        for y in range(picture.height()):
            if picture.pixelColor(x, y) != ground:
                found |= QRect(x, y, 1, 1)
    return found


@pytest.mark.parametrize("width", [750, 751, 752])
def test_that_a_row_of_choices_ends_at_the_common_margin(room: QWidget, width: int) -> None:
    choices = Segmented(("kg", "box", "pallet"))
    choices.set_texts({name: name for name in ("kg", "box", "pallet")}, "Unit")
    choices.setParent(room)
    choices.resize(width, choices.sizeHint().height())
    choices.show()
    places = [button.geometry() for button in choices.buttons.values()]
    assert (places[0].left(), places[-1].right() + 1) == (0, width)
    assert {after.left() - before.right() - 1 for before, after in pairwise(places)} == {8}


@pytest.mark.parametrize(("width", "columns"), [(800, 3), (1280, 5)])
def test_that_tiles_of_items_keep_the_margins_of_the_screen(driver: WindowDriver, width: int, columns: int) -> None:
    async def day() -> None:
        page = await with_items(driver, width, 1000)
        driver.tap(page.view_button)
        await calm(driver)
        last = page.tiles.model().rowCount() - 1
        cells = [page.tiles.visualRect(page.tiles.model().index(row, 0)) for row in range(min(columns, last + 1))]
        tiles = [CardDelegate.card(cell).translated(page.tiles.mapTo(page, QPoint())) for cell in cells]
        pitch = page.tiles.gridSize().width()
        assert tiles[0].left() == 24
        assert all(after.left() - before.left() == pitch for before, after in pairwise(tiles))
        free = width - 24 - (tiles[0].right() + 1 + pitch * (columns - 1))
        assert page.tiles.viewport().width() // pitch == columns
        assert free in range(columns)

    driver.run(day())


def test_that_all_actions_of_a_document_fit(driver: WindowDriver) -> None:
    async def day() -> None:
        page = await with_rejected(driver)
        tour = Tour(driver)
        await tour.look("rejected order")
        driver.app._on_setting_changed(Settings.language, "pl")
        driver.app.window.resize(800, 1280)
        await driver.settle()
        bare = [name for name, button in page.buttons.items() if button.isVisible() and not button.text()]
        assert bare == ["void", "export", "attach", "mail", "pdf"], "as many words as have room"
        assert page.buttons["void"].toolTip() == page.buttons["void"].accessibleName() == "Anuluj dokument"
        assert page.foot.height() == 96
        assert page.view is not None
        quote = replace(page.view, item=replace(page.view.item, type="sales_quote"))
        page.show_document(quote)
        await tour.look("rejected quote")
        assert all(page.buttons[name].isVisible() for name in ACTIONS if name != "return"), "only an order comes back"
        driver.app._on_setting_changed(Settings.language, "pl")
        driver.app.window.resize(640, 900)
        await driver.settle()
        shown = [button for button in page.buttons.values() if button.isVisible()]
        tops = {button.mapTo(page, QPoint(0, 0)).y() for button in shown}
        assert len(tops) == 2, "eight icons have no room beside each other"
        assert page.foot.height() > 96, "the bar is as high as they need"
        tour.end()

    driver.run(day())


def test_that_facts_stand_side_by_side_if_both_fit(driver: WindowDriver) -> None:
    async def day() -> None:
        page = await with_rejected(driver)
        assert page.view is not None
        words = "Deliver at the back door, ring twice, and leave the pallets beside the cold room, not before it."
        page.show_document(replace(page.view, delivery_address=ADDRESS, payment_form="Prepaid", description=words))
        for width, columns in ((1280, 2), (800, 2), (400, 1)):
            driver.app.window.resize(width, 800)
            await driver.settle()
            facts = {fact.words[1]: fact for fact in page.findChildren(Fact) if fact.isVisibleTo(page)}
            address, text = facts[ADDRESS], facts[words]
            above = [fact for fact in facts.values() if fact.y() == address.y()]
            assert len(above) == columns, width
            assert [fact for fact in facts.values() if fact.y() == text.y()] == [text], "too long for a half"
            assert text.width() >= address.width() * columns

    driver.run(day())


@pytest.mark.parametrize("width", [1200, 760])
def test_that_a_name_without_a_second_line_is_centred_in_its_row(room: QWidget, width: int) -> None:
    model, view = WorkModel(item_title), TouchList()
    view.setParent(room)
    view.setItemDelegate(WorkDelegate(view))
    view.setModel(model)
    view.resize(width, 3 * HEIGHT)
    at = "2026-03-02T08:00:00Z"
    model.show(
        [
            WorkItem("f", "file", "on_device", "", "shelf", at),
            WorkItem("t", "travel", "on_device", "", "Sopot", at, count=19),
        ]
    )
    view.show()
    alone, with_more = (inked(view, QRect(60, row * HEIGHT + 4, 100, HEIGHT - 8)) for row in (0, 1))
    assert abs(alone.center().y() + 4 - HEIGHT // 2) <= 2
    assert with_more.height() > alone.height() * 2
    assert abs(with_more.center().y() + 4 - HEIGHT // 2) <= 3


def test_that_a_box_for_text_has_the_outline_of_every_field(room: QWidget) -> None:
    box = QPlainTextEdit(room)
    box.setGeometry(20, 20, 300, 100)
    other = QPlainTextEdit(room)
    other.setGeometry(20, 140, 300, 100)
    box.show()
    other.show()
    other.setFocus()
    edge = [QPoint(150, y) for y in (0, 1, 2)]
    control, accent, surface = (theme().color(name) for name in ("control", "accent", "surface"))
    picture = box.grab().toImage()
    assert [picture.pixelColor(place) for place in edge] == [control, surface, surface]
    begins = box.cursorRect().translated(box.viewport().pos())
    box.setFocus()
    picture = box.grab().toImage()
    assert [picture.pixelColor(place) for place in edge] == [accent, accent, surface]
    assert box.cursorRect().translated(box.viewport().pos()) == begins, "what is written does not move"


@pytest.mark.parametrize(("width", "columns"), [(1280, 2), (800, 2), (640, 1)])
def test_that_notes_have_the_whole_width_of_a_customers_form(room: QWidget, width: int, columns: int) -> None:
    room.resize(width, 800)
    form = CustomerForm()
    form.setParent(room)
    form.resize(width, 800)
    form.show()
    form.grab()
    phone, email = form.fields["phone"], form.fields["email"]
    assert (phone.y() == email.y()) is (columns == 2)
    assert form.notes.width() == (email.geometry() | phone.geometry()).width()
