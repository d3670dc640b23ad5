"""The rows needed for pricing, indexed once for the rules' look-ups. Contains no rules."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from salesapp.domain.objects.auxiliary import Profile
from salesapp.domain.objects.customers import Customer
from salesapp.domain.objects.directories import (
    ComponentType,
    Currency,
    PaymentForm,
    PriceList,
    PriceSetting,
    Rate,
    Unit,
    VatRate,
)
from salesapp.domain.objects.items import GroupLink, Item, ItemGroup, ItemUnit, Price
from salesapp.domain.objects.promotions import Promotion, PromotionItem, Scale
from salesapp.domain.price_rules.configuration import Configuration
from salesapp.domain.price_rules.price_inputs import Rows
from salesapp.domain.price_rules.validity import is_valid

Component = tuple[Price, ComponentType]
"""A row of items.prices that is not a list price, and its type."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """Base units = quantity x up / down; `key` of the row in items.units, None for the base unit itself."""

    up: Decimal
    down: Decimal
    key: int | None = None


BASE_UNIT = Conversion(Decimal(1), Decimal(1))


@dataclass(frozen=True, slots=True)
class Audience:
    """Codes of a promotion's customers and customer classes; without any it is for everyone."""

    customers: frozenset[str]
    classes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Matches:
    """The items and groups that a promotion names for one purpose."""

    items: set[int] = field(default_factory=set)
    groups: set[int] = field(default_factory=set)


class PriceBook:
    """Indexes over the given rows; missing objects count as empty. Immutable once built."""

    def __init__(self, rows: Rows) -> None:
        self.configuration = Configuration.of(rows.all(PriceSetting), rows.all(Currency))
        self.price_lists = {row.id: row for row in rows.all(PriceList)}
        self.currencies = {row.id: row for row in rows.all(Currency)}
        self.currency_by_code = {row.code: row for row in rows.all(Currency)}
        self.vat_rates = {row.id: row for row in rows.all(VatRate)}
        self._vat_rate_by_code = {row.code: row for row in rows.all(VatRate)}
        self.payment_forms = {row.id: row for row in rows.all(PaymentForm)}
        self.customers = {row.id: row for row in rows.all(Customer)}
        self.profiles = {row.code: row for row in rows.all(Profile)}
        self.unit_codes = {row.id: row.code for row in rows.all(Unit)}
        self.items = {row.id: row for row in rows.all(Item)}
        self.item_by_code = {row.code: row for row in rows.all(Item)}
        self._conversions = {
            (row.item, row.unit): Conversion(row.numerator, row.denominator, row.id)
            for row in rows.all(ItemUnit)
            if row.numerator > 0 and row.denominator > 0  # others are unusable
        }
        self._rates: dict[tuple[int, datetime.date], Rate | None] = {}
        self._take_prices(rows)
        self._take_groups(rows)
        self._take_promotions(rows)

    def conversion(self, item: Item, unit: int) -> Conversion | None:
        """Returns the conversion of a unit to base units; None if the item does not have the unit."""
        return BASE_UNIT if unit == item.base_unit else self._conversions.get((item.id, unit))

    def vat_rate(self, item: Item, day: datetime.date) -> VatRate | None:
        """Returns the VAT rate of an item; None if it is not valid on the day."""
        found = None if item.vat_rate is None else self.vat_rates.get(item.vat_rate)
        return found if found is not None and is_valid(found, day) else None

    def vat_rate_of_code(self, code: str, day: datetime.date) -> VatRate | None:
        """Returns a VAT rate by its code; None if it is unknown or not valid on the day."""
        found = self._vat_rate_by_code.get(code)
        return found if found is not None and is_valid(found, day) else None

    def currency(self, key: int | None) -> Currency | None:
        """Returns a currency by its key."""
        return None if key is None else self.currencies.get(key)

    def rate(self, currency: Currency, day: datetime.date) -> Rate | None:
        """Returns the rate of a currency that applies on a day."""
        place = (currency.id, day)
        if place not in self._rates:
            self._rates[place] = currency.rate_on(day)
        return self._rates[place]

    def prices(self, item: int, price_list: int) -> list[Price]:
        """Returns the prices of an item in a price list."""
        return self._prices.get((item, price_list), [])

    def components(self, item: int) -> Iterable[Component]:
        """Returns the components of an item and of its groups, each once."""
        yield from self._item_components.get(item, ())
        for group in self.groups_of(item):
            yield from self._group_components.get(group, ())

    def groups_of(self, item: int) -> frozenset[int]:
        """Returns the groups of an item with all their ancestors; safe against cycles."""
        found = self._groups_of.get(item)
        if found is None:
            found = self._groups_of[item] = self._with_parents(self._links.get(item, ()))
        return found

    def counted(self, promotion: Promotion, items: Iterable[int]) -> set[int]:
        """Returns the items that a promotion's threshold counts: all, or those it names for that (rule 4)."""
        return self._of(self._conditions.get(promotion.id), items)

    def matching(self, promotion: Promotion, items: Iterable[int]) -> set[int]:
        """Returns the items that a promotion makes cheaper: all, or those it names for that (rule 4).

        Free goods are given by the items that count, unless others are named for it.
        """
        named = self._benefits.get(promotion.id)
        if named is None and promotion.kind == "free_goods":
            named = self._conditions.get(promotion.id)
        return self._of(named, items)

    def parts(self, promotion: Promotion) -> list[PromotionItem]:
        """Returns the parts of a bundle, those of single items first."""
        return sorted(self._parts.get(promotion.id, ()), key=lambda row: (row.item is None, row.id))

    def is_of_part(self, part: PromotionItem, item: int) -> bool:
        """Returns whether an item can fill a part of a bundle."""
        return item == part.item or (part.item_group is not None and part.item_group in self.groups_of(item))

    def concerns(self, promotion: Promotion, item: int) -> bool:
        """Returns whether a promotion names an item, for counting or for its benefit; one without names is for all."""
        named = [found for found in (self._conditions.get(promotion.id), self._benefits.get(promotion.id)) if found]
        return not named or any(self._of(found, (item,)) for found in named)

    def _of(self, named: Matches | None, items: Iterable[int]) -> set[int]:
        if named is None:
            return set(items)
        return {item for item in items if item in named.items or not named.groups.isdisjoint(self.groups_of(item))}

    def scales(self, promotion: Promotion) -> tuple[Scale, ...] | None:
        """Returns the scales of a promotion sorted by their start; None if they are unreadable."""
        return self._scales[promotion.id]

    def audience(self, promotion: Promotion) -> Audience:
        """Returns the customers and classes of a promotion."""
        return self._audiences[promotion.id]

    def _take_prices(self, rows: Rows) -> None:
        types = {row.id: row for row in rows.all(ComponentType)}
        self._prices: dict[tuple[int, int], list[Price]] = defaultdict(list)
        self._item_components: dict[int, list[Component]] = defaultdict(list)
        self._group_components: dict[int, list[Component]] = defaultdict(list)
        for row in rows.all(Price):
            if row.discount_type is None:
                if row.item is not None and row.price_type is not None:
                    self._prices[row.item, row.price_type].append(row)
            elif type_ := types.get(row.discount_type):
                if row.component_level.endswith("item_group"):
                    self._group_components[row.item_group or 0].append((row, type_))
                else:
                    self._item_components[row.item or 0].append((row, type_))

    def _take_groups(self, rows: Rows) -> None:
        self._parents = {row.id: row.parent for row in rows.all(ItemGroup)}
        self._links: dict[int, list[int]] = defaultdict(list)
        for row in rows.all(GroupLink):
            self._links[row.item].append(row.item_group)
        self._groups_of: dict[int, frozenset[int]] = {}

    def _take_promotions(self, rows: Rows) -> None:
        found = rows.all(Promotion)
        self.promotions = tuple(sorted(found, key=lambda promotion: (promotion.priority, promotion.id)))
        self._scales = {row.id: row.usable_scales() for row in found}
        self._audiences = {row.id: Audience(frozenset(row.customers), frozenset(row.customer_classes)) for row in found}
        self._conditions: dict[int, Matches] = {}
        self._benefits: dict[int, Matches] = {}
        self._parts: dict[int, list[PromotionItem]] = defaultdict(list)
        for row in rows.all(PromotionItem):
            self._parts[row.promotion].append(row)
            for named, other in ((self._conditions, "benefit"), (self._benefits, "condition")):
                if row.role != other:
                    _add(named.setdefault(row.promotion, Matches()), row)

    def _with_parents(self, groups: Iterable[int]) -> frozenset[int]:
        found: set[int] = set()
        for group in groups:
            above: int | None = group
            while above is not None and above not in found:
                found.add(above)
                above = self._parents.get(above)
        return frozenset(found)


def _add(matches: Matches, row: PromotionItem) -> None:
    if row.item is not None:
        matches.items.add(row.item)
    if row.item_group is not None:
        matches.groups.add(row.item_group)
