"""Customers."""

from salesapp.domain import nested as form
from salesapp.domain.schema import ScopeRule, SyncObject, decimal, nested, reference, text

ADDRESSES = form.entries(
    **dict.fromkeys(("kind", "name", "street", "postal_code", "city", "country"), form.text), is_default=form.flag
)
PERSONS = form.entries(**dict.fromkeys(("name", "position", "phone", "email"), form.text), is_default=form.flag)
CONTACTS = form.entries(kind=form.text, value=form.text)
RELATIONSHIPS = form.entries(kind=form.text, customer=form.text)

OBJECTS = (
    SyncObject(
        "customers.customers",
        "Customers",
        (
            text("code", required=True),
            text("name", required=True),
            text("tax_id"),
            text("status", required=True, choices=("active", "blocked", "prospect")),
            text("kind", required=True, choices=("company", "person")),
            text("customer_class"),
            text("representative"),
            text("region"),
            text("city"),
            text("phone"),
            text("email"),
            reference("price_type", "directories.price_types", strong=False),
            reference("payment_form", "directories.payment_forms"),
            reference("currency", "directories.currencies"),
            reference("payer", "customers.customers", strong=False),
            decimal("general_discount_percent", 4),
            decimal("credit_limit", 4),
            decimal("credit_used", 4),
            decimal("overdue", 4),
            nested("addresses", ADDRESSES),  # [{kind, name, street, postal_code, city, country, is_default}]
            nested("contact_persons", PERSONS),  # [{name, position, phone, email, is_default}]
            nested("contacts", CONTACTS),  # [{kind: phone|email|url|fax, value}]
            nested("relationships", RELATIONSHIPS),  # [{kind, customer (code)}]
            text("notes"),
        ),
        natural_key=("code",),
        scope=(ScopeRule("representative", "rep"),),
        indexes=(("code",), ("name",), ("tax_id",), ("status",)),
        search=("code", "name", "tax_id", "city"),
    ),
)
