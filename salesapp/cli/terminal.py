"""What commands write. Texts of records, tablets and files are shown as text: none moves the cursor or forges a row.

Lines for people go through `say`, every value of a row as a cell of its own; answers for programs through `say_json`.
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
"""Characters that Unicode does not call control characters, and that nobody can see."""


def safe(value: object) -> str:
    """A value as one cell of one line: what breaks lines, controls a terminal or cannot be seen becomes an escape."""
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
    """A text of several lines: like `safe`, but lines stay lines, indented below the first as no line of ours is."""
    return "\n    ".join(safe(line) for line in text.replace("\r\n", "\n").split("\n"))


def row(cells: Iterable[object]) -> str:
    """A line of cells with tabs between them."""
    return "\t".join(safe(cell) for cell in cells)


def say(*cells: object, err: bool = False) -> None:
    """Writes one line for people, on standard output or standard error."""
    _write(row(cells), err=err)


def say_lines(text: str, *, err: bool = False) -> None:
    """Writes a text whose line ends are ours."""
    _write(safe_lines(text), err=err)


def _write(text: str, *, err: bool) -> None:
    stream = sys.stderr if err else sys.stdout
    stream.write(f"{text}\n")
    stream.flush()


def say_json(value: Any) -> None:
    """Writes one line of JSON: pure ASCII, so that it stays the same in every code page that a pipe has."""
    text = json.dumps(msgspec.to_builtins(value, str_keys=True), separators=(",", ":")).replace("\x7f", "\\u007f")
    sys.stdout.buffer.write(text.encode("ascii") + b"\n")
    sys.stdout.buffer.flush()
