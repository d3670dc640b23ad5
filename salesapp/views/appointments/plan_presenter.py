"""Opens the planning of appointments, and saves a confirmed preview."""

from datetime import date

from salesapp import clock
from salesapp.models.appointments import AppointmentSource
from salesapp.services.planning import Plan, Planned
from salesapp.views.appointments.page import AppointmentsPage
from salesapp.views.appointments.plan import PlanPage, PreviewSheet, customers_sheet, first_slot
from salesapp.views.form_draft import FormDraft
from salesapp.views.requests import PlanAppointment
from salesapp.views.screens import Presenter, Screens

PLAN = "plan_appointment"
USUAL_MINUTES = 30


class PlanPresenter(Presenter):
    """Opens a new plan each time."""

    def __init__(self, screens: Screens) -> None:
        super().__init__(screens)
        self._source = AppointmentSource(screens.workplace)
        self._draft: FormDraft | None = None
        self.shows(PlanAppointment, self._open)

    def _open(self, request: PlanAppointment) -> None:
        customer = request.customer or request.new_customer or None
        self.screens.spawn(self._plan(request.day or clock.today(), customer))

    async def _plan(self, day: date, customer: int | str | None) -> None:
        choices = await self._source.choices()
        free = await self._source.next_slot(USUAL_MINUTES)
        if self._draft is not None:
            self._draft.leave()
        if self.window.page(PLAN) is not None:
            self.window.remove_page(PLAN)
        page = PlanPage(choices, first_slot(day, free))
        page.customers_requested.connect(lambda: self._pick_customers(page))
        page.preview_requested.connect(lambda plan: self.screens.spawn(self._preview(plan)))
        if customer is not None:
            name = await self._source.customer_name(customer)
            page.toggle(customer, name)
        self.add_page(PLAN, page)
        self.window.show_page(PLAN)
        self._draft = FormDraft(self.screens, page, page, f"plan {customer or 'new'}")
        await self._draft.resume()

    def _pick_customers(self, page: PlanPage) -> None:
        texts = (
            lambda: self.tr("Whom to visit"),
            lambda: self.tr("Close"),
            lambda: self.tr("Search: name, code, town"),
            lambda: self.tr("Clear the search"),
            lambda: self.tr("Chosen"),
        )
        customers_sheet(page, self.window, self._source.customers, texts).open()

    async def _preview(self, plan: Plan) -> None:
        planned = await self._source.preview(plan)
        sheet = PreviewSheet(self.window, planned)
        sheet.confirmed.connect(lambda: self.screens.spawn(self._save_plan(planned)))
        sheet.open()

    async def _save_plan(self, planned: tuple[Planned, ...]) -> None:
        await self._source.save(planned)
        if self._draft is not None:
            self._draft.end()
        if self.window.current == PLAN:
            self.window.back()
        page = self.window.page(self.window.current)
        if isinstance(page, AppointmentsPage):
            page.day = planned[0].slot.start.date()
            page.choose_list("calendar")
        self.screens.saved()
        self.screens.confirmed.emit()
