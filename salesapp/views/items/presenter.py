"""Opens the list of items, an item's page, and the item of a scanned code."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer

from salesapp.errors import NO_ANSWER, UserFacingError
from salesapp.models.choices import Choice
from salesapp.models.items import ItemsModel, ItemSource
from salesapp.services.attachments import Owner
from salesapp.views import formats
from salesapp.views.items.form import ItemPage
from salesapp.views.items.page import ItemsPage
from salesapp.views.items.tree import GroupSheet
from salesapp.views.parts import scan_words
from salesapp.views.parts.file_drop import FileDropTarget
from salesapp.views.parts.picking_list import ChoiceSheet
from salesapp.views.parts.pictures import Pictures
from salesapp.views.prices.price_sheet import PriceSheet
from salesapp.views.requests import (
    AddToOrder,
    ChooseOrderCustomer,
    NewOrder,
    OpenAttachments,
    OpenDocument,
    OpenItem,
    OpenItems,
    OpenScanned,
)
from salesapp.views.screens import Presenter, Screens

LIST, FORM = "items", "item"
PROBE_MS = 15_000
"""How often a visible item's page checks whether the gateway can be reached."""


class ItemPresenter(Presenter):
    """The list and the page of items. Remembers whose prices they show while the program runs."""

    def __init__(self, screens: Screens) -> None:
        super().__init__(screens)
        self._source = ItemSource(screens.workplace)
        self._customer: int | None = None
        self.shows(OpenItems, lambda request: self._open_list(request.customer))
        self.shows(OpenItem, lambda request: self._open(request.key))
        self.shows(OpenScanned, self._open_scanned)
        self.pictures = Pictures(screens.workplace, screens.spawn, self)
        self._probing = QTimer(self, interval=PROBE_MS)
        self._probing.timeout.connect(self._probe)
        self._probing.start()

    # The list

    def _open_list(self, customer: int | None = None) -> None:
        """Opens the list, with the prices of a customer if there is one."""
        page = self._list() or self._make_list()
        if customer is not None:
            self._choose_customer(customer)
        self.window.show_page(LIST)
        page.list.setFocus()

    def _list(self) -> ItemsPage | None:
        page = self.window.page(LIST)
        return page if isinstance(page, ItemsPage) else None

    def _make_list(self) -> ItemsPage:
        model = ItemsModel(self.workplace, self.screens.spawn, self)
        model.open()
        page = ItemsPage(model, self.pictures)
        page.item_requested.connect(self._open)
        page.item_added.connect(self._add)
        page.scan_requested.connect(self.screens.explain_scanning)
        page.groups_requested.connect(lambda: self._ask_group(page))
        page.customer_requested.connect(self._ask_customer)
        page.document_requested.connect(lambda: self.screens.spawn(self._ask_document(page)))
        self.add_page(LIST, page)
        self.screens.spawn(self._complete(page))
        return page

    async def _complete(self, page: ItemsPage) -> None:
        await page.model.complete()
        page.show_groups(await self._source.groups())

    def _ask_group(self, page: ItemsPage) -> None:
        sheet = GroupSheet(self.window, page.groups, page.model.filter.group or 0)
        sheet.tree.chosen.connect(page.choose_group)
        sheet.open()

    def _ask_customer(self) -> None:
        def found(typed: str) -> list[Choice]:
            default = Choice(None, self.tr("Default list"), self.tr("Prices without a customer"))
            return [*([] if typed.strip() else [default]), *self._source.customers(typed)]

        sheet = ChoiceSheet(
            self.window,
            lambda: self.tr("Prices for"),
            lambda: self.tr("Close"),
            lambda: found(""),
            search=found,
            search_words=(lambda: self.tr("Customer: name, code, town"), lambda: self.tr("Clear the search")),
        )
        sheet.chosen.connect(self._choose_customer)
        sheet.open()

    def _choose_customer(self, customer: int | None) -> None:
        self._customer = customer
        page = self._list()
        if page is not None:
            page.show_customer(customer, self._source.customer_name(customer))
        form = self._form()
        if form is not None and form.key is not None:
            self.screens.spawn(self._show_card(form, form.key))

    async def _ask_document(self, page: ItemsPage) -> None:
        documents = await self._source.former_documents(self._customer)

        def choices() -> list[Choice]:
            return [
                Choice(found.key, found.number, found.customer, formats.day(found.issued_on)) for found in documents
            ]

        def title() -> str:
            return self.tr("Items of a former document") if documents else self.tr("No former documents on this device")

        sheet = ChoiceSheet(self.window, title, lambda: self.tr("Close"), choices)
        sheet.chosen.connect(page.choose_document)
        sheet.open()

    # One item

    def _open(self, key: int) -> None:
        page = self._form() or self._make_form()
        page.show_loading(key)
        self.window.show_page(FORM)
        self.screens.spawn(self._show_card(page, key))
        self.screens.spawn(self._check_gateway(page))

    def _form(self) -> ItemPage | None:
        page = self.window.page(FORM)
        return page if isinstance(page, ItemPage) else None

    def _make_form(self) -> ItemPage:
        page = ItemPage(self.pictures)
        page.customer_requested.connect(self._ask_customer)
        page.price_requested.connect(lambda: self.screens.spawn(self._explain(page)))
        page.order_requested.connect(lambda: self._order(page))
        page.stock_requested.connect(lambda: self.screens.spawn(self._check_stock(page)))
        page.files_requested.connect(lambda: self._open_files(page))
        FileDropTarget(page, lambda paths: self._open_files(page, paths))
        page.document_requested.connect(self._open_document)
        self.add_page(FORM, page)
        return page

    def _open_files(self, page: ItemPage, new_files: Sequence[Path] = ()) -> None:
        self.screens.open(OpenAttachments(Owner("item", page.key), page.header.title.text(), new_files))

    async def _show_card(self, page: ItemPage, key: int) -> None:
        """Shows the item, then the documents with it, which can take longer to read than everything else."""
        card = await self._source.card(key, self._customer)
        if page.key != key:
            return
        page.show_card(card)
        documents = await self._source.ordered_in(key) if card is not None else ()
        if page.key == key:
            page.show_documents(documents)

    async def _explain(self, page: ItemPage) -> None:
        """Explains the price of one piece of the item."""
        key = page.key
        if key is not None:
            explained = await self._source.explain(key, self._customer)
            if page.key == key and self.window.current == FORM:
                PriceSheet(self.window, explained).open()

    def _order(self, page: ItemPage) -> None:
        """Begins an order with the item for the customer whose prices are shown, or asks for a customer."""
        if self._customer is not None:
            self.screens.open(NewOrder(self._customer, item=page.key))
        else:
            self.screens.open(ChooseOrderCustomer(item=page.key))

    def _add(self, item: int) -> None:
        """Adds an item to the order of the customer whose prices are shown, or asks for a customer."""
        if self._customer is not None:
            self.screens.open(AddToOrder(self._customer, item))
        else:
            self.screens.open(ChooseOrderCustomer(item=item))

    async def _check_stock(self, page: ItemPage) -> None:
        """Asks the gateway for the stock of this item only; a sync may run meanwhile."""
        key, failure = page.key, None
        if key is None:
            return
        page.show_checking(key)
        try:
            await self.screens.device.check_stock(key)
        except UserFacingError as error:
            if error.code in NO_ANSWER:
                page.show_reachable(reachable=False)  # which shows the reason
            else:
                failure = error
        page.show_checked(key, failure)
        listed = self._list()
        if failure is None and listed is not None:
            listed.model.forget_rows()
        await self._show_card(page, key)

    def _probe(self) -> None:
        page = self._form()
        if page is not None and self.window.current == FORM:
            self.screens.spawn(self._check_gateway(page))

    async def _check_gateway(self, page: ItemPage) -> None:
        """Checks whether the gateway can be reached, which only the stock check needs."""
        page.show_reachable(reachable=await self.screens.device.reaches_gateway())

    def _open_document(self, key: int | None, record: str) -> None:
        self.screens.open(OpenDocument(record, key))

    # Scanner and sync

    def _open_scanned(self, request: OpenScanned) -> None:
        """Opens the item of a code. The ERP may have given one code to several items: then a sheet asks which."""
        found = {one.item: Choice(one.item, one.name, one.code) for one in self._source.scanned(request.code)}
        if not found:
            title, text = scan_words.unknown(request.code)
            self.window.message.show_message("failed", title, text, lambda: self.tr("Close"), about="scan")
        elif len(found) == 1:
            self._open(next(iter(found)))
        else:
            self._ask_scanned(found)

    def _ask_scanned(self, found: dict[int, Choice]) -> None:
        sheet = ChoiceSheet(
            self.window, lambda: self.tr("Which one is it?"), lambda: self.tr("Close"), list(found.values())
        )
        sheet.chosen.connect(self._open)
        sheet.open()

    async def refresh(self) -> None:
        """Updates the open pages after a sync."""
        self.pictures.forget_missing()
        page, form = self._list(), self._form()
        if page is not None:
            await self._complete(page)
        if form is not None and form.key is not None:
            await self._show_card(form, form.key)
