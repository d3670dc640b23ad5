"""Times reports on a device with 100,000 documents, 100,000 customers and 200,000 items.

All documents are the representative's own, far more than anybody writes. The files are encrypted as usual.
"""

import json
import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bench.orders import NUMERATOR, an_order
from bench.tools import Results
from salesapp.domain.catalogue import CATALOGUE
from salesapp.domain.periods import SPANS
from salesapp.domain.schema import SyncObject
from salesapp.services import documents
from salesapp.services.reports import WEEKS, glance_of, read_away, read_report
from salesapp.services.sales import read_ledger
from salesapp.store.account_stores import AccountStores
from salesapp.store.catalog import CatalogStore
from salesapp.store.catalog_reader import CatalogReader
from salesapp.store.folders import DataFolder
from salesapp.store.keys import load_key, make_key_file
from salesapp.store.work import WorkStore

DOCUMENTS, CUSTOMERS, ITEMS, OWN = 100_000, 100_000, 200_000, 300
TODAY = date(2026, 3, 12)
DAYS = 3 * 365
TILE_MS, LOOK_MS, ITEMS_MS = 300, 1_500, 3_000
"""Targets: the tile's figure; a report; one with the best items, out of all lines of twelve months."""
ROUNDS = 3
USER = "rep1"


def measure_reports(results: Results, work: Path) -> None:
    """Measures the tile's figure, reports by day, week, month and year, the best items, and inactive customers."""
    stores = _prepare(work / "t-reports")
    try:
        results.add("report_tile", _ms(lambda: glance_of(read_ledger(stores), TODAY)), "ms", TILE_MS)
        for span in SPANS:
            look = partial(read_report, stores, span, None, TODAY)
            results.add(f"report_{span}", _ms(look), "ms", LOOK_MS)
        items = partial(read_report, stores, "month", None, TODAY, "items")
        results.add("report_items", _ms(items), "ms", ITEMS_MS)
        results.add("report_away", _ms(partial(read_away, stores, WEEKS[0], TODAY)), "ms", LOOK_MS)
    finally:
        stores.catalog.close()
        stores.work.close()


def _ms(what: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        what()
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


def _prepare(root: Path) -> AccountStores:
    key_file = root.parent / f"{root.name}.key"
    make_key_file(key_file)
    account = DataFolder(root).remember("bench", USER, "http://127.0.0.1")
    key = load_key(root, key_file)
    store = CatalogStore.open(account.catalog_path, key, CATALOGUE)
    with store.transaction():
        for name, rows in _rows().items():
            _insert(store, CATALOGUE.by_key[name], rows)
    store.close()
    own = WorkStore.open(account, key)
    for _ in range(OWN):
        documents.confirm(own, an_order(), NUMERATOR, checkpoint="1-a")
    return AccountStores(account, CatalogReader(account.catalog_path, key), own)


def _insert(store: CatalogStore, entry: SyncObject, rows: Iterator[dict[str, Any]]) -> None:
    names = ("id", *entry.field_names)
    columns = ", ".join(f'"{name}"' for name in names)
    sql = f'INSERT INTO "{entry.table}" ({columns}) VALUES ({", ".join("?" * len(names))})'
    driver = store.connection.connection.driver_connection
    assert driver is not None
    driver.executemany(sql, ([row.get(name) for name in names] for row in rows))
    for number, fields in enumerate(entry.indexes):
        store.run(f'CREATE INDEX "ix_{entry.table}_{number}" ON "{entry.table}" ({", ".join(fields)})')


def _rows() -> dict[str, Iterator[dict[str, Any]]]:
    notes = "Deliveries before 9 a.m. only. " * 10
    return {
        "directories.currencies": iter(
            [
                {"id": 1, "code": "PLN", "name": "PLN", "decimals": 2, "is_base": 1, "rates": "[]"},
                {"id": 2, "code": "EUR", "name": "EUR", "decimals": 2, "is_base": 0, "rates": _rates()},
            ]
        ),
        "items.forms": (
            {"id": number, "code": f"I{number}", "name": f"Item {number}"} for number in range(1, ITEMS + 1)
        ),
        "customers.customers": (
            {
                "id": number,
                "code": f"K{number}",
                "name": f"Customer {number}",
                "status": "blocked" if number % 40 == 0 else "active",
                "notes": notes,
            }
            for number in range(1, CUSTOMERS + 1)
        ),
        "auxiliary.documents": _documents(),
    }


def _rates() -> str:
    days = (TODAY - timedelta(days=offset) for offset in range(DAYS))
    return json.dumps([{"date": day.isoformat(), "rate": "4.2512"} for day in days])


def _documents() -> Iterator[dict[str, Any]]:
    dice = random.Random("reports")
    for number in range(1, DOCUMENTS + 1):
        lines = [
            {
                "item": f"I{dice.randrange(1, ITEMS)}",
                "unit": "pcs",
                "quantity": "12",
                "unit_price": "10.00",
                "net": f"{dice.randrange(1, 10**5) / 100:.2f}",
            }
            for _ in range(6)
        ]
        net = sum(round(float(line["net"]) * 10_000) for line in lines)
        yield {
            "id": number,
            "type": "sales_order",
            "erp_number": f"ZS/{number}/26",
            "customer": dice.randrange(1, CUSTOMERS),
            "representative": USER,
            "issued_on": (TODAY - timedelta(days=(DOCUMENTS - number) * DAYS // DOCUMENTS)).isoformat(),
            "currency": "EUR" if number % 20 == 0 else "PLN",
            "net": net,
            "vat": 0,
            "gross": net,
            "general_state": "completed",
            "lines": json.dumps(lines),
        }
