"""Ends an open order: saves, confirms, leaves or removes it."""

from salesapp.models.order import OrderModel
from salesapp.views.confirm import RemoveSheet
from salesapp.views.order.ending import EndSheet, WarningSheet
from salesapp.views.order.page import OrderPage
from salesapp.views.requests import OpenDocument
from salesapp.views.screens import Screens

PAGE = "order"


class OrderEnd:
    """Handles the end of one page's order, with the questions that it needs."""

    def __init__(self, screens: Screens, page: OrderPage, order: OrderModel) -> None:
        self.screens, self.window = screens, screens.window
        self.page, self.order = page, order
        self.is_ended = False
        page.leave_requested.connect(self._on_back_requested)
        page.cart.confirm_requested.connect(self._on_confirm_requested)
        page.cart.save_requested.connect(self._on_save_requested)
        page.cart.more_requested.connect(self._on_leave_requested)

    def _on_back_requested(self) -> None:
        """Handles Back; an order without changes closes without a question."""
        if self.order.is_unchanged:
            self.screens.spawn(self._leave())
        else:
            self._on_leave_requested()

    def _on_leave_requested(self) -> None:
        order = self.order
        if not order.cart.lines and not order.record:
            self._close()
            return
        can = bool(order.cart.lines) and not any(problem.blocks for problem in order.problems)
        sheet = EndSheet(
            self.window,
            can_be_confirmed=can,
            is_new=not order.is_resumed,
            kind=order.cart.type,
            has_number=bool(order.cart.number),
        )
        sheet.save_requested.connect(self._on_save_requested)
        sheet.confirm_requested.connect(self._on_confirm_requested)
        sheet.leave_requested.connect(lambda: self.screens.spawn(self._leave()))
        sheet.remove_requested.connect(self._ask_remove)
        sheet.open()

    def _ask_remove(self) -> None:
        sheet = RemoveSheet(self.window, has_number=bool(self.order.cart.number))
        sheet.confirmed.connect(lambda: self.screens.spawn(self._remove()))
        sheet.open()

    async def _remove(self) -> None:
        await self.order.remove()
        self._close()
        self.screens.saved()

    def _on_confirm_requested(self) -> None:
        self.screens.spawn(self._ask_and_confirm())

    async def _ask_and_confirm(self) -> None:
        order = self.order
        await order.save()
        if any(problem.blocks for problem in order.problems):
            return  # the cart shows what blocks it
        if order.problems:
            sheet = WarningSheet(self.window, self.page.cart.sentences)
            sheet.confirmed.connect(lambda: self.screens.spawn(self._confirm()))
            sheet.open()
        else:
            await self._confirm()

    async def _confirm(self) -> None:
        record = await self.order.confirm()
        if not record:
            return  # the page shows what has changed since the question
        self._close()
        self.screens.saved()
        self.screens.confirmed.emit()
        self.screens.open(OpenDocument(record))

    def _on_save_requested(self) -> None:
        self.screens.spawn(self._save())

    async def _save(self) -> None:
        await self.order.save()
        self._close()
        self.screens.saved()

    async def _leave(self) -> None:
        await self.order.leave()
        self._close()
        self.screens.saved()

    def _close(self) -> None:
        self.is_ended = True
        if self.window.page(PAGE) is not self.page:
            return  # another order has replaced it meanwhile
        self.page.close_cart()
        if self.window.current == PAGE:
            self.window.back()
