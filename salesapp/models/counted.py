"""Base of lists whose rows Qt counts itself.

A view's layout requests the index of each row twice, and each request needs the row count: in Python,
200,000 rows block the window's thread for a third of a second, here for a hundredth. Subclasses provide the data.
"""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSignalBlocker, Qt
from PySide6.QtGui import QStandardItemModel

Index = QModelIndex | QPersistentModelIndex


class CountedModel(QStandardItemModel):
    """A list of one column. Subclasses implement `data`; no QStandardItem is ever created."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(0, 1, parent)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def _reset(self, count: int) -> None:
        """Resets the model to `count` rows, after the subclass has replaced its data."""
        self.beginResetModel()
        with QSignalBlocker(self):  # one reset replaces the other signals
            self.setRowCount(count)
        self.endResetModel()
