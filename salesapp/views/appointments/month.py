"""The month: a cell for each day with its total, its overdue count, and a strip of its appointments."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from salesapp import clock
from salesapp.domain.appointments import OPEN_STATES
from salesapp.services.visits import Visit
from salesapp.views import formats
from salesapp.views.appointments import labels
from salesapp.views.look import icons
from salesapp.views.look.theme import theme
from salesapp.views.look.type import font
from salesapp.views.parts.frame import scrolled
from salesapp.views.parts.paint import paint_line
from salesapp.views.parts.strip import Segment, Shape, paint_strip
from salesapp.views.parts.swipe import Swipe
from salesapp.views.parts.text import Text

WEEKS, DAYS = 6, 7
LOWEST = 64
_STRIP_FROM = 84


class DayCell(QAbstractButton):
    """One day."""

    def __init__(self) -> None:
        super().__init__()
        self.day, self.is_of_month = date.min, True
        self._visits: tuple[Visit, ...] = ()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(60, LOWEST)

    def minimumSizeHint(self) -> QSize:
        return QSize(44, LOWEST)

    def show_day(self, day: date, visits: Sequence[Visit], *, is_of_month: bool) -> None:
        self.day, self._visits, self.is_of_month = day, tuple(visits), is_of_month
        texts = [labels.long_day(day)]
        if visits:
            texts.append(formats.plural("WeekGrid", "%n appointments", len(visits)))
        if overdue := self.overdue:
            texts.append(formats.plural("WeekGrid", "%n overdue", overdue))
        self.setAccessibleName(", ".join(texts))
        self.update()

    @property
    def overdue(self) -> int:
        return sum(visit.is_overdue for visit in self._visits)

    @property
    def total(self) -> int:
        return len(self._visits)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_today = self.day == clock.today()
        ground = "accent_soft" if is_today else "surface" if self.is_of_month else "canvas"
        painter.fillRect(self.rect(), theme().color("sunken" if self.isDown() else ground))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme().color("border"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), theme().color("border"))
        token = "accent" if is_today else "text" if self.is_of_month else "text3"
        day = QRect(10, 6, self.width() - 20, 24)
        paint_line(painter, day, str(self.day.day), "body_bold" if is_today else "body", token, whole=True)
        self._paint_counts(painter)

    def _paint_counts(self, painter: QPainter) -> None:
        """Paints the overdue count on the left in red, the total on the right, and the strip above if it fits."""
        if not self._visits:
            return
        line = QRect(10, self.height() - 30, self.width() - 20, 24)
        paint_line(painter, line, str(self.total), "small_bold", "text2", right=True, whole=True)
        if self.overdue:
            left = line.left()
            if self.width() >= 90:
                icons.draw(painter, "clock_alarm_regular", left, line.top() + 2, 20, "fail")
                left += 24
            width = QFontMetrics(font("small_bold")).horizontalAdvance(str(self.overdue))
            paint_line(painter, QRect(left, line.top(), width, 24), str(self.overdue), "small_bold", "fail", whole=True)
        if self.height() >= _STRIP_FROM:
            place = QRectF(10, self.height() - 46, self.width() - 20, 14)
            paint_strip(painter, place, [_segment(visit) for visit in self._visits], 6)


def _segment(visit: Visit) -> Segment:
    if visit.is_overdue:
        return Segment(Shape.FAILED, 1.0)
    if visit.state not in OPEN_STATES:
        return Segment(Shape.DONE)
    return Segment(Shape.RUNNING, 0.5) if visit.state == "pending" else Segment(Shape.EMPTY)


class MonthGrid(QWidget):
    """Six weeks. `day_chosen` carries a day; `swiped` carries 1 for the next month, -1 for the one before."""

    day_chosen = Signal(object)
    swiped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._names = [Text("small_medium", "text2") for _ in range(DAYS)]
        self.cells = [DayCell() for _ in range(WEEKS * DAYS)]
        self._first, self._visits = date.min, ()  # type: tuple[date, tuple[Visit, ...]]
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        for place, name in enumerate(self._names):
            name.setAlignment(Qt.AlignmentFlag.AlignCenter)
            name.setFixedHeight(32)
            grid.addWidget(name, 0, place)
            grid.setColumnStretch(place, 1)
        for place, cell in enumerate(self.cells):
            cell.clicked.connect(lambda _checked=False, cell=cell: self.day_chosen.emit(cell.day))
            grid.addWidget(cell, 1 + place // DAYS, place % DAYS)
        swipe = Swipe(self)
        swipe.watch(*self.cells)
        swipe.swiped.connect(self.swiped)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolled(inner))

    def show_month(self, first: date, visits: Sequence[Visit]) -> None:
        """Shows the month that begins with `first`."""
        self._first, self._visits = first, tuple(visits)
        self.retranslate()

    def retranslate(self) -> None:
        if self._first == date.min:
            return
        begin, _ = shown_days(self._first)
        for place, name in enumerate(self._names):
            name.setText(labels.short_day(begin + timedelta(days=place)))
        for place, cell in enumerate(self.cells):
            day = begin + timedelta(days=place)
            shown = [visit for visit in self._visits if visit.is_on(day)]
            cell.show_day(day, shown, is_of_month=day.month == self._first.month)


def shown_days(first: date) -> tuple[date, date]:
    """Returns the first and last day of the six weeks around a month."""
    begin = first - timedelta(days=first.weekday())
    return begin, begin + timedelta(days=WEEKS * DAYS - 1)
