"""Reads text files written by any program: with or without a byte order mark, with any line endings.

Imports nothing of ours. Raises `NotTextError`, with a remedy in its text, for unreadable files.
"""

import codecs
from pathlib import Path

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is a prefix of it
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class NotTextError(ValueError):
    """The bytes cannot be decoded reliably."""


def read_text(path: Path) -> str:
    r"""Returns the text of a file with "\n" line endings. Raises OSError or NotTextError."""
    return decoded(path.read_bytes())


def decoded(content: bytes, *, otherwise: str = "") -> str:
    r"""Decodes bytes by their byte order mark, else as UTF-8; line endings become "\n". Raises NotTextError.

    `otherwise`: the encoding to use if the bytes are not UTF-8.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decoded(content[len(mark) :], encoding)
    if b"\x00" in content:
        raise NotTextError("it holds zero bytes, like UTF-16 without a byte order mark; save it as UTF-8")
    try:
        return _decoded(content, "utf-8")
    except NotTextError:
        if not otherwise:
            raise
        return _decoded(content, otherwise)


def _decoded(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].decode(encoding, errors="replace").count("\n") + 1
        shown = encoding.removesuffix("-le").removesuffix("-be").upper()
        raise NotTextError(f"line {line} is not {shown}; save it as UTF-8") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")
