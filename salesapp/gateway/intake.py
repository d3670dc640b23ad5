"""Taking rows in: keys and scopes are given, references resolved, and only what changed gets the new revision.

An import is prepared beside everything else and written in one transaction. Rows that need a row that is not there are
set aside, so that one bad record of the ERP cannot lock every new tablet.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from filelock import FileLock
from sqlalchemy import Connection, delete, insert, select

from salesapp.domain.canonical import Value, decode_values, encode_values, row_hash
from salesapp.domain.catalogue import IMAGES, Catalogue
from salesapp.domain.schema import SyncObject
from salesapp.gateway import losses
from salesapp.gateway.connectors.base import Connector, SourceRow
from salesapp.gateway.database import Database
from salesapp.gateway.media import MediaFiles
from salesapp.gateway.resolving import Found, Resolved, Resolver, SetAside
from salesapp.gateway.rows import (
    Current,
    Identities,
    LiveRows,
    Removal,
    Spool,
    StoredRows,
    Upsert,
    adopt,
    next_revision,
    take_ids,
    write_changes,
)
from salesapp.gateway.tables import identity, record, set_aside


@dataclass
class ObjectReport:
    """What an import did to one object; `rows` are live afterwards."""

    rows: int = 0
    added: int = 0
    changed: int = 0
    deleted: int = 0
    set_aside: int = 0


@dataclass
class ImportReport:
    """What an import did; `revision` is 0 when nothing changed."""

    revision: int = 0
    objects: dict[str, ObjectReport] = field(default_factory=dict)


@dataclass
class _Prepared:
    """The changes of one object, ready to be written."""

    entry: SyncObject
    upserts: Spool
    removals: list[Removal]
    aside: dict[str, SetAside]
    identities: list[dict[str, Any]]
    report: ObjectReport
    replaces_aside: bool
    adopted: list[int] = field(default_factory=list)
    """Keys of rows that submissions made, and that the source has told of now, as they are."""
    moved: bool = False
    """Some row was removed or changed its scope: rows that reference it may be affected."""

    @property
    def is_empty(self) -> bool:
        return not self.upserts.count and not self.removals

    @property
    def loss(self) -> tuple[str, int, int]:
        """The object, its rows before the import, and how many of them go."""
        gone = len(self.removals)
        return self.entry.key, self.report.rows - self.report.added + gone, gone


def intake_lock(database: Database) -> FileLock:
    """Held by an import and by a publication, one at a time, across processes."""
    return FileLock(database.folder / "intake.lock")


def import_all(database: Database, catalogue: Catalogue, connector: Connector) -> ImportReport:
    """Takes all rows of the connector's objects; what is missing there is deleted. Publishes nothing."""
    with intake_lock(database), ExitStack() as stack:
        live = LiveRows(database)
        prepared: list[_Prepared] = []
        disturbed: set[str] = set()
        for entry in catalogue.parents_first:
            if entry.key in connector.objects:
                changes = _prepare(database, entry, live, connector)
            elif any(key in disturbed for field_ in entry.references() for key in field_.target_keys()):
                changes = _review(database, entry, live)
            else:
                continue
            stack.callback(changes.upserts.close)
            prepared.append(changes)
            if changes.moved:
                disturbed.add(entry.key)
        return _write(database, catalogue, prepared)


def _write(database: Database, catalogue: Catalogue, prepared: list[_Prepared]) -> ImportReport:
    report = ImportReport(objects={changes.entry.key: changes.report for changes in prepared})
    with database.write() as connection:
        if not all(changes.is_empty for changes in prepared):
            report.revision = next_revision(connection)
            losses.note(connection, report.revision, (changes.loss for changes in prepared))
        for changes in prepared:
            key = changes.entry.key
            if changes.identities:
                connection.execute(insert(identity), changes.identities)
            write_changes(connection, catalogue, key, changes.upserts.batches(), changes.removals, report.revision)
            adopt(connection, key, changes.adopted)
            if changes.replaces_aside:
                connection.execute(delete(set_aside).where(set_aside.c.object == key))
            write_set_aside(connection, key, changes.aside)
    return report


def write_set_aside(connection: Connection, key: str, rows: dict[str, SetAside]) -> None:
    """Reports rows to the back office."""
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


def _prepare(database: Database, entry: SyncObject, live: LiveRows, connector: Connector) -> _Prepared:
    """Compares all rows of the source with the current ones."""
    spool = Spool()
    try:
        return _compare_all(database, entry, live, connector, spool)
    except BaseException:
        spool.close()
        raise


def _compare_all(
    database: Database, entry: SyncObject, live: LiveRows, connector: Connector, spool: Spool
) -> _Prepared:
    current = _current(database, entry.key)
    identities = Identities(database, entry.key)
    changes = _Prepared(entry, spool, [], {}, identities.new, ObjectReport(), replaces_aside=True)
    accept_content = _media_taker(database, entry, connector)
    seen: dict[str, Found] = {}
    resolver = Resolver(entry, live)
    for row in _parents_within(entry, connector.rows(entry), live, identities, changes.aside):
        resolved = resolver.resolve(row.values)
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
        if erp_key not in seen:
            if old.is_own:  # made by a submission: the source need not know it (yet)
                seen[erp_key] = Found(old.id, old.scope)
            else:
                changes.removals.append(Removal(old.id, old.scope))
                changes.moved = True
    live.replace(entry.key, seen)
    changes.report.rows = len(seen)
    changes.report.deleted = len(changes.removals)
    changes.report.set_aside = len(changes.aside)
    return changes


def _compare(
    changes: _Prepared, erp_key: str, id_: int, resolved: Resolved, old: Current | None, *, is_own: bool = False
) -> None:
    """`is_own`: a submission made the row, and it is not the source that tells of it now."""
    canonical = encode_values(resolved.values)
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
    """Makes the rows of an object that references itself known to it before they are resolved.

    Rows whose strong parent within the object is missing are set aside, and then those that need them, and so on.
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


def _media_taker(
    database: Database, entry: SyncObject, connector: Connector
) -> Callable[[tuple[Value, ...]], bool] | None:
    """For image rows: brings the content of the file into the gateway; False when it is not what the row says."""
    if entry.key != IMAGES:
        return None
    files = MediaFiles(database.folder)
    sha256_at, size_at = entry.field_names.index("sha256"), entry.field_names.index("size")

    def take(values: tuple[Value, ...]) -> bool:
        sha256, size = str(values[sha256_at]), int(str(values[size_at]))
        if files.has(sha256):
            return files.path(sha256).stat().st_size == size
        try:
            content = connector.media(sha256)
        except (OSError, KeyError):
            return False
        return files.put(sha256, size, content)

    return take


def _review(database: Database, entry: SyncObject, live: LiveRows) -> _Prepared:
    """An object that the import does not speak of, but whose parents moved: scopes and references are checked again."""
    changes = _Prepared(entry, Spool(), [], {}, [], ObjectReport(), replaces_aside=False)
    resolver = Resolver(entry, live)
    columns = (record.c.erp_key, record.c.id, record.c.scope, record.c.row_hash, record.c.is_own, record.c.canonical)
    kept: dict[str, Found] = {}
    with database.read() as connection:
        for erp_key, id_, scope, hash_, own, canonical in connection.execute(
            select(*columns).where(record.c.object == entry.key)
        ):
            resolved = resolver.resolve(tuple(decode_values(canonical)))
            if isinstance(resolved, SetAside):
                changes.aside[erp_key] = resolved
                changes.removals.append(Removal(id_, scope))
                changes.moved = True
                continue
            kept[erp_key] = Found(id_, resolved.scope)
            _compare(changes, erp_key, id_, resolved, Current(id_, scope, hash_, bool(own)), is_own=bool(own))
    live.replace(entry.key, kept)
    changes.report.rows = len(kept)
    changes.report.set_aside = len(changes.aside)
    return changes


def apply_changes(
    connection: Connection, catalogue: Catalogue, at_revision: int, changes: Iterable[tuple[str, SourceRow]]
) -> None:
    """A few rows that a submission made or changed, in the caller's write transaction; they are parents first."""
    known = StoredRows(connection)
    for key, row in changes:
        entry = catalogue.by_key[key]
        resolved = Resolver(entry, known).resolve(row.values)
        if isinstance(resolved, SetAside):
            write_set_aside(connection, key, {row.key: resolved})
            continue
        columns = (record.c.id, record.c.scope, record.c.row_hash)
        old = connection.execute(select(*columns).where(record.c.object == key, record.c.erp_key == row.key)).first()
        id_ = old.id if old else _identity(connection, key, row.key)
        canonical = encode_values(resolved.values)
        hash_, old_scope = row_hash(key, id_, canonical), old.scope if old else 0
        upsert = Upsert(id_, row.key, resolved.scope, old_scope, hash_, canonical, is_own=True)
        write_changes(connection, catalogue, key, [[upsert]], [], at_revision)


def _identity(connection: Connection, key: str, erp_key: str) -> int:
    known: int | None = connection.execute(
        select(identity.c.id).where(identity.c.object == key, identity.c.erp_key == erp_key)
    ).scalar()
    if known is None:
        known = take_ids(connection, key, 1)
        connection.execute(insert(identity).values(object=key, erp_key=erp_key, id=known))
    return known
