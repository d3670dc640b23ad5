"""`salesapp sync`: runs the engine in this process, for a person, a script or the window."""

import asyncio
import os
import signal
import sys
import threading
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from salesapp.cli.boundary import ExitCode, guarded, read_secret, report_bug, tell
from salesapp.cli.progress_bars import PlainLines, TerminalBars, print_outcome
from salesapp.cli.tablet import ca_file, data_dir_option, key_file_option, root_of
from salesapp.cli.terminal import say_json
from salesapp.domain.catalogue import CATALOGUE, IMAGES
from salesapp.errors import UserFacingError
from salesapp.sync.engine import Engine
from salesapp.sync.session import Place
from salesapp.sync.stopping import StopSignal
from salesapp.sync.values import Hooks, Outcome, Progress, SyncOptions

_EXIT_CODES = {
    "ok": ExitCode.OK,
    "failed": ExitCode.FAILED,
    "unreachable": ExitCode.UNREACHABLE,
    "unauthorized": ExitCode.UNAUTHORIZED,
    "stopped": ExitCode.STOPPED,
    "busy": ExitCode.BUSY,
}


class EventLines:
    """Writes progress as JSON lines to standard output; the sync goes on even if nobody reads them."""

    def progressed(self, progress: Progress) -> None:
        say_json(progress)


@click.command()
@click.option("--without-attachments", is_flag=True, help="Everything but the images; unsent records are sent anyway.")
@click.option("--object", "objects", multiple=True, metavar="KEY", help="Fetch all rows of this object again.")
@click.option("--full", is_flag=True, help="Fetch all rows of all objects again. Unsent work is not touched.")
@click.option("--gateway", "url", metavar="URL", help="The gateway's address; the last one by default.")
@click.option("--user", help="The login, which is case-sensitive.")
@click.option("--password-file", metavar="F|-", help="Used when no valid session is stored; - reads standard input.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output and nothing else.")
@click.option(
    "--events", is_flag=True, help="Print progress as JSON lines; a line `stop` on standard input stops the sync."
)
@data_dir_option
@key_file_option
@guarded
def command(
    without_attachments: bool,
    objects: tuple[str, ...],
    full: bool,
    url: str | None,
    user: str | None,
    password_file: str | None,
    as_json: bool,
    events: bool,
    data_dir: Path | None,
    key_file: Path | None,
) -> None:
    """Send waiting records and update the catalogue, with every object proven correct."""
    if as_json and events:
        raise click.UsageError("--json and --events exclude each other")
    for key in objects:
        if key not in CATALOGUE.by_key:
            raise click.UsageError(f"there is no object {key}")
    if without_attachments and IMAGES in objects:
        raise click.UsageError(f"--without-attachments leaves {IMAGES} out")
    place = Place(
        root=root_of(data_dir),
        key_file=key_file,
        url=url,
        user=user,
        password=read_secret(password_file) if password_file is not None else None,
        ca_file=ca_file(),
    )
    options = SyncOptions(attachments=not without_attachments, fresh=objects, full=full)
    outcome = run_sync(place, options, as_json=as_json, events=events)
    if as_json or events:
        say_json(outcome)
    sys.exit(exit_code(outcome))


def run_sync(place: Place, options: SyncOptions, *, as_json: bool = False, events: bool = False) -> Outcome:
    """Runs the engine to its end and shows progress and outcome in the chosen way."""
    console = Console(stderr=as_json, markup=False, emoji=False, highlight=False)
    hooks: Hooks | None
    around: AbstractContextManager[Any] = nullcontext()
    if events:
        hooks = EventLines()
    elif as_json:
        hooks = None
    else:
        shown = TerminalBars(console) if console.is_terminal else PlainLines()
        hooks, around = shown, shown
    engine = Engine(place, options, hooks)
    with around:
        try:
            outcome = asyncio.run(_run(engine, listen=events))
        except Exception as error:  # a bug is reported and logged, and still gives an outcome
            path = report_bug(error, place.root / "logs")
            outcome = engine.bug(UserFacingError("bug", reason=type(error).__name__, log=path))
    if not as_json and not events:
        print_outcome(outcome, console)
    elif outcome.error is not None:
        tell(UserFacingError(outcome.error.code, **outcome.error.params))
    return outcome


async def _run(engine: Engine, *, listen: bool) -> Outcome:
    stop = StopSignal()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
    if listen:
        _give_way()
        threading.Thread(target=_listen, args=(loop, stop), daemon=True).start()
    return await engine.run(stop)


def _give_way() -> None:
    """Lowers the priority of this process, so that the window never waits for a processor."""
    if sys.platform == "win32":
        import ctypes  # on Windows only

        below_normal = 0x4000
        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), below_normal)
    else:
        os.nice(5)


def _listen(loop: asyncio.AbstractEventLoop, stop: StopSignal) -> None:
    """Waits for the line `stop` on standard input."""
    for line in sys.stdin.buffer:
        if line.strip() == b"stop":
            loop.call_soon_threadsafe(stop.set)
            return


def exit_code(outcome: Outcome) -> ExitCode:
    """Returns the exit code of an outcome."""
    if outcome.outcome != "error":
        return _EXIT_CODES[outcome.outcome]
    is_bug = outcome.error is not None and outcome.error.code == "bug"
    return ExitCode.BUG if is_bug else ExitCode.USAGE
