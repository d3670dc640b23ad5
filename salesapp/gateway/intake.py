"""Takes in rows: assigns keys and scopes, resolves references, and gives changed rows the new revision.

An import is prepared in the background and written in one transaction. Rows that need a missing row are
set aside, so that one bad record of the ERP cannot block every new tablet.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field

import msgspec
from filelock import FileLock
from sqlalchemy import Connection, delete, func, insert, select

from salesapp.domain.canonical import Value, decode_values, encode_values, row_hash
from salesapp.domain.catalogue import IMAGES, Catalogue
from salesapp.domain.row_rules import RowChecks
from salesapp.domain.schema import SyncObject
from salesapp.gateway import losses
from salesapp.gateway.connectors.base import RowSource, SourceRow
from salesapp.gateway.database import Database, SqlRow
from salesapp.gateway.media import MediaFiles, fits
from salesapp.gateway.progress import Counter, Phase, Report, Step, silent
from salesapp.gateway.resolving import Found, Resolved, Resolver, SetAside
from salesapp.gateway.rows import (
    Current,
    Identities,
    ImaginedNumbers,
    LiveRows,
    Numbers,
    Removal,
    Spool,
    StoredRows,
    Upsert,
    adopt,
    identity_of,
    next_revision,
    write_changes,
)
from salesapp.gateway.tables import identity, record, set_aside


class ObjectReport(msgspec.Struct):
    """What an import changed in one object; `rows` are live afterwards."""

    rows: int = 0
    added: int = 0
    changed: int = 0
    deleted: int = 0
    set_aside: int = 0


@dataclass
class ImportReport:
    """What an import changed; `revision` is 0 if nothing changed."""

    revision: int = 0
    objects: dict[str, ObjectReport] = field(default_factory=dict)


@dataclass
class Prepared:
    """The changes of one object, ready to be written."""

    entry: SyncObject
    upserts: Spool
    removals: list[Removal]
    aside: dict[str, SetAside]
    identities: list[SqlRow]
    report: ObjectReport
    replaces_aside: bool
    had: int = 0
    """Live rows before the import that it could remove."""
    absent: int = 0
    """Those that the source no longer has; other rows that disappear are set aside."""
    adopted: list[int] = field(default_factory=list)
    """Keys of rows made by submissions that the source now has too, unchanged."""
    moved: bool = False
    """Whether a row was removed or changed its scope, which may affect rows that reference it."""

    @property
    def is_empty(self) -> bool:
        return not self.upserts.count and not self.removals

    @property
    def loss(self) -> tuple[str, int, int]:
        """The object, its rows before the import, and how many of them disappear."""
        return self.entry.key, self.had, len(self.removals)


def intake_lock(database: Database) -> FileLock:
    """Returns the lock that imports and publications hold, across processes."""
    return FileLock(database.folder / "intake.lock")


def import_all(database: Database, catalogue: Catalogue, connector: RowSource) -> ImportReport:
    """Imports all rows of the connector's objects and deletes missing ones, without guard or publication."""
    with prepared(database, catalogue, connector) as changes, database.write() as connection:
        return write_prepared(connection, catalogue, changes)


@contextmanager
def prepared(
    database: Database,
    catalogue: Catalogue,
    connector: RowSource,
    *,
    rehearses: bool = False,
    report: Report = silent,
) -> Iterator[list[Prepared]]:
    """Yields the changes that an import would make. Nobody else imports or publishes until the end of the block.

    `rehearses` means that the changes will not be written: neither keys nor files are stored.
    """
    with intake_lock(database), ExitStack() as stack:
        report(Step(Phase.READ))
        work = _Preparation(database, catalogue, connector, rehearses=rehearses, report=report)
        for entry in catalogue.parents_first:
            changes = work.prepare(entry, stack)
            if changes is not None:
                work.done.append(changes)
        yield work.done


class _Preparation:
    """Compares everything in a source with all live rows."""

    def __init__(
        self, database: Database, catalogue: Catalogue, connector: RowSource, *, rehearses: bool, report: Report
    ) -> None:
        self.database = database
        self.connector = connector
        self.rehearses = rehearses
        self.numbers = ImaginedNumbers(database) if rehearses else Numbers(database)
        self.live = LiveRows(database, self.numbers)
        self.done: list[Prepared] = []
        self._disturbed: set[str] = set()
        expected = _live_counts(database, connector.objects)
        self.counter = Counter(report, Phase.COMPARE, len(connector.objects), expected)

    def prepare(self, entry: SyncObject, stack: ExitStack) -> Prepared | None:
        """Returns the object's changes; None if the source does not have it and its parents are unchanged."""
        spool = stack.enter_context(closing(Spool()))
        if entry.key in self.connector.objects:
            changes = _compare_all(self, entry, spool)
        elif any(key in self._disturbed for field_ in entry.references() for key in field_.target_keys()):
            changes = _review(self.database, entry, self.live, spool)
        else:
            return None
        if changes.moved:
            self._disturbed.add(entry.key)
        return changes


def _live_counts(database: Database, keys: frozenset[str]) -> int:
    with database.read() as connection:
        counted = select(func.count()).select_from(record).where(record.c.object.in_(keys))
        return int(connection.execute(counted).scalar_one())


def write_prepared(
    connection: Connection, catalogue: Catalogue, prepared_: list[Prepared], report: Report = silent
) -> ImportReport:
    """Writes all changes under one new revision, in the caller's transaction."""
    done = ImportReport(objects={changes.entry.key: changes.report for changes in prepared_})
    if not all(changes.is_empty for changes in prepared_):
        done.revision = next_revision(connection)
        losses.note(connection, done.revision, (changes.loss for changes in prepared_))
    counter = Counter(report, Phase.WRITE, len(prepared_), sum(changes.upserts.count for changes in prepared_))
    for changes in prepared_:
        key = changes.entry.key
        counter.begin(key)
        if changes.identities:
            connection.execute(insert(identity), changes.identities)
        write_changes(connection, catalogue, key, _counted(changes, counter), changes.removals, done.revision)
        adopt(connection, key, changes.adopted)
        if changes.replaces_aside:
            connection.execute(delete(set_aside).where(set_aside.c.object == key))
        write_set_aside(connection, key, changes.aside)
    counter.end()
    return done


def _counted(changes: Prepared, counter: Counter) -> Iterator[list[Upsert]]:
    for batch in changes.upserts.batches():
        yield batch
        counter.add(len(batch))


def write_set_aside(connection: Connection, key: str, rows: dict[str, SetAside]) -> None:
    """Notes rows that are set aside, for the back office."""
    for erp_key, why in rows.items():
        connection.execute(
            delete(set_aside).where(set_aside.c.object == key, set_aside.c.erp_key == erp_key),
        )
        connection.execute(insert(set_aside).values(object=key, erp_key=erp_key, **why._asdict()))


def _current(database: Database, key: str) -> dict[str, Current]:
    columns = (record.c.erp_key, record.c.id, record.c.scope, record.c.row_hash, record.c.is_own)
    with database.read() as connection:
        rows = connection.execute(select(*columns).where(record.c.object == key))
        return {erp_key: Current(id_, scope, hash_, bool(own)) for erp_key, id_, scope, hash_, own in rows}


def _compare_all(work: _Preparation, entry: SyncObject, spool: Spool) -> Prepared:
    """Compares the source's rows with the current ones."""
    current = _current(work.database, entry.key)
    identities = Identities(work.database, entry.key)
    changes = Prepared(entry, spool, [], {}, identities.new, ObjectReport(), replaces_aside=True)
    accept_content = _media_taker(work, entry)
    seen: dict[str, Found] = {}
    resolver, checks = Resolver(entry, work.live), RowChecks(entry)
    rows = work.counter.counted_of(entry.key, work.connector.rows(entry))
    for row in _parents_within(entry, rows, work.live, identities, changes.aside):
        resolved = _faulty(checks, row) or resolver.resolve(row.values)
        if isinstance(resolved, SetAside):
            changes.aside[row.key] = resolved
            continue
        if accept_content is not None and not accept_content(row.values):
            changes.aside[row.key] = SetAside("sha256", "", "", "content")
            continue
        id_ = identities.of(row.key)
        seen[row.key] = Found(id_, resolved.scope)
        _compare(changes, row.key, id_, resolved, current.get(row.key))
    for erp_key, old in current.items():
        changes.had += not old.is_own
        if erp_key not in seen:
            if old.is_own:  # made by a submission, so the source may not have it (yet)
                seen[erp_key] = Found(old.id, old.scope)
            else:
                changes.removals.append(Removal(old.id, old.scope))
                changes.absent += erp_key not in changes.aside
                changes.moved = True
    work.live.replace(entry.key, seen)
    changes.report.rows = len(seen)
    changes.report.deleted = len(changes.removals)
    changes.report.set_aside = len(changes.aside)
    return changes


def _faulty(checks: RowChecks, row: SourceRow) -> SetAside | None:
    """Why a row cannot be published whatever it refers to."""
    fault = checks.fault(row.values)
    return SetAside(fault[0], "", "", fault[1]) if fault else None


def _compare(
    changes: Prepared, erp_key: str, id_: int, resolved: Resolved, old: Current | None, *, is_own: bool = False
) -> None:
    """Compares a row with its current version. `is_own` means that a submission made it and the source lacks it."""
    canonical = encode_values(changes.entry.shortest(resolved.values))
    hash_ = row_hash(changes.entry.key, id_, canonical)
    if old is not None and (old.row_hash, old.scope) == (hash_, resolved.scope):
        if old.is_own and not is_own:
            changes.adopted.append(id_)
        return
    changes.upserts.add(Upsert(id_, erp_key, resolved.scope, old.scope if old else 0, hash_, canonical, is_own))
    if old is None:
        changes.report.added += 1
    else:
        changes.report.changed += 1
        changes.moved = changes.moved or old.scope != resolved.scope


def _parents_within(
    entry: SyncObject, rows: Iterator[SourceRow], live: LiveRows, identities: Identities, aside: dict[str, SetAside]
) -> Iterable[SourceRow]:
    """Registers the rows of an object that references itself, before they are resolved.

    Sets aside rows whose strong parent in the object is missing, then those that need them, and so on.
    """
    own = [(index, field_) for index, field_ in enumerate(entry.fields) if field_.target == entry.key]
    if not own:
        return rows
    kept = {row.key: row for row in rows}
    strong = [(index, field_) for index, field_ in own if field_.strong]
    while True:
        missing = {
            key: SetAside(field_.name, entry.key, str(row.values[index]), "missing")
            for key, row in kept.items()
            for index, field_ in strong
            if row.values[index] is not None and row.values[index] not in kept
        }
        if not missing:
            break
        aside |= missing
        kept = {key: row for key, row in kept.items() if key not in missing}
    everyone = live.scope("everyone")  # objects that reference themselves strongly have no scopes of their own
    live.replace(entry.key, {key: Found(identities.of(key), everyone) for key in kept})
    return kept.values()


def _media_taker(work: _Preparation, entry: SyncObject) -> Callable[[tuple[Value, ...]], bool] | None:
    """Returns, for image rows, a function that stores the file's content; it returns False for wrong content."""
    if entry.key != IMAGES:
        return None
    files = MediaFiles(work.database.folder)
    put = fits if work.rehearses else files.put
    sha256_at, size_at = entry.field_names.index("sha256"), entry.field_names.index("size")

    def take(values: tuple[Value, ...]) -> bool:
        sha256, size = str(values[sha256_at]), int(str(values[size_at]))
        if files.has(sha256):
            return files.path(sha256).stat().st_size == size
        try:
            content = work.connector.media(sha256)
        except (OSError, KeyError):
            return False
        return put(sha256, size, content)

    return take


def _review(database: Database, entry: SyncObject, live: LiveRows, spool: Spool) -> Prepared:
    """Checks scopes and references of an object again that the import lacks, but whose parents moved."""
    changes = Prepared(entry, spool, [], {}, [], ObjectReport(), replaces_aside=False)
    resolver = Resolver(entry, live)
    columns = (record.c.erp_key, record.c.id, record.c.scope, record.c.row_hash, record.c.is_own, record.c.canonical)
    kept: dict[str, Found] = {}
    with database.read() as connection:
        for erp_key, id_, scope, hash_, own, canonical in connection.execute(
            select(*columns).where(record.c.object == entry.key)
        ):
            resolved = resolver.resolve(tuple(entry.whole(decode_values(canonical))))
            if isinstance(resolved, SetAside):
                changes.aside[erp_key] = resolved
                changes.removals.append(Removal(id_, scope))
                changes.moved = True
                continue
            kept[erp_key] = Found(id_, resolved.scope)
            _compare(changes, erp_key, id_, resolved, Current(id_, scope, hash_, bool(own)), is_own=bool(own))
    live.replace(entry.key, kept)
    changes.had = len(kept) + len(changes.removals)
    changes.report.rows = len(kept)
    changes.report.set_aside = len(changes.aside)
    return changes


def apply_changes(
    connection: Connection, catalogue: Catalogue, at_revision: int, changes: Iterable[tuple[str, SourceRow]]
) -> None:
    """Writes a few rows that a submission made or changed, parents first, in the caller's write transaction."""
    known = StoredRows(connection)
    for key, row in changes:
        entry = catalogue.by_key[key]
        resolved = _faulty(RowChecks(entry), row) or Resolver(entry, known).resolve(row.values)
        if isinstance(resolved, SetAside):
            write_set_aside(connection, key, {row.key: resolved})
            continue
        columns = (record.c.id, record.c.scope, record.c.row_hash)
        old = connection.execute(select(*columns).where(record.c.object == key, record.c.erp_key == row.key)).first()
        id_ = old.id if old else identity_of(connection, key, row.key)
        canonical = encode_values(entry.shortest(resolved.values))
        hash_, old_scope = row_hash(key, id_, canonical), old.scope if old else 0
        upsert = Upsert(id_, row.key, resolved.scope, old_scope, hash_, canonical, is_own=True)
        write_changes(connection, catalogue, key, [[upsert]], [], at_revision)
