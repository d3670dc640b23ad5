"""Appointments in the real window: calendar and lists, a visit to its end, planning; sent to the real gateway."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QFileDialog, QPushButton

from salesapp.services import visits
from salesapp.store import records
from salesapp.views.appointments.elements import ElementSheet
from salesapp.views.appointments.page import AppointmentsPage
from salesapp.views.appointments.plan import CustomersSheet, PlanPage, PreviewSheet
from salesapp.views.appointments.sheets import DaySheet, ReasonSheet, SlotSheet
from salesapp.views.appointments.visit import VisitPage
from salesapp.views.appointments.week import lanes_of, together
from salesapp.views.order.page import OrderPage
from tests.gui.conftest import Desk
from tests.gui.test_order import tap_part
from tests.gui.test_widgets import Tour
from tests.gui.walk import row_names

QUESTIONS = [
    {"name": "On the shelf?", "kind": "yes_no", "required": True},
    {"name": "How many", "kind": "number", "required": True},
    {"name": "Condition", "kind": "choice", "options": ["full", "gaps", "empty"]},
    {"name": "Remarks", "kind": "text"},
]
ELEMENTS = [
    {"kind": "questionnaire", "name": "Shelf check", "required": True, "questions": QUESTIONS},
    {"kind": "document", "name": "Order", "required": True, "document_type": "sales_order"},
    {"kind": "travel", "name": "Way to the customer"},
    {"kind": "photo", "name": "Photo of the shelf"},
    {"kind": "note", "name": "Note"},
]
PICTURE = Path(__file__).parents[2] / "resources" / "demo" / "pictures"


def at(hours: float) -> dict[str, str]:
    """Planned so many hours from now, for three quarters of an hour."""
    start = datetime.now(UTC) + timedelta(hours=hours)
    end = start + timedelta(minutes=45)
    return {"planned_start": f"{start:%Y-%m-%dT%H:%M:%SZ}", "planned_end": f"{end:%Y-%m-%dT%H:%M:%SZ}"}


@pytest.fixture(autouse=True)
def company(desk: Desk) -> dict[str, Any]:
    """Visits around now: the next one with elements, an overdue one, a done one, one that waits for the office."""
    found = desk.gateway.connector.company
    found["appointments.templates"]["TPL"] |= {"elements": ELEMENTS, "is_active": 1, "duration_minutes": 45}
    visit = {"appointment_type": "VISIT", "template": "TPL", "customer": "C1", "representative": "rep1"}
    found["appointments.appointments"] = {
        "OVER": visit | at(-30) | {"name": "Missed", "state": "confirmed"},
        "NEXT": visit | at(0.02) | {"name": "Next", "state": "confirmed"},
        "LATER": visit | at(26) | {"name": "Planned", "state": "unconfirmed"},
        "DONE": visit | at(-50) | {"name": "Done", "state": "completed"},
        "PRIVATE": at(3) | {"appointment_type": "VISIT", "representative": "rep1", "name": "Car", "state": "confirmed"},
    }
    desk.gateway.take()
    return found


async def started(desk: Desk, width: int = 1280, height: int = 800) -> None:
    await desk.open(width, height)
    await desk.log_on("rep1")
    assert await desk.synchronize() == "ok"
    desk.app.window.show_page("main", root=True)


async def idle(desk: Desk) -> None:
    await desk.until(lambda: not desk.app._tasks)
    await desk.settle()


async def calendar(desk: Desk) -> AppointmentsPage:
    desk.app.screens.open("appointments")
    await idle(desk)
    page = desk.app.window.page("appointments")
    assert isinstance(page, AppointmentsPage)
    return page


async def visit(desk: Desk, name: str = "Next") -> VisitPage:
    key = desk.app.workplace.shelf.catalog.rows("appointments.appointments", "name=?", (name,))[0]["id"]
    desk.app.screens.open("appointment", key=key)
    await idle(desk)
    page = desk.app.window.page("appointment")
    assert isinstance(page, VisitPage)
    return page


async def element(desk: Desk, page: VisitPage, position: int) -> ElementSheet:
    desk.tap(page.cards[position])
    await idle(desk)
    sheet = desk.app.window.open_sheet()
    assert isinstance(sheet, ElementSheet)
    return sheet


def own(desk: Desk) -> list[records.StoredRecord]:
    with desk.app.workplace.shelf.work.read() as connection:
        return records.find_all(connection, "appointment")


def test_that_the_calendar_shows_the_week_the_month_and_the_day(desk: Desk) -> None:
    async def story() -> None:
        await started(desk)
        page = await calendar(desk)
        assert page.span == "week"
        first, last = page.shown
        assert (first.isoweekday(), (last - first).days) == (1, 6)
        shown, _ = await desk.app.workplace.run(visits.read_calendar, first, last)
        assert {block.visit.name for block in page.week.blocks} == {one.name for one in shown}
        page.spans.buttons["month"].click()
        await idle(desk)
        today = next(cell for cell in page.month.cells if cell.day == page.day)
        late = next(cell for cell in page.month.cells if cell.overdue)
        assert today.total >= 1
        assert "overdue" in late.accessibleName()
        desk.tap(today)
        await idle(desk)
        assert (page.span, page.shown) == ("day", (page.day, page.day))
        desk.tap(page.after)
        await idle(desk)
        assert page.day == today.day + timedelta(days=1)
        desk.tap(page.today)
        await idle(desk)
        block = next(block for block in page.week.blocks if block.visit.name == "Next")
        desk.tap(block)
        await idle(desk)
        assert desk.app.window.current == "appointment"

    desk.run(story())


def test_that_portrait_shows_three_days_and_any_day_can_be_chosen(desk: Desk) -> None:
    async def story() -> None:
        await started(desk, 800, 1280)
        page = await calendar(desk)
        assert (page.shown[1] - page.shown[0]).days == 2
        desk.tap(page.choose_day)
        sheet = desk.app.window.open_sheet()
        assert isinstance(sheet, DaySheet)
        wanted = sheet.month.cells[20].day
        desk.tap(sheet.after)
        desk.tap(sheet.before)
        desk.tap(sheet.month.cells[20])
        await idle(desk)
        assert page.day == wanted

    desk.run(story())


def test_that_the_lists_tell_scheduled_overdue_and_completed(desk: Desk) -> None:
    async def story() -> None:
        await started(desk)
        page = await calendar(desk)
        QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Warning)
        assert page.chips.chips["overdue"].text().endswith("1")
        for name, names in (
            ("overdue", ["Missed"]),
            ("scheduled", ["Next", "Car", "Planned"]),
            ("completed", ["Done"]),
        ):
            desk.tap(page.chips.chips[name])
            await idle(desk)
            assert [page.model.visit(row).name for row in range(page.model.rowCount())] == names
        (said,) = [text for _, text in row_names(page.list)]
        assert "First" in said
        assert "Completed" in said
        page.list.setFocus()
        page.list.setCurrentIndex(page.model.index(0, 0))
        QTest.keyClick(page.list, Qt.Key.Key_Return)
        await idle(desk)
        shown = desk.app.window.page("appointment")
        assert isinstance(shown, VisitPage)
        assert not shown.buttons["complete"].isVisible()

    desk.run(story())


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


def test_that_several_customers_are_planned_with_a_template_after_a_preview(desk: Desk) -> None:
    async def story() -> None:
        await started(desk)
        await calendar(desk)
        desk.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        await idle(desk)
        page = desk.app.window.page("plan_appointment")
        assert isinstance(page, PlanPage)
        assert page.name.edit.text() == "Standard"
        page.name.edit.clear()
        desk.tap(page.preview)
        assert page.name.error.isVisible(), "a name is needed"
        page.name.edit.setText("Round of the shops")
        desk.tap(page.add)
        sheet = desk.app.window.open_sheet()
        assert isinstance(sheet, CustomersSheet)
        sheet.list.opened.emit(0)
        sheet.list.opened.emit(0)
        sheet.list.opened.emit(0)
        assert [name for _, name in page.customers] == ["First"], "a tap chooses, another one takes back"
        desk.press(Qt.Key.Key_Escape)
        desk.tap(page.preview)
        await idle(desk)
        preview = desk.app.window.open_sheet()
        assert isinstance(preview, PreviewSheet)
        assert own(desk) == []
        desk.tap(preview.yes)
        await idle(desk)
        (record,) = own(desk)
        assert (record.state, record.payload["name"]) == ("confirmed", "Round of the shops: First")
        assert desk.app.window.current == "appointments"
        shown = desk.app.window.page("appointments")
        assert isinstance(shown, AppointmentsPage)
        assert any(block.visit.record == record.id for block in shown.week.blocks)

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


def test_that_the_tile_counts_the_day_and_shows_what_comes_next(desk: Desk) -> None:
    async def story() -> None:
        await started(desk)
        await desk.app.device.refresh()
        face = desk.app.dashboard.tiles["appointments"].face
        today = list(desk.app.device.overview.visits)  # type: ignore[union-attr]
        assert face.figure.endswith(f"of {len(today)}") if today else face.figure == "0"
        assert len(face.strip) == len(today)
        assert any(line.token == "fail" and line.right == "overdue" for line in face.lines)

    desk.run(story())


def test_that_every_screen_of_appointments_is_whole_in_both_languages_and_all_sizes(desk: Desk) -> None:
    async def story() -> None:
        await started(desk)
        tour = Tour(desk)
        await tour.look("main")
        page = await calendar(desk)
        for span in ("month", "week", "day"):
            page.spans.chosen.emit(span)
            await idle(desk)
            await tour.look(f"calendar, {span}")
        for name in ("scheduled", "overdue", "completed"):
            page.choose_list(name)
            await idle(desk)
            await tour.look(f"list, {name}")
        for name in ("Next", "Planned", "Missed"):
            await visit(desk, name)
            await tour.look(f"visit, {name}")
        shown = await visit(desk)
        for position in range(5):
            shown.element_requested.emit(position)
            await idle(desk)
            await tour.look(f"element {position}", follows_language=False)
            desk.press(Qt.Key.Key_Escape)
            await idle(desk)
        for name in ("complete", "reject", "reschedule", "more"):
            shown.asked.emit(name)
            await idle(desk)
            await tour.look(f"visit, {name}", follows_language=False)
            desk.press(Qt.Key.Key_Escape)
            await idle(desk)
        page.choose_day.click()
        await tour.look("a day to choose", follows_language=False)
        desk.press(Qt.Key.Key_Escape)
        desk.app.screens.open("plan_appointment")
        await idle(desk)
        plan = desk.app.window.page("plan_appointment")
        assert isinstance(plan, PlanPage)
        plan.toggle(1, "First")
        await tour.look("plan")
        desk.tap(plan.preview)
        await idle(desk)
        await tour.look("preview", follows_language=False)
        tour.end()

    desk.run(story())


def test_that_blocks_that_meet_stand_beside_each_other() -> None:
    spans = [(0, 44), (30, 74), (60, 104), (200, 244)]
    assert together(spans) == [[0, 1, 2], [3]]
    assert lanes_of(spans[:3]) == [0, 1, 0]
