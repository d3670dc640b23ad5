"""Items with units, prices, stock and groups."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from salesapp.domain.entries import Entry
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
    timestamp,
)
from salesapp.domain.schema import ScopeRule

PriceLevel = Literal[
    "item",
    "item_group",
    "customer_item",
    "customer_item_group",
    "customer_class_item",
    "customer_class_item_group",
]
PRICE_LEVELS: tuple[str, ...] = get_args(PriceLevel)


@dataclass(frozen=True, slots=True, kw_only=True)
class MinimumPrice(Entry):
    """The minimum price of an item for one profile, in place of the item's `minimum_price`."""

    profile: str
    value: Decimal


@synchronized(
    "items.forms",
    "Forms",
    natural_key=("code",),
    indexes=(("code",), ("name",), ("ean",)),
    search=("code", "name", "ean"),
)
class Item(Row):
    """An item that is sold; `minimum_price` is net, per base unit, in the base currency."""

    code: str = text()
    name: str = text()
    ean: str | None = text()
    kind: Literal["goods", "service", "set", "packaging"] = text()
    vat_rate: int | None = reference("directories.vat_rates")
    tax_class: str | None = text()
    base_unit: int = reference("directories.units")
    sales_unit: int = reference("directories.units")
    net_weight_kg: Decimal | None = decimal(4)
    gross_weight_kg: Decimal | None = decimal(4)
    manufacturer: str | None = text()
    description: str | None = text()
    is_new: bool = boolean()
    is_bestseller: bool = boolean()
    has_free_shipping: bool = boolean()
    is_active: bool = boolean()
    minimum_price: Decimal | None = added(decimal(4))
    minimum_prices: tuple[MinimumPrice, ...] = added(nested())


@synchronized("items.units", "Units", natural_key=("item", "unit"), indexes=(("item",), ("ean",)))
class ItemUnit(Row):
    """A unit that an item is sold in: base units = quantity x numerator / denominator."""

    item: int = reference("items.forms")
    unit: int = reference("directories.units")
    numerator: Decimal = decimal(6)
    denominator: Decimal = decimal(6)
    ean: str | None = text()
    gross_weight_kg: Decimal | None = decimal(4)
    is_default_sales: bool = boolean()
    is_allowed: bool = boolean()

    @property
    def factor(self) -> Decimal:
        """Base units in one such unit; needs a numerator and a denominator above 0."""
        return self.numerator / self.denominator


@synchronized(
    "items.prices",
    "Prices",
    natural_key=("item", "price_type", "unit", "minimum_quantity", "valid_from"),
    scope=(ScopeRule("customer"), ScopeRule("price_type")),
    indexes=(("item", "price_type"), ("item_group",), ("customer",)),
)
class Price(Row):
    """A list price or, with `discount_type`, a price component.

    A row that names a customer or a class is for them alone; `row_rules` checks what each kind of row needs.
    A list price is per `unit` (None: the item's base unit), in its list's currency. A component's amount is
    per base unit, and its `minimum_quantity` is in base units.
    """

    item: int | None = reference("items.forms")
    item_group: int | None = reference("items.groups")
    price_type: int | None = reference("directories.price_types", elsewhere=True)
    discount_type: int | None = reference("directories.price_discount_types")
    level: PriceLevel | None = text()
    customer: int | None = reference("customers.customers")
    customer_class: str | None = text()
    value: Decimal = decimal(4)
    unit: int | None = reference("directories.units")
    minimum_quantity: Decimal = decimal(4)
    valid_from: str | None = date()
    valid_to: str | None = date()

    def is_for(self, customer: int | None, customer_class: str | None) -> bool:
        """Returns whether it applies to a customer; a row that names a customer or a class is for them alone."""
        is_theirs = self.customer is None or self.customer == customer
        return is_theirs and (not self.customer_class or self.customer_class == customer_class)

    @property
    def nearness(self) -> int:
        """Ranks list prices, the highest first: 2 of a customer, 1 of a class, 0 of everybody."""
        return 2 if self.customer is not None else int(bool(self.customer_class))

    @property
    def component_level(self) -> PriceLevel:
        """The level of a component; one that names none has the level of what it is for."""
        return self.level or self.own_level

    @property
    def own_level(self) -> PriceLevel:
        """The level that follows from what it is for."""
        if self.customer is not None:
            return "customer_item" if self.item is not None else "customer_item_group"
        if self.customer_class:
            return "customer_class_item" if self.item is not None else "customer_class_item_group"
        return "item" if self.item is not None else "item_group"


@synchronized(
    "items.resources",
    "Resources",
    natural_key=("item", "warehouse"),
    scope=(ScopeRule("warehouse"),),
    indexes=(("item",),),
)
class Stock(Row):
    """The stock of an item in a warehouse, in base units."""

    item: int = reference("items.forms")
    warehouse: int = reference("directories.warehouses")
    quantity: Decimal = decimal(4)
    as_of: str | None = timestamp()


@synchronized("items.groups", "Groups", natural_key=("code",), indexes=(("parent",),))
class ItemGroup(Row):
    """A group of items, below another or at the top."""

    code: str = text()
    name: str = text()
    parent: int | None = reference("items.groups")
    position: int = integer()


@synchronized(
    "items.group_links", "Groups Links", natural_key=("item", "item_group"), indexes=(("item",), ("item_group",))
)
class GroupLink(Row):
    """An item in a group."""

    item: int = reference("items.forms")
    item_group: int = reference("items.groups")


OBJECTS = objects_of(Item, ItemUnit, Price, Stock, ItemGroup, GroupLink)
