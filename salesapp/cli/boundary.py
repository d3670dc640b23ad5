"""The boundary of the command line, where errors become sentences and exit codes."""

import functools
import logging
import sys
from collections.abc import Callable
from enum import IntEnum
from pathlib import Path
from typing import ParamSpec, TypeGuard, TypeVar

import click

from salesapp.cli.terminal import say, say_lines
from salesapp.disk import FAILURES
from salesapp.errors import NetworkError, UsageError, UserFacingError
from salesapp.log import log_to
from salesapp.textfiles import UTF16_MARKS, NotTextError, decoded, read_text

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)


class ExitCode(IntEnum):
    """Exit codes for scripts."""

    OK = 0
    BUG = 1
    USAGE = 2
    FAILED = 3
    UNREACHABLE = 4
    UNAUTHORIZED = 5
    STOPPED = 6
    BUSY = 7
    KEPT = 8
    ASIDE = 9
    WARNED = 10


def tell(error: UserFacingError) -> None:
    """Writes an error's sentences to standard error."""
    text = error.text
    shown = say_lines if isinstance(error, UsageError) else say  # may have lines to copy
    for sentence in (text.what, text.data, text.remedy):
        shown(sentence, err=True)


def exit_code(error: UserFacingError) -> ExitCode:
    """Returns the exit code of an error that ended a command other than a sync."""
    if isinstance(error, NetworkError):
        return ExitCode.UNREACHABLE
    if error.code.startswith("auth."):
        return ExitCode.UNAUTHORIZED
    if error.code in {"device.busy", "device.window_open"}:
        return ExitCode.BUSY
    if error.code in FAILURES:
        return ExitCode.FAILED
    return ExitCode.USAGE


def report_bug(error: Exception, folder: Path) -> Path:
    """Logs a bug; returns the log file's path."""
    path = log_to(folder, "salesapp")
    log.error("unexpected error", exc_info=error)
    return path


def is_foreign(error: Exception) -> TypeGuard[ModuleNotFoundError]:
    """Whether an optional part of the program is not installed, which is not a bug."""
    if not isinstance(error, ModuleNotFoundError) or not error.name:
        return False
    return not error.name.startswith("salesapp") or error.name.startswith("salesapp.gateway")


def not_installed(error: ImportError, part: str) -> UserFacingError:
    """Returns the error for a command whose part of the program (an extra of pyproject.toml) is not installed."""
    what = {"gateway": "The gateway", "tablet": "The tablet's program"}.get(part, "The demo, tablet and gateway,")
    return UserFacingError("program.not_installed", what=what, package=error.name, part=part)


def guarded(command: Callable[P, T]) -> Callable[P, T]:
    """Wraps a command: reports errors as sentences and logs bugs, so that nobody sees a traceback."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except UserFacingError as error:
            tell(error)
            sys.exit(exit_code(error))
        except (click.ClickException, click.exceptions.Exit, click.Abort, SystemExit):
            raise
        except KeyboardInterrupt:
            sys.exit(ExitCode.STOPPED)
        except Exception as error:  # the boundary
            if is_foreign(error):
                tell(not_installed(error, "tablet"))
                sys.exit(ExitCode.USAGE)
            from salesapp.store.folders import default_root  # not before it is needed

            path = report_bug(error, default_root() / "logs")
            tell(UserFacingError("bug", reason=type(error).__name__, log=path))
            sys.exit(ExitCode.BUG)

    return run


def read_secret(path: str) -> str:
    """Reads a password: the first line of a file, or of standard input for "-". Raises UsageError."""
    try:
        text = _first_line_of_stdin() if path == "-" else read_text(Path(path))
    except (OSError, NotTextError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        where = "on standard input" if path == "-" else f"file {path}"
        raise UsageError(f"the password {where} cannot be read: {reason}") from error
    return text.split("\n", 1)[0]


def _first_line_of_stdin() -> str:
    """Reads one line only, because `sync --events` reads on. Windows' `echo` writes the console's code page."""
    content = sys.stdin.buffer.readline()
    if content.startswith(UTF16_MARKS):
        content += sys.stdin.buffer.read()
    console = "oem" if sys.platform == "win32" else sys.stdin.encoding
    return decoded(content, otherwise=console)
