"""Rows of the catalogue as classes: each object is declared as a class, and its rows are instances of it.

    @synchronized("customers.customers", "Customers", natural_key=("code",))
    class Customer(Row):
        code: str = text()
        tax_id: str | None = text()

Annotations are the types in Python: a field that may be None is not required, the values of a `Literal` are its
choices. Dates and times stay ISO texts (YYYY-MM-DD; YYYY-MM-DDTHH:MM:SSZ, UTC), which sort chronologically;
decimals are Decimal, references the primary keys of other rows, nested lists tuples. Tables, segments, hashes, CSV
columns and docs follow from `OBJECT`, the declaration as data.
"""

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, ClassVar, Literal, Self, TypeVar, dataclass_transform, get_args, get_origin, get_type_hints

from salesapp.domain.canonical import Value
from salesapp.domain.entries import entry_class, members, reader_of
from salesapp.domain.nested import UNREADABLE, Reader, decoded
from salesapp.domain.schema import Field, Kind, ScopeRule, SyncObject

Converter = Callable[[Any], Any]
"""Converts a stored value to Python's."""


class Row:
    """A row of an object: its primary key and its fields. Immutable (enforced by mypy)."""

    __slots__ = ()
    OBJECT: ClassVar[SyncObject]
    CONVERTERS: ClassVar[tuple[tuple[int, Converter], ...]]
    """The positions of fields whose stored form differs from Python's, with their converters."""

    id: int

    @classmethod
    def read(cls, id_: int, stored: Iterable[Value]) -> Self:
        """Returns a row from its stored values (scaled integers, 0 and 1, JSON) in the catalogue's order.

        Those of fields that were added later may be missing at the end: they are empty.
        """
        values: list[Any] = cls.OBJECT.whole(stored)
        for place, convert in cls.CONVERTERS:
            values[place] = convert(values[place])
        make: Callable[..., Self] = cls
        return make(id_, *values)

    @classmethod
    def of(cls, id_: int = 0, **values: object) -> Self:
        """Returns a row from Python values by name; other fields get the empty value of their kind.

        Raises TypeError for a name that the object does not have.
        """
        unknown = values.keys() - set(cls.OBJECT.field_names)
        if unknown:
            raise TypeError(f"{cls.OBJECT.key} has no {', '.join(sorted(unknown))}")
        make: Callable[..., Self] = cls
        return make(id_, *(values.get(field.name, _EMPTY.get(field.kind)) for field in cls.OBJECT.fields))


R = TypeVar("R", bound=Row)
_EMPTY: dict[Kind, Any] = {Kind.BOOLEAN: False, Kind.JSON: ()}


def text() -> Any:
    """A text of at most 4,000 characters, never empty. Declare `str` or a `Literal` of its choices."""
    return Field("", Kind.TEXT)


def integer() -> Any:
    """A whole number of 64 bits. Declare `int`."""
    return Field("", Kind.INTEGER)


def boolean() -> Any:
    """Yes or no; an empty cell is no. Declare `bool`."""
    return Field("", Kind.BOOLEAN)


def decimal(scale: int) -> Any:
    """A number with `scale` decimals. Declare `Decimal`."""
    return Field("", Kind.DECIMAL, scale=scale)


def date() -> Any:
    """A local date, YYYY-MM-DD. Declare `str`."""
    return Field("", Kind.DATE)


def timestamp() -> Any:
    """A moment, YYYY-MM-DDTHH:MM:SSZ, UTC. Declare `str`."""
    return Field("", Kind.TIMESTAMP)


def nested(read: Reader | None = None) -> Any:
    """A list or mapping inside the record, stored as canonical JSON; never NULL.

    Declare `tuple[Address, ...]` of an entry class (with `| None` if it is strict), or pass the reader that converts
    any JSON value to the declared type.
    """
    return Field("", Kind.JSON, read=read)


def reference(target: str, *, strong: bool = True, elsewhere: bool = False) -> Any:
    """The primary key of a row of another object. Declare `int`."""
    return Field("", Kind.REFERENCE, target=target, strong=strong, elsewhere=elsewhere)


def owner(selector: str, targets: Mapping[str, str]) -> Any:
    """A reference to a row of the object that the selector's value names. Declare `int`."""
    return Field("", Kind.REFERENCE, selector=selector, targets=tuple(targets.items()))


def added(field: Any) -> Any:
    """A field that came after the first release: `added(text())`, at the end of its class, and never required.

    Programs that do not know it synchronize the object all the same, as long as no row has a value in it.
    """
    return dataclasses.replace(field, added=True)


@dataclass_transform(
    frozen_default=True,
    kw_only_default=True,
    field_specifiers=(text, integer, boolean, decimal, date, timestamp, nested, reference, owner, added),
)
def synchronized(
    key: str,
    label: str,
    *,
    natural_key: tuple[str, ...],
    scope: tuple[ScopeRule, ...] = (),
    indexes: tuple[tuple[str, ...], ...] = (),
    search: tuple[str, ...] = (),
) -> Callable[[type[R]], type[R]]:
    """Declares a synchronized object from the class of its rows; see `SyncObject` for the arguments."""

    def declare(row: type[R]) -> type[R]:
        hints = get_type_hints(row)
        fields = tuple(_declared(name, found, hints[name]) for name, found in _given(row))
        _check_added(key, fields)
        for name in hints.keys() & set(row.__dict__):
            if isinstance(row.__dict__[name], Field):
                delattr(row, name)
        row.__annotations__ = {"id": int, **row.__annotations__}  # the key comes first in each row's constructor
        made: type[R] = dataclasses.dataclass(slots=True)(row)
        made.OBJECT = SyncObject(key, label, fields, natural_key, scope, indexes, search)
        made.CONVERTERS = tuple(
            (place, convert)
            for place, (field, convert) in enumerate((field, _converter(field, hints[field.name])) for field in fields)
            if convert is not None
        )
        return made

    return declare


def _check_added(key: str, fields: tuple[Field, ...]) -> None:
    """Raises TypeError unless added fields come last and may be empty."""
    first = next((place for place, field in enumerate(fields) if field.added), len(fields))
    for field in fields[first:]:
        if not field.added or (field.required and field.empty is None):
            raise TypeError(f"{key}: {field.name} comes after the first release: last, and it may be empty")


def _given(row: type[Row]) -> list[tuple[str, Field]]:
    return [(name, found) for name, found in vars(row).items() if isinstance(found, Field)]


_TYPES: dict[Kind, type] = {Kind.INTEGER: int, Kind.BOOLEAN: bool, Kind.DECIMAL: Decimal, Kind.REFERENCE: int}


def _declared(name: str, field: Field, annotation: Any) -> Field:
    """Returns the field with name, requiredness and choices. Raises TypeError if annotation and kind disagree."""
    (one,) = members(annotation)
    choices = get_args(one) if get_origin(one) is Literal else ()
    if field.kind is not Kind.JSON and not choices and one is not _TYPES.get(field.kind, str):
        raise TypeError(f"{name} is {field.kind}, and declared as {annotation}")
    required = field.kind is Kind.JSON or members(annotation) == (annotation,)
    return dataclasses.replace(field, name=name, required=required, choices=choices, entry=entry_class(annotation))


def _converter(field: Field, annotation: Any) -> Converter | None:
    """Returns the converter of a field's stored value; None if none is needed."""
    if field.kind is Kind.JSON:
        read = field.read if field.entry is None else reader_of(annotation)
        return lambda value: _nested(value, read)
    if field.kind is Kind.DECIMAL:
        return lambda value: None if value is None else scaled(value, field.scale)
    if field.kind is Kind.BOOLEAN:
        return bool
    return None


def _nested(value: Any, read: Reader | None) -> Any:
    """Decodes a nested value."""
    found = decoded(value)
    return found if read is None else read(found)


def scaled(value: int, scale: int) -> Decimal:
    """Returns the value of a stored decimal (an integer scaled by 10 ** scale)."""
    return Decimal(value).scaleb(-scale)


def objects_of(*rows: type[Row]) -> tuple[SyncObject, ...]:
    """Returns the declarations of these classes."""
    return tuple(row.OBJECT for row in rows)


def value_of(field: Field, stored: Any) -> Any:
    """Converts a stored value without the row's class; nested values become plain JSON."""
    if field.kind is Kind.JSON:
        found = decoded(stored)
        return None if found == UNREADABLE else found
    if stored is None:
        return None
    if field.kind is Kind.DECIMAL:
        return scaled(stored, field.scale)
    return bool(stored) if field.kind is Kind.BOOLEAN else stored
