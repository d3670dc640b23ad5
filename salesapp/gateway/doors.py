"""Limits who may connect and for how long. Connections count from when they are accepted, TLS handshakes included.

An address may hold only a part of the places, and a client that keeps the gateway waiting makes room for a new one.
"""

import asyncio
import logging
import socket
import ssl
import sys
from asyncio import sslproto
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

from salesapp.gateway.addresses import Proxies, group_of
from salesapp.gateway.wire import Connection, Patience, Phase

if sys.platform != "win32":  # Windows has no such limit
    import resource

log = logging.getLogger(__name__)

MOST_CONNECTIONS = 1_500
MOST_OF_ONE_ADDRESS = 800
"""Enough for a hundred tablets behind one router with up to eight connections each."""
OTHER_DESCRIPTORS = 200
"""Descriptors for other files: the database, logs, segments being written."""
SEND_BUFFER = 128 * 1024
"""Small, because with the system's megabytes a slow reader looks idle for minutes."""
HANDSHAKE_S = 10.0
FAREWELL_S = 5.0
ACCEPT_AGAIN_S = 0.5
_BEFORE_A_REQUEST = (Phase.HANDSHAKE, Phase.IDLE, Phase.HEAD)

sslproto.SSLProtocol.max_size = 20 * 1024  # the buffer of a TLS connection: one record instead of 256 KiB


@dataclass(frozen=True, slots=True)
class DoorLimits:
    """The limits of connections: how many, and how long each may take."""

    connections: int = MOST_CONNECTIONS
    of_one_address: int = MOST_OF_ONE_ADDRESS
    patience: Patience = field(default_factory=Patience)

    def fitted(self) -> "DoorLimits":
        """Returns the limits lowered to the process's descriptors; each connection may also have a file open.

        An address gets at most three quarters of the places, so that there is always room for others.
        """
        connections = min(self.connections, max(8, (_descriptors(self.connections) - OTHER_DESCRIPTORS) // 2))
        return DoorLimits(connections, min(self.of_one_address, max(4, connections * 3 // 4)), self.patience)


def _descriptors(connections: int) -> int:
    """Returns the number of descriptors of the process, after raising its limit as needed."""
    needed = 2 * connections + OTHER_DESCRIPTORS
    if sys.platform == "win32":
        return needed
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return needed
    allowed = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
    if soft < allowed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    return max(soft, allowed)


class Door:
    """Accepts the connections of one listening socket. uvicorn takes it for one of its servers."""

    def __init__(
        self,
        listening: socket.socket,
        limits: DoorLimits,
        proxies: Proxies,
        make: Callable[[], Connection],
        context: ssl.SSLContext | None,
    ) -> None:
        self._listening = listening
        self._limits = limits
        self._proxies = proxies
        self._make = make
        self._context = context
        self._guests: dict[str, dict[Connection, None]] = {}  # by address; who came first stands first
        self._opening: dict[Connection, asyncio.Task[None]] = {}
        self._count = 0
        listening.settimeout(0)
        self._accepting = asyncio.get_running_loop().create_task(self._accept())

    def close(self) -> None:
        """Stops accepting; closes connections without a request."""
        self._accepting.cancel()
        for task in self._opening.values():
            task.cancel()

    async def wait_closed(self) -> None:
        await asyncio.gather(self._accepting, *self._opening.values(), return_exceptions=True)

    def sweep(self, now: float) -> None:
        """Closes connections that took too long. Called every second."""
        late = [guest for guests in self._guests.values() for guest in guests if guest.is_late(now)]
        for guest in late:
            self._dismiss(guest)

    async def _accept(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                accepted, address = await loop.sock_accept(self._listening)
            except OSError as error:
                log.warning("connections cannot be accepted: %s", error.strerror)
                self._make_room(list(self._guests.values()), tuple(Phase))
                await asyncio.sleep(ACCEPT_AGAIN_S)
                continue
            self._admit(accepted, str(address[0]))
            await asyncio.sleep(0)  # lets the loop serve open connections during a flood

    def _admit(self, accepted: socket.socket, address: str) -> None:
        group = group_of(address)
        if not self._has_room(group, address):
            log.warning("a connection from %s was refused: there are too many", group)
            accepted.close()
            return
        accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # or the end of an answer waits 40 ms
        accepted.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        guest = self._make()
        guest.enter(group, self._leave)
        self._guests.setdefault(group, {})[guest] = None
        self._count += 1
        opening = asyncio.get_running_loop().create_task(self._open(accepted, guest))
        opening.add_done_callback(partial(self._on_opened, accepted, guest))
        self._opening[guest] = opening

    async def _open(self, accepted: socket.socket, guest: Connection) -> None:
        """Hands the socket to the protocol, after the TLS handshake if there is one."""
        loop = asyncio.get_running_loop()
        try:
            if self._context is None:
                await loop.connect_accepted_socket(lambda: guest, accepted)
            else:
                await loop.connect_accepted_socket(
                    lambda: guest,
                    accepted,
                    ssl=self._context,
                    ssl_handshake_timeout=HANDSHAKE_S,
                    ssl_shutdown_timeout=FAREWELL_S,
                )
        except OSError:  # no handshake: a scanner, a plain request, or a client that does not trust the certificate
            self._leave(guest)

    def _on_opened(self, accepted: socket.socket, guest: Connection, opening: asyncio.Task[None]) -> None:
        """Closes the socket of a cancelled opening, which may not even have begun."""
        self._opening.pop(guest, None)
        if opening.cancelled():
            accepted.close()
            self._leave(guest)

    def _has_room(self, group: str, address: str) -> bool:
        """Whether another connection of an address fits, after closing the one that has waited longest if necessary."""
        own = self._guests.get(group, {})
        most = self._limits.connections if address in self._proxies else self._limits.of_one_address
        if len(own) >= most and not self._make_room([own], _BEFORE_A_REQUEST):
            return False
        if self._count < self._limits.connections:
            return True
        others = sorted(self._guests.items(), key=lambda entry: (entry[0] in self._proxies, -len(entry[1])))
        larger = [guests for _group, guests in others if len(guests) > len(own)]
        return self._make_room(larger, _BEFORE_A_REQUEST) or self._make_room(larger, tuple(Phase))

    def _make_room(self, crowd: Iterable[dict[Connection, None]], phases: tuple[Phase, ...]) -> bool:
        """Closes the first connection that waits for its client in one of these phases, if there is one."""
        for guests in crowd:
            for guest in guests:
                phase = guest.phase()
                if phase in phases and phase is not Phase.WORKING:
                    self._dismiss(guest)
                    return True
        return False

    def _dismiss(self, guest: Connection) -> None:
        opening = self._opening.get(guest)
        if opening is not None:
            opening.cancel()
        guest.abort()
        self._leave(guest)

    def _leave(self, guest: Connection) -> None:
        """Forgets a connection. May be called twice."""
        guests = self._guests.get(guest.group, {})
        if guest in guests:
            del guests[guest]
            self._count -= 1
        if not guests:
            self._guests.pop(guest.group, None)
