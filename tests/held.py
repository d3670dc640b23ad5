"""Windows' rule on this system: what a process has open can be neither removed nor replaced nor renamed."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest


class Holding:
    """Files that this process, or one of `pids`, has open are refused; `refused` has their names."""

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
    """What a process has open by a name that is there."""
    found = []
    for link in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):  # closed meanwhile: the one that listed this folder, for example
            found.append(link.readlink())
    return found


@contextmanager
def windows_rules() -> Iterator[Holding]:
    """Within, the system behaves as Windows does."""
    holding = Holding()
    with pytest.MonkeyPatch.context() as patched:
        for name, count in (("unlink", 1), ("remove", 1), ("rmdir", 1), ("rename", 2), ("replace", 2)):
            patched.setattr(os, name, holding.guarded(getattr(os, name), count))
        yield holding
