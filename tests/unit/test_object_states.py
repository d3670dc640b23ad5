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
    ("rejected", "has_ended", "state"),
    [(0, True, "ok"), (1, True, "failed"), (1, False, "failed"), (0, False, "not_reached")],
)
def test_that_sending_is_red_for_a_rejection_and_open_until_it_has_ended(
    rejected: int, has_ended: bool, state: str
) -> None:
    assert sending_state(rejected=rejected, has_ended=has_ended) == state
