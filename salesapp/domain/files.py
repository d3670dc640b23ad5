"""Detects a file's type by its content, and makes names that are safe on every system. Pure."""

import re
import unicodedata

LONGEST_NAME = 120
_SIGNS = (
    (b"\xff\xd8\xff", "image/jpeg", ".jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", ".png"),
    (b"GIF87a", "image/gif", ".gif"),
    (b"GIF89a", "image/gif", ".gif"),
    (b"%PDF-", "application/pdf", ".pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword", ".doc"),
    (b"ID3", "audio/mpeg", ".mp3"),
    (b"#!AMR", "audio/amr", ".amr"),
)
_ZIP = b"PK\x03\x04"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_ZIPPED = {
    ".docx": _OFFICE + "wordprocessingml.document",
    ".xlsx": _OFFICE + "spreadsheetml.sheet",
    ".pptx": _OFFICE + "presentationml.presentation",
}
_RUNS = re.compile(rb"<(svg|html|script|!doctype\s+(html|svg))\b", re.IGNORECASE)
"""Text that a browser would run when opened: SVG pictures and HTML pages."""
_TRACKS = re.compile(rb"hdlr.{8}(soun|vide|pict|text|sbtl)", re.DOTALL)
"""The kind of a track in an MP4."""
_SAME = {".jpeg": ".jpg", ".jpe": ".jpg", ".htm": ".html"}
_UNSAFE = re.compile(r'[<>:"|?*]')
_DEVICES = frozenset({"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"}) | {
    f"{port}{number}" for port in ("COM", "LPT") for number in "0123456789\N{SUPERSCRIPT ONE}\u00b2\u00b3"
}
"""Device names on Windows, whatever follows the first dot."""


def kind_of(name: str, content: bytes) -> tuple[str, str] | None:
    """Returns media type and usual suffix by content; None for an empty file, a program, or an unsupported type.

    The name only distinguishes kinds of zipped office documents.
    """
    found = next(((kind, suffix) for sign, kind, suffix in _SIGNS if content.startswith(sign)), None)
    if found is not None:
        return found
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp", ".webp"
    if content[:2] == b"BM" and content[6:10] == bytes(4):
        return "image/bmp", ".bmp"
    if recording := _recording(content):
        return recording
    if content.startswith(_ZIP):
        suffix = _suffix(name)
        return (_ZIPPED[suffix], suffix) if suffix in _ZIPPED else None
    return ("text/plain", ".txt") if content and _is_plain_text(content) else None


def _recording(content: bytes) -> tuple[str, str] | None:
    if content[4:8] == b"ftyp" and (content[8:11] == b"M4A" or _only_sounds(content)):
        return "audio/mp4", ".m4a"
    return ("audio/mpeg", ".mp3") if _begins_with_sound(content) else None


def _only_sounds(content: bytes) -> bool:
    """Returns whether an MP4 has sound tracks only; recorders may use the same brands as films."""
    return {found[1] for found in _TRACKS.finditer(content)} == {b"soun"}


def _begins_with_sound(content: bytes) -> bool:
    """Returns whether the content starts with an MP3 frame (no ID3 header) that has valid rates."""
    if len(content) < 4 or content[0] != 0xFF or content[1] & 0xE6 != 0xE2 or content[1] & 0x18 == 0x08:
        return False
    return content[2] >> 4 not in {0, 15} and content[2] & 0x0C != 0x0C


def _is_plain_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    if text.lstrip().startswith("<") and _RUNS.search(content):
        return False
    return all(letter.isprintable() or letter in "\r\n\t" for letter in text)


def safe_name(name: str, suffix: str = "") -> str:
    """Returns a safe file name, on Windows too: no path, device, stream, trailing dot, or hidden file.

    Appends `suffix` unless the name ends with it.
    """
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(letter for letter in last if letter.isprintable() and unicodedata.category(letter) != "Cf")
    clean = _UNSAFE.sub("_", unicodedata.normalize("NFC", shown)).strip(" ").rstrip(". ").lstrip(". ")
    if suffix and _SAME.get(_suffix(clean), _suffix(clean)) != suffix:
        clean = f"{clean or 'file'}{suffix}"
    stem, ending = _parted(clean or "file")
    if stem.split(".")[0].rstrip().upper() in _DEVICES:
        stem = f"_{stem}"
    return stem[: LONGEST_NAME - len(ending)].rstrip(". ") + ending


def _parted(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    return (stem, f".{ending}") if stem and len(ending) <= 8 else (f"{stem}{dot}{ending}", "")


def _suffix(name: str) -> str:
    return _parted(name)[1].lower()
