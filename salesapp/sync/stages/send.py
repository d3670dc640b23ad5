"""Sending: what waits on the device goes up before anything comes down, one record at a time, exactly once.

A record that is refused is set aside and the rest goes on. When the gateway cannot be spoken to, the run ends there and
the records wait unharmed.
"""

import asyncio
from pathlib import Path

from salesapp.errors import AuthorizationError, GatewayError, UserFacingError
from salesapp.protocol import limits
from salesapp.protocol.messages import KnownAnswer, KnownRequest, Receipt, UploadState
from salesapp.protocol.paths import KNOWN_SUBMISSIONS, LENGTH_HEADER, OFFSET_HEADER, SUBMISSIONS, UPLOADS
from salesapp.store.outbox import NotWaitingError, OutboxItem
from salesapp.store.sealed import SealedDamagedError, read_sealed
from salesapp.sync.board import error_value
from salesapp.sync.context import Context
from salesapp.sync.stages.losses import revision
from salesapp.sync.values import SendingProgress, Stage

_WAITS = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses that say nothing about the record itself: it stays waiting."""
_MOST_ASKED_AGAIN = 5
"""How often a file asks where it is after a piece did not fit."""


async def send(context: Context) -> None:
    """Sends everything that is due, in the order customers, documents, the rest, files.

    What the run has sent before counts on: a run sends again when its session was renewed, or the gateway went back.
    """
    context.board.stage = Stage.SENDING
    tried: set[str] = set()
    accepted, rejected, unsent = context.board.sending.accepted, context.board.sending.rejected, 0
    while due := [item for item in await asyncio.to_thread(context.outbox.due) if item.id not in tried]:
        waiting = await asyncio.to_thread(lambda: context.outbox.counts().waiting)
        total = accepted + rejected + waiting
        for item in due:  # records that waited for one of these are due in the next round
            tried.add(item.id)
            outcome = await _send_item(context, item)
            if outcome == "accepted":
                context.sent_now.add(item.id)
                accepted += 1
            rejected += outcome == "rejected"
            unsent += outcome == "waiting"
            context.board.sending = SendingProgress(
                accepted=accepted, rejected=rejected, waiting=max(0, total - accepted - rejected), total=total
            )
    counts = await asyncio.to_thread(context.outbox.counts)
    context.board.sending = SendingProgress(
        accepted=accepted,
        rejected=rejected,
        waiting=counts.waiting,
        total=accepted + rejected + counts.waiting,
        unsent=unsent,
    )


async def _send_item(context: Context, item: OutboxItem) -> str:
    """Accepted, rejected or waiting; withdrawn when the representative took it back in the meantime."""
    context.stop.check()
    try:
        if item.file is not None:
            await upload(context, item.file.path, item.file.sha256, item.file.size)
        receipt = await _put(context, item)
    except NotWaitingError:
        return "withdrawn"
    except SealedDamagedError:  # the gateway could only say the same: it does not have the content
        await asyncio.to_thread(context.outbox.set_aside, item.id, "submission.unknown_record", {"field": "sha256"})
        return "rejected"
    except GatewayError as error:
        if error.status in _WAITS or not 400 <= error.status < 500:
            await asyncio.to_thread(context.outbox.record_failure, item.id, error.code, error.params)
            context.board.warnings.append(error_value(error))
            return "waiting"
        await asyncio.to_thread(context.outbox.set_aside, item.id, error.code, error.params)
        return "rejected"
    except AuthorizationError as error:
        await asyncio.to_thread(context.outbox.record_failure, item.id, error.code, error.params)
        if error.code != "auth.forbidden":
            raise
        await asyncio.to_thread(context.outbox.set_aside, item.id, error.code, error.params)
        return "rejected"
    except UserFacingError as error:
        await asyncio.to_thread(context.outbox.record_failure, item.id, error.code, error.params)
        raise
    await asyncio.to_thread(context.outbox.record_receipt, item.id, receipt)
    return "rejected" if receipt.state == "rejected" else "accepted"


async def _put(context: Context, item: OutboxItem) -> Receipt:
    body = await asyncio.to_thread(context.outbox.freeze, item.id)
    receipt = await context.transport.call("PUT", f"{SUBMISSIONS}/{item.id}", body, Receipt)
    if receipt.id != item.id:
        raise GatewayError("gateway.malformed", reason="receipt")
    return receipt


async def upload(context: Context, path: Path, sha256: str, size: int) -> None:
    """Brings a file of this device to the gateway, going on after what it already holds."""
    url = f"{UPLOADS}/{sha256}"
    state = await context.transport.call("GET", url, None, UploadState)
    if state.complete:
        return
    content = await asyncio.to_thread(lambda: b"".join(read_sealed(path, context.key)))
    offset = state.offset if state.offset <= size else 0
    asked_again = 0
    while not state.complete:
        piece = content[offset : offset + limits.MAX_UPLOAD_CHUNK_BYTES]
        headers = {
            OFFSET_HEADER: str(offset),
            LENGTH_HEADER: str(size),
            "Content-Type": "application/octet-stream",
        }
        try:
            state = await context.transport.call("PATCH", url, piece, UploadState, headers=headers)
        except GatewayError as error:
            if error.status != 409 or asked_again == _MOST_ASKED_AGAIN:
                raise
            # the piece is there and its answer was lost, or it came damaged and all of the file was dropped
            asked_again += 1
            state = await context.transport.call("GET", url, None, UploadState)
        else:
            if not state.complete and not offset < state.offset <= offset + len(piece):
                raise GatewayError("gateway.malformed", reason="upload")
        offset = state.offset


async def offer_again(context: Context) -> bool:
    """After a gateway came back from a backup: asks which sent records it does not hold, and makes those due again.

    True when there is something to send.
    """
    ids = await asyncio.to_thread(context.outbox.sent_ids)
    missing: list[str] = []
    for start in range(0, len(ids), limits.MAX_KNOWN_IDS):
        request = KnownRequest(ids=list(ids[start : start + limits.MAX_KNOWN_IDS]))
        answer = await context.transport.call("POST", KNOWN_SUBMISSIONS, request, KnownAnswer)
        missing += set(request.ids) & set(answer.missing)
    if missing:
        await asyncio.to_thread(context.outbox.offer_again, missing)
    await asyncio.to_thread(context.outbox.lower_revisions, revision(context.checkpoint))
    return bool(missing)
