"""A file in another dialect is refused with the lines to add, and read once they are added."""

import re
import tomllib
from typing import Any

import pytest

from tests.gateway.exports import Exports
from tests.workbooks import xlsx

NAMES = {
    "pl": ("Strój śnieżki ŻÓŁTO-CZERWONY", "Kubek Łódź", "Sól"),
    "de": ("Müsli größer", "Äpfel süß", "Öl"),
}
SELECT = """
[objects."items.prices"]
sql = '''SELECT kod AS item, nazwa AS price_type, {value} AS value, 'szt.' AS unit, 0 AS minimum_quantity,
NULL AS valid_from FROM towary'''
"""


def lines_to_add(refusal: str) -> str:
    """Returns the TOML in a refusal."""
    found = re.search(r"(\[files\..*?)\n\(read so", refusal, re.DOTALL)
    assert found is not None, refusal
    return found[1]


def export(language: str, delimiter: str, *, header: bool) -> str:
    rows = [
        ("101", NAMES[language][0], "2,29"),
        ("102", NAMES[language][1], ",48"),
        ("103", NAMES[language][2], "1,00"),
    ]
    all_rows = [("kod", "nazwa", "cena"), *rows] if header else rows
    return "".join(f"{delimiter.join(row)}\r\n" for row in all_rows)


@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
@pytest.mark.parametrize(
    ("language", "encoding"),
    [("pl", "windows-1250"), ("pl", "iso-8859-2"), ("de", "windows-1252"), ("pl", "utf-16"), ("pl", "utf-16-le"),
     ("pl", "utf-8")],
)  # fmt: skip
@pytest.mark.parametrize("value", ["cena", "nobody"])
def test_that_the_proposed_lines_make_the_file_readable(
    exports: Exports, language: str, encoding: str, delimiter: str, header: bool, value: str
) -> None:
    exports.put("towary.csv", export(language, delimiter, header=header).encode(encoding))
    exports.map_to(SELECT.format(value=value))
    found = exports.problems("items.prices", skips=True)
    assert len(found) == 1
    told = found[0].reason
    assert {";": "semicolon", "\t": "tab", "|": "vertical bar"}[delimiter] in told
    assert ("no header" in told) == (not header)
    added = lines_to_add(told)
    form: dict[str, Any] = tomllib.loads(added)["files"]["towary"]
    assert form.get("encoding", "utf-8") == encoding
    assert form["delimiter"] == delimiter
    assert form["decimal"] == ","
    if not header:
        assert form["header"] is False
        assert len(form["columns"]) == 3
        added = added.replace('"column1", "column2", "column3"', '"kod", "nazwa", "cena"').replace("column3", "cena")
    exports.map_to(added + SELECT.format(value="cena"))
    assert [(row["item"], row["price_type"], row["value"]) for row in exports.rows("items.prices")] == [
        ("101", NAMES[language][0], 22_900), ("102", NAMES[language][1], 4_800), ("103", NAMES[language][2], 10_000)
    ]  # fmt: skip


FORMS = "item,price_type,value,unit,minimum_quantity,valid_from\n"


def test_that_files_of_objects_in_another_dialect_are_read_with_the_proposed_lines(exports: Exports) -> None:
    rows = "1;LIST;1 234,50;szt;0;\n2;LIST;2,50;szt;0;\n"
    exports.put("items_prices.csv", (FORMS.replace(",", ";") + rows).encode("windows-1250"))
    (found,) = exports.problems("items.prices", skips=True)
    assert found.reason.startswith("cells are not parted by comma: it looks like semicolon, UTF-8, decimal comma.")
    assert "put into a mapping file and name it with --mapping" in found.reason
    exports.map_to(lines_to_add(found.reason))
    assert [row["value"] for row in exports.rows("items.prices")] == [12_345_000, 25_000]


def test_that_a_declared_decimal_character_applies_to_all_decimals_of_an_object(exports: Exports) -> None:
    exports.put("items_prices.csv", FORMS + '1,LIST,"1.234,50",szt,0,\n2,LIST,"2,50",szt,"0,5",\n')
    exports.map_to('[files.items_prices]\ndecimal = ","\nthousands = "."\n')
    found = [(row["value"], row["minimum_quantity"]) for row in exports.rows("items.prices")]
    assert found == [(12_345_000, 0), (25_000, 5_000)]


@pytest.mark.parametrize(
    ("cells", "form"),
    [
        (("12,50", "3,00"), {"decimal": ","}),
        (("12,50", "1 234,56"), {"decimal": ",", "thousands": " "}),
        (("12,50", "1.234,56"), {"decimal": ",", "thousands": "."}),
        (("12.50", "1,234.56"), {"thousands": ","}),
        (("12.50", "1'234.56"), {"thousands": "'"}),
    ],
)
def test_that_numbers_that_are_all_in_another_form_are_reported_once(
    exports: Exports, cells: tuple[str, str], form: dict[str, str]
) -> None:
    rows = "".join(f'{number},LIST,"{cells[number % 2]}",szt,0,\n' for number in range(100))
    exports.put(
        "items_prices.csv",
        FORMS
        + rows.replace(
            '"12.50"',
            '"1,112.50"'
            if form.get("thousands") == ","
            else '"1\'112.50"'
            if form.get("thousands") == "'"
            else '"12.50"',
        ),
    )
    (found,) = exports.problems("items.prices", skips=True)
    assert (found.line, found.column) == (2, "value")
    added = tomllib.loads(found.reason[found.reason.index("[files") :])["files"]["items_prices"]
    assert added == {**form, "numbers": ["value"]}
    exports.map_to(found.reason[found.reason.index("[files") :])
    assert len(exports.rows("items.prices")) == 100


@pytest.mark.parametrize("declared", ["windows-1250", "iso-8859-2", "windows-1252"])
def test_that_a_file_in_utf8_is_not_read_in_a_declared_code_page(exports: Exports, declared: str) -> None:
    exports.put("directories_units.csv", "key,code,name,decimals,kind\nP,p,Łokieć,0,quantity\n")
    exports.map_to(f'[files.directories_units]\nencoding = "{declared}"\n')
    assert f"not {declared}: it looks like comma, UTF-8" in exports.refusal("directories.units", skips=True)


def test_that_an_undeclared_header_is_not_read_as_a_row(exports: Exports) -> None:
    exports.put("towary.csv", "Kod,Nazwa\n1,x\n")
    exports.map_to('[files.towary]\nheader = false\ncolumns = ["kod", "nazwa"]\n' + SELECT.format(value="1"))
    assert "the first line is a header, though header = false" in exports.refusal("items.prices", skips=True)


def test_that_wrong_bytes_beyond_the_sample_are_reported_with_the_lines_to_add(exports: Exports) -> None:
    head = "key,code,name,decimals,kind\n" + "".join(f"U{number},u{number},x,0,quantity\n" for number in range(20_000))
    exports.put("directories_units.csv", head.encode() + "P,p,Żółty łokieć śliwka,0,quantity\n".encode("windows-1250"))
    (found,) = exports.problems("directories.units", skips=True)
    assert found.line == 20_002
    assert 'encoding = "windows-1250"' in found.reason


@pytest.mark.parametrize(
    "content",
    [
        "key,code,name,decimals,kind\nP,p,a; b; c,0,quantity\n",
        "key,code,name,decimals,kind\nP,p,a|b|c|d|e,0,quantity\n",
        'key,code,name,decimals,kind\nP,p,"a;b\nc;d",0,quantity\n',
        "\ufeffkey,code,name,decimals,kind\r\nP,p,Łódź,0,quantity",
        "key,code,name,decimals,kind\rP,p,x,0,quantity\r",
    ],
)
def test_that_a_good_file_is_not_mistaken_for_another_dialect(exports: Exports, content: str) -> None:
    exports.put("directories_units.csv", content)
    assert [row["code"] for row in exports.rows("directories.units")] == ["p"]


def test_that_dates_that_are_all_in_another_form_are_reported_once_with_the_lines_to_add(exports: Exports) -> None:
    rows = "".join(f"{number},LIST,1,szt,0,{1 + number % 28}.03.2026\n" for number in range(100))
    exports.put("items_prices.csv", FORMS + rows)
    (found,) = exports.problems("items.prices", skips=True)
    assert (found.line, found.column) == (2, "valid_from")
    assert found.reason.startswith('"1.03.2026" is not a date like 2026-03-31.')
    exports.map_to(found.reason[found.reason.index("[files") :])
    assert exports.rows("items.prices")[1]["valid_from"] == "2026-03-02"


def test_that_a_single_date_or_number_in_another_form_is_a_bad_row(exports: Exports) -> None:
    exports.put("items_prices.csv", f'{FORMS}1,LIST,1.5,szt,0,2026-03-01\n2,LIST,"1,5",szt,0,1.03.2026\n')
    assert [bad.column for bad in exports.problems("items.prices")] == ["value", "valid_from"]
    assert [row["item"] for row in exports.rows("items.prices", skips=True)] == ["1"]


def test_that_a_text_in_another_form_is_reported_with_the_lines_to_declare(exports: Exports) -> None:
    exports.put("ceny.csv", 'a,b\n"12,50",31.03.2026\n')
    exports.map_to(
        "[objects.\"items.prices\"]\nsql = \"SELECT 1 AS item, 'L' AS price_type, a AS value, 'P' AS unit, "
        '0 AS minimum_quantity, b AS valid_from FROM ceny"\n'
    )
    value, day = exports.problems("items.prices")
    assert (
        value.reason
        == '"12,50" is not a number like 1234.50 (declare its column in numbers of [files], with its decimal)'
    )
    assert (
        day.reason == '"31.03.2026" is not a date like 2026-03-31 (declare its column in dates of [files]: "%d.%m.%Y")'
    )


def test_that_a_header_alone_is_an_export_without_rows(exports: Exports) -> None:
    exports.put("ceny.csv", "a;b;c\r\n")
    exports.map_to(
        '[files.ceny]\ndelimiter = ";"\ndecimal = ","\nnumbers = ["a"]\ndates = { b = "%d.%m.%Y" }\n'
        '[objects."items.prices"]\nsql = "SELECT c AS item, \'L\' AS price_type, round(a / 1.23, 2) AS value, '
        "'P' AS unit, 0 AS minimum_quantity, b AS valid_from FROM ceny\"\n"
    )
    assert exports.rows("items.prices") == []


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (xlsx({"s": [("key", "code"), ("1", "A")]}), "but a workbook or ZIP file: name a workbook .xlsx or .ods"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "but an old or locked Excel file"),
        (b"\xff\xd8\xff\xe0" + bytes(range(256)) * 4, "but a picture"),
        (bytes(range(256)) * 4, "but binary data"),
        (b"\x1f\x8b\x08\x00" + bytes(range(256)), "but a packed file"),
    ],
)
def test_that_a_file_that_is_not_text_is_refused_by_its_kind(exports: Exports, content: bytes, told: str) -> None:
    exports.put("items_forms.csv", content)
    (found,) = exports.problems("items.forms", skips=True)
    assert found.reason.startswith(f"not a text file, {told}")
