"""Writes the output of commands. Texts of records, tablets and files cannot move the cursor or forge a row.

Lines for people go through `say`, with every value of a row as a cell; answers for programs through `say_json`.
"""

import json
import sys
import unicodedata
from collections.abc import Iterable
from typing import Any

import msgspec

_INVISIBLE = frozenset(
    map(
        chr,
        (
            0x034F,  # combining grapheme joiner
            *(0x115F, 0x1160, 0x3164, 0xFFA0),  # Hangul fillers: letters without a glyph
            *(0x17B4, 0x17B5, 0x2800),
            *range(0x180B, 0x1810),
            *range(0xFE00, 0xFE10),  # variation selectors
            *range(0xE0100, 0xE01F0),
        ),
    )
)
"""Invisible characters that Unicode does not count as control characters."""


def safe(value: object) -> str:
    """Returns a value as one cell of a line, with line breaks, control and invisible characters escaped."""
    text = str(value)
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escaped(character) for character in text)


def _escaped(character: str) -> str:
    is_shown = character.isprintable() or unicodedata.category(character) == "Zs"
    if is_shown and character not in _INVISIBLE:
        return character
    return character.encode("unicode_escape").decode("ascii")


def safe_lines(text: str) -> str:
    """Escapes like `safe` but keeps lines, indented below the first so that none can be mistaken for ours."""
    return "\n    ".join(safe(line) for line in text.replace("\r\n", "\n").split("\n"))


def row(cells: Iterable[object]) -> str:
    """Joins cells with tabs."""
    return "\t".join(safe(cell) for cell in cells)


def say(*cells: object, err: bool = False) -> None:
    """Writes one line for people, to standard output or standard error."""
    _write(row(cells), err=err)


def say_lines(text: str, *, err: bool = False) -> None:
    """Writes a text of several lines, which are our own."""
    _write(safe_lines(text), err=err)


def _write(text: str, *, err: bool) -> None:
    stream = sys.stderr if err else sys.stdout
    stream.write(f"{text}\n")
    stream.flush()


def say_json(value: Any) -> None:
    """Writes one line of JSON in pure ASCII, which is the same in every code page."""
    text = json.dumps(msgspec.to_builtins(value, str_keys=True), separators=(",", ":")).replace("\x7f", "\\u007f")
    sys.stdout.buffer.write(text.encode("ascii") + b"\n")
    sys.stdout.buffer.flush()
