"""Explains errors of a mapping's SQL to its author, with what to write instead."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from salesapp.gateway.connectors.sql_statement import Statement

OLD_FUNCTIONS = {
    "printf": "round(x, 2) for decimals, lpad(x, 2, '0') for leading zeros",
    "format": "round(x, 2) for decimals, lpad(x, 2, '0') for leading zeros",
    "iif": "if(condition, a, b) or CASE WHEN ... THEN ... ELSE ... END",
    "julianday": "a difference of dates: it is a number of days (CAST(a AS DATE) - CAST(b AS DATE))",
    "datetime": "CAST(x AS TIMESTAMP), and + INTERVAL 1 DAY to shift it",
    "unixepoch": "epoch(CAST(x AS TIMESTAMP))",
    "total": "coalesce(sum(x), 0)",
    "char": "chr(code)",
    "quote": "the text itself",
    "json_each": "unnest(...)",
    "json_tree": "unnest(...)",
    "typeof": "the column itself: texts are texts, numbers are declared in [files]",
    "random": "something that is the same at every import",
    "current_date": ":today",
    "today": ":today",
    "now": ":today",
    "get_current_timestamp": ":today",
    "current_timestamp": ":today",
    "current_time": ":today",
    "localtime": ":today",
    "localtimestamp": ":today",
}
"""Functions of former (SQLite) mappings, and those that differ at each import, with their replacements."""

_TEXT_ARITHMETIC = re.compile(r"No function matches .*?'([^'(]+)\((.*?)\)'", re.DOTALL)
_NO_COLUMN = re.compile(r'Referenced column "(.*?)" (?:not found|was not found)')
_BRACKETS = re.compile(r"\[([A-Za-z_][^\[\],'\"]*)\]")
_NEAR = re.compile(r'syntax error at or near "(\w+)"')
_DATE_SHIFT = re.compile(r"\b(?:date|strftime)\s*\([^()]*,\s*'[^']*'\s*\)", re.IGNORECASE)


def explained(label: str, error: Exception, statement: "Statement", tables: dict[str, tuple[str, ...]]) -> str:
    """Returns a message: what is wrong, where, and the remedy."""
    text = str(error)
    first = text.partition("\n")[0]
    found = _NO_COLUMN.search(text)
    if found:
        known = "; ".join(f"{name} has {', '.join(columns)}" for name, columns in tables.items() if columns)
        return f"{label}: no such column: {found[1]}{_where(text)}. Nothing was taken. {known}{brackets(statement.sql)}"
    if _TEXT_ARITHMETIC.search(text) and "VARCHAR" in first:
        return (
            f"{label}: a text is used as a number{_where(text)} ({first}). Declare the column in its [files] table: "
            f'numbers = ["..."]{_dates(statement.sql)}'
        )
    if "VARCHAR" in first and ("Cannot compare" in first or "Cannot mix" in first):
        return (
            f"{label}: a text and a number are mixed{_where(text)} ({first}). Declare the column of numbers in its "
            f'[files] table: numbers = ["..."], or put the number into quotation marks'
        )
    if "Out of Memory" in text:
        return f"{label}: the SELECT needs more memory than it may use; look for a join without its condition"
    if "Out of Range" in text or "Overflow" in text:
        return f"{label}: {first}. A number has at most 38 digits: round() between the steps"
    return f"{label}: {first}{_where(text)}{syntax_advice(statement.sql)}"


def _where(text: str) -> str:
    """Returns the place in the SELECT that DuckDB reports."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if line.startswith("LINE ") and number + 1 < len(lines):
            start = len(lines[number + 1]) - len(lines[number + 1].lstrip())
            return f" at: {line[start : start + 60].strip()}"
    return ""


def syntax_advice(sql: str, error: str = "") -> str:
    """Returns advice on syntax of the former engine, and on names that are SQL keywords."""
    near = _NEAR.search(error)
    name = f'. If {near[1]} is a file or a column, write "{near[1]}"' if near and not brackets(sql) else ""
    return name + brackets(sql) + _dates(sql)


def brackets(sql: str) -> str:
    found = _BRACKETS.search(sql)
    return f'. Write "{found[1]}" instead of [{found[1]}]: names stand in quotation marks' if found else ""


def _dates(sql: str) -> str:
    found = _DATE_SHIFT.search(sql)
    if not found:
        return ""
    return (
        f". {found[0][:40]} was for the former engine: write CAST(x AS DATE) + INTERVAL 1 DAY to shift a date, "
        f"strftime(x, '%Y') of a date to write it in another form"
    )
