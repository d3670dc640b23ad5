"""The stock of single items as the gateway told it between two syncs; the catalogue's proven rows stay as they are.

A check stands until a sync has brought stock that the gateway told after it.
"""

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import delete, insert, or_, select

from salesapp import clock
from salesapp.store.tables import stock_check
from salesapp.store.work import WorkStore


class Counted(msgspec.Struct, frozen=True):
    """One warehouse: base units times 10,000, as the catalogue stores them. `as_of`: UTC, or ""."""

    warehouse: int
    quantity: int
    as_of: str = ""


class StockCheck(msgspec.Struct, frozen=True):
    """One item. `checked_at`: when the answer came (UTC); a warehouse that is not named has none."""

    item: int
    checked_at: str
    stock: tuple[Counted, ...]

    def of(self, warehouse: int) -> Counted:
        found = next((entry for entry in self.stock if entry.warehouse == warehouse), None)
        return found or Counted(warehouse, 0)

    def total(self, warehouses: Sequence[int]) -> int:
        """Over these warehouses, in the scale of the catalogue."""
        return sum(entry.quantity for entry in self.stock if entry.warehouse in warehouses)


def this_moment() -> str:
    """UTC to the microsecond; such texts compare as the times do."""
    return clock.now().isoformat(timespec="microseconds")


class StockChecks:
    """The checks in work.db, one for each item."""

    def __init__(self, work: WorkStore) -> None:
        self._work = work

    def keep(self, check: StockCheck) -> None:
        """In the place of an earlier one of the item."""
        row = {
            "item": check.item,
            "checked_at": check.checked_at,
            "stock": msgspec.json.encode(check.stock).decode(),
        }
        with self._work.write() as connection:
            connection.execute(delete(stock_check).where(stock_check.c.item == check.item))
            connection.execute(insert(stock_check).values(row))

    def items(self) -> list[int]:
        """All items that were asked for."""
        with self._work.read() as connection:
            return list(connection.execute(select(stock_check.c.item)).scalars())

    def find(self, items: Iterable[int]) -> dict[int, StockCheck]:
        """The checks of these items, by item."""
        with self._work.read() as connection:
            rows = connection.execute(select(stock_check).where(stock_check.c.item.in_(list(items)))).all()
        return {
            row.item: StockCheck(row.item, row.checked_at, msgspec.json.decode(row.stock, type=tuple[Counted, ...]))
            for row in rows
        }

    def forget(self, before: str) -> None:
        """After a sync whose stock the gateway told at that moment or later; those of a clock that went back go too."""
        gone = or_(stock_check.c.checked_at < before, stock_check.c.checked_at > this_moment())
        with self._work.read() as connection:
            if connection.execute(select(stock_check.c.item).where(gone).limit(1)).first() is None:
                return
        with self._work.write() as connection:
            connection.execute(delete(stock_check).where(gone))
