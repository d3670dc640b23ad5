"""The states of objects: their ranks, and the worst one of a section."""

import pytest

from salesapp.domain.object_states import FINAL, RIGHT, WORST_FIRST, WRONG, ObjectState, sending_state, worst


def test_that_every_state_has_one_rank() -> None:
    assert sorted(WORST_FIRST) == sorted(ObjectState)
    assert RIGHT.isdisjoint(WRONG)
    assert FINAL > RIGHT | WRONG


def test_that_a_section_shows_its_worst_state() -> None:
    assert worst(["ok", "failed", "fetching"]) is ObjectState.FAILED
    assert worst(["ok", "waiting", "unchanged"]) is ObjectState.WAITING
    assert worst(["not_reached", "waiting", "ok"]) is ObjectState.NOT_REACHED


@pytest.mark.parametrize(
    ("outcome", "accepted", "rejected", "state"),
    [
        ("ok", 0, 0, "ok"),
        ("failed", 3, 0, "ok"),
        ("ok", 3, 1, "failed"),
        ("unreachable", 0, 0, "not_reached"),
        ("unreachable", 1, 0, "ok"),
    ],
)
def test_that_sending_is_red_after_a_rejection_and_open_if_the_gateway_was_not_reached(
    outcome: str, accepted: int, rejected: int, state: str
) -> None:
    assert sending_state(outcome, accepted=accepted, rejected=rejected) == state
