"""The command line as the back office and scripts use it: real processes, exit codes, JSON."""

import json
import re
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from salesapp.domain.catalogue import CATALOGUE
from salesapp.domain.objects.items import Item, Stock
from salesapp.store.catalog_reader import CatalogReader
from salesapp.store.folders import DataFolder
from salesapp.store.keys import load_key
from salesapp.store.tokens import device_series
from salesapp.store.work import WorkStore
from tests.processes import GatewayProcess, TabletProcess, make_demo_gateway, run


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayProcess]:
    made = make_demo_gateway(tmp_path_factory.mktemp("demo") / "gateway")
    made.start()
    yield made
    made.end()


@pytest.fixture
def tablet(tmp_path: Path, gateway: GatewayProcess) -> TabletProcess:
    return TabletProcess(tmp_path / "tablet", gateway.url)


def test_that_a_sync_prints_one_object_and_a_second_one_is_unchanged(tablet: TabletProcess) -> None:
    code, outcome = tablet.sync("--without-attachments")
    assert code == 0
    assert [entry["key"] for entry in outcome["objects"]] == [entry.key for entry in CATALOGUE.objects]
    assert all(
        set(entry) >= {"key", "state", "rows", "expected_rows", "digest_ok", "error"} for entry in outcome["objects"]
    )
    assert {entry["state"] for entry in outcome["objects"]} == {"ok", "skipped"}
    tablet.password_file.unlink()  # the stored session is enough
    tablet.password_file.write_text("another")
    code, outcome = tablet.sync("--without-attachments")
    assert code == 0
    assert outcome["requests"] == 1
    assert {entry["state"] for entry in outcome["objects"]} == {"unchanged", "skipped"}
    done = run("status", "--json", "--data-dir", str(tablet.data_dir), "--key-file", str(tablet.key_file))
    status = json.loads(done.stdout)
    assert status["first_sync_succeeded"]
    assert status["checkpoint"] == outcome["checkpoint"]
    assert {entry["state"] for entry in status["objects"]} == {"ok", "missing"}


def test_that_events_are_lines_and_the_last_is_the_outcome(tablet: TabletProcess) -> None:
    process = tablet.start("--events", "--without-attachments")
    out, _ = process.communicate(timeout=60)
    lines = [json.loads(line) for line in out.splitlines()]
    assert process.returncode == 0
    assert {line["event"] for line in lines[:-1]} == {"progress"}
    assert lines[-1]["outcome"] == "ok"
    percents = [line["percent"] for line in lines[:-1]]
    assert percents == sorted(percents)
    assert len(lines) <= 3 + 20 * (lines[-1]["seconds"] + 1)


def test_that_the_line_stop_stops_within_a_second(tablet: TabletProcess) -> None:
    process = tablet.start("--events")
    assert process.stdout is not None
    assert process.stdin is not None
    for line in process.stdout:
        if json.loads(line).get("stage") == "attachments":
            break
    began = time.monotonic()
    process.stdin.write("stop\n")
    process.stdin.flush()
    out, _ = process.communicate(timeout=20)
    assert time.monotonic() - began < 3
    assert process.returncode == 6
    assert json.loads(out.splitlines()[-1])["outcome"] == "stopped"
    assert tablet.sync()[0] == 0


def test_that_only_one_sync_at_a_time_runs_in_a_folder(tablet: TabletProcess) -> None:
    assert tablet.sync("--without-attachments")[0] == 0
    first = tablet.start("--events")
    assert first.stdout is not None
    first.stdout.readline()
    code, outcome = tablet.sync()
    first.communicate(timeout=60)
    assert code == 7
    assert outcome["outcome"] == "busy"
    assert len(outcome["objects"]) == len(CATALOGUE.objects)


def test_that_every_kind_of_refusal_has_its_exit_code(tablet: TabletProcess, tmp_path: Path) -> None:
    url = tablet.url
    tablet.url = "http://127.0.0.1:9"
    code, outcome = tablet.sync()
    assert (code, outcome["outcome"]) == (4, "unreachable")
    tablet.url = url
    tablet.password_file.write_text("wrong password")
    code, outcome = tablet.sync()
    assert (code, outcome["outcome"]) == (5, "unauthorized")
    done = run("sync", "--json", "--gateway", url, "--user", "demo", "--data-dir", str(tmp_path / "x"))
    assert done.returncode == 2
    assert json.loads(done.stdout)["error"]["code"] == "device.no_key"
    assert "--key-file" in done.stderr
    for wrong in (["sync", "--object", "no.such"], ["sync", "--json", "--events"], ["gateway", "init"], ["nothing"]):
        assert run(*wrong).returncode == 2
    key = tmp_path / "short.key"
    key.write_text("abc")
    done = run("status", "--data-dir", str(tablet.data_dir), "--key-file", str(key))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    done = run("sync", "--data-dir", str(tmp_path / "y"), "--key-file", str(tablet.key_file), "--json")
    assert done.returncode == 2


def test_that_a_damaged_catalogue_is_fetched_again_and_damaged_work_is_refused(tablet: TabletProcess) -> None:
    assert tablet.sync("--without-attachments")[0] == 0
    account = next((tablet.data_dir / "accounts").iterdir())
    catalog = account / "catalog.db"
    content = bytearray(catalog.read_bytes())
    content[5000:9000] = b"x" * 4000
    catalog.write_bytes(content)
    code, outcome = tablet.sync("--without-attachments")
    assert code == 0, outcome
    assert outcome["warnings"][0]["code"] == "device.catalog_damaged"
    work = account / "work.db"
    good = work.read_bytes()
    work.write_bytes(good[:20_000] + b"y" * 4000 + good[24_000:])
    code, outcome = tablet.sync("--without-attachments")
    assert code == 2
    assert outcome["error"]["code"] == "device.work_damaged"
    done = run("restore-backup", "--data-dir", str(tablet.data_dir), "--key-file", str(tablet.key_file))
    assert done.returncode == 0, done.stderr
    assert tablet.sync("--without-attachments")[0] == 0
    assert list(account.glob("work-damaged-*.db"))
    work_store = WorkStore.open(DataFolder(tablet.data_dir).accounts()[0], load_key(tablet.data_dir, tablet.key_file))
    assert re.search(r"-R[A-Z]{4}$", device_series(work_store)), "numbers given since must not come again"
    work_store.close()


def test_that_nothing_is_readable_in_the_data_folder(tablet: TabletProcess) -> None:
    assert tablet.sync()[0] == 0
    # Too long to occur by chance in megabytes of ciphertext.
    markers = [b"SQLite format 3", b"customer", b"warehouse", b"document", b"CREATE TABLE", b"correct horse"]
    for path in tablet.data_dir.rglob("*"):
        if path.is_file() and path.suffix != ".json":
            content = path.read_bytes()
            assert not any(marker in content for marker in markers), path


def test_that_the_demo_runs_a_whole_first_sync(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = run("demo", "--headless", "--json", "--data-dir", str(tmp_path / "demo"))
    assert done.returncode == 0, done.stderr
    outcome = json.loads(done.stdout)
    assert outcome["outcome"] == "ok"
    assert all(entry["state"] == "ok" and entry["digest_ok"] and entry["rows"] for entry in outcome["objects"])
    assert outcome["attachments"]["fetched"] > 250
    assert outcome["attachments"]["failed"] == 0
    monkeypatch.setenv("PYTHONIOENCODING", "cp1250")  # as a pipe of Windows has it
    told = run("demo", "--headless", "--data-dir", str(tmp_path / "demo"))
    assert told.returncode == 0, told.stderr
    assert re.search(r"items\.prices +\d{1,3}( \d{3})+ rows", told.stdout), "a blank stands for the thin one"
    assert told.stdout.splitlines()[-1].endswith(" s.")


def test_that_the_stock_command_takes_the_code_of_an_item(tablet: TabletProcess) -> None:
    places = ("--data-dir", str(tablet.data_dir), "--key-file", str(tablet.key_file))
    assert run("stock", "P0001", *places).returncode == 2, "nothing has been synchronized"
    assert tablet.sync("--without-attachments")[0] == 0
    account = DataFolder(tablet.data_dir).last()
    assert account is not None
    catalog = CatalogReader(account.catalog_path, load_key(tablet.data_dir, tablet.key_file))
    item = catalog.all(Item, "id IN (SELECT item FROM items_resources WHERE quantity > 0)", limit=1)[0]
    counted = sum(row.quantity for row in catalog.all(Stock, "item=?", (item.id,)))
    catalog.close()
    done = run("stock", item.code, "--json", *places)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["item"] == item.code
    assert sum(Decimal(entry["quantity"]) for entry in told["stock"]) == counted
    assert "Checked:" in run("stock", item.code, *places).stdout
    unknown = run("stock", "no such item", *places)
    assert unknown.returncode == 2
    assert "no such item" in unknown.stderr


def test_that_an_engine_whose_window_died_ends_and_records_its_sync(tablet: TabletProcess) -> None:
    process = tablet.start("--events")
    assert process.stdout is not None
    assert process.stdin is not None
    process.stdout.readline()
    process.stdout.close()
    process.stdin.close()
    process.wait(timeout=60)
    done = run("status", "--json", "--data-dir", str(tablet.data_dir), "--key-file", str(tablet.key_file))
    status = json.loads(done.stdout)
    assert status["last_sync"]["outcome"] == "ok"
    assert status["first_sync_succeeded"]
    assert not (tablet.data_dir / "logs").exists(), "nothing to report"


def test_that_intact_own_work_is_not_replaced_by_a_backup(tablet: TabletProcess) -> None:
    assert tablet.sync("--without-attachments")[0] == 0
    account = DataFolder(tablet.data_dir).last()
    assert account is not None
    options = ("--data-dir", str(tablet.data_dir), "--key-file", str(tablet.key_file))
    done = run("restore-backup", *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert "nothing to restore" in done.stderr
    assert list(account.path.glob("work-damaged-*")) == []
    for name in ("work.db", "work.db-wal", "work.db-shm"):
        (account.path / name).unlink(missing_ok=True)
    assert run("restore-backup", *options).returncode == 0
    assert account.work_path.exists()
