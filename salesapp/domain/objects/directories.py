"""Directories: what other objects name by key."""

from salesapp.domain.schema import ScopeRule, SyncObject, boolean, date, decimal, integer, nested, reference, text

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
)
