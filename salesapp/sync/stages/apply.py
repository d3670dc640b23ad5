"""Applying: turns arrived segments into staged tables, object by object, while further segments are being fetched."""

from pathlib import Path

import zstandard

from salesapp.domain.schema import SyncObject
from salesapp.errors import DeviceError, ObjectError
from salesapp.protocol.messages import SegmentRef
from salesapp.store.sealed import SealedDamagedError, read_sealed
from salesapp.store.staging import steps
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
    run.rows_done = sum(_rows(step.segment, step.part) for step in ordered[:position])
    for step in ordered[position:]:
        path = await arrivals.of(step.segment.sha256)
        run.enter(ObjectState.STAGING)
        plain = context.account.temporary / f"{step.segment.sha256}.sqlite"
        try:
            await context.in_thread(unpack, context, path, step.segment, plain)
            await context.in_thread(context.staging.take, entry, position, step, plain, fresh=plan.fresh)
        except ObjectError:
            path.unlink(missing_ok=True)  # the next sync fetches it again
            raise
        finally:
            plain.unlink(missing_ok=True)
        run.rows_done += _rows(step.segment, step.part)
        position += 1
    await context.in_thread(context.staging.finish, entry, fresh=plan.fresh)
    run.enter(ObjectState.VERIFYING)
    context.staged[entry.key] = plan.fresh


def _origin(context: Context, entry: SyncObject) -> str:
    """What changes start from: they fit only rows that are at this checkpoint."""
    state = context.store.states().get(entry.key)
    return state.checkpoint if state else ""


def _rows(segment: SegmentRef, part: str) -> int:
    return segment.rows if part == "upsert" else segment.tombstones


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
        raise DeviceError("device.write_failed", reason=error.strerror or type(error).__name__) from error
    if size != segment.unpacked:
        raise ObjectError("object.segment_damaged")
