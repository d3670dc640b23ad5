"""Appointments in the real window: calendar, lists and planning; every screen fits."""

from datetime import UTC, datetime, time, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QScrollArea, QWidget

from salesapp import clock
from salesapp.models.appointments import week_of
from salesapp.services import visits
from salesapp.views.appointments.page import AppointmentsPage
from salesapp.views.appointments.plan import CustomersSheet, PlanPage, PreviewSheet
from salesapp.views.appointments.sheets import DaySheet
from salesapp.views.appointments.visit import VisitPage
from salesapp.views.appointments.week import lanes_of, overlapping
from salesapp.views.requests import PlanAppointment
from tests.gui.conftest import WindowDriver
from tests.gui.test_widgets import Tour
from tests.gui.visiting import calendar, idle, own, started, take_company, visit
from tests.gui.walk import row_names

pytestmark = pytest.mark.clock


@pytest.fixture(autouse=True)
def _company(driver: WindowDriver) -> None:
    take_company(driver)


def test_that_the_calendar_shows_the_week_the_month_and_the_day(driver: WindowDriver) -> None:
    async def story() -> None:
        await started(driver)
        page = await calendar(driver)
        assert page.span == "week"
        middles = {part.mapTo(page, part.rect().center()).y() for part in (page.spans.buttons["week"], page.today)}
        assert max(middles) - min(middles) <= 1, "what is in the header stands in one line"
        first, last = page.shown
        assert (first.isoweekday(), (last - first).days) == (1, 6)
        shown, _ = await driver.app.workplace.run(visits.read_calendar, first, last)
        assert {block.visit.name for block in page.week.blocks} == {one.name for one in shown}
        page.spans.buttons["month"].click()
        await idle(driver)
        today = next(cell for cell in page.month.cells if cell.day == page.day)
        late = next(cell for cell in page.month.cells if cell.overdue)
        assert today.total >= 1
        assert "overdue" in late.accessibleName()
        driver.tap(today)
        await idle(driver)
        assert (page.span, page.shown) == ("day", (page.day, page.day))
        driver.tap(page.after)
        await idle(driver)
        assert page.day == today.day + timedelta(days=1)
        driver.tap(page.today)
        await idle(driver)
        block = next(block for block in page.week.blocks if block.visit.name == "Next")
        driver.tap(block)
        await idle(driver)
        assert driver.app.window.current == "appointment"

    driver.run(story())


def test_that_portrait_shows_three_days_and_any_day_can_be_chosen(driver: WindowDriver) -> None:
    async def story() -> None:
        await started(driver, 800, 1280)
        page = await calendar(driver)
        assert (page.shown[1] - page.shown[0]).days == 2
        driver.tap(page.choose_day)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, DaySheet)
        wanted = sheet.month.cells[20].day
        driver.tap(sheet.after)
        driver.tap(sheet.before)
        driver.tap(sheet.month.cells[20])
        await idle(driver)
        assert page.day == wanted

    driver.run(story())


def bring_to_hand(widget: QWidget) -> None:
    """Scrolls to a widget and moves its window: only visible widgets get touches."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()
    window, screen = widget.window(), widget.screen().geometry()
    window.move(window.pos() + screen.center() - widget.mapToGlobal(widget.rect().center()))


def finger(widget: QWidget, right: int, down: int = 0) -> None:
    """Puts a finger on the middle of a widget, moves it by some pixels, and lifts it."""
    bring_to_hand(widget)
    device, place = QTest.createTouchDevice(), widget.rect().center()
    ways = [place + QPoint(right * turn // 8, down * turn // 8) for turn in range(9)]
    for turn, there in enumerate([*ways, ways[-1]]):
        touch = QTest.touchEvent(widget, device, autoCommit=False)
        step = touch.press if turn == 0 else touch.release if turn == len(ways) else touch.move
        step(1, there, widget).commit(processEvents=False)


def test_that_a_finger_turns_the_months_the_weeks_and_the_days(driver: WindowDriver) -> None:
    async def story() -> None:
        await started(driver)
        page = await calendar(driver)
        today, monday = page.day, week_of(page.day)
        for right, weeks in ((-220, 1), (-220, 2), (220, 1), (220, 0)):
            finger(page.week.area.viewport(), right)
            await idle(driver)
            assert page.shown[0] == monday + timedelta(weeks=weeks)
        block = next(block for block in page.week.blocks if block.visit.name == "Next")
        finger(block, -120, 10)
        await idle(driver)
        assert page.shown[0] == monday + timedelta(weeks=1), "also from an appointment, which does not open"
        page.go_to(today)
        page.spans.buttons["month"].click()
        await idle(driver)
        first = today.replace(day=1)
        finger(page.month.cells[10], 120)
        await idle(driver)
        assert (page.span, page.day) == ("month", (first - timedelta(days=1)).replace(day=1))
        finger(page.month.cells[10], -120)
        await idle(driver)
        assert (page.span, page.day) == ("month", first)
        for down in (120, 80):
            finger(page.month.cells[10], 90, down)
            await idle(driver)
            assert (page.span, page.day) == ("month", first), "up and down turns nothing"
        finger(page.month.cells[10], 20)
        await idle(driver)
        assert (page.span, page.day) == ("day", page.month.cells[10].day), "a tap that is not quite still"
        driver.tap(page.choose_day)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, DaySheet)
        before = sheet.title.text()
        finger(sheet.month.cells[10], -120)
        assert sheet.title.text() != before
        finger(sheet.month.cells[10], 120)
        assert sheet.title.text() == before
        assert driver.app.window.current == "appointments"

    driver.run(story())


def test_that_an_appointment_of_several_days_is_shown_on_each_of_them(driver: WindowDriver) -> None:
    monday = week_of(clock.today())
    start = datetime.combine(monday, time()).astimezone()
    times = {
        "planned_start": f"{start.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "planned_end": f"{(start + timedelta(days=3)).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
    }
    driver.gateway.connector.company["appointments.appointments"]["FAIR"] = times | {
        "appointment_type": "VISIT",
        "representative": "rep1",
        "name": "Fair",
        "state": "confirmed",
        "is_full_day": 1,
    }
    driver.gateway.take()

    async def story() -> None:
        await started(driver)
        page = await calendar(driver)
        fair = [block for block in page.week.blocks if block.visit.name == "Fair"]
        assert [(block.day - monday).days for block in fair] == [0, 1, 2]
        assert len({block.x() for block in fair}) == 3
        assert all(block.isVisible() for block in fair)
        page.spans.buttons["month"].click()
        await idle(driver)
        cells = {cell.day: cell for cell in page.month.cells}
        assert all(any(visit.name == "Fair" for visit in cells[block.day]._visits) for block in fair)
        assert not any(visit.name == "Fair" for visit in cells[monday + timedelta(days=3)]._visits)

    driver.run(story())


def test_that_the_lists_show_scheduled_overdue_and_completed_appointments(driver: WindowDriver) -> None:
    async def story() -> None:
        await started(driver)
        page = await calendar(driver)
        QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Warning)
        assert page.chips.chips["overdue"].text().endswith("1")
        for name, names in (
            ("overdue", ["Missed"]),
            ("scheduled", ["Next", "Car", "Planned"]),
            ("completed", ["Done"]),
        ):
            driver.tap(page.chips.chips[name])
            await idle(driver)
            assert [page.model.visit(row).name for row in range(page.model.rowCount())] == names
        (said,) = [text for _, text in row_names(page.list)]
        assert "First" in said
        assert "Completed" in said
        page.list.setFocus()
        page.list.setCurrentIndex(page.model.index(0, 0))
        QTest.keyClick(page.list, Qt.Key.Key_Return)
        await idle(driver)
        shown = driver.app.window.page("appointment")
        assert isinstance(shown, VisitPage)
        assert not shown.buttons["complete"].isVisible()

    driver.run(story())


def test_that_several_customers_are_planned_with_a_template_after_a_preview(driver: WindowDriver) -> None:
    async def story() -> None:
        await started(driver)
        await calendar(driver)
        driver.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        await idle(driver)
        page = driver.app.window.page("plan_appointment")
        assert isinstance(page, PlanPage)
        assert page.name.edit.text() == "Standard"
        page.name.edit.clear()
        driver.tap(page.preview)
        assert page.name.error.isVisible(), "a name is needed"
        page.name.edit.setText("Round of the shops")
        driver.tap(page.add)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, CustomersSheet)
        sheet.list.opened.emit(0)
        sheet.list.opened.emit(0)
        sheet.list.opened.emit(0)
        assert [name for _, name in page.customers] == ["First"], "a tap chooses, another one takes back"
        driver.press(Qt.Key.Key_Escape)
        driver.tap(page.preview)
        await idle(driver)
        preview = driver.app.window.open_sheet()
        assert isinstance(preview, PreviewSheet)
        assert own(driver) == []
        driver.tap(preview.yes)
        await idle(driver)
        (record,) = own(driver)
        assert (record.state, record.payload.name) == ("confirmed", "Round of the shops: First")
        assert driver.app.window.current == "appointments"
        shown = driver.app.window.page("appointments")
        assert isinstance(shown, AppointmentsPage)
        assert any(block.visit.record == record.id for block in shown.week.blocks)

    driver.run(story())


def test_that_the_tile_counts_the_days_appointments_and_shows_the_next(driver: WindowDriver) -> None:
    async def story() -> None:
        await started(driver)
        await driver.app.device.refresh()
        face = driver.app.dashboard.tiles["appointments"].face
        today = list(driver.app.device.overview.visits)  # type: ignore[union-attr]
        assert face.figure.endswith(f"of {len(today)}") if today else face.figure == "0"
        assert len(face.strip) == len(today)
        assert any(line.token == "fail" and line.right == "overdue" for line in face.lines)

    driver.run(story())


def test_that_every_screen_of_appointments_fits_in_both_languages_and_all_sizes(driver: WindowDriver) -> None:
    async def story() -> None:
        await started(driver)
        tour = Tour(driver)
        await tour.look("main")
        page = await calendar(driver)
        for span in ("month", "week", "day"):
            page.spans.chosen.emit(span)
            await idle(driver)
            await tour.look(f"calendar, {span}")
        for name in ("scheduled", "overdue", "completed"):
            page.choose_list(name)
            await idle(driver)
            await tour.look(f"list, {name}")
        for name in ("Next", "Planned", "Missed"):
            await visit(driver, name)
            await tour.look(f"visit, {name}")
        shown = await visit(driver)
        for position in range(5):
            shown.element_requested.emit(position)
            await idle(driver)
            await tour.look(f"element {position}")
            driver.press(Qt.Key.Key_Escape)
            await idle(driver)
        for name in ("complete", "reject", "reschedule", "more"):
            shown.action_requested.emit(name)
            await idle(driver)
            await tour.look(f"visit, {name}")
            driver.press(Qt.Key.Key_Escape)
            await idle(driver)
        page.choose_day.click()
        await tour.look("a day to choose")
        driver.press(Qt.Key.Key_Escape)
        driver.app.screens.open(PlanAppointment())
        await idle(driver)
        plan = driver.app.window.page("plan_appointment")
        assert isinstance(plan, PlanPage)
        plan.toggle(1, "First")
        await tour.look("plan")
        driver.tap(plan.preview)
        await idle(driver)
        await tour.look("preview")
        tour.end()

    driver.run(story())


def test_that_overlapping_blocks_stand_beside_each_other() -> None:
    spans = [(0, 44), (30, 74), (60, 104), (200, 244)]
    assert overlapping(spans) == [[0, 1, 2], [3]]
    assert lanes_of(spans[:3]) == [0, 1, 0]
