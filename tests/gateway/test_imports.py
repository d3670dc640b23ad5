"""Imports as the office runs them: dry runs, log, stops at any moment, one at a time, schedule."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from sqlalchemy import event

from salesapp.cli.import_progress import Bars, Lines, line_of
from salesapp.domain.catalogue import CATALOGUE
from salesapp.errors import DeviceError
from salesapp.gateway import import_log
from salesapp.gateway.audit import entries as audit_entries
from salesapp.gateway.connectors.csv_source import CsvSource
from salesapp.gateway.database import Database
from salesapp.gateway.folder import open_gateway, opened
from salesapp.gateway.imports import Asked, take
from salesapp.gateway.progress import Phase, Step
from salesapp.gateway.schedule import ScheduledImports, Watch
from tests.company import PICTURE
from tests.gateway.office import ITEMS, PRICES, Office, item, price, small_office
from tests.processes import environment

STRANGER = "code,name\nX,not an object\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    office = small_office(tmp_path_factory.mktemp("made"), 30)
    office.init()
    return office.root


@pytest.fixture
def office(made: Path, tmp_path: Path) -> Office:
    """30 items with a price each, imported by command from its own folder."""
    copied = Office(Path(shutil.copytree(made, tmp_path / "office")))
    copied.run("source", "set", "--csv", str(copied.erp))
    return copied


def only_items(count: int) -> list[dict[str, object]]:
    return [item(number) for number in range(count)]


def write_a_bad_row(office: Office) -> None:
    office.write(ITEMS, [item(0, base_unit="", kind="nonsense")])


def ask(office: Office) -> Asked:
    return Asked(CsvSource(str(office.erp)), "command", "me")


@pytest.fixture
def database(office: Office) -> Iterator[Database]:
    opened_ = open_gateway(office.data)
    yield opened_
    opened_.close()


def test_that_a_dry_run_changes_no_byte_of_any_table(office: Office) -> None:
    (office.erp / "picture.png").write_bytes(PICTURE)
    picture = {"owner_kind": "item", "owner": "I1", "path": "picture.png", "is_default": "yes"}
    office.write("attachments_images", [picture])
    office.write(ITEMS, [*only_items(29), item(99, ean="5.9E+12")])
    customer = {"key": "K", "code": "K", "name": "Shop", "status": "active", "kind": "company"}
    office.write("customers_customers", [customer | {"representative": "new"}])
    before, files = office.tables(), sorted(path for path in office.data.rglob("*") if path.is_file())
    done = office.take("--dry-run")
    assert done.exit_code == 0
    assert office.tables() == before
    assert {path.name for path in office.data.rglob("*") if path.is_file()} - {path.name for path in files} == set()
    assert "items.forms: 30 rows (1 new, 0 changed, 1 deleted)" in done.stdout
    assert "items.prices: 29 rows (0 new, 0 changed, 1 deleted, 1 set aside)" in done.stdout
    assert "attachments.images: 1 rows (1 new" in done.stdout
    assert "warning: items.forms: 1 have an EAN" in done.stderr
    assert "would be applied. Nothing was changed." in done.stderr
    told = json.loads(office.take("--json").stdout)
    rehearsed = json.loads(done.stdout) if done.stdout.startswith("{") else None
    assert rehearsed is None
    assert told["objects"]["items.forms"] == {"rows": 30, "added": 1, "changed": 0, "deleted": 1, "set_aside": 0}


def test_that_a_dry_run_reports_what_the_import_then_does(office: Office) -> None:
    office.write(ITEMS, [item(number, name=f"Renamed {number}") for number in range(35)])
    rehearsed = json.loads(office.take("--dry-run", "--json").stdout)
    done = json.loads(office.take("--json").stdout)
    assert (rehearsed["id"], rehearsed["checkpoint"]) == (0, "")
    for name in ("objects", "findings", "warnings", "skipped", "outcome"):
        assert rehearsed[name] == done[name], name


def test_that_a_dry_run_ends_with_the_exit_code_of_the_import(office: Office) -> None:
    before = office.tables()
    office.write(ITEMS, only_items(0), *item(0))
    assert office.take("--dry-run").exit_code == 8
    assert office.take("--dry-run", "--accept-large-changes").exit_code == 0
    write_a_bad_row(office)
    done = office.take("--dry-run")
    assert (done.exit_code, "items_forms.csv:2: kind" in done.stderr) == (3, True)
    told = json.loads(office.take("--dry-run", "--json").stdout)
    assert (told["outcome"], told["problems"][0]["file"], told["problems"][0]["line"]) == (
        "refused",
        "items_forms.csv",
        2,
    )
    assert office.tables() == before


def test_that_each_import_is_logged_with_who_when_source_counts_outcome_and_time(office: Office) -> None:
    office.write(ITEMS, only_items(31))
    office.take()
    office.write(ITEMS, only_items(0), *item(0))
    office.take()
    write_a_bad_row(office)
    assert office.take().exit_code == 3
    shutil.rmtree(office.erp)
    assert office.take().exit_code == 2
    found = office.json("imports")
    assert [entry["outcome"] for entry in found] == ["failed", "refused", "kept", "taken", "taken"]
    assert [entry["way"] for entry in found] == ["command"] * 4 + ["init"]
    taken = found[3]
    assert (taken["objects"]["items.forms"]["added"], taken["source"]["folder"]) == (1, str(office.erp))
    assert all(entry["who"] and entry["ended_at"] >= entry["began_at"] and entry["seconds"] >= 0 for entry in found)
    assert "is not a folder" in found[0]["reason"]
    assert "items_forms.csv" in found[1]["reason"]
    lines = office.run("imports").stdout.splitlines()
    assert len(lines) == 5
    assert lines[3].split("\t")[5:7] == ["1 new, 0 changed, 0 deleted, 0 set aside", "applied"]
    assert len(office.run("imports", "--limit", "2").stdout.splitlines()) == 2
    with opened(office.data) as database, database.read() as connection:
        audited = [entry.result for entry in audit_entries(connection, kind="import")]
    assert audited == [import_log.OUTCOMES[entry["outcome"]] for entry in reversed(found)]


def test_that_the_log_is_bounded_and_keeps_the_last_good_import(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_log, "MOST_IMPORTS", 3)
    with database.write() as connection:
        for _ in range(9):
            id_ = import_log.begin(connection, CsvSource("x"), way="schedule", who="me")
            import_log.end(connection, id_, "failed", reason="x")
        found = import_log.entries(connection)
    assert [(entry.id, entry.outcome) for entry in found] == [
        (10, "failed"),
        (9, "failed"),
        (8, "failed"),
        (1, "taken"),
    ]


class Stopper:
    """Stops an import like Ctrl+C, at its nth report."""

    def __init__(self, at: int) -> None:
        self._left = at
        self.phase: Phase | None = None

    def __call__(self, step: Step) -> None:
        self._left -= 1
        if self._left < 0:
            self.phase = step.phase
            raise KeyboardInterrupt


def test_that_an_import_stopped_at_any_moment_applies_all_or_nothing(office: Office, database: Database) -> None:
    office.write(ITEMS, [item(number, name=f"Renamed {number}") for number in range(40)])
    office.write(PRICES, [price(number, "11") for number in range(40)])
    before, stopped = office.rows(), []
    for at in range(1_000):
        stop = Stopper(at)
        try:
            done = take(database, CATALOGUE, ask(office), stop)
        except KeyboardInterrupt:
            assert stop.phase is not None
            stopped.append(stop.phase)
            outcome = office.json("imports")[0]["outcome"]
            assert outcome == ("taken" if stop.phase is Phase.PUBLISH and outcome == "taken" else "interrupted"), at
            if outcome == "taken":
                break
            assert office.rows() == before, f"{at}: {stop.phase}"
            assert not [*(office.data / "imports").iterdir()]
    assert set(stopped) == set(Phase) - {Phase.WAIT}
    assert office.run("status", "--check").exit_code == 3, "applied, but not published"
    assert "not published" in office.run("status", "--check").stdout
    done = take(database, CATALOGUE, ask(office))
    assert (done.outcome, done.checkpoint[:2]) == ("taken", "2-")
    assert office.run("status", "--check").exit_code == 0


def running(office: Office, *more: str) -> "subprocess.Popen[str]":
    """Runs `gateway import` in a process of its own, which waits for the test's lock."""
    command = [sys.executable, "-m", "salesapp", "gateway", "import", "--data", str(office.data), *more]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment())
    for _ in range(600):
        if "running" in str(office.tables().get("import_run")):
            return process
        time.sleep(0.05)
    process.kill()
    raise AssertionError(process.communicate())


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_that_a_stopped_process_leaves_the_old_state_and_says_so(office: Office, how: signal.Signals) -> None:
    office.write(ITEMS, only_items(31))
    before = office.rows()
    with FileLock(office.data / "intake.lock"):
        process = running(office)
        process.send_signal(how)
        _, said = process.communicate(timeout=60)
    if how is not signal.SIGKILL:
        assert process.returncode == 6
        assert "Stopped. Nothing was changed: the gateway is as before." in said
    assert office.rows() == before
    assert office.run("status", "--check").exit_code == 3
    assert office.json("imports")[0]["outcome"] == "interrupted"
    assert office.take().exit_code == 0
    assert office.run("status", "--check").exit_code == 0


def test_that_two_imports_run_one_after_the_other(office: Office, database: Database) -> None:
    office.write(ITEMS, only_items(31))
    outcomes: list[str] = []
    most = waited = 0

    def run() -> None:
        def report(step: Step) -> None:
            nonlocal most, waited
            waited += step.phase is Phase.WAIT
            with database.read() as connection:
                most = max(most, len(import_log.entries(connection, outcomes=["running"])))

        outcomes.append(take(database, CATALOGUE, ask(office), report).outcome)

    threads = [threading.Thread(target=run) for _ in range(2)]
    with FileLock(office.data / "intake.lock"):  # the first cannot end before the second has arrived
        for thread in threads:
            thread.start()
        while not waited:
            time.sleep(0.01)
    for thread in threads:
        thread.join()
    assert (outcomes, most) == (["taken", "taken"], 1)
    assert waited == 1


def test_that_a_source_is_remembered_shown_and_used(office: Office) -> None:
    other = Path(shutil.copytree(office.erp, office.root / "other"))
    assert office.run("source", "set", "--csv", str(other), "--skip-bad-rows").exit_code == 0
    shown = office.json("source", "show")
    assert (shown["kind"], shown["source"]["folder"], shown["import_every_minutes"]) == ("csv", str(other), 0)
    assert shown["source"]["skip_bad_rows"] is True
    assert "bad rows are skipped; imported by command only" in office.run("source", "show").stdout
    assert office.run("source", "set", "--import-every", "15").exit_code == 0
    shown = office.json("source", "show")
    assert (shown["source"]["folder"], shown["import_every_minutes"]) == (str(other), 15)
    office.take()
    assert office.json("imports")[0]["source"]["folder"] == str(other)
    assert office.take("--csv", str(office.erp)).exit_code == 0
    assert office.json("source", "show")["source"]["folder"] == str(other), "an import by hand changes no plan"
    for wrong in (["--skip-bad-rows"], [], ["--mapping", __file__], ["--csv", str(other), "--demo"]):
        assert office.run("source", "set", *wrong).exit_code == 2, wrong
    assert office.run("import", "--mapping", __file__).exit_code == 2


def test_that_a_new_gateway_imports_from_the_source_of_its_rows(made: Path, tmp_path: Path) -> None:
    office = Office(Path(shutil.copytree(made, tmp_path / "office")))
    assert office.json("source", "show")["source"]["folder"] == str(made / "erp")
    assert office.take().exit_code == 0


def test_that_an_import_is_due_at_its_time_and_after_files_have_settled(tmp_path: Path) -> None:
    source, watch = CsvSource(str(tmp_path)), Watch(quiet_s=5)
    file = tmp_path / "items_forms.csv"

    def due(now: float) -> bool:
        return watch.is_due(source, 10, now)

    assert [due(0), due(4), due(5), due(6)] == [False, False, True, False]
    assert [due(604), due(606), due(607)] == [False, True, False]
    file.write_text("half of it")
    assert not due(610)
    file.write_text("and the rest")
    assert [due(614), due(616), due(619), due(620)] == [False, False, True, False]
    file.unlink()
    assert [due(630), due(635)] == [False, True]
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "picture.png").write_bytes(b"1")
    assert [due(640), due(645)] == [False, True]


def test_that_the_schedule_imports_keeps_large_losses_and_is_monitored(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "salesapp.gateway.schedule")
    office.run("source", "set", "--import-every", "60")
    office.write(ITEMS, only_items(31))
    command = [sys.executable, "-m", "salesapp"]
    with opened(office.data) as database, ScheduledImports(database, command, poll_s=0.05, quiet_s=0.1):
        wait_for(office, "taken")
        assert office.run("status", "--check").exit_code == 0
        office.write(ITEMS, only_items(1))
        kept = wait_for(office, "kept")
        assert (kept["way"], office.run("status", "--check").exit_code) == ("schedule", 8)
        assert "The serving gateway imports every 60 minutes." in office.run("status").stdout
    assert len(office.json("imports")) == 3
    assert "import: Nothing was changed, and tablets keep what they have." in caplog.text


def wait_for(office: Office, outcome: str) -> dict[str, object]:
    for _ in range(400):
        entry: dict[str, object] = office.json("imports", "--limit", "1")[0]
        if (entry["outcome"], entry["way"]) == (outcome, "schedule"):
            return entry
        time.sleep(0.05)
    raise AssertionError(entry)


def test_that_the_check_reports_old_imports_and_rows_set_aside_worst_first(office: Office, database: Database) -> None:
    assert office.run("status", "--check", "--max-age", "1").exit_code == 0
    office.write(PRICES, [*(price(number) for number in range(30)), price(99)])
    office.take()
    done = office.run("status", "--check")
    assert (done.exit_code, "aside: 1 rows are set aside" in done.stdout) == (9, True)
    with database.write() as connection:
        connection.execute(import_log.import_run.update().values(ended_at="2026-01-01T00:00:00Z"))
    done = office.run("status", "--check", "--max-age", "60")
    assert (done.exit_code, "no import was applied for 60 minutes" in done.stdout) == (3, True)
    assert office.run("status", "--check").exit_code == 9, "without a plan nothing is late"
    office.run("source", "set", "--import-every", "30")
    assert office.run("status", "--check").exit_code == 3
    told = json.loads(office.run("status", "--check", "--json").stdout)["imports"]
    assert [problem["trouble"] for problem in told["problems"]] == ["failed", "aside"]


@pytest.mark.skipif(os.name == "nt", reason="a pseudo terminal is POSIX's")
@pytest.mark.parametrize(("answer", "code", "outcome"), [("y\n", 0, "accepted"), ("n\n", 8, "kept")])
def test_that_a_person_at_a_terminal_is_asked(office: Office, answer: str, code: int, outcome: str) -> None:
    import pty

    office.write(ITEMS, only_items(1))
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "salesapp", "gateway", "import", "--data", str(office.data)]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment()) as process:
        os.close(theirs)
        shown = b""
        while b"Apply it anyway?" not in shown:
            shown += os.read(ours, 10_000)
        os.write(ours, answer.encode())
        drained = threading.Thread(target=_drain, args=(ours,))
        drained.start()
        process.wait(60)
        drained.join()
    os.close(ours)
    assert process.returncode == code
    assert office.json("imports")[0]["outcome"] == outcome
    assert b"I1\tItem 1\tdeleted".replace(b"\t", b" ") in b" ".join(shown.split()), shown
    assert b"Comparing rows" in shown, "a bar"


def _drain(descriptor: int) -> None:
    try:
        while os.read(descriptor, 10_000):
            pass
    except OSError:  # the other end is closed already already
        return


def test_that_long_work_writes_progress_lines_even_without_progress() -> None:
    lines: list[str] = []
    twice = threading.Event()

    def write(line: str) -> None:
        lines.append(line)
        if len(lines) == 2:
            twice.set()

    with Lines(0.01, write) as shown:
        shown.report(Step(Phase.COMPARE, "items.prices", 2_000, 8_000, 3, 9))
        assert twice.wait(10)
    assert lines[0].startswith("Comparing rows: 2,000 of about 8,000 rows, object 4 of 9 (items.prices), 0 s so far")


def test_that_a_progress_line_shows_what_is_done_and_left() -> None:
    assert line_of(Step(Phase.READ), 20) == "Reading the source, 20 s so far"
    step = Step(Phase.WRITE, "items.prices", 50_000, 200_000, 1, 2)
    told = "Writing changes: 50,000 of 200,000 rows, object 2 of 2 (items.prices), 10 s so far, about 30 s left"
    assert line_of(step, 10) == told
    assert "left" not in line_of(step._replace(expected=0), 10)
    assert "about 60 s left" in line_of(Step(Phase.PUBLISH, "items.prices", 7, 0, 2, 8), 20)
    assert "0 s left" in line_of(step._replace(objects_done=2), 10)


def test_that_bars_show_the_current_phase_and_completed_ones() -> None:
    with Bars() as bars:
        for phase in Phase:
            bars.report(Step(phase, "items.prices", 10, 100, 1, 4))
        *former, last = bars._bars.tasks
        assert all(task.finished for task in former)
        assert (last.completed, last.total) == (10, 100)


def test_that_reading_is_shown_before_the_first_row_is_compared(office: Office, database: Database) -> None:
    steps: list[Step] = []
    take(database, CATALOGUE, ask(office), steps.append)
    assert steps[0] == Step(Phase.READ)
    phases = [step.phase for step in steps]
    assert phases == sorted(phases, key=list(Phase).index)
    compared = [step for step in steps if step.phase is Phase.COMPARE]
    assert (compared[-1].objects, compared[-1].expected) == (6, 64)


def test_that_scheduled_imports_without_changes_displace_no_others(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_log, "MOST_UNCHANGED", 2)
    with database.write() as connection:
        for _ in range(6):
            id_ = import_log.begin(connection, CsvSource("x"), way="schedule", who="me")
            import_log.end(connection, id_, "taken")
        found = import_log.entries(connection)
    assert [(entry.id, entry.way) for entry in found] == [(7, "schedule"), (6, "schedule"), (1, "init")]


def test_that_an_unfinished_export_is_awaited_and_logged_once(office: Office) -> None:
    mapping = office.root / "map.toml"
    mapping.write_text('[files.items_forms]\ndone = "ready.ok"\n')
    done = office.take("--csv", str(office.erp), "--mapping", str(mapping))
    assert (done.exit_code, "ready.ok is not there" in done.stderr) == (2, True)
    office.run("source", "set", "--csv", str(office.erp), "--mapping", str(mapping), "--import-every", "1")
    for _ in range(3):
        office.take("--scheduled")
    outcomes = [(entry["outcome"], entry["way"]) for entry in office.json("imports")]
    assert outcomes == [("unfinished", "command"), ("taken", "init")]
    assert office.run("status", "--check").exit_code == 0, "an export that is written is no failure"
    (office.erp / "ready.ok").touch()
    assert office.take("--scheduled").exit_code == 0


def test_that_a_full_disk_is_reported_and_changes_nothing(office: Office, database: Database) -> None:
    before = office.rows()
    office.write(ITEMS, [item(number, name="x" * 3_000) for number in range(2_000)])

    def bound(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA max_page_count = 200")

    event.listen(database.engine, "connect", bound)
    database.engine.dispose()
    with pytest.raises(DeviceError, match="disk is full"):
        take(database, CATALOGUE, ask(office))
    event.remove(database.engine, "connect", bound)
    database.engine.dispose()
    assert office.rows() == before
    assert office.run("status", "--check").exit_code == 3
    assert office.take("--csv", str(office.erp)).exit_code == 0


def test_that_a_scheduled_import_ends_with_its_server(office: Office) -> None:
    office.run("source", "set", "--import-every", "60")
    office.write(ITEMS, only_items(31))
    before = office.rows()
    with FileLock(office.data / "intake.lock"):
        with (
            opened(office.data) as database,
            ScheduledImports(database, [sys.executable, "-m", "salesapp"], poll_s=0.05, quiet_s=0.1),
        ):
            wait_for(office, "running")
        entry = office.json("imports")[0]
    assert (entry["outcome"], office.rows()) == ("interrupted", before)
