"""A generic list of synchronized records, with search as you type."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from salesapp.models.device import Overview
from salesapp.models.records import RecordsModel
from salesapp.models.sync_view import SyncView
from salesapp.views import formats
from salesapp.views.labels import area_name
from salesapp.views.parts.fields import SearchField
from salesapp.views.parts.frame import MARGIN
from salesapp.views.parts.layouts import bare_column
from salesapp.views.parts.search_page import SearchPage
from salesapp.views.parts.states import Empty
from salesapp.views.parts.text import Text
from salesapp.views.parts.touch_list import TouchList
from salesapp.views.records.delegate import RecordDelegate


class RecordsPage(SearchPage):
    """The list of one area. `record_requested` carries a row of the model."""

    record_requested = Signal(int)

    def __init__(self, area: str, model: RecordsModel) -> None:
        super().__init__()
        self.area = area
        self.model = model
        self.search = SearchField()
        self.search.changed.connect(self._on_search_changed)
        self.count = Text("small", "text2")
        self.list: TouchList = TouchList()
        self.list.setItemDelegate(RecordDelegate(self.list))
        self.list.opened.connect(self.record_requested)
        self.list.typed.connect(self.search_for)
        self.empty = Empty("search_regular")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        tools = QVBoxLayout()
        self._tools = tools
        tools.setContentsMargins(MARGIN, 0, MARGIN, 12)
        tools.setSpacing(12)
        tools.addWidget(self.search)
        line = QHBoxLayout()
        line.addStretch()
        line.addWidget(self.count)
        tools.addLayout(line)
        holder = QWidget()
        holder.setLayout(tools)
        column = bare_column(self)
        column.addWidget(self.header)
        column.addWidget(holder)
        column.addWidget(self.stack, 1)
        model.loaded.connect(self._show_count)
        model.modelReset.connect(self._show_count)
        self.list.setModel(model)
        self.retranslate()

    def show_device(self, overview: Overview | None, sync: SyncView) -> None:
        super().show_device(overview, sync)
        self._show_header()

    def retranslate(self) -> None:
        self.search.set_texts(self.tr("Search: name, code"), self.tr("Clear the search"))
        self.list.setAccessibleName(area_name(self.area))
        self._show_header()
        self._show_count()

    def _show_header(self) -> None:
        verified = self._overview.verified_at.get(self.model.look.key) if self._overview else None
        context = formats.capitalized(formats.age(verified)) if verified else ""
        self.header.set_texts(area_name(self.area), context)

    def _show_count(self) -> None:
        shown, total = self.model.rowCount(), self.model.total
        if self.model.typed:
            text = self.tr("{shown} of {total}").format(shown=formats.number(shown), total=formats.number(total))
            self.empty.title.setText(self.tr("Nothing matches “{typed}”").format(typed=self.model.typed))
            self.empty.text.setText(self.tr("Search in names and codes; every word must begin a word of the record."))
        else:
            text = formats.number(total) if self.model.is_complete else ""
            self.empty.title.setText(self.tr("Nothing here yet"))
            self.empty.text.setText(self.tr("The ERP has sent no records of this kind to this device."))
        self.count.setText(text)
        self.stack.setCurrentWidget(self.list if shown else self.empty)

    def _on_search_changed(self, text: str) -> None:
        self.list.show_typed(text)
        self.model.search(text)
        if self.model.rowCount():
            self.list.scrollToTop()
