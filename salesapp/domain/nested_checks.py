"""What is wrong with a nested value that an ERP wrote, by its declaration.

Tablets read any value and leave out what they cannot read (`nested`, `entries`). An import refuses it, so that somebody
mends it: only names that no entry has are taken, unless the list is strict.
"""

import json
from collections.abc import Iterator
from typing import Any

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
"""What a value must be, by the form of its part."""


def faults(field: Field, value: Any) -> Iterator[str]:
    """Yields what is wrong with the decoded value of a nested field, each with its place in the value.

    A place names entries by number and parts by key: `entry 2, rate: "4,25" is not a number like "12.50"`.
    """
    if value is None:
        return
    if nested.is_deep(value):
        yield f"more than {MOST_DEPTH} lists and mappings in each other"
    elif field.entry is not None:
        yield from _entries(field.entry, value)
    elif field.read is nested.mapping:
        yield from _mapping(value)
    else:
        yield from _texts(value, are_codes=field.read is nested.codes)


def told_faults(field: Field, value: Any) -> str:
    """The first fault of a value and how many there are more, for a report; empty where there is none."""
    found = list(faults(field, value))
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    return found[0] + more if found else ""


def unknown_keys(kind: type[Entry], value: Any) -> Iterator[str]:
    """Yields the keys that the mappings of a list have and their class does not, also those of inner lists."""
    parts = {part.key: part for part in parts_of(kind)}
    for one in nested.mappings(value)[0]:
        for key, given in one.items():
            if key not in parts:
                yield key
            elif (inner := parts[key].entry) is not None:
                yield from (f"{key}, {name}" for name in unknown_keys(inner, given))


def _entries(kind: type[Entry], value: Any) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{_shown(value)} is not a list"
        return
    for number, one in enumerate(value, 1):
        yield from (f"entry {number}{fault}" for fault in _entry(kind, one))


def _entry(kind: type[Entry], one: Any) -> Iterator[str]:
    """What is wrong with an entry; each begins with what parts it from the entry's number."""
    if not isinstance(one, dict):
        yield f": {_shown(one)} is not a mapping"
        return
    if kind.strict:
        known = [part.key for part in parts_of(kind)]
        yield from (f", {key}: not one of {', '.join(known)}" for key in one if key not in known)
    for part in parts_of(kind):
        given = one.get(part.key)
        if given is not None:
            yield from (f", {part.key}{fault}" for fault in _part(part, given))
        elif part.is_needed:
            yield f", {part.key}: missing"


def _part(part: Part, given: Any) -> Iterator[str]:
    if part.entry is not None:
        yield from (f": {fault}" for fault in _entries(part.entry, given))
    elif part.form == "list of texts":
        yield from (f": {fault}" for fault in _texts(given))
    elif part.read(given) is None or (part.form == "mapping" and not isinstance(given, dict)):
        yield f": {_shown(given)} is not {_WORDS[part.form]}"


def _texts(value: Any, *, are_codes: bool = False) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{_shown(value)} is not a list"
        return
    for number, one in enumerate(value, 1):
        found = nested.text(one)
        if found is None or (are_codes and found in {"", UNREADABLE}):
            yield f"entry {number}: {_shown(one)} is not a {'code' if are_codes else 'text'}"


def _mapping(value: Any) -> Iterator[str]:
    if value != [] and not isinstance(value, dict):
        yield f"{_shown(value)} is not a mapping"
    elif isinstance(value, dict):
        texts = ((key, one) for key, one in value.items() if one is not None)
        yield from (f"{key}: {_shown(one)} is not a text" for key, one in texts if nested.text(one) is None)


def _shown(value: Any) -> str:
    """The value as JSON, short enough for a report."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"
