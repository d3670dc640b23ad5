"""Finds the customer that is left after merges, also when the ERP has deleted those that were merged."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from salesapp.domain.canonical import decode_values
from salesapp.domain.merges import survivor_of
from salesapp.domain.objects.customers import Customer
from salesapp.gateway.current_rows import current_row
from salesapp.gateway.tables import superseded


def last_known(connection: Connection, customer: int) -> Customer | None:
    """Returns a customer's row, or its last version if it was deleted lately; None if that is not known any more."""
    found = current_row(connection, Customer, customer)
    if found is not None:
        return found
    versions = select(superseded.c.canonical).where(
        superseded.c.object == Customer.OBJECT.key, superseded.c.id == customer
    )
    text: str | None = connection.execute(versions.order_by(superseded.c.until.desc()).limit(1)).scalar()
    return None if text is None else Customer.read(customer, decode_values(text))


def surviving(connection: Connection, customer: int | None) -> Customer | None:
    """Returns the current row of the customer that is left of one; None if there is none, or no customer was given."""
    if customer is None:
        return None

    def merged_into(key: int) -> int | None:
        row = last_known(connection, key)
        return row.merged_into if row is not None else None

    return current_row(connection, Customer, survivor_of(customer, merged_into))


def followed(connection: Connection, payload: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """Returns a record's payload for the customer that is left, and the name of that one; "" if nobody was merged."""
    field = "owner" if payload.get("owner_kind") == "customer" else "customer"
    customer = payload.get(field)
    left = surviving(connection, customer)
    if left is None or left.id == customer:
        return dict(payload), ""
    return {**payload, field: left.id}, left.name
