"""Mappings: a TOML file with the forms of export files, and a SELECT per object that produces its rows.

Joins, filters, nested lists and date arithmetic are plain SQL (`sql_engine`); there is no language of our own.
"""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from salesapp.domain.catalogue import Catalogue
from salesapp.errors import UsageError
from salesapp.gateway.connectors.file_forms import FileForm, read_forms
from salesapp.textfiles import NotTextError, read_text

Param = str | int | date
_SECTIONS = ("source", "params", "files", "objects")


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping file. `folders` are further folders of exports; `params` are named parameters of every SELECT."""

    name: str
    folders: tuple[Path, ...]
    params: dict[str, Param]
    forms: dict[str, FileForm]
    selects: dict[str, str]


def load_mapping(path: Path, catalogue: Catalogue) -> Mapping:
    """Reads a mapping. Raises UsageError saying what to correct."""
    try:
        content = tomllib.loads(read_text(path))
    except OSError as error:
        raise UsageError(f"the mapping {path.name} cannot be read ({error.strerror})") from error
    except NotTextError as error:
        raise UsageError(f"the mapping {path.name} cannot be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"the mapping {path.name} is not TOML: {error}") from error
    unknown = sorted(content.keys() - set(_SECTIONS))
    if unknown:
        raise UsageError(
            f"the mapping {path.name} has sections that nobody knows: {', '.join(unknown)}; known are "
            f"{', '.join(_SECTIONS)}"
        )
    source = _table(path, content, "source")
    if source.keys() - {"folders"}:
        raise UsageError(f"the mapping {path.name}: [source] knows folders only")
    return Mapping(
        name=path.name,
        folders=tuple(_folder(path, entry) for entry in _list(path, source.get("folders", []))),
        params={name: _param(path, name, value) for name, value in _table(path, content, "params").items()},
        forms=read_forms(path.name, content.get("files", {})),
        selects={key: _select(path, key, value, catalogue) for key, value in _table(path, content, "objects").items()},
    )


def _table(path: Path, content: dict[str, Any], name: str) -> dict[str, object]:
    found = content.get(name, {})
    if not isinstance(found, dict):
        raise UsageError(f"the mapping {path.name}: {name} must be a table")
    return found


def _list(path: Path, value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise UsageError(f"the mapping {path.name}: folders must be a list of paths")
    return value


def _folder(path: Path, entry: str) -> Path:
    folder = path.parent / entry
    if not folder.is_dir():
        raise UsageError(f"the mapping {path.name} names a folder that is not there: {entry}")
    return folder


def _param(path: Path, name: str, value: object) -> Param:
    if isinstance(value, datetime) or not isinstance(value, str | int | date):
        raise UsageError(f"the mapping {path.name}: the parameter {name} must be a text, a whole number or a date")
    return value


def _select(path: Path, key: str, value: object, catalogue: Catalogue) -> str:
    if key not in catalogue.by_key:
        raise UsageError(f'the mapping {path.name}: there is no object "{key}"')
    sql = value.get("sql") if isinstance(value, dict) and len(value) == 1 else None
    if not isinstance(sql, str):
        raise UsageError(f'the mapping {path.name}: [objects."{key}"] must have sql = """SELECT ..."""')
    return sql
