"""Excel (.xlsx) and OpenDocument (.ods) workbooks: the cells of one sheet, and cells that differ from what they show.

The value of a cell that shows an error or a percentage differs from what a person sees. The library reports neither, so
both are read from the file's XML.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO
from xml.etree import ElementTree as ET

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from salesapp.gateway.connectors.cells import RawCell

MOST_UNPACKED_BYTES = 1 << 30
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALCEXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_PERCENT_FORMATS = {"9", "10"}
_MERGED = "merged cells: only the first of them has the value; take them apart and fill each"
_PLACE = re.compile(r"([A-Z]+)([0-9]+)")


class BadWorkbookError(ValueError):
    """The file cannot be read; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class OddCell:
    """A cell whose value differs from what it shows."""

    line: int
    place: int
    reason: str
    is_percent: bool = False


def open_workbook(handle: BinaryIO) -> CalamineWorkbook:
    """Raises BadWorkbookError for a file that is not a workbook, has a password, or unpacks to too much."""
    try:
        with zipfile.ZipFile(handle) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED_BYTES:
                raise BadWorkbookError(f"it unpacks to more than {MOST_UNPACKED_BYTES} bytes: export it as .csv")
        handle.seek(0)
        return CalamineWorkbook.from_filelike(handle)
    except (zipfile.BadZipFile, CalamineError, OSError, EOFError) as error:
        raise BadWorkbookError(
            f"not a workbook, or cut short, or locked ({error}): save it again as .xlsx without a password"
        ) from error


def visible_sheets(workbook: CalamineWorkbook) -> list[str]:
    """Returns the names of the visible sheets."""
    return [entry.name for entry in workbook.sheets_metadata if entry.visible == SheetVisibleEnum.Visible]


def sheet_named(workbook: CalamineWorkbook, wanted: str, table: str) -> CalamineSheet:
    """Returns the sheet of a table: the wanted one, the only visible one, or the one with its name."""
    visible = visible_sheets(workbook)
    if wanted:
        if wanted not in workbook.sheet_names:
            raise BadWorkbookError(f'no sheet "{wanted}"; the sheets are {", ".join(workbook.sheet_names)}')
        return workbook.get_sheet_by_name(wanted)
    alike = [name for name in visible if name.casefold() == table.casefold()]
    if len(visible) != 1 and len(alike) != 1:
        raise BadWorkbookError(
            f"it has {len(visible)} visible sheets ({', '.join(visible)}): say which one in a mapping:\n"
            f'[files.{table}]\nsheet = "{visible[0] if visible else "..."}"'
        )
    return workbook.get_sheet_by_name((alike or visible)[0])


def sheet_rows(sheet: CalamineSheet) -> Iterator[tuple[int, list[RawCell]]]:
    """Yields row numbers, as Excel shows them, and cells."""
    rows: list[list[RawCell]] = sheet.to_python(skip_empty_area=False)  # type: ignore[assignment]
    yield from enumerate(rows, 1)


def odd_cells(handle: BinaryIO, sheet: CalamineSheet) -> list[OddCell]:
    """Returns cells with errors like #N/A, percentages (stored as hundredths), and merged cells."""
    merged = [OddCell(start[0] + 1, start[1], _MERGED) for start, _end in sheet.merged_cell_ranges or []]
    handle.seek(0)
    try:
        with zipfile.ZipFile(handle) as packed:
            is_ods = "content.xml" in packed.namelist()
            return merged + list(_odd_in_ods(packed, sheet.name) if is_ods else _odd_in_xlsx(packed, sheet.name))
    except (KeyError, ET.ParseError, zipfile.BadZipFile) as error:
        raise BadWorkbookError(f"its parts are not as they should be ({error}): save it again as .xlsx") from error


def _odd_in_xlsx(packed: zipfile.ZipFile, sheet: str) -> Iterator[OddCell]:
    percents = _percent_styles(packed)
    with packed.open(_sheet_part(packed, sheet)) as content:
        for _event, cell in ET.iterparse(content):  # expat bounds entities
            if _local(cell) == "row":
                cell.clear()
            if _local(cell) != "c":
                continue
            found = _PLACE.fullmatch(cell.get("r", ""))
            line, place = (int(found[2]), _column(found[1])) if found else (0, 0)
            value = next((part.text or "" for part in cell if _local(part) == "v"), "")
            if cell.get("t") == "e":
                yield OddCell(line, place, _error(value))
            elif cell.get("s") in percents and value and cell.get("t", "n") == "n":
                yield OddCell(line, place, _percent(value), is_percent=True)


def _percent_styles(packed: zipfile.ZipFile) -> set[str]:
    """Returns the indexes of cell formats that show a percentage."""
    if "xl/styles.xml" not in packed.namelist():
        return set()
    root = ET.fromstring(packed.read("xl/styles.xml"))
    own = {entry.get("numFmtId") for entry in root.iter() if "%" in entry.get("formatCode", "")}
    for formats in root:
        if _local(formats) == "cellXfs":
            ids = [entry.get("numFmtId") for entry in formats]
            return {str(number) for number, id_ in enumerate(ids) if id_ in own or id_ in _PERCENT_FORMATS}
    return set()


def _sheet_part(packed: zipfile.ZipFile, sheet: str) -> str:
    book = ET.fromstring(packed.read("xl/workbook.xml"))
    found = [entry for entry in book.iter() if _local(entry) == "sheet" and entry.get("name") == sheet]
    id_ = next((value for entry in found for name, value in entry.items() if name.endswith("}id")), "")
    relations = ET.fromstring(packed.read("xl/_rels/workbook.xml.rels"))
    target = next((entry.get("Target", "") for entry in relations if entry.get("Id") == id_), "")
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")


def _odd_in_ods(packed: zipfile.ZipFile, sheet: str) -> Iterator[OddCell]:
    with packed.open("content.xml") as content:
        for _event, table in ET.iterparse(content):
            if table.tag != f"{_TABLE}table" or table.get(f"{_TABLE}name") != sheet:
                continue
            line = 1
            for row in table.iter(f"{_TABLE}table-row"):
                yield from _odd_in_ods_row(row, line)
                line += int(row.get(f"{_TABLE}number-rows-repeated", "1"))


def _odd_in_ods_row(row: ET.Element, line: int) -> Iterator[OddCell]:
    place = 0
    for cell in row:
        if cell.get(f"{_CALCEXT}value-type") == "error":
            yield OddCell(line, place, _error("".join(cell.itertext())))
        elif cell.get(f"{_OFFICE}value-type") == "percentage":
            yield OddCell(line, place, _percent(cell.get(f"{_OFFICE}value", "")), is_percent=True)
        elif any(int(cell.get(f"{_TABLE}number-{way}-spanned", "1")) > 1 for way in ("rows", "columns")):
            yield OddCell(line, place, _MERGED)
        place += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))


def _error(value: str) -> str:
    return f"the cell shows the error {value}: mend its formula"


def _percent(value: str) -> str:
    return (
        f"the cell shows a percentage, its value is {value}: write the number that you mean, or declare its column in "
        f"numbers of a mapping that counts with {value}"
    )


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
