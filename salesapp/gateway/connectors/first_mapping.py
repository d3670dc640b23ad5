"""Drafts a mapping for a folder of exports: guessed forms of the files, and SELECTs for recognised headers.

A person reads and corrects the draft; the import checks all of it.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from salesapp.domain.catalogue import Catalogue
from salesapp.errors import UsageError
from salesapp.gateway.connectors.cells import number_pattern, plain
from salesapp.gateway.connectors.dialects import SAMPLE_BYTES, Guess, form_lines, guess, guess_table
from salesapp.gateway.connectors.header_words import CUSTOMER_WORDS, ITEM_WORDS, is_about_customers, recognised
from salesapp.gateway.connectors.source_files import WORKBOOKS, SourceFiles, table_name
from salesapp.gateway.connectors.values import BadValueError, trimmed
from salesapp.gateway.connectors.workbooks import (
    BadWorkbookError,
    open_workbook,
    sheet_named,
    sheet_rows,
    visible_sheets,
)

_EAN = re.compile(r"[0-9]{8}|[0-9]{12,14}")
_MOST_UNITS = 12
_NUMERIC_MEANINGS = {"net_price", "gross_price", "stock"}

CONSTANTS: Final = {
    "directories.currencies": """SELECT :currency AS key, :currency AS code, :currency AS name, 2 AS decimals,
       true AS is_base""",
    "directories.price_types": """SELECT 'LIST' AS key, 'LIST' AS code, 'List price' AS name, :gross AS is_gross,
       :currency AS currency, 1 AS priority, 2 AS decimals, true AS is_default""",
    "directories.payment_forms": """SELECT 'CASH' AS key, 'CASH' AS code, 'Cash' AS name, 'cash' AS kind, 0 AS due_days,
       true AS is_default""",
    "directories.warehouses": """SELECT 'MAIN' AS key, 'MAIN' AS code, 'Main' AS name, 'remote' AS kind,
       true AS is_default""",
    "documents.numerators": """SELECT 'sales_order' AS document_type, 'SO' AS symbol,
       '{symbol}-{number}/{month}/{year}/{series}' AS pattern, 'month' AS period, 1 AS first_number""",
}
"""Defaults for what a first order needs besides items and customers, if no file has it."""


@dataclass(frozen=True, slots=True)
class _Export:
    """A file with its guessed form, and the column of each meaning."""

    table: str
    form: Guess
    meanings: dict[str, str]
    is_customers: bool
    sheet: str = ""

    def column(self, meaning: str) -> str:
        """The quoted column name."""
        return _quoted(self.meanings[meaning])

    @property
    def price(self) -> str:
        """The meaning of the price column: net prices if the file has both."""
        return next((meaning for meaning in ("net_price", "gross_price") if meaning in self.meanings), "")

    @property
    def source(self) -> str:
        return _quoted(self.table)


def first_mapping(folder: Path, catalogue: Catalogue) -> tuple[str, list[str]]:
    """Returns the text of a mapping, and notes on what is missing. Raises UsageError for a folder without exports."""
    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder")
    files = SourceFiles([folder], {})
    objects = {table_name(entry.table): entry.key for entry in catalogue.all}
    exports = [_export(name, path) for name, path in files.all() if name not in objects]
    own = [(path, _guess_file(path)) for name, path in files.all() if name in objects]
    if not exports and not own:
        raise UsageError(f"{folder} has no .csv, .xlsx or .ods files to make a mapping of")
    items = [export for export in exports if not export.is_customers and {"code", "name"} <= export.meanings.keys()]
    customers = [export for export in exports if export.is_customers and "name" in export.meanings]
    prices = [export for export in exports if not export.is_customers and export not in items and export.price]
    prices = [export for export in prices if "code" in export.meanings and not any(one.price for one in items[:1])]
    present = {objects[name] for name, _path in files.all() if name in objects}
    selects = {**_of_items(items[:1]), **_of_prices(prices, items), **_of_customers(customers[:1])}
    needed = {key: sql for key, sql in CONSTANTS.items() if items or customers}
    chosen = {key: sql for key, sql in {**needed, **selects}.items() if key not in present}
    used = {export.table for export in (*items[:1], *prices[:1], *customers[:1])}
    return _text(exports, own, chosen, [*items[:1], *prices[:1]]), _notes(exports, used, present, selects)


def _export(name: str, path: Path) -> _Export:
    form, sheet = _guess_file(path)
    meanings: dict[str, str] = {}
    is_customers = False
    if form.header:
        is_customers = is_about_customers(name, form.columns)
        meanings = recognised(form.columns, CUSTOMER_WORDS if is_customers else ITEM_WORDS)
    else:
        form, meanings = _named_by_content(form)
    return _Export(path.stem, form, meanings, is_customers, sheet)


def _guess_file(path: Path) -> tuple[Guess, str]:
    """Returns the guessed form, and the sheet to read if a workbook has several."""
    with path.open("rb") as handle:
        if path.suffix.lower() not in WORKBOOKS:
            return guess(handle.read(SAMPLE_BYTES)), ""
        try:
            with open_workbook(handle) as workbook:
                names = visible_sheets(workbook)
                sheet = sheet_named(workbook, names[0] if len(names) > 1 else "", path.stem)
                rows = [[_text_of(cell) for cell in cells] for _line, cells in sheet_rows(sheet)]
        except BadWorkbookError as bad:
            raise UsageError(f"{path.name}: {bad}") from None
    filled = [cells for cells in rows if any(cells)]
    return guess_table(filled), sheet.name if len(names) > 1 else ""


def _text_of(cell: object) -> str:
    try:
        return trimmed(plain(cell))  # type: ignore[arg-type]
    except BadValueError:
        return str(cell)


def _named_by_content(form: Guess) -> tuple[Guess, dict[str, str]]:
    """Names the columns of a file without a header by their content."""
    columns = {name: [row[place] for row in form.rows] for place, name in enumerate(form.columns)}
    meanings: dict[str, str] = {}
    texts = {name: [cell for cell in cells if cell] for name, cells in columns.items() if name not in form.numbers}
    for meaning, fits in (("ean", _are_eans), ("code", _are_codes), ("unit", _are_units)):
        found = next((name for name, cells in texts.items() if cells and fits(cells, len(form.rows))), None)
        if found is not None:
            meanings[meaning] = found
            del texts[found]
    if texts:
        meanings["name"] = max(texts, key=lambda name: sum(map(len, texts[name])))
        del texts[meanings["name"]]
    groups = [name for name, cells in texts.items() if len({*cells}) <= max(len(cells) // 2, 1) and any(cells)]
    meanings |= {"group": groups[0]} if groups else {}
    meanings |= _numbers_by_content(form, columns)
    renamed = {name: meaning for meaning, name in meanings.items()}
    looks = replace(
        form,
        columns=tuple(renamed.get(name, name) for name in form.columns),
        numbers=tuple(renamed.get(name, name) for name in form.numbers),
        dates=tuple((renamed.get(name, name), day) for name, day in form.dates),
    )
    return looks, {meaning: meaning for meaning in meanings}


def _are_eans(cells: Sequence[str], _rows: int) -> bool:
    return sum(1 for cell in cells if _EAN.fullmatch(cell)) * 2 > len(cells)


def _are_codes(cells: Sequence[str], rows: int) -> bool:
    return len(cells) == rows == len({*cells}) and not any(" " in cell for cell in cells)


def _are_units(cells: Sequence[str], _rows: int) -> bool:
    return len({*cells}) <= _MOST_UNITS and all(len(cell) <= 5 and not cell[0].isdigit() for cell in cells)


def _numbers_by_content(form: Guess, columns: dict[str, list[str]]) -> dict[str, str]:
    """Takes a column, and one that equals it plus a tax, for net and gross prices; another number is the stock."""
    values = {name: [_value(cell, form) for cell in columns[name]] for name in form.numbers}
    found: dict[str, str] = {}
    for first in form.numbers:
        for second in form.numbers:
            pairs = [(net, gross) for net, gross in zip(values[first], values[second], strict=True) if net and gross]
            if "net_price" not in found and pairs and all(1.02 < gross / net < 1.3 for net, gross in pairs):
                found |= {"net_price": first, "gross_price": second}
    rest = [name for name in form.numbers if name not in found.values()]
    if "net_price" not in found and rest:
        found["net_price"] = rest.pop()
    return found | ({"stock": rest[0]} if rest else {})


def _value(cell: str, form: Guess) -> float:
    """An approximate value, only to compare columns."""
    match = number_pattern(form.decimal, form.thousands).fullmatch(cell)
    whole = re.sub("[^0-9]", "", match["whole"]) if match else ""
    return float(f"{whole or 0}.{match['fraction'] or 0}") if match else 0.0


def _of_items(exports: Sequence[_Export]) -> dict[str, str]:
    return {key: sql for export in exports for key, sql in _selects_of_items(export)}


def _selects_of_items(export: _Export) -> Iterable[tuple[str, str]]:
    has, table, code = export.meanings, export.source, export.column("code")
    unit = export.column("unit") if "unit" in has else "'PCS'"
    yield "directories.units", _units(export)
    if "vat" in has:
        yield "directories.vat_rates", _vat_rates(export)
    extra = [f"{export.column('ean')} AS ean"] if "ean" in has else []
    extra += [f"{export.column('vat')} AS vat_rate"] if "vat" in has else []
    extra += [f"{export.column('manufacturer')} AS manufacturer"] if "manufacturer" in has else []
    extra += [f"plain_text({export.column('description')}) AS description"] if "description" in has else []
    yield (
        "items.forms",
        (
            f"SELECT {code} AS key, {code} AS code, {export.column('name')} AS name, 'goods' AS kind,\n"
            f"       {unit} AS base_unit, {unit} AS sales_unit, {', '.join([*extra, 'true AS is_active'])}\n"
            f"FROM {table}"
        ),
    )
    if export.price:
        price = export.column(export.price)
        yield (
            "items.prices",
            (
                f"SELECT {code} AS item, 'LIST' AS price_type, {price} AS value, {unit} AS unit,\n"
                f"       0 AS minimum_quantity, NULL AS valid_from\nFROM {table} WHERE {price} IS NOT NULL"
            ),
        )
    if "stock" in has:
        yield (
            "items.resources",
            (
                f"SELECT {code} AS item, 'MAIN' AS warehouse, {export.column('stock')} AS quantity\n"
                f"FROM {table} WHERE {export.column('stock')} IS NOT NULL"
            ),
        )
    if "group" in has:
        group = export.column("group")
        yield (
            "items.groups",
            (
                f"SELECT DISTINCT {group} AS key, {group} AS code, {group} AS name, 0 AS position\n"
                f"FROM {table} WHERE {group} IS NOT NULL"
            ),
        )
        yield (
            "items.group_links",
            f"SELECT {code} AS item, {group} AS item_group\nFROM {table} WHERE {group} IS NOT NULL",
        )


def _of_prices(exports: Sequence[_Export], items: Sequence[_Export]) -> dict[str, str]:
    """SELECTs for prices in a file of their own, in the items' units."""
    if not exports or not items:
        return {}
    prices, goods = exports[0], items[0]
    value, code = f"p.{prices.column(prices.price)}", f"p.{prices.column('code')}"
    unit = f"i.{goods.column('unit')}" if "unit" in goods.meanings else "'PCS'"
    return {
        "items.prices": f"SELECT {code} AS item, 'LIST' AS price_type, {value} AS value, {unit} AS unit,\n"
        f"       0 AS minimum_quantity, NULL AS valid_from\n"
        f"FROM {prices.source} p LEFT JOIN {goods.source} i ON i.{goods.column('code')} = {code}\n"
        f"WHERE {value} IS NOT NULL"
    }


def _units(export: _Export) -> str:
    if "unit" not in export.meanings:
        return "SELECT 'PCS' AS key, 'pcs' AS code, 'Piece' AS name, 0 AS decimals, 'quantity' AS kind"
    unit = export.column("unit")
    return (
        f"SELECT DISTINCT {unit} AS key, {unit} AS code, {unit} AS name,\n"
        f"       CASE WHEN lower({unit}) IN ('kg', 'g', 'dag', 't', 'l', 'm') THEN 3 ELSE 0 END AS decimals,\n"
        f"       CASE WHEN lower({unit}) IN ('kg', 'g', 'dag', 't') THEN 'weight' ELSE 'quantity' END AS kind\n"
        f"FROM {export.source} WHERE {unit} IS NOT NULL"
    )


def _vat_rates(export: _Export) -> str:
    vat = export.column("vat")
    percent = f"TRY_CAST(replace(replace(CAST({vat} AS VARCHAR), '%', ''), ',', '.') AS DECIMAL(7, 4))"
    return (
        f"SELECT DISTINCT {vat} AS key, {vat} AS code, 'VAT ' || {vat} AS name,\n"
        f"       coalesce({percent}, 0) AS percent, {percent} IS NULL AS is_exempt\n"
        f"FROM {export.source} WHERE {vat} IS NOT NULL"
    )


def _of_customers(exports: Sequence[_Export]) -> dict[str, str]:
    return {"customers.customers": _select_of_customers(exports[0])} if exports else {}


def _select_of_customers(export: _Export) -> str:
    has = export.meanings
    key = export.column("code" if "code" in has else "tax_id" if "tax_id" in has else "name")
    plain_ones = [name for name in ("tax_id", "city", "phone", "email", "representative") if name in has]
    parts = [name for name in ("street", "postal_code", "city", "country") if name in has]
    address = ", ".join(f"'{name}': coalesce({export.column(name)}, '')" for name in parts)
    lines = [
        f"SELECT {key} AS key, {key} AS code, {export.column('name')} AS name, 'active' AS status, 'company' AS kind,",
        *(f"       {export.column(name)} AS {name}," for name in plain_ones),
        *([f"       [{{'kind': 'main', {address}, 'is_default': true}}] AS addresses,"] if parts else []),
        "       'LIST' AS price_type, 'CASH' AS payment_form, :currency AS currency",
        f"FROM {export.source}",
    ]
    return "\n".join(lines)


def _text(
    exports: Sequence[_Export], own: Sequence[tuple[Path, tuple[Guess, str]]], selects: dict[str, str],
    priced: Sequence[_Export],
) -> str:  # fmt: skip
    is_gross = any(export.price == "gross_price" for export in priced)
    parts = [_HEAD]
    if selects:
        parts.append(
            f'[params]\ncurrency = "{_currency(exports)}"  # of all prices\ngross = {int(is_gross)}  # 1: with VAT\n'
        )
    forms = [_form(export.table, _with_numbers(export), export.sheet) for export in exports]
    others = [_form(path.stem, form, sheet) for path, (form, sheet) in own]
    forms += [lines for lines in others if len(lines) > 1 and not lines[1].startswith("numbers")]
    parts += ["\n".join(lines) + "\n" for lines in forms]
    parts += [f"[objects.\"{key}\"]\nsql = '''\n{sql}\n'''\n" for key, sql in selects.items()]
    return "\n".join(parts)


_HEAD = """\
# A first mapping, made from the headers of the files: read it, mend it, then try it. docs/csv.md explains every line.
"""


def _form(table: str, form: Guess, sheet: str) -> list[str]:
    lines = form_lines(table, form)
    return [lines[0], *([f"sheet = {json.dumps(sheet, ensure_ascii=False)}"] if sheet else []), *lines[1:]]


def _with_numbers(export: _Export) -> Guess:
    """Adds the columns of prices and stock to the numbers, even those without decimals."""
    form = export.form
    pattern = number_pattern(form.decimal, form.thousands)
    more = [
        column
        for meaning, column in export.meanings.items()
        if meaning in _NUMERIC_MEANINGS
        and column not in form.numbers
        and all(pattern.fullmatch(row[form.columns.index(column)]) for row in form.rows)
    ]
    return replace(form, numbers=(*form.numbers, *more))


def _currency(exports: Sequence[_Export]) -> str:
    words = " ".join(column.casefold() for export in exports for column in export.form.columns)
    return "EUR" if any(word in words for word in ("preis", "bezeichnung", "artikel", "kunde")) else "PLN"


def _notes(exports: Sequence[_Export], used: set[str], present: set[str], selects: dict[str, str]) -> list[str]:
    notes = [
        f"{export.table}: {export.form.description}; {_made_of(export, is_used=export.table in used)}"
        for export in exports
    ]
    first_order = (("items.forms", "items"), ("items.prices", "prices"), ("customers.customers", "customers"))
    missing = [word for key, word in first_order if key not in present and key not in selects]
    if missing:
        notes.append(f"No {' and no '.join(missing)} were found: a first order needs them (see docs/csv.md)")
    return notes


def _made_of(export: _Export, *, is_used: bool) -> str:
    if not is_used:
        return "nothing is made of it: no items or customers were recognised in it"
    if not export.form.header:
        return f"its columns were named by what is in them, check them: {', '.join(export.form.columns)}"
    return ", ".join(f"{column} is the {meaning.replace('_', ' ')}" for meaning, column in export.meanings.items())


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
