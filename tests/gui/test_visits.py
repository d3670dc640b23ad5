"""A visit in the real window, step by step to its end; sent to the real gateway."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

from salesapp.views.appointments.elements import ElementSheet
from salesapp.views.appointments.sheets import ReasonSheet, SlotSheet
from salesapp.views.order.page import OrderPage
from tests.gui.conftest import Desk
from tests.gui.test_order import tap_part
from tests.gui.test_widgets import Tour
from tests.gui.visiting import PICTURE, element, idle, own, started, take_company, visit


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
        sheet.reason.setPlainText("Closed for stock-taking")
        desk.tap(sheet.yes)
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


def test_that_elements_are_refused_with_a_reason_and_a_note_is_kept_when_its_sheet_closes(desk: Desk) -> None:
    async def story() -> None:
        await started(desk)
        page = await visit(desk)
        sheet = await element(desk, page, 4)
        assert sheet.note is not None
        sheet.note.setPlainText("Ask for the shelf")
        desk.press(Qt.Key.Key_Escape)
        await idle(desk)
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
        dialog.fileSelected.emit(str(picture))
        dialog.close()
        await idle(desk)
        sheet_ = desk.app.window.open_sheet()
        assert isinstance(sheet_, ElementSheet)
        desk.tap(sheet_.yes)
        await idle(desk)
        assert page.view is not None
        assert page.view.elements[3].state == "completed"
        assert "1 photo" in page.cards[3].accessibleName()
        assert desk.app.workplace.picture(page.view.elements[3].answers["files"][0]["sha256"])

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
        assert names == ["copy", "edit"]
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
