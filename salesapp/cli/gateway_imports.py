"""`salesapp gateway init`, `import` and `imports`: import rows, rehearse, and list imports."""

import os
import signal
import sys
from _thread import interrupt_main
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

import click

from salesapp.cli.boundary import ExitCode, guarded
from salesapp.cli.gateway_office import data_option
from salesapp.cli.import_progress import shown_progress
from salesapp.cli.import_words import refusals, say_entry, say_result
from salesapp.cli.source_options import needed, source_options
from salesapp.cli.terminal import say, say_json
from salesapp.disk import sweep
from salesapp.domain.catalogue import CATALOGUE
from salesapp.errors import UsageError
from salesapp.gateway import folder as gateway_folder
from salesapp.gateway import import_log
from salesapp.gateway.audit import by_operator
from salesapp.gateway.connectors.demo.office import switch_rules
from salesapp.gateway.connectors.demo.rules import parse_rules
from salesapp.gateway.connectors.demo.source import DemoSource
from salesapp.gateway.connectors.sources import Source
from salesapp.gateway.database import Database
from salesapp.gateway.health import note_cut_off
from salesapp.gateway.imports import Asked, ImportResult, accept, rehearse, take
from salesapp.gateway.plan import plan_of

_SHOWN = 50


@click.command()
@data_option
@guarded
@source_options
@click.option("--reject", multiple=True, metavar="RULE,...", help="What the demo's ERP rejects; see `gateway rules`.")
@click.option("--json", "as_json", is_flag=True)
def init(data: Path, source: Source | None, reject: tuple[str, ...], as_json: bool) -> None:
    """Create a gateway and import its first rows. Creates no users."""
    source = needed(source)
    if reject and not isinstance(source, DemoSource):
        raise UsageError("--reject needs --demo")
    parse_rules(reject)
    database = gateway_folder.create(data)
    try:
        switch_rules(database, reject)
        with _stoppable(lambda: "No gateway was created."):
            done = _take(database, Asked(source, "init", by_operator(), accepts=True), as_json=as_json)
    except BaseException:
        database.close()
        sweep(data.glob("gateway.db*"))  # made a moment ago: there is nothing in it
        raise
    database.close()
    say_result(done, as_json=as_json)


@click.command("import")
@data_option
@guarded
@source_options
@click.option("--dry-run", is_flag=True, help="Show what would happen, without changing anything.")
@click.option("--accept-large-changes", "accepts", is_flag=True, help="Apply the import even if much would be lost.")
@click.option("--json", "as_json", is_flag=True)
@click.option("--scheduled", is_flag=True, hidden=True)
@click.option("--until-stdin-ends", is_flag=True, hidden=True)
def import_(
    data: Path,
    source: Source | None,
    dry_run: bool,
    accepts: bool,
    as_json: bool,
    scheduled: bool,
    until_stdin_ends: bool,
) -> None:
    """Import the ERP's current rows, even while the gateway serves. Tablets get only what changed.

    Without a source from the one that is set. An import that would lose or change very much takes nothing;
    applied but kept, for `gateway imports accept`. Exit codes: 0 applied, 3 the source has errors, 6 stopped,
    8 kept.
    """
    if until_stdin_ends:
        Thread(target=_stop_when_stdin_ends, daemon=True).start()
    with gateway_folder.opened(data) as database:
        source = source or _planned(database)
        way = "schedule" if scheduled else "command"
        if dry_run:
            with _stoppable(lambda: "Nothing was changed."), refusals(as_json=as_json), shown_progress() as report:
                done = rehearse(database, CATALOGUE, source, report)
        else:
            done = _import(database, Asked(source, way, by_operator(), accepts), as_json=as_json)
            if done.outcome == "kept" and not as_json and not scheduled and _is_somebody_there():
                say_result(done, as_json=False)
                if not _is_wanted():
                    sys.exit(ExitCode.KEPT)
                done = _accept(database, done.id)
    say_result(done, as_json=as_json)
    if done.outcome == "kept" and not (dry_run and accepts):
        sys.exit(ExitCode.KEPT)


def _stop_when_stdin_ends() -> None:
    """Stops like Ctrl+C when standard input closes, with the server that started this import."""
    while os.read(0, 1024):
        pass
    interrupt_main()


def _import(database: Database, asked: Asked, *, as_json: bool) -> ImportResult:
    with _stoppable_import(database):
        return _take(database, asked, as_json=as_json)


def _take(database: Database, asked: Asked, *, as_json: bool) -> ImportResult:
    with refusals(as_json=as_json), shown_progress() as report:
        return take(database, CATALOGUE, asked, report)


def _accept(database: Database, id_: int) -> ImportResult:
    with _stoppable_import(database), shown_progress() as report:
        return accept(database, CATALOGUE, id_, by_operator(), report)


def _planned(database: Database) -> Source:
    with database.read() as connection:
        return needed(plan_of(connection).source)


def _is_somebody_there() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _is_wanted() -> bool:
    """Asks the person at the terminal; Ctrl+C means no."""
    with suppress(click.Abort):
        return click.confirm("Apply it anyway?", default=False)
    return False


@contextmanager
def _stoppable(what_holds: Callable[[], str]) -> Iterator[None]:
    """Prints a sentence when Ctrl+C or the system ends the program."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        say(f"Stopped. {what_holds()}", err=True)
        sys.exit(ExitCode.STOPPED)
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _stoppable_import(database: Database) -> Iterator[None]:
    """Says how much a stopped import has done: nothing, until its only transaction has ended."""
    last = _last_good(database)

    def what_holds() -> str:
        if _last_good(database) == last:
            return "Nothing was changed: the gateway is as before. Run the import again."
        return (
            "The rows were imported but not published: tablets keep the former ones"
            " until the next import, or until the gateway starts to serve."
        )

    with _stoppable(what_holds):
        yield


def _last_good(database: Database) -> object:
    with database.read() as connection:
        found = import_log.entries(connection, outcomes=import_log.GOOD)
    return [(entry.id, entry.ended_at) for entry in found]


@click.group(invoke_without_command=True)
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="The gateway's data folder.")
@click.option(
    "--limit", type=click.IntRange(0), default=_SHOWN, show_default=True, help="How many of the newest to show; 0: all."
)
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
@guarded
def imports(context: click.Context, data: Path | None, limit: int, as_json: bool) -> None:
    """Show imports, the newest first: who, when (UTC), source, counts, outcome, seconds."""
    context.obj = data
    if context.invoked_subcommand is not None:
        return
    with gateway_folder.opened(_folder(data)) as database:
        note_cut_off(database)
        with database.read() as connection:
            found = import_log.entries(connection, limit=limit)
    if as_json:
        say_json(found)
        return
    for entry in found:
        say_entry(entry)


@imports.command("accept")
@click.argument("id_", type=int, metavar="ID")
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="The gateway's data folder.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
@guarded
def accept_(folder: Path | None, id_: int, data: Path | None, as_json: bool) -> None:
    """Apply a kept import exactly as it was kept, unless something else was imported since."""
    with gateway_folder.opened(_folder(data or folder)) as database:
        done = _accept(database, id_)
    say_result(done, as_json=as_json)


def _folder(data: Path | None) -> Path:
    if data is None:
        raise UsageError("--data is needed: the gateway's data folder")
    return data
