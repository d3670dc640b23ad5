"""Lists of keys whose rows are read a page at a time: a million of them cost nothing before they come into sight."""

from array import array
from collections import OrderedDict
from typing import Any

from PySide6.QtCore import QObject

from salesapp.models.counted import CountedModel

PAGE = 64
KEPT_PAGES = 64
FIRST_ROWS = 200
"""Read at once, so that a list of any size opens at once; the rest of the keys comes from beside the window."""


class PagedModel(CountedModel):
    """`_shown` are the keys in the order of display; each model says in `_read` what a page of them is."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: array[int] = array("q")
        self._pages: OrderedDict[int, Any] = OrderedDict()

    def _read(self, keys: "array[int]") -> Any:
        """What is kept of the rows with these keys."""
        raise NotImplementedError

    def _page(self, number: int) -> Any:
        """A page, read when it is first asked for; the pages read last are kept."""
        if number not in self._pages:
            self._pages[number] = self._read(self._shown[number * PAGE : (number + 1) * PAGE])
            if len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)
        return self._pages[number]

    def _show(self, ids: "array[int]") -> None:
        """Another list."""
        self._shown = ids
        self._pages.clear()
        self._reset(len(ids))

    def _show_anew(self, new: "array[int]") -> None:
        """The list as it is now. Rows stay in place where the order is the same."""
        old = self._shown
        if not old or new[: len(old)] != old:
            self._show(new)
            return
        self._shown = new
        self._pages.clear()
        self.setRowCount(len(new))
        self._tell_all()

    def _tell_all(self) -> None:
        """Other values in the same rows."""
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, 0))
