"""The rows that prices follow from, indexed once: what each rule looks up, and no rule itself."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from salesapp.domain.price_rules.numbers import number
from salesapp.domain.price_rules.rows import (
    BASE_UNIT,
    Component,
    ComponentType,
    Conversion,
    Currency,
    Customer,
    Form,
    Price,
    PriceList,
    Profile,
    Promotion,
    Row,
    Settings,
    VatRate,
)


class PriceBook:
    """The rows needed, keyed by object; an object that is not there has no rows. Not to be changed once it is made."""

    def __init__(self, rows: Mapping[str, Iterable[Row]]) -> None:
        self.settings = Settings.of(rows.get("directories.global_price_configuration", ()))
        self.price_lists = {row["id"]: PriceList.of(row) for row in rows.get("directories.price_types", ())}
        self.currencies = {row["id"]: Currency.of(row) for row in rows.get("directories.currencies", ())}
        self.vat_rates = {row["id"]: VatRate.of(row) for row in rows.get("directories.vat_rates", ())}
        self.types = {row["id"]: ComponentType.of(row) for row in rows.get("directories.price_discount_types", ())}
        self.customers = {row["id"]: Customer.of(row) for row in rows.get("customers.customers", ())}
        self.profiles = {row["code"]: Profile.of(row) for row in rows.get("auxiliary.profiles", ())}
        self.unit_names = {row["id"]: row.get("code") or "" for row in rows.get("directories.units", ())}
        self.forms = {row["id"]: Form.of(row) for row in rows.get("items.forms", ())}
        self.form_by_code = {form.code: form for form in self.forms.values()}
        self.currency_by_code = {currency.code: currency for currency in self.currencies.values()}
        self._conversions = _conversions(rows.get("items.units", ()))
        self._take_prices(rows.get("items.prices", ()))
        self._take_groups(rows)
        self._take_promotions(rows)

    def conversion(self, form: Form, unit: int) -> Conversion | None:
        """How many base units one unit of the item is; None where the unit does not belong to the item."""
        return BASE_UNIT if unit == form.base_unit else self._conversions.get((form.key, unit))

    def prices(self, item: int, price_type: int) -> list[Price]:
        """The list prices of an item in a list."""
        return self._prices.get((item, price_type), [])

    def components(self, item: int) -> Iterable[Component]:
        """The component rows of an item and of its groups, each once."""
        yield from self._item_components.get(item, ())
        for group in self.groups_of(item):
            yield from self._group_components.get(group, ())

    def groups_of(self, item: int) -> frozenset[int]:
        """The groups of an item with all groups above them; a circle of groups ends where it began."""
        found = self._groups_of.get(item)
        if found is None:
            found = self._groups_of[item] = self._with_parents(self._links.get(item, ()))
        return found

    def matching(self, promotion: Promotion, items: Iterable[int]) -> set[int]:
        """Those of these items that a promotion is for: all, those named, or those of its groups (rule 4)."""
        named = self._promotion_items.get(promotion.key)
        if named is None:
            return set(items)
        of_items, of_groups = named
        return {item for item in items if item in of_items or not of_groups.isdisjoint(self.groups_of(item))}

    def _take_prices(self, rows: Iterable[Row]) -> None:
        self._prices: dict[tuple[int, int], list[Price]] = defaultdict(list)
        self._item_components: dict[int, list[Component]] = defaultdict(list)
        self._group_components: dict[int, list[Component]] = defaultdict(list)
        for row in rows:
            if row.get("discount_type") is None:
                if row.get("item") is not None and row.get("price_type") is not None:
                    self._prices[row["item"], row["price_type"]].append(Price.of(row))
                continue
            component = Component.of(row)
            if component.level.endswith("item_group"):
                self._group_components[row.get("item_group") or 0].append(component)
            else:
                self._item_components[row.get("item") or 0].append(component)

    def _take_groups(self, rows: Mapping[str, Iterable[Row]]) -> None:
        self._parents = {row["id"]: row.get("parent") for row in rows.get("items.groups", ())}
        self._links: dict[int, list[int]] = defaultdict(list)
        for row in rows.get("items.group_links", ()):
            self._links[row["item"]].append(row["item_group"])
        self._groups_of: dict[int, frozenset[int]] = {}

    def _take_promotions(self, rows: Mapping[str, Iterable[Row]]) -> None:
        found = [Promotion.of(row) for row in rows.get("promotions.headers", ())]
        self.promotions = tuple(sorted(found, key=lambda promotion: (promotion.priority, promotion.key)))
        self._promotion_items: dict[int, tuple[set[int], set[int]]] = {}
        for row in rows.get("promotions.items", ()):
            items, groups = self._promotion_items.setdefault(row["promotion"], (set(), set()))
            if row.get("item") is not None:
                items.add(row["item"])
            if row.get("item_group") is not None:
                groups.add(row["item_group"])

    def _with_parents(self, groups: Iterable[int]) -> frozenset[int]:
        found: set[int] = set()
        for group in groups:
            above: int | None = group
            while above is not None and above not in found:
                found.add(above)
                above = self._parents.get(above)
        return frozenset(found)


def _conversions(rows: Iterable[Row]) -> dict[tuple[int, int], Conversion]:
    """By item and unit; a row whose numbers are not above zero says nothing."""
    found: dict[tuple[int, int], Conversion] = {}
    for row in rows:
        up, down = number(row, "numerator"), number(row, "denominator")
        if up > 0 and down > 0:
            found[row["item"], row["unit"]] = Conversion(up, down, row["id"])
    return found
