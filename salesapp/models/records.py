"""Large lists of records: all keys in display order, and pages of rows read when they become visible."""

from array import array
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Qt, Signal

from salesapp.domain.catalogue import CATALOGUE
from salesapp.domain.schema import Field
from salesapp.models.counted import Index
from salesapp.models.errors import survivable
from salesapp.models.paged import FIRST_ROWS, PAGE, PagedModel
from salesapp.models.workplace import Workplace

if TYPE_CHECKING:
    from salesapp.store.catalog_reader import CatalogReader, FieldValue


class Role(IntEnum):
    """Roles for delegates."""

    TITLE = Qt.ItemDataRole.DisplayRole
    BELOW = Qt.ItemDataRole.UserRole + 1  # ((field, value), ...)
    KEY = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class ListLook:
    """How an object's records are listed: the content of a row, ordered by title."""

    key: str
    title: str
    below: tuple[str, ...]


PROMOTIONS = ListLook("promotions.headers", "name", ("code", "valid_from", "valid_to"))


class FieldOf(Protocol):
    """A field of a record, as read from the store."""

    @property
    def field(self) -> Field: ...
    @property
    def value(self) -> Any: ...
    @property
    def label(self) -> str: ...


class RecordSource:
    """Readers of the device's catalogue: one for pages in the window's thread, another for background work."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    @property
    def browser(self) -> "CatalogReader":
        """Returns the reader for pages, which take about a millisecond."""
        return self._workplace.stores.catalog

    def close(self) -> None:
        """Closes the files; the next read opens them again."""
        self._workplace.close()

    async def ids(self, look: ListLook) -> "array[int]":
        """Reads all keys of an object outside the window's thread."""
        return await self._workplace.run(lambda stores: stores.catalog.ids(CATALOGUE.by_key[look.key], look.title))


class RecordsModel(PagedModel):
    """The records of one object, all or those that match the search."""

    loaded = Signal()

    def __init__(self, source: RecordSource, look: ListLook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._source = source
        self._entry = CATALOGUE.by_key[look.key]
        self._fields = (look.title, *look.below)
        self._all: array[int] = array("q")
        self.typed = ""
        self.is_complete = False

    def open(self) -> None:
        """Shows the first rows at once; `complete` adds the rest."""
        self._show(self._source.browser.ids(self._entry, self.look.title, FIRST_ROWS))
        self._all = self._shown

    async def complete(self) -> None:
        """Reads all keys and the visible rows; keeps rows in place if the order is the same."""
        ids = await self._source.ids(self.look)
        self._all = ids
        self.is_complete = True
        self._refresh(self._found() if self.typed else ids)
        self.loaded.emit()

    def _found(self) -> "array[int]":
        return self._source.browser.find(self._entry, self.typed, self.look.title)

    def search(self, typed: str) -> None:
        """Searches as the user types; shows at most 500 hits."""
        typed = typed.strip()
        if typed != self.typed:
            self.typed = typed
            self._show(self._found() if typed else self._all)

    def record(self, row: int) -> "list[FieldValue] | None":
        """Returns all fields of the record in a row; None if a sync has removed it meanwhile."""
        return self._source.browser.record(self._entry, self._shown[row])

    @property
    def total(self) -> int:
        return len(self._all)

    @survivable
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        if role == Role.KEY:
            return self._shown[index.row()]
        if role not in {Role.TITLE, Role.BELOW}:
            return None
        values = self._row(index.row())
        if role == Role.TITLE:
            return values[0] if values[0] is not None else ""
        return tuple(zip(self.look.below, values[1:], strict=True))

    def _row(self, row: int) -> tuple[Any, ...]:
        values: tuple[Any, ...] = self._page(row // PAGE)[row % PAGE]
        return values

    def _read(self, keys: "array[int]") -> list[tuple[Any, ...]]:
        return self._source.browser.page(self._entry, self._fields, keys)
