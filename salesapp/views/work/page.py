"""The lists of records with receipts: My work, and Documents."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget

from salesapp.models.own_work import WorkModel
from salesapp.services.own_work import WorkItem
from salesapp.views import formats
from salesapp.views.parts.buttons import Button, IconButton
from salesapp.views.parts.filtered_search import FilteredSearch
from salesapp.views.parts.frame import MARGIN
from salesapp.views.parts.keys import add_shortcut
from salesapp.views.parts.layouts import bare_column
from salesapp.views.parts.search_page import SearchPage
from salesapp.views.parts.states import Empty
from salesapp.views.parts.strip import Strip
from salesapp.views.parts.text import Text
from salesapp.views.parts.touch_list import TouchList
from salesapp.views.receipts.labels import LOOKS, short_time, spoken
from salesapp.views.receipts.rows import WorkDelegate
from salesapp.views.work.rejection import RejectionRow

FILTERS = {
    "work": {
        "all": "",
        "rejected": "error_circle_regular",
        "draft": "edit_regular",
        "to_send": "clock_regular",
        "received": "cloud_checkmark_regular",
        "in_erp": "checkmark_circle_regular",
    },
    "documents": {
        "all": "",
        "sales_order": "document_text_regular",
        "sales_quote": "note_regular",
        "sales_return": "box_regular",
        "draft": "edit_regular",
        "to_send": "clock_regular",
        "rejected": "error_circle_regular",
    },
}
"""Filter chips of each of the two pages -> icons."""


class WorkPage(SearchPage):
    """`item_requested` carries the item of an opened row, `new_requested` the type of a document to begin."""

    item_requested = Signal(object)
    new_requested = Signal(str)
    fix_requested = Signal(object, str)  # item; "fix", "withdraw" or "export"

    def __init__(self, area: str) -> None:
        super().__init__()
        self.area = area
        self._make_actions()
        self.tools = FilteredSearch()
        self.search, self.chips = self.tools.search, self.tools.chips
        self.search.changed.connect(self._on_search_changed)
        for name, icon in FILTERS[area].items():
            self.chips.add(name, icon or "text_bullet_list_regular")
        self.chips.changed.connect(lambda name, _is_on: self.choose(name))
        self.model = WorkModel(spoken, self)
        self.list: TouchList = TouchList()
        self.delegate = WorkDelegate(self.list)
        self.list.setItemDelegate(self.delegate)
        self.list.setUniformItemSizes(area != "work")  # there a rejected row expands
        self.list.setModel(self.model)
        self.list.opened.connect(self._on_opened)
        self.rejection = RejectionRow(self.list.viewport(), self.delegate.row_height)
        self.rejection.tapped.connect(lambda: self._on_opened(self.model.row_of(self.delegate.opened)))
        self.rejection.action_requested.connect(lambda what: self.fix_requested.emit(self.rejection.item, what))
        self.list.verticalScrollBar().valueChanged.connect(self._place_rejection)
        self._was_opened = False
        self._returned = 0
        self.list.typed.connect(self.search_for)
        self.empty = Empty("clipboard_task_regular" if area == "work" else "document_text_regular")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        self.stack.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._lay_out()
        self.choose("all")
        self.retranslate()

    def _make_actions(self) -> None:
        """Creates the buttons that begin a document."""
        self.order, self.quote = Button("primary", "add_regular"), Button("normal", "add_regular")
        for button, kind in ((self.quote, "sales_quote"), (self.order, "sales_order")):
            button.clicked.connect(lambda _checked=False, kind=kind: self.new_requested.emit(kind))
            self.header.action_row.addWidget(button)
        add_shortcut(self, "Ctrl+N", self.order.click)
        self.small_quote = IconButton("document_text_regular")
        self.small_quote.clicked.connect(self.quote.clicked)
        self.header.action_row.insertWidget(0, self.small_quote)
        self.small_return = IconButton("box_regular")
        self.small_return.clicked.connect(lambda: self.new_requested.emit("sales_return"))
        self.header.action_row.insertWidget(0, self.small_return)
        self._kinds: Collection[str] = ("sales_order", "sales_quote")
        self._show_actions()

    def _lay_out(self) -> None:
        self.returned = Text("body", "text2", wraps=True)
        self.returned.setContentsMargins(MARGIN, 0, MARGIN, 12)
        self.returned.hide()
        self.legend = Text("small", "text2")
        self.legend_strip = Strip(6)
        self.legend_strip.setFixedWidth(72)
        self.legend_strip.set_segments(LOOKS["received"][2])
        self.tools.chips_row.addWidget(self.legend_strip)
        self.tools.chips_row.addWidget(self.legend)
        column = bare_column(self)
        column.addWidget(self.header)
        column.addWidget(self.tools)
        column.addWidget(self.returned)
        column.addWidget(self.stack, 1)

    @property
    def primary(self) -> Button | None:
        if self.area == "documents":
            return self.order
        return self.rejection.fix if self.rejection.isVisible() else None

    def show_items(self, items: Sequence[WorkItem], kinds: Collection[str]) -> None:
        """Shows records. `kinds`: types of documents that the user may write."""
        self.model.show(items)
        self._kinds = kinds
        self._show_actions()
        if self.area == "work" and not self._was_opened:  # a rejected record starts expanded
            first = self.model.work(0) if self.model.rowCount() else None
            self.delegate.opened = first.record if first is not None and first.state == "rejected" else ""
            self._was_opened = bool(self.model.rowCount())
        self.retranslate()
        self._show_rejection()

    def show_returned(self, count: int) -> None:
        """Shows how many records came back from the gateway after own work was restored from a backup."""
        self._returned = count
        self.returned.setVisible(count > 0)

    def choose(self, name: str) -> None:
        for other in FILTERS[self.area]:
            self.chips.set_on(other, is_on=other == name)
        self.model.choose(name)
        self._show_stack()
        self._show_rejection()

    # Rejected rows expand

    def _on_opened(self, row: int) -> None:
        item = self.model.work(row)
        if self.area == "work" and item.state == "rejected":
            self.delegate.opened = "" if item.record == self.delegate.opened else item.record
            self._show_rejection()
        else:
            self.item_requested.emit(item)

    def _show_rejection(self) -> None:
        """Shows the rejection in its expanded row, if that is in the list."""
        row = self.model.row_of(self.delegate.opened) if self.delegate.opened else -1
        item = self.model.work(row) if row >= 0 else None
        is_open = item is not None and item.state == "rejected"
        if item is not None and is_open:
            self.rejection.show_item(item)
        else:
            self.delegate.opened = ""
        self.rejection.setVisible(is_open)
        self._lay_out_rejection()

    def _lay_out_rejection(self) -> None:
        """Makes the expanded row as high as its content; its position is known once the list is laid out."""
        if self.rejection.isVisibleTo(self.list):
            self.rejection.set_row_height(self.delegate.row_height)
            self.delegate.height = self.rejection.height_at(self.list.viewport().width())
        self.list.doItemsLayout()
        self._place_rejection()

    def _place_rejection(self) -> None:
        row = self.model.row_of(self.delegate.opened) if self.delegate.opened else -1
        if row >= 0:
            self.rejection.setGeometry(self.list.visualRect(self.model.index(row, 0)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.rejection.isVisibleTo(self.list):
            QTimer.singleShot(0, self, self._lay_out_rejection)  # once the list has its new width

    def retranslate(self) -> None:
        is_work = self.area == "work"
        counts = self.model.counts()
        title = self.tr("My work") if is_work else self.tr("Documents")
        context = (
            self._work_context(counts["all"]) if is_work else formats.plural("WorkPage", "%n documents", counts["all"])
        )
        self.header.set_texts(title, context)
        self.order.set_texts(self.tr("New order"))
        for quote in (self.quote, self.small_quote):
            quote.set_texts(self.tr("New quote"))
        self.small_return.set_texts(self.tr("New return"))
        self.tools.retranslate()
        self.search.set_texts(self.tr("Search: number, customer"), self.tr("Clear the search"))
        words = {
            "all": self.tr("All"),
            "rejected": self.tr("Rejected"),
            "draft": self.tr("Drafts"),
            "to_send": self.tr("To send"),
            "received": self.tr("Received"),
            "in_erp": self.tr("In ERP"),
            "sales_order": self.tr("Orders"),
            "sales_quote": self.tr("Quotes"),
            "sales_return": self.tr("Returns"),
        }
        for name, chip in self.chips.chips.items():
            chip.set_texts(f"{words[name]}{formats.FIXED}{formats.number(counts[name])}")
            chip.setVisible(name != "sales_return" or "sales_return" in self._kinds or counts[name] > 0)
        count_text = formats.plural(
            "WorkPage", "%n records sent after the backup came back from the gateway.", self._returned
        )
        self.returned.setText(self.tr("Your own work was restored from a backup.") + " " + count_text)
        self.legend.setText(self.tr("device, gateway, ERP"))
        self.list.setAccessibleName(title)
        self._show_stack()

    def arrange(self, *, portrait: bool) -> None:
        self._show_actions()
        self.legend.setVisible(self.area == "work" and not portrait)
        self.legend_strip.setVisible(self.area == "work" and not portrait)
        margin = 16 if self.is_slim else MARGIN
        self.tools.set_margins(margin, margin)
        self.tools.arrange(is_small=self.is_low or self.is_slim)

    def _show_actions(self) -> None:
        """Shows the buttons for new documents; in portrait the quote's button is only an icon."""
        kinds = self._kinds if self.area == "documents" else ()
        self.order.setVisible("sales_order" in kinds)
        self.quote.setVisible("sales_quote" in kinds and not self.is_portrait)
        self.small_quote.setVisible("sales_quote" in kinds and self.is_portrait)
        self.small_return.setVisible("sales_return" in kinds)

    def _work_context(self, count: int) -> str:
        """Returns the number of records and the time of the last one sent."""
        records = formats.plural("WorkPage", "%n records on this device", count)
        last_sent = self.model.last_reported()
        sent = self.tr("last sent {time}").format(time=short_time(last_sent)) if last_sent else ""
        return " \N{MIDDLE DOT} ".join(part for part in (records, sent) if part)

    def _show_stack(self) -> None:
        has_rows = self.model.rowCount() > 0
        if self.model.typed or self.model.filter != "all":
            self.empty.title.setText(self.tr("Nothing matches"))
            self.empty.text.setText(self.tr("Choose “All”, or clear the search."))
        elif self.area == "work":
            self.empty.title.setText(self.tr("Nothing was made on this device yet"))
            self.empty.text.setText(
                self.tr("Orders, visits, new customers and files appear here, each with its receipt.")
            )
        else:
            self.empty.title.setText(self.tr("No documents yet"))
            self.empty.text.setText(self.tr("Begin with a new order."))
        self.stack.setCurrentWidget(self.list if has_rows else self.empty)

    def _on_search_changed(self, text: str) -> None:
        self.model.search(text)
        self._show_stack()
        self._show_rejection()
