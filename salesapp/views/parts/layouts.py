"""Operations on any layout or widget."""

from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget


def bare_column(parent: QWidget) -> QVBoxLayout:
    """Gives a widget a vertical layout without margins and spacing."""
    column = QVBoxLayout(parent)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column


def clear(layout: QLayout) -> None:
    """Removes all widgets, hidden first because they stay visible until Qt deletes them."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def restyle(widget: QWidget) -> None:
    """Applies the style sheet again after a property that it reads has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
