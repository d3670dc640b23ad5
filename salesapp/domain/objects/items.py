"""Items with units, prices, stock and groups."""

from salesapp.domain.schema import ScopeRule, SyncObject, boolean, date, decimal, integer, reference, text, timestamp

PRICE_LEVELS = (
    "item",
    "item_group",
    "customer_item",
    "customer_item_group",
    "customer_class_item",
    "customer_class_item_group",
)

OBJECTS = (
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
)
