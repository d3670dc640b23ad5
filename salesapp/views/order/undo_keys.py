"""Keys that undo and redo changes of an order."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from salesapp.views.parts.keys import add_shortcut


class UndoKeys(QObject):
    """Handles Ctrl+Z and the like on a page. In the search field they first undo changes of its text."""

    def __init__(self, page: QWidget, search: QLineEdit, undo: Callable[[], None], redo: Callable[[], None]) -> None:
        super().__init__(page)
        self._search = search
        search.installEventFilter(self)
        for keys, do in (("Ctrl+Z", undo), ("Ctrl+Y", redo), ("Ctrl+Shift+Z", redo)):
            add_shortcut(page, keys, do)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_orders(event):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _is_orders(self, event: QKeyEvent) -> bool:
        """Returns whether the search field has nothing to undo or redo."""
        if event.matches(QKeySequence.StandardKey.Undo):
            return not self._search.isUndoAvailable()
        return event.matches(QKeySequence.StandardKey.Redo) and not self._search.isRedoAvailable()
