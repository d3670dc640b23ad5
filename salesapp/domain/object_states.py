"""The states of an object in a sync: which are final, which are right or wrong, and which is the worst."""

from collections.abc import Iterable
from enum import StrEnum


class ObjectState(StrEnum):
    """The state of one object, while a sync runs and after it."""

    WAITING = "waiting"  # its turn has not come
    FETCHING = "fetching"
    STAGING = "staging"
    VERIFYING = "verifying"
    OK = "ok"  # correct, and something came or it is new to the device
    UNCHANGED = "unchanged"  # already proven at this checkpoint
    FAILED = "failed"  # red
    HELD_BACK = "held_back"  # fine in itself, but an object that it needs is not
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
    """The state of a section whose objects have these states. Raises StopIteration without any."""
    found = set(states)
    return next(state for state in WORST_FIRST if state in found)


def sending_state(outcome: str, *, accepted: int, rejected: int) -> ObjectState:
    """The state of sending at the end of a sync with this outcome, which sent or was refused so many records."""
    if rejected:
        return ObjectState.FAILED
    reached = outcome in {"ok", "failed", "stopped"} or accepted
    return ObjectState.OK if reached else ObjectState.NOT_REACHED
