"""Scenes of visits: the calendar and its lists, a visit with its sheets and files, a plan; travel."""

import asyncio
import io
from functools import partial
from typing import Any

from PIL import Image

from salesapp.domain.objects.customers import Customer
from salesapp.services.attachments import Owner
from salesapp.views.attachments.sheets import FileRow
from salesapp.views.requests import (
    NewTravel,
    OpenAppointment,
    OpenAppointments,
    OpenAttachments,
    OpenTravel,
    PlanAppointment,
)
from scripts.scenes.photographer import Photographer


async def take_visits(photographer: Photographer) -> None:
    page = await photographer.open(OpenAppointments())
    await take_calendar(photographer, page)
    shown = [block.visit for block in page.week.blocks if block.visit.progress.total == 4]
    key = next(one.key for one in shown if one.state in {"confirmed", "pending"})
    visit = await photographer.open(OpenAppointment(key))
    await take_visit(photographer, visit)
    await take_files(photographer, visit)
    await take_plan(photographer)


async def take_calendar(photographer: Photographer, page: Any) -> None:
    for span in ("month", "day", "week"):
        page.spans.chosen.emit(span)
        await photographer.idle()
        await photographer.take(f"calendar-{span}")
    for name in ("scheduled", "overdue", "completed"):
        page.choose_list(name)
        await photographer.idle()
        await photographer.take(f"appointments-{name}")
    page.choose_list("calendar")
    await photographer.idle()
    await photographer.take_sheet("calendar-date", page.choose_day.click)


async def take_visit(photographer: Photographer, visit: Any) -> None:
    await photographer.take("visit-new")
    for place in (0, 1):
        await take_element(photographer, visit, place)
    visit.description.setPlainText("New shelf for cold-pressed oils from April. Deliver before 8:00.")
    visit.flush()
    await photographer.idle()
    await photographer.take("visit")
    for name in ("complete", "reschedule", "more"):
        await photographer.take_sheet(f"visit-{name}", partial(visit.action_requested.emit, name))


async def take_element(photographer: Photographer, visit: Any, place: int) -> None:
    """Takes an answered questionnaire, and the question when it is left unsaved."""
    visit.element_requested.emit(place)
    await asyncio.sleep(0.05)
    sheet: Any = photographer.app.window.open_sheet()
    for field, answer in zip(sheet.questions, ("yes", "12", "gaps", ""), strict=False):
        field.set_answer(answer)
    if place == 1:
        await photographer.take("visit-element")
        sheet.close_sheet()
        await photographer.take("visit-leave")
        photographer.app.window.go_back()
    sheet.yes.click()
    await photographer.idle()


async def take_files(photographer: Photographer, visit: Any) -> None:
    """Takes the sheet for adding a photo to a visit, the files of the visit, and one of them."""
    app, photo = photographer.app, io.BytesIO()
    Image.effect_noise((1_600, 1_200), 60).convert("RGB").save(photo, "JPEG", quality=95)
    shown = visit.view.visit
    owner = Owner("appointment", shown.key, shown.record)
    app.screens.open(OpenAttachments(owner, shown.title, [("shelf.jpg", photo.getvalue())]))
    question = await photographer.sheet()
    await photographer.take("attachment-new")
    question.add.click()
    listed = await photographer.sheet(instead_of=question)
    await photographer.take("attachments")
    listed.findChild(FileRow).click()
    await photographer.sheet(instead_of=listed)
    await photographer.take("attachment")
    app.window.go_back()
    await photographer.sheet()
    app.window.go_back()


async def take_plan(photographer: Photographer) -> None:
    page = await photographer.open(PlanAppointment())
    for customer in photographer.app.workplace.stores.catalog.all(Customer, order="name", limit=3):
        page.toggle(customer.id, customer.name)
    await photographer.take("plan")
    await photographer.take_sheet("plan-customers", page.add.click)
    await photographer.take_sheet("plan-preview", page.preview.click)
    photographer.home()


async def take_travel(photographer: Photographer) -> None:
    """Takes a new entry, and the list of entries."""
    await photographer.open(OpenTravel())
    await photographer.take("travel-empty")
    for turn, (departure, destination) in enumerate(
        (("Gdynia", "Sopot"), ("Sopot", "Gda\N{LATIN SMALL LETTER N WITH ACUTE}sk"))
    ):
        page = await photographer.open(NewTravel())
        page.ended.edit.setText(str((page.last_km or 0) + 12 + 7 * turn))
        page.departure.edit.setText(departure)
        page.destination.edit.setText(destination)
        page.purpose.edit.setText("Visits")
        if turn == 0:
            await photographer.take("travel-entry")
        page.save.click()
        await photographer.idle()
    await photographer.take("travel")
    photographer.home()
    await photographer.idle()
    await photographer.take("main-working")
