"""Folders and files that nobody else on this computer may read. Imports nothing of ours; raises OSError.

On Windows, where modes say nothing, the folders of a person are that person's already.
"""

import logging
import os
import stat
from pathlib import Path

log = logging.getLogger(__name__)

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_ALL = 99
_HAS_MODES = os.name == "posix"


class NotPrivateError(OSError):
    """Others can reach it, and that cannot be changed."""


def keep_private() -> None:
    """From here on whatever this process makes is its user's alone."""
    if _HAS_MODES:
        os.umask(_OTHERS)


def make_private(folder: Path, levels: int = 1) -> None:
    """Makes a folder that only this user can enter; one that is there, and what is in it, becomes so.

    `levels`: how deep it is looked through where nobody else could enter; what lies deeper was out of reach.
    Raises NotPrivateError where that cannot be, and for a folder that is everybody's (/tmp).
    """
    keep_private()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if _HAS_MODES:
        if folder.stat().st_mode & stat.S_ISVTX:
            raise NotPrivateError(f"{folder} is a folder of everybody: name another one")
        _close(folder, levels)


def close_file(path: Path) -> bool:
    """Takes a file away from others; False where it was theirs to read, and is no more."""
    mode = path.stat().st_mode
    if not _HAS_MODES or not mode & _OTHERS:
        return True
    try:
        path.chmod(stat.S_IMODE(mode) & ~_OTHERS)
    except OSError as error:
        raise NotPrivateError(f"others can reach {path}; take it away from them (chmod 600)") from error
    return False


def _close(folder: Path, levels: int) -> None:
    was_open = not close_file(folder)
    if was_open:
        log.warning("others could enter a folder, and cannot any more")
    if was_open or levels:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    _close(Path(entry.path), _ALL if was_open else levels - 1)
                elif entry.is_file(follow_symlinks=False):
                    _close_found(Path(entry.path))


def _close_found(path: Path) -> None:
    try:
        close_file(path)
    except FileNotFoundError:  # another process has removed it meanwhile
        return
