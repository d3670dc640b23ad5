"""The options that say where rows come from, of every kind of source: `--csv FOLDER --mapping FILE`, `--demo` ..."""

import functools
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import click

from salesapp.errors import UsageError
from salesapp.gateway.connectors.kinds import KINDS
from salesapp.gateway.connectors.sources import Option, Source

T = TypeVar("T")


def ways() -> str:
    """How a source is named: "--demo or --csv FOLDER"."""
    return " or ".join(kind.options[0].usage for kind in KINDS)


def source_options(function: Callable[..., T]) -> Callable[..., T]:
    """Gives a command the options of all sources; it takes `source`, which is None when they say nothing."""

    @functools.wraps(function)
    def with_source(**values: object) -> T:
        said = {option: values.pop(_parameter(option)) for kind in KINDS for option in kind.options}
        return function(source=named_source(said), **values)

    command: Callable[..., T] = with_source
    for option in reversed([option for kind in KINDS for option in kind.options]):
        command = _click_option(option)(command)
    return command


def named_source(said: Mapping[Option, object]) -> Source | None:
    """The source that options name; None when they say nothing. Raises UsageError for two, and for a part of one."""
    given = {option: value for option, value in said.items() if value not in {None, False}}
    named = [kind for kind in KINDS if kind.options[0] in given]
    if len(named) > 1:
        raise UsageError(f"say either {ways()}")
    if not named:
        if given:
            raise UsageError(f"say the source as well: {ways()}")
        return None
    for option in given:
        if option not in named[0].options:
            owner = next(kind for kind in KINDS if option in kind.options)
            raise UsageError(f"{option.flag} goes with {owner.options[0].flag}")
    return named[0](**{option.field: _kept(value) for option, value in given.items() if option.field})


def needed(source: Source | None) -> Source:
    """Raises UsageError when no source is named."""
    if source is None:
        raise UsageError(f"say where rows come from: {ways()}")
    return source


def _kept(value: object) -> object:
    match value:
        case Path():
            return str(value.resolve())
        case datetime():
            return value.date().isoformat()
    return value


def _parameter(option: Option) -> str:
    return option.flag.removeprefix("--").replace("-", "_")


def _click_option(option: Option) -> Callable[[Callable[..., T]], Callable[..., T]]:
    names = (option.flag, _parameter(option))
    match option.takes:
        case "nothing":
            return click.option(*names, is_flag=True, help=option.help)
        case "day":
            return click.option(*names, type=click.DateTime(["%Y-%m-%d"]), help=option.help)
        case "file" | "folder" as what:
            path = click.Path(path_type=Path, dir_okay=what == "folder", file_okay=what == "file", exists=True)
            return click.option(*names, type=path, help=option.help)
    return click.option(*names, type=click.Choice(option.takes), help=option.help)
