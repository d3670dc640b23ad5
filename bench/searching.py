"""Times search as you type over an encrypted catalogue of items, and building its index."""

import random
import time
from dataclasses import replace
from pathlib import Path

from bench.company import BenchConnector, catalogue
from salesapp.domain.canonical import encode_values, row_hash
from salesapp.domain.catalogue import Catalogue
from salesapp.store import search
from salesapp.store.catalog import CatalogStore, column_list
from salesapp.store.staging import build_indexes

KEY = bytes(range(32))
SEARCH = ("code", "name", "ean")
STROKES = 400


def _filled(folder: Path, rows: int, fields: tuple[str, ...]) -> tuple[CatalogStore, Catalogue]:
    """Returns a catalog.db with item-like rows in its first object, not indexed yet."""
    folder.mkdir(parents=True)
    plain = catalogue()
    measured = Catalogue((replace(plain.objects[0], search=fields), *plain.objects[1:]), plain.auxiliary)
    store = CatalogStore.open(folder / "catalog.db", KEY, measured)
    entry = measured.objects[0]
    places = ", ".join("?" * (len(entry.fields) + 3))
    connection = store.connection.connection.driver_connection
    assert connection is not None
    with store.transaction():
        connection.executemany(
            f'INSERT INTO "{entry.table}" ({column_list(entry)}) VALUES ({places})',
            (
                (number, 1, *row.values, row_hash(entry.key, number, encode_values(row.values)))
                for number, row in enumerate(BenchConnector(measured, rows).rows(entry))
            ),
        )
    return store, measured


def fulltext_seconds(folder: Path, rows: int) -> float:
    """Returns the seconds that the search index adds to the other indexes."""
    store, measured = _filled(folder, rows, SEARCH)
    entry = measured.objects[0]
    with store.transaction():
        build_indexes(store, replace(entry, search=()), entry.table)
    name = f"new_{search.table(entry)}"
    began = time.perf_counter()
    with store.transaction():
        search.create(store.connection, entry, name)
        search.fill(store.connection, entry, name, entry.table)
    seconds = time.perf_counter() - began
    store.close()
    return seconds


def search_times(folder: Path, rows: int) -> list[float]:
    """Returns the seconds of each keystroke: finding keys and reading rows, as a list on the screen does."""
    store, measured = _filled(folder, rows, SEARCH)
    entry = measured.objects[0]
    with store.transaction():
        search.fill(store.connection, entry, search.table(entry), entry.table)
    names = [str(row[0]) for row in store.rows(f'SELECT name FROM "{entry.table}" ORDER BY random() LIMIT 60')]
    chooser = random.Random(5)
    times: list[float] = []
    while len(times) < STROKES:
        typed = chooser.choice(names)
        for end in range(1, min(len(typed), 14)):
            began = time.perf_counter()
            keys = search.find(store.connection, entry, typed[:end])
            marks = ", ".join("?" * len(keys))
            store.rows(f'SELECT * FROM "{entry.table}" WHERE id IN ({marks})', keys)
            times.append(time.perf_counter() - began)
    store.close()
    return times
