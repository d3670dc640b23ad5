"""`salesapp gateway audit`: who did what, when, with which result."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from salesapp import clock
from salesapp.cli.boundary import guarded
from salesapp.cli.gateway_office import data_option
from salesapp.cli.terminal import say, say_json
from salesapp.errors import UsageError
from salesapp.gateway import folder as gateway_folder
from salesapp.gateway.accounts import names_of
from salesapp.gateway.audit import KINDS, Entry, entries

_AGES = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_SHOWN = 200


def moment(text: str) -> datetime:
    """Reads a local day or time (2026-11-29, 2026-11-29T08:00), a time with a zone, or an age (30m, 12h, 7d, 2w).

    Raises UsageError.
    """
    number, unit = text[:-1], text[-1:]
    try:
        if number.isascii() and number.isdigit() and unit in _AGES:
            return clock.now() - int(number) * _AGES[unit]
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise UsageError(
            f"--since takes a day (2026-11-29), a time, or an age such as 12h or 7d, not {text!r}"
        ) from error


@click.command()
@data_option
@click.option("--since", metavar="WHEN", help="A local day or time, or an age: 30m, 12h, 7d, 2w.")
@click.option("--user", default="", help="Entries about this user (or a former name), or by this operator.")
@click.option(
    "--kind", type=click.Choice(list(KINDS)), help="; ".join(f"{name}: {text}" for name, text in KINDS.items())
)
@click.option(
    "--limit", type=click.IntRange(0), default=_SHOWN, show_default=True, help="How many of the newest to show; 0: all."
)
@click.option("--json", "as_json", is_flag=True)
@guarded
def audit(data: Path, since: str | None, user: str, kind: str | None, limit: int, as_json: bool) -> None:
    """Show log-ons, log-outs, refusals, uploads, imports and administration, oldest first. Times are UTC."""
    began = moment(since) if since else None
    with gateway_folder.opened(data) as database, database.read() as connection:
        users = names_of(connection, user) if user else ()
        found = entries(connection, since=began, users=users, kind=kind or "", limit=limit)
    if as_json:
        say_json(found)
        return
    for entry in found:
        say(*_cells(entry))


def _cells(entry: Entry) -> tuple[str, ...]:
    """Returns time, kind, user, what, result; then device, address, operator and repeats, if known."""
    known = (
        f"device {entry.device}" if entry.device else "",
        f"from {entry.address}" if entry.address else "",
        f"by {entry.actor}" if entry.actor else "",
        f"{entry.count} times until {entry.last_at}" if entry.count > 1 else "",
    )
    return (entry.at, entry.kind or "-", entry.who or "-", entry.what, entry.result, *filter(None, known))
