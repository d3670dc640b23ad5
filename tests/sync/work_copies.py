"""Copies of a representative's own work, each with a function that puts it back."""

import shutil
from collections.abc import Callable

from tests.conftest import Tablet
from tests.sync.test_returned_work import make_backup, restore_backup

PutBack = Callable[[], None]


def daily_backup(tablet: Tablet) -> Callable[[], None]:
    make_backup(tablet)
    return lambda: restore_backup(tablet)


def copy_of_work(tablet: Tablet) -> Callable[[], None]:
    """Copies work.db; returns a function that puts it back."""
    kept = tablet.root.with_name(f"{tablet.root.name}.work")
    tablet.work().close()  # nothing remains in the write-ahead log
    shutil.copyfile(tablet.account.work_path, kept)

    def put_back() -> None:
        for suffix in ("-wal", "-shm"):
            tablet.account.work_path.with_name(f"work.db{suffix}").unlink(missing_ok=True)
        shutil.copyfile(kept, tablet.account.work_path)

    return put_back


def copy_of_folder(tablet: Tablet) -> Callable[[], None]:
    """Copies the whole data folder; returns a function that puts it back."""
    kept = tablet.root.with_name(f"{tablet.root.name}.copy")
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(tablet.root, kept)

    def put_back() -> None:
        shutil.rmtree(tablet.root)
        shutil.copytree(kept, tablet.root)

    return put_back


COPIES: dict[str, Callable[[Tablet], Callable[[], None]]] = {
    "backup": daily_backup,
    "work.db": copy_of_work,
    "folder": copy_of_folder,
}
