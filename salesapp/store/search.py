"""Search as you type: a full-text index (FTS5) for each object with search fields, and its queries.

The index is contentless; letters are folded as what is typed (`domain.texts`), so that "zolty" finds "Żółty" and
"strasse" finds "Straße". A sync builds it beside the rows and switches both together.
"""

import re

from sqlalchemy import Connection

from salesapp.domain.schema import SyncObject
from salesapp.domain.texts import folded

_OPTIONS = "content='', contentless_delete=1, prefix='1 2 3', tokenize='unicode61 remove_diacritics 2'"
_WORD = re.compile(r"\w+")
MOST_WORDS = 8


def table(entry: SyncObject) -> str:
    return f"find_{entry.table}"


def create(connection: Connection, entry: SyncObject, name: str) -> None:
    """Makes an empty index with this name; does nothing for objects without search fields."""
    if entry.search:
        fields = ", ".join(entry.search)
        connection.exec_driver_sql(f'CREATE VIRTUAL TABLE "{name}" USING fts5({fields}, {_OPTIONS})')


def fill(connection: Connection, entry: SyncObject, name: str, source: str, where: str = "1") -> None:
    """Adds the rows of a table to an index."""
    if entry.search:
        driver = connection.connection.driver_connection
        assert driver is not None  # it is open
        driver.create_function("folded", 1, _folded)
        values = ", ".join(f'folded("{field}")' for field in entry.search)
        fields = ", ".join(entry.search)
        connection.exec_driver_sql(
            f'INSERT INTO "{name}"(rowid, {fields}) SELECT id, {values} FROM "{source}" WHERE {where}'
        )


def _folded(text: str | None) -> str | None:
    return None if text is None else folded(text)


def remove(connection: Connection, entry: SyncObject, condition: str) -> None:
    """Removes rows from the index in place; the condition is on `rowid`."""
    if entry.search:
        connection.exec_driver_sql(f'DELETE FROM "{table(entry)}" WHERE {condition}')


def drop(connection: Connection, entry: SyncObject, name: str) -> None:
    if entry.search:
        connection.exec_driver_sql(f'DROP TABLE IF EXISTS "{name}"')


def match_expression(typed: str) -> str:
    """Turns typed text into an FTS5 expression: every word must begin a word of the record. Empty without words."""
    words = _WORD.findall(folded(typed).replace("_", " "))[:MOST_WORDS]
    return " ".join(f'"{word}"*' for word in words)


def find(connection: Connection, entry: SyncObject, typed: str, limit: int = 50) -> list[int]:
    """Returns the keys of the first records that match what was typed, in key order."""
    expression = match_expression(typed)
    if not expression or not entry.search:
        return []
    found = connection.exec_driver_sql(
        f'SELECT rowid FROM "{table(entry)}" WHERE "{table(entry)}" MATCH ? ORDER BY rowid LIMIT ?',
        (expression, limit),
    )
    return [int(row[0]) for row in found]
