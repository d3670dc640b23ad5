"""Seconds as they would pass on a quiet machine: what processes wait for a core does not count."""

import os
import time
from pathlib import Path


class Stopwatch:
    """Runs from the moment it is made; the processes are this one and those whose ids are given."""

    def __init__(self, *processes: int) -> None:
        self._processes = (os.getpid(), *processes)
        self._began, self._waited = time.monotonic(), self._waits()

    @property
    def seconds(self) -> float:
        """Where the system does not tell how long threads wait (it is Linux that does), all of them."""
        passed, waits = time.monotonic() - self._began, self._waits()
        return passed - sum(max(waits[thread] - self._waited.get(thread, 0.0), 0.0) for thread in waits)

    def _waits(self) -> dict[str, float]:
        """How long each thread has waited for a core, though it had something to do."""
        found = {}
        for process in self._processes:
            for file in Path(f"/proc/{process}/task").glob("*/schedstat"):
                try:
                    found[str(file)] = int(file.read_text(encoding="ascii").split()[1]) / 1e9
                except OSError:  # the thread has ended
                    continue
        return found
