"""The group of all commands. Each is imported only when it is called, which keeps the others fast."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click

from salesapp import __version__
from salesapp.cli.boundary import ExitCode, guarded, is_foreign, not_installed
from salesapp.cli.streams import encodable, flush, prepare
from salesapp.cli.terminal import safe_lines, say
from salesapp.private import keep_private

COMMANDS = {
    "window": "salesapp.cli.window",
    "demo": "salesapp.cli.demo",
    "sync": "salesapp.cli.sync",
    "status": "salesapp.cli.status",
    "stock": "salesapp.cli.stock",
    "password": "salesapp.cli.password",
    "price": "salesapp.cli.price",
    "restore-backup": "salesapp.cli.restore",
    "gateway": "salesapp.cli.gateway",
}
"""Each command's module, which has a click command named `command`."""
_PARTS = {"gateway": "gateway", "demo": "development"}
"""The part of the program that a command belongs to, if it is not the tablet."""


class LazyGroup(click.Group):
    """A group that imports a command's module on use, and survives any failure of the output."""

    def main(self, *args: Any, **extra: Any) -> Any:
        keep_private()
        outlets = prepare()
        try:
            return super().main(*args, **extra)
        except SystemExit as end:
            flush()
            lost = next((outlet.lost for outlet in outlets if outlet.lost), None)
            if lost is None or end.code:
                raise
            say(f"The output could not be written ({lost.strerror}), but the command did its work.", err=True)
            sys.exit(ExitCode.FAILED)

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        with _shown_safely():
            return super().make_context(*args, **extra)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuses arguments that are not text, because no database and no JSON could store them."""
        for word in args:
            if any("\ud800" <= character <= "\udfff" for character in word):
                raise click.UsageError(f"{word} is not text in the encoding of this system")
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        with _shown_safely():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        try:
            command: click.Command = import_module(COMMANDS[cmd_name]).command
        except ModuleNotFoundError as error:
            if not is_foreign(error):
                raise
            return _missing(cmd_name, error)
        return command


def _missing(name: str, error: ModuleNotFoundError) -> click.Command:
    """Returns a placeholder for a command whose part of the program is not installed."""
    not_here = not_installed(error, _PARTS.get(name, "tablet"))

    @click.command(name, context_settings={"ignore_unknown_options": True}, add_help_option=False)
    @click.argument("words", nargs=-1, type=click.UNPROCESSED)
    @guarded
    def command(words: tuple[str, ...]) -> None:
        """Not installed here."""
        del words
        raise not_here

    return command


@contextmanager
def _shown_safely() -> Iterator[None]:
    """Escapes the arguments that an error message of click quotes."""
    try:
        yield
    except click.ClickException as error:
        error.message = encodable(safe_lines(error.message), sys.stderr)  # type: ignore[misc]  # for those who raise it
        raise


@click.group(cls=LazyGroup, invoke_without_command=True)
@click.version_option(__version__)
@click.pass_context
def salesapp(context: click.Context) -> None:
    """Offline-first field sales, synchronized with an ERP system. Without a command, opens the window."""
    if context.invoked_subcommand is None:
        context.invoke(import_module(COMMANDS["window"]).command)
