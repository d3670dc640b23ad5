"""Attributes of items and customers."""

from salesapp.domain import nested as form
from salesapp.domain.objects.attachments import OWNERS
from salesapp.domain.schema import ScopeRule, SyncObject, integer, nested, owner, reference, text

OBJECTS = (
    SyncObject(
        "additional_information.attribute_definitions",
        "Attributes Definitions",
        (
            text("code", required=True),
            text("name", required=True),
            text("kind", required=True, choices=("text", "url", "decimal", "selection", "date")),
            text("owner_kind", required=True, choices=tuple(OWNERS)),
            nested("options", form.texts),  # of a selection: ["A", "B"]
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
)
