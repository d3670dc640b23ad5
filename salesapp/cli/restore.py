"""`salesapp restore-backup`: replaces a damaged work.db by its newest backup."""

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import click

from salesapp.cli.boundary import guarded
from salesapp.cli.tablet import data_dir_option, key_file_option, root_of
from salesapp.cli.terminal import say
from salesapp.errors import UsageError
from salesapp.store.backup import is_wanted, restore
from salesapp.store.folders import DataFolder
from salesapp.store.keys import load_key
from salesapp.store.lock import sync_lock
from salesapp.store.tokens import begin_new_series
from salesapp.store.work import WorkStore


@click.command()
@data_dir_option
@key_file_option
@guarded
def command(data_dir: Path | None, key_file: Path | None) -> None:
    """Restore your own work from the newest readable backup, if it is damaged or missing.

    The damaged file is kept beside it.
    """
    root = root_of(data_dir)
    account = DataFolder(root).last() if root.exists() else None
    if account is None:
        raise UsageError(f"{root} holds no account")
    key = load_key(root, key_file)
    with _window_closed(root), sync_lock(account):
        if not is_wanted(account, key):
            raise UsageError("there is nothing to restore: your own work is complete, and no backup holds more")
        backup = restore(account, key)
        work = WorkStore.open(account, key)
        try:
            begin_new_series(work)
        finally:
            work.close()
    say(f"Restored from {backup.name}. The damaged file was kept in {account.path}.")


def _window_closed(root: Path) -> AbstractContextManager[None]:
    """Makes sure that no window uses the file. Without Qt there is no window."""
    try:
        from salesapp.models.single import window_closed  # Qt is imported only where it is needed
    except ImportError:
        return nullcontext()
    return window_closed(root)
