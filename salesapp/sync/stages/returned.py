"""After a restored backup of work.db: asks what became of each record before anything is sent."""

import asyncio

from salesapp.errors import GatewayError
from salesapp.protocol import limits
from salesapp.protocol.messages import Answer, SentList, SentRecord, SentRequest, Withdrawal, WithdrawalList
from salesapp.protocol.paths import SENT_SUBMISSIONS, SUBMISSIONS, WITHDRAWN_SUBMISSIONS
from salesapp.sync.context import Context
from salesapp.sync.values import ErrorValue

_REFUSED = {"rejected", "replaced", "given_up"}
_SETTLED = {"received": {"received", "in_erp"} | _REFUSED, "in_erp": {"in_erp"}, "rejected": _REFUSED}
"""For each state at the gateway, the states on the device that agree with it."""
_AT_ONCE = 500


async def ask(context: Context) -> None:
    """Asks where work.db came back by `restore-backup`."""
    if await asyncio.to_thread(lambda: context.returned.is_unasked):
        await catch_up(context)


async def catch_up(context: Context) -> None:
    """Brings back what was sent since the backup, and takes back what was voided or edited since.

    Once more at the next run where this one ends before; numbers that were given since are not given again.
    """
    await asyncio.to_thread(context.returned.mark)
    here = await asyncio.to_thread(context.returned.states)
    sent: list[SentRecord] = []
    withdrawn: list[Withdrawal] = []
    after, newest, is_whole = 0, "", False
    while not is_whole:
        answer = await context.transport.call("POST", SENT_SUBMISSIONS, SentRequest(after=after), SentList)
        withdrawn, newest, is_whole = answer.withdrawn, answer.newest, not answer.sent
        for entry in answer.sent:
            if here.get(entry.submission) not in _SETTLED[entry.state]:
                path = f"{SUBMISSIONS}/{entry.submission}"
                sent.append(
                    await context.transport.call("GET", path, None, SentRecord, limit=limits.MAX_SUBMISSION_BYTES * 2)
                )
            after = max(after, entry.place)
    if any(entry.receipt.id not in here for entry in sent):
        await asyncio.to_thread(context.renew_series)
    new = await asyncio.to_thread(context.returned.settle, sent, withdrawn, newest)
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
