"""The bar chart: a button for each period, so that fingers, keys and screen readers can all open it."""

from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from salesapp.domain.periods import Period
from salesapp.services.reports import Bar, Report
from salesapp.views.look.theme import theme
from salesapp.views.look.type import font
from salesapp.views.parts.frame import Card
from salesapp.views.parts.text import Text
from salesapp.views.reports import labels
from salesapp.views.reports.labels import Scale

SLOT = 44
"""Least width for a finger; if there is less room, the first bars are left out."""
LOWEST = 240
VALUE, LINE, GAP = 28, 20, 6
_BAR = 0.55
_WIDEST = 72
_DASHES = (5.0, 4.0)


@dataclass(frozen=True, slots=True)
class BarFace:
    """The content of a bar: its height and its target's relative to the highest (0 to 1), and its texts."""

    part: float
    target: float
    value: str
    titles: tuple[str, str]
    is_current: bool


class BarButton(QAbstractButton):
    """A bar with its value above and its name below; the whole slot can be tapped. `moved` carries an arrow key."""

    moved = Signal(int)

    def __init__(self, period: Period, parent: QWidget) -> None:
        super().__init__(parent)
        self.period = period
        self.face = BarFace(0, 0, "", ("", ""), is_current=False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -99, Qt.Key.Key_End: 99}.get(
            Qt.Key(event.key())
        )
        if step is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit(step)

    @property
    def _floor(self) -> float:
        """Returns the y of the bars' lower edge."""
        return self.height() - GAP - LINE * (2 if self.property("two_lines") else 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isDown():
            painter.fillRect(self.rect(), theme().color("sunken"))
        room = self._floor - VALUE
        height = room * self.face.part
        self._paint_bar(painter, height)
        if self.face.target:
            self._paint_target(painter, self._floor - room * self.face.target)
        self._paint_words(painter, self._floor - height)
        painter.fillRect(QRectF(0, self._floor, self.width(), 1), theme().color("control"))

    def _paint_bar(self, painter: QPainter, height: float) -> None:
        if height < 1:
            return
        width = min(self.width() * _BAR, _WIDEST)
        radius = min(4.0, height)
        path = QPainterPath()
        path.addRoundedRect(
            QRectF((self.width() - width) / 2, self._floor - height, width, height + radius), radius, radius
        )
        painter.save()
        painter.setClipRect(QRectF(0, 0, self.width(), self._floor))
        painter.fillPath(path, theme().color("accent" if self.face.is_current else "chart_2"))
        painter.restore()

    def _paint_target(self, painter: QPainter, top: float) -> None:
        """Paints a dashed line across the slot; the dashes continue those of the bar before."""
        pen = QPen(theme().color("text2"), 1.5)
        pen.setDashPattern([dash / 1.5 for dash in _DASHES])
        pen.setDashOffset(self.x() % sum(_DASHES) / 1.5)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLine(QRectF(0, top, self.width(), 0).topLeft(), QRectF(0, top, self.width(), 0).topRight())

    def _paint_words(self, painter: QPainter, top: float) -> None:
        role = "small_bold" if self.face.is_current else "small"
        if self.face.value:
            width = QFontMetrics(font(role)).horizontalAdvance(self.face.value) + 6
            place = QRectF((self.width() - width) / 2, top - 4 - LINE, width, LINE)
            painter.fillRect(place, theme().color("sunken" if self.isDown() else "surface"))
            self._paint_centred(painter, place, self.face.value, role, "text")
        for number, text in enumerate(self.face.titles):
            place = QRectF(0, self._floor + GAP + number * LINE, self.width(), LINE)
            self._paint_centred(painter, place, text, role, "text" if self.face.is_current else "text2")

    @staticmethod
    def _paint_centred(painter: QPainter, area: QRectF, text: str, role: str, token: str) -> None:
        painter.setFont(font(role))
        painter.setPen(theme().color(token))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, text)


class BarChart(QWidget):
    """As many of the last bars as fit. `opened` carries a period."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumHeight(LOWEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.buttons: list[BarButton] = []

    def sizeHint(self) -> QSize:
        return QSize(14 * SLOT, LOWEST)

    def minimumSizeHint(self) -> QSize:
        return QSize(4 * SLOT, LOWEST)

    def show_report(self, report: Report, scale: Scale) -> None:
        """Shows a report's bars. Buttons of unchanged periods stay, and keep the focus."""
        if [button.period for button in self.buttons] != [bar.period for bar in report.bars]:
            self._make(report)
        most = max(report.highest, Decimal(1))
        in_month = report.within is not None and report.within.span == "month"
        titles = [labels.bar_labels(bar.period, in_month=in_month) for bar in report.bars]
        two_lines = any(below for _, below in titles)
        for button, bar, label in zip(self.buttons, report.bars, titles, strict=True):
            button.face = BarFace(
                part=float(max(bar.total.net, labels.ZERO) / most),
                target=float((bar.target or labels.ZERO) / most),
                value=scale.show(bar.total.net) if bar.total.orders else "",
                titles=label,
                is_current=bar.is_current,
            )
            button.setProperty("two_lines", two_lines)
            button.setAccessibleName(labels.spoken_bar(bar, report.currency, report.today))
            button.update()

    def _make(self, report: Report) -> None:
        had_focus = any(button.hasFocus() for button in self.buttons)
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        self.buttons = [BarButton(bar.period, self) for bar in report.bars]
        for place, button in enumerate(self.buttons):
            button.clicked.connect(lambda _checked=False, button=button: self.opened.emit(button.period))
            button.moved.connect(lambda step, place=place: self._move(place, step))
        self._place()
        self._stop_at(self.buttons[-1])
        if had_focus:
            self.buttons[-1].setFocus()

    def _move(self, place: int, step: int) -> None:
        seen = [number for number, button in enumerate(self.buttons) if not button.isHidden()]
        target = self.buttons[min(max(place + step, seen[0]), seen[-1])]
        self._stop_at(target)
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def _stop_at(self, target: BarButton) -> None:
        """Makes Tab stop at one bar only; arrow keys move to the others."""
        for button in self.buttons:
            policy = Qt.FocusPolicy.StrongFocus if button is target else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        if not self.buttons:
            return
        count = min(max(self.width() // SLOT, 1), len(self.buttons))
        first = len(self.buttons) - count
        for place, button in enumerate(self.buttons):
            left, right = (self.width() * (place - first + end) // count for end in (0, 1))
            if place >= first:
                button.setGeometry(left, 0, right - left, self.height())
            button.setVisible(place >= first)


class Mark(QWidget):
    """The sample of a legend: a dashed line, or the colour of the current bar."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        self.setFixedSize(28 if kind == "target" else 14, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._kind == "target":
            pen = QPen(theme().color("text2"), 1.5)
            pen.setDashPattern([dash / 1.5 for dash in _DASHES])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawLine(0, 10, self.width(), 10)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("accent"))
        painter.drawRoundedRect(QRectF(0, 3, 14, 14), 3, 3)


class ChartCard(Card):
    """The chart with its title, unit, legend, and notes."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.caption = Text("name"), Text("small", "text2")
        self.chart = BarChart()
        self.target_mark, self.target = Mark("target"), Text("small", "text2")
        self.current_mark, self.current = Mark("current"), Text("small", "text2")
        self.notes = Text("small", "text3", wraps=True)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.title)
        top.addStretch()
        top.addWidget(self.caption)
        legend = QHBoxLayout()
        legend.setSpacing(8)
        legend.addWidget(self.target_mark)
        legend.addWidget(self.target)
        legend.addStretch()
        legend.addWidget(self.current_mark)
        legend.addWidget(self.current)
        bottom = QVBoxLayout()
        bottom.setSpacing(4)
        bottom.addLayout(legend)
        bottom.addWidget(self.notes)
        self.body.addLayout(top)
        self.body.addWidget(self.chart, 1)
        self.body.addLayout(bottom)

    def show_report(self, report: Report) -> None:
        scale = labels.scale_of(report.highest)
        of = report.bars[0].period.span
        self.title.setText(labels.chart_title(of))
        caption = labels.scale_text(scale, report.currency)
        if of == "week" and report.within is None:
            caption = labels.DOT.join(part for part in (caption, labels.week_number()) if part)
        self.caption.setText(caption)
        self.chart.setAccessibleName(labels.chart_title(of))
        self.chart.show_report(report, scale)
        self._show_legend(report.bars, labels.target_of_bars(of), scale)
        current = next((bar for bar in report.bars if bar.is_current), None)
        self.current.setText(labels.so_far(of) if current else "")
        for widget in (self.current, self.current_mark):
            widget.setVisible(current is not None)
        self.notes.setText(labels.notes(report))
        self.notes.setVisible(bool(labels.notes(report)))

    def _show_legend(self, bars: tuple[Bar, ...], name: str, scale: Scale) -> None:
        """Shows the target of the last bar, unless the bars have different targets."""
        targets = {scale.show(bar.target) for bar in bars if bar.target}
        self.target.setText(f"{name} {next(iter(targets))}" if len(targets) == 1 else name)
        for widget in (self.target, self.target_mark):
            widget.setVisible(bool(targets))
