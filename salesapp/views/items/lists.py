"""Lists of items as rows or tiles, which can be opened or added to an order."""

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QListView

from salesapp.views.items.delegates import CARD_GAP, CARD_HEIGHT, CARD_WIDTH, CardDelegate
from salesapp.views.parts.touch_delegate import Index
from salesapp.views.parts.touch_list import TouchList


class ItemsList(TouchList):
    """Rows. `added`: the plus key was pressed on a row."""

    added = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Plus and self.currentIndex().isValid():
            self.show_focus(by_keyboard=True)
            self.added.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class TilesList(ItemsList):
    """Tiles that share the width; each has a plus to tap."""

    def __init__(self) -> None:
        super().__init__()
        self.part_tapped.connect(self.added)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(2_000)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setStyleSheet("QListView { background: transparent; }")

    def resizeEvent(self, event: QResizeEvent) -> None:
        room = self.viewport().width() - CARD_GAP // 2  # together with the scroll bar, the screen's margin
        width = room // max(room // (CARD_WIDTH + 8), 1)
        self.setGridSize(QSize(width, CARD_HEIGHT + CARD_GAP))
        super().resizeEvent(event)

    def is_part(self, index: Index, place: QPoint) -> bool:
        """Returns whether a point is on the plus."""
        return CardDelegate.plus(self.visualRect(index)).contains(place)
