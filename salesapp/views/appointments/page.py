"""Appointments: month, week and day, and the lists of scheduled, overdue and completed ones."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from salesapp import clock
from salesapp.models.appointments import VisitsModel, week_of
from salesapp.services.visits import Counts, ListName, Visit
from salesapp.views import formats
from salesapp.views.appointments import labels
from salesapp.views.appointments.month import MonthGrid, shown_days
from salesapp.views.appointments.rows import VisitDelegate
from salesapp.views.appointments.week import WeekGrid
from salesapp.views.parts.buttons import Button, IconButton
from salesapp.views.parts.chips import ChipRow
from salesapp.views.parts.fields import Segmented
from salesapp.views.parts.flow import Flow
from salesapp.views.parts.frame import MARGIN
from salesapp.views.parts.keys import add_shortcut
from salesapp.views.parts.layouts import bare_column
from salesapp.views.parts.screen_page import ScreenPage
from salesapp.views.parts.states import Empty
from salesapp.views.parts.touch_list import TouchList

SPANS = ("month", "week", "day")
Chip = Literal["calendar"] | ListName
CHIPS: dict[Chip, str] = {
    "calendar": "calendar_ltr_regular",
    "scheduled": "clock_regular",
    "completed": "checkmark_circle_regular",
    "overdue": "clock_alarm_regular",
}


class AppointmentsPage(ScreenPage):
    """`range_changed`: another list, or the days in `shown`, must be loaded."""

    range_changed = Signal()
    visit_requested = Signal(object)
    plan_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._counts = Counts()
        self.day = self._today = clock.today()
        self.span = "week"
        self.list_name: Chip = "calendar"
        self._make_tools()
        self.week, self.month = WeekGrid(), MonthGrid()
        self.week.opened.connect(self.visit_requested)
        for grid in (self.week, self.month):
            grid.day_chosen.connect(self.show_day)
            grid.swiped.connect(self._step)
        self.model = VisitsModel(labels.spoken, self)
        self.list = TouchList()
        self.list.setItemDelegate(VisitDelegate(self.list))
        self.list.setModel(self.model)
        self.list.opened.connect(lambda row: self.visit_requested.emit(self.model.visit(row)))
        self.empty = Empty("calendar_ltr_regular")
        self.stack = QStackedWidget()
        for widget in (self.week, self.month, self.list, self.empty):
            self.stack.addWidget(widget)
        column = bare_column(self)
        column.addWidget(self.header)
        column.addWidget(self._second)
        column.addWidget(self._tools)
        column.addWidget(self.stack, 1)
        add_shortcut(self, "Ctrl+N", self.plan.click)
        self._show_chips()
        self.retranslate()

    def _make_tools(self) -> None:
        """Creates the calendar's navigation (in the header, or below it in portrait), the chips, and Plan."""
        self.spans = Segmented(SPANS)
        self.spans.chosen.connect(self._on_span_chosen)
        self.before, self.after = IconButton("chevron_left_regular"), IconButton("chevron_right_regular")
        self.before.clicked.connect(lambda: self._step(-1))
        self.after.clicked.connect(lambda: self._step(1))
        self.today = Button("normal")
        self.today.clicked.connect(lambda: self.go_to(clock.today()))
        self.choose_day = IconButton("calendar_clock_regular")
        self._moves = QWidget()
        self._moves_row = Flow(self._moves)
        self._second = QWidget()
        second = self._second_column = QVBoxLayout(self._second)
        second.addWidget(self._moves)
        self.chips = ChipRow()
        for name, icon in CHIPS.items():
            self.chips.add(name, icon)
        self.chips.changed.connect(lambda name, _is_on: self.choose_list(name))
        self.plan = Button("primary", "add_regular")
        self.plan.clicked.connect(lambda: self.plan_requested.emit(self.day))
        self._tools = QWidget()
        row = self._tools_row = QHBoxLayout(self._tools)
        row.setSpacing(12)
        row.addWidget(self.chips, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.plan, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def primary(self) -> Button:
        return self.plan

    @property
    def shown(self) -> tuple[date, date]:
        """Returns the first and last day that the calendar shows."""
        if self.span == "day":
            return self.day, self.day
        if self.span == "month":
            return shown_days(self.day.replace(day=1))
        if self.is_portrait:
            return self.day, self.day + timedelta(days=2)
        return week_of(self.day), week_of(self.day) + timedelta(days=6)

    def follow_today(self) -> None:
        """Moves on to a new day, unless another day than today is shown."""
        today = clock.today()
        if self.day == self._today:
            self.day = today
        self._today = today

    def show_visits(self, visits: Sequence[Visit], counts: Counts) -> None:
        """Shows the requested visits."""
        self._counts = counts
        first, last = self.shown
        if self.list_name != "calendar":
            self.model.show(visits)
        elif self.span == "month":
            self.month.show_month(self.day.replace(day=1), visits)
        else:
            days = [first + timedelta(days=turn) for turn in range((last - first).days + 1)]
            self.week.show_days(days, visits)
        self.retranslate()

    def show_day(self, day: date) -> None:
        """Switches to one day, from the week or the month."""
        self.span, self.day = "day", day
        self.choose_list("calendar")

    def choose_list(self, name: Chip) -> None:
        self.list_name = name
        self._show_chips()
        self.retranslate()
        self.range_changed.emit()

    def arrange(self, *, portrait: bool) -> None:
        for widget in (self.spans, self.before, self.today, self.after, self.choose_day):
            self.header.action_row.removeWidget(widget)
            self._moves_row.removeWidget(widget)
            if portrait:
                self._moves_row.addWidget(widget)
            else:
                self.header.action_row.addWidget(widget)
        margin = 16 if self.is_slim else MARGIN
        self._second_column.setContentsMargins(margin, 0, margin, 12)
        self._tools_row.setContentsMargins(margin, 0, margin, 12)
        if self.is_slim:
            self.header.action_row.addWidget(self.plan)
        else:
            self._tools_row.addWidget(self.plan, 0, Qt.AlignmentFlag.AlignTop)
        self._second.setVisible(portrait)
        self.range_changed.emit()

    def retranslate(self) -> None:
        self.header.set_texts(self.tr("Appointments"), self._context())
        self.spans.set_texts(
            {"month": self.tr("Month"), "week": self.tr("Week"), "day": self.tr("Day")}, self.tr("Calendar")
        )
        self.spans.choose(self.span)
        self.before.set_texts(self.tr("Earlier"))
        self.after.set_texts(self.tr("Later"))
        self.today.set_texts(self.tr("Today"))
        self.choose_day.set_texts(self.tr("Choose a date"))
        self.plan.set_texts(self.tr("Plan"))
        counts = self._counts
        self.chips.chips["calendar"].set_texts(self.tr("Calendar"))
        for name, text, count in (
            ("scheduled", self.tr("Scheduled"), counts.scheduled),
            ("completed", self.tr("Completed"), counts.completed),
            ("overdue", self.tr("Overdue"), counts.overdue),
        ):
            self.chips.chips[name].set_texts(f"{text}{formats.FIXED}{formats.number(count)}")
        self._mark_overdue()
        self.list.setAccessibleName(self.tr("Appointments"))
        self.week.retranslate()
        self.month.retranslate()
        self._show_stack()

    def _mark_overdue(self) -> None:
        chip = self.chips.chips["overdue"]
        chip.set_problem(bool(self._counts.overdue))
        if self._counts.overdue:
            chip.set_icon("clock_alarm_regular", "fail")

    def _context(self) -> str:
        if self.list_name != "calendar":
            return formats.plural("AppointmentsPage", "%n appointments", self.model.rowCount())
        first, last = self.shown
        if self.span == "month":
            return labels.month_title(self.day)
        return labels.long_day(self.day) if self.span == "day" else labels.span_title(first, last)

    def _show_stack(self) -> None:
        is_calendar = self.list_name == "calendar"
        for widget in (self.spans, self.before, self.today, self.after, self.choose_day):
            widget.setEnabled(is_calendar)
        if is_calendar:
            self.stack.setCurrentWidget(self.month if self.span == "month" else self.week)
            return
        self.stack.setCurrentWidget(self.list if self.model.rowCount() else self.empty)
        self.empty.title.setText(
            {
                "scheduled": self.tr("Nothing is planned"),
                "overdue": self.tr("Nothing is overdue"),
                "completed": self.tr("Nothing is completed yet"),
            }[self.list_name]
        )
        self.empty.text.setText(
            self.tr("Appointments of the office appear after a sync; “Plan” adds your own.")
            if self.list_name != "overdue"
            else self.tr("Every appointment up to now is completed, rejected or moved.")
        )

    def _show_chips(self) -> None:
        for name in CHIPS:
            self.chips.set_on(name, is_on=name == self.list_name)

    def _on_span_chosen(self, span: str) -> None:
        self.span = span
        self.retranslate()
        self.range_changed.emit()

    def go_to(self, day: date) -> None:
        self.day = day
        self.retranslate()
        self.range_changed.emit()

    def _step(self, by: int) -> None:
        if self.span == "month":
            middle = self.day.replace(day=15) + timedelta(days=30 * by)
            self.go_to(middle.replace(day=1))
            return
        days = 1 if self.span == "day" else 3 if self.is_portrait else 7
        self.go_to(self.day + timedelta(days=by * days))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turns the calendar's pages with the page keys; T goes to today."""
        steps = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if self.list_name == "calendar" and event.key() in steps:
            self._step(steps[Qt.Key(event.key())])
        elif self.list_name == "calendar" and event.key() == Qt.Key.Key_T:
            self.today.click()
        else:
            super().keyPressEvent(event)
