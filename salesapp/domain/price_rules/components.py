"""Discounts, surcharges and replacement prices of the six levels, and the customer's general discount (rule 3)."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from salesapp.domain.objects.directories import ComponentType
from salesapp.domain.objects.items import Price
from salesapp.domain.price_rules.base import LineCalculation, counted
from salesapp.domain.price_rules.book import Component, PriceBook
from salesapp.domain.price_rules.numbers import plain, taken_off
from salesapp.domain.price_rules.running import RunningPrice
from salesapp.domain.price_rules.terms import Terms
from salesapp.domain.price_rules.validity import is_valid


def take_components(terms: Terms, work: LineCalculation, running: RunningPrice) -> None:
    """Applies the components of a line by level, within a level by key."""
    for component, type_ in work.components:
        before = running.value
        if (text := _apply(terms, work, running, component.value, type_)) is not None:
            work.explain("component", type_.name, text, before, running.value, f"items.prices/{component.id}")


def take_general_discount(terms: Terms, work: LineCalculation, running: RunningPrice) -> None:
    """Applies the customer's general discount, after all levels."""
    customer = terms.customer
    if customer is None or not customer.general_discount_percent:
        return
    before = running.value
    running.discount_percent(customer.general_discount_percent)
    percent, source = customer.general_discount_percent, f"customers.customers/{customer.id}"
    work.explain("general_discount", customer.code, lambda: f"{taken_off(percent)} %", before, running.value, source)


def components_of(book: PriceBook, terms: Terms, work: LineCalculation) -> list[Component]:
    """Returns the components that apply to a line, in order; only the best one of a once-only type."""
    quantity = counted(work.base_quantity)
    possible = terms.components.get(work.line.item)
    if possible is None:
        possible = terms.components[work.line.item] = _possible(book, terms, work.line.item)
    found = [entry for entry in possible if entry[0].minimum_quantity <= quantity]
    best = _best_of_once(found)
    return [entry for entry in found if not entry[1].only_once or best[entry[1].id] is entry[0]]


def _possible(book: PriceBook, terms: Terms, item: int) -> list[Component]:
    """Returns the components that apply to an item in some quantity, in order."""
    found = [entry for entry in book.components(item) if _counts(terms, entry[0])]
    last = (7, 7)
    priority = book.configuration.level_priority
    found.sort(key=lambda entry: (priority.get(entry[0].component_level, last), entry[0].id))
    return found


def _counts(terms: Terms, component: Price) -> bool:
    """Returns whether a component applies to this customer, list and day."""
    level = component.component_level
    of_class = level.startswith("customer_class_")
    of_customer = not of_class and level.startswith("customer_")
    if (of_customer and component.customer is None) or (of_class and not component.customer_class):
        return False
    if not component.is_for(terms.customer_key, terms.customer_class):
        return False
    if component.price_type is not None and (terms.price_list is None or component.price_type != terms.price_list.id):
        return False
    return is_valid(component, terms.date)


def _best_of_once(found: Iterable[Component]) -> dict[int, Price]:
    """Returns the best of each once-only type: the largest discount, smallest surcharge or lowest price."""
    best: dict[int, Price] = {}
    for component, type_ in found:
        if not type_.only_once:
            continue
        known = best.get(type_.id)
        larger = type_.kind == "discount"
        if known is None or (component.value > known.value if larger else component.value < known.value):
            best[type_.id] = component
    return best


def _apply(
    terms: Terms, work: LineCalculation, running: RunningPrice, value: Decimal, type_: ComponentType
) -> Callable[[], str] | None:
    """Changes the price; returns what formats the change, None if it has no effect."""
    if type_.kind == "replacement_price":
        return _replace(terms, work, running, value, type_)
    is_discount = type_.kind == "discount"
    if type_.value_kind == "percent":
        if is_discount:
            running.discount_percent(value, of_base=type_.on_base)
        else:
            running.surcharge_percent(value, discountable=type_.discountable, of_base=type_.on_base)
        return lambda: f"{taken_off(value if is_discount else -value)} %"
    amount = work.of_list(terms.exchange.of(value))
    if is_discount:
        running.discount_amount(amount)
    else:
        running.surcharge_amount(amount, discountable=type_.discountable)
    return lambda: taken_off(amount if is_discount else -amount, 2)


def _replace(
    terms: Terms, work: LineCalculation, running: RunningPrice, value: Decimal, type_: ComponentType
) -> Callable[[], str] | None:
    """Applies a replacement price, given as amount or as percent of the current price (`on_base`: the base price)."""
    if type_.value_kind == "percent":
        whole = running.base_free + running.base_kept if type_.on_base else running.value
        price = whole * value / 100
    else:
        price = work.of_list(terms.exchange.of(value))
    if not running.replace_with(price, discountable=type_.discountable):
        return None
    return lambda: f"= {plain(value)} %" if type_.value_kind == "percent" else f"= {plain(price, 2)}"
