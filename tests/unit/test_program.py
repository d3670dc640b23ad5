"""How the program restarts itself, also when packaged."""

import sys
from pathlib import Path

import pytest

from salesapp.program import own_command


def test_that_the_program_is_the_interpreter_with_the_module() -> None:
    assert own_command() == [sys.executable, "-m", "salesapp"]


def test_that_a_packaged_window_starts_the_executable_with_a_console_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "salesapp"))
    (command,) = own_command()
    assert Path(command).parent == tmp_path
    assert Path(command).stem == "salesapp-engine"
