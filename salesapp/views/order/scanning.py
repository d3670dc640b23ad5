"""Adds scanned codes and grid entries to an order, and makes the row of the added item current."""

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import QObject
from shiboken6 import isValid

from salesapp.domain.documents import CartLine
from salesapp.models.choices import Choice
from salesapp.models.order_source import OrderSource
from salesapp.services.scanning import Scanned
from salesapp.views.order.grid import GridSheet
from salesapp.views.order.order_end import PAGE
from salesapp.views.order.page import OrderPage
from salesapp.views.parts.picking_list import ChoiceSheet
from salesapp.views.requests import OpenScanned
from salesapp.views.screens import Screens


class OrderScanning(QObject):
    """Finds the item of a code and adds it to the visible order; asks if a code fits several items."""

    def __init__(self, screens: Screens, source: OrderSource, page: Callable[[], OrderPage | None]) -> None:
        super().__init__(screens)
        self._screens, self._source, self._page = screens, source, page

    def take(self, code: str) -> None:
        """Handles a scan: adds one of the item."""
        page = self._page()
        if page is not None:
            self._choose(page, code, lambda found: self._add(page, found), lambda: page.show_unknown(code))

    def ask(self, page: OrderPage, code: str) -> bool:
        """Asks whether an item goes into an order that is not visible; False if there is nothing to ask about."""
        found = self._source.scanned(code, page.order.cart)
        if not found or not self._source.is_draft(page.order.record):
            return False
        sheet = ChoiceSheet(
            self._screens.window,
            lambda: found[0].name if len(found) == 1 else self.tr("Scanned: {code}").format(code=code),
            lambda: self.tr("Close"),
            lambda: [
                Choice(True, self.tr("Add it to the open order"), page.order.cart.customer_name),
                Choice(False, self.tr("Show the item"), self.tr("The order stays as it is")),
            ],
            place="choice",
        )
        sheet.chosen.connect(lambda is_for_order: self._on_chosen(page, code, is_for_order=is_for_order))
        sheet.open()
        return True

    def _on_chosen(self, page: OrderPage, code: str, *, is_for_order: bool) -> None:
        if not is_for_order:
            self._screens.open(OpenScanned(code))
        elif self._page() is page:
            self._screens.window.show_page(PAGE)
            self.take(code)

    def show_grid(self) -> None:
        sheet = GridSheet(self._screens.window)
        sheet.entered.connect(lambda code, quantity: self._enter(sheet, code, quantity))
        sheet.open()

    def _choose(self, page: OrderPage, code: str, take: Callable[[Scanned], None], refuse: Callable[[], None]) -> None:
        found = self._source.scanned(code, page.order.cart)
        if not found:
            refuse()
        elif len(found) == 1:
            take(found[0])
        else:
            sheet = ChoiceSheet(
                self._screens.window,
                lambda: self.tr("Which one is it?"),
                lambda: self.tr("Close"),
                [Choice(one, one.name, one.code, one.unit_code) for one in found],
            )
            sheet.chosen.connect(take)
            sheet.open()

    def _add(self, page: OrderPage, found: Scanned) -> None:
        page.message.hide_about("scan")
        page.list.accept_typed()
        page.order.add_lines([CartLine("", found.item, found.unit, found.quantity)])
        go_to(page, found.item, found.unit)
        if self._screens.window.open_sheet() is None:
            page.list.setFocus()

    def _enter(self, sheet: GridSheet, code: str, quantity: Decimal | None) -> None:
        """Sets the quantity of the item that a code belongs to; None is the quantity that the code says."""
        page = self._page()
        if page is not None:
            self._choose(
                page,
                code,
                lambda found: self._screens.spawn(self._enter_found(page, sheet, found, quantity)),
                sheet.show_unknown,
            )

    async def _enter_found(self, page: OrderPage, sheet: GridSheet, found: Scanned, typed: Decimal | None) -> None:
        quantity = found.quantity if typed is None else typed
        page.order.enter(found.item, found.unit, quantity)
        go_to(page, found.item, found.unit)
        await page.order.settle()
        if isValid(sheet):  # it can be closed meanwhile
            sheet.show_entered(found.name, quantity, found.unit_code)


def go_to(page: OrderPage, item: int, unit: int) -> None:
    """Makes the row of an item the current one, so that typing sets its quantity in this unit.

    Where the list lacks the item, all items are shown.
    """
    page.list.accept_typed()
    page.items.show_unit(item, unit)
    if page.items.row_of(item) < 0:
        page.search.edit.clear()
    if page.items.row_of(item) < 0:
        page.choose("all")
    page.list.go_to(page.items.row_of(item))
