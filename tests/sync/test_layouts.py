"""A field that is added later turns no object red while only the gateway or only a tablet knows it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from salesapp.domain.canonical import Value
from salesapp.domain.catalogue import CATALOGUE, Catalogue
from salesapp.domain.rows import Row, added, boolean, synchronized, text
from salesapp.domain.schema import Field, Kind, SyncObject
from salesapp.gateway import accounts
from salesapp.gateway.folder import create
from salesapp.store.catalog import CatalogStore
from salesapp.sync.values import Outcome
from tests.company import ListConnector, small_company
from tests.conftest import PASSWORD, GatewayUnderTest, Tablet, states

VEHICLES = "directories.vehicles"
ADDED = (
    Field("nickname", Kind.TEXT, added=True),
    Field("is_leased", Kind.BOOLEAN, added=True),
    Field("marks", Kind.JSON, required=True, added=True),
    Field("replaced_by", Kind.REFERENCE, target=VEHICLES, strong=False, added=True),
)


def wider(*fields: Field) -> Catalogue:
    """The catalogue of a later version, in which vehicles have more fields."""

    def later(entry: SyncObject) -> SyncObject:
        return replace(entry, fields=(*entry.fields, *fields)) if entry.key == VEHICLES else entry

    return Catalogue(tuple(map(later, CATALOGUE.objects)), tuple(map(later, CATALOGUE.auxiliary)))


NEXT, LAST = wider(*ADDED[:1]), wider(*ADDED)


def vehicles(company: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = company[VEHICLES]
    return found


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[GatewayUnderTest]:
    """A gateway of the first version, with forty vehicles."""
    company = small_company()
    for number in range(40):
        vehicles(company)[f"X{number}"] = {"registration": f"X {number}", "name": f"Car {number}"}
    database = create(tmp_path / "gateway")
    under_test = GatewayUnderTest(database, ListConnector(company))
    under_test.take()
    accounts.add_user(database, "office", PASSWORD, None)
    under_test.start()
    yield under_test
    under_test.stop()
    database.close()


def upgrade(gateway: GatewayUnderTest, catalogue: Catalogue) -> None:
    """Starts the gateway's next version, which imports nothing by itself."""
    gateway.stop()
    gateway.catalogue = gateway.connector.catalogue = catalogue
    gateway.start()


def tablet_of(tmp_path: Path, gateway: GatewayUnderTest, catalogue: Catalogue) -> Tablet:
    return Tablet(tmp_path / f"tablet-{len(catalogue.by_key[VEHICLES].fields)}", gateway, catalogue=catalogue)


def held(tablet: Tablet, *names: str) -> dict[str, tuple[Any, ...]]:
    """Returns these fields of the vehicles on a tablet, by name."""
    with closing(CatalogStore.open(tablet.account.catalog_path, tablet.key, tablet.catalogue)) as store:
        found = store.read(tablet.catalogue.by_key[VEHICLES], ("name", *names))
    return {str(row[0]): row[1:] for row in found}


def is_right(outcome: Outcome) -> bool:
    return outcome.outcome == "ok" and set(states(outcome).values()) <= {"ok", "unchanged"}


def change(gateway: GatewayUnderTest, key: str, **values: object) -> None:
    rows = vehicles(gateway.connector.company)
    rows[key] = rows.get(key, {}) | values
    gateway.take()


def test_that_a_gateway_of_the_next_version_serves_tablets_of_both(tmp_path: Path, gateway: GatewayUnderTest) -> None:
    old, new = tablet_of(tmp_path, gateway, CATALOGUE), tablet_of(tmp_path, gateway, LAST)
    assert is_right(old.sync())
    upgrade(gateway, LAST)
    for tablet in (old, new):
        assert is_right(tablet.sync())
    assert gateway.take().revision == 0, "an import of the same rows changes nothing"
    change(gateway, "X1", name="Car one")
    change(gateway, "NEW", registration="N", name="New")
    for tablet in (old, new):
        assert is_right(tablet.sync())
        assert {"Car one", "New"} <= held(tablet).keys()
        assert is_right(tablet.sync(full=True))
        assert states(tablet.sync(fresh=(VEHICLES,)))[VEHICLES] == "ok"


def test_that_a_tablet_of_the_next_version_synchronizes_with_an_older_gateway(
    tmp_path: Path, gateway: GatewayUnderTest
) -> None:
    new = tablet_of(tmp_path, gateway, LAST)
    assert is_right(new.sync())
    change(gateway, "X1", name="Car one")
    assert is_right(new.sync())
    assert held(new, "nickname", "is_leased", "marks", "replaced_by")["Car one"] == (None, 0, "[]", None)
    upgrade(gateway, LAST)
    assert states(new.sync())[VEHICLES] == "unchanged"
    change(gateway, "X1", nickname="Rocket", is_leased=1, marks=["fast"], replaced_by="X2")
    assert is_right(new.sync())
    row = held(new, "nickname", "is_leased", "marks")
    assert (row["Car one"], row["Car 2"]) == (("Rocket", 1, '["fast"]'), (None, 0, "[]"))


def test_that_only_values_that_an_older_tablet_cannot_hold_turn_its_object_red(
    tmp_path: Path, gateway: GatewayUnderTest
) -> None:
    tablets = old, middle, new = [tablet_of(tmp_path, gateway, each) for each in (CATALOGUE, NEXT, LAST)]
    upgrade(gateway, LAST)
    for tablet in tablets:
        assert is_right(tablet.sync())
    change(gateway, "X1", nickname="Rocket")
    outcome = old.sync()
    assert {key for key, state in states(outcome).items() if state == "failed"} == {VEHICLES}
    error = next(each.error for each in outcome.objects if each.key == VEHICLES)
    assert error is not None
    assert error.code == "object.schema"
    assert len(held(old)) == 41, "it keeps its rows"
    for tablet in (middle, new):
        assert is_right(tablet.sync())
        assert held(tablet, "nickname")["Car 1"] == ("Rocket",)
    change(gateway, "X2", is_leased=1)
    assert states(middle.sync())[VEHICLES] == "failed"
    assert is_right(new.sync())
    assert is_right(new.sync(full=True))
    assert held(new, "nickname", "is_leased")["Car 1"] == ("Rocket", 0)


def test_that_a_row_that_loses_its_value_is_as_before(tmp_path: Path, gateway: GatewayUnderTest) -> None:
    def stored() -> list[Any]:
        with closing(sqlite3.connect(gateway.database.path)) as file:
            query = "SELECT erp_key, row_hash, canonical FROM record WHERE object = ? ORDER BY erp_key"
            return file.execute(query, (VEHICLES,)).fetchall()

    before = stored()
    upgrade(gateway, LAST)
    change(gateway, "X1", nickname="Rocket", marks=["fast"])
    assert stored() != before
    change(gateway, "X1", nickname=None, marks=[])
    assert stored() == before
    new = tablet_of(tmp_path, gateway, LAST)
    assert is_right(new.sync())


def test_that_a_damaged_object_is_repaired_from_segments_of_several_layouts(
    tmp_path: Path, gateway: GatewayUnderTest
) -> None:
    new = tablet_of(tmp_path, gateway, LAST)
    assert is_right(new.sync())
    upgrade(gateway, LAST)
    with closing(CatalogStore.open(new.account.catalog_path, new.key, LAST)) as store, store.transaction():
        store.run("DELETE FROM directories_vehicles WHERE name = 'Car 7'")
    change(gateway, "X1", nickname="Rocket")
    assert is_right(new.sync())
    found = held(new, "nickname")
    assert (found["Car 1"], found["Car 7"]) == (("Rocket",), (None,))


def test_that_an_added_field_is_last_and_may_be_empty() -> None:
    @synchronized("customers.made", "Made", natural_key=("code",))
    class Made(Row):
        code: str = text()
        more: bool = added(boolean())
        name: str | None = added(text())

    assert Made.OBJECT.least == 1
    assert Made.OBJECT.whole(["A"]) == ["A", 0, None]
    assert Made.read(7, ["A"]) == Made.of(7, code="A", more=False, name=None)
    rows: list[list[Value]] = [["A", 0, None], ["A", 1, None], ["A", 0, "N"]]
    assert [Made.OBJECT.shortest(row) for row in rows] == [["A"], ["A", 1], ["A", 0, "N"]]
    with pytest.raises(TypeError, match="code comes after the first release"):

        @synchronized("customers.made", "Made", natural_key=("code",))
        class Needed(Row):
            code: str = added(text())

    with pytest.raises(TypeError, match="name comes after the first release"):

        @synchronized("customers.made", "Made", natural_key=("code",))
        class First(Row):
            code: str | None = added(text())
            name: str | None = text()
