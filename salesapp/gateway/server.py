"""Serves the gateway's app with uvicorn: plain http on loopback only, TLS 1.2 or newer."""

import asyncio
import ipaddress
import logging
import math
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Thread
from typing import cast

import uvicorn
from filelock import FileLock, Timeout
from starlette.types import ASGIApp, Receive, Scope, Send

from salesapp.domain.catalogue import Catalogue
from salesapp.errors import UsageError
from salesapp.gateway.accounts import remove_ended_sessions
from salesapp.gateway.addresses import Proxies
from salesapp.gateway.app import create_app
from salesapp.gateway.database import Database
from salesapp.gateway.doors import Door, DoorLimits
from salesapp.gateway.faults import Faults
from salesapp.gateway.folder import remembered_source, serve_lock
from salesapp.gateway.publisher import publish
from salesapp.gateway.quotas import Quotas
from salesapp.gateway.rows import get_meta
from salesapp.gateway.wire import Connection

log = logging.getLogger(__name__)

MOST_CONNECTIONS_WAITING = 512
TICKS_A_SECOND = 10


def serve(
    database: Database,
    catalogue: Catalogue,
    *,
    host: str,
    port: int,
    tls: tuple[Path, Path] | None,
    faults: Faults,
    accel_prefix: str = "",
    limits: DoorLimits | None = None,
    proxies: Proxies | None = None,
    quotas: Quotas | None = None,
    until: Callable[[], None] | None = None,
) -> None:
    """Serves until SIGINT or SIGTERM, or until `until` returns. Prints its address once it listens.

    Raises UsageError for plain http beyond this computer, a used address, or a gateway that already serves.
    """
    if tls is None and not _is_loopback(host):
        raise UsageError(f"plain http works on this computer only: {host} needs --tls-cert and --tls-key")
    context = tls_context(*tls) if tls else None
    with _serving(database.folder), listen(host, port) as listening:
        publish(database, catalogue)
        remove_ended_sessions(database)
        app = create_app(
            database,
            catalogue,
            remembered_source(database).connector(catalogue, database),
            faults=faults,
            accel_prefix=accel_prefix,
            quotas=quotas,
        )
        server = GatewayServer(
            app,
            context=context,
            limits=limits,
            proxies=proxies,
            announcement=_announcement(database, host, listening, is_tls=tls is not None),
        )
        if until is not None:
            Thread(target=server.end_after, args=(until,), daemon=True).start()
        server.run(sockets=[listening])


@contextmanager
def _serving(folder: Path) -> Iterator[None]:
    """Holds the lock of the serving gateway. Raises UsageError if another process holds it."""
    lock = FileLock(serve_lock(folder), timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise UsageError(f"another process already serves {folder}") from error
    try:
        yield
    finally:
        lock.release()


def _announcement(database: Database, host: str, listening: socket.socket, *, is_tls: bool) -> str:
    with database.read() as connection:
        gateway_id = get_meta(connection, "gateway_id")
    shown = f"[{host}]" if ":" in host else host
    address = f"{'https' if is_tls else 'http'}://{shown}:{listening.getsockname()[1]}"
    return f"Gateway {gateway_id} is serving on {address}"


class GatewayServer(uvicorn.Server):
    """uvicorn with our own `Door`. Every way to serve the gateway uses it, tests included."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        context: ssl.SSLContext | None = None,
        limits: DoorLimits | None = None,
        proxies: Proxies | None = None,
        announcement: str = "",
    ) -> None:
        self._context = context
        self._limits = limits or DoorLimits()
        self._proxies = proxies or Proxies()
        self._announcement = announcement
        self._doors: list[Door] = []
        config = uvicorn.Config(
            app if self._proxies else _Unbelieving(app),
            loop="asyncio",
            http=Connection,
            ws="none",
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=bool(self._proxies),
            forwarded_allow_ips=self._proxies.as_listed(),
            timeout_keep_alive=math.ceil(self._limits.patience.idle_s),
            timeout_graceful_shutdown=5,
        )
        super().__init__(config)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Opens a door for each socket and announces on standard output that it listens."""
        await super().startup(sockets=[])
        limits = self._limits.fitted()
        for listening in sockets or []:
            door = Door(listening, limits, self._proxies, partial(self._connection, limits), self._context)
            self._doors.append(door)
            self.servers.append(cast("asyncio.Server", door))  # uvicorn only closes it and waits for it
        if self._announcement:
            print(self._announcement, flush=True)  # noqa: T201

    def _connection(self, limits: DoorLimits) -> Connection:
        return Connection(
            config=self.config,
            server_state=self.server_state,
            app_state=self.lifespan.state,
            patience=limits.patience,
        )

    async def on_tick(self, counter: int) -> bool:
        """Checks the connections once a second; uvicorn calls this ten times a second."""
        if counter % TICKS_A_SECOND == 0:
            for door in self._doors:
                door.sweep(time.monotonic())
        return await super().on_tick(counter)

    def end_after(self, until: Callable[[], None]) -> None:
        """Ends the server once `until` returns. Not by a signal, which a background job of a shell may ignore."""
        until()
        self.should_exit = True


class _Unbelieving:
    """Logs, once, that a proxy is not trusted, so that all its clients count as one address."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._has_told = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._has_told and any(name == b"x-forwarded-for" for name, _value in scope.get("headers", ())):
            self._has_told = True
            peer = (scope.get("client") or ("",))[0]
            log.warning("X-Forwarded-For from %s is ignored; name your own proxy with --trusted-proxy", peer)
        await self._app(scope, receive, send)


def listen(host: str, port: int) -> socket.socket:
    """Returns a listening socket; raises UsageError if the address cannot be used."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(MOST_CONNECTIONS_WAITING)
    except OSError as error:
        listening.close()
        raise UsageError(f"cannot listen on {host} port {port}: {error.strerror or error}") from error
    return listening


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def tls_context(certificate: Path, key: Path) -> ssl.SSLContext:
    """Serves TLS 1.2 or newer with this certificate. Raises UsageError if the files cannot be used."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError) as error:
        raise UsageError(f"the certificate {certificate} with the key {key} cannot be used: {error}") from error
    return context
