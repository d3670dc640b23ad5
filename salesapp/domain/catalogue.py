"""THE 26 OBJECTS AS DATA, in the order of the specification, and the auxiliary objects that travel beside them.

Tables, segments, stages, progress rows, verification, gateway storage, CSV columns and `docs/catalogue.md` follow from
these declarations. A 27th object is one more entry here. Amounts and prices have scale 4, quantities 4, percents 4,
conversion factors 6. Nested lists name other records by code, so that they need no translation of keys.
"""

from dataclasses import dataclass
from functools import cached_property

from salesapp.domain.schema import (
    ScopeRule,
    Section,
    SyncObject,
    boolean,
    date,
    decimal,
    integer,
    nested,
    owner,
    reference,
    text,
    timestamp,
)

SECTIONS = (
    Section("directories", "Directories"),
    Section("items", "Items"),
    Section("customers", "Customers"),
    Section("appointments", "Appointments"),
    Section("documents", "Documents"),
    Section("promotions", "Promotions"),
    Section("additional_information", "Additional Information"),
    Section("attachments", "Attachments"),
)

PRICE_LEVELS = (
    "item",
    "item_group",
    "customer_item",
    "customer_item_group",
    "customer_class_item",
    "customer_class_item_group",
)
APPOINTMENT_STATES = (
    "unconfirmed",
    "confirmed",
    "pending",
    "suspended",
    "completed",
    "rejected",
    "canceled",
)
DOCUMENT_TYPES = ("sales_order", "sales_quote")
OWNERS = {"item": "items.forms", "customer": "customers.customers"}
IMAGES = "attachments.images"

OBJECTS = (
    SyncObject(
        "directories.units",
        "Units",
        (
            text("code", required=True),
            text("name", required=True),
            integer("decimals", required=True),
            text("kind", required=True, choices=("quantity", "weight", "volume", "length", "time")),
        ),
        natural_key=("code",),
    ),
    SyncObject(
        "directories.warehouses",
        "Warehouses",
        (
            text("code", required=True),
            text("name", required=True),
            text("kind", required=True, choices=("local", "remote")),
            boolean("is_default"),
            text("address"),
        ),
        natural_key=("code",),
        scope=(ScopeRule("code", "warehouse"),),
    ),
    SyncObject(
        "directories.price_types",
        "Price Types",
        (
            text("code", required=True),
            text("name", required=True),
            boolean("is_gross"),
            reference("currency", "directories.currencies", required=True),
            integer("priority", required=True),
            integer("decimals", required=True),
            boolean("is_default"),
            date("valid_from"),
            date("valid_to"),
        ),
        natural_key=("code",),
        scope=(ScopeRule("code", "price_list"),),
    ),
    SyncObject(
        "directories.vat_rates",
        "VAT Rates",
        (
            text("code", required=True),
            text("name", required=True),
            decimal("percent", 4, required=True),
            boolean("is_exempt"),
            text("country"),
            date("valid_from"),
            date("valid_to"),
        ),
        natural_key=("code",),
    ),
    SyncObject(
        "directories.payment_forms",
        "Payment Forms",
        (
            text("code", required=True),
            text("name", required=True),
            text("kind", required=True, choices=("cash", "transfer", "card", "other")),
            integer("due_days", required=True),
            boolean("is_default"),
        ),
        natural_key=("code",),
    ),
    SyncObject(
        "directories.vehicles",
        "Vehicles",
        (
            text("registration", required=True),
            text("name", required=True),
            text("fuel", choices=("petrol", "diesel", "lpg", "hybrid", "electric")),
            integer("last_odometer_km"),
            text("representative"),
            boolean("is_active"),
        ),
        natural_key=("registration",),
        scope=(ScopeRule("representative", "rep"),),
    ),
    SyncObject(
        "directories.travel_types",
        "Travel Types",
        (
            text("code", required=True),
            text("name", required=True),
            boolean("is_private"),
            decimal("rate_per_km", 4),
            reference("currency", "directories.currencies"),
        ),
        natural_key=("code",),
    ),
    SyncObject(
        "directories.currencies",
        "Currencies",
        (
            text("code", required=True),
            text("name", required=True),
            text("symbol"),
            integer("decimals", required=True),
            boolean("is_base"),
            nested("rates"),  # [{"date": "2026-03-01", "rate": "4.2512"}], units of base currency for one unit
        ),
        natural_key=("code",),
    ),
    SyncObject(
        "directories.price_discount_types",
        "Types of Prices and Discounts",
        (
            text("code", required=True),
            text("name", required=True),
            text("kind", required=True, choices=("discount", "surcharge", "replacement_price")),
            text("value_kind", required=True, choices=("percent", "amount")),
            boolean("discountable"),
            boolean("on_base"),
            boolean("only_once"),
        ),
        natural_key=("code",),
    ),
    SyncObject(
        "directories.global_price_configuration",
        "Global Price Configuration",
        (
            text("name", required=True),
            text("value", required=True),  # level.<one of PRICE_LEVELS>: priority 1 to 6; combination; vat_on; ...
        ),
        natural_key=("name",),
    ),
    SyncObject(
        "items.forms",
        "Forms",
        (
            text("code", required=True),
            text("name", required=True),
            text("ean"),
            text("kind", required=True, choices=("goods", "service", "set", "packaging")),
            reference("vat_rate", "directories.vat_rates"),
            text("tax_class"),
            reference("base_unit", "directories.units", required=True),
            reference("sales_unit", "directories.units", required=True),
            decimal("net_weight_kg", 4),
            decimal("gross_weight_kg", 4),
            text("manufacturer"),
            text("description"),
            boolean("is_new"),
            boolean("is_bestseller"),
            boolean("has_free_shipping"),
            boolean("is_active"),
        ),
        natural_key=("code",),
        indexes=(("code",), ("name",), ("ean",)),
        search=("code", "name", "ean"),
    ),
    SyncObject(
        "items.units",
        "Units",
        (
            reference("item", "items.forms", required=True),
            reference("unit", "directories.units", required=True),
            decimal("numerator", 6, required=True),  # base units = quantity x numerator / denominator
            decimal("denominator", 6, required=True),
            text("ean"),
            decimal("gross_weight_kg", 4),
            boolean("is_default_sales"),
            boolean("is_allowed"),
        ),
        natural_key=("item", "unit"),
        indexes=(("item",), ("ean",)),
    ),
    SyncObject(
        "items.prices",
        "Prices",
        (
            reference("item", "items.forms"),
            reference("item_group", "items.groups"),
            reference("price_type", "directories.price_types"),
            reference("discount_type", "directories.price_discount_types"),  # set: a component, not a list price
            text("level", choices=PRICE_LEVELS),
            reference("customer", "customers.customers"),
            text("customer_class"),
            decimal("value", 4, required=True),
            reference("unit", "directories.units"),
            decimal("minimum_quantity", 4, required=True),
            date("valid_from"),
            date("valid_to"),
        ),
        natural_key=("item", "price_type", "unit", "minimum_quantity", "valid_from"),
        scope=(ScopeRule("customer"), ScopeRule("price_type")),
        indexes=(("item", "price_type"), ("item_group",), ("customer",)),
    ),
    SyncObject(
        "items.resources",
        "Resources",
        (
            reference("item", "items.forms", required=True),
            reference("warehouse", "directories.warehouses", required=True),
            decimal("quantity", 4, required=True),
            timestamp("as_of"),
        ),
        natural_key=("item", "warehouse"),
        scope=(ScopeRule("warehouse"),),
        indexes=(("item",),),
    ),
    SyncObject(
        "items.groups",
        "Groups",
        (
            text("code", required=True),
            text("name", required=True),
            reference("parent", "items.groups"),
            integer("position", required=True),
        ),
        natural_key=("code",),
        indexes=(("parent",),),
    ),
    SyncObject(
        "items.group_links",
        "Groups Links",
        (
            reference("item", "items.forms", required=True),
            reference("item_group", "items.groups", required=True),
        ),
        natural_key=("item", "item_group"),
        indexes=(("item",), ("item_group",)),
    ),
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
        indexes=(("code",), ("name",), ("tax_id",)),
        search=("code", "name", "tax_id", "city"),
    ),
    SyncObject(
        "appointments.types",
        "Appointment Types",
        (text("code", required=True), text("name", required=True), text("color")),
        natural_key=("code",),
    ),
    SyncObject(
        "appointments.templates",
        "Appointment Templates",
        (
            text("code", required=True),
            text("name", required=True),
            reference("appointment_type", "appointments.types", required=True),
            integer("duration_minutes"),
            boolean("is_full_day"),
            boolean("is_active"),
            nested("elements"),  # [{kind: questionnaire|document|travel|photo|note, name, required, ...}]
            nested("representatives"),  # codes; empty: everyone
        ),
        natural_key=("code",),
    ),
    SyncObject(
        "appointments.appointments",
        "Appointments",
        (
            text("submission"),  # the id that the device gave it; NULL: planned in the office
            text("name", required=True),
            reference("appointment_type", "appointments.types", required=True),
            reference("template", "appointments.templates", strong=False),
            reference("customer", "customers.customers", strong=False),  # a substitute visits another's customer
            text("representative", required=True),
            text("supervisor"),
            timestamp("planned_start", required=True),
            timestamp("planned_end"),
            timestamp("actual_start"),
            timestamp("actual_end"),
            boolean("is_full_day"),
            text("state", required=True, choices=APPOINTMENT_STATES),
            text("reason"),
            text("description"),
            nested("elements"),  # results: [{kind, name, state, reason, answers}]
        ),
        natural_key=("name", "planned_start", "representative"),
        scope=(ScopeRule("representative", "rep"),),
        indexes=(("planned_start",), ("customer",)),
    ),
    SyncObject(
        "documents.numerators",
        "Numerators",
        (
            text("document_type", required=True, choices=DOCUMENT_TYPES),
            text("symbol", required=True),
            text("pattern", required=True),  # "{symbol}-{number}/{month}/{year}/{series}"
            text("period", required=True, choices=("month", "year", "none")),
            integer("first_number", required=True),
        ),
        natural_key=("document_type",),
    ),
    SyncObject(
        "promotions.headers",
        "Headers",
        (
            text("code", required=True),
            text("name", required=True),
            text("kind", required=True, choices=("percent", "amount", "fixed_price", "free_goods")),
            integer("priority", required=True),
            date("valid_from"),
            date("valid_to"),
            boolean("combines"),
            text("threshold", required=True, choices=("quantity", "value")),
            nested("scales"),  # [{"from": "10", "value": "5"}]; free goods: {"from", "per", "free", "item" (code)}
            nested("customers"),  # codes; empty together with customer_classes: all
            nested("customer_classes"),
            reference("currency", "directories.currencies"),
        ),
        natural_key=("code",),
    ),
    SyncObject(
        "promotions.items",
        "Items",
        (
            reference("promotion", "promotions.headers", required=True),
            reference("item", "items.forms"),
            reference("item_group", "items.groups"),
        ),
        natural_key=("promotion", "item", "item_group"),
        indexes=(("promotion",), ("item",), ("item_group",)),
    ),
    SyncObject(
        "additional_information.attribute_definitions",
        "Attributes Definitions",
        (
            text("code", required=True),
            text("name", required=True),
            text("kind", required=True, choices=("text", "url", "decimal", "selection", "date")),
            text("owner_kind", required=True, choices=tuple(OWNERS)),
            nested("options"),  # of a selection: ["A", "B"]
            integer("position", required=True),
        ),
        natural_key=("code",),
    ),
    SyncObject(
        "additional_information.attribute_values",
        "Attributes Values",
        (
            reference("definition", "additional_information.attribute_definitions", required=True),
            text("owner_kind", required=True, choices=tuple(OWNERS)),
            owner("owner", "owner_kind", OWNERS),
            text("value", required=True),
        ),
        natural_key=("definition", "owner_kind", "owner"),
        scope=(ScopeRule("owner"),),
        indexes=(("owner_kind", "owner"),),
    ),
    SyncObject(
        IMAGES,
        "Images",
        (
            text("owner_kind", required=True, choices=tuple(OWNERS)),
            owner("owner", "owner_kind", OWNERS),
            text("file_name", required=True),
            text("media_type", required=True),
            integer("size", required=True),  # bytes
            text("sha256", required=True),  # of the file's content, 64 hexadecimal characters
            boolean("is_default"),
            text("description"),
            boolean("upload_to_erp"),
        ),
        natural_key=("owner_kind", "owner", "file_name"),
        scope=(ScopeRule("owner"),),
        indexes=(("owner_kind", "owner"), ("sha256",)),
    ),
)

AUXILIARY = (
    SyncObject(
        "auxiliary.profiles",
        "Profile",
        (
            text("code", required=True),
            text("name", required=True),
            nested("price_types"),  # codes, in this and the next lists
            nested("warehouses"),
            nested("payment_forms"),
            text("default_payment_form"),
            nested("document_types"),
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
            nested("params"),
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
            nested("lines"),  # [{item (code), unit (code), quantity, unit_price, net, discount_percent}]
        ),
        natural_key=("erp_number",),
        scope=(ScopeRule("customer"), ScopeRule("representative", "rep")),
        indexes=(("customer",), ("issued_on",), ("submission",)),
    ),
)


@dataclass(frozen=True)
class Catalogue:
    """A set of declared objects, with the orders and look-ups that follow from it."""

    objects: tuple[SyncObject, ...]
    auxiliary: tuple[SyncObject, ...]

    @cached_property
    def all(self) -> tuple[SyncObject, ...]:
        return self.objects + self.auxiliary

    @cached_property
    def by_key(self) -> dict[str, SyncObject]:
        return {entry.key: entry for entry in self.all}

    @cached_property
    def parents_first(self) -> tuple[SyncObject, ...]:
        """Every object after all objects that it references (itself left out), otherwise in declared order."""
        ordered: dict[str, SyncObject] = {}

        def visit(entry: SyncObject, path: tuple[str, ...]) -> None:
            if entry.key in path:
                raise ValueError(f"references go in a circle: {' -> '.join((*path, entry.key))}")
            for field in entry.references():
                for key in field.target_keys():
                    if key not in ordered and key != entry.key:
                        visit(self.by_key[key], (*path, entry.key))
            ordered.setdefault(entry.key, entry)

        for entry in self.all:
            if entry.key not in ordered:
                visit(entry, ())
        return tuple(ordered.values())

    def in_section(self, section: str) -> tuple[SyncObject, ...]:
        return tuple(entry for entry in self.objects if entry.section == section)

    def extended(self, *more: SyncObject) -> "Catalogue":
        """This catalogue with more objects at its end (for tests and future versions)."""
        return Catalogue((*self.objects, *more), self.auxiliary)


CATALOGUE = Catalogue(OBJECTS, AUXILIARY)
