"""Limits of the server: duration and number of connections; slow tablets are still served."""

import asyncio
import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

import pytest
import trustme
from starlette.types import Receive, Scope, Send

from salesapp.errors import UsageError
from salesapp.gateway.addresses import Proxies, group_of
from salesapp.gateway.doors import Door, DoorLimits
from salesapp.gateway.server import GatewayServer, listen
from salesapp.gateway.wire import Patience

QUICK = Patience(idle_s=0.5, head_s=0.5, body_s=0.5, body_rate=10_000, rest_s=0.5, unread_s=0.5)
"""Connections are checked every second: a limit of half a second takes effect within two."""
OVER_S = 4.0
BIG = 16 * 2**20


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers /big with much, /slow after a while, /early before it has read the body, and else with its size."""
    if scope["type"] == "lifespan":
        for word in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{word}.complete"})
        return
    size = 0
    while scope["path"] != "/early":
        message = await receive()
        size += len(message.get("body", b""))
        if not message.get("more_body"):
            break
    if scope["path"] == "/slow":
        await asyncio.sleep(2.5)
    answer = b"x" * BIG if scope["path"] == "/big" else str(size).encode()
    headers = [(b"content-length", str(len(answer)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    for start in range(0, len(answer), 65_536):
        await send({"type": "http.response.body", "body": answer[start : start + 65_536], "more_body": True})
    await send({"type": "http.response.body", "body": b""})


@contextmanager
def served(limits: DoorLimits, context: ssl.SSLContext | None = None) -> Iterator[int]:
    listening = listen("127.0.0.1", 0)
    port: int = listening.getsockname()[1]
    server = GatewayServer(app, limits=limits, context=context)
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    try:
        yield port
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A server with short limits."""
    with served(DoorLimits(patience=QUICK)) as port:
        yield port


def connected(port: int, address: str = "127.0.0.1") -> socket.socket:
    made = socket.socket()
    made.settimeout(10)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
    made.bind((address, 0))
    made.connect(("127.0.0.1", port))
    return made


def health(connection: socket.socket, path: str = "/") -> bytes:
    """Returns the answer with its short body; empty if it was cut off."""
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    return answer_of(connection)


def answer_of(connection: socket.socket) -> bytes:
    answer = b""
    while not answer.partition(b"\r\n\r\n")[2]:
        piece = connection.recv(65_536)
        if not piece:
            return b""
        answer += piece
    return answer


POST = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n"
GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
CHUNKED = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
SLOW = {
    "nothing": (b"", b""),
    "head": (b"GET / HTTP/1.1\r\nX: ", b"x"),
    "blank": (b"\r\n", b"\r\n"),
    "idle": (GET, b""),
    "idle and blank": (GET, b"\r\n"),
    "body": (POST, b""),
    "body in drops": (POST, b"x"),
    "extension": (CHUNKED + b"1;", b"a"),
    "trailers": (CHUNKED + b"0\r\n", b"X: y\r\n"),
    "rest of what was answered": (POST.replace(b"/ ", b"/early "), b"x"),
}
"""The first bytes of a client, and those that it sends from time to time."""


def is_closed(connection: socket.socket, more: bytes) -> bool:
    """Whether the server has closed the connection; otherwise sends a little more."""
    connection.settimeout(0.01)
    try:
        connection.sendall(more)
        while connection.recv(65_536):
            pass
    except TimeoutError:
        return False
    except OSError:
        return True
    return True


def test_that_a_client_that_keeps_the_server_waiting_is_disconnected(port: int) -> None:
    with contextlib.ExitStack() as stack:
        waiting = {name: stack.enter_context(connected(port)) for name in SLOW}
        for name, connection in waiting.items():
            connection.sendall(SLOW[name][0])
        began = time.monotonic()
        while waiting and time.monotonic() - began < OVER_S:
            waiting = {name: each for name, each in waiting.items() if not is_closed(each, SLOW[name][1])}
        assert not waiting


def test_that_an_unread_answer_is_cut_off(port: int) -> None:
    with connected(port) as connection:
        connection.sendall(b"GET /big HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(2.6)
        received = 0
        with contextlib.suppress(ConnectionError):
            while piece := connection.recv(65_536):
                received += len(piece)
        assert received < BIG


def read_slowly(port: int) -> None:
    """Never pauses for long."""
    with connected(port) as connection:
        connection.sendall(b"GET /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        received, began = 0, time.monotonic()
        while piece := connection.recv(65_536):
            received += len(piece)
            if time.monotonic() - began < 2.2:
                time.sleep(0.05)
        assert received > BIG


def send_slowly(port: int) -> None:
    """12,000 bytes a second."""
    with connected(port) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 26400\r\n\r\n")
        for _ in range(22):
            connection.sendall(b"x" * 1_200)
            time.sleep(0.1)
        assert answer_of(connection).endswith(b"26400")


def wait_for_us(port: int) -> None:
    with connected(port) as connection:
        assert health(connection, "/slow").endswith(b"0")


def ask_again(port: int) -> None:
    """Sends requests soon after each answer, for longer than the idle limit."""
    with connected(port) as connection:
        for _ in range(22):
            assert b"200 OK" in health(connection)
            time.sleep(0.1)


def test_that_slow_tablets_are_served(port: int) -> None:
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(act, port) for act in (read_slowly, send_slowly, wait_for_us, ask_again)]:
            done.result()


def test_that_tablets_behind_one_router_are_served_and_idle_ones_make_room() -> None:
    with served(DoorLimits(connections=60, of_one_address=40)) as port, contextlib.ExitStack() as stack:
        tablets = [stack.enter_context(connected(port)) for _ in range(40)]
        assert all(b"200 OK" in health(tablet) for tablet in tablets)
        busy = tablets[10:]
        for tablet in busy:
            tablet.sendall(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(0.2)
        more = [stack.enter_context(connected(port)) for _ in range(10)]
        assert all(b"200 OK" in health(tablet) for tablet in more), "idle ones make room"
        assert b"200 OK" in health(stack.enter_context(connected(port, "127.0.0.3")))
        assert all(b"200 OK" in answer_of(tablet) for tablet in busy), "nobody who waits for us is sent away"


def test_that_an_address_with_all_connections_busy_gets_no_more() -> None:
    with served(DoorLimits(connections=60, of_one_address=5)) as port, contextlib.ExitStack() as stack:
        busy = [stack.enter_context(connected(port)) for _ in range(5)]
        for tablet in busy:
            tablet.sendall(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(0.2)
        sixth = stack.enter_context(connected(port))
        with contextlib.suppress(ConnectionError):
            assert health(sixth) == b""
        assert b"200 OK" in health(stack.enter_context(connected(port, "127.0.0.3")))
        assert all(b"200 OK" in answer_of(tablet) for tablet in busy)


def test_that_unfinished_handshakes_block_nobody() -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    with served(DoorLimits(connections=30, of_one_address=20), context) as port, contextlib.ExitStack() as stack:
        for begin in (b"", b"\x16\x03\x01\x02\x00", b"GET / HTTP/1.1\r\n\r\n"):
            for _ in range(30):
                stack.enter_context(connected(port, "127.0.0.2")).sendall(begin)
        for address in ("127.0.0.2", "127.0.0.3"):
            plain = stack.enter_context(connected(port, address))
            with trusting.wrap_socket(plain, server_hostname="127.0.0.1") as connection:
                assert b"200 OK" in health(connection)


def test_that_a_connection_that_comes_while_the_door_closes_is_closed() -> None:
    async def story() -> None:
        with listen("127.0.0.1", 0) as listening, contextlib.closing(socket.socket()) as client:
            server = GatewayServer(app)
            server.config.load()
            server.lifespan = server.config.lifespan_class(server.config)
            door = Door(listening, DoorLimits(), Proxies(), partial(server._connection, DoorLimits()), None)
            client.connect(listening.getsockname())
            client.settimeout(10)
            listening.settimeout(10)
            accepted, _ = listening.accept()
            door._admit(accepted, "127.0.0.1")
            door.close()
            await door.wait_closed()
            await asyncio.sleep(0)
            assert client.recv(1) == b""
            assert (door._count, door._opening) == (0, {})

    asyncio.run(story())


def test_that_a_request_to_upgrade_is_answered_without_an_upgrade(port: int) -> None:
    for upgrade in ("websocket", "h2c"):
        with connected(port) as connection:
            head = f"GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: {upgrade}\r\n\r\n"
            connection.sendall(head.encode() + b"\x00" * 100)
            answer = b"".join(iter(lambda: connection.recv(65_536), b""))
        assert b"200 OK" in answer
        assert b"connection: close" in answer


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("10.1.2.3", "10.1.2.3"),
        ("::ffff:10.1.2.3", "10.1.2.3"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9%eth0", "2001:db8:1:2::/64"),
        ("::1", "::1"),
        ("", "unknown"),
        ("a" * 10_000, "unknown"),
        ("10.0.0.1\nforged", "unknown"),
    ],
)
def test_that_all_addresses_of_one_client_count_as_one(text: str, group: str) -> None:
    assert group_of(text) == group


def test_that_a_proxy_is_an_address_or_a_network() -> None:
    proxies = Proxies.parse(["10.0.0.1", "192.168.4.7/24", "2001:db8::/32"])
    believed = ("10.0.0.1", "::ffff:10.0.0.1", "192.168.4.200", "2001:db8::7")
    assert all(address in proxies for address in believed)
    assert not any(address in proxies for address in ("127.0.0.1", "10.0.0.2", "::1", "unix", ""))
    assert not Proxies.parse([])
    for wrong in ("proxy.example.com", "*", "10.0.0.0/33", ""):
        with pytest.raises(UsageError):
            Proxies.parse([wrong])
