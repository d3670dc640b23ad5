"""Applying: turns arrived segments into staged tables, object by object, while further segments are being fetched."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import zstandard

from salesapp.domain.schema import SyncObject
from salesapp.errors import ObjectError
from salesapp.protocol.messages import SegmentRef
from salesapp.store.disk import write_failed
from salesapp.store.sealed import SealedDamagedError, read_sealed
from salesapp.store.staging import Step, steps
from salesapp.sync.board import ObjectRun
from salesapp.sync.context import Context
from salesapp.sync.stages.fetch import Arrivals
from salesapp.sync.values import ObjectState


async def apply(context: Context, arrivals: Arrivals) -> None:
    """Stages every object that has not ended. One that cannot be staged turns red; the others go on."""
    for run in context.board.open_objects:
        if run.plan is None or run.is_proven:
            continue
        try:
            await _stage(context, run, arrivals)
        except ObjectError as error:
            run.fail(error)


async def _stage(context: Context, run: ObjectRun, arrivals: Arrivals) -> None:
    plan, entry = run.plan, run.entry
    assert plan is not None  # noqa: S101  # the caller has looked
    origin = "" if plan.fresh else await context.in_thread(_origin, context, entry)
    position = await context.in_thread(context.staging.begin, entry, plan, origin)
    ordered = steps(plan)
    run.rows_done = sum(_rows(step) for step in ordered[:position])
    ahead = asyncio.create_task(_next_plain(context, run, arrivals, ordered[position:]))
    try:
        while position < len(ordered):
            step, plain = ordered[position], await ahead
            ahead = asyncio.create_task(_next_plain(context, run, arrivals, ordered[position + 1 :]))
            try:
                await context.in_thread(context.staging.take, entry, position, step, plain, fresh=plan.fresh)
            except ObjectError:
                _sealed(context, step.segment).unlink(missing_ok=True)  # the next sync fetches it again
                raise
            finally:
                plain.unlink(missing_ok=True)
            run.rows_done += _rows(step)
            position += 1
    finally:
        ahead.cancel()
        for left in await asyncio.gather(ahead, return_exceptions=True):
            if isinstance(left, Path):
                left.unlink(missing_ok=True)
    await context.in_thread(context.staging.finish, entry, fresh=plan.fresh)
    run.enter(ObjectState.VERIFYING)
    context.staged[entry.key] = plan.fresh


def _origin(context: Context, entry: SyncObject) -> str:
    """What changes start from: they fit only rows that are at this checkpoint."""
    state = context.store.states().get(entry.key)
    return state.checkpoint if state else ""


async def _next_plain(context: Context, run: ObjectRun, arrivals: Arrivals, coming: Sequence[Step]) -> Path:
    """The plain file of the first of these steps, made while the step before it is being staged."""
    if not coming:
        return context.account.temporary / "none"
    step = coming[0]
    sealed = await arrivals.of(step.segment.sha256)
    run.enter(ObjectState.STAGING)
    plain = context.account.temporary / f"{step.segment.sha256}-{step.part}.sqlite"
    try:
        await context.in_thread(unpack, context, sealed, step.segment, plain)
    except BaseException as error:
        plain.unlink(missing_ok=True)
        if isinstance(error, ObjectError):
            sealed.unlink(missing_ok=True)
        raise
    return plain


def _sealed(context: Context, segment: SegmentRef) -> Path:
    return context.account.segments / f"{segment.sha256}.sealed"


def _rows(step: Step) -> int:
    return step.segment.rows if step.part == "upsert" else step.segment.tombstones


def unpack(context: Context, sealed: Path, segment: SegmentRef, plain: Path) -> None:
    """Writes the plain SQLite file of a segment; it lives only while it is being staged."""
    decompressor = zstandard.ZstdDecompressor().decompressobj()
    size = 0
    try:
        with plain.open("wb") as file:
            plain.chmod(0o600)
            for piece in read_sealed(sealed, context.key):
                content = decompressor.decompress(piece)
                size += len(content)
                if size > segment.unpacked:
                    raise ObjectError("object.segment_damaged")
                file.write(content)
    except (SealedDamagedError, zstandard.ZstdError) as error:
        raise ObjectError("object.segment_damaged") from error
    except OSError as error:
        raise write_failed(error) from error
    if size != segment.unpacked:
        raise ObjectError("object.segment_damaged")
