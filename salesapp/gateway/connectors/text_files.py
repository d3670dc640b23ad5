"""Reads text files as records: decoded, split into cells, with line numbers as an editor shows them."""

import csv
import io
import re
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

from salesapp.gateway.connectors.cells import RawCell
from salesapp.gateway.connectors.dialects import SAMPLE_BYTES, first_wrong_byte, not_text, proposal, wrong_bytes
from salesapp.gateway.connectors.file_forms import FileForm
from salesapp.gateway.connectors.values import trimmed

MOST_CELL_CHARACTERS: Final = 16 << 20
_MOST_LOOKED_AT = 64 << 20
_CONTROLS = re.compile("[\x80-\x9f]")
"""Controls that appear when letters of one code page are decoded with another."""
_SEPARATOR = re.compile(rb"(?:\xef\xbb\xbf)?sep=(.)\r?\n", re.IGNORECASE)

csv.field_size_limit(MOST_CELL_CHARACTERS)


class RawRecord(NamedTuple):
    """A record of a file, before its cells are converted."""

    line: int
    cells: list[RawCell]
    last_line: int
    is_cut: bool = False
    """Whether the file ends here without a line end."""


class BadFileError(Exception):
    """The file itself is bad: none of its rows can be imported."""

    def __init__(self, line: int, reason: str, column: str = "") -> None:
        super().__init__(reason)
        self.line, self.reason, self.column = line, reason, column


def text_records(handle: BinaryIO, table: str, form: FileForm) -> Iterator[RawRecord]:
    """Yields all records that are not empty. Raises BadFileError."""
    sample = handle.read(SAMPLE_BYTES)
    kind = not_text(sample)
    if kind:
        raise BadFileError(1, f"not a text file, {kind}")
    separator = _SEPARATOR.match(sample)
    delimiter = _separator(separator[1].decode("latin-1"), form) if separator else form.delimiter
    why = proposal(table, sample[separator.end() :] if separator else sample, form, delimiter)
    if why:
        line, cell = (form.is_utf8 and first_wrong_byte(sample, delimiter)) or (1, 0)
        raise BadFileError(line, why, f"number {cell}" if cell > 1 else "")
    return _records(handle, table, form, delimiter, 1 if separator else 0)


def _separator(told: str, form: FileForm) -> str:
    """Returns the delimiter of the first line (sep=;, as Excel has it). Raises BadFileError if the form has another."""
    if "delimiter" in form.declared and told != form.delimiter:
        raise BadFileError(1, f'the first line says sep={told}, but {form.label} says delimiter = "{form.delimiter}"')
    return told


def _records(handle: BinaryIO, table: str, form: FileForm, delimiter: str, skipped: int) -> Iterator[RawRecord]:
    ends_whole = _ends_with_a_line_end(handle)
    handle.seek(0)
    encoding = "utf-8-sig" if form.is_utf8 else form.encoding
    text = io.TextIOWrapper(handle, encoding=encoding, errors="surrogateescape", newline="")
    try:
        last: RawRecord | None = None
        for record in _parsed(text, delimiter):
            if record.line <= skipped or not any(map(trimmed, record.cells)):  # type: ignore[arg-type]  # all texts
                continue
            _check_characters(handle, table, form, record)
            if last is not None:
                yield last
            last = record
        if last is not None:
            yield last._replace(is_cut=not ends_whole)
    finally:
        text.detach()


def _parsed(text: io.TextIOWrapper, delimiter: str) -> Iterator[RawRecord]:
    reader = csv.reader(text, strict=True, delimiter=delimiter)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise BadFileError(line, _not_csv(line, reader.line_num, str(error))) from None
        except UnicodeError as error:
            raise BadFileError(line, f"not {text.encoding.upper()}: {error}") from None
        yield RawRecord(line, cells, reader.line_num)  # type: ignore[arg-type]  # texts are cells


def _not_csv(line: int, last: int, error: str) -> str:
    if "field larger" in error:
        return f"not CSV: a cell with more than {MOST_CELL_CHARACTERS} characters, or a quotation mark that stays open"
    where = f"a quotation mark in line {line} stays open to line {last}" if last > line else "a stray quotation mark"
    return f"not CSV: {error}. Perhaps {where}: a quotation mark inside a cell in quotation marks must be doubled"


def _check_characters(handle: BinaryIO, table: str, form: FileForm, record: RawRecord) -> None:
    joined = "".join(record.cells)  # type: ignore[arg-type]  # all texts
    if "\0" in joined:
        place = next(number for number, cell in enumerate(record.cells) if "\0" in str(cell))
        raise BadFileError(record.line, "a NUL character: the file is damaged, or not a text file", f"#{place}")
    if joined.isascii():
        return
    try:
        joined.encode()
        is_bad = not form.is_utf8 and _CONTROLS.search(joined) is not None
    except UnicodeEncodeError:
        is_bad = True
    if is_bad:
        handle.seek(0)
        raise BadFileError(record.line, wrong_bytes(table, handle.read(_MOST_LOOKED_AT), form))


def _ends_with_a_line_end(handle: BinaryIO) -> bool:
    size = handle.seek(0, io.SEEK_END)
    handle.seek(max(size - 4, 0))
    return handle.read().rstrip(b"\0").endswith((b"\n", b"\r"))
