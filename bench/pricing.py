"""Times pricing a document of 200 lines: lists with scales, components on six levels, promotions of all kinds."""

import datetime
import random
import statistics
import time
from decimal import Decimal

from bench.tools import Results
from salesapp.domain.objects.customers import Customer
from salesapp.domain.objects.directories import ComponentType, Currency, PriceList, PriceSetting, Rate, VatRate
from salesapp.domain.objects.items import PRICE_LEVELS, GroupLink, Item, ItemGroup, ItemUnit, Price
from salesapp.domain.objects.promotions import Promotion, PromotionItem, Scale
from salesapp.domain.price_rules.price_inputs import Rows
from salesapp.domain.pricing import DocumentInput, LineInput, PriceBook, price_document
from salesapp.domain.rows import Row

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


def rows(lines: int = LINES) -> Rows:
    """Returns rows for `lines` items: 4 list prices each, 240 components, 40 promotions, a tree of groups."""
    dice = random.Random("pricing")
    items = range(1, lines + 1)
    return Rows(
        [
            *_directories(),
            *(Item.of(item, code=f"I{item}", base_unit=1, sales_unit=2, vat_rate=item % 2 + 1) for item in items),
            *(ItemUnit.of(item, item=item, unit=2, numerator=Decimal(12), denominator=Decimal(1)) for item in items),
            *(ItemGroup.of(group, parent=group // 3 or None) for group in range(1, GROUPS + 1)),
            *(
                GroupLink.of(number, item=number // 2 + 1, item_group=dice.randrange(1, GROUPS + 1))
                for number in range(2 * lines)
            ),
            *_list_prices(dice, lines),
            *_components(dice, lines),
            *(_promotion(dice, key) for key in range(1, 41)),
            *(PromotionItem.of(key, promotion=key, item_group=dice.randrange(1, GROUPS + 1)) for key in range(1, 36)),
        ]
    )


def _directories() -> list[Row]:
    rate = Rate(date=datetime.date(2026, 3, 1), rate=Decimal("4.2512"))
    return [
        *(PriceSetting.of(n, name=f"level.{level}", value=str(7 - n)) for n, level in enumerate(PRICE_LEVELS, 1)),
        Currency.of(1, code="PLN", decimals=2, is_base=True),
        Currency.of(2, code="EUR", decimals=2, rates=(rate,)),
        VatRate.of(1, percent=Decimal(23)),
        VatRate.of(2, percent=Decimal(8)),
        PriceList.of(1, code="NET", name="Wholesale", currency=2, priority=1, decimals=2, is_default=True),
        *(
            ComponentType.of(n, name=f"Type {n}", kind=kind, value_kind=value_kind, only_once=once)
            for n, (kind, value_kind, once) in enumerate(_TYPES, 1)
        ),
        Customer.of(1, code="K1", customer_class="A", general_discount_percent=Decimal("1.5")),
    ]


def _list_prices(dice: random.Random, lines: int) -> list[Price]:
    return [
        Price.of(
            4 * item + number,
            item=item,
            price_type=1,
            unit=1,
            value=Decimal(dice.randrange(1_000, 50_000)) / 100,
            minimum_quantity=Decimal(least),
            valid_from="2026-01-01",
        )
        for item in range(1, lines + 1)
        for number, least in enumerate((0, 10, 50, 200))
    ]


def _components(dice: random.Random, lines: int) -> list[Price]:
    return [_component(dice, lines, number) for number in range(240)]


def _component(dice: random.Random, lines: int, number: int) -> Price:
    level = PRICE_LEVELS[number % len(PRICE_LEVELS)]
    type_, value = dice.randrange(1, len(_TYPES) + 1), Decimal(dice.randrange(50, 800)) / 100
    is_of_group = level.endswith("item_group")
    matched = dice.randrange(GROUPS // 3, GROUPS + 1) if is_of_group else dice.randrange(1, lines + 1)
    is_of_class = level.startswith("customer_class_")
    return Price.of(
        10_000 + number,
        discount_type=type_,
        level=level,
        value=value,
        minimum_quantity=Decimal(),
        item=None if is_of_group else matched,
        item_group=matched if is_of_group else None,
        customer_class="A" if is_of_class else None,
        customer=1 if level.startswith("customer_") and not is_of_class else None,
    )


def _promotion(dice: random.Random, key: int) -> Promotion:
    scales = [
        Scale(start=Decimal(start), value=Decimal(start // 10 + 1), per=Decimal(10), free=Decimal(1))
        for start in (0, 20, 60)
    ]
    return Promotion.of(
        key,
        code=f"P{key}",
        name=f"Promotion {key}",
        kind=_KINDS[key % len(_KINDS)],
        priority=dice.randrange(1, 5),
        combines=key % 3 > 0,
        threshold="value" if key % 5 == 0 else "quantity",
        scales=tuple(scales),
    )


def a_document(lines: int = LINES) -> DocumentInput:
    """Returns a document with a line per item, most in boxes, and discounts on lines and document."""
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
    """Measures milliseconds to reprice the whole document with a line's hint, as after a keystroke, and to index."""
    raw, document = rows(), a_document()
    priced: list[float] = []
    indexed: list[float] = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        book = PriceBook(raw)
        ready = time.perf_counter()
        found = price_document(book, document)
        assert found.lines[0].next_scale
        priced.append(time.perf_counter() - ready)
        indexed.append(ready - began)
        assert found.can_be_confirmed
    results.add("pricing_200_lines", statistics.median(priced) * 1000, "ms", TARGET_MS)
    results.add("pricing_200_index", statistics.median(indexed) * 1000, "ms")


if __name__ == "__main__":
    measure_pricing(Results())
