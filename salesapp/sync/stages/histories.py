"""Proves to the gateway what this device has seen, and offers records again that a restored gateway lacks.

The proof goes with each record and each manifest request, so that a restore is noticed before anything is accepted,
even in the middle of a run.
"""

import asyncio

import msgspec

from salesapp.errors import GatewayError
from salesapp.protocol import limits
from salesapp.protocol.codes import OLDER_DEVICE, OTHER_HISTORY
from salesapp.protocol.messages import KnownAnswer, KnownRequest
from salesapp.protocol.paths import KNOWN_SUBMISSIONS, SEEN_HEADER
from salesapp.sync.context import Context
from salesapp.sync.stages import returned


async def seen_header(context: Context) -> dict[str, str]:
    """Returns the header with the proof."""
    seen = await asyncio.to_thread(context.proofs.newest)
    return {SEEN_HEADER: msgspec.json.encode(seen).decode("ascii")}


async def catch_up_with(context: Context, error: GatewayError) -> bool:
    """Does what the gateway's answer asks for where one side came back from a backup; False for any other answer."""
    catch_up = {OTHER_HISTORY: offer_again, OLDER_DEVICE: returned.catch_up}.get(error.code)
    if catch_up is None or not context.may_catch_up():
        return False
    await catch_up(context)
    return True


async def offer_again(context: Context) -> None:
    """Asks which of the received records the gateway lacks, and makes those due again.

    Notes the new history once nothing is missing; a run that ends before is repeated as a whole.
    """
    history, is_whole = "", False
    while not is_whole:
        ids, missing = await asyncio.to_thread(context.outbox.sent_ids), set[str]()
        for start in range(0, max(1, len(ids)), limits.MAX_KNOWN_IDS):
            request = KnownRequest(ids=ids[start : start + limits.MAX_KNOWN_IDS])
            headers = await seen_header(context)
            answer = await context.transport.call("POST", KNOWN_SUBMISSIONS, request, KnownAnswer, headers=headers)
            missing |= set(request.ids) & set(answer.missing)
            history = answer.history
        await asyncio.to_thread(context.outbox.offer_again, missing)
        is_whole = not missing
    await asyncio.to_thread(context.proofs.enter, history)
