"""THE 26 OBJECTS AS DATA, in the order of the specification, and the auxiliary objects.

Tables, segments, stages, progress rows, verification, gateway storage, CSV columns and `docs/catalogue.md` follow from
these declarations. A 27th object is one more entry in `objects/`. Amounts and prices have scale 4, quantities 4,
percents 4, conversion factors 6. Nested lists refer to other records by code, which needs no translation of keys.
"""

from dataclasses import dataclass
from functools import cached_property

from salesapp.domain.objects import (
    additional_information,
    appointments,
    attachments,
    auxiliary,
    customers,
    directories,
    documents,
    items,
    promotions,
)
from salesapp.domain.objects.appointments import APPOINTMENT_STATES
from salesapp.domain.objects.attachments import IMAGES, OWNERS
from salesapp.domain.objects.documents import DOCUMENT_TYPES
from salesapp.domain.objects.items import PRICE_LEVELS
from salesapp.domain.schema import Section, SyncObject

__all__ = [
    "APPOINTMENT_STATES",
    "AUXILIARY",
    "CATALOGUE",
    "DOCUMENT_TYPES",
    "IMAGES",
    "OBJECTS",
    "OWNERS",
    "PRICE_LEVELS",
    "SECTIONS",
    "Catalogue",
]

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

OBJECTS: tuple[SyncObject, ...] = (
    *directories.OBJECTS,
    *items.OBJECTS,
    *customers.OBJECTS,
    *appointments.OBJECTS,
    *documents.OBJECTS,
    *promotions.OBJECTS,
    *additional_information.OBJECTS,
    *attachments.OBJECTS,
)

AUXILIARY: tuple[SyncObject, ...] = auxiliary.OBJECTS


@dataclass(frozen=True)
class Catalogue:
    """A set of declared objects, with its orders and look-ups."""

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
        """Returns the objects in declared order, but each after those it references. Raises ValueError on a cycle."""
        ordered: dict[str, SyncObject] = {}

        def visit(entry: SyncObject, path: tuple[str, ...]) -> None:
            if entry.key in path:
                raise ValueError(f"references form a cycle: {' -> '.join((*path, entry.key))}")
            for field in entry.references():
                for key in field.target_keys():
                    if key not in ordered and key != entry.key:
                        visit(self.by_key[key], (*path, entry.key))
            ordered.setdefault(entry.key, entry)

        for entry in self.all:
            if entry.key not in ordered:
                visit(entry, ())
        return tuple(ordered.values())

    @cached_property
    def sections(self) -> tuple[str, ...]:
        """Returns the keys of sections with objects, in the specification's order; other sections come last."""
        found = dict.fromkeys(entry.section for entry in self.objects)
        known = [section.key for section in SECTIONS if section.key in found]
        return (*known, *(key for key in found if key not in known))

    def in_section(self, section: str) -> tuple[SyncObject, ...]:
        return tuple(entry for entry in self.objects if entry.section == section)

    def extended(self, *more: SyncObject) -> "Catalogue":
        """Returns this catalogue with more objects at its end (for tests and future versions)."""
        return Catalogue((*self.objects, *more), self.auxiliary)


CATALOGUE = Catalogue(OBJECTS, AUXILIARY)
