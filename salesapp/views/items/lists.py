"""Rows and tiles of items that can be opened, and added to an order."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QListView

from salesapp.views.items.delegates import CARD_GAP, CARD_HEIGHT, CARD_WIDTH, CardDelegate
from salesapp.views.parts.touch_list import TouchList


class ItemsList(TouchList):
    """Rows. `added`: plus was pressed on one of them."""

    added = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Plus and self.currentIndex().isValid():
            self.show_focus(by_keyboard=True)
            self.added.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class TilesList(ItemsList):
    """Tiles beside each other that share the width; each has a plus for fingers."""

    def __init__(self) -> None:
        super().__init__()
        self._pressed = QPersistentModelIndex(QModelIndex())
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(2_000)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setStyleSheet("QListView { background: transparent; }")

    def resizeEvent(self, event: QResizeEvent) -> None:
        room = self.viewport().width() - 2
        width = room // max(room // (CARD_WIDTH + 8), 1)
        self.setGridSize(QSize(width, CARD_HEIGHT + CARD_GAP))
        super().resizeEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        is_plus = index.isValid() and CardDelegate.plus(self.visualRect(index)).contains(event.position().toPoint())
        if not is_plus or event.button() != Qt.MouseButton.LeftButton:
            super().mouseReleaseEvent(event)
            return
        is_tap = self._pressed == QPersistentModelIndex(index)
        was_blocked = self.blockSignals(True)  # noqa: FBT003  # a tap on the plus does not open the item
        super().mouseReleaseEvent(event)
        self.blockSignals(was_blocked)
        if is_tap:
            self.added.emit(index.row())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = QPersistentModelIndex(self.indexAt(event.position().toPoint()))
        super().mousePressEvent(event)
