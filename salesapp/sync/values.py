"""What the engine reports, as frozen values: progress while it runs, and the outcome.

The same values go to the terminal, as JSON lines (`--events`) to the window's models, and into the history
in `work.db`. This module does not know how they are shown.
"""

from enum import StrEnum
from typing import Literal, Protocol

import msgspec

from salesapp.domain.object_states import ObjectState


class Stage(StrEnum):
    """The stages of a sync, in their order."""

    STARTING = "starting"
    SENDING = "sending"
    NEGOTIATING = "negotiating"
    FETCHING = "fetching"  # fetching and staging go side by side
    PUBLISHING = "publishing"
    ATTACHMENTS = "attachments"
    FINISHED = "finished"


OutcomeKind = Literal["ok", "failed", "unreachable", "unauthorized", "stopped", "busy", "error"]


class ErrorValue(msgspec.Struct, frozen=True):
    """A code of `salesapp.errors.ERRORS` with its parameters."""

    code: str
    params: dict[str, str] = {}


class ObjectProgress(msgspec.Struct, frozen=True):
    """One object. Rows and bytes are those of this sync; `verified_at` (UTC) is when the data in place were proven."""

    key: str
    state: ObjectState = ObjectState.WAITING
    rows_done: int = 0
    rows_expected: int = 0
    bytes_done: int = 0
    bytes_expected: int = 0
    seconds: float = 0.0
    verified_at: str | None = None
    error: ErrorValue | None = None


class SectionProgress(msgspec.Struct, frozen=True):
    """One section; `state` is that of its worst object."""

    key: str
    state: ObjectState
    rows_done: int
    rows_expected: int
    bytes_done: int
    bytes_expected: int
    objects: tuple[ObjectProgress, ...]


class SendingProgress(msgspec.Struct, frozen=True):
    """Records that go up. `unsent` ones were tried in this run and still wait.

    The counts mean nothing before `is_counted`; sending is done only once it `has_ended`.
    """

    accepted: int = 0
    rejected: int = 0
    waiting: int = 0
    total: int = 0
    unsent: int = 0
    is_counted: bool = False
    has_ended: bool = False


class AttachmentProgress(msgspec.Struct, frozen=True):
    """The files behind `attachments.images`."""

    fetched: int = 0
    failed: int = 0
    total: int = 0
    bytes: int = 0
    bytes_expected: int = 0


class Progress(msgspec.Struct, frozen=True, tag_field="event", tag="progress"):
    """One moment of a running sync. `percent` never falls; `seconds_left` is null until it can be estimated.

    `silent_s`: for how long the gateway has been asked without a word from it.
    """

    percent: float
    stage: Stage
    seconds: float
    seconds_left: float | None
    bytes_down: int
    bytes_up: int
    sending: SendingProgress
    sections: tuple[SectionProgress, ...]
    auxiliary: tuple[ObjectProgress, ...]
    attachments: AttachmentProgress
    silent_s: float = 0.0


class ObjectOutcome(msgspec.Struct, frozen=True):
    """One object at the end. `rows` are on the device; `digest_ok` says that they are proven equal to the gateway's."""

    key: str
    state: ObjectState
    rows: int
    expected_rows: int | None
    digest_ok: bool
    error: ErrorValue | None = None


class Sent(msgspec.Struct, frozen=True):
    """Submissions of this run, and those that still wait on the device.

    `in_erp` and `undecided` count records of earlier runs too: what the ERP was found to have accepted,
    and what it has not decided yet. Both mean nothing unless the run `has_settled` them.
    `waiting` and `rejected_here`, all rejected records on the device, mean nothing unless `is_counted`.
    """

    accepted: int = 0
    rejected: int = 0
    waiting: int = 0
    in_erp: int = 0
    undecided: int = 0
    rejected_here: int = 0
    is_counted: bool = False
    has_ended: bool = False
    has_settled: bool = False


class AttachmentsOutcome(msgspec.Struct, frozen=True):
    """Image files of this run."""

    fetched: int = 0
    bytes: int = 0
    failed: int = 0


class Outcome(msgspec.Struct, frozen=True):
    """The end of a sync. `objects` has every object of the catalogue, in its order."""

    outcome: OutcomeKind
    error: ErrorValue | None
    checkpoint: str | None
    requests: int
    bytes_down: int
    bytes_up: int
    seconds: float
    objects: tuple[ObjectOutcome, ...]
    auxiliary: tuple[ObjectOutcome, ...]
    sent: Sent
    attachments: AttachmentsOutcome
    started_at: str = ""
    warnings: tuple[ErrorValue, ...] = ()


class SyncOptions(msgspec.Struct, frozen=True):
    """What a person asked for. `fresh` has the keys of objects to fetch anew; `full` means all of them."""

    attachments: bool = True
    fresh: tuple[str, ...] = ()
    full: bool = False


class Hooks(Protocol):
    """Receives progress, in the engine's thread, at most 20 times a second."""

    def progressed(self, progress: Progress) -> None: ...


def read_outcome(document: str) -> Outcome | None:
    """Reads an outcome from its JSON; None if another version wrote it."""
    try:
        return msgspec.json.decode(document, type=Outcome)
    except msgspec.MsgspecError:
        return None


def to_json(value: Progress | Outcome) -> bytes:
    """Returns one line of JSON, without a newline."""
    return msgspec.json.encode(value)
