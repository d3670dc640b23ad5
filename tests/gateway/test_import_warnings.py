"""Warnings of imports: suspicious values that are imported, shown at the import and in status."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from salesapp.domain.catalogue import CATALOGUE
from salesapp.gateway import accounts
from salesapp.gateway.folder import opened
from salesapp.gateway.warning_rules import RULES
from tests.gateway.office import ITEMS, LISTS, PATTERN, PRICES, UNITS, Office, item, price, small_office

CURRENCY = {"code": "PLN", "name": "Złoty", "decimals": 2, "is_base": "yes", "rates": "[]"}
LIST = {"key": "NET", "code": "NET", "name": "Net", "is_gross": "no", "currency": "PLN", "priority": 1, "decimals": 2}
NUMERATOR = {"document_type": "sales_order", "symbol": "SO", "pattern": PATTERN, "period": "month", "first_number": 1}
PROFILE = {
    "code": "field",
    "name": "Field",
    "price_types": '["NET"]',
    "warehouses": "[]",
    "payment_forms": "[]",
    "default_payment_form": "",
    "document_types": '["sales_order"]',
    "stock_rule": "warn",
    "credit_rule": "warn",
    "price_age_rule": "warn",
    "maximum_discount_percent": "",
}
UNIT = {"item": "I0", "unit": "PCS", "numerator": 1, "denominator": 1, "ean": ""}
GROUP = {"key": "A", "code": "A", "name": "A", "parent": "", "position": 1}
ASKED = '[{"kind": "questionnaire", "questions": [{"max": "5"}]}]'
CUSTOMER = {"key": "K", "code": "K", "name": "Shop", "status": "active", "kind": "company"}
PROMOTION = {
    "code": "X",
    "name": "X",
    "kind": "percent",
    "priority": 1,
    "threshold": "quantity",
    "scales": "[]",
    "valid_from": "",
    "valid_to": "",
    "customers": "[]",
}
GOOD_EAN, EXPONENT = "5901234123457", "5.9E+12"


def classes(rate: str) -> str:
    """The rate of customers in other countries of the EU."""
    return json.dumps([{"tax_class": "intra_eu", "vat_rate": rate}])


Files = dict[str, list[dict[str, Any]]]

STRANGE: dict[str, tuple[str, str, int, Files]] = {
    "a price below zero": ("price.negative", "items.prices", 1, {PRICES: [price(0, "-5"), price(1)]}),
    "a price of zero": ("price.zero", "items.prices", 1, {PRICES: [price(0, "0.00"), price(1)]}),
    "two prices for the same": ("price.twice", "items.prices", 1, {PRICES: [price(0), price(0, 1, key="Q")]}),
    "two prices whose periods meet": (
        "price.twice",
        "items.prices",
        2,
        {
            PRICES: [
                price(0, valid_from="2026-01-01", valid_to="2026-06-30"),
                price(0, key="Q", valid_from="2026-06-30"),
                price(0, key="R", valid_to="2026-01-01"),
            ]
        },
    ),
    "a period turned round": (
        "validity.turned_round",
        "items.prices",
        1,
        {PRICES: [price(0, valid_from="2026-02-01", valid_to="2026-01-31")]},
    ),
    "a promotion turned round": (
        "validity.turned_round",
        "promotions.headers",
        1,
        {"promotions_headers": [PROMOTION | {"valid_from": "2026-02-01", "valid_to": "2026-01-31"}]},
    ),
    "a list turned round": (
        "validity.turned_round",
        "directories.price_types",
        1,
        {LISTS: [LIST | {"valid_from": "2026-02-01", "valid_to": "2026-01-31"}]},
    ),
    "a promotion of 120 %": (
        "promotion.value",
        "promotions.headers",
        1,
        {"promotions_headers": [PROMOTION | {"scales": '[{"from": "1", "value": "120"}]'}]},
    ),
    "an EAN of a spreadsheet": ("ean.odd", "items.forms", 1, {ITEMS: [item(0, ean=EXPONENT), item(1)]}),
    "an EAN with a comma": ("ean.odd", "items.forms", 1, {ITEMS: [item(0, ean="5,90123E+12"), item(1)]}),
    "a check digit": ("ean.odd", "items.forms", 1, {ITEMS: [item(0, ean="5901234123456"), item(1, ean=GOOD_EAN)]}),
    "a unit's check digit": ("ean.odd", "items.units", 1, {"items_units": [UNIT | {"ean": "96385075"}]}),
    "two items with one code": ("code.twice", "items.forms", 1, {ITEMS: [item(0), item(1, code="c0 ")]}),
    "two customers with one code": (
        "code.twice",
        "customers.customers",
        1,
        {"customers_customers": [CUSTOMER, CUSTOMER | {"key": "L"}]},
    ),
    "two items with one EAN": ("ean.twice", "items.forms", 1, {ITEMS: [item(0, ean=GOOD_EAN), item(1, ean=GOOD_EAN)]}),
    "an item and another's unit with one EAN": (
        "ean.twice",
        "items.units",
        1,
        {ITEMS: [item(0), item(1, ean=GOOD_EAN)], "items_units": [UNIT | {"ean": GOOD_EAN}]},
    ),
    "a factor of 0": ("unit.factor", "items.units", 1, {"items_units": [UNIT | {"denominator": 0}]}),
    "a factor below 0": ("unit.factor", "items.units", 1, {"items_units": [UNIT | {"numerator": -6}]}),
    "VAT below 0": (
        "vat.percent",
        "directories.vat_rates",
        1,
        {"directories_vat_rates": [{"code": "A", "name": "A", "percent": -2300}]},
    ),
    "VAT above 100 %": (
        "vat.percent",
        "directories.vat_rates",
        1,
        {"directories_vat_rates": [{"code": "A", "name": "A", "percent": "100.01"}]},
    ),
    "a bundle without parts": (
        "promotion.parts",
        "promotions.headers",
        1,
        {
            "promotions_headers": [
                PROMOTION | {"code": code, "kind": "bundle", "scales": '[{"value": "9.90"}]'} for code in ("X", "Y")
            ],
            "promotions_items": [{"promotion": "X", "item": "I0", "item_group": "", "quantity": 2}],
        },
    ),
    "a rate for a tax class that is not there": (
        "vat.class_rate",
        "directories.vat_rates",
        1,
        {
            "directories_vat_rates": [
                {"code": "A", "name": "A", "percent": 23, "by_tax_class": classes("WDT")},
                {"code": "B", "name": "B", "percent": 8, "by_tax_class": classes("A")},
            ]
        },
    ),
    "decimals below 0": (
        "currency.decimals",
        "directories.currencies",
        1,
        {"directories_currencies": [CURRENCY | {"decimals": -3}]},
    ),
    "400 decimals": (
        "currency.decimals",
        "directories.currencies",
        1,
        {"directories_currencies": [CURRENCY | {"decimals": 400}]},
    ),
    "a list's decimals": ("price_list.decimals", "directories.price_types", 1, {LISTS: [LIST | {"decimals": 5}]}),
    "a rate of 0": (
        "currency.rate",
        "directories.currencies",
        1,
        {"directories_currencies": [CURRENCY | {"rates": '[{"date": "2026-01-01", "rate": "0"}]'}]},
    ),
    "a unit's decimals": (
        "unit.decimals",
        "directories.units",
        1,
        {UNITS: [{"key": "PCS", "code": "pcs", "name": "Piece", "decimals": 9, "kind": "quantity"}]},
    ),
    "a profile's price list": (
        "profile.price_types",
        "auxiliary.profiles",
        1,
        {"auxiliary_profiles": [PROFILE | {"price_types": '["NET", "GROSS"]'}]},
    ),
    "a profile's warehouse": (
        "profile.warehouses",
        "auxiliary.profiles",
        2,
        {"auxiliary_profiles": [PROFILE | {"warehouses": '["W1", "W2"]'}]},
    ),
    "a profile's payment form": (
        "profile.payment_forms",
        "auxiliary.profiles",
        1,
        {"auxiliary_profiles": [PROFILE | {"payment_forms": '["CASH"]'}]},
    ),
    "a profile's usual payment form": (
        "profile.default_payment_form",
        "auxiliary.profiles",
        1,
        {"auxiliary_profiles": [PROFILE | {"default_payment_form": "CASH"}]},
    ),
    "a type of document without numerator, and none": (
        "profile.document_types",
        "auxiliary.profiles",
        2,
        {"auxiliary_profiles": [PROFILE | {"document_types": '["sales_order", "sales_quote", "invoice"]'}]},
    ),
    "a profile's discount": (
        "profile.discount",
        "auxiliary.profiles",
        1,
        {"auxiliary_profiles": [PROFILE | {"maximum_discount_percent": 101}]},
    ),
    "a customer's discount": (
        "customer.discount",
        "customers.customers",
        1,
        {"customers_customers": [CUSTOMER | {"general_discount_percent": -1}]},
    ),
    "a minimum price below 0": (
        "item.minimum_price",
        "items.forms",
        1,
        {ITEMS: [item(0, minimum_price="-1"), item(1, minimum_price="1")]},
    ),
    "a credit limit below 0": (
        "customer.credit_limit",
        "customers.customers",
        1,
        {"customers_customers": [CUSTOMER | {"credit_limit": -1}]},
    ),
    "quotes with the numbers of orders": (
        "numerator.alike",
        "documents.numerators",
        1,
        {"documents_numerators": [NUMERATOR, NUMERATOR | {"document_type": "sales_quote"}]},
    ),
    "parts of an address that nobody reads": (
        "nested.unread",
        "customers.customers",
        1,
        {"customers_customers": [CUSTOMER | {"addresses": '[{"typ": "main", "town": "Łódź"}]'}]},
    ),
    "a rate under another name": (
        "nested.unread",
        "directories.currencies",
        1,
        {"directories_currencies": [CURRENCY | {"rates": '[{"date": "2026-01-01", "rate": "1", "kurs": "4"}]'}]},
    ),
    "a part of a question that nobody reads": (
        "nested.unread",
        "appointments.templates",
        1,
        {
            "appointments_types": [{"key": "V", "code": "V", "name": "Visit"}],
            "appointments_templates": [{"code": "T", "name": "T", "appointment_type": "V", "elements": ASKED}],
        },
    ),
    "customers merged in a circle": (
        "customer.merge_circle",
        "customers.customers",
        1,
        {
            "customers_customers": [
                CUSTOMER | {"merged_into": "L"},
                CUSTOMER | {"key": "L", "code": "L", "merged_into": "K"},
                CUSTOMER | {"key": "M", "code": "M", "merged_into": "K"},
                CUSTOMER | {"key": "N", "code": "N", "merged_into": "O"},
                CUSTOMER | {"key": "O", "code": "O", "merged_into": ""},
            ]
        },
    ),
    "groups in a circle": (
        "group.circle",
        "items.groups",
        1,
        {"items_groups": [GROUP | {"parent": "B"}, GROUP | {"key": "B", "code": "B", "parent": "A"}]},
    ),
    "a group in itself, and one below it": (
        "group.circle",
        "items.groups",
        1,
        {"items_groups": [GROUP | {"parent": "A"}, GROUP | {"key": "B", "code": "B", "parent": "A"}]},
    ),
    "no base currency": (
        "order.impossible",
        "directories.currencies",
        1,
        {"directories_currencies": [CURRENCY | {"is_base": "no"}]},
    ),
    "two base currencies": (
        "order.impossible",
        "directories.currencies",
        1,
        {"directories_currencies": [CURRENCY, CURRENCY | {"code": "EUR"}]},
    ),
    "no numerator of orders": (
        "order.impossible",
        "documents.numerators",
        1,
        {"documents_numerators": [NUMERATOR | {"document_type": "sales_quote"}]},
    ),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    office = small_office(tmp_path_factory.mktemp("made"))
    assert "warning" not in office.init().stderr
    return office.root


@pytest.fixture
def office(made: Path, tmp_path: Path) -> Office:
    return Office(Path(shutil.copytree(made, tmp_path / "office")))


def warned(result: Any) -> dict[tuple[str, str], int]:
    return {(found["code"], found["object"]): found["count"] for found in result["warnings"]}


@pytest.mark.parametrize("case", STRANGE)
def test_that_only_suspicious_values_cause_warnings(office: Office, case: str) -> None:
    code, key, count, files = STRANGE[case]
    for name, rows in files.items():
        office.write(name, rows)
    rehearsed = json.loads(office.take("--csv", str(office.erp), "--dry-run", "--json").stdout)
    assert warned(rehearsed) == {(code, key): count}
    assert all(found["words"] and found["samples"] for found in rehearsed["warnings"])


def test_that_every_rule_for_one_object_has_a_case() -> None:
    codes = {rule.code for rule in RULES}
    assert codes - {case[0] for case in STRANGE.values()} == {"user.profile"}
    assert all(rule.words and rule.fields.keys() <= CATALOGUE.by_key.keys() for rule in RULES)


def test_that_ordinary_values_cause_no_warning(office: Office) -> None:
    office.write(ITEMS, [item(0, ean=GOOD_EAN), item(1, ean="96385074"), item(2, ean="INTERNAL-1")])
    office.write("items_units", [UNIT | {"ean": GOOD_EAN}, UNIT | {"item": "I1", "ean": "0036000291452"[1:]}])
    office.write(
        PRICES,
        [
            price(0, valid_to="2026-06-30"),
            price(0, key="Q", valid_from="2026-07-01"),
            price(0, key="R", minimum_quantity=10),
        ],
    )
    office.write("items_groups", [GROUP, GROUP | {"key": "B", "code": "B", "parent": "A"}])
    office.write("auxiliary_profiles", [PROFILE])
    done = office.take("--csv", str(office.erp))
    assert (done.exit_code, "warning" in done.output) == (0, False), done.output


def test_that_warnings_stay_in_status_until_the_source_is_corrected(office: Office) -> None:
    office.write(ITEMS, [item(number, ean=EXPONENT) for number in range(12)])
    done = office.take("--csv", str(office.erp))
    assert done.exit_code == 0
    assert "warning: items.forms: 12 have an EAN that cannot be right (ean.odd)" in done.stderr
    shown = office.run("status").stdout
    assert "warning: items.forms: 12 have an EAN" in shown
    assert shown.count(EXPONENT) == 10, "five samples of each of two warnings"
    assert warned(office.json("status")["imports"]) == {
        ("ean.odd", "items.forms"): 12,
        ("ean.twice", "items.forms"): 11,
    }
    assert office.run("status", "--check").exit_code == 10
    office.write(ITEMS, [item(number) for number in range(12)])
    assert office.take().exit_code == 0
    assert office.json("status")["imports"]["warnings"] == []
    assert office.run("status", "--check").exit_code == 0


def test_that_rows_outside_an_import_are_still_checked(office: Office) -> None:
    for path in office.erp.iterdir():
        if path.stem != ITEMS:
            path.unlink()
    office.write("items_units", [UNIT | {"ean": GOOD_EAN}])
    assert office.take("--csv", str(office.erp)).exit_code == 0
    (office.erp / "items_units.csv").unlink()
    office.write(ITEMS, [item(0, ean=GOOD_EAN), item(1, ean=GOOD_EAN), item(2)])
    found = warned(json.loads(office.take("--json").stdout))
    assert found == {("ean.twice", "items.forms"): 1}


def test_that_users_with_a_missing_profile_are_reported(office: Office) -> None:
    with opened(office.data) as database:
        accounts.add_user(database, "anna", "correct horse", "nowhere")
        accounts.add_user(database, "boss", "correct horse", None)
    done = office.take("--dry-run")
    assert "auxiliary.profiles: 1 are users whose profile is not there" in done.stderr
    assert "anna: profile nowhere" in done.stderr


def test_that_the_guide_has_every_warning_with_its_words() -> None:
    guide = Path("docs/imports.md").read_text(encoding="utf-8")
    assert {rule.code for rule in RULES if f"| `{rule.code}` | " not in guide} == set()
    assert {rule.words for rule in RULES if rule.code != "code.twice" and f"| {rule.words} |" not in guide} == set()
