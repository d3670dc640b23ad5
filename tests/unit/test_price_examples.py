"""The worked examples over several lines in docs/pricing.md, computed by hand there, come out of `salesapp price`."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from salesapp.cli.main import salesapp

ROOT = Path(__file__).parents[2]
HEAD = ["case", "calculation", "net of each line", "net", "VAT", "gross"]
Example = tuple[str, list[str], list[str]]
"""The name of a case, the nets of its lines, and its totals."""


def examples() -> list[Example]:
    found, is_table = [], False
    for row in (ROOT / "docs" / "pricing.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in row.strip().strip("|").split("|")]
        is_table = row.startswith("|") and (is_table or cells == HEAD)
        name = re.match(r"`([a-z-]+)\.json`", cells[0])
        if is_table and name:
            found.append((name[1], cells[2].split(", "), cells[3:]))
    return found


@pytest.mark.parametrize(("name", "nets", "totals"), examples(), ids=[name for name, _, _ in examples()])
def test_that_an_example_over_several_lines_comes_out_exactly(name: str, nets: list[str], totals: list[str]) -> None:
    done = CliRunner().invoke(salesapp, ["price", str(ROOT / "examples" / "pricing" / f"{name}.json"), "--json"])
    assert (done.exit_code, done.stderr) == (0, "")
    priced = json.loads(done.stdout)
    assert [line["net"] for line in priced["lines"] if not line["is_free"]] == nets
    assert [priced[amount] for amount in ("net", "vat", "gross")] == totals
    for amount in ("net", "vat", "gross"):
        assert sum(Decimal(line[amount]) for line in priced["lines"]) == Decimal(priced[amount])
