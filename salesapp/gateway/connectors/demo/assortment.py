"""The assortment of the demo company: ranges of goods from a resource file, multiplied into any number of items.

Item i belongs to range i modulo the number of ranges; product, pack, brand and quality follow from the quotient by
arithmetic. Every object thus gets the same item, in any order, without a list.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

from salesapp.gateway.connectors.demo.words import BRANDS, QUALITIES
from salesapp.resources import resource

_WEIGHT = re.compile(r"(?:(\d+) x )?(\d+(?:\.\d+)?) (kg|g|ml|l)\b")
_COUNT = re.compile(r"(?:of )?(\d+)")
_GRAMS = {"kg": 1000, "l": 1000, "g": 1, "ml": 1}
_STANDARD_GRAMS = 250
GROUP_LEVELS = 3


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack size of a range: content in grams or millilitres, and the price in Polish grosze."""

    text: str
    grams: int
    is_liquid: bool
    price: int


@dataclass(frozen=True, slots=True)
class Range:
    """Goods of one kind, which share picture, group, tax and unit."""

    picture: str
    group: tuple[str, ...]
    prefix: str
    vat: str
    unit: str
    products: tuple[str, ...]
    packs: tuple[Pack, ...]


@dataclass(frozen=True, slots=True)
class Product:
    """One item."""

    number: int
    code: str
    name: str
    product: str
    brand: str
    pack: Pack
    range: Range
    price: int

    @property
    def pieces_per_box(self) -> int:
        """Base units in a box."""
        if self.range.unit == "kg":
            return 10
        limits = ((150, 24), (600, 12), (1600, 6), (6000, 4))
        return next((pieces for grams, pieces in limits if self.pack.grams <= grams), 2)

    @property
    def boxes_per_pallet(self) -> int:
        return 40 if self.range.unit == "kg" else 72


class Assortment:
    """All items, by number."""

    def __init__(self, ranges: tuple[Range, ...]) -> None:
        self.ranges = ranges

    def range_of(self, number: int) -> Range:
        return self.ranges[number % len(self.ranges)]

    def code(self, number: int) -> str:
        return f"{self.ranges[number % len(self.ranges)].prefix}{number + 1:06d}"

    def price(self, number: int) -> int:
        """The wholesale net price in grosze per base unit, ending in 9."""
        variant, index = divmod(number, len(self.ranges))
        goods = self.ranges[index]
        pack = goods.packs[variant // len(goods.products) % len(goods.packs)]
        return pack.price * (85 + (variant * 37 + index * 11) % 31) // 1000 * 10 + 9

    def product(self, number: int) -> Product:
        variant, index = divmod(number, len(self.ranges))
        goods = self.ranges[index]
        rest, which = divmod(variant, len(goods.products))
        rest, size = divmod(rest, len(goods.packs))
        quality, turn = divmod(rest, len(BRANDS))
        product, pack = goods.products[which], goods.packs[size]
        brand = BRANDS[(index * 7 + which * 3 + turn) % len(BRANDS)]
        words = (product, QUALITIES[quality % len(QUALITIES)], pack.text, brand)
        name = " ".join(word for word in words if word)
        return Product(number, self.code(number), name, product, brand, pack, goods, self.price(number))

    def groups(self) -> Iterator[tuple[str, ...]]:
        """The paths of all groups, parents first, in the order of the ranges."""
        seen: set[tuple[str, ...]] = set()
        for goods in self.ranges:
            for level in range(1, GROUP_LEVELS + 1):
                path = goods.group[:level]
                if path not in seen:
                    seen.add(path)
                    yield path


def load_ranges() -> tuple[Range, ...]:
    """The ranges in the order of the resource file."""
    with resource("demo", "ranges.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_range(record) for record in csv.DictReader(file))


def _range(record: dict[str, str]) -> Range:
    group = tuple(record["group"].split("/"))
    return Range(
        picture=record["picture"],
        group=group,
        prefix=_prefix(group[0]),
        vat=record["vat"],
        unit=record["unit"],
        products=tuple(record["products"].split("|")),
        packs=tuple(_packs(record["packs"].split("|"), int(record["price"].replace(".", "")), record["unit"])),
    )


def _prefix(group: str) -> str:
    """Returns two letters, from the first and last word, or from the only one."""
    words = group.upper().split()
    return words[0][:2] if len(words) == 1 else words[0][0] + words[-1][0]


def _packs(texts: list[str], price: int, unit: str) -> Iterator[Pack]:
    """Bigger packs cost more, but less per content. Goods sold by weight cost nearly the same in all packs."""
    first = texts[0]
    for position, text in enumerate(texts):
        grams, is_liquid = _content(text)
        if unit == "kg":
            yield Pack(text, 1000, is_liquid=False, price=price * (100 + 4 * position) // 100)
            continue
        size, base = (grams, _content(first)[0]) if grams and _content(first)[0] else (_count(text), _count(first))
        factor = 100 + 12 * position if size == base else (10 * base + 90 * size) * 100 // (100 * base)
        yield Pack(text, grams or _STANDARD_GRAMS, is_liquid, max(price * factor // 100, 30))


def _content(text: str) -> tuple[int, bool]:
    found = _WEIGHT.search(text)
    if found is None:
        return 0, False
    whole, _, fraction = found[2].partition(".")
    thousandths = int(whole) * 1000 + int(fraction.ljust(3, "0")[:3] or "0")
    return int(found[1] or "1") * thousandths * _GRAMS[found[3]] // 1000, found[3] in {"l", "ml"}


def _count(text: str) -> int:
    found = _COUNT.search(text)
    return int(found[1]) if found else 1
