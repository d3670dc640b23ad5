"""Publishes in one short transaction: everything staged and proven replaces what screens read.

Each object has its own savepoint: if one fails, it keeps its last good rows and the others go on. A disk error
rolls back the whole transaction.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy.exc import OperationalError

from salesapp.domain.canonical import Digest
from salesapp.domain.schema import SyncObject
from salesapp.errors import ObjectError
from salesapp.protocol.segments import columns
from salesapp.store import search
from salesapp.store.catalog import CatalogStore, StoredState
from salesapp.store.staging import Staging, change_table, new_table, outside


@dataclass(frozen=True, slots=True)
class Publication:
    """One object to publish, and what it must be afterwards."""

    entry: SyncObject
    fresh: bool
    expected: Digest


def publish(
    store: CatalogStore,
    publications: Iterable[Publication],
    proven: Iterable[tuple[str, Digest]],
    *,
    checkpoint: str,
    scopes: Sequence[int],
    lost_scopes: Sequence[int],
    at: str,
) -> dict[str, ObjectError]:
    """Switches to the staged rows; returns the objects that failed, with the error.

    `publications` come parents first. `proven` lists objects whose rows in place are already right at the checkpoint.
    """
    failed: dict[str, ObjectError] = {}
    done: list[SyncObject] = []
    staging = Staging(store)
    with store.transaction():
        for publication in publications:
            try:
                with store.savepoint():
                    _switch(store, publication, lost_scopes)
            except ObjectError as error:
                failed[publication.entry.key] = error
                continue
            store.set_state(StoredState(publication.entry.key, checkpoint, publication.expected, at))
            staging.forget(publication.entry)
            done.append(publication.entry)
        for key, digest in proven:
            store.set_state(StoredState(key, checkpoint, digest, at))
        store.set_meta("checkpoint", checkpoint)
        store.set_meta("scopes", ",".join(str(scope) for scope in scopes))
    for entry in done:  # drop the former tables afterwards: a large one takes time
        with suppress(OperationalError), store.transaction():  # the next staging drops what is left
            staging.discard(entry)
    return failed


def _switch(store: CatalogStore, publication: Publication, lost_scopes: Sequence[int]) -> None:
    entry = publication.entry
    if publication.fresh:
        _rename(store, entry)
        return
    _apply_changes(store, entry, lost_scopes)
    found = store.digest(entry.table)
    if found.count != publication.expected.count:
        raise ObjectError("object.count", rows=found.count, expected=publication.expected.count)
    if found != publication.expected:
        raise ObjectError("object.digest")


def _rename(store: CatalogStore, entry: SyncObject) -> None:
    """Gives the staged table the name of the one in place. The caller has just taken its digest."""
    store.run(f'ALTER TABLE "{entry.table}" RENAME TO "old_{entry.table}"')
    store.run(f'ALTER TABLE "{new_table(entry)}" RENAME TO "{entry.table}"')
    if entry.search:
        name = search.table(entry)
        store.run(f'ALTER TABLE "{name}" RENAME TO "old_{name}"')
        store.run(f'ALTER TABLE "new_{name}" RENAME TO "{name}"')


def _apply_changes(store: CatalogStore, entry: SyncObject, lost_scopes: Sequence[int]) -> None:
    changes = change_table(entry)
    names = ", ".join(f'"{name}"' for name in columns(entry))
    changed = f'SELECT id FROM "{changes}"'
    search.remove(store.connection, entry, f"rowid IN ({changed})")
    if lost_scopes:
        lost = f"NOT (1{outside(lost_scopes)})"
        search.remove(store.connection, entry, f'rowid IN (SELECT id FROM "{entry.table}" WHERE {lost})')
        store.run(f'DELETE FROM "{entry.table}" WHERE {lost}')
    store.run(f'DELETE FROM "{entry.table}" WHERE id IN ({changed} WHERE is_deleted = 1)')
    store.run(f'INSERT OR REPLACE INTO "{entry.table}" ({names}) SELECT {names} FROM "{changes}" WHERE is_deleted = 0')
    search.fill(store.connection, entry, search.table(entry), changes, "is_deleted = 0")
