"""The areas of the main screen."""

MAIN_OBJECTS = {
    "items": "items.forms",
    "customers": "customers.customers",
    "documents": "auxiliary.documents",
    "promotions": "promotions.headers",
}
"""Area: the object whose rows and age its tile tells, where it tells no more than that."""
