"""Primary keys of rows. A key never means two rows, in any history of a gateway.

In a restored gateway a counter would start over and give a key to another row. So a
row's key is derived from the ERP's key, and the same row has the same key in every history. Keys from a counter of an
older version are far below these, and stay. See docs/decisions for bytes and collisions.
"""

import hashlib
import secrets
from collections.abc import Iterator
from itertools import count

BITS = 47
"""The widest that SQLite stores in six bytes."""
SMALLEST_FIRST = 2**33
"""Higher than any counter has come."""
SMALLEST_DERIVED = 2**40


def first_keys(*, is_new: bool) -> Iterator[int]:
    """Yields consecutive keys for the first rows of an object, from 1 in the process that makes the gateway.

    Otherwise they begin at random, because the gateway may be restored, and another history must not have the same.
    """
    if is_new:
        return count(1)
    return count(SMALLEST_FIRST + secrets.randbelow((SMALLEST_DERIVED - SMALLEST_FIRST) // 2))


def derived_keys(key: str, erp_key: str) -> Iterator[int]:
    """Yields the primary key of a row, then others in case another row has it already."""
    number = 0
    while True:
        text = f"{key} {number} {erp_key}".encode("utf-8", "surrogatepass")
        found = int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big") >> (64 - BITS)
        if found >= SMALLEST_DERIVED:
            yield found
        number += 1
