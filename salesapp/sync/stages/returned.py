"""After a restored backup of work.db: asks what became of each record before anything is sent."""

import asyncio

from salesapp.errors import GatewayError
from salesapp.protocol import limits
from salesapp.protocol.messages import Answer, SentList, SentRecord, SentRequest, Withdrawal, WithdrawalList
from salesapp.protocol.paths import SENT_SUBMISSIONS, SUBMISSIONS, WITHDRAWN_SUBMISSIONS
from salesapp.sync.context import Context
from salesapp.sync.values import ErrorValue

_SETTLED = {"received": {"received", "in_erp"}, "in_erp": {"in_erp"}, "rejected": {"rejected", "replaced"}}
"""For each state at the gateway, the states on the device that agree with it."""
_AT_ONCE = 500


async def ask(context: Context) -> None:
    """Restores records sent since the backup, and withdraws those voided or edited since."""
    if not await asyncio.to_thread(lambda: context.returned.is_unasked):
        return
    here = await asyncio.to_thread(context.returned.states)
    sent: list[SentRecord] = []
    withdrawn: list[Withdrawal] = []
    after, is_whole = 0, False
    while not is_whole:
        answer = await context.transport.call("POST", SENT_SUBMISSIONS, SentRequest(after=after), SentList)
        withdrawn, is_whole = answer.withdrawn, not answer.sent
        for entry in answer.sent:
            if here.get(entry.submission) not in _SETTLED[entry.state]:
                path = f"{SUBMISSIONS}/{entry.submission}"
                sent.append(
                    await context.transport.call("GET", path, None, SentRecord, limit=limits.MAX_SUBMISSION_BYTES * 2)
                )
            after = max(after, entry.place)
    new = await asyncio.to_thread(context.returned.settle, sent, withdrawn)
    if new:
        context.run_state.warnings.append(ErrorValue("device.records_returned", {"count": str(new)}))


async def tell_withdrawn(context: Context) -> None:
    """Reports withdrawn records, which a restored backup would not know. A failure is made good by the next run."""
    withdrawn = await asyncio.to_thread(context.returned.untold)
    for start in range(0, len(withdrawn), _AT_ONCE):
        piece = withdrawn[start : start + _AT_ONCE]
        try:
            await context.transport.call("POST", WITHDRAWN_SUBMISSIONS, WithdrawalList(withdrawn=piece), Answer)
        except GatewayError as error:
            if error.status not in {404, 405}:
                raise
            return  # a gateway of an older version keeps no such list
        await asyncio.to_thread(context.returned.mark_told, piece)
