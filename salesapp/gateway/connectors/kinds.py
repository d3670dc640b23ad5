"""The kinds of sources. A new kind is a class and an entry in this list."""

from typing import Final

import msgspec

from salesapp.gateway.connectors.csv_source import CsvSource
from salesapp.gateway.connectors.demo.source import DemoSource
from salesapp.gateway.connectors.sources import Source

KINDS: Final[list[type[Source]]] = [DemoSource, CsvSource]


def encoded(source: Source) -> str:
    """Encodes a source for the gateway's database."""
    return msgspec.json.encode(values_of(source)).decode()


def decoded(text: str) -> Source:
    """Raises LookupError for an unknown kind."""
    return source_of(msgspec.json.decode(text, type=dict[str, object]))


def values_of(source: Source) -> dict[str, object]:
    """Returns the kind and the fields of a source by name."""
    return {"kind": source.kind, **msgspec.to_builtins(source)}


def source_of(values: dict[str, object]) -> Source:
    """Raises LookupError for an unknown kind."""
    kind = values.get("kind") or ("demo" if values.get("scale") else "csv")  # version 0.1 stored no kind
    found = next((each for each in KINDS if each.kind == kind), None)
    if found is None:
        raise LookupError(f"{kind} is no kind of source")
    return msgspec.convert(values, found)
