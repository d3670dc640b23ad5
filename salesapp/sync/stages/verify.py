"""Verifies that every staged object has the gateway's count and digest; repairs one that has not, once."""

from salesapp.domain.canonical import Digest
from salesapp.domain.object_states import ObjectState
from salesapp.errors import ObjectError
from salesapp.sync.context import Context
from salesapp.sync.run_state import ObjectRun
from salesapp.sync.stages.losses import refuse_losses
from salesapp.sync.stages.repair import repair


async def verify(context: Context) -> None:
    """Ends incorrect objects red, and holds back those that need one of them."""
    for run in context.run_state.open_objects:
        if run.plan is None or run.is_proven:
            continue
        run.enter(ObjectState.VERIFYING)
        try:
            await _prove(context, run)
        except ObjectError as error:
            context.staged.pop(run.key, None)
            run.fail(error)
    await refuse_losses(context)
    _hold_back(context)
    for run in context.run_state.open_objects:
        if run.key in context.staged:
            field, count = await context.in_thread(context.staging.missing_parents, run.entry, context.staged)
            if count:
                context.staged.pop(run.key)
                run.fail(ObjectError("object.references", count=count, parent=field))
    _hold_back(context)


async def _prove(context: Context, run: ObjectRun) -> None:
    expected = expected_digest(run)
    found = await context.in_thread(
        context.staging.digest, run.entry, fresh=context.staged[run.key], lost_scopes=context.lost_scopes
    )
    if found != expected:
        found = await repair(context, run)
    if found.count != expected.count:
        raise ObjectError("object.count", rows=found.count, expected=expected.count)
    if found != expected:
        raise ObjectError("object.digest")


def expected_digest(run: ObjectRun) -> Digest:
    """Returns the digest that the manifest demands."""
    assert run.plan is not None  # only objects with a plan come here
    return Digest.parse(run.plan.count, run.plan.digest)


def _hold_back(context: Context) -> None:
    """Holds back staged objects that need an object which is not right at this checkpoint."""
    for entry in context.catalogue.parents_first:
        run = context.run_of(entry)
        if run.key not in context.staged:
            continue
        wrong = [
            key
            for key in sorted(entry.needs())
            if context.run_state.objects[key].state in {ObjectState.FAILED, ObjectState.HELD_BACK}
        ]
        if wrong:
            context.staged.pop(run.key)
            run.fail(ObjectError("object.held_back", parents=", ".join(wrong)), ObjectState.HELD_BACK)
