"""Rules for rows of the ERP beyond the form of their values. An import refuses rows that break one."""

from collections.abc import Callable, Iterable

from salesapp.domain.barcode_patterns import pattern_fault
from salesapp.domain.canonical import Value
from salesapp.domain.nested import decoded
from salesapp.domain.nested_checks import faults_summary
from salesapp.domain.objects.additional_information import AttributeDefinition
from salesapp.domain.objects.appointments import AppointmentTemplate
from salesapp.domain.objects.auxiliary import Profile
from salesapp.domain.objects.directories import PaymentForm, VatRate
from salesapp.domain.objects.documents import Numerator
from salesapp.domain.objects.items import Price
from salesapp.domain.objects.promotions import Promotion, PromotionItem, Scale
from salesapp.domain.schema import Kind, SyncObject

Fault = tuple[str, str]
"""The wrong field of a row, and a sentence that says what is wrong."""
Rule = Callable[[tuple[Value, ...]], Fault | None]
"""Returns the fault of a row's stored values, or None."""
_MOST_PERCENT = 100


def _numerator(values: tuple[Value, ...]) -> Fault | None:
    numerator = Numerator.read(0, values)
    return ("pattern", f'"{numerator.pattern}": {numerator.fault}') if numerator.fault else None


def _promotion(values: tuple[Value, ...]) -> Fault | None:
    """Checks that each scale has the values its kind of promotion needs, and none that it does not read."""
    promotion = Promotion.read(0, values)
    if promotion.kind == "bundle" and promotion.threshold != "quantity":
        return "threshold", "must be quantity: the scales of a bundle count complete bundles"
    for number, scale in enumerate(promotion.scales or (), 1):
        if fault := _scale(promotion, scale):
            return "scales", f"entry {number}, {fault}"
    return None


def _scale(promotion: Promotion, scale: Scale) -> str:
    """Returns the wrong part of a scale and what is wrong; empty if nothing is."""
    kind = promotion.kind
    if not scale.is_complete(kind):
        needed = "free" if kind == "free_goods" else "value"
        return f"{needed}: missing (a promotion of the kind {kind} needs it)"
    if unread := scale.unread(kind):
        return f"{unread}: is not read in a promotion of the kind {kind}"
    if scale.units is not None and not scale.has_effect(kind):
        return "units: must be above zero and at most `per`, the units of a complete group"
    if scale.units is None and kind != "bundle" and promotion.is_of_sets:
        return "units: missing (other scales are for complete groups)"
    return ""


def _price(values: tuple[Value, ...]) -> Fault | None:
    """Requires what the rules read for the kind of price, and refuses what they do not read (docs/pricing.md)."""
    price = Price.read(0, values)
    return _list_price(price) if price.discount_type is None else _component(price)


def _list_price(price: Price) -> Fault | None:
    if price.item is None:
        return "item", "missing (a list price, without discount_type, is for one item)"
    if price.price_type is None:
        return "price_type", "missing (a list price, without discount_type, is of one list)"
    if price.item_group is not None:
        return "item_group", "is not read in a list price (without discount_type): leave it empty"
    if price.level and price.level != price.own_level:
        return "level", f'"{price.level}": the row is for the level {price.own_level}'
    return None


def _component(price: Price) -> Fault | None:
    level = price.component_level
    if price.item is not None and price.item_group is not None:
        return "item_group", "names a group beside an item: a component is for one of them"
    if price.unit is not None:
        return "unit", "is not read in a component (with discount_type): its amounts are per base unit. Leave it empty"
    for field, value, is_needed in (
        ("item_group", price.item_group, level.endswith("item_group")),
        ("item", price.item, level.endswith("_item") or level == "item"),
        ("customer_class", price.customer_class, level.startswith("customer_class_")),
        ("customer", price.customer, level.startswith("customer_i")),
    ):
        if is_needed and value is None:
            return field, f"missing (a component of the level {level} needs it)"
    return None


def _promotion_item(values: tuple[Value, ...]) -> Fault | None:
    match = PromotionItem.read(0, values)
    if match.item is None and match.item_group is None:
        return "item", "missing (it names an item or a group; a promotion for all items has no such row)"
    if match.quantity is not None and match.quantity <= 0:
        return "quantity", "must be above zero (units of the item in one bundle)"
    if match.quantity is not None and match.role is not None:
        return "role", "is not read for a part of a bundle (with quantity): leave it empty"
    return None


def _template(values: tuple[Value, ...]) -> Fault | None:
    """Refuses parts of elements that a visit would not show, and results: a template has none."""
    template = AppointmentTemplate.read(0, values)
    return _of_entries("elements", (element.unread for element in template.elements))


def _of_entries(field: str, unread: Iterable[str]) -> Fault | None:
    """Returns the first unread part of a list's entries."""
    found = ((number, what) for number, what in enumerate(unread, 1) if what)
    return next(((field, f"entry {number}, {what}") for number, what in found), None)


def _vat_rate(values: tuple[Value, ...]) -> Fault | None:
    rate = VatRate.read(0, values)
    is_unread = rate.is_exempt and rate.percent != 0
    if is_unread:
        return "percent", f"{rate.percent.normalize():f} is not read in an exempt rate: say 0"
    classes = [entry.tax_class for entry in rate.by_tax_class]
    twice = next((name for name in classes if classes.count(name) > 1), None)
    return None if twice is None else ("by_tax_class", f"{twice}: has two rates")


def _payment_form(values: tuple[Value, ...]) -> Fault | None:
    percent = PaymentForm.read(0, values).discount_percent
    is_wrong = percent is not None and abs(percent) > _MOST_PERCENT
    return ("discount_percent", "must be from -100 (a surcharge) to 100") if is_wrong else None


def _attribute(values: tuple[Value, ...]) -> Fault | None:
    definition = AttributeDefinition.read(0, values)
    is_unread = definition.options and definition.kind != "selection"
    return ("options", f"are not read in an attribute of the kind {definition.kind}") if is_unread else None


def _profile(values: tuple[Value, ...]) -> Fault | None:
    profile = Profile.read(0, values)
    for pattern in profile.barcode_patterns:
        if fault := pattern_fault(pattern):
            return "barcode_patterns", f'"{pattern}": {fault}'
    if profile.maximum_quantity is not None and profile.maximum_quantity <= 0:
        return "maximum_quantity", "must be more than zero; empty means no limit"
    return None


RULES: dict[str, Rule] = {
    Profile.OBJECT.key: _profile,
    Numerator.OBJECT.key: _numerator,
    Promotion.OBJECT.key: _promotion,
    PromotionItem.OBJECT.key: _promotion_item,
    Price.OBJECT.key: _price,
    AppointmentTemplate.OBJECT.key: _template,
    VatRate.OBJECT.key: _vat_rate,
    PaymentForm.OBJECT.key: _payment_form,
    AttributeDefinition.OBJECT.key: _attribute,
}


def broken_rule(entry: SyncObject, values: tuple[Value, ...]) -> Fault | None:
    """Returns the fault of a row by its object's rules, or None."""
    rule = RULES.get(entry.key)
    return rule(values) if rule else None


class RowChecks:
    """All checks for rows of one object, beyond the form of single values."""

    def __init__(self, entry: SyncObject) -> None:
        self._entry = entry
        self._nested = [(place, field) for place, field in enumerate(entry.fields) if field.kind is Kind.JSON]

    def fault(self, values: tuple[Value, ...]) -> Fault | None:
        """Returns the first fault of a row, or None."""
        for place, field in self._nested:
            text = values[place]
            summary = "" if text in _NOTHING else faults_summary(field, decoded(text))
            if summary:
                return field.name, summary
        return broken_rule(self._entry, values)


_NOTHING = frozenset({None, "[]"})
