"""Excel and OpenDocument files: the visible values are imported, or refused with a reason."""

import tomllib
from datetime import date

import pytest

from tests.gateway.exports import Exports
from tests.workbooks import Odd, Rows, ods, percent, xlsx

ITEMS = ("key", "code", "name", "ean", "kind", "base_unit", "sales_unit", "net_weight_kg", "is_active")
GOOD: Rows = [
    ITEMS,
    ("007", "A1", "Żółta łódź", 5901234123457, "goods", "PCS", "PCS", 0.5, True),
    (12, "A2", " Sól", "0041234567892", "goods", "PCS", "PCS", 0.1 + 0.2, False),
    (None,) * 9,
]


@pytest.mark.parametrize("suffix", [".xlsx", ".ods", ".XLSX", ".Ods"])
def test_that_a_workbook_in_the_catalogues_form_is_read(exports: Exports, suffix: str) -> None:
    make = xlsx if suffix.lower() == ".xlsx" else ods
    exports.put(f"items_forms{suffix}", make({"Arkusz1": GOOD}))
    first, second = exports.rows("items.forms")
    assert (first["key"], first["name"], first["ean"], first["is_active"]) == ("007", "Żółta łódź", "5901234123457", 1)
    assert (second["key"], second["ean"], second["net_weight_kg"], second["is_active"]) == (
        "12", "0041234567892", 3_000, 0
    )  # fmt: skip


MAPPING = """
[files.artykuly]
sheet = "Cennik"
numbers = ["Cena"]
dates = { "Od" = "%d.%m.%Y" }

[objects."items.prices"]
sql = '''SELECT "Indeks" AS item, 'LIST' AS price_type, round("Cena" / 1.23, 2) AS value, 'PCS' AS unit,
0 AS minimum_quantity, "Od" AS valid_from FROM artykuly'''
"""
PRICES: Rows = [
    ("Indeks", "Cena", "Od", None),
    ("A1", 15.38, date(2026, 3, 31), None),
    ("A2", "2.46", "1.4.2026", None),
    ("A3", Odd("3.69", formula="B2*2"), None, None),
]


@pytest.mark.parametrize("name", ["artykuly.xlsx", "ARTYKULY.ods"])
def test_that_a_mapping_reads_the_sheet_that_it_names(exports: Exports, name: str) -> None:
    rows = PRICES if name.endswith("xlsx") else PRICES[:3]
    make = xlsx if name.endswith("xlsx") else ods
    exports.put(name, make({"Inny": [("x",)], "Cennik": rows}))
    exports.map_to(MAPPING)
    found = [(row["item"], row["value"], row["valid_from"]) for row in exports.rows("items.prices")]
    assert found[:2] == [("A1", 125_000, "2026-03-31"), ("A2", 20_000, "2026-04-01")]
    assert found[2:] == ([("A3", 30_000, None)] if name.endswith("xlsx") else [])


def test_that_several_visible_sheets_need_a_choice_and_hidden_ones_do_not_count(exports: Exports) -> None:
    exports.put("items_forms.xlsx", xlsx({"Jan": GOOD, "Feb": GOOD}))
    refusal = exports.refusal("items.forms", skips=True)
    assert "it has 2 visible sheets (Jan, Feb)" in refusal
    assert '[files.items_forms]\nsheet = "Jan"' in refusal
    exports.map_to('[files.items_forms]\nsheet = "Feb"\n')
    assert len(exports.rows("items.forms")) == 2
    exports.map_to('[files.items_forms]\nsheet = "Mar"\n')
    assert 'no sheet "Mar"; the sheets are Jan, Feb' in exports.refusal("items.forms", skips=True)
    exports.mapping = None
    exports.put("items_forms.xlsx", xlsx({"Jan": GOOD, "Old": [("x",)]}, hidden=frozenset({"Old"})))
    assert len(exports.rows("items.forms")) == 2
    exports.put("items_forms.xlsx", xlsx({"Notes": [("x",)], "Items_Forms": GOOD}))
    assert len(exports.rows("items.forms")) == 2


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (Odd("#N/A", "e"), "the cell shows the error #N/A"),
        (Odd("#DIV/0!", "e", formula="1/0"), "the cell shows the error #DIV/0!"),
        (percent("0.23"), "the cell shows a percentage, its value is 0.23"),
        (Odd("5901234123457890"), "more than the 15 digits that Excel keeps"),
        (Odd("0.5", style=1), "a time without a day"),
    ],
)
def test_that_a_cell_whose_value_differs_from_what_it_shows_is_a_bad_row(
    exports: Exports, cell: Odd, told: str
) -> None:
    bad = ("9", "A9", "x", cell, "goods", "PCS", "PCS", 1, True)
    exports.put("items_forms.xlsx", xlsx({"Arkusz1": [*GOOD[:3], bad]}))
    (found,) = exports.problems("items.forms")
    assert (found.file, found.line) == ("items_forms.xlsx", 4)
    assert told in found.reason
    assert [row["key"] for row in exports.rows("items.forms", skips=True)] == ["007", "12"]


def test_that_a_percentage_of_opendocument_is_refused_too(exports: Exports) -> None:
    header = ("code", "name", "percent", "is_exempt")
    exports.put("directories_vat_rates.ods", ods({"s": [header, ("23", "VAT", percent("0.23"), False)]}))
    assert "the cell shows a percentage" in exports.refusal("directories.vat_rates")


def test_that_a_mapping_may_use_a_percentage_and_every_fault_of_a_row_is_reported(exports: Exports) -> None:
    header = ("Indeks", "Cena", "Rabat", "Od")
    exports.put("artykuly.xlsx", xlsx({"Cennik": [header, ("A1", 10, percent("0.05"), None)]}))
    mapping = MAPPING.replace('"Cena" / 1.23', '"Cena" * (1 - "Rabat")')
    exports.map_to(mapping.replace('numbers = ["Cena"]', 'numbers = ["Cena", "Rabat"]'))
    assert [row["value"] for row in exports.rows("items.prices")] == [95_000]
    exports.put("artykuly.xlsx", xlsx({"Cennik": [header, ("A1", Odd("#N/A", "e"), percent("0.05"), None)]}))
    exports.map_to(MAPPING)
    assert [bad.column for bad in exports.problems("items.prices")] == ["Cena", "Rabat"]


def test_that_merged_cells_are_reported(exports: Exports) -> None:
    exports.put("items_forms.xlsx", xlsx({"Arkusz1": GOOD}, merged="F2:F3"))
    (found,) = exports.problems("items.forms")
    assert (found.line, found.reason.partition(":")[0]) == (2, "merged cells")


@pytest.mark.parametrize(
    "content",
    [b"", b"key,code\n", xlsx({"s": GOOD})[:-300], xlsx({"s": GOOD})[:100]],
    ids=["empty", "csv", "without its end", "its beginning"],  # the bytes contain the time
)
def test_that_a_file_that_is_not_a_workbook_is_refused(exports: Exports, content: bytes) -> None:
    exports.put("items_forms.xlsx", content)
    assert "not a workbook, or cut short, or locked" in exports.refusal("items.forms", skips=True)


def test_that_a_form_for_text_files_is_refused_for_a_workbook(exports: Exports) -> None:
    exports.put("artykuly.xlsx", xlsx({"Cennik": PRICES}))
    exports.map_to(MAPPING.replace('sheet = "Cennik"', 'delimiter = ";"'))
    assert "delimiter is for .csv files, and artykuly.xlsx is a workbook" in exports.refusal("items.prices")


def test_that_texts_in_a_column_of_numbers_are_reported_with_row_and_value(exports: Exports) -> None:
    exports.put("artykuly.xlsx", xlsx({"Cennik": [PRICES[0], ("A1", 1, None), ("A2", "free", None)]}))
    exports.map_to(MAPPING)
    (found,) = exports.problems("items.prices")
    assert (found.file, found.line, found.column) == ("artykuly.xlsx", 3, "Cena")
    assert '"free" is not a number like 1234.56' in found.reason


def test_that_decimal_commas_in_text_cells_are_reported_with_the_lines_to_add(exports: Exports) -> None:
    exports.put("artykuly.xlsx", xlsx({"Cennik": [PRICES[0], ("A1", "12,50", None), ("A2", "1 234,56", None)]}))
    exports.map_to(MAPPING)
    refusal = exports.refusal("items.prices", skips=True)
    lines = refusal[refusal.index("[files") :]
    assert tomllib.loads(lines)["files"]["artykuly"] == {"decimal": ",", "thousands": " ", "numbers": ["Cena"]}


def test_that_lock_files_of_office_programs_are_ignored(exports: Exports) -> None:
    exports.put("items_forms.xlsx", xlsx({"s": GOOD}))
    exports.put("~$items_forms.xlsx", b"x")
    exports.put(".~lock.items_forms.xlsx#", b"x")
    assert len(exports.rows("items.forms")) == 2
