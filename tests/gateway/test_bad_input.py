"""Input that no real device sends gets a problem with a stable code, and nothing is stored."""

import hashlib
import json
import logging
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesapp.gateway import accounts
from salesapp.gateway.app import ROUTES
from salesapp.gateway.folder import create
from salesapp.protocol import limits
from tests.company import PICTURE, ListConnector
from tests.conftest import PASSWORD, GatewayUnderTest
from tests.gateway.client import Answer, Device, device_of, new_customer, order, stored, submission

ID = "0192f0c1-2345-7abc-8def-0123456789ab"
DIGEST = hashlib.sha256(b"a file").hexdigest()
LOGON = {"user": "office", "password": PASSWORD, "device": "d"}
MESSAGES: dict[tuple[str, str], dict[str, Any]] = {
    ("POST", "/v1/logon"): LOGON,
    ("POST", "/v1/manifest"): {"protocol": 1, "lagging": [{"key": "items.forms"}]},
    ("POST", "/v1/ranges"): {"protocol": 1, "key": "items.forms", "checkpoint": "1-a"},
    ("POST", "/v1/stock"): {"protocol": 1, "item": 1},
    ("POST", "/v1/password"): {"old": PASSWORD, "new": "mokry-zegar-siedem"},
    ("POST", "/v1/submissions/known"): {"ids": [ID]},
    ("POST", "/v1/submissions/sent"): {"after": 0},
    ("POST", "/v1/submissions/withdrawn"): {"withdrawn": []},
    ("PUT", f"/v1/submissions/{ID}"): new_customer(),
}
"""Every route that reads a message, with a valid one."""
GUESSES = {("POST", "/v1/logon"), ("POST", "/v1/password")}
"""Routes where wrong messages are throttled, and valid ones change the state for other tests."""
OTHERS = {
    ("POST", "/v1/logout"),
    ("GET", f"/v1/submissions/{ID}"),
    ("GET", f"/v1/segments/{DIGEST}"),
    ("GET", f"/v1/media/{DIGEST}"),
    ("GET", f"/v1/uploads/{DIGEST}"),
    ("PATCH", f"/v1/uploads/{DIGEST}"),
}
SIZES = {"/v1/logon": limits.MAX_ANSWER_BYTES, f"/v1/submissions/{ID}": limits.MAX_SUBMISSION_BYTES}
PIECE = {"Upload-Offset": "0", "Upload-Length": "6"}


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayUnderTest]:
    """A gateway for all tests of this module: none of them changes it."""
    database = create(tmp_path_factory.mktemp("gateway") / "data")
    made = GatewayUnderTest(database, ListConnector())
    made.take()
    accounts.add_user(database, "office", PASSWORD, None)
    made.start()
    yield made
    made.stop()
    database.close()


@pytest.fixture(scope="module")
def device(gateway: GatewayUnderTest) -> Device:
    return device_of(gateway)


@pytest.fixture(autouse=True)
def nothing_is_stored(gateway: GatewayUnderTest, device: Device, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Checks around every test that tables and files stay unchanged, and no error is logged."""
    before = stored(gateway.database)
    yield
    assert stored(gateway.database) == before
    assert [entry.getMessage() for entry in caplog.get_records("call") if entry.levelno >= logging.ERROR] == []


def wrong_bodies(good: dict[str, Any]) -> Iterator[bytes]:
    """Derives malformed bodies from a valid one."""
    text = json.dumps(good).encode()
    yield from (text[:end] for end in range(0, len(text), max(1, len(text) // 12)))
    yield from (b"null", b"[]", b"7", b'"text"', b"\xff\xfe\x00", b"[" + text + b"]", text + b"}", text + text)
    yield from (text.decode().encode("utf-16"), b"\xef\xbb\xbf" + text, text.replace(b'"', b"'"), b"\0", text + b"\0")
    for value in (b"NaN", b"Infinity", b"-Infinity", b"1e999", b'"\\ud800"', b'"\x01"', b"0x10", b"01", b"undefined"):
        name = next(iter(good))
        yield text[:-1] + b', "more": ' + value + b"}"
        yield b'{"' + name.encode() + b'": ' + value + text[text.index(b",") if b"," in text else -1 :]
    yield b'{"' + next(iter(good)).encode() + b'": 1, ' + text[1:]  # the same key twice
    for depth in (40, 1_000, 100_000):
        yield text[:-1] + b', "more": ' + b"[" * depth + b"]" * depth + b"}"
        yield text[:-1] + b', "more": ' + b'{"a":' * depth + b"1" + b"}" * depth + b"}"
    yield json.dumps(good | {"unknown": 1}).encode()
    yield text[:-1] + b', "a\\u0000b": 1}'
    for name, value in good.items():
        yield json.dumps({key: other for key, other in good.items() if key != name} | {"unknown": 1}).encode()
        for wrong in ({"a": 1}, [{"a": 1}], True, 1.5, 2**70, -(2**70)):
            if not (isinstance(value, dict) and isinstance(wrong, dict)) and not isinstance(value, type(wrong)):
                yield json.dumps(good | {name: wrong}).encode()


def problem_of(answer: Answer, where: object, *statuses: int) -> str:
    """Returns the code of an answer, which must be a problem caused by the caller."""
    assert answer.status in (statuses or range(400, 500)), (where, answer)
    return answer.code


def test_that_the_table_of_messages_has_every_route() -> None:
    known = {(method, path.replace("{sha256}", DIGEST).replace("{id}", ID)) for path, _, [method] in ROUTES}
    assert known == set(MESSAGES) | OTHERS


@pytest.mark.parametrize(("method", "path"), MESSAGES)
def test_that_a_body_that_is_not_a_message_is_refused(device: Device, method: str, path: str) -> None:
    for body in wrong_bodies(MESSAGES[method, path]):
        answer = device.send(method, path, body)
        code = problem_of(answer, body[:200], 400)
        assert code == ("gateway.protocol" if "version" in str(answer.json()) else "gateway.bad_request"), body[:200]


@pytest.mark.parametrize(("method", "path"), MESSAGES)
def test_that_a_body_of_another_content_type_is_not_read(device: Device, method: str, path: str) -> None:
    good = MESSAGES[method, path]
    for kind in ("text/plain", "application/x-www-form-urlencoded", "application/json-patch+json", "rubbish", ""):
        answer = device.send(method, path, good, {"Content-Type": kind})
        assert problem_of(answer, kind, 400) == "gateway.bad_request"
    answer = device.send(method, path, good, {"Content-Encoding": "gzip"})
    assert problem_of(answer, "gzip", 400) == "gateway.bad_request"


@pytest.mark.parametrize(("method", "path"), [*MESSAGES, ("PATCH", f"/v1/uploads/{DIGEST}")])
def test_that_a_body_above_the_limit_is_refused_before_it_is_read(device: Device, method: str, path: str) -> None:
    limit = SIZES.get(path, limits.MAX_ANSWER_BYTES)
    if method == "PATCH":
        limit = limits.MAX_UPLOAD_CHUNK_BYTES
    declared = PIECE | {"Content-Length": str(2**40)}
    assert problem_of(device.send(method, path, b"", declared), "declared", 413) == "gateway.too_large"
    body = b'{"a": "' + b"x" * limit + b'"}'
    chunk = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    connection = socket.create_connection(("127.0.0.1", device.port))
    with connection, connection.makefile("rb") as answer:  # a body without a length is counted while it comes
        head = [f"{method} {path} HTTP/1.1", "Host: x", "Content-Type: application/json"]
        head += [f"Authorization: Bearer {device.token}", "Transfer-Encoding: chunked", "Connection: close"]
        head += [f"{name}: {value}" for name, value in PIECE.items()]
        connection.sendall("\r\n".join(head).encode() + b"\r\n\r\n" + chunk)
        text = answer.read()
    assert text.startswith(b"HTTP/1.1 413 "), text[:300]
    assert b'"gateway.too_large"' in text


def test_that_a_wrong_method_is_answered_with_a_problem(device: Device) -> None:
    allowed: dict[str, set[str]] = {}
    for method, path in [*MESSAGES, *OTHERS, ("GET", "/health")]:
        allowed.setdefault(path, set()).add(method)
    for name in ("known", "sent", "withdrawn"):
        allowed[f"/v1/submissions/{name}"] |= {"GET", "PUT"}  # a rubbish id of a submission
    for path, right in allowed.items():
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "TRACE"} - right:
            answer = device.send(method, path, b"{}")
            assert problem_of(answer, (method, path), 405) == "gateway.bad_request"


PATHS = [
    "/", "//", "/v1", "/v2/manifest", "/v1/manifest/", "//v1/manifest", "/v1//manifest", "/v1/manifest%2f",
    "/V1/MANIFEST", "/v1/manifest%00", "/v1/manifest/..", "/v1/../v1/manifest", "/v1/%2e%2e/v1/manifest", "/docs",
    "/v1/manifest;a=b", "/../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc%2fpasswd", "/gateway.db",
    "/health/", "/%", "/%ff%fe", "/%zz",
]  # fmt: skip
NAMES = f"""
    .. %2e%2e ../gateway.db ..%2fgateway.db ..%5cgateway.db %2fetc%2fpasswd %00 {DIGEST}%00 {DIGEST.upper()} {DIGEST}%0a
    {DIGEST}/ {DIGEST}%2f ../segments/{DIGEST} {DIGEST[:-1]} {DIGEST}0 {"%D9%A1" * 64} {"g" * 64} {"0" * 5_000} -1 *
    {DIGEST}.part 1%20OR%201=1 %F0%9F%92%A9 {ID[:-1]} {ID.upper()} {ID}%00 {"0" * 36} {"-" * 36}
""".split()


def test_that_manipulated_paths_find_nothing(device: Device) -> None:
    for path in PATHS:
        for method in ("GET", "POST"):
            code = problem_of(device.send(method, path, b"{}"), (method, path), 404)
            assert code == "gateway.not_found"
    for method, folder in (("GET", "segments"), ("GET", "media"), ("GET", "uploads"), ("PATCH", "uploads")):
        for name in ("", *NAMES):
            answer = device.send(method, f"/v1/{folder}/{name}", b"a file", PIECE)
            problem_of(answer, (folder, name), 400, 404)
    for name in ("", *NAMES):
        problem_of(device.send("PUT", f"/v1/submissions/{name}", new_customer()), name, 400, 404)


def test_that_unknown_names_are_not_found(device: Device) -> None:
    for folder in ("segments", "media"):
        assert problem_of(device.send("GET", f"/v1/{folder}/{DIGEST}"), folder, 404) == "gateway.not_found"
    point = device.manifest().json()["checkpoint"]
    for key in ("", "items", "items.forms ", "items_forms", "record", "x" * 5_000, "\u0000"):
        request = {"protocol": 1, "key": key, "checkpoint": point}
        assert problem_of(device.send("POST", "/v1/ranges", request), key, 404) == "gateway.not_found"
    for checkpoint in ("", "-", "0-0", f"{point}x", "9" * 40 + "-a", "-1-a", "1-A", point + "\n", "\u0661-a"):
        request = {"protocol": 1, "key": "items.forms", "checkpoint": checkpoint}
        assert problem_of(device.send("POST", "/v1/ranges", request), checkpoint, 409) == "gateway.conflict"
        afresh = device.manifest(checkpoint=checkpoint, scopes=[-1, 0, 2**62], root="x", objects=["items.forms", "no"])
        assert [plan["fresh"] for plan in afresh.json()["objects"]] == [True]
        assert afresh.json().get("known", True) is (not checkpoint)


def test_that_other_versions_of_the_protocol_are_refused(device: Device) -> None:
    for protocol in (0, 2, -1, 999, 2**62):
        for path, more in (("manifest", {}), ("ranges", {"key": "items.forms", "checkpoint": ""})):
            answer = device.send("POST", f"/v1/{path}", {"protocol": protocol, **more})
            assert problem_of(answer, protocol, 400) == "gateway.protocol"
            assert answer.json()["params"] == {"app": str(protocol), "gateway": "1"}


def test_that_only_a_valid_token_is_accepted(device: Device) -> None:
    headers: list[str | bytes] = ["", "Bearer", "Bearer ", "Bearer  ", f"Basic {device.token}", device.token]
    headers += [f"Bearer {device.token}x", f"Bearer {device.token[:-1]}", f"Bearer {device.token.swapcase()}"]
    headers += [f"Bearer  {device.token}", f"Bearer {device.token},x", "Bearer " + "x" * 513, "Bearer " + "x" * 20_000]
    headers += [b"Bearer \xff\xfe\x80", "Bearer ' OR 1=1 --"]
    for method, path in (set(MESSAGES) | OTHERS) - {("POST", "/v1/logon")}:
        for header in headers:
            body = MESSAGES.get((method, path), b"a file")
            answer = device.send(method, path, body, PIECE | {"Authorization": header})
            assert problem_of(answer, (path, header), 401) == "auth.required"


def test_that_a_piece_without_an_offset_is_refused(device: Device) -> None:
    wrong: list[dict[str, str]] = [{}, {"Upload-Offset": "0"}, {"Upload-Length": "6"}]
    wrong += [PIECE | {"Upload-Offset": value} for value in ("", "x", "-1", "0.0", "1e3", "\xb2", "9" * 5_000)]
    wrong += [PIECE | {"Upload-Length": value} for value in ("", "x", "0", "-6", "NaN", "0x6")]
    for headers in wrong:
        answer = device.send("PATCH", f"/v1/uploads/{DIGEST}", b"a file", headers)
        assert problem_of(answer, headers, 400) == "gateway.bad_request"


def test_that_too_many_ids_at_once_are_refused(device: Device) -> None:
    answer = device.send("POST", "/v1/submissions/known", {"ids": ["x"] * (limits.MAX_KNOWN_IDS + 1)})
    assert problem_of(answer, "ids", 413) == "gateway.too_large"
    rubbish = ["", "\u0000", "'; DROP TABLE submission", "x" * 10_000, "\U0001f4a9"]
    assert device.send("POST", "/v1/submissions/known", {"ids": rubbish}).json() == {"missing": rubbish}


def test_that_numbers_beyond_the_database_are_refused(device: Device, gateway: GatewayUnderTest) -> None:
    for number in (2**63, 2**64, 2**70, -(2**63) - 1, -(2**70)):
        for changes in ({"customer": number}, {"payment_form": number}, {"price_type": number}):
            document = submission("document", order(gateway.database, **changes))
            answer = device.send("PUT", f"/v1/submissions/{ID}", document)
            assert problem_of(answer, changes, 400) == "gateway.bad_request"


def test_that_an_aborted_request_leaves_nothing(device: Device, gateway: GatewayUnderTest) -> None:
    for (method, path), good in [*MESSAGES.items(), (("PATCH", f"/v1/uploads/{DIGEST}"), {})]:
        text = json.dumps(good).encode() or b"a file"
        for length in (0, 1, len(text) - 1):
            head = [f"{method} {path} HTTP/1.1", "Host: x", "Content-Type: application/json"]
            head += [f"Authorization: Bearer {device.token}", f"Content-Length: {len(text) + 1}"]
            head += [f"{name}: {value}" for name, value in PIECE.items()]
            with socket.create_connection(("127.0.0.1", gateway.port)) as connection:
                connection.sendall("\r\n".join(head).encode() + b"\r\n\r\n" + text[:length])
    picture = hashlib.sha256(PICTURE).hexdigest()
    with socket.create_connection(("127.0.0.1", gateway.port)) as connection:
        request = f"GET /v1/media/{picture} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {device.token}\r\n\r\n"
        connection.sendall(request.encode())
        assert connection.recv(20).startswith(b"HTTP/1.1 200")
    gateway.restart()  # which waits for all requests in progress


def test_that_input_that_is_not_http_gets_a_short_answer(gateway: GatewayUnderTest) -> None:
    for rubbish in (
        b"\0" * 100 + b"\r\n\r\n",
        b"GET\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\r\n\r\n",
        b"GET /\0 HTTP/1.1\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", gateway.port)) as connection, connection.makefile("rb") as answer:
            connection.sendall(rubbish)
            connection.shutdown(socket.SHUT_WR)
            text = answer.read()
        assert text == b"" or text.startswith(b"HTTP/1.1 400 "), rubbish
        assert b"Traceback" not in text


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda values: st.lists(values, max_size=3) | st.dictionaries(st.text(max_size=8), values, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(request=st.sampled_from(sorted(MESSAGES)), body=st.binary(max_size=200))
def test_that_random_bytes_are_refused(device: Device, request: tuple[str, str], body: bytes) -> None:
    assert problem_of(device.send(*request, body), body, 400) == "gateway.bad_request"


@settings(max_examples=100, deadline=None)
@given(data=st.data(), request=st.sampled_from(sorted(set(MESSAGES) - GUESSES)))
def test_that_a_message_with_random_values_is_answered_or_refused(
    device: Device, data: st.DataObject, request: tuple[str, str]
) -> None:
    good = MESSAGES[request]
    changes = {name: data.draw(json_values) for name in data.draw(st.sets(st.sampled_from(sorted(good)), min_size=1))}
    if "payload" in good:
        changes["kind"] = data.draw(st.text().filter(lambda kind: kind != good["kind"]))
    answer = device.send(*request, good | changes)
    if answer.status != 200:
        problem_of(answer, changes, 400, 404, 409)
