"""Texts of an order: problems, warnings, and added items."""

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from salesapp.protocol.forms import moment_of
from salesapp.services.adding import Added
from salesapp.views import formats
from salesapp.views.labels import choice

translate = QCoreApplication.translate

_MONEY = frozenset({"lowest", "most", "price"})
"""Parameters of prices that are amounts; others are quantities and percents."""


def problem_text(code: str, params: Mapping[str, str]) -> str:
    """Returns the sentence for a problem or warning."""
    sentences = _of_document(params) | _of_price(params) | _of_limits(params) | _of_choices()
    shown = {
        name: value
        if name == "of"  # a document's number
        else _shown(value, params.get("currency", ""), is_money=code.startswith("credit.") or name in _MONEY)
        for name, value in params.items()
    }
    if params.get("tax_class"):
        shown["tax_class"] = choice(params["tax_class"])
    if params.get("unit"):
        shown["available"] += f"{formats.FIXED}{params['unit']}"
    sentence = sentences.get(code, translate("Order", "This line cannot be priced ({code}).").replace("{code}", code))
    try:
        return sentence.format(**shown)
    except KeyError:
        return sentence


def percent_off(percent: Decimal) -> str:
    """Returns what a percent takes off, with its sign: -2 %, and +2 % for a surcharge."""
    sign = formats.MINUS if percent > 0 else "+"
    return f"{sign}{formats.decimal(abs(percent))}{formats.FIXED}%"


def _of_document(params: Mapping[str, str]) -> dict[str, str]:
    """Returns the sentences for problems of the document (code -> sentence)."""
    return {
        "document.no_lines": translate("Order", "There are no items in it yet."),
        "document.no_customer": translate("Order", "Choose a customer first."),
        "document.kind_not_allowed": translate(
            "Order", "Your profile does not let you write this kind of document: ask the office."
        ),
        "document.no_numerator": translate(
            "Order", "The office has set up no numbers for this kind of document: it stays a draft until it has."
        ),
        "document.same_today": translate(
            "Order", "The customer has this order already today, with the same items and quantities: {number}."
        ),
        "return.no_reason": translate("Order", "Say why it comes back."),
        "return.too_much": translate("Order", "{of} sold only {sold} {of_unit} of it."),
        "document.too_many_lines": translate(
            "Order", "It has {lines} lines, and at most {most} can be sent in one document: split it."
        ),
        "document.too_large": translate(
            "Order", "It is larger than what can be sent in one document: split it, or shorten its descriptions."
        ),
        "document.nearly_full": translate(
            "Order", "It fills {percent} % of what can be sent in one document: begin another one soon."
        ),
        "document.bad_decimals": formats.plural(
            "Order", "This unit is sold with at most %n decimals.", int(params.get("decimals", 0))
        ),
    }


def _of_choices() -> dict[str, str]:
    """Returns the sentences for choices that could not be made today (code -> sentence)."""
    return {
        "customer.gone": translate(
            "Order", "{name} is no longer among your customers: choose another one in Details, or ask the office."
        ),
        "customer.merged": translate("Order", "{name} was merged into {into}: choose {into} in Details."),
        "customer.merged_away": translate(
            "Order", "{name} was merged into a customer who is not among yours: ask the office."
        ),
        "item.not_sold": translate("Order", "This item is no longer sold: take it out, or choose another one."),
        "unit.not_sold": translate("Order", "This item is no longer sold in this unit: choose another one."),
        "payment_form.gone": translate(
            "Order", "The payment form is no longer offered: choose another one in Details."
        ),
        "warehouse.gone": translate("Order", "The warehouse is no longer offered: choose another one in Details."),
        "price_list.gone": translate(
            "Order", "The price list is no longer offered: choose the customer again in Details."
        ),
        "address.gone": translate(
            "Order", "The customer no longer has this delivery address: choose another one in Details."
        ),
        "delivery.past": translate("Order", "The delivery date {day} has passed: choose a later one in Details."),
        "clock.off": translate(
            "Order", "This device shows {here}, and the gateway {there}: set its clock, for the date decides prices."
        ),
        "date.kept": translate("Order", "It keeps its date, {day}, because it has its number already."),
    }


def _of_price(params: Mapping[str, str]) -> dict[str, str]:
    """Returns the sentences for problems and warnings of prices (code -> sentence)."""
    return {
        "price.no_price": translate("Order", "This item has no price in the customer's price list: ask the office."),
        "price.no_rate": translate(
            "Order", "There is no exchange rate for this currency: synchronize, or ask the office."
        ),
        "price.list_not_in_profile": translate(
            "Order", "The customer's price list is not on this device; another one is used."
        ),
        "price.discount_over_limit": _over_limit(params),
        "price.below_minimum": _below_minimum(params),
        "price.minimum_unknown": translate(
            "Order", "Its minimum price cannot be checked: there is no exchange rate for this currency."
        ),
        "price.own_price_above": translate("Order", "Your price is above the price of {price}: it does not count."),
        "price.no_price_list": translate("Order", "There is no price list for this customer: ask the office."),
        "price.unknown_item": translate("Order", "This item is no longer on this device: take it out."),
        "price.unknown_unit": translate("Order", "This item is not sold in this unit: choose another one."),
        "price.bad_row": translate(
            "Order", "The promotion {promotion} cannot be read and does not count: ask the office."
        )
        if params.get("promotion")
        else translate("Order", "What this price follows from cannot be read: ask the office."),
        "price.bad_quantity": translate("Order", "The quantity must be above zero."),
        "price.no_vat_rate": translate(
            "Order", "This item has no VAT rate: it is counted without VAT. Ask the office."
        ),
        "price.no_class_rate": translate(
            "Order", "For this customer's tax class ({tax_class}) there is no VAT rate: {rate} is used. Ask the office."
        ),
        "price.list_not_valid": translate("Order", "The price list is not valid today: another one is used."),
        "price.discount_without_effect": translate("Order", "Your discount does not change the price of this line."),
        "price.discount_below_zero": translate("Order", "A discount below zero does not count."),
        "price.unknown_customer": translate("Order", "The customer is not on this device: general prices are used."),
        "price.unknown_free_item": translate("Order", "What a promotion gives away is not on this device: left out."),
        "price.never_verified": translate("Order", "Nothing has proven the prices yet: synchronize first."),
        "price.too_old": translate("Order", "Prices are {hours} h old, the limit is {limit} h: synchronize first."),
    }


def _below_minimum(params: Mapping[str, str]) -> str:
    if params.get("own") == "1":
        return translate("Order", "Below the minimum price of {lowest}: raise your price or lower your discount.")
    return translate("Order", "The price is below the minimum price of {lowest}.")


def _over_limit(params: Mapping[str, str]) -> str:
    if "lowest" in params:
        return translate("Order", "Above your limit of {limit} %: your lowest price is {lowest}.")
    if "most" in params:
        return translate("Order", "Above your limit of {limit} %: you can take off at most {most}.")
    return translate("Order", "The discount is above your limit of {limit} %.")


def _of_limits(params: Mapping[str, str]) -> dict[str, str]:
    """Returns the sentences on quantities, stock, customer and credit (code -> sentence)."""
    drafts = int(params.get("count", 0))
    return {
        "quantity.unusual": translate(
            "Order", "This is more than ten times the most that was ordered of it before, {largest} {base_unit}."
        ),
        "quantity.over_limit": translate(
            "Order", "{quantity} {base_unit} is more than your limit of {limit} {base_unit}."
        ),
        "quantity.large": translate("Order", "{quantity} {of_unit} is an unusual quantity."),
        "stock.not_enough": translate("Order", "Only {available} can be sold."),
        "stock.none": translate("Order", "Nothing of it is left to sell, own unsent orders counted."),
        "customer.no_tax_id": translate(
            "Order", "For the tax class {tax_class} the order needs the customer's tax number: ask for it."
        ),
        "customer.blocked": translate("Order", "The customer is blocked: the office will hold the order back."),
        "credit.limit_exceeded": translate(
            "Order",
            "The credit limit would be exceeded by {over} {currency}: of {limit} are {used} used, {unsent} in your"
            " unsent orders, {this} in this one.",
        ),
        "credit.no_rate": translate(
            "Order",
            "The credit limit of {limit} {currency} cannot be checked: there is no exchange rate between {foreign} and"
            " {currency}.",
        ),
        "credit.overdue": translate("Order", "{amount} {currency} of this customer are overdue."),
        "credit.drafts_exceed": formats.plural(
            "Order", "With your %n other drafts the credit limit is exceeded by {over} {currency}.", drafts
        ),
    }


def added(to: Added) -> str:
    """Returns the message that an item was added to an open order."""
    if to.is_new:
        return translate("Order", "Began a new order for {customer}").format(customer=to.customer)
    return translate("Order", "Added to the new order for {customer}").format(customer=to.customer)


def now_in_it(to: Added) -> str:
    quantity = f"{formats.decimal(to.quantity)}{formats.FIXED}{to.unit}"
    return translate("Order", "{item}: {quantity}").format(item=to.item, quantity=quantity)


def _shown(value: str, currency: str, *, is_money: bool) -> str:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return formats.short_date(datetime.fromisoformat(value))
    if moment_of(value) is not None:
        return formats.day_and_time(value)
    if not _is_number(value):
        return value
    return formats.amount(Decimal(value), currency) if is_money else formats.decimal(Decimal(value))


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text) is not None
