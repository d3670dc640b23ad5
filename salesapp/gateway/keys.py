"""Primary keys of rows. None ever means two rows, in whatever history of a gateway it was given.

A key from a counter means another row once the counter starts again, in a gateway that came back from a backup. So a
row's key follows from the ERP's own key: the same row has the same key in every history. Keys that a counter of an
older version gave stay as they are; they are far below all of these. docs/decisions tells of bytes and collisions.
"""

import hashlib
import secrets
from collections.abc import Iterator
from itertools import count

BITS = 47
"""As wide as SQLite stores in six bytes."""
SMALLEST_FIRST = 2**33
"""No counter has come so far."""
SMALLEST_DERIVED = 2**40


def first_keys(*, is_new: bool) -> Iterator[int]:
    """Keys for the first rows of an object, one after the other: from 1 in the process that makes the gateway.

    Elsewhere from a random start: the gateway may be one that came back, and no other history has these.
    """
    if is_new:
        return count(1)
    return count(SMALLEST_FIRST + secrets.randbelow((SMALLEST_DERIVED - SMALLEST_FIRST) // 2))


def derived_keys(key: str, erp_key: str) -> Iterator[int]:
    """The primary key of a row of an object; the further ones are for a row whose key another row has already."""
    number = 0
    while True:
        text = f"{key} {number} {erp_key}".encode("utf-8", "surrogatepass")
        found = int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big") >> (64 - BITS)
        if found >= SMALLEST_DERIVED:
            yield found
        number += 1
