"""Checks what a profile and a customer allow in a document: the device's limits, again at the gateway."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salesapp.domain import credit
from salesapp.domain.objects.auxiliary import Profile
from salesapp.domain.objects.customers import Customer
from salesapp.domain.objects.directories import PaymentForm, PriceList, Warehouse
from salesapp.domain.price_rules.numbers import plain, rounded
from salesapp.domain.price_rules.price_inputs import Rows
from salesapp.domain.pricing import PriceBook, PricedDocument, discount_limit
from salesapp.gateway.flags import Flag
from salesapp.gateway.history import RowsAt
from salesapp.gateway.payloads import Refused
from salesapp.protocol.records import Document


class Amount(NamedTuple):
    """A gross amount in a currency."""

    gross: Decimal
    currency: str


def check_choices(document: Document, rows: RowsAt, book: PriceBook, profile: Profile | None) -> None:
    """Raises Refused for a type, payment form, price list, warehouse, currency or unit that is not allowed."""
    if profile:
        _check_allowed(document, rows, profile)
    if document.currency not in book.currency_by_code:
        raise Refused("submission.unknown_record", "currency")
    for line in document.lines:
        item = book.items.get(line.item)
        if item is not None and book.conversion(item, line.unit) is None:
            unit = line.unit_code or book.unit_codes.get(line.unit, "")
            raise Refused("submission.unit_not_of_item", "lines.unit", line=line.line, item=item.code, unit=unit)


def _check_allowed(document: Document, rows: RowsAt, profile: Profile) -> None:
    """Of the codes that the profile names; without any of a kind all are allowed."""
    if document.type not in profile.allowed_types:
        raise Refused("submission.type_not_allowed", "type", value=document.type)
    form = rows.one(PaymentForm, document.payment_form)
    if form and profile.payment_forms and form.code not in profile.payment_forms:
        raise Refused("submission.payment_form_not_allowed", "payment_form", value=form.name)
    price_list = rows.one(PriceList, document.price_type)
    if price_list and profile.price_types and price_list.code not in profile.price_types:
        raise Refused("submission.price_list_not_allowed", "price_type", value=price_list.name)
    warehouse = rows.one(Warehouse, document.warehouse)
    if warehouse and profile.warehouses and warehouse.code not in profile.warehouses:
        raise Refused("submission.warehouse_not_allowed", "warehouse", value=warehouse.name)


def check_discounts(document: Document, book: PriceBook, profile: str | None) -> None:
    """Raises Refused if a line's own discount and the document's together exceed the profile's or global maximum."""
    limit = discount_limit(book, profile)
    whole = Decimal(document.discount_percent)
    if whole > limit:
        raise Refused("submission.discount_over_limit", "discount_percent", percent=plain(whole), limit=plain(limit))
    for line in document.lines:
        percent = whole + Decimal(line.discount_percent)
        if percent > limit:
            params = {"percent": plain(percent), "limit": plain(limit), "line": line.line}
            raise Refused("submission.discount_over_limit", "lines.discount_percent", **params)


def check_amounts(document: Document, priced: PricedDocument) -> None:
    """Raises Refused if an own price or amount exceeds the limit, at the prices of the document's checkpoint."""
    for warning in priced.warnings:
        if warning.code == "price.discount_over_limit":
            found = {name: warning.params[name] for name in ("percent", "limit") if name in warning.params}
            line = next((line for line in document.lines if line.line == warning.line), None)
            if line is None:
                raise Refused("submission.discount_over_limit", "discount_amount", **found)
            field = "own_price" if line.own_price else "discount_amount"
            raise Refused("submission.discount_over_limit", f"lines.{field}", **found, line=line.line)


def check_minimum_prices(document: Document, priced: PricedDocument, profile: Profile | None) -> Iterator[Flag]:
    """Flags lines below their minimum price; raises Refused for own terms if the profile's rule is "block"."""
    rule = profile.minimum_rule if profile else "warn"
    if rule == "ignore":
        return
    codes = {line.line: line.item_code or str(line.item) for line in document.lines}
    for warning in priced.warnings:
        params = {"line": warning.line, "item": codes.get(warning.line, "")}
        if warning.code == "price.minimum_unknown":
            yield Flag("price.minimum_unknown", params)
        elif warning.code == "price.below_minimum":
            params |= {"lowest": warning.params["lowest"], "currency": document.currency}
            if rule == "block" and warning.params["own"] == "1":
                raise Refused("submission.below_minimum", "lines.unit_price", **params)
            yield Flag("price.below_minimum", params)


def check_address(document: Document, addresses: Iterable[str]) -> None:
    """Raises Refused if the delivery address is not one of the customer's, now or when the document was made."""
    if document.delivery_address and document.delivery_address not in addresses:
        raise Refused("submission.unknown_address", "delivery_address", value=document.delivery_address)


def check_customer(
    document: Document, customer: Customer | None, rule: str, undecided: Iterable[Amount], rows: Rows
) -> Iterator[Flag]:
    """Flags a blocked customer and an exceeded credit limit; raises Refused if the profile's rule is "block".

    Overdue money is only flagged: the tablet warns of it and never blocks.

    `customer` is today's row, `undecided` the amounts of orders that the ERP has not decided; `rows` has the
    currencies.
    """
    if customer is None:
        return
    if customer.status == "blocked":
        if rule == "block" and document.type != "sales_return":
            raise Refused("submission.customer_blocked", "customer", name=customer.name)
        yield Flag("customer.blocked")
    if rule == "ignore" or document.type != "sales_order":
        return
    currency, book = credit.currency_of(customer, rows), PriceBook(rows)
    if customer.overdue is not None and customer.overdue > 0:
        yield Flag("customer.overdue", _amount_of(book, currency, amount=customer.overdue))
    if customer.credit_limit is None:
        return
    day = date.fromisoformat(document.issued_on)
    wanted = (*undecided, Amount(Decimal(document.gross), document.currency))
    asked = [credit.in_currency(book, entry.gross, entry.currency, currency, day) for entry in wanted]
    if None in asked:
        foreign = sorted({entry.currency for entry, amount in zip(wanted, asked, strict=True) if amount is None})
        yield Flag("credit.no_rate", {"currency": currency, "foreign": ", ".join(foreign)})
    known = sum((amount for amount in asked if amount is not None), Decimal())
    over = (customer.credit_used or Decimal()) + known - customer.credit_limit
    if over > 0:
        params = _amount_of(book, currency, over=over)
        if rule == "block":
            raise Refused("submission.credit_exceeded", "customer", **params)
        yield Flag("credit.limit_exceeded", params)


def _amount_of(book: PriceBook, currency: str, **amounts: Decimal) -> dict[str, str]:
    """Returns amounts as parameters of a message, with their currency and its decimals."""
    known = book.currency_by_code.get(currency)
    places = known.places if known else 2
    return {name: f"{rounded(amount, places):f}" for name, amount in amounts.items()} | {"currency": currency}
