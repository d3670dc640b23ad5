"""A line between tablet and gateway that fails on purpose: a TCP proxy in a thread."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self

Answer = Callable[[bytes], bytes | None]
"""Gets a request's head; returns an answer to give instead of the gateway's, or None to forward the request."""


@dataclass
class FaultyLine:
    """Forwards bytes until it fails. `budget` is the number of bytes of answers before the line is cut."""

    target: int
    budget: int | None = None
    answer: Answer | None = None
    loses: Callable[[bytes], bool] | None = None
    """Gets a request's head; returns whether the gateway's answer to it gets lost."""
    flip_at: int | None = None
    """Position of a corrupted byte in the stream of answers."""
    stall: bool = False
    passed: int = 0
    connections: int = 0
    _listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    _open: list[socket.socket] = field(default_factory=list)
    _threads: list[threading.Thread] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _closing: bool = False

    def __enter__(self) -> Self:
        self._spawn(self._accept)
        return self

    def __exit__(self, *_exc: object) -> None:
        self._closing = True
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._open:
            self._end(connection)
        for thread in self._threads:
            thread.join(timeout=5)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def _spawn(self, work: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._closing:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(client)
            self._spawn(self._serve, client)

    def _serve(self, client: socket.socket) -> None:
        with suppress(OSError):
            if self.answer is None and self.loses is None:
                server = socket.create_connection(("127.0.0.1", self.target))
                self._open.append(server)
                self._spawn(self._up, client, server)
                self._down(server, client)
                self._end(server)
            else:
                self._answer_all(client)
        self._end(client)

    def _up(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while data := client.recv(65536):
                server.sendall(data)
        with suppress(OSError):
            server.shutdown(socket.SHUT_WR)

    def _down(self, server: socket.socket, client: socket.socket) -> None:
        while data := server.recv(4096):
            with self._lock:
                start = self.passed
                if self.budget is not None:
                    data = data[: max(0, self.budget - start)]
                self.passed += len(data)
            if self.flip_at is not None and start <= self.flip_at < start + len(data):
                place = self.flip_at - start
                data = data[:place] + bytes([data[place] ^ 0x01]) + data[place + 1 :]
            if self.stall and self.budget is not None and not data:
                threading.Event().wait(30 if not self._closing else 0)
            client.sendall(data)
            if self.budget is not None and self.passed >= self.budget:
                return

    def _answer_all(self, client: socket.socket) -> None:
        """Answers each request of a connection, or forwards it to the gateway on a connection of its own."""
        pending = b""
        while True:
            while b"\r\n\r\n" not in pending:
                data = client.recv(65536)
                if not data:
                    return
                pending += data
            head, _, rest = pending.partition(b"\r\n\r\n")
            length = next(
                (
                    int(line.split(b":")[1])
                    for line in head.split(b"\r\n")
                    if line.lower().startswith(b"content-length")
                ),
                0,
            )
            while len(rest) < length:
                rest += client.recv(65536)
            body, pending = rest[:length], rest[length:]
            made = self.answer(head) if self.answer else None
            if made is None:
                made = self._from_gateway(head + b"\r\n\r\n" + body)
            if self.loses is not None and self.loses(head):
                return
            client.sendall(made)
            if b"connection: close" in made.lower().split(b"\r\n\r\n")[0]:
                return

    def _from_gateway(self, request: bytes) -> bytes:
        head, separator, body = request.partition(b"\r\n\r\n")
        lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection")]
        with socket.create_connection(("127.0.0.1", self.target)) as server:
            server.sendall(b"\r\n".join([*lines, b"Connection: close"]) + separator + body)
            answer = b""
            while data := server.recv(65536):
                answer += data
        return answer

    @staticmethod
    def _end(connection: socket.socket) -> None:
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
        connection.close()


def http_answer(status: str, body: bytes, *headers: str, content_type: str = "application/json") -> bytes:
    """A whole HTTP answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {content_type}", f"Content-Length: {len(body)}", "Connection: close"]
    return "\r\n".join([*lines, *headers]).encode() + b"\r\n\r\n" + body
