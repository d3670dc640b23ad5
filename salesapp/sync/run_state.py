"""The state of a running sync: stages write their numbers here, and progress values are read from it."""

import time
from dataclasses import dataclass, field

import msgspec

from salesapp.domain.catalogue import Catalogue
from salesapp.domain.object_states import FINAL, ObjectState, worst
from salesapp.domain.schema import SyncObject
from salesapp.errors import UserFacingError
from salesapp.protocol.messages import ObjectPlan
from salesapp.sync.values import (
    AttachmentProgress,
    ErrorValue,
    ObjectOutcome,
    ObjectProgress,
    Progress,
    SectionProgress,
    SendingProgress,
    Stage,
)

# The cost of work, in units of the time that fetching 1 KiB takes. Only the proportions matter: for an even percentage.
_STAGE_ROWS_PER_UNIT = 100
_VERIFY_ROWS_PER_UNIT = 1_000
_BYTES_PER_UNIT = 1_024
_PUBLISH_UNITS = 10.0
_BEFORE_PLAN_PERCENT = 3.0
_LEFT_KNOWN_AFTER_S = 1.5


def error_value(error: UserFacingError) -> ErrorValue:
    return ErrorValue(error.code, error.params)


@dataclass
class ObjectRun:
    """One object in this run."""

    entry: SyncObject
    state: ObjectState = ObjectState.WAITING
    plan: ObjectPlan | None = None
    rows_done: int = 0
    bytes_done: int = 0
    error: ErrorValue | None = None
    verified_at: str | None = None
    rows_in_place: int = 0
    is_proven: bool = False
    """Whether the rows in place equal the gateway's at the run's checkpoint."""
    was_there: bool = False
    """Whether the object was correct on this device before this run."""
    started_s: float | None = None
    ended_s: float | None = None

    @property
    def key(self) -> str:
        return self.entry.key

    @property
    def rows_expected(self) -> int:
        """Rows to stage in this run."""
        return sum(segment.rows + segment.tombstones for segment in self.plan.segments) if self.plan else 0

    @property
    def bytes_expected(self) -> int:
        return sum(segment.bytes for segment in self.plan.segments) if self.plan else 0

    @property
    def work_expected(self) -> float:
        """The whole cost of this object, in units of work."""
        to_verify = self.plan.count if self.plan else 0
        return _work(self.bytes_expected, self.rows_expected) + to_verify / _VERIFY_ROWS_PER_UNIT

    @property
    def work_done(self) -> float:
        if self.is_final:
            return self.work_expected
        return _work(min(self.bytes_done, self.bytes_expected), min(self.rows_done, self.rows_expected))

    @property
    def is_final(self) -> bool:
        return self.state in FINAL

    def enter(self, state: ObjectState) -> None:
        """Changes the state, unless the object has ended."""
        if self.is_final:
            return
        now = time.monotonic()
        if self.started_s is None:
            self.started_s = now
        if state in FINAL:
            self.ended_s = now
        self.state = state

    def fail(self, error: UserFacingError, state: ObjectState = ObjectState.FAILED) -> None:
        """Ends the object red (or held back), with the reason."""
        if not self.is_final:
            self.error = error_value(error)
            self.enter(state)

    def progress(self) -> ObjectProgress:
        ended = self.ended_s or time.monotonic()
        return ObjectProgress(
            key=self.key,
            state=self.state,
            rows_done=min(self.rows_done, self.rows_expected),
            rows_expected=self.rows_expected,
            bytes_done=min(self.bytes_done, self.bytes_expected),
            bytes_expected=self.bytes_expected,
            seconds=round(ended - self.started_s, 3) if self.started_s is not None else 0.0,
            verified_at=self.verified_at,
            error=self.error,
        )

    def outcome(self) -> ObjectOutcome:
        return ObjectOutcome(
            key=self.key,
            state=self.state if self.is_final else ObjectState.NOT_REACHED,
            rows=self.rows_in_place,
            expected_rows=self.plan.count if self.plan else (self.rows_in_place if self.is_proven else None),
            digest_ok=self.is_proven,
            error=self.error,
        )


@dataclass
class RunState:
    """All numbers of a run, which stages change. `percent` follows the manifest's weights and never falls."""

    catalogue: Catalogue
    stage: Stage = Stage.STARTING
    sending: SendingProgress = field(default_factory=SendingProgress)
    attachments: AttachmentProgress = field(default_factory=AttachmentProgress)
    warnings: list[ErrorValue] = field(default_factory=list)
    in_erp: int = 0
    undecided: int = 0
    has_settled: bool = False
    """Whether `in_erp` and `undecided` have been counted."""
    rejected_here: int = 0
    _began_s: float = field(default_factory=time.monotonic)
    _planned_s: float | None = None
    _weight: float = 0.0
    _attachment_bytes: int = 0
    _published: float = 0.0
    _percent: float = 0.0

    def __post_init__(self) -> None:
        self.objects = {entry.key: ObjectRun(entry) for entry in self.catalogue.all}

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._began_s

    @property
    def open_objects(self) -> list[ObjectRun]:
        """Objects that have not ended, parents first."""
        ordered = (self.objects[entry.key] for entry in self.catalogue.parents_first)
        return [run for run in ordered if not run.is_final]

    def fix_weights(self, attachment_bytes: int) -> None:
        """Call when the plans are known: from then on the percentage is the share of work done."""
        self._planned_s = time.monotonic()
        self._attachment_bytes = attachment_bytes
        self._weight = _PUBLISH_UNITS + _work(attachment_bytes)
        self._weight += sum(run.work_expected for run in self.objects.values())

    def start_over(self) -> None:
        """Resets the objects before another manifest, except skipped ones; the percentage stays."""
        for key, run in self.objects.items():
            if run.state is not ObjectState.SKIPPED:
                self.objects[key] = ObjectRun(
                    run.entry, verified_at=run.verified_at, rows_in_place=run.rows_in_place, was_there=run.was_there
                )

    def mark_published(self) -> None:
        self._published = _PUBLISH_UNITS

    @property
    def percent(self) -> float:
        """0 to 100; 100 only when the run has finished."""
        if self.stage is Stage.FINISHED:
            self._percent = 100.0
        elif self._planned_s is None:
            sent = self.sending
            part = (sent.accepted + sent.rejected) / sent.total if sent.total else 0.0
            negotiating = 1.0 if self.stage is Stage.NEGOTIATING else 0.0
            self._percent = max(self._percent, min(_BEFORE_PLAN_PERCENT, 2.0 * part + negotiating))
        else:
            done = self._done() / self._weight if self._weight else 1.0
            span = 99.0 - _BEFORE_PLAN_PERCENT
            self._percent = max(self._percent, min(99.0, _BEFORE_PLAN_PERCENT + span * done))
        return round(self._percent, 1)

    def _done(self) -> float:
        files = _work(min(self.attachments.bytes, self._attachment_bytes))
        return self._published + files + sum(run.work_done for run in self.objects.values())

    def _seconds_left(self, percent: float) -> float | None:
        if self._planned_s is None or self.stage is Stage.FINISHED:
            return None
        running = time.monotonic() - self._planned_s
        part = (percent - _BEFORE_PLAN_PERCENT) / (100.0 - _BEFORE_PLAN_PERCENT)
        if running < _LEFT_KNOWN_AFTER_S or part < 0.03:
            return None
        return round(running * (1.0 - part) / part, 1)

    def count_waiting(self, waiting: int, rejected: int) -> None:
        """Takes the counts of the outbox, before and after sending, whether or not the gateway is reached."""
        sending, self.rejected_here = self.sending, rejected
        total = sending.accepted + sending.rejected + waiting
        self.sending = msgspec.structs.replace(sending, waiting=waiting, total=total, is_counted=True)

    def snapshot(self, *, bytes_down: int, bytes_up: int, silent_s: float = 0.0) -> Progress:
        """Returns the current numbers as a value."""
        percent = self.percent
        return Progress(
            percent=percent,
            stage=self.stage,
            seconds=round(self.seconds, 3),
            seconds_left=self._seconds_left(percent),
            bytes_down=bytes_down,
            bytes_up=bytes_up,
            sending=self.sending,
            sections=self._sections(),
            auxiliary=tuple(self.objects[entry.key].progress() for entry in self.catalogue.auxiliary),
            attachments=self.attachments,
            silent_s=round(silent_s, 1),
        )

    def _sections(self) -> tuple[SectionProgress, ...]:
        return tuple(
            _section(key, tuple(self.objects[entry.key].progress() for entry in self.catalogue.in_section(key)))
            for key in self.catalogue.sections
        )


def _work(bytes_: int, rows: int = 0) -> float:
    """Units of work of fetching and staging."""
    return bytes_ / _BYTES_PER_UNIT + rows / _STAGE_ROWS_PER_UNIT


def _section(key: str, objects: tuple[ObjectProgress, ...]) -> SectionProgress:
    return SectionProgress(
        key=key,
        state=worst(entry.state for entry in objects),
        rows_done=sum(entry.rows_done for entry in objects),
        rows_expected=sum(entry.rows_expected for entry in objects),
        bytes_done=sum(entry.bytes_done for entry in objects),
        bytes_expected=sum(entry.bytes_expected for entry in objects),
        objects=objects,
    )
