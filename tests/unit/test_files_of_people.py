"""Files and standard input from people with tools of any system: keys, passwords, cases, mappings."""

import codecs
import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from salesapp.cli.boundary import read_secret
from salesapp.cli.price_case import read_case
from salesapp.domain.catalogue import CATALOGUE
from salesapp.errors import DeviceError, UsageError
from salesapp.gateway.connectors.mapping import load_mapping
from salesapp.store.keys import load_key

PASSWORD = "zażółć gęślą jaźń"
Write = Callable[[str], bytes]
KEY = "0123456789abcdef" * 4
WRITTEN = [
    pytest.param(lambda text: text.encode(), id="UTF-8"),
    pytest.param(lambda text: (text + "\n").encode(), id="a line"),
    pytest.param(lambda text: (text + "\r\n").encode("utf-8-sig"), id="Notepad"),
    pytest.param(lambda text: codecs.BOM_UTF16_LE + (text + "\r\n").encode("utf-16-le"), id="PowerShell >"),
    pytest.param(lambda text: codecs.BOM_UTF16_BE + (text + "\n").encode("utf-16-be"), id="UTF-16, the other way"),
]


@pytest.mark.parametrize("write", WRITTEN)
def test_that_a_password_is_its_files_first_line(write: Write, tmp_path: Path) -> None:
    path = tmp_path / "password"
    path.write_bytes(write(PASSWORD))

    assert read_secret(str(path)) == PASSWORD


@pytest.mark.parametrize("write", WRITTEN)
def test_that_a_key_file_is_read(write: Write, tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_bytes(write(KEY))

    assert load_key(tmp_path / "data", path) == bytes.fromhex(KEY)


@pytest.mark.parametrize("write", WRITTEN)
def test_that_a_case_and_a_mapping_are_read(write: Write, tmp_path: Path) -> None:
    example = Path(__file__).parents[2] / "examples" / "pricing" / "a.json"
    _book, document = read_case(write(example.read_text(encoding="utf-8")))
    assert document.lines

    path = tmp_path / "mapping.toml"
    path.write_bytes(write("# żółw\n[objects]\n"))
    assert load_mapping(path, CATALOGUE).name == path.name


def test_that_files_that_are_not_text_are_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(PASSWORD.encode("cp1250"))

    with pytest.raises(UsageError, match=r"the password file .*file cannot be read: line 1 is not UTF-8"):
        read_secret(str(path))
    with pytest.raises(UsageError, match="cannot be read: line 1 is not UTF-8"):
        read_case(path.read_bytes())
    with pytest.raises(UsageError, match="file cannot be read: line 1 is not UTF-8"):
        load_mapping(path, CATALOGUE)
    with pytest.raises(DeviceError, match="line 1 is not UTF-8") as refused:
        load_key(tmp_path / "data", path)
    assert refused.value.code == "device.bad_key_file"
    with pytest.raises(UsageError, match="No such file"):
        read_secret(str(tmp_path / "none"))


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (PASSWORD.encode() + b"\n", "cp852"),
        (PASSWORD.encode("utf-8-sig") + b"\r\n", "cp1250"),
        (PASSWORD.encode("cp852") + b"\r\n", "cp852"),
        (PASSWORD.encode("cp1250") + b"\n", "cp1250"),
        (codecs.BOM_UTF16_LE + (PASSWORD + "\r\n").encode("utf-16-le"), "cp852"),
        (codecs.BOM_UTF16_BE + (PASSWORD + "\r\nmore").encode("utf-16-be"), "utf-8"),
    ],
)
def test_that_a_password_on_standard_input_is_utf_8_or_in_the_consoles_code_page(
    content: bytes, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding=encoding))

    assert read_secret("-") == PASSWORD


def test_that_only_the_first_line_of_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"secret\nstop\n"), encoding="utf-8"))

    assert read_secret("-") == "secret"
    assert sys.stdin.buffer.readline() == b"stop\n"


def test_that_a_password_in_no_known_encoding_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PASSWORD.encode("cp1250")), encoding="utf-8"))

    with pytest.raises(UsageError, match="the password on standard input cannot be read"):
        read_secret("-")
