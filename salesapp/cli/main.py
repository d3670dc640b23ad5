"""The group of all commands; each is imported only when it is called, so that none waits for another's imports."""

from importlib import import_module

import click

from salesapp import __version__

COMMANDS = {
    "window": "salesapp.cli.window",
    "demo": "salesapp.cli.demo",
    "sync": "salesapp.cli.sync",
    "status": "salesapp.cli.status",
    "stock": "salesapp.cli.stock",
    "price": "salesapp.cli.price",
    "restore-backup": "salesapp.cli.restore",
    "gateway": "salesapp.cli.gateway",
}
"""Name of a command: the module with a click command named `command`."""


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name]).command
        return command


@click.group(cls=LazyGroup, invoke_without_command=True)
@click.version_option(__version__)
@click.pass_context
def salesapp(context: click.Context) -> None:
    """Offline-first field sales, synchronized with an ERP system. Without a command: the window."""
    if context.invoked_subcommand is None:
        context.invoke(import_module(COMMANDS["window"]).command)
