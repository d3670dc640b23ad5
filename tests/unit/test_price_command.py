"""`salesapp price`: the worked examples, the form of the answer, and messages for unreadable cases."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from salesapp.cli.main import salesapp
from salesapp.cli.price_case import NEEDED
from tests.unit.test_price_examples import examples

EXAMPLES = Path(__file__).parents[2] / "examples" / "pricing"
WORKED = {
    "a": (["34.99", "29.7415", "28.254425", "28.25"], "28.25", "565.00", "129.95", "694.95"),
    "a-round-each-step": (["34.99", "29.74", "28.25"], "28.25", "565.00", "129.95", "694.95"),
    "a-additive": (["34.99", "29.7415", "27.992", "27.99"], "27.99", "559.80", "128.75", "688.55"),
    "b": (["1.10", "13.20"], "13.20", "39.60", "9.11", "48.71"),
    "c": (["123.00", "110.70"], "90.00", "180.00", "41.40", "221.40"),
}


def run(*words: str, given: str | None = None) -> Result:
    return CliRunner().invoke(salesapp, ["price", *words], input=given)


def answer(name: str) -> dict[str, Any]:
    done = run(str(EXAMPLES / f"{name}.json"), "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", list(WORKED))
def test_that_the_worked_examples_come_out_exactly(name: str) -> None:
    found = answer(name)
    line = found["lines"][0]
    amounts = (line["unit_price_net"], found["net"], found["vat"], found["gross"])
    assert ([step["after"] for step in line["steps"]], *amounts) == WORKED[name]
    assert (line["net"], line["vat"], line["gross"]) == amounts[1:]
    assert found["totals"] == [
        {"vat_rate": 1, "percent": "23", "net": found["net"], "vat": found["vat"], "gross": found["gross"]}
    ]
    assert found["can_be_confirmed"]


def test_that_the_documents_discount_is_allocated_as_in_the_worked_example() -> None:
    found = answer("d")
    assert found["discount"] == "1.51"
    assert [line["document_discount"] for line in found["lines"]] == ["0.50", "1.01"]
    assert [line["net"] for line in found["lines"]] == ["9.55", "19.09"]
    assert (found["net"], found["vat"], found["gross"]) == ("28.64", "6.59", "35.23")


def test_that_every_example_is_tested_here() -> None:
    over_lines = {name for name, _, _ in examples()}
    assert {path.stem for path in EXAMPLES.glob("*.json")} == {*WORKED, "d", *over_lines}


def test_that_the_answer_explains_where_each_step_comes_from() -> None:
    line = answer("a")["lines"][0]
    assert line["steps"][1] == {
        "code": "component",
        "label": "Group discount",
        "value": "-15 %",
        "before": "34.99",
        "after": "29.7415",
        "source": "items.prices/2",
    }
    assert line["promotions"] == [
        {"promotion": 1, "name": "Spring: from 10 pieces 5 %", "kind": "percent", "scale_from": "10", "value": "5"}
    ]


def test_that_a_person_reads_a_table() -> None:
    done = run(str(EXAMPLES / "d.json"))
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["line", "item", "quantity", "unit", "unit", "net", "net", "VAT", "gross"]
    assert lines[1].split() == ["1", "Olive", "oil", "1", "l", "1", "PCS", "10.05", "9.55", "2.20", "11.75"]
    assert "discount of the document 5 %: 1.51" in lines
    assert lines[-1] == "Total PLN: net 28.64, VAT 6.59, gross 35.23"


def changed(name: str, *path: object, to: object) -> str:
    """Returns an example with one change, as text."""
    case = json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    *way, last = path
    place = case
    for step in way:
        place = place[step]
    place[last] = to
    return json.dumps(case)


def test_that_a_line_without_a_price_has_no_amounts() -> None:
    case = changed("b", "rows", "items.prices", to=[])
    found = json.loads(run("-", "--json", given=case).stdout)
    line = found["lines"][0]
    assert (line["error"], line["net"], line["unit_price_net"]) == ("price.no_price", None, None)
    assert (found["can_be_confirmed"], found["gross"]) == (False, "0")
    assert "no price: price.no_price" in run("-", given=case).stdout


def test_that_a_hint_and_warnings_are_printed() -> None:
    case = changed("a", "document", "lines", 0, "quantity", to="8")
    assert "2 more (quantity) to reach 5 % of Spring" in run("-", given=case).stdout
    assert json.loads(run("-", "--json", given=case).stdout)["lines"][0]["next_scale"]["missing"] == "2"
    case = changed("d", "document", "customer", to=5)
    assert "price.unknown_customer customer 5" in run("-", given=case).stdout


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (
            ("rows", "items.prices", 0, "value"),
            10.5,
            "items.prices, row 1, value: a number in quotation marks is needed",
        ),
        (("rows", "items.prices", 0, "value"), "ten", "items.prices, row 1, value: ten is not a number"),
        (("rows", "items.prices", 0, "value"), "1e30", "too large"),
        (("rows", "items.prices", 0, "value"), "NaN", "too large"),
        (("rows", "items.prices", 0, "value"), None, "items.prices, row 1, value: a value is needed"),
        (("rows", "items.prices", 0, "id"), None, "items.prices, row 1, id: a whole number is needed"),
        (("rows", "items.prices", 0, "colour"), "red", "items.prices, row 1: unknown field colour"),
        (("rows", "items.prices", 0, "level"), "moon", "moon is not one of item, item_group"),
        (("rows", "items.prices", 0, "valid_from"), "1.3.2026", "1.3.2026 is not a date like 2026-03-01"),
        (("rows", "items.prices", 1), {"id": 1, "value": "1"}, "items.prices: two rows have the same id"),
        (("rows", "promotions.headers", 0, "combines"), "yes", "combines: true or false is needed"),
        (("rows", "promotions.headers", 0, "scales"), [{"from": 1.5}], "scales, entry 1, from: a number in quotation"),
        (
            ("rows", "directories.currencies", 0, "rates"),
            [{"date": "today"}],
            "rates, entry 1, date: today is not a date",
        ),
        (("rows", "items.spells"), [], "rows: unknown field items.spells"),
        (("rows", "items.forms"), {}, "items.forms: a list in brackets is needed"),
        (("document", "date"), "2026-13-01", "document, date: 2026-13-01 is not a date"),
        (("document", "currency"), "EUR", "document, currency: EUR is not in directories.currencies"),
        (("document", "profile"), "field", "document, profile: field is not in auxiliary.profiles"),
        (
            ("document", "lines", 0, "quantity"),
            True,
            "document, line 1, quantity: a number in quotation marks is needed",
        ),
        (("document", "lines", 0, "item"), "OIL", "document, line 1, item: a whole number is needed"),
        (("document", "colour"), "red", "document: unknown field colour"),
        (("document",), [], "document: an object in braces is needed"),
    ],
)
def test_that_an_unreadable_case_is_refused_with_a_message(
    path: tuple[object, ...], value: object, sentence: str
) -> None:
    done = run("-", "--json", given=changed("a", *path, to=value))
    assert (done.exit_code, done.stdout) == (2, "")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("given", ["", "{", "[]", "7", '{"rows": {}}', "[" * 100_000, '{"document": {"lines": [1]}}'])
def test_that_input_that_is_not_a_case_is_refused_with_a_message(given: str) -> None:
    done = run("-", given=given)
    assert done.exit_code == 2
    assert "Nothing was done." in done.stderr


def test_that_two_lines_with_one_id_and_a_missing_file_are_refused() -> None:
    line = {"id": "1", "item": 1, "unit": 1, "quantity": "1"}
    done = run("-", given=changed("a", "document", "lines", to=[line, line]))
    assert "two lines have the same id" in done.stderr
    done = run("nothing-there.json")
    assert (done.exit_code, "cannot be read" in done.stderr) == (2, True)


def test_that_lines_without_an_id_are_numbered() -> None:
    line = {"item": 1, "unit": 1, "quantity": 1}
    case = changed("a", "document", "lines", to=[line, line | {"id": 7}])
    assert [entry["id"] for entry in json.loads(run("-", "--json", given=case).stdout)["lines"]] == ["1", "7"]


def test_that_rows_of_other_objects_change_nothing() -> None:
    case = changed("a", "rows", "directories.warehouses", to=[{"code": "W1"}])
    assert json.loads(run("-", "--json", given=case).stdout) == answer("a")


@pytest.mark.parametrize(
    ("key", "field", "value"),
    [
        ("directories.price_types", "decimals", 2),
        ("directories.price_types", "priority", 2**31),
        ("directories.currencies", "decimals", 2),
        ("promotions.headers", "priority", 2**31),
        ("promotions.headers", "threshold", "quantity"),
        ("items.forms", "sales_unit", 1),
        ("items.prices", "minimum_quantity", "0"),
    ],
)
def test_that_a_row_of_a_case_may_omit_irrelevant_fields(key: str, field: str, value: object) -> None:
    left_out = run("-", "--json", given=changed("a", "rows", key, 0, field, to=None))

    assert (left_out.exit_code, left_out.stderr) == (0, "")
    assert left_out.stdout == run("-", "--json", given=changed("a", "rows", key, 0, field, to=value)).stdout


def test_that_the_page_of_prices_names_every_code_object_and_example() -> None:
    repository = EXAMPLES.parents[1]
    page = (repository / "docs" / "pricing.md").read_text(encoding="utf-8")
    sources = (repository / "salesapp" / "domain" / "price_rules").glob("*.py")
    codes = {code for path in sources for code in re.findall(r'"(price\.\w+)"', path.read_text(encoding="utf-8"))}
    assert codes
    assert {code for code in codes if f"| `{code}` |" not in page} == set()
    assert [path.name for path in EXAMPLES.glob("*.json") if f"`{path.name}`" not in page] == []
    for kind, needed in NEEDED.items():
        assert f"| `{kind.OBJECT.key}` | {', '.join(f'`{name}`' for name in needed)}".rstrip() in page
