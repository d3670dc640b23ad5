"""The boundary of the command line: errors become sentences and exit codes here, and nowhere else."""

import functools
import logging
import sys
from collections.abc import Callable
from enum import IntEnum
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

from salesapp.cli.terminal import safe, safe_lines
from salesapp.errors import NetworkError, UsageError, UserFacingError
from salesapp.log import log_to

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)


class ExitCode(IntEnum):
    """What the program's end tells a script."""

    OK = 0
    BUG = 1
    USAGE = 2
    FAILED = 3
    UNREACHABLE = 4
    UNAUTHORIZED = 5
    STOPPED = 6
    BUSY = 7


def tell(error: UserFacingError) -> None:
    """An error's sentences on standard error."""
    text = error.text
    shown = safe_lines if isinstance(error, UsageError) else safe  # ours may have lines to copy
    click.echo("\n".join(shown(sentence) for sentence in (text.what, text.data, text.remedy)), err=True)


def exit_code(error: UserFacingError) -> ExitCode:
    """The exit code of an error that ended a command other than a sync."""
    if isinstance(error, NetworkError):
        return ExitCode.UNREACHABLE
    if error.code.startswith("auth."):
        return ExitCode.UNAUTHORIZED
    if error.code == "device.busy":
        return ExitCode.BUSY
    if error.code in {"device.disk_full", "device.write_failed"}:
        return ExitCode.FAILED
    return ExitCode.USAGE


def report_bug(error: Exception, folder: Path) -> Path:
    """Writes a bug of ours to the log; returns the log file's path."""
    path = log_to(folder, "salesapp")
    log.error("unexpected error", exc_info=error)
    return path


def guarded(command: Callable[P, T]) -> Callable[P, T]:
    """No traceback reaches a person: errors are told, bugs go to the log file."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except UserFacingError as error:
            tell(error)
            sys.exit(exit_code(error))
        except (click.ClickException, click.exceptions.Exit, click.Abort, SystemExit):
            raise
        except BrokenPipeError:
            sys.exit(ExitCode.STOPPED)
        except KeyboardInterrupt:
            sys.exit(ExitCode.STOPPED)
        except Exception as error:  # the boundary
            from salesapp.store.folders import default_root  # noqa: PLC0415  # not before it is needed

            path = report_bug(error, default_root() / "logs")
            tell(UserFacingError("bug", reason=type(error).__name__, log=path))
            sys.exit(ExitCode.BUG)

    return run


def read_secret(path: str) -> str:
    """A password from a file, or from standard input for "-": its first line."""
    if path == "-":
        return sys.stdin.readline().rstrip("\r\n")
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"the password file {path} cannot be read") from error
    return text.split("\n", 1)[0].rstrip("\r")
