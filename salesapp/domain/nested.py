"""Nested values of records (JSON) brought to the form that they are declared in, whatever an ERP wrote.

What cannot be read stops one entry, never its readers: a wrong entry of a list is left out, as is a wrong value of one.
A list of codes that restricts something (whom a promotion is for, what a profile may use) must not become empty, which
would mean everyone: what is no code stands in it as `UNREADABLE`, which is nobody's.
"""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

UNREADABLE = "\N{REPLACEMENT CHARACTER}"
LARGEST = Decimal(10) ** 12
MOST_DECIMALS = 20
MOST_DEPTH = 20
_MOST_CHARACTERS = 40

Reader = Callable[[Any], Any]
"""Takes any JSON value; returns what it is read as, None for what cannot be read."""


def is_deep(value: Any, most: int = MOST_DEPTH) -> bool:
    """Whether lists and mappings lie in each other deeper than any record has them."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return most < 0 or any(is_deep(part, most - 1) for part in inner)


def decoded(stored: Any) -> Any:
    """Returns the JSON of a stored value, None for NULL; `UNREADABLE` for what is no JSON or lies too deep."""
    try:
        found = msgspec.json.decode(stored) if isinstance(stored, str | bytes) else None
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return UNREADABLE
    may_be_deep = isinstance(stored, str) and stored.count("[") + stored.count("{") > MOST_DEPTH
    return UNREADABLE if may_be_deep and is_deep(found) else found


def text(value: Any) -> str | None:
    """A text; a whole number stands for its digits, as a postal code or a code without quotation marks."""
    if isinstance(value, str):
        return value
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if is_whole and abs(value) < 10**_MOST_CHARACTERS else None


def decimal(value: Any) -> Decimal | None:
    """A number in quotation marks, or a whole one; None for what is none, or is too large or too fine to count with."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return None
    if isinstance(value, str) and len(value) > _MOST_CHARACTERS:
        return None
    try:
        found = Decimal(value)
    except InvalidOperation:
        return None
    exponent = found.as_tuple().exponent
    is_fine = isinstance(exponent, int) and exponent >= -MOST_DECIMALS and abs(found) <= LARGEST
    return found if is_fine else None


def day(value: Any) -> date | None:
    """A day, written like 2026-03-01."""
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def flag(value: Any) -> bool | None:
    """True or false; 1 and 0 stand for them."""
    return bool(value) if isinstance(value, bool) or value in (0, 1) else None


def codes(value: Any) -> list[str]:
    """A list of codes; `UNREADABLE` stands for what is none, and for a value that is no list."""
    if value is None:
        return []
    return [text(entry) or UNREADABLE for entry in value] if isinstance(value, list | tuple) else [UNREADABLE]


def texts(value: Any) -> list[str]:
    """A list of texts."""
    found = [text(entry) for entry in value] if isinstance(value, list) else []
    return [entry for entry in found if entry is not None]


def mapping(value: Any) -> dict[str, str]:
    """Texts by name."""
    entries = value.items() if isinstance(value, dict) else ()
    return {name: found for name, given in entries if (found := text(given)) is not None}


def mappings(value: Any) -> tuple[list[dict[str, Any]], bool]:
    """The mappings of a list, and whether nothing else was there; null is an empty list."""
    given = [] if value is None else value if isinstance(value, list | tuple) else [value]
    found = [entry for entry in given if isinstance(entry, dict)]
    return found, len(found) == len(given) and (value is None or isinstance(value, list | tuple))
