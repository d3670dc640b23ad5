"""The rows that prices follow from, for just the items that are in sight or in a document.

Directories, groups and the profile are kept until the catalogue changes; everything else is read by key each time, so
that a page of 64 items takes a few milliseconds out of millions of prices.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from salesapp.store.browse import Browser
from salesapp.store.shelf import Shelf

Row = dict[str, Any]
Rows = dict[str, list[Row]]

_WHOLE = (
    "directories.units",
    "directories.price_types",
    "directories.vat_rates",
    "directories.currencies",
    "directories.price_discount_types",
    "directories.global_price_configuration",
    "items.groups",
)
"""Objects that are small, and that every price may need."""

_kept: "WeakKeyDictionary[Browser, tuple[int, Rows]]" = WeakKeyDictionary()


def rows_for(shelf: Shelf, items: Iterable[int], customer: int | None, *, all_promotions: bool = False) -> Rows:
    """The rows of each object that prices of these items for this customer need, keyed by object.

    Rows are as `Browser.rows` gives them. Without a customer there are no rows of customers and classes. A promotion
    that is for other items only is left out, unless all of them are wanted.
    """
    catalog, keys = shelf.catalog, tuple(dict.fromkeys(items))
    found = dict(_directories(catalog))
    found["customers.customers"] = [row] if (row := catalog.row("customers.customers", customer)) else []
    links = _by(catalog, "items.group_links", "item", keys)
    groups = with_parents({link["item_group"] for link in links}, found["items.groups"])
    headers, matches = _promotions(catalog, keys, groups)
    if all_promotions:
        headers = catalog.rows("promotions.headers")
    forms = _by(catalog, "items.forms", "id", keys)
    found["items.forms"] = forms + _given_free(catalog, headers, {form["code"] for form in forms})
    found["items.units"] = _by(catalog, "items.units", "item", [form["id"] for form in found["items.forms"]])
    found["items.group_links"] = links
    found["items.prices"] = _prices(catalog, keys, groups, customer)
    found["promotions.headers"], found["promotions.items"] = headers, matches
    return found


def profile_of(catalog: Browser) -> Row | None:
    """The representative's profile; None before the first sync. Someone who sees everything works with the first."""
    profiles = _directories(catalog)["auxiliary.profiles"]
    return profiles[0] if profiles else None


def directory(catalog: Browser, key: str) -> list[Row]:
    """All rows of one of the small objects, kept until the catalogue changes. Not to be changed."""
    return _directories(catalog)[key]


def with_parents(groups: set[int], all_groups: Iterable[Row]) -> set[int]:
    """These groups with all groups above them."""
    parent_of = {group["id"]: group["parent"] for group in all_groups}
    found: set[int] = set()
    waiting = list(groups)
    while waiting:
        group = waiting.pop()
        if group not in found:
            found.add(group)
            parent = parent_of.get(group)
            waiting += [parent] if parent is not None else []
    return found


def _directories(catalog: Browser) -> Rows:
    version = int(catalog.query("PRAGMA data_version")[0][0])
    kept = _kept.get(catalog)
    if kept is None or kept[0] != version:
        rows = {key: catalog.rows(key) for key in _WHOLE}
        rows["auxiliary.profiles"] = catalog.rows("auxiliary.profiles", limit=1)
        _kept[catalog] = kept = (version, rows)
    return kept[1]


def _by(catalog: Browser, key: str, field: str, values: Sequence[int]) -> list[Row]:
    """The rows whose field has one of these values, 500 values at a time."""
    found: list[Row] = []
    for start in range(0, len(values), 500):
        part = values[start : start + 500]
        found += catalog.rows(key, f'"{field}" IN ({_marks(part)})', part)
    return found


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _prices(catalog: Browser, items: Sequence[int], groups: set[int], customer: int | None) -> list[Row]:
    """List prices and components of the items and of their groups, without those of other customers."""
    found: list[Row] = []
    for field, values in (("item", items), ("item_group", sorted(groups))):
        for start in range(0, len(values), 500):
            part = values[start : start + 500]
            where = (
                f'"{field}" IN ({_marks(part)}) AND (+customer IS NULL OR +customer = ?)'  # not by the customers' index
            )
            found += catalog.rows("items.prices", where, (*part, customer))
    return found


def _promotions(catalog: Browser, items: Sequence[int], groups: set[int]) -> tuple[list[Row], list[Row]]:
    """Promotions for these items, for their groups or for everything, and the rows that say so."""
    matches = _by(catalog, "promotions.items", "item", items)
    matches += _by(catalog, "promotions.items", "item_group", sorted(groups))
    for_everything = "id NOT IN (SELECT promotion FROM promotions_items)"
    named = sorted({match["promotion"] for match in matches})
    headers = catalog.rows("promotions.headers", f"id IN ({_marks(named)}) OR {for_everything}", named)
    return headers, list({match["id"]: match for match in matches}.values())


def _given_free(catalog: Browser, headers: Iterable[Row], known: set[str]) -> list[Row]:
    """Other items that promotions give away."""
    codes = {scale["item"] for header in headers for scale in header["scales"] if scale.get("item")} - known
    wanted = sorted(codes)
    return catalog.rows("items.forms", f"code IN ({_marks(wanted)})", wanted) if wanted else []
