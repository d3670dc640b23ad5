"""`salesapp gateway users` and `devices`: manages who may log on, and from which tablets."""

import sys
from pathlib import Path

import click

from salesapp.cli.boundary import guarded, read_secret
from salesapp.cli.gateway_office import data_option
from salesapp.cli.terminal import safe, say, say_json
from salesapp.errors import UsageError
from salesapp.gateway import accounts, administration
from salesapp.gateway import folder as gateway_folder
from salesapp.gateway.audit import by_operator


@click.group()
def users() -> None:
    """The users, who may log on."""


password_option = click.option(
    "--password-file", metavar="F|-", help="A file with the password in its first line; - reads standard input."
)
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON array on standard output.")


def _password(password_file: str | None) -> str:
    if password_file is not None:
        return read_secret(password_file)
    if not sys.stdin.isatty():
        raise UsageError("without a terminal --password-file is needed")
    typed: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return typed


@users.command("add")
@click.argument("name")
@data_option
@password_option
@click.option("--profile", help="Code of a profile; without one the user sees everything.")
@guarded
def add_user(name: str, data: Path, password_file: str | None, profile: str | None) -> None:
    """Add a user. The name is the representative's code in the ERP, and is case-sensitive."""
    with gateway_folder.opened(data) as database:
        accounts.add_user(database, name, _password(password_file), profile, actor=by_operator())
    say(f"User {name} was added.")


@users.command("enable")
@click.argument("name")
@data_option
@guarded
def enable_user(name: str, data: Path) -> None:
    """Let a disabled user log on again, with the same password."""
    with gateway_folder.opened(data) as database:
        administration.enable_user(database, name, actor=by_operator())
    say(f"User {name} is enabled and can log on with the same password.")


@users.command("disable")
@click.argument("name")
@data_option
@guarded
def disable_user(name: str, data: Path) -> None:
    """End a user's sessions and refuse logons; `enable` undoes it."""
    with gateway_folder.opened(data) as database:
        accounts.disable_user(database, name, actor=by_operator())
    say(f"User {name} is disabled. Unsent work stays on the user's tablets.")


@users.command("remove")
@click.argument("name")
@data_option
@click.option("--yes", is_flag=True, help="Do not ask, even if the ERP has not decided all records of the user.")
@guarded
def remove_user(name: str, data: Path, yes: bool) -> None:
    """Remove a user with sessions and devices. Sent records and the audit log stay; `add` restores the user."""
    with gateway_folder.opened(data) as database:
        with database.read() as connection:
            accounts.require_user(connection, name)
            waiting = administration.undelivered(connection, name)
        if waiting and not yes:
            _confirm_removal(name, waiting)
        administration.remove_user(database, name, actor=by_operator())
    say(f"User {name} was removed. Sent records stay; to send what still waits on a tablet, add the user again.")


def _confirm_removal(name: str, waiting: int) -> None:
    """Asks before removing a user whose records the ERP has not decided. Raises UsageError without a terminal."""
    what = f"the ERP has not decided {waiting} records of {name}; it still gets them, but no tablet learns the result"
    if not sys.stdin.isatty():
        raise UsageError(f"{what}: wait, or remove with --yes")
    click.confirm(f"{safe(what)}. Remove anyway?", abort=True)


@users.command("profile")
@click.argument("name")
@click.argument("profile", required=False)
@data_option
@click.option("--everything", is_flag=True, help="Without a profile, so that the user sees everything.")
@guarded
def set_profile(name: str, profile: str | None, data: Path, everything: bool) -> None:
    """Give a user another PROFILE. The next sync replaces the tablet's rows."""
    if everything == (profile is not None):
        raise UsageError("give either the code of a profile or --everything")
    with gateway_folder.opened(data) as database:
        administration.set_profile(database, name, profile, actor=by_operator())
    say(f"User {name} now has the profile {profile}." if profile else f"User {name} now sees everything.")


@users.command("rename")
@click.argument("name")
@click.argument("new_name")
@data_option
@guarded
def rename_user(name: str, new_name: str, data: Path) -> None:
    """Rename a user, who keeps devices, numbers, records and history, and logs on as NEW_NAME from now on."""
    with gateway_folder.opened(data) as database:
        administration.rename_user(database, name, new_name, actor=by_operator())
    say(f"User {name} is now called {new_name} and logs on as {new_name} with the same password.")
    say("Unsent work on tablets is sent after that logon. Rows with the old name in the ERP remain the user's.")


@users.command("password")
@click.argument("name")
@data_option
@password_option
@guarded
def change_password(name: str, data: Path, password_file: str | None) -> None:
    """Set a new password and end all sessions of the user."""
    with gateway_folder.opened(data) as database:
        is_disabled = accounts.change_password(database, name, _password(password_file), actor=by_operator())
    say(f"The password of {name} was changed; all sessions of {name} have ended.")
    if is_disabled:
        say(f"{name} is still disabled and cannot log on: see `salesapp gateway users enable {name}`.")


@users.command("list")
@data_option
@json_option
@guarded
def list_users(data: Path, as_json: bool) -> None:
    """List all users with profile and state. --json adds devices, sessions, undelivered records, last contact."""
    with gateway_folder.opened(data) as database, database.read() as connection:
        found = administration.listed_users(connection)
    if as_json:
        say_json(found)
        return
    for entry in found:
        state = "disabled" if entry.is_disabled else "active"
        say(entry.name, entry.profile or "-", state)


@click.group()
def devices() -> None:
    """The tablets that have logged on."""


@devices.command("list")
@data_option
@json_option
@guarded
def list_devices(data: Path, as_json: bool) -> None:
    """List all devices with last contact, and whether they are blocked."""
    with gateway_folder.opened(data) as database, database.read() as connection:
        found = administration.listed_devices(connection)
    if as_json:
        say_json(found)
        return
    for entry in found:
        known = (entry.id, entry.user_name or "-", entry.series or "-", entry.name, entry.seen_at or "-")
        say(*known, *(["blocked"] if entry.is_blocked else []))


@devices.command("block")
@click.argument("device_id")
@data_option
@guarded
def block_device(device_id: str, data: Path) -> None:
    """Refuse a device, for any user, until `unblock`. Its data stay on it."""
    with gateway_folder.opened(data) as database:
        owners = administration.block_device(database, device_id, actor=by_operator())
    say(f"Device {device_id} of {', '.join(owners)} is blocked. Its data and unsent work stay on it.")
    say("If it was lost or stolen, also change its users' passwords: it could return as a new device.")


@devices.command("unblock")
@click.argument("device_id")
@data_option
@guarded
def unblock_device(device_id: str, data: Path) -> None:
    """Let a blocked device in again."""
    with gateway_folder.opened(data) as database:
        administration.unblock_device(database, device_id, actor=by_operator())
    say(f"Device {device_id} is no longer blocked.")


@devices.command("revoke")
@click.argument("device_id")
@data_option
@guarded
def revoke_device(device_id: str, data: Path) -> None:
    """End the sessions of a device at once. It can log on again; use `block` to keep it out."""
    with gateway_folder.opened(data) as database:
        if not accounts.revoke_device(database, device_id, actor=by_operator()):
            raise UsageError(f"there is no device {device_id}")
    say(f"Device {device_id} was revoked and must log on again. Use `devices block` to keep it out.")
