"""Pricing a document of 200 lines: lists with scales, components on all six levels, promotions of all kinds."""

import datetime
import random
import statistics
import time
from decimal import Decimal
from typing import Any

from bench.tools import Results
from salesapp.domain.catalogue import PRICE_LEVELS
from salesapp.domain.pricing import DocumentInput, LineInput, PriceBook, price_document

LINES = 200
GROUPS = 30
ROUNDS = 20
TARGET_MS = 50
DAY = datetime.date(2026, 3, 2)
_TYPES = (
    ("discount", "percent", False),
    ("discount", "amount", False),
    ("discount", "percent", True),
    ("surcharge", "amount", False),
    ("replacement_price", "amount", False),
)
_KINDS = ("percent", "amount", "fixed_price", "free_goods")

Rows = dict[str, list[dict[str, Any]]]


def rows(lines: int = LINES) -> Rows:
    """What `lines` items need: 4 list prices each, 240 components, 40 promotions, a tree of groups."""
    dice = random.Random("pricing")
    found: Rows = _directories()
    found["items.forms"] = [
        {"id": item, "code": f"I{item}", "base_unit": 1, "sales_unit": 2, "vat_rate": item % 2 + 1}
        for item in range(1, lines + 1)
    ]
    found["items.units"] = [
        {"id": item, "item": item, "unit": 2, "numerator": Decimal(12), "denominator": Decimal(1)}
        for item in range(1, lines + 1)
    ]
    found["items.groups"] = [{"id": group, "parent": group // 3 or None} for group in range(1, GROUPS + 1)]
    found["items.group_links"] = [
        {"id": number, "item": number // 2 + 1, "item_group": dice.randrange(1, GROUPS + 1)}
        for number in range(2 * lines)
    ]
    found["items.prices"] = [*_list_prices(dice, lines), *_components(dice, lines)]
    found["promotions.headers"] = [_promotion(dice, key) for key in range(1, 41)]
    found["promotions.items"] = [
        {"id": key, "promotion": key, "item_group": dice.randrange(1, GROUPS + 1)} for key in range(1, 36)
    ]
    return found


def _directories() -> Rows:
    levels = [{"id": n, "name": f"level.{level}", "value": str(7 - n)} for n, level in enumerate(PRICE_LEVELS, 1)]
    return {
        "directories.global_price_configuration": levels,
        "directories.currencies": [
            {"id": 1, "code": "PLN", "decimals": 2, "is_base": True},
            {"id": 2, "code": "EUR", "decimals": 2, "rates": [{"date": "2026-03-01", "rate": "4.2512"}]},
        ],
        "directories.vat_rates": [{"id": 1, "percent": Decimal(23)}, {"id": 2, "percent": Decimal(8)}],
        "directories.price_types": [
            {
                "id": 1,
                "code": "NET",
                "name": "Wholesale",
                "currency": 2,
                "priority": 1,
                "decimals": 2,
                "is_default": True,
            }
        ],
        "directories.price_discount_types": [
            {"id": n, "name": f"Type {n}", "kind": kind, "value_kind": value_kind, "only_once": once}
            for n, (kind, value_kind, once) in enumerate(_TYPES, 1)
        ],
        "customers.customers": [
            {"id": 1, "code": "K1", "customer_class": "A", "general_discount_percent": Decimal("1.5")}
        ],
    }


def _list_prices(dice: random.Random, lines: int) -> list[dict[str, Any]]:
    return [
        {
            "id": 4 * item + number,
            "item": item,
            "price_type": 1,
            "unit": 1,
            "value": Decimal(dice.randrange(1_000, 50_000)) / 100,
            "minimum_quantity": Decimal(least),
            "valid_from": "2026-01-01",
        }
        for item in range(1, lines + 1)
        for number, least in enumerate((0, 10, 50, 200))
    ]


def _components(dice: random.Random, lines: int) -> list[dict[str, Any]]:
    found = []
    for number in range(240):
        level = PRICE_LEVELS[number % len(PRICE_LEVELS)]
        row = {"id": 10_000 + number, "discount_type": dice.randrange(1, len(_TYPES) + 1), "level": level}
        row["value"] = Decimal(dice.randrange(50, 800)) / 100
        if level.endswith("item_group"):
            row["item_group"] = dice.randrange(GROUPS // 3, GROUPS + 1)
        else:
            row["item"] = dice.randrange(1, lines + 1)
        if level.startswith("customer_class_"):
            row["customer_class"] = "A"
        elif level.startswith("customer_"):
            row["customer"] = 1
        found.append(row)
    return found


def _promotion(dice: random.Random, key: int) -> dict[str, Any]:
    kind = _KINDS[key % len(_KINDS)]
    scales = [{"from": str(start), "value": str(start // 10 + 1), "per": "10", "free": "1"} for start in (0, 20, 60)]
    return {
        "id": key,
        "code": f"P{key}",
        "name": f"Promotion {key}",
        "kind": kind,
        "priority": dice.randrange(1, 5),
        "combines": key % 3 > 0,
        "threshold": "value" if key % 5 == 0 else "quantity",
        "scales": scales,
    }


def a_document(lines: int = LINES) -> DocumentInput:
    """One line of each item, most in boxes, with discounts on the lines and on the document."""
    return DocumentInput(
        date=DAY,
        currency="PLN",
        lines=tuple(
            LineInput(str(item), item, 1 + item % 2, Decimal(item % 17 + 1), Decimal(item % 4))
            for item in range(1, lines + 1)
        ),
        customer=1,
        discount_percent=Decimal(3),
    )


def measure_pricing(results: Results) -> None:
    """Milliseconds to price the whole document anew, as after each key stroke; and to index its rows."""
    raw, document = rows(), a_document()
    priced: list[float] = []
    indexed: list[float] = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        book = PriceBook(raw)
        ready = time.perf_counter()
        found = price_document(book, document)
        priced.append(time.perf_counter() - ready)
        indexed.append(ready - began)
        assert found.can_be_confirmed
    results.add("pricing_200_lines", statistics.median(priced) * 1000, "ms", TARGET_MS)
    results.add("pricing_200_index", statistics.median(indexed) * 1000, "ms")


if __name__ == "__main__":
    measure_pricing(Results())
