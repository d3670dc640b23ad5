"""The command that renders pictures knows their names before it begins."""

import subprocess
import sys
from pathlib import Path

from scripts.scenes.names import NAMES

SCRIPT = Path(__file__).parents[2] / "scripts" / "screenshots"


def test_that_a_picture_that_does_not_exist_is_refused_with_the_names_of_those_that_do() -> None:
    done = subprocess.run([sys.executable, SCRIPT, "main", "mian"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert not done.stdout
    assert "there is no picture mian; there are: " in done.stderr
    assert all(f" {name}" in done.stderr for name in NAMES)
