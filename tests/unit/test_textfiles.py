"""Laws of text files that people write with any program."""

import codecs
from pathlib import Path

import pytest

from salesapp.textfiles import NotTextError, decoded, read_text

TEXT = "klucz = 'żółw'\nb = 2\n"
AS_WRITTEN = {
    "UTF-8": TEXT.encode(),
    "Notepad and PowerShell 5 -Encoding UTF8": codecs.BOM_UTF8 + TEXT.replace("\n", "\r\n").encode(),
    "PowerShell >": codecs.BOM_UTF16_LE + TEXT.replace("\n", "\r\n").encode("utf-16-le"),
    "UTF-16 the other way round": codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    "UTF-32": codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
    "UTF-32 the other way round": codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"),
    "an old Mac": TEXT.replace("\n", "\r").encode(),
}


@pytest.mark.parametrize("content", AS_WRITTEN.values(), ids=AS_WRITTEN.keys())
def test_that_a_file_is_read_in_every_encoding(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "file.toml"
    path.write_bytes(content)

    assert read_text(path) == TEXT


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("a\nżółw".encode("cp1250"), "line 2 is not UTF-8"),
        (b"a\n\n\xff", "line 3 is not UTF-8"),
        (codecs.BOM_UTF16_LE + b"a\x00\n\x00b", "line 2 is not UTF-16"),
        ("ab".encode("utf-16-le"), "UTF-16 without a byte order mark"),
        (b"\x00", "zero bytes"),
    ],
)
def test_that_other_bytes_are_refused_with_a_remedy(content: bytes, reason: str) -> None:
    with pytest.raises(NotTextError, match=reason) as told:
        decoded(content)

    assert "save it as UTF-8" in str(told.value)
