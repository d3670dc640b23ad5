"""The audit log: its entries, its bounds under a flood, and its command."""

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner
from sqlalchemy import delete, insert, select

from salesapp import clock
from salesapp.cli.gateway import command
from salesapp.clock import timestamp
from salesapp.gateway import audit as log
from salesapp.gateway.audit import Event, Tally, add_entry, entries, write_audit
from salesapp.gateway.folder import open_gateway
from salesapp.gateway.throttle import MOST_WRONG
from tests.conftest import GatewayUnderTest
from tests.gateway.client import Device, device_of, new_customer
from tests.stopwatch import Stopwatch

pytestmark = pytest.mark.clock

ID = "0192f0c1-2345-7abc-8def-0123456789ab"


@pytest.fixture(autouse=True)
def _nothing_noted(gateway: GatewayUnderTest) -> None:
    """Removes the entries about creating the company and its users."""
    with gateway.database.write() as connection:
        connection.execute(delete(log.audit))


def shown(gateway: GatewayUnderTest, *options: str) -> list[dict[str, Any]]:
    """Returns the JSON output of the command."""
    result = CliRunner().invoke(command, ["audit", "--data", str(gateway.database.folder), "--json", *options])
    assert result.exit_code == 0, result.output
    return list(msgspec.json.decode(result.stdout))


def summaries(found: list[dict[str, Any]]) -> list[tuple[str, str, str, int]]:
    return [(entry["kind"], entry["who"], entry["result"], entry["count"]) for entry in found]


def test_that_a_session_is_logged_from_its_logon_to_its_logout(gateway: GatewayUnderTest) -> None:
    device = device_of(gateway, "rep1")
    assert device.send("PUT", f"/v1/submissions/{ID}", {**new_customer(), "kind": "document"}).status == 200
    assert device.send("PATCH", f"/v1/uploads/{'0' * 64}", b"x", {"Upload-Offset": "0", "Upload-Length": "1"}).code
    device.send("POST", "/v1/logout")
    gateway.stop()
    found = shown(gateway, "--user", "rep1")
    assert summaries(found) == [
        ("logon", "rep1", "ok", 1),
        ("submission", "rep1", "submission.invalid", 1),
        ("upload", "rep1", "gateway.conflict", 1),
        ("logout", "rep1", "ok", 1),
    ]
    assert found[1]["what"] == f"document {ID}"
    assert {(entry["device"], entry["address"]) for entry in found} == {("device of rep1", "127.0.0.1")}


def test_that_wrong_and_throttled_logons_are_counted_not_listed(gateway: GatewayUnderTest) -> None:
    for _ in range(MOST_WRONG + 5):
        Device(gateway.port).log_on("rep1", "wrong")
    gateway.stop()
    assert summaries(shown(gateway, "--kind", "logon")) == [
        ("logon", "rep1", "wrong password", MOST_WRONG),
        ("logon", "rep1", "throttled", 5),
    ]


def test_that_a_flood_of_names_takes_a_bounded_number_of_entries(gateway: GatewayUnderTest) -> None:
    tally = Tally(gateway.database)
    for number in range(log.MOST_DISTINCT + 3_000):
        tally.add(Event("logon", "logon", "throttled", who=f"{number} " + "x" * 100_000))
    tally.add(Event("logon", "logon", "ok", who="rep1"))
    tally.close()
    found = shown(gateway, "--kind", "logon", "--limit", "0")
    assert len(found) == log.MOST_DISTINCT + 2
    assert sum(entry["count"] for entry in found) == log.MOST_DISTINCT + 3_001
    assert summaries(found)[-2:] == [("logon", "", "throttled", 3_000), ("logon", "rep1", "ok", 1)]


def test_that_counts_are_written_without_a_further_event(
    gateway: GatewayUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "_SOON_S", 0.0)
    tally = Tally(gateway.database)
    for _ in range(3):
        tally.add(Event("denied", "segment 1"))
    watch = Stopwatch()
    while tally._unwritten and watch.seconds < 30:
        time.sleep(0.01)
    assert [entry["count"] for entry in shown(gateway)] == [3]


def test_that_nobody_waits_for_the_audit_log_while_another_process_writes(
    gateway: GatewayUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """During a large import, for example, entries wait but requests do not."""
    monkeypatch.setattr(log, "_PATIENCE_S", 0.05)
    tally = Tally(gateway.database)
    watch = Stopwatch()
    with gateway.database.write():
        for number in range(log.MOST_DISTINCT + 100):
            tally.add(Event("logon", "logon", "throttled", who=str(number)))
        assert watch.seconds < 2
    tally.close()
    found = shown(gateway, "--limit", "0")
    assert len(found) == log.MOST_DISTINCT + 1
    assert sum(entry["count"] for entry in found) == log.MOST_DISTINCT + 100


def test_that_threads_lose_no_count(gateway: GatewayUnderTest) -> None:
    tally = Tally(gateway.database)

    def work(number: int) -> None:
        for turn in range(50):
            tally.add(Event("denied", f"segment {(number + turn) % 7}"))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    tally.close()
    assert sum(entry["count"] for entry in shown(gateway)) == 400
    assert len(shown(gateway)) == 7


def test_that_a_new_interval_has_an_entry_of_its_own(
    gateway: GatewayUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    tally = Tally(gateway.database)
    for _ in range(2):
        tally.add(Event("logon", "logon", "ok", who="rep1"))
    tally.close()
    monkeypatch.setattr(log, "INTERVAL", timedelta())
    tally.add(Event("logon", "logon", "ok", who="rep1"))
    assert [entry["count"] for entry in shown(gateway)] == [2, 1]


def test_that_old_entries_and_those_beyond_the_limit_are_removed(
    gateway: GatewayUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "MOST_ENTRIES", 20)
    monkeypatch.setattr(log, "_PRUNE_EVERY", 10)
    old = timestamp(clock.now() - timedelta(days=log.KEPT_DAYS + 1))
    values = {**Event("user", "an old one").values(), "at": old}
    with gateway.database.write() as connection:
        connection.execute(insert(log.audit), [values] * 9)
        add_entry(connection, Event("user", "new"))
    assert [entry["what"] for entry in shown(gateway)] == ["new"]
    for _ in range(95):
        write_audit(gateway.database, Event("user", "another"))
    assert len(shown(gateway, "--limit", "0")) < 31


def test_that_entries_are_found_by_time_kind_and_person(gateway: GatewayUnderTest) -> None:
    days = {day: f"{clock.now() - timedelta(days=9 - day):%Y-%m-%d}" for day in (1, 2, 3)}
    with gateway.database.write() as connection:
        for day, kind, who, actor in (
            (1, "user", "rep1", "anna"),
            (2, "logon", "rep1", ""),
            (3, "user", "rep2", "jan"),
        ):
            values = Event(kind, "deed", who=who, actor=actor).values()
            connection.execute(insert(log.audit).values(values | {"at": f"{days[day]}T12:00:00Z"}))
        add_entry(connection, Event("import", "now", actor="anna"))
    assert [entry["who"] for entry in shown(gateway, "--kind", "user")] == ["rep1", "rep2"]
    assert [entry["at"][:10] for entry in shown(gateway, "--user", "rep1")] == [days[1], days[2]]
    assert [entry["what"] for entry in shown(gateway, "--user", "anna")] == ["deed", "now"]
    assert [entry["at"][:10] for entry in shown(gateway, "--since", f"{days[2]}T12:00:00Z")][:2] == [days[2], days[3]]
    assert [entry["what"] for entry in shown(gateway, "--since", "1h")] == ["now"]
    assert [entry["what"] for entry in shown(gateway, "--limit", "1")] == ["now"]


@pytest.mark.parametrize("since", ["yesterday", "2026-13-01", "5", "d", "-3d", "9" * 30 + "d", "", "²d"])
def test_that_an_invalid_time_is_refused_with_a_message(gateway: GatewayUnderTest, since: str) -> None:
    result = CliRunner().invoke(command, ["audit", "--data", str(gateway.database.folder), "--since", since])
    assert result.exit_code == (2 if since else 0), result.output
    assert not since or "--since takes a day" in result.stderr


def test_that_input_of_a_client_never_forges_a_line(gateway: GatewayUnderTest) -> None:
    Device(gateway.port).log_on("rep1\n2026-01-01\tlogon\t\x1b[31m\u202e\r\x07", "wrong")
    result = CliRunner().invoke(command, ["audit", "--data", str(gateway.database.folder)])
    assert len(result.stdout.splitlines()) == 1
    assert result.stdout.count("\t") == 6
    assert result.stdout.replace("\t", "").rstrip("\n").isprintable()


def test_that_an_audit_log_of_an_older_version_is_continued(gateway: GatewayUnderTest) -> None:
    """Its table lacks columns; two processes may add them concurrently."""
    gateway.stop()
    folder: Path = gateway.database.folder
    with closing(sqlite3.connect(folder / "gateway.db")) as file:
        for name in ("kind", "actor", "count", "last_at"):
            file.execute(f"ALTER TABLE audit DROP COLUMN {name}")
        file.execute("INSERT INTO audit VALUES (1, '2026-11-01T00:00:00Z', 'rep1', '', '', 'user added', 'ok')")
        file.commit()
    with closing(open_gateway(folder)) as database:
        write_audit(database, Event("user", "enabled", who="rep1"))
        with database.read() as connection:
            assert [(entry.what, entry.count) for entry in entries(connection)] == [("user added", 1), ("enabled", 1)]
            assert connection.execute(select(log.audit.c.last_at)).scalars().all() == ["", ""]
