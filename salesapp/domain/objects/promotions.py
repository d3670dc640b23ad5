"""Promotions: headers with scales, and the items they apply to."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar, Literal

from salesapp.domain.entries import Entry, key
from salesapp.domain.nested import codes
from salesapp.domain.rows import (
    Row,
    added,
    boolean,
    date,
    decimal,
    integer,
    nested,
    objects_of,
    reference,
    synchronized,
    text,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale(Entry):
    """The benefit of a promotion from a quantity or a value on.

    `value`: percent, amount or price. For free goods: `free` units per `per` (None: per `start`), of `item`
    (a code) or of the same item. With `units` the benefit is for that many units of each complete group of `per`.
    """

    strict: ClassVar[bool] = True

    start: Decimal = field(default=Decimal(), metadata=key("from"))
    value: Decimal | None = None
    per: Decimal | None = None
    free: Decimal | None = None
    item: str = ""
    units: Decimal | None = None

    @property
    def every(self) -> Decimal:
        """For free goods: the quantity bought for each gift."""
        return self.start if self.per is None else self.per

    def is_complete(self, kind: str) -> bool:
        """Returns whether it has the values that this kind of promotion needs."""
        return (self.free if kind == "free_goods" else self.value) is not None

    def unread(self, kind: str) -> str:
        """Returns the key of a part with a value that this kind of promotion does not read, or ""."""
        parts: dict[str, object] = {"value": self.value, "free": self.free, "item": self.item}
        parts |= {"units": self.units, "per": self.per}
        read = {"per", "free", "item"} if kind == "free_goods" else {"value"}
        if kind not in {"free_goods", "bundle"}:
            read |= {"units", "per"} if self.units is not None else {"units"}
        return next((key for key, given in parts.items() if given and key not in read), "")

    def has_effect(self, kind: str) -> bool:
        """Returns whether it has an effect: whether free goods give anything, and groups have units."""
        if kind == "free_goods":
            return self.every > 0 and self.free is not None and self.free > 0
        return self.units is None or (self.per is not None and 0 < self.units <= self.per)


@synchronized("promotions.headers", "Headers", natural_key=("code",))
class Promotion(Row):
    """A promotion; without customers and customer classes (codes) it is for everyone.

    `scales` is None if one of them is unreadable: the promotion's benefits are then unknown.
    """

    code: str = text()
    name: str = text()
    kind: Literal["percent", "amount", "fixed_price", "free_goods", "bundle"] = text()
    priority: int = integer()
    valid_from: str | None = date()
    valid_to: str | None = date()
    combines: bool = boolean()
    threshold: Literal["quantity", "value"] = text()
    scales: tuple[Scale, ...] | None = nested()
    customers: tuple[str, ...] = nested(codes)
    customer_classes: tuple[str, ...] = nested(codes)
    currency: int | None = reference("directories.currencies")

    @property
    def is_of_sets(self) -> bool:
        """Whether it is for complete sets of units: groups or bundles."""
        return self.kind == "bundle" or any(scale.units is not None for scale in self.scales or ())

    def usable_scales(self) -> tuple[Scale, ...] | None:
        """Returns the scales that have an effect, sorted by their start; None if one is unreadable."""
        if self.scales is None or not all(scale.is_complete(self.kind) for scale in self.scales):
            return None
        return tuple(sorted((one for one in self.scales if one.has_effect(self.kind)), key=lambda scale: scale.start))


@synchronized(
    "promotions.items",
    "Items",
    natural_key=("promotion", "item", "item_group"),
    indexes=(("promotion",), ("item",), ("item_group",)),
)
class PromotionItem(Row):
    """An item or a group of items of a promotion; `role`: only counted, or only cheaper. Without one it is both.

    `quantity`: the base units of a part of a bundle (None: 1).
    """

    promotion: int = reference("promotions.headers")
    item: int | None = reference("items.forms")
    item_group: int | None = reference("items.groups")
    role: Literal["condition", "benefit"] | None = added(text())
    quantity: Decimal | None = added(decimal(4))


OBJECTS = objects_of(Promotion, PromotionItem)
