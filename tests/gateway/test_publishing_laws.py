"""Laws of publishing: after any changes, a device at any checkpoint gets the gateway's rows.

Devices are simulated by the contract (`docs/sync.md`): rows outside the scopes are dropped, then segments
applied by revision, and within one revision first all tombstones, then all upserts.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from salesapp.domain.canonical import Digest, encode_values, root_digest, row_hash
from salesapp.domain.catalogue import CATALOGUE, Catalogue
from salesapp.domain.rows import Row, integer, objects_of, reference, synchronized, text
from salesapp.domain.schema import ScopeRule
from salesapp.gateway import publisher
from salesapp.gateway.database import Database
from salesapp.gateway.faults import NO_FAULTS
from salesapp.gateway.folder import create
from salesapp.gateway.intake import import_all
from salesapp.gateway.manifest import answer
from salesapp.gateway.ranges import ranges
from salesapp.gateway.scopes import Entitlement, entitlement
from salesapp.gateway.segments import SegmentFiles
from salesapp.gateway.tables import scope as scope_table
from salesapp.protocol.messages import PROTOCOL, Manifest, ManifestRequest, RangeRequest, SegmentRef
from tests.company import ListConnector, Rows, small_company


@synchronized("customers.shops", "Shops", natural_key=("code",), scope=(ScopeRule("representative", "rep"),))
class Shop(Row):
    code: str = text()
    name: str | None = text()
    representative: str | None = text()


@synchronized("customers.notes", "Notes", natural_key=("code",), scope=(ScopeRule("shop"),))
class Note(Row):
    code: str = text()
    name: str | None = text()
    shop: int | None = reference("customers.shops")


@synchronized("items.tariffs", "Tariffs", natural_key=("code",), scope=(ScopeRule("list", "price_list"),))
class Tariff(Row):
    code: str = text()
    name: int | None = integer()
    list: str | None = text()


SHOPS, NOTES, TARIFFS = objects_of(Shop, Note, Tariff)
PROFILES = "auxiliary.profiles"
SMALL = Catalogue((SHOPS, NOTES, TARIFFS), (CATALOGUE.by_key[PROFILES],))
USERS = {"office": None, "rep1": "field", "rep2": "field"}
ROWS_OF_A_SEGMENT = 3

Change = tuple[str, int, Any, Any]
Table = dict[int, tuple[Any, ...]]


@dataclass
class Device:
    """A device's state: rows of each object (scope, values, hash), their checkpoint and scopes."""

    checkpoint: str = ""
    root: str = ""
    scopes: list[int] = field(default_factory=list)
    tables: dict[str, Table] = field(default_factory=dict)


class Company:
    """A gateway with changing rows, and devices at each of its checkpoints."""

    def __init__(self, folder: Path) -> None:
        self.database: Database = create(folder)
        profile = small_company()[PROFILES]["field"] | {"price_types": ["A"]}
        self.rows: Rows = {SHOPS.key: {}, NOTES.key: {}, TARIFFS.key: {}, PROFILES: {"field": profile}}
        self.devices: list[tuple[str, Device]] = []
        self._files = SegmentFiles(folder)

    def change(self, changes: list[Change]) -> None:
        for what, number, first, second in changes:
            code = f"{what}{number}"
            if what == "profile":
                self.rows[PROFILES]["field"]["price_types"] = first
            elif first is None:
                self.rows[what].pop(code, None)
            elif what == TARIFFS.key:
                self.rows[what][code] = {"code": code, "name": first, "list": second}
            elif what == SHOPS.key:
                self.rows[what][code] = {"code": code, "name": str(first), "representative": second}
            else:
                shop = None if second is None else f"{SHOPS.key}{second}"
                self.rows[what][code] = {"code": code, "name": str(first), "shop": shop}
        import_all(self.database, SMALL, ListConnector(self.rows, SMALL))

    def entitlement(self, user: str) -> Entitlement:
        with self.database.read() as connection:
            return entitlement(connection, user, USERS[user])

    def visible(self, user: str) -> dict[str, set[tuple[str, Any]]]:
        """Returns code and name of each row that the user may have, computed independently."""
        lists = self.rows[PROFILES]["field"]["price_types"]
        shops = {
            code: row for code, row in self.rows[SHOPS.key].items()
            if USERS[user] is None or row["representative"] in {None, user}
        }  # fmt: skip
        notes = [row for row in self.rows[NOTES.key].values() if row["shop"] is None or row["shop"] in shops]
        tariffs = [
            row for row in self.rows[TARIFFS.key].values()
            if USERS[user] is None or row["list"] is None or row["list"] in lists
        ]  # fmt: skip
        found = {SHOPS.key: list(shops.values()), NOTES.key: notes, TARIFFS.key: tariffs}
        return {key: {(row["code"], row["name"]) for row in rows} for key, rows in found.items()}

    def manifest(self, device: Device, user: str) -> Manifest:
        request = ManifestRequest(
            protocol=PROTOCOL, checkpoint=device.checkpoint, root=device.root, scopes=device.scopes
        )
        return answer(self.database, SMALL, request, self.entitlement(user), NO_FAULTS)

    def segment(self, ref: SegmentRef) -> tuple[Table, list[int]]:
        """Upserts and tombstones of a segment."""
        content = self._files.path(ref.sha256).read_bytes()
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(zstandard.ZstdDecompressor().decompress(content))
            upserts = {row[0]: row[1:] for row in connection.execute("SELECT * FROM upsert")}
            tombstones = [row[0] for row in connection.execute("SELECT id FROM tombstone")]
        assert (len(upserts), len(tombstones), len(content)) == (ref.rows, ref.tombstones, ref.bytes)
        return upserts, tombstones

    def replay(self, table: Table, segments: list[SegmentRef]) -> Table:
        found = dict(table)
        for revision in sorted({ref.to_revision for ref in segments}):
            group = [self.segment(ref) for ref in segments if ref.to_revision == revision]
            for _, tombstones in group:
                for key in tombstones:
                    found.pop(key, None)
            for upserts, _ in group:
                found |= upserts
        return found

    def sync(self, device: Device, user: str) -> Device:
        """Returns the device after a sync, verified as a real device does."""
        manifest = self.manifest(device, user)
        if manifest.unchanged:
            return device
        found = Device(manifest.checkpoint, manifest.root, manifest.scopes)
        digests: dict[str, Digest] = {}
        for plan in manifest.objects:
            place = {} if plan.fresh else device.tables[plan.key]
            kept = {key: row for key, row in place.items() if row[0] in manifest.scopes}
            table = found.tables[plan.key] = self.replay(kept, plan.segments)
            for key, (_, *values, hash_) in table.items():
                assert row_hash(plan.key, key, encode_values(SMALL.by_key[plan.key].shortest(values))) == hash_
            digests[plan.key] = Digest.of(row[-1] for row in table.values())
            assert digests[plan.key] == Digest.parse(plan.count, plan.digest), (plan.key, user, device.checkpoint)
            assert {row[0] for row in table.values()} <= set(manifest.scopes)
        assert root_digest(digests.items()) == manifest.root
        return found

    def publish(self) -> None:
        publisher.publish(self.database, SMALL)

    def close(self) -> None:
        self.database.close()


def content(device: Device) -> dict[str, set[tuple[str, Any]]]:
    """Code and name of each row."""
    return {entry.key: {(row[1], row[2]) for row in device.tables[entry.key].values()} for entry in SMALL.objects}


@pytest.fixture(autouse=True, scope="module")
def small_segments() -> Iterator[None]:
    """Makes bases have many parts, with few rows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publisher, "SEGMENT_ROWS", ROWS_OF_A_SEGMENT)
        patch.setattr(publisher, "MOST_DELTAS", 4)
        yield


names = st.integers(0, 3)
changes = st.lists(
    st.one_of(
        st.tuples(st.just(SHOPS.key), st.integers(0, 4), st.none() | names, st.sampled_from((None, "rep1", "rep2"))),
        st.tuples(st.just(NOTES.key), st.integers(0, 5), st.none() | names, st.none() | st.integers(0, 4)),
        st.tuples(st.just(TARIFFS.key), st.integers(0, 9), st.none() | names, st.sampled_from((None, "A", "B"))),
        st.tuples(st.just("profile"), st.just(0), st.sampled_from(([], ["A"], ["B"], ["A", "B"])), st.none()),
    ),
    max_size=8,
)
publications = st.lists(st.lists(changes, min_size=1, max_size=2), min_size=2, max_size=4)


def tariffs(value: int, name: str | None, *numbers: int) -> list[Change]:
    return [(TARIFFS.key, number, value, name) for number in numbers]


MOVED_BEFORE_ITS_OLD_SCOPE_CAME = [
    [tariffs(1, "B", *range(6)), tariffs(1, "A", 9)],
    [tariffs(2, "A", 0)],
    [[("profile", 0, ["A", "B"], None)]],
]


@settings(max_examples=12, deadline=None)
@example(history=MOVED_BEFORE_ITS_OLD_SCOPE_CAME)
@given(history=publications)
def test_that_a_device_at_any_checkpoint_gets_the_newest_rows(history: list[list[list[Change]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        company = Company(Path(folder) / "gateway")
        for imports in history:
            for part in imports:
                company.change(part)
            company.publish()
            for user in USERS:
                for _, device in [("", Device()), *company.devices]:  # also those of users with other scopes before
                    newest = company.sync(device, user)
                    assert content(newest) == company.visible(user)
                    assert company.manifest(newest, user).unchanged
                company.devices.append((user, newest))
        company.close()


@settings(max_examples=8, deadline=None)
@given(history=publications)
def test_that_the_ranges_of_a_repair_add_up_and_contain_their_rows(history: list[list[list[Change]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        company = Company(Path(folder) / "gateway")
        for imports in history:
            for part in imports:
                company.change(part)
            company.publish()
        for user in USERS:
            manifest = company.manifest(Device(), user)
            for plan in manifest.objects:
                request = RangeRequest(protocol=PROTOCOL, key=plan.key, checkpoint=manifest.checkpoint)
                total = Digest()
                found = ranges(company.database, SMALL, request, company.entitlement(user), NO_FAULTS).ranges
                for piece in found:
                    low = -(2**63) if piece.key_from is None else piece.key_from
                    high = 2**63 if piece.key_to is None else piece.key_to
                    rows = company.replay({}, piece.segments)
                    digest = Digest.of(row[-1] for key, row in rows.items() if low <= key <= high)
                    assert digest == Digest.parse(piece.count, piece.digest)
                    assert piece.scope in manifest.scopes
                    total += digest
                assert total == Digest.parse(plan.count, plan.digest)
        company.close()


def test_that_a_manifest_names_no_segment_of_a_scope_that_the_user_may_not_have(tmp_path: Path) -> None:
    company = Company(tmp_path / "gateway")
    company.change([(SHOPS.key, number, 1, f"rep{number}") for number in (1, 2)] + tariffs(1, "B", 1))
    company.publish()
    with company.database.read() as connection:
        numbers = {row.name: row.id for row in connection.execute(select(scope_table))}
    for user, foreign in (("rep1", {"rep:rep2", "price_list:B"}), ("rep2", {"rep:rep1", "price_list:B"})):
        claimed = Device(scopes=sorted(numbers.values()))  # a device that claims to have them all
        manifest = company.manifest(claimed, user)
        named = {ref.scope for plan in manifest.objects for ref in plan.segments}
        assert named
        assert not (named | set(manifest.scopes)) & {numbers[name] for name in foreign}
    company.close()


def test_that_only_changed_rows_are_sent_and_no_change_makes_no_checkpoint(tmp_path: Path) -> None:
    company = Company(tmp_path / "gateway")
    company.change(tariffs(1, "A", *range(40)))
    company.publish()
    device = company.sync(Device(), "rep1")
    company.change(tariffs(2, "A", 7))
    company.publish()
    plan = next(plan for plan in company.manifest(device, "rep1").objects if plan.key == TARIFFS.key)
    assert not plan.fresh
    assert sum(ref.rows + ref.tombstones for ref in plan.segments) == 1
    before = company.manifest(device, "rep1").checkpoint
    company.change([])  # an import in which nothing changed
    company.publish()
    assert company.manifest(device, "rep1").checkpoint == before
    company.close()
