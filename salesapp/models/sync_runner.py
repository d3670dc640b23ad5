"""The one bridge from a running sync to the window: starts the engine, reads its lines, stops it, survives its end."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal

from salesapp import clock
from salesapp.program import own_command
from salesapp.sync.values import AttachmentsOutcome, ErrorValue, Outcome, OutcomeKind, Progress, Sent

STOP_AFTER_S = 4.0
"""Seconds until an engine that does not obey a stop is killed; its staged data are kept."""


@dataclass(frozen=True, slots=True)
class SyncRequest:
    """The user's request. `fresh`: keys of objects to fetch as a whole."""

    attachments: bool = True
    fresh: tuple[str, ...] = ()

    def arguments(self) -> list[str]:
        found = [] if self.attachments else ["--without-attachments"]
        for key in self.fresh:
            found += ["--object", key]
        return found


@dataclass(frozen=True, slots=True)
class Tablet:
    """The data folder and its access, from which the engine's command line follows."""

    root: Path
    key_file: Path | None = None

    def arguments(self) -> list[str]:
        found = ["--data-dir", str(self.root)]
        return [*found, "--key-file", str(self.key_file)] if self.key_file else found


class SyncRunner(QObject):
    """Runs one sync at a time. Signals: `started`, `progressed` (Progress), `finished` (Outcome)."""

    started = Signal()
    progressed = Signal(object)
    finished = Signal(object)

    def __init__(self, tablet: Tablet, parent: QObject | None = None, extra: Mapping[str, str] | None = None) -> None:
        super().__init__(parent)
        self._tablet = tablet
        self._extra = dict(extra or {})
        self._process: QProcess | None = None
        self._task: asyncio.Task[Outcome] | None = None
        self._ended: asyncio.Future[int] | None = None
        self._rest = b""
        self._outcome: Outcome | None = None
        self._stopped_at = 0.0
        self.request = SyncRequest()
        self.progress: Progress | None = None
        self.outcome: Outcome | None = None
        """The outcome of this window's last sync."""
        self.started_at, self._began = clock.now(), time.monotonic()

    @property
    def is_running(self) -> bool:
        return self._task is not None and not self._task.done()

    @property
    def seconds(self) -> float:
        """Returns the seconds since the last sync began."""
        return time.monotonic() - self._began

    def start(self, request: SyncRequest) -> None:
        """Starts a sync; does nothing while one runs."""
        if self.is_running:
            return
        self.request, self.progress, self.outcome = request, None, None
        self._stopped_at = 0.0
        self.started_at, self._began = clock.now(), time.monotonic()
        self._task = asyncio.get_running_loop().create_task(self._run(request))
        self.started.emit()

    def stop(self) -> None:
        """Stops the sync: immediately for the user, and without loss of data."""
        if self.is_running and not self._stopped_at:
            self._stopped_at = time.monotonic()
            self._send_stop()

    def _send_stop(self) -> None:
        """Sends the stop command; an engine that is still starting gets it once it runs."""
        if self._process is not None:
            self._process.write(b"stop\n")
            asyncio.get_running_loop().call_later(STOP_AFTER_S, self._end_by_force, self._process)

    async def wait(self) -> None:
        """Waits until the running sync has ended."""
        if self._task is not None:
            await asyncio.wait([self._task])

    async def _run(self, request: SyncRequest) -> Outcome:
        loop = asyncio.get_running_loop()
        self._rest, self._outcome = b"", None
        self._ended = loop.create_future()
        process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        for name, value in self._extra.items():
            environment.insert(name, value)
        process.setProcessEnvironment(environment)
        process.setProcessChannelMode(QProcess.ProcessChannelMode.SeparateChannels)
        process.readyReadStandardOutput.connect(self._on_output)
        process.readyReadStandardError.connect(process.readAllStandardError)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        self._process = process
        command = own_command()
        process.start(command[0], [*command[1:], "sync", "--events", *self._tablet.arguments(), *request.arguments()])
        if self._stopped_at:
            self._send_stop()
        try:
            code = await self._ended
        finally:
            self._process = None
            process.deleteLater()
        self.outcome = self._outcome or self._without_outcome(code)
        self.finished.emit(self.outcome)
        return self.outcome

    def _on_output(self) -> None:
        assert self._process is not None  # its signal
        lines = (self._rest + bytes(self._process.readAllStandardOutput().data())).split(b"\n")
        self._rest = lines.pop()
        newest: Progress | None = None
        for line in lines:
            found = read_line(line)
            if isinstance(found, Outcome):
                self._outcome = found
            elif found is not None:
                newest = found
        if newest is not None:
            self.progress = newest
            self.progressed.emit(newest)

    def _on_finished(self, code: int, _status: object) -> None:
        self._on_output()
        if self._ended is not None and not self._ended.done():
            self._ended.set_result(code)

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart and self._ended is not None and not self._ended.done():
            self._ended.set_result(-1)

    def _end_by_force(self, process: QProcess) -> None:
        if process is self._process:
            process.kill()

    def _without_outcome(self, code: int) -> Outcome:
        """Returns the outcome for a process that ended without one: stopped, killed, or never started."""
        kind: OutcomeKind = "stopped" if self._stopped_at else "error"
        error = "sync.stopped" if self._stopped_at else "bug"
        return Outcome(
            outcome=kind,
            error=ErrorValue(error, {"reason": f"the engine ended with code {code}"}),
            checkpoint=None,
            requests=0,
            bytes_down=0,
            bytes_up=0,
            seconds=round(self.seconds, 3),
            objects=(),
            auxiliary=(),
            sent=Sent(),
            attachments=AttachmentsOutcome(),
        )


def read_line(line: bytes) -> Progress | Outcome | None:
    """Parses a line of the engine; returns None for anything else."""
    try:
        if line.startswith(b'{"event"'):
            return msgspec.json.decode(line, type=Progress)
        if line.startswith(b'{"outcome"'):
            return msgspec.json.decode(line, type=Outcome)
    except msgspec.DecodeError:
        return None
    return None
