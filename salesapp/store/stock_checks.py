"""Stock of single items that the gateway reported between two syncs; the catalogue's proven rows do not change.

A check counts until a sync brings newer stock.
"""

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import delete, insert, or_, select

from salesapp import clock
from salesapp.store.tables import stock_check
from salesapp.store.work import WorkStore


class Counted(msgspec.Struct, frozen=True):
    """Stock in one warehouse, in base units (scale 4). `as_of` is UTC, or empty."""

    warehouse: int
    quantity: int
    as_of: str = ""


class StockCheck(msgspec.Struct, frozen=True):
    """Stock of one item, received at `checked_at` (UTC). A warehouse that is missing has none."""

    item: int
    checked_at: str
    stock: tuple[Counted, ...]

    def of(self, warehouse: int) -> Counted:
        found = next((entry for entry in self.stock if entry.warehouse == warehouse), None)
        return found or Counted(warehouse, 0)

    def total(self, warehouses: Sequence[int]) -> int:
        """Returns the quantity over these warehouses (scale 4)."""
        return sum(entry.quantity for entry in self.stock if entry.warehouse in warehouses)


def this_moment() -> str:
    """Returns this moment in UTC, to the microsecond; such texts sort like the times."""
    return clock.now().isoformat(timespec="microseconds")


class StockChecks:
    """The stock checks in work.db, one for each item."""

    def __init__(self, work: WorkStore) -> None:
        self._work = work

    def keep(self, check: StockCheck) -> None:
        """Keeps a check, in place of an earlier one of the item."""
        row = {
            "item": check.item,
            "checked_at": check.checked_at,
            "stock": msgspec.json.encode(check.stock).decode(),
        }
        with self._work.write() as connection:
            connection.execute(delete(stock_check).where(stock_check.c.item == check.item))
            connection.execute(insert(stock_check).values(row))

    def items(self) -> list[int]:
        """Returns all items with a check."""
        with self._work.read() as connection:
            return list(connection.execute(select(stock_check.c.item)).scalars())

    def find(self, items: Iterable[int]) -> dict[int, StockCheck]:
        """Returns the checks of these items, by item."""
        with self._work.read() as connection:
            rows = connection.execute(select(stock_check).where(stock_check.c.item.in_(list(items)))).all()
        return {
            row.item: StockCheck(row.item, row.checked_at, msgspec.json.decode(row.stock, type=tuple[Counted, ...]))
            for row in rows
        }

    def forget(self, before: str) -> None:
        """Drops checks made before this moment, and those in the future (the clock was set back)."""
        gone = or_(stock_check.c.checked_at < before, stock_check.c.checked_at > this_moment())
        with self._work.read() as connection:
            if connection.execute(select(stock_check.c.item).where(gone).limit(1)).first() is None:
                return
        with self._work.write() as connection:
            connection.execute(delete(stock_check).where(gone))
