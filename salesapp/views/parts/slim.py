"""Rows of lists on a slim window, as at 200 % in portrait: the name has a line of its own, the rest stands below."""

from PySide6.QtCore import QObject, QRect
from PySide6.QtWidgets import QListView

SLIM_BELOW = 560
HEIGHT = 100


def is_slim(width: int) -> bool:
    return width < SLIM_BELOW


def row_height(parent: QObject | None, usual: int) -> int:
    """Of a delegate's rows in the view that it belongs to."""
    return HEIGHT if isinstance(parent, QListView) and is_slim(parent.viewport().width()) else usual


def line(area: QRect, number: int, left: int, right: int = 16) -> QRect:
    """One of the three lines of a slim row, between two margins."""
    return QRect(area.left() + left, area.top() + 9 + 27 * number, area.width() - left - right, 26)


class SlimWatch:
    """Tells a list when its width has crossed the border: its rows have another height then."""

    def __init__(self, view: QListView) -> None:
        self._view = view
        self._was_slim = False

    def look(self) -> None:
        now = is_slim(self._view.viewport().width())
        if now != self._was_slim:
            self._was_slim = now
            self._view.scheduleDelayedItemsLayout()
