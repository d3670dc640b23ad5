"""Keeps text of records plain where Qt would interpret it: HTML in tooltips, shortcuts on buttons.

Tooltips and button texts are set only here; labels are always plain (`Text`).
"""

from PySide6.QtGui import QKeySequence, Qt
from PySide6.QtWidgets import QAbstractButton, QPushButton, QWidget

MOST_LETTERS = 500
"""Most letters of a tooltip."""


def set_tip(widget: QWidget, text: str) -> None:
    """Sets a tooltip that shows the text literally; Qt would render anything like HTML, and load its pictures."""
    shown = text if len(text) <= MOST_LETTERS else f"{text[: MOST_LETTERS - 1]}\N{HORIZONTAL ELLIPSIS}"
    widget.setToolTip(Qt.convertFromPlainText(shown) if Qt.mightBeRichText(shown) else shown)


def set_label(button: QAbstractButton, text: str) -> None:
    """Sets a button's text; an ampersand is shown literally and makes no shortcut."""
    if isinstance(button, QPushButton):
        button.setText(text.replace("&", "&&"))
    else:  # it paints its text itself, literally
        button.setText(text)
        button.setShortcut(QKeySequence())
