"""Rows of the list of customers, and rows of a customer's page that open details."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyleOptionViewItem

from salesapp.models.customers import Role
from salesapp.services.customers import CustomerRow
from salesapp.views import formats
from salesapp.views.customers import labels
from salesapp.views.look import icons
from salesapp.views.look.theme import theme
from salesapp.views.look.type import font
from salesapp.views.parts import slim
from salesapp.views.parts.hits import paint_hits
from salesapp.views.parts.paint import paint_line
from salesapp.views.parts.states import STATE_LOOKS
from salesapp.views.parts.touch_delegate import Index, TouchDelegate
from salesapp.views.parts.touch_list import TouchList

HEIGHT = 72
STAR = 64
_RIGHT = 190
_NARROW = 560


class CustomerDelegate(TouchDelegate):
    """Paints star, name over town and code, last order over the overdue amount, and a chevron."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, area = index.data(Role.ROW), QRect(option.rect)
        if not isinstance(row, CustomerRow):
            return
        self.paint_ground(painter, option)
        self._paint_star(painter, area, row, has_star=bool(index.data(Role.STAR)))
        icons.draw(painter, "chevron_right_regular", area.right() - 40, area.top() + 26, 20, "text3")
        width = 140 if area.width() < _NARROW else _RIGHT
        right = QRect(area.right() - 52 - width, area.top(), width, HEIGHT)
        top = QRect(area.left() + STAR, area.top() + 11, right.left() - 12 - area.left() - STAR, 26)
        if slim.is_slim(area.width()):
            top = slim.line(area, 0, STAR, 48)
            self._paint_last_line(painter, slim.line(area, 2, STAR, 48), row)
        else:
            self._paint_right(painter, right, row)
        paint_hits(painter, top, row.name, self.typed)
        paint_line(painter, top, row.name, "name", "text")
        below = labels.below(row)
        paint_hits(painter, top.translated(0, 26), below, self.typed, "small")
        paint_line(painter, top.translated(0, 26), below, "small", "text2")
        self.paint_edge(painter, option)

    @staticmethod
    def _paint_star(painter: QPainter, area: QRect, row: CustomerRow, *, has_star: bool) -> None:
        left, top = area.left() + 24, area.top() + 24
        if row.key is None:
            icons.draw(painter, "tablet_regular", left, top, 24, "wait" if row.state != "rejected" else "fail")
        else:
            icon = "star_filled" if has_star else "star_regular"
            icons.draw(painter, icon, left, top, 24, "accent" if has_star else "text3")

    @staticmethod
    def _right_lines(row: CustomerRow) -> list[tuple[str, str, str]]:
        """Returns (text, type, colour) of the state on the device, the last document, and the overdue amount."""
        lines: list[tuple[str, str, str]] = []
        if row.state:
            token = STATE_LOOKS[labels.STATE_OF.get(row.state, "waiting_to_send")][1]
            lines.append((labels.on_device(row.state), "small_medium", token))
        if row.last_document:
            lines.append((labels.day(row.last_document), "small", "text2"))
        if row.overdue > 0:
            lines.append((formats.amount(row.overdue), "small_medium", "fail"))
        return lines

    def _paint_last_line(self, painter: QPainter, area: QRect, row: CustomerRow) -> None:
        """Paints the same texts side by side in a slim row."""
        left = area.left()
        for text, role, token in self._right_lines(row):
            if token == "fail" and not row.state:
                icons.draw(painter, "clock_alarm_regular", left, area.top() + 3, 20, "fail")
                left += 26
            paint_line(painter, QRect(left, area.top(), area.right() - left, 26), text, role, token)
            left += QFontMetrics(font(role)).horizontalAdvance(text) + 20

    def _paint_right(self, painter: QPainter, area: QRect, row: CustomerRow) -> None:
        lines, step = self._right_lines(row), 26
        top = area.center().y() - step * len(lines) // 2
        for number, (text, role, token) in enumerate(lines):
            place = QRect(area.left(), top + step * number, area.width(), step)
            paint_line(painter, place, text, role, token, right=True)
            if token == "fail" and not row.state:
                left = place.right() - QFontMetrics(font(role)).horizontalAdvance(text) - 26
                icons.draw(painter, "clock_alarm_regular", left, place.top() + 3, 20, "fail")


class CustomerList(TouchList):
    """The list. `starred`: a row's star was tapped, or the space bar pressed on the row."""

    starred = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(CustomerDelegate(self))
        self.part_tapped.connect(self.starred)

    def is_part(self, index: Index, place: QPoint) -> bool:
        """Returns whether a point is on the star."""
        del index
        return place.x() < STAR

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.show_focus(by_keyboard=True)
            self.starred.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class InfoRow(QAbstractButton):
    """One fact with details below; a tap opens more."""

    def __init__(self, icon: str, title: str, below: str, *, token: str = "accent") -> None:
        super().__init__()
        self._icon, self._title, self._below, self._token = icon, title, below, token
        self.setAccessibleName(", ".join(part for part in (title, below) if part))
        self.setFixedHeight(60)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(280, 60)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        if self.isDown():
            painter.fillRect(self.rect(), theme().color("sunken"))
        icons.draw(painter, self._icon, 20, 18, 24, self._token)
        icons.draw(painter, "chevron_right_regular", self.width() - 36, 20, 20, "text3")
        room = self.width() - 56 - 44
        if self._below:
            paint_line(painter, QRect(56, 8, room, 24), self._title, "body", "text")
            paint_line(painter, QRect(56, 32, room, 20), self._below, "small", "text2")
        else:
            paint_line(painter, QRect(56, 0, room, 60), self._title, "body", "text")
