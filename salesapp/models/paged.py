"""Lists of keys whose rows are read a page at a time, when they become visible."""

from array import array
from collections import OrderedDict
from typing import Any

from PySide6.QtCore import QObject

from salesapp.models.counted import CountedModel

PAGE = 64
KEPT_PAGES = 64
FIRST_ROWS = 200
"""Keys read at once, to open a list of any size quickly; the rest is read outside the window's thread."""


class PagedModel(CountedModel):
    """`_shown` has the keys in display order; subclasses read a page of rows in `_read`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: array[int] = array("q")
        self._pages: OrderedDict[int, Any] = OrderedDict()

    def _read(self, keys: "array[int]") -> Any:
        """Returns the page of rows with these keys."""
        raise NotImplementedError

    def _page(self, number: int) -> Any:
        """Returns a page, read on first use; caches the latest pages."""
        if number not in self._pages:
            self._pages[number] = self._read(self._shown[number * PAGE : (number + 1) * PAGE])
            if len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)
        return self._pages[number]

    def _show(self, ids: "array[int]") -> None:
        """Replaces the list."""
        self._shown = ids
        self._pages.clear()
        self._reset(len(ids))

    def _refresh(self, new: "array[int]") -> None:
        """Updates the list, and keeps rows in place if the order is the same."""
        old = self._shown
        if not old or new[: len(old)] != old:
            self._show(new)
            return
        self._shown = new
        self._pages.clear()
        self.setRowCount(len(new))
        self._emit_all_changed()

    def _emit_all_changed(self) -> None:
        """Signals that the values of all rows have changed."""
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, 0))
