"""Turns records of a sheet into source rows of one object: columns, required values, keys, pictures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from salesapp.domain.canonical import Value
from salesapp.domain.catalogue import IMAGES
from salesapp.domain.row_rules import broken_rule
from salesapp.domain.schema import Field, Kind, SyncObject
from salesapp.gateway.connectors.base import SourceRow
from salesapp.gateway.connectors.pictures import Pictures
from salesapp.gateway.connectors.problems import ProblemList
from salesapp.gateway.connectors.sheets import Sheet
from salesapp.gateway.connectors.values import (
    PROSE,
    BadValueError,
    Cell,
    Parser,
    cell_text,
    parser,
    plain_text,
    trimmed,
)

KEY, PATH = "key", "path"
_DERIVED = frozenset({"file_name", "media_type", "size", "sha256"})
_EMPTY: dict[Kind, Value] = {Kind.BOOLEAN: 0, Kind.JSON: "[]"}
"""The value of an empty cell for kinds without NULL."""


@dataclass(frozen=True, slots=True)
class _Column:
    field: Field
    position: int | None
    parse: Parser
    is_prose: bool
    must_have: bool
    empty: Value
    """The value of an empty cell."""

    @classmethod
    def of(cls, field: Field, position: int | None) -> "_Column":
        must_have = field.required and field.kind not in _EMPTY
        return cls(field, position, parser(field), field.name in PROSE, must_have, _EMPTY.get(field.kind))


class RowReader:
    """Reads sheets of one object. Reports every bad cell, and leaves its row out."""

    def __init__(self, entry: SyncObject, folder: Path, pictures: Pictures, problems: ProblemList) -> None:
        self._entry = entry
        self._folder = folder
        self._pictures = pictures
        self._problems = problems
        self._natural = [entry.field_names.index(name) for name in entry.natural_key]

    def rows(self, sheet: Sheet) -> Iterator[SourceRow]:
        """Yields the good rows; none if the header does not fit the object."""
        if not self._header_fits(sheet):
            return
        places = {name: index for index, name in enumerate(sheet.header)}
        columns = [_Column.of(field, places.get(field.name)) for field in self._entry.fields]
        key_place, path_place = places.get(KEY), places.get(PATH)
        seen: set[str] = set()
        for line, cells in sheet.records:
            before = self._problems.count
            facts = {} if path_place is None else self._facts(sheet, line, cells[path_place])
            values = tuple(
                column.empty
                if column.position is None and not facts and not column.must_have
                else self._value(sheet, line, column, cells, facts)
                for column in columns
            )
            key = self._key(sheet, line, values, None if key_place is None else (cells[key_place],))
            if self._problems.count > before:
                continue
            if key in seen:
                self._problems.add(sheet.file, line, KEY, f'the key "{key}" comes twice')
                continue
            seen.add(key)
            broken = broken_rule(self._entry, values)
            if broken:
                self._problems.add(sheet.file, line, *broken)
                continue
            yield SourceRow(key, values)

    def _header_fits(self, sheet: Sheet) -> bool:
        known = {KEY, *self._entry.field_names, *((PATH,) if self._entry.key == IMAGES else ())}
        problems = {name: "unknown column" for name in sheet.header if name not in known}
        derived = _DERIVED if PATH in sheet.header else frozenset()
        for field in self._entry.fields:
            is_needed = field.required and field.kind not in _EMPTY and field.name not in derived
            if is_needed and field.name not in sheet.header:
                problems[field.name] = "missing column"
        if KEY not in sheet.header and not {*self._entry.natural_key} - derived <= {*sheet.header}:
            problems[KEY] = f"missing column (needed unless there are {', '.join(self._entry.natural_key)})"
        if problems and sheet.header_line and not known & {*sheet.header}:
            names = ", ".join(sheet.header)[:200]
            reason = f"none of these columns is one of {self._entry.key}: {names}. The first line must be its header"
            problems = {"": reason}
        for name, reason in problems.items():
            self._problems.add_to_file(sheet.file, sheet.header_line, name, reason)
        return not problems

    def _value(self, sheet: Sheet, line: int, column: _Column, cells: Sequence[Cell], facts: dict[str, str]) -> Value:
        name = column.field.name
        try:
            text = None if column.position is None else cell_text(cells[column.position])
            if facts and name in facts:
                text = _agreed(text, facts[name], name)
            if text is not None:
                return column.parse(text if column.is_prose else trimmed(text))
        except BadValueError as bad:
            self._problems.add(sheet.file, line, name, bad.told(has_forms=self._problems.has_forms))
            return None
        if column.must_have:
            self._problems.add(sheet.file, line, name, "missing")
        return column.empty

    def _facts(self, sheet: Sheet, line: int, cell: Cell) -> dict[str, str]:
        """Returns the facts of a row's picture file; empty without a path."""
        try:
            path = cell_text(cell)
            return self._pictures.facts(self._folder, trimmed(path)) if path else {}
        except BadValueError as bad:
            self._problems.add(sheet.file, line, PATH, str(bad))
            return {}

    def _key(self, sheet: Sheet, line: int, values: tuple[Value, ...], cell: tuple[Cell] | None) -> str:
        """Returns the key column's text, or one built from the natural key; "" if it is bad (and reported)."""
        if cell is None:
            return joined_key([values[place] for place in self._natural])
        try:
            text = cell_text(cell[0])
            if text is not None:
                return plain_text(trimmed(text))
            self._problems.add(sheet.file, line, KEY, "missing")
        except BadValueError as bad:
            self._problems.add(sheet.file, line, KEY, str(bad))
        return ""


def joined_key(parts: list[Value]) -> str:
    """Joins values with slashes, escaping slashes inside them: different values give different texts."""
    if len(parts) == 1:
        return str(parts[0] or "")
    return "/".join("" if part is None else str(part).replace("\\", "\\\\").replace("/", "\\/") for part in parts)


def _agreed(text: str | None, fact: str, name: str) -> str:
    """Checks a given value against the file's; only the name may differ."""
    if text is None or name == "file_name":
        return text or fact
    if trimmed(text) != fact:
        raise BadValueError(f"the file has {fact}")
    return fact
