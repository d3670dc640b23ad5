"""What rows of lists, price tags and the order's list read: by an index, whatever the catalogue holds."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from salesapp.services import customers, items, ordering, picking
from salesapp.services.price_tags import price_tags
from salesapp.services.stock import available, warehouses_of
from salesapp.store.browse import Browser
from salesapp.store.shelf import Shelf
from tests.services.shelves import key_of

SMALL = ("SCAN directories_", "SCAN auxiliary_profiles", "SCAN items_groups", "SCAN promotions_", "SCAN CONSTANT ROW")
"""What may be read from end to end: it is a handful of rows, or kept until the catalogue changes."""
READS: dict[str, Callable[[Shelf, int, int], object]] = {
    "rows of the items list": lambda shelf, item, _who: items.rows(shelf, [item], warehouses_of(shelf.catalog)),
    "prices in it": lambda shelf, item, who: price_tags(shelf, [item], who, date(2026, 3, 2)),
    "prices of the default list": lambda shelf, item, _who: price_tags(shelf, [item], None, date(2026, 3, 2)),
    "rows of the order's list": lambda shelf, item, _who: picking.page(shelf, [item]),
    "prices in it for an order": lambda shelf, item, who: picking.prices(
        shelf, ordering.begin(shelf, "sales_order", customer=who), [item]
    ),
    "what a barcode names": lambda shelf, _item, _who: picking.scanned(shelf, "nobody's"),
    "stock of an order's lines": lambda shelf, item, _who: available(shelf, {item}),
    "rows of the customers list": lambda shelf, _item, who: customers.rows(shelf, [who]),
}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """The queries of the catalogue, as they are asked."""
    found: list[tuple[str, Any]] = []
    rows = Browser._rows

    def noting(self: Browser, text: str, parameters: Any = ()) -> Any:
        found.append((text, parameters))
        return rows(self, text, parameters)

    monkeypatch.setattr(Browser, "_rows", noting)
    return found


@pytest.mark.parametrize("name", READS)
def test_that_what_is_in_sight_is_read_by_index(shelf: Shelf, asked: list[tuple[str, Any]], name: str) -> None:
    item, customer = key_of(shelf, "items.forms", "I1"), key_of(shelf, "customers.customers", "C1")
    asked.clear()
    READS[name](shelf, item, customer)
    assert asked
    for text, parameters in list(asked):
        if not text.startswith("PRAGMA"):
            plan = [str(row[-1]) for row in shelf.catalog.query(f"EXPLAIN QUERY PLAN {text}", parameters)]
            assert [step for step in plan if step.startswith("SCAN") and not step.startswith(SMALL)] == [], text
