"""Refuses large losses: an object gives up most of its rows only if the gateway says that the office knows.

A wrong answer (an export cut short, another company, an empty database) looks like any other: complete, with
right digests. Only the share of rows that disappear gives it away.
"""

from salesapp.errors import ObjectError
from salesapp.store.staging import Loss
from salesapp.sync.context import Context
from salesapp.sync.run_state import ObjectRun

PERCENT = 80
ROWS = 100
"""A large loss is more than PERCENT of more than ROWS rows."""


async def refuse_losses(context: Context) -> None:
    """Ends objects red that would lose too much; then also smaller objects that would lose as large a share."""
    losses = {key: await context.in_thread(_loss, context, context.run_state.objects[key]) for key in context.staged}
    unknown = {key: loss for key, loss in losses.items() if loss.is_over(PERCENT) and not _is_accounted(context, key)}
    if any(loss.rows > ROWS for loss in unknown.values()) or _is_everything(context, losses):
        for key, loss in unknown.items():
            context.staged.pop(key)
            context.run_state.objects[key].fail(
                ObjectError("object.large_loss", key=key, rows=loss.rows, gone=loss.gone)
            )


def _loss(context: Context, run: ObjectRun) -> Loss:
    return context.staging.loss(
        run.entry, fresh=context.staged[run.key], lost_scopes=context.lost_scopes, excused=context.is_scope_left
    )


def _is_accounted(context: Context, key: str) -> bool:
    """Whether the gateway accounts for every loss since the checkpoint of the rows in place."""
    state, plan = context.store.states().get(key), context.run_state.objects[key].plan
    if state is None:  # never proven
        return True
    return plan is not None and plan.accounted_from is not None and plan.accounted_from <= revision(state.checkpoint)


def _is_everything(context: Context, losses: dict[str, Loss]) -> bool:
    """Whether no object would keep a single row, which is never the answer of a real company."""
    had = {key for key, state in context.store.states().items() if state.digest.count}
    return bool(had) and all(key in losses and losses[key].gone == losses[key].rows for key in had)


def revision(checkpoint: str) -> int:
    """Returns the revision of a checkpoint."""
    return int(checkpoint.split("-", 1)[0] or 0)
