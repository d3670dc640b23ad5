"""What the gateway imports by itself: the source that is set, and how often."""

import msgspec
from sqlalchemy import Connection

from salesapp.gateway.database import Database
from salesapp.gateway.folder import Source, taken_source
from salesapp.gateway.rows import get_meta, set_meta

_PLAN = "import_plan"


class Plan(msgspec.Struct, frozen=True):
    """`every`: minutes between imports of the serving gateway; 0: only by command."""

    source: Source | None = None
    every: int = 0


def plan_of(connection: Connection) -> Plan:
    """The plan; where no source was set, it is the one that the rows come from."""
    text = get_meta(connection, _PLAN)
    plan = msgspec.json.decode(text, type=Plan) if text else Plan()
    return plan if plan.source else Plan(taken_source(connection), plan.every)


def set_plan(connection: Connection, plan: Plan) -> None:
    set_meta(connection, _PLAN, msgspec.json.encode(plan).decode())


def remember_interval(database: Database, every: int) -> None:
    with database.write() as connection:
        text = get_meta(connection, _PLAN)
        plan = msgspec.json.decode(text, type=Plan) if text else Plan()
        set_plan(connection, Plan(plan.source, every))
