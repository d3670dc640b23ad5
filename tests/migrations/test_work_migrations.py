"""Migrations of work.db lead to the declared tables, keep every row, and never leave a partly migrated file."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from salesapp.errors import DeviceError
from salesapp.protocol.records import Document
from salesapp.store import undo
from salesapp.store import work as work_module
from salesapp.store.backup import restore
from salesapp.store.customers import own_records
from salesapp.store.encrypted import create_encrypted_engine
from salesapp.store.folders import AccountFolder
from salesapp.store.migrations import HEAD
from salesapp.store.outbox import Outbox
from salesapp.store.stock_checks import StockChecks
from salesapp.store.tables import metadata
from salesapp.store.work import SCRIPTS, WorkStore, schema_version, upgrade

KEY = bytes(range(32))
NEXT = "9001"
ROWS = {
    "record": (
        "('r1', 'document', 'confirmed', 'SO-1/03/26/X', '{\"type\":\"sales_order\",\"number\":\"SO-1/03/26/X\","
        '"issued_on":"2026-03-02","currency":"PLN","lines":[],"net":"0","vat":"0","gross":"0"}\','
        " 's1', '2026-03-02T08:00:00Z', '2026')"
    ),
    "outbox": (
        "(1, 's1', 'r1', 'document', '{\"a\":1}', 'frozen bytes żółć', NULL, '7-abc', 'received', 2, NULL, NULL,"
        ' \'{"id":"s1","state":"received"}\', 7, \'2026-03-02T08:00:00Z\', \'2026-03-02T09:00:00Z\')'
    ),
    "numbering": "('sales_order', '2026-03', 'X', 41)",
    "favourite": "('item', 12)",
    "sync_run": "(1, '2026-03-02T08:00:00Z', '2026-03-02T08:00:09Z', 'ok', '{}')",
    "flag": "('first_sync_succeeded_at', '2026-03-02T08:00:09Z')",
    "token": "('http://127.0.0.1:8000', 'opaque')",
}
"""A row of each table of the first version, as SQL, which later versions must keep."""
LATER_ROWS = {
    "stock_check": "(7, '2026-03-02T08:00:00.000001+00:00', '[{\"warehouse\":1,\"quantity\":50000}]')",
    "undo_step": "('r1', 3, '{\"description\":\"żółć\"}')",
}
"""The same for each table added later."""

GOOD_STEP = """
    with op.batch_alter_table("outbox") as table:
        table.add_column(sa.Column("priority", sa.Integer, nullable=False, server_default="5"))
    op.create_index("ix_record_number", "record", ["number"])
"""
FAILING_STEP = (
    GOOD_STEP + '    op.execute("DELETE FROM record")\n    op.execute("INSERT INTO no_such_table VALUES (1)")\n'
)
KILLED_STEP = GOOD_STEP + '    op.execute("DELETE FROM record")\n    __import__("os")._exit(9)\n'


def revisions() -> list[str]:
    """From the first to the newest."""
    script = ScriptDirectory(str(SCRIPTS))
    return [revision.revision for revision in script.walk_revisions()][::-1]


@pytest.fixture
def account(tmp_path: Path) -> AccountFolder:
    made = AccountFolder(tmp_path / "account", "gateway", "rep", "http://127.0.0.1")
    made.make()
    return made


def make_file(account: AccountFolder, revision: str) -> None:
    """Makes a closed work.db of a revision with a row in each table; tables of the first version had theirs before."""
    engine = create_encrypted_engine(account.work_path, KEY, synchronous="FULL")
    upgrade(engine, revisions()[0])
    with engine.connect() as connection:
        for table, values in ROWS.items():
            names = ", ".join(first_columns()[table])  # later versions have more tables tables
            connection.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES {values}")
    upgrade(engine, revision)
    with engine.connect() as connection:
        for table in later_tables(connection):
            connection.exec_driver_sql(f"INSERT INTO {table} VALUES {LATER_ROWS[table]}")
    engine.dispose()


def later_tables(connection: Connection) -> list[str]:
    """Returns the tables added since the first version."""
    names = inspect(connection).get_table_names()
    return sorted(set(names) - ROWS.keys() - {"alembic_version"})


def rows(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    """Returns the values in the columns of the first version."""
    return {
        table: [tuple(row) for row in connection.exec_driver_sql(f"SELECT {', '.join(names)} FROM {table}")]
        for table, names in first_columns().items()
    }


def first_columns() -> dict[str, list[str]]:
    """Returns the columns of each table of the first version."""
    first = create_encrypted_engine(Path(":memory:"), KEY)
    upgrade(first, revisions()[0])
    with first.connect() as empty:
        found = {table: [str(row[1]) for row in empty.exec_driver_sql(f"PRAGMA table_info({table})")] for table in ROWS}
    first.dispose()
    return found


def with_next_step(folder: Path, step: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Simulates the next version of the app, with one more migration."""
    scripts = folder / "migrations"
    shutil.copytree(SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    head = f'revision, down_revision = "{NEXT}", "{HEAD}"\nbranch_labels = depends_on = None\n'
    text = f"import sqlalchemy as sa\nfrom alembic import op\n\n{head}\n\ndef upgrade():{step}"
    (scripts / "versions" / f"{NEXT}_next.py").write_text(text, encoding="utf-8")
    monkeypatch.setattr(work_module, "SCRIPTS", scripts)
    monkeypatch.setattr(work_module, "HEAD", NEXT)
    return scripts


def contents(account: AccountFolder) -> dict[str, list[tuple[object, ...]]]:
    work = WorkStore.open(account, KEY)
    with work.read() as connection:
        found = rows(connection)
    work.close()
    return found


def test_that_the_migrations_are_one_chain_with_one_head() -> None:
    script = ScriptDirectory(str(SCRIPTS))
    assert script.get_heads() == [HEAD]
    assert len(script.get_bases()) == 1
    following = [*revisions()[1:], None]
    for name, after in zip(revisions(), following, strict=True):
        revision = script.get_revision(name)
        assert revision.nextrev == (frozenset({after}) if after else frozenset())
        assert not isinstance(revision.down_revision, tuple)
        assert not revision.branch_labels
        assert not revision.dependencies
        assert Path(revision.path).name.startswith(f"{name}_")
    assert revisions() == sorted(revisions()), "versions are compared as text"
    assert len(revisions()) == len(list((SCRIPTS / "versions").glob("*.py")))


def test_that_migrations_lead_to_the_declared_tables(account: AccountFolder) -> None:
    work = WorkStore.open(account, KEY)
    with work.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        made: dict[str, str] = dict(
            connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type='table'").all()
        )
    work.close()
    automatic = {name for name, sql in made.items() if "AUTOINCREMENT" in sql}
    assert automatic == {table.name for table in metadata.tables.values() if table.kwargs.get("sqlite_autoincrement")}


@pytest.mark.parametrize("revision", revisions())
def test_that_every_version_is_upgraded_with_all_its_rows(account: AccountFolder, revision: str) -> None:
    make_file(account, revision)
    found = contents(account)
    assert all(len(found[table]) == 1 for table in ROWS)
    assert found["outbox"][0][5] == "frozen bytes żółć"
    assert found["numbering"] == [("sales_order", "2026-03", "X", 41)]


@pytest.mark.parametrize("revision", revisions())
def test_that_data_of_every_version_is_read_by_this_one(account: AccountFolder, revision: str) -> None:
    make_file(account, revision)
    engine = create_encrypted_engine(account.work_path, KEY, read_only=True)
    with engine.connect() as connection:
        kept = {"stock_check": 0, "undo_step": 0} | dict.fromkeys(later_tables(connection), 1)
    engine.dispose()
    work = WorkStore.open(account, KEY)
    assert [item.state for item in Outbox(work).items()] == ["received"]
    assert [(own.id, own.story) for own in own_records(work, Document)] == [("r1", None)]
    checks, steps = StockChecks(work).find([7]), undo.load(work, "r1")
    work.close()
    assert {"stock_check": len(checks), "undo_step": len(steps)} == kept
    assert all(check.total([1]) == 50_000 for check in checks.values())
    assert set(steps.items()) <= {(3, '{"description":"żółć"}')}


def test_that_an_upgrade_keeps_every_row_and_makes_a_backup(
    account: AccountFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_file(account, HEAD)
    before = contents(account)
    with_next_step(tmp_path, GOOD_STEP, monkeypatch)
    work = WorkStore.open(account, KEY)
    with work.read() as connection:
        assert rows(connection) == before
        assert connection.exec_driver_sql("SELECT priority FROM outbox").scalar() == 5
    assert schema_version(work.engine) == NEXT
    work.close()
    copy = account.backups / f"before-{NEXT}-from-{HEAD}.db"
    assert b"SQLite format" not in copy.read_bytes()[:100]
    engine = create_encrypted_engine(copy, KEY, read_only=True)
    assert schema_version(engine) == HEAD
    with engine.connect() as connection:
        assert rows(connection) == before
    engine.dispose()


def test_that_the_backup_is_made_before_the_first_change(
    account: AccountFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_file(account, HEAD)
    copy = account.backups / f"before-{NEXT}-from-{HEAD}.db"
    with_next_step(tmp_path, f"\n    assert __import__('pathlib').Path({str(copy)!r}).exists()\n", monkeypatch)
    WorkStore.open(account, KEY).close()


def test_that_a_backup_that_cannot_be_made_stops_the_migration(
    account: AccountFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_file(account, HEAD)
    content = account.work_path.read_bytes()
    with_next_step(tmp_path, GOOD_STEP, monkeypatch)
    account.backups.rmdir()
    account.backups.write_text("a file where the folder should be")
    with pytest.raises(DeviceError, match="could not be written"):
        WorkStore.open(account, KEY)
    assert account.work_path.read_bytes() == content


def test_that_a_migration_that_fails_leaves_the_old_file_usable(
    account: AccountFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_file(account, HEAD)
    before = contents(account)
    with monkeypatch.context() as patched:
        with_next_step(tmp_path, FAILING_STEP, patched)
        with pytest.raises(Exception, match="no_such_table"):
            WorkStore.open(account, KEY)
    assert contents(account) == before
    work = WorkStore.open(account, KEY)
    with work.write() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    work.close()


def test_that_a_migration_that_is_killed_leaves_the_old_file_usable(
    account: AccountFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_file(account, HEAD)
    before = contents(account)
    with monkeypatch.context() as patched:
        scripts = with_next_step(tmp_path, KILLED_STEP, patched)
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from salesapp.store import work\n"
        "from salesapp.store.folders import AccountFolder\n"
        f"work.SCRIPTS, work.HEAD = Path(sys.argv[1]), '{NEXT}'\n"
        "work.WorkStore.open(AccountFolder(Path(sys.argv[2]), 'gateway', 'rep', ''), bytes(range(32)))\n"
    )
    killed = subprocess.run([sys.executable, "-c", program, str(scripts), str(account.path)], check=False)
    assert killed.returncode == 9
    assert contents(account) == before


def test_that_a_file_of_a_newer_version_is_refused_and_left_unchanged(
    account: AccountFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_file(account, HEAD)
    with monkeypatch.context() as patched:
        with_next_step(tmp_path, GOOD_STEP, patched)
        WorkStore.open(account, KEY).close()
    before = {path: path.read_bytes() for path in account.path.rglob("*") if path.is_file()}
    with pytest.raises(DeviceError) as refused:
        WorkStore.open(account, KEY)
    assert refused.value.code == "device.work_newer"
    assert "newer version" in refused.value.text.what
    assert "Update the app" in refused.value.text.remedy
    assert {path: path.read_bytes() for path in account.path.rglob("*") if path.is_file()} == before


def test_that_the_backup_made_before_a_migration_can_be_restored(
    account: AccountFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_file(account, HEAD)
    before = contents(account)
    with_next_step(tmp_path, GOOD_STEP, monkeypatch)
    WorkStore.open(account, KEY).close()
    for path in account.backups.glob("work-*.db"):
        path.unlink()
    account.work_path.write_bytes(b"damaged" * 5000)
    with pytest.raises(DeviceError, match="damaged and was left"):
        WorkStore.open(account, KEY)
    assert restore(account, KEY).name == f"before-{NEXT}-from-{HEAD}.db"
    assert contents(account) == before
