"""Returns: takes goods of a customer back, from a document that they were sold with or item by item.

A line from a document has the price that was paid, discounts of the document included, and never more than was sold.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from salesapp.domain.documents import Cart, CartLine
from salesapp.domain.objects.items import Item
from salesapp.domain.price_rules.numbers import CONTEXT, HUNDRED, ZERO, rounded
from salesapp.domain.pricing import PricedLine
from salesapp.protocol.records import Document, DocumentLine
from salesapp.services.ordering import begin, price
from salesapp.store.account_stores import AccountStores

_PRICE_DECIMALS = 2


def begin_return(stores: AccountStores, document: Document, number: str, *, today: date | None = None) -> Cart:
    """Returns a return of everything that a document (its number here or in the ERP) sold, at the prices paid."""
    made = begin(stores, "sales_return", customer=document.customer, new_customer=document.new_customer, today=today)
    known = {item.id for item in stores.catalog.having(Item, "id", {line.item for line in document.lines})}
    sold = [line for line in document.lines if line.item in known]
    lines = tuple(
        CartLine(str(place), line.item, line.unit, abs(Decimal(line.quantity)), returned_from=number)
        for place, line in enumerate(sold, 1)
    )
    cart = replace(made, currency=document.currency, lines=lines)
    priced = price(stores, cart)
    today_by_id = {line.id: line for line in priced.lines}
    return replace(
        cart,
        lines=tuple(
            replace(line, own_price=_paid(former, today_by_id.get(line.id), is_gross=priced.is_gross))
            for line, former in zip(lines, sold, strict=True)
        ),
    )


def _paid(line: DocumentLine, today: PricedLine | None, *, is_gross: bool) -> Decimal:
    """Returns what a unit of a line cost, net or gross as today's price list, in the decimals of its price."""
    net, gross, quantity = Decimal(line.net), Decimal(line.gross), Decimal(line.quantity)
    if gross == net and today is not None:  # a document of the ERP, whose lines have no VAT
        gross = CONTEXT.divide(net * (HUNDRED + today.vat_percent), HUNDRED)
    exponent = Decimal(line.unit_price).as_tuple().exponent
    decimals = max(_PRICE_DECIMALS, -exponent if isinstance(exponent, int) else 0)
    return rounded(CONTEXT.divide(gross if is_gross else net, quantity), decimals) if quantity else ZERO
