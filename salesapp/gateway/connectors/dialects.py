"""Guesses the form of an export file, only to propose lines for a mapping; an import never acts on a guess."""

import codecs
import csv
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from salesapp.gateway.connectors.cells import number_pattern
from salesapp.gateway.connectors.file_forms import FileForm, date_form_of
from salesapp.gateway.connectors.values import trimmed

SAMPLE_BYTES = 1 << 18
_SAMPLE_ROWS = 200
_MOST_RECORDS_ALIKE = 0.9
_FEW_RECORDS_ALIKE = 0.5

_POLISH, _GERMAN = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "äöüßÄÖÜ"
_CENTRAL, _WESTERN = "áčďéěíňřšťúůýžőűăâîșțÁČĎÉĚÍŇŘŠŤÚŮÝŽŐŰ", "àâçèéêëîïôùûñåøæÀÂÇÈÉÊËÎÏÔÙÛÑÅØÆ"
_HARMLESS = "\u00a0§°²³½®©„”“’–—…€£×±µ\u00ad·"  # noqa: RUF001  # typography
_ENCODINGS = (  # earlier ones win when scores are equal
    ("windows-1252", _GERMAN + _WESTERN),
    ("windows-1250", _POLISH + _GERMAN + _CENTRAL),
    ("iso-8859-2", _POLISH + _GERMAN + _CENTRAL),
)
_NAMES = {";": "semicolon", "\t": "tab", "|": "vertical bar", ",": "comma"}
_NUMBER_FORMS = ((",", " "), (",", "."), (",", ""), (".", ","), (".", " "), (".", "'"), (".", ""))
_OTHER_FILES = (
    (b"PK\x03\x04", "but a workbook or ZIP file: name a workbook .xlsx or .ods, or save it as CSV"),
    (b"\xd0\xcf\x11\xe0", "but an old or locked Excel file: save it as .xlsx without a password, or as CSV"),
    (b"%PDF", "but a PDF file: export it as CSV"),
    (b"\xff\xd8\xff", "but a picture: export it as CSV"),
    (b"\x89PNG", "but a picture: export it as CSV"),
    (b"\x1f\x8b", "but a packed file: unpack it first"),
)
_USUAL_CONTROLS = b"\0\t\n\r\x0b\x0c\x1a"
_NUMERIC = re.compile(r"[+-]?(?=[.,]?[0-9])[0-9 .,'\u00a0\u202f]*")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_BARE = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Guess:
    """The guessed form of a file, with some of its records (without the header)."""

    encoding: str
    delimiter: str
    header: bool
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    decimal: str = "."
    thousands: str = ""
    numbers: tuple[str, ...] = ()
    dates: tuple[tuple[str, str], ...] = ()

    @property
    def description(self) -> str:
        """For example "semicolon, Windows-1250, no header"."""
        words = [_NAMES.get(self.delimiter, self.delimiter), self.encoding.replace("windows", "Windows").replace(
            "iso", "ISO").replace("utf", "UTF")]  # fmt: skip
        words += [] if self.header else ["no header"]
        words += ["decimal comma"] if self.numbers and self.decimal == "," else []
        return ", ".join(words)


def guess(sample: bytes) -> Guess:
    """Guesses the form of a text file by its first bytes."""
    encoding = guess_encoding(sample)
    text = _decoded(sample, encoding)
    delimiter = guess_delimiter(text)
    records = [[trimmed(cell) for cell in cells] for cells in _records(text, delimiter) if any(map(trimmed, cells))]
    return _guess_columns(encoding, delimiter, records)


def guess_table(records: list[list[str]]) -> Guess:
    """Guesses the form of a workbook by its cells."""
    return _guess_columns("utf-8", ",", records)


def _guess_columns(encoding: str, delimiter: str, records: list[list[str]]) -> Guess:
    has_header = not looks_like_data(records[0], records[1:]) if records else True
    width = max((_filled_width(cells) for cells in records), default=0)
    rows = tuple(tuple((*cells, *[""] * width)[:width]) for cells in (records[1:] if has_header else records))
    columns = tuple(records[0][:width]) if has_header and records else tuple(f"column{n}" for n in range(1, width + 1))
    decimal, thousands, numbers = _guess_numbers(columns, rows)
    dates = tuple(
        (name, form) for place, name in enumerate(columns) if (form := date_form_of([row[place] for row in rows]))
    )
    return Guess(encoding, delimiter, has_header, columns, rows, decimal, thousands, numbers, dates)


def _filled_width(cells: Sequence[str]) -> int:
    return max((place for place, cell in enumerate(cells, 1) if cell), default=0)


def guess_encoding(sample: bytes) -> str:
    """Returns utf-8, utf-16 (-le or -be without a byte order mark), windows-1250, windows-1252 or iso-8859-2."""
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    zeros = (sample[0::2].count(0), sample[1::2].count(0))
    if max(zeros) > max(len(sample) // 8, 4 * min(zeros)):
        return "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"
    if _is_utf8(sample):
        return "utf-8"
    scores = {name: _score(sample, name, letters) for name, letters in _ENCODINGS}
    best = max(scores.values())
    alike = [name for name, _letters in _ENCODINGS if scores[name] == best]
    german = any(byte in sample for byte in (letter.encode("windows-1252") for letter in _GERMAN))
    return "windows-1250" if "windows-1250" in alike and not german else alike[0]


def _is_utf8(sample: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _score(sample: bytes, encoding: str, letters: str) -> int:
    text = sample.decode(encoding, errors="replace")
    counts = Counter(letter for letter in text if not letter.isascii())
    return sum(
        count * (2 if letter in letters else 0 if letter in _HARMLESS else -3) for letter, count in counts.items()
    )


def _decoded(sample: bytes, encoding: str) -> str:
    """Decodes whole lines, replacing wrong bytes."""
    decoder = codecs.getincrementaldecoder("utf-8-sig" if encoding == "utf-8" else encoding)(errors="replace")
    text = decoder.decode(sample).lstrip("\ufeff")
    if len(sample) >= SAMPLE_BYTES:
        text = text[: max(text.rfind("\n"), text.rfind("\r")) + 1] or text
    return text.replace("\0", "")


def _records(text: str, delimiter: str) -> list[list[str]]:
    records: list[list[str]] = []
    try:
        for cells in csv.reader(text.splitlines(keepends=True), delimiter=delimiter):
            if cells:
                records.append(cells)
            if len(records) > _SAMPLE_ROWS:
                break
    except csv.Error:
        pass
    return records


def guess_delimiter(text: str) -> str:
    """Returns the delimiter that gives most records as many cells as the first."""
    for delimiter in (";", "\t", "|"):
        width, share = consistency(text, delimiter)
        if width > 1 and share >= _MOST_RECORDS_ALIKE:
            return delimiter
    return max((",", ";", "\t", "|"), key=lambda one: (consistency(text, one)[0] > 1) * consistency(text, one)[1])


def consistency(text: str, delimiter: str) -> tuple[int, float]:
    """Returns the number of cells of the first record, and the share of records with as many."""
    records = _records(text, delimiter)
    if not records:
        return 0, 0.0
    width = len(records[0])
    records = records[:-1] if len(records) > 2 else records  # the last one may be a trailer, or cut by the sample's end
    return width, sum(1 for cells in records if len(cells) == width) / len(records)


def looks_like_data(first: Sequence[str], others: Sequence[Sequence[str]]) -> bool:
    """Whether the first line is a record, because it has a number where the others have one."""
    for place, cell in enumerate(first):
        if not _NUMERIC.fullmatch(cell) or _YEAR.fullmatch(cell):
            continue
        below = [cells[place] for cells in others if len(cells) > place and cells[place]]
        if sum(1 for cell in below if _NUMERIC.fullmatch(cell)) * 2 >= len(below):
            return True
    return False


def _guess_numbers(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[str, str, tuple[str, ...]]:
    """Returns decimal and thousands characters of most columns with decimals, and those columns."""
    best: tuple[str, str, tuple[str, ...]] = (".", "", ())
    for decimal, thousands in reversed(_NUMBER_FORMS):
        found = tuple(
            name
            for place, name in enumerate(columns)
            if _all_numbers([row[place] for row in rows if row[place]], decimal, thousands)
        )
        if len(found) > len(best[2]):
            best = (decimal, thousands, found)
    return best


def _all_numbers(texts: list[str], decimal: str, thousands: str) -> bool:
    pattern = number_pattern(decimal, thousands)
    found = [pattern.fullmatch(text) for text in texts]
    return all(found) and any(match and match["fraction"] for match in found)


def proposal(table: str, sample: bytes, form: FileForm, delimiter: str) -> str:
    """Returns why the file contradicts its form, and the lines to add; "" if it does not.

    `delimiter` is that of the form, or of the file's own first line (sep=;).
    """
    found = guess(sample)
    reasons = _contradictions(found, sample, form, delimiter)
    if not reasons:
        return ""
    return f"{' and '.join(reasons)}: it looks like {found.description}.{advice(table, found, form)}"


def _contradictions(found: Guess, sample: bytes, form: FileForm, delimiter: str) -> list[str]:
    reasons = []
    if _other_encoding(found, sample, form):
        reasons.append(f"not {form.encoding.upper() if form.is_utf8 else form.encoding}")
    text = _decoded(sample, found.encoding)
    width, share = consistency(text, delimiter)
    other_width, other_share = consistency(text, found.delimiter)
    fits = found.delimiter != delimiter and other_width > 1 and other_share >= _MOST_RECORDS_ALIKE
    if fits and (width <= 1 or share < _FEW_RECORDS_ALIKE or "delimiter" not in form.declared):
        reasons.append(f"cells are not parted by {_NAMES.get(delimiter, delimiter)}")
    if form.header and not found.header:
        reasons.append("the first line is not a header")
    if (
        not form.header
        and found.header
        and tuple(map(str.casefold, found.columns)) == tuple(map(str.casefold, form.columns))
    ):
        reasons.append("the first line is a header, though header = false")
    return reasons


def _other_encoding(found: Guess, sample: bytes, form: FileForm) -> bool:
    if form.is_utf8:
        return found.encoding != "utf-8"
    is_wide = codecs.lookup(form.encoding).name.startswith(("utf-16", "utf-32"))
    if found.encoding.startswith("utf-16"):
        return not is_wide
    return found.encoding == "utf-8" and not sample.isascii() and not is_wide


def not_text(sample: bytes) -> str:
    """Names the kind of a file that is not text; "" for text in any encoding."""
    for magic, what in _OTHER_FILES:
        if sample.startswith(magic):
            return what
    if guess_encoding(sample).startswith("utf-16"):
        return ""
    controls = sum(1 for byte in sample[:4096] if byte < 32 and byte not in _USUAL_CONTROLS)
    return "but binary data: export it again" if controls > max(len(sample[:4096]) // 50, 2) else ""


def first_wrong_byte(sample: bytes, delimiter: str) -> tuple[int, int] | None:
    """Returns line and cell number of the first byte that is not UTF-8; None if all are."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError as error:
        before = sample[: error.start]
        line = before[before.rfind(b"\n") + 1 :]
        return before.count(b"\n") + 1, line.count(delimiter.encode()) + 1
    return None


def wrong_bytes(table: str, sample: bytes, form: FileForm) -> str:
    """Returns the message for a file whose first wrong bytes come after the sample."""
    found = guess(sample)
    if found.encoding in {"utf-8", form.encoding}:
        return f"not {form.encoding.upper()}: a byte that this encoding does not have. Export the file again"
    return f"not {form.encoding.upper()}: it looks like {found.description}.{advice(table, found, form)}"


def advice(table: str, found: Guess, form: FileForm) -> str:
    """Returns the lines of TOML that declare the guessed form."""
    lines = "\n".join(form_lines(table, found, form))
    sample = " | ".join(found.rows[0]) if found.rows else ""
    where = "change in the mapping" if form.label else "put into a mapping file and name it with --mapping"
    return f" Nothing of it was taken. If that is right, {where}:\n{lines}\n(read so, a row is: {sample[:160]})"


def form_lines(table: str, found: Guess, form: FileForm | None = None) -> list[str]:
    """Returns the table `[files.NAME]` of a guess, without keys that the form already has."""
    known = form or FileForm()
    lines = [f"[files.{table if _BARE.fullmatch(table) else json.dumps(table, ensure_ascii=False)}]"]
    if found.encoding != known.encoding and not (found.encoding == "utf-8" and known.is_utf8):
        lines.append(f'encoding = "{found.encoding}"')
    if found.delimiter != known.delimiter:
        lines.append(f"delimiter = {_toml(found.delimiter)}")
    if not found.header:
        names = list(known.columns or found.columns)
        lines += ["header = false", f"columns = {_toml(names)}  # give them their names"]
    if found.numbers:
        lines += [f'decimal = "{found.decimal}"'] if found.decimal != known.decimal else []
        lines += [f"thousands = {_toml(found.thousands)}"] if found.thousands != known.thousands else []
        lines.append(f"numbers = {_toml([*dict.fromkeys((*known.numbers, *found.numbers))])}")
    if found.dates:
        pairs = ", ".join(f"{_toml(name)} = {_toml(day)}" for name, day in found.dates)
        lines.append(f"dates = {{ {pairs} }}")
    return lines


def _toml(value: str | list[str]) -> str:
    """Writes a text or a list of texts as TOML, which is the same as JSON here."""
    return json.dumps(value, ensure_ascii=False)


def number_form_lines(table: str, column: str, texts: list[str], form: FileForm) -> str:
    """Returns what to declare if all numbers of a column with separators are in another form, else ""."""
    filled = [text for text in texts if text and text not in form.null and not text.isdigit()]
    known = number_pattern(form.decimal, form.thousands)
    if not filled or any(known.fullmatch(text) for text in filled):
        return ""
    for decimal, thousands in reversed(_NUMBER_FORMS):
        pattern = number_pattern(decimal, thousands)
        if all(pattern.fullmatch(text) for text in filled):
            numbers = form.numbers if column in form.numbers else (*form.numbers, column)
            declared = FileForm(decimal=decimal, thousands=thousands, numbers=numbers)
            return f"like 1{form.thousands}234{form.decimal}56. {_number_advice(table, declared, form)}"
    return ""


def _number_advice(table: str, wanted: FileForm, form: FileForm) -> str:
    looks = Guess("utf-8", ",", header=True, columns=(), rows=(), decimal=wanted.decimal, thousands=wanted.thousands,
                  numbers=wanted.numbers)  # fmt: skip
    return _declare(table, looks, form)


def _declare(table: str, looks: Guess, form: FileForm) -> str:
    lines = form_lines(table, looks, form)
    where = "change in the mapping" if form.label else "put into a mapping file and name it with --mapping"
    written = "\n".join(line for line in lines if not line.startswith(("encoding", "delimiter")))
    return f"Nothing of it was taken. If the file writes them so, {where}:\n{written}"


def date_form_lines(table: str, column: str, texts: list[str], form: FileForm) -> str:
    """Returns what to declare if all dates of a column are in one form other than 2026-03-31, else ""."""
    found = date_form_of(texts)
    if not found:
        return ""
    looks = Guess("utf-8", ",", header=True, columns=(), rows=(), dates=((column, found),))
    return f"like 2026-03-31. {_declare(table, looks, form)}"
