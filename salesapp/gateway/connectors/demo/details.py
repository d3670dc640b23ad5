"""The demo company's additional information (attributes of items and customers) and pictures."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from salesapp.gateway.connectors.base import SourceRow
from salesapp.gateway.connectors.demo.assortment import Product
from salesapp.gateway.connectors.demo.clients import client
from salesapp.gateway.connectors.demo.company import Company
from salesapp.gateway.connectors.demo.terms import OWN_COMPANY
from salesapp.gateway.connectors.rows import builder
from salesapp.resources import resource

LOGO = "sunflower"
SHOP_PICTURES = ("convenience-store", "department-store", "hotel", "school", "office-building", "hospital")
_VIEWS = ("3d", "flat")
_BOTH_VIEWS = 30
"""Items below this number show both views; of a later one, the next item of the range has the flat view."""

_DEFINITIONS = builder("additional_information.attribute_definitions")
_VALUES = builder("additional_information.attribute_values")
_IMAGES = builder("attachments.images")

ORIGINS = ("Poland", "Germany", "Italy", "Spain", "Czechia", "Lithuania")
SHELVES = ("main shelf", "fridge", "checkout", "no display")


def attribute_definitions(_company: Company) -> Iterator[SourceRow]:
    for position, (code, name, kind, owner_kind, options) in enumerate(
        (
            ("ORIGIN", "Country of origin", "selection", "item", ORIGINS),
            ("INGREDIENTS", "Skład", "text", "item", ()),
            ("ENERGY", "Energy kcal/100 g", "decimal", "item", ()),
            ("DATASHEET", "Karta produktu", "url", "item", ()),
            ("LISTED", "Listed since", "date", "item", ()),
            ("DISPLAY", "Ekspozycja", "selection", "customer", SHELVES),
            ("AREA", "Sales area m²", "decimal", "customer", ()),
            ("OPENING", "Godziny otwarcia", "text", "customer", ()),
            ("WEBSHOP", "Web shop", "url", "customer", ()),
            ("CONTRACT", "Contract until", "date", "customer", ()),
        ),
        start=1,
    ):
        yield _DEFINITIONS.row(
            code, code=code, name=name, kind=kind, owner_kind=owner_kind, options=list(options), position=position
        )


def attribute_values(company: Company) -> Iterator[SourceRow]:
    for number in range(company.items):
        yield from _of_item(company, company.assortment.product(number))
    for number in range(company.customers):
        yield from _of_customer(company, number)


def _of_item(company: Company, product: Product) -> Iterator[SourceRow]:
    number = product.number
    values = {
        "ORIGIN": ORIGINS[number * 7 % 11 % len(ORIGINS)],
        "LISTED": company.day(-30 - number * 13 % 1500).isoformat(),
    }
    if product.range.group[0] not in {"Household", "Flowers and garden"}:
        values["ENERGY"] = f"{40 + number * 37 % 520}.{number % 10}"
    if number % 4 == 0:
        values["INGREDIENTS"] = f"{product.product}; może zawierać śladowe ilości orzechów."
    if number % 6 == 0:
        values["DATASHEET"] = f"https://{product.brand.lower()}.example/karty/{product.code}"
    for code, value in values.items():
        yield _value(code, "item", product.code, value)


def _of_customer(company: Company, number: int) -> Iterator[SourceRow]:
    code = client(number).code
    values = {"DISPLAY": SHELVES[number % len(SHELVES)], "AREA": f"{25 + number * 17 % 400}.5"}
    if number % 3 == 0:
        values["OPENING"] = ("pn-pt 6-20, sb 7-18", "pn-nd 8-22", "pn-sb 5:30-14")[number // 3 % 3]
    if number % 10 == 4:
        values["WEBSHOP"] = f"https://sklep-{number + 1}.example"
    if number % 5 == 2:
        values["CONTRACT"] = company.day(30 + number * 11 % 700).isoformat()
    for name, value in values.items():
        yield _value(name, "customer", code, value)


def _value(definition: str, owner_kind: str, owner: str, value: str) -> SourceRow:
    return _VALUES.row(f"{definition}/{owner}", definition=definition, owner_kind=owner_kind, owner=owner, value=value)


def images(company: Company) -> Iterator[SourceRow]:
    yield _image(OWN_COMPANY, "company", LOGO, "3d", is_default=True)
    ranges = company.assortment.ranges
    for number, goods in enumerate(ranges):
        item = company.assortment.code(number)
        yield _image(item, "item", goods.picture, "3d", is_default=True)
        if (pictures() / f"{goods.picture}-flat.png").exists():
            owner = item if number < _BOTH_VIEWS else company.assortment.code(number + len(ranges))
            yield _image(owner, "item", goods.picture, "flat", is_default=owner != item)
    for place, picture in enumerate(SHOP_PICTURES):
        for view in _VIEWS:
            yield _image(client(place * 2).code, "customer", picture, view, is_default=view == "3d")


def _image(owner: str, owner_kind: str, picture: str, view: str, *, is_default: bool) -> SourceRow:
    name = f"{picture}-{view}.png"
    content = (pictures() / name).read_bytes()
    return _IMAGES.row(
        f"{owner}/{name}",
        owner_kind=owner_kind,
        owner=owner,
        file_name=name,
        media_type="image/png",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        is_default=is_default,
        description=picture.replace("-", " ").capitalize(),
    )


def pictures() -> Path:
    return resource("demo", "pictures")


@cache
def picture_files() -> dict[str, Path]:
    """Returns the picture files by SHA-256."""
    return {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in sorted(pictures().glob("*.png"))}
