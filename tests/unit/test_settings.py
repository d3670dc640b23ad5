"""Settings on a disk that takes nothing: they hold as long as the program runs, and nothing else is in the way."""

import logging
from pathlib import Path

import pytest

from salesapp.settings import FILE, Settings


def test_that_a_setting_that_cannot_be_written_holds_until_the_end(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / FILE).mkdir()
    settings = Settings(tmp_path)
    with caplog.at_level(logging.WARNING):
        settings.set("theme", "dark")
    assert settings["theme"] == "dark"
    assert "theme" in caplog.text
    assert [path.name for path in tmp_path.iterdir()] == [FILE]
    (tmp_path / FILE).rmdir()
    settings.set("language", "pl")
    assert (Settings(tmp_path)["theme"], Settings(tmp_path)["language"]) == ("dark", "pl")
