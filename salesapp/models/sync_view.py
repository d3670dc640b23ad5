"""Summarizes the running or last sync in one value, for tiles and chips."""

from dataclasses import dataclass, field
from typing import Any

from salesapp.domain.catalogue import IMAGES
from salesapp.domain.object_states import RIGHT, WRONG, ObjectState
from salesapp.models.sync_tree import SyncTreeModel, strip_segments
from salesapp.sync.values import Outcome, Progress

__all__ = ["Outcome", "OutcomeFigures", "Progress", "SyncView"]


@dataclass(frozen=True, slots=True)
class SyncView:
    """`percent` is whole and never falls; `current` is the key of an object; `verdict` is empty during a sync."""

    is_running: bool = False
    percent: int = 0
    current: str = ""
    seconds_left: float | None = None
    sections: tuple[tuple[str, float], ...] = ()
    verdict: str = ""
    failed: int = 0
    held_back: int = 0
    ended_at: str = ""
    silent_s: int = 0
    """For how many seconds the gateway has not answered."""


def running_view(progress: Progress | None, tree: SyncTreeModel, seconds_left: float | None = None) -> SyncView:
    """Returns the view of a running sync; `progress` is None before the first value. `seconds_left`: last estimate."""
    problems = tree.problems()
    return SyncView(
        is_running=True,
        percent=int(progress.percent) if progress else 0,
        current=current_object(progress),
        seconds_left=seconds_left,
        sections=tuple(strip_segments(tree.sections)),
        failed=sum(row.state == "failed" for row in problems),
        held_back=sum(row.state == "held_back" for row in problems),
        silent_s=int(progress.silent_s) if progress else 0,
    )


def finished_view(outcome: Outcome, tree: SyncTreeModel, percent: int) -> SyncView:
    problems = tree.problems()
    return SyncView(
        percent=100 if outcome.outcome == "ok" else percent,
        sections=tuple(strip_segments(tree.sections)),
        verdict=outcome.outcome,
        failed=sum(row.state == "failed" for row in problems),
        held_back=sum(row.state == "held_back" for row in problems),
    )


def current_object(progress: Progress | None) -> str:
    """Returns the current object: the first one that has begun but not ended."""
    if progress is None:
        return ""
    if progress.stage == "attachments":
        return IMAGES
    busy: list[Any] = [
        entry
        for section in progress.sections
        for entry in section.objects
        if entry.state in {"staging", "verifying", "fetching"}
    ]
    order = {"staging": 0, "verifying": 1, "fetching": 2}
    return min(busy, key=lambda entry: order[entry.state]).key if busy else ""


@dataclass(frozen=True, slots=True)
class OutcomeFigures:
    """Figures of a finished sync; None is unknown.

    `total`: objects that took part; `all_objects`: all listed ones; `rejected_here`: all rejected records on
    this device, `rejected` those of this sync.
    """

    outcome: str
    percent: int
    correct: int
    failed: int
    held_back: int
    total: int
    all_objects: int
    sent: int
    to_send: int | None
    rejected: int
    rejected_here: int
    waiting: int | None
    in_erp: int | None
    undecided: int
    rows: int
    bytes_down: int
    seconds: float
    error_code: str = ""
    error_params: dict[str, str] = field(default_factory=dict)


def figures_of(outcome: Outcome, percent: int) -> OutcomeFigures:
    states, sent = [entry.state for entry in outcome.objects if entry.state != "skipped"], outcome.sent
    return OutcomeFigures(
        outcome=outcome.outcome,
        percent=percent,
        correct=sum(state in RIGHT for state in states),
        failed=states.count(ObjectState.FAILED),
        held_back=states.count(ObjectState.HELD_BACK),
        total=len(states),
        all_objects=len(outcome.objects),
        sent=sent.accepted,
        to_send=sent.accepted + sent.rejected + sent.waiting if sent.is_counted else None,
        rejected=sent.rejected,
        rejected_here=max(sent.rejected, sent.rejected_here),
        waiting=sent.waiting if sent.is_counted else None,
        in_erp=sent.in_erp if sent.has_settled else None,
        undecided=sent.undecided,
        rows=sum(entry.rows for entry in outcome.objects),
        bytes_down=outcome.bytes_down,
        seconds=outcome.seconds,
        error_code=outcome.error.code if outcome.error else "",
        error_params=dict(outcome.error.params) if outcome.error else {},
    )


def details_of(outcome: Outcome | None, key: str = "") -> str:
    """Returns details for support on an object or the whole sync: codes and figures, no records or names."""
    if outcome is None:
        return ""
    lines = [f"outcome {outcome.outcome}, checkpoint {outcome.checkpoint}, started {outcome.started_at}"]
    if outcome.error is not None and not key:
        lines.append(f"error {outcome.error.code}")
    for entry in outcome.objects:
        if entry.key == key or (not key and entry.state in WRONG):
            code = f"{entry.error.code} {entry.error.params}" if entry.error else ""
            lines.append(f"{entry.key}: {entry.state.value}, {entry.rows} of {entry.expected_rows} rows {code}".strip())
    return "\n".join(lines)
