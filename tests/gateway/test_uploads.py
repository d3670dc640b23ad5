"""Uploads: interrupted and resumed anywhere, accepted only complete and correct, separate per user."""

import hashlib
import os
import socket
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesapp.gateway.uploads import Uploads
from salesapp.protocol import limits
from salesapp.protocol.limits import MAX_FILE_BYTES, MAX_UPLOAD_CHUNK_BYTES
from tests.conftest import GatewayUnderTest
from tests.gateway.client import Answer, Device, device_of, key_of, submission
from tests.pictures import photo

PHOTO = photo(40) + bytes(range(256)) * 30


@pytest.fixture
def device(gateway: GatewayUnderTest) -> Device:
    return device_of(gateway)


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def state(device: Device, sha256: str) -> tuple[int, bool]:
    found = device.send("GET", f"/v1/uploads/{sha256}").json()
    return found["offset"], found.get("complete", False)


def send(device: Device, sha256: str, offset: int, length: int, piece: bytes) -> Answer:
    place = {"Upload-Offset": str(offset), "Upload-Length": str(length), "Content-Type": "application/octet-stream"}
    return device.send("PATCH", f"/v1/uploads/{sha256}", piece, place)


def send_whole(device: Device, content: bytes) -> str:
    sha256 = sha256_of(content)
    for offset in range(0, len(content), MAX_UPLOAD_CHUNK_BYTES):
        answer = send(device, sha256, offset, len(content), content[offset : offset + MAX_UPLOAD_CHUNK_BYTES])
        assert answer.status == 200, answer
    assert answer.json() == {"offset": len(content), "complete": True}
    return sha256


def uploaded(gateway: GatewayUnderTest, user: str, sha256: str) -> bytes:
    return Uploads.of(gateway.database.folder, user).path(sha256).read_bytes()


def files(gateway: GatewayUnderTest) -> list[Path]:
    return [path for path in (gateway.database.folder / "uploads").rglob("*") if path.is_file()]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.lists(st.integers(0, 400), max_size=5))
def test_that_a_file_in_any_pieces_arrives_complete(gateway: GatewayUnderTest, device: Device, cuts: list[int]) -> None:
    content = os.urandom(400)
    sha256 = sha256_of(content)
    offset = 0
    for end in [*sorted(cuts), len(content)]:
        assert state(device, sha256) == (offset, offset == len(content))
        assert send(device, sha256, offset, len(content), content[offset:end]).json()["offset"] == end
        offset = end
    assert state(device, sha256) == (len(content), True)
    assert uploaded(gateway, "office", sha256) == content


def test_that_the_largest_file_arrives_across_a_restart_and_a_new_session(
    gateway: GatewayUnderTest, device: Device
) -> None:
    content = os.urandom(MAX_FILE_BYTES)
    sha256 = sha256_of(content)
    half = MAX_FILE_BYTES // 2
    for offset in range(0, half, MAX_UPLOAD_CHUNK_BYTES):
        send(device, sha256, offset, len(content), content[offset : offset + MAX_UPLOAD_CHUNK_BYTES])
    gateway.restart()
    again = device_of(gateway, device="another device of the user")
    offset, complete = state(again, sha256)
    assert (offset, complete) == (half, False)
    while not complete:
        send(again, sha256, offset, len(content), content[offset : offset + MAX_UPLOAD_CHUNK_BYTES])
        offset, complete = state(again, sha256)
    assert uploaded(gateway, "office", sha256) == content


def test_that_an_aborted_piece_leaves_the_offset_unchanged(gateway: GatewayUnderTest, device: Device) -> None:
    sha256 = sha256_of(PHOTO)
    send(device, sha256, 0, len(PHOTO), PHOTO[:100])
    for length in (0, 1, 3_000, len(PHOTO) - 101):
        head = [f"PATCH /v1/uploads/{sha256} HTTP/1.1", "Host: x", f"Authorization: Bearer {device.token}"]
        head += ["Upload-Offset: 100", f"Upload-Length: {len(PHOTO)}", f"Content-Length: {len(PHOTO) - 100}"]
        with socket.create_connection(("127.0.0.1", gateway.port)) as connection:
            connection.sendall("\r\n".join(head).encode() + b"\r\n\r\n" + PHOTO[100 : 100 + length])
    gateway.restart()
    assert state(device, sha256) == (100, False)
    assert send(device, sha256, 100, len(PHOTO), PHOTO[100:]).json()["complete"]
    assert uploaded(gateway, "office", sha256) == PHOTO


def test_that_an_upload_resumes_after_a_kill_of_the_gateway(gateway: GatewayUnderTest, device: Device) -> None:
    folder = Uploads.of(gateway.database.folder, "office").folder
    folder.mkdir(parents=True)
    for end in (0, 1, len(PHOTO) - 1, len(PHOTO)):  # also if only the rename was missing
        content = PHOTO[:-1] + bytes([end % 251])
        sha256 = sha256_of(content)
        (folder / f"{sha256}.part").write_bytes(content[:end])
        assert state(device, sha256) == (end, False)
        assert send(device, sha256, end, len(content), content[end:]).json() == {
            "offset": len(content),
            "complete": True,
        }


def test_that_a_wrong_offset_is_answered_with_the_right_one(gateway: GatewayUnderTest, device: Device) -> None:
    sha256 = sha256_of(PHOTO)
    for known in (0, 500):
        for wrong in {0, 499, 501, len(PHOTO) - 1} - {known}:
            answer = send(device, sha256, wrong, len(PHOTO), b"x")
            assert (answer.status, answer.code) == (409, "gateway.conflict")
            assert answer.json()["params"] == {"offset": str(known)}
            assert state(device, sha256) == (known, False)
        send(device, sha256, known, len(PHOTO), PHOTO[known : known + 500])
    assert send(device, sha256, 1000, len(PHOTO), PHOTO[1000:]).json()["complete"]
    assert uploaded(gateway, "office", sha256) == PHOTO


def test_that_a_repeated_piece_does_not_count_twice(gateway: GatewayUnderTest, device: Device) -> None:
    sha256 = sha256_of(PHOTO)
    with ThreadPoolExecutor(10) as pool:
        sent = [pool.submit(send, device, sha256, 0, len(PHOTO), PHOTO[:4_000]) for _ in range(10)]
    found = sorted(answer.result().status for answer in sent)
    assert found == [200] + [409] * 9
    assert state(device, sha256) == (4_000, False)
    with ThreadPoolExecutor(10) as pool:
        sent = [pool.submit(send, device, sha256, 4_000, len(PHOTO), PHOTO[4_000:]) for _ in range(10)]
    assert {answer.result().json()["complete"] for answer in sent} == {True}  # a complete file stays complete
    assert uploaded(gateway, "office", sha256) == PHOTO
    assert len(files(gateway)) == 1


def test_that_a_file_with_a_wrong_digest_is_dropped_and_can_be_sent_again(
    gateway: GatewayUnderTest, device: Device
) -> None:
    sha256 = sha256_of(PHOTO)
    for damaged in (PHOTO[:-1] + b"x", PHOTO[:-1], PHOTO + b"x", b"x"):
        answer = send(device, sha256, 0, len(damaged), damaged)
        assert (answer.status, answer.code) == (409, "gateway.conflict")
        assert answer.json()["params"] == {"reason": "sha256"}
        assert state(device, sha256) == (0, False)
        assert files(gateway) == []
    assert send_whole(device, PHOTO) == sha256
    assert send(device, sha256, 0, 1, b"x").json() == {"offset": len(PHOTO), "complete": True}
    assert uploaded(gateway, "office", sha256) == PHOTO


def test_that_a_file_above_the_size_is_refused_at_its_first_piece(gateway: GatewayUnderTest, device: Device) -> None:
    sha256 = sha256_of(PHOTO)
    for offset, length, piece in (
        (0, MAX_FILE_BYTES + 1, PHOTO),
        (0, 2**70, PHOTO),
        (0, len(PHOTO) - 1, PHOTO),
        (MAX_FILE_BYTES, MAX_FILE_BYTES, b"x"),
        (2**70, MAX_FILE_BYTES, b"x"),
        (0, MAX_FILE_BYTES, bytes(MAX_UPLOAD_CHUNK_BYTES + 1)),
    ):
        answer = send(device, sha256, offset, length, piece)
        assert (answer.status, answer.code) == (413, "gateway.too_large"), (offset, length)
    assert state(device, sha256) == (0, False)
    assert files(gateway) == []


def _file(gateway: GatewayUnderTest, **changes: Any) -> dict[str, Any]:
    payload = {
        "owner_kind": "customer",
        "owner": key_of(gateway.database, "customers.customers", "C2"),
        "file_name": "photo.jpg",
        "media_type": "image/jpeg",
        "size": len(PHOTO),
        "sha256": sha256_of(PHOTO),
    }
    return submission("file", payload | changes)


def _put(device: Device, body: dict[str, Any]) -> tuple[str, str, str]:
    found = device.send("PUT", f"/v1/submissions/{uuid.uuid4()}", body).json()
    return found["state"], found.get("code", ""), found.get("field", "")


def test_that_a_record_needs_its_complete_file(gateway: GatewayUnderTest, device: Device) -> None:
    sha256 = sha256_of(PHOTO)
    missing = ("rejected", "submission.unknown_record", "sha256")
    assert _put(device, _file(gateway)) == missing
    send(device, sha256, 0, len(PHOTO), PHOTO[:-1])
    assert _put(device, _file(gateway)) == missing
    for trick in (f"{sha256}.part", f"../{sha256}", "", "/etc/passwd", sha256.upper(), "\u0000"):
        assert _put(device, _file(gateway, sha256=trick)) == missing
    send(device, sha256, len(PHOTO) - 1, len(PHOTO), PHOTO[-1:])
    assert _put(device, _file(gateway, size=len(PHOTO) - 1)) == ("rejected", "submission.invalid", "size")
    assert _put(device, _file(gateway)) == ("received", "", "")


def test_that_the_content_of_a_file_matches_its_type_and_its_name_is_not_a_path(
    gateway: GatewayUnderTest, device: Device
) -> None:
    send_whole(device, PHOTO)
    for name in ("../photo.jpg", "CON.jpg", "a.jpg:stream", "photo.jpg.", "", "a\u202egpj.exe", "a" * 300):
        refused = ("rejected", "submission.invalid", "file_name")
        assert _put(device, _file(gateway, file_name=name)) == refused, name
    drawing = b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"
    program = b"MZ\x90\x00" + bytes(100)
    refused = ("rejected", "submission.invalid", "media_type")
    assert _put(device, _file(gateway, media_type="image/png")) == refused
    for content, said in ((drawing, "image/svg+xml"), (drawing, "text/plain"), (program, "image/jpeg")):
        body = _file(gateway, sha256=send_whole(device, content), size=len(content), media_type=said)
        assert _put(device, body) == refused, said
    assert _put(device, _file(gateway)) == ("received", "", "")


def test_that_a_user_neither_sees_nor_uses_the_file_of_another(gateway: GatewayUnderTest, device: Device) -> None:
    sha256 = send_whole(device, PHOTO)
    other = device_of(gateway, "rep2")
    assert state(other, sha256) == (0, False)
    assert _put(other, _file(gateway)) == ("rejected", "submission.unknown_record", "sha256")
    assert send(other, sha256, 0, len(PHOTO), PHOTO[:10]).json() == {"offset": 10}
    assert uploaded(gateway, "office", sha256) == PHOTO


def part(number: int) -> tuple[str, bytes]:
    content = bytes([number]) * 1_000
    return sha256_of(content), content


def test_that_only_files_without_a_record_count_against_the_quota(
    gateway: GatewayUnderTest, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_WAITING_FILES", 3)
    send_whole(device, PHOTO)
    for number in (1, 2):
        sha256, content = part(number)
        assert send(device, sha256, 0, len(content), content[:500]).status == 200
    sha256, content = part(3)
    answer = send(device, sha256, 0, len(content), content)
    assert (answer.status, answer.code) == (507, "gateway.upload_quota")
    assert answer.json()["params"] == {"files": "3", "bytes": str(len(PHOTO) + 1_000)}
    other = device_of(gateway, "rep2")
    assert send(other, sha256, 0, len(content), content).status == 200, "each user has their own"
    first, begun = part(1)
    assert send(device, first, 500, len(begun), begun[500:]).json()["complete"], "what was begun may end"
    assert _put(device, _file(gateway)) == ("received", "", "")
    assert send(device, sha256, 0, len(content), content).json()["complete"], "the photo has its record now"
    assert state(device, sha256_of(PHOTO)) == (len(PHOTO), True)
    assert uploaded(gateway, "office", sha256_of(PHOTO)) == PHOTO
    assert _put(device, _file(gateway)) == ("received", "", ""), "and may have another one"


def test_that_the_quota_limits_bytes_too_and_unused_files_expire_after_a_month(
    gateway: GatewayUnderTest, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    send_whole(device, PHOTO)
    assert _put(device, _file(gateway)) == ("received", "", "")
    monkeypatch.setattr(limits, "MAX_WAITING_BYTES", 1_600)
    (first, begun), (sha256, content) = part(1), part(2)
    send(device, first, 0, len(begun), begun[:700])
    assert send(device, sha256, 0, len(content), content).code == "gateway.upload_quota"
    for path in files(gateway):
        os.utime(path, (0, 0))
    assert send(device, sha256, 0, len(content), content).json()["complete"]
    assert state(device, first) == (0, False), "it begins again"
    assert uploaded(gateway, "office", sha256_of(PHOTO)) == PHOTO, "what has a record stays for good"
