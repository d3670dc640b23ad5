"""Parses one cell, text or a value of a SELECT, into a stored value of a field's kind."""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NoReturn

import msgspec

from salesapp.clock import YEARS
from salesapp.domain.canonical import Value, canonical_json
from salesapp.domain.nested_checks import faults_summary
from salesapp.domain.schema import Field, Kind
from salesapp.gateway.connectors.file_forms import date_form_of
from salesapp.protocol.limits import MAX_NESTED_CHARACTERS, MAX_TEXT_CHARACTERS

Cell = Any
"""A cell of a file (text) or of a SELECT; None and the empty text are "no value"."""

Parser = Callable[[str], Value]

_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?")
_COMMA = re.compile(r"[+-]?[0-9][0-9 .\u00a0]*,[0-9]+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INT64 = 2**63
_MOST_DIGITS = 19
PROSE = frozenset({"name", "description", "notes", "address", "reason"})
"""Fields of free text, kept exactly as the source has them, blanks included."""
_BLANKS = "".join(chr(code) for code in range(0x3001) if chr(code).isspace()) + "\u200b\u200c\u200d\u2060\ufeff"
_VISIBLE = frozenset(chr(code) for code in range(33, 127))
_BOOLEANS = {"1": 1, "true": 1, "yes": 1, "0": 0, "false": 0, "no": 0}


class BadValueError(ValueError):
    """A value that cannot be stored, with the reason for the person who has to correct it.

    `remedy` is a line of a mapping that would help, for sources that have mappings.
    """

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(reason)
        self.remedy = remedy

    def told(self, *, has_forms: bool) -> str:
        """Returns the reason, with the remedy for a source whose columns can be declared."""
        return f"{self} ({self.remedy})" if self.remedy and has_forms else str(self)


def trimmed(text: str) -> str:
    """Strips blanks at the edges, invisible ones too: they would make another key."""
    return text.strip(_BLANKS) if text and not (text[0] in _VISIBLE and text[-1] in _VISIBLE) else text


def cell_text(cell: Cell) -> str | None:
    """Returns a cell as text, or None if empty. Never rounds: raises BadValueError if there is no exact text."""
    if type(cell) is str:  # nearly all are
        return cell if trimmed(cell) else None
    match cell:
        case None:
            return None
        case bool() | int():
            return str(int(cell))
        case Decimal():
            return f"{cell:f}"
        case date():
            return cell.isoformat()
        case list() | dict():
            return json.dumps(cell, default=_text_of, ensure_ascii=False)
        case _:
            raise BadValueError(f"{type(cell).__name__}, not a text or an exact number: use CAST(... AS VARCHAR)")


def _text_of(value: Any) -> str:
    """Converts a part of a nested value: amounts are texts in JSON."""
    text = cell_text(value)
    return text or ""


def parser(field: Field) -> Parser:
    """Returns the function that parses texts of this field; that function raises BadValueError."""
    if field.kind is Kind.DECIMAL:
        return _decimal_of(field.scale)
    if field.choices:
        return _choice_of(field.choices)
    if field.kind is Kind.JSON:
        return _json_of(field)
    return _PARSERS[field.kind]


def plain_text(text: str) -> str:
    """Returns the text if it is within the limits of text fields and keys. Raises BadValueError otherwise."""
    if "\0" in text:
        raise BadValueError("a NUL character")
    if len(text) > MAX_TEXT_CHARACTERS:
        raise BadValueError(f"{len(text)} characters; {MAX_TEXT_CHARACTERS} are allowed")
    return text


def _choice_of(choices: tuple[str, ...]) -> Parser:
    def choice(text: str) -> str:
        if text not in choices:
            raise BadValueError(f"{shown(text)} is not one of {', '.join(choices)}")
        return text

    return choice


def _integer(text: str) -> int:
    if not _INTEGER.fullmatch(text):
        raise BadValueError(f"{shown(text)} is not a whole number")
    return _in_range(int(text)) if len(text) <= _MOST_DIGITS + 1 else _too_large(text)


def _decimal_of(scale: int) -> Parser:
    def decimal(text: str) -> int:
        found = _DECIMAL.fullmatch(text)
        if found is None or not (found[2] or found[3]):
            remedy = "declare its column in numbers of [files], with its decimal" if _COMMA.fullmatch(text) else ""
            raise BadValueError(f"{shown(text)} is not a number like 1234.50", remedy)
        fraction = (found[3] or "").rstrip("0")
        if len(fraction) > scale:
            raise BadValueError(f"{shown(text)} has {len(fraction)} decimals; {scale} are allowed")
        whole = found[2].lstrip("0")
        if len(whole) > _MOST_DIGITS:
            return _too_large(text)
        scaled = int((whole + fraction.ljust(scale, "0")) or "0")
        return _in_range(-scaled if found[1] == "-" else scaled)

    return decimal


def _in_range(number: int) -> int:
    if not -_INT64 <= number < _INT64:
        raise BadValueError("too large a number")
    return number


def _too_large(text: str) -> NoReturn:
    raise BadValueError(f"{shown(text)} is too large a number")


def _boolean(text: str) -> int:
    found = _BOOLEANS.get(text.lower())
    if found is None:
        raise BadValueError(f"{shown(text)} is not one of 0, 1, false, true, no, yes")
    return found


def _date(text: str) -> str:
    try:
        return date.fromisoformat(text if _DATE.fullmatch(text) else "").isoformat()
    except ValueError:
        form = date_form_of([text])
        remedy = f'declare its column in dates of [files]: "{form}"' if form else ""
        raise BadValueError(f"{shown(text)} is not a date like 2026-03-31", remedy) from None


def _timestamp(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadValueError(f"{shown(text)} is not a time like 2026-03-31T14:30:00Z") from None
    if moment.tzinfo is None:
        raise BadValueError(f"{shown(text)} has no time zone (add Z or +02:00)")
    if moment.year not in YEARS:
        raise BadValueError(f"{shown(text)} is not in the years {YEARS[0]} to {YEARS[-1]} (leave it empty for no time)")
    utc = moment.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    return f"{utc.isoformat()}Z"


def _json_of(field: Field) -> Parser:
    """Parses JSON of the shape that the field declares. Numbers with decimals stay text."""

    def nested(text: str) -> str:
        try:
            value = _nested(json.loads(text, parse_float=str, parse_constant=_no_constant))
            written = canonical_json(value)
        except BadValueError:
            raise
        except (ValueError, RecursionError, msgspec.MsgspecError) as error:
            raise BadValueError(f"not JSON: {error}") from None
        if len(written) > MAX_NESTED_CHARACTERS:
            raise BadValueError(f"{len(written)} characters; {MAX_NESTED_CHARACTERS} are allowed")
        if summary := faults_summary(field, value):
            raise BadValueError(summary)
        return written

    return nested


def _no_constant(name: str) -> NoReturn:
    raise BadValueError(f"JSON does not know {name}")


def _nested(value: Any) -> Any:
    if not isinstance(value, list | dict):
        raise BadValueError("JSON, but neither a list nor a mapping")
    return _clean(value)


def _clean(value: Any) -> Any:
    """Strips all texts of the value. Raises BadValueError if a text or a number is too large."""
    match value:
        case str():
            return plain_text(trimmed(value))
        case int():
            return _in_range(value)
        case list():
            return [_clean(part) for part in value]
        case dict():
            return {plain_text(trimmed(name)): _clean(part) for name, part in value.items()}
    return value


def shown(text: str) -> str:
    """Returns the text in quotation marks, shortened for a report."""
    return f'"{text[:40]}{"…" if len(text) > 40 else ""}"'


_PARSERS: dict[Kind, Parser] = {
    Kind.TEXT: plain_text,
    Kind.REFERENCE: plain_text,
    Kind.INTEGER: _integer,
    Kind.BOOLEAN: _boolean,
    Kind.DATE: _date,
    Kind.TIMESTAMP: _timestamp,
}
