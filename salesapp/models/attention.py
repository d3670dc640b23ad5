"""Lists the objects of a finished sync that need attention: failed ones first, then those they hold back."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from salesapp.models.errors import survivable
from salesapp.models.sync_tree import Role, Row, row_data

Index = QModelIndex | QPersistentModelIndex


class AttentionModel(QAbstractListModel):
    """Has the same roles as the tree of all objects."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self.spoken: Callable[[Index], str] | None = None

    def show_rows(self, rows: list[Row]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    @survivable
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(index) if self.spoken else None
        return False if role == Role.IS_SECTION else row_data(self.rows[index.row()], role)
