"""Repairs an object: narrows a wrong digest to key ranges, fetches only those again, and recomputes every hash."""

from salesapp.domain.canonical import Digest
from salesapp.errors import AuthorizationError, GatewayError, ObjectError
from salesapp.protocol import limits
from salesapp.protocol.messages import PROTOCOL, RangeDigest, RangeRequest, Ranges
from salesapp.protocol.paths import RANGES
from salesapp.store import repair as candidate
from salesapp.store.staging import new_table
from salesapp.sync.context import Context
from salesapp.sync.run_state import ObjectRun
from salesapp.sync.stages.apply import unpack
from salesapp.sync.stages.fetch import fetch_segment


async def repair(context: Context, run: ObjectRun) -> Digest:
    """Repairs an object and returns its digest; its staged rows are then a whole, fresh table. Raises ObjectError."""
    store, entry = context.store, run.entry
    fresh = context.staged[run.key]
    await context.in_thread(candidate.make_candidate, store, entry, fresh=fresh, lost_scopes=context.lost_scopes)
    context.staged[run.key] = True
    try:
        request = RangeRequest(protocol=PROTOCOL, key=run.key, checkpoint=context.checkpoint)
        answer = await context.transport.call("POST", RANGES, request, Ranges, limit=limits.MAX_MANIFEST_BYTES)
        for part in await context.in_thread(candidate.differing, store, entry, answer.ranges):
            await _replace(context, run, part)
    except GatewayError as error:  # the other objects are staged and no longer need the gateway
        raise ObjectError("object.segment_missing" if error.status else "object.malformed") from error
    except AuthorizationError as error:
        if error.code != "auth.forbidden":
            raise
        raise ObjectError("object.segment_missing") from error
    if not await context.in_thread(candidate.complete, store, entry):
        raise ObjectError("object.digest")
    return await context.in_thread(store.digest, new_table(entry))


async def _replace(context: Context, run: ObjectRun, part: RangeDigest) -> None:
    await context.in_thread(candidate.clear, context.store, run.entry, part)
    for segment in part.segments:
        path = await fetch_segment(context, run.entry, segment, anew=True)
        plain = await unpack(context, run.entry, segment, path)
        try:
            await context.in_thread(candidate.refill, context.store, run.entry, part, plain)
        finally:
            plain.close()
