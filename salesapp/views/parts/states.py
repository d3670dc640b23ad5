"""Labels of states, empty screens and message bars."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from salesapp.views.look import icons
from salesapp.views.look.theme import theme
from salesapp.views.look.type import font
from salesapp.views.parts.buttons import Button
from salesapp.views.parts.frame import scrolled
from salesapp.views.parts.text import Icon, Text, Words, text_of

STATE_LOOKS = {
    "ok": ("checkmark_circle_filled", "ok", "ok_soft"),
    "unchanged": ("checkmark_circle_filled", "ok", "ok_soft"),
    "running": ("arrow_sync_regular", "accent", "accent_soft"),
    "fetching": ("arrow_sync_regular", "accent", "accent_soft"),
    "staging": ("arrow_sync_regular", "accent", "accent_soft"),
    "verifying": ("arrow_sync_regular", "accent", "accent_soft"),
    "waiting_to_send": ("clock_filled", "wait", "wait_soft"),
    "held_back": ("pause_circle_filled", "wait", "wait_soft"),
    "failed": ("error_circle_filled", "fail", "fail_soft"),
    "waiting": ("circle_regular", "text3", "sunken"),
    "not_reached": ("circle_regular", "text3", "sunken"),
    "skipped": ("subtract_regular", "text3", "sunken"),
    "stopped": ("record_stop_regular", "text2", "sunken"),
    "offline": ("cloud_off_regular", "text2", "sunken"),
    "warning": ("warning_regular", "wait", "wait_soft"),
    "note": ("info_regular", "text2", "sunken"),
}
"""State -> icon, colour, soft ground. The icon never stands without the word."""


class StateLabel(QWidget):
    """A label that cannot be tapped: soft ground, icon, word."""

    def __init__(self) -> None:
        super().__init__()
        self._look = STATE_LOOKS["waiting"]
        self._text = ""
        self.setFixedHeight(28)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_state(self, state: str, text: str) -> None:
        self._look, self._text = STATE_LOOKS[state], text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        self.setFont(font("small_medium"))
        return QSize(self.fontMetrics().horizontalAdvance(self._text) + 46, 28)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        icon, token, soft = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color(soft))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        icons.draw(painter, icon, 8, 4, 20, token)
        painter.setPen(theme().color(token))
        painter.setFont(font("small_medium"))
        painter.drawText(QRectF(34, 0, self.width() - 36, 28), Qt.AlignmentFlag.AlignVCenter, self._text)


class Empty(QWidget):
    """An empty screen: what is missing, why, and the next step."""

    def __init__(self, icon: str, token: str = "text3") -> None:
        super().__init__()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setSpacing(8)
        self.icon = Icon(icon, 48, token)
        self.title = Text("heading", wraps=True)
        self.text = Text("body", "text2", wraps=True)
        self.action_row = QHBoxLayout()
        self.action_row.setSpacing(12)
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
        column.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.text)
        column.addSpacing(12)
        row = QHBoxLayout()
        row.addStretch()
        row.addLayout(self.action_row)
        row.addStretch()
        column.addLayout(row)
        column.addStretch()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inner))


class MessageBar(QFrame):
    """A message below the header: it pushes the content and never covers it."""

    acted = Signal()

    def __init__(self, margin: int = 24) -> None:
        super().__init__()
        self.state = self._about = ""
        self._soft = "sunken"
        self._words: tuple[Words, Words, Words] = ("", "", "")
        self._act: Callable[[], object] | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(margin, 8, 16, 8)
        row.setSpacing(14)
        self._icon = Icon("info_regular", 24, "text2")
        self._title = Text("body_bold", wraps=True)
        self._text = Text("body", "text2", wraps=True)
        self.action = Button("normal")
        self.action.clicked.connect(self._on_clicked)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._text)
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        row.addWidget(self.action)
        self.setMinimumHeight(56)
        self.hide()

    def show_message(
        self,
        state: str,
        title: Words,
        text: Words,
        action: Words = "",
        *,
        for_ms: int = 0,
        act: Callable[[], object] | None = None,
        about: str = "",
    ) -> None:
        """Shows a message until it is acted on, or for `for_ms`. Texts passed as functions follow the language.

        The action closes the bar, and calls `act` if it is given; `hide_about` finds the message by `about`.
        """
        self.state, self._act, self._about = state, act, about
        icon, token, self._soft = STATE_LOOKS[state]
        self._icon.set_icon(icon, token)
        self._words = (title, text, action)
        self._show_texts()
        if for_ms:
            self._timer.start(for_ms)
        else:
            self._timer.stop()
        self.show()
        self.update()

    def hide_about(self, about: str) -> None:
        """Hides the message if it is about this."""
        if self._about == about:
            self.hide()

    def _on_clicked(self) -> None:
        act = self._act
        self.acted.emit()
        if act is not None:
            act()

    def _show_texts(self) -> None:
        title, text, action = (text_of(words) for words in self._words)
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.action.set_texts(action)
        self.action.setVisible(bool(action))
        self.setAccessibleName(f"{title} {text}".strip())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show_texts()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        QPainter(self).fillRect(self.rect(), theme().color(self._soft))
