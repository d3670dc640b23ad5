"""The log of imports: who, when, from where, with which result. The audit log has each one too."""

from collections.abc import Iterable
from typing import Any, Final, Literal

import msgspec
from sqlalchemy import BigInteger, Column, Connection, Integer, Table, Text, delete, insert, select, update

from salesapp.clock import timestamp
from salesapp.gateway.connectors import kinds
from salesapp.gateway.connectors.sources import Source
from salesapp.gateway.database import metadata
from salesapp.gateway.guard import Finding
from salesapp.gateway.import_warnings import Warned
from salesapp.gateway.intake import ObjectReport

MOST_IMPORTS = 1_000
MOST_UNCHANGED = 100
"""Scheduled imports without changes that are kept, so that they do not push others out."""
Outcome = Literal["running", "taken", "accepted", "kept", "expired", "unfinished", "refused", "failed", "interrupted"]
OUTCOMES: Final = {
    "running": "runs now",
    "taken": "applied",
    "accepted": "applied, large changes accepted",
    "kept": "not applied, kept until it is accepted",
    "expired": "not applied, nobody accepted it in time",
    "unfinished": "not applied, the export was not finished",
    "refused": "not applied, the source has errors",
    "failed": "not applied, it failed",
    "interrupted": "not applied, it was stopped",
}
GOOD = ("taken", "accepted")

import_run = Table(
    "import_run",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("began_at", Text, nullable=False),  # UTC
    Column("ended_at", Text, nullable=False),  # empty while it runs
    Column("milliseconds", BigInteger, nullable=False),
    Column("who", Text, nullable=False),  # the user of the operating system
    Column("way", Text, nullable=False),  # init, command, schedule
    Column("source", Text, nullable=False),  # a `Source` as JSON
    Column("outcome", Text, nullable=False),
    Column("reason", Text, nullable=False),  # of a failure
    Column("objects", Text, nullable=False),  # JSON: {key: ObjectReport}
    Column("findings", Text, nullable=False),  # JSON: [Finding], why it was or is kept
    Column("warnings", Text, nullable=False),  # JSON: [Warned]
    Column("revision", BigInteger, nullable=False),  # that it made; 0: nothing changed
    Column("base", BigInteger, nullable=False),  # a kept one's: the last import that had changed something before it
    Column("digest", Text, nullable=False),  # of a kept one's rows
    Column("accepted_by", Text, nullable=False),
    sqlite_autoincrement=True,
)


class ImportEntry(msgspec.Struct, frozen=True):
    """One entry of the log of imports."""

    id: int
    began_at: str
    ended_at: str
    seconds: float
    who: str
    way: str
    source: Source
    outcome: Outcome
    reason: str
    objects: dict[str, ObjectReport]
    findings: tuple[Finding, ...]
    warnings: tuple[Warned, ...]
    revision: int
    base: int
    digest: str
    accepted_by: str

    @property
    def counts(self) -> ObjectReport:
        """The sums over all objects."""
        names = ObjectReport.__struct_fields__
        return ObjectReport(*(sum(getattr(report, name) for report in self.objects.values()) for name in names))


def begin(connection: Connection, source: Source, *, way: str, who: str) -> int:
    """Notes that an import runs; returns its id. Earlier running ones were interrupted, as only one runs at a time."""
    end_stale(connection)
    empty = dict.fromkeys(("objects",), "{}") | dict.fromkeys(("findings", "warnings"), "[]")
    texts = dict.fromkeys(("ended_at", "reason", "digest", "accepted_by"), "")
    numbers = dict.fromkeys(("milliseconds", "revision", "base"), 0)
    values = {"began_at": timestamp(), "way": way, "who": who, "source": kinds.encoded(source), "outcome": "running"}
    added = insert(import_run).values({**empty, **texts, **numbers, **values}).returning(import_run.c.id)
    return int(connection.execute(added).scalar_one())


def end(connection: Connection, id_: int, outcome: Outcome, **values: Any) -> None:
    """Notes the outcome of an import. Structures are stored as JSON."""
    stored = {name: value if isinstance(value, str | int) else _json(value) for name, value in values.items()}
    values = {"outcome": outcome, "ended_at": timestamp(), **stored}
    connection.execute(update(import_run).where(import_run.c.id == id_).values(values))
    prune(connection)


def add_reason(connection: Connection, id_: int, reason: str) -> None:
    connection.execute(update(import_run).where(import_run.c.id == id_).values(reason=reason))


def end_stale(connection: Connection) -> None:
    """Marks running imports as interrupted. The caller holds the lock of imports."""
    running = update(import_run).where(import_run.c.outcome == "running")
    connection.execute(running.values(outcome="interrupted", reason="the program ended", ended_at=timestamp()))


def entries(connection: Connection, *, outcomes: Iterable[str] = (), limit: int = 0) -> list[ImportEntry]:
    """The newest first."""
    query = select(import_run).order_by(import_run.c.id.desc())
    wanted = list(outcomes)
    if wanted:
        query = query.where(import_run.c.outcome.in_(wanted))
    return [_entry(row) for row in connection.execute(query.limit(limit) if limit else query)]


def entry_of(connection: Connection, id_: int) -> ImportEntry | None:
    row = connection.execute(select(import_run).where(import_run.c.id == id_)).first()
    return _entry(row) if row else None


def remove(connection: Connection, id_: int) -> None:
    """Removes an import that only repeats another one."""
    connection.execute(delete(import_run).where(import_run.c.id == id_))


def prune(connection: Connection) -> None:
    """Keeps the newest imports, and the last applied one, whose warnings still count."""
    ids = select(import_run.c.id).order_by(import_run.c.id.desc())
    found_nothing = (import_run.c.way == "schedule") & (import_run.c.outcome == "taken") & (import_run.c.revision == 0)
    kept = (
        ids.where(~found_nothing).limit(MOST_IMPORTS),
        ids.where(found_nothing).limit(MOST_UNCHANGED),
        ids.where(import_run.c.outcome.in_(GOOD)).limit(1),
    )
    connection.execute(delete(import_run).where(*(import_run.c.id.not_in(some) for some in kept)))


def _entry(row: Any) -> ImportEntry:
    return ImportEntry(
        id=row.id,
        began_at=row.began_at,
        ended_at=row.ended_at,
        seconds=row.milliseconds / 1000,
        who=row.who,
        way=row.way,
        source=kinds.decoded(row.source),
        outcome=row.outcome,
        reason=row.reason,
        objects=msgspec.json.decode(row.objects, type=dict[str, ObjectReport]),
        findings=msgspec.json.decode(row.findings, type=tuple[Finding, ...]),
        warnings=msgspec.json.decode(row.warnings, type=tuple[Warned, ...]),
        revision=row.revision,
        base=row.base,
        digest=row.digest,
        accepted_by=row.accepted_by,
    )


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
