"""Adds an item to a customer's draft order from outside the order screen."""

from dataclasses import dataclass
from decimal import Decimal

from salesapp.protocol.records import Document
from salesapp.services import ordering
from salesapp.services.picking import units_of
from salesapp.store import records
from salesapp.store.account_stores import AccountStores


@dataclass(frozen=True, slots=True)
class Added:
    """The draft with the added item, and the item's quantity in it. `is_new`: the draft was created for it."""

    record: str
    customer: str
    item: str
    quantity: Decimal
    unit: str
    is_new: bool = False


def draft_for(stores: AccountStores, customer: int) -> str:
    """Returns the customer's most recently edited draft order; empty without one."""
    with stores.work.read() as connection:
        for found in records.find_all(connection, Document, "draft"):
            if found.payload.type == "sales_order" and found.payload.customer == customer:
                return found.id
    return ""


def is_draft(stores: AccountStores, record: str) -> bool:
    """Returns whether a record is a draft; not so for one that is gone."""
    with stores.work.read() as connection:
        found = records.find_in(connection, record) if record else None
    return found is not None and found.state == "draft"


def add_item(stores: AccountStores, customer: int, item: int) -> Added | None:
    """Adds one of an item to the customer's draft, or to a new one; returns None if the item is gone.

    The order screen can undo it like any other change.
    """
    units = units_of(stores, item)
    if not units:
        return None
    record = draft_for(stores, customer)
    cart = ordering.resume(stores, record) if record else ordering.begin(stores, "sales_order", customer=customer)
    line = cart.line_of(item)
    unit, quantity = (line.unit, line.quantity + 1) if line else (units[0][0], Decimal(1))
    past = ordering.past_of(stores, record) if record else {}
    steps = {**past, max(past, default=0) + 1: cart}
    order, kept = ordering.keep(stores, cart.with_quantity(item, unit, quantity), record, steps)
    return Added(kept, cart.customer_name, order.names[item], quantity, order.units[unit], is_new=not record)
