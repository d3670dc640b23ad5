"""Translates names that are data: labels of the catalogue, fields, states, and sentences of errors."""

import re
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from salesapp.domain.catalogue import CATALOGUE, SECTIONS
from salesapp.errors import ERRORS
from salesapp.protocol.forms import moment_of
from salesapp.views.formats import amount, day_and_time, moment, number, size
from salesapp.views.window_errors import SIZES, own_text

translate = QCoreApplication.translate

STEP = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
"""Separates a section from its object."""

_SECTION_LABELS = {section.key: section.label for section in SECTIONS}
_UNITS = {"kg": "(kg)", "km": "(km)"}


@dataclass(frozen=True, slots=True)
class Sentences:
    """An error for people: what happened, what is on this device, what helps."""

    why: str
    on_device: str
    helps: str


def area_name(area: str) -> str:
    """Returns the name of an area of the main screen."""
    names = {
        "appointments": translate("Areas", "Appointments"),
        "customers": translate("Areas", "Customers"),
        "items": translate("Areas", "Items"),
        "documents": translate("Areas", "Documents"),
        "work": translate("Areas", "My work"),
        "promotions": translate("Areas", "Promotions"),
        "travel": translate("Areas", "Travel"),
        "reports": translate("Areas", "Reports"),
        "synchro": translate("Areas", "Synchro"),
        "settings": translate("Areas", "Settings"),
    }
    return names[area]


def section(key: str) -> str:
    """Returns the label of a section; "sending" stands for the outbox."""
    if key == "sending":
        return translate("Words", "Sending from this device")
    return translate("Catalogue", _SECTION_LABELS.get(key, key), key)


def synchronized_object(key: str) -> str:
    entry = CATALOGUE.by_key.get(key)
    return translate("Catalogue", entry.label, key) if entry else key


def object_path(key: str) -> str:
    """Returns section and object as a path."""
    head = key.split(".", 1)[0]
    return f"{section(head)} {STEP} {synchronized_object(key)}"


def field(name: str) -> str:
    """Returns the name of a record's field for people."""
    translated = translate("Fields", name)
    if translated != name:
        return translated
    words = [_UNITS.get(word, word) for word in name.removeprefix("is_").split("_")]
    text = " ".join(words)
    return {"ean": "EAN", "vat rate": "VAT rate", "tax id": "Tax ID"}.get(text, text[:1].upper() + text[1:])


_CHOICES = {"intra_eu": "intra-EU"}
"""English words of choices that their code does not show."""


def choice(value: str) -> str:
    translated = translate("Choices", value)
    return translated if translated != value else _CHOICES.get(value, value.replace("_", " "))


def error(code: str, params: dict[str, str], kept_from: str | None = None) -> Sentences:
    """Returns the sentences of an error. `kept_from`: when an object's rows on the device were last verified (UTC)."""
    filled = _Params(
        {name: _parameter(code, name, value, params.get("currency", "")) for name, value in params.items()}
    )
    own = own_text(code, params)
    text = own or ERRORS.get(code)
    if text is None:
        unknown = translate("WindowErrors", "The gateway reports: {code}.").format(code=code)
        kept = translate("WindowErrors", "The data on this device stay as they were, and nothing unsent is lost.")
        return Sentences(unknown, kept, translate("WindowErrors", "Update the app, which does not know this message."))
    if own is not None:
        return Sentences(*(part.format_map(filled) for part in (text.what, text.data, text.remedy)))
    parts = [translate("Errors", part).format_map(filled) for part in (text.what, text.data, text.remedy)]
    if code.startswith("object."):
        parts[1] = kept_rows(kept_from)
    return Sentences(*parts)


def kept_rows(kept_from: str | None) -> str:
    """Returns what the device holds of an object that is not correct."""
    if kept_from is None:
        return translate("Words", "nothing of it yet; the other objects are not affected.")
    return translate("Words", "the rows of {time} are kept; the other objects are not affected.").format(
        time=moment(kept_from)
    )


_AMOUNTS = frozenset({"amount", "expected", "limit", "over", "percent", "price", "stated", "sum"})
"""Parameters that are decimal numbers, which are formatted for people."""


_MONEY = frozenset({"amount", "limit", "over", "price", "sent"})
"""Parameters that are amounts, if the error names a currency."""


def _parameter(code: str, name: str, value: str, currency: str) -> str:
    if currency and name in _MONEY and re.fullmatch(r"-?\d+(\.\d+)?", value):
        return amount(Decimal(value), currency)
    if name in SIZES.get(code, ()) and value.isdigit():
        return size(int(value))
    if name in {"until", "here", "there"} and moment_of(value) is not None:
        return moment(value) if name == "until" else day_and_time(value)
    if name == "parents":
        return ", ".join(synchronized_object(key) for key in value.split(", "))
    if name in _AMOUNTS and re.fullmatch(r"-?\d+\.\d+", value):
        return number(Decimal(value), len(value.partition(".")[2]))
    return field(value.rpartition(".")[2]) if name == "field" else value


class _Params(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def state(name: str) -> str:
    """Returns the word for a state of an object or a section."""
    words = {
        "waiting": translate("States", "Not started"),
        "fetching": translate("States", "Running"),
        "staging": translate("States", "Running"),
        "verifying": translate("States", "Verifying"),
        "running": translate("States", "Running"),
        "ok": translate("States", "Done"),
        "unchanged": translate("States", "Unchanged"),
        "failed": translate("States", "Failed"),
        "held_back": translate("States", "Held back"),
        "skipped": translate("States", "Left out"),
        "not_reached": translate("States", "Not reached"),
    }
    return words.get(name, name)
