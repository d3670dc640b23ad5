"""The history of syncs, and whether a first sync has succeeded, which opens the app."""

from dataclasses import dataclass

import msgspec
from sqlalchemy import delete, insert, select

from salesapp.store.tables import sync_run
from salesapp.store.work import WorkStore

KEPT_RUNS = 100
_FIRST_SYNC = "first_sync_succeeded_at"


class Failure(msgspec.Struct, frozen=True):
    """An error as the history keeps it: code and parameters."""

    code: str = ""
    params: dict[str, str] = {}


class ObjectResult(msgspec.Struct, frozen=True):
    """One object at the end of a run."""

    key: str
    state: str
    rows: int
    error: Failure | None = None


class SentRecords(msgspec.Struct, frozen=True):
    """How many records of this run were taken, and refused; all rejected ones that were on the device at its end."""

    accepted: int
    rejected: int
    rejected_here: int = 0
    has_ended: bool = False
    """False in runs of versions that did not tell."""


class RunResult(msgspec.Struct, frozen=True):
    """What is read of an outcome that is kept; whichever version of the app wrote it, these parts are there."""

    outcome: str
    seconds: float
    bytes_down: int
    objects: tuple[ObjectResult, ...]
    sent: SentRecords
    auxiliary: tuple[ObjectResult, ...] = ()
    error: Failure | None = None
    started_at: str = ""


@dataclass(frozen=True, slots=True)
class SyncRun:
    """One run: the kind of its outcome, and the outcome as `salesapp sync --json` prints it."""

    started_at: str
    ended_at: str
    outcome: str
    document: str

    @property
    def result(self) -> RunResult:
        return msgspec.json.decode(self.document, type=RunResult)


class History:
    """Reads and writes the history in work.db."""

    def __init__(self, work: WorkStore) -> None:
        self._work = work

    def record_run(self, document: bytes, *, started_at: str, ended_at: str, outcome: str) -> None:
        """Adds a run; keeps the last hundred."""
        with self._work.write() as connection:
            connection.execute(
                insert(sync_run).values(
                    started_at=started_at, ended_at=ended_at, outcome=outcome, document=document.decode()
                )
            )
            kept = select(sync_run.c.id).order_by(sync_run.c.id.desc()).limit(KEPT_RUNS)
            connection.execute(delete(sync_run).where(sync_run.c.id.not_in(kept)))

    def last_runs(self, count: int) -> list[SyncRun]:
        """Returns the last runs, newest first."""
        columns = (sync_run.c.started_at, sync_run.c.ended_at, sync_run.c.outcome, sync_run.c.document)
        with self._work.read() as connection:
            found = connection.execute(select(*columns).order_by(sync_run.c.id.desc()).limit(count))
            return [SyncRun(*row) for row in found]

    def first_sync_succeeded_at(self) -> str | None:
        """Returns when every object was first correct (UTC); later failures do not change it."""
        return self._work.flag(_FIRST_SYNC)

    def mark_first_sync_succeeded(self, at: str) -> None:
        if self.first_sync_succeeded_at() is None:
            self._work.set_flag(_FIRST_SYNC, at)
