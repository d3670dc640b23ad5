"""Sends waiting records before anything comes down: one at a time, exactly once each.

A refused record is rejected and the others go on. If the gateway cannot be reached, the run ends and the records
stay as they are.
"""

import asyncio
from collections.abc import Mapping
from pathlib import Path

from salesapp import clock
from salesapp.errors import AuthorizationError, GatewayError, UserFacingError
from salesapp.protocol import limits
from salesapp.protocol.codes import NOT_YET, NUMBER_TAKEN, OTHER_HISTORY, STATUS_OF
from salesapp.protocol.messages import Receipt, UploadState
from salesapp.protocol.paths import LENGTH_HEADER, OFFSET_HEADER, RECORD_HEADER, SUBMISSIONS, TIME_HEADER, UPLOADS
from salesapp.store.outbox import NotWaitingError, OutboxItem, is_for_its_owner
from salesapp.store.sealed import SealedDamagedError, read_sealed
from salesapp.sync.context import Context
from salesapp.sync.run_state import error_value
from salesapp.sync.stages.histories import catch_up_with, seen_header
from salesapp.sync.transport import RETRIED_STATUS
from salesapp.sync.values import SendingProgress, Stage

_WAITS = RETRIED_STATUS | {STATUS_OF[OTHER_HISTORY], STATUS_OF[NOT_YET]}
"""Statuses that do not concern the record itself, which stays waiting."""
_BY_PROXY = "gateway.refused_by_proxy"
_MOST_ASKED_AGAIN = 5
"""How often an upload asks for its offset again after a piece did not fit."""


async def send(context: Context) -> None:
    """Sends everything that is due, in SENDING_ORDER. Raises UserFacingError if the run cannot go on.

    Counts go on if the run sends again, after its session was renewed or the gateway was restored.
    """
    context.run_state.stage = Stage.SENDING
    tried: set[str] = set()
    accepted, rejected, unsent = context.run_state.sending.accepted, context.run_state.sending.rejected, 0
    context.awaits = False
    while due := [item for item in await asyncio.to_thread(context.outbox.due) if item.id not in tried]:
        waiting = await asyncio.to_thread(lambda: context.outbox.counts().waiting)
        total = accepted + rejected + waiting
        for item in due:  # records that depend on one of these are due in the next round
            tried.add(item.id)
            outcome = await _send_item(context, item)
            if outcome == "again":
                tried.discard(item.id)
                break
            if outcome == "accepted":
                context.sent_now.add(item.id)
                accepted += 1
            rejected += outcome == "rejected"
            unsent += outcome == "waiting"
            context.run_state.sending = SendingProgress(
                accepted=accepted,
                rejected=rejected,
                waiting=max(0, total - accepted - rejected),
                total=total,
                is_counted=True,
            )
    counts = await asyncio.to_thread(context.outbox.counts)
    context.run_state.sending = SendingProgress(
        accepted=accepted,
        rejected=rejected,
        waiting=counts.waiting,
        total=accepted + rejected + counts.waiting,
        unsent=unsent,
        is_counted=True,
        has_ended=True,
    )


async def _send_item(context: Context, item: OutboxItem) -> str:
    """Returns accepted, rejected, waiting or again.

    Or held back, if it waits for the record it belongs to, and withdrawn if the representative took it back meanwhile.
    """
    context.stop.check()
    try:
        if item.file is not None:
            await upload(context, item.file.path, item.file.sha256, item.file.size)
        receipt = await _put(context, item)
    except NotWaitingError:
        return "withdrawn"
    except SealedDamagedError:  # without its content the gateway would refuse it
        return await _rejected(context, item, "submission.unknown_record", {"field": "sha256"})
    except GatewayError as error:
        return await _on_refused(context, item, error)
    except AuthorizationError as error:
        await asyncio.to_thread(context.outbox.record_failure, item.id, error.code, error.params)
        if error.code != "auth.forbidden":
            raise
        return await _rejected(context, item, error.code, error.params)
    except UserFacingError as error:
        await asyncio.to_thread(context.outbox.record_failure, item.id, error.code, error.params)
        raise
    is_accepted = await asyncio.to_thread(context.outbox.record_receipt, item.id, receipt)
    if receipt.code == NUMBER_TAKEN:  # work.db is older than what was sent: the next numbers may be taken too
        await asyncio.to_thread(context.renew_series)
    if item.depends_on and is_for_its_owner(receipt.code, receipt.params):
        return "held back"
    return "accepted" if is_accepted else "rejected"


async def _rejected(context: Context, item: OutboxItem, code: str, params: Mapping[str, str]) -> str:
    """Returns rejected; accepted for a record that a restored gateway refuses, but the ERP has."""
    is_new = await asyncio.to_thread(context.outbox.reject, item.id, code, params)
    return "rejected" if is_new else "accepted"


async def _on_refused(context: Context, item: OutboxItem, error: GatewayError) -> str:
    """Returns again, waiting or rejected for a record that the gateway, or a proxy, did not take."""
    if await catch_up_with(context, error):
        return "again"
    if error.code == _BY_PROXY:
        code = "submission.too_large_for_line" if error.status == 413 else "submission.refused_by_proxy"
        return await _rejected(context, item, code, error.params)
    context.awaits = context.awaits or error.code == NOT_YET
    if error.status in _WAITS or not 400 <= error.status < 500:
        await asyncio.to_thread(context.outbox.record_failure, item.id, error.code, error.params)
        if (warning := error_value(error)) not in context.run_state.warnings:
            context.run_state.warnings.append(warning)
        return "waiting"
    return await _rejected(context, item, error.code, error.params)


async def _put(context: Context, item: OutboxItem) -> Receipt:
    body = await asyncio.to_thread(context.outbox.freeze, item.id)
    headers = {RECORD_HEADER: item.record, TIME_HEADER: clock.timestamp(), **await seen_header(context)}
    receipt = await context.transport.call("PUT", f"{SUBMISSIONS}/{item.id}", body, Receipt, headers=headers)
    if receipt.id != item.id:
        raise GatewayError("gateway.malformed", reason="receipt")
    return receipt


async def upload(context: Context, path: Path, sha256: str, size: int) -> None:
    """Uploads a file, resuming after what the gateway already holds. Raises GatewayError or SealedDamagedError."""
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
            if error.status != STATUS_OF["gateway.conflict"] or asked_again == _MOST_ASKED_AGAIN:
                raise
            # the answer to this piece was lost, or the file arrived damaged and was dropped
            asked_again += 1
            state = await context.transport.call("GET", url, None, UploadState)
        else:
            if not state.complete and not offset < state.offset <= offset + len(piece):
                raise GatewayError("gateway.malformed", reason="upload")
        offset = state.offset
