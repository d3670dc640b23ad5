"""Imports on schedule while the gateway serves: at an interval, and when the source's folder changes.

Each import is a separate process, so that requests are answered meanwhile. The plan is read each time, as it can change
while the gateway serves.
"""

import logging
import os
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Self

from salesapp.gateway.connectors.sources import Source
from salesapp.gateway.database import Database
from salesapp.gateway.plan import plan_of

log = logging.getLogger(__name__)

POLL_S = 2.0
QUIET_S = 5.0
"""Seconds without changes in a folder before it is imported, so that the export has ended."""
MOST_FILES = 20_000
"""Files of a folder that are watched at most."""
ENOUGH_S = 10.0
"""Seconds for an import to stop."""

Traces = tuple[tuple[str, int, int], ...]


class ScheduledImports:
    """Imports on schedule during a `with` block. `command` starts this program."""

    def __init__(self, database: Database, command: Sequence[str], *, poll_s: float = POLL_S, quiet_s: float = QUIET_S):
        self._database = database
        options = ("--scheduled", "--until-stdin-ends", "--data", str(database.folder))
        self._command = [*command, "gateway", "import", *options]
        self._poll_s = poll_s
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="scheduled imports")
        self._watch = Watch(quiet_s)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.wait(max(self._poll_s, self._watch.seconds * 20)):
            try:
                self._look()
            except Exception:  # the next attempt may succeed
                log.exception("a scheduled import could not be started")

    def _look(self) -> None:
        with self._database.read() as connection:
            plan = plan_of(connection)
        if plan.every and plan.source and self._watch.is_due(plan.source, plan.every, time.monotonic()):
            self._import()

    def _import(self) -> None:
        with subprocess.Popen(  # noqa: S603  # this program itself
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        ) as process:
            stopper = threading.Thread(target=self._stop_with_the_server, args=(process,))
            stopper.start()
            for line in process.stdout or ():
                log.info("import: %s", line.decode("utf-8", "replace").rstrip())
            process.wait()
            stopper.join()
        level = logging.INFO if process.returncode == 0 else logging.WARNING
        log.log(level, "a scheduled import ended with code %s", process.returncode)

    def _stop_with_the_server(self, process: "subprocess.Popen[bytes]") -> None:
        """Closes the import's input when the server ends, as the system does if the server is killed."""
        while process.poll() is None:
            if self._ended.wait(0.2):
                with suppress(OSError):
                    process.stdin.close()  # type: ignore[union-attr]  # it has one
                with suppress(subprocess.TimeoutExpired):
                    process.wait(ENOUGH_S)
                process.kill()
                return


class Watch:
    """Decides when an import is due: the interval is over or files have changed, and no file is changing now."""

    def __init__(self, quiet_s: float) -> None:
        self._quiet_s = quiet_s
        self._imported: Traces | None = None
        self._imported_at = 0.0
        self._seen: Traces | None = None
        self._seen_at = 0.0
        self.seconds = 0.0
        """Seconds that checking the files takes."""

    def is_due(self, source: Source, every: int, now: float) -> bool:
        """Whether to import now; if so, the present files count as imported."""
        began = time.monotonic()
        traces = traces_of(source)
        self.seconds = time.monotonic() - began
        if traces != self._seen:
            self._seen, self._seen_at = traces, now
        if traces == self._imported:
            is_due = now - self._imported_at >= every * 60
        else:
            is_due = now - self._seen_at >= self._quiet_s
        if not is_due:
            return False
        self._imported, self._imported_at = traces, now
        return True


def traces_of(source: Source) -> Traces:
    """Name, time and size of the files that a source is read from."""
    paths = list(islice((path for place in source.files for path in _files_of(place)), MOST_FILES))
    return tuple(sorted(filter(None, map(_trace, paths))))


def _files_of(place: Path) -> Iterator[Path]:
    if not place.is_dir():
        yield place
    for folder, _, names in os.walk(place):
        yield from (Path(folder, name) for name in names)


def _trace(path: Path) -> tuple[str, int, int] | None:
    try:
        status = path.stat()
    except OSError:  # removed meanwhile
        return None
    return str(path), status.st_mtime_ns, status.st_size
