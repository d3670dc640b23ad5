"""A search field with chips below; in a small window the chips move to a sheet to leave room for the list."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salesapp.views.parts.buttons import IconButton
from salesapp.views.parts.chips import ChipRow
from salesapp.views.parts.fields import SearchField
from salesapp.views.parts.sheet import Sheet


class FilteredSearch(QWidget):
    """Only holds the widgets; the page connects them."""

    scan_requested = Signal()

    def __init__(self, *, scans: bool = False) -> None:
        super().__init__()
        self._is_small = False
        self.search = SearchField()
        self.scan = self.search.add_scan() if scans else None
        if self.scan is not None:
            self.scan.clicked.connect(self.scan_requested)
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
        self.chips_row = QHBoxLayout()
        self.chips_row.setSpacing(8)
        self.chips_row.addWidget(self.chips, 1)
        self._column.addLayout(self.chips_row)
        self.arrange(is_small=False)

    def retranslate(self) -> None:
        self.search.set_texts(self.tr("Name, code or EAN"), self.tr("Clear the search"))
        self.filter_button.set_texts(self.tr("Filters"))
        if self.scan is not None:
            self.scan.set_texts(self.tr("How to scan a barcode"))

    def set_margins(self, left: int, right: int) -> None:
        self._column.setContentsMargins(left, 0, right, 12)

    def arrange(self, *, is_small: bool) -> None:
        self._is_small = is_small
        self.filter_button.setVisible(is_small)
        if self.chips.parent() is self:
            self.chips.setVisible(not is_small)

    def _on_filter_clicked(self) -> None:
        sheet = Sheet(self.window())
        sheet.body.addWidget(sheet.text("heading", lambda: self.tr("Filters")))
        sheet.body.addWidget(self.chips)
        self.chips.show()
        sheet.closed.connect(self._restore_chips)
        sheet.closed.connect(sheet.deleteLater)
        self.chips.tapped.connect(sheet.close_sheet)
        sheet.open()

    def _restore_chips(self) -> None:
        self.chips_row.insertWidget(0, self.chips, 1)
        self.arrange(is_small=self._is_small)
