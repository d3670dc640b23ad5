"""`salesapp status`: what this device has and what waits to be sent; works offline."""

from pathlib import Path

import click
import msgspec

from salesapp.cli.boundary import guarded
from salesapp.cli.tablet import data_dir_option, key_file_option, root_of
from salesapp.cli.terminal import say, say_json
from salesapp.domain.catalogue import CATALOGUE
from salesapp.domain.object_states import WRONG
from salesapp.errors import UsageError
from salesapp.store.catalog import CatalogStates, read_states
from salesapp.store.folders import AccountFolder, DataFolder
from salesapp.store.history import Failure, History, ObjectResult
from salesapp.store.keys import load_key
from salesapp.store.outbox import Outbox
from salesapp.store.work import WorkStore


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output and nothing else.")
@data_dir_option
@key_file_option
@guarded
def command(as_json: bool, data_dir: Path | None, key_file: Path | None) -> None:
    """Show whether a first sync has succeeded, the state and age of each object, and what waits to be sent."""
    root = root_of(data_dir)
    account = DataFolder(root).last() if root.exists() else None
    if account is None:
        raise UsageError(f"{root} holds no account yet: synchronize first")
    found = _status(account, load_key(root, key_file))
    if as_json:
        say_json(found)
        return
    say(f"{found.user} at {found.gateway}")
    say(f"First sync succeeded: {found.first_sync_succeeded_at or 'not yet'}")
    say(f"Checkpoint: {found.checkpoint or '-'}")
    for entry in found.objects:
        say(f"{entry.key}: {entry.state}, {entry.rows} rows, verified {entry.verified_at or 'never'}")
    waits = found.outbox
    say(f"Waiting to be sent: {waits.waiting}, rejected: {waits.rejected}, sent: {waits.accepted}")


class ObjectStatus(msgspec.Struct, frozen=True):
    """An object on this device; `error` is that of the last sync, while it holds."""

    key: str
    state: str
    rows: int
    checkpoint: str | None
    verified_at: str | None
    error: Failure | None


class LastSync(msgspec.Struct, frozen=True):
    """How the last sync ended."""

    outcome: str
    ended_at: str


class Waiting(msgspec.Struct, frozen=True):
    """How many submissions wait, and what became of the others."""

    waiting: int
    accepted: int
    rejected: int


class Status(msgspec.Struct, frozen=True):
    """What `status --json` prints; times UTC."""

    gateway: str
    user: str
    first_sync_succeeded: bool
    first_sync_succeeded_at: str | None
    checkpoint: str | None
    last_sync: LastSync | None
    objects: tuple[ObjectStatus, ...]
    auxiliary: tuple[ObjectStatus, ...]
    outbox: Waiting


def _status(account: AccountFolder, key: bytes) -> Status:
    work = WorkStore.open(account, key)
    try:
        history = History(work)
        counts = Outbox(work).counts()
        first = history.first_sync_succeeded_at()
        runs = history.last_runs(1)
    finally:
        work.close()
    catalog = read_states(account.catalog_path, key, CATALOGUE)
    last = runs[0].result if runs else None
    outcomes = {entry.key: entry for entry in (*last.objects, *last.auxiliary)} if last else {}
    return Status(
        gateway=account.url,
        user=account.user,
        first_sync_succeeded=first is not None,
        first_sync_succeeded_at=first,
        checkpoint=catalog.checkpoint or None,
        last_sync=LastSync(last.outcome, runs[0].ended_at) if last else None,
        objects=tuple(_object(entry.key, catalog, outcomes.get(entry.key)) for entry in CATALOGUE.objects),
        auxiliary=tuple(_object(entry.key, catalog, outcomes.get(entry.key)) for entry in CATALOGUE.auxiliary),
        outbox=Waiting(counts.waiting, counts.accepted, counts.rejected),
    )


def _object(key: str, catalog: CatalogStates, last: ObjectResult | None) -> ObjectStatus:
    """`last`: how the last sync left it."""
    state = catalog.states.get(key)
    is_current = state is not None and state.checkpoint == catalog.checkpoint
    is_red = last is not None and last.state in WRONG and not is_current
    told = "ok" if is_current else "lagging" if state else "missing"
    return ObjectStatus(
        key=key,
        state=last.state if last and is_red else told,
        rows=state.digest.count if state else 0,
        checkpoint=state.checkpoint if state else None,
        verified_at=state.verified_at if state else None,
        error=last.error if last and is_red else None,
    )
