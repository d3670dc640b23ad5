"""Runs a tablet in a process of its own that reads commands from standard input and answers with lines of JSON.

`python -m bench.tablet FOLDER URL OBJECTS`; commands: `sync`, `watched sync` (reports bytes meanwhile), `forget` (the
catalogue, not the session), `end`.
"""

import asyncio
import json
import shutil
import sys
import time
from pathlib import Path

from bench.company import catalogue
from bench.serving import PASSWORD, USER
from bench.tools import memory_bytes
from salesapp.store.folders import DataFolder
from salesapp.store.keys import make_key_file
from salesapp.sync.engine import Engine
from salesapp.sync.session import Place
from salesapp.sync.stopping import StopSignal
from salesapp.sync.values import Outcome, Progress, SyncOptions


class Watch:
    """Reports bytes while a sync runs, so that the benchmark can kill it in the middle."""

    def progressed(self, progress: Progress) -> None:
        print(json.dumps({"bytes": progress.bytes_down}), flush=True)


def main() -> None:
    root, url, objects = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    measured = catalogue(objects)
    key_file = root.parent / f"{root.name}.key"
    make_key_file(key_file)
    place = Place(root=root, key_file=key_file, url=url, user=USER, password=PASSWORD)

    def sync(*, watched: bool = False) -> Outcome:
        engine = Engine(place, SyncOptions(), Watch() if watched else None, measured)
        return asyncio.run(engine.run(StopSignal()))

    for line in sys.stdin:
        word = line.strip()
        if word == "end":
            return
        if word == "forget":
            forget(root)
            print("{}", flush=True)
            continue
        idle = memory_bytes("VmRSS")
        Path("/proc/self/clear_refs").write_text("5")
        began = time.perf_counter()
        outcome = sync(watched=word == "watched sync")
        seconds = time.perf_counter() - began
        answer = {
            "outcome": outcome.outcome,
            "seconds": seconds,
            "requests": outcome.requests,
            "bytes": outcome.bytes_down + outcome.bytes_up,
            "bytes_down": outcome.bytes_down,
            "rows": sum(entry.rows for entry in outcome.objects),
            "above_idle": memory_bytes("VmHWM") - idle,
        }
        print(json.dumps(answer), flush=True)


def forget(root: Path) -> None:
    """Removes the catalogue and keeps the session: the next sync is a first one without a logon."""
    account = DataFolder(root).last()
    if account is not None:
        for path in account.path.glob("catalog.db*"):
            path.unlink()
        for folder in (account.segments, account.media):
            shutil.rmtree(folder)
            folder.mkdir()


if __name__ == "__main__":
    main()
