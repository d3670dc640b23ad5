"""The log: places of bugs, no personal data of the device, and no floods."""

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace, TracebackType

import pytest

import salesapp.log
from salesapp import log_file
from salesapp.log import log_to, places_of
from tests.held import windows_rules


def mistake_in(file: str) -> TracebackType:
    """Returns a traceback through a file of this name."""
    try:
        exec(compile("\n1 / 0", file, "exec"))
    except ZeroDivisionError:
        trace = sys.exc_info()[2]
        assert trace is not None
        assert trace.tb_next is not None
        return trace.tb_next
    raise AssertionError


@pytest.mark.parametrize(
    ("file", "place"),
    [
        ("/data/anna/salesapp/salesapp/views/page.py", "salesapp/views/page.py:2"),
        (r"D:\Anna Nowak\SalesApp\salesapp\app.py", "salesapp/app.py:2"),
        ("/data/anna/.venv/lib/site-packages/httpx/_client.py", "_client.py:2"),
    ],
)
def test_that_places_in_code_are_logged_without_folders_of_the_device(file: str, place: str) -> None:
    told = places_of(ZeroDivisionError, mistake_in(file))
    assert told.splitlines() == [f"{place} <module>", "ZeroDivisionError"]


def logged(tmp_path: Path, write: Callable[[logging.Logger], object]) -> list[str]:
    """Returns the lines of the log file after `write`."""
    before = list(logging.getLogger().handlers)
    path = log_to(tmp_path, "test")
    root = logging.getLogger()
    try:
        write(logging.getLogger("salesapp.test"))
    finally:
        for handler in list(root.handlers):
            root.removeHandler(handler)
            handler.close()
        for handler in before:
            root.addHandler(handler)
    return path.read_text(encoding="utf-8").splitlines()


def test_that_repeated_lines_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1_000.0]
    monkeypatch.setattr(salesapp.log, "time", SimpleNamespace(monotonic=lambda: now[0]))

    def write(log: logging.Logger) -> None:
        for number in range(10_000):
            log.warning("a connection from %s was refused", f"10.0.0.{number}")
        log.warning("something else")
        now[0] += 61
        log.warning("a connection from %s was refused", "10.0.0.7")
        log.warning("a connection from %s was refused", "10.0.0.8")

    lines = logged(tmp_path, write)
    assert len(lines) == 20 + 1 + 2
    assert lines[-2].endswith("a connection from 10.0.0.7 was refused (and 9980 more like it)")
    assert lines[-1].endswith("a connection from 10.0.0.8 was refused")


def test_that_foreign_text_in_the_log_is_short_and_stays_in_its_line(tmp_path: Path) -> None:
    def write(log: logging.Logger) -> None:
        log.warning("the name %s", "a\nforged line\x1b[2J\u202e" + "x" * 1_000_000)
        try:
            int("b\nforged line\x1b[2J" + "y" * 1_000_000)
        except ValueError as error:
            log.exception("a failure", exc_info=ValueError(error.args[0] + "\nforged line\x1b[2J" + "y" * 1_000_000))

    lines = logged(tmp_path, write)
    assert sum(map(len, lines)) < 20_000
    assert not any(line.startswith("forged") for line in lines)
    assert all(line.isprintable() for line in lines)
    assert r"a\nforged line\x1b[2J\u202e" in lines[0]


def test_that_a_log_that_another_process_has_open_continues_and_is_rotated_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = [1_000.0]
    monkeypatch.setattr(log_file, "time", SimpleNamespace(monotonic=lambda: now[0]))

    def write(log: logging.Logger) -> None:
        handler = logging.getLogger().handlers[0]
        assert isinstance(handler, log_file.PatientHandler)
        handler.maxBytes = 200
        path = tmp_path / "test.log"
        with windows_rules() as holding:
            with path.open(encoding="utf-8"):
                for number in range(10):
                    log.info("held %s %s", number, "x" * number)
                assert holding.refused == ["test.log"]  # not at each line
                assert len(path.read_text(encoding="utf-8").splitlines()) == 10
            now[0] += 61
            log.info("free")

    assert [line.split()[-1] for line in logged(tmp_path, write)] == ["free"]
    assert len((tmp_path / "test.log.1").read_text(encoding="utf-8").splitlines()) == 10
    assert capsys.readouterr().err == ""
