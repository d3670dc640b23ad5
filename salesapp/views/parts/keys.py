"""Keys that several parts react to."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
"""Arrow key -> direction in x and y."""
ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


def add_shortcut(page: QWidget, keys: str, do: Callable[[], object]) -> None:
    """Adds a shortcut that works wherever the focus is on the page."""
    shortcut = QShortcut(QKeySequence(keys), page)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(do)
