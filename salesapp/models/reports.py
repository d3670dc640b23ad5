"""Models of reports: their source, and the rows of their lists."""

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from salesapp import clock
from salesapp.domain.periods import Period, Span
from salesapp.models.counted import CountedModel
from salesapp.models.errors import survivable
from salesapp.models.workplace import Workplace
from salesapp.services import reports as service
from salesapp.services.reports import (
    Away,
    AwayRow,
    Order,
    Ranked,
    Report,
    What,
    named,
)

Index = QModelIndex | QPersistentModelIndex
Row = Ranked | Order | AwayRow
Entry = Ranked | Order | Away
PAGE = 64


class ReportSource:
    """Serves the pages of reports."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    async def report(self, span: Span, within: Period | None, what: What) -> Report:
        return await self._workplace.run(service.read_report, span, within, clock.today(), what)

    async def away_first(self, weeks: int, most: int) -> tuple[int, list[AwayRow]]:
        """Returns the number of inactive customers, and the first of them."""
        return await self._workplace.run(service.read_away_first, weeks, clock.today(), most)

    async def away(self, weeks: int | None) -> list[Away]:
        """Returns customers without an order for `weeks`, or without any order (None)."""
        return await self._workplace.run(service.read_away, weeks, clock.today())

    async def orders(self, period: Period) -> list[Order]:
        return await self._workplace.run(service.read_orders, period)

    async def ranked(self, what: What, period: Period) -> tuple[Ranked, ...]:
        return await self._workplace.run(service.read_ranked, what, period)


class ReportRole(IntEnum):
    """Roles for the delegate."""

    ROW = Qt.ItemDataRole.UserRole + 1


class ReportRowsModel(CountedModel):
    """Customers, items, orders, or inactive customers, whose names are read page by page when visible."""

    def __init__(self, workplace: Workplace, spoken: Callable[[Row], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workplace, self._spoken = workplace, spoken
        self._entries: Sequence[Entry] = ()
        self._pages: dict[int, list[AwayRow]] = {}

    def show(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._pages.clear()
        self._reset(len(entries))

    def row(self, row: int) -> Row:
        entry = self._entries[row]
        if not isinstance(entry, Away):
            return entry
        number, place = divmod(row, PAGE)
        if number not in self._pages:
            part = self._entries[number * PAGE : (number + 1) * PAGE]
            away = [one for one in part if isinstance(one, Away)]
            self._pages[number] = named(self._workplace.stores, away)
        return self._pages[number][place]

    @survivable
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        if role == ReportRole.ROW:
            return self.row(index.row())
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._spoken(self.row(index.row()))
        return None
