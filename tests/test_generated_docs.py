"""Generated pages match the code."""

import subprocess
import sys
from pathlib import Path

from salesapp.domain.catalogue import CATALOGUE

REPOSITORY = Path(__file__).resolve().parents[1]


def test_that_the_catalogues_page_is_up_to_date() -> None:
    script = REPOSITORY / "scripts" / "generate_docs.py"
    done = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_that_the_page_has_every_object_and_field() -> None:
    page = (REPOSITORY / "docs" / "catalogue.md").read_text(encoding="utf-8")
    for entry in CATALOGUE.all:
        _, found, rest = page.partition(f"(`{entry.key}`)")
        assert found
        part = rest.partition("### ")[0]
        assert [name for name in entry.field_names if f"| `{name}` |" not in part] == []
