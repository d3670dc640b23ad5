"""Nothing happens by accident: not by the wheel over a field, and not by Esc and Enter."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDateEdit, QWidget

from salesapp.models.choices import Choice
from salesapp.views.appointments.leaving import LeaveSheet
from salesapp.views.appointments.plan import PlanPage
from salesapp.views.appointments.sheets import ReasonSheet
from salesapp.views.confirm import RemoveSheet
from salesapp.views.order.details import DetailsSheet
from salesapp.views.order.ending import EndSheet, WarningSheet
from salesapp.views.order.grid import GridSheet
from salesapp.views.parts.buttons import Button
from salesapp.views.parts.picking_list import ChoiceSheet
from salesapp.views.parts.sheet import Sheet
from salesapp.views.parts.signature import SignatureSheet
from salesapp.views.requests import OpenDocuments, PlanAppointment
from salesapp.views.work.page import WorkPage
from tests.gui.conftest import WindowDriver
from tests.gui.test_order import drafts, tap_part, with_order
from tests.gui.test_travel import form, travel
from tests.gui.visiting import idle, started, take_company

pytestmark = pytest.mark.clock
CHOICES = [Choice(number, f"Customer {number}") for number in range(30)]


def turn(widget: QWidget, by: int) -> None:
    """The wheel, turned where the pointer is over a widget, which leaves it to the form that scrolls."""
    place, none = QPointF(widget.rect().center()), Qt.MouseButton.NoButton
    phase, keys = Qt.ScrollPhase.NoScrollPhase, Qt.KeyboardModifier.NoModifier
    there, is_inverted = widget.mapToGlobal(place), False
    event = QWheelEvent(place, there, QPoint(), QPoint(0, by), none, keys, phase, is_inverted)
    QApplication.sendEvent(widget, event)
    assert not event.isAccepted()


def values(form: QWidget) -> list[object]:
    found: list[object] = [field.currentData() for field in form.findChildren(QComboBox)]
    return found + [field.date() for field in form.findChildren(QDateEdit)]


def turn_over_all(form: QWidget) -> None:
    fields = [part for part in form.findChildren(QWidget) if isinstance(part, QComboBox | QDateEdit)]
    fields = [field for field in fields if field.isEnabled()]
    assert fields, "a form without a field to turn shows nothing"
    for field in fields:
        for by in (-120, 120, 120):
            before = values(form)
            turn(field, by)
            assert values(form) == before


def test_that_the_wheel_changes_no_field_in_the_details_of_an_order(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await with_order(driver)
        await tap_part(driver, page, 0, "plus")
        page.details_requested.emit()
        await idle(driver)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, DetailsSheet)
        (before,) = drafts(driver)
        turn_over_all(sheet)
        await idle(driver)
        assert drafts(driver) == [before]

    driver.run(story())


def test_that_the_wheel_changes_no_field_of_a_plan_or_a_travel_entry(driver: WindowDriver) -> None:
    take_company(driver)

    async def story() -> None:
        await started(driver)
        driver.app.screens.open(PlanAppointment())
        await idle(driver)
        plan = driver.app.window.page("plan_appointment")
        assert isinstance(plan, PlanPage)
        turn_over_all(plan)
        driver.app.window.show_page("main", root=True)
        await travel(driver)
        driver.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        turn_over_all(await form(driver))

    driver.run(story())


def sheets(window: QWidget) -> dict[str, tuple[Sheet, Callable[[], QWidget]]]:
    """Sheets with something that cannot be taken back, or something to type, and where their focus belongs."""
    end = EndSheet(window, can_be_confirmed=True, is_new=False)
    know = WarningSheet(window, lambda: ["Only 12 pcs in stock"])
    remove = RemoveSheet(window, has_number=True)
    leave = LeaveSheet(window, "Shelf check")
    reason = ReasonSheet(window, "Reject", "Why?", "Reject")
    signature = SignatureSheet(window, "23.37 PLN")
    grid = GridSheet(window)
    pick = ChoiceSheet(window, "Whose order is it?", "Close", CHOICES, search=lambda _typed: CHOICES)
    menu = ChoiceSheet(window, "Which one?", "Close", CHOICES)
    return {
        "end": (end, lambda: end.save),
        "know": (know, lambda: know.no),
        "remove": (remove, lambda: remove.no),
        "leave": (leave, lambda: leave.buttons["later"]),
        "reason": (reason, lambda: reason.reason),
        "signature": (signature, lambda: signature.name.edit),
        "grid": (grid, lambda: grid.code.edit),
        "pick": (pick, lambda: pick.search.edit),
        "menu": (menu, lambda: menu.list),
    }


def test_that_sheets_open_with_the_focus_on_what_is_harmless(driver: WindowDriver) -> None:
    async def story() -> None:
        await driver.begin("rep1")
        for name, (sheet, wanted) in sheets(driver.app.window).items():
            sheet.open()
            await driver.settle()
            assert driver.app.window.focusWidget() is wanted(), name
            sheet.close_sheet()
            await driver.settle()

    driver.run(story())


def test_that_esc_and_enter_never_confirm_an_order(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await with_order(driver)
        await tap_part(driver, page, 0, "plus")
        driver.press(Qt.Key.Key_Escape)
        await idle(driver)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, EndSheet)
        focus = driver.app.window.focusWidget()
        assert isinstance(focus, Button)
        focus.click()  # what Enter does where a platform takes it for a click
        await idle(driver)
        assert [(one.state, one.number) for one in drafts(driver)] == [("draft", None)]

    driver.run(story())


def test_that_a_list_to_choose_from_is_searched_at_once_and_entered_by_down(driver: WindowDriver) -> None:
    async def story() -> None:
        await driver.begin("rep1")
        found: list[str] = []

        def look_for(typed: str) -> list[Choice]:
            found.append(typed)
            return [one for one in CHOICES if typed in one.title]

        chosen: list[object] = []
        sheet = ChoiceSheet(driver.app.window, "Whose order is it?", "Close", CHOICES, search=look_for)
        sheet.chosen.connect(chosen.append)
        sheet.open()
        await driver.settle()
        QTest.keyClicks(driver.app.window.focusWidget(), "r 7")
        await driver.until(lambda: found and found[-1] == "r 7")
        driver.press(Qt.Key.Key_Down)
        assert sheet.list.hasFocus()
        assert sheet.list.currentIndex().row() == 0, "in sight"
        driver.press(Qt.Key.Key_Return)
        assert chosen == [7]

    driver.run(story())


def test_that_documents_ask_whose_order_or_quote_it_is(driver: WindowDriver) -> None:
    async def story() -> None:
        await driver.begin("rep1")
        driver.app.screens.open(OpenDocuments())
        await idle(driver)
        page = driver.app.window.page("documents")
        assert isinstance(page, WorkPage)
        page.quote.click()
        assert title_in_front(driver) == "Whose quote is it?"
        driver.press(Qt.Key.Key_Escape)
        page.list.setFocus()
        driver.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        assert title_in_front(driver) == "Whose order is it?"

    driver.run(story())


def title_in_front(driver: WindowDriver) -> str:
    sheet = driver.app.window.open_sheet()
    assert isinstance(sheet, ChoiceSheet)
    return sheet.title.text()
