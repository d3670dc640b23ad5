"""A visit in the real window, step by step to its end, sent to the real gateway."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton

from salesapp.domain.objects.appointments import Answers
from salesapp.views.appointments.leaving import LeaveSheet
from salesapp.views.appointments.presenter import AppointmentPresenter
from salesapp.views.appointments.sheets import ReasonSheet, SlotSheet
from salesapp.views.order.page import OrderPage
from salesapp.views.work.document_page import DocumentPage
from tests.gui.conftest import WindowDriver
from tests.gui.test_order import tap_part
from tests.gui.test_widgets import Tour
from tests.gui.visiting import PICTURE, element, idle, own, started, take_company, visit

pytestmark = pytest.mark.clock


@pytest.fixture(autouse=True)
def _company(driver: WindowDriver) -> None:
    take_company(driver)


def test_that_a_visit_is_carried_out_step_by_step_survives_a_kill_and_reaches_the_gateway(driver: WindowDriver) -> None:
    async def story() -> None:
        await started(driver)
        driver.gateway.stop()
        page = await visit(driver)
        assert own(driver) == [], "looking writes nothing"
        sheet = await element(driver, page, 0)
        driver.tap(sheet.yes)
        assert sheet.questions[0].error.isVisible(), "required questions are marked"
        for field, answer in zip(sheet.questions, ("yes", "12", "gaps", ""), strict=True):
            field.set_answer(answer)
        driver.tap(sheet.yes)
        await idle(driver)
        assert page.percent.text().startswith("20")
        (draft,) = own(driver)
        assert draft.state == "draft"

        await driver.close()
        await driver.open()  # the draft of the killed window
        page = await visit(driver)
        assert page.view is not None
        assert page.view.elements[0].answers == Answers(
            {"On the shelf?": "yes", "How many": "12", "Shelf state": "gaps"}
        )
        sheet = await element(driver, page, 1)
        driver.tap(next(button for button in sheet.findChildren(QPushButton) if "New order" in button.text()))
        await idle(driver)
        order = driver.app.window.page("order")
        assert isinstance(order, OrderPage)
        assert order.order.cart.appointment == draft.id
        assert order.order.cart.customer_name == "First", "the customer of the appointment"
        await tap_part(driver, order, 0, "plus")
        await order.order.confirm()
        driver.app.window.back()
        driver.app.screens.saved()
        await idle(driver)
        assert page.view.elements[1].state == "completed", "the confirmed order did it"
        assert "SO-1/" in page.cards[1].accessibleName()

        driver.tap(page.buttons["complete"])
        await idle(driver)
        assert own(driver)[0].state == "confirmed"
        driver.gateway.start()
        driver.app.window.show_page("main", root=True)
        assert await driver.synchronize() == "ok"
        kinds = [entry.kind for entry in driver.gateway.connector.delivered]
        assert kinds == ["document", "appointment"]
        sent = driver.gateway.connector.delivered[1].payload
        assert (sent["state"], sent["record"]) == ("completed", draft.id)
        assert [one["state"] for one in sent["elements"]] == ["completed", "completed", "open", "open", "open"]

    driver.run(story())


def test_that_ending_with_required_elements_open_asks_for_a_reason(driver: WindowDriver) -> None:
    async def story() -> None:
        await started(driver)
        page = await visit(driver)
        driver.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await idle(driver)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, ReasonSheet)
        driver.tap(sheet.yes)
        assert sheet.error.isVisible(), "not without a reason"
        assert sheet.reason.hasFocus(), "it can be typed at once"
        for key in (Qt.Key.Key_Return, Qt.Key.Key_F):
            driver.press(key, Qt.KeyboardModifier.ControlModifier)
            await idle(driver)
            assert driver.app.window.findChildren(ReasonSheet) == [sheet], "keys mean the sheet, not what lies under it"
            assert sheet.reason.hasFocus()
        QTest.keyClicks(sheet.reason, "Closed for stock-taking")
        driver.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await idle(driver)
        (record,) = own(driver)
        assert (record.payload.state, record.payload.reason) == ("completed", "Closed for stock-taking")
        assert driver.app.window.current == "main"
        page = await visit(driver)
        assert page.buttons["edit"].isVisible()
        driver.tap(page.buttons["edit"])
        await idle(driver)
        assert own(driver)[0].state == "draft"

    driver.run(story())


def test_that_elements_can_be_refused_with_a_reason_and_a_note_saved_for_later(driver: WindowDriver) -> None:
    async def story() -> None:
        await started(driver)
        page = await visit(driver)
        sheet = await element(driver, page, 4)
        assert sheet.note is not None
        sheet.note.setPlainText("Ask for the shelf")
        await leave(driver, "later")
        assert page.view is not None
        assert (page.view.elements[4].state, page.view.elements[4].answers.note) == ("open", "Ask for the shelf")
        sheet = await element(driver, page, 0)
        driver.tap(sheet.no)
        await idle(driver)
        reason = driver.app.window.open_sheet()
        assert isinstance(reason, ReasonSheet)
        reason.reason.setPlainText("No time")
        driver.tap(reason.yes)
        await idle(driver)
        assert (page.view.elements[0].state, page.view.elements[0].reason) == ("rejected", "No time")
        assert page.percent.text().startswith("20")
        sheet = await element(driver, page, 0)
        driver.tap(sheet.again)
        await idle(driver)
        assert page.view.elements[0].state == "open"

    driver.run(story())


def test_that_a_photo_is_added_by_a_dialog_that_blocks_nothing(driver: WindowDriver) -> None:
    async def story() -> None:
        await started(driver)
        page = await visit(driver)
        sheet = await element(driver, page, 3)
        driver.tap(next(button for button in sheet.findChildren(QPushButton) if "Add a photo" in button.text()))
        await idle(driver)
        dialog = driver.app.window.findChild(QFileDialog)
        assert dialog is not None
        picture = next(iter(sorted(PICTURE.rglob("*.jpg")) or sorted(PICTURE.rglob("*.png"))))
        dialog.filesSelected.emit([str(picture), str(Path(__file__))])
        dialog.close()
        await idle(driver)
        told = driver.app.window.message.accessibleName()
        assert "test_visits.py is not a picture" in told, "what is no picture is told and left out"
        assert driver.app.window.open_sheet() is None, "nothing lies over what is told"
        sheet_ = await element(driver, page, 3)
        assert sheet_.photos is not None
        driver.tap(sheet_.photos.to_erp)
        await idle(driver)
        driver.tap(sheet_.yes)
        await idle(driver)
        assert page.view is not None
        assert page.view.elements[3].state == "completed"
        assert "1 photo" in page.cards[3].accessibleName()
        (photo,) = page.view.elements[3].answers.photos
        assert driver.app.workplace.picture(photo.sha256)
        assert not photo.upload_to_erp
        assert "only on this device" in page.cards[3].accessibleName()
        sheet_ = await element(driver, page, 3)
        driver.tap(sheet_.again)
        await idle(driver)
        sheet_ = await element(driver, page, 3)
        assert sheet_.photos is not None
        driver.tap(sheet_.photos.removes[0])
        await idle(driver)
        assert page.view.elements[3].answers == Answers()
        assert sheet_.photos.removes == []

    driver.run(story())


def test_that_the_description_is_saved_automatically_and_a_wait_for_the_office_is_shown(driver: WindowDriver) -> None:
    async def story() -> None:
        await started(driver)
        page = await visit(driver, "Planned")
        assert not page.buttons["complete"].isVisible()
        assert page.state.isVisible()
        page = await visit(driver)
        page.description.setPlainText("New shelf from April")
        driver.press(Qt.Key.Key_Escape)
        await idle(driver)
        assert [entry.payload.description for entry in own(driver)] == ["New shelf from April"]

    driver.run(story())


def test_that_a_visit_can_be_rejected_moved_and_copied(driver: WindowDriver) -> None:
    async def story() -> None:
        await started(driver)
        page = await visit(driver)
        driver.tap(page.buttons["reschedule"])
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, SlotSheet)
        sheet.fields.at.edit.setText("25:00")
        driver.tap(sheet.yes)
        assert sheet.fields.at.error.isVisible()
        sheet.fields.at.edit.setText("1645")
        sheet.fields.date.setDate(sheet.fields.date.date().addDays(2))
        driver.tap(sheet.yes)
        await idle(driver)
        assert page.view is not None
        assert page.view.visit.start.strftime("%H:%M") == "16:45"
        driver.tap(page.buttons["reject"])
        reason = driver.app.window.open_sheet()
        assert isinstance(reason, ReasonSheet)
        reason.reason.setPlainText("The owner is away")
        driver.tap(reason.yes)
        await idle(driver)
        assert [entry.payload.state for entry in own(driver)] == ["rejected"]
        driver.tap(page.more)
        await idle(driver)
        more = driver.app.window.open_sheet()
        assert more is not None
        names = [more.model.choice(row).key for row in range(more.model.rowCount())]  # type: ignore[attr-defined]
        assert names == ["copy", "edit", "files"]
        more.list.opened.emit(0)  # type: ignore[attr-defined]
        copy = driver.app.window.open_sheet()
        assert isinstance(copy, SlotSheet)
        driver.tap(copy.yes)
        await idle(driver)
        assert [entry.payload.state for entry in own(driver)] == ["confirmed", "rejected"]
        assert page.view.visit.state == "confirmed", "the copy is open now"

    driver.run(story())


def test_that_a_visit_that_the_erp_rejects_shows_why_and_is_accepted_once_corrected(driver: WindowDriver) -> None:
    async def story() -> None:
        await started(driver)
        page = await visit(driver)
        driver.app.screens.spawn(driver.app.screens.presenter(AppointmentPresenter).visit.reject("Closed"))
        await idle(driver)
        driver.gateway.connector.rejected_kinds.add("appointment")
        driver.app.window.show_page("main", root=True)
        await driver.synchronize()
        driver.app.window.show_page("main", root=True)
        page = await visit(driver)
        assert page.view is not None
        assert page.view.error_code == "submission.refused_by_erp"
        assert page.buttons["edit"].text().strip() == "Fix and send again"
        tour = Tour(driver)
        await tour.look("a visit that was rejected")
        tour.end()
        driver.tap(page.buttons["edit"])
        await idle(driver)
        driver.tap(page.buttons["reject"])
        reason = driver.app.window.open_sheet()
        assert isinstance(reason, ReasonSheet)
        reason.reason.setPlainText("Closed for stock-taking")
        driver.tap(reason.yes)
        await idle(driver)
        driver.gateway.connector.rejected_kinds.clear()
        driver.app.window.show_page("main", root=True)
        assert await driver.synchronize() == "ok"
        (record,) = own(driver)
        assert (record.submission_state, record.payload.reason) == ("in_erp", "Closed for stock-taking")

    driver.run(story())


async def leave(driver: WindowDriver, how: str) -> None:
    """Presses Escape, and answers what to do with the element."""
    driver.press(Qt.Key.Key_Escape)
    await driver.settle()
    sheet = driver.app.window.open_sheet()
    assert isinstance(sheet, LeaveSheet)
    driver.tap(sheet.buttons[how])
    await idle(driver)


def test_that_leaving_an_unfinished_element_asks_whether_to_keep_it(driver: WindowDriver) -> None:
    async def story() -> None:
        await started(driver)
        page = await visit(driver)
        sheet = await element(driver, page, 0)
        sheet.questions[0].set_answer("yes")
        await leave(driver, "stay")
        assert driver.app.window.open_sheet() is sheet, "it stays open"
        await leave(driver, "done")
        assert driver.app.window.open_sheet() is sheet, "not without the other answers"
        assert sheet.questions[1].error.isVisible()
        assert page.view is not None
        await leave(driver, "drop")
        assert driver.app.window.open_sheet() is None
        assert page.view.elements[0].answers == Answers()
        sheet = await element(driver, page, 0)
        sheet.questions[0].set_answer("yes")
        sheet.questions[1].set_answer("7")
        await leave(driver, "later")
        assert (page.view.elements[0].state, page.view.elements[0].answers) == (
            "open",
            Answers({"On the shelf?": "yes", "How many": "7"}),
        )
        assert "Started" in page.cards[0].accessibleName()
        sheet = await element(driver, page, 0)
        driver.press(Qt.Key.Key_Escape)
        await idle(driver)
        assert driver.app.window.open_sheet() is None, "nothing new, nothing to ask"
        sheet = await element(driver, page, 0)
        sheet.questions[3].set_answer("dusty")
        await leave(driver, "not_done")
        reason = driver.app.window.open_sheet()
        assert isinstance(reason, ReasonSheet)
        reason.reason.setPlainText("No time")
        driver.tap(reason.yes)
        await idle(driver)
        assert page.view.elements[0].state == "rejected"
        assert page.view.elements[0].answers.text("Remarks") == "dusty", "what was typed stays with it"

    driver.run(story())


def test_that_values_typed_into_an_element_survive_a_kill(driver: WindowDriver) -> None:
    async def story() -> None:
        await started(driver)
        page = await visit(driver)
        sheet = await element(driver, page, 4)
        assert sheet.note is not None
        QTest.keyClicks(sheet.note, "Ask for Anna")
        await driver.until(lambda: own(driver))
        await idle(driver)
        await driver.close()
        await driver.open()
        page = await visit(driver)
        assert page.view is not None
        assert page.view.elements[4].answers == Answers({"note": "Ask for Anna"})

    driver.run(story())


def test_that_an_order_of_a_visit_leads_back_to_it_and_one_without_a_customer_has_none(
    driver: WindowDriver,
) -> None:
    private = driver.gateway.connector.company["appointments.appointments"]["PRIVATE"]
    private["template"] = "TPL"
    driver.gateway.take()

    async def story() -> None:
        await started(driver)
        page = await visit(driver)
        sheet = await element(driver, page, 1)
        driver.tap(next(button for button in sheet.findChildren(QPushButton) if "New order" in button.text()))
        await idle(driver)
        order = driver.app.window.page("order")
        assert isinstance(order, OrderPage)
        assert order.order.cart.customer_name == "First"
        await tap_part(driver, order, 0, "plus")
        driver.tap(order.cart.primary)
        await idle(driver)
        if driver.app.window.open_sheet() is not None:
            driver.tap(driver.app.window.open_sheet().yes)  # type: ignore[union-attr]
            await idle(driver)
        document = driver.app.window.page("document")
        assert isinstance(document, DocumentPage)
        assert driver.app.window.current == "document"
        assert document.visit is not None
        driver.tap(document.visit)
        await idle(driver)
        assert driver.app.window.current == "appointment"
        assert page.view is not None
        assert page.view.visit.name == "Next"
        assert page.view.elements[1].state == "completed"
        page = await visit(driver, "Car")
        sheet = await element(driver, page, 1)
        driver.tap(next(button for button in sheet.findChildren(QPushButton) if "New order" in button.text()))
        await idle(driver)
        assert driver.app.window.current == "appointment"
        assert "no customer" in page.message.accessibleName()
        assert own(driver)[0].payload.name != "Car", "and the visit has not begun by that"

    driver.run(story())


def test_that_the_description_of_a_completed_visit_can_change_until_it_is_sent(driver: WindowDriver) -> None:
    async def story() -> None:
        await started(driver)
        page = await visit(driver, "Missed")
        driver.tap(page.buttons["reject"])
        reason = driver.app.window.open_sheet()
        assert isinstance(reason, ReasonSheet)
        reason.reason.setPlainText("Closed")
        driver.tap(reason.yes)
        await idle(driver)
        assert not page.description.isReadOnly()
        page.description.clear()
        QTest.keyClicks(page.description, "Again in April")
        driver.press(Qt.Key.Key_Escape)
        await idle(driver)
        (record,) = own(driver)
        assert (record.payload.state, record.payload.description) == ("rejected", "Again in April")
        driver.app.window.show_page("main", root=True)
        assert await driver.synchronize() == "ok"
        assert [entry.payload["description"] for entry in driver.gateway.connector.delivered] == ["Again in April"]
        driver.app.window.show_page("main", root=True)
        page = await visit(driver, "Missed")
        assert page.description.isReadOnly(), "it was synchronized"

    driver.run(story())
