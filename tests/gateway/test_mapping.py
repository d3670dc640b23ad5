"""Mappings are strict: a name is a column or an error, numbers are exact, a SELECT reads only its files."""

import pytest

from tests.gateway.exports import Exports

ITEMS = """
[objects."items.forms"]
sql = '''SELECT "Indeks" AS key, "Indeks" AS code, "Nazwa towaru" AS name, 'goods' AS kind, 'PCS' AS base_unit,
'PCS' AS sales_unit, 1 AS is_active FROM artykuly WHERE "Aktywny" = '1' '''
"""
FORM = '[files.artykuly]\nnumbers = ["Cena netto", "Ilosc"]\n'
HEADER = "Indeks,Nazwa towaru,Cena netto,Ilosc,Aktywny\n"
GOODS = f"{HEADER}A1,Makaron,10.00,3,1\nA2,Sól,2.00,4,1\n"


def prices(expression: str) -> str:
    """A mapping whose prices are an expression over the file."""
    return f"""{FORM}
[objects."items.prices"]
sql = '''SELECT "Indeks" AS item, 'LIST' AS price_type, {expression} AS value, 'PCS' AS unit, 0 AS minimum_quantity,
NULL AS valid_from FROM artykuly'''
"""


def value_of(exports: Exports, expression: str, content: str = GOODS) -> list[int]:
    exports.put("artykuly.csv", content)
    exports.map_to(prices(expression))
    return [row["value"] for row in exports.rows("items.prices")]


@pytest.mark.parametrize(
    ("renamed", "to", "told"),
    [
        ("Cena netto", "Cena netto PLN", 'numbers: artykuly.csv has no column "Cena netto"; it has Indeks, Nazwa'),
        ("Nazwa towaru", "Nazwa", "no such column: Nazwa towaru"),
        ("Aktywny", "Czy aktywny", "no such column: Aktywny"),
        ("Indeks", "Kod", "no such column: Indeks"),
    ],
)
@pytest.mark.parametrize("skips", [False, True])
def test_that_a_name_in_quotation_marks_is_a_column_or_an_error(
    exports: Exports, renamed: str, to: str, told: str, skips: bool
) -> None:
    exports.map_to(FORM + ITEMS)
    exports.put("artykuly.csv", GOODS)
    assert [row["name"] for row in exports.rows("items.forms")] == ["Makaron", "Sól"]
    exports.put("artykuly.csv", GOODS.replace(renamed, to, 1))
    assert told in exports.refusal("items.forms", skips=skips)


@pytest.mark.parametrize(
    "expression",
    ['"Aktywny" * 1.05', '"Aktywny" + 1', '1 - "Aktywny"', '-"Aktywny"', '"Aktywny" / 2', '2 / "Aktywny"',
     'sum("Aktywny") OVER ()', 'round("Aktywny", 2)', '"Aktywny" % 2', 'abs("Aktywny")', '"Aktywny" // 2'],
)  # fmt: skip
def test_that_a_text_in_arithmetic_is_an_error_that_names_numbers(exports: Exports, expression: str) -> None:
    exports.put("artykuly.csv", GOODS)
    exports.map_to(prices(expression))
    assert 'numbers = ["..."]' in exports.refusal("items.prices")


@pytest.mark.parametrize(
    "condition",
    ['"Aktywny" = 1', '"Aktywny" <> 1', '1 = "Aktywny"', '"Aktywny" IN (0, 1)', '"Aktywny" > 0',
     '"Aktywny" BETWEEN 0 AND 1', '"Aktywny" = 1.0', '"Aktywny" NOT IN (0)'],
)  # fmt: skip
def test_that_a_text_is_not_compared_with_a_number(exports: Exports, condition: str) -> None:
    exports.put("artykuly.csv", GOODS)
    exports.map_to(FORM + ITEMS.replace("\"Aktywny\" = '1'", condition))
    refusal = exports.refusal("items.forms")
    assert "a text" in refusal
    assert "number" in refusal


@pytest.mark.parametrize(
    ("cell", "expression", "value"),
    [
        ("15.38", 'round("Cena netto" / 1.23, 2)', "12.5000"),
        ("2.01", 'round("Cena netto" / 2, 2)', "1.0100"),
        ("-2.01", 'round("Cena netto" / 2, 2)', "-1.0100"),
        ("1.005", 'round("Cena netto", 2)', "1.0100"),
        ("2.675", 'round("Cena netto" * 1, 2)', "2.6800"),
        ("0.1", '"Cena netto" + 0.2', "0.3000"),
        ("10.00", 'round("Cena netto" / 3, 4)', "3.3333"),
        ("-10.00", 'round("Cena netto" / 3, 4)', "-3.3333"),
        ("20.00", 'round("Cena netto" / 3, 2)', "6.6700"),
        ("7", '"Cena netto" / 2', "3.5000"),
        ("12.50", 'round("Cena netto" * 1.05, 2)', "13.1300"),
        ("1234.56", 'round("Cena netto" * 1.05, 2)', "1296.2900"),
        ("99999999999.99", 'round("Cena netto" / 1.23, 2)', "81300813008.1200"),
        ("1", 'round(sum("Cena netto") OVER () / count(*) OVER (), 2)', "1.0000"),
        ("8", 'CAST("Cena netto" AS DECIMAL(18, 2)) / 2 / 2', "2.0000"),
    ],
)
def test_that_numbers_are_exact_and_round_half_up(exports: Exports, cell: str, expression: str, value: str) -> None:
    whole, _, decimals = value.partition(".")
    assert value_of(exports, expression, f"{HEADER}A1,x,{cell},3,1\n") == [int(whole + decimals)]


def test_that_division_by_zero_and_overflow_stop_the_import(exports: Exports) -> None:
    exports.put("artykuly.csv", f"{HEADER}A1,x,{'9' * 36}.99,0,1\n")
    exports.map_to(prices('1 / "Ilosc"'))
    assert "division by zero" in exports.refusal("items.prices")
    exports.map_to(prices('"Cena netto" * 1000'))
    assert "at most 38 digits" in exports.refusal("items.prices")
    exports.put("artykuly.csv", f"{HEADER}A1,x,{'9' * 39},0,1\n")
    assert "has more than 38 digits" in exports.refusal("items.prices")


@pytest.mark.parametrize(
    "expression",
    ['avg("Cena netto") OVER ()', 'sqrt("Cena netto")', 'CAST("Cena netto" AS DOUBLE)', '1e0 * "Cena netto"',
     'CAST("Cena netto" AS REAL)', 'pow("Cena netto", 2)'],
)  # fmt: skip
def test_that_an_inexact_number_is_refused_with_a_remedy(exports: Exports, expression: str) -> None:
    exports.put("artykuly.csv", GOODS)
    exports.map_to(prices(expression))
    assert "value is not exact" in exports.refusal("items.prices")
    assert "round(sum(x) / count(x), 2)" in exports.refusal("items.prices")


def test_that_casting_a_text_that_is_not_a_number_stops_the_import(exports: Exports) -> None:
    exports.put("artykuly.csv", GOODS.replace("Makaron", '"12,50"'))
    exports.map_to(prices('CAST("Nazwa towaru" AS DECIMAL(18, 2))'))
    assert '"12,50"' in exports.refusal("items.prices")


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        (
            "SELECT printf('%.2f', Indeks) AS code FROM artykuly",
            "printf() is not for mappings (any more): write round(",
        ),
        ("SELECT iif(true, 1, 2) AS code", "iif() is not for mappings (any more): write if("),
        ("SELECT julianday('2026-01-01') AS code", "julianday() is not for mappings (any more): write a difference"),
        ("SELECT max(Indeks, 'A') AS code FROM artykuly", "max() is not for mappings (any more): write greatest(a, b)"),
        ("SELECT min(Indeks, 'A') AS code FROM artykuly", "write least(a, b)"),
        ("SELECT date(Indeks, '1 day') AS code FROM artykuly", "INTERVAL 1 DAY"),
        ("SELECT [Nazwa towaru] AS code FROM artykuly", 'Write "Nazwa towaru" instead of [Nazwa towaru]'),
        ("SELECT random() AS code", "the same at every import"),
        ("SELECT current_date AS code", ":today"),
    ],
)
def test_that_syntax_of_the_former_engine_is_refused_with_its_replacement(
    exports: Exports, sql: str, told: str
) -> None:
    exports.put("artykuly.csv", GOODS)
    exports.map_to(f'[objects."items.forms"]\nsql = """{sql}"""\n')
    assert told in exports.refusal("items.forms")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('{secret}')",
        "SELECT * FROM read_text('{secret}')",
        "SELECT * FROM '{secret}'",
        "SELECT * FROM glob('*')",
        "SELECT * FROM sniff_csv('{secret}')",
        "SELECT * FROM read_blob('{secret}')",
        "SELECT * FROM parquet_scan('{secret}')",
        "COPY (SELECT 1) TO '{secret}'",
        "ATTACH '{secret}' AS other",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "PRAGMA database_list",
        "CREATE TABLE t AS SELECT 1",
        "DROP TABLE artykuly",
        "UPDATE artykuly SET Indeks = 'x'",
        "CALL pragma_version()",
        "EXPLAIN SELECT 1",
        "SELECT 1; COPY (SELECT 1) TO '{secret}'",
        "SELECT getenv('HOME') AS code",
    ],
)
def test_that_a_select_reads_only_its_files(exports: Exports, sql: str) -> None:
    secret = exports.folder.parent / "secret.csv"
    secret.write_text("a,b\n1,top secret\n")
    exports.put("artykuly.csv", GOODS)
    exports.map_to(f'[objects."items.forms"]\nsql = """{sql.format(secret=secret)}"""\n')
    assert "top secret" not in exports.refusal("items.forms")
    assert secret.read_text() == "a,b\n1,top secret\n"


def test_that_the_same_files_give_the_same_rows_in_the_same_order(exports: Exports) -> None:
    lines = "".join(f"A{number % 977}-{number},Towar {number % 7},{number}.5,1,1\n" for number in range(20_000))
    exports.put("artykuly.csv", HEADER + lines)
    exports.map_to(f"""{FORM}
[objects."items.groups"]
sql = '''SELECT a."Nazwa towaru" || b."Ilosc" || split_part(a."Indeks", '-', 1) AS code, count(*) || '' AS name,
0 AS position
FROM artykuly a JOIN (SELECT DISTINCT "Ilosc" FROM artykuly) b ON a."Ilosc" = b."Ilosc"
GROUP BY a."Nazwa towaru", b."Ilosc", split_part(a."Indeks", '-', 1)'''
""")
    first = exports.rows("items.groups")
    assert len(first) > 5_000
    assert exports.rows("items.groups") == first


def test_that_blanks_at_the_edges_of_joined_columns_are_ignored(exports: Exports) -> None:
    exports.put("artykuly.csv", GOODS)
    exports.put("stany.csv", "Kod,Stan\nA1 ,5\n\u00a0A2\u200b,6\n")
    exports.map_to("""
[objects."items.resources"]
sql = '''SELECT a."Indeks" AS item, 'MAIN' AS warehouse, s."Stan" AS quantity
FROM artykuly a JOIN stany s ON s."Kod" = a."Indeks"'''
""")
    assert [(row["item"], row["quantity"]) for row in exports.rows("items.resources")] == [
        ("A1", 50_000), ("A2", 60_000)
    ]  # fmt: skip


def test_that_parameters_are_dates_texts_and_numbers_and_colons_elsewhere_stay(exports: Exports) -> None:
    exports.put("artykuly.csv", GOODS)
    exports.map_to("""
[params]
since = 2026-03-01
who = "a:today"

[objects."directories.vat_rates"]
sql = '''SELECT :who || ' :who' AS code, "Indeks"::VARCHAR AS name, 0 AS percent, -- :nobody
:today AS valid_from, :today + CAST(:today - :since AS INTEGER) AS valid_to FROM artykuly LIMIT 1'''
""")
    (row,) = exports.rows("directories.vat_rates")
    assert (row["code"], row["valid_from"], row["valid_to"]) == ("a:today :who", "2026-03-10", "2026-03-19")


def test_that_lists_and_mappings_of_a_select_become_json_with_amounts_as_texts(exports: Exports) -> None:
    exports.put("artykuly.csv", GOODS)
    exports.map_to(f"""{FORM}
[objects."directories.currencies"]
sql = '''SELECT 'EUR' AS code, 'Euro' AS name, 2 AS decimals,
list({{'date': :today, 'rate': "Cena netto", 'main': "Indeks" = 'A1'}} ORDER BY "Indeks") AS rates FROM artykuly'''
""")
    (row,) = exports.rows("directories.currencies")
    assert row["rates"] == (
        '[{"date":"2026-03-10","main":true,"rate":"10.00"},{"date":"2026-03-10","main":false,"rate":"2.00"}]'
    )


def test_that_a_time_with_a_zone_is_taken_and_one_without_is_refused(exports: Exports) -> None:
    exports.put("stany.csv", "Kod,Czas\nA1,2026-03-10 14:00\n")
    mapping = """
[files.stany]
dates = { "Czas" = "%Y-%m-%d %H:%M" }

[objects."items.resources"]
sql = '''SELECT "Kod" AS item, 'MAIN' AS warehouse, 1 AS quantity, "Czas" AS as_of FROM stany'''
"""
    exports.map_to(mapping)
    assert "has no time zone" in exports.refusal("items.resources")
    exports.map_to(mapping.replace('"Czas" AS as_of', "\"Czas\" AT TIME ZONE 'Europe/Warsaw' AS as_of"))
    (row,) = exports.rows("items.resources")
    assert row["as_of"] == "2026-03-10T13:00:00Z"


def test_that_a_missing_file_is_reported_with_the_existing_ones(exports: Exports) -> None:
    exports.put("artykuly.csv", GOODS)
    exports.map_to('[objects."items.forms"]\nsql = "SELECT * FROM towary"\n')
    assert "no such table: towary (no file of this name); there are: artykuly" in exports.refusal("items.forms")
    exports.map_to(f"[files.towary]\n{ITEMS}")
    assert "there is no towary.csv, towary.xlsx or towary.ods; the files are artykuly" in exports.refusal("items.forms")


def test_that_a_computed_column_may_have_the_name_of_a_text_column(exports: Exports) -> None:
    exports.put("artykuly.csv", GOODS)
    exports.map_to(
        FORM
        + ITEMS.replace("FROM artykuly", 'FROM (SELECT *, CAST("Aktywny" AS INTEGER) AS flag FROM artykuly)').replace(
            "\"Aktywny\" = '1'", "flag = 1"
        )
    )
    exports.put("inne.csv", "flag\nx\n")
    exports.map_to(exports.mapping.read_text(encoding="utf-8") + "\n[files.inne]\n")  # type: ignore[union-attr]
    assert len(exports.rows("items.forms")) == 2


@pytest.mark.parametrize(
    "join",
    [
        'FROM artykuly a JOIN stany s ON s."Kod" = a."Indeks"',
        'FROM (SELECT "Kod" AS k, "Stan" FROM stany) s JOIN artykuly a ON a."Indeks" = s.k',
        'FROM stany s JOIN (SELECT "Indeks" AS "Kod" FROM artykuly) a USING ("Kod")',
        'FROM stany s NATURAL JOIN (SELECT "Indeks" AS "Kod" FROM artykuly) a',
        'FROM stany s WHERE "Kod" IN (SELECT "Indeks" FROM artykuly)',
        'FROM stany s WHERE EXISTS (SELECT 1 FROM artykuly a WHERE a."Indeks" = s."Kod")',
        """FROM stany s WHERE "Kod" IN ('A1', 'A2')""",
        """FROM stany s WHERE list_contains(['A1', 'A2'], "Kod")""",
        'FROM (SELECT DISTINCT "Kod", "Stan" FROM stany) s JOIN artykuly a ON a."Indeks" = "Kod"',
    ],
)
def test_that_every_kind_of_join_ignores_blanks_at_the_edges(exports: Exports, join: str) -> None:
    exports.put("artykuly.csv", GOODS)
    exports.put("stany.csv", "Kod,Stan\nA1 ,5\n\u00a0A2\u200b,6\n")
    code = "s.k" if "s.k" in join else '"Kod"'
    select = f"SELECT {code} AS item, 'MAIN' AS warehouse, \"Stan\" AS quantity {join}"
    exports.map_to(f"[objects.\"items.resources\"]\nsql = '''{select}'''\n")
    assert sorted(row["item"] for row in exports.rows("items.resources")) == ["A1", "A2"]


def test_that_names_of_files_ignore_case_and_the_encoding_of_accents(exports: Exports) -> None:
    exports.put("Żółte Łodzie.csv", GOODS)
    exports.map_to('[files."żółte ŁODZIE"]\n' + ITEMS.replace("FROM artykuly", 'FROM "ŻÓŁTE łodzie"'))
    assert len(exports.rows("items.forms")) == 2


def test_that_sqlites_functions_for_json_still_work_with_amounts_as_texts(exports: Exports) -> None:
    exports.put("kursy.csv", "Waluta,Dzien,Kurs\nEUR,2026-03-01,4.25\nEUR,2026-03-02,4.30\n")
    exports.map_to("""
[files.kursy]
numbers = ["Kurs"]

[objects."directories.currencies"]
sql = '''SELECT Waluta AS code, Waluta AS name, 2 AS decimals,
json_group_array(json_object('date', Dzien, 'rate', round(Kurs, 2))) AS rates FROM kursy GROUP BY Waluta; -- all'''
""")
    (row,) = exports.rows("directories.currencies")
    assert row["rates"] == '[{"date":"2026-03-01","rate":"4.25"},{"date":"2026-03-02","rate":"4.3"}]'


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ('SELECT Indeks AS key FROM artykuly WHERE Indeks = "Cena netto"', "a text with a number"),
        ('SELECT a.Indeks AS key FROM artykuly a JOIN artykuly b ON a."Cena netto" > b.Indeks', "a text with a number"),
        ("SELECT Indeks AS key, Indeks AS key FROM artykuly", "key: this column comes twice"),
        ("SELECT * FROM duckdb_settings()", "a SELECT reads its files and nothing else"),
        ("SELECT * FROM order", 'If order is a file or a column, write "order"'),
        ("SELECT Indeks AS key FROM artykuly WHERE Indeks LIKE 5", "a text is used as a number"),
    ],
)
def test_that_a_select_with_an_obvious_mistake_is_refused(exports: Exports, sql: str, told: str) -> None:
    exports.put("artykuly.csv", GOODS)
    exports.map_to(f"{FORM}[objects.\"items.forms\"]\nsql = '''{sql}'''\n")
    assert told in exports.refusal("items.forms")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Smok <b>mała</b> &amp; duża</p><p>5 &lt; 6</p>", "Smok mała & duża\n5 < 6"),
        ("a<br/>b<BR>c", "a\nb\nc"),
        ("<style>p {color: red}</style><ul><li>x</li><li>y</li></ul>", "x\ny"),
        ("5 &amp;lt; 6&nbsp;kg", "5 &lt; 6 kg"),
        ("plain", "plain"),
        ("<p></p>", None),
    ],
)
def test_that_plain_text_removes_the_tags_of_a_description(exports: Exports, html: str, text: str | None) -> None:
    exports.put("artykuly.csv", GOODS.replace("Makaron", f'"{html}"'))
    exports.map_to(ITEMS.replace("'goods' AS kind", "plain_text(\"Nazwa towaru\") AS description, 'goods' AS kind"))
    assert exports.rows("items.forms")[0]["description"] == text
