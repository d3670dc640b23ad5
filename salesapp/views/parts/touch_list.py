"""Lists of equally high rows for fingers and keys, fast for a handful of rows as for a million."""

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

from salesapp.views.parts.frame import scroll_by_touch
from salesapp.views.parts.keys import ENTER
from salesapp.views.parts.slim import SlimWatch
from salesapp.views.parts.touch_delegate import Index, TouchDelegate


class RowsView(QListView):
    """A list that scrolls by pixels, with rows of one height."""

    def __init__(self) -> None:
        super().__init__()
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        scroll_by_touch(self.viewport())
        self._slim = SlimWatch(self)

    def enter(self) -> None:
        """Focuses the first row, if there is one."""
        model = self.model()
        if model is not None and model.rowCount():
            self.setFocus()
            self.show_focus(by_keyboard=True)
            self.setCurrentIndex(model.index(0, 0, QModelIndex()))

    def show_focus(self, *, by_keyboard: bool) -> None:
        """Tells the delegate whether to paint the focus ring."""
        delegate = self.itemDelegate()
        if isinstance(delegate, TouchDelegate):
            delegate.focus_by_keyboard = by_keyboard

    def show_typed(self, text: str) -> None:
        """Tells the delegate which letters to highlight."""
        delegate = self.itemDelegate()
        if isinstance(delegate, TouchDelegate):
            delegate.typed = text

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._slim.update()

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Only repaints. Qt would lay out all rows again, which rows of one height never need."""
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
        """Wraps the whole repaint in one Python call, so other threads do not take turns between rows."""
        super().paintEvent(event)


class TouchList(RowsView):
    """`opened`: a row was tapped, or Enter pressed on it. `typed` carries letters to search for.

    `part_tapped`: a part of a row with an action of its own was tapped, such as a star; the row does not open.
    """

    opened = Signal(int)
    typed = Signal(str)
    part_tapped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._is_part_pressed = self._is_part_released = False
        self.clicked.connect(self._on_clicked)

    def is_part(self, index: Index, place: QPoint) -> bool:
        """Returns whether a point is on such a part; lists that have one override this."""
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
