"""A page with a search above a list: typing searches, Down enters the list."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from salesapp.views.parts.fields import SearchField
from salesapp.views.parts.screen_page import ScreenPage
from salesapp.views.parts.touch_list import RowsView


class SearchPage(ScreenPage):
    """The subclass creates `search` and `list`, and connects the list's `typed` to `search_for`."""

    search: SearchField
    list: RowsView

    def focus_search(self) -> None:
        """Focuses the search field (Ctrl+F)."""
        self.search.edit.setFocus()
        self.search.edit.selectAll()

    def search_for(self, text: str) -> None:
        """Searches for letters that were typed in the list."""
        self.search.edit.setFocus()
        self.search.edit.insert(text)

    def go_back(self) -> None:
        """Clears a search first, so that the list is complete when the user returns."""
        self.search.edit.clear()
        super().go_back()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.search.edit.hasFocus():
            self.list.enter()
        else:
            super().keyPressEvent(event)
