"""Applies segments: turns them into staged tables, object by object, while others are still being fetched."""

import asyncio
from collections import deque
from collections.abc import Iterator
from io import RawIOBase
from itertools import islice
from pathlib import Path
from typing import IO, cast

import zstandard

from salesapp.disk import sweep
from salesapp.domain.object_states import ObjectState
from salesapp.domain.schema import SyncObject
from salesapp.errors import ObjectError
from salesapp.protocol.messages import SegmentRef
from salesapp.store.plain import PlainFile
from salesapp.store.sealed import SealedDamagedError, read_sealed
from salesapp.store.segment_check import SegmentCheck
from salesapp.store.staging import Step, steps
from salesapp.sync.context import Context
from salesapp.sync.run_state import ObjectRun
from salesapp.sync.stages.fetch import Arrivals

CHECKED_AHEAD = 2
"""Segments unpacked and checked at the same time: checking one takes longer than copying its rows."""
UNPACKED_PIECE_BYTES = 2**20
MAX_WINDOW_BYTES = 8 * 2**20
"""Memory for unpacking; the gateway's compression level needs a quarter of it."""


async def apply(context: Context, arrivals: Arrivals) -> None:
    """Stages every unfinished object. One that cannot be staged turns red; the others go on."""
    for run in context.run_state.open_objects:
        if run.plan is None or run.is_proven:
            continue
        try:
            await _stage(context, run, arrivals)
        except ObjectError as error:
            run.fail(error)


async def _stage(context: Context, run: ObjectRun, arrivals: Arrivals) -> None:
    plan, entry = run.plan, run.entry
    assert plan is not None  # checked by the caller
    origin = "" if plan.fresh else await context.in_thread(_origin, context, entry)
    position = await context.in_thread(context.staging.begin, entry, plan, origin)
    ordered = steps(plan)
    run.rows_done = sum(_rows(step) for step in ordered[:position])
    left = ordered[position:]
    coming = iter(left)
    ahead = deque(_begin(context, run, arrivals, step) for step in islice(coming, CHECKED_AHEAD))
    try:
        for place, step in enumerate(left, position):
            plain = await ahead[0]
            ahead.popleft()
            ahead.extend(_begin(context, run, arrivals, later) for later in islice(coming, 1))
            try:
                await context.in_thread(context.staging.take, entry, place, step, plain, fresh=plan.fresh)
            except ObjectError:
                await asyncio.to_thread(sweep, [context.sealed(entry, step.segment)])  # the next sync fetches it again
                raise
            finally:
                plain.close()
            run.rows_done += _rows(step)
    finally:
        for task in ahead:
            task.cancel()
        for unused in await asyncio.gather(*ahead, return_exceptions=True):
            if isinstance(unused, PlainFile):
                unused.close()
    await context.in_thread(context.staging.finish, entry, fresh=plan.fresh)
    run.enter(ObjectState.VERIFYING)
    context.staged[entry.key] = plan.fresh


def _origin(context: Context, entry: SyncObject) -> str:
    """Returns the checkpoint that an object's changes start from; they fit no other rows."""
    state = context.store.states().get(entry.key)
    return state.checkpoint if state else ""


def _begin(context: Context, run: ObjectRun, arrivals: Arrivals, step: Step) -> asyncio.Task[PlainFile]:
    """Begins to unpack and check the segment of a step, while steps before it are being staged."""
    return asyncio.create_task(_checked(context, run, arrivals, step.segment))


async def _checked(context: Context, run: ObjectRun, arrivals: Arrivals, segment: SegmentRef) -> PlainFile:
    sealed = await arrivals.of(run.entry, segment)
    run.enter(ObjectState.STAGING)
    try:
        return await unpack(context, run.entry, segment, sealed)
    except ObjectError:
        await asyncio.to_thread(sweep, [sealed])
        raise


def _rows(step: Step) -> int:
    return step.segment.rows if step.part == "upsert" else step.segment.tombstones


async def unpack(context: Context, entry: SyncObject, segment: SegmentRef, sealed: Path) -> PlainFile:
    """Unpacks and checks a segment.

    Raises ObjectError if it is not what the manifest says; never unpacks more than the announced size.
    """
    check = SegmentCheck(context.account.temporary)
    try:
        await context.in_thread(_unpack, context, check, entry, segment, sealed)
    except BaseException:
        check.close()
        raise
    return check.file


def _unpack(context: Context, check: SegmentCheck, entry: SyncObject, segment: SegmentRef, sealed: Path) -> None:
    _write(check.file, segment, read_sealed(sealed, context.key))
    check.run(entry, segment)


def _write(plain: PlainFile, segment: SegmentRef, packed: Iterator[bytes]) -> None:
    size = 0
    try:
        for content in _unpacked(packed):
            size += len(content)
            if size > segment.unpacked:
                raise ObjectError("object.segment_damaged")
            plain.write(content)
    except (SealedDamagedError, zstandard.ZstdError) as error:
        raise ObjectError("object.segment_damaged") from error
    if size != segment.unpacked:
        raise ObjectError("object.segment_damaged")


def _unpacked(packed: Iterator[bytes]) -> Iterator[bytes]:
    """Yields unpacked pieces of a bounded size, however well a packed piece is compressed."""
    decompressor = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW_BYTES)
    with decompressor.stream_reader(cast("IO[bytes]", _Pieces(packed)), closefd=False) as reader:
        while content := reader.read(UNPACKED_PIECE_BYTES):
            yield content


class _Pieces(RawIOBase):
    """Lets an iterator of bytes be read like a file."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces

    def read(self, _size: int = -1) -> bytes:
        return next((piece for piece in self._pieces if piece), b"")
