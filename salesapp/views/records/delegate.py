"""Rows of record lists: letter, name over its codes, something at the right."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractScrollArea, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from salesapp.models.records import Role
from salesapp.views import formats, words
from salesapp.views.look.theme import theme
from salesapp.views.look.type import font
from salesapp.views.parts.paint import paint_line, paint_row_focus

Index = QModelIndex | QPersistentModelIndex
HEIGHT = 72
_SEPARATOR = f"{formats.FIXED}{formats.FIXED}\N{MIDDLE DOT}{formats.FIXED}{formats.FIXED}"


class RecordDelegate(QStyledItemDelegate):
    """Paints one record; reads roles only."""

    def __init__(self, view: QAbstractScrollArea) -> None:
        super().__init__(view)
        self.focus_by_keyboard = False
        self.typed = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(320, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme().color("accent_soft"))
        title = str(index.data(Role.TITLE) or "")
        self._paint_letter(painter, QRectF(area.left() + 16, area.top() + 10, 52, 52), title)
        left, right = area.left() + 84, area.right() - 24
        if text := shown(index.data(Role.RIGHT)):
            width = min(QFontMetrics(font("body")).horizontalAdvance(text), area.width() // 3)
            box = QRect(right - width, area.top(), width, area.height())
            paint_line(painter, box, text, "body", "text2", right=True)
            right -= width + 16
        top = QRect(left, area.top() + 12, right - left, 26)
        self._paint_hit(painter, top, title)
        paint_line(painter, top, title, "name", "text")
        below = _SEPARATOR.join(part for name, value in index.data(Role.BELOW) or () if (part := shown(value, name)))
        paint_line(painter, QRect(left, area.top() + 38, right - left, 22), below, "small", "text2")
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, theme().color("border"))
        if option.state & QStyle.StateFlag.State_HasFocus and self.focus_by_keyboard:
            paint_row_focus(painter, area)

    @staticmethod
    def _paint_letter(painter: QPainter, box: QRectF, title: str) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("sunken"))
        painter.drawRoundedRect(box, 8, 8)
        painter.restore()
        painter.setFont(font("heading"))
        painter.setPen(theme().color("text3"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, title[:1].upper())

    def _paint_hit(self, painter: QPainter, area: QRect, title: str) -> None:
        """A soft ground behind the letters that were typed."""
        for word in self.typed.casefold().split():
            start = title.casefold().find(word)
            if start < 0 or (start and title[start - 1].isalnum()):
                continue
            metrics = QFontMetrics(font("name"))
            left = area.left() + metrics.horizontalAdvance(title[:start])
            width = metrics.horizontalAdvance(title[start : start + len(word)])
            if left + width <= area.right():
                painter.fillRect(left, area.top() + 2, width, 22, theme().color("wait_soft"))


def shown(value: object, name: str = "") -> str:
    """A stored value as a list shows it."""
    if value is None:
        return ""
    text = str(value)
    if name.startswith(("valid_", "planned_", "changed_")) and len(text) >= 10:
        moment = formats.local(text)
        date = formats.short_date(moment)
        return f"{date}, {formats.clock(moment)}" if "T" in text else date
    return (
        f"EAN {text}"
        if name == "ean"
        else words.choice(text)
        if (text.islower() and "_" in text) or name == ""
        else text
    )
