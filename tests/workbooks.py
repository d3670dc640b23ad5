"""Small Excel and OpenDocument files for tests, built by hand to allow odd cells."""

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from xml.sax.saxutils import escape

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_DATE_STYLE, _PERCENT_STYLE = 1, 2


@dataclass(frozen=True)
class Odd:
    """A cell as XML: `kind` is the attribute t, `style` the index of its format, `formula` the one of its value."""

    value: str
    kind: str = ""
    style: int = 0
    formula: str = ""


def percent(value: str) -> Odd:
    return Odd(value, style=_PERCENT_STYLE)


Cell = str | int | float | bool | date | Odd | None
Rows = Sequence[Sequence[Cell]]


def xlsx(sheets: Mapping[str, Rows], *, hidden: frozenset[str] = frozenset(), merged: str = "") -> bytes:
    """A workbook; `merged` is a range like A2:A3 of every sheet."""
    names = list(sheets)
    parts = {
        "[Content_Types].xml": _types(len(names)),
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        + "".join(
            f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"'
            + (' state="hidden"/>' if name in hidden else "/>")
            for number, name in enumerate(names, 1)
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">'
        + "".join(
            f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
            for number in range(1, len(names) + 1)
        )
        + f'<Relationship Id="rId{len(names) + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/>'
        '<xf numFmtId="10"/></cellXfs></styleSheet>',
    }
    for number, name in enumerate(names, 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = _sheet(sheets[name], merged)
    return _zipped({path: _HEAD + content for path, content in parts.items()})


def ods(sheets: Mapping[str, Rows]) -> bytes:
    """An OpenDocument workbook of texts, numbers and dates."""
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    tables = "".join(
        f'<table:table table:name="{escape(name)}">'
        + "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows in sheets.items()
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return _zipped({
        "mimetype": kind,
        "META-INF/manifest.xml": f"{_HEAD}<manifest:manifest"
        ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
        "content.xml": f"{_HEAD}<office:document-content {spaces}><office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>",
    })  # fmt: skip


def _types(sheets: int) -> str:
    base = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{base}.worksheet+xml"/>'
        for number in range(1, sheets + 1)
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{base}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{base}.styles+xml"/>{parts}</Types>'
    )


def _sheet(rows: Rows, merged: str) -> str:
    lines = "".join(
        f'<row r="{line}">'
        + "".join(_xlsx_cell(f"{chr(65 + place)}{line}", cell) for place, cell in enumerate(row))
        + "</row>"
        for line, row in enumerate(rows, 1)
    )
    merging = f'<mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData>{merging}</worksheet>'


def _xlsx_cell(place: str, cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
    odd = cell if isinstance(cell, Odd) else _as_odd(cell)
    kind = f' t="{odd.kind}"' if odd.kind else ""
    style = f' s="{odd.style}"' if odd.style else ""
    formula = f"<f>{escape(odd.formula)}</f>" if odd.formula else ""
    return f'<c r="{place}"{kind}{style}>{formula}<v>{escape(odd.value)}</v></c>'


def _as_odd(cell: bool | float | date) -> Odd:
    if isinstance(cell, bool):
        return Odd(str(int(cell)), "b")
    if isinstance(cell, date):
        return Odd(str((cell - date(1899, 12, 30)).days), style=_DATE_STYLE)
    return Odd(repr(cell))


def _ods_cell(cell: Cell) -> str:
    match cell:
        case None:
            return "<table:table-cell/>"
        case bool():
            value = f'office:value-type="boolean" office:boolean-value="{str(cell).lower()}"'
        case date():
            value = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
        case int() | float():
            value = f'office:value-type="float" office:value="{cell!r}"'
        case Odd():
            value = f'office:value-type="percentage" office:value="{cell.value}"'
        case str():
            return (
                '<table:table-cell office:value-type="string"><text:p>' + escape(cell) + "</text:p></table:table-cell>"
            )
    return f"<table:table-cell {value}/>"


def _zipped(parts: Mapping[str, str]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for path, content in parts.items():
            file.writestr(path, content)
    return target.getvalue()
