"""Layouts that are filled again."""

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from salesapp.views.parts.layouts import clear
from salesapp.views.parts.text import Text


def test_that_an_emptied_layout_shows_no_old_widgets(qapp: QApplication) -> None:
    """Even before the event loop deletes the old widgets."""
    del qapp
    holder = QWidget()
    column = QVBoxLayout(holder)
    before = Text("body", text="before")
    column.addWidget(before)
    column.addSpacing(8)
    holder.show()
    clear(column)
    column.addWidget(Text("body", text="after"))
    assert not before.isVisible()
    assert column.count() == 1
