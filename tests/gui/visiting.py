"""Shared by the window's tests of appointments: a company with visits around now, and ways to its screens."""

from datetime import timedelta
from pathlib import Path

from salesapp import clock
from salesapp.domain.objects.appointments import Appointment
from salesapp.protocol.records import AppointmentRecord
from salesapp.store import records
from salesapp.views.appointments.elements import ElementSheet
from salesapp.views.appointments.page import AppointmentsPage
from salesapp.views.appointments.visit import VisitPage
from salesapp.views.requests import OpenAppointment, OpenAppointments
from tests.gui.conftest import WindowDriver

QUESTIONS = [
    {"name": "On the shelf?", "kind": "yes_no", "required": True},
    {"name": "How many", "kind": "number", "required": True},
    {"name": "Shelf state", "kind": "choice", "options": ["full", "gaps", "sold out"]},
    {"name": "Remarks", "kind": "text"},
]
ELEMENTS = [
    {"kind": "questionnaire", "name": "Shelf check", "required": True, "questions": QUESTIONS},
    {"kind": "document", "name": "Order", "required": True, "document_type": "sales_order"},
    {"kind": "travel", "name": "Way to the customer"},
    {"kind": "photo", "name": "Photo of the shelf"},
    {"kind": "note", "name": "What was agreed"},
]
PICTURE = Path(__file__).parents[2] / "resources" / "demo" / "pictures"


def at(hours: float) -> dict[str, str]:
    """Returns a plan that begins in `hours` hours and lasts 45 minutes."""
    start = clock.now().replace(second=0, microsecond=0) + timedelta(hours=hours)
    end = start + timedelta(minutes=45)
    return {"planned_start": f"{start:%Y-%m-%dT%H:%M:%SZ}", "planned_end": f"{end:%Y-%m-%dT%H:%M:%SZ}"}


def take_company(driver: WindowDriver) -> None:
    """Imports visits around now: the next with elements, an overdue, a completed, and one that waits for the office."""
    found = driver.gateway.connector.company
    found["appointments.templates"]["TPL"] |= {"elements": ELEMENTS, "is_active": 1, "duration_minutes": 45}
    visit = {"appointment_type": "VISIT", "template": "TPL", "customer": "C1", "representative": "rep1"}
    found["appointments.appointments"] = {
        "OVER": visit | at(-30) | {"name": "Missed", "state": "confirmed"},
        "NEXT": visit | at(0.02) | {"name": "Next", "state": "confirmed"},
        "LATER": visit | at(26) | {"name": "Planned", "state": "unconfirmed"},
        "DONE": visit | at(-50) | {"name": "Done", "state": "completed"},
        "PRIVATE": at(3) | {"appointment_type": "VISIT", "representative": "rep1", "name": "Car", "state": "confirmed"},
    }
    driver.gateway.take()


async def started(driver: WindowDriver, width: int = 1280, height: int = 800) -> None:
    await driver.begin("rep1", width, height)


async def idle(driver: WindowDriver) -> None:
    await driver.until(lambda: not driver.app._tasks)
    await driver.settle()


async def calendar(driver: WindowDriver) -> AppointmentsPage:
    driver.app.screens.open(OpenAppointments())
    await idle(driver)
    page = driver.app.window.page("appointments")
    assert isinstance(page, AppointmentsPage)
    return page


async def visit(driver: WindowDriver, name: str = "Next") -> VisitPage:
    key = driver.app.workplace.stores.catalog.all(Appointment, "name=?", (name,))[0].id
    driver.app.screens.open(OpenAppointment(key))
    await idle(driver)
    page = driver.app.window.page("appointment")
    assert isinstance(page, VisitPage)
    return page


async def element(driver: WindowDriver, page: VisitPage, position: int) -> ElementSheet:
    driver.tap(page.cards[position])
    await idle(driver)
    sheet = driver.app.window.open_sheet()
    assert isinstance(sheet, ElementSheet)
    return sheet


def own(driver: WindowDriver) -> list[records.StoredRecord[AppointmentRecord]]:
    with driver.app.workplace.stores.work.read() as connection:
        return records.find_all(connection, AppointmentRecord)
