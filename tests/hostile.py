"""A gateway that answers wrongly on purpose: what the real one says is changed on its way out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec

Change = Callable[[Any], Any]
"""Gets a decoded answer; returns what to say instead: bytes as they are, anything else as JSON."""
Headers = list[tuple[bytes, bytes]]


@dataclass
class Answers:
    """Changes the answers whose path begins with `path`, while `change` is set; `status` and `headers` are said too."""

    path: str = "/"
    change: Change | None = None
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()

    def tell(self, path: str, change: Change) -> None:
        self.path, self.change = path, change

    def tell_the_truth(self) -> None:
        self.change, self.status, self.headers = None, None, ()

    def around(self, app: Any) -> Any:
        """The application with its answers changed."""

        async def changed(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] != "http" or self.change is None or not scope["path"].startswith(self.path):
                await app(scope, receive, send)
                return
            start: dict[str, Any] = {}
            body = bytearray()

            async def hold(message: Any) -> None:
                if message["type"] == "http.response.start":
                    start.update(message)
                elif message["type"] == "http.response.body":
                    body.extend(message.get("body", b""))

            await app(scope, receive, hold)
            content = self._content(bytes(body))
            start["headers"] = self._headers(start["headers"], len(content))
            start["status"] = self.status or start["status"]
            await send(start)
            await send({"type": "http.response.body", "body": content})

        return changed

    def _content(self, body: bytes) -> bytes:
        assert self.change is not None
        try:
            answer = msgspec.json.decode(body)
        except msgspec.MsgspecError:
            answer = body
        said = self.change(answer)
        return said if isinstance(said, bytes) else msgspec.json.encode(said)

    def _headers(self, headers: Headers, length: int) -> Headers:
        kept = [(name, value) for name, value in headers if name.lower() != b"content-length"]
        mine = [(name.lower().encode(), value.encode("latin-1")) for name, value in self.headers]
        return [*kept, (b"content-length", str(length).encode()), *mine]
