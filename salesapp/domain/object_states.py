"""The states of an object in a sync: the final ones, the right and wrong ones, and the worst of several."""

from collections.abc import Iterable
from enum import StrEnum


class ObjectState(StrEnum):
    """The state of one object, while a sync runs and after it."""

    WAITING = "waiting"  # its turn has not come
    FETCHING = "fetching"
    STAGING = "staging"
    VERIFYING = "verifying"
    OK = "ok"  # correct, with changes or new to the device
    UNCHANGED = "unchanged"  # already proven at this checkpoint
    FAILED = "failed"  # red
    HELD_BACK = "held_back"  # correct, but an object that it needs is not
    SKIPPED = "skipped"  # not part of this kind of sync
    NOT_REACHED = "not_reached"  # the sync ended before its turn


RIGHT = frozenset({ObjectState.OK, ObjectState.UNCHANGED})
WRONG = frozenset({ObjectState.FAILED, ObjectState.HELD_BACK})
FINAL = RIGHT | WRONG | {ObjectState.SKIPPED, ObjectState.NOT_REACHED}
WORST_FIRST = (
    ObjectState.FAILED,
    ObjectState.HELD_BACK,
    ObjectState.FETCHING,
    ObjectState.STAGING,
    ObjectState.VERIFYING,
    ObjectState.NOT_REACHED,
    ObjectState.WAITING,
    ObjectState.OK,
    ObjectState.UNCHANGED,
    ObjectState.SKIPPED,
)


def worst(states: Iterable[str]) -> ObjectState:
    """Returns the state of a section from its objects' states. Raises StopIteration if there are none."""
    found = set(states)
    return next(state for state in WORST_FIRST if state in found)


def sending_state(*, rejected: int, has_ended: bool) -> ObjectState:
    """Returns the state of sending after a sync with so many rejected records, which sent all others or not."""
    if rejected:
        return ObjectState.FAILED
    return ObjectState.OK if has_ended else ObjectState.NOT_REACHED
