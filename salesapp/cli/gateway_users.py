"""`salesapp gateway users` and `devices`: who may log on, and from which tablets."""

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
    """Who may log on."""


password_option = click.option(
    "--password-file", metavar="F|-", help="A file with the password in its first line; - reads standard input."
)
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON array on standard output.")


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
    say(f"User {name} is enabled and logs on with the password as before.")


@users.command("disable")
@click.argument("name")
@data_option
@guarded
def disable_user(name: str, data: Path) -> None:
    """End a user's sessions and refuse further logons; `enable` undoes it."""
    with gateway_folder.opened(data) as database:
        accounts.disable_user(database, name, actor=by_operator())
    say(f"User {name} was disabled. Work that waits on the user's tablets stays there.")


@users.command("remove")
@click.argument("name")
@data_option
@click.option("--yes", is_flag=True, help="Do not ask, also where the ERP has not decided all that the user sent.")
@guarded
def remove_user(name: str, data: Path, yes: bool) -> None:
    """Remove a user with sessions and devices. What it sent and the audit log stay; `add` brings it back."""
    with gateway_folder.opened(data) as database:
        with database.read() as connection:
            accounts.require_user(connection, name)
            waiting = administration.undelivered(connection, name)
        if waiting and not yes:
            _confirm_removal(name, waiting)
        administration.remove_user(database, name, actor=by_operator())
    say(f"User {name} was removed. What {name} sent stays; work that waits on a tablet needs the user again.")


def _confirm_removal(name: str, waiting: int) -> None:
    """Records that are at the gateway go on to the ERP; their receipts find no tablet."""
    what = f"{waiting} records of {name} are not decided by the ERP yet; they are delivered, but no tablet learns of it"
    if not sys.stdin.isatty():
        raise UsageError(f"{what}: wait, or remove with --yes")
    click.confirm(f"{safe(what)}. Remove all the same?", abort=True)


@users.command("profile")
@click.argument("name")
@click.argument("profile", required=False)
@data_option
@click.option("--everything", is_flag=True, help="No profile: the user sees everything.")
@guarded
def set_profile(name: str, profile: str | None, data: Path, everything: bool) -> None:
    """Give a user another PROFILE. The tablet gets its rows, and loses those of the old one, with the next sync."""
    if everything == (profile is not None):
        raise UsageError("say either the code of a profile or --everything")
    with gateway_folder.opened(data) as database:
        administration.set_profile(database, name, profile, actor=by_operator())
    say(f"User {name} has the profile {profile} now." if profile else f"User {name} sees everything now.")


@users.command("rename")
@click.argument("name")
@click.argument("new_name")
@data_option
@guarded
def rename_user(name: str, new_name: str, data: Path) -> None:
    """Call a user otherwise. Devices, numbers, records and history stay the user's; the next logon is by NEW_NAME."""
    with gateway_folder.opened(data) as database:
        administration.rename_user(database, name, new_name, actor=by_operator())
    say(f"User {name} is called {new_name} now, and logs on as {new_name} with the same password.")
    say("Work that waits on tablets is sent after that logon. Rows that the ERP gives to the old name stay the user's.")


@users.command("password")
@click.argument("name")
@data_option
@password_option
@guarded
def change_password(name: str, data: Path, password_file: str | None) -> None:
    """Set a new password; all sessions of the user end."""
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
    """All users with profile and state. --json: also devices, sessions, undelivered records, last contact."""
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
    """All devices with their last contact, and whether they are blocked."""
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
    """Refuse a device, whoever logs on from it, until `unblock`. Its data stay on it."""
    with gateway_folder.opened(data) as database:
        owners = administration.block_device(database, device_id, actor=by_operator())
    say(f"Device {device_id} of {', '.join(owners)} is blocked. Its data and its unsent work stay on it.")
    say("If it was lost or stolen, change the password of its users too: it could come back as a new device.")


@devices.command("unblock")
@click.argument("device_id")
@data_option
@guarded
def unblock_device(device_id: str, data: Path) -> None:
    """Let a blocked device in again."""
    with gateway_folder.opened(data) as database:
        administration.unblock_device(database, device_id, actor=by_operator())
    say(f"Device {device_id} is not blocked any more.")


@devices.command("revoke")
@click.argument("device_id")
@data_option
@guarded
def revoke_device(device_id: str, data: Path) -> None:
    """End the sessions of a device at once. The password logs it on again: `block` keeps it out."""
    with gateway_folder.opened(data) as database:
        if not accounts.revoke_device(database, device_id, actor=by_operator()):
            raise UsageError(f"there is no device {device_id}")
    say(f"Device {device_id} was revoked: it asks for the password again. `devices block` keeps it out.")
