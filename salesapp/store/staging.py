"""Stages segments as tables beside those that screens read. Nothing is visible before it is published.

An object is staged either fresh (`new_<table>`: all its rows, with indexes and search) or as changes
(`change_<table>`: the final row or tombstone of each changed key). Each step is one transaction that also records
the step, so that a killed or stopped sync resumes.
"""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Literal

from sqlalchemy.exc import DBAPIError, IntegrityError

from salesapp.domain.canonical import Digest, Value
from salesapp.domain.schema import Field, SyncObject
from salesapp.errors import ObjectError
from salesapp.protocol.messages import ObjectPlan, SegmentRef
from salesapp.protocol.segments import TOMBSTONE, UPSERT, columns, create_table
from salesapp.store import search
from salesapp.store.alphabet import ordering
from salesapp.store.catalog import CatalogStore
from salesapp.store.plain import PlainFile


@dataclass(frozen=True, slots=True)
class Step:
    """One part of one segment; steps are staged in order."""

    segment: SegmentRef
    part: Literal["upsert", "tombstone"]
    may_replace: bool
    """Whether a key may exist already; if not, SQLite copies the rows by its transfer path."""


@dataclass(frozen=True, slots=True)
class Loss:
    """How many rows of an object are in place, and how many of them publishing would remove."""

    rows: int
    gone: int

    def is_over(self, percent: int) -> bool:
        return self.gone * 100 > self.rows * percent


def new_table(entry: SyncObject) -> str:
    return f"new_{entry.table}"


def change_table(entry: SyncObject) -> str:
    return f"change_{entry.table}"


def steps(plan: ObjectPlan) -> list[Step]:
    """Returns the steps by revision; within one, tombstones come before upserts, for rows that changed their scope."""
    ordered: list[Step] = []
    by_revision = attrgetter("to_revision")
    for _, segments in groupby(sorted(plan.segments, key=by_revision), key=by_revision):
        group = list(segments)
        is_first = not ordered
        ordered += [Step(segment, "tombstone", may_replace=True) for segment in group if segment.tombstones]
        plain = is_first and plan.fresh and not ordered
        ordered += [Step(segment, "upsert", may_replace=not plain) for segment in group if segment.rows]
    return ordered


class Staging:
    """The staged tables of one catalog.db."""

    def __init__(self, store: CatalogStore) -> None:
        self._store = store

    def begin(self, entry: SyncObject, plan: ObjectPlan, origin: str) -> int:
        """Makes the staged table, or keeps one that an earlier run began for the same steps; returns the steps done.

        `origin` is the checkpoint that the changes start from.
        """
        store = self._store
        wanted = [(step.segment.sha256, step.part) for step in steps(plan)]
        head = store.rows("SELECT fresh, origin, is_finished FROM staged_object WHERE key=?", (entry.key,))
        done = store.rows("SELECT sha256, part FROM staged_step WHERE key=? ORDER BY position", (entry.key,))
        for fresh, started_from, is_finished in head:
            is_ours = (bool(fresh), started_from) == (plan.fresh, origin) and done == wanted[: len(done)]
            if is_ours and not (is_finished and len(done) < len(wanted)):  # has indexes, but lacks rows
                return len(done)
        with store.transaction():
            self.discard(entry)
            if plan.fresh:
                store.run(create_table(entry, new_table(entry)))
            else:
                store.run(create_table(entry, change_table(entry))[:-1] + ", is_deleted INTEGER)")
            store.run("INSERT INTO staged_object VALUES (?, ?, ?, 0)", (entry.key, int(plan.fresh), origin))
        return 0

    def take(self, entry: SyncObject, position: int, step: Step, plain: PlainFile, *, fresh: bool) -> None:
        """Stages one step from a segment's checked plain file.

        Raises ObjectError if its rows do not fit those staged before.
        """
        store = self._store
        with attached(store, plain), store.transaction():
            try:
                self._copy(entry, step, fresh=fresh)
            except IntegrityError as error:  # two segments have the same key
                raise ObjectError("object.malformed") from error
            store.run(
                "INSERT INTO staged_step VALUES (?, ?, ?, ?)",
                (entry.key, position, step.segment.sha256, step.part),
            )

    def _copy(self, entry: SyncObject, step: Step, *, fresh: bool) -> None:
        """Raises ObjectError `object.count` if the number of rows is not the manifest's."""
        store = self._store
        expected = step.segment.rows if step.part == UPSERT else step.segment.tombstones
        if fresh and step.part == TOMBSTONE:
            copied = int(str(store.rows(f"SELECT count(*) FROM segment.{TOMBSTONE}")[0][0]))
            store.run(f'DELETE FROM "{new_table(entry)}" WHERE id IN (SELECT id FROM segment.{TOMBSTONE})')
        else:
            copied = store.changed(self._insertion(store, entry, step, fresh=fresh))
        if copied != expected:
            raise ObjectError("object.count", rows=copied, expected=expected)

    @staticmethod
    def _insertion(store: CatalogStore, entry: SyncObject, step: Step, *, fresh: bool) -> str:
        verb = "INSERT OR REPLACE" if step.may_replace else "INSERT"
        if fresh:
            return f'{verb} INTO "{new_table(entry)}" SELECT {segment_columns(store, entry)} FROM segment.{UPSERT}'
        if step.part == UPSERT:
            return (
                f'{verb} INTO "{change_table(entry)}" SELECT {segment_columns(store, entry)}, 0 FROM segment.{UPSERT}'
            )
        return f'INSERT OR REPLACE INTO "{change_table(entry)}" (id, is_deleted) SELECT id, 1 FROM segment.{TOMBSTONE}'

    def finish(self, entry: SyncObject, *, fresh: bool) -> None:
        """Builds the indexes and the search of a fresh table, once."""
        store = self._store
        if store.rows("SELECT 1 FROM staged_object WHERE key=? AND is_finished=1", (entry.key,)):
            return
        with store.transaction():
            if fresh:
                build_indexes(store, entry, new_table(entry))
            store.run("UPDATE staged_object SET is_finished=1 WHERE key=?", (entry.key,))

    def digest(self, entry: SyncObject, *, fresh: bool, lost_scopes: Sequence[int] = ()) -> Digest:
        """Returns the digest that the object will have once this is published."""
        store = self._store
        if fresh:
            return store.digest(new_table(entry))
        kept = f'id NOT IN (SELECT id FROM "{change_table(entry)}")'
        kept += outside(lost_scopes)
        return store.digest(entry.table, kept) + store.digest(change_table(entry), "is_deleted = 0")

    def loss(self, entry: SyncObject, *, fresh: bool, lost_scopes: Sequence[int], excused: bool) -> Loss:
        """Returns what publishing would remove. `excused` does not count rows of lost scopes."""
        counted = f"1{outside(lost_scopes if excused else ())}"
        rows = self._store.count(entry.table, counted)
        if fresh:
            goes = f'id NOT IN (SELECT id FROM "{new_table(entry)}")'
        else:
            changed = f'SELECT id FROM "{change_table(entry)}"'
            goes = f"(id IN ({changed} WHERE is_deleted = 1)"
            goes += f" OR (NOT (1{outside(lost_scopes)}) AND id NOT IN ({changed})))"
        return Loss(rows, self._store.count(entry.table, f"{counted} AND {goes}") if rows else 0)

    def missing_parents(self, entry: SyncObject, staged: Mapping[str, bool]) -> tuple[str, int]:
        """Returns a field whose strong references will be broken, and in how many rows; ("", 0) if all fit.

        `staged` maps each object that will be published to whether it is fresh. Of changes, only the changed rows
        are checked.
        """
        is_fresh = staged[entry.key]
        child = new_table(entry) if is_fresh else change_table(entry)
        for field in entry.references():
            for value, key in _bound_targets(field):
                where = f'c."{field.name}" IS NOT NULL' + ("" if is_fresh else " AND c.is_deleted = 0")
                where += f" AND c.\"{field.selector}\" = '{value}'" if value else ""
                where += f" AND NOT {_will_exist(self._store.catalogue.by_key[key], field.name, staged.get(key))}"
                count = int(str(self._store.rows(f'SELECT count(*) FROM "{child}" c WHERE {where}')[0][0]))
                if count:
                    return field.name, count
        return "", 0

    def discard(self, entry: SyncObject) -> None:
        """Drops what is staged of an object, in the caller's transaction if there is one."""
        store = self._store
        search.drop(store.connection, entry, f"new_{search.table(entry)}")
        for table in (new_table(entry), change_table(entry), f"old_{entry.table}"):
            store.run(f'DROP TABLE IF EXISTS "{table}"')
        search.drop(store.connection, entry, f"old_{search.table(entry)}")
        self.forget(entry)

    def forget(self, entry: SyncObject) -> None:
        """Forgets the staged steps of an object; its tables may be left."""
        self._store.run("DELETE FROM staged_step WHERE key=?", (entry.key,))
        self._store.run("DELETE FROM staged_object WHERE key=?", (entry.key,))


def _bound_targets(field: Field) -> tuple[tuple[str, str], ...]:
    """Returns the objects of which the tablet must have the parent, each with the selector's value."""
    is_bound = field.strong and not field.elsewhere
    return (field.targets or (("", field.target),)) if is_bound else ()


def _will_exist(parent: SyncObject, field: str, is_fresh: bool | None) -> str:
    """Returns the SQL condition that the parent of child row `c` will exist. None means the parent is not staged."""
    in_place = f'EXISTS (SELECT 1 FROM "{parent.table}" p WHERE p.id = c."{field}")'
    if is_fresh is None:
        return in_place
    if is_fresh:
        return f'EXISTS (SELECT 1 FROM "{new_table(parent)}" p WHERE p.id = c."{field}")'
    changed = f'SELECT 1 FROM "{change_table(parent)}" p WHERE p.id = c."{field}" AND p.is_deleted'
    return f"(EXISTS ({changed} = 0) OR ({in_place} AND NOT EXISTS ({changed} = 1)))"


@contextmanager
def attached(store: CatalogStore, plain: PlainFile) -> Iterator[None]:
    """Attaches the plain file of a segment to the catalogue's connection, as `segment`."""

    def attach(path: Path) -> None:
        store.run("ATTACH DATABASE ? AS segment KEY ''", (str(path),))

    with plain.copied(attach):
        try:
            yield
        finally:
            with suppress(DBAPIError):
                store.run("DETACH DATABASE segment")


def segment_columns(store: CatalogStore, entry: SyncObject) -> str:
    """Returns what to select from the attached segment for a whole row; fields that it lacks are empty.

    Of a segment with all fields it is `*`, so that SQLite copies whole rows.
    """
    count = int(str(store.rows(f"SELECT count(*) FROM pragma_table_info('{UPSERT}', 'segment')")[0][0]))
    fields = count - len(columns(entry, 0))
    if fields == len(entry.fields):
        return "*"
    empty = [_LITERALS[field.empty] for field in entry.fields[fields:]]
    return ", ".join(["id", "scope", *(f'"{name}"' for name in entry.field_names[:fields]), *empty, "row_hash"])


_LITERALS: dict[Value, str] = {None: "NULL", 0: "0", "[]": "'[]'"}


def outside(scopes: Sequence[int]) -> str:
    """Returns a condition that leaves out rows of these scopes, to append to another one."""
    return f" AND scope NOT IN ({', '.join(str(int(scope)) for scope in scopes)})" if scopes else ""


def build_indexes(store: CatalogStore, entry: SyncObject, table: str) -> None:
    """Builds an object's indexes and search for a staged table."""
    generation = secrets.token_hex(4)  # names of indexes are unique in the file, and those in place still exist
    for number, fields in enumerate(entry.indexes):
        names = ", ".join(map(ordering, fields))
        store.run(f'CREATE INDEX "ix_{entry.table}_{number}_{generation}" ON "{table}" ({names})')
    staged_search = f"new_{search.table(entry)}"
    search.create(store.connection, entry, staged_search)
    search.fill(store.connection, entry, staged_search, table)
