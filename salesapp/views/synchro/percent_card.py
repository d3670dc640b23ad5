"""The percentage: a large figure that is also the button for the progress bars."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from salesapp.views.look import icons
from salesapp.views.look.theme import theme
from salesapp.views.look.type import font
from salesapp.views.parts.paint import paint_line, step_in
from salesapp.views.parts.strip import Segment, paint_strip

PADDING = 24
HEIGHTS = {"closed": 178, "side": 254, "above": 118}
SLIM_HEIGHTS = {"closed": 210, "side": 254, "above": 148}
NARROW = 700
"""Below this width, as at 200 % on a tablet, the figure is smaller and the chevron has no text."""


class PercentCard(QAbstractButton):
    """The card in one of its forms: `closed` (large), beside the bars (`side`), or above them (`above`)."""

    def __init__(self) -> None:
        super().__init__()
        self._form = "closed"
        self._is_slim = False
        self._percent = 0
        self._segments: tuple[Segment, ...] = ()
        self._doing = ""
        self._rows = ""
        self._left = ""
        self._action = ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_form("closed")

    @property
    def percent(self) -> int:
        return self._percent

    def set_form(self, form: str, *, slim: bool = False) -> None:
        self._form, self._is_slim = form, slim and form != "side"
        heights = SLIM_HEIGHTS if self._is_slim else HEIGHTS
        self.setFixedHeight(heights[form])
        self.setMinimumWidth(264 if form == "side" else 320)
        self.setMaximumWidth(264 if form == "side" else 16_777_215)
        self.update()

    def show_progress(self, percent: int, segments: tuple[Segment, ...], doing: str, rows: str, left: str) -> None:
        values = (percent, segments, doing, rows, left)
        if values != (self._percent, self._segments, self._doing, self._rows, self._left):
            self._percent, self._segments, self._doing, self._rows, self._left = values
            self.update()

    def set_action(self, action: str, spoken: str) -> None:
        self._action = action
        self.setAccessibleName(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(264 if self._form == "side" else 760, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().color("control" if self.underMouse() else "border"), 1))
        painter.setBrush(theme().color("sunken" if self.isDown() else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)
        forms = {"closed": self._paint_closed, "side": self._paint_side, "above": self._paint_above}
        (self._paint_slim if self._is_slim else forms[self._form])(painter)

    def _paint_slim(self, painter: QPainter) -> None:
        """Paints the figure in a line of its own, and the texts below."""
        is_closed, width = self._form == "closed", self.width() - 40
        role, high = ("percent_open", 104) if is_closed else ("percent_tile", 70)
        end = self._paint_percent(painter, 20, role, "display" if is_closed else "title", 4, high)
        icon = "chevron_right_regular" if is_closed else "chevron_up_regular"
        self._paint_action(painter, self.width() - 16, high / 2 - 10, icon, "")
        if not is_closed:
            left = max(end + 20, 144)
            paint_strip(painter, QRectF(left, 26, self.width() - 56 - left, 24), self._segments, 10)
        lines = [(self._doing, "heading"), (self._rows, "body"), (self._left, "body")]
        if not is_closed:
            lines = [(self._doing, "body_bold"), (self._left, "small")]
        for number, (text, role) in enumerate(lines):
            shown = step_in(text, width, role) if not number else text
            area = QRectF(20, high + number * (30 if is_closed else 28), width, 28)
            paint_line(painter, area, shown, role, "text2" if number else "text")

    def _paint_closed(self, painter: QPainter) -> None:
        narrow = self.width() < NARROW
        left = self._paint_percent(painter, 36, "percent_open" if narrow else "percent", "display", 0, self.height())
        top, text = self.height() / 2 - 14, "" if narrow else self._action
        action = self._paint_action(painter, self.width() - PADDING, top, "chevron_right_regular", text)
        room = action - left - 28 - 16
        top = self.height() / 2 - 39
        doing = step_in(self._doing, room, "heading")
        role = "heading" if QFontMetrics(font("heading")).horizontalAdvance(doing) <= room else "name"
        paint_line(painter, QRectF(left + 28, top, room, 28), doing, role, "text")
        paint_line(painter, QRectF(left + 28, top + 28, room, 24), self._rows, "body", "text2")
        paint_line(painter, QRectF(left + 28, top + 52, room, 24), self._left, "body", "text2")

    def _paint_side(self, painter: QPainter) -> None:
        self._paint_percent(painter, 20, "percent_open", "display", 12, 100)
        width = self.width() - 40
        paint_strip(painter, QRectF(20, 116, width, 24), self._segments, 12)
        paint_line(painter, QRectF(20, 150, width, 24), self._left, "body_bold", "text")
        paint_line(painter, QRectF(20, 173, width, 22), step_in(self._doing, width, "small"), "small", "text2")
        end = 20 + QFontMetrics(font("body_bold")).horizontalAdvance(self._action) + 34
        self._paint_action(painter, end, 206, "chevron_up_regular")

    def _paint_above(self, painter: QPainter) -> None:
        left = max(self._paint_percent(painter, 24, "percent_open", "display", 0, self.height()) + 24, 192)
        width = self.width() - left - 16
        paint_strip(painter, QRectF(left, 18, width, 28), self._segments, 14)
        action = self._paint_action(painter, self.width() - 16, 60, "chevron_up_regular")
        room = action - left - 12
        paint_line(painter, QRectF(left, 52, room, 24), step_in(self._doing, room, "body_bold"), "body_bold", "text")
        paint_line(painter, QRectF(left, 75, room, 22), self._left, "small", "text2")

    def _paint_percent(self, painter: QPainter, left: float, role: str, sign: str, top: float, height: float) -> float:
        """Paints the figure and its sign; returns the x where they end."""
        figure = str(self._percent)
        wide = QFontMetrics(font(role)).horizontalAdvance(figure)
        paint_line(painter, QRectF(left, top, wide + 8, height), figure, role, "accent", whole=True)
        gap = 16 if role == "percent" else 10
        drop = 0.24 if role == "percent" else 0.2
        size = font(role).pixelSize()
        sign_wide = QFontMetrics(font(sign)).horizontalAdvance("%")
        box = QRectF(left + wide + gap, top + size * drop, sign_wide + 4, height)
        paint_line(painter, box, "%", sign, "accent", whole=True)
        return left + wide + gap + sign_wide

    def _paint_action(self, painter: QPainter, right: float, top: float, icon: str, text: str | None = None) -> float:
        """Paints what a tap does, right-aligned; returns the x where it begins."""
        icons.draw(painter, icon, right - 24, top + 2, 24, "accent")
        shown = self._action if text is None else text
        wide = QFontMetrics(font("body_bold")).horizontalAdvance(shown)
        paint_line(painter, QRectF(right - 34 - wide, top, wide + 2, 28), shown, "body_bold", "accent", whole=True)
        return right - 34 - wide
