"""The demo company's appointments: their types, their templates, and a month of visits around the start date."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

from salesapp.gateway.connectors.base import SourceRow
from salesapp.gateway.connectors.demo.clients import client, representative_of
from salesapp.gateway.connectors.demo.company import REPRESENTATIVES, SUPERVISOR, Company
from salesapp.gateway.connectors.rows import builder

DAYS_AROUND = 14
VISITS_A_DAY = 5
_HOURS = (8, 9, 11, 13, 15)
_SATURDAY = 5

_TYPES = builder("appointments.types")
_TEMPLATES = builder("appointments.templates")
_APPOINTMENTS = builder("appointments.appointments")

_REASONS = ("Sklep zamknięty (remanent)", "The owner was away", "Brak czasu klienta", "Car breakdown on the way")

_QUESTIONS = [
    {"name": "Is our range on the main shelf?", "kind": "yes_no", "required": True},
    {"name": "Liczba naszych produktów na półce", "kind": "number", "required": True},
    {"name": "Shelf condition", "kind": "choice", "options": ["full", "gaps", "empty"], "required": False},
    {"name": "Remarks", "kind": "text", "required": False},
]
_SHELF: dict[str, Any] = {"kind": "questionnaire", "name": "Shelf check", "required": True, "questions": _QUESTIONS}
_COMPETITION: dict[str, Any] = {
    "kind": "questionnaire",
    "name": "Competition",
    "required": False,
    "questions": [
        {"name": "Which competitor has a promotion?", "kind": "text", "required": False},
        {"name": "Their price of pasta 500 g", "kind": "number", "required": False},
    ],
}
_ORDER: dict[str, Any] = {
    "kind": "document",
    "name": "Zamówienie",
    "required": True,
    "document_type": "sales_order",
}
_QUOTE: dict[str, Any] = {"kind": "document", "name": "Oferta", "required": False, "document_type": "sales_quote"}
_TRAVEL: dict[str, Any] = {"kind": "travel", "name": "Way to the customer", "required": False}
_PHOTO: dict[str, Any] = {"kind": "photo", "name": "Zdjęcie półki", "required": False}
_NOTE: dict[str, Any] = {"kind": "note", "name": "Note", "required": False}

TEMPLATES: dict[str, tuple[str, str, int | None, list[dict[str, Any]]]] = {
    "SHOP_VISIT": ("Wizyta w sklepie", "SALES", 45, [_TRAVEL, _SHELF, _ORDER, _PHOTO]),
    "ORDER_CALL": ("Order by phone", "PHONE", 15, [_ORDER, _NOTE]),
    "NEW_CUSTOMER": ("First visit to a new customer", "ACQUISITION", 60, [_TRAVEL, _COMPETITION, _QUOTE, _NOTE]),
    "AUDIT": ("Audyt ekspozycji", "AUDIT", 30, [_SHELF, _COMPETITION, _PHOTO]),
    "TRAINING": ("Szkolenie produktowe", "INTERNAL", None, [_NOTE]),
}
"""Code: name, appointment type, minutes (None: the whole day), elements."""


def types(_company: Company) -> Iterator[SourceRow]:
    for code, name, color in (
        ("SALES", "Wizyta handlowa", "#2e7d32"),
        ("PHONE", "Phone call", "#1565c0"),
        ("ACQUISITION", "Pozyskanie klienta", "#ef6c00"),
        ("AUDIT", "Shelf audit", "#6a1b9a"),
        ("INTERNAL", "Spotkanie wewnętrzne", "#546e7a"),
    ):
        yield _TYPES.row(code, code=code, name=name, color=color)


def templates(_company: Company) -> Iterator[SourceRow]:
    for code, (name, kind, minutes, elements) in TEMPLATES.items():
        yield _TEMPLATES.row(
            code,
            code=code,
            name=name,
            appointment_type=kind,
            duration_minutes=minutes,
            is_full_day=minutes is None,
            is_active=True,
            elements=elements,
            representatives=["rep1", "rep2"] if code == "AUDIT" else [],
        )


def appointments(company: Company) -> Iterator[SourceRow]:
    for index, representative in enumerate(REPRESENTATIVES):
        own = _own_customers(company, representative)
        for offset in range(-DAYS_AROUND, DAYS_AROUND + 1):
            if company.day(offset).weekday() >= _SATURDAY and offset != 0:
                continue
            if company.day(offset).weekday() == 0 and offset % 2 == 0:
                yield _training(company, representative, offset)
            for turn in range(VISITS_A_DAY):
                number = own[((offset + DAYS_AROUND) * VISITS_A_DAY + turn + index) % len(own)]
                yield _visit(company, representative, number, offset, turn)


def appointment_of(company: Company, key: str) -> SourceRow | None:
    """Returns an appointment's row by its ERP key; None unless the office planned it."""
    return next((row for row in appointments(company) if row.key == key), None)


def _own_customers(company: Company, representative: str) -> list[int]:
    """Returns the first customers of a representative, more than are visited in the month."""
    return [number for number in range(min(company.customers, 600)) if representative_of(number) == representative]


def _visit(company: Company, representative: str, number: int, offset: int, turn: int) -> SourceRow:
    dice = company.chance("appointments", representative, offset, turn)
    code = dice.choice(("SHOP_VISIT", "SHOP_VISIT", "SHOP_VISIT", "ORDER_CALL", "NEW_CUSTOMER", "AUDIT"))
    name, kind, minutes, elements = TEMPLATES[code]
    start = company.moment(offset, _HOURS[turn], dice.choice((0, 0, 15, 30)))
    state = _state(offset, dice)
    done = state in {"completed", "rejected"}
    begun = start + timedelta(minutes=dice.randrange(-5, 16))
    who = client(number)
    return _APPOINTMENTS.row(
        f"{representative}/{company.day(offset).isoformat()}/{turn + 1}",
        name=f"{name}: {who.name}",
        appointment_type=kind,
        template=code,
        customer=who.code,
        representative=representative,
        supervisor=SUPERVISOR if turn == 0 else None,
        planned_start=start,
        planned_end=start + timedelta(minutes=minutes or 0),
        actual_start=begun if state == "completed" else None,
        actual_end=begun + timedelta(minutes=dice.randrange(10, 60)) if state == "completed" else None,
        state=state,
        reason=dice.choice(_REASONS) if state in {"rejected", "canceled"} else None,
        description=f"{who.town.name}: ask about the new products." if turn == 1 else None,
        elements=[_result(element, state, dice) for element in elements] if done else [],
    )


def _training(company: Company, representative: str, offset: int) -> SourceRow:
    name, kind, _, elements = TEMPLATES["TRAINING"]
    start = company.moment(offset, 0)
    return _APPOINTMENTS.row(
        f"{representative}/{company.day(offset).isoformat()}/training",
        name=name,
        appointment_type=kind,
        template="TRAINING",
        representative=representative,
        supervisor=SUPERVISOR,
        planned_start=start,
        planned_end=start + timedelta(days=1),
        is_full_day=True,
        state="completed" if offset < 0 else "confirmed",
        elements=[{"kind": element["kind"], "name": element["name"], "state": "completed"} for element in elements]
        if offset < 0
        else [],
    )


def _state(offset: int, dice: Random) -> str:
    """Past visits are done except a few overdue ones; later ones wait, some for the office's approval."""
    if offset < 0:
        return dice.choices(("completed", "rejected", "canceled", "confirmed"), (84, 8, 4, 4))[0]
    if offset == 0:
        return dice.choices(("confirmed", "pending", "suspended"), (8, 1, 1))[0]
    return dice.choices(("confirmed", "unconfirmed"), (8, 2))[0]


def _result(element: dict[str, Any], state: str, dice: Random) -> dict[str, Any]:
    result = {"kind": element["kind"], "name": element["name"], "state": state}
    if state == "rejected":
        return result | {"reason": dice.choice(_REASONS)}
    if not element["required"] and dice.random() < 0.2:
        return result | {"state": "rejected", "reason": "Not needed this time"}
    answers = {question["name"]: _answer(question, dice) for question in element.get("questions", ())}
    return result | ({"answers": answers} if answers else {})


def _answer(question: dict[str, Any], dice: Random) -> str:
    match question["kind"]:
        case "yes_no":
            return dice.choice(("yes", "no"))
        case "number":
            return str(dice.randrange(2, 40))
        case "choice":
            return str(dice.choice(question["options"]))
        case _:
            return dice.choice(("Fine", "Ask again next month", "Porozmawiać o ekspozycji"))
