"""Documents: the numerators; what is written on the device travels as submissions."""

from salesapp.domain.schema import SyncObject, integer, text

DOCUMENT_TYPES = ("sales_order", "sales_quote")

OBJECTS = (
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
)
