"""The undo steps of a draft: its earlier states, kept with it so that they survive a restart."""

from collections.abc import Callable, Mapping

from sqlalchemy import Connection, delete, insert, select

from salesapp.store.tables import undo_step
from salesapp.store.work import WorkStore

MOST_STEPS = 50
"""How many changes of a draft can be undone."""
Steps = Mapping[int, Callable[[], str]]
"""Maps a step to a function that returns the cart as JSON; called only for steps not kept yet."""


def keep(connection: Connection, record: str, steps: Steps) -> None:
    """Keeps the last of these steps of a record, in the caller's transaction; a kept step never changes."""
    steps = dict(sorted(steps.items())[-MOST_STEPS:])
    mine = undo_step.c.record == record
    there = set(connection.execute(select(undo_step.c.step).where(mine)).scalars())
    if gone := there - steps.keys():
        connection.execute(delete(undo_step).where(mine, undo_step.c.step.in_(gone)))
    if new := sorted(steps.keys() - there):
        connection.execute(insert(undo_step), [{"record": record, "step": step, "cart": steps[step]()} for step in new])


def load(work: WorkStore, record: str) -> dict[int, str]:
    """Returns the carts as JSON by step, oldest first."""
    with work.read() as connection:
        rows = connection.execute(
            select(undo_step.c.step, undo_step.c.cart).where(undo_step.c.record == record).order_by(undo_step.c.step)
        )
        return {row.step: row.cart for row in rows}


def forget(connection: Connection, record: str) -> None:
    """Drops the steps of a record that is no longer a draft."""
    connection.execute(delete(undo_step).where(undo_step.c.record == record))
