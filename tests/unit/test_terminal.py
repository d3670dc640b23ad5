"""Laws of output on a terminal: foreign texts are shown, and have no effect."""

import json
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesapp.cli.terminal import row, safe, safe_lines, say, say_json

HOSTILE = {
    "line ends": ("N1\r\nN2", "N1\\r\\nN2"),
    "a tab": ("a\tb", "a\\tb"),
    "an escape sequence": ("a\x1b[2K\x1b[1A", "a\\x1b[2K\\x1b[1A"),
    "an escape sequence in one character": ("\x9b2J", "\\x9b2J"),
    "a bell, a backspace, a delete": ("\a\b\x7f", "\\x07\\x08\\x7f"),
    "other line ends": ("\v\f\x1c\x85\u2028\u2029", "\\x0b\\x0c\\x1c\\x85\\u2028\\u2029"),
    "an override of direction": ("exe.\u202egnp", "exe.\\u202egnp"),
    "isolates of direction": ("\u2066a\u2069", "\\u2066a\\u2069"),
    "zero width": ("an\u200bna\ufeff", "an\\u200bna\\ufeff"),
    "a letter without a glyph": ("a\u3164", "a\\u3164"),
    "tags": ("a\U000e0041", "a\\U000e0041"),
    "half a pair": ("a\ud800", "a\\ud800"),
    "a byte of a file name": ("a\udcff", "a\\udcff"),
}


@pytest.mark.parametrize(("given_", "shown"), HOSTILE.values(), ids=HOSTILE.keys())
def test_that_control_characters_are_shown_as_escapes(given_: str, shown: str) -> None:
    assert safe(given_) == shown


@pytest.mark.parametrize("text", ["Zażółć gęślą jaźń", "C:\\gw\\x1b", "1\u202f000\u00a0zł", "Ω é 漢字 😀", "-", ""])
def test_that_ordinary_text_stays_unchanged(text: str) -> None:
    assert safe(text) == text


@given(st.lists(st.text(st.characters()), min_size=1, max_size=4))
def test_that_any_texts_make_one_row_with_one_cell_each(cells: list[str]) -> None:
    line = row(cells)

    assert line.splitlines() == ([line] if line else [])
    assert line.count("\t") == len(cells) - 1
    assert not {unicodedata.category(character) for character in line.replace("\t", "")} & {"Cc", "Cf", "Cs"}


def test_that_a_text_of_several_lines_keeps_only_its_lines() -> None:
    assert safe_lines("add:\r\n  delimiter = ';'\n\x1b[31m") == "add:\n      delimiter = ';'\n    \\x1b[31m"


def test_that_a_row_is_one_line_on_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    say("A\n1", Decimal("1.50"), None)
    say("x\r", err=True)

    assert capsys.readouterr() == ("A\\n1\t1.50\tNone\n", "x\\r\n")


@given(st.recursive(st.text(st.characters()) | st.integers() | st.none(), st.lists))
def test_that_json_is_pure_ascii_with_the_same_content(value: object) -> None:
    with pytest.MonkeyPatch.context() as patch:
        out = _Bytes()
        patch.setattr("sys.stdout", out)
        say_json({"value": value})

    assert out.buffer.content.isascii()
    assert out.buffer.content.decode().removesuffix("\n").isprintable()
    assert json.loads(out.buffer.content) == {"value": value}


class _Bytes:
    """Standard output as `say_json` sees it."""

    def __init__(self) -> None:
        self.buffer = self
        self.content = b""

    def write(self, content: bytes) -> None:
        self.content += content

    def flush(self) -> None:
        return
