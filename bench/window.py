"""Measures the window: start, smoothness during a first sync of 200,000 items, and the list of them."""

import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import serving as gateway_of
from bench.company import item_values
from bench.tools import ROOT, Results, percentile, serving
from salesapp.domain.catalogue import CATALOGUE
from salesapp.domain.schema import SyncObject
from salesapp.gateway import accounts
from salesapp.gateway.connectors.base import Connector, DeliveredSubmission, Delivery, SourceRow
from salesapp.gateway.folder import create
from salesapp.gateway.intake import import_all
from salesapp.gateway.publisher import publish
from salesapp.store.keys import make_key_file

STARTS = 5
SYNCS = 3


class ItemsConnector(Connector):
    """The real catalogue with `rows` items, their unit, and nothing else."""

    def __init__(self, rows: int) -> None:
        self._rows = rows

    @property
    def objects(self) -> frozenset[str]:
        return frozenset(CATALOGUE.by_key)

    def rows(self, entry: SyncObject) -> Iterator[SourceRow]:
        if entry.key == "directories.units":
            yield SourceRow("pcs", ("pcs", "Pieces", 0, "quantity"))
        if entry.key != "items.forms":
            return
        chooser = random.Random(7)
        for number in range(self._rows):
            code, name, ean, _unit, maker, about, *_ = item_values(chooser, number)
            values = (code, name, ean, "goods", None, None, "pcs", "pcs", 10_000, 11_000, maker, about, 0, 0, 0, 1)
            yield SourceRow(str(number), values + (None,) * (len(entry.fields) - len(values)))

    def media(self, sha256: str) -> bytes:
        raise KeyError(sha256)

    def deliver(self, submission: DeliveredSubmission) -> Delivery:
        return Delivery("in_erp", erp_number=submission.id[:8])


def child(*arguments: str) -> subprocess.Popen[str]:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "bench.window_child", *arguments]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT, env=environment
    )


def answer(*arguments: str) -> dict[str, Any]:
    output, _ = child(*arguments).communicate(timeout=600)
    found: dict[str, Any] = json.loads(output.splitlines()[-1])
    return found


def moments(*arguments: str) -> dict[str, float]:
    """Returns the seconds from the start of a process to each event that it reports."""
    began = time.perf_counter()
    process = child(*arguments)
    assert process.stdout is not None
    found = {json.loads(line)["event"]: time.perf_counter() - began for line in process.stdout}
    process.wait()
    return found


def measure_window(results: Results, work: Path, rows: int) -> None:
    """Measures all figures of the window, with its own company and tablet."""
    folder, root, key_file = work / "gateway-window", work / "t-window", work / "t-window.key"
    database = create(folder)
    import_all(database, CATALOGUE, ItemsConnector(rows))
    publish(database, CATALOGUE)
    accounts.add_user(database, gateway_of.USER, gateway_of.PASSWORD, None)
    database.close()
    make_key_file(key_file)
    p99s, worst, idles = [], [], []
    with serving(folder, 0, aside=True) as gateway:
        for number in range(SYNCS):
            own = root if number == 0 else work / f"t-window-{number}"
            found = answer("sync", str(own), str(key_file), gateway.url)
            assert found["outcome"] == "ok", found["outcome"]
            p99s.append(percentile(found["busy"], 0.99))
            worst.append(max(found["busy"]))
            idles.append(percentile(found["idle"], 0.99))
    results.add("window_lateness_idle", statistics.median(idles), "ms p99")
    results.add("window_lateness_p99", statistics.median(p99s), "ms", 8)
    results.add("window_lateness_max", statistics.median(worst), "ms", 25)
    bare, first, ready = [], [], []
    for _ in range(STARTS):
        bare.append(moments("bare")["painted"])
        found_start = moments("start", str(root), str(key_file))
        first.append(found_start["painted"])
        ready.append(found_start["ready"])
    results.add("start_bare", min(bare), "s")
    results.add("start_first_frame", min(first) / min(bare), "x bare", 2)
    results.add("start_ready", min(ready) / min(bare), "x bare", 3)
    listed = answer("list", str(root), str(key_file))
    results.add("list_open", listed["opened"] * 1000, "ms", 100)
    results.add("scroll_p95", percentile(listed["scrolls"], 0.95) * 1000, "ms", 16.7)
    results.add("scroll_max", max(listed["scrolls"]) * 1000, "ms", 50)
    results.add("search_p95_window", percentile(listed["strokes"], 0.95) * 1000, "ms", 16)
