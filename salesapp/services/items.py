"""Items as a representative looks at them: rows of a list, and everything about one item."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from salesapp.domain.rows import scaled
from salesapp.services.price_rows import Row, directory
from salesapp.services.price_tags import ListPrice, Offer, PriceQuery, PriceTag
from salesapp.services.stock import SCALE, checked_totals, checks, warehouses_of
from salesapp.services.unsent import unsent_documents, unsent_quantities
from salesapp.store import items as store
from salesapp.store.account_stores import AccountStores
from salesapp.store.alphabet import BY_NAME
from salesapp.store.catalog_reader import CatalogReader
from salesapp.store.stock_checks import StockCheck

FLAGS = ("is_new", "is_bestseller", "has_free_shipping")
_ZERO = Decimal()


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item in a list. `stock` in base units over the profile's warehouses; `unit` is the base unit's code."""

    key: int
    code: str
    name: str
    ean: str
    flags: tuple[str, ...]
    stock: Decimal
    unit: str
    picture: str


@dataclass(frozen=True, slots=True)
class Stock:
    """One warehouse: base units there, and when the ERP counted them (UTC)."""

    warehouse: str
    quantity: Decimal
    as_of: str | None


@dataclass(frozen=True, slots=True)
class ItemUnit:
    """A unit of an item: one of it is `factor` base units."""

    code: str
    name: str
    factor: Decimal
    ean: str
    gross_weight_kg: Decimal | None
    is_default: bool
    is_base: bool


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute with its value as the ERP has it; `kind` says how to show it."""

    name: str
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class OrderedIn:
    """A document that has the item. `record` is an own one's id, `key` one of the catalogue."""

    number: str
    issued_on: str
    quantity: Decimal
    unit: str
    customer: str
    key: int | None = None
    record: str = ""


@dataclass(frozen=True, slots=True)
class ItemCard:
    """Everything about one item for one customer (or none).

    `checked_at`: when its stock was asked for, or ""; `stock_at`: when the catalogue's was last proven (UTC).
    """

    row: ItemRow
    form: Row
    vat: str
    customer: str
    tag: PriceTag
    pictures: tuple[str, ...]
    units: tuple[ItemUnit, ...]
    prices: tuple[ListPrice, ...]
    stock: tuple[Stock, ...]
    checked_at: str
    stock_at: str
    unsent: Decimal
    offers: tuple[Offer, ...]
    attributes: tuple[Attribute, ...]
    documents: tuple[OrderedIn, ...] = ()

    @property
    def available(self) -> Decimal:
        """What can be sold, in base units."""
        return sum((entry.quantity for entry in self.stock), _ZERO) - self.unsent


@dataclass(frozen=True, slots=True)
class GroupNode:
    """A group of the tree: `count` items in it and below."""

    key: int
    name: str
    parent: int | None
    count: int


@dataclass(frozen=True, slots=True)
class FormerDocument:
    """A document whose items a list can be narrowed to."""

    key: int
    number: str
    issued_on: str
    customer: str
    lines: int


def rows(stores: AccountStores, keys: Sequence[int], warehouses: Sequence[int]) -> dict[int, ItemRow]:
    """What a list shows of these items; those that are gone are left out."""
    units = {unit["id"]: str(unit["code"]) for unit in directory(stores.catalog, "directories.units")}
    page = store.page(stores.catalog, keys, warehouses)
    for key, quantity in checked_totals(stores, page, warehouses).items():
        page[key]["stock"] = quantity
    return {key: _row(found, units) for key, found in page.items()}


def _row(found: dict[str, Any], units: dict[int, str]) -> ItemRow:
    return ItemRow(
        key=found["id"],
        code=found["code"],
        name=found["name"],
        ean=found["ean"] or "",
        flags=tuple(flag for flag in FLAGS if found[flag]),
        stock=scaled(found.get("stock", 0), SCALE),
        unit=units.get(found["base_unit"], ""),
        picture=found.get("picture", ""),
    )


def groups(stores: AccountStores) -> list[GroupNode]:
    """All groups, each after the one above it, in the order of display."""
    counts = store.group_counts(stores.catalog)
    below: dict[int | None, list[Row]] = {}
    for row in sorted(directory(stores.catalog, "items.groups"), key=lambda row: (row["position"], row["name"])):
        below.setdefault(row["parent"], []).append(row)
    found: list[GroupNode] = []
    waiting = below.get(None, [])[::-1]
    while waiting:
        row = waiting.pop()
        found.append(GroupNode(row["id"], row["name"], row["parent"], counts.get(row["id"], 0)))
        waiting += below.pop(row["id"], [])[::-1]
    return found


def former_documents(stores: AccountStores, customer: int | None, limit: int = 60) -> list[FormerDocument]:
    """The last documents in the ERP, of one customer or of all."""
    where, parameters = ("customer=?", (customer,)) if customer is not None else ("1", ())
    found = stores.catalog.rows("auxiliary.documents", where, parameters, order="issued_on DESC, id DESC", limit=limit)
    return [
        FormerDocument(
            row["id"], row["erp_number"], row["issued_on"], _name(stores, row["customer"]), len(row["lines"])
        )
        for row in found
    ]


def card(stores: AccountStores, key: int, customer: int | None, day: date) -> ItemCard | None:
    """Everything about one item but the documents that have it; None when a sync took it away."""
    catalog = stores.catalog
    form = catalog.row("items.forms", key)
    if form is None:
        return None
    warehouses = warehouses_of(catalog)
    vat = catalog.row("directories.vat_rates", form["vat_rate"])
    look = PriceQuery(stores, [key], customer, day)
    check = checks(stores, [key]).get(key)
    images = catalog.rows("attachments.images", "owner_kind='item' AND owner=?", (key,), order="is_default DESC, id")
    return ItemCard(
        row=rows(stores, [key], warehouses)[key],
        form=form,
        vat=vat["name"] if vat else "",
        customer=_name(stores, customer),
        tag=look.tags()[key],
        pictures=tuple(dict.fromkeys(image["sha256"] for image in images if _is_picture(image))),
        units=tuple(_units(catalog, form)),
        prices=look.list_prices(key),
        stock=tuple(_stock(catalog, key, warehouses, check)),
        checked_at=check.checked_at if check else "",
        stock_at=catalog.verified_at("items.resources") or "",
        unsent=unsent_quantities(stores, [key]).get(key, _ZERO),
        offers=look.offers(key),
        attributes=tuple(attributes(catalog, "item", key)),
    )


def ordered_in(stores: AccountStores, key: int) -> tuple[OrderedIn, ...]:
    """The documents that have an item, the newest first. Looks into every document: for after the rest is shown."""
    form = stores.catalog.row("items.forms", key)
    return tuple(_ordered_in(stores, form)) if form else ()


def attributes(catalog: CatalogReader, owner_kind: str, owner: int) -> list[Attribute]:
    """The attributes of an item or customer, in the order of their definitions."""
    values = catalog.rows("additional_information.attribute_values", "owner_kind=? AND owner=?", (owner_kind, owner))
    by_definition = {value["definition"]: value["value"] for value in values}
    definitions = catalog.rows(
        "additional_information.attribute_definitions", "owner_kind=?", (owner_kind,), order="position, id"
    )
    return [
        Attribute(entry["name"], entry["kind"], by_definition[entry["id"]])
        for entry in definitions
        if entry["id"] in by_definition
    ]


def _is_picture(image: Row) -> bool:
    return str(image["media_type"]).startswith("image/")


def _name(stores: AccountStores, customer: int | None) -> str:
    row = stores.catalog.row("customers.customers", customer)
    return str(row["name"]) if row else ""


def _units(catalog: CatalogReader, form: Row) -> Iterable[ItemUnit]:
    """The base unit first, then by size."""
    names = {unit["id"]: unit for unit in directory(catalog, "directories.units")}
    found = []
    for row in catalog.rows("items.units", f"item=? AND {store.HAS_FACTOR}", (form["id"],)):
        unit = names.get(row["unit"])
        if unit is None or not row["is_allowed"]:
            continue
        found.append(
            ItemUnit(
                code=unit["code"],
                name=unit["name"],
                factor=row["numerator"] / row["denominator"],
                ean=row["ean"] or "",
                gross_weight_kg=row["gross_weight_kg"],
                is_default=row["unit"] == form["sales_unit"],
                is_base=row["unit"] == form["base_unit"],
            )
        )
    return sorted(found, key=lambda unit: (not unit.is_base, unit.factor))


def _stock(catalog: CatalogReader, item: int, warehouses: Sequence[int], check: StockCheck | None) -> Iterable[Stock]:
    """Every warehouse of the profile, also the empty ones."""
    if check is not None:
        there = {entry.warehouse: (scaled(entry.quantity, SCALE), entry.as_of or None) for entry in check.stock}
    else:
        rows = catalog.rows("items.resources", "item=?", (item,))
        there = {row["warehouse"]: (row["quantity"], row["as_of"]) for row in rows}
    for warehouse in catalog.rows("directories.warehouses", order=f"is_default DESC, {BY_NAME}"):
        if warehouse["id"] in warehouses:
            yield Stock(warehouse["name"], *there.get(warehouse["id"], (_ZERO, None)))


def _ordered_in(stores: AccountStores, form: Row) -> Iterable[OrderedIn]:
    """Own documents that are not in the ERP yet, then those of the catalogue, the newest first."""
    units = {unit["id"]: str(unit["code"]) for unit in directory(stores.catalog, "directories.units")}
    for record, document in unsent_documents(stores):
        for line in document.lines:
            if line.item == form["id"]:
                yield OrderedIn(
                    document.number,
                    document.issued_on,
                    Decimal(line.quantity),
                    units.get(line.unit, ""),
                    document.customer_name,
                    record=record,
                )
    for row in store.ordered_in(stores.catalog, form["code"]):
        for line in row["lines"]:
            if line.get("item") == form["code"]:
                yield OrderedIn(
                    row["number"] or row["erp_number"],
                    row["issued_on"],
                    Decimal(line["quantity"]),
                    str(line.get("unit", "")),
                    _name(stores, row["customer"]),
                    key=row["id"],
                )
