"""A search field with chips below; on a low window the chips are in a sheet, and the list keeps their room."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salesapp.views.parts.buttons import IconButton
from salesapp.views.parts.chips import ChipRow
from salesapp.views.parts.fields import SearchField
from salesapp.views.parts.sheet import Sheet


class FilteredSearch(QWidget):
    """The parts only; the page knows what they do."""

    def __init__(self) -> None:
        super().__init__()
        self._is_low = False
        self.search = SearchField()
        self.filter_button = IconButton("filter_regular")
        self.filter_button.clicked.connect(self._on_filter_clicked)
        self.chips = ChipRow()
        self.line = QHBoxLayout()
        self.line.setSpacing(16)
        self.line.addWidget(self.search, 1)
        self.line.addWidget(self.filter_button)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(12)
        self._column.addLayout(self.line)
        self._column.addWidget(self.chips)
        self.arrange(is_low=False)

    def retranslate(self) -> None:
        self.search.set_words(self.tr("Name, code or EAN"), self.tr("Clear the search"))
        self.filter_button.set_words(self.tr("Filters"))

    def set_margins(self, left: int, right: int) -> None:
        self._column.setContentsMargins(left, 0, right, 12)

    def arrange(self, *, is_low: bool) -> None:
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
        self.chips.tapped.connect(sheet.close_sheet)
        sheet.open()

    def _take_chips_back(self) -> None:
        self._column.addWidget(self.chips)
        self.arrange(is_low=self._is_low)
