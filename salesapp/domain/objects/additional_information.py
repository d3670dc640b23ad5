"""Attributes of items and customers."""

from typing import Literal

from salesapp.domain.nested import texts
from salesapp.domain.objects.attachments import OWNERS, OwnerKind
from salesapp.domain.rows import Row, integer, nested, objects_of, owner, reference, synchronized, text
from salesapp.domain.schema import ScopeRule


@synchronized("additional_information.attribute_definitions", "Attributes Definitions", natural_key=("code",))
class AttributeDefinition(Row):
    """An attribute that items or customers may have; `options` of a selection."""

    code: str = text()
    name: str = text()
    kind: Literal["text", "url", "decimal", "selection", "date"] = text()
    owner_kind: OwnerKind = text()
    options: tuple[str, ...] = nested(texts)
    position: int = integer()


@synchronized(
    "additional_information.attribute_values",
    "Attributes Values",
    natural_key=("definition", "owner_kind", "owner"),
    scope=(ScopeRule("owner"),),
    indexes=(("owner_kind", "owner"),),
)
class AttributeValue(Row):
    """The value of an attribute for an item or a customer."""

    definition: int = reference("additional_information.attribute_definitions")
    owner_kind: OwnerKind = text()
    owner: int = owner("owner_kind", OWNERS)
    value: str = text()


OBJECTS = objects_of(AttributeDefinition, AttributeValue)
