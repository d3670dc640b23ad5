"""Rows of the catalogue as Python has them: from what is stored (scaled integers, JSON) to values by field name."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import msgspec

from salesapp.domain.canonical import Value
from salesapp.domain.nested import MOST_DEPTH, UNREADABLE, is_deep
from salesapp.domain.schema import Field, Kind, SyncObject

CONVERTED = frozenset({Kind.DECIMAL, Kind.BOOLEAN, Kind.JSON})
"""Kinds whose stored form is not their value."""


def python_value(field: Field, value: Any) -> Any:
    """A stored value as Python has it; NULL is None."""
    if field.kind is Kind.JSON:
        return _nested(field, value)
    if value is None:
        return None
    if field.kind is Kind.DECIMAL:
        return scaled(value, field.scale)
    return bool(value) if field.kind is Kind.BOOLEAN else value


def _nested(field: Field, value: Any) -> Any:
    """A nested value in its form; what is no JSON, or too deep to be read, is none that anything can be made of."""
    try:
        found = msgspec.json.decode(value) if isinstance(value, str | bytes) else None
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        found = UNREADABLE
    if isinstance(value, str) and value.count("[") + value.count("{") > MOST_DEPTH and is_deep(found):
        found = UNREADABLE
    return found if field.read is None else field.read(found)


def scaled(value: int, scale: int) -> Decimal:
    """A stored decimal (10 ** scale times its value)."""
    return Decimal(value).scaleb(-scale)


def row_of(entry: SyncObject, id_: int, values: Sequence[Value]) -> dict[str, Any]:
    """A record with its key as "id", and its fields by name; `values` stand in the catalogue's order."""
    row: dict[str, Any] = {"id": id_}
    for field, value in zip(entry.fields, values, strict=True):
        row[field.name] = python_value(field, value) if field.kind in CONVERTED else value
    return row
