"""Texts of items that the list and the item's page share."""

from collections.abc import Iterable
from decimal import Decimal

from salesapp.services.items import ItemRow
from salesapp.services.price_tags import PriceTag
from salesapp.views import formats
from salesapp.views.labels import translate

FLAG_ICONS = {
    "promotion": "tag_percent_regular",
    "is_new": "alert_regular",
    "is_bestseller": "star_regular",
    "has_free_shipping": "vehicle_car_regular",
}
"""In order of priority, for rows that have room for one."""


def flag(name: str) -> str:
    return {
        "promotion": translate("Items", "Promotion"),
        "is_new": translate("Items", "New"),
        "is_bestseller": translate("Items", "Best seller"),
        "has_free_shipping": translate("Items", "Free shipping"),
    }[name]


def flags_of(row: ItemRow, tag: PriceTag | None) -> list[str]:
    """Returns the flags of an item, the most important first."""
    there = {*row.flags, *(("promotion",) if tag is not None and tag.has_promotion else ())}
    return [name for name in FLAG_ICONS if name in there]


def quantity(value: Decimal, unit: str) -> str:
    return f"{formats.decimal(value)}{formats.FIXED}{unit}".strip(formats.FIXED)


def price_unit(tag: PriceTag) -> str:
    """PLN / pcs."""
    return f"{tag.currency}{formats.FIXED}/{formats.FIXED}{tag.unit}"


def no_price() -> str:
    return translate("Items", "no price")


def none_there() -> str:
    return translate("Items", "none")


def spoken(row: ItemRow, tag: PriceTag | None) -> str:
    """Returns a row as text for screen readers: name, code, stock, price, flags."""
    stock = translate("Items", "{quantity} in stock").format(quantity=quantity(row.stock, row.unit))
    parts: Iterable[str] = (
        row.name,
        row.code,
        stock if row.stock > 0 else translate("Items", "not in stock"),
        _spoken_price(tag),
        *(flag(name) for name in flags_of(row, tag)),
    )
    return ", ".join(part for part in parts if part)


def _spoken_price(tag: PriceTag | None) -> str:
    if tag is None:
        return ""
    return (
        f"{formats.price(tag.value, tag.currency)}{formats.FIXED}{price_unit(tag)}"
        if tag.value is not None
        else no_price()
    )
