"""Shared by the benchmarks: a gateway process, nginx, CPU and memory of processes, and the table of results."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
ADDRESS = re.compile(r"serving on (\S+)")
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Result:
    """One figure; `met` is null without a target."""

    name: str
    value: float
    unit: str
    target: float | None = None
    met: bool | None = None


class Results:
    """Collects figures and prints each as it comes."""

    def __init__(self) -> None:
        self.rows: list[Result] = []

    def add(self, name: str, value: float, unit: str, target: float | None = None) -> None:
        met = None if target is None else value <= target
        self.rows.append(Result(name, round(value, 4), unit, target, met))
        verdict = "" if met is None else "met" if met else "MISSED"
        aim = "reported" if target is None else f"<= {target:g}"
        print(f"{name:<22} {value:>12.3f} {unit:<10} {aim:<12} {verdict}", flush=True)

    def write(self, path: Path) -> None:
        path.write_text(json.dumps([asdict(row) for row in self.rows], indent=1) + "\n", encoding="utf-8")


@dataclass
class Serving:
    """A running gateway."""

    url: str
    pid: int


@contextmanager
def serving(folder: Path, objects: int = 1, *, aside: bool = False) -> Iterator[Serving]:
    """Serves a folder in a process of its own; `aside` lowers its priority, as if it were another machine."""
    command = [
        *(["nice", "-n", "15"] if aside else []),
        sys.executable,
        "-m",
        "bench.serving",
        str(folder),
        str(objects),
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        assert process.stdout is not None
        match = ADDRESS.search(process.stdout.readline())
        assert match is not None
        yield Serving(match[1], process.pid)
    finally:
        process.terminate()
        process.wait()
        if process.stdout:
            process.stdout.close()


@contextmanager
def nginx(location: str, work: Path, port: int = 18_080) -> Iterator[str]:
    """Runs nginx with one worker and these directives for all paths; yields its address."""
    work.mkdir(parents=True, exist_ok=True)
    config = work / "nginx.conf"
    config.write_text(
        f"worker_processes 1; pid {work}/nginx.pid; daemon off; error_log stderr crit; user root;\n"
        f"events {{}} http {{ access_log off; sendfile on; client_body_temp_path {work}/b; proxy_temp_path {work}/p;\n"
        f"fastcgi_temp_path {work}/f; uwsgi_temp_path {work}/u; scgi_temp_path {work}/s;\n"
        f"server {{ listen 127.0.0.1:{port}; location / {{ {location} }} }} }}\n"
    )
    process = subprocess.Popen(["/usr/sbin/nginx", "-c", str(config), "-p", str(work)])
    try:
        time.sleep(0.5)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def cpu_seconds(pid: int) -> float:
    """Returns the CPU time of a process and its living children."""
    total = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(stat.parent.name) == pid or int(fields[1]) == pid:
            total += (int(fields[11]) + int(fields[12])) / TICKS
    return total


def memory_bytes(field: str) -> int:
    """Returns a value of /proc/self/status in bytes: VmRSS (current) or VmHWM (peak)."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(field):
            return int(line.split()[1]) * 1024
    raise KeyError(field)


def seconds_of(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def percentile(values: list[float], part: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]
