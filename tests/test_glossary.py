"""The glossary has the words of the product: every section and object with its labels, and each word once."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

from salesapp.domain.catalogue import CATALOGUE, SECTIONS

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| ")]


def polish_labels() -> dict[str, str]:
    """Polish labels of sections and objects by key."""
    tree = ET.parse(ROOT / "resources" / "i18n" / "salesapp_pl.ts").getroot()
    messages = (
        message
        for context in tree.iter("context")
        if context.findtext("name") == "Catalogue"
        for message in context.iter("message")
    )
    return {message.findtext("comment", ""): message.findtext("translation", "") for message in messages}


def test_that_the_glossary_has_every_section_and_object_with_its_labels() -> None:
    polish = polish_labels()
    found = {row[1].strip("`"): (row[0].strip("*"), row[4]) for row in ROWS if len(row) == 5}
    labels = {section.key: section.label for section in SECTIONS} | {entry.key: entry.label for entry in CATALOGUE.all}
    assert len(labels) > len(SECTIONS)
    for key, label in labels.items():
        assert found.get(key) == (label, polish[key]), key


def test_that_the_glossary_explains_each_word_once() -> None:
    tables = PAGE.partition("## The catalogue's labels")[0]
    words = re.findall(r"^\| ([^|*-]+?) \|", tables, re.MULTILINE)
    words = [word for word in words if word != "word"]
    assert len(words) > 60
    assert sorted({word for word in words if words.count(word) > 1}) == []
