"""Files that another program holds: retries, the error if they fail, and leftovers."""

import errno
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from salesapp import disk
from salesapp.errors import DeviceError, UserFacingError
from tests.stopwatch import Stopwatch


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "PATIENCE_S", 0.2)


def refusing(real: Callable[..., object], times: int, code: int = errno.EACCES) -> Callable[..., object]:
    """Returns a system call that fails `times` times."""
    left = iter(range(times))

    def call(path: Path, *args: object, **options: object) -> object:
        if next(left, None) is not None:
            raise OSError(code, os.strerror(code), str(path))
        return real(path, *args, **options)

    return call


@pytest.mark.parametrize("code", [errno.EACCES, errno.EPERM, errno.EBUSY])
def test_that_a_file_held_for_a_moment_is_removed_and_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_text("old")
    new.write_text("new")
    monkeypatch.setattr(Path, "replace", refusing(Path.replace, 3, code))
    disk.replace(new, old)
    assert (old.read_text(), new.exists()) == ("new", False)
    monkeypatch.setattr(Path, "unlink", refusing(Path.unlink, 3, code))
    disk.remove(old)
    assert not old.exists()
    disk.remove(old)  # twice is once


def test_that_a_file_held_for_long_is_named_and_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, impatient: None
) -> None:
    target = tmp_path / "accounts.json"
    target.write_text("{}")
    monkeypatch.setattr(Path, "replace", refusing(Path.replace, 1000))
    with pytest.raises(DeviceError) as told:
        disk.write_whole(target, b"other")
    assert (told.value.code, told.value.params) == ("device.file_held", {"name": "accounts.json"})
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("accounts.json", "{}")]
    monkeypatch.setattr(Path, "unlink", refusing(Path.unlink, 1000))
    with pytest.raises(DeviceError) as told:
        disk.remove(target)
    assert told.value.code == "device.file_held"
    assert "accounts.json" in told.value.text.what


def test_that_a_held_file_is_retried_for_about_two_seconds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "unlink", refusing(Path.unlink, 1000))
    watch, began = Stopwatch(), time.monotonic()
    assert disk.sweep([tmp_path / "one", tmp_path / "two"]) == [tmp_path / "one", tmp_path / "two"]
    assert time.monotonic() - began > 1.9
    assert watch.seconds < 3.5  # for both together


@pytest.mark.parametrize(("code", "said"), [(errno.EIO, "device.write_failed"), (errno.ENOSPC, "device.disk_full")])
def test_that_a_failing_disk_is_not_reported_as_a_held_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, said: str
) -> None:
    monkeypatch.setattr(Path, "replace", refusing(Path.replace, 1000, code))
    watch = Stopwatch()
    with pytest.raises(DeviceError) as told:
        disk.write_whole(tmp_path / "file", b"")
    assert told.value.code == said
    assert watch.seconds < 1  # trying again does not help


@pytest.mark.parametrize("winerror", [5, 32, 33, 303, 1224])
def test_that_codes_of_windows_mean_a_held_file(winerror: int) -> None:
    error = OSError(errno.EINVAL, "Sharing violation", "C:/catalog.db")
    error.winerror = winerror  # type: ignore[attr-defined, unused-ignore]
    assert disk.is_held(error)
    assert disk.write_failed(error).params == {"name": "catalog.db"}


@pytest.mark.parametrize("code", [errno.EACCES, errno.EIO, errno.ENOSPC, errno.EROFS])
def test_that_sweeping_continues_after_a_file_that_cannot_be_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, impatient: None, code: int
) -> None:
    paths = [tmp_path / name for name in ("a", "b", "c")]
    for path in paths:
        path.touch()
    real = Path.unlink
    held = refusing(real, 1000, code)
    monkeypatch.setattr(Path, "unlink", lambda path, **options: (held if path.name == "a" else real)(path, **options))
    assert disk.sweep(paths) == [tmp_path / "a"]
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_that_only_old_leftovers_of_a_killed_process_are_swept(tmp_path: Path) -> None:
    (tmp_path / "ab").mkdir()
    old, young, other = tmp_path / "ab" / "one.x1.new", tmp_path / "two.x2.new", tmp_path / "ab" / "one"
    for path in (old, young, other):
        path.touch()
    hours_ago = time.time() - 7200  # noqa: TID251  # as old as the file system says
    for path in (old, other):
        os.utime(path, (hours_ago, hours_ago))
    disk.sweep_abandoned(tmp_path)
    assert sorted(path.name for path in tmp_path.rglob("*.*")) == ["two.x2.new"]
    assert other.exists()


def test_that_a_held_file_is_reported_with_a_remedy() -> None:
    text = UserFacingError("device.file_held", name="offer.pdf").text
    assert text.what == "The file offer.pdf is held by another program, or this user may not change it."
    assert "nothing unsent is lost" in text.data
    assert text.remedy.startswith("Close what has it open")


def test_that_a_file_that_a_viewer_holds_is_written_under_another_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out" / "Order 1.pdf"
    assert disk.write_beside(path, b"first") == path
    real, held = Path.open, {path.name}

    def guarded(self: Path, mode: str = "r", *args: object, **options: object) -> object:
        if self.name in held and "w" in mode:
            raise PermissionError(errno.EACCES, "Permission denied", str(self))
        return real(self, mode, *args, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", guarded)
    second = disk.write_beside(path, b"second")
    assert (second.name, second.read_bytes(), path.read_bytes()) == ("Order 1 (2).pdf", b"second", b"first")
    held |= {f"Order 1 ({number}).pdf" for number in range(2, 10)}
    for name in held:
        (path.parent / name).touch()
    with pytest.raises(DeviceError) as told:
        disk.write_beside(path, b"third")
    assert told.value.code == "device.file_held"


def test_that_an_unwritable_folder_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "write_bytes", refusing(Path.write_bytes, 1000))
    with pytest.raises(DeviceError) as told:
        disk.write_beside(tmp_path / "Order 1.pdf", b"")
    assert (told.value.code, told.value.params) == ("device.file_held", {"name": "Order 1.pdf"})
