"""The list of customers, with tabs, search and favourites; includes new customers of this device."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from salesapp.models.customers import CustomersModel
from salesapp.models.device import Overview
from salesapp.models.sync_view import SyncView
from salesapp.services.customers import TABS
from salesapp.views import formats
from salesapp.views.customers import labels
from salesapp.views.customers.rows import CustomerList
from salesapp.views.labels import area_name
from salesapp.views.parts.buttons import Button, IconButton
from salesapp.views.parts.fields import SearchField, Segmented
from salesapp.views.parts.frame import MARGIN, FootBar
from salesapp.views.parts.keys import add_shortcut
from salesapp.views.parts.layouts import bare_column
from salesapp.views.parts.search_page import SearchPage
from salesapp.views.parts.states import Empty
from salesapp.views.parts.text import Text


class CustomersPage(SearchPage):
    """`customer_requested` carries the key or None, and the submission of a customer of this device or ""."""

    customer_requested = Signal(object, str)
    new_requested = Signal()
    tab_requested = Signal(str)

    def __init__(self, model: CustomersModel, *, may_add: bool) -> None:
        super().__init__()
        self.model = model
        self._may_add = may_add
        self.model.spoken = labels.spoken
        self.add = IconButton("person_add_regular")
        self.add.clicked.connect(self.new_requested)
        self.header.action_row.addWidget(self.add)
        self.search = SearchField()
        self.search.changed.connect(self._on_search_changed)
        self.tabs = Segmented(TABS)
        self.tabs.chosen.connect(self.tab_requested)
        self.count = Text("small", "text2")
        self.list: CustomerList = CustomerList()
        self.list.setModel(model)
        self.list.opened.connect(self._on_opened)
        self.list.starred.connect(model.toggle_star)
        self.list.typed.connect(self.search_for)
        self.empty = Empty("building_shop_regular")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        self.foot = FootBar()
        self._primary = Button("primary", "person_add_regular", big=True)
        self.primary.clicked.connect(self.new_requested)
        self.foot.add(self.primary)
        add_shortcut(self, "Ctrl+N", self.primary.click)
        self._lay_out()
        model.loaded.connect(self._show_count)
        model.modelReset.connect(self._show_count)
        self.retranslate()

    def _lay_out(self) -> None:
        self._tools = QVBoxLayout()
        self._tools.setSpacing(12)
        self._tools.addWidget(self.search)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.tabs)
        line.addStretch()
        line.addWidget(self.count)
        self._tools.addLayout(line)
        holder = QWidget()
        holder.setLayout(self._tools)
        column = bare_column(self)
        column.addWidget(self.header)
        column.addWidget(holder)
        column.addWidget(self.stack, 1)
        column.addWidget(self.foot)

    def show_device(self, overview: Overview | None, sync: SyncView) -> None:
        super().show_device(overview, sync)
        self._show_header()

    def arrange(self, *, portrait: bool) -> None:
        margin = 16 if self.width() < 700 else MARGIN
        self._tools.setContentsMargins(margin, 0, margin, 12)
        is_low = self.is_low
        self.count.setVisible(self.width() >= 700)
        self.place_foot(self.foot)
        self.foot.setVisible(self._may_add and not is_low)
        self.add.setVisible(self._may_add and is_low)
        self.empty.icon.setVisible(not is_low)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange(portrait=self.is_portrait)

    def allow(self, *, may_add: bool) -> None:
        """Sets whether the profile allows the user to add customers."""
        self._may_add = may_add
        self.arrange(portrait=self.is_portrait)

    @property
    def primary(self) -> Button:
        return self._primary

    def retranslate(self) -> None:
        self.search.set_texts(self.tr("Name, code, tax number or town"), self.tr("Clear the search"))
        self.tabs.set_texts({name: labels.tab(name) for name in TABS}, area_name("customers"))
        self.tabs.choose(self.model.tab)
        self.list.setAccessibleName(area_name("customers"))
        self.primary.set_texts(self.tr("New customer"))
        self.add.set_texts(self.tr("New customer"))
        self._show_header()
        self._show_count()

    def _show_header(self) -> None:
        verified = self._overview.verified_at.get("customers.customers") if self._overview else None
        self.header.set_texts(area_name("customers"), formats.capitalized(formats.age(verified)) if verified else "")

    def _show_count(self) -> None:
        shown = self.model.rowCount()
        self._show_empty()
        if self.model.typed:
            total = formats.number(self.model.total)
            text = self.tr("{shown} of {total}").format(shown=formats.number(shown), total=total)
        else:
            text = formats.number(shown) if self.model.is_complete else ""
        self.count.setText(text)
        self.foot.set_hint(self._hint())
        self.stack.setCurrentWidget(self.list if shown else self.empty)

    def _hint(self) -> str:
        if self.model.tab == "favourites":
            return self.tr("Stars stay on this device.")
        return ""

    def _show_empty(self) -> None:
        if self.model.typed:
            self.empty.title.setText(self.tr("No customer matches “{typed}”").format(typed=self.model.typed))
            self.empty.text.setText(self.tr("Every word must begin a word of the name, the code or the town."))
        elif self.model.tab == "favourites":
            self.empty.title.setText(self.tr("No favourites yet"))
            self.empty.text.setText(self.tr("Tap the star of a customer to find it here."))
        elif self.model.tab in {"top", "recent"}:
            self.empty.title.setText(self.tr("No documents yet"))
            self.empty.text.setText(self.tr("Customers come here with their first order or quote."))
        else:
            self.empty.title.setText(self.tr("No customers yet"))
            self.empty.text.setText(self.tr("The ERP has sent no customers to this device."))

    def _on_opened(self, row: int) -> None:
        self.customer_requested.emit(self.model.key(row), self.model.submission(row))

    def _on_search_changed(self, text: str) -> None:
        self.list.show_typed(text)
        self.model.search(text)
        if self.model.rowCount():
            self.list.scrollToTop()
