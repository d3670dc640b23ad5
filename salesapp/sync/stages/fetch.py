"""Fetching: brings the segments of the plans to the device, several at a time, and keeps each that is right.

A segment in pieces is kept encrypted and goes on where it broke off; after a kill too. It counts only when its SHA-256
is right.
"""

import asyncio
from pathlib import Path

from salesapp.domain.schema import SyncObject
from salesapp.errors import GatewayError, ObjectError
from salesapp.protocol.messages import SegmentRef
from salesapp.protocol.paths import SEGMENTS
from salesapp.sync.context import Context
from salesapp.sync.download import download
from salesapp.sync.values import ObjectState, Stage

PARALLEL = 3


class ManifestOutdatedError(Exception):
    """The gateway does not have a segment (any more): the manifest must be asked for again."""


class Arrivals:
    """The segments of a run: staging waits here for each."""

    def __init__(self) -> None:
        self._futures: dict[str, asyncio.Future[Path]] = {}

    def of(self, sha256: str) -> "asyncio.Future[Path]":
        if sha256 not in self._futures:
            self._futures[sha256] = asyncio.get_running_loop().create_future()
        return self._futures[sha256]

    def arrived(self, sha256: str, path: Path) -> None:
        if not self.of(sha256).done():
            self.of(sha256).set_result(path)

    def failed(self, sha256: str, error: Exception) -> None:
        future = self.of(sha256)
        if not future.done():
            future.set_exception(error)
            future.exception()  # staging may never ask for it


async def fetch(context: Context, arrivals: Arrivals, *, is_last_try: bool) -> None:
    """Fetches all segments of the plans. Object errors go to the object's future, everything else is raised."""
    context.board.stage = Stage.FETCHING
    waiting = list({segment.sha256: (entry, segment) for entry, segment in context.segments()}.values())
    waiting.reverse()

    async def worker() -> None:
        while waiting:
            entry, segment = waiting.pop()
            if context.run_of(entry).is_final:
                continue
            try:
                path = await fetch_segment(context, entry, segment)
            except GatewayError as error:
                if error.status != 404:
                    raise
                if not is_last_try:
                    raise ManifestOutdatedError from error
                arrivals.failed(segment.sha256, ObjectError("object.segment_missing"))
            except ObjectError as error:
                arrivals.failed(segment.sha256, error)
            else:
                arrivals.arrived(segment.sha256, path)

    async with asyncio.TaskGroup() as group:
        for _ in range(PARALLEL):
            group.create_task(worker())


async def fetch_segment(context: Context, entry: SyncObject, segment: SegmentRef) -> Path:
    """The sealed file of one segment, from an earlier run or fetched now; wrong bytes are fetched once more."""
    run = context.run_of(entry)
    path = context.account.segments / f"{segment.sha256}.sealed"
    if path.exists():
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
