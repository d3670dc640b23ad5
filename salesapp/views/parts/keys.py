"""Keys that several parts react to."""

from PySide6.QtCore import Qt

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
"""Arrow key -> direction in x and y."""
ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
