"""Runs work in a worker thread, awaited from the window's event loop."""

import asyncio
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

SWITCH_S = 0.0005
"""How long another thread may hold the interpreter; Python's default of 5 ms is a third of a frame."""

P = ParamSpec("P")
T = TypeVar("T")


class Background:
    """One worker thread that runs tasks in the order of the calls."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="background")
        sys.setswitchinterval(SWITCH_S)

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, lambda: work(*args, **kwargs))

    def close(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)
