"""Rows of record lists: letter, name over its codes, something at the right."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from salesapp.models.records import Role
from salesapp.views import formats, words
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
        if text := shown(index.data(Role.RIGHT)):
            width = min(QFontMetrics(font("body")).horizontalAdvance(text), area.width() // 3)
            box = QRect(right - width, area.top(), width, area.height())
            paint_line(painter, box, text, "body", "text2", right=True)
            right -= width + 16
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
    """What stands below the name: codes, and from when till when it holds."""
    held = {name: str(value or "") for name, value in values if name in _HELD}
    parts = [shown(value, name) for name, value in values if name not in _HELD]
    parts.append(formats.dates(held.get("valid_from", ""), held.get("valid_to", "")))
    return _SEPARATOR.join(part for part in parts if part)


def shown(value: object, name: str = "") -> str:
    """A stored value as a list shows it."""
    if value is None:
        return ""
    text = str(value)
    if name.startswith(("planned_", "changed_")) and len(text) >= 10:
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
