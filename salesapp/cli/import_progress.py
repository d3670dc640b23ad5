"""Shows a running import or publication on standard error: a bar per phase, or a line every ten seconds."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from salesapp.cli.terminal import say
from salesapp.gateway.progress import Phase, Report, Step

EVERY_S = 10.0
_WORDS = {
    Phase.WAIT: "Waiting: another import runs",
    Phase.READ: "Reading the source",
    Phase.COMPARE: "Comparing rows",
    Phase.WRITE: "Writing changes",
    Phase.PUBLISH: "Publishing",
}


@contextmanager
def shown_progress() -> Iterator[Report]:
    """Yields a function that shows progress: bars on a terminal, else lines."""
    if sys.stderr.isatty():
        with Bars() as bars:
            yield bars.report
    else:
        with Lines() as lines:
            yield lines.report


class Bars:
    """A bar for each phase: rows, objects, time left."""

    def __init__(self, console: Console | None = None) -> None:
        self._bars = Progress(
            TextColumn("{task.description:<20}"),
            BarColumn(bar_width=24),
            TextColumn("{task.fields[note]}"),
            TimeElapsedColumn(),
            TextColumn("left:"),
            TimeRemainingColumn(),
            console=console or Console(stderr=True),
        )
        self._tasks: dict[Phase, TaskID] = {}

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self._bars.stop()

    def report(self, step: Step) -> None:
        if step.phase not in self._tasks:
            for task in self._tasks.values():
                self._bars.update(task, total=1, completed=1)
            self._tasks[step.phase] = self._bars.add_task(_WORDS[step.phase], total=None, note="")
        total, done = _share(step)
        self._bars.update(self._tasks[step.phase], total=total, completed=done, note=_note(step))


def _say(line: str) -> None:
    say(line, err=True)


class Lines:
    """Writes a line with the newest state every ten seconds, even without reports."""

    def __init__(self, every_s: float = EVERY_S, write: Callable[[str], None] = _say) -> None:
        self._every_s = every_s
        self._write = write
        self._step: Step | None = None
        self._phase_began = time.monotonic()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._tell, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self._ended.set()
        self._thread.join()

    def report(self, step: Step) -> None:
        if self._step is None or self._step.phase is not step.phase:
            self._phase_began = time.monotonic()
        self._step = step

    def _tell(self) -> None:
        while not self._ended.wait(self._every_s):
            if self._step is not None:
                self._write(line_of(self._step, time.monotonic() - self._phase_began))


def line_of(step: Step, seconds: float) -> str:
    """Returns the state in one line; `seconds` is the time since the phase began."""
    total, done = _share(step)
    left = f", about {seconds * (total - done) / done:.0f} s left" if total and done else ""
    note = _note(step)
    return f"{_WORDS[step.phase]}{f': {note}' if note else ''}, {seconds:.0f} s so far{left}"


def _share(step: Step) -> tuple[float | None, float]:
    """Returns total and done: rows if their number is known, else objects."""
    if step.expected:
        is_done = step.objects_done == step.objects
        return step.expected, step.expected if is_done else min(step.rows, step.expected)
    if step.phase is Phase.PUBLISH:
        return step.objects, step.objects_done
    return None, step.rows


def _note(step: Step) -> str:
    if not step.objects:
        return ""
    about = "about " if step.phase is Phase.COMPARE else ""  # as many as there were before
    expected = f" of {about}{step.expected:,}" if step.expected else ""
    rows = f"{step.rows:,}{expected} rows, object {min(step.objects_done + 1, step.objects)} of {step.objects}"
    return f"{rows} ({step.object})" if step.object else rows
