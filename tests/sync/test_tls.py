"""Encryption on the way: a private CA, certificates that must not be trusted, and no plain http to other computers."""

import dataclasses
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from sqlalchemy import select

from salesapp.gateway.app import create_app
from salesapp.gateway.audit import audit
from salesapp.gateway.connectors.csv_source import CsvSource
from salesapp.gateway.folder import remember_source
from salesapp.gateway.server import GatewayServer, listen, tls_context
from salesapp.sync.session import Place
from tests.conftest import GatewayUnderTest, Tablet, states
from tests.processes import GatewayProcess, TabletProcess, run


@dataclass
class TlsTablet(Tablet):
    """A tablet that may have a private CA."""

    ca_file: Path | None = None

    @property
    def place(self) -> Place:
        return dataclasses.replace(super().place, ca_file=self.ca_file)


@dataclass(frozen=True)
class Files:
    """A certificate with its key, as files."""

    certificate: Path
    key: Path

    @classmethod
    def of(cls, made: trustme.LeafCert, folder: Path, name: str = "server") -> "Files":
        files = cls(folder / f"{name}.crt", folder / f"{name}.key")
        files.certificate.write_bytes(b"".join(blob.bytes() for blob in made.cert_chain_pems))
        made.private_key_pem.write_to_path(str(files.key))
        return files


@pytest.fixture(scope="module")
def ca() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "SALESAPP_CA_FILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def ca_file(ca: trustme.CA, tmp_path: Path) -> Path:
    path = tmp_path / "company-ca.pem"
    ca.cert_pem.write_to_path(str(path))
    return path


@pytest.fixture
def tablet(gateway: GatewayUnderTest, tmp_path: Path) -> TlsTablet:
    return TlsTablet(tmp_path / "tablet", gateway)


@contextmanager
def serving(gateway: GatewayUnderTest, files: Files) -> Iterator[int]:
    """The gateway over TLS; its port."""
    gateway.stop()
    app = create_app(gateway.database, gateway.catalogue, gateway.connector)
    listening = listen("127.0.0.1", 0)
    server = GatewayServer(app, context=tls_context(files.certificate, files.key))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    while not server.started:
        assert thread.is_alive()
    try:
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()


def logons(gateway: GatewayUnderTest) -> int:
    with gateway.database.read() as connection:
        return len(connection.execute(select(audit).where(audit.c.what == "logon")).all())


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_that_a_configured_private_ca_is_trusted(
    gateway: GatewayUnderTest, tablet: TlsTablet, ca: trustme.CA, ca_file: Path, tmp_path: Path, host: str
) -> None:
    tablet.ca_file = ca_file
    with serving(gateway, Files.of(ca.issue_cert(host), tmp_path)) as port:
        tablet.url = f"https://{host}:{port}"
        outcome = tablet.sync()
        assert outcome.outcome == "ok", outcome.error
        assert tablet.sync().requests == 1


def certificates(ca: trustme.CA) -> dict[str, trustme.LeafCert]:
    now, day = datetime.now(UTC), timedelta(days=1)  # noqa: TID251  # by which OpenSSL judges
    return {
        "expired": ca.issue_cert("localhost", not_before=now - 9 * day, not_after=now - day),
        "not yet valid": ca.issue_cert("localhost", not_before=now + day, not_after=now + 9 * day),
        "another host": ca.issue_cert("gateway.example.com"),
        "an address only": ca.issue_cert("127.0.0.1"),
        "another domain": ca.issue_cert("*.localhost"),
        "another CA": trustme.CA().issue_cert("localhost"),
    }


@pytest.mark.parametrize(
    ("kind", "code", "reason"),
    [
        ("expired", "network.certificate_date", "expired"),
        ("not yet valid", "network.certificate_date", "not yet valid"),
        ("another host", "network.certificate_name", "localhost"),
        ("an address only", "network.certificate_name", "localhost"),
        ("another domain", "network.certificate_name", "localhost"),
        ("another CA", "network.untrusted", "certificate"),
    ],
)
def test_that_a_wrong_certificate_is_not_trusted(
    gateway: GatewayUnderTest,
    tablet: TlsTablet,
    ca: trustme.CA,
    ca_file: Path,
    tmp_path: Path,
    kind: str,
    code: str,
    reason: str,
) -> None:
    tablet.ca_file = ca_file
    with serving(gateway, Files.of(certificates(ca)[kind], tmp_path)) as port:
        tablet.url = f"https://localhost:{port}"
        outcome = tablet.sync()
    assert outcome.outcome == "unreachable"
    assert outcome.error is not None
    assert outcome.error.code == code
    assert reason in outcome.error.params["reason"]
    assert outcome.bytes_down == 0
    assert logons(gateway) == 0  # the password was not sent
    assert set(states(outcome).values()) == {"not_reached"}


def test_that_without_the_private_ca_nothing_is_trusted_and_rows_are_kept(
    gateway: GatewayUnderTest, tablet: TlsTablet, ca: trustme.CA, ca_file: Path, tmp_path: Path
) -> None:
    files = Files.of(ca.issue_cert("localhost"), tmp_path)
    tablet.ca_file = ca_file
    with serving(gateway, files) as port:
        tablet.url = f"https://localhost:{port}"
        first = tablet.sync()
        tablet.ca_file = None
        second = tablet.sync()
        assert (second.outcome, second.error and second.error.code) == ("unreachable", "network.untrusted")
        assert [entry.rows for entry in second.objects] == [entry.rows for entry in first.objects]
        assert logons(gateway) == 1
        tablet.ca_file = ca_file
        assert tablet.sync().outcome == "ok"


@pytest.mark.parametrize("content", [None, b"", b"rubbish", b"-----BEGIN CERTIFICATE-----\nAAAA\n"])
def test_that_an_unusable_ca_file_is_reported(tablet: TlsTablet, tmp_path: Path, content: bytes | None) -> None:
    tablet.ca_file = tmp_path / "ca.pem"
    if content is not None:
        tablet.ca_file.write_bytes(content)
    tablet.url = "https://localhost:9"
    outcome = tablet.sync()
    assert outcome.outcome == "error"
    assert outcome.error is not None
    assert outcome.error.code == "usage"
    assert str(tablet.ca_file) in outcome.error.params["reason"]
    assert outcome.requests == 0


def test_that_https_to_a_plain_gateway_does_not_connect(gateway: GatewayUnderTest, tablet: TlsTablet) -> None:
    tablet.url = f"https://127.0.0.1:{gateway.port}"
    outcome = tablet.sync()
    assert outcome.outcome == "unreachable"
    assert logons(gateway) == 0


def test_that_plain_http_to_another_computer_is_refused_before_anything_is_sent(
    tablet: TlsTablet, gateway: GatewayUnderTest
) -> None:
    assert tablet.sync().outcome == "ok"  # a token is at hand, and must not go there either
    with socket.create_server(("0.0.0.0", 0)) as listening:
        port = listening.getsockname()[1]
        listening.settimeout(0.2)
        hosts = ["0.0.0.0", socket.gethostname(), "localhost.example.com", "127.0.0.1.example.com", "127.1", "0x7f.1"]
        hosts += ["10.0.0.1", "192.168.1.1", "[::]", "[2001:db8::1]", "2130706433", "localhost."]
        for host in hosts:
            tablet.url = f"http://{host}:{port}"
            outcome = tablet.sync()
            assert outcome.error is not None, host
            assert outcome.error.code == "network.plain_http", host
            assert (outcome.outcome, outcome.requests, outcome.bytes_up) == ("unreachable", 0, 0)
        with pytest.raises(TimeoutError):
            listening.accept()
    tablet.url = None
    assert tablet.sync().outcome == "ok"


def test_that_the_gateway_serves_other_computers_over_tls_only(
    gateway: GatewayUnderTest, ca: trustme.CA, ca_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gateway.stop()
    remember_source(gateway.database, CsvSource(str(tmp_path)))
    data, good = gateway.database.folder, Files.of(ca.issue_cert("localhost"), tmp_path)
    other = Files.of(ca.issue_cert("localhost"), tmp_path, "other")
    for host, options, reason in (
        ("0.0.0.0", [], "--tls-cert"),
        ("::", [], "--tls-cert"),
        (socket.gethostname(), [], "--tls-cert"),
        ("127.0.0.1", ["--tls-cert", str(good.certificate)], "--tls-key"),
        ("127.0.0.1", ["--tls-cert", str(good.certificate), "--tls-key", str(other.key)], "cannot be used"),
        ("127.0.0.1", ["--tls-cert", str(tmp_path / "none"), "--tls-key", str(good.key)], "cannot be used"),
    ):
        done = run("gateway", "serve", "--data", str(data), "--port", "0", "--host", host, *options, timeout=30)
        assert (done.returncode, reason in done.stderr, done.stdout) == (2, True, ""), done.stderr
        assert "Traceback" not in done.stderr
    process = GatewayProcess(data)
    process.start("--host", "0.0.0.0", "--tls-cert", str(good.certificate), "--tls-key", str(good.key))
    try:
        assert process.url.startswith("https://")
        tablet = TabletProcess(tmp_path / "device", f"https://localhost:{process.port}", user="office")
        code, outcome = tablet.sync()
        assert (code, outcome["error"]["code"]) == (4, "network.untrusted")
        monkeypatch.setenv("SALESAPP_CA_FILE", str(ca_file))
        code, outcome = tablet.sync()
        assert (code, outcome["outcome"]) == (0, "ok"), outcome["error"]
    finally:
        process.end()
