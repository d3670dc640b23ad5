"""Big lists: all keys in the order of display, and pages of rows by key, fetched when they come into sight."""

from array import array
from collections import OrderedDict
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from salesapp.domain.catalogue import CATALOGUE
from salesapp.domain.schema import Field
from salesapp.models.areas import ListLook
from salesapp.models.errors import survivable
from salesapp.models.workplace import Workplace

if TYPE_CHECKING:
    from salesapp.store.browse import Browser, FieldValue

Index = QModelIndex | QPersistentModelIndex
PAGE = 64
KEPT_PAGES = 64
FIRST_ROWS = 200
"""Read at once, so that a list of any size opens at once; the rest of the keys comes from beside the window."""


class Role(IntEnum):
    """What delegates read."""

    TITLE = Qt.ItemDataRole.DisplayRole
    BELOW = Qt.ItemDataRole.UserRole + 1  # ((field, value), ...)
    RIGHT = Qt.ItemDataRole.UserRole + 2
    KEY = Qt.ItemDataRole.UserRole + 3


class FieldOf(Protocol):
    """One field of a record, as the store gives it."""

    @property
    def field(self) -> Field: ...
    @property
    def value(self) -> Any: ...
    @property
    def label(self) -> str: ...


class RecordSource:
    """Readers of the catalogue on this device: the window's for pages, another one for work beside it."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    @property
    def browser(self) -> "Browser":
        """For reads of a page: a millisecond."""
        return self._workplace.shelf.catalog

    def close(self) -> None:
        """Lets go of the files; the next read opens them again."""
        self._workplace.let_go()

    async def ids(self, look: ListLook) -> "array[int]":
        """All keys of an object, read beside the window."""
        return await self._workplace.run(lambda shelf: shelf.catalog.ids(CATALOGUE.by_key[look.key], look.ordered_by))


class RecordsModel(QAbstractListModel):
    """The records of one object, all or those that match what is typed."""

    loaded = Signal()

    def __init__(self, source: RecordSource, look: ListLook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._source = source
        self._entry = CATALOGUE.by_key[look.key]
        self._fields = (look.title, *look.below, *((look.right,) if look.right else ()))
        self._all: array[int] = array("q")
        self._shown: array[int] = array("q")
        self._pages: OrderedDict[int, list[tuple[Any, ...]]] = OrderedDict()
        self.typed = ""
        self.is_complete = False

    def open(self) -> None:
        """Shows the first rows now; `complete` brings the rest."""
        self._show(self._source.browser.ids(self._entry, self.look.ordered_by, FIRST_ROWS))
        self._all = self._shown

    async def complete(self) -> None:
        """Brings all keys, and what is in sight anew. Rows stay in place where the order is the same."""
        ids = await self._source.ids(self.look)
        self._all = ids
        self.is_complete = True
        self._show_anew(self._found() if self.typed else ids)
        self.loaded.emit()

    def _found(self) -> "array[int]":
        return self._source.browser.find(self._entry, self.typed, self.look.ordered_by)

    def _show_anew(self, new: "array[int]") -> None:
        old = self._shown
        if new[: len(old)] != old:
            self._show(new)
            return
        self._pages.clear()
        if len(new) > len(old):
            self.beginInsertRows(QModelIndex(), len(old), len(new) - 1)
            self._shown = new
            self._pages.clear()  # whoever hears of the insertion may have read the last page, which was shorter
            self.endInsertRows()
        if old:
            self.dataChanged.emit(self.index(0, 0), self.index(len(old) - 1, 0))

    def search(self, typed: str) -> None:
        """As you type: at most 500 hits, at once."""
        typed = typed.strip()
        if typed != self.typed:
            self.typed = typed
            self._show(self._found() if typed else self._all)

    def _show(self, ids: "array[int]") -> None:
        self.beginResetModel()
        self._shown = ids
        self._pages.clear()
        self.endResetModel()

    def record(self, row: int) -> "list[FieldValue] | None":
        """All fields of the record in a row; None when a sync took it away meanwhile."""
        return self._source.browser.record(self._entry, self._shown[row])

    @property
    def total(self) -> int:
        return len(self._all)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    @survivable
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        if role == Role.KEY:
            return self._shown[index.row()]
        if role not in {Role.TITLE, Role.BELOW, Role.RIGHT}:
            return None
        values = self._row(index.row())
        if role == Role.TITLE:
            return values[0] if values[0] is not None else ""
        below = len(self.look.below)
        if role == Role.RIGHT:
            return values[below + 1] if self.look.right else None
        return tuple(zip(self.look.below, values[1 : below + 1], strict=True))

    def _row(self, row: int) -> tuple[Any, ...]:
        number = row // PAGE
        page = self._pages.get(number)
        if page is None:
            keys = self._shown[number * PAGE : (number + 1) * PAGE]
            page = self._source.browser.page(self._entry, self._fields, keys)
            self._pages[number] = page
            if len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)
        return page[row % PAGE]
