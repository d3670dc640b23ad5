"""Parses and checks one SELECT of a mapping: its parameters, its tables, and what is not allowed."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb

from salesapp.errors import UsageError
from salesapp.gateway.connectors.sql_advice import OLD_FUNCTIONS, brackets, syntax_advice
from salesapp.gateway.connectors.values import PROSE

_TOKEN = re.compile(
    r"""'(?:[^']|'')*' | "(?:[^"]|"")*" | --[^\n]* | /\*.*?\*/ | :: | ; | (?<![\w\])"':])[:$](?P<name>[A-Za-z_]\w*)""",
    re.VERBOSE | re.DOTALL,
)
_NUMBERS = {"INTEGER", "NUMERIC", "DECIMAL", "FLOAT"}
_CLOCKS = {"current_date", "current_timestamp", "current_time", "localtime", "localtimestamp"}
_TABLE_FUNCTIONS = {"unnest", "range", "generate_series"}
_COMPARED = {"COMPARE_EQUAL", "COMPARE_NOTEQUAL", "COMPARE_IN", "COMPARE_NOT_IN", "COMPARE_DISTINCT_FROM",
             "COMPARE_NOT_DISTINCT_FROM"}  # fmt: skip
_Node = dict[str, Any]
"""A node of DuckDB's syntax tree of a SELECT; its keys depend on `class` and `type`."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A SELECT for DuckDB, with parameters as $name."""

    sql: str
    params: frozenset[str]
    tables: tuple[str, ...]
    beside_numbers: tuple[str, ...]
    """Columns compared with a literal number, in lower case."""
    pairs: tuple[tuple[str, str], ...]
    """Columns compared with each other, in lower case."""
    prose: frozenset[str]
    """Columns selected as names or descriptions, in lower case."""
    compared: frozenset[str]
    """All compared columns, in lower case."""

    def check_comparisons(self, label: str, texts: set[str], numbers: set[str]) -> None:
        """Raises UsageError for a text column that is compared with a number: 1 would not equal 01 or 1.0."""
        for one, other in self.pairs:
            if {one, other} & texts and {one, other} & numbers:
                raise UsageError(
                    f'{label}: "{one}" is compared with "{other}", a text with a number: declare both in numbers of '
                    f"their [files] tables, or neither"
                )
        found = next((name for name in self.beside_numbers if name in texts), None)
        if found is not None:
            raise UsageError(
                f"{label}: \"{found}\" is a text and is compared with a number: write the number in quotes ('1'), "
                f"or declare the column in numbers of its [files] table"
            )


def parse(connection: duckdb.DuckDBPyConnection, label: str, sql: str, known: frozenset[str]) -> Statement:
    """Parses the SQL. Raises UsageError unless it is one SELECT, and for syntax of former mappings."""
    written, params = _with_params(label, sql, known)
    tree = _tree(connection, label, written)
    nodes = list(_nodes(tree))
    for node in nodes:
        _refuse_functions(label, node)
    views = {name.casefold() for node in nodes for name in _cte_names(node)}
    tables = [node["table_name"] for node in nodes if node.get("type") == "BASE_TABLE"]
    made = {name for node in nodes for name in _aliases(node)}
    return Statement(
        _TOKEN.sub(lambda token: "" if token[0] == ";" else token[0], written),
        params,
        tuple(dict.fromkeys(name for name in tables if name.casefold() not in views)),
        tuple(name for node in nodes for name in _beside_numbers(node) if name not in made),
        tuple(pair for node in nodes for pair in _pair(node) if not made.intersection(pair)),
        frozenset(name for node in nodes for name in _selected_as_prose(node)),
        frozenset(name for node in nodes for name in _in_comparison(node)),
    )


def _with_params(label: str, sql: str, known: frozenset[str]) -> tuple[str, frozenset[str]]:
    """Returns the SQL with $name for :name, and the names."""
    used: set[str] = set()

    def replaced(token: re.Match[str]) -> str:
        name = token["name"]
        if name is None:
            return token[0]
        if name not in known:
            raise UsageError(f"{label}: nobody gives the parameter :{name}; there are :{', :'.join(sorted(known))}")
        used.add(name)
        return f"${name}"

    return _TOKEN.sub(replaced, sql), frozenset(used)


def _tree(connection: duckdb.DuckDBPyConnection, label: str, sql: str) -> Any:
    try:
        count = [statement.type for statement in connection.extract_statements(sql)]
    except duckdb.Error as error:
        raise UsageError(f"{label}: {_first_line(error)}{syntax_advice(sql, str(error))}") from error
    if len(count) > 1:
        raise UsageError(f"{label}: one statement is allowed, not {len(count)}")
    if count != [duckdb.StatementType.SELECT]:
        raise UsageError(f"{label}: not a SELECT; a mapping only reads")
    text = connection.execute("SELECT json_serialize_sql(CAST($1 AS VARCHAR))", [sql]).fetchall()[0][0]
    tree = json.loads(text)
    if tree["error"]:
        raise UsageError(f"{label}: not a SELECT: {tree.get('error_message', '')}{brackets(sql)}")
    return tree["statements"]


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]


def _nodes(tree: Any) -> Iterator[_Node]:
    """Yields all nodes of a syntax tree."""
    waiting = [tree]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            yield part
            waiting.extend(reversed(list(part.values())))
        elif isinstance(part, list):
            waiting.extend(reversed(part))


def _cte_names(node: _Node) -> list[str]:
    entries = node.get("cte_map", {}).get("map", []) if isinstance(node.get("cte_map"), dict) else []
    return [entry["key"] for entry in entries] + ([node["cte_name"]] if node.get("cte_name") else [])


def _refuse_functions(label: str, node: _Node) -> None:
    function = node.get("function")
    if node.get("type") == "TABLE_FUNCTION" and isinstance(function, dict):
        name = str(function.get("function_name", "")).lower()
        if name not in _TABLE_FUNCTIONS:
            raise UsageError(f"{label}: {name}() is not for mappings: a SELECT reads its files and nothing else")
    columns = node.get("column_names", [])
    is_clock = node.get("class") == "COLUMN_REF" and len(columns) == 1 and columns[0].lower() in _CLOCKS
    if node.get("class") != "FUNCTION" and not is_clock:
        return
    name = str(columns[0] if is_clock else node.get("function_name", "")).lower()
    advice = OLD_FUNCTIONS.get(name)
    if name in {"max", "min"} and len(node.get("arguments", [])) > 1:
        advice = f"{'greatest' if name == 'max' else 'least'}(a, b)"
    if advice:
        raise UsageError(f"{label}: {name}() is not for mappings (any more): write {advice}")


def _aliases(node: _Node) -> Iterator[str]:
    """Yields the aliases of computed columns, which are not columns of a file."""
    for part in node.get("select_list") or ():
        if part.get("alias") and part.get("class") != "COLUMN_REF":
            yield part["alias"].casefold()


def _beside_numbers(node: _Node) -> Iterator[str]:
    """Yields columns that are compared with a literal number."""
    if node.get("type") not in _COMPARED:
        return
    parts = [
        part for part in (node.get("left"), node.get("right"), *node.get("children", [])) if isinstance(part, dict)
    ]
    if any(part.get("literal", {}).get("kind") in _NUMBERS for part in parts):
        yield from (part["column_names"][-1].casefold() for part in parts if part.get("class") == "COLUMN_REF")


def _pair(node: _Node) -> Iterator[tuple[str, str]]:
    sides = [part for part in (node.get("left"), node.get("right")) if isinstance(part, dict)]
    if node.get("class") == "COMPARISON" and [side.get("class") for side in sides] == ["COLUMN_REF"] * 2:
        one, other = (side["column_names"][-1].casefold() for side in sides)
        yield one, other


def _selected_as_prose(node: _Node) -> Iterator[str]:
    for part in node.get("select_list") or ():
        if part.get("class") == "COLUMN_REF" and (part["alias"] or part["column_names"][-1]).casefold() in PROSE:
            yield part["column_names"][-1].casefold()


def _in_comparison(node: _Node) -> Iterator[str]:
    """Yields columns in comparisons, USING clauses and GROUP BY."""
    yield from (str(name).casefold() for name in node.get("using_columns") or ())
    parts = node if str(node.get("type", "")).startswith("COMPARE_") else node.get("group_expressions")
    if parts:
        for part in _nodes(parts):
            if part.get("class") == "COLUMN_REF":
                yield part["column_names"][-1].casefold()
