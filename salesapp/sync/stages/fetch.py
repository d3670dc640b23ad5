"""Fetches the segments of the plans, several at a time, and keeps those whose SHA-256 is right.

A partial segment is kept encrypted and resumed, even after a kill.
"""

import asyncio
from pathlib import Path

from salesapp.domain.object_states import ObjectState
from salesapp.domain.schema import SyncObject
from salesapp.errors import AuthorizationError, GatewayError, ObjectError, UserFacingError
from salesapp.protocol.messages import SegmentRef
from salesapp.protocol.paths import SEGMENTS
from salesapp.sync.context import Context
from salesapp.sync.download import download
from salesapp.sync.values import Stage

PARALLEL = 3
MOST_LOST = 3
"""After so many failed segments in a row the gateway is at fault, not the object, and the run ends."""


class ManifestOutdatedError(Exception):
    """The gateway no longer has a segment: a new manifest is needed."""


class Arrivals:
    """The segments of a run by object and digest; staging waits here for each."""

    def __init__(self) -> None:
        self._futures: dict[tuple[str, str], asyncio.Future[Path]] = {}

    def of(self, entry: SyncObject, segment: SegmentRef) -> "asyncio.Future[Path]":
        name = (entry.key, segment.sha256)
        if name not in self._futures:
            self._futures[name] = asyncio.get_running_loop().create_future()
        return self._futures[name]

    def arrived(self, entry: SyncObject, segment: SegmentRef, path: Path) -> None:
        future = self.of(entry, segment)
        if not future.done():
            future.set_result(path)

    def failed(self, entry: SyncObject, segment: SegmentRef, error: Exception) -> None:
        future = self.of(entry, segment)
        if not future.done():
            future.set_exception(error)
            future.exception()  # retrieved here, because staging may never ask for it


async def fetch(context: Context, arrivals: Arrivals, *, is_last_try: bool) -> None:
    """Fetches all segments of the plans. Errors of an object go to its future; others are raised."""
    context.run_state.stage = Stage.FETCHING
    found = {(entry.key, segment.sha256): (entry, segment) for entry, segment in context.segments()}
    waiting = list(reversed(found.values()))
    failed: dict[str, ObjectError] = {}
    lost = 0

    async def worker() -> None:
        nonlocal lost
        while waiting:
            entry, segment = waiting.pop()
            if context.run_of(entry).is_final:
                continue
            if entry.key in failed:  # a missing segment is enough to fail the object
                arrivals.failed(entry, segment, failed[entry.key])
                continue
            try:
                path = await fetch_segment(context, entry, segment)
            except (GatewayError, AuthorizationError) as error:
                if _is_gone(error) and not is_last_try:
                    raise ManifestOutdatedError from error
                lost += not _is_gone(error)
                if lost == MOST_LOST or (isinstance(error, AuthorizationError) and error.code != "auth.forbidden"):
                    raise
                failed[entry.key] = _fault_of(error)
                arrivals.failed(entry, segment, failed[entry.key])
            except ObjectError as error:
                failed[entry.key] = error
                arrivals.failed(entry, segment, error)
            else:
                lost = 0
                arrivals.arrived(entry, segment, path)

    async with asyncio.TaskGroup() as group:
        for _ in range(PARALLEL):
            group.create_task(worker())


def _fault_of(error: UserFacingError) -> ObjectError:
    if error.code == "gateway.refused_by_proxy":
        return ObjectError("object.refused_by_proxy", status=error.params["status"])
    return ObjectError("object.segment_missing")


def _is_gone(error: UserFacingError) -> bool:
    return isinstance(error, GatewayError) and error.status == 404


async def fetch_segment(context: Context, entry: SyncObject, segment: SegmentRef, *, anew: bool = False) -> Path:
    """Returns the sealed file of a segment, from an earlier run or fetched now. Fetches wrong bytes once more.

    `anew` replaces the file of an earlier run. Raises ObjectError if the bytes are wrong twice.
    """
    run = context.run_of(entry)
    path = context.sealed(entry, segment)
    if path.exists() and not anew:
        run.bytes_done += segment.bytes
        return path
    run.enter(ObjectState.FETCHING)

    def count(change: int) -> None:
        run.bytes_done += change

    url = f"{SEGMENTS}/{segment.sha256}"
    for _ in range(2):
        if await download(
            context.transport, url, path, context.key, size=segment.bytes, sha256=segment.sha256, on_bytes=count
        ):
            return path
    raise ObjectError("object.segment_damaged")
