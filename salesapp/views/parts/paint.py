"""Painting functions that tiles, cards and delegates share."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from salesapp.views import labels
from salesapp.views.look.theme import theme
from salesapp.views.look.type import font


def paint_line(
    painter: QPainter,
    area: QRect | QRectF,
    text: str,
    role: str,
    token: str,
    *,
    right: bool = False,
    whole: bool = False,
) -> None:
    """Paints one line of text, vertically centred; elided on the right unless `whole`."""
    used = font(role)
    painter.setFont(used)
    painter.setPen(theme().color(token))
    if not whole:
        text = QFontMetrics(used).elidedText(text, Qt.TextElideMode.ElideRight, max(int(area.width()) + 1, 0))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(QRectF(area), side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, text)


def step_in(path: str, room: float, role: str) -> str:
    """Returns a path of `labels.object_path`, or only its object if the whole path does not fit."""
    fits = QFontMetrics(font(role)).horizontalAdvance(path) <= room
    return path if fits else path.rpartition(f"{labels.STEP} ")[2]


def paint_row_focus(painter: QPainter, area: QRect) -> None:
    """Paints the focus ring inside a row of a list."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme().color("accent"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(area).adjusted(3, 3, -3, -4), 8, 8)
    painter.restore()
