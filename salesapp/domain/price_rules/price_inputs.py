"""Gathers the rows needed to price some items, the same way from the tablet's files and at the gateway.

Reads directories, groups and the profile whole; of everything else only the rows of these items, their groups
and the customer, so a page of items takes a few milliseconds among millions of prices.
"""

from collections.abc import Collection, Iterable
from typing import Protocol, cast

from salesapp.domain.objects.auxiliary import Profile
from salesapp.domain.objects.customers import Customer
from salesapp.domain.objects.directories import (
    ComponentType,
    Currency,
    PaymentForm,
    PriceList,
    PriceSetting,
    Unit,
    VatRate,
)
from salesapp.domain.objects.items import GroupLink, Item, ItemGroup, ItemUnit, Price
from salesapp.domain.objects.promotions import Promotion, PromotionItem
from salesapp.domain.rows import R, Row

DIRECTORIES: tuple[type[Row], ...] = (
    Unit,
    PriceList,
    VatRate,
    PaymentForm,
    Currency,
    ComponentType,
    PriceSetting,
    ItemGroup,
)
"""Small objects that any price may need."""
LOOKED_UP: dict[type[Row], tuple[str, ...]] = {
    ItemUnit: ("item",),
    GroupLink: ("item",),
    Price: ("item", "item_group"),
    PromotionItem: ("item", "item_group"),
}
"""Objects too large to read whole, with the fields that find their rows (besides the key)."""
_OTHERS: tuple[type[Row], ...] = (Profile, Item, Customer, Promotion)
PRICED_BY = frozenset(kind.OBJECT.key for kind in (*DIRECTORIES, *LOOKED_UP, *_OTHERS))
"""The keys of all objects that prices depend on."""


class Rows:
    """Rows by class. Immutable."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self._by_class: dict[type[Row], list[Row]] = {}
        for row in rows:
            self._by_class.setdefault(type(row), []).append(row)

    def all(self, kind: type[R]) -> list[R]:
        """Returns the rows of a class, in the given order."""
        return cast("list[R]", self._by_class.get(kind, []))


class RowSource(Protocol):
    """A source of rows, all of one moment."""

    def whole(self, kind: type[R]) -> list[R]:
        """Returns all rows of a small object, ordered by key."""
        ...

    def having(self, kind: type[R], field: str, values: Collection[int | str]) -> list[R]:
        """Returns the rows whose field (or "id") has one of these values."""
        ...

    def prices(self, field: str, values: Collection[int], customer: int | None) -> list[Price]:
        """Returns the prices whose field has one of these values, except those of other customers."""
        ...

    def promotions_for_everything(self) -> list[Promotion]:
        """Returns the promotions that name no items and no groups."""
        ...


def gather(source: RowSource, items: Iterable[int], customer: int | None, *, all_promotions: bool = False) -> Rows:
    """Returns the rows needed to price these items for this customer.

    Without a customer there are no customer rows. Promotions for other items only are left out unless
    `all_promotions` is set.
    """
    keys = tuple(dict.fromkeys(items))
    found: list[Row] = [row for kind in DIRECTORIES for row in source.whole(kind)]
    found += source.whole(Profile)
    found += [] if customer is None else source.having(Customer, "id", (customer,))
    links = source.having(GroupLink, "item", keys)
    groups = with_parents({link.item_group for link in links}, Rows(found).all(ItemGroup))
    matches = _matches(source, keys, groups)
    promotions = source.whole(Promotion) if all_promotions else _promotions(source, matches)
    matches = _each_once(matches + _of_whole_promotions(source, matches, promotions))
    wanted = _with_gifts(source, source.having(Item, "id", keys), promotions)
    prices = source.prices("item", keys, customer) + source.prices("item_group", sorted(groups), customer)
    units = source.having(ItemUnit, "item", [item.id for item in wanted])
    return Rows([*found, *links, *matches, *promotions, *wanted, *_each_once(prices), *units])


def with_parents(groups: set[int], all_groups: Iterable[ItemGroup]) -> set[int]:
    """Returns these groups with all their ancestors."""
    parent_of = {group.id: group.parent for group in all_groups}
    found: set[int] = set()
    waiting = list(groups)
    while waiting:
        group = waiting.pop()
        if group not in found:
            found.add(group)
            parent = parent_of.get(group)
            waiting += [parent] if parent is not None else []
    return found


def _matches(source: RowSource, items: Collection[int], groups: set[int]) -> list[PromotionItem]:
    """Returns the rows that tie promotions to these items or their groups."""
    of_items = source.having(PromotionItem, "item", items)
    return _each_once(of_items + source.having(PromotionItem, "item_group", sorted(groups)))


def _of_whole_promotions(
    source: RowSource, matches: Iterable[PromotionItem], promotions: Iterable[Promotion]
) -> list[PromotionItem]:
    """Returns all rows of bundles and of promotions with roles: what they need may not be among the items."""
    whole = {match.promotion for match in matches if match.role}
    whole |= {promotion.id for promotion in promotions if promotion.kind == "bundle"}
    return source.having(PromotionItem, "promotion", sorted(whole)) if whole else []


def _promotions(source: RowSource, matches: Iterable[PromotionItem]) -> list[Promotion]:
    """Returns the promotions in `matches`, and those for everything."""
    named = sorted({match.promotion for match in matches})
    return source.having(Promotion, "id", named) + source.promotions_for_everything()


def _with_gifts(source: RowSource, items: list[Item], promotions: Iterable[Promotion]) -> list[Item]:
    """Returns these items with those that promotions give for free."""
    given = {scale.item for promotion in promotions for scale in promotion.usable_scales() or () if scale.item}
    codes = sorted(given - {item.code for item in items})
    return items + source.having(Item, "code", codes) if codes else items


def _each_once(rows: Iterable[R]) -> list[R]:
    return list({row.id: row for row in rows}.values())
