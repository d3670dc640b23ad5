"""Promotions: headers with scales, and what they match."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar, Literal

from salesapp.domain.entries import Entry, key
from salesapp.domain.nested import codes
from salesapp.domain.rows import Row, boolean, date, integer, nested, objects_of, reference, synchronized, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale(Entry):
    """What a promotion gives from a quantity or a value on.

    `value`: percent, amount or price. Of free goods: `free` units for every `per` (None: for every `start`), of `item`
    (a code) or of the same item.
    """

    strict: ClassVar[bool] = True

    start: Decimal = field(default=Decimal(), metadata=key("from"))
    value: Decimal | None = None
    per: Decimal | None = None
    free: Decimal | None = None
    item: str = ""


@synchronized("promotions.headers", "Headers", natural_key=("code",))
class Promotion(Row):
    """A promotion; without customers and customer classes (codes) it is for all."""

    code: str = text()
    name: str = text()
    kind: Literal["percent", "amount", "fixed_price", "free_goods"] = text()
    priority: int = integer()
    valid_from: str | None = date()
    valid_to: str | None = date()
    combines: bool = boolean()
    threshold: Literal["quantity", "value"] = text()
    scales: tuple[Scale, ...] | None = nested()
    customers: tuple[str, ...] = nested(codes)
    customer_classes: tuple[str, ...] = nested(codes)
    currency: int | None = reference("directories.currencies")


@synchronized(
    "promotions.items",
    "Items",
    natural_key=("promotion", "item", "item_group"),
    indexes=(("promotion",), ("item",), ("item_group",)),
)
class PromotionItem(Row):
    """An item or a group of items that a promotion is for."""

    promotion: int = reference("promotions.headers")
    item: int | None = reference("items.forms")
    item_group: int | None = reference("items.groups")


OBJECTS = objects_of(Promotion, PromotionItem)
