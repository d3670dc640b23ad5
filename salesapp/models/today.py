"""Tells when the day changes: at midnight, after sleep, after the clock or the time zone was set.

Nothing keeps today's date: whatever shows it asks `salesapp.clock` again when `changed` is emitted.
"""

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from salesapp import clock

MINUTE_MS = 60_000


class Today(QObject):
    """Emits `changed` on a new day, and `minute` once a minute.

    Compares dates instead of waiting for midnight, because timers stand still while the device sleeps.
    """

    changed = Signal()
    minute = Signal()

    def __init__(self, application: QGuiApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._day = clock.today()
        self._timer = QTimer(self, interval=MINUTE_MS)
        self._timer.timeout.connect(self._on_minute)
        application.applicationStateChanged.connect(self._on_state_changed)

    def begin(self) -> None:
        self._timer.start()

    def end(self) -> None:
        self._timer.stop()

    def look(self) -> None:
        """Emits `changed` if it is another day than at the last look."""
        if (today := clock.today()) != self._day:
            self._day = today
            self.changed.emit()

    def _on_minute(self) -> None:
        self.minute.emit()
        self.look()

    def _on_state_changed(self, state: Qt.ApplicationState) -> None:
        """Looks at once when someone returns to the window, as after sleep."""
        if state == Qt.ApplicationState.ApplicationActive and self._timer.isActive():
            self.look()
