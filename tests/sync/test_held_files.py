"""Files that are open when they should be removed: the sync still succeeds, and nothing is left over."""

import errno
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from salesapp import disk
from salesapp.cli import restore as restore_command
from salesapp.domain.catalogue import IMAGES
from salesapp.errors import DeviceError
from salesapp.models.single import window_closed
from salesapp.store import backup, plain
from salesapp.store.catalog import CatalogStore
from salesapp.store.catalog_reader import CatalogReader
from salesapp.store.work import WorkStore
from salesapp.sync.values import Outcome
from tests.company import picture_row
from tests.conftest import GatewayUnderTest, Tablet, states
from tests.held import windows_rules

ITEMS = "items.forms"
CODES = (errno.EACCES, errno.EIO, errno.ENOSPC)
SWEPT = ("segments", "tmp", "media/*")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "PATIENCE_S", 0.1)


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Applies the rules of Windows; returns the names of refused files."""
    monkeypatch.setattr(plain, "_KEEPS_NAME", True)
    with windows_rules() as holding:
        yield holding.refused


@contextmanager
def window_of(tablet: Tablet) -> Iterator[CatalogReader]:
    """Opens what a screen has open: a connection after a read."""
    with closing(CatalogReader(tablet.account.catalog_path, tablet.key)) as browser:
        assert browser.count(tablet.catalogue.by_key[ITEMS])
        yield browser


def rename(gateway: GatewayUnderTest, name: str) -> None:
    gateway.connector.company[ITEMS]["I1"]["name"] = name
    gateway.take()


def left_behind(tablet: Tablet) -> list[str]:
    """Returns files that no later run needs."""
    named = {row["sha256"] for row in tablet.gateway.connector.company[IMAGES].values()}
    found = [path for pattern in SWEPT for path in tablet.account.path.glob(f"{pattern}/*")]
    found += tablet.account.path.glob("*.new")
    return [path.name for path in found if path.name.split(".")[0] not in named]


def test_that_windows_rules_refuse_what_is_open(tmp_path: Path, windows: list[str]) -> None:
    held, free = tmp_path / "held", tmp_path / "free"
    free.touch()
    with held.open("w"):
        with pytest.raises(PermissionError):
            held.unlink()
        with pytest.raises(PermissionError):
            free.replace(held)
    held.unlink()
    free.replace(held)
    assert windows == ["held", "held"]


def test_that_syncs_remove_no_file_that_the_window_has_open(
    tablet: Tablet, gateway: GatewayUnderTest, windows: list[str]
) -> None:
    assert tablet.sync().outcome == "ok"
    with window_of(tablet) as browser:
        rename(gateway, "Another name")
        assert tablet.sync().outcome == "ok"
        assert browser.count(tablet.catalogue.by_key[ITEMS])
    assert windows == []
    assert left_behind(tablet) == []


def test_that_a_catalogue_of_another_layout_is_replaced_while_the_window_has_it_open(
    tablet: Tablet, windows: list[str]
) -> None:
    tablet.begin()
    with window_of(tablet) as browser:
        store = CatalogStore.open(tablet.account.catalog_path, tablet.key, tablet.catalogue)
        store.set_meta("layout", "of another version")
        store.close()
        outcome = tablet.sync()
        assert outcome.outcome == "ok"
        assert not outcome.warnings
        assert browser.count(tablet.catalogue.by_key[ITEMS])
    assert windows == []


def test_that_a_damaged_catalogue_is_replaced_while_the_window_has_it_open(tablet: Tablet, windows: list[str]) -> None:
    tablet.begin()
    path = tablet.account.catalog_path
    with window_of(tablet):
        content = bytearray(path.read_bytes())
        middle = len(content) // 2
        content[4096 * 2 : middle] = os.urandom(middle - 4096 * 2)
        path.write_bytes(content)
        outcome = tablet.sync()
    assert outcome.outcome == "ok"
    assert [warning.code for warning in outcome.warnings] == ["device.catalog_damaged"]
    assert windows == []


def test_that_a_catalogue_with_a_damaged_header_that_is_open_is_named(tablet: Tablet, windows: list[str]) -> None:
    tablet.begin()
    path = tablet.account.catalog_path
    with path.open("r+b") as held:
        held.write(bytes(8192))
        held.flush()
        outcome = tablet.sync()
        assert outcome.outcome == "failed"
        assert outcome.error is not None
        assert (outcome.error.code, outcome.error.params) == ("device.file_held", {"name": "catalog.db"})
    assert tablet.sync().outcome == "ok"


def test_that_a_picture_in_use_does_not_end_a_sync_and_is_removed_by_the_next(
    tablet: Tablet, gateway: GatewayUnderTest, windows: list[str]
) -> None:
    tablet.begin()
    picture = next(tablet.account.media.glob("*/*.sealed"))
    images = gateway.connector.company[IMAGES]
    for key in [key for key, row in images.items() if row["sha256"] == picture.name.split(".")[0]]:
        del images[key]
    gateway.take()
    with picture.open("rb"):
        assert tablet.sync().outcome == "ok"
        assert picture.exists()
        assert set(windows) == {picture.name}
    assert tablet.sync().outcome == "ok"
    assert not picture.exists()


@contextmanager
def failing_unlink(number: int, code: int) -> Iterator[list[str]]:
    """Makes the n-th removal fail, at every retry."""
    real, seen = os.unlink, list[str]()

    def unlink(path: Any, *args: Any, **options: Any) -> None:
        name = os.fsdecode(path)
        if name not in seen:
            seen.append(name)
        if seen.index(name) == number:
            raise OSError(code, os.strerror(code), name)
        real(path, *args, **options)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "unlink", unlink)
        yield seen


def busy_sync(tablet: Tablet, number: int, code: int) -> tuple[Outcome, list[str]]:
    """Runs a sync with every kind of removal (leftovers, segments, a picture, backups); one of them fails."""
    gateway = tablet.gateway
    rename(gateway, f"Name {number} {code}")
    images, content = gateway.connector.company[IMAGES], b"\x89PNG\r\n\x1a\n" + f"{number} {code}".encode() * 50
    images.pop("P", None)
    row = images["P"] = picture_row("I1", content) | {"file_name": "p.png"}
    gateway.connector.pictures[row["sha256"]] = content
    gateway.take()
    (tablet.account.temporary / "left.sqlite").touch()
    (tablet.account.segments / "items_forms-0.sealed").touch()
    for path in tablet.account.backups.glob("*"):
        path.unlink()
    for day in range(1, 9):
        (tablet.account.backups / f"work-2001-01-0{day}.db").touch()
    with failing_unlink(number, code) as seen:
        return tablet.sync(), seen


def test_that_no_single_failing_removal_ends_a_sync(tablet: Tablet) -> None:
    tablet.begin()
    busy_sync(tablet, -2, 0)
    outcome, seen = busy_sync(tablet, -1, 0)
    assert outcome.outcome == "ok"
    places = len(seen)
    folders = {Path(name).relative_to(tablet.account.path).parts[0] for name in seen}
    assert folders >= {"tmp", "segments", "media", "backups"}
    for number in range(places):
        outcome, seen = busy_sync(tablet, number, CODES[number % len(CODES)])
        assert outcome.outcome == "ok", (seen[number], outcome.error)
        assert len(seen) > number
    assert tablet.sync().outcome == "ok"
    assert left_behind(tablet) == []


def test_that_a_segment_that_cannot_be_removed_does_not_affect_other_objects(
    tablet: Tablet, gateway: GatewayUnderTest
) -> None:
    tablet.begin()
    rename(gateway, "Named again")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("salesapp.sync.stages.apply.read_sealed", lambda *_: iter([b"damaged"]))
        patched.setattr(Path, "unlink", refused)
        outcome = tablet.sync()
    assert outcome.outcome == "failed"
    assert {key for key, state in states(outcome).items() if state == "failed"} == {ITEMS}
    assert outcome.error is None
    assert tablet.sync().outcome == "ok"


def refused(path: Path, **_options: object) -> None:
    raise PermissionError(errno.EACCES, "Sharing violation", str(path))


def run_restore(tablet: Tablet) -> int:
    options = ["--data-dir", str(tablet.root), "--key-file", str(tablet.key_file)]
    with pytest.raises(SystemExit) as ended:
        restore_command.command.main(options)
    return int(ended.value.code or 0)


def test_that_a_backup_is_not_restored_while_the_window_is_open(
    tablet: Tablet, capsys: pytest.CaptureFixture[str]
) -> None:
    tablet.begin()
    before = tablet.account.work_path.read_bytes()
    with window_closed(tablet.root):  # the lock that the window holds
        assert run_restore(tablet) == 7
    assert "Close the window first" in capsys.readouterr().err
    assert tablet.account.work_path.read_bytes() == before
    assert not list(tablet.account.path.glob("work-*"))
    assert run_restore(tablet) == 2  # the window is closed, but there is nothing to restore
    assert "nothing to restore" in capsys.readouterr().err


def test_that_a_restore_that_cannot_move_a_file_moves_none(tablet: Tablet) -> None:
    tablet.begin()
    names = {"work.db", "work.db-wal", "work.db-shm"}
    moving = names | {backup.RETURNED}  # the mark is set first; asking once too often does no harm
    work = WorkStore.open(tablet.account, tablet.key)
    with work.write():  # creates a write-ahead log
        pass
    before = sorted(path.name for path in tablet.account.path.iterdir())
    assert names <= set(before)
    with closing(work), windows_rules() as holding, pytest.raises(DeviceError) as told:
        backup.restore(tablet.account, tablet.key)
    assert told.value.code == "device.file_held"
    assert "work" in str(told.value.params["name"])
    assert holding.refused
    after = sorted(path.name for path in tablet.account.path.iterdir())
    assert [name for name in after if name not in moving] == [name for name in before if name not in moving]
    assert tablet.sync().outcome == "ok"


@pytest.mark.parametrize("stage", ["apply.read_sealed", "publish.switch", "attachments.wanted"])
def test_that_no_refusal_of_the_file_system_is_reported_as_a_bug(
    tablet: Tablet, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    def refuse(*_: object, **_options: object) -> None:
        raise PermissionError(errno.EACCES, "Sharing violation", "C:/data/a.sealed")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(f"salesapp.sync.stages.{stage}", refuse)
        outcome = tablet.sync()
    assert outcome.outcome == "failed"
    assert outcome.error is not None
    assert outcome.error.code == "device.file_held"
    assert tablet.sync().outcome == "ok"


def test_that_an_unreadable_folder_is_reported_before_a_session_begins(
    tablet: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    tablet.begin()

    def refuse(_account: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "/data/tmp")

    monkeypatch.setattr("salesapp.store.folders.AccountFolder.clean_temporary", refuse)
    outcome = tablet.sync()
    assert outcome.error is not None
    assert (outcome.outcome, outcome.error.code) == ("failed", "device.file_held")


def test_that_an_os_error_without_a_file_is_reported_as_a_bug(tablet: Tablet, monkeypatch: pytest.MonkeyPatch) -> None:
    tablet.begin()

    async def break_down(*_: object, **_options: object) -> None:
        raise TimeoutError

    monkeypatch.setattr("salesapp.sync.engine.negotiate", break_down)
    with pytest.raises(ExceptionGroup):
        tablet.sync()
