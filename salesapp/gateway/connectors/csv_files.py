"""Reading CSV files strictly: UTF-8 with or without a byte order mark, RFC 4180, comma. Nothing is guessed."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from salesapp.errors import UsageError
from salesapp.gateway.connectors.csv_problems import ProblemList
from salesapp.gateway.connectors.csv_values import Cell

Record = tuple[int, Sequence[Cell]]
"""A line number (or the number of a result row) and the cells."""


@dataclass(frozen=True)
class Sheet:
    """A header and records: a CSV file, or the result of a SELECT. `header_line` is 0 when there is no line."""

    file: str
    header: tuple[str, ...]
    header_line: int
    records: Iterator[Record]


def read_sheet(path: Path, problems: ProblemList) -> Sheet | None:
    """The sheet of a file; None when its header is bad. Bad records are reported and left out.

    Raises UsageError when the file cannot be read at all.
    """
    found = _checked_records(path, problems)
    try:
        line, cells = next(found, (0, []))
    except OSError as error:
        raise UsageError(f"{path.name} cannot be read ({error.strerror})") from error
    header = tuple(str(cell).strip() for cell in cells)
    if not check_header(path.name, line, header, problems):
        return None
    return Sheet(path.name, header, line, _of_width(path.name, len(header), found, problems))


def check_header(file: str, line: int, header: tuple[str, ...], problems: ProblemList) -> bool:
    """Reports a missing header, and columns without a name or with one that another has."""
    if not header:
        problems.add_to_file(file, max(line, 1), "", "no header")
        return False
    bad = [name for index, name in enumerate(header) if not name or name in header[:index]]
    for name in bad:
        problems.add_to_file(file, line, name, "this column comes twice" if name else "a column without a name")
    return not bad


def _checked_records(path: Path, problems: ProblemList) -> Iterator[Record]:
    """Records whose text is whole; lines are counted as an editor shows them, a record at its first one."""
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        reader = csv.reader(file, strict=True)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                problems.add(path.name, line, "", f"not CSV: {error}")
                continue
            bad = next((index for index, cell in enumerate(cells) if not _is_unicode(cell)), None)
            if bad is not None:
                problems.add(path.name, line, f"number {bad + 1}", "not UTF-8")
            elif cells:  # an empty line is none
                yield line, cells


def _is_unicode(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _of_width(file: str, width: int, records: Iterator[Record], problems: ProblemList) -> Iterator[Record]:
    for line, cells in records:
        if len(cells) == width:
            yield line, cells
        else:
            problems.add(file, line, "", f"{len(cells)} cells; the header has {width}")
