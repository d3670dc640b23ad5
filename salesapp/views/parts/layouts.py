"""What is done with any layout or widget."""

from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget


def bare_column(parent: QWidget) -> QVBoxLayout:
    """The layout of a widget whose parts stand one below the other, without margins and gaps."""
    column = QVBoxLayout(parent)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column


def clear(layout: QLayout) -> None:
    """Removes all widgets. They are hidden first: what is deleted later would stay in sight until then."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def restyle(widget: QWidget) -> None:
    """Applies the style sheet again, after a property that it asks for has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
