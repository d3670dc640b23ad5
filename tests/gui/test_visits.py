"""A visit in the real window, step by step to its end; sent to the real gateway."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton

from salesapp.views.appointments.leaving import LeaveSheet
from salesapp.views.appointments.sheets import ReasonSheet, SlotSheet
from salesapp.views.documents.page import DocumentPage
from salesapp.views.order.page import OrderPage
from tests.gui.conftest import Desk
from tests.gui.test_order import tap_part
from tests.gui.test_widgets import Tour
from tests.gui.visiting import PICTURE, element, idle, own, started, take_company, visit

pytestmark = pytest.mark.clock


@pytest.fixture(autouse=True)
def _company(desk: Desk) -> None:
    take_company(desk)


def test_that_a_visit_is_carried_out_step_by_step_survives_a_kill_and_reaches_the_gateway(desk: Desk) -> None:
    async def story() -> None:
        await started(desk)
        desk.gateway.stop()
        page = await visit(desk)
        assert own(desk) == [], "looking writes nothing"
        sheet = await element(desk, page, 0)
        desk.tap(sheet.yes)
        assert sheet.questions[0].error.isVisible(), "required questions are marked"
        for field, answer in zip(sheet.questions, ("yes", "12", "gaps", ""), strict=True):
            field.set_answer(answer)
        desk.tap(sheet.yes)
        await idle(desk)
        assert page.percent.text().startswith("20")
        (draft,) = own(desk)
        assert draft.state == "draft"

        await desk.close()
        await desk.open()  # the window that was killed left its draft
        page = await visit(desk)
        assert page.view is not None
        assert page.view.elements[0].answers == {"On the shelf?": "yes", "How many": "12", "Condition": "gaps"}
        sheet = await element(desk, page, 1)
        desk.tap(next(button for button in sheet.findChildren(QPushButton) if "New order" in button.text()))
        await idle(desk)
        order = desk.app.window.page("order")
        assert isinstance(order, OrderPage)
        assert order.order.cart.appointment == draft.id
        assert order.order.cart.customer_name == "First", "the customer of the appointment"
        await tap_part(desk, order, 0, "plus")
        await order.order.confirm()
        desk.app.window.back()
        desk.app.screens.saved()
        await idle(desk)
        assert page.view.elements[1].state == "completed", "the confirmed order did it"
        assert "SO-1/" in page.cards[1].accessibleName()

        desk.tap(page.buttons["complete"])
        await idle(desk)
        assert own(desk)[0].state == "confirmed"
        desk.gateway.start()
        desk.app.window.show_page("main", root=True)
        assert await desk.synchronize() == "ok"
        kinds = [entry.kind for entry in desk.gateway.connector.delivered]
        assert kinds == ["document", "appointment"]
        sent = desk.gateway.connector.delivered[1].payload
        assert (sent["state"], sent["record"]) == ("completed", draft.id)
        assert [one["state"] for one in sent["elements"]] == ["completed", "completed", "open", "open", "open"]

    desk.run(story())


def test_that_ending_with_required_elements_open_asks_for_a_reason(desk: Desk) -> None:
    async def story() -> None:
        await started(desk)
        page = await visit(desk)
        desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await idle(desk)
        sheet = desk.app.window.open_sheet()
        assert isinstance(sheet, ReasonSheet)
        desk.tap(sheet.yes)
        assert sheet.error.isVisible(), "not without a reason"
        assert sheet.reason.hasFocus(), "it can be typed at once"
        for key in (Qt.Key.Key_Return, Qt.Key.Key_F):
            desk.press(key, Qt.KeyboardModifier.ControlModifier)
            await idle(desk)
            assert desk.app.window.findChildren(ReasonSheet) == [sheet], "keys mean the sheet, not what lies under it"
            assert sheet.reason.hasFocus()
        QTest.keyClicks(sheet.reason, "Closed for stock-taking")
        desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await idle(desk)
        (record,) = own(desk)
        assert (record.payload["state"], record.payload["reason"]) == ("completed", "Closed for stock-taking")
        assert desk.app.window.current == "main"
        page = await visit(desk)
        assert page.buttons["edit"].isVisible()
        desk.tap(page.buttons["edit"])
        await idle(desk)
        assert own(desk)[0].state == "draft"

    desk.run(story())


def test_that_elements_are_refused_with_a_reason_and_a_note_is_kept_for_later(desk: Desk) -> None:
    async def story() -> None:
        await started(desk)
        page = await visit(desk)
        sheet = await element(desk, page, 4)
        assert sheet.note is not None
        sheet.note.setPlainText("Ask for the shelf")
        await leave(desk, "later")
        assert page.view is not None
        assert (page.view.elements[4].state, page.view.elements[4].answers) == ("open", {"note": "Ask for the shelf"})
        sheet = await element(desk, page, 0)
        desk.tap(sheet.no)
        await idle(desk)
        reason = desk.app.window.open_sheet()
        assert isinstance(reason, ReasonSheet)
        reason.reason.setPlainText("No time")
        desk.tap(reason.yes)
        await idle(desk)
        assert (page.view.elements[0].state, page.view.elements[0].reason) == ("rejected", "No time")
        assert page.percent.text().startswith("20")
        sheet = await element(desk, page, 0)
        desk.tap(sheet.again)
        await idle(desk)
        assert page.view.elements[0].state == "open"

    desk.run(story())


def test_that_a_photo_is_taken_in_by_a_dialog_that_blocks_nothing(desk: Desk) -> None:
    async def story() -> None:
        await started(desk)
        page = await visit(desk)
        sheet = await element(desk, page, 3)
        desk.tap(next(button for button in sheet.findChildren(QPushButton) if "Add a photo" in button.text()))
        await idle(desk)
        dialog = desk.app.window.findChild(QFileDialog)
        assert dialog is not None
        picture = next(iter(sorted(PICTURE.rglob("*.jpg")) or sorted(PICTURE.rglob("*.png"))))
        dialog.filesSelected.emit([str(picture), str(Path(__file__))])
        dialog.close()
        await idle(desk)
        told = desk.app.window.message.accessibleName()
        assert "test_visits.py is not a picture" in told, "what is no picture is told and left out"
        assert desk.app.window.open_sheet() is None, "nothing lies over what is told"
        sheet_ = await element(desk, page, 3)
        assert sheet_.photos is not None
        desk.tap(sheet_.photos.to_erp)
        await idle(desk)
        desk.tap(sheet_.yes)
        await idle(desk)
        assert page.view is not None
        assert page.view.elements[3].state == "completed"
        assert "1 photo" in page.cards[3].accessibleName()
        (photo,) = page.view.elements[3].answers["files"]
        assert desk.app.workplace.picture(photo["sha256"])
        assert not photo["upload_to_erp"]
        assert "only on this device" in page.cards[3].accessibleName()
        sheet_ = await element(desk, page, 3)
        desk.tap(sheet_.again)
        await idle(desk)
        sheet_ = await element(desk, page, 3)
        assert sheet_.photos is not None
        desk.tap(sheet_.photos.removes[0])
        await idle(desk)
        assert page.view.elements[3].answers == {}
        assert sheet_.photos.removes == []

    desk.run(story())


def test_that_the_description_saves_itself_and_what_waits_for_the_office_says_so(desk: Desk) -> None:
    async def story() -> None:
        await started(desk)
        page = await visit(desk, "Planned")
        assert not page.buttons["complete"].isVisible()
        assert page.state.isVisible()
        page = await visit(desk)
        page.description.setPlainText("New shelf from April")
        desk.press(Qt.Key.Key_Escape)
        await idle(desk)
        assert [entry.payload["description"] for entry in own(desk)] == ["New shelf from April"]

    desk.run(story())


def test_that_a_visit_is_rejected_moved_and_copied(desk: Desk) -> None:
    async def story() -> None:
        await started(desk)
        page = await visit(desk)
        desk.tap(page.buttons["reschedule"])
        sheet = desk.app.window.open_sheet()
        assert isinstance(sheet, SlotSheet)
        sheet.fields.at.edit.setText("25:00")
        desk.tap(sheet.yes)
        assert sheet.fields.at.error.isVisible()
        sheet.fields.at.edit.setText("1645")
        sheet.fields.date.setDate(sheet.fields.date.date().addDays(2))
        desk.tap(sheet.yes)
        await idle(desk)
        assert page.view is not None
        assert page.view.visit.start.strftime("%H:%M") == "16:45"
        desk.tap(page.buttons["reject"])
        reason = desk.app.window.open_sheet()
        assert isinstance(reason, ReasonSheet)
        reason.reason.setPlainText("The owner is away")
        desk.tap(reason.yes)
        await idle(desk)
        assert [entry.payload["state"] for entry in own(desk)] == ["rejected"]
        desk.tap(page.more)
        await idle(desk)
        more = desk.app.window.open_sheet()
        assert more is not None
        names = [more.model.choice(row).key for row in range(more.model.rowCount())]  # type: ignore[attr-defined]
        assert names == ["copy", "edit", "files"]
        more.list.opened.emit(0)  # type: ignore[attr-defined]
        copy = desk.app.window.open_sheet()
        assert isinstance(copy, SlotSheet)
        desk.tap(copy.yes)
        await idle(desk)
        assert [entry.payload["state"] for entry in own(desk)] == ["confirmed", "rejected"]
        assert page.view.visit.state == "confirmed", "the copy is open now"

    desk.run(story())


def test_that_a_visit_that_the_erp_rejects_says_why_and_is_mended_and_accepted(desk: Desk) -> None:
    async def story() -> None:
        await started(desk)
        page = await visit(desk)
        desk.app.screens.spawn(desk.app.screens.opener("appointment").visit.reject("Closed"))  # type: ignore[attr-defined]
        await idle(desk)
        desk.gateway.connector.rejected_kinds.add("appointment")
        desk.app.window.show_page("main", root=True)
        await desk.synchronize()
        desk.app.window.show_page("main", root=True)
        page = await visit(desk)
        assert page.view is not None
        assert page.view.error_code == "submission.refused_by_erp"
        assert page.buttons["edit"].text().strip() == "Fix and send again"
        tour = Tour(desk)
        await tour.look("a visit that was rejected")
        tour.end()
        desk.tap(page.buttons["edit"])
        await idle(desk)
        desk.tap(page.buttons["reject"])
        reason = desk.app.window.open_sheet()
        assert isinstance(reason, ReasonSheet)
        reason.reason.setPlainText("Closed for stock-taking")
        desk.tap(reason.yes)
        await idle(desk)
        desk.gateway.connector.rejected_kinds.clear()
        desk.app.window.show_page("main", root=True)
        assert await desk.synchronize() == "ok"
        (record,) = own(desk)
        assert (record.submission_state, record.payload["reason"]) == ("in_erp", "Closed for stock-taking")

    desk.run(story())


async def leave(desk: Desk, how: str) -> None:
    """Escape, and what is to become of the element."""
    desk.press(Qt.Key.Key_Escape)
    await desk.settle()
    sheet = desk.app.window.open_sheet()
    assert isinstance(sheet, LeaveSheet)
    desk.tap(sheet.buttons[how])
    await idle(desk)


def test_that_leaving_an_unfinished_element_asks_what_becomes_of_it(desk: Desk) -> None:
    async def story() -> None:
        await started(desk)
        page = await visit(desk)
        sheet = await element(desk, page, 0)
        sheet.questions[0].set_answer("yes")
        await leave(desk, "stay")
        assert desk.app.window.open_sheet() is sheet, "it stays open"
        await leave(desk, "done")
        assert desk.app.window.open_sheet() is sheet, "not without the other answers"
        assert sheet.questions[1].error.isVisible()
        assert page.view is not None
        await leave(desk, "drop")
        assert desk.app.window.open_sheet() is None
        assert page.view.elements[0].answers == {}
        sheet = await element(desk, page, 0)
        sheet.questions[0].set_answer("yes")
        sheet.questions[1].set_answer("7")
        await leave(desk, "later")
        assert (page.view.elements[0].state, page.view.elements[0].answers) == (
            "open",
            {"On the shelf?": "yes", "How many": "7"},
        )
        assert "Started" in page.cards[0].accessibleName()
        sheet = await element(desk, page, 0)
        desk.press(Qt.Key.Key_Escape)
        await idle(desk)
        assert desk.app.window.open_sheet() is None, "nothing new, nothing to ask"
        sheet = await element(desk, page, 0)
        sheet.questions[3].set_answer("dusty")
        await leave(desk, "not_done")
        reason = desk.app.window.open_sheet()
        assert isinstance(reason, ReasonSheet)
        reason.reason.setPlainText("No time")
        desk.tap(reason.yes)
        await idle(desk)
        assert page.view.elements[0].state == "rejected"
        assert page.view.elements[0].answers["Remarks"] == "dusty", "what was typed stays with it"

    desk.run(story())


def test_that_what_is_typed_into_an_element_survives_a_kill(desk: Desk) -> None:
    async def story() -> None:
        await started(desk)
        page = await visit(desk)
        sheet = await element(desk, page, 4)
        assert sheet.note is not None
        QTest.keyClicks(sheet.note, "Ask for Anna")
        await desk.until(lambda: own(desk))
        await idle(desk)
        await desk.close()
        await desk.open()
        page = await visit(desk)
        assert page.view is not None
        assert page.view.elements[4].answers == {"note": "Ask for Anna"}

    desk.run(story())


def test_that_an_order_of_a_visit_leads_back_to_it_and_one_without_a_customer_has_none(
    desk: Desk,
) -> None:
    private = desk.gateway.connector.company["appointments.appointments"]["PRIVATE"]
    private["template"] = "TPL"
    desk.gateway.take()

    async def story() -> None:
        await started(desk)
        page = await visit(desk)
        sheet = await element(desk, page, 1)
        desk.tap(next(button for button in sheet.findChildren(QPushButton) if "New order" in button.text()))
        await idle(desk)
        order = desk.app.window.page("order")
        assert isinstance(order, OrderPage)
        assert order.order.cart.customer_name == "First"
        await tap_part(desk, order, 0, "plus")
        desk.tap(order.cart.primary)
        await idle(desk)
        if desk.app.window.open_sheet() is not None:
            desk.tap(desk.app.window.open_sheet().yes)  # type: ignore[union-attr]
            await idle(desk)
        document = desk.app.window.page("document")
        assert isinstance(document, DocumentPage)
        assert desk.app.window.current == "document"
        assert document.visit is not None
        desk.tap(document.visit)
        await idle(desk)
        assert desk.app.window.current == "appointment"
        assert page.view is not None
        assert page.view.visit.name == "Next"
        assert page.view.elements[1].state == "completed"
        page = await visit(desk, "Car")
        sheet = await element(desk, page, 1)
        desk.tap(next(button for button in sheet.findChildren(QPushButton) if "New order" in button.text()))
        await idle(desk)
        assert desk.app.window.current == "appointment"
        assert "no customer" in page.message.accessibleName()
        assert own(desk)[0].payload["name"] != "Car", "and the visit has not begun by that"

    desk.run(story())


def test_that_a_completed_visit_takes_another_description_until_it_is_sent(desk: Desk) -> None:
    async def story() -> None:
        await started(desk)
        page = await visit(desk, "Missed")
        desk.tap(page.buttons["reject"])
        reason = desk.app.window.open_sheet()
        assert isinstance(reason, ReasonSheet)
        reason.reason.setPlainText("Closed")
        desk.tap(reason.yes)
        await idle(desk)
        assert not page.description.isReadOnly()
        page.description.clear()
        QTest.keyClicks(page.description, "Again in April")
        desk.press(Qt.Key.Key_Escape)
        await idle(desk)
        (record,) = own(desk)
        assert (record.payload["state"], record.payload["description"]) == ("rejected", "Again in April")
        desk.app.window.show_page("main", root=True)
        assert await desk.synchronize() == "ok"
        assert [entry.payload["description"] for entry in desk.gateway.connector.delivered] == ["Again in April"]
        desk.app.window.show_page("main", root=True)
        page = await visit(desk, "Missed")
        assert page.description.isReadOnly(), "it was synchronized"

    desk.run(story())
