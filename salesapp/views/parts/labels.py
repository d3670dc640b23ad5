"""A label with an outline that describes something; it cannot be tapped."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from salesapp.views.look import icons
from salesapp.views.look.theme import theme
from salesapp.views.look.type import font

HEIGHT = 28


class Label(QWidget):
    """An optional icon and a word."""

    def __init__(self, text: str, icon: str = "", token: str = "text2") -> None:
        super().__init__()
        self._text, self._icon, self._token = text, icon, token
        self.setAccessibleName(text)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(font("small_medium")).horizontalAdvance(self._text)
        return QSize(width + (44 if self._icon else 20), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().color("border"), 1))
        painter.setBrush(theme().color("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        left = 10
        if self._icon:
            icons.draw(painter, self._icon, 8, 4, 20, self._token)
            left = 34
        painter.setFont(font("small_medium"))
        painter.setPen(theme().color(self._token))
        painter.drawText(QRectF(left, 0, self.width() - left, HEIGHT), Qt.AlignmentFlag.AlignVCenter, self._text)
