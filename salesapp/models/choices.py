"""A short list to choose one value from."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from salesapp.models.errors import survivable

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: `key` is its value; the row shows `title` over `below`, with `right` beside them."""

    key: Any
    title: str
    below: str = ""
    right: str = ""


class ChoiceRole(IntEnum):
    """Roles for the delegate."""

    CHOICE = Qt.ItemDataRole.UserRole + 1


class ChoicesModel(QAbstractListModel):
    """A list of choices."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choices: Sequence[Choice] = ()

    def show(self, choices: Sequence[Choice]) -> None:
        self.beginResetModel()
        self._choices = tuple(choices)
        self.endResetModel()

    def choice(self, row: int) -> Choice:
        return self._choices[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._choices)

    @survivable
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        choice = self._choices[index.row()]
        if role == ChoiceRole.CHOICE:
            return choice
        if role == Qt.ItemDataRole.DisplayRole:
            return choice.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (choice.title, choice.below, choice.right) if part)
        return None
