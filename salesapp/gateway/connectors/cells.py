"""Converts cells of export files from their declared form to the one that the gateway reads.

A number becomes a text like -1234.56 (exact, however long), a date a text like 2026-03-31. Nothing is guessed: a cell
that is not in the declared form makes its row bad.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache

from salesapp.clock import YEARS
from salesapp.gateway.connectors.file_forms import FileForm, has_time
from salesapp.gateway.connectors.values import BadValueError, shown, trimmed

RawCell = str | int | float | bool | date | datetime | time | timedelta | None
"""A cell as read: a text file gives texts, a workbook any of these types."""

CellReader = Callable[[RawCell], str | None]

MOST_DIGITS = 38
"""The most digits of a number in a mapping: the limit of DuckDB's decimals."""
_EXACT_IN_EXCEL = 10**15
"""Excel keeps 15 digits of a number."""
_SPACES = " \u00a0\u202f\u2009\u2007"
_APOSTROPHES = "'\u2019"
_MINUS = "\u2212-"  # the hyphen comes last, or the set would have a range


def cell_reader(form: FileForm, column: str) -> CellReader:
    """Returns the function that reads cells of a column; that function raises BadValueError."""
    nulls = frozenset(form.null)
    if column in form.numbers:
        return _reader(nulls, number_reader(form))
    if column in form.dates:
        return _reader(nulls, _date_reader(form.dates[column]))
    return _reader(nulls, plain, keeps_edges=True)


def _reader(nulls: frozenset[str], read: Callable[[RawCell], str], *, keeps_edges: bool = False) -> CellReader:
    def cell(raw: RawCell) -> str | None:
        value = trimmed(raw) if isinstance(raw, str) else raw
        if value is None or value in nulls:
            return None
        return read(raw if keeps_edges and value else value)

    return cell


def plain(raw: RawCell) -> str:
    """A cell without a declared form: texts unchanged, values of a workbook as a person would write them."""
    match raw:
        case str():
            return raw
        case bool():
            return str(int(raw))
        case int() | float():
            return _workbook_number(raw)
        case datetime():
            return raw.date().isoformat() if raw.time() == time() else raw.isoformat(timespec="seconds")
        case date():
            return raw.isoformat()
        case _:
            raise BadValueError(f"{raw} is a time without a day: write it as a text")


def _workbook_number(number: float) -> str:
    """The number with the 15 digits that Excel keeps and shows."""
    if abs(number) >= _EXACT_IN_EXCEL:
        raise BadValueError(
            f"{number:.0f} has more than the 15 digits that Excel keeps: make the column text, enter it again"
        )
    return f"{Decimal(format(number, '.15g')):f}"


def number_reader(form: FileForm) -> Callable[[RawCell], str]:
    """Returns the function that reads numbers of the form; that function raises BadValueError naming the form."""
    pattern = number_pattern(form.decimal, form.thousands)
    example = f"1{form.thousands}234{form.decimal}56"

    def number(raw: RawCell) -> str:
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            return _workbook_number(raw)
        if not isinstance(raw, str):
            raise BadValueError(f"{raw} is not a number")
        found = pattern.fullmatch(raw)
        if found is None or not (found["whole"] or found["fraction"]):
            raise BadValueError(f"{shown(raw)} is not a number like {example}{_hint(raw, form)}")
        whole = re.sub("[^0-9]", "", found["whole"]).lstrip("0")
        fraction = found["fraction"] or ""
        if len(whole) + len(fraction) > MOST_DIGITS:
            raise BadValueError(f"{shown(raw)} has more than {MOST_DIGITS} digits")
        sign = "-" if found["sign"] and found["sign"] in _MINUS else ""
        return f"{sign}{whole or '0'}{'.' if fraction else ''}{fraction}"

    return number


@lru_cache
def number_pattern(decimal: str, thousands: str) -> re.Pattern[str]:
    """Matches numbers with no groups, or groups of three with one separator throughout."""
    kinds = next((kind for kind in (_SPACES, _APOSTROPHES) if thousands and thousands in kind), thousands)
    grouped = f"[0-9]{{1,3}}(?P<gap>[{re.escape(kinds)}])[0-9]{{3}}(?:(?P=gap)[0-9]{{3}})*|" if kinds else ""
    return re.compile(rf"(?P<sign>[+{_MINUS}]?)(?P<whole>{grouped}[0-9]*)(?:{re.escape(decimal)}(?P<fraction>[0-9]*))?")


def _hint(text: str, form: FileForm) -> str:
    """Returns what to declare if the text is a number in another common form, else ""."""
    for decimal, thousands in ((",", ""), (".", ""), (",", " "), (".", " "), (",", "."), (".", ",")):
        found = number_pattern(decimal, thousands).fullmatch(text)
        if found and (found["whole"] or found["fraction"]):
            wanted = [f'decimal = "{decimal}"'] if decimal != form.decimal else []
            wanted += [f'thousands = "{thousands}"'] if thousands and thousands != form.thousands else []
            return f" (if the file writes all numbers so, declare {' and '.join(wanted)})" if wanted else ""
    return ""


def _date_reader(form: str) -> Callable[[RawCell], str]:
    with_time = has_time(form)

    @lru_cache(maxsize=10_000)
    def parsed(text: str) -> str:
        try:
            moment = datetime.strptime(text, form)
        except ValueError:
            raise BadValueError(f'{shown(text)} is not a date in the form "{form}"') from None
        if not with_time:
            return moment.date().isoformat()
        if moment.tzinfo is not None and moment.year in YEARS:  # others are refused as they are
            moment = moment.astimezone(UTC).replace(tzinfo=None)
        return moment.isoformat(timespec="seconds")

    def read(raw: RawCell) -> str:
        if isinstance(raw, date):
            return plain(raw) if with_time or not isinstance(raw, datetime) else _day(raw)
        if isinstance(raw, str):
            return parsed(raw)
        raise BadValueError(f"{raw} is not a date")

    return read


def _day(moment: datetime) -> str:
    if moment.time() != time():
        raise BadValueError(f"{moment} is a time; the form has no hour")
    return moment.date().isoformat()
