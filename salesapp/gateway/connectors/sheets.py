"""Reads export files strictly by their form: text files, and sheets of workbooks.

A fault of the file (its encoding, an unclosed quotation mark, a cut end) makes all its rows bad: none can be trusted. A
fault of a row concerns that row only.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import BinaryIO

from salesapp.domain.schema import Kind, SyncObject
from salesapp.errors import UsageError
from salesapp.gateway.connectors.cells import RawCell, cell_reader, plain
from salesapp.gateway.connectors.dialects import date_form_lines, number_form_lines
from salesapp.gateway.connectors.file_forms import FileForm
from salesapp.gateway.connectors.problems import ProblemList
from salesapp.gateway.connectors.source_files import SourceFile, SourceFiles
from salesapp.gateway.connectors.text_files import BadFileError, RawRecord, text_records
from salesapp.gateway.connectors.values import BadValueError, Cell, trimmed
from salesapp.gateway.connectors.workbooks import (
    BadWorkbookError,
    OddCell,
    odd_cells,
    open_workbook,
    sheet_named,
    sheet_rows,
)

Record = tuple[int, Sequence[Cell]]
"""A line number (or the number of a result row) and the cells."""

_COUNT = re.compile(r"[0-9]+")
_EMPTY = ("", None)
_MANY_COLUMNS = 4
_LOOKED_AT = 200
"""Records that are examined for numbers in another form than the declared one."""


@dataclass(frozen=True)
class Sheet:
    """A header and records: a file, or the result of a SELECT. `header_line` is 0 if there is none."""

    file: str
    header: tuple[str, ...]
    header_line: int
    records: Iterator[Record]
    form: FileForm = field(default_factory=FileForm)


def read_sheet(
    files: SourceFiles, source: SourceFile, problems: ProblemList, entry: SyncObject | None = None
) -> Sheet | None:
    """Returns the sheet of a file; None if the file is bad before its first record.

    Bad records are reported and left out; cells are read by their column's form. If the file is that of an object
    (`entry`), its decimals need not be named, and dates in another form are reported once. Raises UsageError when the
    file cannot be read at all, or changes meanwhile.
    """
    counted = frozenset(source.form.numbers) if entry is None else frozenset()
    found = _raw_records(files, source, problems, counted)
    try:
        line, names = _header(source.form, found)
    except BadFileError as bad:
        problems.add_to_file(source.name, bad.line, bad.column, bad.reason)
        return None
    header = _without_empty_end(names)
    if not check_header(source.name, line, header, problems):
        return None
    _check_names(source, header)
    kinds = {field.name: field.kind for field in entry.fields} if entry else {}
    source = _with_decimals(source, header, {name for name, kind in kinds.items() if kind is Kind.DECIMAL})
    rows = _Rows(source, header, found, problems, line, kinds=kinds, has_nameless=len(names) > len(header))
    return Sheet(source.name, header, line, rows.records(), source.form)


def check_header(file: str, line: int, header: tuple[str, ...], problems: ProblemList) -> bool:
    """Reports a missing header, and columns without a name or with a duplicate one (ignoring case)."""
    if not header:
        problems.add_to_file(file, max(line, 1), "", "no header: an export without rows still has its header")
        return False
    folded = [name.casefold() for name in header]
    bad = [name for index, name in enumerate(header) if not name or folded[index] in folded[:index]]
    for name in bad:
        problems.add_to_file(file, line, name, "this column comes twice" if name else "a column without a name")
    return not bad


def _header(form: FileForm, found: Iterator[RawRecord]) -> tuple[int, tuple[str, ...]]:
    """Returns the line number and the names, from the first line or as declared. Raises BadFileError."""
    if not form.header:
        return 0, form.columns
    first = next(found, RawRecord(0, [], 0))
    names = tuple(trimmed(cell if isinstance(cell, str) else plain(cell)) if cell else "" for cell in first.cells)
    if form.columns and _without_empty_end(names) != form.columns:
        raise BadFileError(
            first.line, f"the header is {', '.join(names)}; {form.label} says columns = {', '.join(form.columns)}"
        )
    return first.line, names


def _without_empty_end(names: tuple[str, ...]) -> tuple[str, ...]:
    end = len(names)
    while end and not names[end - 1]:
        end -= 1
    return names[:end]


def _check_names(source: SourceFile, header: tuple[str, ...]) -> None:
    form = source.form
    for key, names in (("numbers", form.numbers), ("dates", tuple(form.dates))):
        for name in names:
            if name not in header:
                raise UsageError(
                    f'{form.label}: {key}: {source.name} has no column "{name}"; it has {", ".join(header)}'
                )


def _with_decimals(source: SourceFile, header: tuple[str, ...], decimals: set[str]) -> SourceFile:
    """Adds the columns of decimals to the form's numbers."""
    form = source.form
    found = tuple(name for name in header if name in decimals and name not in form.numbers)
    if not found or not form.declared & {"decimal", "thousands"}:
        return source
    return replace(source, form=replace(form, numbers=(*form.numbers, *found)))


class _Rows:
    """The records of one file below its header."""

    def __init__(
        self,
        source: SourceFile,
        header: tuple[str, ...],
        found: Iterator[RawRecord],
        problems: ProblemList,
        header_line: int,
        *,
        kinds: dict[str, Kind],
        has_nameless: bool,
    ) -> None:
        self._source, self._header, self._found, self._problems = source, header, found, problems
        self._readers = [cell_reader(source.form, name) for name in header]
        form = source.form
        self._as_they_are = not source.is_workbook and form.null == ("",) and not form.numbers and not form.dates
        self._header_line = header_line
        self._forms = {name: number_form_lines for name, kind in kinds.items() if kind is Kind.DECIMAL}
        self._forms |= {name: date_form_lines for name, kind in kinds.items() if kind is Kind.DATE}
        self._forms |= dict.fromkeys(source.form.numbers, number_form_lines)
        self._has_nameless = has_nameless

    def records(self) -> Iterator[Record]:
        """Yields the good records; reports a fault of the file where it is found."""
        count = 0
        try:
            found = iter(self._counted() if self._source.form.rows else self._found)
            first = list(islice(found, _LOOKED_AT))
            self._check_forms(first)
            for raw in chain(first, found):
                count += 1
                record = self._record(raw)
                if record is not None:
                    yield raw.line, record
        except BadFileError as bad:
            self._problems.add_to_file(self._source.name, bad.line, self._column(bad.column), bad.reason)
        else:
            if self._has_nameless and not count:  # a header alone deletes all rows: it must be exact
                self._problems.add_to_file(self._source.name, self._header_line, "", "a column without a name")

    def _check_forms(self, records: list[RawRecord]) -> None:
        """Raises BadFileError if all numbers or dates of a column are written in another form."""
        for place, name in enumerate(self._header):
            lines_for = self._forms.get(name)
            if lines_for is None or name in self._source.form.dates:
                continue
            texts = [
                (raw.line, trimmed(cell))
                for raw in records
                if len(raw.cells) > place and isinstance(cell := raw.cells[place], str)
            ]
            lines = lines_for(self._source.path.stem, name, [text for _, text in texts], self._source.form)
            if lines:
                what = "a number" if lines_for is number_form_lines else "a date"
                filled = [(line, text) for line, text in texts if text]
                line, text = next((one for one in filled if not one[1].isdigit()), filled[0])
                raise BadFileError(line, f'"{text}" is not {what} {lines}', name)

    def _column(self, told: str) -> str:
        """Returns the name of a column that an error names by its place."""
        place = int(told[1:]) if told.startswith("#") else len(self._header)
        return self._header[place] if place < len(self._header) else told.replace("#", "number ")

    def _counted(self) -> Iterable[RawRecord]:
        """Yields all records but the last line, which holds their count. Raises BadFileError if the count differs."""
        form, count = self._source.form, 0
        last = next(self._found, None)
        for following in self._found:
            if last is not None:
                yield last
            count, last = count + 1, following
        text = "" if last is None else " ".join(str(cell) for cell in last.cells if cell is not None)
        line, told = (last.line if last else self._header_line), _count(text, form.thousands)
        if told is None:
            raise BadFileError(
                line, f'{form.label} says rows = "last line", but the last line has no count of rows: "{text[:60]}"'
            )
        if told != count:
            raise BadFileError(
                line,
                f"the last line says {told} rows, the file has {count}: the export is cut short, or this is no last "
                f"line. Nothing of it was taken; export it again",
            )

    def _record(self, raw: RawRecord) -> list[Cell] | None:
        """Reads the cells; reports a bad row and returns None. Raises BadFileError."""
        width, cells = len(self._header), raw.cells
        while len(cells) > width and cells[-1] in _EMPTY:
            cells.pop()
        if len(cells) != width:
            self._report_width(raw, width)
            return None
        if raw.last_line > raw.line and _swallows(cells, self._source.form.delimiter):
            raise BadFileError(raw.line, _swallowed(raw))
        if self._as_they_are:
            return cells
        record: list[Cell] = []
        for column, read, cell in zip(self._header, self._readers, cells, strict=True):
            try:
                record.append(read(cell))
            except BadValueError as bad:
                self._problems.add(self._source.name, raw.line, column, str(bad))
        return record if len(record) == width else None

    def _report_width(self, raw: RawRecord, width: int) -> None:
        reason = f"{len(raw.cells)} cells; the header has {width}"
        if raw.last_line > raw.line:
            raise BadFileError(raw.line, f"{reason}: {_swallowed(raw)}")
        if raw.is_cut:
            raise BadFileError(raw.line, f"{reason}: the file ends within this row, it is cut short. Export it again")
        self._problems.add(self._source.name, raw.line, "", reason)


def _swallowed(raw: RawRecord) -> str:
    return f"a quotation mark that is not closed makes one row of lines {raw.line} to {raw.last_line}"


def _swallows(cells: Sequence[RawCell], delimiter: str) -> bool:
    """Whether an unclosed quotation mark has drawn following rows into a cell of several lines.

    Files of few columns are not judged: an ordinary text could look like that.
    """
    width = len(cells)
    for place, cell in enumerate(cells if width >= _MANY_COLUMNS else ()):
        counts = [line.count(delimiter) + 1 for line in str(cell).splitlines()]
        if len(counts) > 1 and counts == [width - place, *[width] * (len(counts) - 2), place + 1]:
            return True
    return False


def _count(text: str, thousands: str) -> int | None:
    """Returns the first whole number of a text; a declared blank between thousands matches any kind of blank."""
    if thousands:
        gaps = f"{re.escape(thousands)}\u00a0\u202f" if thousands.isspace() else re.escape(thousands)
        text = re.sub(rf"(?<=[0-9])[{gaps}](?=[0-9]{{3}}(?![0-9]))", "", text)
    found = _COUNT.search(text)
    return int(found[0]) if found else None


def _raw_records(
    files: SourceFiles, source: SourceFile, problems: ProblemList, counted: frozenset[str]
) -> Iterator[RawRecord]:
    """Yields the records unconverted, without empty ones. Raises BadFileError.

    `counted` are columns that a mapping calculates with: a percentage there is read as its value.
    """
    with files.open(source) as handle:
        if source.is_workbook:
            yield from _sheet_records(handle, source, problems, counted)
        else:
            yield from text_records(handle, source.path.stem, source.form)


def _sheet_records(
    handle: BinaryIO, source: SourceFile, problems: ProblemList, counted: frozenset[str]
) -> Iterator[RawRecord]:
    odd: dict[int, list[OddCell]] = {}
    try:
        with open_workbook(handle) as workbook:
            sheet = sheet_named(workbook, source.form.sheet, source.path.stem)
            rows = list(sheet_rows(sheet))
            for cell in odd_cells(handle, sheet):
                odd.setdefault(cell.line, []).append(cell)
    except BadWorkbookError as bad:
        raise BadFileError(0, str(bad)) from None
    rows = [(line, cells) for line, cells in rows if line in odd or any(cell not in _EMPTY for cell in cells)]
    width = max(
        (place for _line, cells in rows for place, cell in enumerate(cells, 1) if cell not in _EMPTY), default=0
    )
    names = source.form.columns or tuple(trimmed(str(cell)) for cell in rows[0][1]) if rows else ()
    for line, cells in rows:
        faults = [
            (names[cell.place] if cell.place < len(names) else f"number {cell.place + 1}", cell)
            for cell in odd.get(line, ())
        ]
        faults = [(name, cell) for name, cell in faults if not (cell.is_percent and name in counted)]
        for name, cell in faults:
            problems.add(source.name, line, name, cell.reason)
        if not faults:
            yield RawRecord(line, cells[:width], line)
