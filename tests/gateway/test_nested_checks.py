"""Nested values at an import: a value of another shape is refused with file, line, field and key."""

import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from salesapp.domain.catalogue import CATALOGUE
from salesapp.domain.entries import Entry, parts_of, read_entries
from salesapp.domain.nested_checks import faults
from salesapp.domain.rows import Row, nested, synchronized, text
from salesapp.domain.schema import Kind
from salesapp.gateway.connectors.values import BadValueError, parser
from salesapp.gateway.tables import set_aside
from tests.conftest import GatewayUnderTest
from tests.gateway.exports import Exports
from tests.gateway.office import Office, small_office

CURRENCY = {"key": "USD", "code": "USD", "name": "Dollar", "decimals": "2", "is_base": "no"}
PROMOTION = {"key": "P", "code": "P", "name": "P", "kind": "percent", "priority": "1", "threshold": "quantity"}
CUSTOMER = {"key": "C", "code": "C", "name": "C", "status": "active", "kind": "company"}
TYPE = {"key": "V", "code": "V", "name": "Visit"}
TEMPLATE = {"key": "T", "code": "T", "name": "T", "appointment_type": "V"}
DOCUMENT = {"key": "D", "type": "sales_order", "erp_number": "1", "issued_on": "2026-03-01", "currency": "PLN"}
DOCUMENT |= {"net": "1", "vat": "0", "gross": "1"}
ATTRIBUTE = {"key": "A", "code": "A", "name": "A", "kind": "text", "owner_kind": "item", "position": "1"}
ROWS = {
    "directories.currencies": CURRENCY,
    "promotions.headers": PROMOTION,
    "customers.customers": CUSTOMER,
    "appointments.templates": TEMPLATE,
    "auxiliary.documents": DOCUMENT,
    "additional_information.attribute_definitions": ATTRIBUTE,
}
RATES, SCALES, ADDRESSES = "directories.currencies.rates", "promotions.headers.scales", "customers.customers.addresses"
ELEMENTS, LINES = "appointments.templates.elements", "auxiliary.documents.lines"
ASKED = {"kind": "questionnaire"}
OPTIONS = "additional_information.attribute_definitions.options"
WRONG: list[tuple[str, Any, str]] = [
    (RATES, [{"date": "01.03.2026", "rate": "4.25"}], 'entry 1, date: "01.03.2026" is not a day like "2026-03-31"'),
    (RATES, [{"date": "2026-03-01T00:00:00Z"}], 'entry 1, date: "2026-03-01T00:00:00Z" is not a day like "2026-03-31"'),
    (RATES, [{"rate": "4.25"}], "entry 1, date: missing"),
    (RATES, [{"date": None, "rate": "4.25"}], "entry 1, date: missing"),
    (RATES, [{"date": "2026-03-01", "rate": "4,25"}], 'entry 1, rate: "4,25" is not a number like "12.50"'),
    (RATES, [{"date": "2026-03-01", "rate": True}], 'entry 1, rate: true is not a number like "12.50"'),
    (RATES, ["2026-03-01", "4.25"], 'entry 1: "2026-03-01" is not a mapping (and 1 more)'),
    (RATES, {"2026-03-01": "4.25"}, '{"2026-03-01": "4.25"} is not a list'),
    (SCALES, {"from": "0", "value": "7"}, '{"from": "0", "value": "7"} is not a list'),
    (SCALES, [{"from": "0", "value": "1"}, {"from": "1", "value": "10 %"}], 'entry 2, value: "10 %" is not a number'),
    (SCALES, [{"from": "ten", "value": "5"}], 'entry 1, from: "ten" is not a number like "12.50"'),
    (SCALES, [{"min_qty": "0", "value": "5"}], "entry 1, min_qty: not one of from, value, per, free, item"),
    (SCALES, [{"from": "0"}], "entry 1, value: missing (a promotion of the kind percent needs it)"),
    (SCALES, [{"from": "5", "free": "1"}], "entry 1, value: missing (a promotion of the kind percent needs it)"),
    (
        SCALES,
        [{"value": "5"}, {"value": "5", "free": "1"}],
        "entry 2, free: is not read in a promotion of",
    ),
    (SCALES, [{"value": "5", "per": "10"}], "entry 1, per: is not read in a promotion of the kind percent"),
    (SCALES, [{"value": "5", "item": "I1"}], "entry 1, item: is not read in a promotion of the kind percent"),
    ("promotions.headers.customers", "C1", "neither a list nor a mapping"),
    ("promotions.headers.customers", {"C1": True}, '{"C1": true} is not a list'),
    ("promotions.headers.customers", ["C1", {"code": "C2"}], 'entry 2: {"code": "C2"} is not a code'),
    ("promotions.headers.customer_classes", [""], 'entry 1: "" is not a code'),
    (ADDRESSES, ["Main Street 1"], 'entry 1: "Main Street 1" is not a mapping'),
    (ADDRESSES, {"city": "Łódź"}, '{"city": "Łódź"} is not a list'),
    (ADDRESSES, [{"city": ["Łódź"]}], 'entry 1, city: ["Łódź"] is not a text'),
    (ADDRESSES, [{"city": "x" * 30, "is_default": "yes"}], 'entry 1, is_default: "yes" is not true or false'),
    (ADDRESSES, json.loads("[" * 30 + "]" * 30), "more than 20 lists and mappings in each other"),
    (ELEMENTS, [{"questions": [{"options": ["S", 5, []]}]}], "entry 1, questions: entry 1, options: entry 3: []"),
    (ELEMENTS, [{"questions": {"name": "Q"}}], 'entry 1, questions: {"name": "Q"} is not a list'),
    (ELEMENTS, [{"kind": "foto"}], 'entry 1, kind: "foto" is not one of questionnaire, document, travel, photo, note'),
    (ELEMENTS, [{"answers": "yes"}], 'entry 1, answers: "yes" is not a mapping'),
    (
        ELEMENTS,
        [{}, {"kind": "photo", "questions": [{"name": "Q"}]}],
        "entry 2, questions: are not read in",
    ),
    (
        ELEMENTS,
        [ASKED | {"questions": [{"options": ["S"]}]}],
        "entry 1, questions: entry 1, options: are not",
    ),
    (
        ELEMENTS,
        [{"kind": "travel", "document_type": "sales_quote"}],
        "entry 1, document_type: is not read",
    ),
    (
        ELEMENTS,
        [{"state": "completed"}],
        "entry 1, state, reason and answers: are results",
    ),
    (OPTIONS, ["S", "M"], "are not read in an attribute of the kind text"),
    (LINES, [{"quantity": "1"}], "entry 1, item: missing"),
    (LINES, [{"item": 17, "quantity": "two"}], 'entry 1, quantity: "two" is not a number'),
]
RIGHT: list[tuple[str, Any]] = [
    (RATES, [{"date": "2026-03-01", "rate": 4.25}, {"date": "2026-03-02"}]),
    (SCALES, [{"value": 5}, {"from": 10, "value": "7.5", "free": None}]),
    ("promotions.headers.customers", [5901234123457, "0017"]),
    (ADDRESSES, [{"postal_code": 12345, "is_default": 1, "city": None, "gps": {"x": "1"}}]),
    (ELEMENTS, [ASKED | {"questions": [{"kind": "choice", "options": ["S", 5, ""]}], "answers": {}, "state": ""}]),
    (SCALES, [{"value": "5", "free": "0", "per": None, "item": ""}]),
]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return small_office(tmp_path_factory.mktemp("shop"))


def sheet(exports: Exports, field: str, value: Any) -> str:
    """Writes a good row and a second one with the value; returns the object's key."""
    key, _, name = field.rpartition(".")
    row = ROWS[key]
    cells: list[str] = [
        '"' + json.dumps(one, ensure_ascii=False).replace('"', '""') + '"' for one in list[Any]([[], value])
    ]
    lines = [",".join([*row, name])]
    for number, cell in enumerate(cells):
        lines.append(",".join([f"{row['key']}{number}", *list(row.values())[1:], cell]))
    exports.put(f"{CATALOGUE.by_key[key].table}.csv", "\n".join(lines) + "\n")
    return key


@pytest.mark.parametrize(("field", "value", "told"), WRONG, ids=[f"{field} {told}" for field, _, told in WRONG])
def test_that_a_wrong_nested_value_is_refused_with_file_line_field_and_key(
    exports: Exports, field: str, value: Any, told: str
) -> None:
    key = sheet(exports, field, value)
    (bad,) = exports.problems(key)
    file = f"{CATALOGUE.by_key[key].table}.csv"
    assert (bad.file, bad.line, bad.column) == (file, 3, field.rpartition(".")[2])
    assert told in bad.reason
    assert len(exports.rows(key, skips=True)) == 1, "the other row can be taken"


@pytest.mark.parametrize(("field", "value"), RIGHT, ids=repr)
def test_that_a_readable_nested_value_is_imported(exports: Exports, field: str, value: Any) -> None:
    assert len(exports.rows(sheet(exports, field, value))) == 2


def test_that_free_goods_need_a_free_quantity(exports: Exports) -> None:
    exports.put(
        "promotions_headers.csv",
        'code,name,kind,priority,threshold,scales\nP,P,free_goods,1,quantity,"[{""from"": ""5""}]"\n',
    )
    (bad,) = exports.problems("promotions.headers")
    assert bad.reason == "entry 1, free: missing (a promotion of the kind free_goods needs it)"


def test_that_free_goods_have_no_value(exports: Exports) -> None:
    exports.put(
        "promotions_headers.csv",
        'code,name,kind,priority,threshold,scales\nP,P,free_goods,1,quantity,"[{""free"": ""1"", ""value"": ""5""}]"\n',
    )
    (bad,) = exports.problems("promotions.headers")
    assert bad.reason == "entry 1, value: is not read in a promotion of the kind free_goods"


def test_that_an_exempt_rate_has_no_percent(exports: Exports) -> None:
    exports.put("directories_vat_rates.csv", "code,name,percent,is_exempt\nZW,Exempt,0,yes\nA,A,23,yes\n")
    (bad,) = exports.problems("directories.vat_rates")
    assert (bad.file, bad.line, bad.column) == ("directories_vat_rates.csv", 3, "percent")
    assert bad.reason == "23 is not read in an exempt rate: say 0"


def test_that_nested_values_of_a_mapping_are_checked_too(exports: Exports) -> None:
    exports.put("kursy.csv", "Waluta,Data,Kurs\nUSD,01.03.2026,4.25\n")
    exports.map_to(
        '[objects."directories.currencies"]\nsql = """SELECT Waluta AS code, Waluta AS name, 2 AS decimals,'
        ' [{\'date\': "Data", \'rate\': "Kurs"}] AS rates FROM kursy"""\n'
    )
    told = 'map.toml [directories.currencies]:1: rates: entry 1, date: "01.03.2026" is not a day like "2026-03-31"'
    assert exports.refusal("directories.currencies") == told


def test_that_the_message_for_the_office_shows_the_place_of_the_value(shop: Office) -> None:
    rates = '[{"date": "01.03.2026", "rate": "4.25"}]'
    shop.write("directories_currencies", [CURRENCY | {"key": "PLN", "code": "PLN", "is_base": "yes", "rates": rates}])
    found = shop.run("init", "--csv", str(shop.erp))
    assert found.exit_code == 3
    assert 'directories_currencies.csv:2: rates: entry 1, date: "01.03.2026" is not a day' in found.stderr


def test_that_another_connectors_row_with_a_wrong_value_is_set_aside_alone(gateway: GatewayUnderTest) -> None:
    company = gateway.connector.company
    good = {"code": "EUR", "name": "Euro", "decimals": 2, "rates": [{"date": "2026-03-01", "rate": "4.25"}]}
    bad = good | {"code": "USD", "rates": [{"rate": "4.25"}]}
    company["directories.currencies"] |= {"EUR": good, "USD": bad}
    company["documents.numerators"]["N"] = {"document_type": "sales_quote", "symbol": "Q", "pattern": "{number}"}
    company["documents.numerators"]["N"] |= {"period": "none", "first_number": 1}

    report = gateway.take()

    assert report.objects["directories.currencies"].added == 1
    with gateway.database.read() as connection:
        aside = connection.execute(select(set_aside.c.erp_key, set_aside.c.field, set_aside.c.reason)).all()
    assert ("USD", "rates", "entry 1, date: missing") in [tuple(row) for row in aside]
    assert ("N", "pattern") in [(row.erp_key, row.field) for row in aside], "rules of rows hold for every connector"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Entry):
    """A strict entry that no object has."""

    strict: ClassVar[bool] = True

    name: str
    amount: Decimal = Decimal()


@synchronized("directories.stairs", "Stairs", natural_key=("code",))
class Stairs(Row):
    """An object that the catalogue does not have."""

    code: str = text()
    steps: tuple[Step, ...] | None = nested()


def test_that_the_checks_follow_from_the_entry_class_alone() -> None:
    read = parser(Stairs.OBJECT.field("steps"))
    assert read('[{"name": "A", "amount": 5.5}]') == '[{"amount":"5.5","name":"A"}]'
    for wrong, told in {
        '[{"amount": "5"}]': "entry 1, name: missing",
        '[{"name": "A", "amount": "five"}]': 'entry 1, amount: "five" is not a number like "12.50"',
        '[{"name": "A", "width": "5"}]': "entry 1, width: not one of name, amount",
    }.items():
        with pytest.raises(BadValueError, match=told):
            read(wrong)


def test_that_every_nested_field_refuses_values_without_a_shape() -> None:
    fields = [field for entry in CATALOGUE.all for field in entry.fields if field.kind is Kind.JSON]
    assert len(fields) > 15
    for field in fields:
        with pytest.raises(BadValueError):
            parser(field)('[["?"]]')
        assert parser(field)("[]") == "[]"


_leaf = (
    st.none() | st.booleans() | st.integers() | st.sampled_from(["5", "-1.5", "4,25", "NaN", "2026-03-01", "", "C1"])
)
_NESTED_IN = {field.entry: field for entry in CATALOGUE.all for field in entry.fields if field.entry is not None}


@pytest.mark.parametrize("kind", _NESTED_IN, ids=lambda kind: str(kind.__name__))
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_that_every_part_of_an_accepted_value_is_read(kind: type[Entry], data: st.DataObject) -> None:
    def entries(of: type[Entry]) -> st.SearchStrategy[Any]:
        parts = {one.key: _leaf if one.entry is None else _leaf | entries(one.entry) for one in parts_of(of)}
        return st.lists(st.fixed_dictionaries({}, optional=parts), max_size=2)

    value = data.draw(entries(kind))
    found = read_entries(kind, value)
    if not faults(_NESTED_IN[kind], value):
        assert found is not None
        assert len(found) == len(value)
        for given_entry, entry in zip(value, found, strict=True):
            for part in parts_of(kind):
                one = given_entry.get(part.key)
                if one is not None and part.entry is None and not (part.choices and one == ""):
                    assert getattr(entry, part.name) == part.read(one) is not None


def test_that_the_page_of_the_catalogue_describes_each_key() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "catalogue.md").read_text(encoding="utf-8")
    assert "`date` (day, needed), `rate` (decimal)" in page
    assert "`is_default` (yes/no)" in page
