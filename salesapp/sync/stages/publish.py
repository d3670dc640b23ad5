"""Publishes everything that is staged and right, in one short transaction."""

import asyncio

import msgspec

from salesapp import clock
from salesapp.disk import sweep
from salesapp.domain.canonical import Digest
from salesapp.domain.object_states import ObjectState
from salesapp.domain.objects.auxiliary import DocumentState
from salesapp.protocol.messages import UNREADABLE, Receipt
from salesapp.store.publishing import Publication
from salesapp.store.publishing import publish as switch
from salesapp.sync.context import Context
from salesapp.sync.stages.verify import expected_digest
from salesapp.sync.values import Stage

STOCK = "items.resources"


async def publish(context: Context) -> None:
    """Switches the catalogue to the run's checkpoint. Ends every requested object."""
    context.run_state.stage = Stage.PUBLISHING
    publications = [
        Publication(run.entry, context.staged[run.key], expected_digest(run))
        for run in context.run_state.open_objects
        if run.key in context.staged
    ]
    proven = [
        (entry.key, _digest_in_place(context, entry.key))
        for entry in context.requested()
        if _is_proven(context, entry.key)
    ]
    at = clock.timestamp()
    failed = await context.in_thread(
        switch,
        context.store,
        publications,
        proven,
        checkpoint=context.checkpoint,
        scopes=context.scopes,
        lost_scopes=context.lost_scopes,
        at=at,
    )
    for key, error in failed.items():
        context.run_state.objects[key].fail(error)
    _end_objects(context, publications, [key for key, _ in proven], at)
    context.run_state.mark_published()
    if context.manifest is not None:
        await asyncio.to_thread(context.proofs.keep_checkpoint, context.manifest.history, context.checkpoint)
    await asyncio.to_thread(_drop_segments, context)


def _end_objects(context: Context, publications: list[Publication], proven: list[str], at: str) -> None:
    """Ends the objects that were published, or were right already; failed ones have ended."""
    for publication in publications:
        run = context.run_state.objects[publication.entry.key]
        if not run.is_final:
            run.is_proven = True
            run.rows_in_place = publication.expected.count
            run.verified_at = at
            run.enter(ObjectState.OK)
    for key in proven:
        run = context.run_state.objects[key]
        run.verified_at = at
        run.enter(ObjectState.UNCHANGED if run.was_there else ObjectState.OK)


def _is_proven(context: Context, key: str) -> bool:
    """Whether an object is right now; False for one that the catalogue does not declare."""
    run = context.run_state.objects.get(key)
    return run is not None and run.is_proven


def _digest_in_place(context: Context, key: str) -> Digest:
    return context.store.states()[key].digest


def _drop_segments(context: Context) -> None:
    """Removes downloads that no later run can use: of objects that are right now, and of older plans."""
    kept = {
        context.sealed(run.entry, segment).name
        for run in context.run_state.objects.values()
        if run.state is ObjectState.HELD_BACK and run.plan
        for segment in run.plan.segments
    }
    sweep(path for path in context.account.segments.iterdir() if path.name not in kept)


async def settle(context: Context) -> None:
    """Takes the ERP's decisions about records of this device from the catalogue.

    Drops stock checks that are older than the stock which this sync has proven.
    """
    if _is_proven(context, STOCK):
        await asyncio.to_thread(context.stock_checks.forget, context.negotiated_at)
    undecided = await asyncio.to_thread(context.outbox.undecided)
    context.run_state.has_settled = True
    if undecided:
        decided = await context.in_thread(_decisions, context, set(undecided))
        await asyncio.to_thread(context.outbox.settle, decided)
        _count_rejected(context, {receipt.id for receipt in decided if receipt.state == "rejected"})
        context.run_state.in_erp = sum(receipt.state == "in_erp" for receipt in decided)
        context.run_state.undecided = len(undecided) - len(decided)


def _count_rejected(context: Context, rejected: set[str]) -> None:
    """Counts rejections of the ERP in the run that learns of them, even if the record was received in the same run."""
    if rejected:
        sending, of_this_run = context.run_state.sending, len(rejected & context.sent_now)
        context.run_state.sending = msgspec.structs.replace(
            sending,
            accepted=sending.accepted - of_this_run,
            rejected=sending.rejected + len(rejected),
            total=sending.total + len(rejected) - of_this_run,
        )


def _decisions(context: Context, submissions: set[str]) -> list[Receipt]:
    states = DocumentState.OBJECT
    rows = context.store.read(states, states.field_names, "state != 'received' AND submission IS NOT NULL")
    found = (DocumentState.read(0, values) for values in rows)
    receipts = (_receipt(state) for state in found if state.submission in submissions)
    return [receipt for receipt in receipts if receipt is not None]


def _receipt(found: DocumentState) -> Receipt | None:
    """Reads a state as a receipt; None if it is invalid, which leaves the record undecided."""
    words = {name: getattr(found, name) or "" for name in ("erp_number", "code", "field")}
    receipt = {"id": found.submission, "state": found.state, "params": dict(found.params), **words}
    try:
        return msgspec.convert(receipt, Receipt)
    except UNREADABLE:
        return None
