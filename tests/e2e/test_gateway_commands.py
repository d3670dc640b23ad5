"""`salesapp gateway ...` as an administrator and a nightly script use it: real processes, a folder of CSV files."""

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

from salesapp.domain.catalogue import CATALOGUE
from salesapp.gateway.folder import open_gateway
from salesapp.gateway.status import gateway_status
from tests.gateway.client import ORDER_LINE, Device, key_of, new_customer, order, submission
from tests.processes import PASSWORD, GatewayProcess, TabletProcess, environment, run

UNITS = "key,code,name,decimals,kind\n"
PIECES = "PCS,pcs,Sztuka,0,quantity\n"
KILOGRAM = "KG,kg,Kilogram,3,weight\n"
BAD = "L,,Litr,two,volume\n"
RESOURCES = "item,warehouse,quantity\nA,W,1\n"
ID = "0192f0c1-2345-7abc-8def-0123456789ab"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `erp` and a gateway `data` created from it, with the user `demo`; tests use copies."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "erp").mkdir()
    (folder / "erp" / "directories_units.csv").write_text(UNITS + PIECES)
    (folder / "erp" / "items_resources.csv").write_text(RESOURCES)
    done = run("gateway", "init", "--data", str(folder / "data"), "--csv", str(folder / "erp"))
    assert done.returncode == 0, done.stderr
    added = run(
        "gateway", "users", "add", "demo", "--data", str(folder / "data"), "--password-file", "-", stdin=PASSWORD
    )
    assert added.returncode == 0, added.stderr
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "office"))


@pytest.fixture
def serving(folder: Path) -> Iterator[GatewayProcess]:
    process = GatewayProcess(folder / "data")
    process.start()
    yield process
    process.end()


def gateway(folder: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Runs `salesapp gateway ARGUMENTS --data ...`; fails on a traceback."""
    done = run("gateway", *arguments, "--data", str(folder / "data"), stdin=stdin)
    assert "Traceback" not in done.stderr + done.stdout
    assert done.returncode != 1, done.stderr
    return done


def take(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return gateway(folder, "import", "--csv", str(folder / "erp"), *more)


def status(folder: Path) -> Any:
    """Returns the output of `gateway status --json`, without starting a process."""
    database = open_gateway(folder / "data")
    try:
        with database.read() as connection:
            return json.loads(msgspec.json.encode(gateway_status(connection, CATALOGUE)))
    finally:
        database.close()


def rows_of(found: Any, key: str) -> int:
    return next(int(entry["rows"]) for entry in found["objects"] if entry["key"] == key)


def write_units(folder: Path, *rows: str) -> None:
    (folder / "erp" / "directories_units.csv").write_text(UNITS + "".join(rows))


def test_that_a_new_gateway_has_no_users_and_is_created_once(folder: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    shutil.copytree(folder / "erp", new / "erp")
    assert gateway(new, "init", "--csv", str(new / "erp")).returncode == 0
    found = status(new)
    assert (found["users"], found["devices"], found["submissions"]) == (0, 0, {})
    assert found["checkpoint"] is not None
    again = gateway(new, "init", "--csv", str(new / "erp"))
    assert (again.returncode, "gateway import" in again.stderr) == (2, True)
    assert status(new) == found


@pytest.mark.parametrize("source", [[], ["--demo", "--csv", "."], ["--demo", "--mapping", __file__]])
def test_that_an_invalid_source_is_wrong_usage(tmp_path: Path, source: list[str]) -> None:
    assert gateway(tmp_path, "init", *source).returncode == 2
    assert not (tmp_path / "data").exists()


def test_that_bad_rows_are_reported_and_nothing_is_imported(folder: Path) -> None:
    before = status(folder)
    write_units(folder, PIECES, BAD, KILOGRAM)
    (folder / "erp" / "directories_vat_rates.csv").write_text("code,name,percent\n23,VAT,23\n")  # which is valid
    done = take(folder)
    assert done.returncode == 3
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert [line.split(": ")[:2] for line in lines[:2]] == [
        ["directories_units.csv:3", "code"],
        ["directories_units.csv:3", "decimals"],
    ]
    assert '"two" is not a whole number' in lines[1]
    assert "Nothing was taken" in lines[-1]
    after = status(folder)
    assert after["imports"]["last"]["outcome"] == "refused"
    assert after | {"imports": before["imports"]} == before


def test_that_a_gateway_is_created_from_good_rows_only(folder: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    shutil.copytree(folder / "erp", new / "erp")
    write_units(new, BAD)
    done = gateway(new, "init", "--csv", str(new / "erp"))
    assert (done.returncode, "directories_units.csv:2: code" in done.stderr) == (3, True)
    assert not list((new / "data").glob("gateway.db*"))
    write_units(new, PIECES)
    assert gateway(new, "init", "--csv", str(new / "erp")).returncode == 0


def test_that_bad_rows_can_be_skipped_but_not_bad_headers(folder: Path) -> None:
    write_units(folder, PIECES, BAD, KILOGRAM)
    done = take(folder, "--skip-bad-rows")
    assert done.returncode == 0, done.stderr
    assert "skipped directories_units.csv:3: decimals" in done.stderr
    assert "directories.units: 2 rows (1 new, 0 changed, 0 deleted)" in done.stdout
    (folder / "erp" / "directories_units.csv").write_text("code,colour\npcs,red\n")
    done = take(folder, "--skip-bad-rows")
    assert (done.returncode, "directories_units.csv:1: colour" in done.stderr) == (3, True)
    assert rows_of(status(folder), "directories.units") == 2


TOWARY = "101;5901234123457;Smok mała;76,0000;szt.;2,2900\r\n102;;Strój śnieżki ŻÓŁTO;8;szt.;1 234,56\r\n"


@pytest.mark.parametrize("header", ["", "id;ean;name;stock;unit;price\r\n"])
@pytest.mark.parametrize("encoding", ["windows-1250", "utf-8"])
@pytest.mark.parametrize("more", [(), ("--skip-bad-rows",)])
def test_that_the_form_of_an_unreadable_export_is_reported_before_its_columns(
    folder: Path, header: str, encoding: str, more: tuple[str, ...]
) -> None:
    (folder / "erp" / "towary.csv").write_bytes((header + TOWARY).encode(encoding))
    mapping = folder / "map.toml"
    mapping.write_text('[objects."items.forms"]\nsql = "SELECT id AS key, ean FROM towary"\n')
    done = take(folder, "--mapping", str(mapping), *more)
    assert (done.returncode, done.stdout) == (3, "")
    assert "no such column" not in done.stderr
    assert ("Windows-1250" in done.stderr) == (encoding != "utf-8")
    assert ("no header" in done.stderr) == (not header)
    assert "    [files.towary]\n" in done.stderr
    assert '    delimiter = ";"\n' in done.stderr
    assert "1 problem." in done.stderr
    assert "--skip-bad-rows" not in done.stderr


def test_that_rows_set_aside_are_listed_with_the_missing_rows(folder: Path) -> None:
    found = json.loads(gateway(folder, "status", "--json").stdout)
    assert found == status(folder)
    lacking = {
        "object": "items.resources",
        "erp_key": "A/W",
        "field": "item",
        "parent_object": "items.forms",
        "parent_key": "A",
        "reason": "missing",
    }
    assert found["set_aside"] == [lacking]
    (entry,) = (entry for entry in found["objects"] if entry["key"] == "items.resources")
    assert (entry["rows"], entry["set_aside"]) == (0, 1)
    assert "set aside: items.resources A/W: item needs items.forms A (missing)" in gateway(folder, "status").stdout
    (folder / "erp" / "items_resources.csv").write_text(RESOURCES.splitlines()[0] + "\n")
    assert take(folder).returncode == 0
    assert status(folder)["set_aside"] == []


def test_that_an_import_reaches_the_tablet_of_a_serving_gateway_at_its_next_sync(
    folder: Path, serving: GatewayProcess, tmp_path: Path
) -> None:
    tablet = TabletProcess(tmp_path / "tablet", serving.url)
    code, first = tablet.sync()
    assert (code, first["outcome"]) == (0, "ok"), first["error"]
    write_units(folder, PIECES, KILOGRAM)
    assert "directories.units: 2 rows (1 new, 0 changed, 0 deleted)" in take(folder).stdout
    code, second = tablet.sync()
    assert code == 0
    units = second["objects"][0]
    assert (units["key"], units["state"], units["rows"], units["digest_ok"]) == ("directories.units", "ok", 2, True)
    assert {entry["state"] for entry in second["objects"][1:]} == {"unchanged"}
    assert take(folder).returncode == 0  # nothing changed
    code, third = tablet.sync()
    assert (code, third["checkpoint"], third["requests"]) == (0, second["checkpoint"], 1)


def test_that_one_folder_is_served_once(folder: Path, serving: GatewayProcess) -> None:
    second = gateway(folder, "serve", "--port", "0")
    assert (second.returncode, second.stdout) == (2, "")
    assert "another process already serves" in second.stderr
    assert Device(serving.port).send("GET", "/health").json() == {"status": "ok"}
    serving.end(kill=True)  # which leaves no lock behind
    serving.start()
    assert Device(serving.port).send("GET", "/health").status == 200


def test_that_an_unknown_fault_is_wrong_usage(folder: Path) -> None:
    for fault in ("items=digest", "items.forms=wrong", "items.forms"):
        done = gateway(folder, "serve", "--port", "0", "--fault", fault)
        assert (done.returncode, done.stdout, "--fault" in done.stderr) == (2, "", True), fault


@pytest.mark.parametrize(
    "option",
    [
        ["--trusted-proxy", "proxy.example.com"],
        ["--trusted-proxy", "10.0.0.0/99"],
        ["--max-connections", "0"],
        ["--quota-records", "-1"],
    ],
    ids=["name", "network", "connections", "quota"],
)
def test_that_an_invalid_limit_is_wrong_usage(folder: Path, option: list[str]) -> None:
    done = run("gateway", "serve", "--data", str(folder / "data"), "--port", "0", *option)
    assert done.returncode == 2
    assert option[0] in done.stderr
    assert "Traceback" not in done.stderr


def test_that_limits_of_the_command_line_apply(folder: Path) -> None:
    server = GatewayProcess(folder / "data")
    try:
        server.start("--trusted-proxy", "127.0.0.1", "--quota-records", "1", "--max-connections", "60")
        guesses = [Device(server.port, headers={"X-Forwarded-For": "10.0.0.1"}) for _ in range(10)]
        assert [guess.log_on("nobody", "wrong password").status for guess in guesses] == [401] * 10
        assert Device(server.port, headers={"X-Forwarded-For": "10.0.0.1"}).log_on("demo").status == 429
        device = Device(server.port, headers={"X-Forwarded-For": "10.0.0.2"})
        assert device.log_on("demo").status == 200
        assert device.send("PUT", f"/v1/submissions/{ID}", new_customer()).status == 200
        second = device.send("PUT", f"/v1/submissions/{ID[:-1]}c", new_customer())
        assert (second.status, second.code) == (507, "gateway.record_quota")
    finally:
        server.end()


def test_that_passwords_of_users_come_from_a_file_or_standard_input(
    folder: Path, serving: GatewayProcess, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("zażółć gęślą jaźń\nthe second line\n")
    wrong = tmp_path / "wrong"
    wrong.write_bytes(b"\xff\xfe password")
    done = [
        gateway(folder, "users", "add", "one", "--password-file", str(secret), "--profile", "field"),
        gateway(folder, "users", "add", "two", "--password-file", "-", stdin="from standard input\nmore\n"),
    ]
    assert [(one.returncode, one.stderr) for one in done] == [(0, ""), (0, "")]
    for refused in (
        gateway(folder, "users", "add", "one", "--password-file", str(secret)),  # there is one
        gateway(folder, "users", "add", "three", "--password-file", "-", stdin="short"),
        gateway(folder, "users", "add", "three", "--password-file", str(wrong)),
        gateway(folder, "users", "add", "three", stdin=PASSWORD),  # never asks without a terminal
        gateway(folder, "users", "disable", "three"),
    ):
        assert (refused.returncode, refused.stdout) == (2, "")
        assert "zażółć" not in refused.stderr
    listed = gateway(folder, "users", "list").stdout.splitlines()
    assert listed == ["demo\t-\tactive", "one\tfield\tactive", "two\t-\tactive"]
    assert Device(serving.port).log_on("one", "zażółć gęślą jaźń").status == 200
    assert Device(serving.port).log_on("two", "from standard input").status == 200


def test_that_a_serving_gateway_locks_out_disabled_users_and_revoked_devices(
    folder: Path, serving: GatewayProcess, tmp_path: Path
) -> None:
    tablet = TabletProcess(tmp_path / "tablet", serving.url)
    assert tablet.sync()[0] == 0
    (device,) = json.loads(gateway(folder, "devices", "list", "--json").stdout)
    assert (device["user_name"], device["series"].split("-")[0]) == ("demo", "DEMO")
    assert device["id"] == json.loads((tablet.data_dir / "device.json").read_text())["id"]
    assert gateway(folder, "devices", "revoke", "unknown").returncode == 2
    assert gateway(folder, "devices", "revoke", device["id"]).returncode == 0
    done = run("sync", "--json", "--data-dir", str(tablet.data_dir), "--key-file", str(tablet.key_file))
    assert (done.returncode, json.loads(done.stdout)["outcome"]) == (5, "unauthorized")
    assert tablet.sync()[0] == 0  # with the password at hand the device comes back
    assert gateway(folder, "users", "disable", "demo").returncode == 0
    code, outcome = tablet.sync()
    assert (code, outcome["error"]["code"]) == (5, "auth.wrong_password")


def test_that_submissions_are_listed_in_the_order_of_their_arrival(folder: Path, serving: GatewayProcess) -> None:
    assert json.loads(gateway(folder, "submissions", "list", "--json").stdout) == []
    device = Device(serving.port)
    device.log_on("demo", device="a tablet")
    ids = [ID[:-1] + digit for digit in "cab"]
    for id_ in ids:
        assert device.send("PUT", f"/v1/submissions/{id_}", new_customer(f"Sklep {id_[-1]}")).status == 200
    listed = json.loads(gateway(folder, "submissions", "list", "--json").stdout)
    assert [entry["id"] for entry in listed] == ids
    entry = listed[0]
    assert entry["payload"] == new_customer("Sklep c")["payload"]
    expected = {"user": "demo", "device": "a tablet", "kind": "customer", "state": "received", "code": "", "params": {}}
    assert {name: entry[name] for name in expected} == expected
    plain = gateway(folder, "submissions", "list").stdout.splitlines()
    assert [line.split("\t")[-1] for line in plain] == ids
    assert status(folder)["submissions"] == {"received": 3}


def test_that_documents_are_listed_and_rules_switched_while_the_demo_serves(tmp_path: Path) -> None:
    assert gateway(tmp_path, "init", "--demo", "--reject", "amount=1,hold=0").returncode == 0
    added = gateway(tmp_path, "users", "add", "demo", "--password-file", "-", stdin=PASSWORD)
    assert added.returncode == 0
    process, database = GatewayProcess(tmp_path / "data"), open_gateway(tmp_path / "data")
    process.start()
    try:
        device = Device(process.port)
        device.log_on("demo")
        names = ("customers.customers", "K000001"), ("directories.units", "box")
        customer, unit = (key_of(database, key, erp_key) for key, erp_key in names)
        line = {"item": 1, "unit": unit}
        payload = order(database, customer=customer, lines=[ORDER_LINE | line], number="SO-1/03/26/A")
        checkpoint = device.manifest().json()["checkpoint"]
        for digit, on in (("1", True), ("2", False)):
            if not on:
                assert gateway(tmp_path, "rules", "--off", "amount").returncode == 0
            body = submission("document", payload) | {"checkpoint": checkpoint}
            receipt = device.send("PUT", f"/v1/submissions/{ID[:-1]}{digit}", body).json()
            assert receipt["state"] == "received", receipt
            device.manifest()  # waits for the delivery
    finally:
        database.close()
        process.end()
    found = json.loads(gateway(tmp_path, "documents", "--json").stdout)
    assert [(entry["state"], entry["code"]) for entry in found] == [("rejected", "erp.amount_too_high"), ("in_erp", "")]
    assert {entry["check"] for entry in found} == {"differs"}
    assert all(entry["sent"] == "24.60" and entry["recomputed"] and entry["difference"] for entry in found)
    plain = gateway(tmp_path, "documents", "--flagged").stdout
    assert "SO-1/03/26/A\tdemo\tK000001\t24.60 PLN\t" in plain
    assert "    flag: line 1 (" in plain
    assert "erp.amount_too_high: The ERP system takes orders up to 1; this one comes to 24.60 PLN." in plain
    assert "2 priced differently, 0 not compared; 2 flagged" in gateway(tmp_path, "status").stdout
    assert json.loads(gateway(tmp_path, "rules", "--json").stdout) == {"hold": "0"}
    listed = gateway(tmp_path, "rules").stdout
    assert "on \thold=0\t" in listed
    assert "off\tamount=10000\t" in listed


def test_that_unknown_rules_and_gateways_without_a_demo_are_wrong_usage(folder: Path, tmp_path: Path) -> None:
    assert gateway(folder, "rules", "--on", "amount").returncode == 2
    for arguments in (["--demo", "--reject", "never"], ["--csv", str(folder / "erp"), "--reject", "amount"]):
        assert gateway(tmp_path, "init", *arguments).returncode == 2
    assert not (tmp_path / "data").exists()


def test_that_commands_create_no_gateway_in_a_folder_without_one(tmp_path: Path) -> None:
    for command in (["status"], ["import", "--demo"]):
        done = gateway(tmp_path, *command)
        assert (done.returncode, "gateway init" in done.stderr) == (2, True), command
    assert not (tmp_path / "data").exists()


@contextmanager
def serving_for_someone(folder: Path, *, ignored: Iterable[signal.Signals] = ()) -> Iterator[subprocess.Popen[str]]:
    """A gateway that ends with its starter, ignoring these signals as a shell's background job does."""
    arguments = ["gateway", "serve", "--data", str(folder / "data"), "--port", "0", "--until-stdin-ends"]
    before = {number: signal.signal(number, signal.SIG_IGN) for number in ignored}  # a new process inherits it
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "salesapp", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(),
        )
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    with process:
        assert process.stdout is not None
        assert "serving on" in process.stdout.readline()
        yield process


@pytest.mark.parametrize("ignored", [(), (signal.SIGINT,)], ids=["in the foreground", "in the background"])
def test_that_a_gateway_ends_with_its_starter_and_frees_its_folder(
    folder: Path, ignored: tuple[signal.Signals, ...]
) -> None:
    with serving_for_someone(folder, ignored=ignored) as process:
        assert process.stdin is not None
        process.stdin.close()  # as the operating system does when a process is killed
        assert process.wait(20) == 6, "stopped, as by Ctrl+C"
    following = GatewayProcess(folder / "data")
    following.start()
    following.end()


def test_that_ctrl_c_ends_a_gateway_with_a_living_starter_without_a_crash(folder: Path) -> None:
    with serving_for_someone(folder) as process:
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 6
        assert process.stderr is not None
        assert process.stderr.read() == ""
