"""Runs the SELECTs of a mapping over export files in DuckDB, in memory, with strict names and exact decimals.

DuckDB has no access to files, network or extensions, and never converts a text to a number. One thread makes results
reproducible: the same files give the same rows in the same order. Memory is bounded.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any, Final

import duckdb

from salesapp.errors import UsageError
from salesapp.gateway.connectors.file_forms import FileForm, has_time
from salesapp.gateway.connectors.mapping import Mapping
from salesapp.gateway.connectors.problems import ImportRefused, ProblemList
from salesapp.gateway.connectors.sheets import Record, Sheet, check_header, read_sheet
from salesapp.gateway.connectors.source_files import SourceFiles, table_name
from salesapp.gateway.connectors.sql_advice import explained
from salesapp.gateway.connectors.sql_statement import Statement, parse
from salesapp.gateway.connectors.values import trimmed

MEMORY: Final = "2GB"
_SETTINGS: Final[dict[str, str | bool | int | float | list[str]]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
    "threads": "1",
    "memory_limit": MEMORY,
    "temp_directory": "",  # nothing of a mapping is ever written to disk
}
_LOADED_AT_ONCE = 10_000

# DuckDB divides in binary floating point: 2.01 / 2, rounded to 2 decimals, is 1.00 there. This division is exact to 12
# decimals and truncates the rest, which keeps round() exact. `* 1` refuses texts.
_DIVISION: Final = """
CREATE MACRO "/"(a, b) AS CASE WHEN b * 1 = 0 THEN error('division by zero') ELSE CAST(
    CAST(CAST(a * 1 AS DECIMAL(38, 12)) * 1000000000000 AS HUGEINT) * 1000000000000
    // CAST(CAST(b * 1 AS DECIMAL(38, 12)) * 1000000000000 AS HUGEINT)
    AS DECIMAL(38, 0)) * CAST(0.000000000001 AS DECIMAL(12, 12)) END
"""
# Descriptions from web shops are HTML; tablets would show the tags.
_PLAIN_TEXT: Final = r"""
CREATE MACRO plain_text(x) AS nullif(trim(regexp_replace(replace(replace(replace(replace(replace(replace(
    regexp_replace(regexp_replace(regexp_replace(x, '(?is)<(script|style)\b.*?</(script|style)>', '', 'g'),
        '(?i)<(br|/p|/li|/div|/tr)\b[^>]*>', chr(10), 'g'), '<[^>]*>', '', 'g'),
    '&nbsp;', ' '), '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&#39;', chr(39)), '&amp;', '&'),
    '\n\s*\n+', chr(10), 'g'), chr(10) || ' '), '')
"""
_INEXACT = {"DOUBLE", "FLOAT"}
_ZONED = "TIMESTAMP WITH TIME ZONE"


class SqlEngine:
    """The files that SELECTs name, as tables of texts, with exact decimals and dates where declared."""

    def __init__(self, files: SourceFiles, mapping: Mapping, today: date) -> None:
        self._files = files
        self._mapping = mapping
        self._params = {"today": today, **mapping.params}
        self._tables: dict[str, tuple[str, ...]] = {}
        self._stems: dict[str, str] = {}
        self._texts: set[str] = set()
        self._others: set[str] = set()
        self._prose: dict[str, frozenset[str]] = {}
        """Per table, the columns of free text, which are not used as keys."""
        self._connection = duckdb.connect(":memory:", config=_SETTINGS)
        self._connection.execute("SET TimeZone = 'UTC'")
        self._connection.execute(_DIVISION)
        self._connection.execute(_PLAIN_TEXT)
        self._statements: dict[str, Statement] | None = None

    def close(self) -> None:
        self._connection.close()

    def load(self, declared: Iterable[str], problems: ProblemList) -> None:
        """Reads all files that SELECTs name, and the declared ones.

        Raises ImportRefused if one is bad, UsageError for SQL that is not a SELECT.
        """
        if self._statements is not None:
            return
        statements = {
            key: parse(self._connection, self._label(key), sql, frozenset(self._params))
            for key, sql in self._mapping.selects.items()
        }
        for statement in statements.values():
            for name in statement.tables:
                known = self._prose.get(table_name(name), frozenset())
                self._prose[table_name(name)] = known | statement.prose
        for statement in statements.values():
            for name in statement.tables:
                self._prose[table_name(name)] -= statement.compared
        for key, statement in statements.items():
            for name in statement.tables:
                self._load(name, key, problems)
        for name in declared:
            self._load(name, f"files.{name}", problems)
        if problems.has_bad_file:
            raise ImportRefused(problems)
        self._connection.execute("SET lock_configuration = true")
        self._statements = statements

    def select(self, key: str, problems: ProblemList) -> Sheet | None:
        """Runs an object's SELECT; returns None if two columns share a name. Raises UsageError for wrong SQL."""
        assert self._statements is not None, "load() comes first"
        label, statement = self._label(key), self._statements[key]
        statement.check_comparisons(label, self._texts - self._others, self._others - self._texts)
        params = {name: self._params[name] for name in statement.params}
        try:
            types = self._connection.execute(f"SELECT * FROM ({statement.sql}\n) LIMIT 0", params or None).description
            sql = _readable(statement.sql, types)
            found = self._connection.execute(sql, params or None)
        except duckdb.Error as error:
            raise UsageError(explained(label, error, statement, self._tables)) from error
        header = tuple(str(column[0]) for column in found.description)
        _check_exact(label, types)
        if not check_header(label, 0, header, problems):
            return None
        return Sheet(label, header, 0, self._numbered(found, label, statement))

    def _label(self, key: str) -> str:
        return f"{self._mapping.name} [{key}]"

    def _numbered(self, found: duckdb.DuckDBPyConnection, label: str, statement: Statement) -> Iterator[Record]:
        number = 0
        try:
            while rows := found.fetchmany(_LOADED_AT_ONCE):
                for row in rows:
                    number += 1
                    yield number, row
        except duckdb.Error as error:
            raise UsageError(explained(label, error, statement, self._tables)) from error

    def _load(self, name: str, key: str, problems: ProblemList) -> None:
        if table_name(name) in self._tables:
            self._add_view(name)
            return
        source = self._files.find(name)
        if source is None:
            known = ", ".join(self._files.names) or "none"
            raise UsageError(f"{self._label(key)}: no such table: {name} (no file of this name); there are: {known}")
        self._tables[table_name(name)] = ()
        sheet = read_sheet(self._files, source, problems)
        if sheet is None:
            return
        self._tables[table_name(name)] = sheet.header
        for column in sheet.header:
            is_text = column not in sheet.form.numbers and column not in sheet.form.dates
            (self._texts if is_text else self._others).add(column.casefold())
        self._fill(source.path.stem, sheet)
        self._stems[table_name(name)] = source.path.stem
        self._add_view(name)

    def _add_view(self, name: str) -> None:
        """Adds a view under the name as written if DuckDB would not match it: it ignores case for ASCII only."""
        stem = self._stems.get(table_name(name), name)
        if name != stem and not name.isascii():
            self._connection.execute(f"CREATE VIEW IF NOT EXISTS {_quoted(name)} AS SELECT * FROM {_quoted(stem)}")

    def _fill(self, table: str, sheet: Sheet) -> None:
        """Creates the table; a column of numbers has as many decimals as its longest cell.

        Trims texts except free text: blanks at the edges would silently change keys.
        """
        columns = ", ".join(f"{_quoted(name)} VARCHAR" for name in sheet.header)
        cells = ", ".join(f"unnest(CAST(${place} AS VARCHAR[]))" for place in range(1, len(sheet.header) + 1))
        raw, scales = _quoted(f"{table} as read"), dict.fromkeys(sheet.form.numbers, 0)
        numbers = [(place, name) for place, name in enumerate(sheet.header) if name in scales]
        prose = self._prose.get(table_name(table), frozenset())
        keeps_edges = [name.casefold() in prose for name in sheet.header]
        self._connection.execute(f"CREATE TABLE {raw} ({columns})")
        records = (record for _line, record in sheet.records)
        while batch := list(islice(records, _LOADED_AT_ONCE)):
            parts = [list(column) for column in zip(*batch, strict=True)]
            parts = [
                list(map(_kept if keeps else _stripped, cells)) for keeps, cells in zip(keeps_edges, parts, strict=True)
            ]
            for place, name in numbers:
                scales[name] = max(scales[name], *(_scale(cell) for cell in parts[place]), 0)
            self._connection.execute(f"INSERT INTO {raw} SELECT {cells}", parts)
        typed = ", ".join(
            f"CAST({_quoted(name)} AS {_type(sheet.form, name, scales)}) AS {_quoted(name)}" for name in sheet.header
        )
        try:
            self._connection.execute(f"CREATE TABLE {_quoted(table)} AS SELECT {typed} FROM {raw} ORDER BY rowid")
        except duckdb.Error as error:
            raise UsageError(f"{sheet.file} cannot be made a table: {error}") from error
        self._connection.execute(f"DROP TABLE {raw}")


def _kept(cell: str | None) -> str | None:
    return cell if cell and trimmed(cell) else None


def _stripped(cell: str | None) -> str | None:
    return trimmed(cell) or None if cell else None


def _type(form: FileForm, column: str, scales: dict[str, int]) -> str:
    if column in scales:
        return f"DECIMAL(38, {scales[column]})"
    if column in form.dates:
        return "TIMESTAMP" if has_time(form.dates[column]) else "DATE"
    return "VARCHAR"


def _scale(cell: str | None) -> int:
    return len(cell.partition(".")[2]) if cell else 0


def _readable(sql: str, types: Any) -> str:
    """Casts times with a zone to text: DuckDB needs another library to return them."""
    if not any(str(column[1]) == _ZONED for column in types):
        return sql
    columns = ", ".join(
        f"CAST({_quoted(column[0])} AS VARCHAR) AS {_quoted(column[0])}"
        if str(column[1]) == _ZONED
        else _quoted(column[0])
        for column in types
    )
    return f"SELECT {columns} FROM ({sql}\n)"


def _check_exact(label: str, types: Any) -> None:
    """Raises UsageError for floating-point columns."""
    for name, kind, *_ in types:
        if any(word in str(kind) for word in _INEXACT):
            raise UsageError(
                f"{label}: {name} is not exact ({kind}): averages, roots and casts make floating point numbers. Write "
                f"round(sum(x) / count(x), 2) for an average, and CAST(... AS DECIMAL(18, 4)) where it must be"
            )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
