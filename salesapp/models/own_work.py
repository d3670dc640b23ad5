"""Own records and documents as a list: filtered by state or kind, and by what is typed."""

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from salesapp.disk import write_beside
from salesapp.models.counted import CountedModel
from salesapp.models.errors import survivable
from salesapp.services.company import Company, company_of
from salesapp.services.document_view import (
    DocumentView,
    ViewLine,
    has_bad_address,
    mail_of,
    view_of_erp,
    view_of_record,
)
from salesapp.services.documents import TooLateError, delete_draft, reopen, void
from salesapp.services.order_checks import kinds_of
from salesapp.services.own_work import WorkItem, export, find_customers, read_documents, read_returned, read_work

__all__ = [
    "Company",
    "DocumentView",
    "TooLateError",
    "ViewLine",
    "WorkItem",
    "WorkModel",
    "WorkRole",
    "company_of",
    "delete_draft",
    "export",
    "find_customers",
    "has_bad_address",
    "kinds_of",
    "mail_of",
    "read_documents",
    "read_returned",
    "read_work",
    "reopen",
    "view_of_erp",
    "view_of_record",
    "void",
    "write_beside",
]


Index = QModelIndex | QPersistentModelIndex
TO_SEND = frozenset({"on_device", "held_back", "sending"})


class WorkRole(IntEnum):
    """What the delegate reads."""

    ITEM = Qt.ItemDataRole.UserRole + 1


class WorkModel(CountedModel):
    """`filter` is a state ("to_send" for all that wait), "sales_order" or "sales_quote", or "all"."""

    def __init__(self, spoken: Callable[[WorkItem], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._spoken = spoken
        self._all: Sequence[WorkItem] = ()
        self._shown: list[WorkItem] = []
        self.filter = "all"
        self.typed = ""

    def show(self, items: Sequence[WorkItem]) -> None:
        if items != self._all:
            self._all = items
            self._narrow()

    def choose(self, name: str) -> None:
        self.filter = name
        self._narrow()

    def search(self, typed: str) -> None:
        self.typed = typed.strip()
        self._narrow()

    def counts(self) -> dict[str, int]:
        """How many each filter would show."""
        names = ("all", "rejected", "draft", "to_send", "received", "in_erp", "sales_order", "sales_quote")
        return {name: sum(_passes(item, name) for item in self._all) for name in names}

    def work(self, row: int) -> WorkItem:
        return self._shown[row]

    def row_of(self, record: str) -> int:
        """Where a record is shown; -1 for one that is not."""
        return next((row for row, item in enumerate(self._shown) if item.record == record), -1)

    def last_told(self) -> str:
        """When the gateway or the ERP last said something; empty if they never did."""
        return max((item.told_at for item in self._all), default="")

    def _narrow(self) -> None:
        words = self.typed.casefold().split()
        self._shown = [item for item in self._all if _passes(item, self.filter) and _matches(item, words)]
        self._reset(len(self._shown))

    @survivable
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        item = self._shown[index.row()]
        if role == WorkRole.ITEM:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return item.number or item.title
        return self._spoken(item) if role == Qt.ItemDataRole.AccessibleTextRole else None


def _passes(item: WorkItem, name: str) -> bool:
    if name == "all":
        return True
    if name in {"sales_order", "sales_quote"}:
        return item.type == name
    return item.state in TO_SEND if name == "to_send" else item.state == name


def _matches(item: WorkItem, words: list[str]) -> bool:
    text = f"{item.number} {item.erp_number} {item.title}".casefold()
    return all(word in text for word in words)
