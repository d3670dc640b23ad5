"""HTTP on one connection: uvicorn's fast protocol with the limits that it lacks.

Sizes are checked as bytes arrive. Times are checked once a second for every connection (`is_late`): what a
connection waits for follows from its state, so that no timer can be forgotten or postponed by sending a little.
"""

import asyncio
import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_HEAD_BYTES = 32 * 1024
"""Bytes of request line and headers, and of trailers."""
MAX_HEADERS = 100
MAX_PIPELINED = 8
_SLICE = 64 * 1024


class Phase(enum.Enum):
    """What a connection waits for."""

    HANDSHAKE = enum.auto()
    IDLE = enum.auto()  # the next request
    HEAD = enum.auto()  # the rest of a head, or the first request
    BODY = enum.auto()
    WORKING = enum.auto()  # our answer
    REST = enum.auto()  # the rest of a body that is answered already
    UNREAD = enum.auto()  # the client does not read the answer
    CLOSING = enum.auto()  # the client must read the rest


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds for each phase. A body has `body_s`, plus a second for every `body_rate` bytes."""

    idle_s: float = 30.0
    head_s: float = 15.0
    body_s: float = 30.0
    body_rate: float = 500.0
    rest_s: float = 10.0
    unread_s: float = 120.0

    def seconds(self, phase: Phase, received: int) -> float:
        """Returns how long a phase may last in which this many bytes arrived."""
        return {
            Phase.IDLE: self.idle_s,
            Phase.HEAD: self.head_s,
            Phase.BODY: self.body_s + received / self.body_rate,
            Phase.REST: self.rest_s,
            Phase.UNREAD: self.unread_s,
            Phase.CLOSING: self.unread_s,
        }.get(phase, float("inf"))  # a handshake has its own limit, and our own work none


class _RefusedError(Exception):
    """Stops the parser on a refused request."""


class Connection(HttpToolsProtocol):
    """One connection, counted under the group of its address."""

    def __init__(self, *args: Any, patience: Patience, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = ""
        self.is_open = False
        self._on_lost: Callable[[Connection], None] = lambda _self: None
        self._patience = patience
        self._in_head = self._in_body = False
        self._reset()
        self._status = b"400 Bad Request"
        self._received = 0  # bytes of all bodies
        self._steps = 0  # requests begun, answers given, buffers filled: each starts a new phase
        self._seen: tuple[Phase, int] = (Phase.HANDSHAKE, 0)
        self._since, self._before = 0.0, 0  # when the phase was first seen, and the bytes of the body until then

    def _reset(self) -> None:
        self._raw_bytes = 0  # of a head that the parser has not finished
        self._head_bytes = self._head_count = self._body_bytes = self._framing_bytes = 0

    def enter(self, group: str, on_lost: "Callable[[Connection], None]") -> None:
        """Sets the group in which the connection counts, and the callback for its end."""
        self.group, self._on_lost = group, on_lost

    def abort(self) -> None:
        """Closes the connection at once, without writing the rest."""
        if self.is_open:
            self.transport.abort()

    def phase(self) -> Phase:
        """What the connection waits for now."""
        if not self.is_open:
            return Phase.HANDSHAKE
        if self.transport.is_closing():
            return Phase.CLOSING
        if self.flow.write_paused:
            return Phase.UNREAD
        if self.cycle is not None and not self.cycle.response_complete:
            return Phase.BODY if self._in_body and not self.flow.read_paused else Phase.WORKING
        if self._in_body:
            return Phase.REST
        return Phase.HEAD if self._in_head or self.cycle is None else Phase.IDLE

    def is_late(self, now: float) -> bool:
        """Whether the connection has waited for its client for too long."""
        seen = (self.phase(), self._steps)
        if seen != self._seen:
            self._seen, self._since, self._before = seen, now, self._received
            return False
        return now - self._since > self._patience.seconds(seen[0], self._received - self._before)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self.is_open = True

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self.pipeline.clear()
        self._on_lost(self)

    def data_received(self, data: bytes) -> None:
        """Feeds the parser in slices, which limits what it buffers."""
        for start in range(0, len(data), _SLICE):
            piece = data[start : start + _SLICE] if len(data) > _SLICE else data
            was_in_head, received = self._in_head, self._received
            super().data_received(piece)
            if self.transport.is_closing():
                return
            if self._in_head and was_in_head:
                self._raw_bytes += len(piece)
            if self._in_body:
                self._framing_bytes += len(piece) - (self._received - received)
            if self._is_too_large():
                self.send_400_response("Too much beside the content.")
                return

    def _is_too_large(self) -> bool:
        """Whether the head is endless, or the body more framing than content (extensions, trailers, tiny chunks)."""
        too_large = (
            max(self._head_bytes, self._raw_bytes) > MAX_HEAD_BYTES
            or self._head_count > MAX_HEADERS
            or self._framing_bytes > MAX_HEAD_BYTES + _SLICE + self._body_bytes
        )
        if too_large:
            self._status = b"431 Request Header Fields Too Large"
        return too_large

    def on_message_begin(self) -> None:
        self._in_head, self._in_body = True, False
        self._reset()
        self._steps += 1
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._head_count += 1
        self._count(len(name) + len(value) + 4)
        super().on_header(name, value)

    def _count(self, size: int) -> None:
        self._head_bytes += size
        if self._is_too_large():
            raise _RefusedError

    def on_headers_complete(self) -> None:
        self._in_head, self._in_body = False, True
        if len(self.pipeline) >= MAX_PIPELINED:
            raise _RefusedError
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._body_bytes += len(body)
        self._received += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._in_body = False
        super().on_message_complete()

    def pause_writing(self) -> None:
        self._steps += 1
        super().pause_writing()

    def on_response_complete(self) -> None:
        self._steps += 1
        if not self.pipeline:
            self.cycle.body.clear()  # no longer needed
        super().on_response_complete()

    def send_400_response(self, msg: str) -> None:
        """Answers what was wrong, unless another answer has begun."""
        cycle = self.cycle
        if self.pipeline or (cycle is not None and cycle.response_started and not cycle.response_complete):
            self.abort()
            return
        content = b"HTTP/1.1 " + self._status + b"\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
        self.transport.write(content)
        self.transport.close()

    def _unsupported_upgrade_warning(self) -> None:
        """Ignores upgrades: answers the request itself and closes the connection."""
        if self.cycle is not None:
            self.cycle.keep_alive = False
