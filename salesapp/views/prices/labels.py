"""Texts of prices: calculation steps, and the benefit of the next scale."""

from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from salesapp.domain.pricing import NextScale
from salesapp.views import formats
from salesapp.views.labels import choice

translate = QCoreApplication.translate


def hint_text(scale: NextScale, currency: str) -> str:
    """2 more to reach 5 %."""
    if scale.kind == "percent":
        brings = f"{formats.decimal(Decimal(scale.value))}{formats.FIXED}%"
    elif scale.kind == "free_goods":
        brings = translate("Order", "{goods} free").format(goods=scale.value)
    else:
        brings = f"{formats.price(Decimal(scale.value), currency)}{formats.FIXED}{currency}".rstrip()
        brings = f"{formats.MINUS}{brings}" if scale.kind == "amount" else brings
    if scale.group or scale.kind == "bundle":
        return _set_hint(scale, currency)
    if scale.threshold == "value":
        missing = formats.money(scale.missing, currency)
        return translate("Order", "for {amount} more: {brings}").format(amount=missing, brings=brings)
    missing = formats.decimal(scale.missing)
    return translate("Order", "{count} more to reach {brings}").format(count=missing, brings=brings)


def _set_hint(scale: NextScale, currency: str) -> str:
    """2 more: -50 % on 1 of each 3."""
    missing = formats.decimal(scale.missing)
    brings = benefit_text(scale.kind, Decimal(scale.value), currency)
    if scale.kind == "bundle":
        return translate("Order", "{count} more for a bundle at {price}").format(count=missing, price=brings)
    units, _, per = scale.group.partition("/")
    words = translate("Order", "{count} more: {brings} on {units} of each {per}")
    return words.format(count=missing, brings=brings, units=units, per=per)


def benefit_text(kind: str, value: Decimal, currency: str) -> str:
    """Returns what a scale gives: -5 %, -2.00 PLN, 9.99 PLN."""
    if kind == "percent":
        return f"{formats.MINUS}{formats.decimal(value)}{formats.FIXED}%"
    sign = formats.MINUS if kind == "amount" else ""
    return f"{sign}{formats.price(value, currency)}{formats.FIXED}{currency}"


def step_text(code: str, label: str) -> str:
    """Returns the name of a step of a price calculation."""
    names = {
        "list_price": translate("Order", "Price list"),
        "unit_conversion": translate("Order", "Conversion of units"),
        "currency": translate("Order", "Conversion of currencies"),
        "tax_class": translate("Order", "Net price for the tax class"),
        "component": translate("Order", "Discounts and surcharges"),
        "general_discount": translate("Order", "Customer's discount"),
        "promotion": translate("Order", "Promotion"),
        "own_discount": translate("Order", "Your own discount"),
        "own_price": translate("Order", "Your own price"),
        "paid_price": translate("Order", "Price that was paid"),
        "document_discount": translate("Order", "Discount of the document"),
        "payment_form": translate("Order", "Payment form"),
        "rounding": translate("Order", "Rounding"),
    }
    name = names.get(code, code.replace("_", " "))
    label = choice(label) if code == "tax_class" else label
    return f"{name}: {label}" if label and label != code else name


def level_text(level: str) -> str:
    """Returns what a component of a level applies to."""
    names = {
        "item": translate("Order", "for the item"),
        "item_group": translate("Order", "for the group"),
        "customer_item": translate("Order", "for customer and item"),
        "customer_item_group": translate("Order", "for customer and group"),
        "customer_class_item": translate("Order", "for customer class and item"),
        "customer_class_item_group": translate("Order", "for customer class and group"),
    }
    return names.get(level, level.replace("_", " "))
