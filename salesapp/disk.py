"""Removes, replaces and reads files, and retries while another program holds one.

A virus scanner, a backup or this program's other process may hold a file for a fraction of a second; Windows then
refuses to remove, replace or open it. No other module removes or replaces files; a test enforces it.
"""

import errno
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

from salesapp.errors import DeviceError

T = TypeVar("T")

log = logging.getLogger(__name__)

FAILURES = frozenset({"device.disk_full", "device.write_failed", "device.file_held"})
"""Codes of the errors raised here: the operation failed but may succeed on the next try."""
PATIENCE_S = 2.0
_STEP_S = 0.05
_HELD = {errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY}
_HELD_ON_WINDOWS = {5, 32, 33, 303, 1224}
"""Access denied, sharing violation, lock violation, being deleted, mapped into memory."""
_NEW = ".new"
_MOST_BESIDE = 9
_ABANDONED_S = 3600


def is_held(error: OSError) -> bool:
    """Returns whether another program may hold the file; Windows reports missing rights with the same codes."""
    return error.errno in _HELD or getattr(error, "winerror", None) in _HELD_ON_WINDOWS


def write_failed(error: OSError) -> DeviceError:
    """Returns the user-facing error for a failed write."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DeviceError("device.disk_full", needed="more", free="too few")
    if is_held(error) and error.filename:
        return DeviceError("device.file_held", name=Path(os.fsdecode(error.filename)).name)
    return DeviceError("device.write_failed", reason=error.strerror or type(error).__name__)


def with_retries(act: Callable[[], T], until: float | None = None) -> T:
    """Calls `act`, and retries for two seconds (or `until`, monotonic) while a file is held. Raises OSError."""
    until = time.monotonic() + PATIENCE_S if until is None else until
    while True:
        try:
            return act()
        except OSError as error:
            if not is_held(error) or time.monotonic() >= until:
                raise
        time.sleep(_STEP_S)


def remove(path: Path) -> None:
    """Removes a file, if it exists. Raises DeviceError."""
    try:
        with_retries(lambda: path.unlink(missing_ok=True))
    except OSError as error:
        raise write_failed(error) from error


def replace(source: Path, target: Path) -> None:
    """Renames a file or folder, and replaces an existing file. Raises DeviceError."""
    try:
        with_retries(lambda: source.replace(target))
    except OSError as error:
        raise _of_target(error, target) from error


def sweep(paths: Iterable[Path]) -> list[Path]:
    """Removes unneeded files; returns those that remain, for the next start to sweep. Raises nothing.

    Retries for two seconds in all.
    """
    until = time.monotonic() + PATIENCE_S
    left = []
    for path in paths:
        try:
            with_retries(partial(path.unlink, missing_ok=True), until)
        except OSError as error:
            log.warning("%s is left to the next start: %s", path.name, error.strerror)
            left.append(path)
    return left


def remove_folder(folder: Path) -> None:
    """Removes an unneeded folder as far as possible; raises nothing."""
    try:
        with_retries(lambda: shutil.rmtree(folder))
    except FileNotFoundError:
        pass
    except OSError as error:
        log.warning("%s is left: %s", folder.name, error.strerror)


def write_whole(path: Path, content: bytes) -> None:
    """Replaces a file atomically and durably. Raises DeviceError."""
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
    """Writes a file for the user; returns its path. Raises DeviceError.

    If a viewer holds a file of that name, the new one gets a number.
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
    """Removes temporary files that killed processes left behind in `write_whole`, in a folder and its subfolders."""
    sweep_old(path for pattern in (f"*{_NEW}", f"*/*{_NEW}") for path in folder.glob(pattern))


def sweep_old(paths: Iterable[Path]) -> None:
    """Removes unneeded files, except those of the last hour, which may be about to be used."""
    old = time.time() - _ABANDONED_S  # noqa: TID251  # compared with the file system's times
    sweep(path for path in paths if _is_older(path, old))


def size_of(path: Path) -> int:
    """Returns the bytes of a file; 0 if another process has just removed it."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def flush_files(paths: Iterable[Path]) -> None:
    """Flushes these files from the system's memory to the disk; raises nothing."""
    folders = set()
    for path in paths:
        with suppress(OSError), path.open("r+b") as file:
            os.fsync(file.fileno())
            folders.add(path.parent)
    for folder in folders:
        with suppress(OSError):
            flush_folder(folder)


def flush_folder(folder: Path) -> None:
    """Flushes the entries of a folder to the disk; Windows does so by itself."""
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
    """Returns the error with the target's name: the source is often a temporary file."""
    return DeviceError("device.file_held", name=target.name) if is_held(error) else write_failed(error)


def _is_older(path: Path, moment: float) -> bool:
    try:
        return path.stat().st_mtime < moment
    except OSError:
        return False
