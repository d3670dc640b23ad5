"""Files of the gateway that a scanner or a backup holds: requests are retried, and leftovers are swept."""

import os
from pathlib import Path

import pytest

from salesapp import disk
from salesapp.gateway.segments import SegmentFiles
from salesapp.gateway.uploads import Uploads
from tests.conftest import GatewayUnderTest
from tests.gateway.client import device_of
from tests.gateway.office import small_office
from tests.gateway.test_uploads import send, sha256_of, state, uploaded
from tests.held import windows_rules

HOURS = 7200


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "PATIENCE_S", 0.1)


def make_old(path: Path) -> None:
    before = path.stat().st_mtime - HOURS
    os.utime(path, (before, before))


def test_that_an_upload_with_a_held_file_is_retried_and_accepted(gateway: GatewayUnderTest) -> None:
    device, content = device_of(gateway), b"what a customer signed" * 10
    sha256 = sha256_of(content)
    assert send(device, sha256, 0, len(content), content[:20]).status == 200
    part = Uploads.of(gateway.database.folder, "office").folder / f"{sha256}.part"
    with windows_rules() as holding, part.open("rb"):
        answer = send(device, sha256, 20, len(content), content[20:])
        assert (answer.status, answer.code) == (503, "gateway.busy")  # the tablet tries again
        assert set(holding.refused) == {part.name}
    assert state(device, sha256) == (len(content), False)
    assert send(device, sha256, len(content), len(content), b"").json()["complete"]
    assert uploaded(gateway, "office", sha256) == content


def test_that_leftovers_of_publications_are_swept_by_the_next(gateway: GatewayUnderTest) -> None:
    segments = gateway.database.folder / "segments" / "ab"
    segments.mkdir(parents=True, exist_ok=True)
    unnamed, young, new = segments / f"{'ab' * 32}.zst", segments / f"{'cd' * 32}.zst", segments / "ab.zst.x.new"
    for path in (unnamed, young, new):
        path.touch()
    for path in (unnamed, new):
        make_old(path)
    named = [path for path in segments.parent.glob("*/*.zst") if path not in {unnamed, young}]
    assert named
    for path in named:
        make_old(path)
    gateway.connector.company["items.forms"]["I1"]["name"] = "Another name"
    gateway.take()
    assert [path.exists() for path in (unnamed, young, new)] == [False, True, False]
    assert all(path.exists() for path in named)


def test_that_leftovers_of_imports_are_swept_by_the_next(tmp_path: Path) -> None:
    office = small_office(tmp_path, 3)
    office.init()
    left = office.data / "imports" / "999999.recording"
    left.parent.mkdir(exist_ok=True)
    left.touch()
    with windows_rules() as holding, left.open("rb"):
        assert office.take().exit_code == 0
        assert set(holding.refused) == {left.name}
    assert office.take().exit_code == 0
    assert not left.exists()


def test_that_a_segment_that_cannot_be_removed_stays_without_an_error(tmp_path: Path) -> None:
    segments, sha256 = SegmentFiles(tmp_path), "ab" * 32
    path = segments.path(sha256)
    path.parent.mkdir(parents=True)
    path.touch()
    with windows_rules() as holding, path.open("rb"):
        segments.remove([sha256])
        assert set(holding.refused) == {path.name}
    segments.remove([sha256])
    assert not path.exists()
