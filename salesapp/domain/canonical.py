"""The canonical form of a row, its 64-bit hash, and digests of sets of rows, which prove that an object is correct.

A row's canonical form is the JSON array of its values in the catalogue's order, without empty ones of added fields at
the end (`SyncObject.shortest`): integers, strings and null only, UTF-8, no white space; only quotation marks,
backslashes and control characters are escaped. Its hash is BLAKE2b with 64 bits, read as a big-endian signed integer,
over "<object key> <primary key> <canonical form>".
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

Value = int | str | None
"""A value as SQLite stores it and as it is hashed."""

_encoder = msgspec.json.Encoder()
_sorting_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(list[int | str | None])
_MASK_32 = 0xFFFFFFFF
_MASK_64 = 0xFFFFFFFFFFFFFFFF


def encode_values(values: Sequence[Value]) -> bytes:
    """Returns the canonical form of a row's values (without its primary key)."""
    return _encoder.encode(values)


def decode_values(canonical: bytes | str) -> list[Value]:
    """Returns the values of a canonical form. Raises `msgspec.MsgspecError` if it is malformed."""
    return _decoder.decode(canonical)


def canonical_json(value: Any) -> str:
    """Returns the text of a nested field: keys sorted, no white space. Numbers must be integers or decimal strings."""
    return _sorting_encoder.encode(value).decode()


def row_hash(object_key: str, key: int, canonical: bytes) -> int:
    """Returns the signed 64-bit hash of one row."""
    digest = hashlib.blake2b(b"%s %d %s" % (object_key.encode(), key, canonical), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


@dataclass(frozen=True, slots=True)
class Digest:
    """The count of a set of rows, and the sums (modulo 2**64) of the low and high 32-bit halves of their hashes.

    Digests of disjoint sets add up; the order of rows does not matter.
    """

    count: int = 0
    low: int = 0
    high: int = 0

    def __add__(self, other: "Digest") -> "Digest":
        return Digest(self.count + other.count, (self.low + other.low) & _MASK_64, (self.high + other.high) & _MASK_64)

    def __sub__(self, other: "Digest") -> "Digest":
        return Digest(self.count - other.count, (self.low - other.low) & _MASK_64, (self.high - other.high) & _MASK_64)

    @property
    def text(self) -> str:
        """The two sums as 32 hexadecimal characters; the count is sent separately."""
        return f"{self.low:016x}{self.high:016x}"

    @classmethod
    def parse(cls, count: int, text: str) -> "Digest":
        return cls(count, int(text[:16], 16), int(text[16:], 16))

    @classmethod
    def of(cls, hashes: Iterable[int]) -> "Digest":
        """Returns the digest of rows with these hashes."""
        count = low = high = 0
        for value in hashes:
            count += 1
            low += value & _MASK_32
            high += (value >> 32) & _MASK_32
        return cls(count, low & _MASK_64, high & _MASK_64)


DIGEST_COLUMNS = (
    "count(*)",
    "coalesce(sum(row_hash & 4294967295), 0)",
    "coalesce(sum((row_hash >> 32) & 4294967295), 0)",
)
DIGEST_SQL = ", ".join(DIGEST_COLUMNS)
"""The columns of a digest in SQL (SQLite and PostgreSQL); `Digest(*row)` takes the result."""


def root_digest(digests: Iterable[tuple[str, Digest]]) -> str:
    """Returns the hash over (object key, count, digest) of objects sorted by key: 64 hexadecimal characters."""
    rows = sorted((key, digest.count, digest.text) for key, digest in digests)
    return hashlib.sha256(_encoder.encode(rows)).hexdigest()
