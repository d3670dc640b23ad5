"""`salesapp password`: changes the user's own password at the gateway."""

import asyncio
import sys
from pathlib import Path

import click

from salesapp.cli.boundary import guarded, read_secret
from salesapp.cli.tablet import ca_file, data_dir_option, key_file_option, root_of
from salesapp.cli.terminal import say
from salesapp.errors import UsageError
from salesapp.sync.password import change_password
from salesapp.sync.session import Place


@click.command()
@click.option(
    "--password-file", metavar="F|-", help="The current password, in the first line; - reads a line of input."
)
@click.option("--new-password-file", metavar="F|-", help="The new password; with - for both the old one comes first.")
@data_dir_option
@key_file_option
@guarded
def command(
    password_file: str | None, new_password_file: str | None, data_dir: Path | None, key_file: Path | None
) -> None:
    """Change your own password at the gateway. Your other devices will ask for the new one."""
    old = _asked(password_file, "--password-file", "Current password")
    new = _asked(new_password_file, "--new-password-file", "New password", twice=True)
    user = asyncio.run(change_password(Place(root_of(data_dir), key_file, ca_file=ca_file()), old, new))
    say(f"The password of {user} was changed. This device stays logged on; others will ask for the new password.")


def _asked(file: str | None, option: str, prompt: str, *, twice: bool = False) -> str:
    if file is not None:
        return read_secret(file)
    if not sys.stdin.isatty():
        raise UsageError(f"without a terminal {option} is needed")
    typed: str = click.prompt(prompt, hide_input=True, confirmation_prompt=twice)
    return typed
