"""Auxiliary objects, which travel beside the 26: profile, receipts, customers' documents, own company, targets."""

from salesapp.domain import nested as form
from salesapp.domain.objects.documents import DOCUMENT_TYPES
from salesapp.domain.schema import (
    ScopeRule,
    SyncObject,
    boolean,
    date,
    decimal,
    integer,
    nested,
    reference,
    text,
    timestamp,
)

LINES = form.entries(
    ("item", "quantity"),
    item=form.text,
    unit=form.text,
    quantity=form.number,
    unit_price=form.number,
    net=form.number,
    discount_percent=form.number,
)

OBJECTS = (
    SyncObject(
        "auxiliary.profiles",
        "Profile",
        (
            text("code", required=True),
            text("name", required=True),
            nested("price_types", form.codes),  # codes, in this and the next lists
            nested("warehouses", form.codes),
            nested("payment_forms", form.codes),
            text("default_payment_form"),
            nested("document_types", form.codes),
            decimal("maximum_discount_percent", 4),
            text("stock_rule", required=True, choices=("ignore", "warn", "block")),
            text("credit_rule", required=True, choices=("ignore", "warn", "block")),
            integer("maximum_price_age_hours"),
            text("price_age_rule", required=True, choices=("ignore", "warn", "block")),
            boolean("may_add_customers"),
        ),
        natural_key=("code",),
        scope=(ScopeRule("code", "profile"),),
    ),
    SyncObject(
        "auxiliary.document_states",
        "Document States",
        (
            text("submission"),  # the id that the device gave the record; NULL for a document of the ERP's own
            text("kind", required=True),
            text("state", required=True, choices=("received", "in_erp", "rejected")),
            text("representative"),
            text("erp_number"),
            text("code"),  # of the rejection
            text("field"),
            nested("params", form.mapping),
            text("general_state"),
            text("delivery_state"),
            text("invoice_state"),
            timestamp("changed_at", required=True),
        ),
        natural_key=("submission", "erp_number"),
        scope=(ScopeRule("representative", "rep"),),
        indexes=(("submission",),),
    ),
    SyncObject(
        "auxiliary.documents",
        "Documents",
        (
            text("submission"),  # the id that the device gave it; NULL for a document of the ERP's own
            text("type", required=True, choices=DOCUMENT_TYPES),
            text("number"),  # the device's own
            text("erp_number", required=True),
            reference("customer", "customers.customers", strong=False),
            text("representative"),
            date("issued_on", required=True),
            text("currency", required=True),
            decimal("net", 4, required=True),
            decimal("vat", 4, required=True),
            decimal("gross", 4, required=True),
            text("general_state"),
            text("delivery_state"),
            text("invoice_state"),
            nested("lines", LINES),  # [{item (code), unit (code), quantity, unit_price, net, discount_percent}]
        ),
        natural_key=("erp_number",),
        scope=(ScopeRule("customer"), ScopeRule("representative", "rep")),
        indexes=(
            ("customer",),
            ("issued_on",),
            ("submission",),
            ("erp_number",),
            ("number",),
            ("representative", "type", "issued_on", "currency", "customer", "net", "general_state"),  # all of a report
        ),
    ),
    SyncObject(
        "auxiliary.company",
        "Company",
        (
            text("code", required=True),
            text("name", required=True),
            text("address"),  # in one line
            text("tax_id"),
            text("phone"),
            text("email"),
        ),
        natural_key=("code",),
    ),
    SyncObject(
        "auxiliary.targets",
        "Targets",
        (
            text("representative", required=True),
            date("month", required=True),  # its first day
            decimal("net", 4, required=True),  # to be sold in the month, in the base currency
        ),
        natural_key=("representative", "month"),
        scope=(ScopeRule("representative", "rep"),),
    ),
)
