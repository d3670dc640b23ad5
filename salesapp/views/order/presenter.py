"""Opens orders and quotes: new ones, copies, and drafts; `order_end.py` ends them."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from salesapp.domain.documents import CartLine
from salesapp.errors import UserFacingError
from salesapp.models.order import OrderModel
from salesapp.models.order_source import OrderSource
from salesapp.models.picking import PickingModel
from salesapp.services.explaining import Explained
from salesapp.services.repeating import Difference
from salesapp.views import formats
from salesapp.views.order import labels, notices
from salesapp.views.order.differences import DifferenceSheet
from salesapp.views.order.ending import WarningSheet
from salesapp.views.order.groups import GroupsSheet
from salesapp.views.order.head import OrderHead
from salesapp.views.order.line_sheet import LineSheet
from salesapp.views.order.order_end import PAGE, OrderEnd
from salesapp.views.order.page import OrderPage
from salesapp.views.order.scanning import OrderScanning, go_to
from salesapp.views.order.stock_row import StockRow
from salesapp.views.parts.pictures import Pictures
from salesapp.views.prices.price_sheet import PriceSheet
from salesapp.views.requests import AddToOrder, CopyDocument, NewOrder, OpenOrder, ReturnDocument
from salesapp.views.screens import Presenter, Screens

GOOD_NEWS_MS = 4_000


class OrderPresenter(Presenter):
    """Holds the one order that is open in the window."""

    def __init__(self, screens: Screens) -> None:
        super().__init__(screens)
        self._source = OrderSource(screens.workplace)
        self._pictures = Pictures(self.workplace, screens.spawn, self)
        self._scanning = OrderScanning(screens, self._source, lambda: self.page)
        self.page: OrderPage | None = None
        self.order: OrderModel | None = None
        self.end: OrderEnd | None = None
        self.head: OrderHead | None = None
        self.shows(NewOrder, self._begin)
        self.shows(OpenOrder, self._resume)
        self.shows(AddToOrder, lambda request: screens.spawn(self._add_one_more(request.customer, request.item)))
        self.shows(CopyDocument, self._copy)
        self.shows(ReturnDocument, self._return)

    def _begin(self, request: NewOrder) -> None:
        order, page = self._make()
        begun = order.begin(request.document_type, request.customer, request.new_customer, request.appointment)
        self.screens.spawn(self._show(page, begun, request.item))

    def _resume(self, request: OpenOrder) -> None:
        order, page = self._make()
        self.screens.spawn(self._show(page, order.resume(request.record, request.withdrawn)))

    async def _add_one_more(self, customer: int, item: int) -> None:
        """Adds one of an item to the customer's open order, or to a new one, and shows a message."""
        if self.order is not None and self.order.record:
            await self.order.settle()
        added = await self._source.add_item(customer, item)
        if added is None:
            return
        if self.order is not None and self.order.record == added.record and self.window.holds(PAGE):
            await self.order.resume(added.record)  # its page is open behind this one and must show the change
        self.window.message.show_message(
            "ok",
            lambda: labels.added(added),
            lambda: labels.now_in_it(added),
            lambda: self.tr("Open"),
            for_ms=GOOD_NEWS_MS,
            act=lambda: self.screens.open(OpenOrder(added.record)),
        )
        self.screens.saved()

    def _copy(self, request: CopyDocument) -> None:
        order, page = self._make()
        self.screens.spawn(self._show_copy(page, order, request))

    def _return(self, request: ReturnDocument) -> None:
        order, page = self._make()
        self.screens.spawn(self._show(page, order.begin_return(request.document, request.number)))

    async def _show_copy(self, page: OrderPage, order: OrderModel, request: CopyDocument) -> None:
        document, left_out = request.document, request.left_out
        await self._show(page, order.begin_copy(document, request.document_type))
        if order.order is None:
            return
        before, after = Decimal(document.gross), order.order.priced.gross
        found = order.differences(document)
        if before != after or found or left_out:
            currency = order.cart.currency
            was, now = formats.money(before, document.currency), formats.money(after, currency)
            notices.show_difference(
                page.message, was, now, lambda: DifferenceSheet(self.window, found, left_out, currency).open()
            )

    def _show_renewed(self, page: OrderPage, found: list[Difference], *, is_new_day: bool) -> None:
        cart = page.order.cart
        notices.show_renewed(
            page.message,
            cart,
            len(found),
            is_new_day=is_new_day,
            show=lambda: DifferenceSheet(self.window, found, currency=cart.currency).open(),
        )

    def _make(self) -> tuple[OrderModel, OrderPage]:
        order = OrderModel(self.workplace, self.screens.spawn, self)
        items = PickingModel(self.workplace, order, self.screens.spawn, order)
        page = OrderPage(order, items, self._pictures)
        self.head = OrderHead(self.screens, self._source, page, order)
        page.details_requested.connect(self.head.open)
        page.tools.scan_requested.connect(self.screens.explain_scanning)
        page.groups_requested.connect(lambda: self.screens.spawn(self._choose_group()))
        page.grid_requested.connect(self._scanning.show_grid)
        page.scanned.connect(self._scanning.take)
        page.cart.sign_requested.connect(self.head.sign)
        page.item_requested.connect(lambda item: self.screens.spawn(self._edit_item(item)))
        page.keys_requested.connect(lambda item: self.screens.spawn(self._edit_item(item, keypad=True)))
        page.line_requested.connect(lambda id_: self.screens.spawn(self._edit_line(order.cart.line(id_))))
        page.price_requested.connect(lambda item: self.screens.spawn(self._explain(item)))
        page.line_price_requested.connect(lambda id_: self.screens.spawn(self._explain_line(id_)))
        page.cart.last_requested.connect(lambda: self.screens.spawn(self._add_last()))
        page.cart.problems_requested.connect(self._show_problems)
        page.quantity_chosen.connect(self._on_quantity_chosen)
        order.reached.connect(page.announce)
        order.renewed.connect(lambda found, day: self._show_renewed(page, found, is_new_day=bool(day)))
        if self.page is not None:
            self.window.remove_page(PAGE)
        self.page, self.order, self.end = page, order, OrderEnd(self.screens, page, order)
        self.add_page(PAGE, page)
        return order, page

    async def _show(self, page: OrderPage, begun: Any, item: int | None = None) -> None:
        self.window.show_page(PAGE)
        await begun
        if page.order.rejection is not None:
            notices.show_rejection(page.rejection, page.order.rejection)
        page.choose("last" if page.order.last and item is None else "all")
        page.list.setFocus()
        if item is not None:
            await self._begin_with(page, item)

    async def _begin_with(self, page: OrderPage, item: int) -> None:
        """Adds one sales unit of an item, and scrolls to its row."""
        units = await self._source.units_of(item)
        if units:
            page.order.set_quantity(item, units[0][0], Decimal(1))
            go_to(page, item, units[0][0])

    def take_scan(self, code: str) -> bool:
        """Adds to an order that lies behind the visible page; asks about one that was left for the main screen."""
        page, end = self.page, self.end
        if page is None or end is None or end.is_ended:
            return False
        if self.window.holds(PAGE):
            self.window.show_page(PAGE)
            self._scanning.take(code)
            return True
        return self._scanning.ask(page, code)

    # Changes

    def _on_quantity_chosen(self, row: int, quantity: Decimal) -> None:
        picked = self.page.list.row(row) if self.page else None
        if picked is not None and self.order is not None and picked.unit:
            self.order.set_quantity(picked.item, picked.unit, quantity)

    async def _add_last(self) -> None:
        """Adds the lines of the customer's last order, and makes the row of the first one current."""
        if self.order is None or self.page is None:
            return
        lines = await self.order.add_last()
        if lines:
            go_to(self.page, lines[0].item, lines[0].unit)

    async def _choose_group(self) -> None:
        groups = await self._source.groups()
        sheet = GroupsSheet(self.window, groups)
        if self.page is not None:
            sheet.chosen.connect(lambda group: self.page.choose(str(group)) if self.page else None)
        sheet.open()

    async def _edit_item(self, item: int, *, keypad: bool = False) -> None:
        """Edits the item's line; a new line enters the cart with the first typed quantity."""
        if self.order is None:
            return
        line = self.order.cart.line_of(item)
        if line is None:
            units = await self._source.units_of(item)
            line = CartLine("", item, units[0][0], Decimal()) if units else None
        await self._edit_line(line, keypad=keypad)

    async def _edit_line(self, line: CartLine | None, *, keypad: bool = False) -> None:
        order = self.order
        if order is None or line is None:
            return
        units = await self._source.units_of(line.item)
        limit = await self._source.discount_limit()
        name = self._name_of(line.item)
        most = max(limit - order.cart.discount_percent, Decimal())
        reasons = await self._source.reasons_of(order.cart)
        sheet = LineSheet(self.window, order, name, line, units, most, keypad=keypad, reasons=reasons)
        sheet.removed.connect(order.remove_line)
        sheet.copied.connect(order.copy_line)
        sheet.explained.connect(lambda id_: self.screens.spawn(self._explain_line(id_)))
        sheet.stock.check_requested.connect(lambda: self.screens.spawn(self._check_stock(sheet.stock, line.item)))
        sheet.stock.show_stock(await self._source.sellable(line.item, order.record))
        sheet.open()

    async def _check_stock(self, row: StockRow, item: int) -> None:
        """Asks the gateway for the stock of a line's item, and checks the order against the answer."""
        row.show_checking()
        try:
            await self.screens.device.check_stock(item)
        except UserFacingError as error:
            if row.is_there:
                row.show_failure(error)
            return
        order, page = self.order, self.page
        if order is None or page is None:
            return
        known = await self._source.sellable(item, order.record)
        if row.is_there:
            row.show_stock(known)
        page.items.forget_prices()
        await order.price_again()

    def _name_of(self, item: int) -> str:
        known = self.order.order.names.get(item, "") if self.order and self.order.order else ""
        return known or self._source.item_name(item)

    async def _explain(self, item: int) -> None:
        """Explains the price of an item's line in the cart, or of one piece."""
        order = self.order
        if order is None:
            return
        line = order.cart.line_of(item)
        if line is not None:
            await self._explain_line(line.id)
        else:
            self._show_price(await self._source.explain_item(order.cart, item))

    async def _explain_line(self, id_: str) -> None:
        if self.order is None:
            return
        await self.order.settle()
        known = self.order.order
        line = known.line_of(id_) if known else None
        if known is not None and line is not None:
            self._show_price(await self._source.explain(known.cart, line))

    def _show_price(self, explained: Explained) -> None:
        sheet = PriceSheet(self.window, explained)
        sheet.more_requested.connect(lambda more: self._add_more(explained.line.id, more))
        sheet.open()

    def _add_more(self, id_: str, more: Decimal) -> None:
        line = self.order.cart.line(id_) if self.order else None
        if self.order is not None and line is not None:
            self.order.set_line(replace(line, quantity=line.quantity + more))

    def _show_problems(self) -> None:
        if self.page is not None:
            WarningSheet(self.window, self.page.cart.sentences, asks=False).open()

    async def refresh(self) -> None:
        """Updates items, prices and problems, which may differ after a sync or on a new day."""
        self._pictures.forget_missing()
        if self.page is not None and self.order is not None and self.window.holds(PAGE):
            self.page.items.read_again()
            await self.order.price_again()
