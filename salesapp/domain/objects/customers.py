"""Customers."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from salesapp.domain.entries import Entry
from salesapp.domain.objects.directories import TaxClass
from salesapp.domain.rows import Row, added, decimal, nested, objects_of, reference, synchronized, text
from salesapp.domain.schema import ScopeRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Address(Entry):
    """An address of a customer; the company's own is of the kind "main"."""

    kind: str = ""
    name: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = ""
    is_default: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPerson(Entry):
    """A person at a customer."""

    name: str = ""
    position: str = ""
    phone: str = ""
    email: str = ""
    is_default: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Entry):
    """A way to reach a customer: `kind` is phone, email, url or fax."""

    kind: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship(Entry):
    """A relationship to another customer, given by code."""

    kind: str = ""
    customer: str = ""


@synchronized(
    "customers.customers",
    "Customers",
    natural_key=("code",),
    scope=(ScopeRule("representative", "rep"),),
    indexes=(("code",), ("name",), ("tax_id",), ("status",)),
    search=("code", "name", "tax_id", "city"),
)
class Customer(Row):
    """A customer: a company or person that buys. `merged_into`: the customer whose orders are now also this one's."""

    code: str = text()
    name: str = text()
    tax_id: str | None = text()
    status: Literal["active", "blocked", "prospect"] = text()
    kind: Literal["company", "person"] = text()
    customer_class: str | None = text()
    representative: str | None = text()
    region: str | None = text()
    city: str | None = text()
    phone: str | None = text()
    email: str | None = text()
    price_type: int | None = reference("directories.price_types", strong=False)
    payment_form: int | None = reference("directories.payment_forms")
    currency: int | None = reference("directories.currencies")
    payer: int | None = reference("customers.customers", strong=False)
    general_discount_percent: Decimal | None = decimal(4)
    credit_limit: Decimal | None = decimal(4)
    credit_used: Decimal | None = decimal(4)
    overdue: Decimal | None = decimal(4)
    addresses: tuple[Address, ...] = nested()
    contact_persons: tuple[ContactPerson, ...] = nested()
    contacts: tuple[Contact, ...] = nested()
    relationships: tuple[Relationship, ...] = nested()
    notes: str | None = text()
    merged_into: int | None = added(reference("customers.customers", strong=False))
    tax_class: TaxClass | None = added(text())


OBJECTS = objects_of(Customer)
