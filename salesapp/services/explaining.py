"""Data for explaining a price, besides its steps: where each rule comes from, and a promotion's scales."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from salesapp.domain.documents import Cart
from salesapp.domain.objects.directories import Currency, PriceList, PriceSetting
from salesapp.domain.objects.items import Item, ItemGroup, Price
from salesapp.domain.objects.promotions import Promotion
from salesapp.domain.pricing import AppliedPromotion, NextScale, PricedLine, Step
from salesapp.services import picking
from salesapp.services.order_checks import discount_limit_of
from salesapp.services.price_rows import directory
from salesapp.services.units import unit_codes
from salesapp.services.unsent import base_units
from salesapp.store.account_stores import AccountStores


@dataclass(frozen=True, slots=True)
class StepFacts:
    """The origin of a step's rule; empty and None values are not shown."""

    since: str = ""
    level: str = ""
    priority: int = 0
    group: str = ""
    scale_from: Decimal | None = None
    scale_currency: str = ""
    """The currency of the scale's start, if it is a value and not a quantity."""
    unit: str = ""
    """Code of a list price's unit."""


@dataclass(frozen=True, slots=True)
class Scales:
    """The scales of the promotion closest to its next scale; `measure` is the document's current value."""

    starts: tuple[Decimal, ...]
    values: tuple[Decimal, ...]
    measure: Decimal
    currency: str
    """The currency of the values, if they are amounts or prices."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A priced line with the content of its sheet. `add` more of the line's unit reach the next scale.

    `price` is the unit price, gross if `is_gross`, as in the price list.
    """

    line: PricedLine
    price: Decimal
    is_gross: bool
    name: str
    unit: str
    base_unit: str
    currency: str
    limit: Decimal
    facts: tuple[StepFacts, ...]
    scales: Scales | None = None
    add: Decimal | None = None


def explain(stores: AccountStores, cart: Cart, line: PricedLine) -> Explained:
    """Explains a line of a cart, or a single unit of an item outside of it."""
    item = stores.catalog.one(Item, line.item)
    codes = unit_codes(stores.catalog)
    is_gross = _is_on_gross(line)
    list_currency = _list_currency(stores, cart, line)
    scales = _scales(stores, line.next_scale, line.promotions, list_currency) if line.next_scale else None
    return Explained(
        line=line,
        price=line.unit_price_gross if is_gross else line.unit_price_net,
        is_gross=is_gross,
        name=item.name if item else "",
        unit=codes.get(line.unit, ""),
        base_unit=codes.get(item.base_unit, "") if item else "",
        currency=cart.currency,
        limit=discount_limit_of(stores),
        facts=tuple(_facts(stores, step, line, codes, list_currency) for step in line.steps),
        scales=scales,
        add=_to_add(stores, cart, line),
    )


def explain_item(stores: AccountStores, cart: Cart, item: int) -> Explained:
    """Explains the price of one sales unit of an item, as if it were alone in the cart."""
    return explain(stores, cart, picking.alone(stores, cart, item))


def _is_on_gross(line: PricedLine) -> bool:
    """Returns whether the list's prices are gross: the last step ends with the list's kind of price."""
    return bool(line.steps) and line.steps[-1].after == line.unit_price_gross != line.unit_price_net


def _list_currency(stores: AccountStores, cart: Cart, line: PricedLine) -> str:
    """Returns the currency of the price list of a line; of a line without a list price, the document's."""
    table, _, key = (line.steps[0].source if line.steps else "").partition("/")
    price = stores.catalog.one(Price, int(key)) if table == "items.prices" and key.isdigit() else None
    price_list = stores.catalog.one(PriceList, price.price_type) if price else None
    currency = stores.catalog.one(Currency, price_list.currency) if price_list else None
    return currency.code if currency else cart.currency


def _to_add(stores: AccountStores, cart: Cart, line: PricedLine) -> Decimal | None:
    """Returns how many more of the line's unit reach the next scale, in whole sales units."""
    scale = line.next_scale
    if scale is None or scale.threshold != "quantity" or cart.line(line.id) is None:
        return None
    missing = scale.missing / base_units(stores, line.item, line.unit)
    whole = missing.to_integral_value(rounding="ROUND_CEILING")
    return whole if whole > 0 else None


def _facts(stores: AccountStores, step: Step, line: PricedLine, codes: dict[int, str], list_currency: str) -> StepFacts:
    table, _, key = step.source.partition("/")
    if table == "items.prices" and key.isdigit():
        price = stores.catalog.one(Price, int(key))
        return _price_facts(stores, price, codes) if price else StepFacts()
    if table == "promotions.headers" and key.isdigit():
        applied = next((one for one in line.promotions if one.promotion == int(key)), None)
        promotion = stores.catalog.one(Promotion, int(key))
        currency = _currency(stores, promotion, list_currency) if promotion and promotion.threshold == "value" else ""
        return StepFacts(scale_from=applied.scale_from if applied else None, scale_currency=currency)
    return StepFacts()


def _currency(stores: AccountStores, promotion: Promotion, list_currency: str) -> str:
    """Returns the currency of a promotion's amounts and values: its own, else the list's."""
    own = stores.catalog.one(Currency, promotion.currency)
    return own.code if own else list_currency


def _price_facts(stores: AccountStores, price: Price, codes: dict[int, str]) -> StepFacts:
    level = price.level or ""
    group = stores.catalog.one(ItemGroup, price.item_group)
    settings = directory(stores.catalog, PriceSetting)
    priority = next((setting.value for setting in settings if setting.name == f"level.{level}"), "")
    return StepFacts(
        since=price.valid_from or "",
        level=level,
        priority=int(priority) if priority.isdigit() else 0,
        group=group.name if group else "",
        unit="" if price.unit is None else codes.get(price.unit, ""),
    )


def _scales(
    stores: AccountStores, hint: NextScale, applied: Sequence[AppliedPromotion], list_currency: str
) -> Scales | None:
    """Returns the scales; None if the hint is about free goods or sets, or the promotion is gone."""
    promotion = stores.catalog.one(Promotion, hint.promotion)
    if promotion is None or promotion.is_of_sets or hint.kind == "free_goods" or hint.threshold != "quantity":
        return None
    steps = [(scale.start, scale.value or Decimal()) for scale in promotion.usable_scales() or ()]
    reached = next((one.scale_from for one in applied if one.promotion == hint.promotion), None)
    following = [start for start, _value in steps if start > (reached if reached is not None else Decimal(-1))]
    if not following:
        return None
    starts, values = zip(*steps, strict=True)
    return Scales(starts, values, following[0] - hint.missing, _currency(stores, promotion, list_currency))
