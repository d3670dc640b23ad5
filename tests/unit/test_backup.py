"""Backups of work.db: one per day for a week, restored by content, without risk for existing data."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from salesapp.errors import DeviceError
from salesapp.protocol.records import CustomerRecord
from salesapp.services import customers
from salesapp.store import backup, work
from salesapp.store.backup import KEPT_DAILY, restore
from salesapp.store.folders import AccountFolder
from salesapp.store.outbox import Outbox
from salesapp.store.work import WorkStore

pytestmark = pytest.mark.clock

KEY = bytes(range(32))
TODAY = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Clock:
    """The tablet's clock, which a test sets."""

    at = TODAY

    @classmethod
    def now(cls) -> datetime:
        return cls.at


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> type[Clock]:
    Clock.at = TODAY
    monkeypatch.setattr(backup, "clock", Clock)
    return Clock


@pytest.fixture
def account(tmp_path: Path) -> AccountFolder:
    made = AccountFolder(tmp_path / "account", "gateway", "rep", "http://127.0.0.1")
    made.make()
    return made


def add(account: AccountFolder, name: str = "New") -> None:
    """Opens work.db, which first makes the day's backup, and adds a record."""
    store = WorkStore.open(account, KEY)
    customers.save_customer(store, CustomerRecord(name=name, addresses=[]))
    store.close()


def count(account: AccountFolder) -> int:
    store = WorkStore.open(account, KEY)
    found = len(Outbox(store).items())
    store.close()
    return found


def names(account: AccountFolder) -> list[str]:
    return sorted(path.name for path in account.backups.iterdir())


def damage(path: Path, at: float = 0.5) -> bytes:
    content = bytearray(path.read_bytes())
    place = int(len(content) * at)
    content[place : place + 3000] = b"x" * min(3000, len(content) - place)
    path.write_bytes(content)
    return bytes(content)


def test_that_the_first_opening_of_a_day_makes_a_backup_and_a_week_is_kept(
    account: AccountFolder, clock: type[Clock]
) -> None:
    for day in range(10):
        clock.at = TODAY + timedelta(days=day)
        add(account)
        add(account)
    assert names(account) == [f"work-2026-03-{day:02}.db" for day in range(5, 12)]
    assert len(names(account)) == KEPT_DAILY


def test_that_a_backup_cannot_be_read_without_the_key(account: AccountFolder) -> None:
    WorkStore.open(account, KEY).close()
    content = next(account.backups.iterdir()).read_bytes()
    assert len(content) > 8192
    assert b"SQLite format" not in content
    assert b"CREATE TABLE" not in content
    before = account.work_path.read_bytes()
    with pytest.raises(DeviceError, match="is damaged"):
        restore(account, bytes(32))
    assert account.work_path.read_bytes() == before


def test_that_the_newest_backup_is_restored_and_the_damaged_file_is_kept(
    account: AccountFolder, clock: type[Clock]
) -> None:
    for day in range(3):
        clock.at = TODAY + timedelta(days=day)
        add(account)
    damaged = damage(account.work_path)
    with pytest.raises(DeviceError, match="is damaged"):
        WorkStore.open(account, KEY)
    assert account.work_path.read_bytes() == damaged
    assert restore(account, KEY).name == "work-2026-03-04.db"
    assert count(account) == 2
    assert [path.read_bytes() for path in account.path.glob("work-damaged-*.db")] == [damaged]


@pytest.mark.parametrize("at", [0.0, 0.5, 0.95])
def test_that_a_damaged_backup_is_skipped_wherever_the_damage_is(
    account: AccountFolder, clock: type[Clock], at: float
) -> None:
    for day in range(2):
        clock.at = TODAY + timedelta(days=day)
        add(account)
    damage(account.backups / "work-2026-03-03.db", at)
    assert restore(account, KEY).name == "work-2026-03-02.db"
    assert count(account) == 0


def test_that_without_a_good_backup_nothing_is_moved(account: AccountFolder) -> None:
    add(account)
    for path in account.backups.iterdir():
        damage(path)
    before = account.work_path.read_bytes()
    with pytest.raises(DeviceError) as refused:
        restore(account, KEY)
    assert refused.value.code == "device.work_damaged"
    assert account.work_path.read_bytes() == before
    assert count(account) == 1


def test_that_a_failed_restore_leaves_own_work_unchanged(
    account: AccountFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(account)
    before = account.work_path.read_bytes()
    (account.path / "work-restored.db").mkdir()  # the copy cannot be written
    with pytest.raises(DeviceError, match="could not be written"):
        restore(account, KEY)
    assert account.work_path.read_bytes() == before
    assert not list(account.path.glob("work-damaged-*"))


def test_that_a_clock_that_was_ahead_does_not_restore_old_work(account: AccountFolder, clock: type[Clock]) -> None:
    for day in (0, 400, 401):  # the clock was wrong for two days
        clock.at = TODAY + timedelta(days=day)
        add(account)
        path = account.backups / f"work-{clock.at:%Y-%m-%d}.db"
        os.utime(path, (clock.at.timestamp(), clock.at.timestamp()))
    clock.at = TODAY + timedelta(days=3)
    add(account)
    os.utime(account.backups / "work-2026-03-05.db", (clock.at.timestamp(), clock.at.timestamp()))
    assert restore(account, KEY).name == "work-2026-03-05.db"
    assert count(account) == 3


def test_that_backups_continue_after_a_clock_that_was_ahead_for_weeks(
    account: AccountFolder, clock: type[Clock]
) -> None:
    for day in range(KEPT_DAILY + 2):
        clock.at = TODAY + timedelta(days=4000 + day)
        add(account)
    for day in range(KEPT_DAILY):
        clock.at = TODAY + timedelta(days=day)
        add(account)
        assert f"work-{clock.at:%Y-%m-%d}.db" in names(account)
    assert names(account) == [f"work-2026-03-{day:02}.db" for day in range(2, 9)]


def test_that_a_large_file_is_read_through_before_it_becomes_the_days_backup(
    account: AccountFolder, clock: type[Clock], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "CHECKED_UP_TO_BYTES", 0)
    add(account)
    damage(account.work_path)
    clock.at = TODAY + timedelta(days=1)
    with pytest.raises(DeviceError, match="is damaged"):
        WorkStore.open(account, KEY)
    assert names(account) == ["work-2026-03-02.db"]


def test_that_leftovers_of_a_killed_backup_do_no_harm(account: AccountFolder) -> None:
    (account.backups / "work-2026-03-02.part").write_bytes(b"half of a backup")
    (account.backups / "work-2026-03-02.part-wal").write_bytes(b"and its log")
    add(account)
    assert [path.name for path in account.backups.glob("*.db")] == ["work-2026-03-02.db"]
    account.work_path.unlink()
    restore(account, KEY)
    assert count(account) == 0
