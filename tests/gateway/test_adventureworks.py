"""Real input: the AdventureWorks sample through its mapping, counted independently, then through gateway and tablet."""

import csv
import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest

from salesapp.domain.canonical import Value
from salesapp.domain.catalogue import CATALOGUE, IMAGES
from salesapp.gateway import accounts
from salesapp.gateway.connectors.base import SourceRow
from salesapp.gateway.connectors.csv_folder import CsvFolder
from salesapp.gateway.folder import create
from tests.conftest import PASSWORD, GatewayUnderTest, Tablet

REPOSITORY = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("SALESAPP_TEST_DATA") or REPOSITORY.parent / "shared" / "data") / "adventureworks"
MAPPING = REPOSITORY / "examples" / "adventureworks.toml"
TODAY = date(2026, 3, 10)

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="the AdventureWorks sample is not there: set SALESAPP_TEST_DATA to the folder above it"
)

Rows = dict[str, list[SourceRow]]


def source(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def connector() -> CsvFolder:
    return CsvFolder(DATA, MAPPING, CATALOGUE, today=TODAY)


@pytest.fixture(scope="module")
def rows() -> Rows:
    folder = connector()
    found = {entry.key: list(folder.rows(entry)) for entry in CATALOGUE.all if entry.key in folder.objects}
    folder.close()
    return found


def named(rows: Rows, key: str) -> Iterator[dict[str, Value]]:
    for row in rows[key]:
        yield dict(zip(CATALOGUE.by_key[key].field_names, row.values, strict=True))


def test_that_every_record_of_the_source_arrives(rows: Rows) -> None:
    products, history = source("Product"), source("ProductListPriceHistory")
    open_periods = {period["ProductID"] for period in history if not period["EndDate"]}
    priced = [product for product in products if Decimal(product["ListPrice"]) > 0]
    photographed = [photo for photo in source("ProductProductPhoto") if photo["ProductPhotoID"] != "1"]
    expected = {
        "directories.units": len(source("UnitMeasure")),
        "directories.warehouses": len(source("Location")),
        "directories.vat_rates": len(source("SalesTaxRate")),
        "directories.currencies": len(source("Currency")),
        "items.forms": len(products),
        "items.units": len(products),
        "items.prices": len(history) + sum(1 for product in priced if product["ProductID"] not in open_periods),
        "items.resources": len(source("ProductInventory")),
        "items.groups": len(source("ProductCategory")) + len(source("ProductSubcategory")),
        "items.group_links": sum(1 for product in products if product["ProductSubcategoryID"]),
        "customers.customers": len(source("Store")),
        "promotions.headers": len(source("SpecialOffer")),
        "promotions.items": len(source("SpecialOfferProduct")),
        IMAGES: len(photographed),
    }
    assert {key: len(rows[key]) for key in expected} == expected
    assert (expected["items.forms"], expected["customers.customers"], expected[IMAGES]) == (504, 701, 158)


def test_that_prices_and_stock_equal_those_of_the_source(rows: Rows) -> None:
    current: dict[Value, Value] = {
        price["item"]: price["value"] for price in named(rows, "items.prices") if price["valid_to"] is None
    }
    expected = {
        product["ProductID"]: int(Decimal(product["ListPrice"]) * 10_000)
        for product in source("Product")
        if Decimal(product["ListPrice"]) > 0
    }
    assert current == expected
    stock = sum(int(str(row["quantity"])) for row in named(rows, "items.resources"))
    assert stock == sum(int(row["Quantity"]) for row in source("ProductInventory")) * 10_000


def test_that_each_store_has_its_addresses_contacts_and_representative(rows: Rows) -> None:
    stores = {store["BusinessEntityID"]: store for store in source("Store")}
    addresses = Counter(row["BusinessEntityID"] for row in source("BusinessEntityAddress"))
    persons = Counter(row["BusinessEntityID"] for row in source("BusinessEntityContact"))
    for row, values in zip(rows["customers.customers"], named(rows, "customers.customers"), strict=True):
        store = stores.pop(row.key)
        assert (values["name"], values["representative"]) == (store["Name"], store["SalesPersonID"])
        assert len(json.loads(str(values["addresses"]))) == addresses[row.key]
        assert len(json.loads(str(values["contact_persons"]))) == persons[row.key]
        assert len(json.loads(str(values["contacts"]))) == 2 * persons[row.key]
        assert values["city"]
        assert values["email"]
    assert stores == {}


def test_that_offers_run_today_and_keep_their_length_and_percent(rows: Rows) -> None:
    headers = {str(header["code"]): header for header in named(rows, "promotions.headers")}
    today = TODAY.isoformat()
    running = {
        code for code, header in headers.items() if str(header["valid_from"]) <= today <= str(header["valid_to"])
    }
    assert {f"OFFER{number:02d}" for number in range(1, 7)} <= running
    for offer in source("SpecialOffer"):
        header = headers[f"OFFER{int(offer['SpecialOfferID']):02d}"]
        shifted = date.fromisoformat(str(header["valid_to"])) - date.fromisoformat(str(header["valid_from"]))
        assert shifted == date.fromisoformat(offer["EndDate"][:10]) - date.fromisoformat(offer["StartDate"][:10])
        (scale,) = json.loads(str(header["scales"]))
        assert (scale["from"], Decimal(scale["value"])) == (offer["MinQty"], Decimal(offer["DiscountPct"]) * 100)


def test_that_rates_are_in_dollars_per_unit(rows: Rows) -> None:
    currencies = {str(currency["code"]): currency for currency in named(rows, "directories.currencies")}
    last = [row for row in source("CurrencyRate") if row["ToCurrencyCode"] == "EUR"][-1]
    rate = json.loads(str(currencies["EUR"]["rates"]))[-1]
    assert rate["date"] == last["CurrencyRateDate"][:10]
    assert abs(Decimal(rate["rate"]) * Decimal(last["EndOfDayRate"]) - 1) < Decimal("0.0001")
    assert (currencies["USD"]["is_base"], currencies["USD"]["rates"]) == (1, "[]")


def test_that_pictures_are_the_photos_of_their_products(rows: Rows) -> None:
    folder = connector()
    list(folder.rows(CATALOGUE.by_key[IMAGES]))
    files = {photo["ProductPhotoID"]: DATA / photo["File"] for photo in source("ProductPhoto")}
    photos = {row["ProductID"]: files[row["ProductPhotoID"]] for row in source("ProductProductPhoto")}
    for image in named(rows, IMAGES):
        content = photos[str(image["owner"])].read_bytes()
        assert image["sha256"] == hashlib.sha256(content).hexdigest()
        assert folder.media(str(image["sha256"])) == content
        assert image["media_type"] == "image/gif"
    folder.close()


def test_that_a_tablet_proves_every_object_of_it_correct(tmp_path: Path, rows: Rows) -> None:
    database = create(tmp_path / "gateway")
    folder = connector()
    gateway = GatewayUnderTest(database, cast(Any, folder))
    try:
        report = gateway.take()
        assert {key: found.rows for key, found in report.objects.items()} == {key: len(rows[key]) for key in rows}
        assert sum(found.set_aside for found in report.objects.values()) == 0
        assert gateway.take().revision == 0
        accounts.add_user(database, "office", PASSWORD, None)
        gateway.start()
        outcome = Tablet(tmp_path / "tablet", gateway).sync()
    finally:
        gateway.stop()
        database.close()
        folder.close()
    assert outcome.outcome == "ok"
    assert all(found.digest_ok for found in (*outcome.objects, *outcome.auxiliary))
    assert {found.key: found.rows for found in outcome.objects} == {
        entry.key: len(rows.get(entry.key, ())) for entry in CATALOGUE.objects
    }
    assert outcome.attachments.failed == 0
    assert outcome.attachments.fetched == len({image["sha256"] for image in named(rows, IMAGES)})
