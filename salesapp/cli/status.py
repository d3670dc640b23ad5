"""`salesapp status`: what this device has and what waits to be sent; works offline."""

from pathlib import Path
from typing import Any

import click
import msgspec

from salesapp.cli.boundary import guarded
from salesapp.cli.tablet import data_dir_option, key_file_option, root_of
from salesapp.cli.terminal import say, say_json
from salesapp.domain.catalogue import CATALOGUE
from salesapp.domain.object_states import WRONG
from salesapp.errors import UsageError
from salesapp.store.catalog import read_states
from salesapp.store.folders import AccountFolder, DataFolder
from salesapp.store.history import History
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
    say(f"{found['user']} at {found['gateway']}")
    say(f"First sync succeeded: {found['first_sync_succeeded_at'] or 'not yet'}")
    say(f"Checkpoint: {found['checkpoint'] or '-'}")
    for entry in found["objects"]:
        say(f"{entry['key']}: {entry['state']}, {entry['rows']} rows, verified {entry['verified_at'] or 'never'}")
    waits = found["outbox"]
    say(f"Waiting to be sent: {waits['waiting']}, rejected: {waits['rejected']}, sent: {waits['accepted']}")


def _status(account: AccountFolder, key: bytes) -> dict[str, Any]:
    work = WorkStore.open(account, key)
    try:
        history = History(work)
        counts = Outbox(work).counts()
        first = history.first_sync_succeeded_at()
        runs = history.last_runs(1)
    finally:
        work.close()
    catalog = read_states(account.catalog_path, key, CATALOGUE)
    last: dict[str, Any] = msgspec.json.decode(runs[0].document) if runs else {}
    outcomes = {entry["key"]: entry for entry in (*last.get("objects", ()), *last.get("auxiliary", ()))}

    def of(key: str) -> dict[str, Any]:
        state = catalog.states.get(key)
        outcome = outcomes.get(key, {})
        current = state is not None and state.checkpoint == catalog.checkpoint
        red = outcome.get("state") in WRONG and not current
        return {
            "key": key,
            "state": outcome["state"] if red else "ok" if current else "lagging" if state else "missing",
            "rows": state.digest.count if state else 0,
            "checkpoint": state.checkpoint if state else None,
            "verified_at": state.verified_at if state else None,
            "error": outcome.get("error") if red else None,
        }

    return {
        "gateway": account.url,
        "user": account.user,
        "first_sync_succeeded": first is not None,
        "first_sync_succeeded_at": first,
        "checkpoint": catalog.checkpoint or None,
        "last_sync": {"outcome": last.get("outcome"), "ended_at": runs[0].ended_at} if runs else None,
        "objects": [of(entry.key) for entry in CATALOGUE.objects],
        "auxiliary": [of(entry.key) for entry in CATALOGUE.auxiliary],
        "outbox": {"waiting": counts.waiting, "accepted": counts.accepted, "rejected": counts.rejected},
    }
