"""Rows of lists in a slim window, as at 200 % in portrait: the name has a line of its own, the rest goes below."""

from PySide6.QtCore import QObject, QRect
from PySide6.QtWidgets import QListView

SLIM_BELOW = 560
HEIGHT = 100


def is_slim(width: int) -> bool:
    return width < SLIM_BELOW


def row_height(parent: QObject | None, usual: int) -> int:
    """Returns the height of a delegate's rows, by the width of the view that is its parent."""
    return HEIGHT if isinstance(parent, QListView) and is_slim(parent.viewport().width()) else usual


def line(area: QRect, number: int, left: int, right: int = 16) -> QRect:
    """Returns the area of one of the three lines (0 to 2) of a slim row, between two margins."""
    return QRect(area.left() + left, area.top() + 9 + 27 * number, area.width() - left - right, 26)


class SlimWatch:
    """Makes a list lay out its rows again when it becomes slim or wide, as their height changes."""

    def __init__(self, view: QListView) -> None:
        self._view = view
        self._was_slim = False

    def update(self) -> None:
        now = is_slim(self._view.viewport().width())
        if now != self._was_slim:
            self._was_slim = now
            self._view.scheduleDelayedItemsLayout()
