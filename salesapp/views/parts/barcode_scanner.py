"""Recognizes a barcode scanner that types like a keyboard: keys faster than a person types are a code.

Works wherever the focus is and whatever the scanner sends after a code: Enter, Tab, both, or nothing. A text field
shows the keys at once, and its text is restored if they turn out to be a scan. Elsewhere the keys are held until it is
clear what they are, so a scan never triggers shortcuts.
"""

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from salesapp.views.parts.keys import ENTER

FEWEST_KEYS = 6
"""The fewest keys of a scan, including what the scanner sends before and after the code."""
LONGEST_PAUSE_MS = 60
"""The longest pause between two keys of a scan."""
SUFFIX_MS = 250
"""How long after a code without a suffix an Enter or Tab still belongs to it."""
SEPARATOR = "\x1d"
"""Separates the elements of a GS1 code."""
_START = "\x02"
_ENDS = ENTER | {Qt.Key.Key_Tab}
_LINE_FEED = "\n"
_MODIFIERS = {
    *(Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta),
    *(Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock),
}
_PLAIN = Qt.KeyboardModifier.NoModifier | Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class BarcodeScanner(QObject):
    """Listens to the keys of one window while `is_wanted` says so; `scanned` carries the code."""

    scanned = Signal(str)

    def __init__(self, window: QWidget, is_wanted: Callable[[], bool] = lambda: True) -> None:
        super().__init__(window)
        self._window = window
        self._is_wanted = is_wanted
        self._code, self._keys = "", 0
        self._last_ms = self._heard_ms = 0
        self._suffix_until = 0
        self._held: list[QKeyEvent] = []
        self._target: QWidget | None = None
        self._field: _TextField | None = None
        self._is_replaying = self._has_waited = False
        self._timer = QTimer(self, interval=LONGEST_PAUSE_MS, singleShot=True)
        self._timer.timeout.connect(self._on_quiet)
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
        if event.key() in _MODIFIERS:
            return False
        now = event.timestamp() or _now_ms()
        is_quick = self._keys > 0 and 0 <= now - self._last_ms <= LONGEST_PAUSE_MS and not event.isAutoRepeat()
        part = None if event.isAutoRepeat() else _part_of(event)
        if _is_suffix(event) and self._take_suffix(now, is_quick=is_quick):
            return True
        if not is_quick or part is None:
            self._end()
        if part is None:
            return False
        if not self._keys:
            self._target, self._field = target, _TextField.of(target)
        self._suffix_until = 0
        self._code += part
        self._keys += 1
        self._last_ms, self._heard_ms, self._has_waited = now, _now_ms(), False
        self._timer.start()
        if self._field is not None and part.isprintable() and part:
            return False
        self._held.append(event.clone())
        return True

    def _take_suffix(self, now: int, *, is_quick: bool) -> bool:
        """Returns whether an Enter or Tab belongs to a scan: it ends this one, or one has just ended."""
        if is_quick and self._keys + 1 >= FEWEST_KEYS:
            self._finish()
            self._suffix_until = now + LONGEST_PAUSE_MS
            return True
        self._end()
        return self._suffix_until - SUFFIX_MS <= now <= self._suffix_until

    def _on_quiet(self) -> None:
        """Ends the burst. If the window was busy, waits once more, as the next key may be queued behind this timer."""
        is_late = _now_ms() - self._heard_ms > 2 * LONGEST_PAUSE_MS
        if is_late and not self._has_waited:
            self._has_waited = True
            self._timer.start()
        else:
            self._end()

    def _end(self) -> None:
        """Ends a burst without a suffix. In a text field words stay, however fast they were typed."""
        is_code = self._field is None or (any(map(str.isdigit, self._code)) and " " not in self._code.strip())
        if self._keys >= FEWEST_KEYS and is_code:
            self._finish()
        else:
            self._replay_held()

    def _finish(self) -> None:
        code, field = self._code.strip(_START + SEPARATOR), self._field
        self._held.clear()
        self._replay_held()
        self._suffix_until = self._last_ms + SUFFIX_MS
        if field is not None:
            field.restore()
        self.scanned.emit(code)

    def _replay_held(self) -> None:
        """Sends the held keys to their widget in order, because they turned out to be typing."""
        self._timer.stop()
        held, target = self._held, self._target
        self._code, self._keys, self._held, self._target, self._field = "", 0, [], None, None
        if not held or target is None:
            return
        self._is_replaying = True
        try:
            for event in held:
                focused = QApplication.focusWidget()
                QCoreApplication.sendEvent(focused if focused and focused.window() is self._window else target, event)
        finally:
            self._is_replaying = False


class _TextField:
    """Holds the text of a field from before a scan typed into it."""

    def __init__(self, field: QLineEdit | QPlainTextEdit) -> None:
        self._field = field
        cursor = field.textCursor() if isinstance(field, QPlainTextEdit) else None
        self._position = cursor.position() if cursor else field.cursorPosition() if isinstance(field, QLineEdit) else 0
        self._text = field.text() if isinstance(field, QLineEdit) else field.toPlainText()

    @classmethod
    def of(cls, widget: QWidget) -> "_TextField | None":
        return cls(widget) if isinstance(widget, QLineEdit | QPlainTextEdit) else None

    def restore(self) -> None:
        if isinstance(self._field, QLineEdit):
            self._field.setText(self._text)
            self._field.setCursorPosition(self._position)
        else:
            self._field.setPlainText(self._text)
            cursor = self._field.textCursor()
            cursor.setPosition(self._position)
            self._field.setTextCursor(cursor)


def _is_suffix(event: QKeyEvent) -> bool:
    return event.key() in _ENDS or event.text() == _LINE_FEED


def _part_of(event: QKeyEvent) -> str | None:
    """Returns a key's part of a code: "" for a function key, which a scanner may send first; None if it is no part."""
    text = event.text()
    if text in {_START, SEPARATOR}:
        return text
    if Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35:
        return ""
    is_plain = text.isprintable() and bool(text) and not event.modifiers() & ~_PLAIN
    return text if is_plain else None


def _now_ms() -> int:
    return round(monotonic() * 1000)
