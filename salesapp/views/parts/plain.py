"""Keeps text of records as text where Qt would read more in it: HTML in tooltips, shortcuts on buttons.

Tooltips and the words of buttons are set here and nowhere else; labels are plain by themselves (`Text`).
"""

from PySide6.QtGui import QKeySequence, Qt
from PySide6.QtWidgets import QAbstractButton, QPushButton, QWidget

MOST = 500
"""Letters of a tooltip."""


def set_tip(widget: QWidget, text: str) -> None:
    """A tooltip that shows exactly these letters; Qt takes what looks like HTML for HTML, and loads its pictures."""
    shown = text if len(text) <= MOST else f"{text[: MOST - 1]}\N{HORIZONTAL ELLIPSIS}"
    widget.setToolTip(Qt.convertFromPlainText(shown) if Qt.mightBeRichText(shown) else shown)


def set_label(button: QAbstractButton, text: str) -> None:
    """The words on a button; an ampersand is a letter of them, not a mark of a key."""
    if isinstance(button, QPushButton):
        button.setText(text.replace("&", "&&"))
    else:  # it paints its text itself, letter by letter
        button.setText(text)
        button.setShortcut(QKeySequence())
