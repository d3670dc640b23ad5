"""The guide for the back office is right: its shapes are read, its mapping works, its examples exist."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

from salesapp.domain.catalogue import CATALOGUE
from salesapp.domain.schema import Field, Kind
from salesapp.gateway.connectors.file_forms import KEYS
from tests.gateway.exports import Exports

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "csv.md").read_text(encoding="utf-8")


def section(heading: str) -> str:
    return GUIDE.partition(f"{heading}\n")[2].partition("\n#")[0]


def nested_fields(name: str) -> list[Field]:
    return [
        field for entry in CATALOGUE.all for field in entry.fields if field.kind is Kind.JSON and field.name == name
    ]


def test_that_every_shape_in_the_guide_is_read() -> None:
    checked = 0
    for line in re.findall(r"^\| `.*$", section("### Shapes of JSON fields"), re.MULTILINE):
        names = re.findall(r"`(\w+)`", line.split("|")[1])
        shapes: list[Any] = [json.loads(text) for text in re.findall(r"`(\[.+?\])`", line)]
        for name in names:
            fields = nested_fields(name)
            assert fields, name
            for field in fields:
                for shape in shapes:
                    assert field.read is None or field.read(shape) == shape, name
                    checked += 1
    assert checked > 10


def test_that_the_guide_lists_every_key_of_a_file() -> None:
    table = section("### The form of a file: `[files.NAME]`")
    assert [key for key in KEYS if f"| `{key}` |" not in table] == []


def test_that_the_guides_mapping_works(exports: Exports) -> None:
    (text,) = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
    assert set(tomllib.loads(text)) == {"source", "params", "files", "objects"}
    (exports.folder.parent / "extra").mkdir()
    exports.put("artykuly.csv", "Indeks;jm;Cena netto\r\nA1;szt.;12,50\r\n".encode("windows-1250"))
    exports.map_to(text)
    assert [(row["item"], row["value"]) for row in exports.rows("items.prices")] == [("A1", 131_300)]


def test_that_the_examples_of_the_guide_exist() -> None:
    links = re.findall(r"\]\(\.\./(examples/[^)]+)\)", GUIDE)
    assert len(links) == 3
    assert all((ROOT / link).exists() for link in links)
