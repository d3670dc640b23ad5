"""Recognizes a barcode scanner that types like a keyboard: a fast burst of keys that ends with Enter is a code.

Works wherever the focus is. A text field shows the keys at once, and its text is restored if they turn out to be a
scan. Elsewhere the keys are held until it is clear what they are, so a scan never triggers shortcuts.
"""

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from salesapp.views.parts.keys import ENTER

LEAST_LETTERS = 6
"""The fewest characters of a code."""
LONGEST_PAUSE_MS = 35
"""The longest pause between two characters of a scan."""
_PLAIN = Qt.KeyboardModifier.NoModifier | Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class BarcodeScanner(QObject):
    """Listens to the keys of one window while `is_wanted` says so; `scanned` carries the code."""

    scanned = Signal(str)

    def __init__(self, window: QWidget, is_wanted: Callable[[], bool] = lambda: True) -> None:
        super().__init__(window)
        self._window = window
        self._is_wanted = is_wanted
        self._code = ""
        self._last_ms = 0
        self._held: list[QKeyEvent] = []
        self._holder: QWidget | None = None
        self._before: tuple[QLineEdit, str, int] | None = None
        self._is_replaying = False
        self._timer = QTimer(self, interval=LONGEST_PAUSE_MS, singleShot=True)
        self._timer.timeout.connect(self._replay_held)
        application = QApplication.instance()
        assert application is not None  # no widget exists without one
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or self._is_replaying or event.type() != QEvent.Type.KeyPress:
            return False
        target = QApplication.focusWidget() or self._window
        if watched is not target or target.window() is not self._window or not self._is_wanted():
            return False  # the key of another window, or one that its widget ignored and Qt passes to the parent
        return self._handle_key(target, event)

    def _handle_key(self, target: QWidget, event: QKeyEvent) -> bool:
        """Returns True to withhold the key from its widget."""
        now = event.timestamp() or _now_ms()
        is_quick = bool(self._code) and 0 <= now - self._last_ms <= LONGEST_PAUSE_MS
        if event.key() in ENTER and is_quick and len(self._code) >= LEAST_LETTERS:
            self._finish()
            return True
        if not event.text().isprintable() or not event.text() or event.modifiers() & ~_PLAIN:
            self._replay_held()
            return False
        if not is_quick:
            self._replay_held()
            self._begin(target)
        self._code += event.text()
        self._last_ms = now
        if isinstance(target, QLineEdit):
            return False
        self._held.append(event.clone())
        self._holder = target
        self._timer.start()
        return True

    def _begin(self, target: QWidget) -> None:
        self._before = (target, target.text(), target.cursorPosition()) if isinstance(target, QLineEdit) else None

    def _finish(self) -> None:
        code, before = self._code, self._before
        self._held.clear()
        self._replay_held()
        if before is not None:
            field, text, position = before
            field.setText(text)
            field.setCursorPosition(position)
        self.scanned.emit(code)

    def _replay_held(self) -> None:
        """Sends the held keys to their widget in order, because they turned out to be typing."""
        self._timer.stop()
        held, holder = self._held, self._holder
        self._code, self._held, self._holder, self._before = "", [], None, None
        if not held or holder is None:
            return
        self._is_replaying = True
        try:
            for event in held:
                focused = QApplication.focusWidget()
                QCoreApplication.sendEvent(focused if focused and focused.window() is self._window else holder, event)
        finally:
            self._is_replaying = False


def _now_ms() -> int:
    return round(monotonic() * 1000)
