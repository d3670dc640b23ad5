"""The real program in processes of its own: serving gateways, and commands that are run or killed."""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ADDRESS = re.compile(r"serving on (\S+)")
START = "2026-03-02"
PASSWORD = "correct horse"


def environment() -> dict[str, str]:
    return os.environ | {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}


def run(*arguments: str, stdin: str = "", timeout: float = 120) -> subprocess.CompletedProcess[str]:
    """Runs `salesapp ARGUMENTS` to its end."""
    return subprocess.run(
        [sys.executable, "-m", "salesapp", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=timeout,
        env=environment(),
        check=False,
    )


@dataclass
class GatewayProcess:
    """`salesapp gateway serve` on a port that stays the same over restarts."""

    data: Path
    process: subprocess.Popen[str] | None = None
    port: int = 0
    url: str = ""

    def start(self, *arguments: str, descriptors: int = 0) -> None:
        """`descriptors` limits those of the process."""
        command = ["sh", "-c", f'ulimit -n {descriptors}; exec "$@"', "sh"] if descriptors else []
        command += [sys.executable, "-m", "salesapp", "gateway", "serve", "--data", str(self.data)]
        command += ["--port", str(self.port), *arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment())
        assert self.process.stdout is not None
        match = ADDRESS.search(self.process.stdout.readline())
        assert match is not None, "the gateway did not start"
        self.url = match[1]
        self.port = int(self.url.rsplit(":", 1)[1])

    def end(self, *, kill: bool = False) -> None:
        if self.process is not None:
            self.process.kill() if kill else self.process.terminate()
            self.process.wait()
            assert self.process.stdout is not None
            self.process.stdout.close()
            self.process = None


@dataclass
class TabletProcess:
    """`salesapp sync` with a data folder of its own."""

    root: Path
    url: str
    user: str = "demo"

    def __post_init__(self) -> None:
        self.root.mkdir(parents=True, exist_ok=True)
        self.key_file.write_text("5e" * 32)
        self.password_file.write_text(PASSWORD)

    @property
    def key_file(self) -> Path:
        return self.root / "key"

    @property
    def password_file(self) -> Path:
        return self.root / "password"

    @property
    def data_dir(self) -> Path:
        return self.root / "data"

    def arguments(self, *more: str) -> list[str]:
        return [
            "sync",
            *("--gateway", self.url, "--user", self.user, "--password-file", str(self.password_file)),
            *("--data-dir", str(self.data_dir), "--key-file", str(self.key_file)),
            *more,
        ]

    def sync(self, *more: str) -> tuple[int, dict[str, Any]]:
        """Returns exit code and JSON object."""
        done = run(*self.arguments("--json", *more))
        return done.returncode, json.loads(done.stdout)

    def start(self, *more: str) -> subprocess.Popen[str]:
        """Starts a sync that a test can kill or stop."""
        return subprocess.Popen(
            [sys.executable, "-m", "salesapp", *self.arguments(*more)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment(),
        )


def make_demo_gateway(data: Path) -> GatewayProcess:
    """Creates a demo company with the user `demo`, not serving yet."""
    made = run("gateway", "init", "--data", str(data), "--demo", "--start-date", START)
    assert made.returncode == 0, made.stderr
    added = run("gateway", "users", "add", "demo", "--data", str(data), "--password-file", "-", stdin=PASSWORD)
    assert added.returncode == 0, added.stderr
    return GatewayProcess(data)
