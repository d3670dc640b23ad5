"""Writing an order: items on the left, the cart on the right; in portrait the cart opens from the foot bar."""

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout

from salesapp.models.device import Overview
from salesapp.models.order import OrderModel
from salesapp.models.picking import PickingModel
from salesapp.models.sync_view import SyncView
from salesapp.views.order import notices
from salesapp.views.order.cart import CartPane, signer
from salesapp.views.order.foot import CartFoot
from salesapp.views.order.picking import PickingList
from salesapp.views.order.undo_keys import UndoKeys
from salesapp.views.parts import scan_words
from salesapp.views.parts.buttons import Button, IconButton
from salesapp.views.parts.filtered_search import FilteredSearch
from salesapp.views.parts.frame import MARGIN
from salesapp.views.parts.keys import add_shortcut
from salesapp.views.parts.layouts import bare_column, restyle
from salesapp.views.parts.pictures import Pictures
from salesapp.views.parts.plain import set_tip
from salesapp.views.parts.search_page import SearchPage
from salesapp.views.parts.sheet import Sheet
from salesapp.views.parts.states import Empty, MessageBar
from salesapp.views.sync_labels import data_age

CART_WIDTH = 440
DOT = " \N{MIDDLE DOT} "
LOW = 560
"""Below this height bars shrink to leave room for rows of the list."""
GOOD_NEWS_MS, UNDO_MS = 4_000, 8_000
"""How long success messages stay, and how long Undo is offered."""
CHOICES = {
    "last": "history_regular",
    "promotion": "tag_percent_regular",
    "all": "text_bullet_list_regular",
    "groups": "text_bullet_list_tree_regular",
    "grid": "keyboard_regular",
}


class OrderPage(SearchPage):
    """One order or quote. Emits requests for other screens and sheets as signals."""

    leave_requested = Signal()
    groups_requested = Signal()
    grid_requested = Signal()
    details_requested = Signal()
    item_requested = Signal(object)  # key of an item
    keys_requested = Signal(object)  # key of an item
    line_requested = Signal(str)  # id of a line of the cart
    price_requested = Signal(object)  # key of an item
    line_price_requested = Signal(str)
    quantity_chosen = Signal(int, object)  # row of the picking list, quantity
    scanned = Signal(str)

    def __init__(self, order: OrderModel, items: PickingModel, pictures: Pictures) -> None:
        super().__init__()
        self.order, self.items = order, items
        self._sheet: Sheet | None = None
        self.header.wraps_context = True
        self.undo, self.details = IconButton("arrow_undo_regular"), Button("normal", "document_text_regular")
        self.undo.clicked.connect(self.undo_last)
        self.details.clicked.connect(self.details_requested)
        self.header.action_row.addWidget(self.undo)
        self.header.action_row.addWidget(self.details)
        self.message = MessageBar()
        self.message.acted.connect(self.message.hide)
        self.rejection = MessageBar()
        self.rejection.acted.connect(self.rejection.hide)
        self._make_picking(pictures)
        self.cart = CartPane(order)
        self.cart.list.opened.connect(self._on_cart_line_opened)
        self.cart.list.price_requested.connect(lambda row: self.line_price_requested.emit(self.cart.model.line(row).id))
        self.cart.notice.acted.connect(self._on_notice_acted)
        self.cart.shut.connect(self.close_cart)
        self.foot = CartFoot(order)
        self.open_cart = self.foot.open_cart
        self.open_cart.clicked.connect(self.show_cart)
        self.foot.confirm_requested.connect(self.cart.confirm_requested)
        self.foot.save_requested.connect(self.cart.save_requested)
        self._is_redo = False
        order.removed.connect(self.show_removed)
        order.unsigned.connect(lambda: notices.show_unsigned(self.message))
        UndoKeys(self, self.search.edit, self.undo_last, self.redo)
        add_shortcut(self, "Ctrl+S", self.cart.save.click)
        self._lay_out()
        order.changed.connect(self.show_order)
        self.retranslate()

    def _make_picking(self, pictures: Pictures) -> None:
        """Creates the search, its chips and the list of items."""
        self.tools = FilteredSearch(scans=True)
        self.search, self.chips = self.tools.search, self.tools.chips
        self.search.changed.connect(self._on_search_changed)
        for name, icon in CHOICES.items():
            self.chips.add(name, icon, checkable=name in {"last", "promotion", "all"})
        self.chips.changed.connect(self._on_chip)
        self.list: PickingList = PickingList(pictures)
        self.list.setModel(self.items)
        self.list.quantity_chosen.connect(self.quantity_chosen)
        for joined, asked in (
            (self.list.price_requested, self.price_requested),
            (self.list.line_requested, self.item_requested),
            (self.list.keys_requested, self.keys_requested),
        ):
            joined.connect(lambda row, asked=asked: self._request(asked, row))
        self.list.typed.connect(self.search_for)
        self.empty = Empty("search_regular")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        self.stack.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.items.modelReset.connect(self._show_stack)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.tools)
        left.addWidget(self.stack, 1)
        self._panes = QHBoxLayout()
        self._panes.setContentsMargins(0, 0, 0, 0)
        self._panes.setSpacing(0)
        self._panes.addLayout(left, 1)
        column = bare_column(self)
        column.addWidget(self.header)
        column.addWidget(self.rejection)
        column.addWidget(self.message)
        column.addLayout(self._panes, 1)
        column.addWidget(self.foot)

    @property
    def primary(self) -> Button:
        return self.foot.primary if self.is_portrait and not self.cart.isVisible() else self.cart.primary

    def arrange(self, *, portrait: bool) -> None:
        """Places the cart beside the list, or over it in portrait."""
        margin = 16 if self.is_slim else MARGIN
        self.tools.set_margins(margin, margin)
        self.tools.arrange(is_small=self.is_low or self.is_slim)
        self.foot.setVisible(portrait)
        self.cart.down.setVisible(portrait)
        self.cart.setProperty("card", not portrait)
        restyle(self.cart)
        if portrait:
            if self._sheet is None:
                self._sheet = Sheet(self)
                self._sheet.on_scan = "pass"
                self._sheet.body.setContentsMargins(8, 4, 8, 8)
            self._sheet.body.addWidget(self.cart)
            self.cart.setMinimumWidth(0)
            self.cart.setMaximumWidth(16_777_215)
        else:
            if self._sheet is not None:
                self._sheet.close_sheet()
            self._panes.addWidget(self.cart)
            self.cart.setFixedWidth(CART_WIDTH)
        self.cart.show()
        self._show_details_button()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.foot.set_form(is_low=self.height() < LOW, is_slim=self.is_slim)

    def show_cart(self) -> None:
        if self._sheet is not None:
            self.cart.list.setMinimumHeight(min(56 * max(self.cart.model.rowCount(), 2), 560))
            self._sheet.open()

    def take_scan(self, code: str) -> bool:
        self.scanned.emit(code)
        return True

    def close_cart(self) -> None:
        if self._sheet is not None:
            self._sheet.close_sheet()

    def go_back(self) -> None:
        """Closes an open cart first, else asks what to do with the order."""
        if self._sheet is not None and self._sheet.isVisible():
            self._sheet.close_sheet()
        else:
            self.leave_requested.emit()

    def show_device(self, overview: Overview | None, sync: SyncView) -> None:
        super().show_device(overview, sync)
        self._show_header()

    def retranslate(self) -> None:
        self.tools.retranslate()
        self.undo.set_texts(self.tr("Take back"))
        self._show_details_button()
        words = {
            "last": self.tr("Last orders"),
            "promotion": self.tr("Promotion"),
            "all": self.tr("All items"),
            "groups": self.tr("Groups"),
            "grid": self.tr("Grid entry"),
        }
        for name, text in words.items():
            self.chips.chips[name].set_texts(text)
        self.list.setAccessibleName(self.tr("Items to pick"))
        self.cart.retranslate()
        self.foot.retranslate()
        self._show_stack()
        self.show_order()

    def show_order(self) -> None:
        self._show_header()
        self.undo.setEnabled(self.order.can_undo)

    def _show_header(self) -> None:
        """Shows type, customer, time of saving, and the age of prices."""
        cart = self.order.cart
        new, kind = {
            "sales_order": (self.tr("New order"), self.tr("Order {number}")),
            "sales_quote": (self.tr("New quote"), self.tr("Quote {number}")),
            "sales_return": (self.tr("New return"), self.tr("Return {number}")),
        }[cart.type]
        title = kind.format(number=cart.number) if cart.number else new
        saved = self.tr("draft, saved {time}").format(time=self.order.saved_at) if self.order.saved_at else ""
        who = cart.customer_name or self.tr("No customer chosen")
        signed = self.tr("signed by {name}").format(name=signer(cart)) if cart.signature_sha256 else ""
        self.header.set_texts(title, DOT.join(part for part in (who, signed, saved, data_age(self._overview)) if part))

    def _show_details_button(self) -> None:
        """Shows the button for the header, in portrait only its icon."""
        name = self.tr("Details")
        self.details.set_texts("" if self.is_portrait else name)
        self.details.setProperty("bare", self.is_portrait)
        restyle(self.details)
        self.details.setAccessibleName(name)
        set_tip(self.details, name)

    def choose(self, choice: str) -> None:
        """Shows the items of a choice, and marks its chip."""
        self.items.choose(choice)
        for name in ("last", "promotion", "all"):
            self.chips.set_on(name, is_on=name == choice)
        self.list.scrollToTop()

    # Messages appear at the cart, so that rows do not move under a finger.

    def announce(self, names: list[str]) -> None:
        """Shows that promotions' scales were reached."""
        joined = ", ".join(names)
        self._is_redo = False
        self.cart.notice.show_message("ok", lambda: self.tr("Promotion reached"), joined, for_ms=GOOD_NEWS_MS)
        self.foot.show_notice(lambda: self.tr("Promotion reached: {names}").format(names=joined))

    def show_removed(self, names: list[str]) -> None:
        """Shows that lines were removed, with a button to undo it."""
        joined = ", ".join(names)
        self._is_redo = False
        self.cart.notice.show_message(
            "note", lambda: self.tr("Line removed"), joined, lambda: self.tr("Undo"), for_ms=UNDO_MS
        )
        self.foot.show_notice(lambda: self.tr("Line removed: {names}").format(names=joined))

    def undo_last(self) -> None:
        """Undoes the last change, and offers to redo it."""
        if self.order.can_undo:
            self.order.undo()
            self._is_redo = True
            self.cart.notice.show_message(
                "note", lambda: self.tr("Taken back"), "", lambda: self.tr("Redo"), for_ms=UNDO_MS
            )
            self.foot.show_notice(lambda: self.tr("Taken back"))

    def redo(self) -> None:
        if self.order.can_redo:
            self.order.redo()
            self.cart.notice.hide()
            self.foot.show_notice("")

    def _on_notice_acted(self) -> None:
        self.cart.notice.hide()
        if self._is_redo:
            self.redo()
        else:
            self.undo_last()

    def _on_cart_line_opened(self, row: int) -> None:
        line = self.cart.model.line(row)
        (self.line_price_requested if line.is_free else self.line_requested).emit(line.id)

    def show_unknown(self, code: str) -> None:
        """Shows that a scanned code belongs to no item; over an open cart, on the cart."""
        if self._sheet is not None and self._sheet.isVisible():
            self._sheet.tell("failed", *scan_words.unknown(code))
        else:
            notices.show_unknown(self.message, code)

    def _on_chip(self, name: str, is_on: bool) -> None:
        del is_on
        if name == "groups":
            self.groups_requested.emit()
        elif name == "grid":
            self.grid_requested.emit()
        else:
            self.choose(name)

    def _request(self, signal: SignalInstance, row: int) -> None:
        found = self.list.row(row)
        if found is not None:
            signal.emit(found.item)

    def _on_search_changed(self, text: str) -> None:
        self.items.search(text)
        self.list.scrollToTop()

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
            self.list.enter()
        elif event.key() == Qt.Key.Key_F6:
            (self.cart.list if self.list.hasFocus() else self.list).setFocus()
        else:
            super().keyPressEvent(event)
