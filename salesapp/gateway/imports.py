"""Runs imports: guarded, logged, one at a time; rehearses, keeps and accepts them.

An import that the guard stops changes nothing. Its rows are kept in a file, and accepting it applies exactly these.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from salesapp.disk import replace, sweep, write_failed
from salesapp.domain.catalogue import Catalogue
from salesapp.domain.schema import SyncObject
from salesapp.errors import DeviceError, UsageError, UserFacingError
from salesapp.gateway import import_log, losses
from salesapp.gateway.audit import Event, add_entry
from salesapp.gateway.connectors.base import BadRow, RowSource, SourceRow
from salesapp.gateway.connectors.problems import ImportRefused, NotFinishedError
from salesapp.gateway.connectors.sources import Source
from salesapp.gateway.database import Database
from salesapp.gateway.folder import set_source, taken_source
from salesapp.gateway.guard import Finding, judge
from salesapp.gateway.import_log import ImportEntry, Outcome
from salesapp.gateway.import_warnings import Warned, WarningCollector
from salesapp.gateway.intake import ObjectReport, Prepared, prepared, write_prepared
from salesapp.gateway.kept_rows import KeptRows, RecordedRows, digest_of
from salesapp.gateway.progress import Phase, Report, Step, silent
from salesapp.gateway.publisher import publish
from salesapp.gateway.rows import get_meta, set_meta
from salesapp.gateway.warning_rules import RULES

MOST_KEPT = 5
"""How many imports may wait to be accepted; files of older ones are removed."""
_LAST_CHANGE = "last_import"


class ImportResult(msgspec.Struct, frozen=True):
    """The result of an import. `id` is 0 for a rehearsal, `checkpoint` empty if nothing was published."""

    id: int
    outcome: Outcome
    objects: dict[str, ObjectReport]
    findings: tuple[Finding, ...] = ()
    warnings: tuple[Warned, ...] = ()
    skipped: tuple[BadRow, ...] = ()
    checkpoint: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class Asked:
    """A request for an import. `way` is init, command or schedule; `who` is the user of the operating system."""

    source: Source
    way: str
    who: str
    accepts: bool = False
    """Whether large changes are applied without asking."""


@contextmanager
def _storage_faults() -> Iterator[None]:
    """Translates errors of a full or failing disk to DeviceError."""
    try:
        yield
    except OperationalError as error:
        raise DeviceError("device.write_failed", reason=error.orig) from error
    except BrokenPipeError:  # nobody reads the progress any more
        raise
    except OSError as error:
        raise write_failed(error) from error


def import_lock(database: Database) -> FileLock:
    """Returns the lock that an import holds until it is published, across processes."""
    return FileLock(database.folder / "import.lock")


@contextmanager
def _alone(database: Database, report: Report) -> Iterator[None]:
    """Waits until no other import runs, and says so."""
    lock = import_lock(database)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        report(Step(Phase.WAIT))
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def take(database: Database, catalogue: Catalogue, asked: Asked, report: Report = silent) -> ImportResult:
    """Imports and publishes, or keeps the import if the guard stops it.

    Raises ImportRefused if the source has errors. After any error nothing has been applied.
    """
    with _storage_faults(), _alone(database, report):
        with database.write() as connection:
            id_ = import_log.begin(connection, asked.source, way=asked.way, who=asked.who)
        run = _Run(database, catalogue, id_, asked, report)
        with run.noted():
            done = run.take()
        return run.published(done)


def rehearse(database: Database, catalogue: Catalogue, source: Source, report: Report = silent) -> ImportResult:
    """Returns what `take` would do now, without changing anything. Raises ImportRefused."""
    began = time.monotonic()
    connector = source.connector(catalogue)
    watched = _Watched(connector, WarningCollector(catalogue, RULES))
    with (
        prepared(database, catalogue, watched, rehearses=True, report=report) as changes,
        database.read() as connection,
    ):
        findings = judge(connection, catalogue, changes, source, taken_source(connection))
        warnings = watched.collector.end(connection, connector)
        reports = _reports(changes)
    connector.close()
    outcome: Outcome = "kept" if findings else "taken"
    return ImportResult(0, outcome, reports, tuple(findings), warnings, connector.problems, "", _since(began))


def accept(database: Database, catalogue: Catalogue, id_: int, who: str, report: Report = silent) -> ImportResult:
    """Applies a kept import as it was kept. Raises UsageError if something else was imported since."""
    with _storage_faults(), _alone(database, report):
        entry = _acceptable(database, id_)
        run = _Run(database, catalogue, id_, Asked(entry.source, entry.way, who, accepts=True), report)
        return run.published(run.take_kept(KeptRows(kept_file(database, id_)), entry.warnings))


def is_acceptable(connection: Connection, entry: ImportEntry) -> bool:
    """Whether a kept import can be applied, because nothing else was imported since."""
    later = import_log.entries(connection, outcomes=import_log.GOOD, limit=1)
    is_newest = not later or later[0].id < entry.id
    return entry.outcome == "kept" and is_newest and _last_change(connection) == entry.base


def _acceptable(database: Database, id_: int) -> ImportEntry:
    """Returns the kept import with this number; raises UsageError if it cannot be applied."""
    with database.read() as connection:
        entry = import_log.entry_of(connection, id_)
        if entry is None:
            raise UsageError(f"there is no import {id_}: see `gateway imports`")
        if entry.outcome != "kept":
            raise UsageError(f"import {id_} does not wait to be accepted: {import_log.OUTCOMES[entry.outcome]}")
        is_newest = is_acceptable(connection, entry)
    if not is_newest:
        raise UsageError(f"import {id_} cannot be applied, something else was imported since: import again")
    if digest_of(kept_file(database, id_)) != entry.digest:
        raise UsageError(f"import {id_} cannot be applied, its file of rows is damaged or missing: import again")
    return entry


def _last_change(connection: Connection) -> int:
    """Returns the revision of the last import that changed something."""
    return int(get_meta(connection, _LAST_CHANGE) or 0)


def kept_file(database: Database, id_: int) -> Path:
    return database.folder / "imports" / f"{id_}.rows"


class _Watched(RowSource):
    """A connector that shows its rows to the warning rules."""

    def __init__(self, connector: RowSource, collector: WarningCollector) -> None:
        self._connector = connector
        self.collector = collector

    @property
    def objects(self) -> frozenset[str]:
        return self._connector.objects

    def rows(self, entry: SyncObject) -> Iterator[SourceRow]:
        return self.collector.watched(entry, self._connector.rows(entry))

    def media(self, sha256: str) -> bytes:
        return self._connector.media(sha256)


class _Run:
    """One import and its entry in the log."""

    def __init__(self, database: Database, catalogue: Catalogue, id_: int, asked: Asked, report: Report) -> None:
        self._database = database
        self._catalogue = catalogue
        self._id = id_
        self._asked = asked
        self._report = report
        self._began = time.monotonic()

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Notes the end of an import that fails."""
        try:
            yield
        except ImportRefused as refused:
            self._end("refused", reason=_reason(refused))
            raise
        except NotFinishedError as error:
            self._end_unfinished(_reason(error))
            raise
        except KeyboardInterrupt:
            self._end("interrupted", reason="stopped by a person")
            raise
        except Exception as error:
            self._end("failed", reason=_reason(error))
            raise

    def take(self) -> ImportResult:
        connector = self._asked.source.connector(self._catalogue)
        with ExitStack() as stack:
            stack.callback(connector.close)
            recorded = None if self._asked.accepts else stack.enter_context(self._recorded(connector))
            watched = _Watched(recorded or connector, WarningCollector(self._catalogue, RULES))
            changes = stack.enter_context(prepared(self._database, self._catalogue, watched, report=self._report))
            with self._database.read() as connection:
                taken = taken_source(connection)
                findings = tuple(judge(connection, self._catalogue, changes, self._asked.source, taken))
                warnings = watched.collector.end(connection, connector)
            result = ImportResult(self._id, "taken", _reports(changes), findings, warnings, connector.problems)
            if findings and recorded is not None:
                return self._keep(result, recorded)
            return self._write(result, changes)

    def take_kept(self, rows: KeptRows, warnings: tuple[Warned, ...]) -> ImportResult:
        with prepared(self._database, self._catalogue, rows, report=self._report) as changes:
            with self._database.read() as connection:
                taken = taken_source(connection)
                findings = tuple(judge(connection, self._catalogue, changes, self._asked.source, taken))
            done = self._write(ImportResult(self._id, "accepted", _reports(changes), findings, warnings), changes)
        sweep([kept_file(self._database, self._id)])
        return done

    def published(self, done: ImportResult) -> ImportResult:
        """Publishes, if rows were applied, and returns the result with its checkpoint."""
        if done.outcome not in import_log.GOOD:
            return done
        point = publish(self._database, self._catalogue, self._report)
        return msgspec.structs.replace(done, checkpoint=point.text, seconds=_since(self._began))

    @contextmanager
    def _recorded(self, connector: RowSource) -> Iterator[RecordedRows]:
        """Yields the connector, recording its rows in a file, which is removed at the end unless it was kept."""
        path = kept_file(self._database, self._id).with_suffix(".recording")
        path.parent.mkdir(mode=0o700, exist_ok=True)
        sweep(path.parent.glob("*.recording"))  # left by a killed import, as only one runs at a time
        try:
            with closing(RecordedRows(connector, path)) as recorded:
                yield recorded
        finally:
            sweep([path])

    def _write(self, result: ImportResult, changes: list[Prepared]) -> ImportResult:
        """Writes everything in one transaction: rows, both logs, and the office's consent to losses."""
        outcome: Outcome = "accepted" if result.findings else "taken"
        with self._database.write() as connection:
            made = write_prepared(connection, self._catalogue, changes, self._report)
            if made.revision:
                set_meta(connection, _LAST_CHANGE, str(made.revision))
            large = [each.entry.key for each in changes if losses.is_large(each.had, len(each.removals))]
            losses.confirm(connection, large, made.revision, by=self._asked.who)  # the guard has let them pass
            set_source(connection, self._asked.source)
            accepted_by = self._asked.who if result.findings else ""
            self._note(connection, result, outcome, revision=made.revision, accepted_by=accepted_by)
        return msgspec.structs.replace(result, outcome=outcome, seconds=_since(self._began))

    def _keep(self, result: ImportResult, recorded: RecordedRows) -> ImportResult:
        """Keeps the rows, unless an earlier import with the same rows waits already."""
        recorded.close()
        path = kept_file(self._database, self._id)
        with self._database.write() as connection:
            base = _last_change(connection)
            for other in import_log.entries(connection, outcomes=["kept"]):
                if (other.digest, other.base) == (recorded.digest, base) and kept_file(
                    self._database, other.id
                ).exists():
                    import_log.remove(connection, self._id)
                    return msgspec.structs.replace(result, id=other.id, outcome="kept", seconds=_since(self._began))
            replace(path.with_suffix(".recording"), path)
            self._note(connection, result, "kept", base=base, digest=recorded.digest)
            self._drop_old(connection)
        return msgspec.structs.replace(result, outcome="kept", seconds=_since(self._began))

    def _drop_old(self, connection: Connection) -> None:
        waiting = import_log.entries(connection, outcomes=["kept"])
        for old in waiting[MOST_KEPT:]:
            import_log.end(connection, old.id, "expired")
        kept = {kept_file(self._database, entry.id) for entry in waiting[:MOST_KEPT]}
        sweep(path for path in kept_file(self._database, self._id).parent.glob("*.rows") if path not in kept)

    def _note(self, connection: Connection, result: ImportResult, outcome: Outcome, **more: object) -> None:
        values = {"objects": result.objects, "findings": result.findings, "warnings": result.warnings, **more}
        self._log_end(connection, outcome, values)

    def _end(self, outcome: Outcome, **values: object) -> None:
        """Notes a failure in its own transaction, unless the rows have been applied."""
        with suppress(OperationalError), self._database.write() as connection:  # fails on a full disk
            entry = import_log.entry_of(connection, self._id)
            if entry is not None and entry.outcome == "running":
                self._log_end(connection, outcome, values)

    def _end_unfinished(self, reason: str) -> None:
        """Notes that the export is not finished, once, although the schedule checks again and again."""
        with self._database.read() as connection:
            former = [entry for entry in import_log.entries(connection, limit=2) if entry.id != self._id]
        if former and (former[0].outcome, former[0].reason, self._asked.way) == ("unfinished", reason, "schedule"):
            with self._database.write() as connection:
                import_log.remove(connection, self._id)
        else:
            self._end("unfinished", reason=reason)

    def _log_end(self, connection: Connection, outcome: Outcome, values: dict[str, object]) -> None:
        milliseconds = int(_since(self._began) * 1000)
        import_log.end(connection, self._id, outcome, milliseconds=milliseconds, **values)
        what = f"import {self._id} ({self._asked.way}) from {self._asked.source.description}"
        add_entry(connection, Event("import", what, import_log.OUTCOMES[outcome], actor=self._asked.who))


def _reason(error: Exception) -> str:
    """Returns the first line of an error."""
    if isinstance(error, ImportRefused):
        more = f" (and {error.count - 1} more)" if error.count > 1 else ""
        return error.problems[0].message.partition("\n")[0] + more
    if not isinstance(error, UserFacingError):
        return type(error).__name__
    return error.params.get("reason", error.text.what).partition("\n")[0]


def _reports(changes: list[Prepared]) -> dict[str, ObjectReport]:
    return {each.entry.key: each.report for each in changes}


def _since(began: float) -> float:
    return round(time.monotonic() - began, 1)
