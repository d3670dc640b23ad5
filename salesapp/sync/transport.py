"""The only module with HTTP. Turns the gateway's problems into errors.

Every request is counted and every body limited while it is read. Every answer must carry the gateway's mark; others
(a captive portal's page, a proxy's error) are never parsed. Redirects are not followed. TLS is always verified.
Every request has a name that its answer repeats, so that a cached answer to another request is refused.
"""

import asyncio
import ipaddress
import math
import secrets
import ssl
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import httpx
import msgspec
import truststore

from salesapp import __version__, clock
from salesapp.errors import NO_ANSWER, AuthorizationError, GatewayError, NetworkError, UsageError, UserFacingError
from salesapp.protocol import limits
from salesapp.protocol.forms import moment_of
from salesapp.protocol.messages import PROTOCOL, UNREADABLE, Answer, Message, Problem
from salesapp.protocol.paths import HEALTH, LOGON, MARK_HEADER, REQUEST_HEADER, TIME_HEADER
from salesapp.store.clock_gap import Clocks
from salesapp.sync.faults import translate
from salesapp.sync.retry import Backoff, RetryPolicy, asked_wait_s
from salesapp.sync.stopping import LineHeldError, StopSignal, SyncStoppedError

AnswerT = TypeVar("AnswerT", bound=Answer)

TIMEOUT = httpx.Timeout(connect=10.0, read=30.0, write=30.0, pool=60.0)
_NOT_THE_GATEWAYS = ("network.", "device.", "object.")
"""Codes that only the tablet uses; a gateway must not answer with them."""
SLOW_S, SLOW_BYTES = 120.0, 16 * 1024
"""A connection that brings fewer bytes in this many seconds counts as cut, so that no answer lasts for ever."""
_TOO_MUCH = frozenset({408, 425, 429})
RETRIED_STATUS = _TOO_MUCH | {500, 502, 503, 504, *range(520, 531)}
"""Statuses that do not concern the request itself. Proxies use those from 520 on if the gateway is away."""
_LOGON_PAGE = 511
"""Network Authentication Required (RFC 6585), as captive portals answer."""
A_WHILE_S = 300
"""Seconds before a busy gateway is asked again if it does not say when."""
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
    """The traffic of a run so far: requests, and bytes of bodies."""

    requests: int = 0
    bytes_down: int = 0
    bytes_up: int = 0
    _asking: int = 0
    _silent_since: float | None = None

    @property
    def silent_s(self) -> float:
        """For how long the gateway has been asked without a word from it; 0 if nothing is asked."""
        return 0.0 if self._silent_since is None else time.monotonic() - self._silent_since

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Counts a request that is on its way. A silence lasts through the pause before the next attempt."""
        self._asking += 1
        self.wait()
        try:
            yield
        finally:
            self._asking -= 1
            if self._asking and self._silent_since is None:
                self.wait()

    def wait(self) -> None:
        """Something has to come from the gateway."""
        self._silent_since = self._silent_since or time.monotonic()

    def hear(self) -> None:
        """Something came from the gateway."""
        self._silent_since = None


def check_address(url: str) -> str:
    """Returns the gateway's address without a trailing slash.

    Raises NetworkError for anything that is not an address, and for plain http to another computer.
    """
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
    """Sends requests to one gateway. `token` goes to that gateway only."""

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
        self.clocks: Clocks | None = None
        """What both clocks showed at the last answer; None without an answer of a gateway that tells its time."""
        self.traffic = traffic or Traffic()
        self._stop = stop
        self._backoff = Backoff(policy or RetryPolicy())
        is_tls = self.url.startswith("https:")
        self._client = httpx.AsyncClient(
            base_url=self.url,
            verify=tls_context(ca_file) if is_tls else False,  # plain http only to this computer
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
        """Sends a request and returns its JSON answer. Retries what may pass; all requests are idempotent.

        Raises NetworkError, GatewayError or AuthorizationError, and SyncStoppedError for a stop.
        """
        content = body if isinstance(body, bytes | None) else msgspec.json.encode(body)
        sent_headers = {"Content-Type": "application/json"} | (headers or {})
        attempt = 0
        while True:
            attempt += 1
            try:
                return await self._call_once(method, path, content, sent_headers, answer, limit)
            except (NetworkError, GatewayError) as error:
                await self.wait_or_raise(error, attempt)

    async def _call_once(
        self, method: str, path: str, content: bytes | None, headers: dict[str, str], answer: type[AnswerT], limit: int
    ) -> AnswerT:
        name = secrets.token_hex(16)
        async with self._stream(method, path, content, headers | {REQUEST_HEADER: name}) as response:
            raw = await self._read(response, limit)
        try:
            found = msgspec.json.decode(raw, type=answer)
        except UNREADABLE as error:
            raise GatewayError("gateway.malformed", reason=type(error).__name__) from error
        if getattr(found, "answers", "") not in {"", name}:
            raise GatewayError("gateway.former_answer")
        return found

    @asynccontextmanager
    async def download(self, path: str, offset: int) -> AsyncIterator[tuple[int, AsyncIterator[bytes]]]:
        """Opens a file from `offset` on; yields the offset at which the gateway really starts, and the pieces."""
        headers = {"Range": f"bytes={offset}-"} if offset else {}
        async with self._stream("GET", path, None, headers) as response:
            start = offset if response.status_code == 206 else 0
            yield start, self._pieces(response)

    async def wait_or_raise(self, error: UserFacingError, attempt: int) -> None:
        """Waits before the next attempt, or raises the error if there is none left."""
        delay = self._backoff.delay(attempt) if _is_transient(error) else None
        if delay is None:
            raise error
        self._check_held()
        await self._pause(delay)

    async def _pause(self, seconds: float) -> None:
        """Waits; raises SyncStoppedError as soon as the sync is stopped."""
        try:
            async with asyncio.timeout(seconds):
                await self._stop.wait()
        except TimeoutError:
            return
        raise SyncStoppedError

    async def _wait_while_held(self) -> None:
        """Waits out the hold that an earlier answer asked for."""
        while self._backoff.held_s > 0:
            self._check_held()
            await self._pause(self._backoff.held_s)

    def _check_held(self) -> None:
        """Raises LineHeldError if the hold is longer than the run may wait."""
        if self._backoff.is_held_too_long:
            raise LineHeldError("gateway.busy", until=_in(self._backoff.held_s))

    @asynccontextmanager
    async def _stream(
        self, method: str, path: str, content: bytes | None, headers: dict[str, str]
    ) -> AsyncIterator[httpx.Response]:
        """Yields a successful answer of the gateway, its body still unread."""
        await self._wait_while_held()
        self._stop.check()
        self.traffic.requests += 1
        self.traffic.bytes_up += len(content or b"")
        all_headers = headers | ({"Authorization": f"Bearer {self.token}"} if self.token else {})
        try:
            with self.traffic.asking():
                async with self._client.stream(method, path, content=content, headers=all_headers) as response:
                    self.traffic.hear()
                    await self._check(response, path, headers)
                    yield response
                    self.traffic.hear()
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, OSError) as error:
            raise translate(error, self.url) from error

    async def _check(self, response: httpx.Response, path: str, headers: dict[str, str]) -> None:
        """Raises what an answer means that is not the gateway's answer to this request, or a problem."""
        if response.status_code >= 400:
            self._backoff.hold(asked_wait_s(response.headers) or 0.0)
        if MARK_HEADER not in response.headers:
            raise await self._unmarked(response.status_code)
        if response.headers.get(REQUEST_HEADER) not in {None, headers.get(REQUEST_HEADER)}:
            raise GatewayError("gateway.former_answer")
        there = moment_of(response.headers.get(TIME_HEADER, ""))
        if there is not None and REQUEST_HEADER in response.headers:  # an answer without a name may be a cached one
            self.clocks = Clocks(clock.now(), there)
        if response.status_code >= 300:
            raise await self._problem(response, path)

    async def _pieces(self, response: httpx.Response) -> AsyncIterator[bytes]:
        since, came = time.monotonic(), 0
        async for piece in response.aiter_raw():
            self.traffic.bytes_down += len(piece)
            self.traffic.hear()
            self._stop.check()
            came += len(piece)
            if time.monotonic() - since > SLOW_S:
                if came < SLOW_BYTES:
                    raise NetworkError("network.timeout", url=self.url)
                since, came = time.monotonic(), 0
            yield piece
            self.traffic.wait()
        self.traffic.hear()

    async def _read(self, response: httpx.Response, limit: int) -> bytes:
        raw = bytearray()
        async for piece in self._pieces(response):
            raw += piece
            if len(raw) > limit:
                raise GatewayError("gateway.oversized", limit=limit)
        return bytes(raw)

    async def _unmarked(self, status: int) -> UserFacingError:
        """Returns the meaning of an answer without the gateway's mark: it comes from a proxy or a captive portal.

        To tell a proxy that refuses one request from a captive portal, it asks for the gateway's health.
        """
        if status in _TOO_MUCH:
            return GatewayError("gateway.busy", status=status, until=_in(self._backoff.held_s or A_WHILE_S))
        if status >= 500 and status != _LOGON_PAGE:
            return GatewayError("gateway.failed", status=status)
        if 400 <= status < 500 and await self._gateway_answers():
            return GatewayError("gateway.refused_by_proxy", status=status)
        return NetworkError("network.captive_portal", url=self.url)

    async def _gateway_answers(self) -> bool:
        await self._wait_while_held()
        self.traffic.requests += 1
        async with self._client.stream("GET", HEALTH) as response:
            return MARK_HEADER in response.headers

    async def _problem(self, response: httpx.Response, path: str) -> UserFacingError:
        """Turns the gateway's problem into an error; falls back to the status if the body is unreadable."""
        problem = Problem(code="")
        with suppress(*UNREADABLE, GatewayError):
            problem = msgspec.json.decode(await self._read(response, limits.MAX_ANSWER_BYTES), type=Problem)
        status = response.status_code
        params = {name: value for name, value in problem.params.items() if name not in {"status", "seconds"}}
        wait = asked_wait_s(response.headers)
        if wait is None:
            wait = asked_wait_s({"Retry-After": problem.params.get("seconds", "")})
        params |= {} if wait is None else {"seconds": str(math.ceil(wait))}
        params.setdefault("reason", "status " + str(status))
        if status == 429 and (path == LOGON or problem.code == "auth.throttled"):
            return AuthorizationError("auth.throttled", **params)
        if status == 404 and path == LOGON:  # another version, with another path
            return GatewayError("gateway.protocol", status=status, app=PROTOCOL, gateway="?")
        is_ours = problem.code.startswith(_NOT_THE_GATEWAYS)
        code = _CODES.get(status, "gateway.failed") if is_ours or not problem.code else problem.code
        if code == "gateway.busy":
            params["until"] = _in(wait or A_WHILE_S)
        if status in {401, 403}:
            return AuthorizationError(code if code.startswith("auth.") else _CODES[status], **params)
        return GatewayError(code, status=status, **params)


def _in(seconds: float) -> str:
    """Returns the moment after so many seconds, as text."""
    return clock.timestamp(clock.now() + timedelta(seconds=seconds))


def _is_transient(error: UserFacingError) -> bool:
    if isinstance(error, GatewayError):
        return error.status in RETRIED_STATUS or error.code == "gateway.former_answer"
    return error.code in NO_ANSWER | {"network.timeout", "network.cut"}
