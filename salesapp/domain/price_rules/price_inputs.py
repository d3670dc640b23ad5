"""Which rows the prices of some items follow from: asked of the tablet's files and of the gateway in the same way.

Directories, groups and the profile are read whole; of everything else only the rows of these items, of their groups
and of the customer, so that a page of items takes a few milliseconds out of millions of prices.
"""

from collections.abc import Collection, Iterable
from typing import Any, Protocol

from salesapp.domain.price_rules.rows import Promotion

Rows = dict[str, list[dict[str, Any]]]
"""Rows as the rules read them, keyed by object."""

DIRECTORIES = (
    "directories.units",
    "directories.price_types",
    "directories.vat_rates",
    "directories.currencies",
    "directories.price_discount_types",
    "directories.global_price_configuration",
    "items.groups",
)
"""Objects that are small, and that every price may need."""
PROFILES = "auxiliary.profiles"
LOOKED_UP = {
    "items.units": ("item",),
    "items.group_links": ("item",),
    "items.prices": ("item", "item_group"),
    "promotions.items": ("item", "item_group"),
}
"""Objects too large to be read whole, and the fields that their rows are found by (beside the key)."""
PRICED_BY = frozenset(
    {*DIRECTORIES, PROFILES, *LOOKED_UP, "items.forms", "customers.customers", "promotions.headers"},
)
"""All objects whose rows prices follow from."""


class RowSource(Protocol):
    """Where rows are read from, all of one moment. Rows have their key as "id" and Python's values by field name."""

    def whole(self, key: str) -> list[dict[str, Any]]:
        """All rows of a small object, by key."""
        ...

    def having(self, key: str, field: str, values: Collection[Any]) -> list[dict[str, Any]]:
        """The rows whose field (or "id") has one of these values."""
        ...

    def prices(self, field: str, values: Collection[int], customer: int | None) -> list[dict[str, Any]]:
        """The rows of items.prices whose field has one of these values, without those of other customers."""
        ...

    def promotions_for_everything(self) -> list[dict[str, Any]]:
        """The promotions that name no items and no groups."""
        ...


def gather(source: RowSource, items: Iterable[int], customer: int | None, *, all_promotions: bool = False) -> Rows:
    """The rows of each object that prices of these items for this customer need.

    Without a customer there are no rows of customers. A promotion that is for other items only is left out, unless all
    of them are wanted.
    """
    keys = tuple(dict.fromkeys(items))
    found = {key: source.whole(key) for key in (*DIRECTORIES, PROFILES)}
    found["customers.customers"] = [] if customer is None else source.having("customers.customers", "id", (customer,))
    links = source.having("items.group_links", "item", keys)
    groups = with_parents({link["item_group"] for link in links}, found["items.groups"])
    headers, matches = _promotions(source, keys, groups)
    if all_promotions:
        headers = source.whole("promotions.headers")
    forms = source.having("items.forms", "id", keys)
    found["items.forms"] = forms + _given_free(source, headers, {form["code"] for form in forms})
    found["items.units"] = source.having("items.units", "item", [form["id"] for form in found["items.forms"]])
    found["items.group_links"] = links
    prices = source.prices("item", keys, customer) + source.prices("item_group", sorted(groups), customer)
    found["items.prices"] = _each_once(prices)
    found["promotions.headers"], found["promotions.items"] = headers, matches
    return found


def with_parents(groups: set[int], all_groups: Iterable[dict[str, Any]]) -> set[int]:
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


def _promotions(
    source: RowSource, items: Collection[int], groups: set[int]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Promotions for these items, for their groups or for everything, and the rows that say so."""
    matches = source.having("promotions.items", "item", items)
    matches += source.having("promotions.items", "item_group", sorted(groups))
    named = sorted({match["promotion"] for match in matches})
    headers = source.having("promotions.headers", "id", named) + source.promotions_for_everything()
    return headers, _each_once(matches)


def _each_once(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({row["id"]: row for row in rows}.values())


def _given_free(source: RowSource, headers: Iterable[dict[str, Any]], known: set[str]) -> list[dict[str, Any]]:
    """Other items that promotions give away."""
    codes = {scale.item for header in headers for scale in Promotion.of(header).scales if scale.item} - known
    return source.having("items.forms", "code", sorted(codes)) if codes else []
