"""Repairs an object: makes a candidate of all its rows and replaces the key ranges that differ from the gateway's."""

from collections.abc import Sequence

from salesapp.domain.canonical import Digest
from salesapp.domain.schema import SyncObject
from salesapp.protocol.messages import RangeDigest
from salesapp.protocol.segments import TOMBSTONE, UPSERT, columns, create_table
from salesapp.store import search
from salesapp.store.catalog import CatalogStore, column_list, hashes_follow
from salesapp.store.plain import PlainFile
from salesapp.store.staging import attached, build_indexes, change_table, new_table, outside, segment_columns

BATCH = 2_000


def make_candidate(store: CatalogStore, entry: SyncObject, *, fresh: bool, lost_scopes: Sequence[int]) -> None:
    """Makes a staged table of the rows that publishing would lead to, without indexes."""
    with store.transaction():
        store.run("DELETE FROM staged_object WHERE key=?", (entry.key,))  # so that a killed repair starts over
        if fresh:  # the staged table is the candidate; its indexes are made again afterwards
            for (name,) in store.rows(
                "SELECT name FROM sqlite_master WHERE type='index' AND tbl_name=? AND sql IS NOT NULL",
                (new_table(entry),),
            ):
                store.run(f'DROP INDEX "{name}"')
            search.drop(store.connection, entry, f"new_{search.table(entry)}")
            return
        names = ", ".join(f'"{name}"' for name in columns(entry))
        store.run(f'DROP TABLE IF EXISTS "{new_table(entry)}"')
        store.run(create_table(entry, new_table(entry)))
        store.run(
            f'INSERT INTO "{new_table(entry)}" SELECT * FROM "{entry.table}"'
            f' WHERE id NOT IN (SELECT id FROM "{change_table(entry)}"){outside(lost_scopes)}'
        )
        store.run(f'INSERT INTO "{new_table(entry)}" SELECT {names} FROM "{change_table(entry)}" WHERE is_deleted = 0')


def differing(store: CatalogStore, entry: SyncObject, ranges: Sequence[RangeDigest]) -> list[RangeDigest]:
    """Returns the ranges in which the candidate differs from the gateway. Removes rows of scopes without a range."""
    scopes = sorted({part.scope for part in ranges})
    with store.transaction():
        kept = ", ".join(str(scope) for scope in scopes) or "NULL"
        store.run(f'DELETE FROM "{new_table(entry)}" WHERE scope NOT IN ({kept}) OR scope IS NULL')
        if not scopes:
            store.run(f'DELETE FROM "{new_table(entry)}"')
    return [
        part
        for part in ranges
        if store.digest(new_table(entry), *_within(part)) != Digest.parse(part.count, part.digest)
    ]


def clear(store: CatalogStore, entry: SyncObject, part: RangeDigest) -> None:
    """Removes the rows of a range from the candidate."""
    where, parameters = _within(part)
    with store.transaction():
        store.run(f'DELETE FROM "{new_table(entry)}" WHERE {where}', parameters)


def refill(store: CatalogStore, entry: SyncObject, part: RangeDigest, plain: PlainFile) -> None:
    """Applies one segment of a range to the candidate; segments come in the range's order."""
    where, parameters = _within(part, with_scope=False)
    with attached(store, plain), store.transaction():
        tombstones = f"SELECT id FROM segment.{TOMBSTONE} WHERE {where}"
        store.run(f'DELETE FROM "{new_table(entry)}" WHERE id IN ({tombstones})', parameters)
        store.run(
            f'INSERT OR REPLACE INTO "{new_table(entry)}"'
            f" SELECT {segment_columns(store, entry)} FROM segment.{UPSERT} WHERE {where}",
            parameters,
        )


def complete(store: CatalogStore, entry: SyncObject) -> bool:
    """Recomputes every row's hash and builds the indexes; returns False if a hash does not match."""
    last = -(2**63)
    while rows := store.rows(
        f'SELECT {column_list(entry)} FROM "{new_table(entry)}" WHERE id > ? ORDER BY id LIMIT {BATCH}', (last,)
    ):
        if not hashes_follow(entry, rows):
            return False
        last = int(str(rows[-1][0]))
    with store.transaction():
        build_indexes(store, entry, new_table(entry))
    return True


def _within(part: RangeDigest, *, with_scope: bool = True) -> tuple[str, tuple[int, ...]]:
    low = -(2**63) if part.key_from is None else part.key_from
    high = 2**63 - 1 if part.key_to is None else part.key_to
    if with_scope:
        return "scope = ? AND id BETWEEN ? AND ?", (part.scope, low, high)
    return "id BETWEEN ? AND ?", (low, high)
