"""Serving: uvicorn with the gateway's app, plain http on loopback only, TLS from 1.2 on."""

import ipaddress
import logging
import socket
import ssl
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import uvicorn
from filelock import FileLock, Timeout

from salesapp.domain.catalogue import Catalogue
from salesapp.errors import UsageError
from salesapp.gateway.app import create_app
from salesapp.gateway.database import Database
from salesapp.gateway.faults import Faults
from salesapp.gateway.folder import remembered_source
from salesapp.gateway.publisher import publish
from salesapp.gateway.rows import get_meta

log = logging.getLogger(__name__)

MOST_CONNECTIONS_WAITING = 512


def serve(
    database: Database,
    catalogue: Catalogue,
    *,
    host: str,
    port: int,
    tls: tuple[Path, Path] | None,
    faults: Faults,
    accel_prefix: str = "",
    until: Callable[[], None] | None = None,
) -> None:
    """Serves until told to end (SIGINT, SIGTERM), or until `until` returns. Prints its address once it listens."""
    if tls is None and not _is_loopback(host):
        raise UsageError(f"plain http is for this computer only: {host} needs --tls-cert and --tls-key")
    context = _tls(*tls) if tls else None
    lock = FileLock(database.folder / "serve.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise UsageError(f"another gateway is serving {database.folder}") from error
    with lock, _listen(host, port) as listening:
        publish(database, catalogue)
        app = create_app(
            database,
            catalogue,
            remembered_source(database).connector(catalogue, database),
            faults=faults,
            accel_prefix=accel_prefix,
        )
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="on",
            timeout_keep_alive=30,
            timeout_graceful_shutdown=5,
            h11_max_incomplete_event_size=64 * 1024,
            ssl_context_factory=(lambda _config, _default: context) if context else None,
        )
        with database.read() as connection:
            gateway_id = get_meta(connection, "gateway_id")
        scheme = "https" if tls else "http"
        shown = f"[{host}]" if ":" in host else host
        address = f"{scheme}://{shown}:{listening.getsockname()[1]}"
        server = _Announcing(config, f"Gateway {gateway_id} is serving on {address}")
        if until is not None:
            Thread(target=server.end_after, args=(until,), daemon=True).start()
        server.run(sockets=[listening])


class _Announcing(uvicorn.Server):
    """Says on standard output that it listens, for people and for programs that wait for it."""

    def __init__(self, config: uvicorn.Config, announcement: str) -> None:
        super().__init__(config)
        self._announcement = announcement

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        print(self._announcement, flush=True)  # noqa: T201

    def end_after(self, until: Callable[[], None]) -> None:
        """Waits, then ends the server. Not by a signal: what starts in the background of a shell may ignore it."""
        until()
        self.should_exit = True


def _listen(host: str, port: int) -> socket.socket:
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


def _tls(certificate: Path, key: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError) as error:
        raise UsageError(f"the certificate {certificate} with the key {key} cannot be used: {error}") from error
    return context
