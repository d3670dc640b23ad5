"""Forms of the texts that travel: their length and characters.

No control characters, and none that change the direction of what follows, which could disguise a text in a list, a
log or a terminal. The gateway refuses such texts, and the tablet cleans what was typed (`cleaned`).
"""

import re
from datetime import UTC, datetime
from functools import cache
from typing import Annotated, Any, Final, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from salesapp import clock

_TURNING: Final = "\u202b\u202d\u202e\u2066-\u2069"
"""Marks that reverse the direction of text until closed; without those that Windows puts around phone numbers."""
_UNSEEN: Final = rf"\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029{_TURNING}"
LONGEST_NAME: Final = 200
LONGEST_LINE: Final = 4_000
LONGEST_TEXT: Final = 10_000
_ONE_LINE: Final = rf"\A[^\t\n{_UNSEEN}]*\Z"
_LINES: Final = rf"\A[^{_UNSEEN}]*\Z"

Name = Annotated[str, msgspec.Meta(max_length=LONGEST_NAME, pattern=_ONE_LINE)]
"""A short value: a number, a code, an id, a date, an amount."""
Key = Annotated[str, msgspec.Meta(max_length=LONGEST_NAME)]
"""A key to look something up, which checks it."""
Line = Annotated[str, msgspec.Meta(max_length=LONGEST_LINE, pattern=_ONE_LINE)]
"""Words in one line, including texts from the catalogue."""
Text = Annotated[str, msgspec.Meta(max_length=LONGEST_TEXT, pattern=_LINES)]
"""Text that somebody wrote, with line breaks."""
Moment = Annotated[str, msgspec.Meta(pattern=r"\A[0-9]{4}(-[0-9]{2}){2}T[0-9]{2}(:[0-9]{2}){2}Z\Z")]
"""A time in UTC, to the second: 2026-03-02T08:00:00Z."""

_BREAKS = re.compile(r"[\t\n\r\x0b\x0c\x85\u2028\u2029]+")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_NOT_SHOWN = re.compile(rf"[{_UNSEEN}]")
PayloadT = TypeVar("PayloadT")


def one_line(text: str, longest: int = LONGEST_LINE) -> str:
    """Returns the text in one line, without invisible characters, cut to a length."""
    return _NOT_SHOWN.sub("", _BREAKS.sub(" ", text))[:longest]


def in_lines(text: str, longest: int = LONGEST_TEXT) -> str:
    """Returns the text with its line breaks, without invisible characters, cut to a length."""
    return _NOT_SHOWN.sub("", _LINE_ENDS.sub("\n", text))[:longest]


def is_name(text: str) -> bool:
    """Whether a text has the form of a `Name`."""
    return len(text) <= LONGEST_NAME and re.match(_ONE_LINE, text) is not None


def is_plain(value: Any) -> bool:
    """Whether every text in a free value, such as answers of a questionnaire, is a `Text`."""
    if isinstance(value, dict):
        return all(is_plain(key) and is_plain(entry) for key, entry in value.items())
    if isinstance(value, list):
        return all(map(is_plain, value))
    return not isinstance(value, str) or (len(value) <= LONGEST_TEXT and not _NOT_SHOWN.search(value))


def cleaned(payload: PayloadT) -> PayloadT:
    """Returns the payload with every text in its form, without invisible characters that were typed or pasted.

    A payload of an older version, a dictionary, stays as it is.
    """
    if not isinstance(payload, msgspec.Struct):
        return payload
    changes = {
        name: clean
        for name, form in _forms(type(payload)).items()
        if (clean := _clean(value := getattr(payload, name), form)) != value
    }
    return msgspec.structs.replace(payload, **changes) if changes else payload


def _clean(value: Any, form: msgspec.Meta | None) -> Any:
    if isinstance(value, str):
        if form is None:
            return in_lines(value)
        make = one_line if form.pattern == _ONE_LINE else in_lines
        return make(value, form.max_length or LONGEST_LINE)
    if isinstance(value, msgspec.Struct):
        return cleaned(value)
    if isinstance(value, list):
        return [_clean(entry, form) for entry in value]
    if isinstance(value, dict):
        return {in_lines(key): _clean(entry, form) for key, entry in value.items()}
    return value


def flattened(value: Any) -> Any:
    """Returns a JSON value with every text in one line."""
    if isinstance(value, dict):
        return {key: flattened(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return list(map(flattened, value))
    return one_line(value) if isinstance(value, str) else value


def moment_of(text: str) -> datetime | None:
    """Reads a `Moment`; None for an impossible date or time."""
    try:
        return datetime.strptime(text, clock.TIMESTAMP_FORM).replace(tzinfo=UTC)
    except ValueError:
        return None


@cache
def _forms(kind: type[msgspec.Struct]) -> dict[str, msgspec.Meta | None]:
    """Returns the form of each text field, or of the entries of a list of texts; None without a declared form."""
    hints = get_type_hints(kind, include_extras=True)
    return {name: _form(hints[name]) for name in kind.__struct_fields__}


def _form(hint: Any) -> msgspec.Meta | None:
    if get_origin(hint) is Annotated:
        return next((note for note in hint.__metadata__ if isinstance(note, msgspec.Meta)), None)
    return next((form for part in get_args(hint) if (form := _form(part)) is not None), None)
