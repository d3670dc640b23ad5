"""The figures above the chart: amount, orders and average with their changes, and the target's progress."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from salesapp.domain.sales import TargetProgress
from salesapp.services.reports import Report
from salesapp.views import formats
from salesapp.views.look.theme import theme
from salesapp.views.parts.frame import Card
from salesapp.views.parts.strip import Segment, Shape, Strip
from salesapp.views.parts.text import Icon, Text
from salesapp.views.reports import labels

SEGMENTS = 10
_PAD = 20


class Figure(QWidget):
    """A name, a figure, and its change."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.figure = Text("small_bold", "text2", wraps=True), Text("title")
        self.icon, self.change = Icon("arrow_up_regular", 20, "ok"), Text("small_medium", "text2", wraps=True)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.change, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(_PAD, 14, _PAD, 14)
        column.setSpacing(2)
        column.addWidget(self.name)
        column.addWidget(self.figure)
        column.addLayout(row)
        column.addStretch()

    def show_figure(self, name: str, figure: str, change: tuple[str, str, str]) -> None:
        icon, token, sentence = change
        self.name.setText(name)
        self.figure.setText(figure)
        self.change.setText(sentence)
        self.change.set_token(token)
        self.icon.setVisible(bool(icon))
        if icon:
            self.icon.set_icon(icon, token)


class Target(QWidget):
    """The target of the month or year as a strip of ten segments."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.percent = Text("small_bold", "text2", wraps=True), Text("body_bold")
        self.strip, self.line = Strip(), Text("small", "text2", wraps=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.name, 1)
        row.addWidget(self.percent)
        column = QVBoxLayout(self)
        column.setContentsMargins(_PAD, 14, _PAD, 14)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.strip)
        column.addWidget(self.line)
        column.addStretch()

    def show_report(self, report: Report) -> None:
        progress = report.progress
        self.strip.setVisible(progress is not None)
        self.percent.setVisible(progress is not None)
        if progress is None:
            self.name.setText(labels.no_target()[0])
            self.line.setText(labels.no_target()[1])
            return
        self.name.setText(labels.target_title(progress, report.today))
        self.percent.setText(f"{formats.number(progress.percent)}{formats.FIXED}%")
        self.strip.set_segments(segments(progress), labels.target_title(progress, report.today), done="accent")
        self.line.setText(labels.target_line(progress, report.today))


def segments(progress: TargetProgress) -> list[Segment]:
    """Returns ten segments, filled as far as the target is reached."""
    parts = [min(max(progress.percent / SEGMENTS - number, 0.0), 1.0) for number in range(SEGMENTS)]
    return [Segment(Shape.DONE) if part == 1 else Segment(Shape.RUNNING, round(part, 2)) for part in parts]


class FiguresCard(Card):
    """The figures in one row of four, or two by two."""

    def __init__(self) -> None:
        super().__init__(padding=0)
        self.net, self.orders, self.average, self.target = Figure(), Figure(), Figure(), Target()
        self._cells: tuple[QWidget, ...] = (self.net, self.orders, self.average, self.target)
        self._grid = QGridLayout()
        self._grid.setSpacing(0)
        self.body.addLayout(self._grid)
        self._columns = 0
        self.set_columns(4)

    def set_columns(self, count: int) -> None:
        if count == self._columns:
            return
        self._columns = count
        for column in range(len(self._cells)):
            self._grid.setColumnStretch(column, 1 if column < count else 0)
        for place, cell in enumerate(self._cells):
            self._grid.addWidget(cell, place // count, place % count)

    def show_report(self, report: Report) -> None:
        total, change = report.total, report.change
        name = labels.title(report.period, report.today)
        self.net.show_figure(name, labels.money(total.net), labels.change(report))
        self.orders.show_figure(labels.orders(), formats.number(total.orders), labels.change_of_orders(change))
        average = labels.money(total.average) if total.orders else labels.DASH
        self.average.show_figure(labels.average(), average, labels.change_of_average(change))
        self.target.show_report(report)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints hairlines between the cells."""
        super().paintEvent(event)
        painter, line = QPainter(self), theme().color("border")
        for place, cell in enumerate(self._cells):
            box = cell.geometry()
            if place % self._columns:
                painter.fillRect(box.left(), box.top(), 1, box.height(), line)
            if place >= self._columns:
                painter.fillRect(box.left(), box.top(), box.width(), 1, line)
