"""The areas of the main screen."""

MAIN_OBJECTS = {
    "items": "items.forms",
    "customers": "customers.customers",
    "documents": "auxiliary.documents",
    "promotions": "promotions.headers",
}
"""The object of each area whose tile shows just its count of rows and their age."""
