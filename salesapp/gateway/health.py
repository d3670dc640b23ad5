"""Finds problems with a gateway's imports, for `gateway status` and for a monitor."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec
from filelock import Timeout
from sqlalchemy import Connection, func, select

from salesapp import clock
from salesapp.gateway import import_log
from salesapp.gateway.database import Database
from salesapp.gateway.import_log import GOOD, OUTCOMES, ImportEntry
from salesapp.gateway.import_warnings import Warned
from salesapp.gateway.imports import import_lock, is_acceptable
from salesapp.gateway.plan import plan_of
from salesapp.gateway.publisher import current
from salesapp.gateway.tables import set_aside

UNPUBLISHED = "applied, but not published"
GRACE = timedelta(minutes=10)
"""A scheduled import is late after three times its interval and this."""


class Trouble(StrEnum):
    """Kinds of trouble, worst first."""

    FAILED = "failed"
    KEPT = "kept"
    ASIDE = "aside"
    WARNED = "warned"


class Problem(msgspec.Struct, frozen=True):
    """A problem that a person should look at."""

    trouble: Trouble
    sentence: str


class ImportStatus(msgspec.Struct, frozen=True):
    """Imports as `gateway status` shows them."""

    last: ImportEntry | None
    last_taken: ImportEntry | None
    waiting: tuple[int, ...]
    """Ids of kept imports that can be accepted."""
    every: int
    """Minutes between scheduled imports; 0 without a schedule."""
    warnings: tuple[Warned, ...]
    """Warnings of the last applied import."""
    problems: tuple[Problem, ...]


def note_cut_off(database: Database) -> None:
    """Marks imports as interrupted whose program ended early. A running import holds the lock."""
    with database.read() as connection:
        taken = _newest(connection, GOOD)
        if not _newest(connection, ["running"]) and (taken is None or not _is_unpublished(connection, taken)):
            return
    with suppress(Timeout), import_lock(database).acquire(timeout=0), database.write() as connection:
        import_log.end_stale(connection)
        taken = _newest(connection, GOOD)
        if taken is not None and _is_unpublished(connection, taken):
            import_log.add_reason(connection, taken.id, UNPUBLISHED)


def import_status(connection: Connection, *, most_minutes: int = 0) -> ImportStatus:
    """Returns the state of imports. `most_minutes` is the last applied import's allowed age; 0 follows the schedule."""
    last = _newest(connection, set(OUTCOMES) - {"running"})
    taken = _newest(connection, GOOD)
    kept = import_log.entries(connection, outcomes=["kept"])
    waiting = tuple(entry.id for entry in kept if is_acceptable(connection, entry))
    every = plan_of(connection).every
    warnings = taken.warnings if taken else ()
    allowed = timedelta(minutes=most_minutes) if most_minutes else timedelta(minutes=every) * 3 + GRACE
    problems = _failures(last)
    if taken is not None and taken.reason and _is_unpublished(connection, taken):
        problems.append(
            Problem(Trouble.FAILED, f"import {taken.id}: {taken.reason}: tablets still have the former rows")
        )
    if (most_minutes or every) and (taken is None or _age(taken) > allowed):
        problems.append(Problem(Trouble.FAILED, f"no import was applied for {allowed // timedelta(minutes=1)} minutes"))
    problems += [Problem(Trouble.KEPT, f"import {id_} waits to be accepted or replaced") for id_ in waiting]
    aside = connection.execute(select(func.count()).select_from(set_aside)).scalar_one()
    if aside:
        problems.append(Problem(Trouble.ASIDE, f"{aside} rows are set aside: rows they need are missing"))
    if warnings:
        count = sum(warned.count for warned in warnings)
        problems.append(Problem(Trouble.WARNED, f"{count} values look wrong"))
    return ImportStatus(last, taken, waiting, every, warnings, tuple(problems))


def _failures(last: ImportEntry | None) -> list[Problem]:
    if last is None or last.outcome not in {"refused", "failed", "interrupted"}:
        return []
    reason = f" ({last.reason})" if last.reason else ""
    return [Problem(Trouble.FAILED, f"import {last.id}: {OUTCOMES[last.outcome]}{reason}")]


def _is_unpublished(connection: Connection, entry: ImportEntry) -> bool:
    point = current(connection)
    return point is None or point.revision < entry.revision


def _newest(connection: Connection, outcomes: Iterable[str]) -> ImportEntry | None:
    return next(iter(import_log.entries(connection, outcomes=outcomes, limit=1)), None)


def _age(entry: ImportEntry) -> timedelta:
    return clock.now() - datetime.fromisoformat(entry.ended_at)
