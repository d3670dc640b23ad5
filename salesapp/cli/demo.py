"""`salesapp demo`: a gateway on loopback with a demo company, or with CSV files, and a first sync with it."""

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
"""The demo's user: a representative with visits, customers, targets and sales."""
PROFILE = "field"
_ADDRESS = re.compile(r"serving on (\S+)")


@click.command()
@click.option("--headless", is_flag=True, help="Synchronize in the terminal and stop, even if there is a display.")
@click.option("--scale", type=click.Choice(["small", "large"]), default="small", show_default=True)
@click.option(
    "--data-dir",
    type=click.Path(path_type=Path, file_okay=False),
    help="The data folder, which is kept; without it a temporary one.",
)
@click.option("--reject", multiple=True, metavar="RULE,...", help="What the ERP rejects; see `gateway rules`.")
@click.option(
    "--csv",
    "folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="A folder of CSV files instead of the demo company.",
)
@click.option("--mapping", type=click.Path(path_type=Path, dir_okay=False, exists=True), help="Their mapping.")
@click.option("--json", "as_json", is_flag=True, help="Print the sync's outcome as one JSON object.")
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
        raise UsageError("--reject needs the demo company and cannot be used with --csv")
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
    """Runs a gateway with the source's rows; yields the place of a tablet."""
    key_file, password_file = root / "demo.key", root / "demo.password"
    make_key_file(key_file)
    password = _password(password_file)
    data = root / "gateway"
    if not (data / "gateway.db").exists():
        what = f"a gateway of {source.folder}" if isinstance(source, CsvSource) else source.description
        say(f"Creating {what} in {data}", err=True)
        _make_gateway(data, source, password)
    elif isinstance(source, CsvSource):
        say(f"Importing {source.folder} into the gateway in {data}", err=True)
        with gateway_folder.opened(data) as database:
            _take(database, source)
    say(f"User {USER}, password in {password_file}, key of the tablet's files in {key_file}", err=True)
    if isinstance(source, DemoSource):
        _switch(data, reject)
    with running_gateway(data) as url:
        say(f"Gateway on {url}", err=True)
        yield Place(root=root / "tablet", key_file=key_file, url=url, user=USER, password=password)


def _switch(data: Path, reject: tuple[str, ...]) -> None:
    """Switches rules of the demo's ERP on, and prints how to see every kind of receipt."""
    with gateway_folder.opened(data) as database:
        switched = switch_rules(database, reject)
    on = ", ".join(f"{name}={value}" if value else name for name, value in switched.items()) or "none"
    say(f"The ERP rejects or holds records by these rules: {on}. To change them, in another terminal:", err=True)
    say(f"  salesapp gateway rules --data {data} --on hold,quote-description,amount=1000", err=True)
    say(f"  salesapp gateway documents --data {data}", err=True)


def _window(place: Place) -> int:
    """Opens the window with the demo's user logged on; the person starts the first sync."""
    from salesapp.models.sync_runner import Tablet  # Qt is imported only where a window opens

    logon = (place.url or "", place.user or "", place.password or "")
    return run_window(Tablet(place.root, place.key_file), log_on_as=logon)


def _password(path: Path) -> str:
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(12) + "\n", encoding="ascii")
    return read_secret(str(path)).strip()


def _make_gateway(data: Path, source: Source, password: str) -> None:
    """Makes the gateway and its user, who has no profile for CSV files and therefore sees everything."""
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
    """Runs a gateway in another process on a free port of loopback; yields its address. Raises UsageError."""
    arguments = [*own_command(), "gateway", "serve", "--data", str(data), "--port", "0"]
    arguments.append("--until-stdin-ends")  # ends it even if this process is killed
    process = subprocess.Popen(  # noqa: S603  # this program itself
        arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        line = process.stdout.readline() if process.stdout else ""
        match = _ADDRESS.search(line)
        if match is None:
            raise UsageError("the demo's gateway did not start: see its log in the data folder")
        yield match[1]
    finally:
        process.terminate()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()
