"""Edits the header of an open order: its details, whose it is, and the signature."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from salesapp.domain.documents import Cart
from salesapp.models.order import OrderModel
from salesapp.models.order_source import OrderSource
from salesapp.models.own_work import WorkSource
from salesapp.views import formats
from salesapp.views.order import notices
from salesapp.views.order.details import DetailsSheet
from salesapp.views.order.page import OrderPage
from salesapp.views.parts.picking_list import ChoiceSheet
from salesapp.views.parts.signature import SignatureSheet
from salesapp.views.screens import Screens

translate = QCoreApplication.translate


class OrderHead:
    """Opens the sheets of one page's order."""

    def __init__(self, screens: Screens, source: OrderSource, page: OrderPage, order: OrderModel) -> None:
        self.screens, self.window = screens, screens.window
        self._source, self.page, self.order = source, page, order

    def open(self) -> None:
        self.screens.spawn(self._open())

    async def _open(self) -> None:
        order = self.order
        choices = await self._source.choices(order.cart)
        is_gross = order.order is not None and order.order.priced.is_gross
        reasons = await self._source.reasons_of(order.cart)
        sheet = DetailsSheet(self.window, order.cart, choices, is_gross=is_gross, reasons=reasons)
        sheet.edited.connect(self._apply)

        def follow() -> None:
            if order.is_current:
                sheet.show_problems(order.problems)

        order.changed.connect(follow)
        sheet.closed.connect(lambda: order.changed.disconnect(follow))
        sheet.signature_requested.connect(self.sign)
        sheet.customer_requested.connect(self._choose_customer)
        sheet.open()

    def _apply(self, what: str, make: Callable[[Cart], Cart]) -> None:
        currency, had_amounts = self.order.cart.currency, self.order.cart.has_amounts
        self.order.change(what, make)
        if self.order.cart.currency != currency:
            self.page.items.forget_prices()
            self._tell_of_amounts(had_amounts=had_amounts)

    def _choose_customer(self) -> None:
        """Asks whose order it is instead, for example because the customer is no longer the representative's."""
        source = WorkSource(self.screens.workplace)
        sheet = ChoiceSheet(
            self.window,
            lambda: translate("OrderPresenter", "Whose is it instead?"),
            lambda: translate("OrderPresenter", "Close"),
            source.customers(""),
            search=source.customers,
            search_words=(
                lambda: translate("OrderPresenter", "Search: name, code, town"),
                lambda: translate("OrderPresenter", "Clear the search"),
            ),
        )
        sheet.chosen.connect(lambda key: self.screens.spawn(self._change_customer(key)))
        sheet.open()

    async def _change_customer(self, key: int | str) -> None:
        had_amounts = self.order.cart.has_amounts
        await self.order.change_customer(key)
        self.page.items.forget_prices()
        self._tell_of_amounts(had_amounts=had_amounts)

    def _tell_of_amounts(self, *, had_amounts: bool) -> None:
        if had_amounts and not self.order.cart.has_amounts:
            notices.show_amounts_gone(self.page.message)

    def sign(self) -> None:
        if self.order.order is None:
            return
        gross = formats.money(self.order.order.priced.gross, self.order.cart.currency)
        sheet = SignatureSheet(self.window, gross)
        sheet.signed.connect(lambda png, name: self.screens.spawn(self.order.sign(png, name)))
        sheet.open()
