"""Nested lists as classes: entries of a JSON list, read leniently whatever an ERP wrote.

An entry class is a frozen dataclass derived from `Entry`. Annotations define how parts are read, defaults which parts
may be missing. `docs/catalogue.md` lists the parts, and an import checks them.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, ClassVar, Literal, NamedTuple, Self, TypeVar, Union, get_args, get_origin, get_type_hints

from salesapp.domain import nested
from salesapp.domain.canonical import Value
from salesapp.domain.nested import Reader


class Entry:
    """One mapping of a nested list.

    In a `strict` list, one unreadable entry makes the whole list unreadable, because its meaning depends on every
    entry. Other lists skip such entries, or end with `unreadable` in their place.
    """

    __slots__ = ()
    strict: ClassVar[bool] = False

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Self | None:
        """Returns the entry, or None if a required part is missing or (in a strict class) a part is unreadable."""
        values: dict[str, Any] = {}
        for part in parts_of(cls):
            found = given.get(part.key)
            value = None if found is None else part.read(found)
            if value is not None:
                values[part.name] = value
            elif part.is_needed or (cls.strict and found is not None):
                return None
        return cls(**values)

    @classmethod
    def unreadable(cls) -> Self | None:
        """Returns the entry appended to a list in place of unreadable ones; None to skip them."""
        return None


E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, slots=True)
class Part:
    """A key of the mappings of an entry class, and the attribute that holds its value."""

    key: str
    name: str
    read: Reader
    is_needed: bool
    form: str
    """Text, decimal, day, yes/no, whole number, choice, list of texts, list (of entries) or mapping."""
    choices: tuple[str, ...]
    entry: type[Entry] | None
    """The class of the entries, if the part is a list of mappings."""


def key(name: str) -> dict[str, str]:
    """Returns metadata for a part whose key is no Python name: `start: Decimal = field(metadata=key("from"))`."""
    return {"key": name}


def parts_of(kind: type[Entry]) -> tuple[Part, ...]:
    """Returns the parts of an entry class, in declared order."""
    if kind not in _parts:
        _parts[kind] = _read_parts(kind)
    return _parts[kind]


_parts: dict[type[Entry], tuple[Part, ...]] = {}


def _read_parts(kind: type[Entry]) -> tuple[Part, ...]:
    hints = get_type_hints(kind)
    declared: Any = kind
    return tuple(
        Part(
            one.metadata.get("key", one.name),
            one.name,
            reader_of(hints[one.name]),
            one.default is MISSING and one.default_factory is MISSING,
            form_of(hints[one.name]),
            choices_of(hints[one.name]),
            entry_class(hints[one.name]),
        )
        for one in fields(declared)
    )


def read_entries(kind: type[E], value: Any) -> tuple[E, ...] | None:
    """Returns the entries of any JSON value; null is an empty list. Returns None for an unreadable strict list."""
    given, are_mappings = nested.mappings(value)
    found = [kind.read(one) for one in given]
    is_whole = are_mappings and None not in found
    if kind.strict and not is_whole:
        return None
    stand_in = None if is_whole else kind.unreadable()
    return tuple(entry for entry in (*found, stand_in) if entry is not None)


def stored_entries(kind: type[E], stored: Value) -> tuple[E, ...] | None:
    """Returns the entries of a stored nested value; invalid JSON counts as a value of the wrong form."""
    return read_entries(kind, nested.decoded(stored))


def entry_class(annotation: Any) -> type[Entry] | None:
    """Returns the entry class of an annotation like `tuple[Address, ...]`; None for other annotations."""
    for one in members(annotation):
        inner = get_args(one)[0] if get_origin(one) is tuple else None
        if isinstance(inner, type) and issubclass(inner, Entry):
            return inner
    return None


def members(annotation: Any) -> tuple[Any, ...]:
    """Returns the types of a union without None; any other annotation as the only member."""
    found = get_args(annotation) if get_origin(annotation) in {UnionType, Union} else (annotation,)
    return tuple(one for one in found if one is not NoneType)


def reader_of(annotation: Any) -> Reader:
    """Returns the reader for a part's annotation. Raises TypeError for an unsupported type."""
    kind = entry_class(annotation)
    if kind is not None:
        return _reader_of_entries(kind)
    (declared,) = members(annotation)
    if get_origin(declared) is Literal:
        return _one_of(frozenset(get_args(declared)))
    if declared in _FORMS:
        return _FORMS[declared].read
    reader: Reader | None = getattr(declared, "read", None)
    if reader is None:
        raise TypeError(f"no part of a nested list can be {annotation}")
    return reader


def form_of(annotation: Any) -> str:
    """Returns the `Part.form` of an annotation."""
    if entry_class(annotation) is not None:
        return "list"
    (declared,) = members(annotation)
    if get_origin(declared) is Literal:
        return "choice"
    return _FORMS[declared].name if declared in _FORMS else "mapping"


def choices_of(annotation: Any) -> tuple[str, ...]:
    """Returns the allowed values of a part; empty if any value is allowed."""
    (declared,) = members(annotation)
    return get_args(declared) if get_origin(declared) is Literal else ()


def _reader_of_entries(kind: type[E]) -> Callable[[Any], tuple[E, ...] | None]:
    return lambda value: read_entries(kind, value)


def _one_of(choices: frozenset[str]) -> Reader:
    """Returns a reader that accepts only these texts and reads others as None."""
    return lambda value: value if isinstance(value, str) and value in choices else None


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(nested.texts(value))


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


class _Form(NamedTuple):
    name: str
    read: Reader


_FORMS: dict[Any, _Form] = {
    str: _Form("text", nested.text),
    bool: _Form("yes/no", nested.flag),
    Decimal: _Form("decimal", nested.decimal),
    date: _Form("day", nested.day),
    int: _Form("whole number", _whole),
    tuple[str, ...]: _Form("list of texts", _texts),
}
