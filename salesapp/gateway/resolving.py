"""Resolves a row: finds primary keys for references, and its scope, or the reason to set it aside."""

from dataclasses import dataclass
from typing import NamedTuple, Protocol

from salesapp.domain.canonical import Value
from salesapp.domain.schema import EVERYONE, Field, Kind, SyncObject
from salesapp.protocol.limits import MAX_NESTED_CHARACTERS, MAX_TEXT_CHARACTERS


class Found(NamedTuple):
    """A live row: its primary key and the number of its scope."""

    id: int
    scope: int


class Known(Protocol):
    """The live rows that references can point to."""

    def find(self, key: str, reference: Value) -> Found | None:
        """Returns a row of an object by its ERP key (text) or its primary key (integer)."""
        ...

    def scope(self, name: str) -> int:
        """Returns the number of a scope."""
        ...


class Resolved(NamedTuple):
    """A row's values with primary keys as references, and its scope."""

    values: list[Value]
    scope: int


class SetAside(NamedTuple):
    """Why a row is not published."""

    field: str
    parent_object: str
    parent_key: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Reference:
    index: int
    field: Field
    selector: int  # index of the selector's field, or -1

    def target(self, values: list[Value]) -> str:
        if self.selector < 0:
            return self.field.target
        return dict(self.field.targets).get(str(values[self.selector]), "")


class Resolver:
    """Resolves rows of one object."""

    def __init__(self, entry: SyncObject, known: Known) -> None:
        names = entry.field_names
        self._known = known
        self._references = [
            _Reference(index, field, names.index(field.selector) if field.selector else -1)
            for index, field in enumerate(entry.fields)
            if field.kind is Kind.REFERENCE
        ]
        self._texts = [
            (index, field, MAX_NESTED_CHARACTERS if field.kind is Kind.JSON else MAX_TEXT_CHARACTERS)
            for index, field in enumerate(entry.fields)
            if field.sql_type == "TEXT"
        ]
        self._rules = [(names.index(rule.field), rule.prefix) for rule in entry.scope]
        self._everyone = known.scope(EVERYONE)

    def resolve(self, source: tuple[Value, ...]) -> Resolved | SetAside:
        """Resolves a row. A broken weak reference becomes NULL; a broken strong one, or a long text, sets it aside."""
        for index, field, longest in self._texts:
            if isinstance(text := source[index], str) and len(text) > longest:
                return SetAside(field.name, "", "", "long")
        values = list(source)
        parents: dict[int, Found] = {}
        for reference in self._references:
            value = values[reference.index]
            if value is None:
                continue
            target = reference.target(values)
            found = self._known.find(target, value)
            if found is None and reference.field.strong:
                return SetAside(reference.field.name, target, str(value), "missing")
            values[reference.index] = found.id if found else None
            if found:
                parents[reference.index] = found
        scope = self._scope(values, parents)
        for reference in self._references:
            parent = parents.get(reference.index)
            is_bound = reference.field.strong and not reference.field.elsewhere
            if parent and is_bound and parent.scope not in (scope, self._everyone):
                key = str(source[reference.index])
                return SetAside(reference.field.name, reference.target(values), key, "scope")
        return Resolved(values, scope)

    def _scope(self, values: list[Value], parents: dict[int, Found]) -> int:
        for index, prefix in self._rules:
            if prefix and values[index] is not None:
                return self._known.scope(f"{prefix}:{values[index]}")
            if not prefix and index in parents:
                return parents[index].scope
        return self._everyone
