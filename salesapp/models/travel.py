"""Models of travel: the list of own entries, and the entry being edited."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from salesapp import clock
from salesapp.models.errors import survivable
from salesapp.models.workplace import Workplace
from salesapp.protocol.records import TravelRecord
from salesapp.services import travel
from salesapp.services.travel import (
    Entry,
    Log,
    TravelType,
    Vehicle,
    VisitChoice,
)

if TYPE_CHECKING:
    from salesapp.store.account_stores import AccountStores

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Draft:
    """The initial content of the form: a new entry (of a visit), or an existing one."""

    vehicles: tuple[Vehicle, ...]
    types: tuple[TravelType, ...]
    entry: Entry | None = None
    appointment: str = ""
    visits: tuple[VisitChoice, ...] = ()


def read_draft(stores: "AccountStores", record: str = "", appointment: str = "") -> Draft:
    """Returns the form's choices, and the entry of a record, whose own readings do not count as the last ones."""
    entry = travel.read_entry(stores, record) if record else None
    if entry is not None:
        appointment = entry.travel.appointment
    day = entry.day if entry is not None else clock.today()
    return Draft(
        vehicles=travel.read_vehicles(stores, without=record),
        types=travel.read_types(stores),
        entry=entry,
        appointment=appointment,
        visits=travel.read_visits(stores, day),
    )


class TravelSource:
    """Serves the pages of travel."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    async def log(self) -> Log:
        return await self._workplace.run(travel.read_log)

    async def draft(self, record: str, appointment: str) -> Draft:
        return await self._workplace.run(read_draft, record, appointment)

    async def save(self, entry: TravelRecord, record: str) -> None:
        """Saves an entry. Raises NotPossibleError, or TooLateError once it is sent."""
        await self._workplace.run(travel.save, entry, record)

    async def drop(self, record: str) -> None:
        """Deletes or voids an entry. Raises TooLateError once it is sent."""
        await self._workplace.run(travel.drop, record)


class TravelRole(IntEnum):
    """Roles for the delegate."""

    ENTRY = Qt.ItemDataRole.UserRole + 1


class TravelModel(QAbstractListModel):
    """A list of own entries; `spoken` returns the text for screen readers."""

    def __init__(self, spoken: Callable[[Entry], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._spoken = spoken
        self._entries: tuple[Entry, ...] = ()

    def show(self, found: Sequence[Entry]) -> None:
        if tuple(found) != self._entries:
            self.beginResetModel()
            self._entries = tuple(found)
            self.endResetModel()

    def entry(self, row: int) -> Entry:
        return self._entries[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._entries)

    @survivable
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        entry = self._entries[index.row()]
        if role == TravelRole.ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.registration
        return self._spoken(entry) if role == Qt.ItemDataRole.AccessibleTextRole else None
