"""`salesapp gateway ...`: what the back office and the server's administrator do."""

import os
import sys
from datetime import date
from pathlib import Path

import click
import msgspec
from sqlalchemy import select

from salesapp import clock
from salesapp.cli.boundary import ExitCode, guarded
from salesapp.cli.gateway_audit import audit
from salesapp.cli.gateway_confirm import confirm
from salesapp.cli.gateway_mapping import mapping as mappings
from salesapp.cli.gateway_office import data_option, documents, rules
from salesapp.cli.gateway_users import devices, users
from salesapp.cli.terminal import say, say_json
from salesapp.domain.catalogue import CATALOGUE
from salesapp.errors import UsageError
from salesapp.gateway import folder as gateway_folder
from salesapp.gateway.addresses import Proxies
from salesapp.gateway.connectors.csv_folder import ImportRefused
from salesapp.gateway.connectors.demo.office import switch_rules
from salesapp.gateway.connectors.demo.rules import parse_rules
from salesapp.gateway.database import Database
from salesapp.gateway.doors import MOST_CONNECTIONS, MOST_OF_ONE_ADDRESS, DoorLimits
from salesapp.gateway.faults import Faults
from salesapp.gateway.folder import Source
from salesapp.gateway.intake import import_all
from salesapp.gateway.publisher import publish
from salesapp.gateway.server import serve as run_server
from salesapp.gateway.status import gateway_status
from salesapp.gateway.tables import submission
from salesapp.log import log_to


@click.group()
def command() -> None:
    """The service between tablets and the ERP system."""


for group in (users, devices, audit, documents, rules, confirm, mappings):
    command.add_command(group)


def source_options(function: click.decorators.FC) -> click.decorators.FC:
    """The options that say where rows come from."""
    for option in (
        click.option("--skip-bad-rows", is_flag=True, help="Take the good rows of CSV files that have bad ones."),
        click.option("--mapping", type=click.Path(path_type=Path, dir_okay=False, exists=True), help="TOML mapping."),
        click.option(
            "--csv", "folder", type=click.Path(path_type=Path, file_okay=False, exists=True), help="CSV folder."
        ),
        click.option("--start-date", type=click.DateTime(["%Y-%m-%d"]), help="The demo company's today."),
        click.option("--scale", type=click.Choice(["small", "large"]), default="small", help="Of the demo company."),
        click.option("--demo", is_flag=True, help="A demo company: a food and drink wholesaler."),
    ):
        function = option(function)
    return function


def _source(
    *, demo: bool, scale: str, start_date: date | None, folder: Path | None, mapping: Path | None, skip_bad_rows: bool
) -> Source:
    if demo == (folder is not None):
        raise UsageError("say either --demo or --csv FOLDER")
    if mapping is not None and folder is None:
        raise UsageError("--mapping goes with --csv")
    if demo:
        day = f"{start_date:%Y-%m-%d}" if start_date else clock.today().isoformat()
        return Source(scale=scale, start=day)
    return Source(
        folder=str(folder.resolve()) if folder else "",
        mapping=str(mapping.resolve()) if mapping else "",
        skip_bad_rows=skip_bad_rows,
    )


def _take(database: Database, source: Source) -> None:
    """Imports and publishes, and says what was done; bad rows end the program with nothing taken."""
    try:
        connector = source.connector(CATALOGUE)
        report = import_all(database, CATALOGUE, connector)
    except ImportRefused as refused:
        for bad in refused.problems:
            say(f"{bad.file}:{bad.line}: {bad.column}: {bad.reason}", err=True)
        say(f"Nothing was taken: {refused.count} bad rows. Mend them, or use --skip-bad-rows.", err=True)
        sys.exit(ExitCode.FAILED)
    for bad in getattr(connector, "problems", ()):
        say(f"skipped {bad.file}:{bad.line}: {bad.column}: {bad.reason}", err=True)
    gateway_folder.remember_source(database, source)
    point = publish(database, CATALOGUE)
    for key, done in report.objects.items():
        aside = f", {done.set_aside} set aside" if done.set_aside else ""
        say(f"{key}: {done.rows} rows ({done.added} new, {done.changed} changed, {done.deleted} deleted{aside})")
    say(f"Checkpoint {point.text}")


@command.command()
@data_option
@source_options
@click.option("--reject", multiple=True, metavar="RULE,...", help="What the demo's ERP rejects; see `gateway rules`.")
@guarded
def init(
    data: Path,
    reject: tuple[str, ...],
    demo: bool,
    scale: str,
    start_date: date | None,
    folder: Path | None,
    mapping: Path | None,
    skip_bad_rows: bool,
) -> None:
    """Make a gateway and take its first rows. Creates no users."""
    source = _source(
        demo=demo, scale=scale, start_date=start_date, folder=folder, mapping=mapping, skip_bad_rows=skip_bad_rows
    )
    if reject and not demo:
        raise UsageError("--reject goes with --demo")
    parse_rules(reject)
    database = gateway_folder.create(data)
    try:
        switch_rules(database, reject)
        _take(database, source)
    except BaseException:
        database.close()
        for file in data.glob("gateway.db*"):  # made a moment ago: there is nothing in it
            file.unlink()
        raise
    database.close()


@command.command("import")
@data_option
@source_options
@guarded
def import_(
    data: Path,
    demo: bool,
    scale: str,
    start_date: date | None,
    folder: Path | None,
    mapping: Path | None,
    skip_bad_rows: bool,
) -> None:
    """Take the current rows of the ERP; only what changed goes to the tablets. Also while the gateway serves."""
    source = _source(
        demo=demo, scale=scale, start_date=start_date, folder=folder, mapping=mapping, skip_bad_rows=skip_bad_rows
    )
    with gateway_folder.opened(data) as database:
        _take(database, source)


@command.command()
@data_option
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0: any free port.")
@click.option("--tls-cert", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--tls-key", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--fault", "faults", multiple=True, metavar="KEY=KIND", help="For tests: digest, count, missing or slow.")
@click.option("--accel-prefix", default="", help="Let nginx send files: the prefix of its internal location.")
@click.option(
    "--trusted-proxy",
    "proxies",
    multiple=True,
    metavar="ADDRESS",
    help="A proxy whose X-Forwarded-For is believed: an address, or a network like 10.0.0.0/24. Repeatable.",
)
@click.option("--max-connections", type=click.IntRange(8), default=MOST_CONNECTIONS, show_default=True, help="At once.")
@click.option(
    "--max-connections-per-address",
    "max_of_one",
    type=click.IntRange(4),
    default=MOST_OF_ONE_ADDRESS,
    show_default=True,
    help="Eight for each tablet behind one router.",
)
@click.option("--until-stdin-ends", is_flag=True, help="End with who started it, also when that one is killed.")
@guarded
def serve(
    data: Path,
    host: str,
    port: int,
    tls_cert: Path | None,
    tls_key: Path | None,
    faults: tuple[str, ...],
    accel_prefix: str,
    proxies: tuple[str, ...],
    max_connections: int,
    max_of_one: int,
    until_stdin_ends: bool,
) -> None:
    """Serve tablets until told to end."""
    if (tls_cert is None) != (tls_key is None):
        raise UsageError("--tls-cert and --tls-key go together")
    tls = (tls_cert, tls_key) if tls_cert and tls_key else None
    with gateway_folder.opened(data) as database:
        log_to(data / "logs", "gateway")
        run_server(
            database,
            CATALOGUE,
            host=host,
            port=port,
            tls=tls,
            faults=Faults.parse(faults, CATALOGUE),
            accel_prefix=accel_prefix,
            limits=DoorLimits(max_connections, max_of_one),
            proxies=Proxies.parse(proxies),
            until=_read_to_the_end if until_stdin_ends else None,
        )
    sys.exit(ExitCode.STOPPED)  # a server has no other end


def _read_to_the_end() -> None:
    """Returns once nobody holds the other end of the pipe any more.

    Not by `sys.stdin`: a thread that waits in it holds a lock that the interpreter needs when it ends.
    """
    while os.read(sys.stdin.fileno(), 1024):
        pass


@command.group()
def submissions() -> None:
    """What tablets have sent."""


@submissions.command("list")
@data_option
@click.option("--json", "as_json", is_flag=True)
@guarded
def list_submissions(data: Path, as_json: bool) -> None:
    """All submissions in the order of their arrival."""
    with gateway_folder.opened(data) as database, database.read() as connection:
        rows = connection.execute(select(submission).order_by(submission.c.seq)).mappings().all()
    if as_json:
        found = [
            {
                "id": row["id"],
                "user": row["user_name"],
                "device": row["device_id"],
                "kind": row["kind"],
                "state": row["state"],
                "received_at": row["received_at"],
                "created_at": row["created_at"],
                "checkpoint": row["checkpoint"],
                "erp_number": row["erp_number"],
                "code": row["code"],
                "params": msgspec.json.decode(row["params"]),
                "payload": msgspec.json.decode(row["payload"]),
            }
            for row in rows
        ]
        say_json(found)
    else:
        for row in rows:
            number = row["erp_number"] or row["code"] or "-"
            say(row["received_at"], row["user_name"], row["kind"], row["state"], number, row["id"])


@command.command()
@data_option
@click.option("--json", "as_json", is_flag=True)
@guarded
def status(data: Path, as_json: bool) -> None:
    """Rows, segments, checkpoint, documents that were flagged, and rows set aside because what they need is missing."""
    with gateway_folder.opened(data) as database, database.read() as connection:
        found = gateway_status(connection, CATALOGUE)
    if as_json:
        say_json(found)
        return
    say(f"Gateway {found.gateway}, checkpoint {found.checkpoint or '-'} of {found.published_at or '-'}")
    counts = found.documents
    say(
        f"Documents: {counts.equal} priced as here, {counts.differs} priced differently, {counts.not_compared} not"
        f" compared; {counts.flagged} flagged (see: salesapp gateway documents)"
    )
    for entry in found.objects:
        say(entry.key, f"{entry.rows} rows", f"{entry.segments} segments", f"{entry.bytes} bytes")
    for row in found.set_aside:
        say(
            f"set aside: {row.object} {row.erp_key}: {row.field} needs {row.parent_object} {row.parent_key}"
            f" ({row.reason})"
        )
