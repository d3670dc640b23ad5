"""Makes folders and files inaccessible to other users of the computer. Imports nothing of ours; raises OSError.

On Windows, where modes have no effect, a user's folders are private already.
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
    """Other users have access, and it cannot be revoked."""


def keep_private() -> None:
    """Makes everything that this process creates from now on private to its user."""
    if _HAS_MODES:
        os.umask(_OTHERS)


def make_private(folder: Path, levels: int = 1) -> None:
    """Creates a folder that only this user can enter, or makes an existing one and its contents private.

    `levels`: how deep to check a folder that was private already; anything deeper was out of reach.
    Raises NotPrivateError if that is impossible, and for a folder shared by all users (/tmp).
    """
    keep_private()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if _HAS_MODES:
        if folder.stat().st_mode & stat.S_ISVTX:
            raise NotPrivateError(f"{folder} is a folder of everybody: name another one")
        _close(folder, levels)


def close_file(path: Path) -> bool:
    """Makes a file private; returns False if others had access before. Raises NotPrivateError if it is impossible."""
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
    except FileNotFoundError:  # another process has just removed it
        return
