"""The demo company's prices: ten list prices for each item, and component prices (discounts, surcharges, contracts).

Benchmarks need two million list prices quickly, so their rows are built here directly in the catalogue's order.
"""

from collections.abc import Iterator

from salesapp.gateway.connectors.base import SourceRow
from salesapp.gateway.connectors.demo.company import Company
from salesapp.gateway.connectors.demo.directories import SEASON_DAYS
from salesapp.gateway.connectors.demo.goods import group_codes
from salesapp.gateway.connectors.rows import builder

_PRICES = builder("items.prices")
_CHANGED_DAYS_AGO = 40
_NEXT_CHANGE_DAYS = 21
_TEN, _FIFTY, _SIX = 100_000, 500_000, 60_000  # quantities, scale 4
_PERCENT = 10_000


def prices(company: Company) -> Iterator[SourceRow]:
    yield from _list_prices(company)
    yield from _component_prices(company)


def _list_prices(company: Company) -> Iterator[SourceRow]:
    """Returns prices in stored form (scale 4): grosze times 100."""
    assortment = company.assortment
    since, before = company.day(-_CHANGED_DAYS_AGO).isoformat(), company.day(-_CHANGED_DAYS_AGO - 1).isoformat()
    soon, until = company.day(_NEXT_CHANGE_DAYS).isoformat(), company.day(_NEXT_CHANGE_DAYS - 1).isoformat()
    season_from, season_to = (company.day(offset).isoformat() for offset in SEASON_DAYS)
    n = None
    for number in range(company.items):
        item, price, goods = assortment.code(number), assortment.price(number), assortment.range_of(number)
        unit, vat = goods.unit, int(goods.vat)
        changes = number % 3 == 0  # a third of the list changes soon, the rest has changed already
        end, other = (until, (soon, n)) if changes else (n, (n, before))
        gross = price * 128 * (100 + vat) // 100_000 * 10 + 9
        for key, price_type, value, quantity, valid_from, valid_to in (
            ("W1", "WHOLESALE", price, 0, since, end),
            ("W2", "WHOLESALE", price * 97 // 100, _TEN, since, end),
            ("W3", "WHOLESALE", price * 94 // 100, _FIFTY, since, end),
            ("WB", "WHOLESALE", price * (104 if changes else 95) // 100, 0, *other),
            ("R1", "RETAIL", gross, 0, since, n),
            ("V1", "VAN", price * 105 // 100, 0, since, n),
            ("V2", "VAN", price * 102 // 100, _SIX, since, n),
            ("E1", "EXPORT", price * 100 // 425, 0, since, n),
            ("E2", "EXPORT", price * 96 // 425, _FIFTY, since, n),
            ("S1", "SEASON", price * 90 // 100, 0, season_from, season_to),
        ):
            values = (item, n, price_type, n, n, n, n, value * 100, unit, quantity, valid_from, valid_to)
            yield SourceRow(f"{item}/{key}", values)


def _component_prices(company: Company) -> Iterator[SourceRow]:
    yield from _for_everyone(company)
    yield from _for_classes(company)
    yield from _for_customers(company)


def _for_everyone(company: Company) -> Iterator[SourceRow]:
    codes = company.assortment.code
    for number in range(5, min(company.items, 600), 15):
        item = codes(number)
        yield _component(
            f"item/{item}",
            "item",
            "SEASONAL",
            (3 + number % 4) * _PERCENT,
            item=item,
            valid_from=company.day(-20),
            valid_to=company.day(40),
        )
    for number in range(8, min(company.items, 400), 40):
        item, price = codes(number), company.assortment.price(number)
        yield _component(
            f"clear/{item}",
            "item",
            "CLEARANCE",
            price * 80 // 100 * 100,
            item=item,
            price_type="WHOLESALE",
            valid_to=company.day(14),
        )
    for path, group in group_codes(company).items():
        if path[-1] in {"Lager", "Still water", "Fizzy drinks"}:
            yield _component(
                f"deposit/{group}", "item_group", "DEPOSIT", 5_000, item_group=group, price_type="WHOLESALE"
            )
        if path[-1] in {"Pasta", "Cookies", "Coffee beans and ground", "Cheese"}:
            yield _component(f"group/{group}", "item_group", "RABAT", 5 * _PERCENT, item_group=group)
        if path[-1] == "Frozen fish":
            yield _component(f"cooling/{group}", "item_group", "COOLING", 2 * _PERCENT, item_group=group)


def _for_classes(company: Company) -> Iterator[SourceRow]:
    groups = group_codes(company)
    percents = {"A": 6, "B": 3, "HORECA": 4}
    for name, percent in percents.items():
        for path in (("Dry goods",), ("Cold drinks",), ("Bakery",)):
            yield _component(
                f"{name}/{groups[path]}",
                "customer_class_item_group",
                "LOYALTY",
                percent * _PERCENT,
                customer_class=name,
                item_group=groups[path],
            )
        for number in range(11, min(company.items, 300), 50):
            item = company.assortment.code(number)
            yield _component(
                f"{name}/{item}",
                "customer_class_item",
                "RABAT",
                (percent + 2) * _PERCENT,
                customer_class=name,
                item=item,
            )


def _for_customers(company: Company) -> Iterator[SourceRow]:
    """Has no price list: only the customer's representative sees such a row."""
    groups = list(group_codes(company).values())
    for number in range(0, min(company.customers, 600), 7):
        customer = f"K{number + 1:06d}"
        dice = company.chance("components", number)
        item = company.assortment.code(dice.randrange(company.items))
        group = dice.choice(groups)
        yield _component(
            f"{customer}/{item}",
            "customer_item",
            "RABAT",
            dice.randrange(4, 13) * _PERCENT,
            customer=customer,
            item=item,
        )
        yield _component(
            f"{customer}/{group}",
            "customer_item_group",
            "RABAT_KW",
            dice.randrange(10, 60) * 100,
            customer=customer,
            item_group=group,
        )


def _component(key: str, level: str, kind: str, value: int, **more: object) -> SourceRow:
    return _PRICES.row(f"component/{key}", level=level, discount_type=kind, value=value, minimum_quantity=0, **more)
