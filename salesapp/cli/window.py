"""`salesapp window`, and `salesapp` alone: the representative's window."""

import os
import sys
from pathlib import Path

import click

from salesapp.cli.boundary import guarded
from salesapp.cli.tablet import data_dir_option, key_file_option, root_of


@click.command()
@click.option("--gateway", "url", metavar="URL", default="", help="The address that the logon page offers.")
@click.option("--user", default="", help="The login that the logon page offers.")
@data_dir_option
@key_file_option
@guarded
def command(url: str, user: str, data_dir: Path | None, key_file: Path | None) -> None:
    """Open the window. One for each data folder: a second start brings the first to the front."""
    from salesapp.app import run_window  # noqa: PLC0415  # Qt is imported only where a window opens
    from salesapp.models.sync_runner import Tablet  # noqa: PLC0415

    sys.exit(run_window(Tablet(root_of(data_dir), key_file), offered=(url, user)))


def has_display() -> bool:
    """Whether a window can be opened here."""
    if sys.platform in {"win32", "darwin"}:
        return True
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    return bool(chosen or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
