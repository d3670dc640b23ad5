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

    @property
    def every(self) -> Decimal:
        """Of free goods: how many units are bought for each gift."""
        return self.start if self.per is None else self.per

    def says(self, kind: str) -> bool:
        """Whether it says what a promotion of the kind gives."""
        return (self.free if kind == "free_goods" else self.value) is not None

    def gives(self, kind: str) -> bool:
        """Whether anything follows from it: of free goods, whether something is given."""
        return kind != "free_goods" or (self.every > 0 and self.free is not None and self.free > 0)


@synchronized("promotions.headers", "Headers", natural_key=("code",))
class Promotion(Row):
    """A promotion; without customers and customer classes (codes) it is for all.

    `scales` is None where one of them cannot be read: nobody knows what the promotion gives from where.
    """

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

    def usable_scales(self) -> tuple[Scale, ...] | None:
        """The scales that give something, by where they start; None where one cannot be read."""
        if self.scales is None or not all(scale.says(self.kind) for scale in self.scales):
            return None
        return tuple(sorted((one for one in self.scales if one.gives(self.kind)), key=lambda scale: scale.start))


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
