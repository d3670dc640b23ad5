"""Segments that no real gateway makes: the object is red and keeps its rows, and the others continue."""

import sqlite3
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import zstandard

from salesapp.domain.canonical import encode_values, row_hash
from salesapp.domain.catalogue import CATALOGUE
from salesapp.protocol.segments import CREATE_TOMBSTONE, UPSERT, create_table
from salesapp.store.catalog import CatalogStore
from tests.conftest import GatewayUnderTest, Tablet, serving, states
from tests.hostile import offer, segment_file
from tests.stopwatch import Stopwatch

ENTRY = CATALOGUE.by_key["directories.travel_types"]
UPSERT_SQL = create_table(ENTRY, UPSERT)
BESIDE = ("directories.units", "items.prices")
ASKED = (ENTRY.key, *BESIDE)
"""The refetched objects: the one under test, and two others, which must succeed."""
MIB = 2**20
Fill = Callable[[sqlite3.Connection], object]


def code(tablet: Tablet) -> str:
    red = next(entry for entry in tablet.outcomes[-1].objects if entry.key == ENTRY.key)
    return red.error.code if red.error else ""


def rows(tablet: Tablet) -> list[tuple[int | str | None, ...]]:
    store = CatalogStore.open(tablet.account.catalog_path, tablet.key, tablet.catalogue)
    try:
        return store.rows(f'SELECT * FROM "{ENTRY.table}" ORDER BY id')
    finally:
        store.close()


def is_red_alone(tablet: Tablet, gateway: GatewayUnderTest, before: list[tuple[int | str | None, ...]]) -> None:
    """Checks that only the object is red, and that the next run succeeds."""
    outcome = tablet.outcomes[-1]
    assert outcome.outcome == "failed"
    assert outcome.error is None
    found = states(outcome)
    assert found.pop(ENTRY.key) == "failed"
    assert {found.pop(key) for key in BESIDE} == {"ok"}
    assert set(found.values()) <= {"ok", "unchanged"}
    assert rows(tablet) == before
    assert list(tablet.account.temporary.iterdir()) == []
    gateway.answers.tell_the_truth()
    assert tablet.sync().outcome == "ok"
    assert rows(tablet) == before


def good(key: int, name: object = "Business", scope: object = 1, code_: object = "T") -> tuple[object, ...]:
    values = [code_, name, *(None for _ in ENTRY.fields[2:])]
    try:
        hash_: object = row_hash(ENTRY.key, key, encode_values(values))  # type: ignore[arg-type]
    except (TypeError, ValueError):
        hash_ = 1
    return (key, scope, *values, hash_)


def put(*found: tuple[object, ...]) -> Fill:
    places = ", ".join("?" * (len(ENTRY.fields) + 3))
    return lambda connection: connection.executemany(f"INSERT INTO {UPSERT} VALUES ({places})", found)


def raw(sql: str) -> Fill:
    """Inserts a row with values as SQLite parses them."""
    return lambda connection: connection.execute(f"INSERT INTO {UPSERT} (id, scope, code, name, row_hash) VALUES {sql}")


def nothing(_connection: sqlite3.Connection) -> None:
    return


ENDLESS = (
    "CREATE VIEW upsert AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
    " SELECT i AS id, 1 AS scope, 'x' AS code, 'y' AS name, 1 AS row_hash FROM n"
)
OTHER_TABLES: dict[str, tuple[str, ...]] = {
    "an endless view": (ENDLESS, CREATE_TOMBSTONE),
    "no table": (CREATE_TOMBSTONE,),
    "no tombstones": (UPSERT_SQL,),
    "nothing": ("CREATE TABLE x (id)",),
    "one more table": (UPSERT_SQL, CREATE_TOMBSTONE, "CREATE TABLE more (id)"),
    "an index": (UPSERT_SQL, CREATE_TOMBSTONE, "CREATE INDEX i ON upsert (name)"),
    "a trigger": (
        UPSERT_SQL,
        CREATE_TOMBSTONE,
        "CREATE TRIGGER t AFTER INSERT ON upsert BEGIN DELETE FROM tombstone; END",
    ),
    "a view of tombstones": (UPSERT_SQL, "CREATE VIEW tombstone AS SELECT id FROM upsert"),
    "a generated column": (UPSERT_SQL[:-1] + ", more AS (id + 1))", CREATE_TOMBSTONE),
    "a column more": (UPSERT_SQL[:-1] + ", more TEXT)", CREATE_TOMBSTONE),
    "no primary key": (UPSERT_SQL.replace("INTEGER PRIMARY KEY", "INTEGER"), CREATE_TOMBSTONE),
    "another order": (
        'CREATE TABLE "upsert" (id INTEGER PRIMARY KEY, scope INTEGER, "name" TEXT, "code" TEXT, row_hash INTEGER)',
        CREATE_TOMBSTONE,
    ),
    "without rowid": (UPSERT_SQL + " WITHOUT ROWID", CREATE_TOMBSTONE),
    "strict": (UPSERT_SQL + " STRICT", CREATE_TOMBSTONE),
    "a check": (UPSERT_SQL[:-1] + ", CHECK (id > 0))", CREATE_TOMBSTONE),
    "a virtual table": ("CREATE VIRTUAL TABLE upsert USING fts5(id, scope, code, name, row_hash)", CREATE_TOMBSTONE),
}


@pytest.fixture(scope="module")
def gateway(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayUnderTest]:
    """Shared by all tests here: each leaves the tablet with good rows."""
    folder = tmp_path_factory.mktemp("hostile") / "gateway"
    with serving(published, folder) as under_test:
        yield under_test


@pytest.fixture(scope="module")
def synced(gateway: GatewayUnderTest, tmp_path_factory: pytest.TempPathFactory) -> Tablet:
    tablet = Tablet(tmp_path_factory.mktemp("hostile") / "tablet", gateway)
    assert tablet.sync().outcome == "ok"
    return tablet


@pytest.fixture(autouse=True)
def honest_afterwards(gateway: GatewayUnderTest) -> Iterator[None]:
    yield
    gateway.answers.tell_the_truth()


@pytest.mark.parametrize("name", list(OTHER_TABLES))
def test_that_other_tables_than_the_expected_ones_are_refused(
    synced: Tablet, gateway: GatewayUnderTest, name: str
) -> None:
    before = rows(synced)
    offer(gateway.answers, ENTRY.key, segment_file(ENTRY, nothing, *OTHER_TABLES[name]))
    synced.sync(fresh=ASKED)
    assert code(synced) in {"object.schema", "object.segment_damaged"}
    is_red_alone(synced, gateway, before)


WRONG_ROWS: dict[str, Fill] = {
    "empty, though a row is announced": nothing,
    "two, though one is announced": put(good(1), good(2)),
    "a binary text": raw("(1, 1, 'T', x'00ff', 1)"),
    "a binary number": raw("(1, x'01', 'T', 'Business', 1)"),
    "a fraction": raw("(1, 1.5, 'T', 'Business', 1)"),
    "a word for a number": raw("(1, 'many', 'T', 'Business', 1)"),
    "no scope": put(good(1, scope=None)),
    "another scope": put(good(1, scope=2)),
    "no hash": raw("(1, 1, 'T', 'Business', NULL)"),
    "another hash": raw("(1, 1, 'T', 'Business', 77)"),
    "a key below the keys": put(good(0)),
    "a negative key": put(good(-(2**63))),
    "a long text": put(good(1, "x" * 16_001)),
    "bytes that are no text": raw("(1, 1, 'T', CAST(x'c5' AS TEXT), 1)"),
    "a key of another range": put(good(2**62)),
}


@pytest.mark.parametrize("name", list(WRONG_ROWS))
def test_that_invalid_rows_are_refused(synced: Tablet, gateway: GatewayUnderTest, name: str) -> None:
    before = rows(synced)
    offer(gateway.answers, ENTRY.key, segment_file(ENTRY, WRONG_ROWS[name]), rows=1, key_to=1_000_000)
    synced.sync(fresh=ASKED)
    assert code(synced) in {"object.malformed", "object.count", "object.digest"}
    is_red_alone(synced, gateway, before)


@contextmanager
def peak() -> Iterator[list[int]]:
    """Measures the peak growth of the process's resident memory in bytes, SQLite's included."""
    found: list[int] = []
    most, done, start = 0, threading.Event(), resident()

    def watch() -> None:
        nonlocal most
        while not done.wait(0.005):
            most = max(most, resident())

    thread = threading.Thread(target=watch)
    thread.start()
    tracemalloc.start()
    try:
        yield found
    finally:
        found.append(max(most - start, tracemalloc.get_traced_memory()[1]))
        tracemalloc.stop()
        done.set()
        thread.join()


def resident() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096


def test_that_unpacking_ends_at_the_announced_size(synced: Tablet, gateway: GatewayUnderTest) -> None:
    """48 KB that unpack to 1.5 GB, but are announced as 1 MB."""
    before = rows(synced)
    compressor = zstandard.ZstdCompressor(level=3).compressobj()
    packed = b"".join(compressor.compress(bytes(MIB)) for _ in range(1_536)) + compressor.flush()
    assert len(packed) < 200_000
    offer(gateway.answers, ENTRY.key, bytes(MIB), packed=packed)
    with peak() as found:
        synced.sync(full=True)
    assert found[0] < 60 * MIB
    assert code(synced) == "object.segment_damaged"
    is_red_alone(synced, gateway, before)


def test_that_long_values_are_refused_without_being_read(synced: Tablet, gateway: GatewayUnderTest) -> None:
    """50 MB in each of 4 rows."""
    before = rows(synced)

    def fill(connection: sqlite3.Connection) -> None:
        for key in range(1, 5):
            raw(f"({key}, 1, 'T', CAST(zeroblob({50 * MIB}) AS TEXT), 1)")(connection)

    plain = segment_file(ENTRY, fill)
    packed = zstandard.ZstdCompressor().compress(plain)
    offer(gateway.answers, ENTRY.key, plain, packed=packed, rows=4)
    with peak() as found:
        synced.sync(fresh=ASKED)
    assert found[0] < 100 * MIB
    assert code(synced) == "object.malformed"
    is_red_alone(synced, gateway, before)


WRONG_BYTES: dict[str, Callable[[bytes], bytes]] = {
    "a write-ahead log": lambda plain: plain[:18] + b"\2\2" + plain[20:],
    "another page size": lambda plain: plain[:16] + b"\x20\x00" + plain[18:],
    "reserved bytes": lambda plain: plain[:20] + b"\x50" + plain[21:],
    "UTF-16": lambda plain: plain[:56] + b"\0\0\0\2" + plain[60:],
    "no database": lambda plain: b"<html>" + plain[6:],
    "a page less": lambda plain: plain[:-4096],
    "half a page more": lambda plain: plain + bytes(2048),
    "a page of zeros": lambda plain: plain[:4096] + bytes(4096) + plain[8192:],
    "a page of noise": lambda plain: plain[:4096] + bytes(range(256)) * 16 + plain[8192:],
    "nothing": lambda _plain: b"x",
}


@pytest.mark.parametrize("name", list(WRONG_BYTES))
def test_that_files_with_damaged_pages_are_refused(synced: Tablet, gateway: GatewayUnderTest, name: str) -> None:
    before = rows(synced)
    plain = segment_file(ENTRY, put(*(good(key, "Business " * 40) for key in range(1, 60))))
    offer(gateway.answers, ENTRY.key, WRONG_BYTES[name](plain), rows=59)
    synced.sync(fresh=ASKED)
    assert code(synced) == "object.segment_damaged"
    is_red_alone(synced, gateway, before)


def test_that_circular_pages_are_refused_quickly(synced: Tablet, gateway: GatewayUnderTest) -> None:
    """An interior page with the same leaf as all its children: a few pages with thousands of rows."""
    before = rows(synced)
    plain = bytearray(segment_file(ENTRY, put(*(good(key, "Business " * 40) for key in range(1, 400)))))
    root = 4096
    assert plain[root] == 5, "the root of the table is an interior page"
    cells = int.from_bytes(plain[root + 3 : root + 5], "big")
    first = int.from_bytes(plain[root + 12 : root + 14], "big")
    child = plain[root + first : root + first + 4]
    for number in range(cells):
        at = root + int.from_bytes(plain[root + 12 + 2 * number : root + 14 + 2 * number], "big")
        plain[at : at + 4] = child
    offer(gateway.answers, ENTRY.key, bytes(plain), rows=399)
    watch = Stopwatch()
    synced.sync(fresh=ASKED)
    assert watch.seconds < 10
    assert code(synced) == "object.segment_damaged"
    is_red_alone(synced, gateway, before)


@pytest.mark.parametrize("rows_", [1, 2])
def test_that_a_key_in_two_segments_affects_its_object_only(
    synced: Tablet, gateway: GatewayUnderTest, rows_: int
) -> None:
    before = rows(synced)
    offer(gateway.answers, ENTRY.key, segment_file(ENTRY, put(*(good(key) for key in range(1, rows_ + 1)))), rows=rows_)
    change = gateway.answers.change
    assert change is not None

    def twice(manifest: Any) -> Any:
        for plan in change(manifest)["objects"]:
            if plan["key"] == ENTRY.key:
                plan["segments"] *= 2
        return manifest

    gateway.answers.change = twice
    synced.sync(fresh=ASKED)
    assert code(synced) == "object.malformed"
    is_red_alone(synced, gateway, before)


def test_that_an_object_cannot_take_the_segment_of_another(synced: Tablet, gateway: GatewayUnderTest) -> None:
    before = rows(synced)

    def steal(manifest: Any) -> Any:
        plans = {plan["key"]: plan for plan in manifest["objects"]}
        theirs = plans["directories.units"]["segments"][0]["sha256"]
        plans[ENTRY.key]["segments"][0]["sha256"] = theirs
        return manifest

    gateway.answers.tell("/v1/manifest", steal)
    synced.sync(full=True)
    is_red_alone(synced, gateway, before)


@pytest.mark.parametrize("status", [400, 403, 413, 418, 500])
def test_that_one_missing_segment_makes_one_object_red(synced: Tablet, gateway: GatewayUnderTest, status: int) -> None:
    before = rows(synced)
    wanted: list[str] = []

    def note(manifest: Any) -> Any:
        plan = next(plan for plan in manifest["objects"] if plan["key"] == ENTRY.key)
        wanted.append(plan["segments"][0]["sha256"])
        gateway.answers.path = f"/v1/segments/{wanted[0]}"
        gateway.answers.change = lambda _content: b'{"code": "gateway.failed"}'
        gateway.answers.status = status
        return manifest

    gateway.answers.tell("/v1/manifest", note)
    synced.sync(fresh=ASKED)
    assert wanted
    is_red_alone(synced, gateway, before)
