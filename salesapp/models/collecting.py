"""Runs garbage collection in the window's thread only: Qt objects must be destroyed in their own thread."""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 2_000
_LIMITS = (5_000, 20, 20)
"""Like Python's thresholds: new objects, then collections of the younger generation."""


class Collector(QObject):
    """Replaces Python's automatic collection during its lifetime."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._was_on, self._is_frozen = gc.isenabled(), False
        gc.disable()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start()

    def freeze(self) -> None:
        """Excludes all existing objects from future collections."""
        gc.freeze()
        self._is_frozen = True

    def end(self) -> None:
        self._timer.stop()
        if self._is_frozen:
            gc.unfreeze()
        gc.collect()
        if self._was_on:
            gc.enable()

    @staticmethod
    def _on_timeout() -> None:
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > _LIMITS[generation]:
                gc.collect(generation)
                return
