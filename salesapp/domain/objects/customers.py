"""Customers."""

from salesapp.domain.schema import ScopeRule, SyncObject, decimal, nested, reference, text

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
            nested("addresses"),  # [{kind, name, street, postal_code, city, country, is_default}]
            nested("contact_persons"),  # [{name, position, phone, email, is_default}]
            nested("contacts"),  # [{kind: phone|email|url|fax, value}]
            nested("relationships"),  # [{kind, customer (code)}]
            text("notes"),
        ),
        natural_key=("code",),
        scope=(ScopeRule("representative", "rep"),),
        indexes=(("code",), ("name",), ("tax_id",), ("status",)),
        search=("code", "name", "tax_id", "city"),
    ),
)
