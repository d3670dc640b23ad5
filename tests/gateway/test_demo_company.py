"""The demo company has rows of every object, is deterministic, and valid for the gateway."""

import hashlib
import itertools
import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from salesapp.domain.canonical import Value
from salesapp.domain.catalogue import CATALOGUE, IMAGES
from salesapp.domain.schema import Field, Kind, SyncObject
from salesapp.errors import UsageError
from salesapp.gateway.connectors.base import DeliveredSubmission, SourceRow
from salesapp.gateway.connectors.demo import DemoCompany
from salesapp.gateway.database import Database, metadata
from salesapp.gateway.intake import import_all

START = date(2026, 3, 10)
SUBMISSION = "0198f2a0-0000-7000-8000-000000000001"
PRICES = CATALOGUE.by_key["items.prices"]
CUSTOMERS = CATALOGUE.by_key["customers.customers"]
_SHAPES = {
    Kind.DATE: re.compile(r"\d{4}-\d\d-\d\d"),
    Kind.TIMESTAMP: re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"),
    Kind.JSON: re.compile(r"[\[{].*"),
}


@pytest.fixture(scope="module")
def rows() -> dict[str, list[SourceRow]]:
    company = DemoCompany(start=START)
    return {entry.key: list(company.rows(entry)) for entry in CATALOGUE.all}


def cell(row: SourceRow, key: str, name: str) -> Value:
    return row.values[CATALOGUE.by_key[key].field_names.index(name)]


def column(rows: dict[str, list[SourceRow]], key: str, name: str) -> list[Value]:
    index = CATALOGUE.by_key[key].field_names.index(name)
    return [row.values[index] for row in rows[key]]


def fits(value: Value, field: Field) -> bool:
    if value is None:
        return not field.required
    if field.kind in {Kind.INTEGER, Kind.DECIMAL}:
        return type(value) is int
    if field.kind is Kind.BOOLEAN:
        return value in {0, 1} and type(value) is int
    shape = _SHAPES.get(field.kind, re.compile(r".{1,4000}", re.DOTALL))
    return isinstance(value, str) and bool(shape.fullmatch(value)) and (not field.choices or value in field.choices)


def wrong_cells(entry: SyncObject, rows: list[SourceRow]) -> Iterator[str]:
    for row in rows:
        for field, value in zip(entry.fields, row.values, strict=True):
            if not fits(value, field):
                yield f"{entry.key} {row.key} {field.name}: {value!r}"


def test_that_it_has_rows_of_every_object(rows: dict[str, list[SourceRow]]) -> None:
    assert [key for key, found in rows.items() if not found] == []
    assert DemoCompany(start=START).objects == frozenset(CATALOGUE.by_key)


def test_that_it_has_the_documented_sizes(rows: dict[str, list[SourceRow]]) -> None:
    sizes = {key: len(found) for key, found in rows.items()}
    assert sizes["items.forms"] == 2_000
    assert sizes["directories.price_types"] == 5
    assert sizes["customers.customers"] == 600
    assert sizes[IMAGES] == 300 + 1, "and the own logo"
    assert sizes["directories.warehouses"] == 4


@pytest.mark.parametrize("entry", CATALOGUE.all, ids=lambda entry: entry.key)
def test_that_every_value_has_the_kind_of_its_field(entry: SyncObject, rows: dict[str, list[SourceRow]]) -> None:
    assert list(wrong_cells(entry, rows[entry.key])) == []


@pytest.mark.parametrize("entry", CATALOGUE.all, ids=lambda entry: entry.key)
def test_that_keys_are_unique_and_every_field_is_used(entry: SyncObject, rows: dict[str, list[SourceRow]]) -> None:
    keys = Counter(row.key for row in rows[entry.key])
    assert set(keys.values()) <= {1}
    unused = [name for name in entry.field_names if set(column(rows, entry.key, name)) <= {None, "", 0, "[]", "{}"}]
    # rows of the office have no device's id, its documents are not rejected, nothing is postponed, nobody merged
    expected = {
        "customers.customers": ["merged_into"],
        "appointments.appointments": ["submission"],
        "auxiliary.document_states": ["submission", "code", "field", "params"],
        "auxiliary.documents": ["submission", "number"],
        IMAGES: ["upload_to_erp"],
    }
    assert not keys or unused == expected.get(entry.key, [])


def test_that_items_and_customers_have_names_of_their_own(rows: dict[str, list[SourceRow]]) -> None:
    assert len(set(column(rows, "items.forms", "name"))) == 2_000
    assert len(set(column(rows, "items.forms", "ean"))) == 2_000
    assert len(set(column(rows, "customers.customers", "tax_id"))) == 600
    assert len(set(column(rows, "customers.customers", "name"))) > 590


def test_that_the_same_start_gives_the_same_bytes_and_another_start_other_dates() -> None:
    def digest(start: date, key: str) -> str:
        hashed = hashlib.sha256()
        for row in DemoCompany(start=start).rows(CATALOGUE.by_key[key]):
            hashed.update(repr(row).encode())
        return hashed.hexdigest()

    for entry in CATALOGUE.all:
        if entry.key != "additional_information.attribute_values":
            assert digest(START, entry.key) == digest(START, entry.key)
    moved = {key for key in ("appointments.appointments", "items.prices", "promotions.headers", "items.forms")
             if digest(START, key) != digest(date(2026, 3, 11), key)}  # fmt: skip
    assert moved == {"appointments.appointments", "items.prices", "promotions.headers"}


def test_that_the_gateway_imports_every_row_and_finds_every_picture(
    tmp_path: Path, rows: dict[str, list[SourceRow]]
) -> None:
    database = Database(tmp_path)
    try:
        metadata.create_all(database.engine)
        report = import_all(database, CATALOGUE, DemoCompany(start=START))
    finally:
        database.close()
    assert {key: found.rows for key, found in report.objects.items()} == {
        key: len(found) for key, found in rows.items() if found
    }
    assert sum(found.set_aside for found in report.objects.values()) == 0


def test_that_pictures_match_their_names_and_are_all_different(rows: dict[str, list[SourceRow]]) -> None:
    company = DemoCompany(start=START)
    digests = [str(value) for value in column(rows, IMAGES, "sha256")]
    assert len(set(digests)) == 300
    for digest, size in zip(digests, column(rows, IMAGES, "size"), strict=True):
        content = company.media(digest)
        assert (hashlib.sha256(content).hexdigest(), len(content), content[:4]) == (digest, size, b"\x89PNG")
    with pytest.raises(KeyError):
        company.media("0" * 64)


def test_that_each_representative_has_customers_and_visits_in_all_states(rows: dict[str, list[SourceRow]]) -> None:
    representatives = {f"rep{number}" for number in range(1, 7)}
    assert set(column(rows, "customers.customers", "representative")) == representatives
    assert set(column(rows, "appointments.appointments", "representative")) == representatives
    states = set(column(rows, "appointments.appointments", "state"))
    assert states >= {"completed", "rejected", "confirmed", "unconfirmed", "canceled"}
    for row in rows["appointments.appointments"]:
        state, start = (str(cell(row, "appointments.appointments", name)) for name in ("state", "planned_start"))
        assert state != "completed" or start < "2026-03-10"
        assert state not in {"rejected", "canceled"} or cell(row, "appointments.appointments", "reason")


def test_that_promotions_have_all_kinds_and_templates_all_elements(rows: dict[str, list[SourceRow]]) -> None:
    kinds = set(column(rows, "promotions.headers", "kind"))
    assert kinds == {"percent", "amount", "fixed_price", "free_goods", "bundle"}
    assert set(column(rows, "promotions.headers", "threshold")) == {"quantity", "value"}
    elements = itertools.chain.from_iterable(
        json.loads(str(text)) for text in column(rows, "appointments.templates", "elements")
    )
    assert {element["kind"] for element in elements} == {"questionnaire", "document", "travel", "photo", "note"}
    kinds = set(column(rows, "additional_information.attribute_definitions", "kind"))
    assert kinds == {"text", "url", "decimal", "selection", "date"}
    assert set(column(rows, "items.prices", "level")) - {None} == {*PRICES.field("level").choices}


def test_that_every_item_has_one_current_wholesale_price(rows: dict[str, list[SourceRow]]) -> None:
    day = START.isoformat()
    current: Counter[Value] = Counter()
    for row in rows["items.prices"]:
        get = dict(zip(PRICES.field_names, row.values, strict=True))
        is_list_price = get["price_type"] == "WHOLESALE" and not get["discount_type"] and not get["minimum_quantity"]
        if is_list_price and str(get["valid_from"] or "") <= day <= str(get["valid_to"] or "9999"):
            current[get["item"]] += 1
    assert len(current) == 2_000
    assert set(current.values()) == {1}


def test_that_the_large_company_is_generated_quickly_in_little_memory() -> None:
    company = DemoCompany("large", START)
    began = time.process_time()
    taken = sum(1 for _ in itertools.islice(company.rows(PRICES), 300_000))
    seconds = time.process_time() - began
    assert taken == 300_000
    assert seconds < 3  # three times the target (300,000 rows per second), for a busy machine
    last = next(itertools.islice(company.rows(CUSTOMERS), 99_999, None))
    assert last.key == "K100000"


def test_that_an_unknown_scale_is_refused() -> None:
    with pytest.raises(UsageError, match="small or large"):
        DemoCompany("medium")


def submission(kind: str, payload: dict[str, Any], id_: str = SUBMISSION) -> DeliveredSubmission:
    return DeliveredSubmission(id_, kind, "rep1", "2026-03-10T10:00:00Z", payload)


def order_of(type_: str) -> dict[str, Any]:
    line = {
        "item": 1,
        "item_code": "AA-1",
        "unit": 2,
        "unit_code": "pcs",
        "quantity": "2",
        "unit_price": "1.5",
        "net": "3",
    }
    money = {"currency": "PLN", "net": "3.00", "vat": "0.69", "gross": "3.69"}
    return {"type": type_, "number": "SO-1/03/26/A", "issued_on": "2026-03-10", "customer": 7, "lines": [line], **money}


def test_that_an_order_comes_back_as_a_document_with_its_numbers_and_states() -> None:
    delivery = DemoCompany(start=START).deliver(submission("document", order_of("sales_order")))
    ((key, row),) = delivery.changes
    document = dict(zip(CATALOGUE.by_key[key].field_names, row.values, strict=True))
    assert key == "auxiliary.documents"
    assert (document["number"], document["erp_number"]) == ("SO-1/03/26/A", delivery.erp_number)
    assert (document["gross"], document["general_state"]) == (36_900, "in process")
    assert json.loads(str(document["lines"])) == [
        {"item": "AA-1", "net": "3", "quantity": "2", "unit": "pcs", "unit_price": "1.5"}
    ]


def test_that_an_order_gets_the_same_number_every_time_and_another_order_another() -> None:
    company = DemoCompany(start=START)
    order = order_of("sales_order")
    first = company.deliver(submission("document", order))
    assert first.state == "in_erp"
    assert re.fullmatch(r"ZS/\d{12}/26", first.erp_number)
    assert company.deliver(submission("document", order)) == first
    assert company.deliver(submission("document", order, "other")).erp_number != first.erp_number
    assert company.deliver(submission("document", order_of("sales_quote"))).erp_number.startswith("OS/")


def test_that_an_impossible_delivery_date_is_refused_with_the_field() -> None:
    order = {"type": "sales_order", "issued_on": "2026-03-10", "delivery_on": "2026-03-09"}
    refused = DemoCompany(start=START).deliver(submission("document", order))
    assert (refused.state, refused.code, refused.field) == ("rejected", "erp.delivery_date", "delivery_on")


def test_that_a_new_customer_comes_back_as_a_row() -> None:
    address = {"kind": "main", "city": "Łomża", "street": "Polna 1"}
    delivery = DemoCompany(start=START).deliver(submission("customer", {"name": "Nowy sklep", "addresses": [address]}))
    ((key, row),) = delivery.changes
    assert key == "customers.customers"
    assert row.key == SUBMISSION
    assert cell(row, key, "name") == "Nowy sklep"
    assert cell(row, key, "city") == "Łomża"
    assert cell(row, key, "representative") == "rep1"
    assert list(wrong_cells(CUSTOMERS, [row])) == []


def test_that_a_visit_planned_on_the_device_comes_back_as_a_row() -> None:
    payload = {"name": "Visit", "appointment_type": 3, "planned_start": "2026-03-11T08:00:00Z", "state": "confirmed",
               "customer": 12}  # fmt: skip
    ((key, row),) = DemoCompany(start=START).deliver(submission("appointment", payload)).changes
    assert key == "appointments.appointments"
    assert cell(row, key, "submission") == row.key
    assert (cell(row, key, "customer"), cell(row, key, "appointment_type")) == (12, 3)


def test_that_a_changed_customer_keeps_what_the_office_decides(rows: dict[str, list[SourceRow]]) -> None:
    known = rows["customers.customers"][4]
    payload = {"name": "Nowa nazwa", "addresses": [{"kind": "main", "city": "Ełk"}], "customer": 5}
    changed = replace(submission("customer", payload), record_key=known.key)
    ((key, row),) = DemoCompany(start=START).deliver(changed).changes
    assert (row.key, cell(row, key, "name")) == (known.key, "Nowa nazwa")
    assert [cell(row, key, name) for name in ("code", "credit_limit", "representative")] == [
        cell(known, key, name) for name in ("code", "credit_limit", "representative")
    ]


def test_that_a_visit_carried_out_is_the_one_that_the_office_planned(rows: dict[str, list[SourceRow]]) -> None:
    known = rows["appointments.appointments"][-1]
    payload = {"name": "Visit", "appointment_type": 1, "planned_start": "2026-03-24T08:00:00Z", "state": "completed",
               "appointment": 9}  # fmt: skip
    done = replace(submission("appointment", payload), record_key=known.key)
    ((key, row),) = DemoCompany(start=START).deliver(done).changes
    assert (row.key, cell(row, key, "state"), cell(row, key, "submission")) == (known.key, "completed", SUBMISSION)
    assert cell(row, key, "customer") == cell(known, key, "customer")
    assert DemoCompany(start=START).deliver(submission("appointment", payload)).changes == ()
