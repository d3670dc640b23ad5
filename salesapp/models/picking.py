"""The list that fills an order: items with price, last quantity and quantity in the cart."""

from array import array
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from typing import Any

from PySide6.QtCore import Qt

from salesapp.domain.pricing import NextScale
from salesapp.models.counted import Index
from salesapp.models.errors import survivable
from salesapp.models.order import OrderModel, Spawn
from salesapp.models.paged import PAGE, PagedModel
from salesapp.models.workplace import Workplace
from salesapp.services import picking
from salesapp.services.picking import PickPrice
from salesapp.store.items import ListedItem


class PickRole(IntEnum):
    """Roles for the delegate."""

    NAME = Qt.ItemDataRole.DisplayRole
    ROW = Qt.ItemDataRole.UserRole + 1  # PickRow
    KEY = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class PickRow:
    """One item to pick. `price` is None until it is known; `hint` is the next promotion scale."""

    item: int
    name: str
    code: str
    picture: str
    in_stock: bool
    unit: int
    unit_code: str
    quantity: Decimal
    last: Decimal | None
    last_unit: str
    """The unit of the last quantity, if it differs from the row's."""
    price: Decimal | None
    error: str
    hint: NextScale | None
    currency: str = ""


class PickingModel(PagedModel):
    """Items by filter and search. `choices`: "last", "promotion", "all", or a group's key as text."""

    def __init__(self, workplace: Workplace, order: OrderModel, spawn: Spawn, parent: Any = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._order = order
        self._spawn = spawn
        self._all: array[int] = array("q")
        self._prices: dict[int, PickPrice] = {}
        self._asked: set[int] = set()
        self._units: dict[int, int] = {}
        self._round = 0
        self.choice = ""
        self.typed = ""
        order.changed.connect(self._on_order_changed)

    def choose(self, choice: str) -> None:
        """Shows the items of a choice, with the same search."""
        self.choice = choice
        self._all = picking.ids_of(self._workplace.stores, self._order.cart, choice, self._order.last)
        self._show(self._found())

    def search(self, typed: str) -> None:
        if typed.strip() != self.typed:
            self.typed = typed.strip()
            self._show(self._found())

    def read_again(self) -> None:
        """Reads items and prices again, after a sync or on a new day; the list keeps its place if it is the same."""
        if not self.choice:
            return  # nothing is shown yet
        self._all = picking.ids_of(self._workplace.stores, self._order.cart, self.choice, self._order.last)
        found = self._found()
        if found != self._shown:
            self._show(found)
        self.forget_prices()

    def _found(self) -> "array[int]":
        if not self.typed:
            return self._all
        return picking.found(self._workplace.stores, self.typed)

    def forget_prices(self) -> None:
        """Reads and prices visible rows again, after a change of customer or currency."""
        self._round += 1
        self._prices.clear()
        self._asked.clear()
        self._pages.clear()
        self._emit_all_changed()

    def show_unit(self, item: int, unit: int) -> None:
        """Makes the row of an item show its line in this unit while there is one."""
        self._units[item] = unit
        self._emit_all_changed()

    def row_of(self, item: int) -> int:
        return self._shown.index(item) if item in self._shown else -1

    @survivable
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        if role == PickRole.KEY:
            return self._shown[index.row()]
        if role not in {PickRole.NAME, PickRole.ROW, Qt.ItemDataRole.AccessibleTextRole}:
            return None
        row = self.row(index.row())
        return row if role == PickRole.ROW else row.name

    def row(self, number: int) -> PickRow:
        """Returns the content of a row."""
        item = self._shown[number]
        page: dict[int, ListedItem] = self._page(number // PAGE)
        known = page.get(item, ListedItem())
        price = self._prices.get(item)
        cart = self._order.cart
        line = cart.line_in(item, self._units.get(item, 0)) or cart.line_of(item)
        priced = self._order.order.line_of(line.id) if line and self._order.order else None
        last = self._order.last.get(known.code)
        unit = line.unit if line else price.unit if price else known.sales_unit
        shown = priced.unit_price_net if priced and not priced.error else price.price if price else None
        unit_code = price.unit_codes.get(unit, "") if price else ""
        return PickRow(
            item=item,
            name=known.name,
            code=known.code,
            picture=known.picture,
            in_stock=known.stock > 0,
            unit=unit,
            unit_code=unit_code,
            quantity=line.quantity if line else Decimal(),
            last=last[0] if last else None,
            last_unit=last[1] if last and last[1] != unit_code else "",
            price=shown,
            error=price.error if price else "",
            hint=self._order.order.hint_of(line.id) if line and self._order.order else None,
            currency=self._order.cart.currency,
        )

    def _read(self, keys: "array[int]") -> dict[int, ListedItem]:
        """Returns rows by key, and requests missing prices, which follow a moment later."""
        found = picking.page(self._workplace.stores, keys)
        missing = [key for key in keys if key not in self._asked]
        if missing:
            self._asked.update(missing)
            self._spawn(self._price(missing))
        return found

    async def _price(self, keys: list[int]) -> None:
        round_ = self._round
        found = await self._workplace.run(picking.prices, self._order.cart, keys)
        if round_ == self._round:
            self._prices |= found
            self._emit_all_changed()

    def _on_order_changed(self) -> None:
        self._emit_all_changed()
