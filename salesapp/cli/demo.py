"""`salesapp demo`: a gateway with a demo company, or with files of one's own, on loopback, and a first sync with it."""

import re
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click

from salesapp import clock
from salesapp.cli.boundary import guarded, read_secret
from salesapp.cli.import_words import refusals
from salesapp.cli.sync import exit_code, run_sync
from salesapp.cli.terminal import say, say_json
from salesapp.cli.window import has_display, run_window
from salesapp.disk import remove_folder, sweep
from salesapp.domain.catalogue import CATALOGUE
from salesapp.errors import UsageError
from salesapp.gateway import accounts
from salesapp.gateway import folder as gateway_folder
from salesapp.gateway.audit import by_operator
from salesapp.gateway.connectors.csv_source import CsvSource
from salesapp.gateway.connectors.demo.company import REPRESENTATIVES
from salesapp.gateway.connectors.demo.office import switch_rules
from salesapp.gateway.connectors.demo.rules import parse_rules
from salesapp.gateway.connectors.demo.source import DemoSource
from salesapp.gateway.connectors.sources import Source
from salesapp.gateway.database import Database
from salesapp.gateway.imports import Asked, take
from salesapp.program import own_command
from salesapp.store.keys import make_key_file
from salesapp.sync.session import Place
from salesapp.sync.values import SyncOptions

USER = REPRESENTATIVES[0]
"""Who works with the demo: a representative, who has visits, customers, targets and sales of his own."""
PROFILE = "field"
_ADDRESS = re.compile(r"serving on (\S+)")


@click.command()
@click.option("--headless", is_flag=True, help="Synchronize in the terminal and stop, also where there is a display.")
@click.option("--scale", type=click.Choice(["small", "large"]), default="small", show_default=True)
@click.option(
    "--data-dir", type=click.Path(path_type=Path, file_okay=False), help="Kept afterwards; else a temporary one."
)
@click.option("--reject", multiple=True, metavar="RULE,...", help="What the ERP rejects; see `gateway rules`.")
@click.option(
    "--csv",
    "folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="These files, no demo company.",
)
@click.option("--mapping", type=click.Path(path_type=Path, dir_okay=False, exists=True), help="Their mapping.")
@click.option("--json", "as_json", is_flag=True, help="The sync's outcome as one JSON object.")
@guarded
def command(
    headless: bool,
    scale: str,
    data_dir: Path | None,
    reject: tuple[str, ...],
    folder: Path | None,
    mapping: Path | None,
    as_json: bool,
) -> None:
    """Run a gateway with a demo company, or with the files of --csv, and synchronize a tablet with it."""
    parse_rules(reject)
    if folder is None and mapping is not None:
        raise UsageError("--mapping goes with --csv")
    if folder is not None and reject:
        raise UsageError("--reject goes with the demo company, not with --csv")
    source = _source(scale, folder, mapping)
    with ExitStack() as stack:
        root = data_dir or Path(tempfile.mkdtemp(prefix="salesapp-demo-"))
        if data_dir is None:
            stack.callback(remove_folder, root)
        place = stack.enter_context(_demo(root, source, reject))
        if has_display() and not headless and not as_json:
            sys.exit(_window(place))
        outcome = run_sync(place, SyncOptions(), as_json=as_json)
    if as_json:
        say_json(outcome)
    sys.exit(exit_code(outcome))


def _source(scale: str, folder: Path | None, mapping: Path | None) -> Source:
    if folder is None:
        return DemoSource(scale, clock.today().isoformat())
    return CsvSource(str(folder.resolve()), str(mapping.resolve()) if mapping else "")


@contextmanager
def _demo(root: Path, source: Source, reject: tuple[str, ...]) -> Iterator[Place]:
    """A gateway that serves the source's rows, and a tablet's place beside it."""
    key_file, password_file = root / "demo.key", root / "demo.password"
    make_key_file(key_file)
    password = _password(password_file)
    data = root / "gateway"
    if not (data / "gateway.db").exists():
        what = f"a gateway of {source.folder}" if isinstance(source, CsvSource) else source.words
        say(f"Making {what} in {data}", err=True)
        _make_gateway(data, source, password)
    elif isinstance(source, CsvSource):
        say(f"Taking {source.folder} into the gateway in {data}", err=True)
        with gateway_folder.opened(data) as database:
            _take(database, source)
    say(f"User {USER}, password in {password_file}, key of the tablet's files in {key_file}", err=True)
    if isinstance(source, DemoSource):
        _switch(data, reject)
    with running_gateway(data) as url:
        say(f"Gateway on {url}", err=True)
        yield Place(root=root / "tablet", key_file=key_file, url=url, user=USER, password=password)


def _switch(data: Path, reject: tuple[str, ...]) -> None:
    """Switches rules of the demo's ERP on, and says how to see every kind of receipt."""
    with gateway_folder.opened(data) as database:
        switched = switch_rules(database, reject)
    on = ", ".join(f"{name}={value}" if value else name for name, value in switched.items()) or "none"
    say(f"Rules by which the ERP rejects or holds: {on}. While it runs, in another terminal:", err=True)
    say(f"  salesapp gateway rules --data {data} --on hold,quote-description,amount=1000", err=True)
    say(f"  salesapp gateway documents --data {data}", err=True)


def _window(place: Place) -> int:
    """The window, with the demo's user logged on; the first sync is the person's."""
    from salesapp.models.sync_runner import Tablet  # Qt is imported only where a window opens

    logon = (place.url or "", place.user or "", place.password or "")
    return run_window(Tablet(place.root, place.key_file), log_on_as=logon)


def _password(path: Path) -> str:
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(12) + "\n", encoding="ascii")
    return read_secret(str(path)).strip()


def _make_gateway(data: Path, source: Source, password: str) -> None:
    """Files of one's own are seen whole by its user, who has no profile of theirs."""
    database = gateway_folder.create(data)
    try:
        _take(database, source)
        accounts.add_user(database, USER, password, PROFILE if isinstance(source, DemoSource) else None)
    except BaseException:
        database.close()
        sweep(data.glob("gateway.db*"))  # made a moment ago: there is nothing in it
        raise
    database.close()


def _take(database: Database, source: Source) -> None:
    with refusals():
        take(database, CATALOGUE, Asked(source, "init", by_operator(), accepts=True))


@contextmanager
def running_gateway(data: Path) -> Iterator[str]:
    """A gateway in a process of its own on a free port of loopback; its address."""
    arguments = [*own_command(), "gateway", "serve", "--data", str(data), "--port", "0"]
    arguments.append("--until-stdin-ends")  # also when this process is killed: the next demo needs the folder
    process = subprocess.Popen(  # noqa: S603  # this program itself
        arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        line = process.stdout.readline() if process.stdout else ""
        match = _ADDRESS.search(line)
        if match is None:
            raise UsageError("the demo's gateway did not start; its log is in the data folder")
        yield match[1]
    finally:
        process.terminate()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()
