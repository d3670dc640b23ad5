"""The demo company's promotions: all kinds, by quantity and by value, for everybody, customers and classes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from salesapp.gateway.connectors.base import SourceRow
from salesapp.gateway.connectors.demo.clients import client
from salesapp.gateway.connectors.demo.company import Company
from salesapp.gateway.connectors.demo.goods import group_codes
from salesapp.gateway.connectors.rows import builder

_HEADERS = builder("promotions.headers")
_ITEMS = builder("promotions.items")


@dataclass(frozen=True, slots=True)
class Offer:
    """A promotion for the first items of `ranges` (by picture) or for `groups` (by name); without both, for all.

    `counted` are groups that only count. `group`: so many units of so many are cheaper. `bundle`: quantities of ranges.
    """

    code: str
    name: str
    kind: str
    scales: tuple[tuple[str, str], ...] = ()
    days: tuple[int, int] = (-20, 30)
    priority: int = 2
    combines: bool = True
    threshold: str = "quantity"
    classes: tuple[str, ...] = ()
    customers: tuple[int, ...] = ()
    ranges: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    free: tuple[str, str] = field(default=("", ""))
    free_range: str = ""
    counted: tuple[str, ...] = ()
    group: tuple[str, str] | None = None
    bundle: tuple[tuple[str, str], ...] = ()


OFFERS = (
    Offer("PASTA", "Tydzień makaronu: od 10 sztuk 5 %", "percent", (("10", "5"), ("40", "8")), groups=("Pasta",)),
    Offer("DRINKS", "Cold drinks for warm days", "percent", (("24", "4"), ("96", "7"), ("240", "10")),
          groups=("Fizzy drinks", "Still water", "Juices")),
    Offer("ALWAYS2", "Stały rabat 2 % na pieczywo", "percent", (("0", "2"),), groups=("Bread",), days=(-300, 300)),
    Offer("ORDER1000", "3 % from 1,000 zł of the range, 5 % from 3,000 zł", "percent", (("1000", "3"), ("3000", "5")),
          threshold="value", groups=("Preserves", "Seasonings"), priority=3),
    Offer("COFFEE", "Coffee 2 zł off each", "amount", (("6", "2.00"), ("24", "3.00")), ranges=("coffee",), priority=1),
    Offer("CHEESE", "Ser w stałej cenie", "fixed_price", (("5", "9.99"),), ranges=("cheese",), priority=1,
          combines=False),
    Offer("WATER5+1", "Woda 5 + 1 gratis", "free_goods", ranges=("water",), free=("5", "1")),
    Offer("BEERGLASS", "10 x lager, a bag of peanuts free", "free_goods", ranges=("beer",), free=("10", "1"),
          free_range="peanuts"),
    Offer("HORECA", "HoReCa: 6 % na mrożonki", "percent", (("0", "6"),), classes=("HORECA",),
          groups=("Frozen fish", "Frozen vegetables")),
    Offer("KEYACCOUNTS", "Warunki indywidualne", "percent", (("0", "3"),), customers=(0, 17, 40, 77, 120, 250),
          days=(-180, 180), priority=4),
    Offer("BBQ", "Barbecue season (over)", "percent", (("6", "10"),), groups=("Sausages",), days=(-90, -10)),
    Offer("HOLIDAYS", "Świąteczna promocja słodyczy", "percent", (("12", "7"), ("48", "12")),
          groups=("Chocolate bars", "Candy"), days=(14, 45)),
    Offer("SOAP", "Household: 0.50 zł off from 200 zł", "amount", (("200", "0.50"),), threshold="value",
          groups=("Body care",), classes=("A", "B")),
    Offer("COOKIES+JUICE", "Od 60 paczek ciastek soki 5 % taniej", "percent", (("60", "5"),), groups=("Juices",),
          counted=("Cookies",), priority=3),
    Offer("NUTS3", "Co trzecie orzechy za pół ceny", "percent", (("0", "50"),), groups=("Nuts",), group=("1", "3")),
    Offer("BREAKFAST", "Śniadanie: kawa i dwa miody za 49,90", "bundle", (("0", "49.90"),),
          bundle=(("coffee", "1"), ("honey", "2"))),
)  # fmt: skip


def headers(company: Company) -> Iterator[SourceRow]:
    for offer in OFFERS:
        yield _HEADERS.row(
            offer.code,
            code=offer.code,
            name=offer.name,
            kind=offer.kind,
            priority=offer.priority,
            valid_from=company.day(offer.days[0]),
            valid_to=company.day(offer.days[1]),
            combines=offer.combines,
            threshold=offer.threshold,
            scales=_scales(company, offer),
            customers=[client(number).code for number in offer.customers if number < company.customers],
            customer_classes=list(offer.classes),
            currency="PLN",
        )


def _scales(company: Company, offer: Offer) -> list[dict[str, str]]:
    if offer.kind != "free_goods":
        units, per = offer.group or ("", "")
        of_group = {"units": units, "per": per} if units else {}
        return [{"from": start, "value": value} | of_group for start, value in offer.scales]
    per, free = offer.free
    scale = {"from": per, "per": per, "free": free}
    if offer.free_range:
        scale["item"] = company.assortment.code(_first(company, offer.free_range))
    return [scale]


def _first(company: Company, picture: str) -> int:
    """Returns the number of the first item of a range."""
    return next(number for number, goods in enumerate(company.assortment.ranges) if goods.picture == picture)


def items(company: Company) -> Iterator[SourceRow]:
    by_name = {path[-1]: code for path, code in group_codes(company).items()}
    step = len(company.assortment.ranges)
    for offer in OFFERS:
        for name in (*offer.counted, *offer.groups):
            group = by_name[name]
            role = "condition" if name in offer.counted else "benefit" if offer.counted else None
            yield _ITEMS.row(f"{offer.code}/{group}", promotion=offer.code, item_group=group, role=role)
        for picture, quantity in offer.bundle:
            item = company.assortment.code(_first(company, picture))
            yield _ITEMS.row(f"{offer.code}/{item}", promotion=offer.code, item=item, quantity=Decimal(quantity))
        for picture in offer.ranges:
            first = _first(company, picture)
            for number in range(first, min(company.items, first + 4 * step), step):
                item = company.assortment.code(number)
                yield _ITEMS.row(f"{offer.code}/{item}", promotion=offer.code, item=item)
