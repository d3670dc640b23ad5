"""Access: passwords, throttling, sessions that end at once, and no rows of another representative."""

import hashlib
import re
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from http.client import HTTPConnection
from types import SimpleNamespace

import pytest
import zstandard
from argon2 import PasswordHasher
from sqlalchemy import select, update

from salesapp.clock import now, timestamp
from salesapp.errors import UsageError
from salesapp.gateway import accounts, throttle
from salesapp.gateway.addresses import Proxies
from salesapp.gateway.audit import audit
from salesapp.gateway.throttle import MOST_WRONG, WINDOW_S
from salesapp.protocol.limits import MAX_TOKEN_CHARACTERS
from salesapp.protocol.messages import PROTOCOL
from tests.company import PICTURE
from tests.conftest import PASSWORD, GatewayUnderTest
from tests.gateway.client import Answer, Device, device_of, new_customer
from tests.processes import run
from tests.stopwatch import Stopwatch

DIGEST = "0" * 64
ID = "0192f0c1-2345-7abc-8def-0123456789ab"
GUARDED = [
    ("POST", "/v1/manifest", {"protocol": PROTOCOL}),
    ("POST", "/v1/ranges", {"protocol": PROTOCOL, "key": "items.forms", "checkpoint": ""}),
    ("POST", "/v1/stock", {"protocol": PROTOCOL, "item": 1}),
    ("GET", f"/v1/segments/{DIGEST}", b""),
    ("GET", f"/v1/media/{DIGEST}", b""),
    ("POST", "/v1/submissions/known", {"ids": []}),
    ("PUT", f"/v1/submissions/{ID}", new_customer()),
    ("GET", f"/v1/uploads/{DIGEST}", b""),
    ("PATCH", f"/v1/uploads/{DIGEST}", b"x"),
    ("POST", "/v1/password", {"old": PASSWORD, "new": PASSWORD}),
    ("POST", "/v1/logout", b""),
]


def log_on(gateway: GatewayUnderTest, user: str, password: str = PASSWORD, device: str = "d") -> Answer:
    return Device(gateway.port).log_on(user, password, device)


def refusal(answer: Answer) -> tuple[int, bytes, set[str]]:
    """Returns everything that an answer reveals."""
    assert answer.code.startswith("auth.")
    return answer.status, answer.body, set(answer.headers) - {"date"}


def is_out(device: Device) -> bool:
    """Whether every route refuses the token; False if none does."""
    codes = {device.send(method, path, body).status == 401 for method, path, body in GUARDED[:-1]}
    assert len(codes) == 1
    return codes.pop()


class Clock:
    """The throttle's clock, which a test can advance."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ahead = 0.0
        monkeypatch.setattr(throttle, "time", SimpleNamespace(monotonic=lambda: time.monotonic() + self.ahead))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def test_that_passwords_are_stored_with_current_argon2id_parameters(gateway: GatewayUnderTest) -> None:
    data = str(gateway.database.folder)
    added = run("gateway", "users", "add", "rep3", "--data", data, "--password-file", "-", stdin="zażółć gęślą\n")
    assert added.returncode == 0, added.stderr
    with gateway.database.read() as connection:
        row = connection.execute(select(accounts.user).where(accounts.user.c.name == "rep3")).one()
    match = re.fullmatch(r"\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$[\w+/]{22,}\$[\w+/]{43}", row.password_hash)
    assert match is not None, row.password_hash
    memory, rounds, lanes = map(int, match.groups())
    assert (memory >= 19 * 1024, rounds >= 2, lanes >= 1) == (True, True, True)
    assert log_on(gateway, "rep3", "zażółć gęślą").status == 200
    assert log_on(gateway, "rep3", "zazolc gesla").status == 401


def test_that_a_wrong_password_and_an_unknown_user_get_the_same_answer(gateway: GatewayUnderTest) -> None:
    accounts.disable_user(gateway.database, "rep2")
    attempts = [
        ("office", "wrong password"),
        ("office", ""),
        ("office", PASSWORD + " "),
        ("office", PASSWORD.upper()),
        ("OFFICE", PASSWORD),
        ("nobody", PASSWORD),
        ("rep2", PASSWORD),
        ("office", "x" * 100_000),
        ("\u0000", PASSWORD),
    ]
    assert {refusal(log_on(gateway, user, password)) [:2] for user, password in attempts} == {
        (401, b'{"code":"auth.wrong_password"}')
    }  # fmt: skip


def test_that_an_unknown_user_takes_as_long_as_a_wrong_password(
    gateway: GatewayUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = PasswordHasher(time_cost=2, memory_cost=47_104, parallelism=1)
    monkeypatch.setattr(accounts, "_hasher", slow)
    accounts._hash_of_nobody.cache_clear()
    accounts.add_user(gateway.database, "slow", PASSWORD, None)

    def seconds(user: str) -> float:
        began = time.perf_counter()
        assert not accounts.password_is_right(gateway.database, user, "wrong password")
        return time.perf_counter() - began

    seconds("nobody")  # creates the hash to compare with
    known, unknown = (min(seconds(user) for _ in range(3)) for user in ("slow", "nobody"))
    accounts._hash_of_nobody.cache_clear()
    assert unknown > known / 3


@pytest.mark.parametrize("password", ["", "1234567", "x" * 201])
def test_that_a_password_that_cannot_be_used_is_refused(gateway: GatewayUnderTest, password: str) -> None:
    with pytest.raises(UsageError):
        accounts.add_user(gateway.database, "rep3", password, None)
    with pytest.raises(UsageError):
        accounts.change_password(gateway.database, "office", password)
    assert log_on(gateway, "office").status == 200


def test_that_too_many_wrong_passwords_are_throttled_until_time_has_passed(
    gateway: GatewayUnderTest, clock: Clock
) -> None:
    before = device_of(gateway)
    for _ in range(MOST_WRONG):
        assert log_on(gateway, "office", "wrong password").code == "auth.wrong_password"
    for password in ("wrong password", PASSWORD):
        answer = log_on(gateway, "office", password)
        assert (answer.status, answer.code) == (429, "auth.throttled")
        assert 0 < int(answer.headers["retry-after"]) <= WINDOW_S + 1
        assert answer.json()["params"]["seconds"] == answer.headers["retry-after"]
    assert not is_out(before)  # existing sessions continue
    clock.ahead = WINDOW_S - 5
    assert log_on(gateway, "office").code == "auth.throttled"
    clock.ahead = WINDOW_S + 5
    assert log_on(gateway, "office").status == 200


def test_that_accounts_and_addresses_are_throttled_separately(gateway: GatewayUnderTest) -> None:
    def from_elsewhere(user: str, password: str) -> int:
        connection = HTTPConnection("127.0.0.1", gateway.port, source_address=("127.0.0.2", 0))
        body = f'{{"user":"{user}","password":"{password}","device":"d"}}'
        connection.request("POST", "/v1/logon", body, {"Content-Type": "application/json"})
        with closing(connection):
            return connection.getresponse().status

    assert [from_elsewhere("office", "wrong password") for _ in range(MOST_WRONG)] == [401] * MOST_WRONG
    assert from_elsewhere("rep1", PASSWORD) == 429  # the address
    assert log_on(gateway, "office").status == 429  # the account, from anywhere
    assert log_on(gateway, "rep1").status == 200


def test_that_a_right_password_resets_the_throttle_of_the_account(gateway: GatewayUnderTest) -> None:
    keys = ("user office", "address 10.0.0.1")
    counted = throttle.Throttle()
    for _ in range(MOST_WRONG - 1):
        counted.count_wrong(keys)
    assert counted.wait_s(keys) == 0
    counted.forget(keys[0])
    counted.count_wrong(keys[:1])
    assert counted.wait_s(keys[:1]) == 0
    counted.count_wrong(keys[1:])
    assert counted.wait_s(keys) > 0  # a right password for one account does not reset an address that tries many


def test_that_concurrent_guesses_are_throttled_too(gateway: GatewayUnderTest) -> None:
    with ThreadPoolExecutor(30) as pool:
        codes = list(pool.map(lambda number: log_on(gateway, "office", f"guess {number}").code, range(60)))
    assert codes.count("auth.wrong_password") <= MOST_WRONG + 2
    assert set(codes) == {"auth.wrong_password", "auth.throttled"}


def test_that_many_concurrent_right_logons_are_accepted(gateway: GatewayUnderTest) -> None:
    with ThreadPoolExecutor(30) as pool:
        answers = list(pool.map(lambda number: log_on(gateway, "office", device=f"d{number}"), range(30)))
    assert {answer.status for answer in answers} == {200}
    assert len({answer.json()["series"] for answer in answers}) == 30


def test_that_a_disabled_user_is_locked_out_at_once(gateway: GatewayUnderTest) -> None:
    devices = [device_of(gateway, device=name) for name in ("one", "two")]
    other = device_of(gateway, "rep1")
    assert not any(is_out(device) for device in devices)
    accounts.disable_user(gateway.database, "office")
    assert all(is_out(device) for device in devices)
    assert log_on(gateway, "office").code == "auth.wrong_password"
    assert not is_out(other)


def test_that_a_revoked_device_is_locked_out_at_once_and_no_other(gateway: GatewayUnderTest) -> None:
    lost, kept = (device_of(gateway, device=name) for name in ("lost", "kept"))
    shared = device_of(gateway, "rep1", device="lost")
    assert accounts.revoke_device(gateway.database, "lost") == 2
    assert [is_out(device) for device in (lost, kept, shared)] == [True, False, True]
    assert accounts.revoke_device(gateway.database, "unknown") == 0
    assert not is_out(kept)


def test_that_a_new_password_ends_all_sessions(gateway: GatewayUnderTest) -> None:
    device = device_of(gateway)
    accounts.change_password(gateway.database, "office", "another password")
    assert is_out(device)
    assert log_on(gateway, "office").code == "auth.wrong_password"
    assert log_on(gateway, "office", "another password").status == 200


def test_that_logging_out_ends_one_session(gateway: GatewayUnderTest) -> None:
    first, second = device_of(gateway), device_of(gateway)
    assert first.send("POST", "/v1/logout").status == 200
    assert [is_out(first), is_out(second)] == [True, False]
    assert first.send("POST", "/v1/logout").code == "auth.required"


@pytest.mark.parametrize(
    ("column", "days", "is_ended"),
    [
        ("used_at", accounts.INACTIVE_DAYS - 1, False),
        ("used_at", accounts.INACTIVE_DAYS + 1, True),
        ("created_at", accounts.ABSOLUTE_DAYS - 1, False),
        ("created_at", accounts.ABSOLUTE_DAYS + 1, True),
    ],
)
def test_that_a_session_expires(gateway: GatewayUnderTest, column: str, days: int, is_ended: bool) -> None:
    device = device_of(gateway)
    then = timestamp(now() - timedelta(days=days))
    with gateway.database.write() as connection:
        connection.execute(update(accounts.session).values({column: then}))
    assert is_out(device) == is_ended


def test_that_neither_tokens_nor_passwords_are_found_in_the_gateways_files(gateway: GatewayUnderTest) -> None:
    device = device_of(gateway)
    device.manifest()
    log_on(gateway, "office", "a wrong password")
    content = b"".join(path.read_bytes() for path in gateway.database.folder.rglob("*") if path.is_file())
    assert hashlib.sha256(device.token.encode()).hexdigest().encode() in content
    for secret in (device.token, PASSWORD, "a wrong password"):
        assert secret.encode() not in content


def test_that_tokens_and_series_are_unique(gateway: GatewayUnderTest) -> None:
    accounts.add_user(gateway.database, "rep-1", PASSWORD, None)
    accounts.add_user(gateway.database, "żółć", PASSWORD, None)
    found = [
        log_on(gateway, user, device=device).json()
        for user in ("rep1", "rep-1", "żółć", "office")
        for device in ("a", "b", "a")
    ]
    tokens = [answer["token"] for answer in found]
    assert len(set(tokens)) == len(tokens)
    assert all(32 <= len(token) <= MAX_TOKEN_CHARACTERS for token in tokens)
    series = [answer["series"] for answer in found]
    assert all(first == again for first, again in zip(series[::3], series[2::3], strict=True))
    assert len(set(series)) == 8


def _everything(device: Device) -> tuple[dict[str, set[str]], bytes]:
    """Returns all segments for a device by object, and all their content."""
    named: dict[str, set[str]] = {}
    content = b""
    for plan in device.manifest().json()["objects"]:
        for ref in plan.get("segments", ()):
            named.setdefault(plan["key"], set()).add(ref["sha256"])
            packed = device.send("GET", f"/v1/segments/{ref['sha256']}").body
            with closing(sqlite3.connect(":memory:")) as connection:
                connection.deserialize(zstandard.ZstdDecompressor().decompress(packed))
                content += repr(connection.execute("SELECT * FROM upsert").fetchall()).encode()
    return named, content


def test_that_a_representative_gets_no_rows_of_another(gateway: GatewayUnderTest) -> None:
    first, second = device_of(gateway, "rep1"), device_of(gateway, "rep2")
    own, own_content = _everything(first)
    theirs, their_content = _everything(second)
    for secret in (b"secret of rep2", b"'Second'", b"'W2'", b"'office'", b"WHOLESALE"):
        assert secret in their_content
        assert secret not in own_content
    foreign = set().union(*theirs.values()) - set().union(*own.values())
    assert len(foreign) >= 8
    for sha256 in foreign:
        answer = first.send("GET", f"/v1/segments/{sha256}")
        assert (answer.status, answer.body) == (404, b'{"code":"gateway.not_found"}')
    unknown = first.send("GET", f"/v1/segments/{DIGEST}")
    assert (unknown.status, unknown.body) == (answer.status, answer.body)  # as if it did not exist
    picture = hashlib.sha256(PICTURE + b"of C2").hexdigest()
    assert second.send("GET", f"/v1/media/{picture}").status == 200
    assert first.send("GET", f"/v1/media/{picture}").status == 404
    with gateway.database.read() as connection:
        noted = connection.execute(select(audit).where(audit.c.what == f"image {picture}")).one()
    assert (noted.who, noted.device_id, noted.result) == ("rep1", "device of rep1", "not found")


def test_that_claiming_scopes_grants_none(gateway: GatewayUnderTest) -> None:
    first = device_of(gateway, "rep1")
    everything = device_of(gateway).manifest().json()
    honest = first.manifest().json()
    claimed = first.manifest(scopes=everything["scopes"], checkpoint=everything["checkpoint"], root=everything["root"])
    assert "unchanged" not in claimed.json()
    assert claimed.json()["scopes"] == honest["scopes"]
    counts = {plan["key"]: plan["count"] for plan in claimed.json()["objects"]}
    assert counts == {plan["key"]: plan["count"] for plan in honest["objects"]}


def after_ten_wrong(gateway: GatewayUnderTest, *forwarded: str) -> list[int]:
    """Returns the statuses of right logons from these forwarded addresses, after ten wrong ones from the first."""

    def status(said: str, user: str, password: str) -> int:
        device = Device(gateway.port, headers={"X-Forwarded-For": said})
        return device.log_on(user, password).status

    assert [status(forwarded[0], f"nobody {number}", PASSWORD) for number in range(MOST_WRONG)] == [401] * MOST_WRONG
    return [status(said, "office", PASSWORD) for said in forwarded]


def test_that_only_a_configured_proxy_is_trusted(gateway: GatewayUnderTest, caplog: pytest.LogCaptureFixture) -> None:
    assert after_ten_wrong(gateway, "10.0.0.1", "10.0.0.2") == [429, 429], "all are the proxy's address"
    told = [entry.getMessage() for entry in caplog.records if "X-Forwarded-For" in entry.getMessage()]
    assert told == ["X-Forwarded-For from 127.0.0.1 is ignored; name your own proxy with --trusted-proxy"]
    gateway.stop()
    gateway.proxies = Proxies.parse(["127.0.0.0/8", "10.9.0.0/16"])
    gateway.start()
    said = ["10.0.0.1", "10.0.0.2", "10.0.0.2, 10.0.0.1", "10.0.0.1, 10.9.1.1", "10.0.0.1, 10.0.0.2"]
    assert after_ten_wrong(gateway, *said) == [429, 200, 429, 429, 200], "the last one that no proxy of ours has"


def test_that_malformed_addresses_from_a_proxy_count_as_one(gateway: GatewayUnderTest) -> None:
    gateway.stop()
    gateway.proxies = Proxies.parse(["127.0.0.1"])
    gateway.start()
    assert after_ten_wrong(gateway, "somebody", "x" * 9_000, "2001:db8::1") == [429, 429, 200]
    assert after_ten_wrong(gateway, "2001:db8:7:8::1", "2001:db8:7:8:9::1", "2001:db8:7:9::1") == [429, 429, 200]


def test_that_refused_logons_delay_nobody_while_an_import_writes(gateway: GatewayUnderTest) -> None:
    device = device_of(gateway)
    after_ten_wrong(gateway, "10.0.0.1")
    with gateway.database.write(), ThreadPoolExecutor(60) as pool:
        waiting = [pool.submit(log_on, gateway, f"nobody {number}", "wrong password") for number in range(60)]
        for _ in range(5):
            watch = Stopwatch()
            assert device.manifest().status == 200
            assert watch.seconds < 3.0  # a manifest waits for the ERP for two seconds at most
    assert {answer.result().code for answer in waiting} == {"auth.throttled"}
