"""The app's logo."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from salesapp.views.look.theme import theme


class Mark(QWidget):
    """The app's logo: three bars, each shorter than the one before."""

    def __init__(self, size: int = 44, *, inverted: bool = False) -> None:
        super().__init__()
        self._inverted = inverted
        self.setFixedSize(size, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        ground, bars = ("on_brand", "brand") if self._inverted else ("brand", "on_brand")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color(ground))
        side = self.width()
        painter.drawRoundedRect(QRectF(0, 0, side, side), side * 0.18, side * 0.18)
        painter.setBrush(theme().color(bars))
        unit = side / 44
        for row, width in enumerate((25, 18, 10)):
            painter.drawRoundedRect(QRectF(9.5 * unit, (11 + row * 8.5) * unit, width * unit, 5 * unit), unit, unit)
