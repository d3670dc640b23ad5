"""`salesapp gateway source`: where rows come from, and how often the serving gateway imports them."""

from pathlib import Path

import click

from salesapp.cli.boundary import guarded
from salesapp.cli.gateway_office import data_option
from salesapp.cli.source_options import source_options, ways
from salesapp.cli.terminal import say, say_json
from salesapp.errors import UsageError
from salesapp.gateway import folder as gateway_folder
from salesapp.gateway.audit import Event, add_entry, by_operator
from salesapp.gateway.connectors.sources import Source
from salesapp.gateway.plan import Plan, plan_of, set_plan

MOST_MINUTES = 7 * 24 * 60
every_option = click.option(
    "--import-every",
    "every",
    type=click.IntRange(0, MOST_MINUTES),
    metavar="MINUTES",
    help="Minutes between imports of the serving gateway, which also imports when the folder changes. 0: never.",
)


@click.group()
def source() -> None:
    """The source of rows."""


@source.command("set")
@data_option
@guarded
@source_options
@every_option
def set_(data: Path, source: Source | None, every: int | None) -> None:
    """Remember the source that `gateway import` takes when none is named, and how often the serving gateway imports it.

    Imports nothing.
    """
    if source is None and every is None:
        raise UsageError(f"say a source, {ways()}, or --import-every MINUTES")
    with gateway_folder.opened(data) as database, database.write() as connection:
        plan = plan_of(connection)
        plan = Plan(source or plan.source, plan.every if every is None else every)
        if plan.every and plan.source is None:
            raise UsageError(f"say a source as well: {ways()}")
        set_plan(connection, plan)
        add_entry(connection, Event("source", _words(plan), actor=by_operator()))
    say(_words(plan))


@source.command()
@data_option
@click.option("--json", "as_json", is_flag=True)
@guarded
def show(data: Path, as_json: bool) -> None:
    """Show the source, its mapping, and how often it is imported."""
    with gateway_folder.opened(data) as database, database.read() as connection:
        plan = plan_of(connection)
    if as_json:
        kind = plan.source.kind if plan.source else None
        say_json({"kind": kind, "source": plan.source, "import_every_minutes": plan.every})
    else:
        say(_words(plan))


def _words(plan: Plan) -> str:
    where = f"Rows come from {plan.source.description}" if plan.source else "No source is known"
    skips = ", bad rows are skipped" if plan.source and plan.source.skips_bad_rows else ""
    often = f"imported every {plan.every} minutes by the serving gateway" if plan.every else "imported by command only"
    return f"{where}{skips}; {often}."
