"""Rows of one height that fingers and keys use alike, for a handful as for a million of them."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleTableModelChangeEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QListView

from salesapp.views.parts.frame import by_finger
from salesapp.views.parts.keys import ENTER
from salesapp.views.parts.slim import SlimWatch
from salesapp.views.parts.touch_delegate import Index, TouchDelegate


class RowsView(QListView):
    """Pixel scrolling, rows of one height."""

    def __init__(self) -> None:
        super().__init__()
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        by_finger(self.viewport())
        self._slim = SlimWatch(self)

    def show_focus(self, *, by_keyboard: bool) -> None:
        """Tells the delegate whether to paint the ring of the focus."""
        delegate = self.itemDelegate()
        if isinstance(delegate, TouchDelegate):
            delegate.focus_by_keyboard = by_keyboard

    def show_typed(self, text: str) -> None:
        """Tells the delegate what is searched for."""
        delegate = self.itemDelegate()
        if isinstance(delegate, TouchDelegate):
            delegate.typed = text

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._slim.look()

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Paints anew. Qt would lay all rows out again, which other values in rows of one height never need."""
        del roles
        self.viewport().update()
        if QAccessible.isActive():
            event = QAccessibleTableModelChangeEvent(self, QAccessibleTableModelChangeEvent.ModelChangeType.DataChanged)
            event.setFirstRow(first.row())
            event.setLastRow(last.row())
            event.setFirstColumn(0)
            event.setLastColumn(0)
            QAccessible.updateAccessibility(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """One call into Python for a whole repaint: rows do not take turns with other threads."""
        super().paintEvent(event)


class TouchList(RowsView):
    """`opened`: a row was tapped or Enter pressed on it. `typed`: letters, which search.

    `part_tapped`: a part of a row that does something of its own, such as a star; it does not open the row.
    """

    opened = Signal(int)
    typed = Signal(str)
    part_tapped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._is_part_pressed = self._is_part_released = False
        self.clicked.connect(self._on_clicked)

    def is_part(self, index: Index, place: QPoint) -> bool:
        """Whether a place is such a part of a row; lists with one say where it is."""
        del index, place
        return False

    def _is_part_at(self, event: QMouseEvent) -> bool:
        place = event.position().toPoint()
        index = self.indexAt(place)
        return index.isValid() and self.is_part(index, place)

    def _on_clicked(self, index: QModelIndex) -> None:
        if self._is_part_pressed and self._is_part_released:
            self.part_tapped.emit(index.row())
        elif not self._is_part_pressed and not self._is_part_released:
            self.opened.emit(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.show_focus(by_keyboard=True)
        if event.key() in ENTER and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        elif event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Back}:
            event.ignore()
        elif (
            event.text().isprintable()
            and event.text().strip()
            and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        ):
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.show_focus(by_keyboard=False)
        self._is_part_pressed = self._is_part_at(event)
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._is_part_released = self._is_part_at(event)
        super().mouseReleaseEvent(event)
