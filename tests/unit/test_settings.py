"""Settings on a full disk: they apply while the program runs, and cause no other failure."""

import logging
from pathlib import Path

import pytest

from salesapp.settings import FILE, Settings


def test_that_a_setting_that_cannot_be_written_applies_until_the_end(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / FILE).mkdir()
    settings = Settings(tmp_path)
    with caplog.at_level(logging.WARNING):
        settings.theme = "dark"
    assert settings.theme == "dark"
    assert "theme" in caplog.text
    assert [path.name for path in tmp_path.iterdir()] == [FILE]
    (tmp_path / FILE).rmdir()
    settings.language = "pl"
    assert (Settings(tmp_path).theme, Settings(tmp_path).language) == ("dark", "pl")


PRESET = '{"gateway": "https://gateway.company.example", "user": "żółw"}'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_that_a_preset_is_read_in_every_encoding(encoding: str, end: str, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes((PRESET + end).encode(encoding))

    settings = Settings(tmp_path)

    assert (settings.gateway, settings.user) == ("https://gateway.company.example", "żółw")
    assert settings.trouble == ""


@pytest.mark.parametrize(
    "content",
    [PRESET.encode("cp1250"), PRESET.encode("utf-16-le"), b"", b"{", b"[]", b"null", b"[" * 100_000, b'"gateway"'],
    ids=["cp1250", "UTF-16 without a mark", "empty", "cut", "a list", "null", "deep", "a text"],
)
def test_that_an_unreadable_file_is_reported_and_kept(
    content: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / FILE).write_bytes(content)

    settings = Settings(tmp_path)

    assert (settings.theme, settings.gateway) == ("system", "")
    assert settings.trouble
    assert settings.trouble in caplog.text
    assert (tmp_path / FILE).read_bytes() == content
    settings.theme = "dark"
    assert (tmp_path / "settings-unreadable-1.json").read_bytes() == content
    assert Settings(tmp_path).theme == "dark"
    assert Settings(tmp_path).trouble == ""
    (tmp_path / FILE).write_bytes(content)
    Settings(tmp_path).theme = "light"
    assert len(list(tmp_path.glob("settings-unreadable-*.json"))) == 2, "none is written over"


def test_that_a_setting_is_read_as_people_write_it(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / FILE).write_text(
        '{"auto_sync": 30, "remember": false, "theme": "drak", "gateway": " g\\n", "colour": 1}'
    )

    settings = Settings(tmp_path)

    assert (settings.auto_sync, settings.remember, settings.theme, settings.gateway) == (30, False, "system", "g")
    assert "theme" in caplog.text
    assert "colour" in caplog.text
