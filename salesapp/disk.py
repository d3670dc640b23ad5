"""Removes, replaces and reads files that another program may hold for a moment, with patience, and says so.

A virus scanner, a backup or the other process of this program holds a file for a fraction of a second; Windows then
refuses to remove, replace or open it. Nothing else in the package removes or replaces files; a test holds that.
"""

import errno
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from salesapp.errors import DeviceError

T = TypeVar("T")

log = logging.getLogger(__name__)

FAILURES = frozenset({"device.disk_full", "device.write_failed", "device.file_held"})
"""Codes of what this module raises: the work failed, and may go well the next time."""
PATIENCE_S = 2.0
_STEP_S = 0.05
_HELD = {errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY}
_HELD_ON_WINDOWS = {5, 32, 33, 303, 1224}
"""Access denied, sharing violation, lock violation, being deleted, mapped into memory."""
_NEW = ".new"
_MOST_BESIDE = 9
_ABANDONED_S = 3600


def is_held(error: OSError) -> bool:
    """Whether the system refuses a file because somebody has it; it cannot say so apart from a lack of rights."""
    return error.errno in _HELD or getattr(error, "winerror", None) in _HELD_ON_WINDOWS


def write_failed(error: OSError) -> DeviceError:
    """A failure of the disk as an error for people."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DeviceError("device.disk_full", needed="more", free="too few")
    if is_held(error) and error.filename:
        return DeviceError("device.file_held", name=Path(os.fsdecode(error.filename)).name)
    return DeviceError("device.write_failed", reason=error.strerror or type(error).__name__)


def patiently(act: Callable[[], T], until: float | None = None) -> T:
    """Does it, again for two seconds (or `until`, monotonic) while somebody holds the file. Raises OSError."""
    until = time.monotonic() + PATIENCE_S if until is None else until
    while True:
        try:
            return act()
        except OSError as error:
            if not is_held(error) or time.monotonic() >= until:
                raise
        time.sleep(_STEP_S)


def remove(path: Path) -> None:
    """Removes a file that may be missing. Raises DeviceError."""
    try:
        patiently(lambda: path.unlink(missing_ok=True))
    except OSError as error:
        raise write_failed(error) from error


def replace(source: Path, target: Path) -> None:
    """Gives a file or folder another name, in the place of a file that has it. Raises DeviceError."""
    try:
        patiently(lambda: source.replace(target))
    except OSError as error:
        raise _of_target(error, target) from error


def sweep(paths: Iterable[Path]) -> list[Path]:
    """Removes files that nobody needs, and raises nothing: returns those that stay, which the next start sweeps.

    All of them together have the two seconds.
    """
    until = time.monotonic() + PATIENCE_S
    left = []
    for path in paths:
        try:
            patiently(lambda path=path: path.unlink(missing_ok=True), until)  # type: ignore[misc]
        except OSError as error:
            log.warning("%s is left to the next start: %s", path.name, error.strerror)
            left.append(path)
    return left


def remove_folder(folder: Path) -> None:
    """Removes a folder that nobody needs, as far as it goes; raises nothing."""
    try:
        patiently(lambda: shutil.rmtree(folder))
    except FileNotFoundError:
        pass
    except OSError as error:
        log.warning("%s is left: %s", folder.name, error.strerror)


def write_whole(path: Path, content: bytes) -> None:
    """Replaces a file whole or not at all; it is on the disk when this returns. Raises DeviceError."""
    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.", suffix=_NEW)
    except OSError as error:
        raise write_failed(error) from error
    new = Path(name)
    try:
        _fill(descriptor, content)
        replace(new, path)
    except BaseException:
        sweep([new])
        raise


def write_beside(path: Path, content: bytes) -> Path:
    """Writes a file for the person; returns where it is. Raises DeviceError.

    One of that name that a viewer holds stays as it is: the new one gets a number.
    """
    wanted, number = path, 1
    while True:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            wanted.write_bytes(content)
        except OSError as error:
            if not is_held(error) or not wanted.exists() or number == _MOST_BESIDE:
                raise write_failed(error) from error
        else:
            return wanted
        number += 1
        wanted = path.with_stem(f"{path.stem} ({number})")


def sweep_abandoned(folder: Path) -> None:
    """Removes what processes that were killed have left of `write_whole`, in a folder and those in it."""
    sweep_old(path for pattern in (f"*{_NEW}", f"*/*{_NEW}") for path in folder.glob(pattern))


def sweep_old(paths: Iterable[Path]) -> None:
    """Removes files that nobody needs; not those of the last hour, which somebody may be about to use."""
    old = time.time() - _ABANDONED_S  # noqa: TID251  # as old as the file system says
    sweep(path for path in paths if _is_older(path, old))


def size_of(path: Path) -> int:
    """Bytes of a file; 0 for one that another process has just removed."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def bring_to_disk(paths: Iterable[Path]) -> None:
    """Has the disk write what the system still keeps in memory of these files; raises nothing."""
    folders = set()
    for path in paths:
        with suppress(OSError), path.open("r+b") as file:
            os.fsync(file.fileno())
            folders.add(path.parent)
    for folder in folders:
        with suppress(OSError):
            sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Brings the names in a folder to the disk; Windows does so by itself."""
    if os.name != "nt":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _fill(descriptor: int, content: bytes) -> None:
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise write_failed(error) from error


def _of_target(error: OSError, target: Path) -> DeviceError:
    """Who replaces a file knows the new name of it; the old one is often one of ours for a moment."""
    return DeviceError("device.file_held", name=target.name) if is_held(error) else write_failed(error)


def _is_older(path: Path, moment: float) -> bool:
    try:
        return path.stat().st_mtime < moment
    except OSError:
        return False
