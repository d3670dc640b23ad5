"""Shows a running sync: on a terminal a bar for sending and for each section, else plain lines."""

from typing import Self

from rich.console import Console
from rich.progress import BarColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

from salesapp.cli.terminal import safe, say
from salesapp.domain.catalogue import SECTIONS
from salesapp.domain.object_states import FINAL, RIGHT, WRONG, ObjectState
from salesapp.errors import describe
from salesapp.sync.values import Outcome, Progress, Stage

_WORDS = {
    ObjectState.OK: "ok",
    ObjectState.UNCHANGED: "unchanged",
    ObjectState.FAILED: "FAILED",
    ObjectState.HELD_BACK: "held back",
    ObjectState.SKIPPED: "skipped",
    ObjectState.NOT_REACHED: "not reached",
}
_STYLES = {ObjectState.FAILED: "bold red", ObjectState.HELD_BACK: "yellow", ObjectState.OK: "green"}
SILENT_S = 3
"""A gateway that has not answered for so many seconds is named."""
LABELS = {section.key: section.label for section in SECTIONS}


def label(section: str) -> str:
    return LABELS.get(section, section.replace("_", " ").title())


class TerminalBars:
    """Draws bars during a `with` block."""

    def __init__(self, console: Console) -> None:
        self._bars = Bars(
            TextColumn("{task.description}"),
            BarColumn(bar_width=32),
            TextColumn("{task.percentage:>5.1f} %"),
            TextColumn("{task.fields[note]}"),
            TimeElapsedColumn(),
            console=console,
        )
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        self._bars.start()
        self._tasks["all"] = self._bars.add_task("[bold]Synchronization", total=100.0, note="")
        return self

    def __exit__(self, *_exc: object) -> None:
        self._bars.stop()

    def progressed(self, progress: Progress) -> None:
        sending = progress.sending
        left = f"{progress.seconds_left:.0f} s left" if progress.seconds_left is not None else progress.stage.value
        if progress.silent_s >= SILENT_S:
            left = f"no answer from the gateway for {progress.silent_s:.0f} s"
        note = "" if progress.stage is Stage.FINISHED else left
        self._bars.update(self._tasks["all"], completed=progress.percent, note=note)
        if sending.total:
            done = sending.accepted + sending.rejected
            self._show("sending", "Sending", done, sending.total, f"{done} of {sending.total}")
        for section in progress.sections:
            final = sum(entry.state in FINAL for entry in section.objects)
            total = section.rows_expected + len(section.objects)
            note = f"{final} of {len(section.objects)}"
            if section.state in WRONG:
                note += f" [{_STYLES[section.state]}]{_WORDS[section.state]}[/]"
            self._show(section.key, label(section.key), section.rows_done + final, total, note)
        files = progress.attachments
        if files.total:
            self._show("files", "Image files", files.fetched + files.failed, files.total, f"{files.fetched} files")

    def _show(self, key: str, description: str, done: float, total: float, note: str) -> None:
        if key not in self._tasks:
            self._tasks[key] = self._bars.add_task(description, total=total, note=note)
        self._bars.update(self._tasks[key], completed=done, total=total, note=note)


class PlainLines:
    """Writes a line when an object has ended."""

    def __init__(self) -> None:
        self._told: set[str] = set()
        self._is_silent = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        return

    def progressed(self, progress: Progress) -> None:
        was_silent, self._is_silent = self._is_silent, progress.silent_s >= SILENT_S
        if self._is_silent and not was_silent:
            say(f"{progress.percent:5.1f} % waiting for the gateway, which does not answer")
        for entry in (entry for section in progress.sections for entry in section.objects):
            if entry.state in FINAL and entry.key not in self._told:
                self._told.add(entry.key)
                say(f"{progress.percent:5.1f} % {entry.key}: {_WORDS[entry.state]}")


def print_outcome(outcome: Outcome, console: Console) -> None:
    """Prints the outcome, with whole sentences for failures."""

    def tell(text: str, style: str = "") -> None:
        console.print(text, style=style, soft_wrap=True)

    for entry in outcome.objects:
        style = _STYLES.get(entry.state, "")
        word = _WORDS[entry.state]
        tell(f"{entry.key:<45} {entry.rows:>9,} rows  ".replace(",", "\u202f") + word, style)
        if entry.error:
            text = describe(entry.error.code, entry.error.params)
            for sentence in (text.what, text.data, text.remedy):
                tell(f"    {safe(sentence)}", style)
    right = sum(entry.state in RIGHT for entry in outcome.objects)
    chosen = sum(entry.state is not ObjectState.SKIPPED for entry in outcome.objects)
    tell(f"{right} of {chosen} objects are correct.", "bold")
    sent, files = outcome.sent, outcome.attachments
    waiting = f"{sent.waiting} waiting" if sent.is_counted else "what waits was not counted"
    left = f" {sent.rejected_here} rejected on this device." if sent.rejected_here else ""
    tell(
        f"Sent: {sent.accepted} received, {sent.rejected} rejected, {waiting}.{left}"
        f" Image files: {files.fetched} fetched, {files.failed} failed."
    )
    tell(f"{outcome.requests} requests, {outcome.bytes_down + outcome.bytes_up} bytes, {outcome.seconds:.1f} s.")
    for warning in (*outcome.warnings, *((outcome.error,) if outcome.error else ())):
        text = describe(warning.code, warning.params)
        tell(safe(f"{text.what} {text.data} {text.remedy}"), "bold")
