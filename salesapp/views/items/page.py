"""The list of items: groups on the left or in a sheet, search, filters, rows or tiles."""

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QStackedWidget, QVBoxLayout, QWidget

from salesapp.models.device import Overview
from salesapp.models.items import ItemsModel
from salesapp.models.sync_view import SyncView
from salesapp.services.items import GroupNode
from salesapp.views import formats
from salesapp.views.items import labels
from salesapp.views.items.delegates import CARD_GAP, CardDelegate, RowDelegate
from salesapp.views.items.lists import ItemsList, TilesList
from salesapp.views.items.tools import FLAG_CHIPS, ItemTools
from salesapp.views.items.tree import GroupModel, GroupTree
from salesapp.views.labels import area_name
from salesapp.views.parts.buttons import Button, IconButton
from salesapp.views.parts.frame import MARGIN
from salesapp.views.parts.layouts import bare_column
from salesapp.views.parts.pictures import Pictures
from salesapp.views.parts.search_page import SearchPage
from salesapp.views.parts.states import Empty
from salesapp.views.parts.text import Text
from salesapp.views.sync_labels import data_age

PANE = 280


class ItemsPage(SearchPage):
    """`item_requested` carries the key of an item; the other signals ask for a sheet."""

    item_requested = Signal(object)  # key
    item_added = Signal(object)  # key
    groups_requested = Signal()
    customer_requested = Signal()
    document_requested = Signal()
    scan_requested = Signal()

    def __init__(self, model: ItemsModel, pictures: Pictures) -> None:
        super().__init__()
        self.model = model
        self.model.spoken = labels.spoken
        self.groups = GroupModel()
        self._nodes: list[GroupNode] = []
        self._customer = ""
        self._margin = MARGIN
        self._top: int | None = None
        self._make_header()
        self._make_tools()
        self._make_lists(pictures)
        self._lay_out()
        self.model.loaded.connect(self._show_count)
        self.model.modelReset.connect(self._show_count)
        pictures.arrived.connect(self._repaint)
        self._show_lists()
        self.retranslate()

    # Construction

    def _make_header(self) -> None:
        self.header.wraps_context = True
        self.customer_button = IconButton("person_regular")
        self.customer_button.clicked.connect(self.customer_requested)
        self.view_button = IconButton("grid_regular")
        self.view_button.clicked.connect(self._on_view_clicked)
        self.sort_button = IconButton("arrow_sort_regular")
        self.sort_button.clicked.connect(self._on_sort_clicked)
        for button in (self.customer_button, self.view_button, self.sort_button):
            self.header.action_row.addWidget(button)

    def _make_tools(self) -> None:
        self.tools = ItemTools()
        self.search, self.chips, self.count = self.tools.search, self.tools.chips, self.tools.count
        self.group_chip, self.filter_button = self.tools.group_chip, self.tools.filter_button
        self.search.changed.connect(self._on_search_changed)
        self.tools.scan_requested.connect(self.scan_requested)
        self.group_chip.clicked.connect(self._on_group_chip_clicked)
        self.chips.changed.connect(self._on_chip_changed)

    def _make_lists(self, pictures: Pictures) -> None:
        self.tree = GroupTree(self.groups)
        self.tree.chosen.connect(self.choose_group)
        self.rows, self.tiles = ItemsList(), TilesList()
        self.rows.setItemDelegate(RowDelegate(self.rows, pictures))
        self.tiles.setItemDelegate(CardDelegate(self.tiles, pictures))
        for view in (self.rows, self.tiles):
            view.opened.connect(lambda row: self.item_requested.emit(self.model.key(row)))
            view.added.connect(lambda row: self.item_added.emit(self.model.key(row)))
            view.typed.connect(self.search_for)
        self.list: ItemsList = self.rows
        self.empty = Empty("search_regular")
        self.search_all = Button("normal")
        self.search_all.clicked.connect(lambda: self.choose_group(0))
        self.clear_filters = Button("normal")
        self.clear_filters.clicked.connect(self._on_clear_clicked)
        for button in (self.search_all, self.clear_filters):
            self.empty.action_row.addWidget(button)
        self.stack = QStackedWidget()
        for widget in (self.rows, self.tiles, self.empty):
            self.stack.addWidget(widget)

    def _lay_out(self) -> None:
        self.frame = QFrame()
        self._around = QVBoxLayout(self.frame)
        self._around.addWidget(self.stack)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.tools)
        right.addWidget(self.frame, 1)
        self.pane = QWidget()
        self.pane.setFixedWidth(PANE)
        self.groups_title = Text("small_medium", "text2")
        pane = QVBoxLayout(self.pane)
        pane.setContentsMargins(0, 4, 0, 0)
        pane.setSpacing(4)
        self.groups_title.setContentsMargins(24, 0, 0, 0)
        pane.addWidget(self.groups_title)
        pane.addWidget(self.tree, 1)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.pane)
        body.addLayout(right, 1)
        column = bare_column(self)
        column.addWidget(self.header)
        column.addLayout(body, 1)

    # Content

    def show_device(self, overview: Overview | None, sync: SyncView) -> None:
        super().show_device(overview, sync)
        self._show_header()

    def show_groups(self, nodes: list[GroupNode]) -> None:
        """Fills the tree again; the chosen group and open groups stay."""
        self._nodes = nodes
        opened = self.tree.opened()
        self.groups.show(nodes, self.tr("All items"), self.model.total)
        self.tree.choose(self.model.filter.group or 0)
        self.tree.expand_groups(opened)

    def show_customer(self, customer: int | None, name: str) -> None:
        """Shows whose prices are listed; with an empty name, those of the default price list."""
        self._customer = name
        self.model.set_customer(customer)
        self._show_header()

    def arrange(self, *, portrait: bool) -> None:
        del portrait
        self._margin = 16 if self.width() < 700 else MARGIN
        self.tools.arrange(is_small=self.is_low or self.is_slim)
        self.count.setVisible(not self.is_slim)
        self._show_lists()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange(portrait=self.is_portrait)
        self._keep_in_place()

    def _keep_in_place(self) -> None:
        """Keeps items in place when a message appears above them, so that the next tap hits the same item."""
        top = self.mapTo(self.window(), QPoint()).y()
        if self._top is not None and top != self._top:
            bar = self.list.verticalScrollBar()
            bar.setValue(bar.value() + top - self._top)
        self._top = top

    def retranslate(self) -> None:
        self.tools.retranslate()
        self.groups_title.setText(self.tr("Groups"))
        self.tree.setAccessibleName(self.tr("Groups of items"))
        for view in (self.rows, self.tiles):
            view.setAccessibleName(area_name("items"))
            view.setAccessibleDescription(self.tr("Enter opens an item, plus adds it to an order."))
        self.customer_button.set_texts(self.tr("Prices for a customer"))
        self.search_all.set_texts(self.tr("Search all groups"))
        self.clear_filters.set_texts(self.tr("Clear filters"))
        self.show_groups(self._nodes)
        self._show_header()
        self._show_lists()
        self._show_count()

    def _show_header(self) -> None:
        age = data_age(self._overview)
        whose = self.tr("Prices for {customer}").format(customer=self._customer)
        context = [whose if self._customer else self.tr("Prices of the default list")]
        context += [age] if age else []
        self.header.set_texts(area_name("items"), f" {chr(183)} ".join(context))

    def _show_lists(self) -> None:
        is_tiles = self.list is self.tiles
        has_pane = not self.is_portrait and not is_tiles  # tiles need the whole width
        self.pane.setVisible(has_pane)
        self.group_chip.setVisible(not has_pane)
        self.tools.set_margins(12 if has_pane else self._margin, self._margin)
        self._around.setContentsMargins(self._margin - CARD_GAP // 2 if is_tiles else 0, 0, 0, 0)
        self.view_button.set_icon("text_bullet_list_regular" if is_tiles else "grid_regular")
        self.view_button.set_texts(self.tr("Show as a list") if is_tiles else self.tr("Show as tiles"))
        by_code = self.model.filter.order == "code"
        self.sort_button.set_texts(self.tr("Sort by name") if by_code else self.tr("Sort by code"))
        self.group_chip.set_texts(self._group_name() or self.tr("All groups"))
        self.chips.set_on("group", is_on=self.model.filter.group is not None)
        self.list.setModel(self.model)
        (self.rows if is_tiles else self.tiles).setModel(None)

    def _group_name(self) -> str:
        return next((node.name for node in self._nodes if node.key == self.model.filter.group), "")

    def _show_count(self) -> None:
        shown = self.model.rowCount()
        chosen, typed = self.model.filter, self.model.typed
        if typed or chosen.narrows:
            of = self._in_group() or self.model.total
            text = self.tr("{shown} of {total}").format(shown=formats.number(shown), total=formats.number(of))
        else:
            text = formats.plural("ItemsPage", "%n items", shown) if self.model.is_complete else ""
            text = text.replace(str(shown), formats.number(shown))
        self.count.setText(text)
        self._show_empty()
        self.stack.setCurrentWidget(self.list if shown else self.empty)

    def _in_group(self) -> int:
        chosen = self.model.filter
        return next((node.count for node in self._nodes if node.key == chosen.group), 0)

    def _show_empty(self) -> None:
        chosen, typed = self.model.filter, self.model.typed
        self.search_all.setVisible(bool(typed) and chosen.group is not None)
        self.clear_filters.setVisible(replace(chosen, group=None).narrows)
        if typed:
            self.empty.title.setText(self.tr("No item matches “{typed}”").format(typed=typed))
            self.empty.text.setText(self.tr("Every word must begin a word of the name, the code or the EAN."))
        elif chosen.narrows:
            self.empty.title.setText(self.tr("No item is left"))
            self.empty.text.setText(self.tr("The filters leave none of the items on this device."))
        else:
            self.empty.title.setText(self.tr("No items yet"))
            self.empty.text.setText(self.tr("The ERP has sent no items to this device."))

    def _repaint(self) -> None:
        self.list.viewport().update()

    # User input

    def choose_group(self, key: int) -> None:
        """Shows the items of a group; 0 stands for all items."""
        self.model.set_filter(replace(self.model.filter, group=key or None))
        self.tree.choose(key)
        self._show_lists()

    def choose_document(self, key: int | None) -> None:
        """Shows only the items of an earlier document, or with None all items again."""
        self.chips.set_on("document", is_on=key is not None)
        self.model.set_filter(replace(self.model.filter, document=key))

    def _on_group_chip_clicked(self) -> None:
        self.chips.set_on("group", is_on=self.model.filter.group is not None)
        self.groups_requested.emit()

    def _on_chip_changed(self, name: str, is_on: bool) -> None:
        chosen = self.model.filter
        if name == "document":
            if is_on:
                self.chips.set_on(name, is_on=False)
                self.document_requested.emit()
            else:
                self.choose_document(None)
        elif name == "in_stock":
            self.model.set_filter(replace(chosen, in_stock=is_on))
        elif name == "promotion":
            self.model.set_filter(replace(chosen, promotion=is_on))
        elif name in FLAG_CHIPS:
            for other in FLAG_CHIPS:
                self.chips.set_on(other, is_on=is_on and other == name)
            self.model.set_filter(replace(chosen, flag=name if is_on else ""))

    def _on_clear_clicked(self) -> None:
        for name in ("in_stock", "promotion", "document", *FLAG_CHIPS):
            self.chips.set_on(name, is_on=False)
        chosen = self.model.filter
        self.model.set_filter(replace(chosen, in_stock=False, promotion=False, flag="", document=None))

    def _on_view_clicked(self) -> None:
        top = self.list.indexAt(self.list.viewport().rect().topLeft() + self.list.viewport().rect().center() / 8)
        self.list = self.tiles if self.list is self.rows else self.rows
        self._show_lists()
        self._show_count()
        if top.isValid():
            self.list.scrollTo(top, QListView.ScrollHint.PositionAtTop)

    def _on_sort_clicked(self) -> None:
        order = "name" if self.model.filter.order == "code" else "code"
        self.model.set_filter(replace(self.model.filter, order=order))
        self._show_lists()

    def _on_search_changed(self, text: str) -> None:
        for view in (self.rows, self.tiles):
            view.show_typed(text)
        self.model.search(text)
        if self.model.rowCount():
            self.list.scrollToTop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F6:
            self._next_pane()
        else:
            super().keyPressEvent(event)

    def _next_pane(self) -> None:
        panes = [pane for pane in (self.tree, self.search.edit, self.list) if pane.isVisible()]
        focused = next((number for number, pane in enumerate(panes) if pane.hasFocus()), -1)
        panes[(focused + 1) % len(panes)].setFocus(Qt.FocusReason.TabFocusReason)
