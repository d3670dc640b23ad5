"""Checks with today's data what was chosen for an order earlier, which the office may have withdrawn since.

docs/office-changes.md has the table of these problems.
"""

from collections.abc import Iterable
from datetime import date

from salesapp import clock
from salesapp.domain.addresses import in_one_line
from salesapp.domain.documents import Cart
from salesapp.domain.merges import survivor_of
from salesapp.domain.objects.customers import Customer
from salesapp.domain.objects.directories import PaymentForm, PriceList, Warehouse
from salesapp.domain.objects.items import Item, ItemUnit
from salesapp.protocol.forms import one_line
from salesapp.services import documents
from salesapp.services.order_checks import Problem
from salesapp.services.price_rows import directory, profile_of
from salesapp.store.account_stores import AccountStores
from salesapp.store.clock_gap import known_clocks

_SELLING = frozenset({"sales_order", "sales_quote"})
"""The kinds of documents that sell: nothing else needs an item that is still sold, or a delivery to come."""


def choice_problems(stores: AccountStores, cart: Cart) -> Iterable[Problem]:
    """Yields a problem for each choice of the cart that could not be made today."""
    customer = stores.catalog.one(Customer, cart.customer)
    yield from _customer_problems(stores, cart, customer)
    if cart.type in _SELLING:
        yield from _line_problems(stores, cart)
    yield from _head_problems(stores, cart)
    yield from _address_problems(stores, cart, customer)
    yield from _date_problems(cart, clock.today())
    yield from _clock_problems(stores)


def _customer_problems(stores: AccountStores, cart: Cart, customer: Customer | None) -> Iterable[Problem]:
    if cart.customer is not None and customer is None:
        yield Problem("customer.gone", blocks=True, params=(("name", cart.customer_name),))
    elif customer is not None and customer.merged_into is not None:
        left = left_of(stores, customer)
        if left is None:
            yield Problem("customer.merged_away", blocks=True, params=(("name", customer.name),))
        elif left.id != customer.id:
            yield Problem("customer.merged", blocks=True, params=(("name", customer.name), ("into", left.name)))


def left_of(stores: AccountStores, customer: Customer) -> Customer | None:
    """Returns the customer that is left after merges; None if that one is not on the device."""

    def merged_into(key: int) -> int | None:
        row = stores.catalog.one(Customer, key)
        return row.merged_into if row is not None else None

    return stores.catalog.one(Customer, survivor_of(customer.id, merged_into))


def _line_problems(stores: AccountStores, cart: Cart) -> Iterable[Problem]:
    """Yields items and units that are no longer sold; pricing reports those that are not on the device at all.

    What is no longer sold can still come back.
    """
    if cart.type == "sales_return":
        return
    keys = {line.item for line in cart.lines}
    items = {item.id: item for item in stores.catalog.having(Item, "id", keys)}
    units = stores.catalog.having(ItemUnit, "item", keys)
    withdrawn = {(row.item, row.unit) for row in units if not row.is_allowed}
    for line in cart.lines:
        item = items.get(line.item)
        if item is None:
            continue
        if not item.is_active:
            yield Problem("item.not_sold", blocks=True, line=line.id)
        elif (line.item, line.unit) in withdrawn and line.unit != item.sales_unit:
            yield Problem("unit.not_sold", blocks=True, line=line.id)


def _head_problems(stores: AccountStores, cart: Cart) -> Iterable[Problem]:
    """Yields choices of the document's header that the office or the profile does not offer any more."""
    profile = profile_of(stores.catalog)
    forms = {form.id: form.code for form in stores.catalog.all(PaymentForm)}
    homes = {home.id: home.code for home in stores.catalog.all(Warehouse)}
    lists = {found.id: found.code for found in directory(stores.catalog, PriceList)}
    for code, chosen, known, allowed in (
        ("payment_form.gone", cart.payment_form, forms, profile.payment_forms if profile else ()),
        ("warehouse.gone", cart.warehouse, homes, profile.warehouses if profile else ()),
        ("price_list.gone", cart.price_type, lists, ()),
    ):
        if chosen is not None and (chosen not in known or (allowed and known[chosen] not in allowed)):
            yield Problem(code, blocks=True)


def _address_problems(stores: AccountStores, cart: Cart, customer: Customer | None) -> Iterable[Problem]:
    """Yields a delivery address that the customer no longer has, which the gateway would refuse."""
    if not cart.delivery_address:
        return
    new = documents.new_customer(stores.work, cart.new_customer) if cart.new_customer else None
    whose = customer or new
    known = {one_line(in_one_line(address)) for address in whose.addresses} if whose else None
    if known is not None and one_line(cart.delivery_address) not in known:
        yield Problem("address.gone", blocks=True)


def _date_problems(cart: Cart, today: date) -> Iterable[Problem]:
    """Yields a delivery before today, and the date that a document keeps with its number."""
    delivery = cart.on(today).delivery_on
    if cart.type in _SELLING and delivery and delivery < today.isoformat():
        yield Problem("delivery.past", blocks=True, params=(("day", delivery),))
    if cart.number and cart.issued_on != today.isoformat():
        yield Problem("date.kept", blocks=False, params=(("day", cart.issued_on),))


def _clock_problems(stores: AccountStores) -> Iterable[Problem]:
    """Yields a clock that differs from the gateway's, from which dates, prices and promotions follow."""
    known = known_clocks(stores.work)
    clocks = known.at(clock.now()) if known else None
    if clocks is not None:
        moments = (("here", clock.timestamp(clocks.here)), ("there", clock.timestamp(clocks.there)))
        yield Problem("clock.off", blocks=False, params=moments)
