"""Items for display: rows of a list, and the content of an item's card."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from salesapp.domain.objects.additional_information import AttributeDefinition, AttributeValue
from salesapp.domain.objects.attachments import Image
from salesapp.domain.objects.auxiliary import ErpDocument
from salesapp.domain.objects.customers import Customer
from salesapp.domain.objects.directories import VatRate, Warehouse
from salesapp.domain.objects.items import Item, ItemGroup, Stock
from salesapp.domain.rows import scaled
from salesapp.services.price_tags import ListPrice, Offer, PriceQuery, PriceTag
from salesapp.services.stock import SCALE, checked_totals, checks, warehouses_of
from salesapp.services.units import unit_codes, units_by_key
from salesapp.services.unsent import unsent_documents, unsent_quantities
from salesapp.store import items as store
from salesapp.store.account_stores import AccountStores
from salesapp.store.alphabet import BY_NAME
from salesapp.store.catalog_reader import CatalogReader
from salesapp.store.items import ListedItem
from salesapp.store.stock_checks import StockCheck

FLAGS = ("is_new", "is_bestseller", "has_free_shipping")
_ZERO = Decimal()


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item in a list. `stock` in base units over the profile's warehouses; `unit` is the base unit's code."""

    key: int
    code: str
    name: str
    ean: str
    flags: tuple[str, ...]
    stock: Decimal
    unit: str
    picture: str


@dataclass(frozen=True, slots=True)
class WarehouseStock:
    """An item's stock in one warehouse: base units, and when the ERP counted them (UTC)."""

    warehouse: str
    quantity: Decimal
    as_of: str | None


@dataclass(frozen=True, slots=True)
class UnitOfItem:
    """A unit of an item, worth `factor` base units."""

    code: str
    name: str
    factor: Decimal
    ean: str
    gross_weight_kg: Decimal | None
    is_default: bool
    is_base: bool


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute with its value from the ERP; `kind` determines its display."""

    name: str
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class OrderedIn:
    """A document with the item: an own one by `record`, or one of the catalogue by `key`."""

    number: str
    issued_on: str
    quantity: Decimal
    unit: str
    customer: str
    key: int | None = None
    record: str = ""


@dataclass(frozen=True, slots=True)
class ItemCard:
    """The card of an item, for a customer or for none.

    `checked_at`: when its stock was last checked at the gateway, or ""; `stock_at`: when the catalogue's stock was last
    verified. Both are UTC.
    """

    row: ItemRow
    item: Item
    vat: str
    customer: str
    tag: PriceTag
    pictures: tuple[str, ...]
    units: tuple[UnitOfItem, ...]
    prices: tuple[ListPrice, ...]
    stock: tuple[WarehouseStock, ...]
    checked_at: str
    stock_at: str
    unsent: Decimal
    offers: tuple[Offer, ...]
    attributes: tuple[Attribute, ...]
    documents: tuple[OrderedIn, ...] = ()

    @property
    def available(self) -> Decimal:
        """The available quantity, in base units."""
        return sum((entry.quantity for entry in self.stock), _ZERO) - self.unsent


@dataclass(frozen=True, slots=True)
class GroupNode:
    """A group of the tree, with the `count` of items in it and below."""

    key: int
    name: str
    parent: int | None
    count: int


@dataclass(frozen=True, slots=True)
class FormerDocument:
    """A document that can filter a list to its items."""

    key: int
    number: str
    issued_on: str
    customer: str
    lines: int


def rows(stores: AccountStores, keys: Sequence[int], warehouses: Sequence[int]) -> dict[int, ItemRow]:
    """Returns the list rows of these items, except removed ones."""
    units = unit_codes(stores.catalog)
    page = store.page(stores.catalog, keys, warehouses, checked_totals(stores, keys, warehouses))
    return {key: _row(found, units) for key, found in page.items()}


def _row(found: ListedItem, units: dict[int, str]) -> ItemRow:
    flags = {
        "is_new": found.is_new,
        "is_bestseller": found.is_bestseller,
        "has_free_shipping": found.has_free_shipping,
    }
    return ItemRow(
        key=found.key,
        code=found.code,
        name=found.name,
        ean=found.ean or "",
        flags=tuple(name for name, is_set in flags.items() if is_set),
        stock=scaled(found.stock, SCALE),
        unit=units.get(found.base_unit, ""),
        picture=found.picture,
    )


def groups(stores: AccountStores) -> list[GroupNode]:
    """Returns all groups in display order, each after its parent."""
    counts = store.group_counts(stores.catalog)
    below: dict[int | None, list[ItemGroup]] = {}
    for group in sorted(stores.catalog.all(ItemGroup), key=lambda group: (group.position, group.name)):
        below.setdefault(group.parent, []).append(group)
    found: list[GroupNode] = []
    waiting = below.get(None, [])[::-1]
    while waiting:
        group = waiting.pop()
        found.append(GroupNode(group.id, group.name, group.parent, counts.get(group.id, 0)))
        waiting += below.pop(group.id, [])[::-1]
    return found


def former_documents(stores: AccountStores, customer: int | None, limit: int = 60) -> list[FormerDocument]:
    """Returns the latest documents in the ERP, of one customer or of all."""
    where, parameters = ("customer=?", (customer,)) if customer is not None else ("1", ())
    found = stores.catalog.all(ErpDocument, where, parameters, order="issued_on DESC, id DESC", limit=limit)
    return [
        FormerDocument(row.id, row.erp_number, row.issued_on, _name(stores, row.customer), len(row.lines))
        for row in found
    ]


def card(stores: AccountStores, key: int, customer: int | None, day: date) -> ItemCard | None:
    """Returns the card of an item; None if a sync has removed it. `ordered_in` adds its documents."""
    catalog = stores.catalog
    item = catalog.one(Item, key)
    if item is None:
        return None
    warehouses = warehouses_of(catalog)
    vat = catalog.one(VatRate, item.vat_rate)
    look = PriceQuery(stores, [key], customer, day)
    check = checks(stores, [key]).get(key)
    images = catalog.all(Image, "owner_kind='item' AND owner=?", (key,), order="is_default DESC, id")
    return ItemCard(
        row=rows(stores, [key], warehouses)[key],
        item=item,
        vat=vat.name if vat else "",
        customer=_name(stores, customer),
        tag=look.tags()[key],
        pictures=tuple(dict.fromkeys(image.sha256 for image in images if image.media_type.startswith("image/"))),
        units=tuple(_units(catalog, item)),
        prices=look.list_prices(key),
        stock=tuple(_stock(catalog, key, warehouses, check)),
        checked_at=check.checked_at if check else "",
        stock_at=catalog.verified_at("items.resources") or "",
        unsent=unsent_quantities(stores, [key]).get(key, _ZERO),
        offers=look.offers(key),
        attributes=tuple(attributes(catalog, "item", key)),
    )


def ordered_in(stores: AccountStores, key: int) -> tuple[OrderedIn, ...]:
    """Returns the documents with an item, newest first. Slow (reads every document): call it after showing the rest."""
    item = stores.catalog.one(Item, key)
    return tuple(_ordered_in(stores, item)) if item else ()


def attributes(catalog: CatalogReader, owner_kind: str, owner: int) -> list[Attribute]:
    """Returns the attributes of an item or customer, in the order of their definitions."""
    values = catalog.all(AttributeValue, "owner_kind=? AND owner=?", (owner_kind, owner))
    by_definition = {value.definition: value.value for value in values}
    definitions = catalog.all(AttributeDefinition, "owner_kind=?", (owner_kind,), order="position, id")
    return [
        Attribute(definition.name, definition.kind, by_definition[definition.id])
        for definition in definitions
        if definition.id in by_definition
    ]


def _name(stores: AccountStores, customer: int | None) -> str:
    found = stores.catalog.one(Customer, customer)
    return found.name if found else ""


def _units(catalog: CatalogReader, item: Item) -> Iterable[UnitOfItem]:
    """Yields the base unit first, then the others by size."""
    units = units_by_key(catalog)
    found = []
    for row in store.units(catalog, item.id):
        unit = units.get(row.unit)
        if unit is None or not row.is_allowed:
            continue
        found.append(
            UnitOfItem(
                code=unit.code,
                name=unit.name,
                factor=row.factor,
                ean=row.ean or "",
                gross_weight_kg=row.gross_weight_kg,
                is_default=row.unit == item.sales_unit,
                is_base=row.unit == item.base_unit,
            )
        )
    return sorted(found, key=lambda unit: (not unit.is_base, unit.factor))


def _stock(
    catalog: CatalogReader, item: int, warehouses: Sequence[int], check: StockCheck | None
) -> Iterable[WarehouseStock]:
    """Yields every warehouse of the profile, including empty ones."""
    if check is not None:
        there = {entry.warehouse: (scaled(entry.quantity, SCALE), entry.as_of or None) for entry in check.stock}
    else:
        there = {row.warehouse: (row.quantity, row.as_of) for row in catalog.having(Stock, "item", [item])}
    for warehouse in catalog.all(Warehouse, order=f"is_default DESC, {BY_NAME}"):
        if warehouse.id in warehouses:
            yield WarehouseStock(warehouse.name, *there.get(warehouse.id, (_ZERO, None)))


def _ordered_in(stores: AccountStores, item: Item) -> Iterable[OrderedIn]:
    """Yields own documents not in the ERP yet, then those of the catalogue, newest first."""
    units = unit_codes(stores.catalog)
    for record, document in unsent_documents(stores):
        for line in document.lines:
            if line.item == item.id:
                yield OrderedIn(
                    document.number,
                    document.issued_on,
                    Decimal(line.quantity),
                    units.get(line.unit, ""),
                    document.customer_name,
                    record=record,
                )
    for former in store.ordered_in(stores.catalog, item.code):
        for sold in former.lines:
            if sold.item == item.code:
                yield OrderedIn(
                    former.number or former.erp_number,
                    former.issued_on,
                    sold.quantity,
                    sold.unit,
                    _name(stores, former.customer),
                    key=former.id,
                )
