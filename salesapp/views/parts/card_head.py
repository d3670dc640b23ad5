"""The head of a card that shows the first rows of a list, and opens the whole list."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from salesapp.views.look import icons
from salesapp.views.look.theme import theme
from salesapp.views.look.type import font
from salesapp.views.parts.paint import paint_line
from salesapp.views.parts.plain import set_label

HEAD = 48


class CardHead(QAbstractButton):
    """Title, number of rows, and a chevron; a tap opens the whole list."""

    def __init__(self) -> None:
        super().__init__()
        self._count = self._below = ""
        self.setFixedHeight(HEAD)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_texts(self, text: str, spoken: str, *, count: str = "", below: str = "") -> None:
        set_label(self, text)
        self._count, self._below = count, below
        self.setAccessibleName(spoken)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = QFontMetrics(font("name")).horizontalAdvance(self.text()) + 32
        width = max(width, QFontMetrics(font("small")).horizontalAdvance(self._below) + 32)
        if self._count:
            width += QFontMetrics(font("small_bold")).horizontalAdvance(self._count) + 28
        return QSize(width, HEAD)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 120), HEAD)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isDown():
            painter.fillRect(self.rect(), theme().color("sunken"))
        right = float(self.width() - 20)
        icons.draw(painter, "chevron_right_regular", right, (HEAD - 20) / 2, 20, "text3")
        if self._count:
            width = QFontMetrics(font("small_bold")).horizontalAdvance(self._count) + 16
            box = QRectF(right - width - 8, (HEAD - 26) / 2, width, 26)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("sunken"))
            painter.drawRoundedRect(box, 6, 6)
            painter.setFont(font("small_bold"))
            painter.setPen(theme().color("text2"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._count)
            right = box.left()
        if self._below:
            paint_line(painter, QRectF(0, 2, right - 4, 24), self.text(), "name", "text")
            paint_line(painter, QRectF(0, 26, right - 4, 20), self._below, "small", "text2")
        else:
            paint_line(painter, QRectF(0, 0, right - 4, HEAD), self.text(), "name", "text")
