"""What is done with any layout."""

from PySide6.QtWidgets import QLayout


def clear(layout: QLayout) -> None:
    """Removes all widgets. They are hidden first: what is deleted later would stay in sight until then."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
