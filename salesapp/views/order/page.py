"""Writing an order: items at the left, the cart at the right; in portrait the cart opens from the bar below."""

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from salesapp.models.device import Overview
from salesapp.models.order import OrderModel
from salesapp.models.picking import PickingModel
from salesapp.models.sync_view import SyncView
from salesapp.views import formats
from salesapp.views.order.cart import CartPane
from salesapp.views.order.picking import PickingList
from salesapp.views.parts.buttons import Button
from salesapp.views.parts.chips import ChipRow
from salesapp.views.parts.fields import SearchField
from salesapp.views.parts.frame import MARGIN, FootBar, Header, Page
from salesapp.views.parts.pictures import Pictures
from salesapp.views.parts.sheet import Sheet
from salesapp.views.parts.states import Empty, MessageBar
from salesapp.views.sync_words import data_age, show_chip

CART_WIDTH = 440
DOT = " \N{MIDDLE DOT} "
CHOICES = {
    "last": "history_regular",
    "promotion": "tag_percent_regular",
    "all": "text_bullet_list_regular",
    "groups": "text_bullet_list_tree_regular",
    "grid": "keyboard_regular",
}


class OrderPage(Page):
    """One order or quote. What it cannot do itself it asks for by signals."""

    leave_requested = Signal()
    groups_requested = Signal()
    grid_requested = Signal()
    details_requested = Signal()
    line_requested = Signal(int)  # item
    price_requested = Signal(int)  # item
    quantity_chosen = Signal(int, object)  # row of the picking list, quantity

    def __init__(self, order: OrderModel, items: PickingModel, pictures: Pictures) -> None:
        super().__init__()
        self.order, self.items = order, items
        self._overview: Overview | None = None
        self._sync = SyncView()
        self._sheet: Sheet | None = None
        self.header = Header()
        self.header.context.setWordWrap(True)
        self.header.back.clicked.connect(self.go_back)
        self.details = Button("normal", "document_text_regular")
        self.details.clicked.connect(self.details_requested)
        self.header.action_row.addWidget(self.details)
        self.message = MessageBar()
        self.message.acted.connect(self.message.hide)
        self.search = SearchField()
        self.search.changed.connect(self._on_search_changed)
        self.chips = ChipRow()
        for name, icon in CHOICES.items():
            self.chips.add(name, icon, checkable=name in {"last", "promotion", "all"})
        self.chips.changed.connect(self._on_chip)
        self.list = PickingList(pictures)
        self.list.setModel(items)
        self.list.quantity_chosen.connect(self.quantity_chosen)
        self.list.price_asked.connect(lambda row: self._ask(self.price_requested, row))
        self.list.line_asked.connect(lambda row: self._ask(self.line_requested, row))
        self.list.typed.connect(self._on_typed)
        self.empty = Empty("search_regular")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        items.modelReset.connect(self._show_stack)
        self.cart = CartPane(order)
        self.cart.list.opened.connect(lambda row: self.line_requested.emit(self.cart.model.line(row).item))
        self.cart.list.price_asked.connect(lambda row: self.price_requested.emit(self.cart.model.line(row).item))
        self.foot = FootBar()
        self.open_cart = Button("primary", "cart_regular", big=True)
        self.open_cart.clicked.connect(self.show_cart)
        self.foot.add(self.open_cart)
        self._lay_out()
        order.changed.connect(self.show_order)
        self.retranslate()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(12)
        tools = QVBoxLayout()
        tools.setContentsMargins(MARGIN, 0, MARGIN, 0)
        tools.setSpacing(12)
        tools.addWidget(self.search)
        tools.addWidget(self.chips)
        left.addLayout(tools)
        left.addWidget(self.stack, 1)
        self._panes = QHBoxLayout()
        self._panes.setContentsMargins(0, 0, 0, 0)
        self._panes.setSpacing(0)
        self._panes.addLayout(left, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.message)
        column.addLayout(self._panes, 1)
        column.addWidget(self.foot)

    @property
    def primary(self) -> Button:
        return self.cart.primary

    def focus_search(self) -> None:
        self.search.edit.setFocus()
        self.search.edit.selectAll()

    def arrange(self, *, portrait: bool) -> None:
        """The cart beside the list, or in a sheet over it."""
        self.foot.setVisible(portrait)
        self.foot.set_portrait(portrait=portrait)
        if portrait:
            if self._sheet is None:
                self._sheet = Sheet(self)
            self._sheet.body.addWidget(self.cart)
            self.cart.setMinimumWidth(0)
            self.cart.setMaximumWidth(16_777_215)
        else:
            if self._sheet is not None:
                self._sheet.close_sheet()
            self._panes.addWidget(self.cart)
            self.cart.setFixedWidth(CART_WIDTH)
        self.cart.show()

    def show_cart(self) -> None:
        if self._sheet is not None:
            self.cart.list.setMinimumHeight(min(56 * max(self.cart.model.rowCount(), 2), 560))
            self._sheet.open()

    def close_cart(self) -> None:
        if self._sheet is not None:
            self._sheet.close_sheet()

    def go_back(self) -> None:
        """Back asks what becomes of the order; an open cart closes first."""
        if self._sheet is not None and self._sheet.isVisible():
            self._sheet.close_sheet()
        else:
            self.leave_requested.emit()

    def show_device(self, overview: Overview | None, sync: SyncView) -> None:
        self._overview, self._sync = overview, sync
        show_chip(self.header.chip, overview, sync)
        self._show_header()

    def retranslate(self) -> None:
        self.search.set_words(self.tr("Name, code or EAN"), self.tr("Clear the search"))
        self.details.set_words(self.tr("Details"))
        words = {
            "last": self.tr("Last orders"),
            "promotion": self.tr("Promotion"),
            "all": self.tr("All items"),
            "groups": self.tr("Groups"),
            "grid": self.tr("Grid entry"),
        }
        for name, text in words.items():
            self.chips.chips[name].set_words(text)
        self.list.setAccessibleName(self.tr("Items to pick"))
        self.cart.retranslate()
        show_chip(self.header.chip, self._overview, self._sync)
        self._show_stack()
        self.show_order()

    def show_order(self) -> None:
        self._show_header()
        cart, priced = self.order.cart, self.order.order.priced if self.order.order else None
        count = formats.plural("OrderPage", "%n lines", len(cart.lines))
        gross = f"{formats.number(priced.gross, 2)}{formats.FIXED}{priced.currency}" if priced else ""
        self.foot.set_hint(DOT.join(part for part in (count, gross) if part))
        self.open_cart.set_words(self.tr("Cart"))

    def _show_header(self) -> None:
        """What it is, whose, since when it is saved, and how old the prices are that it is written with."""
        cart = self.order.cart
        is_quote = cart.type == "sales_quote"
        new = self.tr("New quote") if is_quote else self.tr("New order")
        kind = self.tr("Quote {number}") if is_quote else self.tr("Order {number}")
        title = kind.format(number=cart.number) if cart.number else new
        saved = self.tr("draft, saved {time}").format(time=self.order.saved_at) if self.order.saved_at else ""
        who = cart.customer_name or self.tr("No customer chosen")
        self.header.set_words(title, DOT.join(part for part in (who, saved, data_age(self._overview)) if part))

    def choose(self, choice: str) -> None:
        """Shows the items of a choice, and which chip stands for it."""
        self.items.choose(choice)
        for name in ("last", "promotion", "all"):
            self.chips.set_on(name, is_on=name == choice)
        self.list.scrollToTop()

    def announce(self, names: list[str]) -> None:
        """A promotion's scale was reached."""
        self.message.show_message("ok", self.tr("Promotion reached"), ", ".join(names), self.tr("Close"))

    def show_difference(self, before: Decimal, after: Decimal, was: str, now: str) -> None:
        """A copy has other prices than what it was copied from."""
        words = self.tr("It was {before}, at today's prices it is {after}.").format(
            before=f"{formats.number(before, 2)}{formats.FIXED}{was}",
            after=f"{formats.number(after, 2)}{formats.FIXED}{now}",
        )
        self.message.show_message("waiting", self.tr("Prices have changed"), words, self.tr("Close"))

    def show_unknown(self, code: str) -> None:
        """A scanned code that belongs to no item."""
        words = self.tr("Nothing was added. Search for the item by its name.")
        title = self.tr("No item has the code {code}").format(code=code)
        self.message.show_message("failed", title, words, self.tr("Close"))

    def _on_chip(self, name: str, is_on: bool) -> None:
        del is_on
        if name == "groups":
            self.groups_requested.emit()
        elif name == "grid":
            self.grid_requested.emit()
        else:
            self.choose(name)

    def _ask(self, signal: object, row: int) -> None:
        found = self.list.row(row)
        if found is not None:
            signal.emit(found.item)  # type: ignore[attr-defined]

    def _on_search_changed(self, text: str) -> None:
        self.items.search(text)
        self.list.scrollToTop()

    def _on_typed(self, text: str) -> None:
        self.search.edit.setFocus()
        self.search.edit.insert(text)

    def _show_stack(self) -> None:
        has_rows = self.items.rowCount() > 0
        if self.items.typed:
            self.empty.title.setText(self.tr("Nothing matches “{typed}”").format(typed=self.items.typed))
            self.empty.text.setText(
                self.tr("Search in names, codes and EANs; every word must begin a word of the item.")
            )
        else:
            self.empty.title.setText(self.tr("No items here"))
            self.empty.text.setText(self.tr("Choose “All items”, or search."))
        self.stack.setCurrentWidget(self.list if has_rows else self.empty)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.search.edit.hasFocus():
            if self.items.rowCount():
                self.list.delegate.focus_by_keyboard = True
                self.list.setFocus()
                self.list.setCurrentIndex(self.items.index(0, 0))
        elif event.key() == Qt.Key.Key_F6:
            (self.cart.list if self.list.hasFocus() else self.list).setFocus()
        else:
            super().keyPressEvent(event)
