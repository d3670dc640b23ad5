"""The rows of an import in a file, written while it is compared and read when the office accepts it.

A file is a sequence of blocks: lengths, the name of an object, and rows of it as compressed MessagePack.
The first block has no name and lists all objects.
"""

import hashlib
import os
import struct
from collections.abc import Iterator
from pathlib import Path

import msgspec
import zstandard

from salesapp.domain.schema import SyncObject
from salesapp.gateway.connectors.base import RowSource, SourceRow

BLOCK = 5_000
_LENGTHS = struct.Struct(">HI")


class RecordedRows(RowSource):
    """A connector that records rows as it hands them out."""

    def __init__(self, connector: RowSource, path: Path) -> None:
        self._connector = connector
        self._digest = hashlib.sha256()
        self._packer = zstandard.ZstdCompressor(level=1)
        objects = sorted(connector.objects)
        path.touch(mode=0o600)
        self._file = path.open("wb")
        self._write("", objects)

    @property
    def objects(self) -> frozenset[str]:
        return self._connector.objects

    @property
    def digest(self) -> str:
        """The digest of the file, equal for equal rows."""
        return self._digest.hexdigest()

    def rows(self, entry: SyncObject) -> Iterator[SourceRow]:
        block: list[SourceRow] = []
        for row in self._connector.rows(entry):
            block.append(row)
            if len(block) == BLOCK:
                self._write(entry.key, block)
                block = []
            yield row
        self._write(entry.key, block)

    def media(self, sha256: str) -> bytes:
        return self._connector.media(sha256)

    def close(self) -> None:
        self._file.close()

    def _write(self, key: str, block: object) -> None:
        name, content = key.encode(), msgspec.msgpack.encode(block)
        packed = self._packer.compress(content)
        written = _LENGTHS.pack(len(name), len(packed)) + name + packed
        self._digest.update(written)
        self._file.write(written)


def digest_of(path: Path) -> str:
    """Returns the digest of a file of rows; empty if it is missing."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


class KeptRows(RowSource):
    """A connector that reads such a file. Image files have been in the gateway since the import was compared."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._objects = frozenset(
            key for block in self._blocks("") for key in msgspec.msgpack.decode(block, type=list[str])
        )

    @property
    def objects(self) -> frozenset[str]:
        return self._objects

    def rows(self, entry: SyncObject) -> Iterator[SourceRow]:
        for block in self._blocks(entry.key):
            for row in msgspec.msgpack.decode(block, type=list[SourceRow]):
                yield SourceRow(row.key, tuple(entry.whole(row.values)))  # an older version may have kept them

    def _blocks(self, key: str) -> Iterator[bytes]:
        """Yields the blocks of an object, skipping those of others."""
        with self._path.open("rb") as file:
            while lengths := file.read(_LENGTHS.size):
                name_length, packed_length = _LENGTHS.unpack(lengths)
                if file.read(name_length).decode() == key:
                    yield zstandard.ZstdDecompressor().decompress(file.read(packed_length))
                else:
                    file.seek(packed_length, os.SEEK_CUR)
