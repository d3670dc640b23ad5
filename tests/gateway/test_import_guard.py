"""The guard of imports: large losses and changes are not applied until a person accepts them."""

import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from salesapp.domain.catalogue import CATALOGUE, Catalogue
from salesapp.gateway.connectors.base import Connector
from salesapp.gateway.connectors.csv_source import CsvSource
from salesapp.gateway.connectors.demo.source import DemoSource
from salesapp.gateway.connectors.sources import Source
from salesapp.gateway.database import Database
from salesapp.gateway.folder import create, opened
from salesapp.gateway.imports import Asked, take
from salesapp.gateway.losses import is_large
from tests.company import ListConnector, small_company
from tests.gateway.office import ITEMS, LISTS, PRICES, UNITS, Office, item, price, small_office

COUNT = 100


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    office = small_office(tmp_path_factory.mktemp("made"), COUNT)
    office.write("promotions_headers", [{"key": "X", "code": "X", "name": "Only one", "kind": "percent", "priority": 1,
                                         "threshold": "quantity", "scales": "[]", "customers": "[]"}])  # fmt: skip
    office.write("auxiliary_company", [{"key": "1", "code": "ACME", "name": "Acme", "tax_id": "525-000-11-22"}])
    office.init()
    return office.root


@pytest.fixture
def office(made: Path, tmp_path: Path) -> Office:
    """The items `I0` to `I99`, each with the price 10.00, in a copied folder."""
    copied = Office(Path(shutil.copytree(made, tmp_path / "office")))
    assert copied.run("source", "set", "--csv", str(copied.erp)).exit_code == 0
    return copied


def header_only(name: str, columns: str = "") -> Callable[[Office], None]:
    def change(office: Office) -> None:
        path = office.erp / f"{name}.csv"
        path.write_text(path.read_text(encoding="utf-8").split("\n", 1)[0] + "\n", encoding="utf-8")

    return change


def items(rows: list[dict[str, object]]) -> Callable[[Office], None]:
    return lambda office: office.write(ITEMS, rows)


def prices(rows: list[dict[str, object]]) -> Callable[[Office], None]:
    return lambda office: office.write(PRICES, rows)


def prices_at(value: str, first: int, until: int = COUNT) -> Callable[[Office], None]:
    """Gives prices from `first` to `until` another value."""
    return prices([price(number, value if first <= number < until else "10.00") for number in range(COUNT)])


def currency_renamed(office: Office) -> None:
    path = office.erp / f"{LISTS}.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("PLN", "EUR"), encoding="utf-8")


def other_company(office: Office) -> None:
    office.write("auxiliary_company", [{"key": "1", "code": "ACME", "name": "Acme", "tax_id": "999-999-99-99"}])


STOPPED: dict[str, tuple[Callable[[Office], None], set[tuple[str, str]]]] = {
    "a file of its header only": (header_only(ITEMS), {("lost", "items.forms"), ("lost", "items.prices")}),
    "the only promotion is gone": (header_only("promotions_headers"), {("lost", "promotions.headers")}),
    "cut at a line end": (items([item(number) for number in range(50)]), {("lost", "items.forms")}),
    "just more than 20 of 100": (prices([price(number) for number in range(79)]), {("lost", "items.prices")}),
    "a parent is gone": (currency_renamed, {("lost", "directories.price_types"), ("lost", "items.prices")}),
    "a blank in a reference": (
        lambda office: office.write(UNITS, [{"key": "KG", "code": "kg", "name": "Kilogram", "decimals": 0,
                                             "kind": "weight"}]),
        {("lost", "directories.units"), ("lost", "items.forms"), ("lost", "items.prices")},
    ),
    "keys are others": (items([item(number, key=f"J{number}") for number in range(COUNT)]), {("lost", "items.forms")}),
    "prices are zero": (prices_at("0", 0), {("zero", "items.prices"), ("changed", "items.prices")}),
    "just more than 20 are zero": (prices_at("0", 79), {("zero", "items.prices")}),
    "a factor of 100": (prices_at("1000", 0), {("changed", "items.prices")}),
    "just more than half, of 51": (prices_at("15.01", 49), {("changed", "items.prices")}),
    "just less than half, of 51": (prices_at("4.99", 49), {("changed", "items.prices")}),
    "another company": (other_company, {("company", "auxiliary.company")}),
}  # fmt: skip


@pytest.mark.parametrize("case", STOPPED)
def test_that_an_import_with_large_losses_is_applied_only_when_accepted(office: Office, case: str) -> None:
    change, expected = STOPPED[case]
    before = office.rows()
    change(office)
    rehearsed = office.take("--dry-run")
    done = office.take()
    assert (rehearsed.exit_code, done.exit_code) == (8, 8), done.output
    assert "Nothing was changed" in done.stderr
    assert office.rows() == before
    (waiting,) = office.json("status")["imports"]["waiting"]
    entry = office.json("imports")[0]
    assert (entry["id"], entry["outcome"]) == (waiting, "kept")
    assert {(finding["code"], finding["object"]) for finding in entry["findings"]} >= expected
    assert all(finding["samples"] or finding["code"] in {"kind", "company"} for finding in entry["findings"])
    shutil.rmtree(office.erp)  # what was kept is taken, not what is there now
    accepted = office.run("imports", "accept", str(waiting))
    assert accepted.exit_code == 0, accepted.output
    assert office.rows() != before
    assert (office.json("imports")[0]["outcome"], office.json("status")["imports"]["waiting"]) == ("accepted", [])


TAKEN: dict[str, Callable[[Office], None]] = {
    "nothing changed": lambda _office: None,
    "exactly 20 of 100": prices([price(number) for number in range(80)]),
    "exactly 20 become zero": prices_at("0", 80),
    "all by exactly half, up": prices_at("15.00", 0),
    "all by exactly half, down": prices_at("5.00", 0),
    "exactly half of them by more than half": prices_at("30", 50),
    "more rows": items([item(number) for number in range(COUNT + 50)]),
    "all renamed": items([item(number, name=f"Another {number}") for number in range(COUNT)]),
    "an object without a file": lambda office: (office.erp / "promotions_headers.csv").unlink(),
    "the company has another name": lambda office: office.write(
        "auxiliary_company", [{"key": "1", "code": "ACME2", "name": "Acme AG", "tax_id": "525 000 1122"}]
    ),
}


@pytest.mark.parametrize("case", TAKEN)
def test_that_an_ordinary_import_is_applied_without_a_question(office: Office, case: str) -> None:
    TAKEN[case](office)
    assert office.take("--dry-run").exit_code == 0
    done = office.take()
    assert done.exit_code == 0, done.output
    assert [entry["outcome"] for entry in office.json("imports")][:1] == ["taken"]


def test_that_skipped_rows_count_as_lost_and_are_listed_with_a_kept_import(office: Office) -> None:
    rows = [item(number, kind="goods" if number < 79 else "nonsense") for number in range(COUNT)]
    office.write(ITEMS, rows)
    assert office.take().exit_code == 3
    done = office.take("--csv", str(office.erp), "--skip-bad-rows")
    assert (done.exit_code, "21 of 100 rows would disappear" in done.stderr) == (8, True)
    assert "skipped items_forms.csv:81: kind" in done.stderr


def test_that_dependent_rows_without_a_file_count_as_lost(office: Office) -> None:
    for path in office.erp.iterdir():
        if path.stem != LISTS:
            path.unlink()
    before = office.rows()
    path = office.erp / f"{LISTS}.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("PLN", "EUR"), encoding="utf-8")
    assert (office.take().exit_code, office.rows()) == (8, before)
    found = {(finding["code"], finding["object"]) for finding in office.json("imports")[0]["findings"]}
    assert found == {("lost", "directories.price_types"), ("lost", "items.prices")}
    assert office.run("imports", "accept", str(office.json("imports")[0]["id"])).exit_code == 0
    assert len(office.rows()["set_aside"]) == 101


def test_that_zero_prices_that_stay_zero_and_few_prices_do_not_stop_an_import(tmp_path: Path) -> None:
    office = small_office(tmp_path, 19)
    office.write(PRICES, [price(number, "0" if number else "1") for number in range(19)])
    office.init()
    office.write(PRICES, [price(number, "100" if number else "0") for number in range(19)])
    assert office.take().exit_code == 0
    office.write(PRICES, [price(number, "0") for number in range(19)])
    assert office.take().exit_code == 0


def test_that_few_prices_of_each_kind_are_judged_together(tmp_path: Path) -> None:
    office = small_office(tmp_path, 15)
    office.write(
        "directories_price_discount_types",
        [{"key": "D", "code": "D", "name": "Discount", "kind": "discount", "value_kind": "percent"}],
    )
    kinds: list[dict[str, object]] = [{}] * 15 + [
        {"discount_type": "D", "level": "item", "price_type": "", "unit": ""}
    ] * 15

    def write(value: str) -> None:
        office.write(PRICES, [price(at % 15, value, key=f"P{at}", **kind) for at, kind in enumerate(kinds)])

    write("2")
    office.init()
    write("20")
    assert office.take().exit_code == 8
    (finding,) = office.json("imports")[0]["findings"]
    assert (finding["code"], finding["count"], finding["total"]) == ("changed", 30, 30)


def test_that_rows_that_move_to_another_scope_are_not_lost(tmp_path: Path) -> None:
    office = small_office(tmp_path)

    def write(representative: str) -> None:
        office.write(
            "customers_customers",
            [
                {"key": f"K{n}", "code": f"K{n}", "name": f"Shop {n}", "status": "active", "kind": "company",
                 "representative": representative}
                for n in range(60)
            ],
        )  # fmt: skip

    write("rep1")
    office.init()
    write("rep2")
    done = office.take()
    assert (done.exit_code, "60 changed, 0 deleted" in done.stdout) == (0, True)


@dataclass(frozen=True)
class SmallDemo(DemoSource):
    """A quick demo company: the small one of the tests, from which a test may remove rows."""

    gone: tuple[str, ...] = ()

    def connector(self, catalogue: Catalogue, database: Database | None = None) -> Connector:
        company = small_company()
        for key in self.gone:
            company[key] = {}
        return ListConnector(company)


@dataclass(frozen=True)
class SmallFolder(CsvSource):
    """A folder with the rows of that company."""

    def connector(self, catalogue: Catalogue, database: Database | None = None) -> Connector:
        return ListConnector(small_company())


def test_that_the_demo_company_does_not_replace_a_real_one(office: Office) -> None:
    before = office.rows()
    with opened(office.data) as database:
        done = take(database, CATALOGUE, Asked(SmallDemo(scale="small"), "command", "me"))
    assert (done.outcome, office.rows()) == ("kept", before)
    assert done.findings[0].code == "kind"
    assert "the present rows come from the folder" in done.findings[0].sentence
    assert "the new ones from the demo company" in done.findings[0].sentence
    assert office.run("imports", "accept", str(done.id)).exit_code == 0


def test_that_the_demo_company_may_change_its_day_but_not_its_size(tmp_path: Path) -> None:
    with closing(create(tmp_path / "data")) as database:

        def outcome(source: Source) -> str:
            return take(database, CATALOGUE, Asked(source, "command", "me")).outcome

        assert outcome(SmallDemo("small", "2026-03-02")) == "taken"
        assert outcome(SmallDemo("small", "2026-09-02", gone=("appointments.appointments",))) == "taken"
        assert outcome(SmallDemo("large", gone=("items.prices",))) == "kept"
        assert outcome(SmallFolder(str(tmp_path))) == "kept"


def test_that_a_moved_folder_is_the_same_company_unless_few_keys_are_known(office: Office) -> None:
    moved = Path(shutil.copytree(office.erp, office.root / "moved"))
    assert office.take("--csv", str(moved)).exit_code == 0
    alien = small_office(office.root / "alien-root", 3)
    alien.write(ITEMS, [item(number, key=f"Z{number}") for number in range(3)])
    alien.write(PRICES, [price(number, item=f"Z{number}", key=f"ZP{number}") for number in range(3)])
    done = office.take("--csv", str(alien.erp))
    assert done.exit_code == 8
    assert "it looks like another company" in done.stderr


def test_that_samples_show_keys_names_and_both_values(office: Office) -> None:
    prices_at("0", 0)(office)
    done = office.take()
    assert "P0\tItem 0, Piece\t10.0000 -> 0.0000" in done.stderr.replace(", Net", "")
    assert "100 of 100 prices would become 0" in done.stderr
    header_only(ITEMS)(office)
    done = office.take()
    assert "I0\tItem 0\tdeleted" in done.stderr
    assert "set aside: item needs items.forms I0" in done.stderr


def test_that_a_large_change_is_applied_at_once_with_the_option(office: Office) -> None:
    header_only(ITEMS)(office)
    done = office.take("--accept-large-changes")
    assert done.exit_code == 0, done.output
    assert "items.forms: 0 rows (0 new, 0 changed, 100 deleted)" in done.stdout
    entry = office.json("imports")[0]
    assert (entry["outcome"], entry["accepted_by"]) == ("accepted", entry["who"])
    assert office.run("status", "--check").exit_code in {9, 10}


def test_that_a_kept_import_is_outdated_after_another_import(office: Office) -> None:
    items([item(number) for number in range(50)])(office)
    assert office.take().exit_code == 8
    kept = office.json("imports")[0]["id"]
    items([item(number) for number in range(COUNT)])(office)
    assert office.take().exit_code == 0  # nothing changed, but the kept import is outdated
    before = office.rows()
    done = office.run("imports", "accept", str(kept))
    assert (done.exit_code, "import again" in done.stderr) == (2, True)
    assert office.rows() == before
    assert office.json("status")["imports"]["waiting"] == []
    assert office.run("imports", "accept", "999").exit_code == 2
    taken = office.json("imports")[0]["id"]
    assert office.run("imports", "accept", str(taken)).exit_code == 2


@pytest.mark.parametrize("how", ["gone", "cut", "changed"])
def test_that_damaged_kept_rows_are_not_applied(office: Office, how: str) -> None:
    office.write(ITEMS, [item(0)])
    office.take()
    id_ = office.json("imports")[0]["id"]
    path = office.data / "imports" / f"{id_}.rows"
    content = path.read_bytes()
    path.write_bytes(content[:-3] if how == "cut" else content.replace(content[40:44], b"\0\1\2\3"))
    if how == "gone":
        path.unlink()
    before = office.rows()
    done = office.run("imports", "accept", str(id_))
    assert (done.exit_code, "damaged or missing: import again" in done.stderr) == (2, True)
    assert office.rows() == before


def test_that_the_same_rows_are_kept_once_and_only_a_few_imports_are_kept(office: Office) -> None:
    for _ in range(2):
        items([item(number) for number in range(50)])(office)
        assert office.take().exit_code == 8
    assert [entry["outcome"] for entry in office.json("imports")] == ["kept", "taken"]
    for count in range(40, 47):
        items([item(number) for number in range(count)])(office)
        assert office.take().exit_code == 8
    outcomes = [entry["outcome"] for entry in office.json("imports")]
    assert outcomes == ["kept"] * 5 + ["expired"] * 3 + ["taken"]
    assert len(list((office.data / "imports").iterdir())) == 5


@pytest.mark.parametrize(
    ("before", "gone", "expected"),
    [(0, 0, False), (1, 0, False), (1, 1, True), (2, 1, False), (20, 20, True), (25, 20, False), (25, 21, True),
     (420, 21, False), (419, 21, True), (500, 25, False), (500, 26, True), (10_000, 500, False), (10_000, 501, True)],
)  # fmt: skip
def test_that_the_limit_is_over_20_rows_and_over_5_percent_or_all_rows(before: int, gone: int, expected: bool) -> None:
    assert is_large(before, gone) == expected
