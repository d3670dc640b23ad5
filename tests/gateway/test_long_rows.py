"""Rows too long for a tablet are set aside, and long ones make smaller segments, so no object turns red."""

import pytest
from sqlalchemy import select

from salesapp.gateway import publisher
from salesapp.gateway.tables import segment, set_aside
from tests.conftest import GatewayUnderTest, Tablet

KEY = "directories.travel_types"


def put(gateway: GatewayUnderTest, *names: str) -> None:
    company = gateway.connector.company[KEY]
    company |= {f"N{number}": {"code": f"N{number}", "name": name} for number, name in enumerate(names)}
    gateway.take()


@pytest.mark.parametrize("letter", ["x", "ż", "\U0001f600"])
def test_that_the_longest_allowed_text_arrives_and_a_longer_one_is_set_aside(
    tablet: Tablet, gateway: GatewayUnderTest, letter: str
) -> None:
    put(gateway, letter * 4_000, letter * 4_001)
    with gateway.database.read() as connection:
        aside = connection.execute(select(set_aside.c.object, set_aside.c.erp_key, set_aside.c.reason)).all()
    assert [tuple(row) for row in aside] == [(KEY, "N1", "long")]
    assert tablet.sync().outcome == "ok"


def test_that_segments_of_long_rows_have_fewer_rows(
    tablet: Tablet, gateway: GatewayUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publisher, "MAX_SEGMENT_TEXT_BYTES", 10_000)
    put(gateway, *("x" * 3_000 for _ in range(10)))
    with gateway.database.read() as connection:
        rows = list(connection.execute(select(segment.c.rows).where(segment.c.object == KEY)).scalars())
    assert max(rows) <= 4
    assert sum(rows) >= 10
    assert tablet.sync().outcome == "ok"
