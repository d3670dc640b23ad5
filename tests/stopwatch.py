"""Measures seconds as on an idle machine: time that processes wait for a core does not count."""

import os
import time
from pathlib import Path


class Stopwatch:
    """Runs from its creation, for this process and those with the given ids."""

    def __init__(self, *processes: int) -> None:
        self._processes = (os.getpid(), *processes)
        self._began, self._waited = time.monotonic(), self._waits()

    @property
    def seconds(self) -> float:
        """Returns all seconds if the system does not report waits of threads (only Linux does)."""
        passed, waits = time.monotonic() - self._began, self._waits()
        return passed - sum(max(waits[thread] - self._waited.get(thread, 0.0), 0.0) for thread in waits)

    def _waits(self) -> dict[str, float]:
        """Returns how long each runnable thread has waited for a core."""
        found = {}
        for process in self._processes:
            for file in Path(f"/proc/{process}/task").glob("*/schedstat"):
                try:
                    found[str(file)] = int(file.read_text(encoding="ascii").split()[1]) / 1e9
                except OSError:  # the thread has ended
                    continue
        return found
