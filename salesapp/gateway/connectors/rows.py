"""Builds source rows from values by field name, in the catalogue's order and in stored form."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from salesapp.clock import timestamp
from salesapp.domain.canonical import Value, canonical_json
from salesapp.domain.catalogue import CATALOGUE
from salesapp.domain.schema import Field, Kind, SyncObject
from salesapp.gateway.connectors.base import SourceRow


def stored(value: Any, field: Field) -> Value:
    """Returns a Python value in stored form. Times must be aware; an integer for a decimal field is already scaled."""
    if value is None:
        return "[]" if field.kind is Kind.JSON else None
    match value:
        case bool() | int():
            stored_value: Value = int(value)
        case Decimal():
            stored_value = int(value.scaleb(field.scale))
        case datetime():
            stored_value = timestamp(value)
        case date():
            stored_value = value.isoformat()
        case list() | tuple() | dict():
            stored_value = canonical_json(value)
        case _:
            stored_value = str(value) or None
    return stored_value


class RowBuilder:
    """Builds rows of one object; omitted fields are NULL, false or an empty list."""

    def __init__(self, entry: SyncObject) -> None:
        self._fields = {field.name: (index, field) for index, field in enumerate(entry.fields)}
        self._blank = tuple(0 if field.kind is Kind.BOOLEAN else stored(None, field) for field in entry.fields)

    def row(self, key: str, /, **values: Any) -> SourceRow:
        """Raises KeyError for an unknown field."""
        return self.changed(SourceRow(key, self._blank), **values)

    def values(self, row: SourceRow) -> dict[str, Value]:
        """Returns the stored values of a row by field name."""
        return {name: row.values[index] for name, (index, _field) in self._fields.items()}

    def changed(self, row: SourceRow, /, **values: Any) -> SourceRow:
        """Returns a copy with some values replaced."""
        cells = list(row.values)
        for name, value in values.items():
            index, field = self._fields[name]
            cells[index] = stored(value, field)
        return SourceRow(row.key, tuple(cells))


def builder(key: str) -> RowBuilder:
    """Returns a builder for an object of the catalogue."""
    return RowBuilder(CATALOGUE.by_key[key])
