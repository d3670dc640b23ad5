"""The week (or three days, or one) as a grid of hours, with a block for each appointment."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QWidget

from salesapp import clock
from salesapp.services.visits import Visit
from salesapp.views import formats
from salesapp.views.appointments import labels
from salesapp.views.look import icons
from salesapp.views.look.theme import theme
from salesapp.views.look.type import font
from salesapp.views.parts.frame import scrolled
from salesapp.views.parts.layouts import bare_column
from salesapp.views.parts.paint import paint_line
from salesapp.views.parts.swipe import Swipe

HOUR, GUTTER, HEAD = 62, 72, 56
LOWEST = 44
"""Least height of a block, for fingers."""
EMPTY_WEEKEND, BAR = 96, 8
FIRST_HOUR = 8
_PAD = 4


class DayHead(QAbstractButton):
    """The name of a day, how many appointments it has, and how many of them are overdue."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.day, self._count, self._overdue = date.min, 0, 0
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_day(self, day: date, visits: Sequence[Visit]) -> None:
        self.day, self._count = day, len(visits)
        self._overdue = sum(visit.is_overdue for visit in visits)
        texts = [labels.long_day(day), formats.plural("WeekGrid", "%n appointments", self._count)]
        if self._overdue:
            texts.append(formats.plural("WeekGrid", "%n overdue", self._overdue))
        self.setAccessibleName(", ".join(texts))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        is_today = self.day == clock.today()
        token = "accent_soft" if is_today else "surface"
        painter.fillRect(self.rect(), theme().color("sunken" if self.isDown() else token))
        painter.fillRect(0, 0, 1, self.height(), theme().color("border"))
        right = self.width() - 8
        if self._count:
            right -= self._paint_figure(painter, right, str(self._count), "text2") + 8
        if self._overdue and self.width() > 150:
            right -= self._paint_figure(painter, right, str(self._overdue), "fail", bold=True) + 6
            icons.draw(painter, "clock_alarm_regular", right - 20, (HEAD - 20) // 2, 20, "fail")
            right -= 28
        name = f"{labels.short_day(self.day)} {self.day.day}"
        area = QRect(8, 0, max(right - 8, 0), HEAD)
        if QFontMetrics(font("name")).horizontalAdvance(name) > area.width():
            name = str(self.day.day)  # there is no room for more beside the counts
        paint_line(painter, area, name, "name", "accent" if is_today else "text", whole=True)

    def _paint_figure(self, painter: QPainter, right: int, text: str, token: str, *, bold: bool = False) -> int:
        role = "small_bold" if bold else "small"
        width = QFontMetrics(font(role)).horizontalAdvance(text)
        paint_line(painter, QRect(right - width, 0, width, HEAD), text, role, token, right=True, whole=True)
        return width


class VisitBlock(QAbstractButton):
    """One appointment in the grid, on one of its days."""

    def __init__(self, visit: Visit, day: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.visit, self.day = visit, day
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(labels.spoken(visit))

    def sizeHint(self) -> QSize:
        return QSize(120, LOWEST)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = labels.look_of(self.visit)
        width = 2 if look.outline == "fail" else 1
        pen = QPen(theme().color(look.outline), width)
        if look.style == "dashed":
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(theme().color("accent_pressed" if self.isDown() and look.ground == "accent" else look.ground))
        half = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 8, 8)
        second = self._second()
        is_low = self.height() < 52
        top = (self.height() - 22) // 2 if not second else 2 if is_low else 5
        left = 9
        if look.icon and self.width() > 80:
            icons.draw(painter, look.icon, 8, top + 1, 20, look.token)
            left = 33
        title = QRect(left, top, self.width() - left - 6, 22)
        self._paint_words(painter, title, self.visit.title, "small_bold", look.ink, is_struck=look.is_struck)
        if second:
            line = QRect(9, 22 if is_low else 27, self.width() - 15, 20)
            self._paint_words(painter, line, second, "small", look.ink, is_struck=look.is_struck)

    def _second(self) -> str:
        if self.visit.state == "rejected":
            return self.visit.reason
        return self.visit.town or self.visit.type_name

    @staticmethod
    def _paint_words(painter: QPainter, area: QRect, text: str, role: str, token: str, *, is_struck: bool) -> None:
        paint_line(painter, area, text, role, token)
        if is_struck:
            width = min(QFontMetrics(font(role)).horizontalAdvance(text), area.width())
            painter.fillRect(area.left(), area.center().y() + 1, width, 1, theme().color(token))


class HourCanvas(QWidget):
    """Lines of hours and days, the line of the current time, and the blocks."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(24 * HOUR)
        self.edges: list[int] = []
        self.days: list[date] = []
        self.is_empty: list[bool] = []

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color("surface"))
        line = theme().color("border")
        for left, right, empty, day in zip(self.edges, self.edges[1:], self.is_empty, self.days, strict=False):
            if empty and day.isoweekday() > 5:
                painter.fillRect(left, 0, right - left, self.height(), theme().color("canvas"))
        for hour in range(24):
            painter.fillRect(GUTTER, hour * HOUR, self.width() - GUTTER, 1, line)
            area = QRect(0, hour * HOUR - 12, GUTTER - 16, 24)
            if hour:
                paint_line(painter, area, f"{hour:02d}:00", "small", "text3", right=True, whole=True)
        for edge in self.edges[:-1]:
            painter.fillRect(edge, 0, 1, self.height(), line)
        self._paint_now(painter)

    def _paint_now(self, painter: QPainter) -> None:
        now = clock.here()
        if now.date() not in self.days:
            return
        top = round((now.hour + now.minute / 60) * HOUR)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("accent"))
        painter.fillRect(GUTTER - 12, top, self.width() - GUTTER + 12, 2, theme().color("accent"))
        painter.drawRoundedRect(QRectF(8, top - 11, 52, 22), 4, 4)
        painter.setFont(font("small_bold"))
        painter.setPen(theme().color("on_accent"))
        painter.drawText(QRectF(8, top - 11, 52, 22), Qt.AlignmentFlag.AlignCenter, formats.clock(now))


class WeekGrid(QWidget):
    """Days side by side. `opened`: an appointment was tapped; `day_chosen`: the name of a day was tapped.

    `swiped` carries 1 for the next days, -1 for the days before.
    """

    opened = Signal(object)
    day_chosen = Signal(object)
    swiped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.days: list[date] = []
        self._visits: tuple[Visit, ...] = ()
        self._blocks: list[VisitBlock] = []
        self._heads: list[DayHead] = []
        self._top = QWidget()
        self._canvas = HourCanvas()
        self._swipe = Swipe(self)
        self._swipe.watch(self._top, self._canvas)
        self._swipe.swiped.connect(self.swiped)
        self.area: QScrollArea = scrolled(self._canvas)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        column = bare_column(self)
        column.addWidget(self._top)
        column.addWidget(self.area, 1)
        self._was_placed = False

    @property
    def blocks(self) -> list[VisitBlock]:
        return self._blocks

    def show_days(self, days: Sequence[date], visits: Sequence[Visit]) -> None:
        """Shows days with their appointments; keeps the scroll position if the days are the same."""
        if (list(days), tuple(visits)) == (self.days, self._visits):
            self._canvas.update()
            return
        is_other = list(days) != self.days
        self.days, self._visits = list(days), tuple(visits)
        for widget in (*self._blocks, *self._heads):
            widget.hide()
            widget.deleteLater()
        self._blocks, self._heads = [], []
        for day in self.days:
            head = DayHead(self._top)
            head.show_day(day, self._of(day))
            head.clicked.connect(lambda _checked=False, day=day: self.day_chosen.emit(day))
            self._heads.append(head)
        for day in self.days:
            for visit in self._of(day):
                block = VisitBlock(visit, day, self._top if visit.is_full_day else self._canvas)
                block.clicked.connect(lambda _checked=False, visit=visit: self.opened.emit(visit))
                self._blocks.append(block)
        self._swipe.watch(*self._heads, *self._blocks)
        self._place()
        if is_other or not self._was_placed:
            self._scroll()

    def retranslate(self) -> None:
        for head in self._heads:
            head.show_day(head.day, self._of(head.day))
        for block in self._blocks:
            block.setAccessibleName(labels.spoken(block.visit))

    def _of(self, day: date) -> list[Visit]:
        return [visit for visit in self._visits if visit.is_on(day)]

    def _scroll(self) -> None:
        """Scrolls to the first appointment, or to the morning."""
        starts = [visit.start.hour for visit in self._visits if not visit.is_full_day]
        hour = min([*starts, FIRST_HOUR])
        self.area.verticalScrollBar().setValue(max(hour * HOUR - 12, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
        if not self._was_placed and self._visits:
            self._was_placed = True
            self._scroll()

    def _widths(self) -> list[int]:
        """Returns the columns' widths; weekends without appointments are narrow."""
        room = self.width() - GUTTER - BAR
        if not self.days:
            return []
        narrow = [len(self.days) > 3 and day.isoweekday() > 5 and not self._of(day) for day in self.days]
        wide = max(narrow.count(False), 1)
        each = (room - EMPTY_WEEKEND * narrow.count(True)) // wide
        return [EMPTY_WEEKEND if is_narrow else each for is_narrow in narrow]

    def _place(self) -> None:
        edges = [GUTTER]
        for width in self._widths():
            edges.append(edges[-1] + width)
        canvas = self._canvas
        canvas.edges, canvas.days, canvas.is_empty = edges, self.days, [not self._of(day) for day in self.days]
        for head, left, right in zip(self._heads, edges, edges[1:], strict=False):
            head.setGeometry(left, 0, right - left, HEAD)
            head.show()
        most = max((sum(visit.is_full_day for visit in self._of(day)) for day in self.days), default=0)
        self._top.setFixedHeight(HEAD + most * (LOWEST + _PAD) + (_PAD if most else 0) + 1)
        for day, left, right in zip(self.days, edges, edges[1:], strict=False):
            self._place_day(day, left + _PAD, right - left - 2 * _PAD)
        canvas.update()

    def _place_day(self, day: date, left: int, width: int) -> None:
        blocks = [block for block in self._blocks if block.day == day]
        whole = [block for block in blocks if block.visit.is_full_day]
        for row, block in enumerate(whole):
            block.setGeometry(left, HEAD + _PAD + row * (LOWEST + _PAD), width, LOWEST)
            block.show()
        spans = [(_span(block.visit), block) for block in blocks if not block.visit.is_full_day]
        for group in overlapping([span for span, _ in spans]):
            chosen = [spans[number] for number in group]
            lanes = lanes_of([span for span, _ in chosen])
            each = (width + _PAD) // (max(lanes) + 1)
            for ((top, bottom), block), lane in zip(chosen, lanes, strict=True):
                block.setGeometry(left + lane * each, top, each - _PAD, bottom - top)
                block.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        height = self._top.height()
        painter.fillRect(0, 0, self.width(), height, theme().color("surface"))
        painter.fillRect(0, 0, self.width(), 1, theme().color("border"))
        painter.fillRect(0, height - 1, self.width(), 1, theme().color("control"))


def _span(visit: Visit) -> tuple[int, int]:
    """Returns a block's top and bottom in pixels: at least as high as a finger needs, within the day."""
    minutes = visit.start.hour * 60 + visit.start.minute
    length = max(((visit.end or visit.start) - visit.start) / timedelta(minutes=1), 0)
    top = min(round(minutes * HOUR / 60) + 1, 24 * HOUR - LOWEST)
    return top, min(max(top + round(length * HOUR / 60) - 3, top + LOWEST), 24 * HOUR)


def overlapping(spans: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Groups the positions of overlapping spans, given as (top, bottom) and ordered by top."""
    group, end, numbers = 0, -1, []
    for top, bottom in spans:
        if top >= end:
            group += 1
        end = max(end, bottom)
        numbers.append(group)
    return [[place for place, _ in found] for _, found in groupby(enumerate(numbers), key=lambda entry: entry[1])]


def lanes_of(spans: Sequence[tuple[int, int]]) -> list[int]:
    """Returns the lane of each span: the first one that is free at its top."""
    ends: list[int] = []
    lanes = []
    for top, bottom in spans:
        lane = next((number for number, end in enumerate(ends) if end <= top), len(ends))
        ends[lane : lane + 1] = [bottom]
        lanes.append(lane)
    return lanes
