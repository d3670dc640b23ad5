"""Export files in a declared form: every key is obeyed, and deviations are reported."""

import json
import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesapp.domain.catalogue import CATALOGUE
from salesapp.errors import UsageError
from salesapp.gateway.connectors.cells import cell_reader
from salesapp.gateway.connectors.csv_folder import CsvFolder
from salesapp.gateway.connectors.file_forms import FileForm
from salesapp.gateway.connectors.problems import ProblemList
from salesapp.gateway.connectors.sheets import read_sheet
from salesapp.gateway.connectors.values import BadValueError
from tests.gateway.exports import Exports

HEADER = "Indeks;EAN;Nazwa towaru;Stan;jm;Cena netto;Cena brutto;Data\r\n"
ROWS = (
    "007;0041234567892;Żółta łódź;1 234,5000;szt.;1\u00a0234,56;1 518,51;31.03.2026\r\n"
    "8;NULL;Śruba;-,5;szt.;+2,40;2,95;1.4.2026\r\n"
)
FORM = """
[files.artykuly]
encoding = "windows-1250"
delimiter = ";"
header = false
columns = ["Indeks", "EAN", "Nazwa towaru", "Stan", "jm", "Cena netto", "Cena brutto", "Data"]
decimal = ","
thousands = " "
null = ["", "NULL", "NA"]
numbers = ["Stan", "Cena netto", "Cena brutto"]
dates = { "Data" = "%d.%m.%Y" }
done = "artykuly.ok"
rows = "last line"
"""
SELECTS = """
[objects."items.forms"]
sql = '''SELECT "Indeks" AS key, "Indeks" AS code, "Nazwa towaru" AS name, "EAN" AS ean, 'goods' AS kind,
jm AS base_unit, jm AS sales_unit, 1 AS is_active FROM artykuly'''

[objects."items.prices"]
sql = '''SELECT "Indeks" AS item, 'LIST' AS price_type, "Cena netto" AS value, jm AS unit, 0 AS minimum_quantity,
"Data" AS valid_from FROM artykuly'''
"""


def whole(exports: Exports, rows: str = ROWS, form: str = FORM, trailer: str = "KONIEC;2\r\n") -> None:
    exports.put("ARTYKULY.CSV", (rows + trailer).encode("windows-1250"))
    exports.put("artykuly.ok", "")
    exports.map_to(form + SELECTS)


def test_that_every_key_of_the_form_is_obeyed(exports: Exports) -> None:
    whole(exports)
    first, second = exports.rows("items.forms")
    assert (first["key"], first["name"], first["ean"]) == ("007", "Żółta łódź", "0041234567892")
    assert (second["name"], second["ean"]) == ("Śruba", None)
    prices = [(row["item"], row["value"], row["valid_from"]) for row in exports.rows("items.prices")]
    assert prices == [("007", 12_345_600, "2026-03-31"), ("8", 24_000, "2026-04-01")]


@pytest.mark.parametrize("trailer", ["2\r\n", "2;;;;;;;\r\n", "Razem;;2;;;;;;\r\n", "count: 2", "0002;20260331\r\n"])
def test_that_a_trailer_with_the_count_of_rows_is_obeyed(exports: Exports, trailer: str) -> None:
    whole(exports, trailer=trailer)
    assert len(exports.rows("items.forms")) == 2


@pytest.mark.parametrize(
    ("trailer", "told"),
    [
        ("KONIEC;3\r\n", "the last line says 3 rows, the file has 2"),
        ("KONIEC;1\r\n", "the last line says 1 rows, the file has 2"),
        ("KONIEC\r\n", "the last line has no count of rows"),
        ("", "the last line says 8 rows, the file has 1"),
    ],
)
@pytest.mark.parametrize("skips", [False, True])
def test_that_a_file_without_its_whole_trailer_is_refused(
    exports: Exports, trailer: str, told: str, skips: bool
) -> None:
    whole(exports, trailer=trailer)
    assert told in exports.refusal("items.forms", skips=skips)


def test_that_a_count_with_thousands_is_read(exports: Exports) -> None:
    rows = "".join(f"{number};;x;1;szt.;1,00;1,23;31.03.2026\r\n" for number in range(1_234))
    whole(exports, rows, trailer="Razem 1\u00a0234\r\n")
    assert len(exports.rows("items.forms")) == 1_234


def test_that_nothing_is_imported_before_the_done_file_exists(exports: Exports) -> None:
    whole(exports)
    (exports.folder / "artykuly.ok").unlink()
    assert "ARTYKULY.CSV is not finished: artykuly.ok is not there" in exports.refusal("items.forms")
    exports.put("ARTYKULY.OK", "")
    assert len(exports.rows("items.forms")) == 2


def test_that_a_done_file_that_disappears_during_reading_stops_the_import(exports: Exports) -> None:
    whole(exports)
    connector = exports.connector()
    found = connector._files.find("artykuly")
    assert found is not None
    with pytest.raises(Exception, match="is not finished"), connector._files.open(found):
        (exports.folder / "artykuly.ok").unlink()


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("1 23,56", "is not a number like 1 234,56"),
        ("12 34,56", "is not a number like 1 234,56"),
        ("1234 567", "is not a number like 1 234,56"),
        ("1 234 56", "is not a number like 1 234,56"),
        ("1\u00a0234 567,00", "is not a number like 1 234,56"),
        ("1.234,56", "is not a number like 1 234,56"),
        ("12.50", "is not a number like 1 234,56"),
        ("1e3", "is not a number like 1 234,56"),
        ("12,50-", "is not a number like 1 234,56"),
        ("--1", "is not a number like 1 234,56"),
        ("12,50 zł", "is not a number like 1 234,56"),
        ("12,,5", "is not a number like 1 234,56"),
        (",", "is not a number like 1 234,56"),
        ("NaN", "is not a number like 1 234,56"),
        ("१२", "is not a number like 1 234,56"),
        ("5%", "is not a number like 1 234,56"),
    ],
)
def test_that_a_number_in_another_form_is_reported_with_file_line_column_and_value(
    exports: Exports, cell: str, told: str
) -> None:
    form = FORM.replace('encoding = "windows-1250"\n', "")
    exports.put("artykuly.csv", f"1;;x;1;szt.;1,00;1,23;31.03.2026\r\n2;;y;1;szt.;{cell};1;31.03.2026\r\nT;2\r\n")
    exports.put("artykuly.ok", "")
    exports.map_to(form + SELECTS)
    (bad,) = exports.problems("items.prices")
    assert (bad.file, bad.line, bad.column) == ("artykuly.csv", 2, "Cena netto")
    assert f'"{cell}" {told}' in bad.reason


@pytest.mark.parametrize("gap", [" ", "\u00a0", "\u202f", "\u2009"])
def test_that_every_kind_of_blank_separates_thousands(exports: Exports, gap: str) -> None:
    exports.put("ceny.csv", f'item,value\nA,"-1{gap}234{gap}567,8"\n'.encode())
    exports.map_to(
        '[files.ceny]\ndecimal = ","\nthousands = " "\nnumbers = ["value"]\n[objects."items.prices"]\nsql = '
        "\"SELECT item, 'L' AS price_type, value, 'P' AS unit, 0 AS minimum_quantity, NULL AS valid_from FROM ceny\"\n"
    )
    assert [row["value"] for row in exports.rows("items.prices")] == [-12_345_678_000]


@pytest.mark.parametrize("day", ["2026-03-31", "31.02.2026", "31.03.26", "31/03/2026", "0", "31.03.2026 10:00"])
def test_that_a_date_in_another_form_is_reported(exports: Exports, day: str) -> None:
    whole(exports, rows=f"1;;x;1;szt.;1,00;1,23;{day}\r\n", trailer="1\r\n")
    (bad,) = exports.problems("items.prices")
    assert (bad.line, bad.column) == (1, "Data")
    assert bad.reason == f'"{day}" is not a date in the form "%d.%m.%Y"'


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('delimeter = ";"', "nobody knows the key delimeter; known are encoding, delimiter, header, columns"),
        ('delimiter = ";;"', "delimiter must be one character"),
        ("delimiter = 1", "delimiter must be a text"),
        ('encoding = "windows-1205"', 'nobody knows the encoding "windows-1205"'),
        ('encoding = "base64"', "nobody knows the encoding"),
        ('header = "no"', "header must be true or false"),
        ("header = false", "header = false needs the names of the columns"),
        ('columns = "a,b"', "columns must be a list of names"),
        ("columns = []", "columns must name at least one"),
        ('columns = ["a", "A"]', '"A" comes twice'),
        ('columns = ["a"]\nnumbers = ["b"]', 'numbers: no column "b"; the columns are a'),
        ('columns = ["a"]\ndates = { b = "%Y" }', "is not a form of dates"),
        ('decimal = ";"', 'decimal must be "," or "."'),
        ('thousands = "  "', "thousands must be one character"),
        ('decimal = ","\nthousands = ","', 'decimal and thousands are both ","'),
        ("null = [1]", "null must be a list of texts"),
        ('numbers = "Cena"', "numbers must be a list of names"),
        ('numbers = ["Cena"]', 'numbers: art.csv has no column "Cena"; it has a, b'),
        ('dates = { Data = "%d.%m.%Y" }', 'dates: art.csv has no column "Data"; it has a, b'),
        ('dates = { a = "dd.mm.yyyy" }', "is not a form of dates"),
        ('dates = ["a"]', "dates must name columns with their form"),
        ('numbers = ["a"]\ndates = { a = "%d.%m.%Y" }', '"a" is in numbers and in dates'),
        ('done = "../art.ok"', "done must be the name of a file in the same folder"),
        ('rows = "first line"', 'rows can only be "last line"'),
        ("rows = 5", 'rows can only be "last line"'),
        ('sheet = "Towary"', "sheet is for .xlsx and .ods files, and art.csv is none"),
        ('sheet = "Towary"\ndelimiter = ";"', "sheet is for .xlsx and .ods, delimiter for .csv"),
        ('columns = ["a", "c"]', "the header is a, b; map.toml [files.art] says columns = a, c"),
    ],
)
def test_that_a_wrong_key_gives_one_message_with_file_and_key(exports: Exports, line: str, told: str) -> None:
    exports.put("art.csv", "a,b\n1,2\n")
    exports.put("directories_units.csv", "code,name,decimals,kind\nP,p,0,quantity\n")
    exports.map_to(f"[files.art]\n{line}\n")
    refusal = exports.refusal("directories.units")
    assert told in refusal
    assert "[files.art]" in refusal


def test_that_two_tables_of_one_file_are_refused(exports: Exports) -> None:
    exports.put("art.csv", "a,b\n1,2\n")
    exports.map_to("[files.art]\n[files.ART]\n")
    assert "comes twice" in exports.refusal("items.forms")


UNITS = "key,code,name,decimals,kind\n"


@pytest.mark.parametrize("name", ["directories_units.CSV", "DIRECTORIES_UNITS.csv", "Directories_Units.Csv"])
def test_that_file_names_ignore_case(exports: Exports, name: str) -> None:
    exports.put(name, f"{UNITS}P,pcs,Piece,0,quantity\n")
    assert [row["code"] for row in exports.rows("directories.units")] == ["pcs"]


@pytest.mark.parametrize("names", [("units.csv", "units.CSV"), ("units.csv", "units.xlsx"), ("units.ods", "UNITS.csv")])
def test_that_one_object_from_two_files_is_refused(exports: Exports, names: tuple[str, str]) -> None:
    for name in names:
        exports.put(f"directories_{name}", f"{UNITS}P,pcs,Piece,0,quantity\n")
    assert "would be the same table: keep one of them" in exports.refusal("directories.units")


@pytest.mark.parametrize("suffix", [".xls", ".txt", ".tsv", ".xlsm", ".json"])
def test_that_an_unsupported_kind_of_file_is_reported(exports: Exports, suffix: str) -> None:
    exports.put("directories_units.csv", f"{UNITS}P,pcs,Piece,0,quantity\n")
    exports.put(f"items_forms{suffix}", "x")
    assert f"items_forms{suffix}: {suffix} files are not read: save it as .csv" in exports.refusal("directories.units")


def test_that_empty_columns_and_rows_as_excel_writes_them_are_read(exports: Exports) -> None:
    exports.put(
        "directories_units.csv", "key,code,name,decimals,kind,,\nP,pcs,Piece,0,quantity,,\n,,,,,,\n\n  ,,,,,,\n"
    )
    assert [row["code"] for row in exports.rows("directories.units")] == ["pcs"]
    exports.put("directories_units.csv", "key,code,name,decimals,kind,,\nP,pcs,Piece,0,quantity,,7\n")
    assert "7 cells; the header has 5" in exports.refusal("directories.units")
    exports.put("directories_units.csv", "key,code,,name,decimals,kind\nP,pcs,,Piece,0,quantity\n")
    assert "a column without a name" in exports.refusal("directories.units")


@pytest.mark.parametrize("first", ["sep=;\n", "SEP=;\r\n", "\ufeffsep=;\n"])
def test_that_the_separator_line_of_excel_is_read(exports: Exports, first: str) -> None:
    exports.put("directories_units.csv", f"{first}key;code;name;decimals;kind\nP;pcs;Piece;x;quantity\n")
    (bad,) = exports.problems("directories.units")
    assert (bad.line, bad.column) == (3, "decimals")


BLANKS = [" ", "\u00a0", "\t", "\u200b", "\ufeff", "  ", "\u2003"]


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize("place", ["before", "after"])
def test_that_blanks_at_the_edges_of_keys_and_references_are_ignored(exports: Exports, blank: str, place: str) -> None:
    def edged(text: str) -> str:
        return blank + text if place == "before" else text + blank

    exports.put("directories_units.csv", f"{UNITS}{edged('P')},{edged('pcs')},Piece,{edged('0')},{edged('quantity')}\n")
    exports.put(
        "items_forms.csv",
        f"key,code,name,kind,base_unit,sales_unit,is_active\n{edged('2')},{edged('B')},x,goods,"
        f"{edged('P')},{edged('P')},{edged('yes')}\n",
    )
    exports.put(
        "customers_customers.csv", f"key,code,name,status,kind,representative\n1,C,x,active,company,{edged('r1')}\n"
    )
    exports.put("promotions_headers.csv", promotion(json.dumps([edged("C1"), "C2"])))
    (unit,), (item,) = exports.rows("directories.units"), exports.rows("items.forms")
    assert (unit["key"], unit["code"], unit["decimals"], unit["kind"]) == ("P", "pcs", 0, "quantity")
    assert (item["key"], item["code"], item["base_unit"], item["is_active"]) == ("2", "B", "P", 1)
    assert exports.rows("customers.customers")[0]["representative"] == "r1"
    assert exports.rows("promotions.headers")[0]["customers"] == '["C1","C2"]'


def test_that_keys_that_differ_only_in_blanks_are_reported(exports: Exports) -> None:
    exports.put("directories_units.csv", f"{UNITS}P,a,x,0,quantity\nP ,b,x,0,quantity\n")
    assert 'the key "P" comes twice' in exports.refusal("directories.units")


def promotion(customers: str) -> str:
    quoted = customers.replace('"', '""')
    return (
        "code,name,kind,priority,valid_from,valid_to,combines,threshold,scales,customers,currency\n"
        f'P,x,percent,1,2026-01-01,2026-12-31,no,quantity,[],"{quoted}",PLN\n'
    )


def test_that_a_cell_may_have_a_megabyte(exports: Exports) -> None:
    codes = [f"CUSTOMER-{number:08}" for number in range(50_000)]
    content = promotion(json.dumps(codes))
    assert len(content) > 1_000_000
    exports.put("promotions_headers.csv", content)
    (row,) = exports.rows("promotions.headers")
    assert json.loads(row["customers"]) == codes
    exports.map_to('[objects."promotions.headers"]\nsql = "SELECT * FROM akcje"\n')
    (exports.folder / "promotions_headers.csv").rename(exports.folder / "akcje.csv")
    (row,) = exports.rows("promotions.headers")
    assert json.loads(row["customers"]) == codes


def test_that_a_list_too_long_for_tablets_is_a_bad_row(exports: Exports) -> None:
    exports.put("promotions_headers.csv", promotion(json.dumps([f"CUSTOMER-{number:08}" for number in range(60_000)])))
    (found,) = exports.problems("promotions.headers")
    assert (found.column, found.reason) == ("customers", "1200001 characters; 1048576 are allowed")


ITEMS = "key,code,name,kind,base_unit,sales_unit,is_active\n"


def item(number: int, name: str = "x") -> str:
    return f"{number},C{number},{name},goods,P,P,yes\n"


GOOD = "".join(item(number) for number in range(1, 50))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "no header"),
        (f"{ITEMS}{item(0, chr(34) + '5 inch')}{GOOD}".encode(), "stays open to line 51"),
        (f"{ITEMS}{item(0, chr(34) + '5 inch')}{GOOD}{item(99, chr(34) + '6 inch')}".encode(), "quotation mark"),
        (f"{ITEMS}{item(0, chr(34) + '5 inch')}{GOOD}{item(99, '6 inch' + chr(34))}".encode(), "quotation mark"),
        (f"{ITEMS}{GOOD}{item(99, chr(34) + 'Szt' + chr(34) + 'uka')}".encode(), "not CSV"),
        (f"{ITEMS}{GOOD}{item(99, 'Łódź')}".encode("windows-1250"), "not UTF-8: it looks like comma, Windows-1250"),
        (f"{ITEMS}{GOOD}{item(99, 'Größe')}".encode("windows-1252"), "not UTF-8: it looks like comma, Windows-1252"),
        (f"{ITEMS}{GOOD}{item(99, 'x' + chr(0) + 'y')}".encode(), "a NUL character"),
        (f"{ITEMS}{GOOD}".encode() + b"\0" * 512, "a NUL character"),
        (f"{ITEMS}{GOOD}99,C99,x".encode(), "the file ends within this row"),
        (f"{ITEMS}{GOOD}".encode("utf-16"), "UTF-16"),
        (f"{ITEMS}{GOOD}".encode("utf-16-le"), "UTF-16-le"),
        (f"{ITEMS}{GOOD}".replace(",", ";").encode(), "it looks like semicolon"),
        (f"{ITEMS}{GOOD}".replace(",", "\t").encode(), "it looks like tab"),
        (f"{ITEMS}{GOOD}".replace(",", "|").encode(), "it looks like vertical bar"),
        (GOOD.encode(), "no header"),
    ],
)
@pytest.mark.parametrize("is_mapped", [False, True])
def test_that_a_fault_of_a_file_is_never_skipped_as_a_fault_of_a_row(
    exports: Exports, content: bytes, told: str, is_mapped: bool
) -> None:
    if is_mapped:
        exports.put("towary.csv", content)
        exports.map_to('[objects."items.forms"]\nsql = "SELECT Indeks AS key FROM towary"\n')
    else:
        exports.put("items_forms.csv", content)
    found = exports.problems("items.forms", skips=True)
    assert len(found) == 1
    assert told in found[0].reason


def test_that_a_row_with_another_count_of_cells_is_a_fault_of_the_row(exports: Exports) -> None:
    exports.put("items_forms.csv", f"{ITEMS}{item(1)}2,C2,a, b,goods,P,P,yes\n{item(3)}")
    assert [row["key"] for row in exports.rows("items.forms", skips=True)] == ["1", "3"]


def rewrite(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def replace(path: Path) -> None:
    new = path.with_name("new.tmp")
    new.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    new.replace(path)


def append(path: Path) -> None:
    with path.open("ab") as file:
        file.write(item(9999).encode())


def touch(path: Path) -> None:
    os.utime(path, ns=(1, 1))


@pytest.mark.parametrize("change", [rewrite, replace, append, touch, Path.unlink])
@pytest.mark.parametrize("moment", ["while it is read", "between the readings", "after it was read"])
def test_that_a_file_that_changes_stops_the_import(
    exports: Exports, change: Callable[[Path], None], moment: str
) -> None:
    path = exports.put("items_forms.csv", ITEMS + "".join(item(number) for number in range(3_000)))
    read = {"while it is read": during, "between the readings": between, "after it was read": after}[moment]
    with pytest.raises(UsageError, match=r"items_forms\.csv (changed while it was read|cannot be read)"):
        read(exports.connector(), lambda: change(path))


def during(connector: CsvFolder, change: Callable[[], None]) -> None:
    source = connector._files.find("items_forms")
    assert source is not None
    sheet = read_sheet(connector._files, source, ProblemList())
    assert sheet is not None
    next(sheet.records)
    change()
    list(sheet.records)


def between(connector: CsvFolder, change: Callable[[], None]) -> None:
    connector._check()
    change()
    list(connector.rows(CATALOGUE.by_key["items.forms"]))


def after(connector: CsvFolder, change: Callable[[], None]) -> None:
    rows = connector.rows(CATALOGUE.by_key["items.forms"])
    for _ in range(3_000):
        next(rows)
    change()
    list(rows)


@given(
    number=st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**14), max_value=10**14),
    decimal=st.sampled_from([",", "."]),
    gap=st.sampled_from(["", " ", "\u00a0", "\u202f", "'"]),
)
def test_that_a_number_in_any_declared_form_is_read_exactly(number: Decimal, decimal: str, gap: str) -> None:
    declared = " " if gap.isspace() and gap else gap
    form = FileForm(decimal=decimal, thousands=declared, numbers=("x",))
    written = f"{number:,.4f}".replace(",", "_").replace(".", decimal).replace("_", gap)
    read = cell_reader(form, "x")(written)
    assert read is not None
    assert Decimal(read) == number
    with pytest.raises(BadValueError):
        cell_reader(form, "x")(f"{written}{decimal}1")


@pytest.mark.parametrize("declared", ["iso-8859-1", "iso-8859-2"])
def test_that_bytes_in_another_code_page_than_declared_are_reported(exports: Exports, declared: str) -> None:
    content = "key,code,name,decimals,kind\nP,p,Strój śnieżki źle,0,quantity\n".encode("windows-1250")
    exports.put("directories_units.csv", content)
    exports.map_to(f'[files.directories_units]\nencoding = "{declared}"\n')
    refusal = exports.refusal("directories.units", skips=True)
    assert f"not {declared}" in refusal.lower()
    assert 'encoding = "windows-1250"' in refusal
