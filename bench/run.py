"""All benchmarks: `make bench`. Each figure is a count, or a ratio to a floor or a peer measured in the same run."""

import argparse
import asyncio
import csv
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import zstandard

from bench import serving as gateway_of
from bench.company import BenchConnector, catalogue, item_like
from bench.orders import order_times
from bench.pricing import measure_pricing
from bench.reports import measure_reports
from bench.searching import fulltext_seconds, search_times
from bench.tablet import forget
from bench.tools import ROOT, Results, cpu_seconds, nginx, percentile, seconds_of, serving
from bench.window import measure_window
from salesapp.domain.canonical import Value
from salesapp.store.keys import make_key_file
from salesapp.sync.engine import Engine
from salesapp.sync.session import Place
from salesapp.sync.stopping import StopSignal
from salesapp.sync.values import SyncOptions

ROWS = 200_000
MANY = 2_000_000
ROUNDS = 5
TABLETS = 20
LINE_SECONDS = 5


class TabletProcess:
    """A tablet in a process of its own that obeys commands."""

    def __init__(self, root: Path, url: str, objects: int = 1) -> None:
        command = [sys.executable, "-m", "bench.tablet", str(root), url, str(objects)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, bufsize=1
        )

    def tell(self, word: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(word + "\n")
        self.process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        found: dict[str, Any] = json.loads(self.process.stdout.readline())
        return found

    def do(self, word: str) -> dict[str, Any]:
        self.tell(word)
        return self.answer()

    def end(self) -> None:
        if self.process.poll() is None:
            self.tell("end")
        self.process.communicate()


@contextmanager
def tablet(root: Path, url: str) -> Iterator[TabletProcess]:
    """Starts a tablet that is logged on and has no catalogue."""
    process = TabletProcess(root, url)
    try:
        first = process.do("sync")
        assert first["outcome"] == "ok", first
        process.do("forget")
        yield process
    finally:
        process.end()


def floor_seconds(url: str, work: Path) -> float:
    """Returns the seconds of the floor: the same rows as CSV by curl, `.import` and indexes, unencrypted."""
    entry = item_like("items.part0")
    columns = ", ".join(
        ["id INTEGER PRIMARY KEY", *(f"{field.name} {field.sql_type}" for field in entry.fields), "row_hash INTEGER"]
    )
    indexes = "".join(f"CREATE INDEX ix_{fields[0]} ON item({fields[0]});" for fields in entry.indexes)
    script = f"CREATE TABLE item({columns});\n.mode csv\n.import {work}/rows.csv item\n{indexes}\n"
    database = work / "floor.db"
    database.unlink(missing_ok=True)

    def load() -> None:
        subprocess.run(["curl", "-s", "-o", str(work / "rows.csv"), f"{url}/rows.csv"], check=True)
        subprocess.run(["sqlite3", str(database)], input=script, text=True, check=True)

    return seconds_of(load)


def write_csv(path: Path) -> None:
    measured = catalogue()
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        for number, row in enumerate(BenchConnector(measured, ROWS).rows(measured.objects[0])):
            writer.writerow([number, *row.values, 2**62 + number])


def changed_rows() -> list[list[Value]]:
    """Returns the rows after a change of 1 %."""
    measured = catalogue()
    rows = BenchConnector(measured, ROWS, 1).rows(measured.objects[0])
    return [[number, *row.values] for number, row in enumerate(rows) if number % 100 == 0]


def measure_first_sync(results: Results, work: Path, folder: Path) -> float:
    """Measures wall time against the floor, alternating; returns the bytes of a first sync."""
    public = work / "public"
    public.mkdir()
    write_csv(public / "rows.csv")
    floors: list[float] = []
    syncs: list[dict[str, Any]] = []
    with (
        nginx(f"root {public};", work / "nginx") as web,
        serving(folder) as gateway,
        tablet(work / "t-wall", gateway.url) as device,
    ):
        for _ in range(ROUNDS):
            floors.append(floor_seconds(web, work))
            syncs.append(device.do("sync"))
            device.do("forget")
    assert all(entry["outcome"] == "ok" and entry["rows"] == ROWS for entry in syncs)
    results.add("floor_seconds", min(floors), "s")
    results.add("first_sync_seconds", min(entry["seconds"] for entry in syncs), "s")
    results.add("first_sync_wall", min(entry["seconds"] for entry in syncs) / min(floors), "x floor", 1.0)
    results.add("memory_200k", max(entry["above_idle"] for entry in syncs) / 2**20, "MB", 120)
    return float(syncs[0]["bytes"])


def measure_orders(results: Results, work: Path, folder: Path) -> None:
    """Measures saving an order while another process synchronizes, against idle."""
    with serving(folder) as gateway, tablet(work / "t-orders", gateway.url) as device:
        root = work / "t-orders"
        idle = order_times(root, lambda: False, least=150)
        busy: list[float] = []
        for _ in range(4):
            device.tell("sync")
            began = time.perf_counter()
            busy += order_times(root, lambda began=began: time.perf_counter() - began < 0.8, least=10)  # type: ignore[misc]
            device.answer()
            device.do("forget")
        idle += order_times(root, lambda: False, least=150)
    results.add("order_save_idle", statistics.median(idle) * 1000, "ms")
    results.add("order_save_busy", statistics.median(busy) * 1000, "ms")
    results.add("order_save_ratio", statistics.median(busy) / statistics.median(idle), "x idle", 2.0)


def measure_resume(results: Results, work: Path, folder: Path, whole: float) -> None:
    """Measures the cost of a resume after a kill at 60 % of the bytes, at a few megabytes per second."""
    root = work / "t-resume"
    parts: list[float] = []
    rate = int(whole / LINE_SECONDS)
    with serving(folder) as gateway:
        slow = f"proxy_pass {gateway.url}; proxy_max_temp_file_size 0; proxy_http_version 1.1; limit_rate {rate};"
        with nginx(slow, work / "nginx-line", 18_082) as line:
            for _ in range(3):
                shutil.rmtree(root, ignore_errors=True)
                device = TabletProcess(root, line)
                device.tell("watched sync")
                while (moment := device.answer())["bytes"] < 0.6 * whole:
                    assert "outcome" not in moment, "it ended before it could be killed"
                device.process.kill()
                device.process.communicate()
                again = TabletProcess(root, line)
                found = again.do("sync")
                again.end()
                assert found["outcome"] == "ok", found
                parts.append(found["bytes"] / whole)
    results.add("resume_bytes", statistics.median(parts), "x first", 0.5)


def measure_changes(results: Results, work: Path, folder: Path) -> None:
    """Measures syncs after no change, and after a change of 1 % of the rows."""
    with serving(folder) as gateway, tablet(work / "t-delta", gateway.url) as device:
        device.do("sync")
        same = device.do("sync")
        gateway_of.change(folder, ROWS, 1, 1)
        delta = device.do("sync")
        assert delta["outcome"] == same["outcome"] == "ok"
    floor = len(zstandard.ZstdCompressor(level=3).compress(msgspec.msgpack.encode(changed_rows())))
    results.add("unchanged_requests", same["requests"], "requests", 1)
    results.add("unchanged_bytes", same["bytes"], "bytes", 1024)
    results.add("delta_bytes", delta["bytes"] / floor, "x msgpack", 1.5)


def measure_many(results: Results, work: Path) -> None:
    """Measures memory for two million rows, and time per row for the record."""
    folder = work / "gateway-many"
    results.add("publish_2m", seconds_of(lambda: gateway_of.prepare(folder, MANY)), "s")
    with serving(folder) as gateway, tablet(work / "t-many", gateway.url) as device:
        found = device.do("sync")
    assert found["rows"] == MANY, found
    results.add("first_sync_2m", found["seconds"], "s")
    results.add("memory_2m", found["above_idle"] / 2**20, "MB", 300)


def measure_gateway(results: Results, work: Path, folder: Path) -> None:
    """Measures the gateway's CPU for 20 concurrent first syncs without logon, against nginx with the same files."""
    key_file = work / "many.key"
    make_key_file(key_file)
    measured = catalogue()

    async def sync_all(url: str) -> None:
        async def one(number: int) -> None:
            place = Place(
                root=work / f"t-{number}",
                key_file=key_file,
                url=url,
                user=gateway_of.USER,
                password=gateway_of.PASSWORD,
            )
            outcome = await Engine(place, SyncOptions(), None, measured).run(StopSignal())
            assert outcome.outcome == "ok", outcome.error

        await asyncio.gather(*(one(number) for number in range(TABLETS)))

    with serving(folder) as gateway:
        asyncio.run(sync_all(gateway.url))
        for number in range(TABLETS):
            forget(work / f"t-{number}")
        before = cpu_seconds(gateway.pid)
        asyncio.run(sync_all(gateway.url))
        own = cpu_seconds(gateway.pid) - before
    files = sorted((folder / "segments").glob("*/*.zst"))
    with nginx(f"root {folder / 'segments'};", work / "nginx-segments", 18_081) as web:
        pid = int((work / "nginx-segments" / "nginx.pid").read_text())
        before = cpu_seconds(pid)
        urls = [f"{web}/{path.parent.name}/{path.name}" for path in files]
        for _ in range(TABLETS):
            subprocess.run(["curl", "-s", *(part for url in urls for part in ("-o", "/dev/null", url))], check=True)
        peer = max(cpu_seconds(pid) - before, 0.01)
    results.add("gateway_cpu", own / TABLETS * 1000, "ms/tablet")
    results.add("gateway_cpu_ratio", own / peer, "x nginx")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--window", action="store_true", help="the window alone")
    parser.add_argument("--quick", action="store_true", help="leave out the two million rows")
    options = parser.parse_args()
    results = Results()
    with tempfile.TemporaryDirectory(prefix="salesapp-bench-") as name:
        work = Path(name)
        if options.window:
            measure_window(results, work, ROWS)
            return
        folder = work / "gateway"
        results.add("publish_200k", seconds_of(lambda: gateway_of.prepare(folder, ROWS)), "s")
        whole = measure_first_sync(results, work, folder)
        measure_orders(results, work, folder)
        measure_resume(results, work, folder, whole)
        measure_gateway(results, work, folder)
        measure_changes(results, work, folder)
        times = search_times(work / "search", ROWS)
        results.add("search_p95", percentile(times, 0.95) * 1000, "ms", 16)
        million = search_times(work / "million", 5 * ROWS)
        results.add("search_p95_1m", percentile(million, 0.95) * 1000, "ms", 16)
        results.add("fulltext_build", fulltext_seconds(work / "fulltext", ROWS), "s")
        measure_pricing(results)
        measure_reports(results, work)
        measure_window(results, work, ROWS)
        if not options.quick:
            measure_many(results, work)
    results.write(ROOT / "bench" / "results.json")


if __name__ == "__main__":
    main()
