"""Own records and documents as a list, filtered by state or kind and searched."""

from collections.abc import Callable, Sequence
from enum import IntEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from salesapp.disk import write_beside
from salesapp.domain.objects.documents import DOCUMENT_TYPES
from salesapp.domain.texts import folded
from salesapp.models.choices import Choice
from salesapp.models.counted import CountedModel
from salesapp.models.errors import survivable
from salesapp.models.workplace import Workplace
from salesapp.services import document_view, documents, order_checks, own_work
from salesapp.services.company import Company, company_of
from salesapp.services.document_view import DocumentView
from salesapp.services.own_work import WorkItem

MOST_CHOICES = 60
Index = QModelIndex | QPersistentModelIndex
TO_SEND = frozenset({"on_device", "held_back", "sending"})


class WorkSource:
    """Serves the lists of own work and the page of a document."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    async def work(self) -> list[WorkItem]:
        return await self._workplace.run(own_work.read_work)

    async def documents(self) -> list[WorkItem]:
        return await self._workplace.run(own_work.read_documents)

    async def returned(self) -> int:
        """Returns how many records were recently recovered that a restored backup lacked."""
        return await self._workplace.run(own_work.read_returned)

    async def kinds(self) -> frozenset[str]:
        """Returns the kinds of documents that the profile allows."""
        return await self._workplace.run(order_checks.kinds_of)

    async def document(self, record: str, key: int | None) -> DocumentView | None:
        """Returns an own document by record, or one of the ERP by key."""
        if record:
            return await self._workplace.run(document_view.view_of_record, record)
        return await self._workplace.run(document_view.view_of_erp, key or 0)

    async def reopen(self, record: str) -> None:
        """Makes a document a draft again, with its number. Raises TooLateError once it is sent."""
        await self._workplace.run(lambda stores: documents.reopen(stores.work, record))

    async def void(self, record: str, *, is_draft: bool) -> None:
        """Deletes a draft, or cancels a document for good. Raises TooLateError once it is sent."""
        take = documents.delete_draft if is_draft else documents.void
        await self._workplace.run(lambda stores: take(stores.work, record))

    async def export(self, record: str, folder: Path) -> Path:
        return await self._workplace.run(own_work.export, record, folder)

    async def company(self) -> Company | None:
        return await self._workplace.run(company_of)

    async def write(self, path: Path, content: bytes) -> Path:
        """Writes a file for the user; returns its path. Raises DeviceError."""
        return await self._workplace.run(lambda _stores: write_beside(path, content))

    @staticmethod
    def mail(view: DocumentView, subject: str, text: str, pdf: bytes, file_name: str) -> bytes:
        """Returns an e-mail draft with the PDF; without a recipient unless the customer has one plain address."""
        return document_view.mail_of(view, subject, text, pdf, file_name)

    @staticmethod
    def has_bad_address(view: DocumentView) -> bool:
        return document_view.has_bad_address(view)

    def customers(self, typed: str) -> list[Choice]:
        """Returns matching customers of the catalogue (by key) and new ones (by submission)."""
        return customer_choices(self._workplace, typed)


def customer_choices(workplace: Workplace, typed: str) -> list[Choice]:
    found = own_work.find_customers(workplace.stores, typed, MOST_CHOICES)
    return [Choice(key, name, below, right) for key, name, below, right in found]


class WorkRole(IntEnum):
    """Roles for the delegate."""

    ITEM = Qt.ItemDataRole.UserRole + 1


class WorkModel(CountedModel):
    """Records or documents; `filter` is a state ("to_send" for all waiting ones), a document type, or "all"."""

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
        """Returns the number of records by filter."""
        names = ("all", "rejected", "draft", "to_send", "received", "in_erp", *DOCUMENT_TYPES)
        return {name: sum(_passes(item, name) for item in self._all) for name in names}

    def work(self, row: int) -> WorkItem:
        return self._shown[row]

    def row_of(self, record: str) -> int:
        """Returns the row of a record; -1 if it is not shown."""
        return next((row for row, item in enumerate(self._shown) if item.record == record), -1)

    def last_reported(self) -> str:
        """Returns when the gateway or the ERP last reported a state; empty if never."""
        return max((item.reported_at for item in self._all), default="")

    def _narrow(self) -> None:
        words = folded(self.typed).split()
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
    if name in DOCUMENT_TYPES:
        return item.type == name
    return item.state in TO_SEND if name == "to_send" else item.state == name


def _matches(item: WorkItem, words: list[str]) -> bool:
    text = folded(f"{item.number} {item.erp_number} {item.title}")
    return all(word in text for word in words)
