"""Makes segments: compressed SQLite files of rows, named by their SHA-256, and read back to prove them."""

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import zstandard
from sqlalchemy import select

from salesapp.disk import sweep, sweep_abandoned, sweep_old, write_whole
from salesapp.domain.canonical import Digest, Value, decode_values, encode_values, row_hash
from salesapp.domain.schema import SyncObject
from salesapp.gateway.database import Database
from salesapp.gateway.scopes import Entitlement
from salesapp.gateway.tables import segment as segment_table
from salesapp.protocol.segments import (
    CREATE_TOMBSTONE,
    PAGE_SIZE,
    TOMBSTONE,
    UPSERT,
    ZSTD_LEVEL,
    columns,
    create_table,
)


@dataclass(frozen=True, slots=True)
class BuiltSegment:
    """A finished segment."""

    sha256: str
    rows: int
    tombstones: int
    bytes: int
    unpacked: int
    fields: int
    """The number of the object's fields in it."""


class SegmentDamagedError(Exception):
    """A new segment does not read back correctly: a bug or a failing disk."""


class SegmentFiles:
    """The folder of segments."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "segments"

    def path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / f"{sha256}.zst"

    def build(
        self,
        entry: SyncObject,
        scope: int,
        rows: Sequence[tuple[int, int, str]],
        tombstones: Iterable[int] = (),
    ) -> BuiltSegment:
        """Writes a segment from rows (id, row_hash, canonical) and deleted keys, both in key order.

        Raises SegmentDamagedError if it does not read back.
        """
        decoded = [(id_, hash_, decode_values(canonical)) for id_, hash_, canonical in rows]
        fields = max((len(values) for _, _, values in decoded), default=entry.least)
        content, dead = _made(entry, scope, decoded, tombstones, fields)
        packed = zstandard.ZstdCompressor(level=ZSTD_LEVEL).compress(content)
        _prove(packed, entry, scope, Digest.of(row[1] for row in rows), dead)
        sha256 = hashlib.sha256(packed).hexdigest()
        self._place(sha256, packed)
        return BuiltSegment(sha256, len(rows), dead, len(packed), len(content), fields)

    def _place(self, sha256: str, packed: bytes) -> None:
        path = self.path(sha256)
        if path.exists():
            path.touch()  # needed again
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, packed)

    def remove(self, digests: Iterable[str]) -> None:
        """Removes segments that no row names any more, unless another program holds them."""
        sweep(self.path(sha256) for sha256 in digests)

    def sweep(self, named: set[str]) -> None:
        """Removes what an earlier publication could not remove, and what a killed one left."""
        sweep_abandoned(self._folder)
        sweep_old(path for path in self._folder.glob("*/*.zst") if path.stem not in named)


def _made(
    entry: SyncObject,
    scope: int,
    rows: Iterable[tuple[int, int, list[Value]]],
    tombstones: Iterable[int],
    fields: int,
) -> tuple[bytes, int]:
    """Returns the plain file (equal bytes for equal rows) and the number of tombstones, without touching the disk."""
    names = columns(entry, fields)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for statement in (
            f"PRAGMA page_size={PAGE_SIZE}",
            create_table(entry, UPSERT, fields),
            CREATE_TOMBSTONE,
            "BEGIN",
        ):
            connection.execute(statement)
        places = ", ".join("?" * len(names))
        connection.executemany(
            f"INSERT INTO {UPSERT} VALUES ({places})",
            ((id_, scope, *entry.whole(values)[:fields], hash_) for id_, hash_, values in rows),
        )
        connection.executemany(f"INSERT INTO {TOMBSTONE} VALUES (?)", ((id_,) for id_ in tombstones))
        connection.execute("COMMIT")
        dead = int(connection.execute(f"SELECT count(*) FROM {TOMBSTONE}").fetchone()[0])
        return connection.serialize(), dead


def _prove(packed: bytes, entry: SyncObject, scope: int, expected: Digest, tombstones: int) -> None:
    """Reads the packed file back and recomputes every hash from the values."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(zstandard.ZstdDecompressor().decompress(packed))
        hashes: list[int] = []
        for row in connection.execute(f"SELECT * FROM {UPSERT}"):
            hash_ = row_hash(entry.key, row[0], encode_values(entry.shortest(row[2:-1])))
            if hash_ != row[-1] or row[1] != scope:
                raise SegmentDamagedError(f"{entry.key} {row[0]}")
            hashes.append(hash_)
        dead = connection.execute(f"SELECT count(*) FROM {TOMBSTONE}").fetchone()[0]
    if Digest.of(hashes) != expected or dead != tombstones:
        raise SegmentDamagedError(entry.key)


@dataclass(frozen=True, slots=True)
class ServedSegment:
    """A segment that a user may fetch."""

    path: Path
    object_key: str


def served_segment(database: Database, sha256: str, entitlement: Entitlement) -> ServedSegment | None:
    """Returns a segment if the user may see its scope."""
    with database.read() as connection:
        found = connection.execute(
            select(segment_table.c.object, segment_table.c.scope).where(segment_table.c.sha256 == sha256)
        ).all()
    path = SegmentFiles(database.folder).path(sha256)
    for row in found:
        if entitlement.allows(row.scope) and path.exists():
            return ServedSegment(path, row.object)
    return None
