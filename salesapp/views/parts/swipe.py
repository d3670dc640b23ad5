"""Detects swipes to the side, by finger or by mouse, also when they start on a button."""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

LEAST_DISTANCE = 64
"""Least distance of a swipe in pixels. A move of more than half as far up or down scrolls instead."""


class Swipe(QObject):
    """`swiped` carries 1 for later (to the left), -1 for earlier. Taps still reach the buttons."""

    swiped = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._start: QPointF | None = None
        self._was_sideways = False

    def watch(self, *widgets: QWidget) -> None:
        """Detects swipes that begin on these widgets."""
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent):
            return False
        if event.type() == QEvent.Type.MouseButtonPress:
            self._start = event.globalPosition() if event.button() == Qt.MouseButton.LeftButton else None
            self._was_sideways = False
        elif event.type() == QEvent.Type.MouseMove:
            return self._follow(watched, event)
        elif event.type() == QEvent.Type.MouseButtonRelease and self._start is not None:
            self._follow(watched, event)
            self._end(event)
        return False

    def _follow(self, watched: QObject, event: QMouseEvent) -> bool:
        """Returns whether this is a swipe; if so, releases the button below, which gets no further moves."""
        if not self._was_sideways and self._direction(event):
            self._was_sideways = True
            if isinstance(watched, QAbstractButton):
                watched.setDown(False)
        return self._was_sideways

    def _end(self, event: QMouseEvent) -> None:
        direction = self._direction(event)
        self._start = None
        if direction:
            self.swiped.emit(direction)

    def _direction(self, event: QMouseEvent) -> int:
        """Returns 1 or -1 if the pointer has moved far enough, else 0."""
        if self._start is None:
            return 0
        moved = event.globalPosition() - self._start
        if abs(moved.x()) < LEAST_DISTANCE or abs(moved.x()) < 2 * abs(moved.y()):
            return 0
        return -1 if moved.x() > 0 else 1
