"""Rows of the lists behind a report: customers and items with amounts, orders, customers who stopped ordering."""

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem

from salesapp import clock
from salesapp.models.reports import ReportRole, Row
from salesapp.services.reports import AwayRow, Order
from salesapp.views.look import icons
from salesapp.views.look.theme import theme
from salesapp.views.look.type import font
from salesapp.views.parts.paint import paint_line
from salesapp.views.parts.touch_delegate import Index, TouchDelegate
from salesapp.views.parts.touch_list import TouchList
from salesapp.views.reports import labels

HEIGHT, BUTTON = 72, 48
_ROLES = ("price", "small")


def order_button(area: QRect) -> QRect:
    """Returns the area of the new-order button in the row of a customer who stopped ordering."""
    return QRect(area.right() - 52 - BUTTON, area.top() + (HEIGHT - BUTTON) // 2, BUTTON, BUTTON)


class ReportDelegate(TouchDelegate):
    """Paints a title over a second line, an amount over a line on the right, and a chevron; reads roles only."""

    grows = False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, area = index.data(ReportRole.ROW), QRect(option.rect)
        if row is None:
            return
        right, left = area.right() - 40, area.left() + 24
        icons.draw(painter, "chevron_right_regular", right, area.top() + 26, 20, "text3")
        right -= 16
        if isinstance(row, AwayRow):
            self._paint_button(painter, order_button(area))
            right = order_button(area).left() - 16
        if isinstance(row, Order):
            on_device = ("tablet_regular", "wait") if row.record else ("document_text_regular", "accent")
            icons.draw(painter, on_device[0], left, area.top() + 24, 24, on_device[1])
            left += 40
        right -= self._paint_right(painter, QRect(left, area.top(), right - left, HEIGHT), row) + 16
        self._paint_title(painter, QRect(left, area.top(), right - left, HEIGHT), row)
        self.paint_edge(painter, option)

    @staticmethod
    def _paint_title(painter: QPainter, area: QRect, row: Row) -> None:
        below = labels.below(row, clock.today())
        top = QRect(area.left(), area.top() + (11 if below else 23), area.width(), 26)
        paint_line(painter, top, labels.row_title(row), "name", "text")
        paint_line(painter, top.translated(0, 26), below, "small", "text2")

    @staticmethod
    def _paint_right(painter: QPainter, area: QRect, row: Row) -> int:
        """Paints the amount and the line below it; returns their width."""
        texts = [(text, role) for text, role in zip(labels.rights(row), _ROLES, strict=True) if text]
        if isinstance(row, AwayRow):
            texts = [(text, "body_medium" if role == "price" else "small") for text, role in texts]
        top = area.top() + (HEIGHT - 26 * len(texts)) // 2
        for number, (text, role) in enumerate(texts):
            place = QRect(area.left(), top + 26 * number, area.width(), 26)
            paint_line(painter, place, text, role, "text" if number == 0 else "text2", right=True, whole=True)
        return max((QFontMetrics(font(role)).horizontalAdvance(text) for text, role in texts), default=0)

    @staticmethod
    def _paint_button(painter: QPainter, area: QRect) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().color("control"), 1))
        painter.setBrush(theme().color("surface"))
        painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.restore()
        icons.draw(painter, "cart_regular", area.left() + 12, area.top() + 12, 24, "accent")


class ReportList(TouchList):
    """The list. `order_requested`: a row's cart was tapped, or Ctrl+N pressed on the row."""

    order_requested = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(ReportDelegate(self))
        self.part_tapped.connect(self.order_requested)

    def is_part(self, index: Index, place: QPoint) -> bool:
        """Returns whether a point is on the cart."""
        is_away = isinstance(index.data(ReportRole.ROW), AwayRow)
        return is_away and order_button(self.visualRect(index)).contains(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_new = event.key() == Qt.Key.Key_N and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if is_new and isinstance(self.currentIndex().data(ReportRole.ROW), AwayRow):
            self.order_requested.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)
