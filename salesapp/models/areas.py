"""The areas of the main screen: which lists each opens, and what their rows show."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ListLook:
    """How an object's records are listed: their order, and what a row shows."""

    key: str
    title: str
    below: tuple[str, ...]
    right: str = ""
    order: str = ""

    @property
    def ordered_by(self) -> str:
        """A field with an index, where there are many records."""
        return self.order or self.title


LOOKS: dict[str, tuple[ListLook, ...]] = {
    "items": (
        ListLook("items.forms", "name", ("code", "ean"), "manufacturer"),
        ListLook("items.groups", "name", ("code",)),
    ),
    "customers": (ListLook("customers.customers", "name", ("code", "tax_id"), "status"),),
    "documents": (
        ListLook("documents.numerators", "symbol", ("document_type", "pattern")),
        ListLook("auxiliary.document_states", "erp_number", ("kind", "changed_at"), "state"),
    ),
    "appointments": (
        ListLook("appointments.appointments", "name", ("planned_start", "planned_end"), "state", order="planned_start"),
    ),
    "promotions": (ListLook("promotions.headers", "name", ("code", "valid_from", "valid_to")),),
    "travel": (
        ListLook("directories.vehicles", "name", ("registration", "fuel")),
        ListLook("directories.travel_types", "name", ("code",)),
    ),
}
"""Area of the main screen: the lists that it opens, the first one first."""
