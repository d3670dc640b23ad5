"""HTTP on one connection: uvicorn's fast protocol, with the limits that it lacks.

Sizes are held where bytes arrive. Times are held by a look at every connection each second (`is_late`): what a
connection waits for follows from its state, so no timer can be forgotten or put off by sending a little.
"""

import asyncio
import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_HEAD_BYTES = 32 * 1024
"""Request line and headers, and the trailers of a body that comes in chunks."""
MAX_HEADERS = 100
MAX_PIPELINED = 8
_SLICE = 64 * 1024


class Phase(enum.Enum):
    """What a connection waits for."""

    HANDSHAKE = enum.auto()
    IDLE = enum.auto()  # the next request
    HEAD = enum.auto()  # the rest of a head, or the first request
    BODY = enum.auto()
    WORKING = enum.auto()  # for us
    REST = enum.auto()  # the rest of a body that was answered already
    UNREAD = enum.auto()  # the client reads nothing of the answer
    CLOSING = enum.auto()  # the client has to take what was written


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds for each phase. A body has `body_s`, and beyond them must come at `body_rate` bytes a second."""

    idle_s: float = 30.0
    head_s: float = 15.0
    body_s: float = 30.0
    body_rate: float = 500.0
    rest_s: float = 10.0
    unread_s: float = 120.0

    def seconds(self, phase: Phase, received: int) -> float:
        """How long a phase may last in which so many bytes came."""
        return {
            Phase.IDLE: self.idle_s,
            Phase.HEAD: self.head_s,
            Phase.BODY: self.body_s + received / self.body_rate,
            Phase.REST: self.rest_s,
            Phase.UNREAD: self.unread_s,
            Phase.CLOSING: self.unread_s,
        }.get(phase, float("inf"))  # a handshake has a limit of its own, and our own work keeps nobody's place


class _RefusedError(Exception):
    """Ends the parsing of what is not taken."""


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
        self._steps = 0  # requests begun, answers given and buffers filled: what makes a phase another one of its kind
        self._seen: tuple[Phase, int] = (Phase.HANDSHAKE, 0)
        self._since, self._before = 0.0, 0  # when that was seen first, and the bytes of the body until then

    def _reset(self) -> None:
        self._raw_bytes = 0  # read while a head is not complete, of which the parser says nothing yet
        self._head_bytes = self._head_count = self._body_bytes = self._framing_bytes = 0

    def enter(self, group: str, on_lost: "Callable[[Connection], None]") -> None:
        """Says where it is counted, and who is told when it ends."""
        self.group, self._on_lost = group, on_lost

    def abort(self) -> None:
        """Ends it at once, whatever is still to be written."""
        if self.is_open:
            self.transport.abort()

    def phase(self) -> Phase:
        """What it waits for now."""
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
        """Whether it has been waiting for its client for too long."""
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
        """Feeds the parser in slices: what it gathers in between is bounded."""
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
        """A head that does not end, or a body that is more frame than content (extensions, trailers, tiny chunks)."""
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
            self.cycle.body.clear()  # nobody reads it any more
        super().on_response_complete()

    def send_400_response(self, msg: str) -> None:
        """Says what was wrong where an answer fits; in the middle of another one there is no place for it."""
        cycle = self.cycle
        if self.pipeline or (cycle is not None and cycle.response_started and not cycle.response_complete):
            self.abort()
            return
        content = b"HTTP/1.1 " + self._status + b"\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
        self.transport.write(content)
        self.transport.close()

    def _unsupported_upgrade_warning(self) -> None:
        """Another protocol is not spoken here: the request is answered as it is, and the connection ends with it."""
        if self.cycle is not None:
            self.cycle.keep_alive = False
