"""Repair: only key ranges that differ are replaced, and a row with a wrong hash is never accepted."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from salesapp.domain import rows
from salesapp.domain.canonical import Digest, encode_values, row_hash
from salesapp.domain.catalogue import Catalogue
from salesapp.domain.rows import synchronized, text
from salesapp.protocol.messages import RangeDigest
from salesapp.protocol.segments import CREATE_TOMBSTONE, TOMBSTONE, UPSERT, create_table
from salesapp.store import repair
from salesapp.store.catalog import CatalogStore
from salesapp.store.plain import PlainFile
from salesapp.store.search import find
from salesapp.store.staging import change_table, new_table


@synchronized("items.forms", "Forms", natural_key=("code",), indexes=(("code",),), search=("code",))
class Form(rows.Row):
    code: str | None = text()


ENTRY = Form.OBJECT
Row = tuple[int, int, str | None, int]


def row(key: int, scope: int, code: str) -> Row:
    return key, scope, code, row_hash(ENTRY.key, key, encode_values([code]))


def part_of(rows: list[Row], scope: int, key_from: int | None = None, key_to: int | None = None) -> RangeDigest:
    """Returns the gateway's answer for a range of these rows."""
    low = key_from if key_from is not None else -(2**63)
    high = key_to if key_to is not None else 2**63 - 1
    digest = Digest.of(hash_ for key, scope_, _, hash_ in rows if scope_ == scope and low <= key <= high)
    return RangeDigest(
        scope=scope, count=digest.count, digest=digest.text, segments=[], key_from=key_from, key_to=key_to
    )


THEIRS = [row(key, key % 2, f"code{key}") for key in range(1, 21)]
RANGES = [part_of(THEIRS, scope, key_from, key_to) for scope in (0, 1) for key_from, key_to in ((None, 10), (11, None))]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CatalogStore]:
    made = CatalogStore.open(tmp_path / "catalog.db", bytes(32), Catalogue((ENTRY,), ()))
    yield made
    made.close()


def put(store: CatalogStore, table: str, rows: list[Row]) -> None:
    for values in rows:
        store.run(f'INSERT OR REPLACE INTO "{table}" (id, scope, code, row_hash) VALUES (?, ?, ?, ?)', values)


def stage_fresh(store: CatalogStore, rows: list[Row]) -> None:
    store.run(create_table(ENTRY, new_table(ENTRY)))
    put(store, new_table(ENTRY), rows)
    repair.make_candidate(store, ENTRY, fresh=True, lost_scopes=())


def segment(path: Path, rows: list[Row], dead: list[int]) -> PlainFile:
    """Writes the plain file of a segment."""
    plain = PlainFile(path.parent, lambda _name: None)
    with sqlite3.connect(path) as connection:
        connection.execute(create_table(ENTRY, UPSERT))
        connection.execute(CREATE_TOMBSTONE)
        connection.executemany(f"INSERT INTO {UPSERT} VALUES (?, ?, ?, ?)", rows)
        connection.executemany(f"INSERT INTO {TOMBSTONE} VALUES (?)", [(key,) for key in dead])
    connection.close()
    plain.write(path.read_bytes())
    return plain


def candidate(store: CatalogStore) -> list[tuple[int | str | None, ...]]:
    return store.rows(f'SELECT * FROM "{new_table(ENTRY)}" ORDER BY id')


def test_that_only_ranges_that_differ_are_named(store: CatalogStore) -> None:
    ours = [*THEIRS]
    ours[4] = row(5, 1, "another")  # key 5: odd scope, first range
    del ours[17]  # key 18: even scope, last range
    stage_fresh(store, ours)
    assert repair.differing(store, ENTRY, RANGES) == [RANGES[1], RANGES[2]]
    stage = candidate(store)
    assert len(stage) == 19


def test_that_rows_of_scopes_without_a_range_are_removed(store: CatalogStore) -> None:
    stage_fresh(store, [*THEIRS, row(50, 7, "foreign")])
    assert repair.differing(store, ENTRY, RANGES) == []
    assert candidate(store) == THEIRS
    assert repair.differing(store, ENTRY, []) == []
    assert candidate(store) == []


def test_that_only_the_range_is_replaced(store: CatalogStore, tmp_path: Path) -> None:
    ours = [row(key, scope, f"drifted{key}") for key, scope, *_ in THEIRS]
    stage_fresh(store, [*ours, row(40, 0, "too many")])
    part = RANGES[1]  # scope 0, from key 11
    repair.clear(store, ENTRY, part)
    even = [values for values in THEIRS if values[1] == 0]
    base = segment(tmp_path / "base", [*even, row(41, 0, "gone since")], [])
    delta = segment(tmp_path / "delta", [], [41])
    for plain in (base, delta):
        repair.refill(store, ENTRY, part, plain)
        plain.close()
    expected = [values for values in ours if values[1] == 1 or values[0] <= 10] + even[5:]
    assert candidate(store) == sorted(expected)
    assert repair.differing(store, ENTRY, [part]) == []


def test_that_changes_and_lost_scopes_become_a_complete_candidate(store: CatalogStore) -> None:
    put(store, ENTRY.table, [row(1, 0, "one"), row(2, 0, "two"), row(3, 0, "three"), row(4, 9, "of a lost scope")])
    store.run(create_table(ENTRY, change_table(ENTRY))[:-1] + ", is_deleted INTEGER)")
    put(store, change_table(ENTRY), [row(2, 0, "two, changed"), row(5, 0, "five")])
    store.run(f'UPDATE "{change_table(ENTRY)}" SET is_deleted = 0')
    store.run(f'INSERT INTO "{change_table(ENTRY)}" (id, is_deleted) VALUES (3, 1)')
    repair.make_candidate(store, ENTRY, fresh=False, lost_scopes=(9,))
    assert candidate(store) == [row(1, 0, "one"), row(2, 0, "two, changed"), row(5, 0, "five")]
    assert len(store.rows(f'SELECT id FROM "{ENTRY.table}"')) == 4, "what is in place stays until it is published"


def test_that_a_candidate_gets_indexes_and_search_if_every_hash_matches(store: CatalogStore) -> None:
    stage_fresh(store, THEIRS)
    assert repair.complete(store, ENTRY)
    indexes = store.rows("SELECT 1 FROM sqlite_master WHERE type='index' AND tbl_name=?", (new_table(ENTRY),))
    assert len(indexes) == 1
    store.run('DROP TABLE "find_items_forms"')
    store.run('ALTER TABLE "new_find_items_forms" RENAME TO "find_items_forms"')
    assert find(store.connection, ENTRY, "code17") == [17]


@pytest.mark.parametrize("batch", [1, 7, 2_000])
def test_that_one_wrong_hash_invalidates_the_candidate(
    store: CatalogStore, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(repair, "BATCH", batch)
    key, scope, _, hash_ = THEIRS[-1]
    stage_fresh(store, [*THEIRS[:-1], (key, scope, "another value", hash_)])
    assert repair.differing(store, ENTRY, RANGES) == [], "the sums alone do not tell"
    assert not repair.complete(store, ENTRY)
