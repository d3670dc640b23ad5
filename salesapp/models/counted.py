"""Lists whose rows Qt counts by itself.

A view that lays its rows out asks for the index of each of them twice, and each answer asks for their number: in Python
200,000 rows take a third of a second in the window's thread, here a hundredth. What rows hold is the models' own.
"""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSignalBlocker, Qt
from PySide6.QtGui import QStandardItemModel

Index = QModelIndex | QPersistentModelIndex


class CountedModel(QStandardItemModel):
    """One column. Models read what a row holds in `data`; no item of Qt's is ever made."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(0, 1, parent)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def _reset(self, count: int) -> None:
        """Other rows, so many; they have been changed already."""
        self.beginResetModel()
        with QSignalBlocker(self):  # a reset says it all
            self.setRowCount(count)
        self.endResetModel()
