"""Reads nested values (JSON) into their declared form, whatever an ERP wrote.

Unreadable data never stop a reader: a bad entry of a list is skipped, and so is a bad value of an entry.
A list of codes that restricts something (a promotion's customers, a profile's price lists) must not become empty,
which would mean everyone: `UNREADABLE`, a code that nobody has, replaces anything that is not a code.
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
"""Reads any JSON value; returns None if it is unreadable."""


def is_deep(value: Any, most: int = MOST_DEPTH) -> bool:
    """Returns whether lists and mappings are nested deeper than in any record."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return most < 0 or any(is_deep(part, most - 1) for part in inner)


def decoded(stored: Any) -> Any:
    """Returns the JSON of a stored value, None for NULL; `UNREADABLE` if it is invalid or nested too deep."""
    try:
        found = msgspec.json.decode(stored) if isinstance(stored, str | bytes) else None
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return UNREADABLE
    may_be_deep = isinstance(stored, str) and stored.count("[") + stored.count("{") > MOST_DEPTH
    return UNREADABLE if may_be_deep and is_deep(found) else found


def text(value: Any) -> str | None:
    """Reads a text; a whole number is read as its digits, for postal codes and codes without quotation marks."""
    if isinstance(value, str):
        return value
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if is_whole and abs(value) < 10**_MOST_CHARACTERS else None


def decimal(value: Any) -> Decimal | None:
    """Reads a quoted number or a whole one; None for others, and for numbers out of range or too precise."""
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
    """Reads a day like 2026-03-01."""
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def flag(value: Any) -> bool | None:
    """Reads true or false, also written as 1 or 0."""
    return bool(value) if isinstance(value, bool) or value in (0, 1) else None


def codes(value: Any) -> list[str]:
    """Reads a list of codes; `UNREADABLE` replaces entries that are not codes, and a value that is not a list."""
    if value is None:
        return []
    return [text(entry) or UNREADABLE for entry in value] if isinstance(value, list | tuple) else [UNREADABLE]


def texts(value: Any) -> list[str]:
    """Reads a list of texts."""
    found = [text(entry) for entry in value] if isinstance(value, list) else []
    return [entry for entry in found if entry is not None]


def mapping(value: Any) -> dict[str, str]:
    """Reads texts by name."""
    entries = value.items() if isinstance(value, dict) else ()
    return {name: found for name, given in entries if (found := text(given)) is not None}


def mappings(value: Any) -> tuple[list[dict[str, Any]], bool]:
    """Returns the mappings of a list, and whether it held nothing else; null is an empty list."""
    given = [] if value is None else value if isinstance(value, list | tuple) else [value]
    found = [entry for entry in given if isinstance(entry, dict)]
    return found, len(found) == len(given) and (value is None or isinstance(value, list | tuple))
