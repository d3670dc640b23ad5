"""Models of appointments: lists, the open visit with its elements, and the plan of new ones."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import date
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from salesapp.domain.appointments import (
    NotPossibleError,
    Slot,
)
from salesapp.domain.objects.appointments import Element, Photo
from salesapp.errors import DeviceError
from salesapp.models.choices import Choice
from salesapp.models.errors import survivable
from salesapp.models.own_work import customer_choices
from salesapp.models.workplace import Workplace
from salesapp.services import appointments as service
from salesapp.services import attachments, files, planning, visits
from salesapp.services.appointments import GoneError, Made
from salesapp.services.attachments import Candidate
from salesapp.services.documents import TooLateError
from salesapp.services.planning import Choices, Plan, Planned
from salesapp.services.visits import Counts, ListName, OpenVisit, Visit

if TYPE_CHECKING:
    from salesapp.store.account_stores import AccountStores

__all__ = ["AppointmentSource", "VisitModel", "VisitRole", "VisitsModel", "week_of"]

Index = QModelIndex | QPersistentModelIndex
P = ParamSpec("P")


class AppointmentSource:
    """Serves the calendar and the planning screen."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    async def calendar(self, first: date, last: date) -> tuple[tuple[Visit, ...], Counts]:
        return await self._workplace.run(visits.read_calendar, first, last)

    async def named(self, name: ListName) -> tuple[tuple[Visit, ...], Counts]:
        return await self._workplace.run(visits.read_list, name)

    async def choices(self) -> Choices:
        """Returns the templates and types to plan with."""
        return await self._workplace.run(planning.read_choices)

    async def next_slot(self, minutes: int) -> Slot:
        return await self._workplace.run(planning.next_slot, minutes)

    async def customer_name(self, customer: int | str) -> str:
        return await self._workplace.run(planning.customer_name, customer)

    def customers(self, typed: str) -> "list[Choice]":
        return customer_choices(self._workplace, typed)

    async def preview(self, plan: Plan) -> tuple[Planned, ...]:
        return await self._workplace.run(planning.preview, plan)

    async def save(self, planned: tuple[Planned, ...]) -> None:
        await self._workplace.run(planning.save, planned)

    async def photo(self, path: Path) -> Candidate:
        """Reads a file. Raises DeviceError unless it is a picture."""
        return await self._workplace.run(_read_photo, path)


class VisitRole(IntEnum):
    """Roles for the delegate."""

    VISIT = Qt.ItemDataRole.UserRole + 1


class VisitsModel(QAbstractListModel):
    """A list of appointments; `spoken` returns the text for screen readers."""

    def __init__(self, spoken: Callable[[Visit], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._spoken = spoken
        self._visits: tuple[Visit, ...] = ()

    def show(self, found: Sequence[Visit]) -> None:
        if tuple(found) != self._visits:
            self.beginResetModel()
            self._visits = tuple(found)
            self.endResetModel()

    def visit(self, row: int) -> Visit:
        return self._visits[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._visits)

    @survivable
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._visits):
            return None
        visit = self._visits[index.row()]
        if role == VisitRole.VISIT:
            return visit
        if role == Qt.ItemDataRole.DisplayRole:
            return visit.title
        return self._spoken(visit) if role == Qt.ItemDataRole.AccessibleTextRole else None


class VisitModel(QObject):
    """The appointment open in the window; saves every change before it emits `changed`.

    `refused` carries the reason for a refused action: a code of the rules, "too_late" or "gone".
    """

    changed = Signal()
    saved = Signal()
    refused = Signal(str)

    def __init__(self, workplace: Workplace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self.key: int | None = None
        self.record = ""
        self.view: OpenVisit | None = None
        self.made: list[Made] = []

    async def show(self, key: int | None, record: str) -> None:
        """Shows another appointment."""
        self.key, self.record = key, record
        await self.refresh()

    async def refresh(self) -> None:
        """Reads the appointment again; completes elements whose order or travel entry is confirmed."""
        if self.record:
            await self._workplace.run(service.follow_up, self.record)
        self.view = await self._workplace.run(visits.open_visit, self.key, self.record)
        if self.view is not None:
            self.key, self.record = self.view.visit.key, self.view.visit.record
        self.made = await self._workplace.run(service.made_in, self.record, self.key)
        self.changed.emit()

    async def set_element(self, position: int, element: Element) -> bool:
        return await self._do(service.set_element, position, element)

    async def begin(self) -> str:
        """Begins the visit; returns its record, for documents made in it. Empty if that is not possible."""
        return self.record if await self._do(service.begin) else ""

    async def describe(self, text: str) -> bool:
        return await self._do(service.describe, text)

    async def complete(self, reason: str) -> bool:
        return await self._do(service.complete, reason=reason)

    async def reject(self, reason: str) -> bool:
        return await self._do(service.reject, reason)

    async def cancel(self, reason: str) -> bool:
        return await self._do(service.cancel, reason)

    async def suspend(self) -> bool:
        return await self._do(service.suspend)

    async def reschedule(self, at: Slot) -> bool:
        return await self._do(service.reschedule, at)

    async def edit_again(self) -> bool:
        return await self._do(lambda stores, _key, record: service.edit_again(stores, record))

    async def copy(self, at: Slot) -> str:
        """Copies the appointment; returns the new record. This one stays open."""
        found = await self._try(self._workplace.run(service.copy, self.key, self.record, at))
        if found:
            self.saved.emit()
        return found

    async def add_photo(self, position: int, candidate: "Candidate") -> bool:
        """Adds a photo to an element, shrunk and without GPS position."""
        if self.view is None:
            return False
        photo = await self._workplace.run(_keep_photo, candidate)
        element = self.view.elements[position]
        return await self.set_element(position, replace(element, answers=element.answers.with_photo(photo)))

    async def _do(
        self, work: "Callable[Concatenate[AccountStores, int | None, str, P], str]", *args: P.args, **kwargs: P.kwargs
    ) -> bool:
        """Calls a service for this appointment; returns whether it succeeded."""
        found = await self._try(self._workplace.run(work, self.key, self.record, *args, **kwargs))
        if found:
            self.record = found
            await self.refresh()
            self.saved.emit()
        return bool(found)

    async def _try(self, work: Awaitable[str]) -> str:
        try:
            return await work
        except NotPossibleError as error:
            self.refused.emit(error.code)
        except TooLateError:
            self.refused.emit("too_late")
        except GoneError:
            self.refused.emit("gone")
        return ""


def _keep_photo(stores: "AccountStores", candidate: "Candidate") -> Photo:
    kept = attachments.shrunk(candidate) if candidate.is_too_large else attachments.without_place(candidate)
    return Photo(files.keep_content(stores, kept.content), kept.name, kept.media_type, kept.size)


def _read_photo(stores: "AccountStores", path: Path) -> Candidate:
    del stores
    candidate = attachments.read_candidate(path)
    if not candidate.is_picture:
        raise DeviceError("device.no_photo", name=path.name)
    return candidate


def week_of(day: date) -> date:
    """Returns the Monday of a day's week."""
    return date.fromordinal(day.toordinal() - day.weekday())
