"""Rows of records with receipts: kind, number over customer, time, amount, and the receipt's strip and word."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from salesapp.models.own_work import WorkRole
from salesapp.views import formats
from salesapp.views.look import icons
from salesapp.views.look.type import font
from salesapp.views.parts import slim
from salesapp.views.parts.paint import paint_line
from salesapp.views.parts.strip import paint_strip
from salesapp.views.parts.touch_delegate import Index, TouchDelegate
from salesapp.views.receipts.labels import KINDS, LOOKS, item_below, item_title, receipt_text

if TYPE_CHECKING:
    from salesapp.services.own_work import WorkItem

HEIGHT = 72
RECEIPT, NARROW_RECEIPT = 260, 224
NARROW = 900


class WorkDelegate(TouchDelegate):
    """Paints one record; reads roles only."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.opened = ""
        """The record whose row is open, `height` high."""
        self.height = HEIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option
        return QSize(320, self.height if self.opened and self._is_open(index) else self.row_height)

    def _is_open(self, index: Index) -> bool:
        item: WorkItem | None = index.data(WorkRole.ITEM)
        return item is not None and item.record == self.opened

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area: QRect = option.rect
        item: WorkItem | None = index.data(WorkRole.ITEM)
        if item is None:
            return
        is_bad = item.state == "rejected"
        is_open = bool(self.opened) and item.record == self.opened
        if is_bad:
            self.paint_rejected_ground(painter, option)
        token = "fail" if is_bad else "text2"
        icons.draw(painter, KINDS.get(item.kind, "document_text_regular"), area.left() + 20, area.top() + 24, 24, token)
        chevron = "chevron_up_regular" if is_open else "chevron_down_regular" if is_bad else "chevron_right_regular"
        icons.draw(painter, chevron, area.right() - 40, area.top() + 26, 20, "text2")
        if slim.is_slim(area.width()):
            self._paint_slim(painter, area, item)
        else:
            self._paint_wide(painter, area, item)
        self.paint_edge(painter, option)

    def _paint_slim(self, painter: QPainter, area: QRect, item: "WorkItem") -> None:
        """Paints number and time; customer; receipt and amount."""
        first, time = slim.line(area, 0, 56, 48), _time(item.at)
        room = first.width() - _width(time, "small") - 16
        paint_line(painter, QRect(first.left(), first.top(), room, first.height()), item_title(item), "name", "text")
        paint_line(painter, first, time, "small", "text2", right=True, whole=True)
        paint_line(painter, slim.line(area, 1, 56, 48), item_below(item), "small", "text2")
        last, money = slim.line(area, 2, 56, 48), _money(item)
        icon, token, _segments = LOOKS[item.state]
        icons.draw(painter, icon, last.left(), last.top() + 3, 20, token)
        room = last.width() - (_width(money, "body_bold") + 16 if money else 0)
        paint_line(painter, QRect(last.left() + 28, last.top(), room - 28, 26), receipt_text(item), "word", token)
        paint_line(painter, last, money, "body_bold", "text", right=True, whole=True)

    def _paint_wide(self, painter: QPainter, area: QRect, item: "WorkItem") -> None:
        is_narrow = area.width() < NARROW
        width = NARROW_RECEIPT if is_narrow else RECEIPT
        receipt = QRect(area.right() - 56 - width, area.top(), width, HEIGHT)
        self._paint_receipt(painter, receipt, item)
        paint = self._paint_stacked if is_narrow else self._paint_columns
        self._paint_words(painter, area, paint(painter, area.top(), receipt.left() - 16, item) - 16, item)

    @staticmethod
    def _paint_columns(painter: QPainter, top: int, right: int, item: "WorkItem") -> int:
        """Paints time and amount in their columns; returns the x where they begin."""
        if item.amount is not None:
            place = QRect(right - 140, top, 140, HEIGHT)
            paint_line(painter, place, _money(item), "body_bold", "text", right=True, whole=True)
            right -= 156
        paint_line(painter, QRect(right - 110, top, 110, HEIGHT), _time(item.at), "small", "text2", right=True)
        return right - 110

    @staticmethod
    def _paint_stacked(painter: QPainter, top: int, right: int, item: "WorkItem") -> int:
        """Paints the time below the amount; returns the x where the wider one begins."""
        money, time = _money(item), _time(item.at)
        width = max(_width(money, "body_bold"), _width(time, "small"))
        place = QRect(right - width, top + 10, width, 26)
        paint_line(painter, place, money, "body_bold", "text", right=True, whole=True)
        place = QRect(right - width, top + 37, width, 24) if money else QRect(right - width, top, width, HEIGHT)
        paint_line(painter, place, time, "small", "text2", right=True, whole=True)
        return right - width

    @staticmethod
    def _paint_words(painter: QPainter, area: QRect, right: int, item: "WorkItem") -> None:
        """Paints the name over its second line, or centred if it has none."""
        below, width = item_below(item), right - area.left() - 60
        place = QRect(area.left() + 60, area.top() + 12, width, 26)
        alone = QRect(place.left(), area.top(), width, HEIGHT)
        paint_line(painter, place if below else alone, item_title(item), "name", "text")
        paint_line(painter, place.translated(0, 25), below, "small", "text2")

    @staticmethod
    def _paint_receipt(painter: QPainter, area: QRect, item: "WorkItem") -> None:
        icon, token, segments = LOOKS[item.state]
        icons.draw(painter, icon, area.left(), area.top() + 14, 20, token)
        words = QRect(area.left() + 28, area.top() + 13, area.width() - 28, 22)
        paint_line(painter, words, receipt_text(item), "word", token)
        paint_strip(painter, QRectF(area.left(), area.top() + 40, area.width(), 12), segments, 6)


def _money(item: "WorkItem") -> str:
    return "" if item.amount is None else formats.money(item.amount, item.currency)


def _width(words: str, role: str) -> int:
    return QFontMetrics(font(role)).horizontalAdvance(words)


def _time(at: str) -> str:
    """Formats when a record was changed; a document of the ERP only has a date."""
    return formats.moment(at) if len(at) > 10 else formats.day(at)
