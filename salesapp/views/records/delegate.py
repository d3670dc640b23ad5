"""Rows of the generic lists: a letter, and the name over its codes."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from salesapp.models.records import Role
from salesapp.views import formats
from salesapp.views.look.theme import theme
from salesapp.views.look.type import font
from salesapp.views.parts.hits import paint_hits
from salesapp.views.parts.paint import paint_line
from salesapp.views.parts.touch_delegate import Index, TouchDelegate

_SEPARATOR = f"{formats.FIXED}{formats.FIXED}\N{MIDDLE DOT}{formats.FIXED}{formats.FIXED}"

_HELD = frozenset({"valid_from", "valid_to"})


class RecordDelegate(TouchDelegate):
    """Paints one record; reads roles only."""

    grows = False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area: QRect = option.rect
        self.paint_ground(painter, option)
        title = str(index.data(Role.TITLE) or "")
        self._paint_letter(painter, QRectF(area.left() + 16, area.top() + 10, 52, 52), title)
        left, right = area.left() + 84, area.right() - 24
        top = QRect(left, area.top() + 12, right - left, 26)
        paint_hits(painter, top, title, self.typed)
        paint_line(painter, top, title, "name", "text")
        values = index.data(Role.BELOW) or ()
        paint_line(painter, QRect(left, area.top() + 38, right - left, 22), below(values), "small", "text2")
        self.paint_edge(painter, option)

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


def below(values: Sequence[tuple[str, object]]) -> str:
    """Returns the line below the name: codes, and the period of validity."""
    held = {name: str(value or "") for name, value in values if name in _HELD}
    parts = [str(value or "") for name, value in values if name not in _HELD]
    parts.append(formats.dates(held.get("valid_from", ""), held.get("valid_to", "")))
    return _SEPARATOR.join(part for part in parts if part)
