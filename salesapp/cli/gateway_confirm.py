"""`salesapp gateway confirm`: the office confirms an object's rows after a large loss."""

from pathlib import Path

import click

from salesapp.cli.boundary import guarded
from salesapp.cli.gateway_office import data_option
from salesapp.cli.terminal import say
from salesapp.domain.catalogue import CATALOGUE
from salesapp.gateway import folder as gateway_folder
from salesapp.gateway.audit import Event, by_operator, write_audit
from salesapp.gateway.losses import confirm as confirm_objects
from salesapp.gateway.rows import revision


@click.command()
@data_option
@click.argument("objects", nargs=-1, required=True, type=click.Choice(sorted(CATALOGUE.by_key)), metavar="OBJECT...")
@guarded
def confirm(data: Path, objects: tuple[str, ...]) -> None:
    """Confirm that objects (items.forms ...) are right as they are, so that tablets accept a large loss of rows.

    A tablet refuses to lose more than 80 % of more than 100 rows unless the gateway accounts for it.
    """
    with gateway_folder.opened(data) as database:
        with database.write() as connection:
            confirm_objects(connection, objects, revision(connection), by=by_operator())
        write_audit(database, Event("import", f"confirmed: {', '.join(sorted(objects))}", actor=by_operator()))
    say(f"Confirmed: {', '.join(sorted(objects))}. Tablets accept them at their next synchronization.")
