"""A flood against the real program exhausts neither memory nor connections, and others are answered.

Loopback addresses stand for computers: 127.0.0.2 is the stranger, 127.0.0.3 somebody else.
"""

import contextlib
import json
import re
import resource
import shutil
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.processes import GatewayProcess
from tests.stopwatch import Stopwatch

STRANGER, OTHER = "127.0.0.2", "127.0.0.3"
DESCRIPTORS = 1_024
MOST_GROWTH = 50 * 2**20
MOST_S = 1.0
HALF = b"POST /v1/manifest HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\nX-Half: "


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, published: Path) -> Iterator[GatewayProcess]:
    """The program with 1,024 descriptors, shared by all tests here: none may leave traces."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))  # from the stranger
    data = tmp_path_factory.mktemp("flooded") / "gateway"
    shutil.copytree(published, data)
    started = GatewayProcess(data)
    started.start(descriptors=DESCRIPTORS)
    assert status(started, OTHER) == 401
    wrong_logon(started, "127.0.0.4", "nobody")
    yield started
    started.end()
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def connected(server: GatewayProcess, address: str = STRANGER) -> socket.socket:
    made = socket.socket()
    made.settimeout(10)
    made.bind((address, 0))
    made.connect(("127.0.0.1", server.port))
    return made


def asked(server: GatewayProcess, address: str, request: bytes) -> bytes:
    """Returns the answer to one request, up to the end of the connection."""
    with connected(server, address) as connection:
        connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(65_536), b""))


def status(server: GatewayProcess, address: str) -> int:
    answer = asked(server, address, b"POST /v1/manifest HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n\r\n")
    return int(answer.split(b" ", 2)[1])


def wrong_logon(server: GatewayProcess, address: str, user: str) -> int:
    body = json.dumps({"user": user, "password": "wrong password", "device": "d"}).encode()
    head = f"POST /v1/logon HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n"
    return int(asked(server, address, head.encode() + body).split(b" ", 2)[1])


def of_process(server: GatewayProcess, name: str) -> int:
    assert server.process is not None
    text = Path(f"/proc/{server.process.pid}/status").read_text()
    found = re.search(rf"^{name}:\s+(\d+)", text, re.MULTILINE)
    assert found is not None
    return int(found[1])


def memory(server: GatewayProcess) -> int:
    return of_process(server, "VmRSS") * 1024


def open_files(server: GatewayProcess) -> int:
    assert server.process is not None
    return len(list(Path(f"/proc/{server.process.pid}/fd").iterdir()))


def cpu_s(server: GatewayProcess) -> float:
    assert server.process is not None
    fields = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def watching(server: GatewayProcess) -> Stopwatch:
    assert server.process is not None
    return Stopwatch(server.process.pid)


def log_bytes(server: GatewayProcess) -> int:
    return sum(path.stat().st_size for path in (server.data / "logs").iterdir())


@contextlib.contextmanager
def unharmed(server: GatewayProcess) -> Iterator[None]:
    """Checks around a flood: little memory, few log lines, and timely answers to somebody else."""
    before, logged = memory(server), log_bytes(server)
    yield
    watch = watching(server)
    assert status(server, OTHER) < 500
    assert watch.seconds < MOST_S
    assert memory(server) - before < MOST_GROWTH
    assert log_bytes(server) - logged < 100_000
    assert open_files(server) < DESCRIPTORS - 50


def send_until_refused(connection: socket.socket, piece: bytes, most: int) -> int:
    """Returns the number of bytes that the gateway accepts, at most `most`."""
    sent = 0
    with contextlib.suppress(ConnectionError):
        while sent < most:
            connection.sendall(piece)
            sent += len(piece)
    return sent


@pytest.mark.parametrize(
    ("begin", "piece"),
    [
        (HALF, b"x" * 4_096),
        (HALF, b"\r\nX-Header: a value" * 200),
        (HALF, b"\r\n" + b"n" * 4_096),
        (b"GET /", b"a" * 4_096),
        (b"POST", b"T" * 4_096),
        (b"GET /health HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;a=", b"b" * 4_096),
        (b"GET /health HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-Trailer: ", b"c" * 4_096),
        (b"GET /health HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"X-Trailer: c\r\n" * 300),
        (b"GET /health HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n" * 700),
        (b"", b"GET /health HTTP/1.1\r\n\r\n" * 200),
        (b"", b"\x16\x03\x01" + b"\0" * 4_093),
    ],
    ids=[
        "value", "headers", "name", "address", "method", "extension", "trailer", "trailers", "tiny chunks",
        "pipelined", "no HTTP",
    ],
)  # fmt: skip
def test_that_endless_requests_are_cut_off(server: GatewayProcess, begin: bytes, piece: bytes) -> None:
    with unharmed(server), connected(server) as connection:
        connection.sendall(begin)
        most = 8 * 2**20
        assert send_until_refused(connection, piece, most) < most


def test_that_a_head_within_the_limits_is_accepted(server: GatewayProcess) -> None:
    many = b"".join(b"X-Header-%d: %s\r\n" % (number, b"v" * 200) for number in range(90))
    head = b"GET /health HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n" + many + b"\r\n"
    assert b" 200 OK" in asked(server, OTHER, head)


@pytest.mark.parametrize("header", [b"X: " + b"v" * 40_000, b"\r\n".join(b"X%d: v" % n for n in range(150))])
def test_that_a_head_above_the_limits_is_refused(server: GatewayProcess, header: bytes) -> None:
    answer = asked(server, STRANGER, b"GET /health HTTP/1.1\r\nHost: gateway\r\n" + header + b"\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 431 ")


def test_that_half_sent_requests_from_one_address_block_nobody(server: GatewayProcess) -> None:
    with contextlib.ExitStack() as stack, unharmed(server):
        for number in range(2_000):
            connection = stack.enter_context(connected(server))
            with contextlib.suppress(ConnectionError):
                connection.sendall(HALF)
            if number % 500 == 499:
                watch = watching(server)
                assert status(server, OTHER) == 401
                assert status(server, STRANGER) == 401  # a tablet behind the same router
                assert watch.seconds < 2 * MOST_S
        used = cpu_s(server)
        time.sleep(0.5)
        assert cpu_s(server) - used < 0.25, "it works although nobody asks"


def test_that_half_sent_requests_from_many_addresses_block_nobody(server: GatewayProcess) -> None:
    with contextlib.ExitStack() as stack, unharmed(server):
        for number in range(2_000):
            connection = stack.enter_context(connected(server, f"127.1.0.{number % 200 + 1}"))
            with contextlib.suppress(ConnectionError):
                connection.sendall(HALF if number % 2 else HALF + b"\r\nContent-Length: 9000\r\n\r\n{")


def test_that_wrong_logons_with_long_names_are_throttled_and_forgotten(server: GatewayProcess) -> None:
    def series(first: int) -> set[int]:
        found = set()
        with connected(server) as connection, connection.makefile("rb") as answers:
            for number in range(first, first + 2_500):
                body = json.dumps({"user": f"{number}" * 200, "password": "wrong password", "device": "d"}).encode()
                connection.sendall(b"POST /v1/logon HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
                found.add(int(answers.readline().split(b" ")[1]))
                length = 0
                while (line := answers.readline()) != b"\r\n":
                    if line.lower().startswith(b"content-length:"):
                        length = int(line.split(b":")[1])
                answers.read(length)
        return found

    with unharmed(server), ThreadPoolExecutor(4) as pool:
        statuses = set().union(*pool.map(series, range(10_000, 20_000, 2_500)))
    assert statuses == {401, 429}
    with unharmed(server):
        for number in range(30):
            assert wrong_logon(server, STRANGER, f"{number}" * 400_000) in {413, 429, 503}


def test_that_bodies_of_strangers_fill_no_memory(server: GatewayProcess) -> None:
    with contextlib.ExitStack() as stack, unharmed(server):
        for number in range(300):
            connection = stack.enter_context(connected(server))
            path = b"/v1/logon" if number % 2 else b"/v1/manifest"
            with contextlib.suppress(OSError):
                connection.sendall(b"POST " + path + b" HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n" + b"x" * 300_000)


def test_that_a_process_without_descriptors_neither_spins_nor_fills_its_log(server: GatewayProcess) -> None:
    assert server.process is not None
    before = resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE)
    with contextlib.ExitStack() as stack, unharmed(server):
        resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (open_files(server) + 5, before[1]))
        try:
            for _ in range(300):
                with contextlib.suppress(OSError):
                    stack.enter_context(connected(server)).sendall(HALF)
            used = cpu_s(server)
            time.sleep(0.5)
            assert cpu_s(server) - used < 0.25, "it works although nobody asks"
        finally:
            resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, before)
        until = time.monotonic() + 5
        while time.monotonic() < until:  # it takes half a second before it accepts again
            with contextlib.suppress(OSError, IndexError):
                assert status(server, OTHER) == 401
                break
