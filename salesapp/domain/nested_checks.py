"""Checks the nested values that an ERP wrote against their declarations.

Tablets read any value and skip what they cannot read (`nested`, `entries`). An import refuses such a value, to have
it fixed at the source; it accepts only unknown keys, and not even those in a strict list.
"""

import json
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

import msgspec

from salesapp.domain import nested
from salesapp.domain.entries import Entry, Part, parts_of
from salesapp.domain.nested import MOST_DEPTH, UNREADABLE
from salesapp.domain.schema import Field

_MOST_SHOWN = 40
_WORDS = {
    "text": "a text",
    "decimal": 'a number like "12.50"',
    "day": 'a day like "2026-03-31"',
    "yes/no": "true or false",
    "whole number": "a whole number",
    "mapping": "a mapping",
}
"""What a value must be, for reports, by `Part.form`."""
_Number = Annotated[str, msgspec.Meta(pattern=r"^-?[0-9]{1,12}(\.[0-9]{1,20})?\Z")]
_USUAL: dict[str, Any] = {
    "decimal": _Number,
    "day": date,
    "yes/no": bool,
    "whole number": int,
    "mapping": dict[str, str],
    "list of texts": list[str],
}
_LISTS = frozenset({"list", "list of texts"})


def faults(field: Field, value: Any) -> list[str]:
    """Returns the faults of a nested field's decoded value, each with its place.

    A place names entries by number and parts by key: `entry 2, rate: "4,25" is not a number like "12.50"`.
    """
    found: list[str] = []
    if value is None or (field.entry is not None and _is_usual(field.entry, value)):
        return found
    if nested.is_deep(value):
        found.append(f"more than {MOST_DEPTH} lists and mappings in each other")
    elif field.entry is not None:
        _check_entries(field.entry, value, "", found)
    elif field.read is nested.mapping:
        _check_mapping(value, found)
    else:
        _check_texts(value, "", found, are_codes=field.read is nested.codes)
    return found


def faults_summary(field: Field, value: Any) -> str:
    """Returns the first fault of a value and the number of others, for a report; empty without faults."""
    found = faults(field, value)
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    return found[0] + more if found else ""


def unknown_keys(kind: type[Entry], value: Any) -> Iterator[str]:
    """Yields keys of a list's mappings that their class does not declare, including inner lists."""
    parts = {part.key: part for part in parts_of(kind)}
    for one in nested.mappings(value)[0]:
        for key, given in one.items():
            if key not in parts:
                yield key
            elif (inner := parts[key].entry) is not None:
                yield from (f"{key}, {name}" for name in unknown_keys(inner, given))


def _is_usual(kind: type[Entry], value: Any) -> bool:
    """Returns whether a list has exactly the documented form, as nearly all do: a fast check without reading parts."""
    if kind not in _usual:
        _usual[kind] = _usual_list(kind)
    try:
        msgspec.convert(value, _usual[kind])
    except msgspec.ValidationError:
        return False
    return True


_usual: dict[type[Entry], Any] = {}


def _usual_list(kind: type[Entry]) -> Any:
    """Returns the msgspec type that decodes such lists in one call."""
    fields: list[tuple[str, Any] | tuple[str, Any, None]] = []
    for part in parts_of(kind):
        held = _USUAL.get(part.form, str) if part.entry is None else _usual_list(part.entry)
        held = Literal[part.choices] if part.choices else held
        fields.append((part.name, held) if part.is_needed else (part.name, held | None, None))
    names = {part.name: part.key for part in parts_of(kind)}
    entry: Any = msgspec.defstruct(kind.__name__, fields, kw_only=True, rename=names, forbid_unknown_fields=True)
    return list[entry]


def _check_entries(kind: type[Entry], value: Any, place: str, found: list[str]) -> None:
    """Adds the faults of a list of mappings, each prefixed with `place`."""
    if not isinstance(value, list):
        found.append(f"{place}{_shown(value)} is not a list")
        return
    for number, one in enumerate(value, 1):
        if isinstance(one, dict):
            _check_entry(kind, one, f"{place}entry {number}, ", found)
        else:
            found.append(f"{place}entry {number}: {_shown(one)} is not a mapping")


def _check_entry(kind: type[Entry], one: dict[Any, Any], place: str, found: list[str]) -> None:
    parts = parts_of(kind)
    if kind.strict:
        known = [part.key for part in parts]
        found.extend(f"{place}{key}: not one of {', '.join(known)}" for key in one if key not in known)
    for part in parts:
        given = one.get(part.key)
        if given is not None and not (part.choices and given == ""):
            _check_part(part, given, place, found)
        elif part.is_needed:
            found.append(f"{place}{part.key}: missing")


def _check_part(part: Part, given: Any, place: str, found: list[str]) -> None:
    if part.form in _LISTS:
        inner = f"{place}{part.key}: "
        if part.entry is not None:
            _check_entries(part.entry, given, inner, found)
        else:
            _check_texts(given, inner, found)
    elif part.read(given) is None or (part.form == "mapping" and not isinstance(given, dict)):
        right = f"one of {', '.join(part.choices)}" if part.choices else _WORDS[part.form]
        found.append(f"{place}{part.key}: {_shown(given)} is not {right}")


def _check_texts(value: Any, place: str, found: list[str], *, are_codes: bool = False) -> None:
    if not isinstance(value, list):
        found.append(f"{place}{_shown(value)} is not a list")
        return
    for number, one in enumerate(value, 1):
        text = nested.text(one)
        if text is None or (are_codes and text in {"", UNREADABLE}):
            found.append(f"{place}entry {number}: {_shown(one)} is not a {'code' if are_codes else 'text'}")


def _check_mapping(value: Any, found: list[str]) -> None:
    if isinstance(value, dict):
        texts = ((key, one) for key, one in value.items() if one is not None)
        found.extend(f"{key}: {_shown(one)} is not a text" for key, one in texts if nested.text(one) is None)
    elif value != []:
        found.append(f"{_shown(value)} is not a mapping")


def _shown(value: Any) -> str:
    """Returns the value as JSON, shortened for a report."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"
