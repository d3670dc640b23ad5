"""`salesapp gateway status`: publications, submissions, imports, and problems."""

import sys
from pathlib import Path

import click

from salesapp.cli.boundary import ExitCode, guarded
from salesapp.cli.gateway_office import data_option
from salesapp.cli.import_words import say_entry, say_warnings
from salesapp.cli.terminal import say, say_json
from salesapp.domain.catalogue import CATALOGUE
from salesapp.gateway import folder as gateway_folder
from salesapp.gateway.health import ImportStatus, Problem, Trouble, note_cut_off
from salesapp.gateway.status import GatewayStatus, gateway_status

CODES = {
    Trouble.FAILED: ExitCode.FAILED,
    Trouble.KEPT: ExitCode.KEPT,
    Trouble.ASIDE: ExitCode.ASIDE,
    Trouble.WARNED: ExitCode.WARNED,
}


@click.command()
@data_option
@click.option("--check", is_flag=True, help="For a monitor: only problems, and an exit code.")
@click.option(
    "--max-age", type=click.IntRange(1), metavar="MINUTES", help="With --check: the allowed age of the last import."
)
@click.option("--json", "as_json", is_flag=True)
@guarded
def status(data: Path, check: bool, max_age: int | None, as_json: bool) -> None:
    """Show rows, segments, checkpoint, flagged documents, imports, warnings, and rows set aside.

    Exit codes with --check: 0 good; 3 the last import failed, is too old or is not published; 8 an
    import waits to be accepted; 9 rows are set aside; 10 values look wrong.
    """
    with gateway_folder.opened(data) as database:
        note_cut_off(database)
        with database.read() as connection:
            found = gateway_status(connection, CATALOGUE, most_minutes=max_age or 0)
    if as_json:
        say_json(found)
    elif check:
        _say_problems(found.imports.problems)
    else:
        _say_status(found)
        _say_imports(found.imports)
    if check:
        sys.exit(_code(found.imports.problems))


def _code(problems: tuple[Problem, ...]) -> ExitCode:
    """Returns the exit code of the worst problem."""
    troubles = {problem.trouble for problem in problems}
    return next((code for trouble, code in CODES.items() if trouble in troubles), ExitCode.OK)


def _say_problems(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        say(f"{problem.trouble}: {problem.sentence}")
    if not problems:
        say("good")


def _say_status(found: GatewayStatus) -> None:
    say(f"Gateway {found.gateway}, checkpoint {found.checkpoint or '-'} of {found.published_at or '-'}")
    counts = found.documents
    say(
        f"Documents: {counts.equal} priced equally, {counts.differs} priced differently, {counts.not_compared} not"
        f" compared; {counts.flagged} flagged (see: salesapp gateway documents)"
    )
    for entry in found.objects:
        say(entry.key, f"{entry.rows} rows", f"{entry.segments} segments", f"{entry.bytes} bytes")
    for row in found.set_aside:
        needs = f" needs {row.parent_object} {row.parent_key}" if row.parent_object else ""
        say(f"set aside: {row.object} {row.erp_key}: {row.field}{needs} ({row.reason})")


def _say_imports(imports: ImportStatus) -> None:
    if imports.last is not None:
        say("Last import:")
        say_entry(imports.last)
    for id_ in imports.waiting:
        say(f"Import {id_} waits: salesapp gateway imports accept {id_} --data ...")
    if imports.every:
        say(f"The serving gateway imports every {imports.every} minutes.")
    say_warnings(imports.warnings)
