"""The CSV folder: valid and refused input, and its messages, with and without a mapping."""

import hashlib
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from salesapp.domain.catalogue import CATALOGUE, IMAGES
from salesapp.errors import UsageError
from salesapp.gateway.connectors.base import BadRow, Connector, SourceRow
from salesapp.gateway.connectors.csv_folder import CsvFolder, ImportRefused
from salesapp.gateway.connectors.problems import MAX_PROBLEMS
from salesapp.gateway.database import Database, metadata
from salesapp.gateway.intake import import_all
from tests.company import PICTURE

UNITS = "key,code,name,decimals,kind\n"
PIECES = "PCS,pcs,Sztuka,0,quantity\n"
VAT = "code,name,percent,is_exempt,valid_from\n"

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    folder = tmp_path / "erp"
    folder.mkdir()

    def write_files(**files: str | bytes) -> Path:
        for name, content in files.items():
            (folder / f"{name}.csv").write_bytes(content.encode() if isinstance(content, str) else content)
        return folder

    return write_files


def read(folder: Path, key: str, mapping: Path | None = None) -> list[SourceRow]:
    connector = CsvFolder(folder, mapping, CATALOGUE, today=date(2026, 3, 10))
    try:
        return list(connector.rows(CATALOGUE.by_key[key]))
    finally:
        connector.close()


def problems(folder: Path, key: str = "directories.units", mapping: Path | None = None) -> list[BadRow]:
    with pytest.raises(ImportRefused) as refused:
        read(folder, key, mapping)
    return list(refused.value.problems)


def test_that_rows_come_in_the_catalogues_order_whatever_the_files_order(write: Write) -> None:
    folder = write(directories_units="kind,name,key,decimals,code\nquantity,Sztuka,PCS,0,pcs\n")
    assert read(folder, "directories.units") == [SourceRow("PCS", ("pcs", "Sztuka", 0, "quantity"))]


def test_that_values_are_stored_scaled_in_utc_and_canonical(write: Write) -> None:
    folder = write(
        directories_vat_rates=VAT + "23,VAT,+23.5000000,no,2011-01-01\n8,VAT,.5,,\n5,VAT,-0005,FALSE,\n0,VAT,0,yes,\n",
        directories_currencies='code,name,decimals,is_base,rates\n'
        'EUR,Euro,2,0,"[ {""rate"": 4.25, ""date"": ""2026-03-01""} ]"\nPLN,Złoty,2,1,\n',
        items_resources="item,warehouse,quantity,as_of\nA,W,12.5,2026-03-10T08:00:00.9+02:00\n",
    )  # fmt: skip
    assert [row.values for row in read(folder, "directories.vat_rates")] == [
        ("23", "VAT", 235_000, 0, None, "2011-01-01", None, "[]"),
        ("8", "VAT", 5_000, 0, None, None, None, "[]"),
        ("5", "VAT", -50_000, 0, None, None, None, "[]"),
        ("0", "VAT", 0, 1, None, None, None, "[]"),
    ]
    euro, zloty = read(folder, "directories.currencies")
    assert euro.values[-1] == '[{"date":"2026-03-01","rate":"4.25"}]'
    assert zloty.values[1:] == ("Złoty", None, 2, 1, "[]")
    (stock,) = read(folder, "items.resources")
    assert stock == SourceRow("A/W", ("A", "W", 125_000, "2026-03-10T06:00:00Z"))


def test_that_quotes_line_breaks_and_a_byte_order_mark_are_read(write: Write) -> None:
    content = '\ufeff"key",code,name,decimals,kind\r\nPCS,pcs,"Sztuka, ""mała""\r\nz żółtą kartą",0,quantity\r\n\r\n'
    (row,) = read(write(directories_units=content), "directories.units")
    assert row.values[1] == 'Sztuka, "mała"\r\nz żółtą kartą'


def test_that_a_missing_file_keeps_rows_and_a_header_alone_deletes_them(write: Write) -> None:
    folder = write(directories_units=UNITS)
    assert CsvFolder(folder, None, CATALOGUE).objects == {"directories.units"}
    assert read(folder, "directories.units") == []


def test_that_keys_built_from_several_columns_never_collide(write: Write) -> None:
    rows = read(write(items_resources="item,warehouse,quantity\na/b,c,1\na,b/c,1\n"), "items.resources")
    assert len({row.key for row in rows}) == 2


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("PCS,,Sztuka,0,quantity", "code", "missing"),
        (",pcs,Sztuka,0,quantity", "key", "missing"),
        ("PCS,pcs,Sztuka,two,quantity", "decimals", '"two" is not a whole number'),
        ("PCS,pcs,Sztuka,99999999999999999999,quantity", "decimals", "too large"),
        ("PCS,pcs,Sztuka,9223372036854775808,quantity", "decimals", "too large"),
        ("PCS,pcs,Sztuka,0,pieces", "kind", "is not one of quantity, weight"),
        ("PCS,pcs,Sztuka,0", "", "4 cells; the header has 5"),
        ("PCS,pcs,Szt\0uka,0,quantity", "name", "NUL"),
        ("PC\0S,pcs,Sztuka,0,quantity", "key", "NUL"),
        (f"PCS,pcs,{'x' * 4001},0,quantity", "name", "4001 characters"),
        ('PCS,pcs,"Szt"uka,0,quantity', "", "not CSV"),
    ],
)
def test_that_a_bad_row_is_reported_with_line_column_and_reason(
    write: Write, row: str, column: str, reason: str
) -> None:
    found = problems(write(directories_units=f"{UNITS}{PIECES.replace('PCS', 'P2')}{row}\n"))
    assert [(bad.file, bad.line, bad.column) for bad in found] == [("directories_units.csv", 3, column)]
    assert reason in found[0].reason


@pytest.mark.parametrize(
    ("percent", "reason"),
    [
        ("NaN", "not a number"),
        ("1e5", "not a number"),
        ("12,5", "not a number"),
        (".", "not a number"),
        ("1.23456", "5 decimals; 4 are allowed"),
        ("922337203685477.5808", "too large"),
        ("9" * 30, "too large"),
    ],
)
def test_that_a_bad_decimal_is_refused(write: Write, percent: str, reason: str) -> None:
    (bad,) = problems(write(directories_vat_rates=f'{VAT}X,VAT,"{percent}",0,\n'), "directories.vat_rates")
    assert (bad.column, reason in bad.reason) == ("percent", True)


@pytest.mark.parametrize("day", ["2026-02-30", "10.03.2026", "2026-3-1", "20260301", "2026-03-01T00:00:00Z"])
def test_that_a_bad_date_is_refused(write: Write, day: str) -> None:
    (bad,) = problems(write(directories_vat_rates=f"{VAT}X,VAT,1,0,{day}\n"), "directories.vat_rates")
    assert (bad.column, "not a date" in bad.reason) == ("valid_from", True)


@pytest.mark.parametrize(
    ("moment", "reason"),
    [
        ("2026-03-10T08:00:00", "no time zone"),
        ("yesterday", "not a time"),
        ("0001-01-01T00:00:00+14:00", "1970 to 2999"),
    ],
)
def test_that_a_time_must_have_a_zone(write: Write, moment: str, reason: str) -> None:
    folder = write(items_resources=f"item,warehouse,quantity,as_of\nA,W,1,{moment}\n")
    (bad,) = problems(folder, "items.resources")
    assert (bad.column, reason in bad.reason) == ("as_of", True)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[1,", "not JSON"),
        ("[NaN]", "does not know NaN"),
        ("7", "neither a list nor a mapping"),
        ("[" * 5000 + "]" * 5000, "not JSON"),
        ('["\\ud800"]', "not JSON"),
        ("[9223372036854775808]", "too large"),
        ('["\\u0000"]', "NUL"),
    ],
)
def test_that_bad_json_is_refused(write: Write, text: str, reason: str) -> None:
    cell = '"' + text.replace('"', '""') + '"'
    folder = write(directories_currencies=f"code,name,decimals,rates\nEUR,Euro,2,{cell}\n")
    (bad,) = problems(folder, "directories.currencies")
    assert (bad.column, reason in bad.reason) == ("rates", True)


def test_that_bytes_that_are_not_utf8_are_reported_with_their_line(write: Write) -> None:
    content = (
        f"{UNITS}{PIECES}".encode() + "KG,kg,Kilogram\u0105,3,weight\n".encode("iso8859-2") + b"L,l,Litre,3,volume\n"
    )
    (bad,) = problems(write(directories_units=content))
    assert (bad.line, bad.column) == (3, "number 3")
    assert bad.reason.startswith("not UTF-8: it looks like comma, ISO-8859-2.")
    assert '[files.directories_units]\nencoding = "iso-8859-2"\n' in bad.reason


def test_that_all_bad_cells_of_all_files_are_reported_at_once(write: Write) -> None:
    folder = write(
        directories_units=UNITS + "A,,x,no,quantity\n" + PIECES + PIECES,
        directories_vat_rates=VAT + "X,VAT,NaN,maybe,\n",
    )
    found = {(bad.file, bad.line, bad.column) for bad in problems(folder)}
    units, rates = "directories_units.csv", "directories_vat_rates.csv"
    expected = {(units, 2, "code"), (units, 2, "decimals"), (units, 4, "key"), (rates, 2, "percent")}
    assert found == expected | {(rates, 2, "is_exempt")}


def test_that_line_numbers_match_an_editor_also_after_cells_with_line_breaks(write: Write) -> None:
    (bad,) = problems(write(directories_units=UNITS + 'A,a,"one\ntwo\nthree",0,quantity\nB,b,x,?,quantity\n'))
    assert (bad.line, bad.column) == (5, "decimals")


@pytest.mark.parametrize(
    ("content", "column", "reason"),
    [
        ("key,code,name,decimals,kind,colour\n", "colour", "unknown column"),
        ("key,code,name,kind\n", "decimals", "missing column"),
        ("key,code,name,decimals,kind,code\n", "code", "twice"),
        ("key,code,name,decimals,kind,\n", "", "without a name"),
        ("", "", "no header"),
        ("name,decimals,kind\n", "key", "missing column"),
    ],
)
def test_that_a_bad_header_is_refused_also_when_bad_rows_are_skipped(
    write: Write, content: str, column: str, reason: str
) -> None:
    folder = write(directories_units=content)
    connector = CsvFolder(folder, None, CATALOGUE, skip_bad_rows=True)
    with pytest.raises(ImportRefused) as refused:
        list(connector.rows(CATALOGUE.by_key["directories.units"]))
    found = {bad.column: bad.reason for bad in refused.value.problems if bad.line <= 1}
    assert reason in found[column]


def test_that_a_misspelt_file_name_is_reported(write: Write) -> None:
    (bad,) = problems(write(directories_units=UNITS + PIECES, directories_unitz=UNITS))
    assert (bad.file, bad.reason) == ("directories_unitz.csv", "no object has a file of this name")


def test_that_skipping_imports_the_good_rows_and_reports_the_others(write: Write) -> None:
    folder = write(directories_units=UNITS + "A,,x,0,quantity\n" + PIECES + PIECES.replace("pcs", "again"))
    connector = CsvFolder(folder, None, CATALOGUE, skip_bad_rows=True)
    assert [row.values[0] for row in connector.rows(CATALOGUE.by_key["directories.units"])] == ["pcs"]
    assert [(bad.line, bad.column) for bad in connector.problems] == [(2, "code"), (4, "key")]


def test_that_the_first_thousand_problems_are_kept_and_all_are_counted(write: Write) -> None:
    folder = write(directories_units=UNITS + "A,,x,0,quantity\n" * 1500)
    with pytest.raises(ImportRefused) as refused:
        read(folder, "directories.units")
    assert (len(refused.value.problems), refused.value.count) == (MAX_PROBLEMS, 1500)
    assert "1500 problems, the first: directories_units.csv, line 2, column code: missing" in str(refused.value)


def test_that_a_bad_row_of_the_last_object_leaves_the_gateway_unchanged(write: Write, tmp_path: Path) -> None:
    folder = write(directories_units=UNITS + PIECES, directories_vat_rates=VAT + "X,VAT,NaN,0,\n")
    (tmp_path / "gateway").mkdir()
    database = Database(tmp_path / "gateway")
    try:
        metadata.create_all(database.engine)
        with pytest.raises(ImportRefused):
            import_all(database, CATALOGUE, CsvFolder(folder, None, CATALOGUE))
        write(directories_vat_rates=VAT + "X,VAT,1,0,\n")
        report = import_all(database, CATALOGUE, CsvFolder(folder, None, CATALOGUE))
        assert {key: found.added for key, found in report.objects.items()} == {
            "directories.units": 1, "directories.vat_rates": 1
        }  # fmt: skip
        (folder / "directories_vat_rates.csv").unlink()
        write(directories_units=UNITS)
        report = import_all(database, CATALOGUE, CsvFolder(folder, None, CATALOGUE))
        assert {key: found.deleted for key, found in report.objects.items() if found.deleted} == {
            "directories.units": 1
        }
    finally:
        database.close()


def test_that_a_folder_without_an_objects_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="has no file named like an object"):
        read(tmp_path, "directories.units")
    with pytest.raises(UsageError, match="is not a folder"):
        read(tmp_path / "nowhere", "directories.units")


IMAGE_HEADER = "owner_kind,owner,file_name,path\n"


def test_that_the_facts_of_a_picture_come_from_its_file(write: Write) -> None:
    folder = write(attachments_images=IMAGE_HEADER + "item,A,,pictures/a.png\nitem,B,b.png,pictures/a.png\n")
    (folder / "pictures").mkdir()
    (folder / "pictures" / "a.png").write_bytes(PICTURE)
    connector = CsvFolder(folder, None, CATALOGUE)
    digest = hashlib.sha256(PICTURE).hexdigest()
    first, second = connector.rows(CATALOGUE.by_key[IMAGES])
    assert first.values[2:6] == ("a.png", "image/png", len(PICTURE), digest)
    assert second.values[2] == "b.png"
    assert connector.media(digest) == PICTURE
    with pytest.raises(KeyError):
        connector.media("0" * 64)


def test_that_a_picture_must_be_an_image_inside_the_folder(write: Write, tmp_path: Path) -> None:
    folder = write(attachments_images=IMAGE_HEADER + "".join(
        f"item,{index},x.png,{path}\n" for index, path in enumerate(("text.png", "../out.png", "gone.png", "link.png"))
    ))  # fmt: skip
    (folder / "text.png").write_text("<html>")
    (tmp_path / "out.png").write_bytes(PICTURE)
    (folder / "link.png").symlink_to(tmp_path / "out.png")
    reasons = [bad.reason for bad in problems(folder, IMAGES) if bad.column == "path"]
    assert "not a PNG" in reasons[0]
    assert "out of the folder" in reasons[1]
    assert "cannot be read" in reasons[2]
    assert "out of the folder" in reasons[3]


def test_that_a_digest_that_differs_from_the_file_is_refused(write: Write) -> None:
    folder = write(attachments_images=f"owner_kind,owner,path,sha256\nitem,A,a.png,{'0' * 64}\n")
    (folder / "a.png").write_bytes(PICTURE)
    (bad,) = problems(folder, IMAGES)
    assert (bad.column, "the file has" in bad.reason) == ("sha256", True)


def test_that_a_folder_accepts_no_records(write: Write) -> None:
    source = CsvFolder(write(directories_units=UNITS).parent / "not there", None, CATALOGUE)
    assert not isinstance(source, Connector), "and nothing of it is read to know that"


UNIT_SELECT = """
[objects."directories.units"]
sql = '''SELECT Code AS key, Code AS code, Name AS name, :digits AS decimals, 'quantity' AS kind FROM Measure'''
"""


@pytest.fixture
def map_to(tmp_path: Path) -> Callable[[str], Path]:
    def write_mapping(text: str) -> Path:
        path = tmp_path / "mapping.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write_mapping


def test_that_a_mapping_selects_from_files_in_any_form(write: Write, map_to: Callable[[str], Path]) -> None:
    mapping = map_to(f"[params]\ndigits = 2\n{UNIT_SELECT}")
    folder = write(Measure="Code,Name,Old\nKG,Kilogram,\nL,Litre,1\n")
    assert read(folder, "directories.units", mapping) == [
        SourceRow("KG", ("KG", "Kilogram", 2, "quantity")),
        SourceRow("L", ("L", "Litre", 2, "quantity")),
    ]


def test_that_json_functions_nest_and_dates_shift(write: Write, map_to: Callable[[str], Path]) -> None:
    mapping = map_to("""
[objects."directories.currencies"]
sql = '''
SELECT c.Code AS code, c.Code AS name, 2 AS decimals,
       list({'date': :today + CAST(r.Days AS INTEGER), 'rate': r.Rate} ORDER BY CAST(r.Days AS INTEGER)) AS rates
FROM Currency c JOIN Rate r ON r.Code = c.Code GROUP BY c.Code'''
""")
    folder = write(Currency="Code\nEUR\n", Rate="Code,Days,Rate\nEUR,-1,4.2500\nEUR,0,4.2600\n")
    (row,) = read(folder, "directories.currencies", mapping)
    assert json.loads(str(row.values[-1])) == [
        {"date": "2026-03-09", "rate": "4.2500"},
        {"date": "2026-03-10", "rate": "4.2600"},
    ]


def test_that_files_in_the_catalogues_form_are_read_beside_a_mapping(
    write: Write, map_to: Callable[[str], Path], tmp_path: Path
) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "directories_vat_rates.csv").write_text(VAT + "0,None,0,1,\n")
    mapping = map_to(f'[source]\nfolders = ["more"]\n[params]\ndigits = 0\n{UNIT_SELECT}')
    folder = write(Measure="Code,Name\nKG,Kilogram\n")
    assert CsvFolder(folder, mapping, CATALOGUE).objects == {"directories.units", "directories.vat_rates"}
    assert [row.key for row in read(folder, "directories.vat_rates", mapping)] == ["0"]


def test_that_a_mapped_bad_row_is_reported_with_its_object_and_number(
    write: Write, map_to: Callable[[str], Path]
) -> None:
    mapping = map_to(f'[params]\ndigits = "1.5"\n{UNIT_SELECT}')
    (bad,) = problems(write(Measure="Code,Name\nKG,Kilogram\n"), mapping=mapping)
    assert (bad.file, bad.line, bad.column) == ("mapping.toml [directories.units]", 1, "decimals")


def test_that_a_computed_number_is_read_exactly_or_refused(write: Write, map_to: Callable[[str], Path]) -> None:
    mapping = map_to("""
[files.Rates]
numbers = ["Rate"]

[objects."directories.vat_rates"]
sql = "SELECT Code AS code, Code AS name, Rate * 100 AS percent FROM Rates"
""")
    (row,) = read(write(Rates="Code,Rate\nA,.07\n"), "directories.vat_rates", mapping)
    assert row.values[2] == 70_000
    (bad,) = problems(write(Rates="Code,Rate\nA,.0712345\n"), "directories.vat_rates", mapping)
    assert "decimals" in bad.reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("not toml", "is not TOML"),
        ("[objekts]", "sections that nobody knows: objekts"),
        ("[source]\nfolder = 1", "knows folders only"),
        ('[source]\nfolders = ["gone"]', "not there: gone"),
        ("[params]\nrate = 1.5", "the parameter rate must be"),
        ('[objects."items.things"]\nsql = "SELECT 1"', 'no object "items.things"'),
        ('[objects."items.forms"]\nselect = "SELECT 1"', "must have sql"),
        ('[objects."items.forms"]\nsql = "SELECT * FROM Nowhere"', "no such table: Nowhere"),
        ('[objects."items.forms"]\nsql = "SELEC 1"', "syntax error"),
        ('[objects."items.forms"]\nsql = "SELECT :who AS code"', "who"),
        ('[objects."items.forms"]\nsql = "SELECT 1; SELECT 2"', "one statement"),
        ('[objects."items.forms"]\nsql = "SELECT json(Name) AS code FROM Measure"', "Malformed JSON"),
        ('[objects."items.forms"]\nsql = "DELETE FROM Measure"', "not a SELECT"),
        ('[objects."items.forms"]\nsql = "ATTACH \'x.db\' AS x"', "not a SELECT"),
        ('[objects."items.forms"]\nsql = ""', "not a SELECT"),
    ],
)
def test_that_a_bad_mapping_gives_one_clear_error(
    write: Write, map_to: Callable[[str], Path], text: str, reason: str
) -> None:
    folder = write(Measure="Code,Name\nKG,Kilogram\n")
    with pytest.raises(UsageError) as refused:
        read(folder, "items.forms", map_to(text))
    assert reason in str(refused.value)
    assert not isinstance(refused.value, ImportRefused)


def test_that_bad_records_of_a_source_file_are_reported_with_its_name(
    write: Write, map_to: Callable[[str], Path]
) -> None:
    mapping = map_to(f"[params]\ndigits = 0\n{UNIT_SELECT}")
    (bad,) = problems(write(Measure="Code,Name\nKG\n"), mapping=mapping)
    assert (bad.file, bad.line) == ("Measure.csv", 2)
    (bad,) = problems(write(Measure="Code,Code\nKG,1\n"), mapping=mapping)
    assert (bad.file, bad.line) == ("Measure.csv", 1)


def test_that_two_files_of_one_name_are_refused(write: Write, map_to: Callable[[str], Path], tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "measure.csv").write_text("Code\n")
    mapping = map_to(f'[source]\nfolders = ["more"]\n{UNIT_SELECT}')
    with pytest.raises(UsageError, match=r"two folders have a file measure\.csv"):
        read(write(Measure="Code,Name\n"), "directories.units", mapping)


def test_that_a_number_pattern_that_could_repeat_is_refused_with_a_remedy(write: Write) -> None:
    header = "document_type,symbol,pattern,period,first_number\n"
    rows = "sales_order,SO,{symbol}-{number}/{month}/{year}/{series},month,1\nsales_quote,SQ,{symbol}{number},year,1\n"
    (bad,) = problems(write(documents_numerators=header + rows), "documents.numerators")
    assert (bad.file, bad.line, bad.column) == ("documents_numerators.csv", 3, "pattern")
    assert bad.reason == '"{symbol}{number}": numbers would come twice: add {year} and {series}'


def test_that_a_wrong_pattern_of_in_store_codes_and_a_limit_of_zero_are_refused(write: Write) -> None:
    header = "code,name,stock_rule,credit_rule,price_age_rule,barcode_patterns,maximum_quantity\n"
    rows = (
        'good,Good,warn,warn,warn,"[""27PPPPPWWWWWC"", ""29PPPPPAAAAAC""]",500\n'
        'bad,Bad,warn,warn,warn,"[""27PPPPPPPPPPC""]",\n'
        "zero,Zero,warn,warn,warn,,0\n"
    )
    wrong, zero = problems(write(auxiliary_profiles=header + rows), "auxiliary.profiles")
    assert (wrong.line, wrong.column) == (3, "barcode_patterns")
    assert wrong.reason == '"27PPPPPPPPPPC": needs one group of W (weight) or of A (price)'
    assert (zero.line, zero.column) == (4, "maximum_quantity")
