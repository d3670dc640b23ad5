"""The schedule of imports: from which source, and how often."""

from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection

from salesapp.gateway.connectors import kinds
from salesapp.gateway.connectors.sources import Source
from salesapp.gateway.database import Database
from salesapp.gateway.folder import taken_source
from salesapp.gateway.rows import get_meta, set_meta

_PLAN = "import_plan"


@dataclass(frozen=True, slots=True)
class Plan:
    """The schedule. `every` is in minutes; 0 means imports by command only."""

    source: Source | None = None
    every: int = 0


class _Stored(msgspec.Struct):
    source: dict[str, object] | None = None
    every: int = 0


def plan_of(connection: Connection) -> Plan:
    """Returns the schedule; its source is by default the one of the rows."""
    plan = _set_plan_of(connection)
    return plan if plan.source else Plan(taken_source(connection), plan.every)


def set_plan(connection: Connection, plan: Plan) -> None:
    source = kinds.values_of(plan.source) if plan.source else None
    set_meta(connection, _PLAN, msgspec.json.encode(_Stored(source, plan.every)).decode())


def remember_interval(database: Database, every: int) -> None:
    with database.write() as connection:
        set_plan(connection, Plan(_set_plan_of(connection).source, every))


def _set_plan_of(connection: Connection) -> Plan:
    text = get_meta(connection, _PLAN)
    stored = msgspec.json.decode(text, type=_Stored) if text else _Stored()
    return Plan(kinds.source_of(stored.source) if stored.source else None, stored.every)
