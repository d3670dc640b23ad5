"""The one place where HTTP happens, and where the gateway's problems become errors of ours.

Every request is counted, every body limited while it is read, every answer must carry the gateway's mark: anything else
(a captive portal's page, a proxy's error) is never parsed as data. Redirects are not followed. TLS is always verified.
"""

import asyncio
import ipaddress
import re
import ssl
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import httpx
import msgspec
import truststore

from salesapp import __version__
from salesapp.errors import NO_ANSWER, AuthorizationError, GatewayError, NetworkError, UsageError, UserFacingError
from salesapp.protocol import limits
from salesapp.protocol.messages import PROTOCOL, UNREADABLE, Answer, Message, Problem
from salesapp.protocol.paths import LOGON, MARK_HEADER
from salesapp.sync.faults import translate
from salesapp.sync.retry import Backoff, RetryPolicy
from salesapp.sync.stopping import StopSignal, SyncStoppedError

AnswerT = TypeVar("AnswerT", bound=Answer)

TIMEOUT = httpx.Timeout(connect=10.0, read=30.0, write=30.0, pool=60.0)
_SECONDS = re.compile(r"[0-9]{1,6}")
_NOT_THE_GATEWAYS = ("network.", "device.", "object.")
"""Codes that a tablet gives itself."""
SLOW_S, SLOW_BYTES = 120.0, 16 * 1024
"""A line that brings less than that in so long is as good as cut: an answer must not go on for ever."""
_RETRIED_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504})
_CODES = {
    400: "gateway.bad_request",
    401: "auth.required",
    403: "auth.forbidden",
    404: "gateway.not_found",
    409: "gateway.conflict",
    413: "gateway.too_large",
    422: "gateway.bad_request",
    429: "gateway.busy",
    507: "gateway.upload_quota",
}


@dataclass
class Traffic:
    """What a run has cost so far: requests, and bytes of bodies."""

    requests: int = 0
    bytes_down: int = 0
    bytes_up: int = 0


def check_address(url: str) -> str:
    """The gateway's address without a slash at its end; refuses plain http to other computers."""
    parts = urlsplit(url.strip())
    try:
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise NetworkError("network.bad_address", url=url) from error
    if parts.scheme not in {"http", "https"} or not host or parts.query or parts.fragment or parts.username:
        raise NetworkError("network.bad_address", url=url)
    if parts.scheme == "http" and not _is_loopback(host):
        raise NetworkError("network.plain_http", url=url)
    return f"{parts.scheme}://{parts.netloc.lower()}{parts.path.rstrip('/')}"


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def tls_context(ca_file: Path | None = None) -> ssl.SSLContext:
    """Verifies against the operating system's trust store, and a private CA where one is configured.

    Raises UsageError when that CA's file cannot be used.
    """
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_file is not None:
        try:
            context.load_verify_locations(cafile=ca_file)
        except OSError as error:  # ssl.SSLError is one
            raise UsageError(f"the CA certificate {ca_file} cannot be used: {error.strerror or error}") from error
    return context


class Transport:
    """Requests to one gateway. `token` is sent to that gateway only."""

    def __init__(
        self,
        url: str,
        stop: StopSignal,
        *,
        ca_file: Path | None = None,
        policy: RetryPolicy | None = None,
        traffic: Traffic | None = None,
    ) -> None:
        self.url = check_address(url)
        self.token = ""
        self.traffic = traffic or Traffic()
        self._stop = stop
        self._backoff = Backoff(policy or RetryPolicy())
        is_tls = self.url.startswith("https:")
        self._client = httpx.AsyncClient(
            base_url=self.url,
            verify=tls_context(ca_file) if is_tls else False,  # plain http is loopback only
            timeout=TIMEOUT,
            follow_redirects=False,
            trust_env=is_tls,
            limits=httpx.Limits(max_connections=8),
            headers={"User-Agent": f"SalesApp/{__version__}", "Accept-Encoding": "identity"},
        )

    async def close(self) -> None:
        await self._client.aclose()

    async def call(
        self,
        method: str,
        path: str,
        body: Message | bytes | None,
        answer: type[AnswerT],
        *,
        limit: int = limits.MAX_ANSWER_BYTES,
        headers: dict[str, str] | None = None,
    ) -> AnswerT:
        """One request with a JSON answer, tried again when the world is at fault. All our requests are idempotent."""
        content = body if isinstance(body, bytes | None) else msgspec.json.encode(body)
        sent_headers = {"Content-Type": "application/json"} | (headers or {})
        attempt = 0
        while True:
            attempt += 1
            try:
                async with self._stream(method, path, content, sent_headers) as response:
                    raw = await self._read(response, limit)
            except (NetworkError, GatewayError) as error:
                await self.wait_or_raise(error, attempt)
                continue
            try:
                return msgspec.json.decode(raw, type=answer)
            except UNREADABLE as error:
                raise GatewayError("gateway.malformed", reason=type(error).__name__) from error

    @asynccontextmanager
    async def download(self, path: str, offset: int) -> AsyncIterator[tuple[int, AsyncIterator[bytes]]]:
        """An open file from `offset` on: the offset that the gateway really starts at, and the pieces."""
        headers = {"Range": f"bytes={offset}-"} if offset else {}
        async with self._stream("GET", path, None, headers) as response:
            start = offset if response.status_code == 206 else 0
            yield start, self._pieces(response)

    async def wait_or_raise(self, error: UserFacingError, attempt: int) -> None:
        """Waits before another attempt, or raises the error when there is none."""
        delay = self._backoff.delay(attempt, _retry_after(error)) if _is_transient(error) else None
        if delay is None:
            raise error
        try:
            async with asyncio.timeout(delay):
                await self._stop.wait()
        except TimeoutError:
            return
        raise SyncStoppedError

    @asynccontextmanager
    async def _stream(
        self, method: str, path: str, content: bytes | None, headers: dict[str, str]
    ) -> AsyncIterator[httpx.Response]:
        """An answer that is the gateway's and no problem; its body is not read yet."""
        self._stop.check()
        self.traffic.requests += 1
        self.traffic.bytes_up += len(content or b"")
        all_headers = headers | ({"Authorization": f"Bearer {self.token}"} if self.token else {})
        try:
            async with self._client.stream(method, path, content=content, headers=all_headers) as response:
                if MARK_HEADER not in response.headers:
                    raise _unmarked(response, self.url)
                if response.status_code >= 300:
                    raise await self._problem(response, path)
                yield response
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, OSError) as error:
            raise translate(error, self.url) from error

    async def _pieces(self, response: httpx.Response) -> AsyncIterator[bytes]:
        since, came = time.monotonic(), 0
        async for piece in response.aiter_raw():
            self.traffic.bytes_down += len(piece)
            self._stop.check()
            came += len(piece)
            if time.monotonic() - since > SLOW_S:
                if came < SLOW_BYTES:
                    raise NetworkError("network.timeout", url=self.url)
                since, came = time.monotonic(), 0
            yield piece

    async def _read(self, response: httpx.Response, limit: int) -> bytes:
        raw = bytearray()
        async for piece in self._pieces(response):
            raw += piece
            if len(raw) > limit:
                raise GatewayError("gateway.oversized", limit=limit)
        return bytes(raw)

    async def _problem(self, response: httpx.Response, path: str) -> UserFacingError:
        """The gateway's problem as an error; a body that cannot be read leaves the status to speak."""
        problem = Problem(code="")
        with suppress(*UNREADABLE, GatewayError):
            problem = msgspec.json.decode(await self._read(response, limits.MAX_ANSWER_BYTES), type=Problem)
        status = response.status_code
        params = {name: value for name, value in problem.params.items() if name not in {"status", "seconds"}}
        params |= _seconds(response.headers.get("Retry-After", problem.params.get("seconds", "")))
        params.setdefault("reason", "status " + str(status))
        if status == 429 and (path == LOGON or problem.code == "auth.throttled"):
            return AuthorizationError("auth.throttled", **params)
        if status == 404 and path == LOGON:  # it has its logon elsewhere
            return GatewayError("gateway.protocol", status=status, app=PROTOCOL, gateway="?")
        is_ours = problem.code.startswith(_NOT_THE_GATEWAYS)
        code = _CODES.get(status, "gateway.failed") if is_ours or not problem.code else problem.code
        if status in {401, 403}:
            return AuthorizationError(code if code.startswith("auth.") else _CODES[status], **params)
        return GatewayError(code, status=status, **params)


def _seconds(text: str) -> dict[str, str]:
    """How long to wait, as a gateway says it; nothing when that is no number."""
    return {"seconds": text} if _SECONDS.fullmatch(text) else {}


def _unmarked(response: httpx.Response, url: str) -> UserFacingError:
    """An answer without the gateway's mark: a proxy that fails in the gateway's stead, or something quite different."""
    if response.status_code in _RETRIED_STATUS and response.status_code >= 500:
        return GatewayError("gateway.failed", status=response.status_code)
    return NetworkError("network.captive_portal", url=url)


def _is_transient(error: UserFacingError) -> bool:
    if isinstance(error, GatewayError):
        return error.status in _RETRIED_STATUS
    return error.code in NO_ANSWER | {"network.timeout", "network.cut"}


def _retry_after(error: UserFacingError) -> float | None:
    try:
        return max(0.0, float(error.params.get("seconds", "")))
    except ValueError:
        return None
