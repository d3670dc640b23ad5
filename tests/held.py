"""Simulates Windows: a file that a process has open cannot be removed, replaced or renamed."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest


class Holding:
    """Refuses operations on files that this process, or one of `pids`, has open; `refused` has their names."""

    def __init__(self) -> None:
        self.pids: list[int | str] = ["self"]
        self.refused: list[str] = []

    def is_held(self, path: Path) -> bool:
        return any(path == held for pid in self.pids for held in open_files(pid))

    def guarded(self, real: Callable[..., Any], count: int) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            for name in args[:count]:
                path = Path(os.fsdecode(name)).absolute()
                if self.is_held(path):
                    self.refused.append(path.name)
                    raise PermissionError(errno.EACCES, "Sharing violation", str(path))
            return real(*args, **options)

        return call


def open_files(pid: int | str = "self") -> list[Path]:
    """Returns the existing files that a process has open."""
    found = []
    for link in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):  # closed meanwhile, such as the descriptor that listed this folder
            found.append(link.readlink())
    return found


@contextmanager
def windows_rules() -> Iterator[Holding]:
    """Within, the system behaves like Windows."""
    holding = Holding()
    with pytest.MonkeyPatch.context() as patched:
        for name, count in (("unlink", 1), ("remove", 1), ("rmdir", 1), ("rename", 2), ("replace", 2)):
            patched.setattr(os, name, holding.guarded(getattr(os, name), count))
        yield holding
