"""The canonical form of rows and their hashes do not change, so rows on tablets stay valid."""

import json
from pathlib import Path

from sqlalchemy import select

from salesapp.domain.canonical import row_hash
from salesapp.domain.catalogue import CATALOGUE
from salesapp.gateway.tables import record
from salesapp.protocol.segments import schema_id
from tests.conftest import GatewayUnderTest

KNOWN = Path(__file__).parent / "canonical_rows.json"
"""Hashed rows of the small company, and the schema of each object. Change them only with the catalogue."""


def test_that_the_hashes_of_a_companys_rows_do_not_change(gateway: GatewayUnderTest) -> None:
    with gateway.database.read() as connection:
        query = select(record.c.object, record.c.erp_key, record.c.canonical)
        canonical = {f"{row.object} {row.erp_key}": row.canonical for row in connection.execute(query)}
    known = json.loads(KNOWN.read_text(encoding="utf-8"))

    assert {name: text for name, (text, _) in known["rows"].items()} == canonical
    for name, (text, hash_) in known["rows"].items():
        assert row_hash(name.split(" ", 1)[0], 1, text.encode()) == hash_, name


def test_that_the_schema_of_each_object_does_not_change() -> None:
    known = json.loads(KNOWN.read_text(encoding="utf-8"))
    assert {entry.key: schema_id(entry) for entry in CATALOGUE.all} == known["schemas"]
