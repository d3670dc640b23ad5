"""The list of customers by tab and search, new ones first; and the source of the other pages of customers."""

from array import array
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from salesapp import clock
from salesapp.domain.catalogue import CATALOGUE
from salesapp.domain.objects.directories import Currency, PaymentForm, PriceList
from salesapp.models.choices import Choice
from salesapp.models.counted import Index
from salesapp.models.errors import survivable
from salesapp.models.paged import FIRST_ROWS, PAGE, PagedModel
from salesapp.models.workplace import Workplace
from salesapp.protocol.records import CustomerRecord
from salesapp.services import customer_card
from salesapp.services import customers as service
from salesapp.services.customer_card import CustomerCard
from salesapp.services.customer_changes import values_of, with_values
from salesapp.services.customer_rules import corrected, main_address, problems
from salesapp.services.customers import CustomerRow, Duplicate, Editing
from salesapp.services.order_checks import kinds_of
from salesapp.services.price_rows import directory, profile_of
from salesapp.store import customers as store

if TYPE_CHECKING:
    from salesapp.store.account_stores import AccountStores

__all__ = [
    "CustomerSource",
    "CustomersModel",
    "FormLists",
    "Role",
    "corrected",
    "main_address",
    "problems",
    "values_of",
    "with_values",
]

Spawn = Callable[[Coroutine[Any, Any, None]], None]
CUSTOMERS = CATALOGUE.by_key["customers.customers"]


class Role(IntEnum):
    """Roles for delegates."""

    TITLE = Qt.ItemDataRole.DisplayRole
    ROW = Qt.ItemDataRole.UserRole + 1
    STAR = Qt.ItemDataRole.UserRole + 2
    KEY = Qt.ItemDataRole.UserRole + 3
    SAID = Qt.ItemDataRole.AccessibleTextRole


class CustomersModel(PagedModel):
    """Customers of one tab, or those that match the search; new ones of this device come first."""

    loaded = Signal()

    def __init__(self, workplace: Workplace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._ids: array[int] = array("q")
        self._new: Sequence[CustomerRow] = ()
        self._stars: frozenset[int] = frozenset()
        self._round = 0
        self.tab = "all"
        self.typed = ""
        self.total = 0
        self.is_complete = False
        self.spoken: Callable[[CustomerRow, bool], str] = lambda row, _star: row.name

    def open(self) -> None:
        """Shows the first rows at once; `complete` adds the rest."""
        stores = self._workplace.stores
        self._ids = stores.catalog.ids(CUSTOMERS, "name", FIRST_ROWS)
        self._stars = store.favourites(stores.work)
        self._show_found()

    async def complete(self) -> None:
        """Reads all keys: after opening, a sync, a save, or a change of tab."""
        self._round += 1
        round_ = self._round
        ids, stars = await self._workplace.run(_listed, self.tab)
        if round_ != self._round:
            return
        self._ids, self._stars = ids, stars
        self.total = len(ids) if self.tab == "all" else self.total
        self.is_complete = True
        self._show_found()
        self.loaded.emit()

    async def choose(self, tab: str) -> None:
        if tab != self.tab:
            self.tab = tab
            await self.complete()

    def search(self, typed: str) -> None:
        """Searches as the user types: at most 500 hits on the tab of all customers, every hit on others."""
        typed = typed.strip()
        if typed != self.typed:
            self.typed = typed
            self._show_found()

    def _show_found(self) -> None:
        stores = self._workplace.stores
        new = service.on_device(stores, self.typed) if self.tab in {"all", "recent"} else []
        shown = self._ids
        if self.typed and self.tab == "all":
            shown = stores.catalog.find(CUSTOMERS, self.typed, "name")
        elif self.typed:
            shown = store.matching(stores.catalog, self.typed, self._ids)
        self._new, self._shown = new, shown
        self._pages.clear()
        self._reset(len(new) + len(shown))

    def toggle_star(self, row: int) -> None:
        """Adds a customer to the favourites or removes it; new ones of this device cannot be favourites."""
        key = self.key(row)
        if key is None:
            return
        is_favourite = key not in self._stars
        store.set_favourite(self._workplace.stores.work, key, is_favourite=is_favourite)
        self._stars = self._stars | {key} if is_favourite else self._stars - {key}
        self.dataChanged.emit(self.index(row, 0), self.index(row, 0), [Role.STAR, Role.SAID])

    def key(self, row: int) -> int | None:
        """Returns the catalogue key; None for a new customer of this device."""
        return self._shown[row - len(self._new)] if row >= len(self._new) else None

    def submission(self, row: int) -> str:
        return self._new[row].submission if row < len(self._new) else ""

    @survivable
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= self.rowCount():
            return None
        row = self._row(index.row())
        has_star = self.key(index.row()) in self._stars
        if role == Role.ROW:
            return row
        if role == Role.STAR:
            return has_star
        if role == Role.KEY:
            return self.key(index.row())
        if role == Role.TITLE:
            return row.name if row else ""
        return (self.spoken(row, has_star) if row else "") if role == Role.SAID else None

    def _row(self, row: int) -> CustomerRow | None:
        if row < len(self._new):
            return self._new[row]
        number, place = divmod(row - len(self._new), PAGE)
        found: CustomerRow | None = self._page(number)[place]
        return found

    def _read(self, keys: "array[int]") -> list[CustomerRow | None]:
        found = service.rows(self._workplace.stores, list(keys))
        return [found.get(key) for key in keys]


def _listed(stores: "AccountStores", tab: str) -> "tuple[array[int], frozenset[int]]":
    return service.listed(stores, tab), store.favourites(stores.work)


@dataclass(frozen=True, slots=True)
class FormLists:
    """The choices of the customer form: `code` or key, and name."""

    classes: tuple[str, ...]
    price_lists: tuple[Choice, ...]
    payment_forms: tuple[Choice, ...]
    currencies: tuple[Choice, ...]
    names: Mapping[tuple[str, int], str]
    """Names of all payment forms and price lists, by (field, key)."""


class CustomerSource:
    """Serves the pages of customers."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def may_add(self) -> bool:
        return service.may_add(self._workplace.stores)

    def kinds(self) -> frozenset[str]:
        """Returns the kinds of documents allowed for a customer."""
        return kinds_of(self._workplace.stores)

    async def card(self, key: int | None, submission: str) -> CustomerCard | None:
        day = clock.today()
        if key is None:
            return await self._workplace.run(customer_card.new_card, submission, day)
        return await self._workplace.run(customer_card.card, key, day)

    def set_star(self, key: int, *, is_favourite: bool) -> None:
        store.set_favourite(self._workplace.stores.work, key, is_favourite=is_favourite)

    async def editing(self, key: int | None, submission: str) -> Editing | None:
        if key is None:
            return await self._workplace.run(service.new_to_edit, submission)
        return await self._workplace.run(service.to_edit, key)

    async def duplicates(self, customer: CustomerRecord, submission: str) -> list[Duplicate]:
        return await self._workplace.run(lambda stores: service.duplicates(stores, customer, submission=submission))

    async def save(self, editing: Editing, customer: CustomerRecord) -> str:
        """Puts the customer into the outbox; returns the submission's id, "" if unchanged. Raises TooLateError."""
        return await self._workplace.run(lambda stores: service.save_edit(stores.work, editing, customer))

    async def lists(self) -> FormLists:
        return await self._workplace.run(_form_lists)


def _form_lists(stores: "AccountStores") -> FormLists:
    catalog = stores.catalog
    profile = profile_of(catalog)
    lists, forms = (profile.price_types, profile.payment_forms) if profile else ((), ())
    return FormLists(
        classes=tuple(store.classes(catalog)),
        price_lists=tuple(
            Choice(row.id, row.name) for row in directory(catalog, PriceList) if not lists or row.code in lists
        ),
        payment_forms=tuple(
            Choice(row.id, row.name) for row in catalog.all(PaymentForm) if not forms or row.code in forms
        ),
        currencies=tuple(Choice(row.code, row.code, row.name) for row in directory(catalog, Currency)),
        names=service.term_names(stores),
    )
