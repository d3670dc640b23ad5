"""A tablet that begins with a copied state equals one that really synchronized."""

import pytest

from tests.conftest import GatewayUnderTest, Tablet, states
from tests.worlds import Worlds


@pytest.mark.parametrize("_time", [1, 2])
def test_that_a_copied_first_sync_equals_a_real_one(
    _time: int, tablet: Tablet, gateway: GatewayUnderTest, worlds: Worlds
) -> None:
    gateway.connector.company["items.forms"]["I1"]["name"] = "Only here"
    gateway.take()
    outcome = tablet.begin()
    assert outcome.outcome == "ok"
    assert any(world.outcome is outcome for world in worlds._made.values()), "what was made once is found again"
    again = tablet.sync()
    assert (again.outcome, again.requests) == ("ok", 1), "the gateway knows its session and its checkpoint"
    assert set(states(again).values()) == {"unchanged"}
    gateway.connector.company["items.forms"]["I1"]["name"] = "Later"
    gateway.take()
    assert tablet.sync().outcome == "ok"


def test_that_a_falsified_gateway_gets_a_real_first_sync(
    tablet: Tablet, gateway: GatewayUnderTest, worlds: Worlds
) -> None:
    gateway.restart("items.prices=missing")
    known = len(worlds._made)
    assert tablet.begin().outcome == "failed"
    assert len(worlds._made) == known
