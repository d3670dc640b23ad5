"""The audit log: who did what, when, from where, with which result. See `salesapp gateway audit`.

Events that a stranger can repeat at will are counted, one entry per interval (`Tally`). Entries are removed
after `KEPT_DAYS`, and beyond `MOST_ENTRIES`, oldest first.
"""

import os
import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

import msgspec
from sqlalchemy import Column, Connection, Index, Integer, Table, Text, delete, func, insert, or_, select, update
from sqlalchemy.exc import OperationalError

from salesapp import clock
from salesapp.clock import timestamp
from salesapp.gateway.database import BUSY_SECONDS, Database, metadata

KINDS: Final[Mapping[str, str]] = {
    "logon": "log-ons: good, refused and throttled",
    "logout": "log-outs",
    "password": "changes of passwords",
    "user": "users added, changed and removed",
    "device": "devices blocked, unblocked and revoked",
    "submission": "records that the gateway refused",
    "upload": "files accepted and refused",
    "denied": "rows and files that a user has no right to",
    "import": "imports: applied, refused, accepted",
    "source": "where rows come from",
    "rules": "rules of the demo company",
}
"""Every kind of entry, with its description."""
KEPT_DAYS = 400
MOST_ENTRIES = 200_000
INTERVAL = timedelta(minutes=15)
"""Equal events within it are one entry with a count."""
MOST_DISTINCT = 200
"""Different events of one kind and result with an entry of their own in an interval; the rest share one."""
_SOON_S = 1.0
_PATIENCE_S = 0.2
_PRUNE_EVERY = 500
_LONGEST = 200

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),  # the user concerned
    Column("device_id", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("result", Text, nullable=False),
    Column("kind", Text, nullable=False, server_default=""),  # one of KINDS; empty in entries of older versions
    Column("actor", Text, nullable=False, server_default=""),  # the user of the operating system who ran the command
    Column("count", Integer, nullable=False, server_default="1"),
    Column("last_at", Text, nullable=False, server_default=""),  # of the last one counted
)
Index("ix_audit_at", audit.c.at)


class Event(NamedTuple):
    """What happened. `kind` is one of `KINDS`; the rest is free text, unchecked."""

    kind: str
    what: str
    result: str = "ok"
    who: str = ""
    device_id: str = ""
    address: str = ""
    actor: str = ""

    def values(self) -> dict[str, str]:
        """Returns the columns, with control characters escaped and long texts cut. Raises ValueError."""
        if self.kind not in KINDS:
            raise ValueError(self.kind)
        return {name: _plain(text) for name, text in self._asdict().items()}


def write_audit(database: Database, event: Event) -> None:
    """Adds an entry in a transaction of its own."""
    with database.write() as connection:
        add_entry(connection, event)


def add_entry(connection: Connection, event: Event, *, count: int = 1) -> int:
    """Adds an entry in the caller's transaction; returns its id."""
    values = event.values() | {"at": timestamp(), "count": count}
    added = int(connection.execute(insert(audit).values(values).returning(audit.c.id)).scalar_one())
    if added % _PRUNE_EVERY == 0:
        prune(connection)
    return added


def by_operator() -> str:
    """Returns who runs this command, for `Event.actor`: the user of the operating system, and who called sudo."""
    name = _os_user()
    behind = os.environ.get("SUDO_USER", "")
    return f"{name} ({behind} by sudo)" if behind and behind != name else name


def _os_user() -> str:
    if os.name == "posix":
        import pwd  # noqa: PLC0415  # Windows has none

        try:
            return pwd.getpwuid(os.getuid()).pw_name
        except KeyError:  # containers may run as a user without a name
            return f"uid {os.getuid()}"
    return os.environ.get("USERNAME", "") or "unknown"


def prune(connection: Connection) -> None:
    """Removes expired entries, and the oldest of too many."""
    oldest = timestamp(clock.now() - timedelta(days=KEPT_DAYS))
    connection.execute(delete(audit).where(audit.c.at < oldest))
    newest = connection.execute(select(func.max(audit.c.id))).scalar() or 0
    connection.execute(delete(audit).where(audit.c.id <= newest - MOST_ENTRIES))


@dataclass(eq=False)
class _Counted:
    event: Event
    entry: int = 0
    """The entry's id, once it is written."""
    waiting: int = 0
    """How many times are not written yet."""


class Tally:
    """Counts events that may be very frequent. Threads may share it; `close` writes the rest.

    The first event is written at once, unless the database is busy; the rest follow within a second or as soon as
    possible. Adding never waits, for example for an import; otherwise strangers could block everybody.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._began = clock.now()
        self._known: dict[Event, _Counted] = {}
        self._distinct: Counter[tuple[str, str]] = Counter()
        self._unwritten: list[_Counted] = []
        self._is_late = False
        self._timer: threading.Timer | None = None

    def add(self, event: Event) -> None:
        """Counts an event together with equal ones of this interval."""
        with self._lock:
            counted = self._counted(Event(*(text[:_LONGEST] for text in event)))
            if not counted.waiting:
                self._unwritten.append(counted)
            counted.waiting += 1
            is_first = not counted.entry and counted.waiting == 1
        if not is_first or self._is_late or not self._write(_PATIENCE_S):
            self._write_soon()

    def close(self) -> None:
        """Writes everything, waiting for other writers."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
        with self._writing:
            self._write_all(BUSY_SECONDS)

    def _counted(self, key: Event) -> _Counted:
        if clock.now() - self._began >= INTERVAL:
            self._began = clock.now()
            self._known.clear()
            self._distinct.clear()
        if key not in self._known and self._distinct[key.kind, key.result] >= MOST_DISTINCT:
            key = Event(key.kind, "others, too many to list", key.result)
        if key not in self._known:
            self._known[key] = _Counted(key)
            self._distinct[key.kind, key.result] += 1
        return self._known[key]

    def _write_soon(self) -> None:
        with self._lock:
            if self._timer is None:
                self._timer = threading.Timer(_SOON_S, self._on_time)
                self._timer.daemon = True
                self._timer.start()

    def _on_time(self) -> None:
        with self._lock:
            self._timer = None
        if not self._write(_PATIENCE_S):
            self._write_soon()

    def _write(self, patience_s: float) -> bool:
        """Writes everything unless another thread or process writes; returns whether it could."""
        if not self._writing.acquire(blocking=False):
            return False
        try:
            self._write_all(patience_s)
        except OperationalError:  # the database is busy
            self._is_late = True
            return False
        finally:
            self._writing.release()
        self._is_late = False
        return True

    def _write_all(self, patience_s: float) -> None:
        with self._lock:
            taken = [(counted, counted.waiting) for counted in self._unwritten]
        if not taken:
            return
        with self._database.write(patience_s) as connection:
            entries_now = [counted.entry or add_entry(connection, counted.event, count=0) for counted, _ in taken]
            for entry, (_, times) in zip(entries_now, taken, strict=True):
                values = {"count": audit.c.count + times, "last_at": timestamp()}
                connection.execute(update(audit).where(audit.c.id == entry).values(values))
        with self._lock:
            for entry, (counted, times) in zip(entries_now, taken, strict=True):
                counted.entry = entry
                counted.waiting -= times
            self._unwritten = [counted for counted in self._unwritten if counted.waiting]


class Entry(msgspec.Struct, frozen=True):
    """A row of the audit log. `at` and `last_at` are UTC, and equal for a single event."""

    at: str
    last_at: str
    kind: str
    who: str
    actor: str
    what: str
    result: str
    count: int
    device: str
    address: str


def entries(
    connection: Connection, *, since: datetime | None = None, users: Iterable[str] = (), kind: str = "", limit: int = 0
) -> list[Entry]:
    """Returns the newest matching entries, oldest first. `users` are concerned or acted; `limit` 0 means all."""
    wanted = select(audit).order_by(audit.c.id.desc())
    if since is not None:
        wanted = wanted.where(or_(audit.c.at >= timestamp(since), audit.c.last_at >= timestamp(since)))
    if names := [_plain(name) for name in users]:
        wanted = wanted.where(or_(audit.c.who.in_(names), audit.c.actor.in_(names)))
    if kind:
        wanted = wanted.where(audit.c.kind == kind)
    if limit:
        wanted = wanted.limit(limit)
    return [_entry(row) for row in reversed(connection.execute(wanted).all())]


def _entry(row: Any) -> Entry:
    return Entry(
        row.at,
        row.last_at or row.at,
        row.kind,
        row.who,
        row.actor,
        row.what,
        row.result,
        row.count,
        row.device_id,
        row.address,
    )


def _plain(text: str) -> str:
    cut = text[:_LONGEST]
    return cut if cut.isprintable() else cut.encode("unicode_escape").decode("ascii")
