"""Highlights the letters that a search matched: at word starts, ignoring accents, as the search itself does."""

from functools import lru_cache

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics, QPainter

from salesapp.domain.texts import folded
from salesapp.views.look.theme import theme
from salesapp.views.look.type import font


@lru_cache(maxsize=4096)
def _plain(text: str) -> tuple[str, tuple[int, ...]]:
    """Returns the folded text, and for each of its letters the place of the letter that it comes from."""
    parts = [folded(letter) for letter in text]
    return "".join(parts), tuple(place for place, part in enumerate(parts) for _ in part)


def hits(text: str, typed: str) -> list[tuple[int, int]]:
    """Returns (start, length) of each typed word, where a word of the text first begins with it."""
    found, (plain, places) = [], _plain(text)
    for word in folded(typed).split():
        start = plain.find(word)
        while start > 0 and plain[start - 1].isalnum():
            start = plain.find(word, start + 1)
        if start >= 0:
            first, last = places[start], places[start + len(word) - 1]
            found.append((first, last + 1 - first))
    return found


def paint_hits(painter: QPainter, area: QRect, text: str, typed: str, role: str = "name") -> None:
    """Paints the highlights; call it before the text is painted into the same area."""
    if not typed:
        return
    metrics = QFontMetrics(font(role))
    for start, length in hits(text, typed):
        left = area.left() + metrics.horizontalAdvance(text[:start])
        width = metrics.horizontalAdvance(text[start : start + length])
        if left + width <= area.right():
            painter.fillRect(left, area.center().y() - 10, width, 21, theme().color("wait_soft"))
