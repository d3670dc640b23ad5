"""Plain bytes in a file for SQLite to read; the file loses its name before anything is written to it.

The folder shows nothing, even if the process is killed: the system frees a file without a name with its
process. On Windows an open file keeps its name; leftovers are removed at the next start of any command.
"""

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from salesapp.disk import sweep
from salesapp.store.encrypted import translate_os_errors

_KEEPS_NAME = os.name == "nt"
_COPY_BYTES = 2**20


class PlainFile:
    """A file that `opened` opens by its name while it is empty; then it loses its name and is written to."""

    def __init__(self, folder: Path, opened: Callable[[Path], object]) -> None:
        self._folder = folder
        self._path = folder / f"{secrets.token_hex(16)}.sqlite"
        with translate_os_errors():
            self._file: BinaryIO = open(self._path, "x+b", opener=_private)  # noqa: SIM115  # Path has no opener
        try:
            opened(self._path)
        except BaseException:
            self.close()
            raise
        if not _KEEPS_NAME:
            self._forget_name()

    def write(self, content: bytes) -> None:
        with translate_os_errors():
            self._file.write(content)

    def flush(self) -> None:
        with translate_os_errors():
            self._file.flush()

    def head(self, size: int) -> bytes:
        """The first bytes."""
        with translate_os_errors():
            self._file.seek(0)
            return self._file.read(size)

    @contextmanager
    def copied(self, opened: Callable[[Path], object]) -> Iterator[None]:
        """Yields after `opened` has opened another such file with the same content."""
        other = PlainFile(self._folder, opened)
        try:
            with translate_os_errors():
                self._file.seek(0)
                shutil.copyfileobj(self._file, other._file, _COPY_BYTES)
            other.flush()
            yield
        finally:
            other.close()

    def close(self) -> None:
        with suppress(OSError):
            self._file.close()
        self._forget_name()

    def _forget_name(self) -> None:
        sweep([self._path])


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
