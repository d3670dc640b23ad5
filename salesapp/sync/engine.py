"""The engine: runs the stages in order, and decides how each kind of error ends the run."""

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any

from salesapp import clock
from salesapp.disk import FAILURES, write_failed
from salesapp.domain.catalogue import CATALOGUE, IMAGES, Catalogue
from salesapp.domain.object_states import RIGHT, ObjectState
from salesapp.errors import (
    AuthorizationError,
    DeviceError,
    GatewayError,
    ObjectError,
    UserFacingError,
)
from salesapp.store.catalog import CatalogStore
from salesapp.store.clock_gap import note_clocks
from salesapp.store.encrypted import DamagedFileError
from salesapp.store.history import History
from salesapp.store.outbox import Outbox
from salesapp.store.proofs import Proofs
from salesapp.store.returned import Returned
from salesapp.store.stock_checks import StockChecks
from salesapp.sync.context import Context
from salesapp.sync.run_state import RunState, error_value
from salesapp.sync.session import Place, Session, open_session
from salesapp.sync.stages import returned
from salesapp.sync.stages.apply import apply
from salesapp.sync.stages.attachments import attachments, missing_bytes
from salesapp.sync.stages.fetch import Arrivals, ManifestOutdatedError, fetch
from salesapp.sync.stages.histories import catch_up_with
from salesapp.sync.stages.negotiate import check_space, negotiate
from salesapp.sync.stages.publish import publish, settle
from salesapp.sync.stages.send import send
from salesapp.sync.stages.verify import verify
from salesapp.sync.stopping import LineHeldError, StopSignal, SyncStoppedError
from salesapp.sync.transport import Traffic
from salesapp.sync.values import (
    AttachmentsOutcome,
    ErrorValue,
    Hooks,
    Outcome,
    OutcomeKind,
    Sent,
    Stage,
    SyncOptions,
    to_json,
)

log = logging.getLogger(__name__)

PROGRESS_INTERVAL_S = 0.06
"""Limits progress to fewer than 20 values a second."""


class Engine:
    """One run of a sync; each run needs a new engine."""

    def __init__(
        self, place: Place, options: SyncOptions, hooks: Hooks | None = None, catalogue: Catalogue = CATALOGUE
    ) -> None:
        self._place = place
        self._options = options
        self._hooks = hooks
        self._catalogue = catalogue
        self._run_state = RunState(catalogue)
        self._traffic = Traffic()
        self._context: Context | None = None
        self._started_at = clock.timestamp()

    async def run(self, stop: StopSignal) -> Outcome:
        """Runs all stages and returns the outcome, whatever the world does. Only bugs raise."""
        try:
            async with self._telling(), open_session(self._place, stop, self._traffic) as session:
                return await self._run_in(session, stop)
        except UserFacingError as error:  # no session could be opened
            return self._outcome(outcome_kind(error), error_value(error))
        except OSError as error:
            failure = of_file(error)
            return self._outcome(outcome_kind(failure), error_value(failure))

    def bug(self, error: UserFacingError) -> Outcome:
        """Returns the outcome of a run that a bug ended."""
        return self._outcome("error", error_value(error))

    async def _run_in(self, session: Session, stop: StopSignal) -> Outcome:
        error: ErrorValue | None = None
        kind: OutcomeKind | None = None
        try:
            await stoppable(self._with_catalogue(session, stop), stop)
        except* UserFacingError as group:
            worst = most_telling(group)
            kind, error = outcome_kind(worst), error_value(worst)
        except* OSError as group:
            worst = of_file(group)
            kind, error = kind or outcome_kind(worst), error or error_value(worst)
        finally:
            if self._context is not None:
                self._context.store.close()
        if kind is None:
            self._run_state.stage = Stage.FINISHED
        await self._count_waiting(Outbox(session.work))
        await asyncio.to_thread(self._compare_clocks, session)
        outcome = self._outcome(kind or self._verdict(), error)
        self._tell_once()
        await asyncio.to_thread(self._remember, session, outcome)
        return outcome

    async def _with_catalogue(self, session: Session, stop: StopSignal) -> None:
        """Runs the stages. Fetches a damaged catalogue again, and renews a session that the gateway ended."""
        renewed = False
        while True:
            try:
                await self._open_catalogue(session, stop)
                await self._stages()
            except* DamagedFileError as group:
                if renewed:
                    raise DeviceError("device.catalog_damaged") from group
                await asyncio.to_thread(self._replace_catalogue)
                renewed = True
            except* AuthorizationError as group:
                if renewed or not await session.log_on_again():
                    raise most_telling(group) from group
                renewed = True
            else:
                return

    async def _stages(self) -> None:
        """Runs the stages in their order."""
        context = self._context
        assert context is not None  # made by _open_catalogue
        await returned.ask(context)
        await send(context)
        await returned.tell_withdrawn(context)
        await self._negotiate(context)
        if context.awaits:
            await send(context)
            await self._negotiate(context)
        await self._fetch_and_apply(context)
        await verify(context)
        await publish(context)
        await settle(context)
        if self._options.attachments:
            await attachments(context)

    async def _fetch_and_apply(self, context: Context) -> None:
        """Fetches and applies side by side; starts over with a new manifest if segments have disappeared meanwhile."""
        for is_last_try in (False, True):
            check_space(context)
            files = context.manifest.media_bytes if context.manifest and self._options.attachments else 0
            self._run_state.fix_weights(await asyncio.to_thread(missing_bytes, context, files))
            arrivals = Arrivals()
            try:
                async with asyncio.TaskGroup() as group:
                    group.create_task(fetch(context, arrivals, is_last_try=is_last_try))
                    group.create_task(apply(context, arrivals))
            except* ManifestOutdatedError:
                self._run_state.start_over()
                context.staged.clear()
                await self._negotiate(context)
            else:
                return

    @staticmethod
    async def _negotiate(context: Context) -> None:
        """Gets the manifest. If the gateway or the own work was restored from a backup, settles that first."""
        for is_last_try in (False, True):
            try:
                await negotiate(context)
            except GatewayError as error:
                if is_last_try or not await catch_up_with(context, error):
                    raise
                await send(context)
            else:
                return

    async def _open_catalogue(self, session: Session, stop: StopSignal) -> None:
        sent_now = self._context.sent_now if self._context is not None else set[str]()
        if self._context is not None:
            self._context.store.close()
        store = await asyncio.to_thread(CatalogStore.open, session.account.catalog_path, session.key, self._catalogue)
        self._context = Context(
            catalogue=self._catalogue,
            options=self._options,
            account=session.account,
            key=session.key,
            store=store,
            outbox=Outbox(session.work),
            proofs=Proofs(session.work),
            returned=Returned(session.work),
            stock_checks=StockChecks(session.work),
            transport=session.transport,
            run_state=self._run_state,
            stop=stop,
            renew_series=session.renew_series,
            sent_now=sent_now,
        )
        if store.was_damaged:
            self._run_state.warnings.append(ErrorValue("device.catalog_damaged"))
        self._run_state.start_over()
        for key, state in (await asyncio.to_thread(store.states)).items():
            run = self._run_state.objects.get(key)
            if run is not None:
                run.was_there, run.verified_at, run.rows_in_place = True, state.verified_at, state.digest.count
        if not self._options.attachments:
            self._run_state.objects[IMAGES].enter(ObjectState.SKIPPED)
        await self._count_waiting(self._context.outbox)

    def _replace_catalogue(self) -> None:
        assert self._context is not None  # only an open catalogue is found damaged
        self._context.store.discard()
        self._run_state.warnings.append(ErrorValue("device.catalog_damaged"))

    def _verdict(self) -> OutcomeKind:
        """Returns the outcome of a run that went through all stages."""
        sending = self._run_state.sending
        wrong = any(
            run.state not in RIGHT and run.state is not ObjectState.SKIPPED for run in self._run_state.objects.values()
        )
        return "failed" if wrong or sending.rejected or sending.unsent else "ok"

    def _outcome(self, kind: OutcomeKind, error: ErrorValue | None) -> Outcome:
        run_state, sending, files = self._run_state, self._run_state.sending, self._run_state.attachments
        return Outcome(
            outcome=kind,
            error=error,
            checkpoint=(self._context.checkpoint if self._context else "") or None,
            requests=self._traffic.requests,
            bytes_down=self._traffic.bytes_down,
            bytes_up=self._traffic.bytes_up,
            seconds=round(run_state.seconds, 3),
            objects=tuple(run_state.objects[entry.key].outcome() for entry in self._catalogue.objects),
            auxiliary=tuple(run_state.objects[entry.key].outcome() for entry in self._catalogue.auxiliary),
            sent=Sent(
                accepted=sending.accepted,
                rejected=sending.rejected,
                waiting=sending.waiting,
                in_erp=run_state.in_erp,
                undecided=run_state.undecided,
                rejected_here=run_state.rejected_here,
                is_counted=sending.is_counted,
                has_ended=sending.has_ended,
                has_settled=run_state.has_settled,
            ),
            attachments=AttachmentsOutcome(fetched=files.fetched, bytes=files.bytes, failed=files.failed),
            started_at=self._started_at,
            warnings=tuple(run_state.warnings),
        )

    def _compare_clocks(self, session: Session) -> None:
        """Keeps what the clocks of device and gateway show, and warns if they differ by more than an hour."""
        clocks = session.transport.clocks
        if clocks is None:
            return
        note_clocks(session.work, clocks)
        if clocks.differ:
            shown = {"here": clock.timestamp(clocks.here), "there": clock.timestamp(clocks.there)}
            self._run_state.warnings.append(ErrorValue("device.clock_off", shown))

    def _remember(self, session: Session, outcome: Outcome) -> None:
        """Records the run, and the first success: every object of the chosen kind of sync is correct."""
        history, now = History(session.work), clock.timestamp()
        history.record_run(to_json(outcome), started_at=self._started_at, ended_at=now, outcome=outcome.outcome)
        chosen = [entry for entry in outcome.objects if entry.state is not ObjectState.SKIPPED]
        if chosen and all(entry.state in RIGHT for entry in (*chosen, *outcome.auxiliary)):
            history.mark_first_sync_succeeded(now)

    async def _count_waiting(self, outbox: Outbox) -> None:
        counts = await asyncio.to_thread(outbox.counts)
        self._run_state.count_waiting(counts.waiting, counts.rejected)

    @asynccontextmanager
    async def _telling(self) -> AsyncIterator[None]:
        """Tells the progress again and again during a `with` block."""
        ticker = asyncio.create_task(self._tell())
        try:
            yield
        finally:
            ticker.cancel()
            with suppress(asyncio.CancelledError):
                await ticker

    async def _tell(self) -> None:
        while True:
            self._tell_once()
            await asyncio.sleep(PROGRESS_INTERVAL_S)

    def _tell_once(self) -> None:
        if self._hooks is not None:
            traffic = self._traffic
            self._hooks.progressed(
                self._run_state.snapshot(
                    bytes_down=traffic.bytes_down, bytes_up=traffic.bytes_up, silent_s=traffic.silent_s
                )
            )


async def stoppable(work: Coroutine[Any, Any, None], stop: StopSignal) -> None:
    """Runs work to its end. A stop cancels it at once, even while it waits for a silent gateway.

    Raises SyncStoppedError then.
    """
    running, stopped = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({running, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if not running.done():
            running.cancel()
        await running
    except asyncio.CancelledError:
        if not stop.is_set:
            running.cancel()
            await asyncio.wait({running})
            raise
        raise SyncStoppedError from None
    finally:
        stopped.cancel()


def most_telling(group: BaseExceptionGroup[UserFacingError]) -> UserFacingError:
    """Returns the error that explains the others of its group: a stop if there is one, else the first."""
    leaves: list[UserFacingError] = []
    for error in group.exceptions:
        leaves += [most_telling(error)] if isinstance(error, BaseExceptionGroup) else [error]
    return next((leaf for leaf in leaves if isinstance(leaf, SyncStoppedError)), leaves[0])


def of_file(error: OSError | BaseExceptionGroup[OSError]) -> UserFacingError:
    """Translates an error of the file system; re-raises one that is not about a file."""
    found: OSError | BaseExceptionGroup[OSError] = error
    while isinstance(found, BaseExceptionGroup):
        found = found.exceptions[0]
    if found.filename is None:
        raise error
    log.error("a file", exc_info=found)
    return write_failed(found)


def outcome_kind(error: UserFacingError) -> OutcomeKind:
    """Returns the outcome of a run that this error ended."""
    if isinstance(error, SyncStoppedError):
        return "stopped"
    if error.code == "device.busy":
        return "busy"
    if error.code.startswith("network."):
        return "unreachable"
    if isinstance(error, AuthorizationError):
        return "unauthorized"
    if isinstance(error, GatewayError | ObjectError | LineHeldError) or error.code in FAILURES:
        return "failed"
    return "error"
