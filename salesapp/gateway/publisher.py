"""Publishes revisions as a checkpoint that devices can fetch, in base segments and deltas.

Files are made first and named in one transaction at the end, so that a crash leaves the last checkpoint intact. All
parts of the base of an object and scope have the same revision; a part without changes keeps its file.
"""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from typing import Any, TypedDict

from sqlalchemy import Connection, delete, func, insert, literal_column, select, update

from salesapp import clock
from salesapp.domain.canonical import DIGEST_COLUMNS, Digest
from salesapp.domain.catalogue import Catalogue
from salesapp.domain.schema import SyncObject
from salesapp.gateway import rows as stored
from salesapp.gateway.database import Database, SqlRow
from salesapp.gateway.intake import intake_lock
from salesapp.gateway.progress import Counter, Phase, Report, silent
from salesapp.gateway.segments import BuiltSegment, SegmentFiles
from salesapp.gateway.tables import checkpoint as checkpoint_table
from salesapp.gateway.tables import record, scope_digest, segment, superseded, tombstone
from salesapp.protocol.limits import MAX_SEGMENT_TEXT_BYTES, SEGMENT_ROWS
from salesapp.protocol.messages import CHECKPOINT

Row = tuple[int, int, str]
"""Key, hash, canonical form."""
MOST_DELTAS = 64
KEPT_DAYS = 14
"""Days that a superseded checkpoint is known and a superseded segment is kept."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A published revision. The nonce differs from that of an equal revision before a restored backup."""

    revision: int
    nonce: str

    @property
    def text(self) -> str:
        return f"{self.revision}-{self.nonce}"


def current(connection: Connection) -> Checkpoint | None:
    """Returns the newest checkpoint; None before the first."""
    row = connection.execute(
        select(checkpoint_table.c.revision, checkpoint_table.c.nonce)
        .order_by(checkpoint_table.c.revision.desc())
        .limit(1)
    ).first()
    return Checkpoint(row.revision, row.nonce) if row else None


def known_checkpoint(connection: Connection, text: str) -> Checkpoint | None:
    """Returns a checkpoint by its text; None if it is invalid, too old or another gateway's."""
    match = CHECKPOINT.fullmatch(text)
    if not match:
        return None
    point = Checkpoint(int(match[1]), match[2])
    found = connection.execute(
        select(checkpoint_table.c.nonce).where(checkpoint_table.c.revision == point.revision)
    ).scalar()
    return point if found == point.nonce else None


def is_of_another_history(connection: Connection, text: str) -> bool:
    """Whether a checkpoint is certainly not of this gateway; False for one that is too old to be known."""
    match = CHECKPOINT.fullmatch(text)
    if not match or known_checkpoint(connection, text) is not None:
        return bool(text) and not match
    oldest = connection.execute(select(func.min(checkpoint_table.c.revision))).scalar() or 0
    return int(match[1]) >= oldest


def is_pending(database: Database) -> bool:
    """Whether there are revisions after the newest checkpoint, or no checkpoint at all."""
    with database.read() as connection:
        last = current(connection)
        return last is None or stored.revision(connection) > last.revision


def publish(database: Database, catalogue: Catalogue, report: Report = silent) -> Checkpoint:
    """Publishes everything up to the newest revision; returns the newest checkpoint."""
    with intake_lock(database):
        with database.read() as connection:
            last = current(connection)
            target = stored.revision(connection)
            if last is not None and last.revision == target:
                return last
            counter = Counter(report, Phase.PUBLISH, len(catalogue.all))
            since = last.revision if last else -1
            files = SegmentFiles(database.folder)
            files.sweep(set(connection.execute(select(segment.c.sha256)).scalars()))
            work = _Publication(files, connection, since, target, counter)
            for entry in catalogue.all:
                counter.begin(entry.key)
                work.publish_object(entry)
        point = Checkpoint(target, secrets.token_hex(8))
        with database.write() as connection:
            work.write(connection, point)
            gone = _prune(connection)
            counter.end()
        files.remove(gone)
        return point


class _NewSegment(TypedDict):
    """A row of `segment`."""

    object: str
    scope: int
    kind: str
    to_revision: int
    born_revision: int
    key_from: int | None
    key_to: int | None
    sha256: str
    rows: int
    tombstones: int
    bytes: int
    unpacked: int
    fields: int


class _Publication:
    """One publication until it is written."""

    def __init__(self, files: SegmentFiles, connection: Connection, last: int, target: int, counter: Counter) -> None:
        self._counter = counter
        self._files = files
        self._read = connection
        self._last = last
        self._target = target
        self._segments: list[_NewSegment] = []
        self._moved_bases: list[int] = []
        self._superseded: list[int] = []
        self._digests: list[SqlRow] = []
        self._objects: list[str] = []

    def publish_object(self, entry: SyncObject) -> None:
        scopes = self._changed_scopes(entry.key)
        if not scopes:
            return
        self._objects.append(entry.key)
        for scope in sorted(scopes):
            self._publish_scope(entry, scope)
        rows = self._read.execute(
            select(record.c.scope, *map(literal_column, DIGEST_COLUMNS))
            .where(record.c.object == entry.key)
            .group_by(record.c.scope)
        )
        for scope, count, low, high in rows:
            digest = Digest(count, low, high)
            self._digests.append({"object": entry.key, "scope": scope, "count": count, "digest": digest.text})

    def _changed_scopes(self, key: str) -> set[int]:
        found: set[int] = set()
        for table in (record, tombstone):
            found |= set(
                self._read.execute(
                    select(table.c.scope).distinct().where(table.c.object == key, table.c.revision > self._last)
                ).scalars()
            )
        return found

    def _publish_scope(self, entry: SyncObject, scope: int) -> None:
        bases = self._segments_of(entry.key, scope, "base")
        if not bases:
            self._build_base(entry, scope, self._target)
            return
        self._build_delta(entry, scope)
        base_rows = sum(part.rows for part in bases)
        deltas = [
            part for part in self._segments_of(entry.key, scope, "delta") if part.to_revision > bases[0].to_revision
        ]
        new = [row for row in self._segments if (row["object"], row["scope"]) == (entry.key, scope)]
        weight = sum(part.rows + part.tombstones for part in deltas) + sum(
            row["rows"] + row["tombstones"] for row in new
        )
        if weight * 2 > base_rows or len(deltas) + len(new) > MOST_DELTAS:
            self._renew_base(entry, scope, bases)

    def _segments_of(self, key: str, scope: int, kind: str) -> list[Any]:
        """Returns the segments in use, bases by key and deltas by revision."""
        return list(
            self._read.execute(
                select(segment)
                .where(
                    segment.c.object == key,
                    segment.c.scope == scope,
                    segment.c.kind == kind,
                    segment.c.superseded_at.is_(None),
                )
                .order_by(segment.c.to_revision, segment.c.id)
            )
        )

    def _rows(self, key: str, scope: int, *conditions: Any) -> Iterator[Row]:
        found = self._read.execution_options(yield_per=10_000).execute(
            select(record.c.id, record.c.row_hash, record.c.canonical)
            .where(record.c.object == key, record.c.scope == scope, *conditions)
            .order_by(record.c.id)
        )
        for row in self._counter.counted(found):
            yield row.id, row.row_hash, row.canonical

    def _build_base(
        self, entry: SyncObject, scope: int, born: int, key_from: int | None = None, key_to: int | None = None
    ) -> None:
        """Builds a key range of a base (None: open end), as several segments if it has too many rows."""
        conditions = []
        if key_from is not None:
            conditions.append(record.c.id >= key_from)
        if key_to is not None:
            conditions.append(record.c.id <= key_to)
        chunks = _chunks(self._rows(entry.key, scope, *conditions))
        start = key_from
        chunk = next(chunks, [])
        while True:
            following = next(chunks, None)
            end = key_to if following is None else chunk[-1][0]
            self._add(entry.key, scope, "base", self._files.build(entry, scope, chunk), born, start, end)
            if following is None:
                return
            start, chunk = end + 1 if end is not None else None, following

    def _build_delta(self, entry: SyncObject, scope: int) -> None:
        """Builds deltas one segment at a time, because an import may have changed millions of rows."""
        dead: Sequence[int] = sorted(
            self._read.execute(
                select(tombstone.c.id).where(
                    tombstone.c.object == entry.key, tombstone.c.scope == scope, tombstone.c.revision > self._last
                )
            ).scalars()
        )
        chunks = _chunks(self._rows(entry.key, scope, record.c.revision > self._last))
        for part in chain((next(chunks, []),), chunks):
            self._add(entry.key, scope, "delta", self._files.build(entry, scope, part, dead), self._target)
            dead = ()

    def _renew_base(self, entry: SyncObject, scope: int, bases: list[Any]) -> None:
        """Brings the base to this revision: rebuilds parts with changes; the others keep their files."""
        since = bases[0].to_revision
        for part in sorted(bases, key=lambda part: -(2**63) if part.key_from is None else part.key_from):
            if self._has_changes(entry.key, scope, part, since):
                self._superseded.append(part.id)
                self._build_base(entry, scope, part.born_revision, part.key_from, part.key_to)
            else:
                self._moved_bases.append(part.id)

    def _has_changes(self, key: str, scope: int, part: Any, since: int) -> bool:
        for table in (record, tombstone):
            query = select(table.c.id).where(table.c.object == key, table.c.scope == scope, table.c.revision > since)
            if part.key_from is not None:
                query = query.where(table.c.id >= part.key_from)
            if part.key_to is not None:
                query = query.where(table.c.id <= part.key_to)
            if self._read.execute(query.limit(1)).first():
                return True
        return False

    def _add(
        self,
        key: str,
        scope: int,
        kind: str,
        built: BuiltSegment,
        born: int,
        key_from: int | None = None,
        key_to: int | None = None,
    ) -> None:
        self._segments.append(
            _NewSegment(
                object=key,
                scope=scope,
                kind=kind,
                to_revision=self._target,
                born_revision=born,
                key_from=key_from,
                key_to=key_to,
                sha256=built.sha256,
                rows=built.rows,
                tombstones=built.tombstones,
                bytes=built.bytes,
                unpacked=built.unpacked,
                fields=built.fields,
            )
        )

    def write(self, connection: Connection, point: Checkpoint) -> None:
        """Writes the publication in the caller's transaction, whose commit makes it visible to devices."""
        at = clock.timestamp()
        connection.execute(insert(checkpoint_table).values(revision=point.revision, nonce=point.nonce, at=at))
        if self._segments:
            connection.execute(insert(segment), self._segments)
        if self._moved_bases:
            connection.execute(
                update(segment).where(segment.c.id.in_(self._moved_bases)).values(to_revision=point.revision)
            )
        if self._superseded:
            connection.execute(update(segment).where(segment.c.id.in_(self._superseded)).values(superseded_at=at))
        connection.execute(delete(scope_digest).where(scope_digest.c.object.in_(self._objects)))
        if self._digests:
            connection.execute(insert(scope_digest), self._digests)


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Yields the rows of one segment at a time: SEGMENT_ROWS, or fewer long ones."""
    chunk: list[Row] = []
    size = 0
    for row in rows:
        if len(chunk) == SEGMENT_ROWS or (chunk and size + len(row[2]) > MAX_SEGMENT_TEXT_BYTES):
            yield chunk
            chunk, size = [], 0
        chunk.append(row)
        size += len(row[2])
    if chunk:
        yield chunk


def _prune(connection: Connection) -> list[str]:
    """Removes what was superseded long ago; returns the digests of files that are no longer named.

    A checkpoint's age counts from when it was superseded, because devices could get it until then.
    Deltas that every base includes are superseded once devices have had as much time to catch up as
    checkpoints stay known.
    """
    horizon = clock.timestamp(clock.now() - timedelta(days=KEPT_DAYS))
    in_force = select(func.max(checkpoint_table.c.revision)).where(checkpoint_table.c.at < horizon).scalar_subquery()
    connection.execute(delete(checkpoint_table).where(checkpoint_table.c.revision < in_force))
    oldest = connection.execute(select(func.min(checkpoint_table.c.revision))).scalar() or 0
    connection.execute(delete(superseded).where(superseded.c.until <= oldest))
    base = segment.alias()
    base_revision = (
        select(func.min(base.c.to_revision))
        .where(
            base.c.object == segment.c.object,
            base.c.scope == segment.c.scope,
            base.c.kind == "base",
            base.c.superseded_at.is_(None),
        )
        .scalar_subquery()
    )
    is_old_delta = (
        (segment.c.kind == "delta") & (segment.c.to_revision <= oldest) & (segment.c.to_revision <= base_revision)
    )
    is_old_base = segment.c.superseded_at < horizon
    doomed = connection.execute(select(segment.c.id, segment.c.sha256).where(is_old_delta | is_old_base)).all()
    if not doomed:
        return []
    connection.execute(delete(segment).where(segment.c.id.in_([row.id for row in doomed])))
    named = set(
        connection.execute(
            select(segment.c.sha256).where(segment.c.sha256.in_([row.sha256 for row in doomed]))
        ).scalars()
    )
    return [row.sha256 for row in doomed if row.sha256 not in named]
