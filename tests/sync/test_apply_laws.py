"""Laws of applying: after any changes in any order, a tablet has exactly the gateway's rows."""

import asyncio
import itertools
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from salesapp.domain.canonical import Digest, decode_values
from salesapp.domain.catalogue import AUXILIARY, IMAGES, Catalogue
from salesapp.domain.rows import Row, integer, objects_of, reference, synchronized, text
from salesapp.domain.schema import ScopeRule, SyncObject
from salesapp.gateway import accounts
from salesapp.gateway.folder import create
from salesapp.gateway.scopes import entitlement
from salesapp.gateway.tables import record
from salesapp.protocol.messages import ObjectPlan
from salesapp.store.catalog import CatalogStore
from salesapp.store.search import find
from salesapp.store.staging import Staging
from salesapp.sync.engine import Engine
from salesapp.sync.stopping import StopSignal
from salesapp.sync.values import Outcome, SyncOptions
from tests.company import ListConnector, Rows
from tests.conftest import PASSWORD, GatewayUnderTest, Tablet


@synchronized("items.groups", "Groups", natural_key=("code",))
class Group(Row):
    code: str = text()
    parent: int | None = reference("items.groups", strong=False)


@synchronized("items.forms", "Forms", natural_key=("code",), indexes=(("item_group", "code"),), search=("name",))
class Item(Row):
    code: str = text()
    name: str | None = text()
    item_group: int = reference("items.groups")


@synchronized(
    "items.resources",
    "Resources",
    natural_key=("item", "warehouse"),
    scope=(ScopeRule("warehouse", "warehouse"),),
    indexes=(("item",),),
)
class Stock(Row):
    item: int = reference("items.forms")
    warehouse: str | None = text()
    quantity: int | None = integer()


@synchronized(IMAGES, "Images", natural_key=("sha256",))
class Picture(Row):
    sha256: str | None = text()
    size: int | None = integer()


GROUPS, ITEMS, STOCK, PICTURES = objects_of(Group, Item, Stock, Picture)
ALONE = tuple(entry for entry in AUXILIARY if not entry.references())
SMALL = Catalogue((GROUPS, ITEMS, STOCK, PICTURES), ALONE)
OWN = (GROUPS, ITEMS, STOCK)
PROFILE = {"code": "field", "name": "Field", "stock_rule": "warn", "credit_rule": "warn", "price_age_rule": "warn"}
BALLAST = 60
"""Rows that never change, so that objects are sent as changes."""
WORDS = ("milk", "bread", "świeży", "łosoś")
WAREHOUSES = ("W1", "W2", "W3", None)


def ballast() -> Rows:
    """Returns incompressible rows, so that a whole object is larger than its changes."""
    noise = random.Random(1)
    company: Rows = {entry.key: {} for entry in OWN}
    company["items.groups"]["g"] = {"code": "g"}
    for number in range(BALLAST):
        company["items.forms"][f"i{number}"] = {"code": noise.randbytes(150).hex(), "item_group": "g"}
        for warehouse in WAREHOUSES:
            values = {"item": f"i{number}", "warehouse": warehouse, "quantity": noise.getrandbits(60)}
            company["items.resources"][f"i{number}-{warehouse}"] = values
    company["auxiliary.profiles"] = {"field": PROFILE | {"price_types": [], "warehouses": ["W1", "W2"]}}
    return company


numbers = st.integers(0, 3)
names = st.lists(st.sampled_from(WORDS), max_size=2).map(" ".join).map(lambda name: name or None)
keys = {"items.groups": "G", "items.forms": "I", "items.resources": "S"}
changes = st.one_of(
    st.tuples(
        st.just("items.groups"),
        numbers,
        st.fixed_dictionaries({"code": st.sampled_from("abc"), "parent": st.sampled_from(["G0", "G1", "g", None])}),
    ),
    st.tuples(
        st.just("items.forms"),
        numbers,
        st.fixed_dictionaries(
            {"code": st.sampled_from("abc"), "name": names, "item_group": st.sampled_from(["G0", "G1", "G2", "g"])}
        ),
    ),
    st.tuples(
        st.just("items.resources"),
        numbers,
        st.fixed_dictionaries(
            {
                "item": st.sampled_from(["I0", "I1", "I2", "i0"]),
                "warehouse": st.sampled_from(WAREHOUSES),
                "quantity": st.integers(0, 2),
            }
        ),
    ),
    st.tuples(st.sampled_from(list(keys)), numbers, st.none()),  # deleted, and may be added again
    st.tuples(st.just("auxiliary.profiles"), st.just(0), st.sets(st.sampled_from(["W1", "W2", "W3"])).map(sorted)),
)
batches = st.lists(st.lists(changes, min_size=1, max_size=5), min_size=2, max_size=4)


def change(company: Rows, batch: list[tuple[str, int, Any]]) -> None:
    for key, number, values in batch:
        if key == "auxiliary.profiles":
            company[key]["field"] = PROFILE | {"price_types": [], "warehouses": values}
        elif values is None:
            company[key].pop(f"{keys[key]}{number}", None)
        else:
            company[key][f"{keys[key]}{number}"] = dict(values)


def expected_codes(company: Rows) -> tuple[set[object], set[object]]:
    """Returns the expected items and stock of a tablet with the profile: parents exist, warehouse allowed."""
    groups, items, stock = (company[entry.key] for entry in OWN)
    warehouses = {None, *company["auxiliary.profiles"]["field"]["warehouses"]}
    live = {key: values for key, values in items.items() if values["item_group"] in groups}
    held = [value for value in stock.values() if value["item"] in live and value["warehouse"] in warehouses]
    return (
        {(values["code"], values.get("name")) for values in live.values()},
        {(live[value["item"]]["code"], value["warehouse"], value["quantity"]) for value in held},
    )


def check(gateway: GatewayUnderTest, tablet: Tablet, outcome: Outcome, user: str = "rep") -> None:
    """Checks that the tablet has the gateway's rows of the user's scopes, value for value, and finds them by search."""
    assert outcome.outcome == "ok", outcome
    assert all(entry.digest_ok for entry in (*outcome.objects, *outcome.auxiliary))
    store = CatalogStore.open(tablet.account.catalog_path, tablet.key, SMALL)
    try:
        with gateway.database.read() as connection:
            allowed = entitlement(connection, user, "field" if user == "rep" else None)
            for entry in SMALL.all:
                found = connection.execute(
                    select(record.c.id, record.c.scope, record.c.canonical, record.c.row_hash).where(
                        record.c.object == entry.key
                    )
                )
                theirs = [row for row in found if allowed.allows(row.scope)]
                ours = store.rows(f'SELECT * FROM "{entry.table}"')
                assert sorted(ours) == sorted(
                    (row.id, row.scope, *entry.whole(decode_values(row.canonical)), row.row_hash) for row in theirs
                )
                assert store.digest(entry.table) == Digest.of(row.row_hash for row in theirs)
                assert store.states()[entry.key].digest == store.digest(entry.table)
        if user == "rep":
            items, stock = expected_codes(gateway.connector.company)
            assert set(store.rows("SELECT code, name FROM items_forms")) == items
            joined = "SELECT code, warehouse, quantity FROM items_resources s JOIN items_forms i ON i.id = s.item"
            assert set(store.rows(joined)) == stock
        for word in WORDS:
            named = store.rows(
                "SELECT id FROM items_forms WHERE ' ' || name || ' ' LIKE ? ORDER BY id", (f"% {word} %",)
            )
            assert find(store.connection, ITEMS, word) == [row[0] for row in named]
    finally:
        store.close()


class CountedStop(StopSignal):
    """Stops at the engine's n-th check for a stop."""

    def __init__(self, looks: int) -> None:
        super().__init__()
        self.looks = looks

    def check(self) -> None:
        self.looks -= 1
        if self.looks == 0:
            self.set()
        super().check()


def sync_until(tablet: Tablet, looks: int) -> Outcome:
    async def run() -> Outcome:
        return await Engine(tablet.place, SyncOptions(), None, SMALL).run(CountedStop(looks))

    return asyncio.run(run())


@pytest.fixture
def small(tmp_path: Path) -> Iterator[GatewayUnderTest]:
    database = create(tmp_path / "gateway")
    under_test = GatewayUnderTest(database, ListConnector(ballast(), SMALL), SMALL)
    under_test.take()
    accounts.add_user(database, "rep", PASSWORD, "field")
    accounts.add_user(database, "office", PASSWORD, None)
    under_test.start()
    yield under_test
    under_test.stop()
    database.close()


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> set[tuple[str, bool]]:
    """Records which objects were sent afresh and which as changes."""
    seen: set[tuple[str, bool]] = set()
    begin = Staging.begin

    def noted(self: Staging, entry: SyncObject, plan: ObjectPlan, origin: str) -> int:
        seen.add((entry.key, plan.fresh))
        return begin(self, entry, plan, origin)

    monkeypatch.setattr(Staging, "begin", noted)
    return seen


laws = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate,),  # the gateway keeps the state of earlier examples, so examples cannot be shrunk
)


def test_that_a_tablet_has_exactly_the_gateways_rows_after_every_change(
    small: GatewayUnderTest, tmp_path: Path, ways: set[tuple[str, bool]]
) -> None:
    every_time = Tablet(tmp_path / "every-time", small, user="rep", catalogue=SMALL)
    now_and_then = Tablet(tmp_path / "now-and-then", small, user="rep", catalogue=SMALL)
    office = Tablet(tmp_path / "office", small, user="office", catalogue=SMALL)
    number = itertools.count()

    @laws
    @given(batches, st.booleans())
    def law(found: list[list[tuple[str, int, Any]]], is_full: bool) -> None:
        for batch in found:
            change(small.connector.company, batch)
            small.take()
            check(small, every_time, every_time.sync())
        check(small, now_and_then, now_and_then.sync(full=is_full))
        check(small, office, office.sync(), user="office")
        if next(number) % 4 == 0:
            new = Tablet(tmp_path / f"new-{next(number)}", small, user="rep", catalogue=SMALL)
            check(small, new, new.sync())

    law()
    assert {(entry.key, fresh) for entry in (ITEMS, STOCK) for fresh in (True, False)} <= ways


def test_that_a_sync_stopped_anywhere_and_resumed_leads_to_the_same_rows(
    small: GatewayUnderTest, tmp_path: Path, ways: set[tuple[str, bool]]
) -> None:
    tablet = Tablet(tmp_path / "stopped", small, user="rep", catalogue=SMALL)
    tablet.sync()
    stopped: list[str] = []

    @laws
    @given(st.lists(st.tuples(st.lists(changes, min_size=1, max_size=5), st.integers(1, 45)), min_size=2, max_size=3))
    def law(found: list[tuple[list[tuple[str, int, Any]], int]]) -> None:
        for batch, looks in found:  # each stops before the next change, so that staged rows become outdated
            change(small.connector.company, batch)
            small.take()
            outcome = sync_until(tablet, looks)
            assert outcome.outcome in {"stopped", "ok"}, outcome
            stopped.append(outcome.outcome)
        check(small, tablet, tablet.sync())

    law()
    assert stopped.count("stopped") > len(stopped) // 3
    assert {(entry.key, False) for entry in (ITEMS, STOCK)} <= ways
