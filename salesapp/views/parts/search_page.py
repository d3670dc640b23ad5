"""A page that is a list with a search above it: typing searches, Down goes into the list."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent

from salesapp.views.parts.fields import SearchField
from salesapp.views.parts.screen_page import ScreenPage
from salesapp.views.parts.touch_list import RowsView


class SearchPage(ScreenPage):
    """The page makes `search` and `list`, and connects what is typed in the list to `search_for`."""

    search: SearchField
    list: RowsView

    def focus_search(self) -> None:
        """Ctrl+F."""
        self.search.edit.setFocus()
        self.search.edit.selectAll()

    def search_for(self, text: str) -> None:
        """Letters that were typed in the list."""
        self.search.edit.setFocus()
        self.search.edit.insert(text)

    def go_back(self) -> None:
        """Back clears a search first: the list is whole again when a person comes back."""
        self.search.edit.clear()
        super().go_back()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.search.edit.hasFocus():
            self.enter_list()
        else:
            super().keyPressEvent(event)

    def enter_list(self) -> None:
        """To the first row, if there is one."""
        model = self.list.model()
        if model is not None and model.rowCount():
            self.list.setFocus()
            self.list.show_focus(by_keyboard=True)
            self.list.setCurrentIndex(model.index(0, 0, QModelIndex()))
