"""Files on the tablet under concurrency, power cuts, and with odd folder names."""

import os
import stat
import threading
from pathlib import Path

import pytest

from salesapp.protocol.records import CustomerRecord, FileRecord
from salesapp.services import customers, files
from salesapp.store import backup
from salesapp.store.folders import AccountFolder
from salesapp.store.outbox import Outbox
from salesapp.store.sealed import read_sealed, write_sealed
from salesapp.store.work import WorkStore

KEY = bytes(range(32))


def account_in(folder: Path) -> AccountFolder:
    made = AccountFolder(folder, "gateway", "rep", "http://127.0.0.1")
    made.make()
    return made


def test_that_concurrent_openings_on_a_new_day_make_one_complete_backup(tmp_path: Path) -> None:
    account = account_in(tmp_path / "account")
    work = WorkStore.open(account, KEY)
    for number in range(40):
        customers.save_customer(work, CustomerRecord(name=f"Shop {number}", addresses=[], notes="x" * 4_000))
    work.close()
    for path in account.backups.iterdir():
        path.unlink()
    errors: list[BaseException] = []

    def open_and_close() -> None:
        try:
            WorkStore.open(account, KEY).close()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=open_and_close) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    (made,) = account.backups.glob("*.db")
    assert [path for path in account.backups.iterdir() if path.suffix == ".part"] == []
    assert backup.restore(account, KEY) == made
    work = WorkStore.open(account, KEY)
    assert len(Outbox(work).items()) == 40
    work.close()


@pytest.mark.parametrize("name", ["what?", "50%25", "a#b", "key=1&mode=ro", "żółć"])
def test_that_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    account = account_in(tmp_path / name)
    work = WorkStore.open(account, KEY)
    customers.save_customer(work, CustomerRecord(name="Shop", addresses=[]))
    work.close()
    assert account.work_path.exists()
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_that_an_own_file_is_on_the_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A durable record names it right after, so a power cut must not lose the photo."""
    happened: list[tuple[str, int]] = []
    sync, replace = os.fsync, Path.replace

    def noted_sync(descriptor: int) -> None:
        sync(descriptor)
        found = os.fstat(descriptor)
        happened.append(("folder" if stat.S_ISDIR(found.st_mode) else "file", found.st_ino))

    def noted_replace(self: Path, target: Path) -> Path:
        happened.append(("named", self.stat().st_ino))
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(Path, "replace", noted_replace)
    target = tmp_path / "photo.sealed"
    write_sealed(target, KEY, b"x" * 200_000)
    number = target.stat().st_ino
    assert happened == [("file", number), ("named", number), ("folder", tmp_path.stat().st_ino)]
    assert b"".join(read_sealed(target, KEY)) == b"x" * 200_000


def test_that_adding_the_same_file_again_repairs_a_damaged_own_file(tmp_path: Path) -> None:
    account = account_in(tmp_path / "account")
    work = WorkStore.open(account, KEY)
    note = FileRecord(
        owner_kind="customer",
        owner=1,
        file_name="note.txt",
        media_type="text/plain",
        size=0,
        sha256="",
        upload_to_erp=False,
    )
    files.add_file(work, note, b"what was agreed")
    (path,) = account.own_files.iterdir()
    path.write_bytes(path.read_bytes()[:-1])
    files.add_file(work, note, b"what was agreed")
    assert b"".join(read_sealed(path, KEY)) == b"what was agreed"
    work.close()
