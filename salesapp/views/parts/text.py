"""Text in one of the roles of the type scale."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from salesapp.views.look import icons
from salesapp.views.look.theme import theme
from salesapp.views.look.type import font

Words = str | Callable[[], str]
"""A text, or a function that returns it in the current language."""
LEAST_WIDTH = 48
"""Least width of an elided line in pixels."""
UNLIMITED = 1_000_000
"""A height that no text reaches."""


def text_of(words: Words) -> str:
    return words if isinstance(words, str) else words()


class Text(QLabel):
    """A label with a type role and a colour token."""

    def __init__(self, role: str = "body", token: str = "text", *, wraps: bool = False, text: str = "") -> None:
        super().__init__()
        self._role = role
        self.setFont(font(role))
        self.setTextFormat(Qt.TextFormat.PlainText)  # before the text, which may look like HTML
        self.setText(text)
        self.setProperty("token", token)
        self.setWordWrap(wraps)
        if wraps:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def setText(self, text: str) -> None:
        """Unlike Qt's, does nothing if the text is unchanged, as progress often repeats it."""
        if text != self.text():
            super().setText(text)

    def set_role(self, role: str) -> None:
        self._role = role
        self.setFont(font(role))

    def changeEvent(self, event: QEvent) -> None:
        """Restores the font, which Qt resets whenever a style sheet is set."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.font().pixelSize() != font(self._role).pixelSize():
            self.setFont(font(self._role))

    def set_token(self, token: str) -> None:
        if token != self.property("token"):
            self.setProperty("token", token)
            self.style().unpolish(self)
            self.style().polish(self)
            self.setFont(font(self._role))


class ElidedLabel(Text):
    """One line, elided on the right if there is no room: names of records can be longer than a screen."""

    def minimumSizeHint(self) -> QSize:
        size = super().minimumSizeHint()
        return size if self.wordWrap() else QSize(min(size.width(), LEAST_WIDTH), size.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.wordWrap() or self.fontMetrics().horizontalAdvance(self.text()) <= self.width():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().windowText().color())
        shown = QFontMetrics(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class WholeText(ElidedLabel):
    """Shows the whole of a text without blanks, such as a web address, by breaking it anywhere."""

    def __init__(self, role: str = "body", token: str = "text", *, text: str = "") -> None:
        super().__init__(role, token, text=text)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)

    @property
    def _flags(self) -> int:
        return Qt.TextFlag.TextWrapAnywhere | self.alignment()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.fontMetrics().boundingRect(QRect(0, 0, width, UNLIMITED), self._flags, self.text()).height()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.rect(), self._flags, self.text())


class Icon(QWidget):
    """An icon in the colour of a token."""

    def __init__(self, name: str, size: int = 24, token: str = "accent") -> None:
        super().__init__()
        self._name, self._size, self._token = name, size, token
        self.setFixedSize(size, size)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_icon(self, name: str, token: str) -> None:
        if (name, token) != (self._name, self._token):
            self._name, self._token = name, token
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        icons.draw(painter, self._name, 0, 0, self._size, self._token)


class Line(QWidget):
    """A hairline between rows."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        QPainter(self).fillRect(self.rect(), theme().color("border"))
