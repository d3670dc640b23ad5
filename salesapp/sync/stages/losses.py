"""Losses: an object gives up most of its rows only when the gateway says that the office knows of it.

A wrong answer (an export cut short, another company, an empty database) looks like any other: complete, and with
digests that are right. What tells it apart is how much goes.
"""

from salesapp.errors import ObjectError
from salesapp.store.staging import Loss
from salesapp.sync.context import Context
from salesapp.sync.run_state import ObjectRun

PERCENT = 80
ROWS = 100
"""More than so many percent of more than so many rows are a large loss."""


async def refuse_losses(context: Context) -> None:
    """Ends red what would lose too much. Where one does, smaller objects that would lose as much are not trusted."""
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
    """Whether the gateway accounts for every loss since the moment that the rows in place are of."""
    state, plan = context.store.states().get(key), context.run_state.objects[key].plan
    if state is None:  # the rows were never proven
        return True
    return plan is not None and plan.accounted_from is not None and plan.accounted_from <= revision(state.checkpoint)


def _is_everything(context: Context, losses: dict[str, Loss]) -> bool:
    """Whether nothing that was there would be left, in any object: no company's answer is that."""
    had = {key for key, state in context.store.states().items() if state.digest.count}
    return bool(had) and all(key in losses and losses[key].gone == losses[key].rows for key in had)


def revision(checkpoint: str) -> int:
    """The revision that a checkpoint's text begins with."""
    return int(checkpoint.split("-", 1)[0] or 0)
