"""Work beside the window: a thread of its own, awaited from the window's loop."""

import asyncio
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

SWITCH_S = 0.0005
"""How long another thread may keep the interpreter from the window's; Python's own 5 ms are a third of a frame."""

P = ParamSpec("P")
T = TypeVar("T")


class Background:
    """One worker thread: what is asked of it happens in the order of asking."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="background")
        sys.setswitchinterval(SWITCH_S)

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, lambda: work(*args, **kwargs))

    def close(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)
