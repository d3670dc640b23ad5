"""Texts of travel entries."""

from PySide6.QtCore import QCoreApplication

from salesapp.services.travel import Entry
from salesapp.views import formats
from salesapp.views.receipts.labels import state_word

translate, plural = QCoreApplication.translate, formats.plural
DASH, DOT = "\N{EN DASH}", " \N{MIDDLE DOT} "


def km(value: int) -> str:
    return f"{formats.number(value)}{formats.FIXED}km"


def title(entry: Entry) -> str:
    """Returns departure and destination, else the purpose, else the vehicle."""
    places = [place for place in (entry.travel.departure, entry.travel.destination) if place]
    return f" {DASH} ".join(places) or entry.travel.purpose or entry.vehicle


def below(entry: Entry) -> str:
    """Returns vehicle, readings, kind and purpose."""
    started, ended = entry.travel.started_km, entry.travel.ended_km
    readings = f"{formats.number(started)} {DASH} {km(ended)}" if ended is not None else km(started)
    purpose = entry.travel.purpose if title(entry) != entry.travel.purpose else ""
    return DOT.join(part for part in (entry.registration, readings, entry.type_name, purpose) if part)


def receipt(entry: Entry) -> str:
    if entry.travel.ended_km is None:
        return translate("Travel", "Under way")
    word = state_word(entry.receipt)
    return f"{word}{DOT}{entry.erp_number}" if entry.erp_number else word


def spoken(entry: Entry) -> str:
    distance = km(entry.km) if entry.km is not None else ""
    day = formats.day(entry.travel.travelled_on)
    return ", ".join(part for part in (day, title(entry), below(entry), distance, receipt(entry)) if part)


def reading_error(code: str | None, last: int | None, following: int | None = None) -> str:
    """Returns the problem of a reading; `last` is the reading before it, `following` the next entry's start."""
    words = {
        "missing": translate("Travel", "The reading is missing"),
        "not_a_reading": translate("Travel", "A number from 0 to 9 999 999"),
        "goes_back": translate("Travel", "The last entry ended at {km}: an odometer does not go back").format(
            km=km(last or 0)
        ),
        "below_start": translate("Travel", "Below the start"),
        "past_next": translate("Travel", "The next entry starts at {km}").format(km=km(following or 0)),
    }
    return words.get(code or "", "")
