"""A sheet to choose one entry from a list."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStyleOptionViewItem,
    QWidget,
)

from salesapp.models.choices import Choice, ChoiceRole, ChoicesModel
from salesapp.views.look import icons
from salesapp.views.look.type import font
from salesapp.views.parts.buttons import IconButton
from salesapp.views.parts.fields import SearchField
from salesapp.views.parts.hits import paint_hits
from salesapp.views.parts.paint import paint_line
from salesapp.views.parts.sheet import Place, Sheet
from salesapp.views.parts.text import Words, text_of
from salesapp.views.parts.touch_delegate import Index, TouchDelegate
from salesapp.views.parts.touch_list import TouchList


class ChoiceDelegate(TouchDelegate):
    """Paints a title over a second line, an optional text on the right, and a chevron."""

    usual_height, grows = 64, False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        choice, area = index.data(ChoiceRole.CHOICE), QRect(option.rect)
        if not isinstance(choice, Choice):
            return
        self.paint_ground(painter, option)
        right = area.right() - 40
        icons.draw(painter, "chevron_right_regular", right + 12, area.center().y() - 9, 20, "text3")
        if choice.right:
            width = QFontMetrics(font("small")).horizontalAdvance(choice.right)
            paint_line(painter, QRect(right - width, area.top(), width, area.height()), choice.right, "small", "text2")
            right -= width + 12
        left = area.left() + 16
        top = QRect(left, area.top() + (8 if choice.below else 19), right - left, 26)
        paint_hits(painter, top, choice.title, self.typed)
        paint_line(painter, top, choice.title, "name", "text")
        if choice.below:
            paint_line(painter, QRect(left, area.top() + 34, right - left, 22), choice.below, "small", "text2")
        self.paint_edge(painter, option)


class ChoiceSheet(Sheet):
    """Asks for one entry of a list. `chosen` carries its key; with `search`, typing filters the list."""

    on_scan = "close"

    close_button: IconButton
    chosen = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        title: Words,
        close_words: Words,
        choices: Sequence[Choice] | Callable[[], Sequence[Choice]] = (),
        *,
        search: Callable[[str], Sequence[Choice]] | None = None,
        search_words: tuple[Words, Words] = ("", ""),
        place: Place = "side",
    ) -> None:
        super().__init__(parent, place)
        self._find = search
        top = QHBoxLayout()
        self.title = self.text("heading", title, wraps=True)
        self.close_button = IconButton("dismiss_regular")
        self.keep_translated(lambda: self.close_button.set_texts(text_of(close_words)))
        self.close_button.clicked.connect(self.close_sheet)
        top.addWidget(self.title, 1)
        top.addWidget(self.close_button)
        self.body.addLayout(top)
        self.search = SearchField()
        self.keep_translated(lambda: self.search.set_texts(*(text_of(words) for words in search_words)))
        self.search.changed.connect(self._on_typed)
        self.body.addWidget(self.search)
        self.search.setVisible(search is not None)  # needs a parent first, otherwise it would open as a window
        self.model = ChoicesModel(self)
        self.keep_translated(lambda: self._show(choices() if callable(choices) else choices))
        self.list = TouchList()
        self.list.setItemDelegate(ChoiceDelegate(self.list))
        self.list.setModel(self.model)
        self.keep_translated(lambda: self.list.setAccessibleName(text_of(title)))
        self.search.went_down.connect(self.list.enter)
        self.list.opened.connect(self._on_opened)
        self.list.typed.connect(self._search_for)
        self.list.setMinimumHeight(max(200, min(parent.height() - 260, 560)))
        self.body.addWidget(self.list, 1)

    def _show(self, choices: Sequence[Choice]) -> None:
        """Shows the choices, unless a search has filtered them."""
        if not self.search.edit.text():
            self.model.show(choices)

    def _on_typed(self, text: str) -> None:
        self.list.show_typed(text)
        if self._find is not None:
            self.model.show(self._find(text))

    def _search_for(self, text: str) -> None:
        """Letters that were typed in the list."""
        if self._find is not None:
            self.search.edit.setFocus()
            self.search.edit.insert(text)

    def _on_opened(self, row: int) -> None:
        key = self.model.choice(row).key
        self.close_sheet()
        self.chosen.emit(key)

    def close_sheet(self) -> None:
        super().close_sheet()
        self.deleteLater()
