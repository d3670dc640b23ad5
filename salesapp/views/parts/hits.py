"""Highlights the letters that a search matched: at word starts, ignoring accents, as the search itself does."""

import unicodedata
from functools import lru_cache

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics, QPainter

from salesapp.views.look.theme import theme
from salesapp.views.look.type import font


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Returns lower case letters without accents, exactly one for each letter of the text."""
    return "".join(_fold(letter) for letter in text)


def _fold(letter: str) -> str:
    plain = unicodedata.normalize("NFD", letter)[:1].casefold()[:1]
    return {"ł": "l"}.get(plain, plain) or " "


def hits(text: str, typed: str) -> list[tuple[int, int]]:
    """Returns (start, length) of each typed word, where a word of the text first begins with it."""
    found, plain = [], folded(text)
    for word in folded(typed).split():
        start = plain.find(word)
        while start > 0 and plain[start - 1].isalnum():
            start = plain.find(word, start + 1)
        if start >= 0:
            found.append((start, len(word)))
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
