"""Identifiers made on a device: UUID version 7 (RFC 9562), which sort by creation time."""

import os
import uuid

from salesapp import clock


def new_id() -> str:
    """Returns a new UUIDv7 as text."""
    stamp = round(clock.now().timestamp() * 1_000)
    value = (stamp & (2**48 - 1)) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | (0x7 << 76)
    value = value & ~(0x3 << 62) | (0x2 << 62)
    return str(uuid.UUID(int=value))
