"""Rows of lists, price tags and the order's list are read by index, whatever the catalogue contains."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from salesapp.services import customers, items, ordering, picking
from salesapp.services.price_tags import price_tags
from salesapp.services.scanning import scanned
from salesapp.services.stock import available, warehouses_of
from salesapp.store.account_stores import AccountStores
from salesapp.store.catalog_reader import CatalogReader
from tests.services.account_stores import key_of

SMALL = ("SCAN directories_", "SCAN auxiliary_profiles", "SCAN items_groups", "SCAN promotions_", "SCAN CONSTANT ROW")
"""Tables that may be scanned: they are small, or cached until the catalogue changes."""
READS: dict[str, Callable[[AccountStores, int, int], object]] = {
    "rows of the items list": lambda stores, item, _who: items.rows(stores, [item], warehouses_of(stores.catalog)),
    "prices in it": lambda stores, item, who: price_tags(stores, [item], who, date(2026, 3, 2)),
    "prices of the default list": lambda stores, item, _who: price_tags(stores, [item], None, date(2026, 3, 2)),
    "rows of the order's list": lambda stores, item, _who: picking.page(stores, [item]),
    "prices in it for an order": lambda stores, item, who: picking.prices(
        stores, ordering.begin(stores, "sales_order", customer=who), [item]
    ),
    "what a barcode names": lambda stores, _item, _who: scanned(stores, "nobody's"),
    "stock of an order's lines": lambda stores, item, _who: available(stores, {item}),
    "rows of the customers list": lambda stores, _item, who: customers.rows(stores, [who]),
}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """Records the queries of the catalogue."""
    found: list[tuple[str, Any]] = []
    rows = CatalogReader._rows

    def noting(self: CatalogReader, text: str, parameters: Any = ()) -> Any:
        found.append((text, parameters))
        return rows(self, text, parameters)

    monkeypatch.setattr(CatalogReader, "_rows", noting)
    return found


@pytest.mark.parametrize("name", READS)
def test_that_visible_rows_are_read_by_index(stores: AccountStores, asked: list[tuple[str, Any]], name: str) -> None:
    item, customer = key_of(stores, "items.forms", "I1"), key_of(stores, "customers.customers", "C1")
    asked.clear()
    READS[name](stores, item, customer)
    assert asked
    for text, parameters in list(asked):
        if not text.startswith("PRAGMA"):
            plan = [str(row[-1]) for row in stores.catalog.query(f"EXPLAIN QUERY PLAN {text}", parameters)]
            assert [step for step in plan if step.startswith("SCAN") and not step.startswith(SMALL)] == [], text
