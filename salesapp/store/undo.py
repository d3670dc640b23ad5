"""The last changes of a draft: what it was before each, kept with it, so that a restart does not end undoing."""

from collections.abc import Callable, Mapping

from sqlalchemy import Connection, delete, insert, select

from salesapp.store.tables import undo_step
from salesapp.store.work import WorkStore

MOST_STEPS = 50
"""How many changes of a draft can be taken back; older ones are let go."""
Steps = Mapping[int, Callable[[], str]]
"""Step -> what gives the cart as JSON: it is asked for those only that are not kept yet."""


def keep(connection: Connection, record: str, steps: Steps) -> None:
    """Makes the last of these the steps of a record, in the caller's transaction; one that is there never changes."""
    steps = dict(sorted(steps.items())[-MOST_STEPS:])
    mine = undo_step.c.record == record
    there = set(connection.execute(select(undo_step.c.step).where(mine)).scalars())
    if gone := there - steps.keys():
        connection.execute(delete(undo_step).where(mine, undo_step.c.step.in_(gone)))
    if new := sorted(steps.keys() - there):
        connection.execute(insert(undo_step), [{"record": record, "step": step, "cart": steps[step]()} for step in new])


def load(work: WorkStore, record: str) -> dict[int, str]:
    """Step -> cart as JSON, the oldest first."""
    with work.read() as connection:
        rows = connection.execute(
            select(undo_step.c.step, undo_step.c.cart).where(undo_step.c.record == record).order_by(undo_step.c.step)
        )
        return {row.step: row.cart for row in rows}


def forget(connection: Connection, record: str) -> None:
    """What is no draft any more is not undone."""
    connection.execute(delete(undo_step).where(undo_step.c.record == record))
