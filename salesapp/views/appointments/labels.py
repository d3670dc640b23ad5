"""Texts, icons and colours of appointments: states, times, elements."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal

from PySide6.QtCore import QCoreApplication, QLocale

from salesapp import clock
from salesapp.domain.appointments import OPEN_STATES, Progress, Slot
from salesapp.domain.objects.appointments import Element
from salesapp.protocol.records import TravelRecord
from salesapp.services.appointments import Made
from salesapp.services.visits import Visit
from salesapp.views import formats
from salesapp.views.parts.strip import Segment, Shape

translate, plural = QCoreApplication.translate, formats.plural
DASH, DOT = "\N{EN DASH}", " \N{MIDDLE DOT} "
COLOURS = {"none": "text", "red": "fail", "yellow": "wait", "green": "ok"}
FILLS = {"none": "ok", "red": "fail", "yellow": "wait_fill", "green": "ok"}
KIND_ICONS = {
    "questionnaire": "clipboard_checkmark_regular",
    "document": "document_text_regular",
    "travel": "vehicle_car_regular",
    "photo": "camera_regular",
    "note": "note_regular",
}


@dataclass(frozen=True, slots=True)
class Look:
    """The look of an appointment: icon, text colour, and the ground and outline of its block."""

    icon: str
    token: str
    ground: str
    outline: str
    ink: str = "text"
    style: Literal["solid", "dashed"] = "solid"
    is_struck: bool = False


_LOOKS = {
    "overdue": Look("clock_alarm_regular", "fail", "fail_soft", "fail"),
    "unconfirmed": Look("clock_regular", "wait", "surface", "wait_fill", style="dashed"),
    "confirmed": Look("", "accent", "accent_soft", "accent"),
    "private": Look("lock_closed_regular", "text2", "surface", "control"),
    "pending": Look("play_regular", "on_accent", "accent", "accent", ink="on_accent"),
    "suspended": Look("pause_circle_regular", "accent", "accent_soft", "accent", style="dashed"),
    "completed": Look("checkmark_circle_filled", "text2", "sunken", "border", ink="text2"),
    "rejected": Look("dismiss_circle_regular", "text2", "canvas", "control", "text2", "dashed", is_struck=True),
    "canceled": Look("dismiss_circle_regular", "text2", "canvas", "control", "text2", "dashed", is_struck=True),
}


def look_of(visit: Visit) -> Look:
    if visit.is_overdue and visit.state != "pending":
        return _LOOKS["overdue"]
    if visit.state == "confirmed" and not visit.customer_name:
        return _LOOKS["private"]
    return _LOOKS[visit.state]


def state_look(visit: Visit) -> tuple[str, str]:
    """Returns icon and colour for the word of a state."""
    if visit.is_overdue:
        return "clock_alarm_regular", "fail"
    return {
        "unconfirmed": ("clock_regular", "wait"),
        "confirmed": ("calendar_ltr_regular", "text2"),
        "pending": ("play_filled", "accent"),
        "suspended": ("pause_circle_regular", "accent"),
        "completed": ("checkmark_circle_filled", "ok"),
    }.get(visit.state, ("dismiss_circle_regular", "text2"))


def state_word(state: str, *, is_overdue: bool = False) -> str:
    if is_overdue and state in OPEN_STATES:
        return translate("Visits", "Overdue")
    words = {
        "unconfirmed": translate("Visits", "Waits for approval"),
        "confirmed": translate("Visits", "Scheduled"),
        "pending": translate("Visits", "In progress"),
        "suspended": translate("Visits", "Suspended"),
        "completed": translate("Visits", "Completed"),
        "rejected": translate("Visits", "Rejected"),
        "canceled": translate("Visits", "Canceled"),
    }
    return words.get(state, state)


def element_word(element: Element, *, is_started: bool = False) -> tuple[str, str, str]:
    """Returns icon, colour and word of an element's state."""
    if element.state == "completed":
        return "checkmark_circle_filled", "ok", translate("Visits", "Done")
    if element.state == "rejected":
        return "dismiss_circle_filled", "text2", translate("Visits", "Not done")
    if is_started:
        return "edit_regular", "accent", translate("Visits", "Started")
    return "circle_regular", "text2", translate("Visits", "To do")


def refusal(code: str) -> str:
    """Returns why something is not possible."""
    words = {
        "waits_for_approval": translate("Visits", "The office has to approve this visit before it is carried out."),
        "not_in_this_state": translate("Visits", "This visit has ended already."),
        "reason_is_missing": translate("Visits", "A reason is needed."),
        "answers_are_wrong": translate("Visits", "Answer the questions that are marked."),
        "too_late": translate("Visits", "It is on its way already and cannot be changed any more."),
        "no_customer": translate("Visits", "This appointment has no customer, so no order can begin in it."),
        "gone": translate("Visits", "This appointment is no longer there."),
    }
    return words.get(code, code)


def time_of(visit: Visit) -> str:
    """10:30, or the whole day."""
    return translate("Visits", "all day") if visit.is_full_day else formats.clock(visit.start)


def times(slot: Slot) -> str:
    """10:30 to 11:30, or the whole day."""
    if slot.is_full_day:
        return translate("Visits", "all day")
    if slot.end <= slot.start:
        return formats.clock(slot.start)
    return f"{formats.clock(slot.start)} {DASH} {formats.clock(slot.end)}"


def day_word(day: date) -> str:
    """Today, tomorrow, yesterday, or Thu 12 Mar."""
    today = clock.today()
    near = {
        today: translate("Visits", "today"),
        today + timedelta(days=1): translate("Visits", "tomorrow"),
        today - timedelta(days=1): translate("Visits", "yesterday"),
    }
    return near.get(day) or f"{short_day(day)} {formats.short_date(_noon(day))}"


def when(slot: Slot) -> str:
    return f"{day_word(slot.start.date())} {times(slot)}"


def short_day(day: date) -> str:
    """Thu."""
    return QLocale().dayName(day.isoweekday(), QLocale.FormatType.ShortFormat)


def long_day(day: date) -> str:
    return formats.capitalized(formats.long_date(_noon(day)))


def month_title(day: date) -> str:
    """March 2026."""
    name = QLocale().standaloneMonthName(day.month, QLocale.FormatType.LongFormat)
    return f"{formats.capitalized(name)} {day.year}"


def span_title(first: date, last: date) -> str:
    """Week 11, 9 to 15 March 2026."""
    week = translate("Visits", "Week {number}").format(number=first.isocalendar().week)
    begin, end = formats.short_date(_noon(first)), formats.short_date(_noon(last))
    return f"{week}{DOT}{begin} {DASH} {end}"


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12).astimezone()


def segments_of(progress: Progress) -> tuple[Segment, ...]:
    """Returns a segment for each element, the finished ones first."""
    return (Segment(Shape.DONE),) * progress.done + (Segment(Shape.EMPTY),) * (progress.total - progress.done)


def below(visit: Visit) -> str:
    """Returns the second line of a row: town, type and elements, or why the visit did not take place."""
    if visit.reason and visit.state in {"rejected", "canceled"}:
        return DOT.join(part for part in (visit.town, visit.reason) if part)
    return DOT.join(part for part in (visit.town, visit.type_name, ", ".join(visit.what[:3])) if part)


def spoken(visit: Visit) -> str:
    """Returns a row or block as text for screen readers."""
    state = state_word(visit.state, is_overdue=visit.is_overdue)
    parts = (day_word(visit.start.date()), times(visit.slot), visit.title, below(visit), state)
    return ", ".join(part for part in parts if part)


def made_title(made: Made) -> str:
    """Returns the title of an order, quote or travel entry that was made in a visit."""
    if isinstance(made.payload, TravelRecord):
        ended = made.payload.ended_km
        started = f"{formats.number(made.payload.started_km)}{formats.FIXED}km"
        if ended is None:
            return translate("Visits", "start {km}").format(km=started)
        return f"{started} {DASH} {formats.number(ended)}{formats.FIXED}km"
    number = made.payload.number or translate("Visits", "Draft")
    lines = plural("Visits", "%n lines", len(made.payload.lines))
    gross = formats.money(Decimal(made.payload.gross), made.payload.currency)
    return DOT.join((number, lines, gross))
