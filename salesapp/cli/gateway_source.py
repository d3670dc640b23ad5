"""`salesapp gateway source`: where rows come from, and how often the serving gateway imports them."""

from datetime import date
from pathlib import Path

import click

from salesapp import clock
from salesapp.cli.boundary import guarded
from salesapp.cli.gateway_office import data_option
from salesapp.cli.terminal import say, say_json
from salesapp.errors import UsageError
from salesapp.gateway import folder as gateway_folder
from salesapp.gateway.audit import Event, add_entry, by_operator
from salesapp.gateway.folder import Source
from salesapp.gateway.plan import Plan, plan_of, set_plan

MOST_MINUTES = 7 * 24 * 60
every_option = click.option(
    "--import-every",
    "every",
    type=click.IntRange(0, MOST_MINUTES),
    metavar="MINUTES",
    help="The serving gateway imports so often, and when the folder changes. 0: never. Remembered.",
)


def source_options(function: click.decorators.FC) -> click.decorators.FC:
    """The options that say where rows come from."""
    for option in (
        click.option("--skip-bad-rows", is_flag=True, help="Take the good rows of CSV files that have bad ones."),
        click.option("--mapping", type=click.Path(path_type=Path, dir_okay=False, exists=True), help="TOML mapping."),
        click.option(
            "--csv", "folder", type=click.Path(path_type=Path, file_okay=False, exists=True), help="CSV folder."
        ),
        click.option("--start-date", type=click.DateTime(["%Y-%m-%d"]), help="The demo company's today."),
        click.option("--scale", type=click.Choice(["small", "large"]), help="Of the demo company: small by default."),
        click.option("--demo", is_flag=True, help="A demo company: a food and drink wholesaler."),
    ):
        function = option(function)
    return function


def source_of(
    *,
    demo: bool,
    scale: str | None,
    start_date: date | None,
    folder: Path | None,
    mapping: Path | None,
    skip_bad_rows: bool,
) -> Source:
    """The source that the options name; raises UsageError when they name none, or two."""
    if demo == (folder is not None):
        raise UsageError("say either --demo or --csv FOLDER")
    if mapping is not None and folder is None:
        raise UsageError("--mapping goes with --csv")
    if demo:
        day = f"{start_date:%Y-%m-%d}" if start_date else clock.today().isoformat()
        return Source(scale=scale or "small", start=day)
    return Source(
        folder=str(folder.resolve()) if folder else "",
        mapping=str(mapping.resolve()) if mapping else "",
        skip_bad_rows=skip_bad_rows,
    )


def source_if_named(
    *,
    demo: bool,
    scale: str | None,
    start_date: date | None,
    folder: Path | None,
    mapping: Path | None,
    skip_bad_rows: bool,
) -> Source | None:
    """The source that the options name; None when they say nothing. Raises UsageError as `source_of` does."""
    if demo or folder is not None:
        return source_of(
            demo=demo, scale=scale, start_date=start_date, folder=folder, mapping=mapping, skip_bad_rows=skip_bad_rows
        )
    if mapping or scale or start_date or skip_bad_rows:
        raise UsageError("say the source as well: --demo or --csv FOLDER")
    return None


@click.group()
def source() -> None:
    """Where rows come from."""


@source.command("set")
@data_option
@source_options
@every_option
@guarded
def set_(
    data: Path,
    demo: bool,
    scale: str | None,
    start_date: date | None,
    folder: Path | None,
    mapping: Path | None,
    skip_bad_rows: bool,
    every: int | None,
) -> None:
    """Remember the source that `gateway import` takes without --csv, and how often the serving gateway imports it.

    Imports nothing.
    """
    named = source_if_named(
        demo=demo, scale=scale, start_date=start_date, folder=folder, mapping=mapping, skip_bad_rows=skip_bad_rows
    )
    if named is None and every is None:
        raise UsageError("say a source, --demo or --csv FOLDER, or --import-every MINUTES")
    with gateway_folder.opened(data) as database, database.write() as connection:
        plan = plan_of(connection)
        plan = Plan(named or plan.source, plan.every if every is None else every)
        if plan.every and plan.source is None:
            raise UsageError("say a source as well: --demo or --csv FOLDER")
        set_plan(connection, plan)
        add_entry(connection, Event("source", _words(plan), actor=by_operator()))
    say(_words(plan))


@source.command()
@data_option
@click.option("--json", "as_json", is_flag=True)
@guarded
def show(data: Path, as_json: bool) -> None:
    """Show the source, its mapping and how often it is imported."""
    with gateway_folder.opened(data) as database, database.read() as connection:
        plan = plan_of(connection)
    if as_json:
        kind = plan.source.kind if plan.source else None
        say_json({"kind": kind, "source": plan.source, "import_every_minutes": plan.every})
    else:
        say(_words(plan))


def _words(plan: Plan) -> str:
    where = f"Rows come from {plan.source.words}" if plan.source else "No source is known"
    skips = ", bad rows are skipped" if plan.source and plan.source.skip_bad_rows else ""
    often = f"imported every {plan.every} minutes by the serving gateway" if plan.every else "imported by command only"
    return f"{where}{skips}; {often}."
