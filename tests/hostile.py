"""A gateway that answers wrongly on purpose: real answers are falsified."""

import hashlib
import itertools
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import zstandard

from salesapp.domain.schema import SyncObject
from salesapp.protocol.paths import MARK_HEADER, SEGMENTS
from salesapp.protocol.segments import CREATE_TOMBSTONE, PAGE_SIZE, UPSERT, create_table

Change = Callable[[Any], Any]
"""Gets a decoded answer; returns its replacement: bytes are sent unchanged, anything else as JSON."""
Headers = list[tuple[bytes, bytes]]
Place = tuple[str | int, ...]
"""The place of a value in an answer."""

MANY = 300_000
NASTY: dict[str, bytes] = {
    "negative": b"-1",
    "zero": b"0",
    "one": b"1",
    "2**31": b"2147483648",
    "2**63 - 1": b"9223372036854775807",
    "2**63": b"9223372036854775808",
    "2**64": b"18446744073709551616",
    "a number of a thousand digits": b"9" * 1000,
    "1e400": b"1e400",
    "a fraction": b"0.5",
    "NaN": b"NaN",
    "null": b"null",
    "true": b"true",
    "an empty text": b'""',
    "a text": b'"x"',
    "a long text": b'"' + b"x" * 1_000_000 + b'"',
    "a long digest": b'"' + b"0" * 1_000 + b'"',
    "letters": '"Żółć ٣"'.encode(),
    "NUL": b'"\\u0000"',
    "a line break": b'"a\\nb"',
    "a lone surrogate": b'"\\ud800"',
    "bytes that are no UTF-8": b'"\xff\xfe"',
    "two lines": b'"a\\r\\nX: y"',
    "a blank": b'"a b"',
    "a path": b'"../x"',
    "an exponent as text": b'"1E+999999"',
    "an empty list": b"[]",
    "an empty mapping": b"{}",
    "a list of many": b"[" + b"1," * MANY + b"1]",
    "a list of anything": b'[null, "x", {}, [], -1]',
    "deep nesting": b"[" * 20_000 + b"]" * 20_000,
    "missing": b"",
}
"""JSON of values that no real gateway sends in some fields; empty: the field is removed."""
_HOLE = "@hole@"


def falsified(answer: Any, place: Place, value: bytes) -> bytes:
    """Returns the answer as JSON, with another value at this place."""
    copy = msgspec.json.decode(msgspec.json.encode(answer))
    parent = copy
    for step in place[:-1]:
        parent = parent[step]
    if value:
        parent[place[-1]] = _HOLE
    else:
        del parent[place[-1]]
    return msgspec.json.encode(copy).replace(f'"{_HOLE}"'.encode(), value)


def places(answer: Any, before: Place = ()) -> Iterator[Place]:
    """Yields every place in an answer; for lists, that of the first item."""
    items = answer.items() if isinstance(answer, dict) else enumerate(answer[:1]) if isinstance(answer, list) else ()
    for name, value in items:
        yield (*before, name)
        yield from places(value, (*before, name))


def saying(at: Place, name: str, base: Any = None, *, told: bool = True) -> Change:
    """Returns the base, with a hostile value at a place if there is one."""
    return lambda answer: falsified((base or {}) | (answer if told else {}), at, NASTY[name])


def rotated(fields: Sequence[Any], each: int) -> list[tuple[Any, str]]:
    """Pairs each field with some values, such that every value is used."""
    names = itertools.cycle(NASTY)
    return [(field, next(names)) for field in fields for _ in range(each)]


@dataclass
class Answers:
    """Falsifies answers whose path begins with `path`, while `change` is set; also sets `status` and `headers`."""

    path: str = "/"
    change: Change | None = None
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    files: dict[str, bytes] = field(default_factory=dict)
    """Answers for paths that are not forwarded to the gateway."""
    asked: list[str] = field(default_factory=list)

    def tell(self, path: str, change: Change) -> None:
        self.path, self.change = path, change

    def tell_the_truth(self) -> None:
        self.change, self.status, self.headers = None, None, ()
        self.files.clear()

    def around(self, app: Any) -> Any:
        """Returns the application with falsified answers."""

        async def changed(scope: Any, receive: Any, send: Any) -> None:
            path = scope.get("path", "")
            self.asked.append(path)
            if path in self.files:
                await self._say(send, {"status": 200, "headers": [(MARK_HEADER.encode(), b"1")]}, self.files[path])
            elif scope["type"] != "http" or self.change is None or not path.startswith(self.path):
                await app(scope, receive, send)
            else:
                start, body = await _held(app, scope, receive)
                start["status"] = self.status or start["status"]
                await self._say(send, start, self._content(body))

        return changed

    async def _say(self, send: Any, start: dict[str, Any], content: bytes) -> None:
        kept = [(name, value) for name, value in start["headers"] if name.lower() != b"content-length"]
        mine = [(name.lower().encode(), value.encode("latin-1")) for name, value in self.headers]
        headers = [*kept, (b"content-length", str(len(content)).encode()), *mine]
        await send({"type": "http.response.start", "status": start["status"], "headers": headers})
        await send({"type": "http.response.body", "body": content})

    def _content(self, body: bytes) -> bytes:
        assert self.change is not None
        try:
            answer = msgspec.json.decode(body)
        except msgspec.MsgspecError:
            answer = body
        said = self.change(answer)
        return said if isinstance(said, bytes) else msgspec.json.encode(said)


async def _held(app: Any, scope: Any, receive: Any) -> tuple[dict[str, Any], bytes]:
    """Returns a complete answer of an application."""
    start: dict[str, Any] = {}
    body = bytearray()

    async def hold(message: Any) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        elif message["type"] == "http.response.body":
            body.extend(message.get("body", b""))

    await app(scope, receive, hold)
    return start, bytes(body)


def segment_file(entry: SyncObject, fill: Callable[[sqlite3.Connection], object], *statements: str) -> bytes:
    """Returns a SQLite file like the gateway's, filled by a test; `statements` replace those that create its tables."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "segment.sqlite"
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA page_size={PAGE_SIZE}")
            connection.execute("PRAGMA journal_mode=OFF")
            for statement in statements or (create_table(entry, UPSERT), CREATE_TOMBSTONE):
                connection.execute(statement)
            fill(connection)
        return path.read_bytes()


def offer(answers: Answers, key: str, plain: bytes, *, packed: bytes | None = None, **said: Any) -> None:
    """Offers this file as the only segment of an object; `said` overrides values of the manifest."""
    content = zstandard.ZstdCompressor().compress(plain) if packed is None else packed
    sha256 = hashlib.sha256(content).hexdigest()

    def change(manifest: Any) -> Any:
        for plan in manifest["objects"]:
            if plan["key"] == key:
                first = next(segment for segment in plan["segments"] if segment["rows"])
                told = {"sha256": sha256, "bytes": len(content), "unpacked": len(plain)}
                plan["segments"] = [first | told | said]
                plan["fresh"] = True
        return manifest

    answers.files[f"{SEGMENTS}/{sha256}"] = content
    answers.tell("/v1/manifest", change)
