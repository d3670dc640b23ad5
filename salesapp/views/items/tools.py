"""Search and filters above the list of items; on a low window the filters are in a sheet."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salesapp.views.items import words
from salesapp.views.parts.buttons import IconButton
from salesapp.views.parts.chips import ChipRow
from salesapp.views.parts.fields import SearchField
from salesapp.views.parts.sheet import Sheet
from salesapp.views.parts.text import Text

FLAG_CHIPS = ("is_bestseller", "is_new", "has_free_shipping")


class ItemTools(QWidget):
    """The parts only; the page knows what they do."""

    def __init__(self) -> None:
        super().__init__()
        self._is_low = False
        self.search = SearchField()
        self.filter_button = IconButton("filter_regular")
        self.filter_button.clicked.connect(self._on_filter_clicked)
        self.count = Text("small", "text2")
        self.chips = ChipRow()
        self.group_chip = self.chips.add("group", "text_bullet_list_tree_regular")
        self.chips.add("in_stock", "box_regular")
        self.chips.add("promotion", words.FLAG_ICONS["promotion"])
        for name in FLAG_CHIPS:
            self.chips.add(name, words.FLAG_ICONS[name])
        self.chips.add("document", "document_text_regular")
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(self.search, 1)
        line.addWidget(self.filter_button)
        line.addWidget(self.count)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(12)
        self._column.addLayout(line)
        self._column.addWidget(self.chips)

    def retranslate(self) -> None:
        self.search.set_words(self.tr("Name, code or EAN"), self.tr("Clear the search"))
        self.chips.chips["in_stock"].set_words(self.tr("In stock"))
        for name in ("promotion", *FLAG_CHIPS):
            self.chips.chips[name].set_words(words.flag(name))
        self.chips.chips["document"].set_words(self.tr("Former document"))
        self.filter_button.set_words(self.tr("Filters"))

    def set_margins(self, left: int, right: int) -> None:
        self._column.setContentsMargins(left, 0, right, 12)

    def arrange(self, *, is_low: bool) -> None:
        """On a low window the list keeps the room of the filters."""
        self._is_low = is_low
        self.filter_button.setVisible(is_low)
        if self.chips.parent() is self:
            self.chips.setVisible(not is_low)

    def _on_filter_clicked(self) -> None:
        sheet = Sheet(self.window())
        sheet.body.addWidget(sheet.text("heading", lambda: self.tr("Filters")))
        sheet.body.addWidget(self.chips)
        self.chips.show()
        sheet.closed.connect(self._take_chips_back)
        sheet.closed.connect(sheet.deleteLater)
        self.chips.changed.connect(sheet.close_sheet)
        self.group_chip.clicked.connect(sheet.close_sheet)
        sheet.open()

    def _take_chips_back(self) -> None:
        self._column.addWidget(self.chips)
        self.arrange(is_low=self._is_low)
