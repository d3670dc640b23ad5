"""`salesapp gateway users` and `devices`: who may log on, and from which tablets."""

import sys
from pathlib import Path

import click
from sqlalchemy import select

from salesapp.cli.boundary import guarded, read_secret
from salesapp.cli.gateway_office import data_option
from salesapp.cli.terminal import say, say_json
from salesapp.errors import UsageError
from salesapp.gateway import accounts
from salesapp.gateway import folder as gateway_folder
from salesapp.gateway.audit import Event, by_operator, write_audit


@click.group()
def users() -> None:
    """Who may log on."""


password_option = click.option(
    "--password-file", metavar="F|-", help="A file with the password in its first line; - reads standard input."
)


def _password(password_file: str | None) -> str:
    if password_file is not None:
        return read_secret(password_file)
    if not sys.stdin.isatty():
        raise UsageError("without a terminal the password comes from --password-file")
    typed: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return typed


@users.command("add")
@click.argument("name")
@data_option
@password_option
@click.option("--profile", help="Code of a profile; without one the user sees everything.")
@guarded
def add_user(name: str, data: Path, password_file: str | None, profile: str | None) -> None:
    """Add a user. The name is the representative's code in the ERP; upper and lower case count."""
    with gateway_folder.opened(data) as database:
        accounts.add_user(database, name, _password(password_file), profile)
        write_audit(database, Event("user", "added", who=name, actor=by_operator()))
    say(f"User {name} was added.")


@users.command("disable")
@click.argument("name")
@data_option
@guarded
def disable_user(name: str, data: Path) -> None:
    """End a user's sessions and refuse further logons."""
    with gateway_folder.opened(data) as database:
        accounts.disable_user(database, name)
        write_audit(database, Event("user", "disabled", who=name, actor=by_operator()))
    say(f"User {name} was disabled.")


@users.command("password")
@click.argument("name")
@data_option
@password_option
@guarded
def change_password(name: str, data: Path, password_file: str | None) -> None:
    """Set a new password; all sessions of the user end."""
    with gateway_folder.opened(data) as database:
        accounts.change_password(database, name, _password(password_file))
        write_audit(database, Event("password", "changed by the back office", who=name, actor=by_operator()))
    say(f"The password of {name} was changed.")


@users.command("list")
@data_option
@guarded
def list_users(data: Path) -> None:
    """All users."""
    with gateway_folder.opened(data) as database, database.read() as connection:
        for row in connection.execute(select(accounts.user).order_by(accounts.user.c.name)):
            state = "disabled" if row.is_disabled else "active"
            say(row.name, row.profile or "-", state)


@click.group()
def devices() -> None:
    """The tablets that have logged on."""


@devices.command("list")
@data_option
@click.option("--json", "as_json", is_flag=True)
@guarded
def list_devices(data: Path, as_json: bool) -> None:
    """All devices with their last contact."""
    with gateway_folder.opened(data) as database, database.read() as connection:
        found = [dict(row) for row in connection.execute(select(accounts.device)).mappings()]
    if as_json:
        say_json(found)
    else:
        for row in found:
            say(*(row[name] for name in ("id", "user_name", "series", "name", "seen_at")))


@devices.command("revoke")
@click.argument("device_id")
@data_option
@guarded
def revoke_device(device_id: str, data: Path) -> None:
    """End the sessions of a device at once."""
    with gateway_folder.opened(data) as database:
        if not accounts.revoke_device(database, device_id):
            raise UsageError(f"there is no device {device_id}")
        write_audit(database, Event("device", "revoked", device_id=device_id, actor=by_operator()))
    say(f"Device {device_id} was revoked.")
