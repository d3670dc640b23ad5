"""The drafted mapping of a folder: built from headers in three languages, it works unchanged for plain exports."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from salesapp.cli.gateway_mapping import mapping
from salesapp.gateway.connectors.header_words import ITEM_WORDS, folded, recognised
from tests.gateway.exports import Exports
from tests.workbooks import Rows, xlsx

POLISH = {
    "towary.csv": "Indeks;Nazwa towaru;JM;Cena netto;Stawka VAT;Stan magazynowy;Grupa towarowa;Kod EAN\r\n"
    "A-1;Makaron świderki;szt;12,50;5%;100;Spożywcze;5901234123457\r\n"
    "A-2;Sól kamienna;kg;2,40;23%;35,5;Spożywcze;\r\nA-3;Książka;szt;1 234,56;zw;3;Inne;0041234567892\r\n",
    "kontrahenci.csv": "Akronim;Nazwa kontrahenta;NIP;Ulica;Kod pocztowy;Miasto;Handlowiec\r\n"
    "K1;Sklep Żuczek;5260001246;Główna 5;00-001;Łódź;rep1\r\nK2;Bar;;;;Kraków;\r\n",
}
GERMAN = {
    "Artikel.csv": "Artikel-Nr.\tBezeichnung\tME\tVK netto\tBestand\tMwSt\r\n"
    "A-1\tMüsli\tStk\t12,50\t100\t7\r\nA-2\tÖl\tkg\t2,40\t35\t19\r\nA-3\tTee\tStk\t1.234,56\t3\t19\r\n",
    "Kunden.csv": "Kunden-Nr.\tFirma\tUSt-IdNr.\tStraße\tPLZ\tOrt\r\nK1\tCafé Größe\tDE1\tRing 5\t10115\tBerlin\r\n"
    "K2\tBar\t\t\t\tKöln\r\n",
}
ENGLISH = {
    "products.csv": "SKU,Product name,UoM,Stock\nA-1,Pasta,pcs,100\nA-2,Salt,kg,35.5\nA-3,Book,pcs,3\n",
    "customers.csv": "Customer No,Company,Tax ID,City\nK1,Corner shop,1,York\nK2,Bar,,Leeds\n",
    "price list.csv": 'SKU,Price\nA-1,12.50\nA-2,2.40\nA-3,"1,234.56"\n',
}


def new(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(mapping, ["new", *map(str, arguments)])
    return done.exit_code, done.output


@pytest.mark.parametrize(
    ("files", "encoding"),
    [
        (POLISH, "windows-1250"),
        (POLISH, "iso-8859-2"),
        (GERMAN, "windows-1252"),
        (ENGLISH, "utf-8"),
        (POLISH, "utf-16"),
    ],
)
def test_that_a_drafted_mapping_works_for_a_plain_export(
    exports: Exports, files: dict[str, str], encoding: str, tmp_path: Path
) -> None:
    for name, content in files.items():
        exports.put(name, content.encode(encoding))
    exports.mapping = tmp_path / "map.toml"
    code, output = new("--from", exports.folder, "--out", exports.mapping)
    assert (code, "nothing is made" in output) == (0, False)
    rows = exports.all_rows()
    items = {row["key"]: row for row in rows["items.forms"]}
    assert list(items) == ["A-1", "A-2", "A-3"]
    assert items["A-2"]["base_unit"] == "kg"
    prices = {row["item"]: row["value"] for row in rows["items.prices"]}
    assert prices == {"A-1": 125_000, "A-2": 24_000, "A-3": 12_345_600}
    assert rows["items.resources"][0]["quantity"] == 1_000_000
    assert {row["key"] for row in rows["customers.customers"]} == {"K1", "K2"}
    assert {row["key"] for row in rows["directories.units"]} == {row["base_unit"] for row in items.values()}
    for key in ("directories.currencies", "directories.price_types", "documents.numerators", "directories.warehouses"):
        assert len(rows[key]) == 1


def test_that_vat_groups_and_addresses_are_recognised(exports: Exports, tmp_path: Path) -> None:
    for name, content in POLISH.items():
        exports.put(name, content.encode("windows-1250"))
    exports.mapping = tmp_path / "map.toml"
    new("--from", exports.folder, "--out", exports.mapping)
    rows = exports.all_rows()
    rates = {row["key"]: (row["percent"], row["is_exempt"]) for row in rows["directories.vat_rates"]}
    assert rates == {"5%": (50_000, 0), "23%": (230_000, 0), "zw": (0, 1)}
    assert {row["key"] for row in rows["items.groups"]} == {"Spożywcze", "Inne"}
    shop = next(row for row in rows["customers.customers"] if row["key"] == "K1")
    assert (shop["name"], shop["tax_id"], shop["representative"]) == ("Sklep Żuczek", "5260001246", "rep1")
    assert '"street":"Główna 5"' in shop["addresses"]
    assert {row["ean"] for row in rows["items.forms"]} == {"5901234123457", None, "0041234567892"}


def test_that_a_file_without_a_header_gets_names_by_its_content(exports: Exports, tmp_path: Path) -> None:
    content = (
        "101;5901234123457;Smok mała;76,0000;szt.;2,2900;2,8200;ZABAWKI\r\n"
        "102;;Bateria R06;100;szt.;,4800;,5900;INNE\r\n103;0041234567892;Strój śnieżki;8;kg;24,06;29,59;ZABAWKI\r\n"
        "104;5901234123464;Kubek Łódź;0;szt.;1 234,56;1 518,51;ZABAWKI\r\n"
    )
    exports.put("towary.csv", content.encode("windows-1250"))
    exports.mapping = tmp_path / "map.toml"
    code, output = new("--from", exports.folder, "--out", exports.mapping)
    assert (code, "No customers were found" in output) == (0, True)
    rows = exports.all_rows()
    item = rows["items.forms"][2]
    assert (item["key"], item["ean"], item["name"], item["base_unit"]) == (
        "103", "0041234567892", "Strój śnieżki", "kg"
    )  # fmt: skip
    assert [row["value"] for row in rows["items.prices"]] == [22_900, 4_800, 240_600, 12_345_600]
    assert [row["quantity"] for row in rows["items.resources"]] == [760_000, 1_000_000, 80_000, 0]
    assert {row["key"] for row in rows["items.groups"]} == {"ZABAWKI", "INNE"}


def test_that_workbooks_and_files_in_the_catalogues_form_are_known(exports: Exports, tmp_path: Path) -> None:
    goods: Rows = [("Kod", "Nazwa", "Cena brutto"), ("A-1", "Makaron", 12.5), (7, "Sól", 2.4)]
    exports.put("cennik.xlsx", xlsx({"Towary": goods, "Uwagi": [("x",)]}))
    units = "key;code;name;decimals;kind\r\nPCS;szt;Sztuka żółta;0;quantity\r\n"
    exports.put("directories_units.csv", units.encode("windows-1250"))
    exports.mapping = tmp_path / "map.toml"
    assert new("--from", exports.folder, "--out", exports.mapping)[0] == 0
    rows = exports.all_rows()
    assert [row["key"] for row in rows["items.forms"]] == ["A-1", "7"]
    assert [row["name"] for row in rows["directories.units"]] == ["Sztuka żółta"]
    assert rows["directories.price_types"][0]["is_gross"] == 1


def test_that_an_existing_mapping_is_never_overwritten(exports: Exports) -> None:
    exports.put("towary.csv", POLISH["towary.csv"].encode())
    assert new("--from", exports.folder)[0] == 0
    target = exports.folder / "mapping.toml"
    target.write_text("mine")
    code, output = new("--from", exports.folder)
    assert (code, "already exists" in output, target.read_text()) == (2, True, "mine")


def test_that_a_folder_without_exports_is_reported(exports: Exports) -> None:
    code, output = new("--from", exports.folder)
    assert (code, "has no .csv, .xlsx or .ods files" in output) == (2, True)
    assert not (exports.folder / "mapping.toml").exists()


@pytest.mark.parametrize(
    ("header", "meaning"),
    [("CENA NETTO (zł)", "net_price"), ("Łączny Stan", "stock"), ("Größe Bezeichnung", "name"), ("Kod_EAN", "ean"),
     ("J.M.", "unit"), ("Preis (netto)", "net_price"), ("EAN-Code", "ean"), ("Stawka VAT", "vat"), ("Name2", None),
     ("Cena zakupu", None), ("EK", None), ("Purchase price", None),
     ("Cena hurtowa", "net_price"), ("Opis", "name"), ("Koszt netto", None)],
)  # fmt: skip
def test_that_headers_are_recognised_without_capitals_and_accents(header: str, meaning: str | None) -> None:
    assert recognised((header,), ITEM_WORDS) == ({meaning: header} if meaning else {})


def test_that_a_purchase_price_never_becomes_a_price(exports: Exports, tmp_path: Path) -> None:
    exports.put("towary.csv", "Kod,Nazwa,Opis,Cena zakupu,Cena sprzedaży\nA,x,<b>y</b>,1.00,2.00\n")
    exports.mapping = tmp_path / "map.toml"
    assert new("--from", exports.folder, "--out", exports.mapping)[0] == 0
    rows = exports.all_rows()
    assert [row["value"] for row in rows["items.prices"]] == [20_000]
    assert [row["description"] for row in rows["items.forms"]] == ["y"]


def test_that_header_words_are_in_their_compared_form() -> None:
    words = [word for known in ITEM_WORDS.values() for word in known]
    assert len(words) > 100
    assert [word for word in words if folded(word) != word] == []
