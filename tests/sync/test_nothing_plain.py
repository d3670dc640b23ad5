"""Nothing of the catalogue is on the tablet's disk unencrypted, even if a sync is killed at the worst moment."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from salesapp.cli.main import salesapp
from salesapp.store.folders import DataFolder
from salesapp.store.lock import sync_lock
from tests.company import PICTURE
from tests.conftest import PASSWORD, GatewayUnderTest, Tablet, serving

KILLED = """
import asyncio, os, signal, sys
from importlib import import_module
from pathlib import Path

from salesapp.sync.engine import Engine
from salesapp.sync.session import Place
from salesapp.sync.stopping import StopSignal
from salesapp.sync.values import SyncOptions

root, key_file, url, password, where, name, when = sys.argv[1:]
owner = import_module(where)
*path, last = name.split(".")
for part in path:
    owner = getattr(owner, part)
true = getattr(owner, last)

def dies(*arguments, **named):
    if when == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    true(*arguments, **named)
    for file in open_files():
        os.fsync(file)
    os.kill(os.getpid(), signal.SIGKILL)

def open_files():
    for number in os.listdir("/proc/self/fd"):
        try:
            if os.path.isfile(f"/proc/self/fd/{number}") or "sqlite" in os.readlink(f"/proc/self/fd/{number}"):
                yield int(number)
        except OSError:
            pass

setattr(owner, last, dies)
place = Place(root=Path(root), key_file=Path(key_file), url=url, user="office", password=password)
asyncio.run(Engine(place, SyncOptions(full=True)).run(StopSignal()))
"""
MOMENTS = [
    ("salesapp.store.sealed", "SealedWriter.append", "after"),
    ("salesapp.store.plain", "PlainFile.write", "after"),
    ("salesapp.store.segment_check", "SegmentCheck.run", "before"),
    ("salesapp.store.segment_check", "_check_rows", "after"),
    ("salesapp.store.staging", "Staging._copy", "before"),
    ("salesapp.store.staging", "Staging._copy", "after"),
    ("salesapp.store.staging", "build_indexes", "after"),
    ("salesapp.sync.stages.publish", "switch", "before"),
    ("salesapp.sync.stages.publish", "switch", "after"),
    ("salesapp.sync.stages.attachments", "_missing", "before"),
    ("salesapp.store.sealed", "SealedWriter.finish", "before"),
]
PLAIN = (b"SQLite format 3", "Żółć".encode(), b"Item I1", b"Business", b"secret of rep2", PICTURE[100:200])


@pytest.fixture(scope="module")
def gateway(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayUnderTest]:
    with serving(published, tmp_path_factory.mktemp("plain") / "gateway") as under_test:
        yield under_test


@pytest.fixture(scope="module")
def synced(gateway: GatewayUnderTest, tmp_path_factory: pytest.TempPathFactory) -> Tablet:
    tablet = Tablet(tmp_path_factory.mktemp("plain") / "tablet", gateway)
    assert tablet.sync().outcome == "ok"
    return tablet


def plain_files(root: Path) -> list[str]:
    found = [path for path in root.rglob("*") if path.is_file()]
    assert found
    return [str(path.relative_to(root)) for path in found if any(mark in path.read_bytes() for mark in PLAIN)]


@pytest.mark.parametrize(("where", "name", "when"), MOMENTS)
def test_that_a_killed_sync_leaves_no_plaintext(
    synced: Tablet, gateway: GatewayUnderTest, where: str, name: str, when: str
) -> None:
    arguments = [str(synced.root), str(synced.key_file), gateway.url, PASSWORD, where, name, when]
    killed = subprocess.run([sys.executable, "-c", KILLED, *arguments], capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert plain_files(synced.root) == []
    assert [path.name for path in synced.account.temporary.iterdir() if path.stat().st_size] == []


def test_that_a_plain_segment_contains_the_marks(synced: Tablet) -> None:
    """Shows that the test above can fail."""
    left = synced.account.temporary / "left.sqlite"
    left.write_bytes(b"SQLite format 3")
    assert plain_files(synced.root) == [str(left.relative_to(synced.root))]
    left.unlink()


COMMANDS = (["status"], ["stock", "I1"], ["restore-backup"], ["sync", "--without-attachments"])


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_that_every_command_removes_leftovers_of_older_versions(synced: Tablet, command: list[str]) -> None:
    options = ["--data-dir", str(synced.root), "--key-file", str(synced.key_file)]
    left = synced.account.temporary / f"{'0' * 64}-upsert.sqlite"
    left.write_bytes(b"SQLite format 3")
    CliRunner().invoke(salesapp, [*command, *options])
    assert not left.exists()


def test_that_the_window_removes_leftovers_but_no_files_of_a_running_sync(synced: Tablet) -> None:
    account = synced.account
    left = account.temporary / "left.sqlite"
    left.write_bytes(b"SQLite format 3")
    with sync_lock(account):
        DataFolder(synced.root)
        assert left.exists()
    DataFolder(synced.root)  # the window opens this first
    assert not left.exists()
