"""The figures of the main screen, of Synchro's choice and of Settings, in one value.

Stored in work.db, to show at the next start without counting (`read_glance`).
"""

from collections import Counter
from pathlib import Path

import msgspec
from sqlalchemy import func, select

from salesapp import clock
from salesapp.disk import size_of
from salesapp.domain.catalogue import CATALOGUE
from salesapp.domain.object_states import RIGHT, ObjectState, sending_state, worst
from salesapp.domain.objects.directories import Currency
from salesapp.services.price_rows import directory
from salesapp.services.reports import glance_of
from salesapp.services.sales import read_ledger
from salesapp.services.travel import read_log
from salesapp.services.visits import Visit, read_calendar, read_list
from salesapp.store import outbox as outbox_rows
from salesapp.store.account_stores import AccountStores
from salesapp.store.catalog import read_states
from salesapp.store.catalog_reader import CatalogReader, CatalogUnreadableError
from salesapp.store.folders import AccountFolder
from salesapp.store.glance import GLANCE, HistoryRun, Overview, RunSummary, VisitGlance
from salesapp.store.history import Failure, History, ObjectResult, RunResult
from salesapp.store.items import count_active, newest_count
from salesapp.store.sales import count_documents
from salesapp.store.tables import outbox, record
from salesapp.store.work import WorkStore

MOST_OVERDUE = 3


def read_overview(account: AccountFolder, key: bytes) -> Overview:
    """Reads the overview, and stores it for the next start."""
    work = WorkStore.open(account, key)
    try:
        history = History(work)
        runs = [summarize(run.result, run.ended_at) for run in history.last_runs(20)]
        with work.read() as connection:
            waits = select(outbox.c.kind, func.count()).where(outbox.c.state == "waiting").group_by(outbox.c.kind)
            waiting: dict[str, int] = dict(connection.execute(waits).all())
            held_up = dict(Counter(outbox_rows.held_up(connection)))
            is_rejected = select(func.count()).select_from(outbox).where(outbox.c.state == "rejected")
            rejected = int(connection.execute(is_rejected).scalar_one())
            is_draft = select(func.count()).select_from(record).where(record.c.state == "draft")
            drafts = int(connection.execute(is_draft).scalar_one())
            of_documents = is_draft.where(record.c.kind == "document")
            draft_documents = int(connection.execute(of_documents).scalar_one())
        catalog = read_states(account.catalog_path, key, CATALOGUE)
        files = [size_of(path) for path in account.media.glob("*/*.sealed")]
        found = Overview(
            user=account.user,
            url=account.url,
            first_sync_succeeded_at=history.first_sync_succeeded_at(),
            last_good_at=next((run.ended_at for run in runs if run.outcome == "ok"), None),
            last_run=runs[0] if runs else None,
            rows={name: state.digest.count for name, state in catalog.states.items()},
            verified_at={name: state.verified_at for name, state in catalog.states.items()},
            waiting=waiting,
            held_up=held_up,
            rejected=rejected,
            drafts=drafts,
            draft_documents=draft_documents,
            media_files=len(files),
            media_bytes=sum(files),
        )
        if catalog.states:
            found = _with_day(found, account, key, work)
        kept = msgspec.json.encode(found).decode()
        if work.flag(GLANCE) != kept:
            work.set_flag(GLANCE, kept)
    finally:
        work.close()
    return found


def _with_day(overview: Overview, account: AccountFolder, key: bytes, work: WorkStore) -> Overview:
    """Adds today's appointments, overdue ones, travel, and this month's sales."""
    browser = CatalogReader(account.catalog_path, key)
    try:
        stores, today = AccountStores(account, browser, work), clock.today()
        visits, counts = read_calendar(stores, today, today)
        overdue = [visit for visit in read_list(stores, "overdue")[0] if visit.start.date() != today]
        log = read_log(stores, today)
        sales = glance_of(read_ledger(stores), today)
        decimals, stock_as_of = decimals_of(browser), newest_count(browser)
        shown = {"items": count_active(browser), "documents": _documents(browser, work)}
    except CatalogUnreadableError:
        return overview  # the next sync fetches a new catalogue
    finally:
        browser.close()
    return msgspec.structs.replace(
        overview,
        shown=shown,
        visits=tuple(_glance(visit) for visit in visits),
        overdue=tuple(_glance(visit) for visit in overdue[-MOST_OVERDUE:]),
        overdue_count=counts.overdue,
        month_km=log.month_km,
        odometer_km=log.odometer_km,
        sales=sales,
        decimals=decimals,
        stock_as_of=stock_as_of,
    )


def decimals_of(browser: CatalogReader) -> dict[str, int]:
    """Returns the decimals of amounts by code of currency; those of the base currency also under ""."""
    found = directory(browser, Currency)
    of_base = [("", row.places) for row in found if row.is_base]
    return dict([*((row.code, row.places) for row in found), *of_base])


def _documents(browser: CatalogReader, work: WorkStore) -> int:
    """Counts own orders and quotes, and the ERP's other documents."""
    with work.read() as connection:
        own = list(connection.execute(select(record.c.submission).where(record.c.kind == "document")).scalars())
    return len(own) + count_documents(browser, without=frozenset(filter(None, own)))


def _glance(visit: Visit) -> VisitGlance:
    return VisitGlance(
        start=clock.timestamp(visit.start),
        end=clock.timestamp(visit.end or visit.start),
        title=", ".join(part for part in (visit.title, visit.town) if part),
        what=", ".join(visit.what[:2]),
        state=visit.state,
        done=visit.progress.done,
        total=visit.progress.total,
        is_full_day=visit.is_full_day,
        is_overdue=visit.is_overdue,
    )


def read_last_outcome(account: AccountFolder, key: bytes) -> str:
    """Returns the outcome of the last sync as the engine's JSON; empty before the first one."""
    work = WorkStore.open(account, key)
    try:
        return next((run.document for run in History(work).last_runs(1)), "")
    finally:
        work.close()


def read_history(account: AccountFolder, key: bytes, count: int = 20) -> list[HistoryRun]:
    """Returns the last syncs, newest first."""
    work = WorkStore.open(account, key)
    try:
        runs = History(work).last_runs(count)
    finally:
        work.close()
    results = [(run.result, run.ended_at) for run in runs]
    return [HistoryRun(summarize(result, at), tuple(map(_of_history, result.objects))) for result, at in results]


def _of_history(entry: ObjectResult) -> tuple[str, str, int, str, dict[str, str]]:
    error = entry.error or Failure()
    return entry.key, entry.state, entry.rows, error.code, error.params


def summarize(run: RunResult, ended_at: str) -> RunSummary:
    """Returns a one-line summary of a run."""
    states = [(entry.key, entry.state) for entry in run.objects]
    taking_part = [(key, state) for key, state in states if state != "skipped"]
    by_section: dict[str, list[str]] = {}
    for key, state in taking_part:
        by_section.setdefault(key.split(".", 1)[0], []).append(state)
    count = [state for _, state in taking_part].count
    error = run.error or Failure()
    sending = sending_state(rejected=run.sent.rejected, has_ended=run.sent.has_ended or run.outcome == "ok")
    sections = {section: worst(found).value for section, found in by_section.items()}
    return RunSummary(
        started_at=run.started_at or ended_at,
        ended_at=ended_at,
        outcome=run.outcome,
        seconds=run.seconds,
        bytes_down=run.bytes_down,
        correct=sum(map(count, RIGHT)),
        failed=count(ObjectState.FAILED),
        held_back=count(ObjectState.HELD_BACK),
        total=len(taking_part),
        with_attachments=len(taking_part) == len(states),
        sections={"sending": sending.value} | sections,
        error=(error.code, error.params),
        rejected=max(run.sent.rejected, run.sent.rejected_here),
    )


class Diagnostics(msgspec.Struct, frozen=True):
    """Sizes of files for support: bytes by name. No names of people, no addresses, no records."""

    made_at: str
    sizes: dict[str, int]
    root_exists: bool


def diagnostics(root: Path, account: AccountFolder | None) -> Diagnostics:
    """Returns the current sizes of the files."""
    paths = {"catalog.db": account.catalog_path, "work.db": account.work_path} if account else {}
    folders = {"media": account.media, "segments": account.segments, "backups": account.backups} if account else {}
    sizes = {name: size_of(path) for name, path in paths.items()}
    for name, folder in folders.items():
        files = [path for path in folder.rglob("*") if path.is_file()] if folder.is_dir() else []
        sizes[name] = sum(size_of(path) for path in files)
    return Diagnostics(clock.timestamp(), sizes, root.is_dir())
