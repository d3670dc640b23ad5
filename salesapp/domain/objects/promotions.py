"""Promotions: headers with scales, and what they match."""

from salesapp.domain import nested as form
from salesapp.domain.schema import SyncObject, boolean, date, integer, nested, reference, text

OBJECTS = (
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
            nested("customers", form.codes),  # codes; empty together with customer_classes: all
            nested("customer_classes", form.codes),
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
)
