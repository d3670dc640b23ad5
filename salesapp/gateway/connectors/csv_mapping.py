"""Mappings: a TOML file with one SQL SELECT per object over CSV files of any form, loaded into an in-memory SQLite.

Joins, filters, nested lists (SQLite's JSON functions) and shifts of dates are plain SQL; there is no language of ours.
"""

import sqlite3
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from salesapp.domain.catalogue import Catalogue
from salesapp.errors import UsageError
from salesapp.gateway.connectors.csv_files import Record, Sheet, check_header, read_sheet
from salesapp.gateway.connectors.csv_problems import ProblemList
from salesapp.textfiles import NotTextError, read_text

_READING = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
_SECTIONS = {"source", "params", "objects"}


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping file. `folders` hold more CSV files; `params` are named parameters of every SELECT."""

    name: str
    folders: tuple[Path, ...]
    params: dict[str, str | int]
    selects: dict[str, str]


def load_mapping(path: Path, catalogue: Catalogue) -> Mapping:
    """Raises UsageError, with what to mend."""
    try:
        content = tomllib.loads(read_text(path))
    except OSError as error:
        raise UsageError(f"the mapping {path.name} cannot be read ({error.strerror})") from error
    except NotTextError as error:
        raise UsageError(f"the mapping {path.name} cannot be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"the mapping {path.name} is not TOML: {error}") from error
    unknown = sorted(content.keys() - _SECTIONS)
    if unknown:
        raise UsageError(f"the mapping {path.name} has sections that nobody knows: {', '.join(unknown)}")
    source = _table(path, content, "source")
    if source.keys() - {"folders"}:
        raise UsageError(f"the mapping {path.name}: [source] knows folders only")
    return Mapping(
        name=path.name,
        folders=tuple(_folder(path, entry) for entry in _list(path, source.get("folders", []))),
        params={name: _param(path, name, value) for name, value in _table(path, content, "params").items()},
        selects={key: _select(path, key, value, catalogue) for key, value in _table(path, content, "objects").items()},
    )


def _table(path: Path, content: dict[str, Any], name: str) -> dict[str, Any]:
    found = content.get(name, {})
    if not isinstance(found, dict):
        raise UsageError(f"the mapping {path.name}: {name} must be a table")
    return found


def _list(path: Path, value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise UsageError(f"the mapping {path.name}: folders must be a list of paths")
    return value


def _folder(path: Path, entry: str) -> Path:
    folder = path.parent / entry
    if not folder.is_dir():
        raise UsageError(f"the mapping {path.name} names a folder that is not there: {entry}")
    return folder


def _param(path: Path, name: str, value: Any) -> str | int:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str | int):
        return value
    raise UsageError(f"the mapping {path.name}: the parameter {name} must be a text, a whole number or a date")


def _select(path: Path, key: str, value: Any, catalogue: Catalogue) -> str:
    if key not in catalogue.by_key:
        raise UsageError(f'the mapping {path.name}: there is no object "{key}"')
    sql = value.get("sql") if isinstance(value, dict) else None
    if not isinstance(sql, str) or len(value) != 1:
        raise UsageError(f'the mapping {path.name}: [objects."{key}"] must have sql = """SELECT ..."""')
    return sql


class SourceTables:
    """The CSV files of some folders as tables of texts (an empty cell is NULL), for SELECTs only."""

    def __init__(self, folders: list[Path], problems: ProblemList) -> None:
        """Reports bad records and headers; raises UsageError when two files have the same name."""
        self._connection = sqlite3.connect(":memory:", check_same_thread=False)
        names: set[str] = set()
        for path in (path for folder in folders for path in sorted(folder.glob("*.csv"))):
            if path.stem.lower() in names:
                raise UsageError(f"two folders have a file {path.name}: each becomes a table, so names must differ")
            names.add(path.stem.lower())
            self._load(path, problems)
        self._connection.set_authorizer(_authorize)

    def close(self) -> None:
        self._connection.close()

    def _load(self, path: Path, problems: ProblemList) -> None:
        sheet = read_sheet(path, problems)
        if sheet is None:
            return
        columns = ", ".join(f"{_quoted(name)} TEXT" for name in sheet.header)
        places = ", ".join("?" * len(sheet.header))
        cells = ([cell or None for cell in record] for _, record in sheet.records)
        try:
            self._connection.execute(f"CREATE TABLE {_quoted(path.stem)} ({columns})")
            self._connection.executemany(f"INSERT INTO {_quoted(path.stem)} VALUES ({places})", cells)  # noqa: S608
        except sqlite3.Error as error:
            raise UsageError(f"{path.name} cannot be made a table ({error})") from error

    def select(self, mapping: Mapping, key: str, today: date, problems: ProblemList) -> Sheet | None:
        """The result of an object's SELECT; None when two of its columns have one name. Raises UsageError."""
        label = f"{mapping.name} [{key}]"
        params = {"today": today.isoformat(), **mapping.params}
        try:
            cursor = self._connection.execute(mapping.selects[key], params)
        except (sqlite3.Error, sqlite3.Warning, OverflowError) as error:
            raise UsageError(f"{label}: {error}") from error
        if cursor.description is None:
            raise UsageError(f"{label}: not a SELECT")
        header = tuple(str(column[0]) for column in cursor.description)
        return Sheet(label, header, 0, _numbered(cursor, label)) if check_header(label, 0, header, problems) else None


def _numbered(cursor: sqlite3.Cursor, label: str) -> Iterator[Record]:
    try:
        yield from enumerate(cursor, start=1)
    except sqlite3.Error as error:
        raise UsageError(f"{label}: {error}") from error


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _authorize(action: int, *_details: str | None) -> int:
    return sqlite3.SQLITE_OK if action in _READING else sqlite3.SQLITE_DENY
