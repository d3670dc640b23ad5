"""`salesapp gateway backup` and `salesapp gateway restore`."""

import sys
from pathlib import Path

import click

from salesapp.cli.boundary import guarded
from salesapp.cli.gateway_office import data_option
from salesapp.cli.terminal import say
from salesapp.disk import remove_folder
from salesapp.errors import UsageError
from salesapp.gateway.backups import check_stopped, contents, make_backup, put_in_place, unpack
from salesapp.gateway.folder import opened

WHAT_FOLLOWS = """\
The gateway begins a new history:
- Each tablet notices this at its next synchronization, fetches all rows again, and sends missing records again.
- The ERP is asked again about records that it decided since the backup; it must recognize them by their ids.
- Imports, users, passwords and rules are those of the backup: import again, and check users and devices."""


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@data_option
@guarded
def backup(file: Path, data: Path) -> None:
    """Write a backup of the gateway to FILE, even while it serves.

    It holds password hashes and everything that tablets sent: keep it as safe as the gateway itself.
    """
    if file.exists():
        raise UsageError(f"{file} exists: choose another name")
    with opened(data) as database:
        make_backup(database, file)
    say(f"Backup written: {file}, {file.stat().st_size:,} bytes.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@data_option
@click.option("--yes", is_flag=True, help="Do not ask.")
@guarded
def restore(file: Path, data: Path, yes: bool) -> None:
    """Replace the stopped gateway by the backup in FILE. The former folder is kept beside it."""
    if data.exists():
        check_stopped(data)
    staged = unpack(file, data)
    try:
        found = contents(staged)
        newest = f", the last received at {found.newest}" if found.newest else ""
        say(f"The backup holds {found.records} records of tablets{newest}. It will replace {data}.")
        say(WHAT_FOLLOWS)
        _ask(yes=yes)
        kept = put_in_place(staged, data)
    except BaseException:
        remove_folder(staged)
        raise
    say(f"Restored: {data}." + (f" The former folder is {kept}." if kept else ""))


def _ask(*, yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise UsageError("nothing was changed: use --yes to restore without confirmation")
    if not click.confirm("Restore?"):
        raise UsageError("nothing was changed")
