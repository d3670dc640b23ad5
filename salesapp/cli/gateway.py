"""`salesapp gateway ...`: commands for the back office and the server's administrator."""

import os
import sys
from pathlib import Path

import click
import msgspec
from sqlalchemy import select

from salesapp.cli.boundary import ExitCode, guarded
from salesapp.cli.gateway_audit import audit
from salesapp.cli.gateway_backup import backup, restore
from salesapp.cli.gateway_confirm import confirm
from salesapp.cli.gateway_imports import import_, imports, init
from salesapp.cli.gateway_limits import limit_options
from salesapp.cli.gateway_mapping import mapping as mappings
from salesapp.cli.gateway_office import data_option, documents, rules
from salesapp.cli.gateway_source import every_option, source
from salesapp.cli.gateway_status import status
from salesapp.cli.gateway_users import devices, users
from salesapp.cli.import_progress import shown_progress
from salesapp.cli.terminal import say, say_json
from salesapp.domain.catalogue import CATALOGUE
from salesapp.errors import UsageError
from salesapp.gateway import folder as gateway_folder
from salesapp.gateway.addresses import Proxies
from salesapp.gateway.doors import DoorLimits
from salesapp.gateway.faults import Faults
from salesapp.gateway.plan import remember_interval
from salesapp.gateway.publisher import is_pending, publish
from salesapp.gateway.quotas import Quotas
from salesapp.gateway.schedule import ScheduledImports
from salesapp.gateway.server import serve as run_server
from salesapp.gateway.tables import submission
from salesapp.log import log_to
from salesapp.program import own_command


@click.group()
def command() -> None:
    """The service between tablets and the ERP system."""


for group in (
    init,
    import_,
    imports,
    source,
    mappings,
    status,
    users,
    devices,
    audit,
    documents,
    rules,
    confirm,
    backup,
    restore,
):
    command.add_command(group)


@command.command()
@data_option
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0: any free port.")
@click.option("--tls-cert", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--tls-key", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--fault", "faults", multiple=True, metavar="KEY=KIND", help="For tests: digest, count, missing or slow.")
@click.option("--accel-prefix", default="", help="Let nginx send files: the prefix of its internal location.")
@every_option
@limit_options
@click.option(
    "--until-stdin-ends", is_flag=True, help="End when standard input closes: with the process that started this one."
)
@guarded
def serve(
    data: Path,
    host: str,
    port: int,
    tls_cert: Path | None,
    tls_key: Path | None,
    faults: tuple[str, ...],
    accel_prefix: str,
    limits: DoorLimits,
    proxies: Proxies,
    quotas: Quotas,
    every: int | None,
    until_stdin_ends: bool,
) -> None:
    """Serve tablets until stopped."""
    if (tls_cert is None) != (tls_key is None):
        raise UsageError("--tls-cert and --tls-key must be given together")
    tls = (tls_cert, tls_key) if tls_cert and tls_key else None
    with gateway_folder.opened(data) as database:
        log_to(data / "logs", "gateway")
        if every is not None:
            remember_interval(database, every)
        if is_pending(database):  # the publication of an import was interrupted
            with shown_progress() as report:
                publish(database, CATALOGUE, report)
        with ScheduledImports(database, own_command()):
            run_server(
                database,
                CATALOGUE,
                host=host,
                port=port,
                tls=tls,
                faults=Faults.parse(faults, CATALOGUE),
                accel_prefix=accel_prefix,
                limits=limits,
                proxies=proxies,
                quotas=quotas,
                until=_read_to_the_end if until_stdin_ends else None,
            )
    sys.exit(ExitCode.STOPPED)  # a server only ends by being stopped


def _read_to_the_end() -> None:
    """Returns once the other end of the pipe on standard input is closed.

    Does not use `sys.stdin`: a waiting thread would hold a lock that the interpreter needs at its end.
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
    """List all submissions in the order of arrival."""
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
