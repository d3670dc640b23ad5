"""The output of every command, in every code page of a pipe, and with hostile texts."""

import io
import json
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
from sqlalchemy import update

from salesapp.cli.main import salesapp
from salesapp.cli.streams import ESCAPE
from salesapp.gateway.accounts import device
from salesapp.gateway.audit import audit
from salesapp.gateway.folder import open_gateway
from salesapp.gateway.tables import set_aside, submission
from tests.company import ListConnector
from tests.conftest import PASSWORD, GatewayUnderTest, Tablet
from tests.gateway.client import device_of, new_customer, order
from tests.gateway.client import submission as sent
from tests.processes import environment

ENCODINGS = ("cp1250", "cp1252", "cp852", "ascii", "latin-1")
NAME = "żółw\u2013Ω漢"
HOSTILE = "N1\r\nFORGED\tx\x1b[2K\x9b2J\u202egnp\u200b\u2028 żó"
ID = "0192f0c1-2345-7abc-8def-0123456789a{}"
BAD_UNITS = f'key,code,name,decimals,kind\nPCS,pcs,{NAME},0,quantity\nL,,"{HOSTILE}",two,volume\n'


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it wrote."""

    code: int
    out: bytes
    err: bytes


def command(*words: str, encoding: str = "utf-8", stdin: bytes = b"") -> Done:
    """A command in this process, with streams as strict as Python makes them for a pipe of that code page."""
    out, err = io.BytesIO(), io.BytesIO()
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding=encoding))
        patch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding=encoding, errors="strict"))
        patch.setattr(sys, "stderr", io.TextIOWrapper(err, encoding=encoding, errors="strict"))
        with pytest.raises(SystemExit) as end:
            salesapp.main(words, prog_name="salesapp")
        sys.stdout.flush()
        sys.stderr.flush()
        found = Done(int(end.value.code or 0), out.getvalue(), err.getvalue())
    for number, handler in handlers.items():
        signal.signal(number, handler)
    return found


def leaves(group: click.Command = salesapp, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Returns the arguments of every command that does something."""
    if not isinstance(group, click.Group):
        yield path
        return
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found is not None
        yield from leaves(found, (*path, name))


@dataclass(frozen=True)
class Place:
    """A gateway's folder and a synchronized tablet."""

    data: Path
    tablet: Path
    key_file: Path
    erp: Path
    url: str

    def copy(self, to: Path) -> "Place":
        shutil.copytree(self.data, to / "gateway")
        shutil.copytree(self.tablet, to / "tablet")
        return Place(to / "gateway", to / "tablet", self.key_file, self.erp, self.url)

    def commands(self) -> Iterator[tuple[str, ...]]:
        """Lists each printing command, in an order that respects their dependencies."""
        gateway = ("--data", str(self.data))
        tablet = ("--data-dir", str(self.tablet), "--key-file", str(self.key_file))
        listed = (("documents",), ("submissions", "list"), ("devices", "list"), ("users", "list"), ("status",))
        for name in (*listed, ("audit",), ("imports",)):
            yield ("gateway", *name, *gateway)
            yield ("gateway", *name, "--json", *gateway)
        yield ("gateway", "source", "show", *gateway)
        yield ("gateway", "confirm", HOSTILE, *gateway)
        yield ("gateway", "users", "add", NAME, "--password-file", "-", *gateway)
        yield ("gateway", "users", "password", NAME, "--password-file", "-", *gateway)
        yield ("gateway", "users", "disable", NAME, *gateway)
        yield ("gateway", "users", "disable", HOSTILE, *gateway)
        yield ("gateway", "users", "rename", NAME, f"{NAME}2", *gateway)
        yield ("gateway", "devices", "block", HOSTILE, *gateway)
        yield ("gateway", "mapping", "new", "--from", str(self.erp), "--out", str(self.data / f"{NAME}.toml"))
        yield ("gateway", "devices", "revoke", HOSTILE, *gateway)
        yield ("gateway", "import", "--csv", str(self.erp), *gateway)
        yield ("gateway", "import", "--csv", str(self.erp / "nowhere"), *gateway)
        yield ("gateway", "init", "--csv", str(self.erp), "--skip-bad-rows", "--data", str(self.data / NAME))
        yield ("gateway", "rules", "--data", str(self.data / NAME))
        yield ("gateway", "init", "--demo", "--reject", NAME, "--data", str(self.data / "demo"))
        yield ("price", str(self.erp / "case.json"))
        yield ("price", str(self.erp / "case.json"), "--json")
        yield ("status", *tablet)
        yield ("status", "--json", *tablet)
        yield ("stock", "I1", *tablet)
        yield ("stock", "I1", "--json", *tablet)
        yield ("stock", HOSTILE, *tablet)
        yield ("sync", "--gateway", self.url, "--user", "office", *tablet)
        yield ("sync", "--full", "--json", *tablet)
        yield ("sync", "--events", *tablet)
        yield ("sync", "--object", NAME, *tablet)
        yield ("restore-backup", *tablet)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, published: Path) -> Iterator[Place]:
    """A serving gateway with hostile texts, a synchronized tablet, and files of an office."""
    folder = tmp_path_factory.mktemp("output")
    shutil.copytree(published, folder / "gateway")
    database = open_gateway(folder / "gateway")
    connector = ListConnector()
    connector.company["directories.warehouses"]["W1"]["code"] = HOSTILE
    connector.company["directories.price_types"]["RETAIL"]["name"] = NAME
    under_test = GatewayUnderTest(database, connector)
    under_test.take()
    under_test.start()
    tablet = Tablet(folder / "tablet", under_test)
    assert tablet.sync().outcome == "ok"
    _hostile(under_test)
    shutil.copytree(folder / "gateway", folder / "still")  # the serving gateway continues to deliver
    yield Place(folder / "still", tablet.root, tablet.key_file, _written(folder / "erp"), under_test.url)
    under_test.stop()
    database.close()


def _hostile(gateway: GatewayUnderTest) -> None:
    """Rows that an older gateway, without these checks, may have stored."""
    driver = device_of(gateway)
    for number in range(3):
        body = sent("document", order(gateway.database)) if number else new_customer()
        assert driver.send("PUT", f"/v1/submissions/{ID.format(number)}", body).status == 200
    payload = json.dumps(order(gateway.database, number=HOSTILE, currency=HOSTILE))
    with gateway.database.write() as connection:
        is_document = submission.c.kind == "document"
        connection.execute(update(submission).where(is_document).values(payload=payload))
        connection.execute(update(submission).values(erp_number=HOSTILE, state="rejected", code="document.x"))
        connection.execute(update(device).values(name=HOSTILE))
        row = dict.fromkeys(("object", "erp_key", "field", "parent_object", "parent_key", "reason"), HOSTILE)
        connection.execute(set_aside.insert().values(row))
        texts = dict.fromkeys(("who", "device_id", "address", "what", "result", "actor"), HOSTILE)
        connection.execute(update(audit).values(texts))


def _written(erp: Path) -> Path:
    erp.mkdir()
    (erp / "directories_units.csv").write_bytes(BAD_UNITS.encode())
    case = json.loads((Path(__file__).parents[2] / "examples" / "pricing" / "a.json").read_bytes())
    for row in case["rows"]["items.forms"]:
        row["name"] = f"{NAME}\u202f{HOSTILE}"
    (erp / "case.json").write_text(json.dumps(case))
    return erp


CHANGES = re.compile(
    rb"[0-9a-f]{8}-[0-9a-f-]{27}|\d+-[0-9a-f]{16}|[0-9.]+ s\b|20\d\d-\d\d-\d\dT[0-9:.]+(?:Z|[+]00:00)|\d+ bytes"
)
"""Matches keys, times and sizes, which differ between runs."""


def steady(content: bytes, folder: Path) -> bytes:
    shown = str(folder).encode()
    return CHANGES.sub(b"#", content.replace(shown, b"FOLDER"))


@pytest.fixture(scope="module")
def in_utf8(place: Place, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[str, ...]], list[Done]]:
    folder = tmp_path_factory.mktemp("utf-8")
    words = list(place.copy(folder).commands())
    return folder, words, [command(*each, stdin=f"{PASSWORD} {NAME}".encode()) for each in words]


def test_that_the_commands_do_something(in_utf8: tuple[Path, list[tuple[str, ...]], list[Done]]) -> None:
    _folder, words, done = in_utf8
    wrong = {each[:3]: found for each, found in zip(words, done, strict=True) if found.code == 1 or not found}
    assert wrong == {}
    assert [found.code for found in done].count(0) >= 18
    text = b"".join(found.out + found.err for found in done).decode()
    assert "FORGED" in text
    assert NAME in text


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_that_no_code_page_changes_the_effect_or_the_output_of_a_command(
    encoding: str, place: Place, in_utf8: tuple[Path, list[tuple[str, ...]], list[Done]], tmp_path: Path
) -> None:
    copied = place.copy(tmp_path)
    for words, expected in zip(copied.commands(), in_utf8[2], strict=True):
        found = command(*words, encoding=encoding, stdin=f"{PASSWORD} {NAME}".encode())

        assert found.code == expected.code, (words, found)
        assert b"mistake" not in found.err
        if words[0] == "sync":
            continue  # its duration is not limited
        for got, wanted in ((found.out, expected.out), (found.err, expected.err)):
            told = steady(wanted, in_utf8[0]).decode().encode(encoding, ESCAPE)
            assert steady(got, tmp_path) == told, words


def test_that_every_row_stays_one_row_and_nothing_controls_the_terminal(
    in_utf8: tuple[Path, list[tuple[str, ...]], list[Done]],
) -> None:
    for words, done in zip(in_utf8[1], in_utf8[2], strict=True):
        text = (done.out + done.err).decode()
        shown = text.replace("\n", "").replace("\t", "").replace("\u202f", "")
        assert shown.isprintable(), (words, text)
        assert "\nFORGED" not in text, words
        assert "\tx" not in text, words
    listed = {words[1:-2]: done.out.decode() for words, done in zip(*in_utf8[1:], strict=True)}
    assert sum(not line.startswith("    ") for line in listed["documents",].splitlines()) == 2
    assert listed["submissions", "list"].count("\n") == 3
    assert listed["devices", "list"].count("\n") == 2


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_that_json_is_the_same_bytes_in_every_code_page(encoding: str, place: Place) -> None:
    words = ("gateway", "documents", "--json", "--data", str(place.data))
    found = command(*words, encoding=encoding)

    assert found == command(*words)
    assert json.loads(found.out)[0]["number"] == HOSTILE


def test_that_a_sync_has_its_exit_code_in_every_code_page(
    place: Place, in_utf8: tuple[Path, list[tuple[str, ...]], list[Done]]
) -> None:
    done = {words[:2]: found for words, found in zip(*in_utf8[1:], strict=True) if words[0] == "sync"}
    assert done["sync", "--gateway"].code == 0
    assert b" objects are correct." in done["sync", "--gateway"].out
    assert json.loads(done["sync", "--full"].out)["outcome"] == "ok"
    assert [json.loads(line)["event"] for line in done["sync", "--events"].out.splitlines()[:-1]]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_that_every_command_has_help_and_refuses_unknown_arguments(encoding: str) -> None:
    found = list(leaves())
    assert len(found) > 15
    for path in found:
        assert command(*path, "--help", encoding=encoding).code == 0, path
        refused = command(*path, f"--{HOSTILE}", encoding=encoding)
        assert (refused.code, refused.out) == (2, b""), path
        assert b"\x1b" not in refused.err
        assert b"\nFORGED" not in refused.err


@pytest.mark.parametrize("path", [("gateway", "users", "disable"), ("stock",), ("gateway", "import", "--csv")])
def test_that_input_that_is_not_text_is_refused_before_anything_is_done(path: tuple[str, ...], place: Place) -> None:
    refused = command(*path, "a\udcff\x1b", "--data", str(place.data))
    assert (refused.code, refused.out) == (2, b"")
    assert b"a\\udcff\\x1b is not text in the encoding of this system" in refused.err


def shell(line: str, place: Place, **more: str) -> subprocess.CompletedProcess[bytes]:
    """Runs a shell line in which $S is the program and $D the gateway's folder."""
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line}"],
        capture_output=True,
        check=False,
        timeout=60,
        env=environment() | {"S": f"{sys.executable} -m salesapp", "D": str(place.data)} | more,
    )


@pytest.mark.parametrize("buffered", ["", "1"])
def test_that_a_closed_pipe_ends_no_command(buffered: str, place: Place) -> None:
    for line in ("$S gateway documents --data $D | true", "$S gateway documents --data $D 2>&1 >&- | true"):
        done = shell(line, place, PYTHONUNBUFFERED=buffered)
        assert (done.returncode, done.stderr) == (0, b"")


def test_that_a_full_disk_is_reported(place: Place) -> None:
    done = shell("$S gateway documents --data $D >/dev/full", place)
    assert done.returncode == 3
    assert b"The output could not be written (No space left on device)" in done.stderr


def test_that_closed_streams_change_no_exit_code(place: Place) -> None:
    assert shell("$S gateway documents --data $D <&- >&- 2>&-", place).returncode == 0
    assert shell("$S gateway users add x --data $D <&- >&- 2>&-", place).returncode == 2


@pytest.mark.parametrize("encoding", ["cp1250", "ascii"])
def test_that_a_code_page_of_the_environment_changes_nothing(encoding: str, place: Place, tmp_path: Path) -> None:
    folder = str(place.copy(tmp_path).data)
    add = f"$S gateway users add '{NAME}' --data {folder} --password-file - <<<'{PASSWORD}'"
    line = f"{add} && $S gateway users list --data {folder}"
    done = shell(line, place, PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    assert NAME.encode(encoding, ESCAPE) in done.stdout
