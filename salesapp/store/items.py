"""Queries about items: which ones a list shows, and pages of rows. Only reads, by index.

A filter returns all matching keys in display order; typed text is looked up in the full-text index and
intersected with them.
"""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from salesapp.domain.canonical import canonical_json
from salesapp.domain.catalogue import CATALOGUE
from salesapp.domain.objects.auxiliary import ErpDocument
from salesapp.domain.objects.items import ItemUnit
from salesapp.store import search
from salesapp.store.alphabet import ordering
from salesapp.store.catalog_reader import MOST_HITS, CatalogReader

FORMS = CATALOGUE.by_key["items.forms"]
ORDERS = ("name", "code")
_HAS_FACTOR = "numerator > 0 AND denominator > 0"
"""A condition on units of items: prices ignore units without a valid factor."""
EXAMINED = 6_000
"""Hits of the full-text index that each key stroke examines; a thread examines the rest."""
_SHORTEST_EAN = 6

_BELOW = (
    "WITH RECURSIVE below(id) AS"
    " (VALUES(?) UNION SELECT g.id FROM items_groups g JOIN below ON g.parent=below.id) SELECT id FROM below"
)


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """The filter of a list of items; all conditions must hold.

    `group` is a key, and includes subgroups; `flag` is is_new, is_bestseller or has_free_shipping; `document` is a key
    of `auxiliary.documents`; `promotion` means in a promotion for given items or groups that is valid on `day`, and
    among the keys `promotions` if they are given.
    """

    group: int | None = None
    in_stock: bool = False
    promotion: bool = False
    flag: str = ""
    document: int | None = None
    order: str = "name"
    day: str = ""
    promotions: frozenset[int] | None = None

    @property
    def narrows(self) -> bool:
        return bool(self.group is not None or self.in_stock or self.promotion or self.flag or self.document is not None)


@dataclass(frozen=True, slots=True)
class ListedItem:
    """What a row of a list shows of an item: `stock` (scale 4) over some warehouses, `picture` a sha256 if any."""

    key: int = 0
    code: str = ""
    name: str = ""
    ean: str | None = None
    base_unit: int = 0
    sales_unit: int = 0
    is_new: bool = False
    is_bestseller: bool = False
    has_free_shipping: bool = False
    stock: int = 0
    picture: str = ""


_SHOWN = "id, code, name, ean, base_unit, sales_unit, is_new, is_bestseller, has_free_shipping"


@dataclass(frozen=True, slots=True)
class Found:
    """Keys in display order; `is_whole` is False if more hits were left unexamined."""

    ids: "array[int]"
    is_whole: bool = True


def first_ids(catalog: CatalogReader, chosen: ItemFilter, limit: int) -> "array[int]":
    """Returns the keys of the first active items, in the order of a filter without conditions; fast for any number."""
    order = ordering(_order(chosen))
    rows = catalog.query(f"SELECT id FROM items_forms WHERE is_active=1 ORDER BY {order} LIMIT {int(limit)}")
    return array("q", (row[0] for row in rows))


def count_active(catalog: CatalogReader) -> int:
    """Counts the items that an unfiltered list shows."""
    return int(catalog.query("SELECT count(*) FROM items_forms WHERE is_active=1")[0][0])


def newest_count(catalog: CatalogReader) -> str:
    """Returns the newest time (UTC) at which the ERP counted stock; empty if it does not say."""
    return str(catalog.query("SELECT max(as_of) FROM items_resources")[0][0] or "")


def ids(
    catalog: CatalogReader,
    chosen: ItemFilter,
    warehouses: Sequence[int],
    checked: Mapping[int, int] = MappingProxyType({}),
) -> "array[int]":
    """Returns the keys of the active items that pass a filter, in its order.

    `checked` is stock that was asked for since the last sync, which replaces the catalogue's.
    Order and conditions are separate queries, so that the order comes from its index alone.
    """
    where, parameters = _conditions(catalog, chosen, warehouses, checked)
    wanted = {row[0] for row in catalog.query(f"SELECT id FROM items_forms NOT INDEXED WHERE {where}", parameters)}
    ordered = catalog.query(f"SELECT id FROM items_forms ORDER BY {ordering(_order(chosen))}")
    return array("q", (row[0] for row in ordered if row[0] in wanted))


def find(
    catalog: CatalogReader, typed: str, allowed: "frozenset[int] | None", order: str, *, examined: int = EXAMINED
) -> Found:
    """Returns at most 500 active items that match what was typed, among those allowed (None: all), in a field's order.

    A negative `examined` examines every hit; use it in a thread only.
    """
    expression = search.match_expression(typed)
    if not expression:
        return Found(array("q"))
    column = order if order in ORDERS else ORDERS[0]
    of_units = _with_ean_of_a_unit(catalog, typed)
    if allowed is None:
        hits, is_whole = _active_hits(catalog, expression, column, examined)
        if not of_units:
            return Found(hits, is_whole)
    else:
        hits, is_whole = _allowed_hits(catalog, expression, allowed, examined)
        of_units = [item for item in of_units if item in allowed]
    keys = [*hits, *of_units]
    query = f"SELECT id FROM items_forms WHERE id IN ({_marks(keys)}) AND is_active=1 ORDER BY {ordering(column)}"
    return Found(array("q", (row[0] for row in catalog.query(query, keys))), is_whole)


def _matching(examined: int) -> str:
    """Returns the SQL of the hits in the full-text index, as many as are examined."""
    name = search.table(FORMS)
    return f'SELECT rowid FROM "{name}" WHERE "{name}" MATCH ? LIMIT {int(examined)}'


def _active_hits(catalog: CatalogReader, expression: str, column: str, examined: int) -> "tuple[array[int], bool]":
    """Returns at most 500 active items in order, and whether no more hits need to be examined.

    The first 500 hits are enough if most of them are active. Otherwise more are examined, so that inactive items, which
    an ERP may keep in great number, do not hide the active ones.
    """
    known = len(catalog.query(_matching(MOST_HITS), (expression,)))
    found = _active(catalog, expression, column, MOST_HITS)
    if known < MOST_HITS or len(found) * 2 >= MOST_HITS:
        return found, True
    found = _active(catalog, expression, column, examined)
    return found, examined < 0 or len(found) == MOST_HITS


def _active(catalog: CatalogReader, expression: str, column: str, examined: int) -> "array[int]":
    rows = catalog.query(
        f'SELECT id FROM (SELECT f.id, f."{column}" FROM ({_matching(examined)}) h'
        f" CROSS JOIN items_forms f ON f.id=h.rowid WHERE f.is_active=1 LIMIT {MOST_HITS}) ORDER BY {ordering(column)}",
        (expression,),
    )
    return array("q", (row[0] for row in rows))


def _allowed_hits(
    catalog: CatalogReader, expression: str, allowed: "frozenset[int]", examined: int
) -> "tuple[array[int], bool]":
    """Does the same for items that pass a filter."""
    rows = catalog.query(_matching(examined), (expression,))
    found = array("q", [row[0] for row in rows if row[0] in allowed][:MOST_HITS])
    return found, examined < 0 or len(rows) < examined or len(found) == MOST_HITS


def _with_ean_of_a_unit(catalog: CatalogReader, typed: str) -> list[int]:
    """Returns items with a unit whose EAN begins as typed; the full-text index only has EANs of items."""
    digits = typed.strip()
    if len(digits) < _SHORTEST_EAN or not (digits.isascii() and digits.isdigit()):
        return []
    query = "SELECT DISTINCT item FROM items_units WHERE ean >= ? AND ean < ? LIMIT 50"
    return [row[0] for row in catalog.query(query, (digits, f"{digits}:"))]


def by_barcode(
    catalog: CatalogReader, numbers: Sequence[str], codes: Sequence[str] = ()
) -> list[tuple[int, int | None]]:
    """Returns the active items with one of these EANs, for the item or a unit of it, or else with one of the codes.

    Without `codes`, the first number is one. Each hit comes with the unit's key, or None for the item alone: for its
    own EAN, and for a unit that may not be ordered. The case of a code does not matter.
    """
    spelled = list(dict.fromkeys([*numbers, *(number.upper() for number in numbers)]))
    of_items = f"SELECT id, NULL FROM items_forms WHERE ean IN ({_marks(spelled)}) AND is_active=1 ORDER BY id"
    of_units = (
        "SELECT item, CASE WHEN u.is_allowed=1 THEN unit END FROM items_units u JOIN items_forms f ON f.id=item"
        f" WHERE u.ean IN ({_marks(spelled)}) AND is_active=1 ORDER BY item, unit"
    )
    hits: list[tuple[int, int | None]] = [(int(item), None) for item, _unit in catalog.query(of_items, spelled)]
    alone = {item for item, _unit in hits}
    hits += [(int(item), unit) for item, unit in catalog.query(of_units, spelled) if item not in alone]
    if hits:
        return list(dict.fromkeys(hits))
    return next((found for code in codes or numbers[:1] if (found := _with_code(catalog, code))), [])


def _with_code(catalog: CatalogReader, code: str) -> list[tuple[int, int | None]]:
    query = "SELECT id FROM items_forms WHERE code=? AND is_active=1 LIMIT 1"
    for spelled in dict.fromkeys((code, code.upper())):
        for row in catalog.query(query, (spelled,)):
            return [(int(row[0]), None)]
    return []


def group_counts(catalog: CatalogReader) -> dict[int, int]:
    """Counts the items of each group, subgroups included; an item in two subgroups counts once."""
    rows = catalog.query(
        "WITH RECURSIVE up(leaf, above) AS (SELECT id, id FROM items_groups UNION"
        " SELECT up.leaf, g.parent FROM up JOIN items_groups g ON g.id=up.above WHERE g.parent IS NOT NULL)"
        " SELECT above, count(DISTINCT item) FROM items_group_links JOIN up ON up.leaf=item_group GROUP BY above"
    )
    return {int(group): int(count) for group, count in rows}


def groups_below(catalog: CatalogReader, group: int) -> set[int]:
    """Returns a group with all its subgroups."""
    return {int(row[0]) for row in catalog.query(_BELOW, (group,))}


def page(
    catalog: CatalogReader,
    keys: Sequence[int],
    warehouses: Sequence[int],
    checked: Mapping[int, int] = MappingProxyType({}),
) -> dict[int, ListedItem]:
    """Returns what rows of a list show, by key; `checked` is stock that was asked for since, as in `ids`."""
    there = stock(catalog, keys, warehouses) | dict(checked)
    pictures = dict(
        catalog.query(
            "SELECT owner, sha256 FROM attachments_images WHERE owner_kind='item'"
            f" AND owner IN ({_marks(keys)}) ORDER BY is_default, id DESC",
            keys,
        )
    )
    rows = catalog.query(f"SELECT {_SHOWN} FROM items_forms WHERE id IN ({_marks(keys)})", keys)
    return {row[0]: ListedItem(*(*row, there.get(row[0], 0), pictures.get(row[0], ""))) for row in rows}


def stock(catalog: CatalogReader, keys: Sequence[int], warehouses: Sequence[int]) -> dict[int, int]:
    """Returns the quantity (scale 4) of each item over these warehouses, without items that have no record."""
    rows = catalog.query(
        f"SELECT item, sum(quantity) FROM items_resources WHERE item IN ({', '.join('?' * len(keys))})"
        f" AND warehouse IN ({', '.join('?' * len(warehouses))}) GROUP BY item",
        (*keys, *warehouses),
    )
    return {int(item): int(quantity) for item, quantity in rows}


def units(catalog: CatalogReader, item: int) -> list[ItemUnit]:
    """Returns the units of an item, without those whose factor cannot be counted with."""
    return catalog.all(ItemUnit, f"item=? AND {_HAS_FACTOR}", (item,))


def ordered_in(catalog: CatalogReader, code: str, limit: int = 20) -> list[ErpDocument]:
    """Returns documents of the ERP with a line of this item (its code), newest first."""
    named = f'"item":{canonical_json(code)}'
    return catalog.all(ErpDocument, "instr(lines, ?)", (named,), order="issued_on DESC", limit=limit)


def _order(chosen: ItemFilter) -> str:
    return chosen.order if chosen.order in ORDERS else ORDERS[0]


def _conditions(
    catalog: CatalogReader, chosen: ItemFilter, warehouses: Sequence[int], checked: Mapping[int, int]
) -> tuple[str, list[Any]]:
    """Returns the filter as SQL over `items_forms`."""
    parts, parameters = ["is_active=1"], list[Any]()
    if chosen.flag in {"is_new", "is_bestseller", "has_free_shipping"}:
        parts.append(f"{chosen.flag}=1")
    if chosen.group is not None:
        groups = sorted(groups_below(catalog, chosen.group))
        parts.append(f"id IN (SELECT item FROM items_group_links WHERE item_group IN ({_marks(groups)}))")
        parameters += groups
    if chosen.in_stock:
        there = [item for item, quantity in checked.items() if quantity > 0]
        parts.append(
            f"(id IN (SELECT item FROM items_resources WHERE quantity > 0 AND warehouse IN ({_marks(warehouses)}))"
            f" AND id NOT IN ({_marks(list(checked))}) OR id IN ({_marks(there)}))"
        )
        parameters += [*warehouses, *checked, *there]
    if chosen.promotion:
        items, groups = _in_promotion(catalog, chosen)
        parts.append(
            f"(id IN ({_marks(items)}) OR"
            f" id IN (SELECT item FROM items_group_links WHERE item_group IN ({_marks(groups)})))"
        )
        parameters += [*items, *groups]
    if chosen.document is not None:
        codes = _codes_of(catalog, chosen.document)
        parts.append(f"code IN ({_marks(codes)})")
        parameters += codes
    return " AND ".join(parts), parameters


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _in_promotion(catalog: CatalogReader, chosen: ItemFilter) -> tuple[list[int], list[int]]:
    """Returns the items and groups (with subgroups) in the promotions of a filter."""
    found = catalog.query(
        "SELECT i.item, i.item_group, h.id FROM promotions_items i JOIN promotions_headers h ON h.id=i.promotion"
        " WHERE (h.valid_from IS NULL OR h.valid_from<=?) AND (h.valid_to IS NULL OR h.valid_to>=?)",
        (chosen.day, chosen.day),
    )
    rows = [row for row in found if chosen.promotions is None or row[2] in chosen.promotions]
    groups: set[int] = set()
    for group in {row[1] for row in rows if row[1] is not None}:
        groups |= groups_below(catalog, group)
    return sorted({row[0] for row in rows if row[0] is not None}), sorted(groups)


def _codes_of(catalog: CatalogReader, document: int) -> list[str]:
    found = catalog.one(ErpDocument, document)
    return sorted({line.item for line in found.lines if line.item}) if found else []
