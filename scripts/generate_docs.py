"""Writes docs/catalogue.md from the catalogue; with --check only reports (exit 1) that the page is out of date."""

import sys
from collections.abc import Iterator
from pathlib import Path

from salesapp.domain import nested
from salesapp.domain.catalogue import CATALOGUE, SECTIONS
from salesapp.domain.entries import Entry, Part, parts_of
from salesapp.domain.schema import Field, Kind, SyncObject

PAGE = Path(__file__).resolve().parents[1] / "docs" / "catalogue.md"

_INTRODUCTION = """\
# The catalogue

Generated from `salesapp/domain/catalogue.py` by `scripts/generate_docs.py`: do not edit. The names of fields are the
columns of CSV files (`csv.md`), beside `key`, the ERP's own key of the record.

How values are stored and hashed: text (never empty: empty is NULL); whole numbers; decimals as whole numbers scaled by
10 to the power of their decimals; yes/no as 1 or 0; dates as `YYYY-MM-DD`, times as `YYYY-MM-DDTHH:MM:SSZ` (UTC); lists
and mappings as canonical JSON; references as the other row's primary key.

The keys of nested lists hold a text (a whole number may stand for it), a decimal (in quotation marks), a day
(`YYYY-MM-DD`), yes/no (`true` or `false`) or a whole number; an import refuses what is none, or lacks a needed key.

A row's scope says who gets it: `rep:` the representative, `profile:` users with that profile, `price_list:` and
`warehouse:` users whose profile has it. Users without a profile see everything.
"""

_KINDS = {
    Kind.TEXT: "text",
    Kind.INTEGER: "whole number",
    Kind.BOOLEAN: "yes/no",
    Kind.DATE: "date",
    Kind.TIMESTAMP: "time",
    Kind.JSON: "JSON",
}


def page() -> str:
    """Returns the page for the current catalogue."""
    parts = [_INTRODUCTION]
    for section in SECTIONS:
        parts.append(f"## {section.label}\n")
        parts.extend(_object(entry) for entry in CATALOGUE.in_section(section.key))
    parts.append("## Auxiliary objects\n\nThey travel the same way, but no list of objects shows them.\n")
    parts.extend(_object(entry) for entry in CATALOGUE.auxiliary)
    return "\n".join(parts)


def _object(entry: SyncObject) -> str:
    lines = [
        f"### {entry.label} (`{entry.key}`)",
        "",
        f"File `{entry.table}.csv`. Natural key: {_names(entry.natural_key)}. Scope: {_scope(entry)}.",
        "",
        "| field | kind | required | remarks |",
        "| --- | --- | --- | --- |",
        *(f"| `{field.name}` | {_kind(field)} | {_required(field)} | {_remarks(field)} |" for field in entry.fields),
        "",
    ]
    return "\n".join(lines)


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _scope(entry: SyncObject) -> str:
    rules = [
        f"`{rule.prefix}:<{rule.field}>`" if rule.prefix else f"that of the row in `{rule.field}`"
        for rule in entry.scope
    ]
    return ", else ".join([*rules, "everyone"])


def _kind(field: Field) -> str:
    if field.kind is Kind.DECIMAL:
        return f"decimal, {field.scale} decimals"
    return _KINDS.get(field.kind, "reference")


def _required(field: Field) -> str:
    """A yes/no or list field is never required: if omitted, it is no, or empty."""
    return "yes" if field.required and field.kind not in {Kind.BOOLEAN, Kind.JSON} else ""


def _remarks(field: Field) -> str:
    return "; ".join(_remark_parts(field))


def _remark_parts(field: Field) -> Iterator[str]:
    if field.choices:
        yield f"one of {_names(field.choices)}"
    if field.target:
        yield f"to `{field.target}`"
    if field.selector:
        yield f"as `{field.selector}` says: " + ", ".join(f"{value} to `{key}`" for value, key in field.targets)
    if field.entry is not None:
        yield f"a list of mappings with {_parts(field.entry)}"
    elif field.kind is Kind.JSON:
        yield "a mapping of texts by name" if field.read is nested.mapping else f"a list of {_listed(field)}"
    if field.kind is Kind.REFERENCE and not field.strong:
        yield "may be missing"


def _listed(field: Field) -> str:
    return "codes" if field.read is nested.codes else "texts"


def _parts(kind: type[Entry]) -> str:
    return ", ".join(f"`{part.key}` ({_part(part)})" for part in parts_of(kind))


def _part(part: Part) -> str:
    held = f"one of {_names(part.choices)}" if part.choices else part.form
    held = held if part.entry is None else f"list of mappings with {_parts(part.entry)}"
    return f"{held}, needed" if part.is_needed else held


def main(arguments: list[str]) -> int:
    """Returns 0 if the page is written or up to date."""
    wanted = page()
    if "--check" not in arguments:
        PAGE.write_text(wanted, encoding="utf-8", newline="\n")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == wanted:
        return 0
    print(f"docs/{PAGE.name} is out of date: run scripts/generate_docs.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
