"""Opens the calendar and a visit's page, and carries out its actions."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from salesapp.domain.appointments import Slot
from salesapp.models.appointments import AppointmentSource, VisitModel
from salesapp.models.choices import Choice
from salesapp.services.attachments import Owner
from salesapp.services.visits import OpenVisit, Visit
from salesapp.views.appointments.page import AppointmentsPage
from salesapp.views.appointments.sheets import DaySheet, ReasonSheet, SlotSheet
from salesapp.views.appointments.steps import VISIT, ElementSteps
from salesapp.views.appointments.visit import VisitPage
from salesapp.views.parts.file_drop import FileDropTarget
from salesapp.views.parts.links import ask_map
from salesapp.views.parts.picking_list import ChoiceSheet
from salesapp.views.requests import OpenAppointment, OpenAppointments, OpenAttachments, OpenCustomer, PlanAppointment
from salesapp.views.screens import Presenter, Screens

CALENDAR = "appointments"
ROW = 64


class AppointmentPresenter(Presenter):
    """The calendar, and the open visit."""

    def __init__(self, screens: Screens) -> None:
        super().__init__(screens)
        self._source = AppointmentSource(screens.workplace)
        self.visit = VisitModel(self.workplace, self)
        self.visit.changed.connect(self._on_visit_changed)
        self.visit.saved.connect(self.screens.saved)
        self.visit.refused.connect(self._on_refused)
        self.elements = ElementSteps(screens, self.visit, self._source, self._on_refused)
        self.shows(OpenAppointments, lambda _request: self._open_calendar())
        self.shows(OpenAppointment, lambda request: self._open(request.key, request.record))

    async def refresh(self) -> None:
        await self._fill()
        page = self._visit_page()
        if page is not None and page.view is not None:
            await self.visit.refresh()

    # The calendar and its lists

    def _open_calendar(self) -> None:
        page = self._calendar()
        if page is None:
            page = AppointmentsPage()
            page.range_changed.connect(lambda: self.screens.spawn(self._fill()))
            page.visit_requested.connect(self._open_visit)
            page.plan_requested.connect(lambda day: self.screens.open(PlanAppointment(day=day)))
            page.choose_day.clicked.connect(self._choose_day)
            self.add_page(CALENDAR, page)
        self.window.show_page(CALENDAR)
        self.screens.spawn(self._fill())

    def _calendar(self) -> AppointmentsPage | None:
        page = self.window.page(CALENDAR)
        return page if isinstance(page, AppointmentsPage) else None

    async def _fill(self) -> None:
        page = self._calendar()
        if page is None:
            return
        page.follow_today()
        action_requested = (page.list_name, page.shown)
        if page.list_name == "calendar":
            found = await self._source.calendar(*page.shown)
        else:
            found = await self._source.named(page.list_name)
        if action_requested == (page.list_name, page.shown):
            page.show_visits(*found)

    def _choose_day(self) -> None:
        page = self._calendar()
        if page is not None:
            sheet = DaySheet(self.window, page.day)
            sheet.chosen.connect(page.go_to)
            sheet.open()

    # One visit

    def _open(self, key: int | None, record: str) -> None:
        """Opens an appointment of the catalogue by its key, or the user's own by its record."""
        page = self._visit_page()
        if page is None:
            page = VisitPage()
            page.action_requested.connect(self._on_action_requested)
            page.element_requested.connect(self.elements.open)
            page.described.connect(lambda text: self.screens.spawn(self._do(self.visit.describe(text))))
            FileDropTarget(page, self._open_files)
            self.add_page(VISIT, page)
        page.forget_typing()
        page.message.hide()
        self.screens.spawn(self._show_visit(key, record))

    def _open_visit(self, visit: Visit) -> None:
        self._open(visit.key, visit.record)

    def _visit_page(self) -> VisitPage | None:
        page = self.window.page(VISIT)
        return page if isinstance(page, VisitPage) else None

    async def _show_visit(self, key: int | None, record: str) -> None:
        await self.visit.show(key, record)
        self.window.show_page(VISIT)

    def _on_visit_changed(self) -> None:
        page = self._visit_page()
        if page is not None:
            page.show_visit(self.visit.view, self.visit.made)

    def _on_refused(self, code: str) -> None:
        page = self._visit_page()
        if page is not None:
            page.show_refusal(code)

    async def _do(self, work: Awaitable[object]) -> None:
        await work

    def _spawn(self, work: Awaitable[object]) -> None:
        self.screens.spawn(self._do(work))

    def _on_action_requested(self, name: str) -> None:
        view = self.visit.view
        if view is None:
            return
        page = self._visit_page()
        if page is not None:
            page.flush()
        what: dict[str, Callable[[], object]] = {
            "complete": self._complete,
            "reject": self._ask_reject,
            "reschedule": lambda: self._ask_slot(is_copy=False),
            "copy": lambda: self._ask_slot(is_copy=True),
            "suspend": lambda: self._spawn(self.visit.suspend()),
            "cancel": self._ask_cancel,
            "edit": lambda: self._spawn(self.visit.edit_again()),
            "more": self._offer_more,
            "customer": self._open_customer,
            "files": self._open_files,
            "map": lambda: ask_map(self.window, view.address),
        }
        what[name]()

    def _complete(self) -> None:
        view = self.visit.view
        if view is None:
            return
        if not view.open_required:
            self.screens.spawn(self._end(""))
            return
        count = view.open_required
        sheet = ReasonSheet(
            self.window,
            lambda: self.tr("%n required elements are open", "", count),
            lambda: self.tr("The visit can end like this, with a reason."),
            lambda: self.tr("Complete"),
        )
        sheet.reason_given.connect(lambda reason: self.screens.spawn(self._end(reason)))
        sheet.open()

    async def _end(self, reason: str) -> None:
        if await self.visit.complete(reason):
            self.screens.confirmed.emit()
            if self.window.current == VISIT:
                self.window.back()

    def _ask_reject(self) -> None:
        sheet = ReasonSheet(
            self.window,
            lambda: self.tr("Reject this visit?"),
            lambda: self.tr("The visit does not take place, or not to its end. The office sees the reason."),
            lambda: self.tr("Reject"),
        )
        sheet.reason_given.connect(lambda reason: self._spawn(self.visit.reject(reason)))
        sheet.open()

    def _ask_cancel(self) -> None:
        sheet = ReasonSheet(
            self.window,
            lambda: self.tr("Cancel this appointment?"),
            lambda: self.tr("The appointment leaves the calendar. The office sees the reason."),
            lambda: self.tr("Cancel the appointment"),
        )
        sheet.reason_given.connect(lambda reason: self.screens.spawn(self._cancel(reason)))
        sheet.open()

    async def _cancel(self, reason: str) -> None:
        if await self.visit.cancel(reason) and self.window.current == VISIT:
            self.window.back()

    def _ask_slot(self, *, is_copy: bool) -> None:
        view = self.visit.view
        if view is None:
            return
        sheet = SlotSheet(
            self.window,
            lambda: self.tr("Copy to another time") if is_copy else self.tr("Move to another time"),
            _with_length(view.visit.slot),
            lambda: self.tr("Copy") if is_copy else self.tr("Move"),
        )
        if is_copy:
            sheet.taken.connect(lambda slot: self.screens.spawn(self._copy(slot)))
        else:
            sheet.taken.connect(lambda slot: self._spawn(self.visit.reschedule(slot)))
        sheet.open()

    async def _copy(self, slot: Slot) -> None:
        record = await self.visit.copy(slot)
        if record:
            self._open(None, record)

    def _offer_more(self) -> None:
        view = self.visit.view
        if view is None:
            return
        offered = self._offers(view)
        sheet = ChoiceSheet(
            self.window,
            lambda: self.tr("More"),
            lambda: self.tr("Close"),
            lambda: self._offers(view),
            place="choice",
        )
        sheet.list.setMinimumHeight(ROW * len(offered))
        sheet.chosen.connect(self._on_action_requested)
        sheet.open()

    def _offers(self, view: OpenVisit) -> list[Choice]:
        """Returns the actions of a visit that have no button of their own."""
        texts = {
            "reschedule": self.tr("Reschedule"),
            "copy": self.tr("Copy"),
            "suspend": self.tr("Suspend: go on later"),
            "edit": self.tr("Edit again"),
            "cancel": self.tr("Cancel the appointment"),
        }
        offered = [Choice(name, text) for name, text in texts.items() if name in view.can]
        offered.append(Choice("files", self.tr("Attachments")))
        if view.address:
            offered.append(Choice("map", self.tr("Directions"), view.address))
        return offered

    def _open_files(self, paths: Sequence[Path] = ()) -> None:
        """Opens the files of the visit itself, apart from the photos of its elements."""
        view = self.visit.view
        if view is not None:
            owner = Owner("appointment", view.visit.key, view.visit.record)
            self.screens.open(OpenAttachments(owner, view.visit.title, paths))

    def _open_customer(self) -> None:
        view = self.visit.view
        if view is None:
            return
        if view.visit.customer is not None:
            self.screens.open(OpenCustomer(view.visit.customer))
        elif view.visit.new_customer:
            self.screens.open(OpenCustomer(submission=view.visit.new_customer))


def _with_length(slot: Slot) -> Slot:
    return slot if slot.end > slot.start else Slot(slot.start, slot.start.replace(minute=59))
