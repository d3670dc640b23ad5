"""The sort order of names in SQLite."""

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesapp.store.alphabet import BY_NAME, ordering

LETTERS = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"


@pytest.fixture(scope="module")
def names() -> Iterator[sqlite3.Connection]:
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE TABLE names (id INTEGER PRIMARY KEY, name TEXT, code TEXT)")
        connection.execute(f"CREATE INDEX by_name ON names ({BY_NAME})")
        yield connection
    connection.close()


def in_order(names: sqlite3.Connection, given: list[str]) -> list[str]:
    names.execute("DELETE FROM names")
    names.executemany("INSERT INTO names(name) VALUES (?)", [(name,) for name in given])
    return [str(row[0]) for row in names.execute(f"SELECT name FROM names ORDER BY {ordering('name')}, id")]


def test_that_names_are_sorted_as_in_a_polish_directory(names: sqlite3.Connection) -> None:
    directory = ["3M", "adapter", "Ara", "Ąkwa", "Bar", "Łoś", "Łódź", "młot", "Świt", "zebra", "Źrebak", "Żabka"]
    assert in_order(names, directory[::-1]) == directory


@given(st.lists(st.text(LETTERS + LETTERS.upper(), max_size=6), max_size=8))
def test_that_sorting_ignores_case(names: sqlite3.Connection, given: list[str]) -> None:
    def place(name: str) -> list[int]:
        return [LETTERS.index(letter) for letter in name.lower()]

    assert in_order(names, given) == sorted(given, key=place)


def test_that_lists_in_the_order_of_names_are_read_from_the_index(names: sqlite3.Connection) -> None:
    plan = str(names.execute(f"EXPLAIN QUERY PLAN SELECT id FROM names ORDER BY {ordering('name')}").fetchall())
    assert "USING INDEX by_name" in plan or "USING COVERING INDEX by_name" in plan
    assert "TEMP B-TREE" not in plan


def test_that_codes_and_dates_are_sorted_by_their_stored_values() -> None:
    assert ordering("code") == '"code"'
