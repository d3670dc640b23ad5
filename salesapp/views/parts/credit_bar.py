"""The credit bar: used credit filled, own unsent orders hollow, free credit empty; taller when over the limit."""

from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from salesapp.views.look.theme import theme
from salesapp.views.parts.strip import GAP, RADIUS

HEIGHT = 12


class CreditBar(QWidget):
    """Parts of a limit as a bar."""

    def __init__(self) -> None:
        super().__init__()
        self._used = self._unsent = 0.0
        self._is_over = False
        self.setFixedHeight(HEIGHT + 8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_credit(self, limit: Decimal, used: Decimal, unsent: Decimal, spoken: str) -> None:
        """Shows amounts in one currency. With a limit of zero every amount exceeds it."""
        whole = max(limit, used + unsent, Decimal("0.01"))
        self._used, self._unsent = float(max(used, Decimal()) / whole), float(max(unsent, Decimal()) / whole)
        self._is_over = used + unsent > limit
        self.setAccessibleName(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = HEIGHT + 6 if self._is_over else HEIGHT
        top = (self.height() - height) / 2
        left = 0.0
        parts = (("used", self._used), ("unsent", self._unsent), ("free", max(1 - self._used - self._unsent, 0.0)))
        shown = [(name, part) for name, part in parts if part > 0.002]
        room = self.width() - GAP * (len(shown) - 1)
        for name, part in shown:
            box = QRectF(left, top, max(room * part, 3), height)
            self._paint_part(painter, box, name)
            left += box.width() + GAP

    def _paint_part(self, painter: QPainter, box: QRectF, name: str) -> None:
        if name == "unsent":
            painter.setPen(QPen(theme().color("wait_fill"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), RADIUS, RADIUS)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("border" if name == "free" else "fail" if self._is_over else "accent"))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
