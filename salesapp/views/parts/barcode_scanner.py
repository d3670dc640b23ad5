"""Recognizes a barcode scanner that types like a keyboard: keys faster than a person types are a code.

Works wherever the focus is and whatever the scanner sends after a code: Enter, Tab, both, or nothing. A text field
shows the keys at once, and its text is restored if they turn out to be a scan. Elsewhere the keys are held until it is
clear what they are, so a scan never triggers shortcuts.
"""

from collections.abc import Callable
from dataclasses import replace
from time import monotonic

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDateTimeEdit, QLineEdit, QPlainTextEdit, QWidget

from salesapp.views.parts.keys import ENTER
from salesapp.views.parts.scanner_keys import FEWEST_KEYS, LONGEST_PAUSE_MS, SEPARATOR, START, Heard, ScannerKeys

SUFFIX_MS = 250
"""How long after a code without a suffix an Enter or Tab still belongs to it."""
_LINE_FEED = "\n"
_CONTROLS = {"\x02": START, "\x1d": SEPARATOR}
_MODIFIERS = {
    *(Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta),
    *(Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock),
}
_PLAIN = Qt.KeyboardModifier.NoModifier | Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class BarcodeScanner(QObject):
    """Listens to the keys of one window while `is_wanted` says so.

    `scanned` carries the code without what the scanner adds to it. `heard` carries all keys of the scan, before
    `scanned`, and once more if an Enter or Tab follows later.
    """

    scanned = Signal(str)
    heard = Signal(object)

    def __init__(
        self,
        window: QWidget,
        is_wanted: Callable[[], bool] = lambda: True,
        keys: Callable[[], ScannerKeys] = ScannerKeys,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._is_wanted, self._scanner = is_wanted, keys
        self._keys, self._pauses = list[str](), list[int]()
        self._last_ms = self._heard_ms = 0
        self._suffix_until = 0
        self._last = Heard(())
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
        if isinstance(target, QLineEdit) and target.echoMode() != QLineEdit.EchoMode.Normal:
            return False  # a program that fills in passwords types as fast as a scanner
        return self._handle_key(target, event)

    def _handle_key(self, target: QWidget, event: QKeyEvent) -> bool:
        """Returns True to withhold the key from its widget."""
        if event.key() in _MODIFIERS:
            return False
        now = event.timestamp() or _now_ms()
        pause = now - self._last_ms
        is_quick = bool(self._keys) and 0 <= pause <= self._scanner().pause_ms and not event.isAutoRepeat()
        key = None if event.isAutoRepeat() else _key_of(event, is_first=not is_quick)
        end = _end_of(event)
        if end and self._take_suffix(end, now, is_quick=is_quick):
            return True
        if not is_quick or key is None:
            self._end()
        if key is None:
            return False
        if self._keys:
            self._pauses.append(pause)
        else:
            self._target, self._field = target, _TextField.of(target)
        self._suffix_until = 0
        self._keys.append(key)
        self._last_ms, self._heard_ms, self._has_waited = now, _now_ms(), False
        self._timer.start()
        if self._field is not None and len(key) == 1:
            return False
        self._held.append(event.clone())
        return True

    def _take_suffix(self, end: str, now: int, *, is_quick: bool) -> bool:
        """Returns whether an Enter or Tab belongs to a scan: it ends this one, or one has just ended."""
        if is_quick and len(self._keys) + 1 >= FEWEST_KEYS:
            self._finish(end)
            self._suffix_until = now + LONGEST_PAUSE_MS
            return True
        self._end()
        if not self._suffix_until - SUFFIX_MS <= now <= self._suffix_until:
            return False
        self._last = replace(self._last, ends=(*self._last.ends, end))
        self.heard.emit(self._last)
        return True

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
        typed = "".join(key for key in self._keys if len(key) == 1)
        is_code = self._field is None or (any(map(str.isdigit, typed)) and " " not in typed.strip())
        if len(self._keys) >= FEWEST_KEYS and is_code:
            self._finish()
        else:
            self._replay_held()

    def _finish(self, end: str = "") -> None:
        self._last = Heard((*self._keys,), (end,) if end else (), (*self._pauses,))
        heard, field = self._last, self._field
        self._held.clear()
        self._replay_held()
        scanner = self._scanner()
        self._suffix_until = self._last_ms + SUFFIX_MS if scanner.may_end_late else 0
        if field is not None:
            field.restore()
        self.heard.emit(heard)
        self.scanned.emit(heard.code(scanner))

    def _replay_held(self) -> None:
        """Sends the held keys to their widget in order, because they turned out to be typing."""
        self._timer.stop()
        held, target = self._held, self._target
        self._keys, self._pauses, self._held, self._target, self._field = [], [], [], None, None
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

    def __init__(self, field: QLineEdit | QPlainTextEdit | QDateTimeEdit) -> None:
        self._field = field
        self._moment = field.dateTime() if isinstance(field, QDateTimeEdit) else None
        cursor = field.textCursor() if isinstance(field, QPlainTextEdit) else None
        self._position = cursor.position() if cursor else field.cursorPosition() if isinstance(field, QLineEdit) else 0
        self._text = field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()

    @classmethod
    def of(cls, widget: QWidget) -> "_TextField | None":
        return cls(widget) if isinstance(widget, QLineEdit | QPlainTextEdit | QDateTimeEdit) else None

    def restore(self) -> None:
        if isinstance(self._field, QDateTimeEdit):
            if self._moment is not None:
                self._field.setDateTime(self._moment)
        elif isinstance(self._field, QLineEdit):
            self._field.setText(self._text)
            self._field.setCursorPosition(self._position)
        else:
            self._field.setPlainText(self._text)
            cursor = self._field.textCursor()
            cursor.setPosition(self._position)
            self._field.setTextCursor(cursor)


def _end_of(event: QKeyEvent) -> str:
    """Returns the name of a key that can end a scan; empty for any other."""
    if event.text() == _LINE_FEED:
        return "<LF>"
    return "<Enter>" if event.key() in ENTER else "<Tab>" if event.key() == Qt.Key.Key_Tab else ""


def _key_of(event: QKeyEvent, *, is_first: bool) -> str | None:
    """Returns a key as part of a scan: its character, or the name of one without; None if it cannot be part of one."""
    text = event.text()
    if text in _CONTROLS:
        return _CONTROLS[text]
    if Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35:
        return f"<F{event.key() - Qt.Key.Key_F1 + 1}>"
    if text == " " and is_first:
        return None  # it presses a button; no code begins with it
    is_plain = text.isprintable() and bool(text) and not event.modifiers() & ~_PLAIN
    return text if is_plain else None


def _now_ms() -> int:
    return round(monotonic() * 1000)
