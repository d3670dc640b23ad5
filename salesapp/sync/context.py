"""What the stages of one run share."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import ParamSpec, TypeVar

from salesapp.domain.catalogue import IMAGES, Catalogue
from salesapp.domain.schema import SyncObject
from salesapp.protocol.messages import Manifest, SegmentRef
from salesapp.store.catalog import CatalogStore
from salesapp.store.encrypted import translate_errors
from salesapp.store.folders import AccountFolder
from salesapp.store.outbox import Outbox
from salesapp.store.proofs import Proofs
from salesapp.store.returned import Returned
from salesapp.store.staging import Staging
from salesapp.store.stock_checks import StockChecks
from salesapp.sync.run_state import ObjectRun, RunState
from salesapp.sync.stopping import StopSignal, SyncStoppedError
from salesapp.sync.transport import Transport
from salesapp.sync.values import SyncOptions

MOST_TIMES_BEHIND = 5
P = ParamSpec("P")
T = TypeVar("T")


@dataclass
class Context:
    """One run: its parts, and what the stages hand on to each other."""

    catalogue: Catalogue
    options: SyncOptions
    account: AccountFolder
    key: bytes
    store: CatalogStore
    outbox: Outbox
    proofs: Proofs
    returned: Returned
    stock_checks: StockChecks
    transport: Transport
    run_state: RunState
    stop: StopSignal
    renew_series: Callable[[], None] = lambda: None
    """Starts a new, unused number series for documents."""
    checkpoint: str = ""
    """The checkpoint that this run leads to; empty until the manifest arrives."""
    negotiated_at: str = ""
    """When this run asked for its manifest; stock checks made before are older than what it brings."""
    scopes: tuple[int, ...] = ()
    lost_scopes: tuple[int, ...] = ()
    is_scope_left: bool = True
    """Whether the user keeps any of the former scopes. One is everybody's, so losing all of them is suspicious."""
    staged: dict[str, bool] = field(default_factory=dict)
    """Whether each object with staged rows is replaced as a whole (fresh)."""
    manifest: Manifest | None = None
    times_behind: int = 0
    """How often this run found that the gateway, or the own work here, was restored from a backup."""
    awaits: bool = False
    """Whether a record names a row that the gateway does not have yet; the manifest request then waits for it."""
    sent_now: set[str] = field(default_factory=set)
    """Submissions that the gateway accepted in this run."""

    def __post_init__(self) -> None:
        self.staging = Staging(self.store)
        self.stop.on_stop(self.store.interrupt)

    def may_catch_up(self) -> bool:
        """Whether the run may catch up again; counts, so that a gateway restored again and again ends the run."""
        self.times_behind += 1
        return self.times_behind <= MOST_TIMES_BEHIND

    def requested(self) -> list[SyncObject]:
        """The objects of this kind of sync, auxiliary ones included."""
        return [entry for entry in self.catalogue.all if self.options.attachments or entry.key != IMAGES]

    def run_of(self, entry: SyncObject) -> ObjectRun:
        return self.run_state.objects[entry.key]

    def sealed(self, entry: SyncObject, segment: SegmentRef) -> Path:
        """Returns the path of a download. Objects share none, so that a wrong plan harms no other object."""
        return self.account.segments / f"{entry.table}-{segment.sha256}.sealed"

    def segments(self) -> list[tuple[SyncObject, SegmentRef]]:
        """Returns the segments of unfinished objects that hold rows or tombstones, in staging order."""
        return [
            (run.entry, segment)
            for run in self.run_state.open_objects
            if run.plan
            for segment in run.plan.segments
            if segment.rows or segment.tombstones
        ]

    async def in_thread(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs work on the catalogue in a thread. A stop interrupts its SQL and raises SyncStoppedError."""
        self.stop.check()

        def translated() -> T:
            with translate_errors(self.account.catalog_path):
                return work(*args, **kwargs)

        running = asyncio.get_running_loop().run_in_executor(None, translated)
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            self.store.interrupt()
            await asyncio.wait([running])
            running.exception()  # retrieved here, or asyncio complains later
            raise
        except Exception:
            if self.stop.is_set:
                raise SyncStoppedError from None
            raise
