"""The list of items, filtered and searched, read in pages; prices follow a moment later."""

from array import array
from collections.abc import Callable, Coroutine
from dataclasses import replace
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from salesapp import clock
from salesapp.domain.catalogue import CATALOGUE
from salesapp.domain.objects.customers import Customer
from salesapp.models.choices import Choice
from salesapp.models.counted import Index
from salesapp.models.errors import survivable
from salesapp.models.paged import FIRST_ROWS, PAGE, PagedModel
from salesapp.models.workplace import Workplace
from salesapp.services import items as service
from salesapp.services import scanning
from salesapp.services.explaining import Explained, explain_item
from salesapp.services.items import FormerDocument, GroupNode, ItemCard, ItemRow, OrderedIn
from salesapp.services.ordering import begin
from salesapp.services.price_tags import PriceTag, price_tags, promotions_of
from salesapp.services.scanning import Scanned
from salesapp.services.stock import all_checked, warehouses_of
from salesapp.store import items as store
from salesapp.store.items import ItemFilter

if TYPE_CHECKING:
    from salesapp.store.account_stores import AccountStores

Spawn = Callable[[Coroutine[Any, Any, None]], None]


class Role(IntEnum):
    """Roles for delegates: the row, and its price once it is known."""

    TITLE = Qt.ItemDataRole.DisplayRole
    ROW = Qt.ItemDataRole.UserRole + 1
    TAG = Qt.ItemDataRole.UserRole + 2
    KEY = Qt.ItemDataRole.UserRole + 3
    SAID = Qt.ItemDataRole.AccessibleTextRole


class ItemsModel(PagedModel):
    """Reads pages of items by key in the window's thread, prices and long searches outside it."""

    loaded = Signal()

    def __init__(self, workplace: Workplace, spawn: Spawn, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workplace, self._spawn = workplace, spawn
        self._all: array[int] = array("q")
        self._allowed: frozenset[int] | None = None
        self._tags: dict[int, PriceTag] = {}
        self._wanted: dict[int, None] = {}
        self._is_bringing = False
        self._warehouses: list[int] = []
        self._round = 0
        self.filter = ItemFilter()
        self.typed = ""
        self.customer: int | None = None
        self.total = 0
        self.is_complete = False
        self._readers: dict[int, Callable[[int], Any]] = {
            Role.TITLE: self._title,
            Role.ROW: self._row,
            Role.TAG: self._tag,
            Role.KEY: self.key,
            Role.SAID: self._spoken,
        }
        self.spoken: Callable[[ItemRow, PriceTag | None], str] = lambda row, _tag: row.name

    # The list

    def open(self) -> None:
        """Shows the first rows at once; `complete` adds the rest."""
        stores = self._workplace.stores
        self._warehouses = warehouses_of(stores.catalog)
        self._all = store.first_ids(stores.catalog, self.filter, FIRST_ROWS)
        self._show(self._all)

    async def complete(self) -> None:
        """Reads all keys: after opening, a sync, or a change of filter."""
        self._round += 1
        round_, chosen = self._round, replace(self.filter, day=clock.today().isoformat())
        found, warehouses = await self._workplace.run(_listed, chosen, self.customer)
        if round_ != self._round:
            return
        self._warehouses = warehouses
        self._all = found
        self._allowed = frozenset(found) if chosen.narrows else None
        if not chosen.narrows:
            self.total = len(found)
        self.is_complete = True
        self._tags.clear()
        if self.typed:
            self._search()
        else:
            self._refresh(found)
        self.loaded.emit()

    def set_filter(self, chosen: ItemFilter) -> None:
        """Filters the list; the old rows stay until the new ones are known."""
        if chosen != self.filter:
            self.filter = chosen
            self.is_complete = False
            self._spawn(self.complete())

    def set_customer(self, customer: int | None) -> None:
        """Shows prices for another customer, or those of the default list."""
        if customer != self.customer:
            self.customer = customer
            self._tags.clear()
            self._emit_all_changed()
            if self.filter.promotion:
                self._spawn(self.complete())

    def search(self, typed: str) -> None:
        """Searches as the user types: shows at most 500 hits at once, and the rest a moment later."""
        typed = typed.strip()
        if typed == self.typed:
            return
        self.typed = typed
        if typed:
            self._search()
        else:
            self._show(self._all)

    def _search(self) -> None:
        allowed = self._allowed
        found = store.find(self._workplace.stores.catalog, self.typed, allowed, self.filter.order)
        self._show(found.ids)
        if not found.is_whole:
            self._spawn(self._search_whole(self.typed, allowed))

    async def _search_whole(self, typed: str, allowed: frozenset[int] | None) -> None:
        order = self.filter.order
        found = await self._workplace.run(lambda stores: store.find(stores.catalog, typed, allowed, order, examined=-1))
        if typed == self.typed and allowed is self._allowed:
            self._refresh(found.ids)
            self.loaded.emit()

    def _show(self, ids: "array[int]") -> None:
        self._wanted.clear()
        super()._show(ids)

    def forget_rows(self) -> None:
        """Reads the rows again, for example after a stock check; the order stays."""
        self._pages.clear()
        self._emit_all_changed()
        if self.filter.in_stock:
            self._spawn(self.complete())

    # Data for delegates

    def key(self, row: int) -> int:
        return self._shown[row]

    @survivable
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        read = self._readers.get(role)
        return read(index.row()) if read else None

    def _title(self, row: int) -> str:
        found = self._row(row)
        return found.name if found else ""

    def _spoken(self, row: int) -> str:
        found = self._row(row)
        return self.spoken(found, self._tag(row)) if found else ""

    def _row(self, row: int) -> ItemRow | None:
        found: ItemRow | None = self._page(row // PAGE)[row % PAGE]
        return found

    def _read(self, keys: "array[int]") -> list[ItemRow | None]:
        found = service.rows(self._workplace.stores, list(keys), self._warehouses)
        return [found.get(key) for key in keys]

    def _tag(self, row: int) -> PriceTag | None:
        """Returns the price if it is known; else requests it together with those of nearby rows."""
        key = self._shown[row]
        if key not in self._tags:
            self._wanted.pop(row // PAGE, None)
            self._wanted[row // PAGE] = None  # the rows that became visible last come first
            if not self._is_bringing:
                self._is_bringing = True
                self._spawn(self._bring_tags())
        return self._tags.get(key)

    async def _bring_tags(self) -> None:
        try:
            while self._wanted:
                page = self._wanted.popitem()[0]
                keys = [key for key in self._shown[page * PAGE : (page + 1) * PAGE] if key not in self._tags]
                if keys:
                    await self._bring(page * PAGE, keys)
        finally:
            self._is_bringing = False

    async def _bring(self, first: int, keys: list[int]) -> None:
        customer, round_ = self.customer, self._round
        found = await self._workplace.run(price_tags, keys, customer, clock.today())
        if customer != self.customer or round_ != self._round:
            return
        self._tags.update(found)
        last = min(first + PAGE, len(self._shown)) - 1
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, 0), [Role.TAG, Role.SAID])


def _listed(stores: "AccountStores", chosen: ItemFilter, customer: int | None) -> "tuple[array[int], list[int]]":
    """Returns the keys of a filter's items, with the promotions of the customer whose prices are shown."""
    warehouses = warehouses_of(stores.catalog)
    if chosen.promotion:
        chosen = replace(chosen, promotions=promotions_of(stores, customer, clock.today()))
    checked = all_checked(stores, warehouses) if chosen.in_stock else {}
    return store.ids(stores.catalog, chosen, warehouses, checked), warehouses


def _explain(stores: "AccountStores", key: int, customer: int | None) -> Explained:
    return explain_item(stores, begin(stores, "sales_order", customer=customer), key)


class ItemSource:
    """Serves the pages of items."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def scanned(self, code: str) -> list[Scanned]:
        """The items that a scanned code can mean."""
        return scanning.scanned(self._workplace.stores, code)

    async def groups(self) -> list[GroupNode]:
        return await self._workplace.run(service.groups)

    async def card(self, key: int, customer: int | None) -> ItemCard | None:
        return await self._workplace.run(service.card, key, customer, clock.today())

    async def ordered_in(self, key: int) -> tuple[OrderedIn, ...]:
        """Returns the documents with an item; slower than the card."""
        return await self._workplace.run(service.ordered_in, key)

    async def explain(self, key: int, customer: int | None) -> Explained:
        """Explains the price of one sales unit for a customer (None: by the default list)."""
        return await self._workplace.run(_explain, key, customer)

    async def former_documents(self, customer: int | None) -> list[FormerDocument]:
        return await self._workplace.run(service.former_documents, customer)

    def customers(self, typed: str) -> list[Choice]:
        """Returns the customers that match the typed text, by name; without text, the first of all."""
        catalog, entry = self._workplace.stores.catalog, CATALOGUE.by_key["customers.customers"]
        keys = catalog.find(entry, typed, "name")[:60] if typed.strip() else catalog.ids(entry, "name", 60)
        rows = catalog.page(entry, ("name", "city", "code"), keys)
        return [
            Choice(key, name, f"{city or ''}  {code}".strip())
            for key, (name, city, code) in zip(keys, rows, strict=True)
            if name is not None
        ]

    def customer_name(self, customer: int | None) -> str:
        found = self._workplace.stores.catalog.one(Customer, customer)
        return found.name if found else ""
