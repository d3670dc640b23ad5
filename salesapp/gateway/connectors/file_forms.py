"""The form of export files as a mapping's `[files.NAME]` declares it: nothing is guessed, every key is checked."""

import codecs
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from salesapp.errors import UsageError

LAST_LINE = "last line"
_TIME_PARTS = re.compile(r"%[HIMSfpTXcRz]")
_SAMPLE_MOMENT = datetime(2026, 3, 31, 14, 25, 36)  # only a sample to format, not a moment
_SAMPLE_DAY = _SAMPLE_MOMENT.replace(hour=0, minute=0, second=0)
_DATE_FORMS = ("%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y", "%Y.%m.%d", "%Y/%m/%d", "%m/%d/%Y", "%Y%m%d", "%d.%m.%y")
TEXT_ONLY = ("encoding", "delimiter")
"""Keys that do not apply to workbooks."""


@dataclass(frozen=True, slots=True)
class FileForm:
    """The form of one file; the defaults fit files with the catalogue's columns."""

    encoding: str = "utf-8"
    delimiter: str = ","
    header: bool = True
    columns: tuple[str, ...] = ()
    decimal: str = "."
    thousands: str = ""
    null: tuple[str, ...] = ("",)
    numbers: tuple[str, ...] = ()
    dates: Mapping[str, str] = field(default_factory=dict)
    done: str = ""
    rows: str = ""
    sheet: str = ""
    label: str = ""
    """`[files.NAME]` and the mapping's name, for messages; empty when nothing is declared."""
    declared: frozenset[str] = frozenset()
    """The keys that the mapping gives."""

    @property
    def is_utf8(self) -> bool:
        return codecs.lookup(self.encoding).name in {"utf-8", "utf-8-sig"}


KEYS = tuple(entry.name for entry in fields(FileForm) if entry.name not in {"label", "declared"})


def has_time(form: str) -> bool:
    """Whether a date format includes an hour, a minute or a zone."""
    return bool(_TIME_PARTS.search(form))


def date_form_of(texts: Iterable[str]) -> str:
    """Returns the common date format of all texts; "" if they have none, or there are no texts."""
    filled = [text for text in texts if text]
    for form in _DATE_FORMS if filled else ():
        if all(_is_date(text, form) for text in filled):
            return form
    return ""


def _is_date(text: str, form: str) -> bool:
    try:
        return 1900 <= datetime.strptime(text, form).year < 2200
    except ValueError:
        return False


def read_forms(mapping: str, content: Any) -> dict[str, FileForm]:
    """Reads the section `files`: forms by file names as written. Raises UsageError saying what to correct."""
    if not isinstance(content, dict):
        raise UsageError(f"the mapping {mapping}: files must be tables, like [files.items]")
    forms: dict[str, FileForm] = {}
    for name, values in content.items():
        label = f"{mapping} [files.{name}]"
        if not isinstance(values, dict):
            raise UsageError(f"{label}: must be a table of its own, with keys like delimiter")
        if any(name.casefold() == other.casefold() for other in forms):
            raise UsageError(f"{label}: capitals do not count in names of files, and this one comes twice")
        forms[name] = _form(label, values)
    return forms


def _form(label: str, values: dict[str, object]) -> FileForm:
    unknown = sorted(values.keys() - set(KEYS))
    if unknown:
        raise UsageError(f"{label}: nobody knows the key {', '.join(unknown)}; known are {', '.join(KEYS)}")
    checked = {name: _CHECKS[name](f"{label}: {name}", value) for name, value in values.items()}
    form = FileForm(label=label, declared=frozenset(values), **checked)
    _check_together(form)
    return form


def _check_together(form: FileForm) -> None:
    """Raises UsageError for keys that exclude each other."""
    if not form.header and not form.columns:
        raise UsageError(f'{form.label}: header = false needs the names of the columns: columns = ["...", ...]')
    if form.thousands and form.thousands == form.decimal:
        raise UsageError(f'{form.label}: decimal and thousands are both "{form.decimal}"')
    for name in TEXT_ONLY:
        if form.sheet and name in form.declared:
            raise UsageError(f"{form.label}: sheet is for .xlsx and .ods, {name} for .csv: only one of them can be")
    both = [name for name in form.numbers if name in form.dates]
    if both:
        raise UsageError(f'{form.label}: "{both[0]}" is in numbers and in dates')
    for name in (*form.numbers, *form.dates):
        if form.columns and name not in form.columns:
            key = "dates" if name in form.dates else "numbers"
            raise UsageError(f'{form.label}: {key}: no column "{name}"; the columns are {", ".join(form.columns)}')


def _text(where: str, value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise UsageError(f"{where} must be a text, not {value!r}")
    return value


def _encoding(where: str, value: Any) -> str:
    name = _text(where, value)
    try:
        "a".encode(name)
    except (LookupError, UnicodeError):
        raise UsageError(
            f'{where}: nobody knows the encoding "{name}"; usual are utf-8, windows-1250, iso-8859-2, utf-16'
        ) from None
    return name


def _delimiter(where: str, value: Any) -> str:
    text = _text(where, value)
    if len(text) != 1 or text.isalnum() or text in '"\r\n':
        raise UsageError(f'{where} must be one character like ";", "," or "\\t", not {value!r}')
    return text


def _yes_no(where: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise UsageError(f"{where} must be true or false, not {value!r}")
    return value


def _names(where: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(name, str) and name.strip() for name in value):
        raise UsageError(f'{where} must be a list of names of columns, like ["code", "name"], not {value!r}')
    names = [name.strip() for name in value]
    twice = next((name for index, name in enumerate(names) if _folded(name) in map(_folded, names[:index])), None)
    if twice is not None:
        raise UsageError(f'{where}: "{twice}" comes twice (capitals do not count)')
    return tuple(names)


def _folded(name: str) -> str:
    return name.casefold()


def _columns(where: str, value: Any) -> tuple[str, ...]:
    names = _names(where, value)
    if not names:
        raise UsageError(f"{where} must name at least one column")
    return names


def _decimal(where: str, value: Any) -> str:
    if value not in {".", ","}:
        raise UsageError(f'{where} must be "," or ".", not {value!r}')
    return str(value)


def _thousands(where: str, value: Any) -> str:
    if not isinstance(value, str) or len(value) > 1 or value.isalnum() or value in {"+", "-"}:
        raise UsageError(f'{where} must be one character like " ", "." or "\'", not {value!r}')
    return value


def _null(where: str, value: Any) -> tuple[str, ...]:
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise UsageError(f'{where} must be a list of texts like ["", "NULL"], not {value!r}')
    return tuple(text.strip() for text in texts)


def _dates(where: str, value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise UsageError(f'{where} must name columns with their form, like {{ "Data" = "%d.%m.%Y" }}, not {value!r}')
    for name, form in value.items():
        if not isinstance(form, str) or not _is_form(form):
            raise UsageError(f'{where}: {form!r} of "{name}" is not a form of dates like "%d.%m.%Y"')
    return {name.strip(): form for name, form in value.items()}


def _is_form(form: str) -> bool:
    try:
        again = datetime.strptime(_SAMPLE_MOMENT.strftime(form), form)
    except (ValueError, re.error):
        return False
    return again.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None) == _SAMPLE_DAY


def _done(where: str, value: Any) -> str:
    name = _text(where, value)
    if "/" in name or "\\" in name or name in {".", ".."}:
        raise UsageError(f"{where} must be the name of a file in the same folder, not {value!r}")
    return name


def _rows(where: str, value: Any) -> str:
    if value != LAST_LINE:
        raise UsageError(f'{where} can only be "{LAST_LINE}", not {value!r}')
    return LAST_LINE


_CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "encoding": _encoding,
    "delimiter": _delimiter,
    "header": _yes_no,
    "columns": _columns,
    "decimal": _decimal,
    "thousands": _thousands,
    "null": _null,
    "numbers": _names,
    "dates": _dates,
    "done": _done,
    "rows": _rows,
    "sheet": _text,
}
