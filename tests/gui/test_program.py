"""The real program in processes of its own: one window per data folder, even after a kill."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket

from salesapp.models.single import SingleWindow
from salesapp.store.glance import read_glance
from salesapp.sync.session import Place, has_session
from tests.processes import environment

PATIENCE_S = 120.0
"""The time-out for starting processes, perhaps on a busy machine."""


START = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from salesapp.models.single import SingleWindow
application = QCoreApplication([])
single = SingleWindow(Path(sys.argv[2]))
time.sleep(max(float(sys.argv[1]) - time.time(), 0))
print(single.is_first(), flush=True)
sys.stdin.read()
"""


class Program:
    """`salesapp window` on a data folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.started: list[subprocess.Popen[str]] = []
        (folder / "key").write_text("5e" * 32)

    def start(self, name: str = "data") -> subprocess.Popen[str]:
        arguments = ["--data-dir", str(self.folder / name), "--key-file", str(self.folder / "key")]
        process = subprocess.Popen(
            [sys.executable, "-m", "salesapp", "window", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment() | {"QT_QPA_PLATFORM": "offscreen"},
        )
        self.started.append(process)
        return process

    def wait_for(self, process: subprocess.Popen[str], name: str = "data") -> None:
        """Until the window listens for later starts."""
        socket, end = QLocalSocket(), time.monotonic() + PATIENCE_S
        while True:
            socket.connectToServer(SingleWindow(self.folder / name)._name)
            if socket.waitForConnected(100):
                socket.disconnectFromServer()
                return
            assert process.poll() is None, "the window has ended"
            assert time.monotonic() < end
            time.sleep(0.05)

    def end(self) -> None:
        for process in self.started:
            if process.poll() is None:
                process.kill()
            process.communicate()


pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    made = Program(tmp_path)
    yield made
    made.end()


def test_that_a_second_start_ends_and_the_first_window_stays(program: Program) -> None:
    first = program.start()
    program.wait_for(first)
    second = program.start()
    assert second.wait(PATIENCE_S) == 0
    assert first.poll() is None
    other = program.start("another folder")
    program.wait_for(other, "another folder")
    assert first.poll() is None


def test_that_the_demo_logs_its_user_on_and_leaves_the_first_sync_to_the_user(tmp_path: Path) -> None:
    demo = subprocess.Popen(
        [sys.executable, "-m", "salesapp", "demo", "--data-dir", str(tmp_path)],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=environment() | {"QT_QPA_PLATFORM": "offscreen"},
    )
    try:
        end, found = time.monotonic() + PATIENCE_S, None
        while found is None:
            assert demo.poll() is None, "the demo has ended"
            assert time.monotonic() < end
            time.sleep(0.1)
            found = read_glance(tmp_path / "tablet", tmp_path / "demo.key")
        assert found.user == "rep1"
        assert has_session(Place(tmp_path / "tablet", tmp_path / "demo.key"))
        time.sleep(1)
        assert demo.poll() is None, "the window stays open"
        found = read_glance(tmp_path / "tablet", tmp_path / "demo.key")
        assert found is not None
        assert found.last_run is None, "nothing is synchronized before it is asked for"
    finally:
        demo.terminate()
        demo.communicate()


def test_that_exactly_one_of_several_concurrent_starts_continues(tmp_path: Path) -> None:
    moment = time.time() + 2  # noqa: TID251  # two processes meet
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", START, str(moment), str(tmp_path / "data")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment() | {"QT_QPA_PLATFORM": "offscreen"},
        )
        for _ in range(4)
    ]
    answers = [start.stdout.readline().strip() for start in starts if start.stdout is not None]
    for start in starts:
        start.communicate("")
    assert sorted(answers) == ["False", "False", "False", "True"]


def test_that_a_killed_window_does_not_keep_the_next_one_from_opening(program: Program) -> None:
    first = program.start()
    program.wait_for(first)
    first.kill()
    first.wait()
    second = program.start()
    program.wait_for(second)
    assert second.poll() is None
